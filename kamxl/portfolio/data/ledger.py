"""The plans of a folder, each with its figures, its owner and what its money is worth."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kamxl.checks.check import Checked
from kamxl.document.figures import FigureValue, figures
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.columns import Column

__all__ = ["Account", "Ledger", "Row", "money_sum"]

Row = dict[str, Any]
"""One row of a table by column; a missing value is `None`."""


@dataclass(frozen=True)
class Account:
    """One plan: where it comes from, its figures by path, and the rate of its currency (`None` where unknown)."""

    source: Source
    checked: Checked
    figures: Mapping[str, FigureValue]
    currency: str
    rate: float | None

    @property
    def spec(self) -> PlanSpec:
        """The specification the plan was read under."""
        return self.checked.spec

    @property
    def owner(self) -> Row:
        """The first columns of every row of this plan."""
        values = self.checked.values
        return {
            "account_id": values.get("cover.account_id")
            or self.checked.identity.account_id
            or None,
            "company": values.get("cover.company"),
            "key_account_manager": values.get("cover.key_account_manager"),
        }

    def value(self, path: str) -> Any:
        """An entry or a figure by its path; `None` where there is none."""
        found = self.checked.values.get(path)
        return self.figures.get(path) if found is None else found

    def trace(self, paths: Sequence[str]) -> Row:
        """The last columns of a row: its currency, its file, and the first cell that holds something of it."""
        cells, values = self.checked.cells, self.checked.values
        place = next(
            (cells[path] for path in paths if path in values and path in cells), None
        )
        sheet, cell = place or next(
            (cells[path] for path in paths if path in cells), ("", "")
        )
        return {
            "currency": self.currency,
            "file": self.source.name,
            "sheet": sheet or None,
            "cell": cell or None,
        }

    def reported(self, row: Row, columns: Iterable[Column]) -> Row:
        """`row` with each amount once more in the reporting currency, to the cent."""
        for column in columns:
            amount = row.get(column.path)
            known = isinstance(amount, int | float) and self.rate is not None
            row[column.key] = (
                round(amount * (self.rate or 0.0), 2)
                if known and isinstance(amount, int | float)
                else None
            )
        return row


@dataclass(frozen=True)
class Ledger:
    """All plans with what it takes to lay them out as tables."""

    accounts: tuple[Account, ...]
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
            currency = str(
                checked.values.get("cover.currency") or checked.spec.settings.currency
            )
            found = figures(checked.plan, checked.spec, today)
            accounts.append(
                Account(source, checked, found, currency, settings.rate(currency))
            )
        return cls(tuple(accounts), settings, tuple(specs))


def money_sum(amounts: Iterable[float | None]) -> float | None:
    """The sum of the known amounts, exact to the cent; `None` where none is known."""
    known = [amount for amount in amounts if amount is not None]
    return round(math.fsum(known), 2) if known else None
