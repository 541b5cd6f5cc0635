"""KAM304, KAM305, KAM320 to KAM324: names that refer to another sheet.

Case, spaces, dashes and the spelling of umlauts do not matter. A list that is still empty cannot be missed, except
where the plan is meant to name the other side: whom a project was lost to, and the top contacts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from kamxl.checks.consistency import Look, PlanRule, names
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.paths import path_of, pattern_of, rows_at
from kamxl.document.vocabulary import Kind
from kamxl.spelling import fold
from kamxl.texts import Text

Listed = Sequence[str | None]

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
CONTACT_UNKNOWN = PlanRule(
    code="KAM321",
    name="contact-not-in-matrix",
    severity=Severity.HINT,
    message=TOP_CONTACT_UNKNOWN.message,
    remedy=TOP_CONTACT_UNKNOWN.remedy,
)
COMPETITOR_UNKNOWN = PlanRule(
    code="KAM322",
    name="competitor-not-listed",
    severity=Severity.HINT,
    message=LOST_TO_UNKNOWN.message,
    remedy=LOST_TO_UNKNOWN.remedy,
)
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


def _column(pattern: str) -> Callable[[Look], Listed]:
    """The entries in one column of a plan's table."""
    entry = path_of(pattern)
    name = attrgetter(entry.key)
    return lambda look: list(map(name, rows_at(look.plan, entry.table)))


def _colleagues(look: Look) -> Listed:
    """The company's team and this account's; without the first nobody can be missed."""
    cover, team = look.plan.cover, [row.name for row in look.plan.contacts.team]
    own = (cover.key_account_manager, cover.field_sales, cover.inside_sales)
    people = look.settings.people
    return [*people, *team, *own] if people else []


def _refers(
    rule: PlanRule,
    kind: Kind,
    known: Callable[[Look], Listed],
    special: tuple[str, PlanRule] | None = None,
) -> None:
    """Declare that the names of one kind stand on a list.

    One field may be `special`: there another rule is broken, and a list that is still empty can be missed too.
    """
    where, stricter = special or ("", rule)

    @rule.check
    def _strangers(look: Look) -> Iterator[Problem]:
        listed = names(known(look))
        for path, name in look.entries(kind):
            is_special = pattern_of(path) == where
            if (listed or is_special) and fold(name) not in listed:
                broken = stricter if is_special else rule
                yield broken.at(path, value=name)


_contacts = _column("contacts.people[].name")
_rivals = _column("competition.competitors[].name")

_refers(COMPETITOR_UNKNOWN, Kind.COMPETITOR, _rivals, (_LOST_TO, LOST_TO_UNKNOWN))
_refers(CONTACT_UNKNOWN, Kind.CONTACT, _contacts, (_TOP_CONTACT, TOP_CONTACT_UNKNOWN))
_refers(PERSON_UNKNOWN, Kind.PERSON, _colleagues)
_refers(GOAL_UNKNOWN, Kind.GOAL, _column("strategy.goals[].goal"))
_refers(GROUP_UNKNOWN, Kind.PRODUCT_GROUP, _column("revenue.revenue[].product_group"))
