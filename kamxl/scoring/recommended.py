"""Whom to contact next at an account: the most urgent people, never the only one we know.

Of a decider with influence 8 whom nobody met, a buyer with influence 9 and 33 of 40 contacts, and a user with influence
4 and 40 of 48, the decider comes first. An account that hangs on one person needs a second one: more contacts with the
first would only deepen the dependence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kamxl.scoring.buying_center import BUYING_CENTER_ROLES
from kamxl.scoring.contacts import contact_urgency
from kamxl.scoring.inputs import Values, same_length
from kamxl.scoring.limits import LIMITS

_ROLES = tuple(BUYING_CENTER_ROLES)


@dataclass(frozen=True, slots=True)
class NextContact:
    """One recommendation: a person we know, or somebody yet to be won."""

    index: int | None
    """Position in the input, from 0; None = a person whom we do not know yet."""
    urgency: float | None
    """`contact_urgency` of the person; None for somebody yet to be won."""
    role: str | None
    """The person's role; of somebody yet to be won the most important one in which we know nobody."""

    @property
    def order(self) -> tuple[bool, float, int]:
        """Its place among recommendations: somebody yet to be won, then by urgency, then by role.

        A role that is not known, or is a company's own, comes last.
        """
        place = _ROLES.index(self.role) if self.role in _ROLES else len(_ROLES)
        return (self.index is not None, -round(self.urgency or 0.0, 9), place)


def next_contacts(
    influence: Values,
    actual: Values,
    planned: Values,
    roles: Sequence[str | None],
    *,
    single_thread: int = LIMITS.single_thread,
) -> tuple[NextContact, ...]:
    """Whom to contact next at one account, the most urgent first.

    Ranked by `contact_urgency`; of equally urgent people the one with the more important role comes first, in the order
    of `BUYING_CENTER_ROLES`. Where all contacts go to no more than `single_thread` people, these are never recommended:
    the others are, and where nobody else is known or planned for, somebody yet to be won (as where nobody is known).

    Args:
        influence: influence of each person (1–10), not negative; None = unknown, takes no part.
        actual: contacts made per year with each, not negative.
        planned: contacts planned per year with each, not negative; None or 0 = none planned, takes no part.
        roles: code of each person's role; None = unknown.
        single_thread: number of people up to which an account hangs on a single thread.

    Raises:
        ScoreError: for negative numbers and different lengths.

    >>> people = [9, 8, 4], [33, 0, 40], [40, 3, 48], ["buyer", "decider", "user"]
    >>> [(one.index, round(one.urgency, 3)) for one in next_contacts(*people)]
    [(1, 8.0), (0, 1.575), (2, 0.667)]
    >>> next_contacts([9], [2], [12], ["buyer"])
    (NextContact(index=None, urgency=None, role='decider'),)
    """
    columns: tuple[Sequence[object], ...] = (actual, planned, roles)
    for values, argument in zip(columns, ("actual", "planned", "roles"), strict=True):
        same_length(len(influence), values, argument)
    urgent = [
        NextContact(place, contact_urgency(*numbers), roles[place])
        for place, numbers in enumerate(zip(influence, actual, planned, strict=True))
    ]
    hanging = _single_thread(actual, single_thread)
    possible = [
        one for one in urgent if one.urgency and one.index not in (hanging or ())
    ]
    if hanging is not None and not possible:
        return (NextContact(None, None, _unknown_role(roles)),)
    return tuple(sorted(possible, key=attrgetter("order")))


def _single_thread(actual: Values, limit: int) -> Collection[int | None] | None:
    """The people on whom the account hangs: all we know or all we meet, if they are so few; else None."""
    known = range(len(actual))
    if len(known) <= limit:
        return known
    met = [place for place in known if actual[place]]
    return met if 0 < len(met) <= limit else None


def _unknown_role(roles: Sequence[str | None]) -> str | None:
    """The most important role in which nobody is known."""
    return next((role for role in _ROLES if role not in roles), None)
