"""KAM218, KAM219, KAM225: numbers that Excel shows as a date or a time, and what was typed instead.

A German Excel makes the second of June of ``2/6``, the first of June 2026 of ``6/26``, and six minutes past two of
``2:6``. The number format tells which of them it was; none of them is taken for the number that was meant.
"""

from __future__ import annotations

import datetime as dt

from kamxl.checks.entries.conversion import Case
from kamxl.checks.entries.dates import from_serial
from kamxl.checks.entries.shown import quoted
from kamxl.checks.entries.wording import day, number
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document.vocabulary import Kind
from kamxl.texts import Language, Text
from kamxl.xlsx.formats import ShownAs, clock, view
from kamxl.xlsx.values import date_to_serial

SHOWN = {"shown": Text(de="angezeigt", en="shown")}
SHOWN_OTHERWISE = Rule(
    code="KAM218",
    name="shown-otherwise",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Zelle zeigt {shown}, enthält aber {value}; der Wert wurde nicht übernommen.",
        en="{label}: the cell shows {shown} but holds {value}; the value was not used.",
    ),
    remedy=Text(
        de="Der Zelle ein einfaches Zahlenformat geben und den gemeinten Wert neu eingeben.",
        en="Give the cell a plain number format and enter the value meant again.",
    ),
    details=SHOWN,
)
BECAME_TIME = Rule(
    code="KAM219",
    name="number-became-time",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Excel hat die Eingabe in die Uhrzeit {value} verwandelt; eingegeben wurde vermutlich „{typed}“.",
        en="{label}: Excel turned the entry into the time {value}; probably “{typed}” was typed.",
    ),
    remedy=Text(
        de="Die Zelle leeren, als Zahl formatieren und nur eine Zahl eintragen.",
        en="Clear the cell, format it as a number and enter one number only.",
    ),
    details={"typed": Text(de="Eingabe", en="entry")},
)
BECAME_DATE = Rule(
    code="KAM225",
    name="number-became-date",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Excel hat die Eingabe in das Datum {value} verwandelt; eingegeben wurde vermutlich „{typed}“.",
        en="{label}: Excel turned the entry into the date {value}; probably “{typed}” was typed.",
    ),
    remedy=Text(
        de="Die Zelle leeren, als Zahl formatieren und nur eine Zahl eintragen (Ist und Soll getrennt).",
        en="Clear the cell, format it as a number and enter one number only (actual and planned apart).",
    ),
    details={"typed": Text(de="Eingabe", en="entry")},
)


WHOLE = {Kind.INTEGER, Kind.IMPORTANCE}
"""Kinds whose values are whole numbers."""
_SMALL = {*WHOLE, Kind.SCORE, Kind.PERCENT}
_FIRST_SHOWN = dt.date(1899, 12, 31)  # the day before the one that Excel counts as 1
_LAST_ODD = 60  # numbers up to here are shown as days that Excel counts wrongly
_CENTURY = range(2000, 2100)  # of a date that Excel makes of two numbers


def became_moment(moment: dt.date, case: Case) -> Problem:
    """What was typed, of a cell that Excel has made a moment of."""
    shape = view(case.entry.style.code, 0.0).shape
    if shape is ShownAs.TIME and isinstance(moment, dt.datetime):
        return _became_time(moment.hour, moment.minute, f"{moment:%H:%M}", case)
    return _became_date(moment, case)


def odd_moment(value: float, case: Case) -> Problem:
    """A time, a duration, or a number that was typed into a cell for dates and shows a day of 1900."""
    section = view(case.entry.style.code, value)
    if section.shape is not ShownAs.DATE:
        hours, minutes, _ = clock(value, elapsed=section.shape is ShownAs.ELAPSED)
        return _became_time(hours, minutes, section.text(value), case)
    shown = "####"
    if 0 <= value < _LAST_ODD:
        shown = day(_FIRST_SHOWN + dt.timedelta(days=int(value)), case.language)
    held = number(value, case.language)
    return SHOWN_OTHERWISE.at(value=held, shown=quoted(shown))


def _became_time(hours: int, minutes: int, shown: str, case: Case) -> Problem:
    """2:6 of a pair, 50:50 of shares, 12,30 of an amount: what was typed where a time is shown now."""
    typed = f"{hours}:{minutes:02}"
    if case.spec.kind in WHOLE:
        typed = f"{hours}:{minutes}"
    if case.spec.kind not in _SMALL:
        mark = "," if case.language == Language.DE else "."
        typed = f"{hours}{mark}{minutes:02}"
    return BECAME_TIME.at(value=shown, typed=typed)


def _became_date(date: dt.date, case: Case) -> Problem:
    """What was typed: 2/6 or 2.6 in a German Excel, 2/6 with the month first in an American one, 6/26, a number."""
    mark = "/" if case.spec.kind in WHOLE or case.language == Language.EN else "."
    first, second = date.day, date.month
    if case.language == Language.EN:
        first, second = second, first
    section = view(case.entry.style.code, 0.0)
    without_day = section.shape is ShownAs.DATE and not section.shows_day
    # Of a month and a year Excel makes the first day of that month.
    if without_day or (section.shape is not ShownAs.DATE and date.day == 1):
        first, second = date.month, date.year % 100
    typed = f"{first}{mark}{second}"
    if date.year not in _CENTURY:
        typed = number(date_to_serial(date), case.language, grouped=False)
    return BECAME_DATE.at(value=day(date, case.language), typed=typed)


def date_behind(value: float, case: Case) -> dt.date | None:
    """The date that Excel has made of two small numbers and shows as its own number, in the thousands."""
    date = from_serial(value) if case.spec.kind in _SMALL else None
    return date if date is not None and date.year in _CENTURY else None
