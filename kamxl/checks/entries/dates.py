"""Dates that somebody wrote as text, and the serial numbers behind Excel's dates.

A date with dots is German: day first. ISO dates and dates with a month's name are beyond doubt. With slashes or
dashes a German workbook means the day first; in an English one ``03/04/2026`` may be March or April and is never
guessed: both dates are returned. ``12/31/2026`` has the month first beyond doubt, and makes the others of its table
doubtful in a German workbook too.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

from kamxl.texts import Language

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january jänner jaenner", "feb februar february feber", "mar märz maerz march mär mrz maer",
            "apr april", "mai may", "jun juni june", "jul juli july", "aug august",
            "sep sept september", "okt oct oktober october", "nov november", "dez dec dezember december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = re.compile(
    r"^(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:\.,|[.,])? +(?=\d|[a-zä]{3})"
)
_TIME = re.compile(r"(?:[ t]|, )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?uhr)?z?$")
_ISO = re.compile(r"(?=\d{8}$|\d{4}\D)(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})(\. ?|[/-])(\d{1,2})(\. ?|[/-])(\d{4}|\d{2})")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?[ -]*([a-zäöü]{3,9})\.?[ ,-]*(\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(r"([a-zäöü]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_LONGEST = 60  # characters
_EPOCH = dt.date(1899, 12, 30)
_LAST_SERIAL = 2_958_465  # 31.12.9999


def read_date(text: str, language: str, *, doubtful: bool = False) -> list[dt.date]:
    """The dates that `text` can mean: one, two where it is ambiguous, none where it is no complete date.

    Args:
        text: as found in the cell.
        language: the workbook's.
        doubtful: another date of the table has its month first.
    """
    plain = _plain(text)
    if match := _ISO.fullmatch(plain):
        return _dates((int(match[1]), int(match[3]), int(match[4])))
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match, language, doubtful)
    if match := _DAY_FIRST.fullmatch(plain):
        return _dates((_year(match[3]), _MONTHS.get(match[2], 0), int(match[1])))
    if match := _MONTH_FIRST.fullmatch(plain):
        return _dates((_year(match[3]), _MONTHS.get(match[1], 0), int(match[2])))
    return []


def month_first(text: str) -> dt.date | None:
    """The date of a text that can only have its month first, such as ``12/31/2026``; `None` for all others."""
    match = _NUMERIC.fullmatch(_plain(text))
    if match is None or int(match[1]) > 12 or int(match[3]) <= 12:
        return None
    return next(iter(_dates((_year(match[5]), int(match[1]), int(match[3])))), None)


def _plain(text: str) -> str:
    """A text without weekday and time of day, in lower case; nothing for one that is too long for a date."""
    plain = " ".join(text.split()).lower()
    return _WEEKDAY.sub("", _TIME.sub("", plain)) if len(plain) <= _LONGEST else ""


def from_serial(serial: float) -> dt.date | None:
    """The date of an Excel serial number (1900 system).

    Serials up to 60 lie before Excel's invented 29 February 1900 and are no dates that anybody entered.
    """
    if not 60 < serial <= _LAST_SERIAL:
        return None
    return _EPOCH + dt.timedelta(days=int(serial))


def _numeric(match: re.Match[str], language: str, doubtful: bool) -> list[dt.date]:
    first, mark, second, other_mark, year = match.groups()
    if mark.strip() != other_mark.strip():
        return []
    day_first = (_year(year), int(second), int(first))
    with_month_first = (_year(year), int(first), int(second))
    if doubtful:
        return _dates(day_first, with_month_first)
    if mark.strip() == "." or language == Language.DE:
        return _dates(day_first)
    return _dates(with_month_first, day_first)


def _year(text: str) -> int:
    """Two digits as Excel reads them, with half a century more: 49 is 2049, 50 is 1950."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _dates(*candidates: tuple[int, int, int]) -> list[dt.date]:
    found: list[dt.date] = []
    for candidate in candidates:
        with suppress(ValueError):
            found.append(dt.date(*candidate))
    return list(dict.fromkeys(found))
