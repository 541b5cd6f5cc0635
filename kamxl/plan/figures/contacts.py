"""The figures of the contact matrix: coverage, gaps, next best contacts, stance and roles.

A contact takes part once it has a name; it counts with its influence, and where no named contact has one, all count
the same. An empty number of contacts made is unknown, not 0: it drops out. For example a decider with influence
9, planned 4 and 2 with two of our people and met 1 and 2 times, has a coverage of 3/6 and a gap of 9·3 = 27.
"""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.plan.contacts import Contacts, Meeting, Stance
from kamxl.plan.figures.values import Figures, attempt, column, total
from kamxl.scoring import (
    Limits,
    Score,
    buying_center_coverage,
    contact_coverage,
    contact_gap,
    contact_priority,
    stance_index,
)

__all__ = ["NEXT_CONTACTS", "contact_figures"]

NEXT_CONTACTS = 5
"""How many next best contacts the sheet shows."""

_NOBODY = Meeting()


def contact_figures(contacts: Contacts, limits: Limits) -> Figures:
    """Every figure of the sheet `contacts` by path."""
    people, team = range(len(contacts.people)), range(_team_size(contacts))
    influence = _influence(contacts)
    gaps = [_gap(contacts, person, influence[person]) for person in people]
    cells = [(own, person) for own in team for person in people]
    return {
        **column(
            "contacts.people",
            {
                "coverage": [
                    _coverage(contacts, [(own, person) for own in team], None, limits)
                    for person in people
                ],
                "gap": gaps,
            },
        ),
        **column(
            "contacts.team",
            {
                "coverage": [
                    _coverage(
                        contacts,
                        [(own, person) for person in people],
                        influence,
                        limits,
                    )
                    for own in team
                ]
            },
        ),
        "contacts.coverage": _coverage(contacts, cells, influence, limits),
        **_next_contacts(contacts, gaps),
        **_buying_center(contacts, influence, limits),
    }


def _team_size(contacts: Contacts) -> int:
    return max(len(contacts.team), len(contacts.matrix))


def _influence(contacts: Contacts) -> list[float | None]:
    """What each contact counts with: None without a name, 1 where nobody's influence is known."""
    named = [bool(person.name) for person in contacts.people]
    known = any(
        person.name and person.influence is not None for person in contacts.people
    )
    return [
        None if not name else person.influence if known else 1.0
        for name, person in zip(named, contacts.people, strict=True)
    ]


def _meeting(contacts: Contacts, own: int, person: int) -> Meeting:
    row = contacts.matrix[own] if own < len(contacts.matrix) else []
    return row[person] if person < len(row) else _NOBODY


def _coverage(
    contacts: Contacts,
    cells: Sequence[tuple[int, int]],
    influence: Sequence[float | None] | None,
    limits: Limits,
) -> float | None:
    meetings = [_meeting(contacts, own, person) for own, person in cells]
    score: Score | None = attempt(
        contact_coverage,
        [meeting.actual for meeting in meetings],
        [meeting.planned for meeting in meetings],
        None if influence is None else [influence[person] for _, person in cells],
        minimum_coverage=limits.minimum_coverage,
    )
    return score.value if score else None


def _gap(contacts: Contacts, person: int, influence: float | None) -> float | None:
    meetings = [_meeting(contacts, own, person) for own in range(_team_size(contacts))]
    return total(
        attempt(contact_gap, meeting.actual, meeting.planned, influence)
        for meeting in meetings
    )


def _next_contacts(contacts: Contacts, gaps: Sequence[float | None]) -> Figures:
    # The gaps are weighted and summed up already; ranking them is what is left of the priority.
    ranked = contact_priority([0.0] * len(gaps), gaps)
    names = [contacts.people[contact.index].name for contact in ranked]
    names += [None] * NEXT_CONTACTS
    return {
        f"contacts.next_{rank}": name
        for rank, name in enumerate(names[:NEXT_CONTACTS], 1)
    }


def _buying_center(
    contacts: Contacts, influence: Sequence[float | None], limits: Limits
) -> Figures:
    stances = [
        None if person.stance in (None, Stance.UNKNOWN) else float(str(person.stance))
        for person in contacts.people
    ]
    stance = attempt(
        stance_index, influence, stances, minimum_coverage=limits.minimum_coverage
    )
    opponent = None if stance is None else stance.opponent_index
    roles = [person.role for person in contacts.people if person.name]
    return {
        "contacts.stance_index": stance.value if stance else None,
        "contacts.strongest_opponent": None
        if opponent is None
        else contacts.people[opponent].name,
        "contacts.buying_center_coverage": buying_center_coverage(roles).value
        if any(roles)
        else None,
    }
