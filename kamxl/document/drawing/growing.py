"""What lets people insert, delete, sort and filter rows, and what is folded away until they need it.

Formulas are guarded cell by cell: a validation refuses what somebody types there, and hinders no sorting and no
deleting, as the locked cells of a protected sheet do. Rows and columns are folded as an outline, 15 of 30 projects for
example: what is folded is not printed, and ``[+]`` at the edge unfolds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.pen import DocumentPen
from kamxl.document.drawing.validations import guard
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import SheetLayout
from kamxl.document.vocabulary import Protection
from kamxl.xlsx.book import column_letter


def fold(sheet: Worksheet, layout: SheetLayout) -> None:
    """Fold rows and columns that nobody needs yet; the button to unfold them stands behind the last one."""
    for rows in layout.folded_rows:
        for row in rows:
            dimension = sheet.row_dimensions[row]
            dimension.outlineLevel, dimension.hidden = 1, True
        sheet.row_dimensions[rows.stop].collapsed = True
        sheet.sheet_format.outlineLevelRow = 1
    columns = layout.folded_columns
    for column in columns:
        dimension = _column(sheet, column)
        dimension.outlineLevel, dimension.hidden = 1, True
    if columns:
        _column(sheet, columns.stop).collapsed = True


def _column(sheet: Worksheet, column: int) -> ColumnDimension:
    return sheet.column_dimensions[column_letter(column)]


def keep_formulas(pen: DocumentPen, layout: SheetLayout) -> None:
    """Keep people from overwriting what the sheet computes, in the way that the company chose."""
    manner = pen.layout.spec.settings.protection
    if manner == Protection.SHEETS:
        pen.protect()
        allowed = pen.sheet.protection
        allowed.sort = allowed.autoFilter = False
        allowed.insertRows = allowed.insertHyperlinks = False
    elif manner == Protection.CELLS:
        rule = guard(pen.language)
        for area in areas_of(computed_cells(pen, layout)):
            rule.add(area)
        pen.sheet.add_data_validation(rule)


def computed_cells(pen: DocumentPen, layout: SheetLayout) -> Iterator[tuple[int, int]]:
    """Column and row of every cell of a sheet in which a formula stands."""
    for path in pen.formulas:
        sheet, spot = pen.layout.spots[path]
        if sheet is layout:
            yield spot.column, spot.row
    for block in layout.blocks:
        if isinstance(block, TableBlock) and block.label_column is not None:
            rows = range(block.first_row, block.end_row)
            yield from ((block.label_column, row) for row in rows)


def areas_of(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Cells, as the ranges that they make one below the other: ``I12:I26``."""
    found: list[list[int]] = []
    for column, row in sorted(cells):
        if found and [column, row - 1] == [found[-1][0], found[-1][2]]:
            found[-1][2] = row
        else:
            found.append([column, row, row])
    for column, first, last in found:
        letter = column_letter(column)
        yield f"{letter}{first}:{letter}{last}"


def offer_filter(sheet: Worksheet, layout: SheetLayout) -> None:
    """A filter on the sheet's longest table into which people write rows: a sheet has room for one."""
    tables = (block for block in layout.blocks if isinstance(block, TableBlock))
    free = [block for block in tables if block.section.grows]
    if free:
        longest = max(free, key=lambda block: block.section.count)
        first, last = min(longest.columns.values()), longest.last_column
        corners = column_letter(first), column_letter(last)
        sheet.auto_filter.ref = (
            f"{corners[0]}{longest.header_row}:{corners[1]}{longest.last_entry_row}"
        )
