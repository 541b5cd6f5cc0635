"""The frozen specification of a document, which everything else reads.

A `DocumentSpec` holds sheets, their sections, fields and figures, for one profile and one company's standard, in both
languages. `kamxl.document.compiling` makes it from the declared models; layout, drawing, reading, checks, portfolio
and the data dictionary know a document only through it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from kamxl.document.keys import closings
from kamxl.document.paths import Pattern, pattern_of
from kamxl.document.schema import (
    Column,
    FieldSpec,
    FigureSpec,
    MatrixSpec,
    Part,
    Section,
    TableSpec,
)
from kamxl.document.standard import Option, Standard
from kamxl.document.vocabulary import Document
from kamxl.texts import Text


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its sections in printed order and the figures that stand for the whole sheet."""

    key: str
    number: int | None
    title: Text
    guidance: Text
    sections: tuple[Section, ...]
    figures: tuple[FigureSpec, ...]

    def name(self, language: str) -> str:
        """The sheet's tab: ``5 Offene Projekte``."""
        title = self.title[language]
        return title if self.number is None else f"{self.number} {title}"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A column of the hidden sheet in which a column of `table` stands row by row, with room for inserted rows."""

    table: TableSpec
    column: int
    first: int = 2

    @property
    def places(self) -> range:
        """The numbers of the rows that there is room for."""
        return range(self.table.count + _INSERTED)

    @property
    def last(self) -> int:
        """The last row of the column."""
        return self.first + len(self.places) - 1


_INSERTED = 50  # rows of a table that people may insert
_Patterned = TypeVar("_Patterned", FieldSpec, FigureSpec, Part)
_Standard_co = TypeVar("_Standard_co", bound=Standard, covariant=True)


@dataclass(frozen=True)
class DocumentSpec(Generic[_Standard_co]):
    """The whole document for one profile and one company's standard."""

    sheets: tuple[SheetSpec, ...]
    settings: _Standard_co
    model: type[Document]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All sections in printed order."""
        sections = (sheet.sections for sheet in self.sheets)
        return tuple(chain.from_iterable(sections))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all sections."""
        parts = (section.parts for section in self.sections)
        return tuple(chain.from_iterable(parts))

    @cached_property
    def tables(self) -> tuple[TableSpec, ...]:
        """All tables in printed order."""
        return tuple(s for s in self.sections if isinstance(s, TableSpec))

    @cached_property
    def matrices(self) -> tuple[MatrixSpec, ...]:
        """All matrices in printed order."""
        return tuple(s for s in self.sections if isinstance(s, MatrixSpec))

    def sheet(self, key: str) -> SheetSpec:
        """The sheet of this key. Raises `KeyError`."""
        return self._sheets[key]

    def find(self, pattern: str) -> Part | None:
        """The form, table or side under a pattern such as ``opportunities.open``, or `None`."""
        return self._parts.get(pattern)

    def table(self, pattern: str) -> TableSpec:
        """The table of this pattern. Raises `KeyError`."""
        found = self._parts[pattern]
        if not isinstance(found, TableSpec):
            raise KeyError(pattern)
        return found

    def field(self, path: str) -> FieldSpec:
        """The field of a path or pattern. Raises `KeyError` where the profile has no such field."""
        return self.fields[pattern_of(path)]

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """Every input field by its pattern, in document order."""
        return _by_pattern(section.fields for section in self.sections)

    @cached_property
    def figures(self) -> dict[str, FigureSpec]:
        """Every computed figure by its pattern, in document order."""
        owners = [owner for sheet in self.sheets for owner in (*sheet.sections, sheet)]
        return _by_pattern(owner.figures for owner in owners)

    @cached_property
    def closing(self) -> dict[str, tuple[TableSpec, str, str]]:
        """Every figure below a table by its path: the table, `TOTAL` or `GROWTH`, the column."""
        found: dict[str, tuple[TableSpec, str, str]] = {}
        for table in self.tables:
            rows = closings(table).items()
            found |= {path: (table, suffix, key) for path, (suffix, key) in rows}
        return found

    @cached_property
    def gathered(self) -> dict[Pattern, Gathered]:
        """The table columns that are kept once more on the hidden sheet, with their place there."""
        found: dict[Pattern, Gathered] = {}
        for table in self.tables:
            figures = [figure for figure in table.figures if figure.computed.gathers]
            for figure in figures if table.takes_rows else ():
                beside = map(table.pattern_of, figure.computed.gathers)
                for pattern in (figure.pattern, *beside):
                    found.setdefault(pattern, Gathered(table, len(found) + 1))
        return found

    @cached_property
    def below(self) -> dict[str, tuple[str, ...]]:
        """The paths of all figures below each table, by the table's pattern."""
        return {table.pattern: tuple(closings(table)) for table in self.tables}

    def options_of(self, path: str) -> tuple[Option, ...]:
        """All codes that a figure may have, with their labels; empty where its value is printed as it is."""
        figure = self.figures.get(pattern_of(path))
        if figure is None:
            return ()
        repeated = figure.computed.same_as
        return self.options_of(repeated) if repeated else figure.options

    @cached_property
    def sheet_of(self) -> dict[str, SheetSpec]:
        """The sheet of each field and figure, by pattern."""
        columns: tuple[Column, ...] = (*self.fields.values(), *self.figures.values())
        return {c.pattern: self.sheet(c.pattern.sheet) for c in columns}

    @cached_property
    def shown_rows(self) -> dict[str, int]:
        """How many rows are seen at first in each table that may grow, and people on each side of a matrix."""
        found: dict[str, int] = {t.pattern: t.shown for t in self.tables if t.grows}
        sides = [side for matrix in self.matrices for side in matrix.sides]
        return found | {side.pattern: side.shown for side in sides}

    @cached_property
    def _sheets(self) -> dict[str, SheetSpec]:
        return {sheet.key: sheet for sheet in self.sheets}

    @cached_property
    def _parts(self) -> dict[str, Part]:
        return _by_pattern([self.parts])


def _by_pattern(groups: Iterable[Iterable[_Patterned]]) -> dict[str, _Patterned]:
    return {each.pattern: each for each in chain.from_iterable(groups)}
