"""Account numbers of a list: kept as written, refused where Excel has spoilt them, compared without leading zeros.

``0010041`` stays so; beside a ``10041`` it is the same account. ``01. Feb``, ``1,23E+15`` and a date are what Excel
made of another number, and nobody can tell which.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from kamxl.checks.entries.dates import read_date
from kamxl.generation.faults import Wrong, wrong
from kamxl.texts import Language, Text
from kamxl.xlsx.book import Cell
from kamxl.xlsx.formats import view

_DATE = Text(
    de="Excel hat aus der Kundennummer ein Datum oder eine Uhrzeit gemacht ({value}). Die Spalte als Text formatieren "
    "und die Nummer neu eintragen.",
    en="Excel has made a date or time of the account number ({value}). Format the column as text and enter the "
    "number again.",
)
_POWER = Text(
    de="Excel hat die Kundennummer gekürzt ({value}); die letzten Ziffern fehlen. Die Spalte als Text formatieren und "
    "die Nummer neu eintragen.",
    en="Excel has shortened the account number ({value}); its last digits are lost. Format the column as text and "
    "enter the number again.",
)
_FRACTION = Text(
    de="{value} ist keine Kundennummer, sondern eine Zahl mit Nachkommastellen. Die Spalte als Text formatieren und "
    "die Nummer neu eintragen.",
    en="{value} is no account number but a number with decimals. Format the column as text and enter the number "
    "again.",
)
_MONTHS = r"(?:jan|feb|m(?:[aä]e?r|r)z?|apr|ma[iy]|jun|jul|aug|sept?|o[kc]t|nov|de[zc])[a-zä]*\.?"
_DAY = re.compile(
    rf"\d{{1,2}}\.?[ \-]{_MONTHS}(?:[ \-]\d{{2,4}})?|{_MONTHS}[ \-]\d{{2,4}}|\d{{4}}-\d\d-\d\d"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?")
_SHORTENED = re.compile(r"\d+(?:[.,]\d+)?e\+\d+")
_MOST_EXACT = 1e15  # Excel keeps 15 digits of a number
_WHOLE = re.compile(r"(\d+)[.,]0+")


def account_number(cell: Cell) -> tuple[str, Wrong | None]:
    """The account number that a cell holds, and what is wrong with it."""
    value = cell.value
    if isinstance(value, str):
        number, fault = value.strip(), _spoilt(value.strip().lower(), value)
    elif isinstance(value, float) and not cell.is_date:
        number, fault = _of_number(value, cell)
    else:
        number, fault = "", wrong(_DATE, value=_day(value))
    return without_fraction(number), fault


def without_fraction(account_id: str) -> str:
    """A number without the ``.0`` that a program behind a table of decimals has added."""
    match = _WHOLE.fullmatch(account_id)
    return match[1] if match else account_id


def _of_number(value: float, cell: Cell) -> tuple[str, Wrong | None]:
    """A number as its cell shows it: 10041 in the format ``0000000000`` is 0000010041."""
    shown = view(cell.style.code, value)
    if shown.is_moment:
        return "", wrong(_DATE, value=shown.text(value))
    if abs(value) >= _MOST_EXACT:
        return "", wrong(_POWER, value=cell.raw)
    if not value.is_integer() or value < 0:
        return "", wrong(_FRACTION, value=cell.raw)
    return (shown.text(value) if shown.changes_text else f"{value:.0f}"), None


@lru_cache(maxsize=1 << 12)
def _spoilt(plain: str, shown: str) -> Wrong | None:
    if _SHORTENED.fullmatch(plain):
        return wrong(_POWER, value=shown)
    is_day = _DAY.fullmatch(plain) or _CLOCK.fullmatch(plain)
    written = any(mark in plain for mark in ".:") and read_date(plain, Language.DE)
    return wrong(_DATE, value=shown) if is_day or written else None


def _day(value: object) -> str:
    """A date or time as a user knows it."""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d.%m.%Y}"
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)
