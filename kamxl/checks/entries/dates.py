"""Dates that somebody wrote as text, and the serial numbers behind Excel's dates.

A date with dots is German: day first. ISO dates and dates with a month's name are beyond doubt. With slashes or
dashes a German workbook means the day first; in an English one ``03/04/2026`` may be March or April and is never
guessed: both dates are returned.
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
_EPOCH = dt.date(1899, 12, 30)
_LAST_SERIAL = 2_958_465  # 31.12.9999


def read_date(text: str, language: str) -> list[dt.date]:
    """The dates that `text` can mean: one, two where it is ambiguous, none where it is no complete date."""
    plain = " ".join(text.split()).strip().lower()
    if len(plain) > 60:
        return []
    plain = _WEEKDAY.sub("", _TIME.sub("", plain))
    if match := _ISO.fullmatch(plain):
        return _dates((int(match[1]), int(match[3]), int(match[4])))
    if match := _NUMERIC.fullmatch(plain):
        return _numeric(match, language)
    if match := _DAY_FIRST.fullmatch(plain):
        return _dates((_year(match[3]), _MONTHS.get(match[2], 0), int(match[1])))
    if match := _MONTH_FIRST.fullmatch(plain):
        return _dates((_year(match[3]), _MONTHS.get(match[1], 0), int(match[2])))
    return []


def from_serial(serial: float) -> dt.date | None:
    """The date of an Excel serial number (1900 system).

    Serials up to 60 lie before Excel's invented 29 February 1900 and are no dates that anybody entered.
    """
    if not 60 < serial <= _LAST_SERIAL:
        return None
    return _EPOCH + dt.timedelta(days=int(serial))


def _numeric(match: re.Match[str], language: str) -> list[dt.date]:
    first, mark, second, other_mark, year = match.groups()
    if mark.strip() != other_mark.strip():
        return []
    day_first = (_year(year), int(second), int(first))
    if mark.strip() == "." or language == Language.DE:
        return _dates(day_first)
    return _dates((_year(year), int(first), int(second)), day_first)


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
