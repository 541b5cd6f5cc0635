"""The bridge to the target of a plan year: what is sure, what may come, and whether that will do.

A base of 2,000,000, deals won for 100,000 and open ones of 500,000 at 20 %, 120,000 at 60 %, 80,000 at 75 % and
40,000 at 90 % let expect 2,368,000. That is 18,000 more than a target of 2,350,000, and yet the target is reached with
a probability of 0.20 only: it hangs on the one large deal, without which it is out of reach.

A deal counts with its effect in the plan year: a contract of 360,000 over three years from April brings 90,328.47 in
the first of them.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from dataclasses import dataclass

from kamxl.scoring.distribution import distribution_of, distributions_without_each
from kamxl.scoring.inputs import (
    Values,
    known_deals,
    no_date,
    number,
    optional,
    ranking,
    whole,
)

YEARS = (1901, 9000)
"""First and last year that all spreadsheet programs count alike."""
LONGEST_TERM = 1_200
"""Months that a contract may run at most."""


def plan_year_effect(
    value: float | None, start: dt.date | None, term: float | None, year: int | None
) -> float | None:
    """What a deal brings in a year: all of it if it comes once, else by the days of its term in that year.

    With a term the value spreads evenly over the days from `start` until the day before the same day `term` months
    later (the last day of a month that is shorter).

    Args:
        value: value of the whole deal, money, not negative.
        start: first day of its effect.
        term: months that it runs, a whole number from 0 to `LONGEST_TERM`; None or 0 = it comes once.
        year: the plan year.

    Returns:
        None if value, start or year is missing; 0 if nothing falls into the year.

    Raises:
        ScoreError: for numbers off their scale, for parts of months, for years outside `YEARS`.

    Source: allocation by days (zeitanteilige Abgrenzung).

    >>> round(plan_year_effect(360_000, dt.date(2027, 4, 1), 36, 2027), 2)
    90328.47
    >>> plan_year_effect(90_000, dt.date(2027, 6, 30), None, 2027)
    90000.0
    """
    money = optional(value, "value", 0)
    months = 0 if term is None else whole(term, "term", 0, LONGEST_TERM)
    first, wanted = _day(start), None if year is None else whole(year, "year", *YEARS)
    if money is None or first is None or wanted is None:
        return None
    if not months:
        return money if first.year == wanted else 0.0
    end = _months_later(first, months)
    opening, closing = dt.date(wanted, 1, 1), dt.date(wanted + 1, 1, 1)
    days = (min(end, closing) - max(first, opening)).days
    return money * max(days, 0) / (end - first).days


@dataclass(frozen=True, slots=True)
class Bridge:
    """From what is sure to what is expected, in money."""

    base: float
    won: float
    weighted: float
    """Σ p · effect of the open deals."""
    expected: float
    """base + won + weighted."""
    gap: float | None
    """target − expected, negative where more is expected than wanted; None without a target."""
    deals: int
    """Open deals that were counted."""
    left_out: int
    """Open deals without an effect or without a probability; they are in none of the figures."""


def revenue_bridge(
    target: float | None,
    base: float | None,
    won: float | None,
    effects: Values,
    probabilities: Values,
) -> Bridge | None:
    """What the year is expected to bring, and how much of the target is missing.

    Args:
        target: revenue wanted in the plan year, money.
        base: what comes from running business even if no open deal is won, not negative.
        won: effect of the deals already won, not negative; None = none was won.
        effects: effect of each open deal in the plan year, not negative; None = unknown.
        probabilities: its chance, 0–1; None = unknown.

    Returns:
        None without a base: a sum that leaves out the largest part would mislead.

    Raises:
        ScoreError: for negative amounts, probabilities outside 0–1, different lengths.

    >>> result = revenue_bridge(2_350_000, 2_000_000, 100_000, [500_000, 120_000, None], [0.2, 0.6, 0.9])
    >>> result.weighted, result.expected, result.gap, result.left_out
    (172000.0, 2272000.0, 78000.0, 1)
    """
    wanted, sure = optional(target, "target"), optional(base, "base", 0)
    secured = optional(won, "won", 0) or 0.0
    deals, left_out = known_deals(effects, probabilities, "effects")
    if sure is None:
        return None
    weighted = math.fsum(effect * chance for effect, chance in deals)
    expected = math.fsum([sure, secured, weighted])
    gap = None if wanted is None else wanted - expected
    return Bridge(sure, secured, weighted, expected, gap, len(deals), left_out)


def target_probability(
    target: float | None,
    base: float | None,
    won: float | None,
    effects: Values,
    probabilities: Values,
) -> float | None:
    """The probability (0–1) that base, won deals and open deals together reach the target.

    Exact as `pipeline_probability`; 1 if base and won deals reach it alone. Arguments and errors are those of
    `revenue_bridge`.

    Returns:
        None without a target or a base.

    >>> deals = [500_000, 120_000, 80_000, 40_000], [0.2, 0.6, 0.75, 0.9]
    >>> round(target_probability(2_350_000, 2_000_000, 100_000, *deals), 9)
    0.2
    """
    question = _question(target, base, won, effects, probabilities)
    return None if question is None else question.probability()


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much the target hangs on one deal."""

    index: int
    """Position in the input, from 0."""
    loss: float
    """By how much the probability of the target falls without the deal, 0–1."""
    without: float
    """The probability of the target without the deal, 0–1."""
    rank: int
    """1 = hangs on it most; equal losses share a rank."""


def deal_dependence(
    target: float | None,
    base: float | None,
    won: float | None,
    effects: Values,
    probabilities: Values,
) -> tuple[Dependence, ...]:
    """For each open deal the probability of the target less that without the deal, the largest loss first.

    Deals without an effect or a probability are left out; nothing comes back where `target_probability` is None. Both
    probabilities are as exact as `PipelineDistribution.at_least`.
    Arguments and errors are those of `revenue_bridge`.

    >>> deals = [500_000, 120_000, 80_000], [0.2, 0.6, 0.75]
    >>> [(d.index, round(d.loss, 9), d.rank) for d in deal_dependence(2_200_000, 2_000_000, 100_000, *deals)]
    [(1, 0.48, 1), (0, 0.08, 2), (2, 0.0, 3)]
    """
    question = _question(target, base, won, effects, probabilities)
    if question is None:
        return ()
    chance = question.probability()
    without = question.without_each()
    losses = [(place, _loss(chance, left)) for place, left in without.items()]
    return tuple(
        Dependence(place, loss, without[place], rank)
        for place, loss, rank in ranking(losses)
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether a target is reached: what is sure, and the deals by their position."""

    target: float
    sure: float
    deals: dict[int, tuple[float, float]]

    def probability(self) -> float:
        """The probability of the target, with all deals."""
        deals = [(self.sure, 1.0), *self.deals.values()]
        return distribution_of(deals).at_least(self.target)

    def without_each(self) -> dict[int, float]:
        """The probability of the target without each of the deals, by the deal's position."""
        _, *found = distributions_without_each([(self.sure, 1.0), *self.deals.values()])
        pairs = zip(self.deals, found, strict=True)
        return {place: others.at_least(self.target) for place, others in pairs}


def _question(
    target: float | None,
    base: float | None,
    won: float | None,
    effects: Values,
    probabilities: Values,
) -> _Question | None:
    """The question as `revenue_bridge` takes its arguments; None where target or base is missing."""
    bridge = revenue_bridge(target, base, won, effects, probabilities)
    if bridge is None or target is None:
        return None
    deals = {
        place: (float(effect), float(chance))
        for place, (effect, chance) in enumerate(
            zip(effects, probabilities, strict=True)
        )
        if effect is not None and chance is not None
    }
    return _Question(number(target, "target"), bridge.base + bridge.won, deals)


def _loss(chance: float, without: float) -> float:
    """What a deal adds to a chance; differences of rounding are none."""
    return max(0.0, round(chance - without, 12))


def _day(start: dt.date | None) -> dt.date | None:
    """The day of a date or a moment, in one of the `YEARS`."""
    if start is None:
        return None
    if not isinstance(start, dt.date):
        raise no_date(start, "start")
    whole(start.year, "start", *YEARS)
    return start.date() if isinstance(start, dt.datetime) else start


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, as `EDATE` counts."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
