"""The plans of a folder, each with its figures, its owner and what its money is worth; and what any row can tell."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kamxl.checks.checked import Checked
from kamxl.checks.side_by_side import currency_of
from kamxl.document.figures import FigureValue, figures
from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.schema import TableSpec
from kamxl.plan.document import PlanSpec
from kamxl.plan.opportunities import CLOSED_STAGES
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.columns import OWNER, REPORTING, TRACE, DataColumn
from kamxl.spelling import fold, usual_spelling

_Key = TypeVar("_Key")
_TRACED = [column.key for column in TRACE]

Row = dict[str, Any]
"""One row of a table by column; a missing value is `None`."""


@dataclass(frozen=True)
class LedgerAccount:
    """One plan: where it comes from, its figures by path, its currency and the rate of it (`None` where unknown)."""

    source: Source
    checked: Checked
    figures: Mapping[str, FigureValue]
    currency: str | None
    rate: float | None

    @property
    def spec(self) -> PlanSpec:
        """The specification the plan was read under."""
        return self.checked.spec

    @property
    def owner(self) -> Row:
        """The first columns of every row of this plan."""
        return owner_of(self.source)

    def value(self, path: str) -> Any:
        """An entry or a figure by its path; `None` where there is none."""
        found = self.checked.values.get(path)
        return self.figures.get(path) if found is None else found

    def values(self, paths: Mapping[str, str]) -> Row:
        """Entries or figures by the names given to their paths."""
        return {name: self.value(path) for name, path in paths.items()}

    def trace(self, paths: Iterable[str]) -> Row:
        """The last columns of a row: its currency, its file, and the first cell that holds something of it."""
        cells, values = self.checked.cells, self.checked.values
        known = list(filter(cells.__contains__, paths))
        # An entry comes before what stands beside it.
        first = next(filter(values.__contains__, known), next(iter(known), ""))
        place = cells.get(first, (None, None))
        trace = (self.currency, self.source.name, *place)
        return dict(zip(_TRACED, trace, strict=True))

    def reported(self, row: Row, columns: Iterable[DataColumn]) -> Row:
        """`row` with each amount once more in the reporting currency.

        It is not rounded: what is rounded before it is summed gives another total on every sheet.
        """
        for column in columns:
            value = row.get(column.path)
            row[column.key] = None
            if self.rate is not None and isinstance(value, int | float):
                row[column.key] = value * self.rate
        return row

    def used(self, pattern: str) -> list[tuple[int, Any]]:
        """The rows of a table that somebody has filled in, with their numbers: each is a row in every count."""
        part = self.spec.find(pattern)
        if not isinstance(part, TableSpec):
            return []
        rows = enumerate(rows_at(self.checked.plan, pattern))
        return [(index, row) for index, row in rows if is_used(row, part, index)]


@dataclass(frozen=True)
class Ledger:
    """All plans with what it takes to lay them out as tables."""

    accounts: tuple[LedgerAccount, ...]
    settings: Settings
    specs: tuple[PlanSpec, ...]

    @classmethod
    def of(
        cls,
        collection: Collection,
        settings: Settings,
        today: dt.date,
        specs: Sequence[PlanSpec],
    ) -> Ledger:
        """The plans of a collection."""
        accounts = []
        for source, checked in collection.plans:
            currency = currency_of(checked)
            found = figures(checked.plan, checked.spec, today, checked.off_scale)
            rate = settings.rate(currency) if currency else None
            accounts.append(LedgerAccount(source, checked, found, currency, rate))
        return cls(tuple(accounts), settings, tuple(specs))


def owner_of(source: Source) -> Row:
    """Whose row it is, by a plan's values; the account's number also as its workbook was made for it."""
    values = source.checked.values if source.checked else {}
    row = {column.key: values.get(column.path) for column in OWNER}
    known_id = getattr(source.identity, "account_id", None)
    row["account_id"] = row["account_id"] or known_id or None
    return row


def named(row: Row) -> str:
    """What an account is called in print."""
    return str(next(filter(None, map(row.get, ("company", "account_id", "file"))), ""))


def amount(row: Row, key: str) -> float | None:
    """An amount of a row in the reporting currency."""
    value = row.get(key + REPORTING)
    return float(value) if isinstance(value, int | float) else None


def each(rows: Iterable[Row], key: str) -> list[Any]:
    """What stands in a column of these rows."""
    return [row.get(key) for row in rows]


def numbers(values: Iterable[object]) -> list[float]:
    """Those of the values that are numbers."""
    return [value for value in values if isinstance(value, int | float)]


def amount_sum(rows: Iterable[Row], key: str) -> float | None:
    """The sum of an amount over rows, in the reporting currency, not rounded; `None` where none is known."""
    known = numbers(each(rows, key + REPORTING))
    return math.fsum(known) if known else None


def largest_first(key: str, row: Row) -> tuple[float, str]:
    """Sorts rows by an amount in the reporting currency, the largest first."""
    return -(amount(row, key) or 0.0), named(row)


def least_first(key: str, row: Row) -> tuple[object, ...]:
    """Sorts rows by a number, the least first and those without one last."""
    value = row.get(key)
    return value is None, value or 0.0, named(row)


def is_open(row: Row) -> bool:
    """Whether a project still belongs to the pipeline."""
    return row.get("stage") not in CLOSED_STAGES


def grouped(rows: Iterable[Row], key: Callable[[Row], _Key]) -> dict[_Key, list[Row]]:
    """The rows by what `key` says of them, in the order in which that first comes up."""
    groups: dict[_Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def by_name(rows: Iterable[Row], name: Callable[[Row], str]) -> dict[str, list[Row]]:
    """The rows by a name, whose spellings are one under the usual one."""
    groups = grouped(rows, lambda row: fold(name(row)))
    return {usual_spelling(map(name, found)): found for found in groups.values()}


def money_sum(amounts: Iterable[float | None]) -> float | None:
    """The sum of the known amounts, to the cent; `None` where none is known.

    However the amounts are grouped, the same ones give the same sum: products with a rate differ in their last
    digits, and those are gone before half a cent is rounded up.
    """
    known = numbers(amounts)
    return round(round(math.fsum(known), 6), 2) if known else None
