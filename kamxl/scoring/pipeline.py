"""The pipeline of open deals as what it is: a sum of independent yes/no events.

Each deal comes with its full value or not at all, so the sum has a lumpy distribution that its mean and
standard deviation alone describe badly. Deals of 500,000 at 20 %, 120,000 at 60 %, 80,000 at 75 % and 40,000
at 90 % have the weighted value 268,000, but reach 250,000 with a probability of 0.20 only (a normal
distribution would say 0.53).

Every sum is enumerated while that takes no more than `EXACT_STEPS` steps: those of 16 deals of any amounts, or of
many equal ones. Beyond that the `HEAVY_SUMS` likeliest sums stay what they are, so that a target which is itself a
sum of likely deals is never missed by a rounding; the others are added up on an even money grid of at most
`GRID_CELLS` steps. Deals that are multiples of a common step which fits stay exact there too; otherwise each is
rounded to the nearest grid step, and `PipelineDistribution.error` states how far those sums can be off at most.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from kamxl.scoring.inputs import Values, known, number, optional, same_length, series

EXACT_STEPS = 1 << 20
"""Different sums times deals, up to which every sum is enumerated: 2^16 sums of 16 uncertain deals."""
HEAVY_SUMS = 1_000
"""The likeliest sums, which are kept to the cent where not all can be."""
GRID_CELLS = 12_000
"""Steps of the money grid."""

_DIGITS = 11
_NEGLIGIBLE = 1e-20
_HEAVY = 1e-6  # a sum that is less likely than this may move to the grid
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
    """How far any sum may be off at most, in money; 0 where all sums are exact."""
    deals: int
    left_out: int

    def quantile(self, probability: float) -> float:
        """The smallest sum that is not exceeded with at least `probability` (0–1); 0.1 is P10."""
        wanted = number(probability, "probability", 0, 1)
        index = bisect_left(self.cumulated, wanted - _ROUNDING)
        return self.sums[min(index, len(self.sums) - 1)]

    def at_least(self, target: float) -> float:
        """The probability (0–1) that the sum reaches `target`.

        Exact without an `error`; with one it lies between the probabilities of reaching `target` plus and less it.
        """
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
    uncertain = sorted(filter(_is_uncertain, deals))
    units = _units(uncertain)
    amounts = [(round(value * units), chance) for value, chance in uncertain]
    weighed, error = _enumerated(amounts) or _estimated(amounts)
    sums, masses = zip(*sorted(weighed), strict=True)
    cumulated = tuple(accumulate(masses))
    scale = cumulated[-1]
    return PipelineDistribution(
        sums=tuple(certain + total / units for total in sums),
        cumulated=tuple(share / scale for share in cumulated),
        error=error / units,
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


_Amounts = Sequence[tuple[int, float]]
"""Deals as whole numbers of a small unit, so that equal sums meet in spite of rounding; and their chances."""
_Weighed = Iterable[tuple[float, float]]
"""Sums with their probabilities."""


def _enumerated(deals: _Amounts) -> tuple[_Weighed, float] | None:
    """Every sum with its probability, and no error; None if that takes too many steps."""
    alike = Counter(amount for amount, _ in deals)
    most = math.prod(count + 1 for count in alike.values())
    if most * len(deals) > EXACT_STEPS:
        return None
    masses = {0: 1.0}
    for amount, chance in deals:
        masses = _with_deal(masses, amount, chance)
    return masses.items(), 0.0


def _with_deal(
    masses: Mapping[int, float], amount: int, chance: float
) -> dict[int, float]:
    """The probabilities of all sums once another deal may come."""
    following = {total: mass * (1 - chance) for total, mass in masses.items()}
    for total, mass in masses.items():
        following[total + amount] = following.get(total + amount, 0.0) + mass * chance
    return following


def _estimated(deals: _Amounts) -> tuple[_Weighed, float]:
    """The likeliest sums as they are, the others on an even grid; and how far these may be off.

    The rounding errors of the deals that come are known on average: taking that drift out leaves no bias.
    """
    amounts = [amount for amount, _ in deals]
    common = math.gcd(*amounts)
    step = max(float(common), sum(amounts) / GRID_CELLS)
    heavy, grid = {0: 1.0}, _Grid()
    drift = above = below = 0.0
    for amount, chance in deals:
        cell = round(amount / step)
        residual = amount - cell * step
        drift += residual * chance
        above += max(residual, 0.0)
        below += max(-residual, 0.0)
        grid.convolve(cell, chance)
        heavy, light = _heaviest(_with_deal(heavy, amount, chance))
        grid.add((round((total - drift) / step), mass) for total, mass in light)
    exact = step == common
    bound = 0.0 if exact else max(above, below) + abs(drift) + step / 2
    rounded = [(max(0.0, cell * step + drift), mass) for cell, mass in grid.cells()]
    return [*heavy.items(), *rounded], bound


def _heaviest(
    masses: dict[int, float],
) -> tuple[dict[int, float], list[tuple[int, float]]]:
    """The `HEAVY_SUMS` likeliest sums, and the others."""
    ordered = sorted(masses.items(), key=itemgetter(1), reverse=True)
    heavy = [sum_ for sum_ in ordered[:HEAVY_SUMS] if sum_[1] >= _HEAVY]
    return dict(heavy), ordered[len(heavy) :]


class _Grid:
    """Probabilities of the steps of an even grid, from `start` on; tails that weigh nothing are cut."""

    def __init__(self) -> None:
        self.start = 0
        self.masses: list[float] = []

    def cells(self) -> Iterator[tuple[int, float]]:
        """The steps of the grid with their probabilities."""
        return enumerate(self.masses, self.start)

    def convolve(self, shift: int, chance: float) -> None:
        """Let a deal of `shift` steps come with `chance`."""
        gap = [0.0] * shift
        fails = 1 - chance
        masses = [
            stay * fails + move * chance
            for stay, move in zip(self.masses + gap, gap + self.masses, strict=True)
        ]
        while masses and masses[-1] < _NEGLIGIBLE:
            masses.pop()
        heavy = (i for i, mass in enumerate(masses) if mass >= _NEGLIGIBLE)
        lead = next(heavy, 0)
        self.start, self.masses = self.start + lead, masses[lead:]

    def add(self, weighed: Iterable[tuple[int, float]]) -> None:
        """Lay sums that were kept so far on the grid."""
        added = list(weighed)
        places = [cell for cell, _ in added]
        start = min(self.start, *places, self.start)
        masses = [0.0] * (self.start - start) + self.masses
        masses += [0.0] * (max(places, default=0) - start + 1 - len(masses))
        for cell, mass in added:
            masses[cell - start] += mass
        self.start, self.masses = start, masses


def _is_uncertain(deal: tuple[float, float]) -> bool:
    """Whether a deal may bring something or nothing."""
    value, chance = deal
    return value > 0 and 0 < chance < 1


def _units(deals: Sequence[tuple[float, float]]) -> float:
    """A power of ten by which values become integers without losing one of their leading digits."""
    largest = max((value for value, _ in deals), default=1.0)
    return float(10.0 ** (_DIGITS - math.floor(math.log10(largest))))
