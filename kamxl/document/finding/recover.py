"""A block whose marker is lost, put together from what is left: row keys, the defined name, printed labels.

Somebody deletes the hidden column, the hidden rows, or all defined names, but hardly all of them and the headings
too. Three questions are answered one by one, each from the first signal that knows: in which row the heads of the
columns stand, which column is which, and which row is which.
"""

from __future__ import annotations

from collections import Counter

from kamxl.document import wording
from kamxl.document.finding.blocks_found import FoundBlock, Names
from kamxl.document.finding.expected import Expected
from kamxl.document.keys import BETWEEN, ROW_NAMES
from kamxl.document.schema import SectionKind
from kamxl.xlsx.book import SheetCells

__all__ = ["recover"]

_LOOK_ABOVE = 4  # rows above the heads of a table in which its keys may stand
_MOST_ROWS = 10_000
_MOST_CELLS = 50_000  # of a sheet worth searching; a plan's has some thousands
_LAST_ROW = 1_048_577


def recover(
    expected: Expected, names: Names, home: SheetCells | None, language: str
) -> FoundBlock | None:
    """The block of `expected` on the sheet that its name points to, else on `home`; `None` if nothing is left."""
    area = names.area(expected.section.pattern)
    sheet = area[0] if area else home
    if sheet is None or len(sheet.cells) > _MOST_CELLS:
        return None
    keys_column, keys = _row_keys(sheet, expected)
    if expected.section.kind is SectionKind.FORM:
        return FoundBlock(sheet, 0, keys_column, {}, keys, max(keys)) if keys else None
    between = _rows_above(sheet, keys_column, min(keys, default=0))
    header = (
        _header_row(sheet, expected, language, range(area[1][1], area[1][1] + 1))
        if area
        else None
    )
    header = header or _header_row(sheet, expected, language, between)
    if header is None:
        return None
    keys_row, columns = _columns(sheet, expected, header)
    if not keys and expected.section.kind is SectionKind.MATRIX:
        keys = _matrix_keys(sheet, expected, header, columns)
    elif not keys:
        last = area[1][3] if area and header <= area[1][3] < header + _MOST_ROWS else 0
        keys = _table_keys(
            sheet,
            expected,
            header,
            columns,
            last or _end(sheet, expected, header, language),
        )
    return FoundBlock(
        sheet, keys_row, keys_column, columns, keys, max(keys, default=header), header
    )


def _row_keys(sheet: SheetCells, expected: Expected) -> tuple[int, dict[int, str]]:
    """The keys of the block's rows, and the column that holds most of them."""
    start = f"{expected.pattern}["
    found: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        text = cell.value
        if isinstance(text, str) and (
            text.split(BETWEEN)[0] in expected.rows or text.startswith(start)
        ):
            found.setdefault(column, {})[row] = text
    return max(found.items(), key=lambda item: len(item[1]), default=(0, {}))


def _rows_above(sheet: SheetCells, keys_column: int, first: int) -> range:
    """The rows in which the heads of a table may stand: above its first key, below the keys of another block."""
    if not first:
        return range(1, _LAST_ROW)
    others = (
        row for row, column in sheet.cells if column == keys_column and row < first
    )
    return range(max(others, default=0) + 1, first)


def _header_row(
    sheet: SheetCells, expected: Expected, language: str, between: range
) -> int | None:
    """The row that holds most heads of columns."""
    heads = set(expected.heads.values())
    if expected.section.kind is SectionKind.MATRIX:
        between = range(
            1, _LAST_ROW
        )  # its first keys are those of the contacts, above the heads
    found = Counter(
        row
        for (row, _), cell in sheet.cells.items()
        if cell.raw in heads and row in between
    )
    most = max(found.values(), default=0)
    if most < min(2, len(heads)) or most < len(heads) / 2:
        return None
    rows = [
        row
        for row, count in found.items()
        if count == most and _is_head_of(sheet, row, expected, language)
    ]
    return rows[0] if len(rows) == 1 else None


def _is_head_of(sheet: SheetCells, row: int, expected: Expected, language: str) -> bool:
    """Whether a row of heads is this block's: other tables of the sheet may have some of them, or all."""
    others = [
        section
        for section in expected.sheet.spec.sections
        if section is not expected.section
    ]
    foreign = {
        column.printed(language) for section in others for column in section.columns
    }
    foreign |= {section.row_label[language] for section in others if section.row_label}
    own = set(expected.heads.values())
    texts = {cell.raw for (r, _), cell in sheet.cells.items() if r == row}
    if texts & (foreign - own):
        return False
    if texts & (own - foreign):
        return True
    headings = {
        section.heading[language]
        for section in expected.sheet.spec.sections
        if section.heading
    }
    above = [
        (r, cell.raw)
        for (r, _), cell in sheet.cells.items()
        if r < row and cell.raw in headings
    ]
    heading = expected.section.heading
    return heading is not None and max(above, default=(0, ""))[1] == heading[language]


def _columns(
    sheet: SheetCells, expected: Expected, header: int
) -> tuple[int, dict[str, int]]:
    """Column by key, from the hidden row of keys if there still is one (then with that row), else from the heads."""
    rows: dict[int, dict[str, int]] = {}
    highest = 1 if expected.section.kind is SectionKind.MATRIX else header - _LOOK_ABOVE
    heads: dict[str, list[int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if highest <= row < header and cell.raw in expected.columns:
            rows.setdefault(row, {}).setdefault(cell.raw, column)
        elif row == header:
            heads.setdefault(cell.raw, []).append(column)
    near = {
        row: found
        for row, found in rows.items()
        if len(found) > len(expected.columns) / 2
    }
    if near:
        return max(near.items())
    return 0, _from_heads(heads, expected)


def _from_heads(heads: dict[str, list[int]], expected: Expected) -> dict[str, int]:
    """Column by key as the heads tell; those that repeat only while they still follow each other as generated."""
    keys: dict[str, list[str]] = {}
    for key, text in expected.heads.items():
        keys.setdefault(text, []).append(key)
    repeated = {text for text, named in keys.items() if len(named) > 1}
    order = sorted(
        (column, text) for text in repeated for column in heads.get(text, ())
    )
    if [text for _, text in order] != [
        text for text in expected.heads.values() if text in repeated
    ]:
        keys = {text: named for text, named in keys.items() if text not in repeated}
    return {
        key: column
        for text, named in keys.items()
        if len(heads.get(text, ())) == len(named)
        for key, column in zip(named, heads[text], strict=True)
    }


def _table_keys(
    sheet: SheetCells,
    expected: Expected,
    header: int,
    columns: dict[str, int],
    last: int,
) -> dict[int, str]:
    """Row keys of a table that lost them: by the printed names of rows, else by their order."""
    section = expected.section
    if expected.labels:
        missing = {label: key for key, label in expected.labels.items()}
        texts = {
            row: sheet.at(row, columns.get(ROW_NAMES, 1)).raw
            for row in range(header + 1, last + 1)
        }
        return {
            row: missing.pop(text) for row, text in texts.items() if text in missing
        }
    if section.rows:
        known = dict.fromkeys(slot.row_key for slot in expected.slots)
        return dict(zip(range(header + 1, last + 1), known, strict=False))
    return {
        header + 1 + index: f"{expected.pattern}[{index}]"
        for index in range(last - header)
    }


def _end(sheet: SheetCells, expected: Expected, header: int, language: str) -> int:
    """The last row before the sums or the next heading; without either, as many rows as were drawn."""
    texts = {
        text[language]
        for section in expected.sheet.spec.sections
        for text in (section.heading, section.hint)
        if text is not None
    }
    texts |= {wording.TOTAL[language], wording.GROWTH[language]}
    texts -= set(expected.labels.values())
    stops = [
        row - 1
        for (row, _), cell in sheet.cells.items()
        if row > header and cell.raw in texts
    ]
    return min([*stops, header + expected.section.count])


def _matrix_keys(
    sheet: SheetCells, expected: Expected, header: int, columns: dict[str, int]
) -> dict[int, str]:
    """Row keys of the contact matrix: contacts by their labels, our own people in their order below the heads."""
    labels = {text: key for key, text in expected.labels.items()}
    column = columns.get(expected.label_key)
    found: dict[str, int] = {}
    for (row, place), cell in sheet.cells.items():
        if (
            place == column and cell.raw in labels
        ):  # a tile may say the same, further away
            key = labels[cell.raw]
            found[key] = min(found.get(key, row), row, key=lambda r: abs(r - header))
    keys = {row: key for key, row in found.items()}
    team = [key for _, key in sorted(expected.keys.items()) if ".team[" in key]
    closing = min((row for row in keys if row > header), default=header + len(team) + 1)
    return keys | dict(zip(range(header + 1, closing), team, strict=False))
