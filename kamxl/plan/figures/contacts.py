"""The figures of the contact matrix: coverage, gaps, next best contacts, stance and roles.

A contact takes part once it has a name; it counts with its influence, and where no named contact has one, all count
the same. An empty number of contacts made is unknown, not 0: it drops out. For example a decider with influence
9, planned 4 and 2 with two of our people and met 1 and 2 times, has a coverage of 3/6 and a gap of 9·3 = 27.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from kamxl.document.figures import Given, GivenRow, attempt, score_of, total
from kamxl.document.formulas import scores
from kamxl.document.formulas.matrix import Matrix
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import (
    Terms,
    all_of,
    guarded,
    limits,
    number,
    when,
    written,
)
from kamxl.document.paths import path_of
from kamxl.plan.figures.weighted import limits_of
from kamxl.scoring import (
    BUYING_CENTER_ROLES,
    BuyingCenterStance,
    buying_center_coverage,
    contact_coverage,
    contact_gap,
    contact_priority,
    stance_index,
)

if TYPE_CHECKING:
    from kamxl.plan.contacts import Contact, Contacts, Meeting, OwnPerson

_SHEET = "contacts"
_PEOPLE = f"{_SHEET}.people"
_UNKNOWN = "unknown"
_INFLUENCE = f"{_PEOPLE}[].influence"
_NUMBERS = f"{_SHEET}.matrix[][].actual", f"{_SHEET}.matrix[][].planned"


# What they all stand on: who counts with what, and which pairs of people are known.


def _influence(given: Given) -> list[float | None]:
    """What each contact counts with: None without a name, 1 where nobody's influence is known."""
    people = given.rows(_PEOPLE)
    named = [person if person and person.name else None for person in people]
    if all(person.influence is None for person in filter(None, named)):
        return [None if person is None else 1.0 for person in named]
    return [None if person is None else person.influence for person in named]


def _influence_formula(matrix: Matrix) -> str:
    """The same as a range: 0 without a name.

    The influence is counted up from comparisons, because a text in one cell would make a product fail.
    """
    names, influence = matrix.people("name"), matrix.people("influence")
    low, high = limits(matrix.terms.field(f"{_PEOPLE}[].influence"))
    scale = range(int(low), int(high) + 1)
    steps = "+".join(f"({influence}>={step})" for step in scale)
    own = f"({influence}<={number(high)})*({steps})"
    return f'({names}<>"")*(({_known_influences(matrix)}=0)+{own})'


def _known_influences(matrix: Matrix) -> str:
    influence = matrix.people("influence")
    known = matrix.terms.entered(f"{_PEOPLE}[].influence", influence)
    return f'SUMPRODUCT(({matrix.people("name")}<>"")*{known})'


def _meetings(
    given: Given, own: Iterable[int], people: Sequence[int]
) -> list[tuple[int, Meeting]]:
    """What some of our people have to do with some contacts, as far as something is entered."""
    matrix = given.plan.contacts.matrix
    rows = [matrix[i] for i in own if i < len(matrix)]
    return [(j, row[j]) for row in rows for j in people if j < len(row)]


def _covered(
    given: Given, own: Sequence[int], people: Sequence[int], *, weighted: bool
) -> float | None:
    if _off_scale(given, own, people, weighted=weighted):
        return None
    influence, pairs = given.once(_influence), _meetings(given, own, people)
    weights = [influence[person] for person, _ in pairs]
    return score_of(
        contact_coverage,
        [meeting.actual for _, meeting in pairs],
        [meeting.planned for _, meeting in pairs],
        weights if weighted else None,
        minimum_coverage=given.once(limits_of).minimum_coverage,
    )


def _off_scale(
    given: Given, own: Iterable[int], people: Sequence[int], *, weighted: bool
) -> bool:
    """Whether a number between some of our people and some contacts, or an influence, lies off its scale."""
    meetings = (
        path
        for path in map(path_of, given.off_scale)
        if path.pattern in _NUMBERS and _between(path, own, people)
    )
    influence = weighted and given.is_off_scale(_INFLUENCE)
    return influence or any(True for _ in meetings)


def _between(path: str, own: Iterable[int], people: Sequence[int]) -> bool:
    row, column = map(int, re.findall(r"\d+", path)[:2])
    return row in own and column in people


def _covered_formula(matrix: Matrix, actual: str, planned: str, weight: str) -> str:
    """Σ weight·min(actual, planned) / Σ weight·planned where the actual number is known."""
    counted = f"{weight}({planned}>0)*({planned}<={_highest(matrix, 'planned')})"
    known = matrix.terms.entered(f"{_SHEET}.matrix[][].actual", actual)
    goals = f"SUMPRODUCT({counted}*{known},{planned})"
    done = scores.met(actual, planned, counted, most=_highest(matrix, "actual"))
    total = f"SUMPRODUCT({counted},{planned})"
    value = _if_enough(matrix, goals, total, f"({done})/{goals}")
    outside = _meetings_outside(matrix, actual, planned)
    if weight:
        outside += f"+{_influence_outside(matrix)}"
    return guarded(when(f"{outside}=0", value))


def _meetings_outside(matrix: Matrix, actual: str, planned: str) -> str:
    """How many numbers of contacts lie off their scale."""
    places = zip(_NUMBERS, (actual, planned), strict=True)
    return "+".join(matrix.terms.outside(*place) for place in places)


def _influence_outside(matrix: Matrix) -> str:
    """How many influences lie off their scale."""
    return matrix.terms.outside(_INFLUENCE, matrix.people("influence"))


def _if_enough(matrix: Matrix, answered: str, total: str, value: str) -> str:
    minimum = matrix.terms.spec.settings.scoring_limits.minimum_coverage
    return scores.covered(f"{answered}/{total}", value, minimum)


def _highest(matrix: Matrix, key: str) -> str:
    return number(limits(matrix.terms.field(f"{_SHEET}.matrix[][].{key}"))[1])


# Contact coverage: of one contact, of one of our people, of all.


def person_coverage(_: Contact, at: GivenRow) -> float | None:
    """Met of the planned contacts with one contact, all our people counting the same."""
    team = range(len(at.given.rows(f"{_SHEET}.team")))
    return _covered(at.given, team, [at.index], weighted=False)


def person_formula(row: RowTerms) -> str:
    """The formula of `person_coverage`."""
    matrix = Matrix.on(row.terms, _SHEET)
    return _covered_formula(matrix, *matrix.meetings(person=row.index), "")


def own_coverage(_: OwnPerson | None, at: GivenRow) -> float | None:
    """Met of the planned contacts of one of our people, by the contacts' influence."""
    people = range(len(at.given.rows(_PEOPLE)))
    return _covered(at.given, [at.index], people, weighted=True)


def own_formula(row: RowTerms) -> str:
    """The formula of `own_coverage`."""
    matrix = Matrix.on(row.terms, _SHEET)
    weight = _influence_formula(matrix) + "*"
    return _covered_formula(matrix, *matrix.meetings(own=row.index), weight)


def coverage(contacts: Contacts, given: Given) -> float | None:
    """Met of all planned contacts, by the contacts' influence."""
    team = range(len(given.rows(f"{_SHEET}.team")))
    return _covered(given, team, range(len(contacts.people)), weighted=True)


def coverage_formula(terms: Terms) -> str:
    """The formula of `coverage`."""
    matrix = Matrix.on(terms, _SHEET)
    weight = _influence_formula(matrix) + "*"
    return _covered_formula(matrix, *matrix.meetings(), weight)


# The contacts' gaps, and who comes next.


def gap(_: Contact, at: GivenRow) -> float | None:
    """The contact's influence × contacts missing, over the pairs of which both numbers are known."""
    influence = at.given.once(_influence)[at.index]
    team = range(len(at.given.rows(f"{_SHEET}.team")))
    if _off_scale(at.given, team, [at.index], weighted=False):
        return None
    return total(
        attempt(contact_gap, meeting.actual, meeting.planned, influence)
        for _, meeting in _meetings(at.given, team, [at.index])
    )


def gap_formula(row: RowTerms) -> str:
    """The formula of `gap`."""
    terms = row.terms
    matrix = Matrix.on(terms, _SHEET)
    actual, planned = matrix.meetings(person=row.index)
    known = (
        f"{terms.entered(f'{_SHEET}.matrix[][].actual', actual)}"
        f"*{terms.entered(f'{_SHEET}.matrix[][].planned', planned)}"
    )
    fewer = f"{known}*({actual}<{planned})"
    missing = f"(SUMPRODUCT({fewer},{planned})-SUMPRODUCT({fewer},{actual}))"
    # A contact without influence among others that have one takes no part: the product with a text fails.
    otherwise = when(f"{_known_influences(matrix)}=0", "1")
    weight = when(all_of(row.valid("influence")), row.cell("influence"), otherwise)
    outside = _meetings_outside(matrix, actual, planned)
    some = all_of(f'{row.cell("name")}<>""', f"SUMPRODUCT({known})>0", f"{outside}=0")
    return guarded(when(some, f"{weight}*{missing}"))


def next_contact(rank: int) -> Callable[[Contacts, Given], str | None]:
    """The name with the gap of this rank; of equal gaps the one further left comes first."""

    def value(contacts: Contacts, given: Given) -> str | None:
        following = given.once(_ranked)[rank - 1 : rank]
        return contacts.people[following[0]].name if following else None

    return value


def _ranked(given: Given) -> list[int]:
    """The contacts by their gaps, largest first."""
    people = range(len(given.rows(_PEOPLE)))
    gaps = [given.figure(f"{_PEOPLE}[{person}].gap") for person in people]
    # The gaps are weighted and summed up already; ranking them is what is left of the priority.
    return [contact.index for contact in contact_priority([0.0] * len(gaps), gaps)]


def next_formula(rank: int) -> Callable[[Terms], str]:
    """The formula of `next_contact`."""

    def formula(terms: Terms) -> str:
        matrix = Matrix.on(terms, _SHEET)
        gaps = matrix.people("gap")
        places = []
        for person in matrix.everybody:
            own = matrix.people("gap", (person,)).partition(":")[0]
            before = matrix.people("gap", range(person + 1))
            order = f"RANK({own},{gaps})+COUNTIFS({before},{own})-1"
            places.append(f"{2 * person + 1}*(IFERROR({order},0)={rank})")
        name = f"INDEX({matrix.people('name')},1,{'+'.join(places)})"
        return guarded(when(f'COUNTIFS({gaps},">0")>={rank}', name))

    return formula


# The buying center: who is for us, who against, and which roles we know.


def _stance(given: Given) -> BuyingCenterStance | None:
    stances = [
        None
        if person is None or person.stance in (None, _UNKNOWN)
        else float(person.stance)
        for person in given.rows(_PEOPLE)
    ]
    if given.is_off_scale(_INFLUENCE):
        return None
    influence, minimum = given.once(_influence), given.once(limits_of).minimum_coverage
    return attempt(stance_index, influence, stances, minimum_coverage=minimum)


def _stances(matrix: Matrix, values: Iterable[tuple[str, int]]) -> str:
    """A number for each contact, by the code of the stance that stands there."""
    stances, pattern = matrix.people("stance"), f"{_PEOPLE}[].stance"
    terms = (
        f"{matrix.terms.is_one_of(pattern, stances, [code])}*{value}"
        for code, value in values
    )
    return f"({'+'.join(terms)})"


def _known_stances(matrix: Matrix) -> list[tuple[str, int]]:
    """The codes of the known stances, each with its number; a neutral one adds nothing to a sum."""
    options = matrix.terms.field(f"{_PEOPLE}[].stance").options
    return [(o.code, int(o.code)) for o in options if o.code != _UNKNOWN]


def stance(_: Contacts, given: Given) -> float | None:
    """Σ I·stance / (2 Σ I) over the contacts whose stance is known."""
    found = given.once(_stance)
    return found.value if found else None


def stance_formula(terms: Terms) -> str:
    """The formula of `stance`."""
    matrix = Matrix.on(terms, _SHEET)
    influence = _influence_formula(matrix)
    stances = _known_stances(matrix)
    known = matrix.terms.is_one_of(
        f"{_PEOPLE}[].stance", matrix.people("stance"), [code for code, _ in stances]
    )
    answered = f"SUMPRODUCT({influence}*{known})"
    counted = [(code, value) for code, value in stances if value]
    weighted = f"SUMPRODUCT({influence}*{_stances(matrix, counted)})"
    value = scores.stance(weighted, answered)
    enough = _if_enough(matrix, answered, f"SUMPRODUCT({influence})", value)
    return guarded(when(f"{_influence_outside(matrix)}=0", enough))


def opponent(contacts: Contacts, given: Given) -> str | None:
    """The name with the largest influence × rejection; of equal ones the one further left."""
    found = given.once(_stance)
    index = found.opponent_index if found else None
    return None if index is None else contacts.people[index].name


def opponent_formula(terms: Terms) -> str:
    """The formula of `opponent`."""
    matrix = Matrix.on(terms, _SHEET)
    stances = _known_stances(matrix)
    critical = [(code, -value) for code, value in stances if value < 0]
    against = _stances(matrix, critical)
    strength = f"{_influence_formula(matrix)}*{against}"
    largest = f"SUMPRODUCT(MAX({strength}))"
    place = f"SUMPRODUCT(MATCH({largest},{strength},0))"
    name = when(f"{largest}>0", f"INDEX({matrix.people('name')},1,{place})")
    return guarded(when(f"{_influence_outside(matrix)}=0", name))


def center_coverage(contacts: Contacts, _: Given) -> float | None:
    """The roles in which we know somebody by name, of all roles."""
    roles = [person.role for person in contacts.people if person.name]
    return buying_center_coverage(roles).value if any(roles) else None


def center_formula(terms: Terms) -> str:
    """The formula of `center_coverage`."""
    matrix = Matrix.on(terms, _SHEET)
    names, roles = matrix.people("name"), matrix.people("role")
    pattern = f"{_PEOPLE}[].role"
    spelt = (terms.spellings(pattern, code) for code in sorted(BUYING_CENTER_ROLES))
    cells = f"TRIM({names})", written(roles)
    known = scores.roles_known([scores.held(*cells, each) for each in spelt])
    return guarded(when(f"{known}>0", f"{known}/{len(BUYING_CENTER_ROLES)}"))
