"""The revenue history: what each account bought, by product group and year.

A list of ``account_id``, ``product_group``, ``year`` and ``revenue``; several rows of the same group and year are added
up exactly (0.1 + 0.2 is 0.3). Instead of the last two there may be a column for each year: *Umsatz 2024*, *Umsatz
2025*. Rows that add up others are left out and told. Account numbers that differ by leading zeros alone are one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.wording import amount as money
from kamxl.generation.amounts import AmountReader, other_currency
from kamxl.generation.faults import Faults, listed, wrong
from kamxl.generation.headings import REVENUE, called, column, plain
from kamxl.generation.inputs import InputRow, InputTable, read_table
from kamxl.generation.keys import account_number
from kamxl.generation.sums import is_sum
from kamxl.generation.units import split_unit
from kamxl.generation.years import is_business_year, year_in, year_of
from kamxl.spelling import account_key, fold
from kamxl.texts import Text
from kamxl.xlsx.book import Cell

_REVENUE = "revenue"
_LONGEST_NAME = 80
_Key = TypeVar("_Key")

_MISSING = Text(de="Die Angabe fehlt.", en="The entry is missing.")
_NO_YEAR = Text(
    de="„{value}“ ist keine Jahreszahl zwischen 1900 und 2100.",
    en="“{value}” is no year between 1900 and 2100.",
)
_LONG_NAME = Text(
    de="Der Name ist länger als {limit} Zeichen. Bitte kürzen.",
    en="The name has more than {limit} characters. Please shorten it.",
)
_SUMS = Text(
    de="{file}: Summenzeilen wurden nicht übernommen ({count}): {rows}.",
    en="{file}: Rows with sums were left out ({count}): {rows}.",
)
_SUM = Text(
    de="Zeile {line} („{text}“, {amount})", en="line {line} (“{text}”, {amount})"
)
_SHOWN = Text(
    de="{file}: Diese Beträge wurden so gelesen, wie die Zelle sie zeigt: {rows}.",
    en="{file}: These amounts were read as their cells show them: {rows}.",
)
_READ = Text(
    de="Zeile {line} („{text}“ = {amount})", en="line {line} (“{text}” = {amount})"
)
_BUSINESS_YEARS = Text(
    de="{file}: Geschäftsjahre wie „{text}“ wurden ihrem ersten Jahr zugeordnet ({year}).",
    en="{file}: Business years such as “{text}” were taken as their first year ({year}).",
)

_ACCOUNT_LIST = Text(
    de="{file}: Das ist die Kundenliste. Sie gehört hinter --accounts; hinter --revenue gehört die Umsatzliste mit "
    "Kundennummer, Produktgruppe, Jahr und Umsatz.",
    en="{file}: This is the account list. It belongs behind --accounts; behind --revenue belongs the revenue list with "
    "account number, product group, year and revenue.",
)


def in_euros(_: str) -> str:
    """The currency that is expected of every account where nothing else is known."""
    return "EUR"


@dataclass(frozen=True)
class RevenueHistory:
    """Revenue by account, product group and year.

    Attributes:
        amounts: by account number as written, then by key of the product group and year.
        names: of the product groups as first written, by key.
        file: name of the list.
        unknown: headings of columns that were left out.
        unstated: accounts with an amount whose currency nothing says.
        notices: what is to be told about the reading.
        headings: those of the columns that were used, by key.
    """

    amounts: Mapping[str, Mapping[tuple[str, int], float]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    unknown: tuple[str, ...] = ()
    unstated: frozenset[str] = frozenset()
    notices: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    def of(self, account_id: str) -> Mapping[tuple[str, int], float]:
        """Revenue of one account by key of the product group and year; empty where none is known."""
        return self._by_key.get(account_key(account_id), {})

    @cached_property
    def _by_key(self) -> dict[str, dict[tuple[str, int], float]]:
        """The amounts of accounts that are one, whatever their case and leading zeros."""
        pairs: dict[str, list[tuple[tuple[str, int], float]]] = defaultdict(list)
        for account, found in self.amounts.items():
            pairs[account_key(account)] += found.items()
        return {key: _sums(one) for key, one in pairs.items()}

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
        return (pair for found in self.amounts.values() for pair in found.items())


NO_HISTORY = RevenueHistory()


def group_key(name: str) -> str:
    """What makes a product group the same, however it is spelled."""
    return fold(name)


def _year_of_heading(heading: str) -> str:
    """The year of a heading such as *Umsatz 2024 (T€)* or *2024*; empty for any other."""
    name = split_unit(heading)[0]
    year = year_in(name)
    words = plain("".join(filter(lambda char: not char.isdigit(), name)))
    known = {"", *map(plain, REVENUE[_REVENUE])}
    return str(year) if year and words in known else ""


COLUMNS = (
    column(
        "account_id", Text("Kundennummer", "Account number"), REVENUE, required=True
    ),
    column(
        "product_group", Text("Produktgruppe", "Product group"), REVENUE, required=True
    ),
    column("year", Text("Jahr", "Year"), REVENUE, required=True),
    replace(
        column(_REVENUE, Text("Umsatz", "Revenue"), REVENUE, required=True),
        parted=_year_of_heading,
        covers=("year",),
    ),
    column("currency", Text("Währung", "Currency"), REVENUE),
)
"""The columns of a revenue list."""


def read_history(
    path: Path,
    language: str,
    currency_of: Callable[[str], str] = in_euros,
    own: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> RevenueHistory:
    """Read a revenue history (CSV or XLSX).

    Args:
        path: of the list.
        language: of the messages.
        currency_of: the ISO code of an account's plan, by `account_key` of its number; amounts that say another
            are refused.
        own: the company's own headings, by column.

    Raises:
        InputError: the list cannot be read or values are wrong; file, line and column are named.
    """
    table = read_table(path, called(COLUMNS, own), language, _ACCOUNT_LIST)
    reading = _Reading(table, language, currency_of)
    for row in table.rows:
        reading.take(row)
    table.faults.stop()
    return reading.history()


class _Reading:
    """What is gathered row by row."""

    def __init__(
        self, table: InputTable, language: str, currency_of: Callable[[str], str]
    ) -> None:
        self.table, self.language, self.currency_of = table, language, currency_of
        self.faults: Faults = table.faults
        self.columns = [key for key in table.headings if key.startswith(_REVENUE)]
        self.by_row = "year" in table.headings and len(self.columns) == 1
        headings = {key: table.headings[key] for key in self.columns}
        self.reader = AmountReader(headings, table.cells(self.columns), language)
        self.naming = [
            "account_id",
            "product_group",
            *(["year"] if self.by_row else []),
        ]
        self.groups = table.names("product_group")
        self.known = self.groups | table.names("account_id") | table.names("year")
        self.amounts: dict[str, list[tuple[tuple[str, int], float]]] = defaultdict(list)
        self.names: dict[str, str] = {}
        self.unstated: set[str] = set()
        self.sums: list[str] = []
        self.asked: dict[str, bool] = {"": False}
        self.shown: list[str] = []
        self.business_years: dict[str, int] = {}

    def take(self, row: InputRow) -> None:
        """Add the amounts of a row, or say what is wrong with it."""
        name_of_sum = self._sum(row)
        if name_of_sum:
            self._leave_out(row, name_of_sum)
            return
        account = self._account(row)
        group = self._group(row)
        for key, year in self._years(row):
            amount = self._amount(row, key, account)
            if year and group and account and amount is not None:
                self.amounts[account].append(((group_key(group), year), amount))
        if group:
            self.names.setdefault(group_key(group), group)

    def _sum(self, row: InputRow) -> str:
        """What names the row as one that adds up others; empty for any other."""
        texts = [row.text("account_id"), row.text("year")]
        # A list of nothing but totals has its totals for a product group.
        if len(self.groups) > 1:
            texts.append(row.text("product_group"))
        # A whole row may stand beside any text, such as a customer called Total.
        if not all(map(row.text, self.naming)):
            texts += row.beside
        return next(filter(self._is_sum, texts), "")

    def _is_sum(self, text: str) -> bool:
        """Whether a text names a sum; the same few stand in thousands of rows."""
        if text not in self.asked:
            self.asked[text] = is_sum(text, self.known)
        return self.asked[text]

    def _leave_out(self, row: InputRow, text: str) -> None:
        amounts = (row.text(key) for key in self.columns)
        told = _SUM[self.language].format(
            line=row.line, text=text, amount=" / ".join(filter(None, amounts)) or "–"
        )
        self.sums.append(told)

    def _account(self, row: InputRow) -> str:
        cell = row.cells.get("account_id")
        if cell is None:
            self._missing(row, "account_id")
            return ""
        account, fault = account_number(cell)
        if fault:
            self.faults.add(row.line, "account_id", fault)
        return account

    def _group(self, row: InputRow) -> str:
        if "product_group" not in row.cells:
            self._missing(row, "product_group")
        name = " ".join(clean(row.text("product_group")).text.split())
        if len(name) > _LONGEST_NAME:
            self.faults.add(
                row.line, "product_group", wrong(_LONG_NAME, limit=_LONGEST_NAME)
            )
        return name

    def _missing(self, row: InputRow, key: str) -> None:
        if (row.line, key) not in self.faults.spoilt:
            self.faults.add(row.line, key, wrong(_MISSING))

    def _years(self, row: InputRow) -> Iterator[tuple[str, int | None]]:
        """The columns of amounts, each with its year."""
        if not self.by_row:
            for key in self.columns:
                part = key.partition(" ")[2]
                yield key, int(part) if part else None
            return
        cell = row.cells.get("year")
        year = year_of(cell) if cell else None
        if cell is None:
            self._missing(row, "year")
        elif year is None:
            self.faults.add(row.line, "year", wrong(_NO_YEAR, value=row.text("year")))
        elif is_business_year(row.text("year")):
            self.business_years.setdefault(row.text("year"), year)
        yield self.columns[0], year

    def _amount(self, row: InputRow, key: str, account: str) -> float | None:
        """The revenue of a row; None where the cell is empty or wrong."""
        cell: Cell | None = row.cells.get(key)
        if cell is None:
            return None
        amount = self.reader.read(key, cell, row.cells.get("currency"))
        expected = self.currency_of(account_key(account))
        fault = amount.fault or other_currency(amount, cell.raw, expected)
        if fault:
            self.faults.add(row.line, key, fault)
        elif not amount.currency:
            self.unstated.add(account)
        if amount.shown and amount.value is not None:
            gaps = {"line": row.line, "text": amount.shown}
            read = money(amount.value, self.language)
            self.shown.append(_READ[self.language].format(**gaps, amount=read))
        return None if fault else amount.value

    def history(self) -> RevenueHistory:
        """All that was taken."""
        return RevenueHistory(
            {key: _sums(pairs) for key, pairs in self.amounts.items()},
            self.names,
            self.table.file,
            self.table.unknown,
            frozenset(self.unstated),
            (*self.table.notices, *self._notices()),
            self.table.headings,
        )

    def _notices(self) -> Iterator[str]:
        file = self.table.file
        if self.sums:
            yield _SUMS[self.language].format(
                file=file, count=len(self.sums), rows=listed(self.sums, 5)
            )
        if self.shown:
            yield _SHOWN[self.language].format(file=file, rows=listed(self.shown))
        for text, year in list(self.business_years.items())[:1]:
            yield _BUSINESS_YEARS[self.language].format(file=file, text=text, year=year)


def _sums(pairs: Iterable[tuple[_Key, float]]) -> dict[_Key, float]:
    """Amounts added up by key, exactly: rounding at the end takes away what binary fractions leave behind."""
    found: dict[_Key, list[float]] = defaultdict(list)
    for key, amount in pairs:
        found[key].append(amount)
    return {key: round(math.fsum(amounts), 6) for key, amounts in found.items()}
