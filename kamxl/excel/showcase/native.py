"""Native formulas of the scores, as templates over the columns `values`, `weights` and so on.

Limits come from `kamxl.scoring`, so a formula cannot say something else than the function. It answers as the function
does, as far as a formula can:

- a value where there is a value;
- an empty cell where there is none (the function says #N/A), and where an entry is refused (the function says why);
- ``#DIV/0!`` and ``#NUM!`` where the function says so, and an error value in a cell it reads is passed on.

A cell that somebody cleared with the space bar is blank for both. Sums are `SUMPRODUCT` with comma-separated ranges,
which take such a text as 0, where a product would fail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kamxl.document.formulas import scores
from kamxl.document.formulas.terms import EMPTY, all_of, literal, number, when
from kamxl.scoring import LIMITS
from kamxl.texts import Text

_PLACE = re.compile(r"\{[^{}]*\}(?::\{[^{}]*\})?")


def safe(expression: str, texts: Sequence[str] = ()) -> str:
    """A finished formula: empty where the expression fails or an entry is no number, error values are passed on.

    Args:
        expression: the template of a value.
        texts: those of its places that may hold texts.
    """
    return exact(f"IFERROR({expression},{EMPTY})", texts)


def exact(expression: str, texts: Sequence[str] = ()) -> str:
    """Like `safe`, but where the expression divides by zero the formula does, too."""
    places = tuple(dict.fromkeys(_PLACE.findall(expression)))
    numeric = [place for place in places if place not in texts]
    return passing(places, numbers_only(numeric, expression) if numeric else expression)


def passing(places: Sequence[str], value: str) -> str:
    """The value, or the error that one of the places holds."""
    read = f"SUM({','.join(places)})"
    return f"IF(ISNUMBER({read}),{value},{read})"


def numbers_only(places: Sequence[str], value: str) -> str:
    """The value if the places hold nothing but numbers and blanks."""
    others = "+".join(
        f'SUMPRODUCT((TRIM({place})<>"")*(1-ISNUMBER({place})))' for place in places
    )
    return when(f"{others}=0", value)


def known(*places: str) -> str:
    """1 for each row in which all the places hold a number, else 0."""
    tests = [f"ISNUMBER({place})" for place in places]
    return f"{tests[0]}*1" if len(tests) == 1 else "*".join(tests)


def only_one(one: str, other: str) -> str:
    """How many rows hold only one of two numbers."""
    return f"SUMPRODUCT((ISNUMBER({one})+ISNUMBER({other})=1)*1)"


def covered(answered: str, total: str, value: str) -> str:
    """The value where enough of the weight was answered, else empty."""
    return scores.covered(f"({answered})/({total})", value, LIMITS.minimum_coverage)


def all_numbers(cells: Sequence[str], value: str) -> str:
    """The value if all cells hold numbers, else empty."""
    return when(f"COUNT({','.join(cells)})={len(cells)}", value)


def on_scale(values: str, low: str, high: str, value: str) -> str:
    """The value if no entry lies off its scale, else empty: nothing is ever clipped."""
    outside = f"SUMPRODUCT({known(values)}*(({values}<{low})+({values}>{high})))"
    return when(f"{outside}=0", value)


def on_scales(places: Sequence[str], low: str, high: str, value: str) -> str:
    """The value if no entry in the places lies off their common scale; the last place is looked at first."""
    for place in places:
        value = on_scale(place, low, high, value)
    return value


def no_negative(places: Sequence[str], value: str) -> str:
    """The value if no entry is below 0, else empty."""
    below = "+".join(f"SUMPRODUCT(({place}<0)*1)" for place in places)
    return when(f"{below}=0", value)


def one_of(place: str, texts: Sequence[Text], language: str) -> str:
    """The text in a place, counted from 1."""
    return f"CHOOSE({place},{','.join(literal(text[language]) for text in texts)})"


def share_known(answered: str, total: str, weights: str) -> str:
    """The coverage: 0 where no weight is entered at all, empty where all of them are 0."""
    return f'IF({total}>0,{answered}/{total},IF(COUNT({weights})=0,0,""))'


def end(place: str, default: float) -> str:
    """A scale's end that may be left blank."""
    return f"IF(ISNUMBER({place}),{place},{number(default)})"


LOW, HIGH = end("{low}", 1), end("{high}", 5)
"""The ends of the scale of a card."""


def weighted(
    values: str = "{values}",
    weights: str = "{weights}",
    low: str = LOW,
    high: str = HIGH,
    flipped: str = "",
    condition: str = "",
) -> dict[str, str]:
    """Value, coverage, low and high of a weighted score.

    Args:
        values: the answers.
        weights: their weights.
        low: lower end of the scale, one for all or one each.
        high: upper end of the scale.
        flipped: marks items whose lowest answer is best with "x".
        condition: what else must hold for there to be any result.
    """
    answered, total = f"SUMPRODUCT({known(values)},{weights})", f"SUM({weights})"
    points = f"100*({_distances(values, weights, low, high, flipped)})"

    def sound(value: str) -> str:
        conditions = [
            f"SUMPRODUCT(({high}<={low})*1)=0",
            *([condition] if condition else []),
        ]
        if flipped:
            conditions.append(
                f'SUMPRODUCT((TRIM({flipped})<>"")*(TRIM({flipped})<>"x"))=0'
            )
        checked = on_scale(values, low, high, no_negative([weights], value))
        return safe(when(all_of(*conditions), checked), [flipped])

    return {
        "value": sound(covered(answered, total, f"{points}/{answered}")),
        "coverage": sound(share_known(answered, total, weights)),
        "low": sound(f"{points}/{total}"),
        "high": sound(f"({points}+100*({total}-{answered}))/{total}"),
    }


def _distances(values: str, weights: str, low: str, high: str, flipped: str) -> str:
    """Σ weight · distance from the worst end of the scale, as a share of the scale."""
    span = f"({high}-{low})"
    if not flipped:
        whole, start = f"1/{span}*{known(values)}", f"{low}/{span}*{known(values)}"
        return f"SUMPRODUCT({whole},{weights},{values})-SUMPRODUCT({start},{weights})"
    turned = f'(TRIM({flipped})="x")'
    best = f"({turned}*({high}+{low})-{low})"
    return (
        f"SUMPRODUCT((1-2*{turned})/{span}*{known(values)},{weights},{values})"
        f"+SUMPRODUCT({best}/{span}*{known(values)},{weights})"
    )
