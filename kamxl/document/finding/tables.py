"""Where the entries of a table or of the contact matrix stand now: rows and columns by their keys.

Everything unusual comes as a `Remark` between the places: a row that is there twice, one that is gone, a head that
does not fit its column.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from kamxl.document.finding.blocks_found import FoundBlock, Place
from kamxl.document.finding.expected import Expected
from kamxl.document.keys import END, GROWTH, TOTAL
from kamxl.document.remarks import (
    FieldContradictory,
    FieldNotFound,
    Remark,
    RowDoubled,
    TableExtended,
)
from kamxl.xlsx.book import address

__all__ = ["Located", "locate_matrix", "locate_table", "mislabelled"]

Located = tuple[str, Place | None]
"""Path of an entry, and its cell if there still is one."""

_ROW = re.compile(r"\[\d+\] (.+)$")
_LOOK_ABOVE = 50  # rows that somebody may have inserted above the first entry


def mislabelled(
    expected: Expected, block: FoundBlock, header_row: int
) -> Iterator[Remark]:
    """Rows and columns that carry the printed label of another: their cells were moved, but not their keys."""
    cells, section = block.sheet.cells, expected.section
    heads, labels = set(expected.heads.values()), set(expected.labels.values())
    places = [
        (f"{section.pattern}[].{key}", text, heads, (header_row, block.columns[key]))
        for key, text in expected.heads.items()
        if key in block.columns
    ]
    column = block.columns.get(expected.label_key)
    if column is not None:
        rows = block.rows
        places += [
            (key, text, labels, (rows[key], column))
            for key, text in expected.labels.items()
            if key in rows
        ]
    for path, text, known, place in places:
        cell = cells.get(place)
        # A formula repeats a name that stands elsewhere, where it may have been changed.
        if (
            cell is not None
            and cell.raw != text
            and cell.raw in known
            and not cell.is_formula
        ):
            path = path.split(" ", 1)[0]
            where = address(*place)
            yield FieldContradictory(block.sheet.name, where, path, value=cell.raw[:80])


def locate_matrix(expected: Expected, block: FoundBlock) -> Iterator[Located | Remark]:
    """The entries of the contact matrix; one remark for each row or column that is gone."""
    yield from mislabelled(
        expected, block, block.header_row or _header_row(expected, block)
    )
    yield from _doubled(expected, block)
    missing: set[str] = set()
    for slot in expected.slots:
        for key, known in (
            (slot.row_key, block.rows),
            (slot.column_key, block.columns),
        ):
            if key not in known and key not in missing:
                missing.add(key)
                yield FieldNotFound(block.sheet.name, path=slot.path)
        yield slot.path, block.place(slot.row_key, slot.column_key)


def _doubled(expected: Expected, block: FoundBlock) -> Iterator[Remark]:
    column = min(block.columns.values(), default=1)
    for row, key in block.keys.items():
        if key in block.rows and block.rows[key] != row:
            yield RowDoubled(
                block.sheet.name, address(row, column), expected.section.pattern
            )


def locate_table(
    expected: Expected, block: FoundBlock, printed: Container[str]
) -> Iterator[Located | Remark]:
    """The entries of a table, row by row; inserted rows count once they hold an entry that is no printed text."""
    section = expected.section
    header_row = block.header_row or _header_row(expected, block)
    yield from mislabelled(expected, block, header_row)
    for field in section.fields:
        if field.key not in block.columns:
            yield FieldNotFound(block.sheet.name, path=field.pattern)
    rows = _rows(expected, block, header_row, printed)
    for found in (
        _named(expected, block, rows) if section.rows else _free(expected, block, rows)
    ):
        if isinstance(found, Remark):
            yield found
            continue
        index, row = found
        for field in section.fields:
            column = block.columns.get(field.key)
            place = (
                None if row is None or column is None else (block.sheet, row, column)
            )
            yield f"{section.pattern}[{index}].{field.key}", place


def _header_row(expected: Expected, block: FoundBlock) -> int:
    """The row of the printed heads: among those around the first row key the one where most of them stand."""
    start = f"{expected.pattern}["
    first = min(
        (row for row, key in block.keys.items() if key.startswith(start)),
        default=block.last_row + 1,
    )
    texts = {
        block.columns[key]: text
        for key, text in expected.heads.items()
        if key in block.columns
    }
    scores = {
        row: sum(
            block.sheet.at(row, column).raw == text for column, text in texts.items()
        )
        for row in range(
            max(block.keys_row, first - _LOOK_ABOVE) + 1, block.last_row + 1
        )
        if row < first or expected.section.team
    }
    best = max(scores, key=lambda row: scores[row], default=first - 1)
    return best if scores.get(best) else first - 1


def _rows(
    expected: Expected, block: FoundBlock, header_row: int, printed: Container[str]
) -> list[tuple[int, str | None]]:
    """The rows that hold entries, with their key; `None` for those inserted since."""
    pattern = expected.pattern
    closing = {pattern + suffix for suffix in (TOTAL, GROWTH, END)}
    stop = min(
        (row for row, key in block.keys.items() if key in closing),
        default=block.last_row + 1,
    )
    rows: dict[int, str | None] = {
        row: key
        for row, key in block.keys.items()
        if key.startswith(f"{pattern}[") and row < stop
    }
    columns = {
        block.columns[field.key]
        for field in expected.section.fields
        if field.key in block.columns
    }
    cells = block.sheet.cells
    for (row, column), cell in cells.items():
        keyed = (row, block.keys_column) in cells
        if (
            column in columns
            and header_row < row < stop
            and not keyed
            and cell.raw not in printed
        ):
            rows.setdefault(row, None)
    return sorted(rows.items())


def _free(
    expected: Expected, block: FoundBlock, rows: list[tuple[int, str | None]]
) -> Iterator[tuple[int, int] | Remark]:
    """Rows in the order in which they stand."""
    yield from ((index, row) for index, (row, _) in enumerate(rows))
    yield from _extended(expected, block, len(rows), rows[-1][0] if rows else 0)


def _extended(
    expected: Expected, block: FoundBlock, rows: int, row: int
) -> Iterator[Remark]:
    """The remark on a table with more `rows` than were drawn, `row` being the last of them."""
    section = expected.section
    if rows > section.count:
        cell = address(row, min(block.columns.values(), default=1))
        yield TableExtended(
            block.sheet.name, cell, section.pattern, rows=rows, drawn=section.count
        )


def _named(
    expected: Expected, block: FoundBlock, rows: list[tuple[int, str | None]]
) -> Iterator[tuple[int, int | None] | Remark]:
    """Rows by the name in their key; where the entries name the rows, inserted ones follow behind."""
    section = expected.section
    numbers = {row.key: index for index, row in enumerate(section.rows)}
    places: dict[int, int] = {}
    more: list[int] = []
    for row, key in rows:
        match = _ROW.search(key) if key else None
        index = numbers.get(match[1]) if match else None
        if index is None:
            more.append(row)
        elif index in places:
            cell = address(row, min(block.columns.values(), default=1))
            yield RowDoubled(block.sheet.name, cell, f"{section.pattern}[{index}]")
        else:
            places[index] = row
    for index in range(len(section.rows)):
        if index not in places:
            yield FieldNotFound(block.sheet.name, path=f"{section.pattern}[{index}]")
        yield index, places.get(index)
    if (
        section.editable is not None and more
    ):  # elsewhere they stay entries outside the plan
        yield from (
            (len(section.rows) + number, row) for number, row in enumerate(more)
        )
        total = len(section.rows) + len(more)
        yield from _extended(expected, block, total, more[-1])
