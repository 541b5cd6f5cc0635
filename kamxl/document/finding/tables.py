"""Where the entries of a table or of the contact matrix stand now: rows and columns by their keys.

Everything unusual comes as a `Remark` between the places: a row that is there twice, one that is gone, a head that
does not fit its column.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Container, Iterator
from typing import cast

from kamxl.document.finding.blocks_found import FoundBlock, PlaceFound
from kamxl.document.finding.expected import Expected
from kamxl.document.keys import END, GROWTH, TOTAL
from kamxl.document.paths import EntryPath
from kamxl.document.remarks import (
    FieldContradictory,
    FieldNotFound,
    Remark,
    RowDoubled,
    TableExtended,
)
from kamxl.document.schema import MatrixSpec, TableSpec
from kamxl.xlsx.book import address

Located = tuple[EntryPath, PlaceFound | None]
"""Path of an entry, and its cell if there still is one."""

_ROW = re.compile(r"\[\d+\] (.+)$")
_LOOK_ABOVE = 50  # rows that somebody may have inserted above the first entry


def mislabelled(
    expected: Expected, block: FoundBlock, header_row: int
) -> Iterator[Remark]:
    """Rows and columns that carry the printed label of another: their cells were moved, but not their keys."""
    heads, labels = set(expected.heads.values()), set(expected.labels.values())
    for key, text in expected.heads.items():
        if key in block.columns:
            path = f"{expected.section.pattern}[].{key}"
            place = (header_row, block.columns[key])
            yield from _of_another(block, place, path, text, heads)
    column = block.columns.get(expected.label_key)
    for key, text in expected.labels.items():
        if column is not None and key in block.rows:
            path = key.partition(" ")[0]
            place = (block.rows[key], column)
            yield from _of_another(block, place, path, text, labels)


def _of_another(
    block: FoundBlock, place: tuple[int, int], path: str, own: str, known: set[str]
) -> Iterator[Remark]:
    """The remark on a cell in which not its own label stands, but another of those known."""
    cell = block.sheet.cells.get(place)
    if cell is None or cell.raw == own or cell.raw not in known:
        return
    # A formula repeats a name that stands elsewhere, where it may have been changed.
    if not cell.is_formula:
        where, found = address(*place), cell.raw[:80]
        yield FieldContradictory(block.sheet.name, where, path, value=found)


def locate_matrix(expected: Expected, block: FoundBlock) -> Iterator[Located | Remark]:
    """The entries of the contact matrix; one remark for each row or column that is gone."""
    header_row = block.header_row or _header_row(expected, block)
    yield from mislabelled(expected, block, header_row)
    yield from _doubled(expected, block)
    missing: set[str] = set()
    for slot in expected.slots:
        gone = {slot.row_key} - block.rows.keys()
        gone |= {slot.column_key} - block.columns.keys()
        for key in gone - missing:
            missing.add(key)
            yield FieldNotFound(block.sheet.name, path=slot.path)
        yield slot.path, block.place(slot.row_key, slot.column_key)


def _doubled(expected: Expected, block: FoundBlock) -> Iterator[Remark]:
    pattern = expected.section.pattern
    for row, key in block.keys.items():
        if block.rows.get(key, row) != row:
            yield RowDoubled(block.sheet.name, _beginning(block, row), pattern)


def _beginning(block: FoundBlock, row: int) -> str:
    """The first cell of a row of the block."""
    return address(row, min(block.columns.values(), default=1))


def locate_table(
    expected: Expected, table: TableSpec, block: FoundBlock, printed: Container[str]
) -> Iterator[Located | Remark]:
    """The entries of a table, row by row; inserted rows count once they hold an entry that is no printed text."""
    header_row = block.header_row or _header_row(expected, block)
    yield from mislabelled(expected, block, header_row)
    for field in table.fields:
        if field.key not in block.columns:
            yield FieldNotFound(block.sheet.name, path=field.pattern)
    rows = _rows(table, block, header_row, printed)
    for found in (
        _free(table, block, rows) if table.free else _named(table, block, rows)
    ):
        if not isinstance(found, tuple):
            yield found
            continue
        index, row = found
        for field in table.fields:
            column = block.columns.get(field.key)
            is_there = row is not None and column is not None
            place = (block.sheet, row, column) if is_there else None
            yield field.at(index), cast("PlaceFound | None", place)


def _header_row(expected: Expected, block: FoundBlock) -> int:
    """The row of the printed heads: among those around the first row key the one where most of them stand."""
    start = f"{expected.pattern}["
    keyed = [row for row, key in block.keys.items() if key.startswith(start)]
    first = min(keyed, default=block.last_row + 1)
    columns = block.columns
    texts = {columns[k]: text for k, text in expected.heads.items() if k in columns}
    # The keys of a matrix begin with its people, above the heads.
    last = block.last_row if isinstance(expected.section, MatrixSpec) else first - 1
    best, most = first - 1, 0
    for row in range(max(block.keys_row, first - _LOOK_ABOVE) + 1, last + 1):
        cells = [block.sheet.at(row, column).raw for column in texts]
        score = sum(map(operator.eq, cells, texts.values()))
        if score > most:
            best, most = row, score
    return best


def _rows(
    table: TableSpec, block: FoundBlock, header_row: int, printed: Container[str]
) -> list[tuple[int, str | None]]:
    """The rows that hold entries, with their key; `None` for those inserted since."""
    closing = {table.pattern + suffix for suffix in (TOTAL, GROWTH, END)}
    ends = [row for row, key in block.keys.items() if key in closing]
    stop = min(ends, default=block.last_row + 1)
    start = f"{table.pattern}["
    keyed = {row: key for row, key in block.keys.items() if key.startswith(start)}
    rows: dict[int, str | None] = {row: k for row, k in keyed.items() if row < stop}
    between = range(header_row + 1, stop)
    columns = {block.columns.get(field.key) for field in table.fields}
    cells = block.sheet.cells
    for (row, column), cell in cells.items():
        if column not in columns or row not in between or cell.raw in printed:
            continue
        if (row, block.keys_column) not in cells:
            rows.setdefault(row, None)
    return sorted(rows.items())


def _free(
    table: TableSpec, block: FoundBlock, rows: list[tuple[int, str | None]]
) -> Iterator[tuple[int, int] | Remark]:
    """Rows in the order in which they stand."""
    yield from ((index, row) for index, (row, _) in enumerate(rows))
    yield from _extended(table, block, len(rows), rows[-1][0] if rows else 0)


def _extended(
    table: TableSpec, block: FoundBlock, rows: int, last: int
) -> Iterator[Remark]:
    """The remark on a table with more `rows` than were drawn, of which one is the `last`."""
    if rows > table.count:
        cell, drawn = _beginning(block, last), table.count
        yield TableExtended(
            block.sheet.name, cell, table.pattern, rows=rows, drawn=drawn
        )


def _named(
    table: TableSpec, block: FoundBlock, rows: list[tuple[int, str | None]]
) -> Iterator[tuple[int, int | None] | Remark]:
    """Rows by the name in their key; where the entries name the rows, inserted ones follow behind."""
    sheet, named = block.sheet.name, len(table.rows)
    numbers = {row.key: index for index, row in enumerate(table.rows)}
    places: dict[int, int] = {}
    more: list[int] = []
    for row, key in rows:
        name = _ROW.search(key or "")
        index = numbers.get(name[1]) if name else None
        if index is None:
            more.append(row)
        elif index in places:
            path = f"{table.pattern}[{index}]"
            yield RowDoubled(sheet, _beginning(block, row), path)
        else:
            places[index] = row
    for index in range(named):
        if index not in places:
            yield FieldNotFound(sheet, path=f"{table.pattern}[{index}]")
        yield index, places.get(index)
    if table.editable is not None and more:
        # Elsewhere they stay entries outside the document.
        yield from enumerate(more, start=named)
        yield from _extended(table, block, named + len(more), more[-1])
