"""What the figures of all sheets have in common: missing values, failed scores, weights that nobody entered."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ParamSpec, TypeVar

from kamxl.scoring import ScoreError

__all__ = ["Figures", "Value", "attempt", "column", "total", "weights_or_equal"]

Value = float | str | None
"""A number, a code, or None where the input does not suffice."""
Figures = dict[str, Value]
"""Figures by path."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def attempt(score: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T | None:
    """What `score` makes of the arguments; None where it refuses them."""
    try:
        return score(*args, **kwargs)
    except ScoreError:
        return None


def weights_or_equal(weights: Sequence[float | None]) -> Sequence[float | None] | None:
    """The weights as entered; None (all equal) where not one is entered."""
    return weights if any(weight is not None for weight in weights) else None


def total(values: Iterable[Value]) -> float | None:
    """The sum of the numbers among `values`; None where there is none."""
    numbers = [value for value in values if isinstance(value, int | float)]
    return math.fsum(numbers) if numbers else None


def column(table: str, columns: Mapping[str, Sequence[Value]]) -> Figures:
    """Computed columns of a table by path: ``{"weighted": [1.0]}`` → ``{"opportunities.open[0].weighted": 1.0}``."""
    return {
        f"{table}[{index}].{key}": value
        for key, values in columns.items()
        for index, value in enumerate(values)
    }
