"""The contacts: how many of the planned ones were made, and who comes next.

Contacts actual 1, 2, 2, 2, 1, 5 against planned 1, 6, 4, 3, 3, 12 cover 13/29 = 0.4483 of what was planned.
"""

from __future__ import annotations

from dataclasses import dataclass

from kamxl.scoring.inputs import (
    Values,
    optional,
    ranking,
    same_length,
    series,
    weights_for,
)
from kamxl.scoring.limits import LIMITS
from kamxl.scoring.weighted import WeightedScore, combine


def contact_coverage(
    actual: Values,
    planned: Values,
    influence: Values | None = None,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Σ I·min(actual, planned) / Σ I·planned as a share (0–1).

    Too many contacts here never make up for none there.

    Args:
        actual: contacts made per year, not negative; None = not known.
        planned: contacts planned per year, not negative; None or 0 = none planned, takes no part.
        influence: influence of the person met, not negative; None for all = everyone counts the same.
        minimum_coverage: share of the planned contacts with known actual below which there is no value.

    Returns:
        Value None also if nothing is planned at all. Low and high: unknown actual contacts taken as 0 and as
        planned.

    Raises:
        ScoreError: for negative numbers, different lengths, influences that are all 0.

    >>> coverage = contact_coverage([1, 2, 2, 2, 1, 5], [1, 6, 4, 3, 3, 12])
    >>> round(coverage.value, 4)
    0.4483
    """
    same_length(len(actual), planned, "planned")
    made, goals = series(actual, "actual", 0), series(planned, "planned", 0)
    influences = weights_for(len(goals), influence, "influence")
    pairs = [
        (None if done is None else min(done, goal) / goal, weight * goal)
        for done, goal, weight in zip(made, goals, influences, strict=True)
        if goal
    ]
    score = combine(
        [share for share, _ in pairs], [weight for _, weight in pairs], minimum_coverage
    )
    return score.scaled(0, 1)


def contact_gap(
    actual: float | None, planned: float | None, influence: float | None = 1
) -> float | None:
    """I · max(planned − actual, 0): what the missing contacts of one person weigh.

    None if a number is missing.

    >>> contact_gap(2, 6, 8), contact_gap(6, 2, 8), contact_gap(None, 6, 8)
    (32.0, 0.0, None)
    """
    done, goal = optional(actual, "actual", 0), optional(planned, "planned", 0)
    weight = optional(influence, "influence", 0)
    if done is None or goal is None or weight is None:
        return None
    return weight * max(goal - done, 0.0)


def contact_urgency(
    influence: float | None, actual: float | None, planned: float | None
) -> float | None:
    """I · max(planned − actual, 0) / planned: which part of what was planned is missing, by influence.

    A person who was never met comes before one with the larger absolute gap: an influence of 9 with 33 of 40 contacts
    made weighs 1.575, an influence of 8 with none of 3 weighs 8.

    Args:
        influence: influence of the person (1–10), not negative.
        actual: contacts made per year, not negative.
        planned: contacts planned per year, not negative.

    Returns:
        0 (nothing is missing) up to the influence (nobody was met); None if a number is missing or none is planned.

    >>> contact_urgency(9, 33, 40), contact_urgency(8, 0, 3), contact_urgency(9, 1, 0)
    (1.575, 8.0, None)
    """
    missing = contact_gap(actual, planned, influence)
    return None if missing is None or not planned else missing / planned


@dataclass(frozen=True, slots=True)
class ContactGap:
    """One contact in the ranking of the next best contacts."""

    index: int
    """Position in the input, from 0."""
    gap: float
    rank: int
    """1 = most urgent; equal gaps share a rank."""


def contact_priority(
    actual: Values, planned: Values, influence: Values | None = None
) -> tuple[ContactGap, ...]:
    """The contacts with a gap I · max(planned − actual, 0), the largest first.

    Contacts without a gap or with a missing number are left out; arguments and errors are those of
    `contact_coverage`.

    >>> [(c.index, c.gap, c.rank) for c in contact_priority([1, 2, 4], [3, 6, 4], [10, 5, 8])]
    [(0, 20.0, 1), (1, 20.0, 1)]
    """
    same_length(len(actual), planned, "planned")
    influences: Values = [1.0] * len(actual) if influence is None else influence
    same_length(len(actual), influences, "influence")
    gaps = [
        contact_gap(*numbers)
        for numbers in zip(actual, planned, influences, strict=True)
    ]
    urgent = [(place, gap) for place, gap in enumerate(gaps) if gap]
    return tuple(ContactGap(*ranked) for ranked in ranking(urgent))
