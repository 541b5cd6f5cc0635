"""All plans of a folder as tables: one row per account, per product group and year, per project, measure and contact.

`build_tables(collection, settings, today)` gives the frames that the portfolio workbook draws and ``--export``
writes. Values are neutral: codes instead of labels, money as it stands in the plan's currency, with a second
column (``…_reporting``) in the reporting currency. A missing exchange rate leaves that column empty. Every row knows
its file, sheet and cell.

The seven tables other programs rely on are `accounts`, `revenue`, `opportunities`, `measures`, `contacts`, `findings`
and `sources`; every further table of the plan follows under its path (``projects_lost``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pandas as pd

from kamxl.document.identity import schema_hash
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.portfolio import wording
from kamxl.portfolio.data.accounts import (
    REVENUE_TOTALS,
    account_table,
    ranking_basis,
)
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.columns import DataColumn, by_key
from kamxl.portfolio.data.entries import (
    Drawn,
    contact_tables,
    entry_tables,
    revenue_table,
)
from kamxl.portfolio.data.ledger import Ledger, Row, each, is_open, largest_first
from kamxl.portfolio.data.records import finding_table, source_table
from kamxl.texts import Language, Text

NAMED = (
    "accounts",
    "revenue",
    "opportunities",
    "measures",
    "contacts",
    "findings",
    "sources",
)
"""Tables whose names and first columns never change."""

_DTYPES = {
    **dict.fromkeys((Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.SCORE), "Float64"),
    **dict.fromkeys((Kind.INTEGER, Kind.IMPORTANCE), "Int64"),
    Kind.DATE: "object",
}


@dataclass(frozen=True)
class DataTable:
    """A frame and what its columns mean."""

    key: str
    columns: tuple[DataColumn, ...]
    rows: tuple[Row, ...]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows as pandas sees them: text, Float64, Int64, dates as dates, missing values as NA."""
        names = list(self._by_key)
        frame = pd.DataFrame(list(self.rows), columns=names, dtype=object)
        for column in self.columns:
            dtype: Any = _DTYPES.get(column.kind, "string")
            frame[column.key] = frame[column.key].astype(dtype)
        return frame

    def column(self, key: str) -> DataColumn:
        """The column of this key. Raises `KeyError`."""
        return self._by_key[key]

    def has(self, key: str) -> bool:
        """Whether there is such a column."""
        return key in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, DataColumn]:
        return by_key(self.columns)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Tables(Mapping[str, DataTable]):
    """All tables by name, the named ones first."""

    def __init__(
        self,
        tables: Mapping[str, DataTable],
        collection: Collection,
        settings: Settings,
        today: dt.date,
    ) -> None:
        self._tables = dict(tables)
        self.collection = collection
        self.settings = settings
        self.today = today

    def __getitem__(self, key: str) -> DataTable:
        return self._tables[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    @property
    def language(self) -> Language:
        """The language of what the tables are printed as."""
        return self.settings.language

    def say(self, text: Text, **gaps: object) -> str:
        """A text in that language, its gaps filled."""
        return text[self.language].format(**gaps)

    @property
    def years(self) -> list[int]:
        """The plan years of all plans, the most frequent one first."""
        years = [checked.spec.settings.year for _, checked in self.collection.plans]
        return sorted(set(years), key=lambda year: (-years.count(year), -year))

    @property
    def year(self) -> int | None:
        """The plan year of all plans; `None` where they are of several years."""
        return self.years[0] if len(self.years) == 1 else None

    @cached_property
    def open_projects(self) -> list[Row]:
        """The projects that belong to the pipeline."""
        return list(filter(is_open, self["opportunities"]))

    @cached_property
    def basis(self) -> DataColumn:
        """The revenue by which accounts are ranked."""
        accounts = self["accounts"]
        return accounts.column(REVENUE_TOTALS + ranking_basis(accounts.rows))

    @cached_property
    def ranked(self) -> list[Row]:
        """The accounts, the largest revenue first."""
        return sorted(self["accounts"], key=partial(largest_first, self.basis.key))

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each plan's file when accounts are ordered by revenue."""
        files = each(self.ranked, "file")
        return dict(zip(files, range(len(files)), strict=True))

    def money_note(self) -> str:
        """Which currency amounts are in, and whose amounts are missing."""
        settings = self.settings
        note = self.say(wording.AMOUNTS, currency=settings.reporting_currency)
        currencies = each(self["accounts"], "currency")
        lost = [each for each in currencies if not each or settings.rate(each) is None]
        if not lost:
            return note
        named = {each or self.say(wording.CURRENCY_UNKNOWN) for each in lost}
        names = ", ".join(sorted(named))
        missing = self.say(wording.RATES_MISSING, count=len(lost), currencies=names)
        return f"{note} {missing}"


def build_tables(collection: Collection, settings: Settings, today: dt.date) -> Tables:
    """The tables of all plans that can be consolidated, and of all files and findings.

    Args:
        collection: what was found.
        settings: reporting currency, exchange rates and limits of scores.
        today: the day on which a measure is overdue or not.
    """
    ledger = Ledger.of(collection, settings, today, _specs(collection, settings))
    drawn: dict[str, Drawn] = {
        "accounts": account_table(ledger),
        "revenue": revenue_table(ledger),
        "findings": finding_table(collection),
        "sources": source_table(collection),
        **dict(contact_tables(ledger)),
        **dict(entry_tables(ledger)),
    }
    tables = {}
    for key in dict.fromkeys((*NAMED, *drawn)):
        columns, rows = drawn[key]
        tables[key] = DataTable(key, columns, tuple(rows))
    return Tables(tables, collection, settings, today)


def _specs(collection: Collection, settings: Settings) -> tuple[PlanSpec, ...]:
    """The different specifications of the plans, the richest first; a company's own where there is no plan."""
    # Specifications that came from different processes are equal without being the same.
    distinct = {
        (schema_hash(spec), spec.settings.shaping_json()): spec
        for spec in collection.specs
    }
    specs = sorted(distinct.values(), key=lambda spec: -len(spec.fields))
    return tuple(specs) or (plan_spec(settings),)
