"""The blocks of a plan as a workbook really holds them: found by their hidden keys, else by defined names.

A marker cell such as ``@table opportunities.open`` opens a block; the key column below it names the rows, the
marker's row the columns. Where a marker is lost (somebody deleted the hidden column), the block's defined name
still knows the area, and its hidden row or printed header the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kamxl.plan.schema import SectionSpec
from kamxl.workbook.book import Book, SheetCells
from kamxl.workbook.keys import END, FORM, GROWTH, IDENTITY_SHEET, LISTS_SHEET, MATRIX, TABLE, TOTAL, field_name

__all__ = ["FoundBlock", "block_by_name", "find_blocks", "plan_sheets"]

_MARKERS = (FORM, TABLE, MATRIX)
_ROW = re.compile(r"\[(\d+)\](?: (.+))?$")


@dataclass
class FoundBlock:
    """A block in the file.

    Attributes:
        pattern: the section's pattern (for the matrix that of its sheet).
        marker: row and column of the marker; column 0 where the block was found by its name.
        columns: sheet column by column key.
        keys: row key by sheet row, as the key column holds them, down to the block's end.
        last_row: the last row that may belong to the block.
    """

    pattern: str
    sheet: SheetCells
    marker: tuple[int, int]
    columns: dict[str, int]
    keys: dict[int, str] = field(default_factory=dict)
    last_row: int = 0

    def entry_rows(self, header_row: int) -> Iterator[tuple[int, str | None]]:
        """Rows that may hold entries of a table, with their key (`None` for inserted rows)."""
        closing = {self.pattern + suffix for suffix in (TOTAL, GROWTH, END)}
        stop = min((row for row, key in self.keys.items() if key in closing), default=self.last_row + 1)
        for row in range(header_row + 1, stop):
            key = self.keys.get(row)
            yield row, key if key and key.startswith(self.pattern + "[") else None


def row_of_key(key: str) -> tuple[int, str | None]:
    """Index and name in a row key: ``profile.swot[2] promotion`` → ``(2, "promotion")``."""
    match = _ROW.search(key)
    return (int(match[1]), match[2]) if match else (-1, None)


def plan_sheets(book: Book) -> list[SheetCells]:
    """The sheets that may hold parts of a plan."""
    return [sheet for sheet in book.sheets if not sheet.name.startswith((IDENTITY_SHEET, LISTS_SHEET))]


def find_blocks(book: Book) -> dict[str, list[FoundBlock]]:
    """All blocks with a marker, by pattern; more than one where a sheet was copied within the workbook."""
    found: dict[str, list[FoundBlock]] = {}
    for sheet in plan_sheets(book):
        markers = {
            place: cell.value
            for place, cell in sheet.cells.items()
            if type(cell.value) is str and cell.value[0] == "@" and cell.value.startswith(_MARKERS)
        }
        if not markers:
            continue
        rows = _strings_by_row(sheet, {row for row, _ in markers})
        columns = _strings_by_column(sheet, {column for _, column in markers})
        for (row, column), text in markers.items():
            following = [r for r, c in markers if c == column and r > row]
            last = min(following, default=1_048_577) - 1
            keys = {r: key for r, key in columns[column].items() if row < r <= last}
            pattern = text.split(" ", 1)[1]
            named = {key: c for c, key in rows[row].items() if c != column}
            block = FoundBlock(pattern, sheet, (row, column), named, keys, max(keys, default=row))
            found.setdefault(pattern, []).append(block)
    return found


def _strings_by_row(sheet: SheetCells, rows: set[int]) -> dict[int, dict[int, str]]:
    out: dict[int, dict[int, str]] = {row: {} for row in rows}
    for (row, column), cell in sheet.cells.items():
        if row in rows and isinstance(cell.value, str):
            out[row][column] = cell.value
    return out


def _strings_by_column(sheet: SheetCells, columns: set[int]) -> dict[int, dict[int, str]]:
    out: dict[int, dict[int, str]] = {column: {} for column in columns}
    for (row, column), cell in sheet.cells.items():
        if column in columns and isinstance(cell.value, str):
            out[column][row] = cell.value
    return out


def block_by_name(book: Book, section: SectionSpec, language: str) -> FoundBlock | None:
    """A table whose marker is lost, by its defined name: the area from the header to the last entry."""
    name = book.names.get(field_name(section.pattern))
    area = name.reference if name else None
    sheet = next((s for s in book.sheets if area and s.name == area[0]), None)
    if area is None or sheet is None or area[3] - area[1] > 100_000:
        return None
    header, last = area[1], area[3]
    texts = {c: cell.value for (r, c), cell in sheet.cells.items() if r == header and isinstance(cell.value, str)}
    keys = {c: cell.value for (r, c), cell in sheet.cells.items() if r == header - 1 and isinstance(cell.value, str)}
    columns = {key: c for c, key in keys.items() if key == "#" or any(key == f.key for f in section.columns)}
    if len(columns) < len(section.fields) / 2:
        labels = {column.printed(language): column.key for column in section.columns}
        columns = {labels[text]: c for c, text in texts.items() if text in labels}
        if section.row_label is not None:
            head = section.row_label[language]
            columns["#"] = next((c for c, text in texts.items() if text == head), 0)
            columns = {key: c for key, c in columns.items() if c}
    if not columns:
        return None
    rows = {}
    for index in range(header + 1, last + 1):
        label = sheet.at(index, columns["#"]).raw if "#" in columns else ""
        for place, row in enumerate(section.rows):
            if label and label == row.label[language]:
                rows[index] = f"{section.pattern}[{place}] {row.key}"
    return FoundBlock(section.pattern, sheet, (header - 1, 0), columns, rows, last)
