"""A row of a table, as the formulas in it see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from kamxl.document.formulas.terms import Terms, limits, literal, number, written
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
        pattern = self.part.pattern_of(key)
        cell = written(self.cell(key))
        spelt = chain.from_iterable(self.terms.spellings(pattern, c) for c in codes)
        return [f"{cell}<>{literal(text)}" for text in spelt]

    def is_one_of(self, key: str, code: str) -> str:
        """The condition that the cell shows the list's value `code`."""
        return self.terms.is_one_of(self.part.pattern_of(key), self.cell(key), [code])
