"""What comes, and with which chance: the pipeline of open deals, what was won of it, what may go wrong.

A deal comes with its full value or not at all: deals of 500,000 at 20 %, 120,000 at 60 %, 80,000 at 75 % and
40,000 at 90 % have the weighted value 268,000, but bring at least 250,000 with a probability of 0.20 only
(`kamxl.scoring.distribution`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kamxl.scoring.distribution import PipelineDistribution, distribution_of
from kamxl.scoring.inputs import Values, known, number, optional, same_length, series


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


def pipeline_distribution(
    values: Values, probabilities: Values
) -> PipelineDistribution | None:
    """The distribution of the sum of independent deals; arguments, errors and None as in `weighted_pipeline`.

    >>> round(pipeline_distribution([100, 50], [0.5, 0.5]).at_least(120), 9)
    0.25
    """
    deals, left_out = _deals(values, probabilities)
    return distribution_of(deals, left_out) if deals else None


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
