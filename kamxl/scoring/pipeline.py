"""The pipeline of open deals as what it is: a sum of independent yes/no events.

Each deal comes with its full value or not at all, so the sum has a lumpy distribution that its mean and
standard deviation alone describe badly. Deals of 500,000 at 20 %, 120,000 at 60 %, 80,000 at 75 % and 40,000
at 90 % have the weighted value 268,000, but reach 250,000 with a probability of 0.20 only (a normal
distribution would say 0.53).

Up to `EXACT_DEALS` uncertain deals every sum is enumerated. More deals are added up on an even money grid of
at most `GRID_CELLS` steps. Deals that are multiples of a common step which fits stay exact there too;
otherwise each is rounded to the nearest grid step, and `PipelineDistribution.error` states how far the sums
can be off at most.
"""

from __future__ import annotations

import math
import operator
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kamxl.scoring.inputs import Values, known, number, optional, same_length, series

EXACT_DEALS = 14
"""Uncertain deals up to which all sums are enumerated (2^14 of them)."""
GRID_CELLS = 12_000
"""Steps of the money grid."""

_DIGITS = 11
_NEGLIGIBLE = 1e-20
_ROUNDING = 1e-12


def weighted_value(value: float | None, probability: float | None) -> float | None:
    """Value · probability of one deal; None if either is missing.

    >>> weighted_value(120_000, 0.6), weighted_value(120_000, None)
    (72000.0, None)
    """
    money, chance = (
        optional(value, "value", 0),
        optional(probability, "probability", 0, 1),
    )
    return None if money is None or chance is None else money * chance


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The weighted pipeline in two figures, and what they rest on."""

    expected: float
    """Σ value · probability."""
    standard_deviation: float
    """√ Σ value² · p · (1 − p), for independent deals."""
    deals: int
    """Deals that were counted."""
    left_out: int
    """Deals without a value or without a probability; they are in none of the figures."""


def weighted_pipeline(values: Values, probabilities: Values) -> Pipeline | None:
    """Σ value · probability and its standard deviation over independent deals.

    Args:
        values: value of each deal, not negative; None = unknown.
        probabilities: its chance, 0–1; None = unknown.

    Returns:
        None if no deal has both a value and a probability.

    Raises:
        ScoreError: for negative values, probabilities outside 0–1, different lengths.

    >>> result = weighted_pipeline([500_000, 120_000, 80_000, 40_000], [0.2, 0.6, 0.75, 0.9])
    >>> round(result.expected), round(result.standard_deviation)
    (268000, 211660)
    """
    deals, left_out = _deals(values, probabilities)
    if not deals:
        return None
    return Pipeline(
        expected=math.fsum(value * chance for value, chance in deals),
        standard_deviation=math.sqrt(
            math.fsum(value**2 * chance * (1 - chance) for value, chance in deals)
        ),
        deals=len(deals),
        left_out=left_out,
    )


@dataclass(frozen=True, slots=True)
class PipelineDistribution:
    """All sums a pipeline may bring, ascending, with the probability of reaching no more than each."""

    sums: tuple[float, ...]
    cumulated: tuple[float, ...]
    error: float
    """How far any sum may be off at most, in money; 0 where the sums were enumerated."""
    deals: int
    left_out: int

    def quantile(self, probability: float) -> float:
        """The smallest sum that is not exceeded with at least `probability` (0–1); 0.1 is P10."""
        wanted = number(probability, "probability", 0, 1)
        index = bisect_left(self.cumulated, wanted - _ROUNDING)
        return self.sums[min(index, len(self.sums) - 1)]

    def at_least(self, target: float) -> float:
        """The probability (0–1) that the sum reaches `target`."""
        wanted = number(target, "target")
        index = bisect_left(self.sums, wanted - _ROUNDING * max(1.0, abs(wanted)))
        below = self.cumulated[index - 1] if index else 0.0
        return max(0.0, 1.0 - below)


def pipeline_distribution(
    values: Values, probabilities: Values
) -> PipelineDistribution | None:
    """The distribution of the sum of independent deals; arguments, errors and None as in `weighted_pipeline`.

    Source: Poisson binomial distribution with weights, by convolution.

    >>> result = pipeline_distribution([100, 50], [0.5, 0.5])
    >>> result.sums, result.cumulated, result.error
    ((0.0, 50.0, 100.0, 150.0), (0.25, 0.5, 0.75, 1.0), 0.0)
    """
    deals, left_out = _deals(values, probabilities)
    if not deals:
        return None
    certain = math.fsum(value for value, chance in deals if chance == 1)
    uncertain = sorted(
        (value, chance) for value, chance in deals if value > 0 and 0 < chance < 1
    )
    if len(uncertain) <= EXACT_DEALS:
        sums, masses, error = _enumerate(uncertain)
    else:
        sums, masses, error = _on_grid(uncertain)
    cumulated = tuple(accumulate(masses))
    scale = cumulated[-1]
    return PipelineDistribution(
        sums=tuple(certain + value for value in sums),
        cumulated=tuple(share / scale for share in cumulated),
        error=error,
        deals=len(deals),
        left_out=left_out,
    )


def pipeline_quantile(
    values: Values, probabilities: Values, quantile: float
) -> float | None:
    """The sum that the pipeline does not exceed with probability `quantile` (0–1), e.g. P10, P50, P90.

    >>> deals = [500_000, 120_000, 80_000, 40_000], [0.2, 0.6, 0.75, 0.9]
    >>> [pipeline_quantile(*deals, q) for q in (0.1, 0.5, 0.9)]
    [80000.0, 240000.0, 660000.0]
    """
    wanted = number(quantile, "quantile", 0, 1)
    distribution = pipeline_distribution(values, probabilities)
    return None if distribution is None else distribution.quantile(wanted)


def pipeline_probability(
    values: Values, probabilities: Values, target: float
) -> float | None:
    """The probability (0–1) that the pipeline brings at least `target`.

    >>> deals = [500_000, 120_000, 80_000, 40_000], [0.2, 0.6, 0.75, 0.9]
    >>> round(pipeline_probability(*deals, 250_000), 9)
    0.2
    """
    wanted = number(target, "target")
    distribution = pipeline_distribution(values, probabilities)
    return None if distribution is None else distribution.at_least(wanted)


def _deals(
    values: Values, probabilities: Values
) -> tuple[list[tuple[float, float]], int]:
    """The deals with value and probability, and how many have only one of the two."""
    same_length(len(values), probabilities, "probabilities")
    amounts, chances = (
        series(values, "values", 0),
        series(probabilities, "probabilities", 0, 1),
    )
    deals = [(value, chance) for value, chance in known(amounts, chances)]
    empty = sum(pair == (None, None) for pair in zip(amounts, chances, strict=True))
    return deals, len(amounts) - len(deals) - empty


Distribution = tuple[Sequence[float], Sequence[float], float]


def _enumerate(deals: Sequence[tuple[float, float]]) -> Distribution:
    """Every sum with its probability; kept as integers, so that equal sums meet in spite of rounding."""
    units = _units(deals)
    masses = {0: 1.0}
    for value, chance in deals:
        step = round(value * units)
        following = {total: mass * (1 - chance) for total, mass in masses.items()}
        for total, mass in masses.items():
            following[total + step] = following.get(total + step, 0.0) + mass * chance
        masses = following
    ordered = sorted(masses.items())
    return [total / units for total, _ in ordered], [mass for _, mass in ordered], 0.0


def _on_grid(deals: Sequence[tuple[float, float]]) -> Distribution:
    """Convolution on an even grid, exact for multiples of a step that fits, else with a bound."""
    units = _units(deals)
    amounts = [round(value * units) for value, _ in deals]
    common = math.gcd(*amounts)
    step = max(float(common), sum(amounts) / GRID_CELLS)
    cells = [round(amount / step) for amount in amounts]
    chances = [chance for _, chance in deals]
    start, masses = _convolve(cells, chances)
    residuals = [
        amount - cell * step for amount, cell in zip(amounts, cells, strict=True)
    ]
    drift, bound = _rounding(residuals, chances)
    sums = [
        max(0.0, place * step + drift) / units if place else 0.0
        for place in range(start, start + len(masses))
    ]
    return sums, masses, bound / units


def _rounding(
    residuals: Sequence[float], chances: Sequence[float]
) -> tuple[float, float]:
    """What rounding to the grid takes from the sum on average, and how far any sum may be off without it.

    The rounding errors of the deals that come are known on average: taking that out leaves no bias.
    """
    drift = math.fsum(map(operator.mul, residuals, chances))
    above = math.fsum(max(residual, 0.0) for residual in residuals)
    below = math.fsum(max(-residual, 0.0) for residual in residuals)
    return drift, max(above, below) + abs(drift)


def _convolve(
    cells: Sequence[int], chances: Sequence[float]
) -> tuple[int, list[float]]:
    """The first cell and the masses from there on; tails that weigh nothing are cut on the way."""
    start, masses = 0, [1.0]
    for shift, chance in sorted(zip(cells, chances, strict=True)):
        gap = [0.0] * shift
        fails = 1 - chance
        masses = [
            stay * fails + move * chance
            for stay, move in zip(masses + gap, gap + masses, strict=True)
        ]
        while masses[-1] < _NEGLIGIBLE:
            masses.pop()
        lead = next(i for i, mass in enumerate(masses) if mass >= _NEGLIGIBLE)
        start, masses = start + lead, masses[lead:]
    return start, masses


def _units(deals: Sequence[tuple[float, float]]) -> float:
    """A power of ten by which values become integers without losing one of their leading digits."""
    largest = max((value for value, _ in deals), default=1.0)
    return float(10.0 ** (_DIGITS - math.floor(math.log10(largest))))
