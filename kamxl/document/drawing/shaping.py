"""What a sheet looks like once it is filled: as far unfolded, as wide and as high as its entries need.

`shaped` says how, `reshaped` changes the sheet's XML so. Rows and columns that hold something are seen, columns are
wide enough for the longest word, rows high enough for all lines. Empty rows and columns that would begin a page of
their own are folded away, as those are that nobody has needed yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from kamxl.document.drawing.page import (
    page_breaks,
    pages_of_matrix,
    paper_cost,
    print_scale,
)
from kamxl.document.layout.blocks import Block, MatrixBlock, TableBlock
from kamxl.document.layout.grid import (
    FIRST_COLUMN,
    MATRIX_PEOPLE,
    PAGE_MOST,
    TEXT_SIZE,
    Room,
    Spot,
    fill_page,
    is_dashboard,
    sheet_rooms,
)
from kamxl.document.layout.layout import SheetLayout
from kamxl.document.layout.metrics import column_for, height_of

_LONGEST_WORD = 22.0  # characters of a column; what is longer (an address) is broken
_KEPT = 2  # empty rows that stay in sight below those in use
_FEWEST = 5  # rows of a table that stay in sight
_REGULAR = 0.97 * TEXT_SIZE  # the size of bold letters as wide as an entry's

_ROW = re.compile(r'<row r="(\d+)"[^>]*>')
_HEIGHT = re.compile(r' ht="[^"]*"')
_COLUMN = re.compile(r'<col (?P<look>[^>]*?)min="(?P<first>\d+)" max="(?P<last>\d+)"/>')
_WIDTH = re.compile(r'width="[^"]*"')
_FOLDED, _COLLAPSED = ' hidden="1" outlineLevel="1"', ' collapsed="1"'
_BREAKS = re.compile(r"<(row|col)Breaks .*?</\1Breaks>", re.DOTALL)
_SCALE = re.compile(r'(<pageSetup [^>]*?\bscale=")\d+')
_CELLS_END, _HEAD_AND_FOOT = "</sheetData>", "</headerFooter>"


class ShownText(NamedTuple):
    """An entry of a sheet: where it stands, and its text; empty where it is a number or a date."""

    spot: Spot
    text: str


def shaped(
    sheet: SheetLayout, entries: Sequence[ShownText], language: str
) -> SheetLayout:
    """The layout of a sheet that holds these entries; the same where they ask for nothing more.

    Args:
        sheet: the layout as drawn.
        entries: all that it holds.
        language: of the workbook.
    """
    drawn = sheet
    sheet = _widened(_unfolded(sheet, entries), entries, language)
    heights = _grown(sheet, entries)
    if heights:
        sheet = replace(sheet, heights={**sheet.heights, **heights})
    return sheet if sheet is drawn else without_orphans(sheet, entries)


def _unfolded(sheet: SheetLayout, entries: Sequence[ShownText]) -> SheetLayout:
    """Every row and column in use can be seen."""
    if not sheet.folded_rows and not sheet.folded_columns:
        return sheet
    rows = {entry.spot.bottom for entry in entries}
    columns = {entry.spot.right for entry in entries}
    folded = tuple(_behind(part, rows) for part in sheet.folded_rows)
    across = _behind(sheet.folded_columns, columns)
    if (folded, across) == (sheet.folded_rows, sheet.folded_columns):
        return sheet
    return replace(sheet, folded_rows=folded, folded_columns=across)


def _behind(folded: range, used: Iterable[int]) -> range:
    """What of a folded range lies behind all that is in use."""
    start = max((place + 1 for place in used if place in folded), default=folded.start)
    return range(start, folded.stop)


def _widened(
    sheet: SheetLayout, entries: Sequence[ShownText], language: str
) -> SheetLayout:
    """No word is broken that a column has room for."""
    needs = _needs(entries)
    wider = {c: n for c, n in needs.items() if sheet.widths[c] < n <= _LONGEST_WORD}
    if not wider or is_dashboard(sheet.spec):
        return sheet
    for block in sheet.blocks:
        if isinstance(block, MatrixBlock):
            return _wider_matrix(sheet, block, entries, wider)
    return _wider_tables(sheet, wider, language)


def _needs(entries: Sequence[ShownText]) -> dict[int, float]:
    """The width that each column needs for the longest word in it."""
    needs: dict[int, float] = {}
    for spot, text in entries:
        columns = spot.columns
        if text and len(columns) <= 2 and spot.bottom <= spot.row + 1:
            indented = len(columns) == 1  # what is merged is centred
            need = column_for(text, _REGULAR, indented=indented) / len(columns)
            for column in columns:
                needs[column] = max(need, needs.get(column, 0.0))
    return needs


def _wider_tables(
    sheet: SheetLayout, wider: dict[int, float], language: str
) -> SheetLayout:
    """Columns get what their words need from those that can spare it, as far as the page allows."""
    rooms = sheet_rooms(sheet.spec, language)
    for column, need in sorted(wider.items(), key=lambda item: item[1]):
        place = column - FIRST_COLUMN
        joined = rooms[place].joined(Room(need, need))
        others = sum(room.least for room in rooms) - rooms[place].least
        if others + joined.least <= PAGE_MOST:
            rooms[place] = joined
    widths = dict(enumerate(fill_page(rooms), FIRST_COLUMN))
    return replace(sheet, widths=widths)


def _wider_matrix(
    sheet: SheetLayout,
    block: MatrixBlock,
    entries: Sequence[ShownText],
    wider: dict[int, float],
) -> SheetLayout:
    """All people get the room of the one who needs most; who is not there yet makes room for those who are."""
    first, last = block.first_person_column, block.last_person_column + 1
    columns = (entry.spot.right for entry in entries)
    used = max(filter(range(last + 1).__contains__, columns), default=first)
    least = max(used + 1, first + 2 * MATRIX_PEOPLE)
    widths = {**sheet.widths, **{c: n for c, n in wider.items() if c < first}}
    beside = sum(
        width
        for column, width in widths.items()
        if column not in range(first, last + 1)
    )
    wanted = max((need for c, need in wider.items() if c >= first), default=0.0)
    most = (PAGE_MOST - beside) / (least - first)
    crossing = max(min(wanted, most), widths[first])
    widths |= dict.fromkeys(range(first, last + 1), crossing)
    # Two columns for each person.
    shown = int((PAGE_MOST - beside) / crossing / 2) * 2
    start = min(max(first + shown, least), sheet.folded_columns.start)
    folded = range(start, sheet.folded_columns.stop)
    return replace(sheet, widths=widths, folded_columns=folded)


def _grown(sheet: SheetLayout, entries: Iterable[ShownText]) -> dict[int, float]:
    """The rows that need more height than they were drawn with."""
    found: dict[int, float] = {}
    for spot, text in entries:
        row = spot.row
        if text and spot.bottom == row:
            needed = height_of(text, sheet.width(spot), TEXT_SIZE)
            if needed > found.get(row, sheet.heights[row]):
                found[row] = needed
    return found


def without_orphans(
    sheet: SheetLayout, entries: Sequence[ShownText] = ()
) -> SheetLayout:
    """Empty rows at the end of a table that cost a page are folded away."""
    folding = [block for block in sheet.blocks if _folds_rows(block)]
    for index, block in enumerate(folding):
        if isinstance(block, TableBlock):
            sheet = _shortened(sheet, index, block, entries)
    return sheet


def _folds_rows(block: Block) -> bool:
    return isinstance(block, TableBlock | MatrixBlock) and bool(block.folded_rows)


def _shortened(
    sheet: SheetLayout, index: int, block: TableBlock, entries: Sequence[ShownText]
) -> SheetLayout:
    """As few rows of a table folded away as save most pages, if any do."""
    folded = sheet.folded_rows[index]
    seen = range(block.first_row, folded.start)
    rows = (entry.spot.bottom for entry in entries)
    used = max(filter(seen.__contains__, rows), default=0)
    least = max(used + _KEPT, block.first_row + _FEWEST)
    if least >= folded.start:
        return sheet
    scale = print_scale(sheet)
    cost = paper_cost(sheet, scale)
    if paper_cost(_folded_from(sheet, index, least), scale) >= cost:
        return sheet
    starts = range(folded.start - 1, least - 1, -1)
    shorter = (_folded_from(sheet, index, start) for start in starts)
    return min(shorter, key=lambda each: paper_cost(each, scale))


def _folded_from(sheet: SheetLayout, index: int, start: int) -> SheetLayout:
    """One of the folded ranges of a sheet beginning with another row."""
    folded = list(sheet.folded_rows)
    folded[index] = range(start, folded[index].stop)
    return replace(sheet, folded_rows=tuple(folded))


def reshaped(xml: str, drawn: SheetLayout, wanted: SheetLayout) -> str:
    """The XML of a sheet as drawn, in another shape and on the pages that this asks for."""
    if wanted is drawn:
        return xml
    xml = _ROW.sub(lambda row: _row_xml(row, drawn, wanted), xml)
    if (wanted.widths, wanted.folded_columns) != (drawn.widths, drawn.folded_columns):
        xml = _COLUMN.sub(lambda column: _column_xml(column, wanted), xml)
    # Never larger than drawn, as the columns of a page are chosen for that scale.
    scale = min(print_scale(drawn), print_scale(wanted))
    rows = _breaks_xml("row", page_breaks(wanted, scale))
    columns = _breaks_xml("col", pages_of_matrix(wanted, scale))
    cells, end, below = xml.rpartition(_CELLS_END)
    below = _BREAKS.sub("", _SCALE.sub(rf"\g<1>{scale}", below))
    below = below.replace(_HEAD_AND_FOOT, _HEAD_AND_FOOT + rows + columns)
    return cells + end + below


def _row_xml(row: re.Match[str], drawn: SheetLayout, wanted: SheetLayout) -> str:
    """The opening tag of a row, with its height and folded or not."""
    number, tag = int(row[1]), row[0]
    height = wanted.heights.get(number)
    if height != drawn.heights.get(number):
        tag = _HEIGHT.sub(f' ht="{height:g}"', tag)
    was, now = _folds(number, drawn), _folds(number, wanted)
    if was and not now:
        return tag.replace(_FOLDED, "")
    if now and not was:
        return tag.replace(f'r="{number}"', f'r="{number}"{_FOLDED}')
    unfolded = any(not part and part.stop == number for part in wanted.folded_rows)
    return tag.replace(_COLLAPSED, "") if unfolded else tag


def _folds(row: int, sheet: SheetLayout) -> bool:
    return any(row in part for part in sheet.folded_rows)


def _column_xml(columns: re.Match[str], wanted: SheetLayout) -> str:
    """The tags of columns, one each, with their widths and folded or not."""
    found = range(int(columns["first"]), int(columns["last"]) + 1)
    return "".join(_one_column(column, columns["look"], wanted) for column in found)


def _one_column(column: int, look: str, wanted: SheetLayout) -> str:
    width = wanted.widths.get(column)
    if width is not None:
        look = _WIDTH.sub(f'width="{width:.2f}"', look, count=1)
        look = look.replace('hidden="1" ', "").replace('outlineLevel="1" ', "")
        folded = column in wanted.folded_columns
        look = f'hidden="1" outlineLevel="1" {look}' if folded else look
    return f'<col {look}min="{column}" max="{column}"/>'


def _breaks_xml(kind: str, breaks: Sequence[int]) -> str:
    """Manual page breaks after some rows or columns; nothing where there are none."""
    if not breaks:
        return ""
    most = {"row": 16383, "col": 1048575}[kind]
    each = "".join(f'<brk id="{at}" min="0" max="{most}" man="1"/>' for at in breaks)
    number = len(breaks)
    return f'<{kind}Breaks count="{number}" manualBreakCount="{number}">{each}</{kind}Breaks>'
