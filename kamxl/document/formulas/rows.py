"""A row of a table, as the formulas in it see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamxl.document.formulas.terms import Terms, limits, number

__all__ = ["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """Row `index` of the table (or of one side of the contact matrix) with the pattern `table`."""

    terms: Terms
    table: str
    index: int

    def cell(self, key: str) -> str:
        """The row's cell in the column `key`."""
        return self.terms.cell(f"{self.table}[{self.index}].{key}")

    def valid(self, key: str) -> str:
        """The conditions that the cell holds a number within the field's limits."""
        cell = self.cell(key)
        low, high = limits(self.terms.field(f"{self.table}[].{key}"))
        return f"ISNUMBER({cell}),{cell}>={number(low)},{cell}<={number(high)}"

    def is_none_of(self, key: str, codes: Iterable[str]) -> list[str]:
        """The conditions that the cell shows none of the list's values `codes`."""
        cell = self.cell(key)
        labels = self.terms.labels(f"{self.table}[].{key}", codes)
        return [f"{cell}<>{label}" for label in labels]
