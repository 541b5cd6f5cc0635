"""Which calendar year the year column of a list means, however an ERP system or Excel wrote it.

``2025``, ``2025.0``, ``2.025``, ``GJ 2025``, ``Umsatz 2025``, ``31.12.2025``, ``003.2025``, ``2025-03`` and a cell that
holds a date are 2025. A business year over two calendar years is known by its first: ``2025/26`` is 2025.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from kamxl.checks.entries.dates import read_date
from kamxl.texts import Language
from kamxl.xlsx.book import Cell

_YEAR = r"(19\d\d|20\d\d|2100)"
_WORDS = r"(?:[^\W\d_][^\W\d_.\-]*[.:\-]?\s*){0,3}"
_SPAN = re.compile(rf"{_WORDS}{_YEAR}\s*[/–\-]\s*(\d\d|\d{{4}})")
# A group is the year, with a mark between its thousands or in two digits.
_FORMS = (
    re.compile(rf"{_WORDS}'?{_YEAR}(?:[.,]0+)?\s*(?:[^\W\d_]+\.?\s*){{0,2}}"),
    re.compile(r"(1[.,]9\d\d|2[.,]0\d\d|2[.,]100)"),
    re.compile(r"(?:gj|fy|wj)\s*'?(\d\d)"),
    re.compile(rf"{_YEAR}\s*[./\-]?\s*0?(?:0[1-9]|1[0-6])"),  # 2025-03, 202503, 2025003
    re.compile(rf"0?(?:0?[1-9]|1[0-6])\s*[./\-]\s*{_YEAR}"),  # 3/2025, 003.2025
    re.compile(rf"[hqt]?[1-4]\.?\s*(?:quartal|halbjahr|quarter)?\s*[/\-]?\s*{_YEAR}"),
    re.compile(rf"{_YEAR}\s*[/\-]?\s*[hq][1-4]"),
)
_LONGEST = 60


def year_of(cell: Cell) -> int | None:
    """The year that a cell means; `None` where it means none."""
    value = cell.value
    if isinstance(value, dt.date):
        return value.year if 1900 <= value.year <= 2100 else None
    if isinstance(value, float):
        whole = value.is_integer() and not cell.is_date
        return year_in(f"{value:.0f}") if whole else None
    return year_in(value) if isinstance(value, str) else None


@lru_cache(maxsize=256)
def year_in(text: str) -> int | None:
    """The year that a text names; `None` where it names none or more than one."""
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return None
    for form in _FORMS:
        if match := form.fullmatch(plain):
            year = int(re.sub(r"\D", "", match[1]))
            return year if year > 99 else 2000 + year
    return _of_a_span(plain) or _of_a_date(plain)


@lru_cache(maxsize=256)
def is_business_year(text: str) -> bool:
    """Whether a text names a business year over two calendar years, such as ``GJ 2025/26``."""
    return _of_a_span(_plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(text.lower().strip("'\" ").split())


def _of_a_span(plain: str) -> int | None:
    """The first of two years that follow each other."""
    match = _SPAN.fullmatch(plain)
    if match is None:
        return None
    first = int(match[1])
    return first if (first + 1) % 100 == int(match[2]) % 100 else None


def _of_a_date(plain: str) -> int | None:
    years = {date.year for date in read_date(plain, Language.DE)}
    year = years.pop() if len(years) == 1 else 0
    return year if 1900 <= year <= 2100 else None
