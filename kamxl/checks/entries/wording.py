"""Numbers, percentages and dates as a German or an English reader writes them.

>>> amount(1234.5, "de"), amount(1234.5, "en"), share(1.4, "de")
('1.234,50', '1,234.50', '140 %')
"""

from __future__ import annotations

import datetime as dt

from kamxl.document.vocabulary import Kind

__all__ = ["amount", "day", "number", "share", "show", "truth"]

_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


def number(value: float, language: str, *, grouped: bool = True) -> str:
    """`value` with as many decimals as it needs (ten at most), thousands grouped from 10,000 on."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".")
    if not grouped or abs(value) < 10_000:
        text = text.replace(",", "")
    return _localised("0" if text == "-0" else text, language)


def amount(value: float, language: str) -> str:
    """`value` as money: thousands grouped, two decimals unless it is whole."""
    return _localised(
        f"{value:,.0f}" if value == int(value) else f"{value:,.2f}", language
    )


def share(value: float, language: str) -> str:
    """`value` (1 = all) as a percentage."""
    digits = number(round(value * 100, 8), language)
    return f"{digits}%" if language == "en" else f"{digits} %"


def day(value: dt.date, language: str) -> str:
    """A date with its month beyond doubt: 03.04.2026, 3 Apr 2026."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def truth(value: bool, language: str) -> str:
    """A truth value as Excel shows it."""
    words = ("FALSE", "TRUE") if language == "en" else ("FALSCH", "WAHR")
    return words[value]


def show(value: object, kind: Kind, language: str) -> str:
    """A typed value of a field of `kind`."""
    if isinstance(value, dt.date):
        return day(value, language)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if kind is Kind.MONEY:
        return amount(value, language)
    return share(value, language) if kind is Kind.PERCENT else number(value, language)


def _localised(text: str, language: str) -> str:
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
