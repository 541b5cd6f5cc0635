"""Where to win: opportunities, gaps to the best rival, the balance of a SWOT."""

from __future__ import annotations

from dataclasses import dataclass

from kamxl.scoring.errors import ScoreError
from kamxl.scoring.inputs import Values, difference, mean, optional, scale, series
from kamxl.scoring.limits import LIMITS, reaches
from kamxl.texts import Text

SIGN_SATISFACTION = {"-": 2.0, "0": 5.0, "+": 8.0}
"""What a sign says on the satisfaction scale 0–10."""

BANDS = {
    "served": Text("angemessen bedient", "appropriately served"),
    "solid": Text("solide Chance", "solid opportunity"),
    "high": Text("hohe Chance", "high opportunity"),
    "extreme": Text("außergewöhnliche Chance", "extreme opportunity"),
}
"""Bands of the opportunity score by code, ascending; they begin at `Limits.opportunity_bands`."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An unmet need: how important, and how badly served."""

    value: float
    """0–20."""
    band: str
    """A code of `BANDS`."""


def opportunity_score(
    importance: float | None,
    satisfaction: float | str | None,
    bands: tuple[float, float, float] = LIMITS.opportunity_bands,
) -> Opportunity | None:
    """I + max(I − S, 0) on 0–10.

    Args:
        importance: how important the requirement is to the customer, 0–10.
        satisfaction: how well it is met today, 0–10, or a sign: "-", "0", "+" count as 2, 5, 8.
        bands: scores at which solid, high and extreme opportunities begin.

    Returns:
        None if either is missing.

    Raises:
        ScoreError: for numbers outside 0–10 and for another text than a sign.

    Source: Ulwick (2005), What Customers Want.

    >>> [opportunity_score(*pair).value for pair in ((9, 3), (9, 9), (4, 9), (9, "-"))]
    [15.0, 9.0, 4.0, 16.0]
    >>> opportunity_score(9, 3).band
    'extreme'
    """
    need = optional(importance, "importance", 0, 10)
    met = optional(_sign(satisfaction), "satisfaction", 0, 10)
    if need is None or met is None:
        return None
    value = need + max(need - met, 0.0)
    return Opportunity(
        value, tuple(BANDS)[sum(reaches(value, limit) for limit in bands)]
    )


def competitive_gap(
    weight: float | None,
    own: float | None,
    rival: float | None,
    low: float = 1,
    high: float = 5,
) -> float | None:
    """W · (own − best rival): negative where the rival is better; None if a number is missing.

    Args:
        weight: weight or importance of the capability, not negative.
        own: our rating, from `low` to `high`.
        rival: rating of the best rival, likewise.
        low: lower end of the scale.
        high: upper end of the scale.

    Raises:
        ScoreError: for a negative weight or ratings off the scale.

    >>> competitive_gap(0.5, 3, 5), competitive_gap(0.5, 3, None)
    (-1.0, None)
    """
    bottom, top = scale(low, high)
    importance = optional(weight, "weight", 0)
    ours, theirs = (
        optional(own, "own", bottom, top),
        optional(rival, "rival", bottom, top),
    )
    if importance is None or ours is None or theirs is None:
        return None
    return importance * (ours - theirs)


@dataclass(frozen=True, slots=True)
class Swot:
    """The two axes of a SWOT; an axis with an empty quadrant has no value."""

    internal: float | None
    """Mean strength − mean weakness, −5…5."""
    external: float | None
    """Mean opportunity − mean threat, −5…5."""


def swot_balance(
    strengths: Values,
    weaknesses: Values,
    opportunities: Values,
    threats: Values,
    low: float = 0,
    high: float = 5,
) -> Swot:
    """Mean ratings: strengths − weaknesses, opportunities − threats.

    Args:
        strengths: ratings from `low` to `high`; None = not rated.
        weaknesses: likewise.
        opportunities: likewise.
        threats: likewise.
        low: lower end of the scale.
        high: upper end of the scale.

    >>> swot_balance([4, 3, None], [2, 2], [5], [])
    Swot(internal=1.5, external=None)
    """
    bottom, top = scale(low, high)
    s, w, o, t = (
        mean(series(ratings, argument, bottom, top))
        for argument, ratings in (
            ("strengths", strengths),
            ("weaknesses", weaknesses),
            ("opportunities", opportunities),
            ("threats", threats),
        )
    )
    return Swot(
        internal=difference(s, w),
        external=difference(o, t),
    )


def _sign(satisfaction: float | str | None) -> float | None:
    if not isinstance(satisfaction, str):
        return satisfaction
    sign = satisfaction.strip().replace("−", "-").replace("–", "-")
    if sign not in SIGN_SATISFACTION:
        raise ScoreError(
            "satisfaction",
            Text(
                de=f"{satisfaction!r} ist weder + noch 0 noch −",
                en=f"{satisfaction!r} is not +, 0 or −",
            ),
        )
    return SIGN_SATISFACTION[sign]
