"""KAM22x: dates, as they are typed into a cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import cast

from kamxl.checks.entries.conversion import Case, Conversion, refused
from kamxl.checks.entries.dates import from_serial, month_first, read_date
from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.wording import day, number
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document.extract import Entry
from kamxl.texts import Language, Text
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
        de="Tag, Monat und Jahr eintragen, zum Beispiel {example}.",
        en="Enter day, month and year, for example {example}.",
    ),
    details={"example": Text(de="Beispiel", en="example")},
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
        de="{label}: Die Zelle zeigt eine Zahl statt des Datums; gelesen wurde {read}.",
        en="{label}: the cell shows a number instead of the date; it was read as {read}.",
    ),
    remedy=Text(
        de="Der Zelle ein Datumsformat geben oder das Datum neu eingeben.",
        en="Give the cell a date format or enter the date again.",
    ),
)

MONTH_FIRST = Rule(
    code="KAM227",
    name="month-first",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ nennt den Monat vor dem Tag und wurde als {read} gelesen.",
        en="{label}: “{value}” names the month before the day and was read as {read}.",
    ),
    remedy=Text(
        de="Das Datum neu eingeben und die anderen der Tabelle prüfen: Tag und Monat können vertauscht sein.",
        en="Enter the date again and check the others of the table: day and month may be swapped.",
    ),
)
MAYBE_SWAPPED = Rule(
    code="KAM228",
    name="day-and-month-maybe-swapped",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Andere Daten hier nennen den Monat zuerst; statt {value} ist vielleicht der {other} gemeint.",
        en="{label}: other dates of the table name the month first; perhaps {other} is meant instead of {value}.",
    ),
    remedy=Text(
        de="Prüfen und das Datum bei Bedarf neu eingeben.",
        en="Check it and enter the date again if need be.",
    ),
)


_PLAN_YEARS = range(2000, 2100)
_WRITTEN_TOGETHER = len("20260331")


def date_of(value: CellValue, case: Case) -> Conversion:
    """The date that a cell holds, as such, as a text or as a plain number."""
    if isinstance(value, str):
        return _from_text(value, value, case)
    if isinstance(value, dt.datetime):
        return _true_date(value.date(), case)
    if isinstance(value, dt.date):
        return _true_date(value, case)
    return _from_number(cast("float", value), case)  # bools and times went before


def tables_with_month_first(entries: Iterable[Entry]) -> frozenset[str]:
    """The tables in which a date is written with its month first beyond doubt."""
    return frozenset(
        entry.path.table or entry.path.sheet
        for entry in entries
        if isinstance(entry.value, str) and month_first(clean(entry.value).text)
    )


def _is_doubtful(case: Case) -> bool:
    """Whether other dates of the table have the month first, which is usual in English."""
    tables = case.surroundings.month_first
    if not tables or case.language == Language.EN:
        return False
    return (case.entry.path.table or case.entry.path.sheet) in tables


def _true_date(date: dt.date, case: Case) -> Conversion:
    """A date that Excel knows as one; it may have swapped day and month where somebody types the month first."""
    problems: tuple[Problem, ...] = ()
    if date.day <= 12 and date.day != date.month and _is_doubtful(case):
        other = date.replace(month=date.day, day=date.month)
        problems = (MAYBE_SWAPPED.at(value=date, other=other),)
    return _within(date, case, *problems)


def _from_text(text: str, shown: str, case: Case) -> Conversion:
    dates = read_date(text, case.language, doubtful=_is_doubtful(case))
    swapped = month_first(text) if case.language != Language.EN else None
    if swapped is not None:
        read = day(swapped, case.language)
        return _within(swapped, case, MONTH_FIRST.at(value=shown, read=read))
    if not dates:
        return refused(_no_date(shown, case))
    named = [day(date, case.language) for date in dates]
    if len(dates) > 1:
        return refused(AMBIGUOUS_DATE.at(value=shown, one=named[0], other=named[1]))
    return _within(dates[0], case, DATE_AS_TEXT.at(value=shown, read=named[0]))


def _no_date(shown: str, case: Case) -> Problem:
    """What is no date, with an example that lies in the plan year."""
    year = case.surroundings.year
    if year not in _PLAN_YEARS:
        year = dt.datetime.now().astimezone().year + 1
    return NOT_A_DATE.at(value=shown, example=day(dt.date(year, 3, 31), case.language))


def _from_number(value: float, case: Case) -> Conversion:
    section = view(case.entry.style.code, value)
    if section.shape in {ShownAs.TIME, ShownAs.ELAPSED}:
        return refused(_no_date(section.text(value), case))
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
