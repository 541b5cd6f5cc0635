"""KAM317, KAM318, KAM332: the plan's own age and year."""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency import Look, PlanRule, is_before
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.checks.rules.plan.days import shift_of
from kamxl.texts import Text

OUTDATED = PlanRule(
    code="KAM317",
    name="plan-outdated",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Plan wurde zuletzt am {value} aktualisiert, vor {days} Tagen.",
        en="{label}: the plan was last updated on {value}, {days} days ago.",
    ),
    remedy=Text(
        de="Den Plan durchgehen und das Datum der Aktualisierung eintragen.",
        en="Go through the plan and enter the date of the update.",
    ),
    details={"days": Text(de="Anzahl", en="number")},
    threshold=183,
    threshold_meaning=Text(
        de="Tage, nach denen ein Plan als veraltet gilt",
        en="days after which a plan counts as outdated",
    ),
)


@OUTDATED.check
def _old(look: Look) -> Iterator[Problem]:
    updated = look.plan.cover.updated_on
    if updated is None:
        return
    days = (look.today - updated).days
    if days > look.limit(OUTDATED):
        yield OUTDATED.at("cover.updated_on", value=updated, days=days)


UPDATED_BEFORE_CREATED = PlanRule(
    code="KAM318",
    name="updated-before-created",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Plan wurde laut Deckblatt am {value} aktualisiert, aber erst am {created} erstellt.",
        en="{label}: according to the cover the plan was updated on {value} but not created until {created}.",
    ),
    remedy=Text(
        de="Beide Daten auf dem Deckblatt prüfen.", en="Check both dates on the cover."
    ),
    details={"created": Text(de="Erstelldatum", en="date of creation")},
)


@UPDATED_BEFORE_CREATED.check
def _created_later(look: Look) -> Iterator[Problem]:
    cover = look.plan.cover
    if is_before(cover.updated_on, cover.created_on):
        yield UPDATED_BEFORE_CREATED.at(
            "cover.updated_on", value=cover.updated_on, created=cover.created_on
        )


YEAR_FAR_OFF = PlanRule(
    code="KAM332",
    name="plan-year-far-off",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Das Planjahr {value} liegt weit vom Erstelldatum {created} entfernt.",
        en="{label}: the plan year {value} is far from the date of creation, {created}.",
    ),
    remedy=Text(
        de="Planjahr und Erstelldatum prüfen.",
        en="Check the plan year and the date of creation.",
    ),
    details={"created": Text(de="Erstelldatum", en="date of creation")},
    threshold=3,
    threshold_meaning=Text(
        de="Jahre zwischen Erstelldatum und Planjahr, ab denen gefragt wird",
        en="years between creation and plan year from which it is asked",
    ),
)


@YEAR_FAR_OFF.check
def _another_age(look: Look) -> Iterator[Problem]:
    """A year years away from the day of creation; one that the file was not made for has its own finding."""
    cover = look.plan.cover
    created, year = cover.created_on or look.today, cover.plan_year
    if year is None or year != look.spec.settings.year or shift_of(look):
        return
    if abs(year - created.year) >= look.limit(YEAR_FAR_OFF):
        yield YEAR_FAR_OFF.at("cover.plan_year", value=year, created=created)
