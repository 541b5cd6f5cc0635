"""The blocks of a plan as a workbook really holds them: what the hidden keys and the defined names say.

A marker cell such as ``@table opportunities.open`` opens a block; the key column below it names the rows, the
marker's row the columns. Where a marker is lost, `recover` puts the block together from the rest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kamxl.document.finding.expected import Expected
from kamxl.document.keys import (
    BETWEEN,
    IDENTITY_SHEET,
    LISTS_SHEET,
    MARKERS,
    is_ours,
)
from kamxl.document.marks import MARK
from kamxl.xlsx.book import Book, Cell, CellArea, DefinedName, SheetCells, address

_MARKERS = tuple(MARKERS.values())
_PAST_LAST_ROW = 1_048_577
_MOST_MARKERS = 200  # of one sheet; a plan has ten at most


class PlaceFound(NamedTuple):
    """A cell that was found."""

    sheet: SheetCells
    row: int
    column: int

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells the cell from any other of the workbook."""
        return self.sheet.name, self.row, self.column

    @property
    def address(self) -> str:
        """Where the cell is on its sheet, such as `"G14"`."""
        return address(self.row, self.column)

    @property
    def cell(self) -> Cell:
        """What stands there."""
        return self.sheet.at(self.row, self.column)


@dataclass(frozen=True, eq=False)
class FoundBlock:
    """A block in the file.

    Attributes:
        sheet: the sheet it stands on.
        keys_row: the hidden row of the column keys, 0 where it is lost.
        keys_column: the hidden column of the row keys, 0 where it is lost.
        columns: sheet column by column key.
        keys: row key by sheet row, down to the block's end.
        header_row: the row of the column labels, 0 where it must be looked for below the marker.
        last_row: the last row that may belong to the block.
        mark: of which document the sheet is, where that stands beside the block's marker.
    """

    sheet: SheetCells
    keys_row: int
    keys_column: int
    columns: dict[str, int]
    keys: dict[int, str]
    last_row: int
    header_row: int = 0
    mark: str = ""

    def is_as(self, expected: Expected) -> bool:
        """Whether every key is where it was generated, so that nothing in the block has moved."""
        return (
            (self.keys_row, self.keys_column) == expected.marker
            and self.columns == expected.columns
            and self.keys == expected.keys
        )

    def has_keys_of(self, expected: Expected) -> bool:
        """Whether the keys of rows and columns are not all lost."""
        rows, columns = self.rows.keys(), self.columns.keys()
        return bool(rows & expected.rows and columns & expected.columns.keys())

    def keyed(self, pattern: str) -> dict[int, str]:
        """The keys of a table's rows, by row."""
        start = f"{pattern}["
        return {row: key for row, key in self.keys.items() if key.startswith(start)}

    @cached_property
    def rows(self) -> dict[str, int]:
        """The first row of each row key; a form's line has one for each of its fields."""
        found: dict[str, int] = {}
        for row in sorted(self.keys):
            for key in self.keys[row].split(BETWEEN):
                found.setdefault(key, row)
        return found

    def place(self, row_key: str, column_key: str) -> PlaceFound | None:
        """The cell where a row meets a column, if both are there."""
        return self.meeting(self.rows.get(row_key), self.columns.get(column_key))

    def meeting(self, row: int | None, column: int | None) -> PlaceFound | None:
        """The cell in a row and a column, if both are there."""
        return PlaceFound(self.sheet, row, column) if row and column else None


def plan_sheets(book: Book) -> list[SheetCells]:
    """The sheets that may hold parts of a plan."""
    return [
        sheet
        for sheet in book.sheets
        if not sheet.name.lower().startswith((IDENTITY_SHEET, LISTS_SHEET))
    ]


def find_blocks(book: Book) -> dict[str, list[FoundBlock]]:
    """All blocks with a marker, by pattern; more than one where a sheet or its rows were copied."""
    found: dict[str, list[FoundBlock]] = {}
    for sheet in plan_sheets(book):
        markers = _markers(sheet)
        rows, columns = _lines(sheet, markers)
        ends = _ends(markers)
        for (row, column), text in markers.items():
            keys = _between(columns[column], row + 1, ends[row, column])
            others = [item for item in rows[row].items() if item[0] != column]
            named = {key: place for place, key in reversed(others)}  # the first counts
            mark = next((key for key in named if key.startswith(MARK)), "")
            named.pop(mark, None)
            last = max(keys, default=row)
            block = FoundBlock(sheet, row, column, named, keys, last, 0, mark)
            found.setdefault(text.partition(" ")[2], []).append(block)
    return found


def _markers(sheet: SheetCells) -> dict[tuple[int, int], str]:
    """The markers of a sheet by place, from above."""
    found: dict[tuple[int, int], str] = {}
    for place, cell in sheet.cells.items():
        value = cell.value
        # Most cells are told by their first character.
        if type(value) is str and value[0] == "@" and value.startswith(_MARKERS):
            found[place] = value
    return dict(sorted(found.items())[:_MOST_MARKERS])


def _ends(markers: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Where each block ends: at the next marker of its column."""
    ends: dict[tuple[int, int], int] = {}
    following: dict[int, int] = {}
    for row, column in sorted(markers, reverse=True):
        ends[row, column] = following.get(column, _PAST_LAST_ROW)
        following[column] = row
    return ends


def _between(texts: Mapping[int, str], first: int, end: int) -> dict[int, str]:
    """The texts of a column from one row up to another, of those that come in the rows' order."""
    rows = list(texts)
    found = rows[bisect_left(rows, first) : bisect_left(rows, end)]
    return {row: texts[row] for row in found}


def _lines(
    sheet: SheetCells, markers: Iterable[tuple[int, int]]
) -> tuple[dict[int, dict[int, str]], dict[int, dict[int, str]]]:
    """The texts of the markers' rows by column, and those of their columns by row, in their order."""
    rows: dict[int, dict[int, str]] = {row: {} for row, _ in markers}
    columns: dict[int, dict[int, str]] = {column: {} for _, column in markers}
    for (row, column), cell in sheet.cells.items():
        text = cell.value
        if type(text) is not str:
            continue
        if row in rows:
            rows[row][column] = text
        if column in columns:
            columns[column][row] = text
    return _in_order(rows), _in_order(columns)


def _in_order(lines: Mapping[int, Mapping[int, str]]) -> dict[int, dict[int, str]]:
    return {number: dict(sorted(line.items())) for number, line in lines.items()}


class Names:
    """The areas that our defined names stand for, by pattern.

    A copied sheet brings names of its own; they count only where the workbook's is gone, and only if there is one.
    """

    def __init__(self, book: Book) -> None:
        self._sheets = {sheet.name: sheet for sheet in book.sheets}
        self._named: dict[str | None, list[DefinedName]] = {}
        for name in book.names.values():
            self._named.setdefault(is_ours(name.name), []).append(name)
        self._areas: dict[str, tuple[SheetCells, CellArea] | None] = {}

    def area(self, pattern: str) -> tuple[SheetCells, CellArea] | None:
        """The sheet and area of a block or field."""
        if pattern not in self._areas:
            self._areas[pattern] = self._area(pattern)
        return self._areas[pattern]

    def place(self, pattern: str) -> PlaceFound | None:
        """The cell of a form's field."""
        found = self.area(pattern)
        return PlaceFound(found[0], *found[1][1:3]) if found else None

    def _area(self, pattern: str) -> tuple[SheetCells, CellArea] | None:
        """What the names of a pattern say: a workbook may hold very many names, most of which nobody asks for."""
        whole: list[tuple[SheetCells, CellArea]] = []
        local: list[tuple[SheetCells, CellArea]] = []
        for name in self._named.get(pattern, ()):
            area = name.reference
            if area is not None and area[0] in self._sheets:
                found = local if name.sheet else whole
                found.append((self._sheets[area[0]], area))
        single = whole or local
        return single[0] if len(single) == 1 else None
