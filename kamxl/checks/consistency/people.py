"""The contact matrix: who matters, who decides, who is met."""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency.look import Look
from kamxl.checks.problem import Problem
from kamxl.checks.rules import plan as rules
from kamxl.document.required import is_filled
from kamxl.plan.contacts import Role

__all__ = [
    "check_influential",
    "check_meetings",
    "check_single_thread",
    "check_someone_decides",
]


def check_influential(look: Look) -> Iterator[Problem]:
    """An influential contact whom nobody plans to meet."""
    contacts = look.plan.contacts
    limit = look.limit(rules.INFLUENTIAL_UNPLANNED)
    for column, person in enumerate(contacts.people):
        if (
            not is_filled(person.name)
            or person.influence is None
            or person.influence < limit
        ):
            continue
        planned = sum(
            row[column].planned or 0 for row in contacts.matrix if column < len(row)
        )
        cells = [
            f"contacts.matrix[{row}][{column}].planned"
            for row in range(len(contacts.matrix) or 1)
        ]
        if planned == 0 and all(look.known(cell) for cell in cells):
            details = {"contact": person.name, "value": person.influence}
            yield Problem(
                rules.INFLUENTIAL_UNPLANNED,
                f"contacts.people[{column}].influence",
                details,
            )


def check_meetings(look: Look) -> Iterator[Problem]:
    """More contacts than planned: often the two cells were swapped."""
    contacts = look.plan.contacts
    for i, row in enumerate(contacts.matrix):
        for j, meeting in enumerate(row):
            if (
                meeting.actual is None
                or meeting.planned is None
                or meeting.actual <= meeting.planned
            ):
                continue
            yield Problem(
                rules.ACTUAL_ABOVE_PLANNED,
                f"contacts.matrix[{i}][{j}].actual",
                {
                    "value": meeting.actual,
                    "planned": meeting.planned,
                    "person": contacts.team[i].name if i < len(contacts.team) else "–",
                    "contact": contacts.people[j].name
                    if j < len(contacts.people)
                    else "–",
                },
            )


def check_single_thread(look: Look) -> Iterator[Problem]:
    """An account that knows one contact only."""
    named = _named(look)
    limit = look.limit(rules.SINGLE_THREADED, look.settings.limits.single_thread)
    if named and len(named) <= limit:
        yield Problem(
            rules.SINGLE_THREADED,
            f"contacts.people[{named[0]}].name",
            {"value": len(named)},
        )


def check_someone_decides(look: Look) -> Iterator[Problem]:
    """Contacts, but no decider among them."""
    named = _named(look)
    people = look.plan.contacts.people
    if not all(look.known(f"contacts.people[{index}].role") for index in named):
        return
    if named and all(people[index].role is not Role.DECIDER for index in named):
        yield Problem(rules.NO_DECIDER, f"contacts.people[{named[0]}].role")


def _named(look: Look) -> list[int]:
    return [
        index
        for index, person in enumerate(look.plan.contacts.people)
        if is_filled(person.name)
    ]
