"""A row of a table, as the formulas in it see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamxl.document.formulas.terms import Terms, limits, number
from kamxl.document.schema import Part


@dataclass(frozen=True, slots=True)
class RowTerms:
    """Row `index` of a table, or of one side of a matrix."""

    terms: Terms
    part: Part
    index: int

    @property
    def table(self) -> str:
        """The pattern of the table."""
        return self.part.pattern

    def cell(self, key: str) -> str:
        """The row's cell in the column `key`."""
        return self.terms.cell(self.part.pattern_of(key).at(self.index))

    def valid(self, key: str) -> str:
        """The conditions that the cell holds a number within the field's limits."""
        cell = self.cell(key)
        low, high = limits(self.terms.field(self.part.pattern_of(key)))
        return f"ISNUMBER({cell}),{cell}>={number(low)},{cell}<={number(high)}"

    def is_none_of(self, key: str, codes: Iterable[str]) -> list[str]:
        """The conditions that the cell shows none of the list's values `codes`."""
        cell = self.cell(key)
        labels = self.terms.labels(self.part.pattern_of(key), codes)
        return [f"{cell}<>{label}" for label in labels]
