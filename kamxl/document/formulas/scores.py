"""The native formula of each score, made of the places where its inputs stand.

The plan and the scoring workbook write the same expressions; what a wrong entry leads to is said around them. A place
is a cell or a range, e.g. ``growth("A1", "B1")`` is ``IF(A1*B1>=0,(B1-A1)/A1,"")``.
"""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.document.formulas.terms import literal, number, reaches, when


def covered(coverage: str, value: str, minimum: float) -> str:
    """The value where enough of the weight was answered."""
    return when(reaches(coverage, minimum), value)


def growth(before: str, after: str) -> str:
    """The change on the amount before; a change of sign has no meaning."""
    return when(f"{before}*{after}>=0", f"({after}-{before})/{before}")


def share_of_wallet(own: str, demand: str) -> str:
    """The part of the demand that is ours, which is never more than all of it."""
    return when(f"ROUND({own}/{demand},9)<=1", f"MIN({own}/{demand},1)")


def attainment(actual: str, target: str, baseline: str) -> str:
    """How much of the way to the target is done."""
    return f"({actual}-{baseline})/({target}-{baseline})"


def capped(attained: str, cap: str, measured: str, weights: str = "") -> str:
    """Σ weight · attainment, each brought to 0…cap.

    Args:
        attained: the attainments; a text compares as larger than any cap and so drops out.
        cap: what one goal counts at most.
        measured: Σ weight of the goals that were measured.
        weights: their weights; all the same where left out.
    """
    weigh = f",{weights}" if weights else ""
    inside = f"({attained}>=0)*({attained}<={cap})"
    below = f"({attained}<={cap})*1"
    return f"SUMPRODUCT({inside}{weigh},{attained})+{cap}*({measured}-SUMPRODUCT({below}{weigh}))"


def effect(value: str, start: str, term: str, year: str) -> str:
    """What a deal brings in a year: once, or by the days of its term of some months."""
    day = f"INT({start})"
    end = f"EDATE({day},{term})"
    days = f"MIN({end},DATE({year}+1,1,1))-MAX({day},DATE({year},1,1))"
    spread = f"{value}*MAX({days},0)/({end}-{day})"
    return when(f"N({term})=0", when(f"YEAR({day})={year}", value, "0"), spread)


def expected(base: str, won: str, effects: str, chances: str) -> str:
    """What is sure, and Σ chance · effect of the open deals."""
    return f"{base}+N({won})+SUMPRODUCT({effects},{chances})"


def hit_rate(won: str, lost: str) -> str:
    """What was won of what was decided."""
    return f"{won}/({won}+{lost})"


def urgency(influence: str, actual: str, planned: str) -> str:
    """Influence times the part of the planned contacts that is missing."""
    return f"{influence}*MAX({planned}-{actual},0)/{planned}"


def weight_change(points: str, others: str, score: str, limit: str) -> str:
    """By how much the share of one weight has to change for the score to reach the limit.

    Args:
        points: what the criterion itself scores.
        others: what the other criteria score among themselves.
        score: what all of them score.
        limit: what they should score.
    """
    return f"({limit}-{score})/({points}-{others})"


def opportunity(importance: str, satisfaction: str) -> str:
    """Importance and the part of it that is not met."""
    return f"{importance}+MAX({importance}-{satisfaction},0)"


def mean(ratings: str) -> str:
    """The mean of the ratings there are."""
    return f'AVERAGEIFS({ratings},{ratings},">=0")'


def level(score: str, cuts: Sequence[float]) -> str:
    """How many of the cuts a score reaches, as a sum of comparisons."""
    return "+".join(f"({reaches(score, cut)})" for cut in cuts)


def field(
    height: str, strength: str, cuts: Sequence[float], texts: Sequence[str]
) -> str:
    """The text of the portfolio's field in which two scores lie; `texts` stand level of height by level of strength."""
    place = f"1+{len(cuts) + 1}*({level(height, cuts)})+{level(strength, cuts)}"
    return f"CHOOSE({place},{','.join(map(literal, texts))})"


def distance(height: str, strength: str, cuts: Sequence[float]) -> str:
    """How far the nearest cut of either score is."""
    steps = (
        f"ABS({score}-{number(cut)})" for score in (height, strength) for cut in cuts
    )
    return f"MIN({','.join(steps)})"


def met(
    actual: str, planned: str, counted: str, weights: str = "", most: str = ""
) -> str:
    """Σ weight · min(actual, planned): too many contacts here never make up for none there.

    Args:
        actual: contacts made.
        planned: contacts planned.
        counted: a factor for each pair, 0 for one that takes no part.
        weights: a range of further factors, in which a text counts as 0.
        most: the largest number of contacts that is believed; any where left out.
    """
    weigh = f",{weights}" if weights else ""
    believed = f"*({actual}<={most})" if most else ""
    fewer = f"SUMPRODUCT({counted}*({actual}<{planned}),{actual}{weigh})"
    enough = f"SUMPRODUCT({counted}*({actual}>={planned}){believed},{planned}{weigh})"
    return f"{fewer}+{enough}"


def stance(weighted: str, influence: str) -> str:
    """Σ influence · stance, of what it would be with supporters only."""
    return f"{weighted}/(2*{influence})"


def held(names: str, roles: str, labels: Sequence[str]) -> str:
    """How many contacts with a name have a role, which `labels` write in one way or another."""
    spelt = "+".join(f"({roles}={literal(label)})" for label in labels)
    return f'SUMPRODUCT(({names}<>"")*{spelt if len(labels) == 1 else f"({spelt})"})'


def roles_known(contacts: Sequence[str]) -> str:
    """How many roles somebody has; `contacts` says for each how many have it."""
    return f"({'+'.join(f'({count}>0)' for count in contacts)})"
