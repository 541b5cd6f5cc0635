"""KAM304, KAM305, KAM320 to KAM324: names that refer to another sheet.

Case, spaces, dashes and the spelling of umlauts do not matter. A list that is still empty cannot be missed, except
where the plan is meant to name the other side: whom a project was lost to, and the top contacts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kamxl.checks.consistency import Look, PlanRule, names
from kamxl.checks.entries.texts import fold
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.schema import pattern_of
from kamxl.document.vocabulary import Kind
from kamxl.texts import Text

Named = tuple[str, str]
"""A path, and the name that was entered there."""

_LOST_TO = "projects.lost[].lost_to"
_TOP_CONTACT = "summary.top_contacts[].contact"


LOST_TO_UNKNOWN = PlanRule(
    code="KAM304",
    name="lost-to-unknown-competitor",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ steht nicht in der Konkurrenzanalyse.",
        en="{label}: “{value}” is not in the competition analysis.",
    ),
    remedy=Text(
        de="Den Wettbewerber auf Blatt 6 ergänzen oder den Namen gleich schreiben.",
        en="Add the competitor on sheet 6 or use the same spelling.",
    ),
)


@LOST_TO_UNKNOWN.check
def _winners(look: Look) -> Iterator[Problem]:
    named = [entry for entry in look.entries(Kind.COMPETITOR) if _is(entry, _LOST_TO)]
    return _unlisted(LOST_TO_UNKNOWN, named, _rivals(look))


TOP_CONTACT_UNKNOWN = PlanRule(
    code="KAM305",
    name="top-contact-not-in-matrix",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ steht nicht in der Kontaktmatrix.",
        en="{label}: “{value}” is not in the contact matrix.",
    ),
    remedy=Text(
        de="Die Person in die Kontaktmatrix aufnehmen oder den Namen gleich schreiben.",
        en="Add the person to the contact matrix or use the same spelling.",
    ),
)


@TOP_CONTACT_UNKNOWN.check
def _top_contacts(look: Look) -> Iterator[Problem]:
    named = [entry for entry in look.entries(Kind.CONTACT) if _is(entry, _TOP_CONTACT)]
    return _unlisted(TOP_CONTACT_UNKNOWN, named, _contacts(look))


PERSON_UNKNOWN = PlanRule(
    code="KAM320",
    name="person-not-in-team",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ gehört weder zum eigenen Team noch zur Kontaktmatrix.",
        en="{label}: “{value}” belongs neither to the team nor to the contact matrix.",
    ),
    remedy=Text(
        de="Den Namen aus der Liste wählen oder die Person ins Team aufnehmen.",
        en="Choose the name from the list or add the person to the team.",
    ),
)


@PERSON_UNKNOWN.check
def _colleagues(look: Look) -> Iterator[Problem]:
    cover, team = look.plan.cover, look.plan.contacts.team
    own = (cover.key_account_manager, cover.field_sales, cover.inside_sales)
    known = names((*look.settings.people, *(row.name for row in team), *own))
    named = look.entries(Kind.PERSON) if look.settings.people else ()
    return _missed(PERSON_UNKNOWN, named, known)


CONTACT_UNKNOWN = PlanRule(
    code="KAM321",
    name="contact-not-in-matrix",
    severity=Severity.HINT,
    message=TOP_CONTACT_UNKNOWN.message,
    remedy=TOP_CONTACT_UNKNOWN.remedy,
)


@CONTACT_UNKNOWN.check
def _other_contacts(look: Look) -> Iterator[Problem]:
    entries = look.entries(Kind.CONTACT)
    named = [entry for entry in entries if not _is(entry, _TOP_CONTACT)]
    return _missed(CONTACT_UNKNOWN, named, _contacts(look))


COMPETITOR_UNKNOWN = PlanRule(
    code="KAM322",
    name="competitor-not-listed",
    severity=Severity.HINT,
    message=LOST_TO_UNKNOWN.message,
    remedy=LOST_TO_UNKNOWN.remedy,
)


@COMPETITOR_UNKNOWN.check
def _other_rivals(look: Look) -> Iterator[Problem]:
    entries = look.entries(Kind.COMPETITOR)
    named = [entry for entry in entries if not _is(entry, _LOST_TO)]
    return _missed(COMPETITOR_UNKNOWN, named, _rivals(look))


GOAL_UNKNOWN = PlanRule(
    code="KAM323",
    name="goal-not-listed",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ ist keines der strategischen Ziele.",
        en="{label}: “{value}” is none of the strategic goals.",
    ),
    remedy=Text(
        de="Eines der Ziele von Blatt 8 wählen.",
        en="Choose one of the goals of sheet 8.",
    ),
)


@GOAL_UNKNOWN.check
def _goals(look: Look) -> Iterator[Problem]:
    known = names(goal.goal for goal in look.plan.strategy.goals)
    return _missed(GOAL_UNKNOWN, look.entries(Kind.GOAL), known)


GROUP_UNKNOWN = PlanRule(
    code="KAM324",
    name="product-group-not-listed",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ ist keine Produktgruppe der Umsatzanalyse.",
        en="{label}: “{value}” is no product group of the revenue analysis.",
    ),
    remedy=Text(
        de="Eine der Produktgruppen von Blatt 3 wählen.",
        en="Choose one of the product groups of sheet 3.",
    ),
)


@GROUP_UNKNOWN.check
def _groups(look: Look) -> Iterator[Problem]:
    known = names(row.product_group for row in look.plan.revenue.revenue)
    return _missed(GROUP_UNKNOWN, look.entries(Kind.PRODUCT_GROUP), known)


def _contacts(look: Look) -> set[str]:
    return names(person.name for person in look.plan.contacts.people)


def _rivals(look: Look) -> set[str]:
    return names(rival.name for rival in look.plan.competition.competitors)


def _is(entry: Named, pattern: str) -> bool:
    return pattern_of(entry[0]) == pattern


def _unlisted(
    rule: PlanRule, named: Iterable[Named], known: set[str]
) -> Iterator[Problem]:
    strangers = ((path, name) for path, name in named if fold(name) not in known)
    return (rule.at(path, value=name) for path, name in strangers)


def _missed(
    rule: PlanRule, named: Iterable[Named], known: set[str]
) -> Iterator[Problem]:
    """Names that are not on a list, unless the list is empty."""
    return _unlisted(rule, named, known) if known else iter(())
