"""KAM313 to KAM316: the contact matrix, who matters, who decides, who is met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kamxl.checks.consistency import Look, PlanRule, is_before
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.required import is_filled
from kamxl.plan.contacts import Contact, OwnPerson, Role
from kamxl.texts import Text

INFLUENTIAL_UNPLANNED = PlanRule(
    code="KAM313",
    name="influential-contact-without-plan",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Für „{contact}“ (Einfluss {value}) ist kein Kontakt geplant.",
        en="{label}: no contact is planned for “{contact}” (influence {value}).",
    ),
    remedy=Text(
        de="In der Kontaktmatrix eintragen, wer diese Person wie oft im Jahr trifft.",
        en="Enter in the contact matrix who meets this person how often a year.",
    ),
    threshold=8,
    threshold_meaning=Text(
        de="Einfluss (1–10), ab dem ein geplanter Kontakt erwartet wird",
        en="influence (1–10) from which a planned contact is expected",
    ),
)


@INFLUENTIAL_UNPLANNED.check
def _unplanned(look: Look) -> Iterator[Problem]:
    limit = look.limit(INFLUENTIAL_UNPLANNED)
    for column, person in _named(look):
        influence = person.influence
        is_influential = influence is not None and influence >= limit
        if is_influential and _is_unplanned(look, column):
            path = f"contacts.people[{column}].influence"
            yield INFLUENTIAL_UNPLANNED.at(path, contact=person.name, value=influence)


def _is_unplanned(look: Look, column: int) -> bool:
    """Whether it is certain that nobody plans to meet the person of a column."""
    matrix = look.plan.contacts.matrix
    meetings = chain.from_iterable(row[column : column + 1] for row in matrix)
    if any(meeting.planned for meeting in meetings):
        return False
    rows = range(max(len(matrix), 1))
    cells = (f"contacts.matrix[{row}][{column}].planned" for row in rows)
    return all(map(look.known, cells))


ACTUAL_ABOVE_PLANNED = PlanRule(
    code="KAM314",
    name="actual-above-planned",
    severity=Severity.HINT,
    message=Text(
        de="{label}: Zwischen „{person}“ und „{contact}“ gab es mehr Kontakte als geplant "
        "(Ist {value}, Soll {planned}).",
        en="{label}: there were more contacts between “{person}” and “{contact}” than planned "
        "(actual {value}, planned {planned}).",
    ),
    remedy=Text(
        de="Prüfen, ob Ist und Soll vertauscht sind, oder das Soll anpassen.",
        en="Check whether actual and planned are swapped, or adjust the plan.",
    ),
    details={"person": Text(de="eigene Person", en="own person")},
)


@ACTUAL_ABOVE_PLANNED.check
def _more_than_planned(look: Look) -> Iterator[Problem]:
    contacts = look.plan.contacts
    for i, row in enumerate(contacts.matrix):
        for j, meeting in enumerate(row):
            if is_before(meeting.planned, meeting.actual):
                yield ACTUAL_ABOVE_PLANNED.at(
                    f"contacts.matrix[{i}][{j}].actual",
                    value=meeting.actual,
                    planned=meeting.planned,
                    person=_name(contacts.team, i),
                    contact=_name(contacts.people, j),
                )


def _name(rows: Sequence[Contact | OwnPerson], index: int) -> str | None:
    return rows[index].name if index < len(rows) else None


SINGLE_THREADED = PlanRule(
    code="KAM315",
    name="single-threaded",
    severity=Severity.WARNING,
    message=Text(
        de="Die Beziehung hängt an zu wenigen Personen (genannte Ansprechpartner: {value}).",
        en="The relationship depends on too few people (contacts named: {value}).",
    ),
    remedy=Text(
        de="Weitere Ansprechpartner beim Kunden gewinnen und eintragen.",
        en="Win further contacts at the account and enter them.",
    ),
    threshold=1,
    threshold_meaning=Text(
        de="Zahl der Ansprechpartner, bis zu der die Regel gilt",
        en="number of contacts up to which the rule applies",
    ),
)


@SINGLE_THREADED.check
def _alone(look: Look) -> Iterator[Problem]:
    named = _named(look)
    limit = look.limit(SINGLE_THREADED, look.settings.limits.single_thread)
    if 0 < len(named) <= limit:
        path = f"contacts.people[{named[0][0]}].name"
        yield SINGLE_THREADED.at(path, value=len(named))


NO_DECIDER = PlanRule(
    code="KAM316",
    name="no-decision-maker",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: In der Kontaktmatrix ist kein Entscheider benannt.",
        en="{label}: the contact matrix names no decider.",
    ),
    remedy=Text(
        de="Klären, wer entscheidet, und die Person mit der Rolle „Entscheider“ eintragen.",
        en="Find out who decides and enter the person with the role “Decider”.",
    ),
)


@NO_DECIDER.check
def _undecided(look: Look) -> Iterator[Problem]:
    roles = {f"contacts.people[{index}].role": who.role for index, who in _named(look)}
    decided = Role.DECIDER in roles.values()
    if not decided and all(map(look.known, roles)):
        yield from map(NO_DECIDER.at, list(roles)[:1])


def _named(look: Look) -> list[tuple[int, Contact]]:
    """The people who have a name, with their columns."""
    people = enumerate(look.plan.contacts.people)
    return [(column, person) for column, person in people if is_filled(person.name)]
