"""Numbers, percentages and dates as a German or an English reader writes them.

>>> amount(1234.5, "de"), amount(1234.5, "en"), share(1.4, "de")
('1.234,50', '1,234.50', '140 %')
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from kamxl.document.vocabulary import Kind
from kamxl.texts import Language, Text

_MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_DAY = Text(
    de="{day.day:02}.{day.month:02}.{day.year:04}", en="{day.day} {month} {day.year}"
)
_SHARE = Text(de="{} %", en="{}%")
_A_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_TRUTH = {True: Text(de="WAHR", en="TRUE"), False: Text(de="FALSCH", en="FALSE")}
# From Python's marks for thousands and decimals to those of the language.
_MARKS = {"de": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}


def number(value: float, language: str, *, grouped: bool = True) -> str:
    """`value` with as many decimals as it needs (ten at most), thousands grouped from 10,000 on."""
    rounded = round(value, 10) + 0.0  # adding nothing takes the sign from -0
    text = f"{rounded:,.10f}".rstrip("0").rstrip(".")
    if not grouped or abs(value) < 10_000:
        text = text.replace(",", "")
    return text.translate(_MARKS[language])


def amount(value: float, language: str) -> str:
    """`value` as money: thousands grouped, two decimals unless it is whole."""
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return text.translate(_MARKS[language])


def share(value: float, language: str) -> str:
    """`value` (1 = all) as a percentage."""
    digits = number(round(value * 100, 8), language)
    return _SHARE[language].format(digits)


def day(value: dt.date, language: str) -> str:
    """A date with its month beyond doubt: 03.04.2026, 3 Apr 2026."""
    return _DAY[language].format(day=value, month=_MONTHS[value.month - 1])


def truth(value: bool, language: str) -> str:
    """A truth value as Excel shows it."""
    return _TRUTH[value][language]


def spoken(raw: str) -> Text | str:
    """What a file holds, a number as each language writes it."""
    if not _A_NUMBER.fullmatch(raw):
        return raw
    return Text(**{language: number(float(raw), language) for language in Language})


def listed(raws: Iterable[str]) -> Text:
    """What several cells hold, one after the other."""
    said = [spoken(raw) for raw in raws]
    texts = {
        language: ", ".join(t[language] if isinstance(t, Text) else t for t in said)
        for language in Language
    }
    return Text(**texts)


def show(value: object, kind: Kind, language: str) -> str:
    """A typed value of a field of `kind`."""
    if isinstance(value, dt.date):
        return day(value, language)
    if not isinstance(value, int | float):
        return str(value)
    write = {Kind.MONEY: amount, Kind.PERCENT: share}.get(kind, number)
    return write(value, language)
