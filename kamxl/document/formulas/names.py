"""Rows that repeat the names of another table belong to the name, wherever its row was sorted to.

In the table *Umsatz nach Produktgruppen* people may sort the rows and rename a group. Each row of the tables that
repeat its names looks for its own name as it was generated: with *Dosierpumpen* now in the fourth row, the demand of
*Dosierpumpen* still stands beside that name and is divided by the forecast of that row. Only where the name is not
there any more, because somebody renamed the group, the row in the original place counts. References to other rows are
absolute, so that these tables may be sorted too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kamxl.document.formulas.terms import EMPTY, Terms, literal, when
from kamxl.document.layout.layout import Layout
from kamxl.document.paths import Pattern
from kamxl.document.schema import TableSpec
from kamxl.document.spec import DocumentSpec


def origin_of(spec: DocumentSpec[Any], table: TableSpec) -> TableSpec | None:
    """The table in which the names are entered that `table` repeats; `None` where it has names of its own."""
    if table.editable or not table.source:
        return None
    origins = (other for other in spec.tables if other.editable)
    return next((other for other in origins if other.source == table.source), None)


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Row `index` of `table`, which bears the name of a row of `origin`, as the formulas of `table` find that one."""

    terms: Terms
    table: TableSpec
    origin: TableSpec
    index: int

    def shown(self) -> str:
        """The formula of the name: as generated while some row has it, else what stands in the original place."""
        cell = self._in_place(self.origin.editable or "")
        now = when(f'{cell}=""', EMPTY, cell)
        if len(self.origin.rows) == 1:
            return f"={now}"  # which cannot be sorted
        own = literal(self.origin.rows[self.index].label[self.terms.language])
        return f"={when(f'SUMPRODUCT(({self._names}={own})*1)>0', own, now)}"

    def known(self, key: str) -> str:
        """The condition that one row of the name, and only one, holds a number in the column `key`."""
        if len(self.origin.rows) == 1:
            return f'{self._name}<>"",ISNUMBER({self._in_place(key)})'
        entered = self.terms.entered(self._pattern(key))
        return f"SUMPRODUCT(({self._names}={self._name})*{entered})=1"

    def value(self, key: str) -> str:
        """The number in the column `key`."""
        if len(self.origin.rows) == 1:
            return self._in_place(key)
        column = self.terms.column(self._pattern(key))
        return f"SUMPRODUCT(({self._names}={self._name})*1,{column})"

    @property
    def _name(self) -> str:
        """The cell in which the row's own name stands."""
        return self.terms.row_name(self.table.pattern, self.index)

    @property
    def _names(self) -> str:
        return self.terms.column(self._pattern(self.origin.editable or ""))

    def _in_place(self, key: str) -> str:
        return self.terms.absolute(self._pattern(key).at(self.index))

    def _pattern(self, key: str) -> Pattern:
        return self.origin.pattern_of(key)


def repeated_names(layout: Layout) -> dict[str, str]:
    """Formulas that repeat the names of rows from the table where they are edited, by row (``revenue.wallet[2]``)."""
    return {path: row.shown() for path, row in _repeating(layout)}


def names_shown(layout: Layout, values: Mapping[str, Any]) -> dict[str, str]:
    """What those formulas give, by row; `values` are the entries by path."""
    found: dict[str, str] = {}
    for path, row in _repeating(layout):
        pattern = row.origin.pattern_of(row.origin.editable or "")
        names = [str(values.get(pattern.at(i)) or "") for i in range(row.origin.count)]
        own = row.origin.rows[row.index].label[layout.language]
        is_there = own.lower() in map(str.lower, names)
        found[path] = own if is_there else names[row.index]
    return found


def _repeating(layout: Layout) -> Iterator[tuple[str, NamedRow]]:
    """The rows whose names are repeated by formula, by their paths."""
    for table in layout.spec.tables:
        origin = origin_of(layout.spec, table)
        if origin is not None:
            terms = Terms(layout, table.sheet)
            for index in range(table.count):
                yield f"{table.pattern}[{index}]", NamedRow(terms, table, origin, index)
