"""The revenue history: what each account bought, by product group and year.

A list of ``account_id``, ``product_group``, ``year`` and ``revenue``; several rows of the same group and year are added
up exactly (0.1 + 0.2 is 0.3). What a comma or point in the revenue column means is found from the whole column:
beside ``938.0`` the text ``1.234`` can only be one and a bit. Where no row tells, it is asked for, never guessed.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kamxl.checks.entries.numbers import read_number
from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.wording import number
from kamxl.document.vocabulary import LARGEST_AMOUNT, Kind
from kamxl.generation.inputs import (
    Faults,
    InputColumn,
    InputRow,
    InputTable,
    read_table,
)
from kamxl.texts import Language, Text
from kamxl.xlsx.book import Cell

_COLUMNS = (
    InputColumn(
        "account_id",
        ("Kundennummer", "Kundennr.", "Account number", "customer id"),
        required=True,
    ),
    InputColumn(
        "product_group", ("Produktgruppe", "Warengruppe", "category"), required=True
    ),
    InputColumn("year", ("Jahr", "Geschäftsjahr"), required=True),
    InputColumn("revenue", ("Umsatz", "sales", "amount", "Betrag"), required=True),
)
_LONGEST_NAME = 80
_Key = TypeVar("_Key")
_MARKS = re.compile(r"[.,]")

_MISSING = Text(de="Die Angabe fehlt.", en="The entry is missing.")
_NO_YEAR = Text(
    de="„{value}“ ist keine Jahreszahl zwischen 1900 und 2100.",
    en="“{value}” is no year between 1900 and 2100.",
)
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
_LONG_NAME = Text(
    de="Der Name ist länger als {limit} Zeichen. Bitte kürzen.",
    en="The name has more than {limit} characters. Please shorten it.",
)


@dataclass(frozen=True)
class RevenueHistory:
    """Revenue by account, product group and year.

    Attributes:
        amounts: by account number, then by key of the product group and year.
        names: of the product groups as first written, by key.
        unknown: headings of columns that were left out.
    """

    amounts: Mapping[str, Mapping[tuple[str, int], float]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    unknown: tuple[str, ...] = ()

    def of(self, account_id: str) -> Mapping[tuple[str, int], float]:
        """Revenue of one account by key of the product group and year; empty where none is known."""
        return self.amounts.get(account_id, {})

    @cached_property
    def by_account(self) -> dict[str, float]:
        """Revenue of each account in the list, whatever the year."""
        return {
            account: math.fsum(found.values())
            for account, found in self.amounts.items()
        }

    @cached_property
    def by_year(self) -> dict[int, float]:
        """Revenue of each year in the list."""
        return _sums(
            (year, amount)
            for found in self.amounts.values()
            for (_, year), amount in found.items()
        )

    @cached_property
    def product_groups(self) -> tuple[str, ...]:
        """All product groups, the one with the largest revenue first, equal ones by name."""
        pairs = (
            (key, amount)
            for found in self.amounts.values()
            for (key, _), amount in found.items()
        )
        totals = _sums(pairs)
        ordered = sorted(
            self.names,
            key=lambda key: (-totals.get(key, 0.0), self.names[key].casefold()),
        )
        return tuple(self.names[key] for key in ordered)


NO_HISTORY = RevenueHistory()


def group_key(name: str) -> str:
    """What makes a product group the same, however it is spelled."""
    return " ".join(name.split()).casefold()


def read_history(path: Path, language: str) -> RevenueHistory:
    """Read a revenue history (CSV or XLSX).

    Args:
        path: of the list.
        language: of the messages.

    Raises:
        InputError: the list cannot be read or values are wrong; file, line and column are named.
    """
    table = read_table(path, _COLUMNS, language)
    faults = Faults(table.file, language)
    decimal = _decimal_mark(table.rows)
    amounts: dict[str, list[tuple[tuple[str, int], float]]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in table.rows:
        amount = _amount(row, table, decimal, faults)
        year, name = _year(row, table, faults), _name(row, table, faults)
        if not (year and name):
            continue
        names.setdefault(group_key(name), name)
        if amount is not None:
            amounts[row.text("account_id")].append(((group_key(name), year), amount))
    faults.stop()
    return RevenueHistory(
        {key: _sums(pairs) for key, pairs in amounts.items()},
        names,
        table.file,
        table.unknown,
    )


def _decimal_mark(rows: Iterable[InputRow]) -> str:
    """The mark before the decimals, as all revenues in writing that leave no doubt agree; else empty."""
    cells = (row.cells.get("revenue") for row in rows)
    texts = (cell.raw for cell in cells if cell and isinstance(cell.value, str))
    marks = {_told_mark(text) for text in texts} - {""}
    return marks.pop() if len(marks) == 1 else ""


def _told_mark(text: str) -> str:
    """The decimal mark that the form of one number tells; empty where it tells nothing."""
    marks = _MARKS.findall(text)
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return str(marks[-1])
    if len(marks) > 1:  # it stands between thousands
        return "," if marks[0] == "." else "."
    doubtful = re.fullmatch(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*", text)
    return "" if doubtful else str(marks[0])


def _amount(
    row: InputRow, table: InputTable, decimal: str, faults: Faults
) -> float | None:
    """The revenue of a row; None where the cell is empty or wrong."""
    cell = row.cells.get("revenue")
    if cell is None:
        return None
    amount, fault = _meant(cell, decimal, Language(faults.language))
    if amount is not None and abs(amount) > LARGEST_AMOUNT:
        fault = _TOO_LARGE
    if fault is not None:
        message = fault[faults.language].format(value=cell.raw)
        faults.add(row.line, table.headings["revenue"], message)
    return amount


def _meant(
    cell: Cell, decimal: str, language: Language
) -> tuple[float | None, Text | None]:
    """The amount that a cell means, or why it means none; `decimal` is the decimal mark of the whole column."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, float | int | str):
        return None, _NO_NUMBER
    if not isinstance(cell.value, str):
        return float(cell.value), None
    spoken = {".": Language.EN, ",": Language.DE}.get(decimal, language)
    reading = read_number(cell.value, spoken, Kind.MONEY)
    if reading is None or reading.percent:
        return None, _NO_NUMBER
    if reading.other is None:
        return reading.value, None
    meanings = (reading.value, reading.other)
    if not decimal:
        one, other = (number(value, language) for value in meanings)
        return None, _DOUBTFUL.format(value="{value}", one=one, other=other)
    smaller, larger = sorted(meanings, key=abs)
    return smaller if decimal in cell.value else larger, None


def _year(row: InputRow, table: InputTable, faults: Faults) -> int | None:
    text = row.text("year")
    if re.fullmatch(r"19\d\d|20\d\d|2100", text):
        return int(text)
    message = (
        _NO_YEAR[faults.language].format(value=text)
        if text
        else _MISSING[faults.language]
    )
    faults.add(row.line, table.headings["year"], message)
    return None


def _name(row: InputRow, table: InputTable, faults: Faults) -> str:
    """The product group; also sees to it that the row names an account."""
    for key in ("account_id", "product_group"):
        if not row.text(key):
            faults.add(row.line, table.headings[key], _MISSING[faults.language])
    name = " ".join(clean(row.text("product_group"))[0].split())
    if len(name) > _LONGEST_NAME:
        message = _LONG_NAME[faults.language].format(limit=_LONGEST_NAME)
        faults.add(row.line, table.headings["product_group"], message)
    return name


def _sums(pairs: Iterable[tuple[_Key, float]]) -> dict[_Key, float]:
    """Amounts added up by key, exactly: rounding at the end takes away what binary fractions leave behind."""
    found: dict[_Key, list[float]] = defaultdict(list)
    for key, amount in pairs:
        found[key].append(amount)
    return {key: round(math.fsum(amounts), 6) for key, amounts in found.items()}
