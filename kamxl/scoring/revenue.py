"""Revenue: classes, growth, share of wallet, concentration."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate

from kamxl.scoring.errors import DivisionByZeroError, ScoreError
from kamxl.scoring.inputs import Values, number, optional, present, series
from kamxl.scoring.limits import LIMITS, reaches
from kamxl.texts import Text


def abc_class(
    revenues: Values, limits: tuple[float, float] = LIMITS.abc
) -> tuple[str | None, ...]:
    """Class A, B or C of each account, by the cumulated revenue share of the accounts *before* it.

    Args:
        revenues: revenue per account, any currency; None = unknown. Credit notes may make single ones
            negative.
        limits: shares (0–1) at which B and C begin.

    Returns:
        The classes in the order given, None for unknown revenue; equal revenues share the better class.

    Raises:
        ScoreError: if the revenues add up to 0 or less, or the limits are not ascending within 0–1.

    Source: ABC analysis (Dickie 1951).

    >>> abc_class([400, 250, 150, 100, 60, 40])
    ('A', 'A', 'A', 'B', 'B', 'C')
    """
    class_b, class_c = (number(limit, "limits", 0, 1) for limit in limits)
    if class_b > class_c:
        raise ScoreError("limits", Text(de="nicht aufsteigend", en="not ascending"))
    given = series(revenues, "revenues")
    known = sorted(present(given), reverse=True)
    if not known:
        return (None,) * len(given)
    total = _positive_total(known)
    classes: dict[float | None, str] = {}
    for revenue, before in zip(known, accumulate(known, initial=0.0), strict=False):
        reached = sum(reaches(before / total, limit) for limit in (class_b, class_c))
        classes.setdefault(revenue, "ABC"[reached])
    return tuple(map(classes.get, given))


def growth(previous: float | None, current: float | None) -> float | None:
    """(current − previous) / previous as a share (0.1 = 10 %).

    Returns:
        None if a value is missing or if the sign changes (growth from a loss to a profit has no meaning).

    Raises:
        DivisionByZeroError: if `previous` is 0.

    >>> round(growth(100, 130), 9), growth(-10, 20), growth(None, 20)
    (0.3, None, None)
    """
    before, after = optional(previous, "previous"), optional(current, "current")
    if before is None or after is None:
        return None
    _refuse_zero(before, "previous")
    return None if before * after < 0 else (after - before) / before


def cagr(first: float | None, last: float | None, years: float | None) -> float | None:
    """Compound annual growth rate (last/first)^(1/years) − 1 as a share (0.1 = 10 %).

    Args:
        first: value of the first year.
        last: value of the last year.
        years: years between them, above 0 (three years from 2021 to 2024).

    Returns:
        None if a value is missing or if the sign changes.

    Raises:
        DivisionByZeroError: if `first` is 0.
        ScoreError: if `years` is 0 or less.

    >>> round(cagr(100, 130, 3), 4)
    0.0914
    """
    start, end, span = (
        optional(first, "first"),
        optional(last, "last"),
        optional(years, "years"),
    )
    if span is not None and span <= 0:
        raise ScoreError("years", Text(de="muss über 0 liegen", en="must be above 0"))
    if start is None or end is None or span is None:
        return None
    _refuse_zero(start, "first")
    return None if start * end < 0 else float((end / start) ** (1 / span) - 1)


def share_of_wallet(own: float | None, demand: float | None) -> float | None:
    """Our revenue / the customer's total demand, as a share (0–1).

    Args:
        own: our revenue in the product group, not negative.
        demand: all that the customer buys there, same currency, not negative.

    Returns:
        None if a value is missing or the demand is 0.

    Raises:
        ScoreError: for negative values and for a share above 1.

    Source: Share of wallet (Lieferanteil), e.g. Belz/Müllner/Zupancic, Spitzenleistungen im
    Key-Account-Management.

    >>> share_of_wallet(30, 120), share_of_wallet(30, 0)
    (0.25, None)
    """
    revenue, total = optional(own, "own", 0), optional(demand, "demand", 0)
    if revenue is None or not total:
        return None
    share = revenue / total
    if round(share, 9) > 1:
        raise ScoreError(
            "own",
            Text(
                de=f"{revenue:g} ist mehr als der Bedarf {total:g}",
                en=f"{revenue:g} exceeds demand {total:g}",
            ),
        )
    return min(share, 1.0)


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the revenue hangs on few accounts."""

    hhi: float
    """Herfindahl-Hirschman index, 0–10,000."""
    effective_number: float
    """How many accounts of equal size would be as concentrated."""
    top_1: float
    """Share of the largest account, 0–1."""
    top_5: float
    """Share of the five largest accounts, 0–1."""
    accounts: int
    """Accounts with known revenue."""


def revenue_concentration(revenues: Values) -> Concentration | None:
    """Herfindahl-Hirschman index Σ s²·10⁴ of the shares s, effective number 1/Σ s², top-1 and top-5 share.

    Args:
        revenues: revenue per account, not negative; None = unknown.

    Returns:
        None if no revenue is known.

    Raises:
        ScoreError: for negative revenues and a total of 0.

    Source: Herfindahl (1950), Hirschman (1964).

    >>> result = revenue_concentration([400, 250, 150, 100, 60, 40])
    >>> round(result.hhi), round(result.effective_number, 2), result.top_1, result.top_5
    (2602, 3.84, 0.4, 0.96)
    """
    known = sorted(present(series(revenues, "revenues", 0)), reverse=True)
    if not known:
        return None
    total = _positive_total(known)
    squares = math.fsum((revenue / total) ** 2 for revenue in known)
    return Concentration(
        hhi=squares * 10_000,
        effective_number=1 / squares,
        top_1=known[0] / total,
        top_5=math.fsum(known[:5]) / total,
        accounts=len(known),
    )


def _positive_total(revenues: list[float]) -> float:
    total = math.fsum(revenues)
    if total <= 0:
        raise ScoreError(
            "revenues", Text(de="Summe ist nicht über 0", en="sum is not above 0")
        )
    return total


def _refuse_zero(value: float, argument: str) -> None:
    if value == 0:
        raise DivisionByZeroError(argument, Text(de="ist 0", en="is 0"))
