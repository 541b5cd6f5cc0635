"""Native formulas of the scores, as templates over the columns `values`, `weights` and so on.

Limits come from `kamxl.scoring`, so a formula cannot say something else than the function. As everywhere in kamxl's
workbooks, what cannot be computed is an empty cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.scoring import LIMITS, Wording
from kamxl.workbook.formulas.terms import literal, number, reaches, when

__all__ = ["all_numbers", "covered", "end", "level", "on_scale", "one_of", "safe", "share_known", "weighted"]


def safe(expression: str) -> str:
    """Empty where the expression fails."""
    return f'IFERROR({expression},"")'


def covered(answered: str, total: str, value: str) -> str:
    """The value where enough of the weight was answered, else empty."""
    return when(reaches(f"({answered})/({total})", LIMITS.minimum_coverage), value)


def all_numbers(cells: Sequence[str], value: str) -> str:
    """The value if all cells hold numbers, else empty."""
    return safe(when(f"AND({','.join(f'ISNUMBER({cell})' for cell in cells)})", value))


def on_scale(values: str, low: str, high: str, value: str) -> str:
    """The value if no entry lies off its scale, else empty: nothing is ever clipped."""
    outside = f'SUMPRODUCT(({values}<>"")*(({values}<{low})+({values}>{high})))'
    return when(f"{outside}=0", value)


def level(value: str, limits: Sequence[float]) -> str:
    """How many of the limits `value` reaches, as a sum of comparisons."""
    return "+".join(f"({reaches(value, limit)})" for limit in limits)


def one_of(place: str, texts: Sequence[Wording], language: str) -> str:
    """The text in a place, counted from 1."""
    return f"CHOOSE({place},{','.join(literal(text.text(language)) for text in texts)})"


def share_known(answered: str, total: str, weights: str) -> str:
    """The coverage: 0 where no weight is entered at all, empty where all of them are 0."""
    return f'IF({total}>0,{answered}/{total},IF(COUNT({weights})=0,0,""))'


def end(place: str, default: float) -> str:
    """A scale's end that may be left blank."""
    return f'IF({place}="",{number(default)},{place})'


def weighted(
    values: str = "{values}",
    weights: str = "{weights}",
    low: str = end("{low}", 1),
    high: str = end("{high}", 5),
    flipped: str = "",
) -> dict[str, str]:
    """Value, coverage, low and high of a weighted score; `flipped` marks items whose lowest answer is best with "x"."""
    known = f'({values}<>"")'
    distance = f"({values}-{low})"
    if flipped:
        distance = f'(({flipped}="x")*({high}-{values})+({flipped}<>"x")*({values}-{low}))'
    answered, total = f"SUMPRODUCT({known}*{weights})", f"SUM({weights})"
    points = f"100*SUMPRODUCT({known}*{weights}*{distance}/({high}-{low}))"

    def sound(value: str) -> str:
        return safe(when(f"SUMPRODUCT(({weights}<0)*1)=0", on_scale(values, low, high, value)))

    return {
        "value": sound(covered(answered, total, f"{points}/{answered}")),
        "coverage": sound(share_known(answered, total, weights)),
        "low": sound(f"{points}/{total}"),
        "high": sound(f"({points}+100*({total}-{answered}))/{total}"),
    }
