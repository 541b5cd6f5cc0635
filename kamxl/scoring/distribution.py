"""The distribution of a sum of independent yes/no events, such as the deals of a pipeline.

Each deal comes with its full value or not at all, so the sum has a lumpy distribution that its mean and
standard deviation alone describe badly. Deals of 500,000 at 20 %, 120,000 at 60 %, 80,000 at 75 % and 40,000
at 90 % have the weighted value 268,000, but reach 250,000 with a probability of 0.20 only (a normal
distribution would say 0.53).

The deals are dealt out to two halves, and every sum of either is enumerated while neither has more than
`EXACT_SUMS`: those of 22 deals of any amounts, or of many equal ones. A sum of all deals is one of each half, so a
probability is looked up once for each sum of a half, and a quantile is found by bisection. Beyond that the
`HEAVY_SUMS` likeliest sums stay what they are, so that a target which is itself a sum of likely deals is never missed
by a rounding; the others are added up on an even money grid of at most `GRID_CELLS` steps. Deals that are multiples
of a common step which fits stay exact there too; otherwise each is rounded to the nearest grid step, and
`PipelineDistribution.error` states how far those sums can be off at most.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import itemgetter, mul

from kamxl.scoring.inputs import number

EXACT_SUMS = 1 << 11
"""Different sums of half of the deals, up to which every sum is enumerated: those of 11 uncertain deals."""
HEAVY_SUMS = 1_000
"""The likeliest sums, which are kept to the cent where not all can be."""
GRID_CELLS = 12_000
"""Steps of the money grid."""

_DIGITS = 11
_NEGLIGIBLE = 1e-20
_HEAVY = 1e-6  # a sum that is less likely than this may move to the grid
_ROUNDING = 1e-12

Deals = Sequence[tuple[float, float]]
"""Values, not negative, with their chances (0–1)."""
_Amounts = Sequence[tuple[int, float]]
"""Deals as whole numbers of a small unit, so that equal sums meet in spite of rounding; and their chances."""
_Weighed = Iterable[tuple[int, float]]
"""Sums with their probabilities."""


@dataclass(frozen=True, slots=True)
class _Sums:
    """The sums that some deals may bring, ascending, with the probability of reaching at least each."""

    totals: tuple[int, ...]
    masses: tuple[float, ...]
    reached: tuple[float, ...]
    """As many as sums, and a 0 for what is beyond them."""

    @classmethod
    def of(cls, weighed: _Weighed) -> _Sums:
        """Sums from those that were found, in any order; their probabilities make up 1 but for rounding."""
        totals, masses = zip(*sorted(weighed), strict=True)
        falling = [*accumulate(reversed(masses), initial=0.0)]
        whole = falling[-1]
        return cls(
            totals,
            tuple(mass / whole for mass in masses),
            tuple(share / whole for share in reversed(falling)),
        )


_NOTHING = _Sums.of([(0, 1.0)])


@dataclass(frozen=True, slots=True)
class PipelineDistribution:
    """How likely a pipeline brings which sum."""

    error: float
    """How far any sum may be off at most, in money; 0 where all sums are exact."""
    deals: int
    left_out: int
    _certain: float
    _units: float
    _halves: tuple[_Sums, _Sums]

    def quantile(self, probability: float) -> float:
        """The smallest sum that is not exceeded with at least `probability` (0–1); 0.1 is P10."""
        wanted = number(probability, "probability", 0, 1) - _ROUNDING
        highest = sum(half.totals[-1] for half in self._halves)

        def reached(total: int) -> float:
            return 1.0 - self._reaching(total + 1)

        total = bisect_left(range(highest), wanted, key=reached)
        return self._certain + total / self._units

    def at_least(self, target: float) -> float:
        """The probability (0–1) that the sum reaches `target`.

        Exact without an `error`; with one it lies between the probabilities of reaching `target` plus and less it.
        """
        wanted = number(target, "target")
        forgiving = wanted - _ROUNDING * max(1.0, abs(wanted))
        return self._reaching(math.ceil((forgiving - self._certain) * self._units))

    def _reaching(self, total: int) -> float:
        """The probability of a sum of at least so many units: of each sum of one half, with what the other lacks."""
        ours, others = self._halves
        if total <= ours.totals[0] + others.totals[0]:
            return 1.0
        reached, totals = others.reached, others.totals
        chances = [reached[bisect_left(totals, total - one)] for one in ours.totals]
        return min(1.0, math.fsum(map(mul, ours.masses, chances)))


def distribution_of(deals: Deals, left_out: int = 0) -> PipelineDistribution:
    """The distribution of the sum of independent deals.

    Args:
        deals: values, not negative, with their chances (0–1).
        left_out: how many deals are not among them because something about them is not known.

    Source: Poisson binomial distribution with weights, by convolution.

    >>> result = distribution_of([(100, 0.5), (50, 0.5)])
    >>> [result.at_least(target) for target in (0, 50, 120, 151)], result.quantile(0.5), result.error
    ([1.0, 0.75, 0.25, 0.0], 50.0, 0.0)
    """
    units, amounts = _in_units(filter(_is_uncertain, deals))
    found = _enumerated(amounts) or _Estimate.of(amounts).with_deals(amounts).halves()
    return _distribution(found, units, _sure(deals), len(deals), left_out)


def distributions_without_each(deals: Deals) -> list[PipelineDistribution]:
    """For each deal the distribution of the sum of all others, in the order of the deals.

    Where the sums can be enumerated they are, for each deal anew. Else what some deals bring together is worked out
    once for all of those that are left out while these are not: half of the deals for the other half, and so on.

    >>> [without.at_least(100) for without in distributions_without_each([(100, 0.5), (50, 0.5)])]
    [0.0, 0.5]
    """
    uncertain = sorted(filter(_is_uncertain, deals))
    units, amounts = _in_units(uncertain)
    lacking: dict[tuple[float, float], PipelineDistribution] = {}
    if not _enumerated(amounts):
        estimates = _leaving_out(_Estimate.of(amounts), amounts)
        for deal, estimate in zip(uncertain, estimates, strict=True):
            found = estimate.halves()
            lacking[deal] = _distribution(found, units, _sure(deals), len(deals) - 1)
    return [
        lacking.get(deal) or distribution_of(_without(deals, place))
        for place, deal in enumerate(deals)
    ]


def _sure(deals: Deals) -> float:
    """What comes for certain."""
    return math.fsum(value for value, chance in deals if chance == 1)


def _without(deals: Deals, place: int) -> Deals:
    return [*deals[:place], *deals[place + 1 :]]


def _in_units(deals: Iterable[tuple[float, float]]) -> tuple[float, _Amounts]:
    """Deals as whole numbers of a unit, the smallest first; and how many units make a unit of money."""
    ordered = sorted(deals)
    units = _units(ordered)
    return units, [(round(value * units), chance) for value, chance in ordered]


def _distribution(
    found: _Halves, units: float, certain: float, deals: int, left_out: int = 0
) -> PipelineDistribution:
    """The distribution of what was found in units."""
    halves, error = found
    return PipelineDistribution(
        error=error / units,
        deals=deals,
        left_out=left_out,
        _certain=certain,
        _units=units,
        _halves=halves,
    )


_Halves = tuple[tuple[_Sums, _Sums], float]
"""The sums of two halves of the deals, and how many units any sum may be off at most."""


def _enumerated(deals: _Amounts) -> _Halves | None:
    """Every sum of two halves of the deals, and no error; None if they are too many."""
    fewer, more = {0: 1.0}, {0: 1.0}
    for amount, chance in deals:
        fewer, more = sorted((_with_deal(fewer, amount, chance), more), key=len)
        if len(more) > EXACT_SUMS:
            return None
    return (_Sums.of(fewer.items()), _Sums.of(more.items())), 0.0


def _with_deal(
    masses: Mapping[int, float], amount: int, chance: float
) -> dict[int, float]:
    """The probabilities of all sums once another deal may come."""
    following = {total: mass * (1 - chance) for total, mass in masses.items()}
    for total, mass in masses.items():
        following[total + amount] = following.get(total + amount, 0.0) + mass * chance
    return following


@dataclass(frozen=True, slots=True)
class _Estimate:
    """The likeliest sums of some deals as they are, the others on an even grid.

    The rounding errors of the deals that come are known on average: taking that drift out leaves no bias.
    """

    step: float
    exact: bool
    """Whether every deal is a multiple of the step."""
    heavy: dict[int, float]
    grid: _Grid
    drift: float = 0.0
    above: float = 0.0
    below: float = 0.0
    """How far the deals are rounded up, and down, all together."""

    @classmethod
    def of(cls, deals: _Amounts) -> _Estimate:
        """The estimate before any of the deals has been added."""
        amounts = [amount for amount, _ in deals]
        common = float(math.gcd(*amounts))
        step = max(common, sum(amounts) / GRID_CELLS)
        return cls(step, step == common, {0: 1.0}, _Grid())

    def with_deals(self, deals: _Amounts) -> _Estimate:
        """The estimate once these deals may come, too."""
        return reduce(_Estimate._with_deal, deals, self)

    def _with_deal(self, deal: tuple[int, float]) -> _Estimate:
        amount, chance = deal
        cell = round(amount / self.step)
        residual = amount - cell * self.step
        drift = self.drift + residual * chance
        heavy, light = _heaviest(_with_deal(self.heavy, amount, chance))
        grid = self.grid.convolved(cell, chance)
        grid.add((round((total - drift) / self.step), mass) for total, mass in light)
        above = self.above + max(residual, 0.0)
        below = self.below + max(-residual, 0.0)
        return _Estimate(self.step, self.exact, heavy, grid, drift, above, below)

    def halves(self) -> _Halves:
        """All sums, as if the other half of the deals were none."""
        off = max(self.above, self.below) + abs(self.drift) + self.step / 2 + 0.5
        rounded = [
            (max(0, round(cell * self.step + self.drift)), mass)
            for cell, mass in self.grid.cells()
        ]
        sums = _Sums.of([*self.heavy.items(), *rounded])
        return (_NOTHING, sums), 0.0 if self.exact else off


def _leaving_out(estimate: _Estimate, deals: _Amounts) -> Iterator[_Estimate]:
    """The estimate with all of the deals but one, for each of them."""
    if len(deals) == 1:
        yield estimate
        return
    middle = len(deals) // 2
    first, second = deals[:middle], deals[middle:]
    yield from _leaving_out(estimate.with_deals(second), first)
    yield from _leaving_out(estimate.with_deals(first), second)


def _heaviest(
    masses: dict[int, float],
) -> tuple[dict[int, float], list[tuple[int, float]]]:
    """The `HEAVY_SUMS` likeliest sums, and the others."""
    ordered = sorted(masses.items(), key=itemgetter(1), reverse=True)
    heavy = [sum_ for sum_ in ordered[:HEAVY_SUMS] if sum_[1] >= _HEAVY]
    return dict(heavy), ordered[len(heavy) :]


class _Grid:
    """Probabilities of the steps of an even grid, from `start` on; tails that weigh nothing are cut."""

    def __init__(self, start: int = 0, masses: Sequence[float] = ()) -> None:
        self.start = start
        self.masses = list(masses)

    def cells(self) -> Iterator[tuple[int, float]]:
        """The steps of the grid with their probabilities."""
        return enumerate(self.masses, self.start)

    def convolved(self, shift: int, chance: float) -> _Grid:
        """The grid once a deal of `shift` steps may come with `chance`."""
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
        return _Grid(self.start + lead, masses[lead:])

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


def _units(deals: Deals) -> float:
    """A power of ten by which values become integers without losing one of their leading digits."""
    largest = max((value for value, _ in deals), default=1.0)
    return float(10.0 ** (_DIGITS - math.floor(math.log10(largest))))
