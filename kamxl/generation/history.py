"""The revenue history: what each account bought, by product group and year.

A list of ``account_id``, ``product_group``, ``year`` and ``revenue``; several rows of the same group and year are added
up exactly (0.1 + 0.2 is 0.3). What a comma or point in the revenue column means is found from the whole column:
beside ``938.0`` the text ``1.234`` can only be one and a bit. Where no row tells, it is asked for, never guessed.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from kamxl.checks.entries.numbers import read_number
from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.wording import number
from kamxl.document.vocabulary import LARGEST_AMOUNT, Kind
from kamxl.generation.inputs import Faults, InputColumn, InputRow, read_table
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
        return _sums((year, amount) for (_, year), amount in self._cells())

    @cached_property
    def product_groups(self) -> tuple[str, ...]:
        """All product groups, the one with the largest revenue first, equal ones by name."""
        totals = _sums((key, amount) for (key, _), amount in self._cells())
        ordered = sorted(
            self.names.items(),
            key=lambda group: (-totals.get(group[0], 0.0), group[1].casefold()),
        )
        return tuple(name for _, name in ordered)

    def _cells(self) -> Iterator[tuple[tuple[str, int], float]]:
        """Key of the product group, year and amount, of all accounts."""
        return chain.from_iterable(found.items() for found in self.amounts.values())


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
    faults = Faults(table.file, language, table.headings)
    decimal = _decimal_mark(table.rows)
    amounts: dict[str, list[tuple[tuple[str, int], float]]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in table.rows:
        amount = _amount(row, decimal, faults)
        year, name = _year(row, faults), _name(row, faults)
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
    marks: set[str] = set()
    for row in rows:
        cell = row.cells.get("revenue")
        if cell and isinstance(cell.value, str):
            marks.add(_told_mark(cell.raw))
    marks.discard("")
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


def _amount(row: InputRow, decimal: str, faults: Faults) -> float | None:
    """The revenue of a row; None where the cell is empty or wrong."""
    cell = row.cells.get("revenue")
    if cell is None:
        return None
    amount, fault = _meant(cell, decimal, Language(faults.language))
    if amount is not None and abs(amount) > LARGEST_AMOUNT:
        fault = _TOO_LARGE
    if fault is not None:
        message = fault[faults.language].format(value=cell.raw)
        faults.add(row.line, "revenue", message)
    return amount


def _meant(
    cell: Cell, decimal: str, language: Language
) -> tuple[float | None, Text | None]:
    """The amount that a cell means, or why it means none; `decimal` is the decimal mark of the whole column."""
    if isinstance(cell.value, float):
        return cell.value, None
    if not isinstance(cell.value, str):
        return None, _NO_NUMBER
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


def _year(row: InputRow, faults: Faults) -> int | None:
    text = row.text("year")
    if re.fullmatch(r"19\d\d|20\d\d|2100", text):
        return int(text)
    fault = _NO_YEAR if text else _MISSING
    faults.add(row.line, "year", fault[faults.language].format(value=text))
    return None


def _name(row: InputRow, faults: Faults) -> str:
    """The product group; also sees to it that the row names an account."""
    for key in ("account_id", "product_group"):
        if not row.text(key):
            faults.add(row.line, key, _MISSING[faults.language])
    name = " ".join(clean(row.text("product_group"))[0].split())
    if len(name) > _LONGEST_NAME:
        message = _LONG_NAME[faults.language].format(limit=_LONGEST_NAME)
        faults.add(row.line, "product_group", message)
    return name


def _sums(pairs: Iterable[tuple[_Key, float]]) -> dict[_Key, float]:
    """Amounts added up by key, exactly: rounding at the end takes away what binary fractions leave behind."""
    found: dict[_Key, list[float]] = defaultdict(list)
    for key, amount in pairs:
        found[key].append(amount)
    return {key: round(math.fsum(amounts), 6) for key, amounts in found.items()}
