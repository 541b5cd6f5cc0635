"""Goals and maturity: what was reached of what was wanted.

Attainments are shares (1.1 = 110 %). Actual 110, 60, 20 against targets 100, 100, 15 from baselines 0, 40, 30
attain 110 %, 33.3 % and 66.7 % (the last one is a "less is better"); weighted 0.5, 0.3, 0.2 that makes 78.3
%.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kamxl.scoring.errors import DivisionByZeroError, ScoreError
from kamxl.scoring.inputs import (
    Values,
    known,
    mean,
    optional,
    positive,
    same_length,
    scale,
    series,
    weights_for,
)
from kamxl.scoring.limits import LIMITS
from kamxl.scoring.weighted import WeightedScore, combine
from kamxl.texts import Text


def goal_attainment(
    actual: float | None, target: float | None, baseline: float | None = 0
) -> float | None:
    """(actual − baseline) / (target − baseline) as a share (1.1 = 110 %); works where less is better, too.

    Args:
        actual: value reached.
        target: value wanted.
        baseline: value at the start.

    Returns:
        None if a number is missing; below 0 where things went the wrong way.

    Raises:
        DivisionByZeroError: if target and baseline are equal.

    >>> goal_attainment(110, 100), round(goal_attainment(20, 15, 30), 4)
    (1.1, 0.6667)
    """
    reached, wanted, start = (
        optional(actual, "actual"),
        optional(target, "target"),
        optional(baseline, "baseline"),
    )
    if wanted is not None and wanted == start:
        raise DivisionByZeroError(
            "target", Text(de="gleicht dem Ausgangswert", en="equals the baseline")
        )
    if reached is None or wanted is None or start is None:
        return None
    return (reached - start) / (wanted - start)


def scorecard(
    actual: Values,
    target: Values,
    baseline: Values | None = None,
    weights: Values | None = None,
    cap: float = LIMITS.attainment_cap,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Weighted attainment of all goals as a share, each goal's brought to 0…cap first.

    Args:
        actual: value reached per goal; None = not known yet.
        target: value wanted per goal.
        baseline: value at the start per goal; None for all = 0.
        weights: not negative, any sum; None = all equal.
        cap: most that one goal may bring in (1.2 = 120 %).
        minimum_coverage: known weight (0–1) below which there is no value.

    Raises:
        DivisionByZeroError: if a goal's target equals its baseline.
        ScoreError: for different lengths and wrong weights.

    Source: Kaplan/Norton, balanced scorecard.

    >>> card = scorecard([110, 60, 20], [100, 100, 15], [0, 40, 30], [0.5, 0.3, 0.2])
    >>> round(card.value, 4)
    0.7833
    """
    same_length(len(actual), target, "target")
    starts: Values = [0.0] * len(actual) if baseline is None else baseline
    same_length(len(actual), starts, "baseline")
    most = positive(cap, "cap")
    # All entries are looked at first, so that a wrong one is told before a division by zero elsewhere.
    columns = (
        series(actual, "actual"),
        series(target, "target"),
        series(starts, "baseline"),
    )
    importance = weights_for(len(actual), weights)
    attained = [goal_attainment(*goal) for goal in zip(*columns, strict=True)]
    shares = [
        None if share is None else min(max(share, 0.0), most) / most
        for share in attained
    ]
    score = combine(shares, importance, minimum_coverage)
    return score.scaled(0, most)


@dataclass(frozen=True, slots=True)
class Maturity:
    """How mature key account management is; the weakest dimension tells more than the mean."""

    mean: float | None
    """Mean of the dimension means, in points of the scale."""
    minimum: float | None
    """The lowest dimension mean."""
    weakest: int | None
    """Which dimension that is, from 0."""
    dimensions: tuple[float | None, ...]
    """Mean per dimension; None where nothing was answered."""
    coverage: float
    """Answered questions / all questions, 0–1."""


def kam_maturity(
    dimensions: Sequence[Values],
    low: float = 1,
    high: float = 5,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> Maturity:
    """Mean and minimum of the dimension means.

    Args:
        dimensions: the answers per dimension, from `low` to `high`; None = not answered.
        low: lower end of the scale.
        high: upper end of the scale.
        minimum_coverage: answered share (0–1) below which there is neither mean nor minimum.

    >>> result = kam_maturity([[4, 5], [2, 3], [3, None]])
    >>> round(result.mean, 4), result.minimum, result.weakest
    (3.3333, 2.5, 1)
    """
    bottom, top = scale(low, high)
    answers = [series(dimension, "dimensions", bottom, top) for dimension in dimensions]
    means = tuple(map(mean, answers))
    given = [answer is not None for dimension in answers for answer in dimension]
    coverage = sum(given) / len(given) if given else 0.0
    ranked = known(means, range(len(means)))
    if not ranked or round(coverage, 9) < minimum_coverage:
        return Maturity(None, None, None, means, coverage)
    minimum, weakest = min(ranked)
    return Maturity(mean(means), minimum, int(weakest), means, coverage)


def plan_quality(
    parts: Values,
    weights: Values = LIMITS.quality_weights,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """How much a plan is worth for working with it, 0–100: the weighted mean of its parts.

    Args:
        parts: 0–100 each, None = not known: required entries filled, substance (entries that say something),
            freshness (`contact_freshness` of the days since the last update), relationship (`relationship_health`),
            chain (share of the goals that a measure with a person and a date serves).
        weights: of the parts, in this order.
        minimum_coverage: known weight (0–1) below which there is no value.

    Raises:
        ScoreError: for parts outside 0–100, different lengths and wrong weights.

    Source: our own summary; the weights can be set.

    >>> quality = plan_quality([90, 60, 75, None, 40])
    >>> round(quality.value, 2), quality.coverage
    (65.94, 0.8)
    """
    known_parts = series(parts, "parts", 0, 100)
    shares = [None if part is None else part / 100 for part in known_parts]
    return combine(shares, weights_for(len(shares), weights), minimum_coverage)


def plan_completeness(filled: Values, required: Values) -> float | None:
    """Σ filled / Σ required as a share (0–1), e.g. over the sheets of a plan.

    Args:
        filled: required fields that are filled, per sheet; None = sheet not counted.
        required: required fields per sheet.

    Returns:
        None if nothing is required.

    Raises:
        ScoreError: for negative numbers, more filled than required, different lengths.

    >>> plan_completeness([3, 0, 7], [4, 2, 10]), plan_completeness([], [])
    (0.625, None)
    """
    same_length(len(filled), required, "required")
    done, wanted = series(filled, "filled", 0), series(required, "required", 0)
    counted = known(done, wanted)
    for d, w in counted:
        if d > w:
            raise ScoreError(
                "filled",
                Text(
                    de=f"{d:g} von nur {w:g} Pflichtfeldern",
                    en=f"{d:g} of only {w:g} required fields",
                ),
            )
    total = math.fsum(w for _, w in counted)
    return math.fsum(d for d, _ in counted) / total if total else None
