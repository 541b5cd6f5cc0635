"""KAM325 to KAM327: dates have two ends. What has happened is not to come, what is planned was not before the plan.

>>> import datetime as dt
>>> dt.date(2030, 9, 2) - DATE_SYSTEMS_APART
datetime.date(2026, 9, 1)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kamxl.checks.consistency import Look, PlanRule, numbered
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.vocabulary import Tense
from kamxl.plan.measures import FINISHED
from kamxl.texts import Text

DATE_SYSTEMS_APART = dt.timedelta(days=1462)
"""What every date moves by when Excel's option of 1904 dates is switched: four years and a day."""

IN_FUTURE = PlanRule(
    code="KAM325",
    name="date-in-the-future",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der {value} liegt in der Zukunft; hier steht, was schon geschehen ist.",
        en="{label}: {value} lies in the future; what stands here has happened already.",
    ),
    remedy=Text(
        de="Das Datum prüfen, vor allem das Jahr.",
        en="Check the date, above all its year.",
    ),
)


@IN_FUTURE.check
def _not_yet(look: Look) -> Iterator[Problem]:
    """Days that should have been, and are to come; where the date system is at fault that is told once."""
    if shift_of(look):
        return
    for path, day in look.days(Tense.PAST):
        if day > look.tomorrow:
            yield IN_FUTURE.at(path, value=day)


BEFORE_PLAN = PlanRule(
    code="KAM326",
    name="date-before-the-plan",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der {value} liegt vor dem Planjahr {year}, und da gab es den Plan noch nicht; gemeint ist "
        "vielleicht der {likely}.",
        en="{label}: {value} lies before the plan year {year}, when there was no plan yet; "
        "perhaps {likely} is meant.",
    ),
    remedy=Text(
        de="Das Datum mit der Jahreszahl eingeben: Ohne sie nimmt Excel das laufende Jahr.",
        en="Enter the date with its year: without one Excel takes the current year.",
    ),
    details={"likely": Text(de="gemeintes Datum", en="date meant")},
)


@BEFORE_PLAN.check
def _too_early(look: Look) -> Iterator[Problem]:
    """Days to come that were over before the plan was set up; measures that are done were of an older plan."""
    if shift_of(look):
        return
    year = look.spec.settings.year
    measures = numbered("measures.measures", look.plan.measures.measures)
    finished = {f"{path}.due" for path, row in measures if row.status in FINISHED}
    for path, day in look.days(Tense.FUTURE):
        if day < look.set_up and path not in finished:
            # The 29th of February is the last of February in other years.
            likely = day.replace(
                year=year, day=min(day.day, 28 if day.month == 2 else 31)
            )
            yield BEFORE_PLAN.at(path, value=day, year=year, likely=likely)


DATE_SYSTEM = PlanRule(
    code="KAM327",
    name="date-system-changed",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Daten dieses Plans liegen 1.462 Tage (4 Jahre und 1 Tag) zu {side}: In der Datei wurde die "
        "Einstellung „1904-Datumswerte“ geändert. {value} müsste {likely} heißen.",
        en="{label}: the dates of this plan are 1,462 days (4 years and 1 day) too {side}: the file’s option “Use 1904 "
        "date system” was changed. {value} should be {likely}.",
    ),
    remedy=Text(
        de="In Excel unter Datei, Optionen, Erweitert die Einstellung „1904-Datumswerte verwenden“ zurückstellen.",
        en="In Excel, under File, Options, Advanced, set “Use 1904 date system” back.",
    ),
    details={
        "side": Text(de="spät oder früh", en="late or early"),
        "likely": Text(de="richtiges Datum", en="right date"),
    },
)
_LATE, _EARLY = Text(de="spät", en="late"), Text(de="früh", en="early")


@DATE_SYSTEM.check
def _shifted(look: Look) -> Iterator[Problem]:
    shift, created = shift_of(look), look.plan.cover.created_on
    if shift and created is not None:
        side = _LATE if shift > dt.timedelta() else _EARLY
        likely = created - shift
        yield DATE_SYSTEM.at(
            "cover.created_on", value=created, side=side, likely=likely
        )


def shift_of(look: Look) -> dt.timedelta | None:
    """By how much all dates are off, if another date system explains it."""
    created = look.plan.cover.created_on
    if created is None:
        return None
    for shift in (DATE_SYSTEMS_APART, -DATE_SYSTEMS_APART):
        if (created - shift).isoformat() == look.identity.created:
            return shift
    return DATE_SYSTEMS_APART if _most_to_come(look, created) else None


def _most_to_come(look: Look, created: dt.date) -> bool:
    """Whether most days that should have been are to come, and the plan would be set up in time four years before."""
    days = [day for _, day in look.days(Tense.PAST)]
    to_come = [day for day in days if day > look.tomorrow]
    is_most = 2 < 2 * len(to_come) > len(days)
    earliest = dt.date(look.spec.settings.year - 2, 1, 1)
    return is_most and earliest <= created - DATE_SYSTEMS_APART <= look.tomorrow
