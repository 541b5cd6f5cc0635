"""What Python says to the questions of the parity tests.

`ORACLES` put a question to `kamxl.scoring`, for each part of the result that the Excel function can show; a part goes
by its English name, the first one is shown unless another is asked for.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any

from kamxl import scoring
from tests.parity_inputs import Arguments, flat

Oracle = Callable[[Arguments], object]
SCORE = {"value": "value", "coverage": "coverage", "from": "low", "to": "high"}


def each(compute: Oracle, **attributes: str) -> dict[str, Oracle]:
    """One oracle for each part of a result that may be missing."""

    def part(attribute: str) -> Oracle:
        return lambda arguments: getattr(compute(arguments), attribute, None)

    return {name: part(attribute) for name, attribute in attributes.items()}


def given(a: Arguments, **names: str) -> dict[str, Any]:
    """Optional arguments of Python by the name that Excel has for them; a blank cell is left out."""
    return {
        python: a[excel] for excel, python in names.items() if a.get(excel) is not None
    }


def flips(a: Arguments) -> Any:
    """TRUE or FALSE for all answers, or a mark for each."""
    content = a.get("flipped") or False
    if isinstance(content, bool):
        return content
    turned = [mark == "x" for mark in content]
    return turned if len(turned) > 1 else turned[0]


def score(
    compute: Callable[..., object],
    values: str = "values",
    weights: str = "weights",
    *,
    flip: bool = False,
) -> dict[str, Oracle]:
    """The parts of a weighted score."""
    return each(
        lambda a: compute(
            a[values],
            a.get(weights),
            **given(a, low="low", high="high", minimum="minimum_coverage"),
            **({"flipped": flips(a)} if flip else {}),
        ),
        **SCORE,
    )


def contacts(attribute: str) -> Oracle:
    """Gap or rank of each contact at its place, blank where there is none."""

    def answer(a: Arguments) -> list[object]:
        ranked = scoring.contact_priority(a["actual"], a["planned"], a.get("influence"))
        found = {contact.index: getattr(contact, attribute) for contact in ranked}
        return [found.get(i, "") for i in range(len(a["actual"]))]

    return answer


def maturity(a: Arguments) -> scoring.Maturity:
    """The maturity of answers that name their dimension, or stand in a row each."""
    if "dimensions" not in a:
        return scoring.kam_maturity(a["answers"])
    grouped: dict[str, list[float | None]] = {}
    for answer, dimension in zip(a["answers"], a["dimensions"], strict=True):
        grouped.setdefault(dimension, []).append(answer)
    return scoring.kam_maturity(list(grouped.values()))


def counted(position: int | None) -> int | None:
    """A position as Excel counts it, from 1."""
    return None if position is None else position + 1


def placed(tell: Callable[[scoring.Placement], object]) -> Oracle:
    """Something that is said of an account's place in the portfolio."""

    def answer(a: Arguments) -> object:
        placement = scoring.portfolio_cell(
            a["attractiveness"], a["position"], a.get("scheme", "2x2")
        )
        return None if placement is None else tell(placement)

    return answer


def buying_center(a: Arguments) -> scoring.BuyingCenter:
    """The buying center from roles written in either language, and the names if there are any."""
    codes = {
        word.casefold(): code
        for code, wording in scoring.BUYING_CENTER_ROLES.items()
        for word in (code, wording.de, wording.en)
    }

    def code(role: Any) -> str:
        found = codes.get(str(role).strip().casefold())
        if found is None:
            raise RefusedError
        return found

    if "names" not in a:
        return scoring.buying_center_coverage(
            [code(role) for role in a["roles"] if role is not None]
        )
    people = zip(a["roles"], a["names"], strict=True)
    return scoring.buying_center_coverage(
        [
            None if role is None else code(role)
            for role, name in people
            if name is not None
        ]
    )


def relationship(a: Arguments) -> scoring.WeightedScore:
    """The health of a relationship, the last contact given in days."""
    fresh = scoring.contact_freshness(a["last_contact"], **given(a, limit="limit"))
    return scoring.relationship_health(
        a["coverage"],
        a["stance"],
        a["roles"],
        fresh,
        a["satisfaction"],
        **given(a, weights="weights"),
    )


def band(a: Arguments) -> str | None:
    """The band of an opportunity as Excel shows it."""
    found = scoring.opportunity_score(a["importance"], a["satisfaction"])
    return scoring.BANDS[found.band].de if found else None


def distribution_error(a: Arguments) -> float | None:
    """How far a quantile can be off."""
    distribution = scoring.pipeline_distribution(a["values"], a["probabilities"])
    value = if_given("quantile", scoring.pipeline_quantile)(a)
    return distribution.error if distribution and value is not None else None


def if_given(argument: str, compute: Callable[..., object]) -> Oracle:
    """Python, where a blank cell would be no question at all; the deals are looked at all the same."""

    def answer(a: Arguments) -> object:
        scoring.weighted_pipeline(a["values"], a["probabilities"])
        return None if a[argument] is None else compute(**a)

    return answer


def effect(a: Arguments) -> float | None:
    """What a deal brings in the plan year, its first day given as a cell holds it."""
    start = a["start"]
    if isinstance(start, str) or (start is not None and start < 61):
        raise RefusedError
    first = None
    if start is not None:
        try:
            first = dt.date(1899, 12, 30) + dt.timedelta(days=int(start))
        except OverflowError:
            raise RefusedError from None
    return scoring.plan_year_effect(a["value"], first, a["term"], a["year"])


def on_bridge(compute: Callable[..., Any]) -> Callable[[Arguments], Any]:
    """Python on the bridge's arguments, with or without a target; in Basic no argument may be called base."""
    names = ("base_revenue", "won", "effects", "probabilities")
    return lambda a: compute(a.get("target"), *(a[name] for name in names))


def dependence(attribute: str) -> Oracle:
    """Something that is said of each deal at its place, blank where there is no value."""

    def answer(a: Arguments) -> list[object]:
        ranked = on_bridge(scoring.deal_dependence)(a)
        found = {deal.index: getattr(deal, attribute) for deal in ranked}
        return [found.get(i, "") for i in range(len(a["effects"]))]

    return answer


def flip(a: Arguments) -> scoring.WeightFlip | None:
    """The weight that tips the balance."""
    ends = given(a, limit="limit", low="low", high="high")
    return scoring.weight_to_flip(a["values"], a.get("weights"), **ends)


ORACLES: Mapping[str, Mapping[str, Oracle]] = {
    "KAM_SCORE": score(scoring.weighted_score),
    "KAM_ATTRACTIVENESS": score(scoring.customer_attractiveness),
    "KAM_POSITION": score(scoring.competitive_position),
    "KAM_PRICE_READINESS": score(scoring.price_readiness, flip=True),
    "KAM_CHURN_INDEX": score(scoring.churn_index, flip=True),
    "KAM_SEGMENT": {
        "field and scheme": placed(lambda place: place.title("de")),
        "field": placed(lambda place: place.cell.name.de),
        "strategy": placed(lambda place: place.cell.strategy.de),
        "zone": placed(lambda place: scoring.ZONES[place.cell.zone].de if place.cell.zone else None),
        "distance": placed(lambda place: place.distance),
        "code": placed(lambda place: place.cell.code),
    },
    "KAM_SATISFACTION": score(scoring.satisfaction_index, "perceived", "importance")
    | each(
        lambda a: scoring.satisfaction_gap(
            a["expected"], a["perceived"], a.get("importance"),
            **given(a, low="low", high="high", minimum="minimum_coverage"),
        ),
        gap="value",
    ),
    "KAM_MATURITY": each(maturity, mean="mean", minimum="minimum")
    | {"weakest": lambda a: counted(maturity(a).weakest)}
    | each(maturity, coverage="coverage"),
    "KAM_ABC": {"": lambda a: [one or "" for one in scoring.abc_class(a["revenues"])]},
    "KAM_GROWTH": {"": lambda a: scoring.growth(**a)},
    "KAM_CAGR": {"": lambda a: scoring.cagr(**a)},
    "KAM_WALLET": {"": lambda a: scoring.share_of_wallet(**a)},
    "KAM_HHI": each(
        lambda a: scoring.revenue_concentration(a["revenues"]),
        **{"HHI": "hhi", "number": "effective_number", "top 1": "top_1", "top 5": "top_5"},
    ),
    "KAM_PIPELINE": each(
        lambda a: scoring.weighted_pipeline(**a),
        expected="expected",
        **{"standard deviation": "standard_deviation"},
        deals="deals",
        **{"left out": "left_out"},
    ),
    "KAM_PIPELINE_QUANTILE": {"value": if_given("quantile", scoring.pipeline_quantile), "error": distribution_error},
    "KAM_PIPELINE_PROB": {"": if_given("target", scoring.pipeline_probability)},
    "KAM_EFFECT": {"": effect},
    "KAM_EXPECTED": each(
        on_bridge(scoring.revenue_bridge),
        expected="expected",
        weighted="weighted",
        deals="deals",
        **{"left out": "left_out"},
    ),
    "KAM_GAP_TO_TARGET": each(on_bridge(scoring.revenue_bridge), gap="gap"),
    "KAM_TARGET_PROB": {"": on_bridge(scoring.target_probability)},
    "KAM_DEPENDENCE": {
        "loss": dependence("loss"), "rank": dependence("rank"), "without": dependence("without")
    },
    "KAM_HIT_RATE": {"": lambda a: scoring.hit_rate(**a)},
    "KAM_RISK": each(
        lambda a: scoring.risk_exposure(**a), expected="expected", risks="risks", **{"left out": "left_out"}
    ),
    "KAM_CONTACT_URGENCY": {"": lambda a: scoring.contact_urgency(**a)},
    "KAM_QUALITY": each(lambda a: scoring.plan_quality(a["parts"], **given(a, weights="weights")), **SCORE),
    "KAM_WEIGHT_TO_FLIP": each(flip, change="change")
    | {"place": lambda a: counted(getattr(flip(a), "index", None))}
    | each(flip, weight="weight"),
    "KAM_CONTRIBUTION": each(
        lambda a: scoring.contribution_margins(**a),
        **{"DB IV": "db4", "net": "net", "DB I": "db1", "DB II": "db2", "DB III": "db3"},
    ),
    "KAM_CLV": {"": lambda a: scoring.customer_lifetime_value(**a)},
    "KAM_COVERAGE": each(lambda a: scoring.contact_coverage(**a), **SCORE),
    "KAM_CONTACT_GAP": {"gap": contacts("gap"), "rank": contacts("rank")},
    "KAM_STANCE": each(lambda a: scoring.stance_index(**a), value="value", opponent="opponent", coverage="coverage")
    | {"place": lambda a: counted(scoring.stance_index(**a).opponent_index)},
    "KAM_BUYING_CENTER": {
        "value": lambda a: buying_center(a).value,
        "missing": lambda a: ", ".join(scoring.BUYING_CENTER_ROLES[role].de for role in buying_center(a).missing),
        "contacts": lambda a: buying_center(a).contacts,
        "single-threaded": lambda a: buying_center(a).single_threaded,
    },
    "KAM_RELATIONSHIP": each(relationship, **SCORE),
    "KAM_NPS": each(
        lambda a: scoring.nps(a["ratings"]),
        value="value",
        promoters="promoters",
        passives="passives",
        detractors="detractors",
        **{"small sample": "small_sample"},
    ),
    "KAM_OPPORTUNITY": each(lambda a: scoring.opportunity_score(**a), value="value") | {"band": band},
    "KAM_GAP": {
        "": lambda a: scoring.competitive_gap(a["weight"], a["own"], a["rival"], **given(a, low="low", high="high"))
    },
    "KAM_SWOT": each(lambda a: scoring.swot_balance(**a), internal="internal", external="external"),
    "KAM_ATTAINMENT": {"": lambda a: scoring.goal_attainment(**a)},
    "KAM_SCORECARD": each(
        lambda a: scoring.scorecard(
            a["actual"], a["target"], a.get("baseline"), a.get("weights"), **given(a, cap="cap")
        ),
        **SCORE,
    ),
    "KAM_COMPLETENESS": {"": lambda a: scoring.plan_completeness(**a)},
}  # fmt: skip
"""Function → part → what Python says of the arguments."""


class RefusedError(Exception):
    """An entry that the function refuses though Python never gets to see it."""


def understood(content: Any) -> Any:
    """Cells as Python takes them: blanks are None, texts have no blanks around them."""
    if isinstance(content, list):
        return [understood(one) for one in content]
    return (content.strip() or None) if isinstance(content, str) else content


def expected(name: str, part: str, arguments: Arguments) -> object:
    """What Python says, written as a cell shows it; "#KAM! " alone where only the Excel function can refuse."""
    oracle = ORACLES[name][part or next(iter(ORACLES[name]))]
    try:
        result = oracle(
            {
                key: understood(value)
                for key, value in arguments.items()
                if key != "part"
            }
        )
    except scoring.DivisionByZeroError:
        return "#DIV/0!"
    except scoring.ScoreError as fault:
        return "#KAM! " + fault.text("de")
    except RefusedError:
        return "#KAM! "
    except OverflowError:
        return "#NUM!"
    return "#N/A" if result is None else result


def same(shown: object, said: object) -> bool:
    """Equal texts, or numbers within 1e-9 of their size."""
    left, right = flat(shown), flat(said)
    return len(left) == len(right) and all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
        if isinstance(a, int | float) and isinstance(b, int | float)
        else a == b or (b == "#KAM! " and str(a).startswith(b))
        for a, b in zip(left, right, strict=True)
    )
