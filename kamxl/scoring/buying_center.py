"""The people who decide: which roles we know somebody in, how they stand to us, how healthy the relationship is.

An opponent with influence 8 is a risk of 8: stance and strongest opponent are two figures, never one product. With
influences 5, 8, 8, 4 and stances 1, −1, 0, 2 the stance is 0.10 and the strongest opponent weighs 8.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kamxl.scoring.errors import ScoreError
from kamxl.scoring.inputs import (
    Values,
    known,
    optional,
    positive,
    same_length,
    series,
    weights_for,
)
from kamxl.scoring.limits import LIMITS
from kamxl.scoring.weighted import WeightedScore, combine
from kamxl.texts import Text

BUYING_CENTER_ROLES = {
    "decider": Text("Entscheider", "Decider"),
    "influencer": Text("Beeinflusser", "Influencer"),
    "buyer": Text("Einkäufer", "Buyer"),
    "user": Text("Nutzer", "User"),
    "gatekeeper": Text("Gatekeeper", "Gatekeeper"),
    "initiator": Text("Initiator", "Initiator"),
}
"""Roles of the buying center by code (Webster/Wind 1972, Bonoma)."""


@dataclass(frozen=True, slots=True)
class BuyingCenterStance:
    """How the people stand to us, and who stands against us most."""

    value: float | None
    """−1 (all against us) to 1 (all for us)."""
    opponent: float | None
    """max I·(−A), 0 if nobody is against us, None if no stance is known."""
    opponent_index: int | None
    """Position of the strongest opponent in the input, from 0."""
    coverage: float
    """Influence of the people whose stance is known / influence of all, 0–1."""


def stance_index(
    influence: Values,
    stance: Values,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> BuyingCenterStance:
    """Σ I·A / (2 Σ I) over the people whose stance A is known, and the strongest opponent max I·(−A).

    Args:
        influence: influence I of each person, not negative (1–10); None takes the person out.
        stance: −2 opponent, −1 critical, 0 neutral, 1 positive, 2 supporter; None = unknown.
        minimum_coverage: known share of the influence (0–1) below which there is no value.

    Raises:
        ScoreError: for numbers off their scale, different lengths, influences that are all 0.

    >>> result = stance_index([5, 8, 8, 4], [1, -1, 0, 2])
    >>> result.value, result.opponent, result.opponent_index
    (0.1, 8.0, 1)
    """
    same_length(len(influence), stance, "stance")
    stances = series(stance, "stance", -2, 2)
    influences = weights_for(len(stances), influence, "influence")
    score = combine(
        [None if a is None else (a + 2) / 4 for a in stances],
        influences,
        minimum_coverage,
    )
    people = known(influences, stances, range(len(stances)))
    counted = [person for person in people if person[0]]
    if not counted:
        return BuyingCenterStance(None, None, None, score.coverage)
    weighted = math.fsum(weight * a for weight, a, _ in counted)
    total = math.fsum(weight for weight, _, _ in counted)
    opponent, place = _strongest(counted)
    return BuyingCenterStance(
        value=None if score.value is None else weighted / (2 * total),
        opponent=opponent,
        opponent_index=place,
        coverage=score.coverage,
    )


def _strongest(people: Sequence[tuple[float, ...]]) -> tuple[float, int | None]:
    """The largest influence · rejection, and whose it is; 0 where nobody is against us."""
    against, place = max((weight * -stance, -i) for weight, stance, i in people)
    return (against, int(-place)) if against > 0 else (0.0, None)


@dataclass(frozen=True, slots=True)
class BuyingCenter:
    """Which roles of the buying center we know somebody in."""

    value: float
    """Roles with a named person / roles needed, 0–1."""
    present: tuple[str, ...]
    missing: tuple[str, ...]
    contacts: int
    """Named persons, whatever their role."""
    single_threaded: bool
    """The account hangs on one contact (or none)."""


def buying_center_coverage(
    roles: Sequence[str | None],
    needed: Sequence[str] = tuple(BUYING_CENTER_ROLES),
    *,
    single_thread: int = LIMITS.single_thread,
) -> BuyingCenter:
    """Roles with a named person / roles needed.

    Args:
        roles: the role of each *named* contact; None = named, but the role is not known.
        needed: the roles that this account's decision needs, by default all of `BUYING_CENTER_ROLES`.
        single_thread: number of contacts up to which the account counts as single-threaded.

    Raises:
        ScoreError: if no role is needed.

    Source: Webster/Wind (1972), A General Model for Understanding Organizational Buying Behavior.

    >>> center = buying_center_coverage(["decider", "buyer", "buyer"])
    >>> round(center.value, 4), center.missing, center.single_threaded
    (0.3333, ('influencer', 'user', 'gatekeeper', 'initiator'), False)
    """
    wanted = tuple(dict.fromkeys(needed))
    if not wanted:
        raise ScoreError("needed", Text(de="keine Rolle angegeben", en="no role given"))
    present = tuple(role for role in wanted if role in roles)
    return BuyingCenter(
        value=len(present) / len(wanted),
        present=present,
        missing=tuple(role for role in wanted if role not in roles),
        contacts=len(roles),
        single_threaded=len(roles) <= single_thread,
    )


def contact_freshness(
    days: float | None, limit: float = LIMITS.contact_days
) -> float | None:
    """100 · max(0, 1 − days/limit): 100 for a contact today, 0 from `limit` days on.

    Args:
        days: days since the last contact, not negative; None = unknown.
        limit: days from which a contact is no longer fresh at all, above 0.

    >>> contact_freshness(45, 180), contact_freshness(400, 180), contact_freshness(None)
    (75.0, 0.0, None)
    """
    span = positive(limit, "limit")
    age = optional(days, "days", 0)
    return None if age is None else 100 * max(0.0, 1 - age / span)


def relationship_health(
    coverage: float | None,
    stance: float | None,
    roles: float | None,
    freshness: float | None,
    satisfaction: float | None,
    weights: Values = LIMITS.relationship_weights,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Weighted mean of contact coverage, stance, roles, freshness and satisfaction, 0–100.

    Args:
        coverage: contact coverage, 0–1.
        stance: stance index, −1…1 (counts as 50·(stance + 1)).
        roles: buying-center coverage, 0–1.
        freshness: of the last contact, 0–100, see `contact_freshness`.
        satisfaction: satisfaction index, 0–100.
        weights: of the five parts, in this order.
        minimum_coverage: answered weight (0–1) below which there is no value.

    >>> round(relationship_health(0.4483, 0.1, 0.5, 75, 70.45).value, 2)
    57.8
    """
    mood = optional(stance, "stance", -1, 1)
    fresh = optional(freshness, "freshness", 0, 100)
    content = optional(satisfaction, "satisfaction", 0, 100)
    parts = [
        optional(coverage, "coverage", 0, 1),
        None if mood is None else (mood + 1) / 2,
        optional(roles, "roles", 0, 1),
        None if fresh is None else fresh / 100,
        None if content is None else content / 100,
    ]
    return combine(parts, weights_for(len(parts), weights), minimum_coverage)
