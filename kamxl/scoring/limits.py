"""Every threshold that a score depends on, in one place.

Python functions, native Excel formulas, worksheet functions and the settings all read these defaults; a
company that wants others makes its own with `dataclasses.replace(LIMITS, segment_cut=60)`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds of all scores. A value on a limit belongs to the upper class."""

    minimum_coverage: float = 0.7
    """Answered weight / total weight (0–1) below which there is no score."""
    weight_tolerance: float = 0.005
    """How far a sum of weights may be off 1 before it is worth a finding."""
    segment_cut: float = 50.0
    """Limit between low and high on both axes of the 2×2 portfolio (0–100)."""
    segment_thirds: tuple[float, float] = (100 / 3, 200 / 3)
    """Limits between low, medium and high on both axes of the 3×3 portfolio (0–100)."""
    abc: tuple[float, float] = (0.80, 0.95)
    """Cumulated revenue shares at which class B and class C begin (0–1)."""
    opportunity_bands: tuple[float, float, float] = (10.0, 12.0, 15.0)
    """Opportunity scores at which solid, high and extreme opportunities begin (0–20)."""
    nps_sample: int = 30
    """Answers below which a net promoter score is flagged as a small sample."""
    attainment_cap: float = 1.2
    """Attainment that one goal may bring into the scorecard at most (1.2 = 120 %)."""
    contact_days: float = 180.0
    """Days without a contact after which a relationship is no longer fresh at all."""
    single_thread: int = 1
    """Number of known contacts up to which an account hangs on a single thread."""
    relationship_weights: tuple[float, float, float, float, float] = (
        0.25,
        0.25,
        0.15,
        0.15,
        0.20,
    )
    """Weights of coverage, stance, roles, freshness and satisfaction in the health of a relationship."""

    quality_weights: tuple[float, float, float, float, float] = (
        0.25,
        0.15,
        0.15,
        0.20,
        0.25,
    )
    """Weights of required entries, substance, freshness, relationship and chain in the quality of a plan."""


LIMITS = Limits()
"""The defaults."""


def reaches(value: float, limit: float) -> bool:
    """Whether `value` lies on or above `limit`, compared after rounding to 1e-9.

    >>> reaches(0.1 + 0.2 + 0.5, 0.8), reaches(0.7999, 0.8)
    (True, False)
    """
    return round(value, 9) >= round(limit, 9)
