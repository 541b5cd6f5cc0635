"""What a cell shows of its number, read as if somebody had written it.

Worked example: a cell holds 680 and shows *680 T€*. In a field for money that is 680,000; where the format leaves the
thousands out itself (it holds 680,000 and shows *680 T€*), the number is what it says already.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from kamxl.checks.entries.numbers import read_unit
from kamxl.checks.entries.wording import day
from kamxl.document.extract import Entry
from kamxl.document.vocabulary import Kind
from kamxl.texts import Language, Text
from kamxl.xlsx.formats import ShownAs, View, view

MARKS = {Language.DE: ",.", Language.EN: ".,"}
"""The marks of decimals and thousands in each language."""
_NOTHING = Text(de="nichts", en="nothing")
# Kinds of which one with a currency is nothing odd.
_AMOUNTS = {Kind.MONEY, Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows of a number.

    Attributes:
        text: as the cell shows it.
        value: the number meant by it; `None` where that is not clear.
        agrees: it means the number that the cell holds, and no word of it is unknown.
        currency: the ISO code that it names.
    """

    text: str
    value: float | None
    agrees: bool = False
    currency: str = ""


def read_shown(
    value: float, code: str, language: str, kind: Kind = Kind.MONEY
) -> Shown:
    """What a number means together with its format.

    Args:
        value: what the cell holds.
        code: its number format, as the file stores it.
        language: in which the cell is shown.
        kind: of the field, which decides what a unit means.

    >>> read_shown(680, '#,##0 "T€"', "de")
    Shown(text='680 T€', value=680000.0, agrees=False, currency='EUR')
    >>> read_shown(680000, '#,##0, "T€"', "de").agrees
    True
    """
    section = view(code, value)
    if section.is_plain:
        return Shown("", value, agrees=True)
    text = section.text(value, MARKS[Language(language)])
    if section.shape is not ShownAs.NUMBER or section.turns_sign:
        return Shown(text, None)
    unit = read_unit(f"{section.before} {section.after}", kind)
    if unit is None:
        unclear = kind is Kind.MONEY
        return Shown(text, None if unclear else _counted(value, section, 1.0))
    currency = unit.get("currency", "")
    scale = unit.get("scale", 1.0)
    meant = _counted(value, section, scale)
    usual = not currency or kind in _AMOUNTS
    says_so = math.isclose(value * section.factor * scale, value)
    return Shown(text, meant, usual and says_so and meant == value, currency)


def as_seen(entry: Entry, language: str) -> str:
    """What a cell shows: a date, a number with what its format says of it, or what the file holds."""
    if isinstance(entry.value, dt.date):
        return day(entry.value, language)
    if not isinstance(entry.value, float):
        return entry.raw
    return read_shown(entry.value, entry.style.code, language).text or entry.raw


def quoted(text: str) -> Text:
    """What a cell shows, as a message says it."""
    return Text(de=f"„{text}“", en=f"“{text}”") if text else _NOTHING


def _counted(value: float, section: View, scale: float) -> float | None:
    """The number that is shown times what its unit stands for.

    A format that leaves out thousands changes what is seen, not the amount; a unit may say so or not.
    """
    meant = value * section.factor * scale
    if math.isclose(meant, value) or (section.factor < 1 and scale == 1):
        return value
    return None if section.factor < 1 else round(meant, 10)
