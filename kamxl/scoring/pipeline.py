"""What comes, and with which chance: the pipeline of open deals, what was won of it, what may go wrong.

A deal comes with its full value or not at all: deals of 500,000 at 20 %, 120,000 at 60 %, 80,000 at 75 % and
40,000 at 90 % have the weighted value 268,000, but bring at least 250,000 with a probability of 0.20 only
(`kamxl.scoring.distribution`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kamxl.scoring.distribution import PipelineDistribution, distribution_of
from kamxl.scoring.inputs import Values, known_deals, number, optional


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
    deals, left_out = known_deals(values, probabilities)
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
    deals, left_out = known_deals(values, probabilities)
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


def hit_rate(won: float | None, lost: float | None) -> float | None:
    """Deals won / deals decided as a share (0–1), by number or by value of the deals that were decided.

    Args:
        won: deals won, as their number or their value, not negative.
        lost: deals lost, in the same way.

    Returns:
        None if a figure is missing or nothing was decided.

    Source: hit rate (Auftragserfolgsquote) of sales controlling.

    >>> hit_rate(3, 2), hit_rate(900_000, 300_000), hit_rate(0, 0)
    (0.6, 0.75, None)
    """
    gained, missed = optional(won, "won", 0), optional(lost, "lost", 0)
    if gained is None or missed is None or gained + missed == 0:
        return None
    return gained / (gained + missed)


def expected_damage(probability: float | None, damage: float | None) -> float | None:
    """Probability · damage of one risk, money; None if either is missing.

    >>> expected_damage(0.3, 500_000), expected_damage(None, 500_000)
    (150000.0, None)
    """
    chance = optional(probability, "probability", 0, 1)
    money = optional(damage, "damage", 0)
    return None if chance is None or money is None else chance * money


@dataclass(frozen=True, slots=True)
class RiskExposure:
    """What the risks of an account cost on average."""

    expected: float
    """Σ probability · damage, money."""
    risks: int
    """Risks that were counted."""
    left_out: int
    """Risks without a probability or without a damage; they are in none of the figures."""


def risk_exposure(probabilities: Values, damages: Values) -> RiskExposure | None:
    """The expected damage of several risks together.

    Args:
        probabilities: chance that each happens, 0–1; None = unknown.
        damages: what it then costs, money, not negative; None = unknown.

    Returns:
        None if no risk has both a probability and a damage.

    Raises:
        ScoreError: for probabilities outside 0–1, negative damages, different lengths.

    Source: expected loss (Schadenserwartungswert) of risk management, e.g. ISO 31010.

    >>> risk_exposure([0.3, 0.05, None], [500_000, 2_000_000, 80_000])
    RiskExposure(expected=250000.0, risks=2, left_out=1)
    """
    risks, left_out = known_deals(damages, probabilities, "damages")
    if not risks:
        return None
    expected = math.fsum(damage * chance for damage, chance in risks)
    return RiskExposure(expected, len(risks), left_out)
