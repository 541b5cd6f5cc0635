"""Rows of tables by their place, on the hidden sheet: there an inserted row, without a formula of its own, counts too.

The k-th line of a column works out what the declaration writes for the k-th row that stands in the table now. For
example ``controlling.targets[].attainment`` reads the actual value of the third row as ``INDEX(actual,4)``, because the
range of a column begins with its head; beyond the last row the line stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import Terms, guarded, when
from kamxl.document.layout.layout import Layout
from kamxl.document.schema import FigureSpec
from kamxl.document.spec import Gathered


class PlaceTerms(RowTerms):
    """The row that stands at place `index` of a table, whether it was drawn or inserted."""

    def cell(self, key: str) -> str:
        """The cell of the row in the column `key`."""
        column = self.terms.column(self.part.pattern_of(key))
        return f"INDEX({column},{self.index + 2})"


def gathered_formulas(layout: Layout) -> Iterator[tuple[int, int, str]]:
    """Row, column and formula of each cell of the hidden sheet that works out a row by its place."""
    terms = Terms(layout)
    for pattern, spot in layout.spec.gathered.items():
        for index in spot.places:
            formula = _at(terms, spot, pattern.rpartition(".")[2], index)
            yield spot.first + index, spot.column, formula


def _at(terms: Terms, spot: Gathered, key: str, index: int) -> str:
    """What stands in the column `key` of a row, or what is worked out there."""
    row, column = PlaceTerms(terms, spot.table, index), spot.table[key]
    if isinstance(column, FigureSpec) and column.computed.formula is not None:
        return column.computed.formula(row)
    cell = row.cell(key)
    return guarded(when(f"ISNUMBER({cell})", cell))
