"""KAM22x: dates, as they are typed into a cell."""

from __future__ import annotations

import datetime as dt
from typing import cast

from kamxl.checks.entries.conversion import Case, Conversion, refused
from kamxl.checks.entries.dates import from_serial, read_date
from kamxl.checks.entries.wording import day, number
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.texts import Text
from kamxl.xlsx.book import CellValue
from kamxl.xlsx.formats import ShownAs, view

NOT_A_DATE = Rule(
    code="KAM220",
    name="not-a-date",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ ist kein vollständiges Datum.",
        en="{label}: “{value}” is not a complete date.",
    ),
    remedy=Text(
        de="Tag, Monat und Jahr eintragen, zum Beispiel 31.03.2030.",
        en="Enter day, month and year, for example 2030-03-31.",
    ),
)
DATE_AS_TEXT = Rule(
    code="KAM221",
    name="date-as-text",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ ist als Text gespeichert und wurde als {read} gelesen.",
        en="{label}: “{value}” is stored as text and was read as {read}.",
    ),
    remedy=Text(
        de="Das Datum neu eingeben, damit Excel es als Datum erkennt.",
        en="Enter the date again so that Excel recognises it as a date.",
    ),
)
AMBIGUOUS_DATE = Rule(
    code="KAM222",
    name="ambiguous-date",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ kann der {one} oder der {other} sein und wurde nicht übernommen.",
        en="{label}: “{value}” may be {one} or {other} and was not used.",
    ),
    remedy=Text(
        de="Das Datum eindeutig eintragen, zum Beispiel {one}.",
        en="Enter the date unambiguously, for example {one}.",
    ),
)
DATE_OUT_OF_RANGE = Rule(
    code="KAM223",
    name="date-out-of-range",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Das Datum {value} liegt nicht zwischen {low} und {high}.",
        en="{label}: the date {value} is not between {low} and {high}.",
    ),
    remedy=Text(
        de="Jahr prüfen und das Datum neu eingeben.",
        en="Check the year and enter the date again.",
    ),
)
DATE_WITHOUT_FORMAT = Rule(
    code="KAM224",
    name="date-without-format",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Zahl {value} wurde als Datum {read} gelesen.",
        en="{label}: the number {value} was read as the date {read}.",
    ),
    remedy=Text(
        de="Der Zelle ein Datumsformat geben oder das Datum neu eingeben.",
        en="Give the cell a date format or enter the date again.",
    ),
)


_WRITTEN_TOGETHER = len("20260331")


def date_of(value: CellValue, case: Case) -> Conversion:
    """The date that a cell holds, as such, as a text or as a plain number."""
    if isinstance(value, str):
        return _from_text(value, value, case)
    if isinstance(value, dt.datetime):
        return _within(value.date(), case)
    if isinstance(value, dt.date):
        return _within(value, case)
    return _from_number(cast("float", value), case)  # bools and times went before


def _from_text(text: str, shown: str, case: Case) -> Conversion:
    dates = read_date(text, case.language)
    if not dates:
        return refused(NOT_A_DATE.at(value=shown))
    named = [day(date, case.language) for date in dates]
    if len(dates) > 1:
        return refused(AMBIGUOUS_DATE.at(value=shown, one=named[0], other=named[1]))
    return _within(dates[0], case, DATE_AS_TEXT.at(value=shown, read=named[0]))


def _from_number(value: float, case: Case) -> Conversion:
    section = view(case.entry.style.code, value)
    if section.shape in {ShownAs.TIME, ShownAs.ELAPSED}:
        return refused(NOT_A_DATE.at(value=section.text(value)))
    plain = number(value, case.language, grouped=False)
    date = from_serial(value)
    if date is not None and _in_range(date, case):
        read = day(date, case.language)
        return Conversion(date, (DATE_WITHOUT_FORMAT.at(value=plain, read=read),))
    return _from_text(plain if len(plain) == _WRITTEN_TOGETHER else "", plain, case)


def _within(date: dt.date, case: Case, *problems: Problem) -> Conversion:
    if _in_range(date, case):
        return Conversion(date, problems)
    value, low, high = (
        day(limit, case.language)
        for limit in (date, *case.limits(dt.date.min, dt.date.max))
    )
    return refused(DATE_OUT_OF_RANGE.at(value=value, low=low, high=high))


def _in_range(date: dt.date, case: Case) -> bool:
    low, high = case.limits(dt.date.min, dt.date.max)
    return low <= date <= high
