"""The amounts of a revenue list: numbers, texts in any notation, their scale and their currency.

What a comma or point means is found from the whole column: beside ``938.0`` the text ``1.234`` can only be one and a
bit. Where no row tells, it is asked for, never guessed. An amount in another currency than the account's plan is
refused: adding it up would make a figure of nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kamxl.checks.entries.numbers import read_number
from kamxl.checks.entries.shown import read_shown
from kamxl.checks.entries.wording import number
from kamxl.document.vocabulary import LARGEST_AMOUNT, Kind
from kamxl.generation.faults import Wrong, wrong
from kamxl.generation.units import PLAIN, Unit, currency_of, split_unit, unit_of
from kamxl.texts import Language, Text
from kamxl.xlsx.book import Cell

_MARKS = re.compile(r"(?<=\d)[.,](?=\d)")
_FIGURES = re.compile(r"[\d.,'’()+−–-]+")

_NO_NUMBER = Text(
    de="„{value}“ ist keine Zahl. Den Betrag ohne Zusätze eintragen, z. B. 1234,56.",
    en="“{value}” is no number. Enter the amount alone, e.g. 1234.56.",
)
_DOUBTFUL = Text(
    de="„{value}“ kann {one} oder {other} bedeuten. Die Beträge bitte mit zwei Nachkommastellen speichern.",
    en="“{value}” may mean {one} or {other}. Please store the amounts with two decimals.",
)
_TOO_LARGE = Text(
    de="„{value}“ ist größer als jeder Umsatz.",
    en="“{value}” is larger than any revenue.",
)
_OTHER_CURRENCY = Text(
    de="Der Betrag „{value}“ ist in {said}, der Plan dieses Kunden in {expected}. Bitte umrechnen oder die Zeile "
    "weglassen.",
    en="The amount “{value}” is in {said}, the plan of this account in {expected}. Please convert it or leave the row "
    "out.",
)
_NO_CURRENCY = Text(
    de="„{value}“ ist keine Währung. Bitte den ISO-Code eintragen, z. B. EUR.",
    en="“{value}” is no currency. Please enter the ISO code, e.g. EUR.",
)


_SHOWN_OTHERWISE = Text(
    de="Die Zelle zeigt „{shown}“, enthält aber {value}. Bitte ein einfaches Zahlenformat wählen und den gemeinten "
    "Betrag eintragen.",
    en="The cell shows “{shown}” but holds {value}. Please choose a plain number format and enter the amount meant.",
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a list, or why there is none.

    Attributes:
        value: `None` where it is wrong.
        currency: its ISO code, empty where nothing says it.
        fault: what is wrong.
        shown: what the cell shows, where the amount was read from that and not from the number behind it.
    """

    value: float | None = None
    currency: str = ""
    fault: Wrong | None = None
    shown: str = ""


class AmountReader:
    """Reads the amounts of a list's columns.

    Args:
        headings: of the columns that hold amounts, by key.
        cells: all that stands in them, which tells what a comma means.
        language: decides what a comma means where nothing else does, and how amounts are told.
    """

    def __init__(
        self, headings: Mapping[str, str], cells: Iterable[Cell], language: str
    ) -> None:
        self.units = {key: split_unit(text)[1] for key, text in headings.items()}
        self.decimal = _decimal_mark(cells)
        self.language = Language(language)

    def read(self, key: str, cell: Cell, beside: Cell | None) -> Amount:
        """The amount in a cell of the column `key`; `beside` holds the currency of its row."""
        unit = self.units.get(key, PLAIN)
        row = currency_of(beside.raw) if beside else ""
        if beside and not row:
            return Amount(fault=wrong(_NO_CURRENCY, value=beside.raw))
        amount = self._said(cell, unit)
        if amount.fault:
            return amount
        said = {amount.currency, row, unit.currency} - {""}
        return replace(amount, currency=" / ".join(sorted(said)))

    def _said(self, cell: Cell, unit: Unit) -> Amount:
        """The amount that a cell says by itself, in the unit of its column."""
        if isinstance(cell.value, float):
            amount = self._seen(cell.value, cell, unit)
        elif isinstance(cell.value, str):
            amount = self._written(cell.value, unit)
        else:
            amount = Amount(fault=wrong(_NO_NUMBER, value=cell.raw))
        if amount.value is not None and abs(amount.value) > LARGEST_AMOUNT:
            return Amount(fault=wrong(_TOO_LARGE, value=cell.raw))
        return amount

    def _seen(self, value: float, cell: Cell, unit: Unit) -> Amount:
        """A number as its format shows it; a scale in the format is that of the number, whatever the heading says."""
        seen = read_shown(value, cell.style.code, self.language)
        if seen.value is None:
            return Amount(
                fault=wrong(_SHOWN_OTHERWISE, shown=seen.text, value=cell.raw)
            )
        if seen.value != value:
            return Amount(seen.value, seen.currency, shown=seen.text)
        return Amount(_times(value, unit.factor), seen.currency)

    def _written(self, text: str, unit: Unit) -> Amount:
        spoken = {".": Language.EN, ",": Language.DE}.get(self.decimal, self.language)
        reading = read_number(text, spoken, Kind.MONEY)
        if reading is None or reading.percent:
            return Amount(fault=wrong(_NO_NUMBER, value=text))
        value = reading.value
        if reading.other is not None:
            meanings = sorted((reading.value, reading.other), key=abs)
            if not self.decimal:
                return Amount(fault=self._doubtful(text, reading.value, reading.other))
            value = meanings[0] if self.decimal in text else meanings[1]
        return Amount(_times(value, _factor(text, unit)), reading.currency)

    def _doubtful(self, text: str, one: float, other: float) -> Wrong:
        first, second = (number(value, self.language) for value in (one, other))
        return wrong(_DOUBTFUL, value=text, one=first, other=second)


def _factor(text: str, unit: Unit) -> Decimal:
    """What a column counts in; a scale beside a number is that of the number, whatever the heading says."""
    if unit.factor == 1:
        return unit.factor
    own = unit_of(_FIGURES.sub(" ", text)) or PLAIN
    return unit.factor if own.factor == 1 else PLAIN.factor


def other_currency(amount: Amount, raw: str, expected: str) -> Wrong | None:
    """What is wrong with an amount that is not in the currency of its plan."""
    if amount.currency in {"", expected}:
        return None
    return wrong(_OTHER_CURRENCY, value=raw, said=amount.currency, expected=expected)


def _times(value: float, factor: Decimal) -> float:
    """A product without what binary fractions leave behind: 4.1 times a million is 4,100,000."""
    return value if factor == 1 else float(Decimal(repr(value)) * factor)


def _decimal_mark(cells: Iterable[Cell]) -> str:
    """The mark before the decimals, as all amounts in writing that leave no doubt agree; else empty."""
    texts = (cell.raw for cell in cells if isinstance(cell.value, str))
    marks = {_told_mark(text) for text in texts} - {""}
    return marks.pop() if len(marks) == 1 else ""


def _told_mark(text: str) -> str:
    """The decimal mark that the form of one number tells; empty where it tells nothing."""
    marks = "".join(_MARKS.findall(text))
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:  # it stands between thousands
        return ",.".replace(marks[0], "")
    doubtful = re.fullmatch(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*", text)
    return "" if doubtful else marks
