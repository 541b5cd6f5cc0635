"""Where the entries of a table or of the contact matrix stand now: rows and columns by their keys.

Everything unusual comes as a `Remark` between the places: a row that is there twice, one that is gone, a head that
does not fit its column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator

from kamxl.document.finding.blocks_found import FoundBlock, PlaceFound
from kamxl.document.finding.expected import Expected
from kamxl.document.finding.named_rows import NamedRows
from kamxl.document.keys import END, GROWTH, TOTAL, closings
from kamxl.document.paths import EntryPath, path_of
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
"""Path of an entry or a figure, and its cell if there still is one."""

_BEFORE_NAME = re.compile(r"^.*?\[\d+\] (?=.)")
_LOOK_ABOVE = 50  # rows that somebody may have inserted above the first entry


def mislabelled(expected: Expected, block: FoundBlock, header: int) -> Iterator[Remark]:
    """Rows and columns that carry the printed label of another: their cells were moved, but not their keys."""
    heads, labels = expected.heads.values(), expected.labels.values()
    for key, text in expected.heads.items():
        if key in block.columns:
            path = f"{expected.section.pattern}[].{key}"
            place = (header, block.columns[key])
            yield from _of_another(block, place, path, text, heads)
            yield from _gone_astray(block, place, path, text)
    column = block.columns.get(expected.label_key)
    for key, text in expected.labels.items():
        if column is not None and key in block.rows:
            path = key.partition(" ")[0]
            place = (block.rows[key], column)
            yield from _of_another(block, place, path, text, labels)


def _of_another(
    block: FoundBlock,
    place: tuple[int, int],
    path: str,
    own: str,
    known: Container[str],
) -> Iterator[Remark]:
    """The remark on a cell in which not its own label stands, but another of those known."""
    cell = block.sheet.at(*place)
    # A formula repeats a name that stands elsewhere, where it may have been changed.
    if cell.raw != own and cell.raw in known and not cell.is_formula:
        value = cell.raw[:80]
        yield FieldContradictory(block.sheet.name, cell.address, path, value=value)


def _gone_astray(
    block: FoundBlock, place: tuple[int, int], path: str, head: str
) -> Iterator[Remark]:
    """The remark on a column without a head whose head stands over another column."""
    row, sheet = place[0], block.sheet
    if sheet.at(*place).raw:
        return
    for (other_row, column), cell in sheet.cells.items():
        if other_row == row and cell.raw == head:
            other = address(row, column)
            yield FieldContradictory(sheet.name, address(*place), path, other=other)


def locate_matrix(expected: Expected, block: FoundBlock) -> Iterator[Located | Remark]:
    """The entries of the contact matrix; one remark for each row or column that is gone."""
    header = header_row(expected, block)
    yield from mislabelled(expected, block, header)
    yield from _doubled(expected, block)
    missing: set[str] = set()
    for slot in expected.figures:
        yield slot.path, block.place(slot.row_key, slot.column_key)
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
    expected: Expected,
    table: TableSpec,
    block: FoundBlock,
    printed: Container[str],
    named: NamedRows,
) -> Iterator[Located | Remark]:
    """The entries of a table, row by row; inserted rows count once they hold an entry that is no printed text."""
    header = header_row(expected, block)
    yield from mislabelled(expected, block, header)
    for field in table.fields:
        if field.key not in block.columns:
            yield FieldNotFound(block.sheet.name, path=field.pattern)
    rows = _rows(table, block, header, printed)
    for found in _numbered(table, block, rows, named):
        if isinstance(found, Remark):
            yield found
            continue
        index, row = found
        for column in table.columns:
            place = block.meeting(row, block.columns.get(column.key))
            yield column.pattern.at(index), place
    for path, (suffix, key) in closings(table).items():
        yield path_of(path), block.place(table.pattern + suffix, key)


def header_row(expected: Expected, block: FoundBlock) -> int:
    """The row of the printed heads: among those around the first row key the one where most of them stand."""
    if block.header_row or block.is_as(expected):
        return block.header_row or expected.header_row
    first = min(block.keyed(expected.pattern), default=block.last_row + 1)
    heads = _heads(expected, block, max(block.keys_row, first - _LOOK_ABOVE) + 1)
    # The keys of a matrix begin with its people, above the heads; those of a table stay where it was cut and pasted.
    is_matrix = isinstance(expected.section, MatrixSpec)
    least = 0 if is_matrix else len(expected.heads) / 2
    likely = [row for row, number in heads.items() if row < first or number > least]
    return max(sorted(likely), key=heads.__getitem__, default=first - 1)


def _heads(expected: Expected, block: FoundBlock, above: int) -> Counter[int]:
    """How many heads stand above their own columns, by row, from a first row to the block's last."""
    columns, rows = block.columns, range(above, block.last_row + 1)
    texts = {columns[k]: text for k, text in expected.heads.items() if k in columns}
    cells = block.sheet.cells.items()
    printed = (row for (row, column), cell in cells if cell.raw == texts.get(column))
    return Counter(filter(rows.__contains__, printed))


def _rows(
    table: TableSpec, block: FoundBlock, header_row: int, printed: Container[str]
) -> list[tuple[int, str]]:
    """The rows that hold entries, with their key; an empty one for those inserted since."""
    closing = {table.pattern + suffix for suffix in (TOTAL, GROWTH, END)}
    ends = [row for row, key in block.keys.items() if key in closing]
    stop = min(ends, default=block.last_row + 1)
    between = range(header_row + 1, stop)
    rows = dict.fromkeys(_inserted(table, block, between, printed), "")
    keyed = block.keyed(table.pattern).items()
    rows |= {row: key for row, key in keyed if row in between}
    return sorted(rows.items())


def _inserted(
    table: TableSpec, block: FoundBlock, rows: range, printed: Container[str]
) -> Iterator[int]:
    """Those of the rows that have no key but an entry."""
    columns = {block.columns.get(field.key) for field in table.fields}
    cells = block.sheet.cells
    for (row, column), cell in cells.items():
        if column not in columns or row not in rows:
            continue
        has_key = (row, block.keys_column) in cells
        if cell.raw and not has_key and cell.raw not in printed:
            yield row


def _numbered(
    table: TableSpec, block: FoundBlock, rows: list[tuple[int, str]], names: NamedRows
) -> Iterator[tuple[int, int | None] | Remark]:
    """Rows by the name in their key; where people name the rows, the others follow as they stand."""
    sheet, named = block.sheet.name, len(table.rows)
    numbers = {row.key: index for index, row in enumerate(table.rows)}
    places: dict[int, int] = {}
    more: list[int] = []
    for row, key in rows:
        index = numbers.get(_BEFORE_NAME.sub("", key))
        if index is None:
            more.append(row)
        elif places.setdefault(index, row) != row:
            path = f"{table.pattern}[{index}]"
            yield RowDoubled(sheet, _beginning(block, row), path)
    places, doubts = names.settle(table, block, places, more)
    yield from doubts
    for index in range(named):
        if index not in places:
            yield FieldNotFound(sheet, path=f"{table.pattern}[{index}]")
        yield index, places.get(index)
    if table.prints_names:
        return  # what is more stays an entry outside the document
    yield from enumerate(more, start=named)
    found, drawn = named + len(more), table.count
    if found > drawn:
        cell = _beginning(block, more[-1])
        yield TableExtended(sheet, cell, table.pattern, rows=found, drawn=drawn)
