"""Taking in numbers: missing stays missing, wrong is refused with the argument's name, nothing is clipped."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from numbers import Real
from typing import cast

from kamxl.scoring.errors import ScoreError
from kamxl.texts import Text

Values = Sequence[float | None]
"""Plain numbers; None is a missing answer."""


def number(
    value: object, argument: str, low: float = -math.inf, high: float = math.inf
) -> float:
    """`value` as a float, if it is a finite number from `low` to `high`.

    Raises:
        ScoreError: for a text, a bool, an infinity or NaN, and for a number outside `low`…`high`.
    """
    if type(value) is not float:
        if isinstance(value, bool) or not isinstance(value, Real | Decimal):
            shown = repr(value) if isinstance(value, str) else str(value)
            raise ScoreError(
                argument,
                Text(de=f"{shown} ist keine Zahl", en=f"{shown} is no number"),
            )
        value = float(value)
    if not math.isfinite(value):
        raise ScoreError(
            argument, Text(de=f"{value} ist keine Zahl", en=f"{value} is no number")
        )
    if not low <= value <= high:
        raise ScoreError(argument, _outside(value, low, high))
    return value


def optional(
    value: object, argument: str, low: float = -math.inf, high: float = math.inf
) -> float | None:
    """Like `number`, but None stays None."""
    return None if value is None else number(value, argument, low, high)


def positive(value: object, argument: str) -> float:
    """Like `number`, but above 0.

    Raises:
        ScoreError: as `number`, and for 0 or less.
    """
    given = number(value, argument, 0)
    if given == 0:
        raise ScoreError(argument, Text(de="muss über 0 liegen", en="must be above 0"))
    return given


def whole(value: object, argument: str, low: float, high: float) -> int:
    """Like `number`, but a whole one.

    Raises:
        ScoreError: as `number`, and for fractions.
    """
    given = number(value, argument, low, high)
    if not given.is_integer():
        raise ScoreError(
            argument,
            Text(
                de=f"{given:g} ist keine ganze Zahl", en=f"{given:g} is no whole number"
            ),
        )
    return int(given)


def no_date(value: object, argument: str) -> ScoreError:
    """What is said of something that should be a date."""
    return ScoreError(
        argument, Text(de=f"{value!r} ist kein Datum", en=f"{value!r} is no date")
    )


def known(*columns: Values) -> list[tuple[float, ...]]:
    """The rows of the columns in which nothing is missing."""
    rows = zip(*columns, strict=True)
    return [cast("tuple[float, ...]", row) for row in rows if None not in row]


def present(values: Values) -> list[float]:
    """The values that are not missing."""
    return [value for value in values if value is not None]


def mean(values: Values) -> float | None:
    """The mean of what is known; None where nothing is."""
    given = present(values)
    return math.fsum(given) / len(given) if given else None


def difference(more: float | None, less: float | None) -> float | None:
    """The first less the second; None where one is missing."""
    return None if more is None or less is None else more - less


def ranking(
    figures: Iterable[tuple[int, float]],
) -> Iterator[tuple[int, float, int]]:
    """Places with their figure and its rank, the largest figure first; equal figures share a rank, by their place."""
    ordered = sorted(figures, key=lambda pair: (-pair[1], pair[0]))
    for place, figure in ordered:
        yield place, figure, 1 + sum(other > figure for _, other in ordered)


def series(
    values: Iterable[object],
    argument: str,
    low: float = -math.inf,
    high: float = math.inf,
) -> list[float | None]:
    """Each of `values` through `optional`."""
    return [optional(value, argument, low, high) for value in values]


def scale(low: object, high: object) -> tuple[float, float]:
    """The two ends of a scale, the smaller first.

    Raises:
        ScoreError: if `high` is not above `low`; marks where 1 is best are flipped by an argument, not by the
            scale.
    """
    bottom, top = number(low, "low"), number(high, "high")
    if top <= bottom:
        raise ScoreError(
            "high",
            Text(
                de=f"{top:g} liegt nicht über low = {bottom:g}",
                en=f"{top:g} is not above low = {bottom:g}",
            ),
        )
    return bottom, top


def same_length(expected: int, values: Sequence[object], argument: str) -> None:
    """Refuse `values` if there are not `expected` of them."""
    if len(values) != expected:
        raise ScoreError(
            argument,
            Text(
                de=f"{len(values)} statt {expected} Werte",
                en=f"{len(values)} values instead of {expected}",
            ),
        )


def known_deals(
    values: Values, probabilities: Values, argument: str = "values"
) -> tuple[list[tuple[float, float]], int]:
    """What may come, with value and chance, and of how many only one of the two is known.

    Raises:
        ScoreError: for negative values, probabilities outside 0–1, different lengths; `argument` names the values.
    """
    same_length(len(values), probabilities, "probabilities")
    amounts = series(values, argument, 0)
    chances = series(probabilities, "probabilities", 0, 1)
    deals = [(value, chance) for value, chance in known(amounts, chances)]
    empty = sum(pair == (None, None) for pair in zip(amounts, chances, strict=True))
    return deals, len(amounts) - len(deals) - empty


def weights_for(
    count: int, weights: Sequence[float | None] | None, argument: str = "weights"
) -> list[float]:
    """`count` weights: all 1 if none are given; a missing weight is 0, so that its item takes no part.

    Raises:
        ScoreError: for another number of weights, a negative weight, or weights that are all 0.
    """
    if weights is None:
        return [1.0] * count
    same_length(count, weights, argument)
    given = series(weights, argument)
    for weight in present(given):
        if weight < 0:
            raise ScoreError(
                argument,
                Text(de=f"{weight:g} ist negativ", en=f"{weight:g} is negative"),
            )
    if 0 in given and not any(given):
        raise ScoreError(
            argument, Text(de="alle Gewichte sind 0", en="all weights are 0")
        )
    return [weight or 0.0 for weight in given]


def _outside(value: float, low: float, high: float) -> Text:
    if high == math.inf:
        return Text(
            de=f"{value:g} liegt unter {low:g}", en=f"{value:g} is below {low:g}"
        )
    return Text(
        de=f"{value:g} liegt nicht zwischen {low:g} und {high:g}",
        en=f"{value:g} is not between {low:g} and {high:g}",
    )
