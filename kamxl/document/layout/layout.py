"""Where everything stands in the workbook: the specification → cells.

Positions are derived from the specification, never declared. `lay_out(spec, language)` stacks the sections of
each sheet as blocks and knows the cell of every path, so that drawing, formulas, filling and the tests agree
on it. For example `layout.address("opportunities.open[0].probability")` gives ``'5 Offene Projekte'!$F$12``
and `layout.column("opportunities.open[].probability")` the cells of the whole column.

Every block begins with a hidden row of column keys, and column A holds the key of each row: they travel with
the rows when somebody inserts, moves or copies, and `kamxl.document.finding.read` finds the fields by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from kamxl.document.layout.blocks import Block, MatrixBlock, TableBlock
from kamxl.document.layout.grid import (
    FIRST_COLUMN,
    ColumnSpot,
    Spot,
    folded_grid,
    is_dashboard,
    sheet_grid,
)
from kamxl.document.layout.stack import Stack
from kamxl.document.schema import FormSpec, TableSpec
from kamxl.document.spec import DocumentSpec, SheetSpec
from kamxl.errors import SpecError
from kamxl.xlsx.book import address, column_letter

TITLE_ROW = 2
GUIDANCE_ROW = 3
FROZEN_ROW = 5  # the first row that scrolls
HEAD_HEIGHTS = {1: 6.0, TITLE_ROW: 33.0, GUIDANCE_ROW: 22.0, 4: 6.0, 5: 6.0}


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: its tab name, column widths, row heights, hidden key rows and blocks from top to bottom."""

    spec: SheetSpec
    name: str
    widths: dict[int, float]
    heights: dict[int, float]
    blocks: tuple[Block, ...]
    last_column: int
    last_row: int
    first_rows: tuple[int, ...]  # where each block begins: the places for page breaks
    folded_rows: tuple[range, ...]  # block by block, until somebody needs them
    folded_columns: range

    def width(self, spot: Spot) -> float:
        """How wide a spot of the sheet is, in characters."""
        return sum(map(self.widths.__getitem__, spot.columns))

    @property
    def seen_widths(self) -> dict[int, float]:
        """The widths of the columns that are not folded away."""
        folded = self.folded_columns
        return {c: width for c, width in self.widths.items() if c not in folded}

    @property
    def seen_heights(self) -> dict[int, float]:
        """The heights of all rows, 0 where they are folded away."""
        folded = chain.from_iterable(self.folded_rows)
        return self.heights | dict.fromkeys(folded, 0.0)


@dataclass(frozen=True, eq=False)
class Layout:
    """The whole workbook: sheets in order and the spot of every path (fields, figures, totals)."""

    spec: DocumentSpec[Any]
    language: str
    sheets: tuple[SheetLayout, ...]
    spots: dict[str, tuple[SheetLayout, Spot]]
    columns: dict[str, tuple[SheetLayout, ColumnSpot]]

    def address(self, path: str) -> str:
        """The absolute cell of a path with its sheet, for use in a formula. Raises `KeyError`."""
        sheet, spot = self.spots[path]
        return f"{quoted(sheet.name)}!${column_letter(spot.column)}${spot.row}"

    def cell(self, path: str) -> str:
        """The cell of a path within its sheet: ``G14``."""
        return address(self.spots[path][1].row, self.spots[path][1].column)

    def column(self, pattern: str) -> str:
        """The absolute range of a table column's drawn entries, with its sheet. Raises `KeyError`."""
        sheet, spot = self.columns[pattern]
        letter = column_letter(spot.column)
        return f"{quoted(sheet.name)}!${letter}${spot.first}:${letter}${spot.last}"

    def sheet(self, key: str) -> SheetLayout:
        """The layout of a sheet. Raises `KeyError`."""
        for sheet in self.sheets:
            if sheet.spec.key == key:
                return sheet
        raise KeyError(key)

    def has(self, path: str) -> bool:
        """Whether the profile has this field or figure at all."""
        return path in self.spots


def title_of(layout: Layout) -> str:
    """What the document is called in its workbook: ``Key-Account-Plan 2027``."""
    spec = layout.spec
    return spec.model.title[layout.language].format(year=spec.settings.year)


def quoted(name: str) -> str:
    """A sheet name as a formula needs it."""
    return "'" + name.replace("'", "''") + "'"


def lay_out(spec: DocumentSpec[Any], language: str) -> Layout:
    """The positions of everything in a workbook of `language` (``de`` or ``en``).

    Raises:
        SpecError: the first sheet leaves no room for what a cover shows beside its form.
    """
    if not is_dashboard(spec.sheets[0]):
        raise SpecError(f"{spec.sheets[0].key}: a cover is a form of short fields")
    sheets: list[SheetLayout] = []
    spots: dict[str, tuple[SheetLayout, Spot]] = {}
    columns: dict[str, tuple[SheetLayout, ColumnSpot]] = {}
    for index, sheet in enumerate(spec.sheets):
        stack = Stack(
            sheet.key, sheet_grid(sheet, language), language, folded_grid(sheet)
        )
        _stack_blocks(stack, sheet)
        if index == 0:  # the first sheet is the cover
            stack.cover(spec)
        layout = SheetLayout(
            sheet, sheet.name(language), {FIRST_COLUMN + i: w for i, w in enumerate(stack.grid)}, stack.heights,
            tuple(stack.blocks), stack.last_column, stack.row - 1, tuple(stack.first_rows),
            _folded_rows(stack.blocks), _folded_columns(sheet),
        )  # fmt: skip
        sheets.append(layout)
        spots.update((path, (layout, spot)) for path, spot in stack.spots.items())
        columns.update((key, (layout, spot)) for key, spot in stack.columns.items())
    return Layout(spec, language, tuple(sheets), spots, columns)


def _folded_rows(blocks: Iterable[Block]) -> tuple[range, ...]:
    """The rows that are folded away at first, block by block."""
    folding = (block for block in blocks if isinstance(block, TableBlock | MatrixBlock))
    return tuple(block.folded_rows for block in folding if block.folded_rows)


def _folded_columns(sheet: SheetSpec) -> range:
    """The columns that are folded away at first."""
    folded = folded_grid(sheet)
    return range(FIRST_COLUMN + folded.start, FIRST_COLUMN + folded.stop)


def _stack_blocks(stack: Stack, sheet: SheetSpec) -> None:
    if sheet.figures:
        stack.tiles(sheet)
    for section in sheet.sections:
        if isinstance(section, FormSpec):
            stack.form(section, half=is_dashboard(sheet))
        elif isinstance(section, TableSpec):
            stack.table(section)
        else:
            stack.matrix(section)
