"""The column grid of a sheet: all tables of one sheet share it, table column *k* in grid column *k*.

No table cell is ever merged, so a KAM can sort and filter; only forms, tiles and the contact matrix merge. A grid
column is as wide as the widest table column that stands in it; what is left of the page goes to the columns
that hold texts. Widths are in characters of the workbook's font, as Excel counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamxl.document.schema import FieldSpec, FormSpec, MatrixSpec, TableSpec
from kamxl.document.spec import SheetSpec
from kamxl.document.vocabulary import Kind, Width

KEYS_COLUMN = 1  # hidden: row keys
GUTTER_COLUMN = 2  # a little air on the left
FIRST_COLUMN = 3  # grid column 0

_CHARACTERS = {
    Width.TINY: 7.0,
    Width.SMALL: 11.5,
    Width.MEDIUM: 17.0,
    Width.LARGE: 23.0,
    Width.HUGE: 33.0,
}
PAGE_WIDTH = 132.0  # what fills an A4 landscape page at a comfortable size
LABEL_WIDTH = 28.0
CHART_COLUMNS = 4
CHART_COLUMN_WIDTH = 17.0
MATRIX_LABELS = (22.0, 24.0)
MATRIX_CELL = 8.5
MATRIX_TOTAL = 17.0
HALF = 6  # columns in each half of the cover, a narrow one between
_COVER_GRID = (12.0,) * HALF + (2.5,) + (12.0,) * HALF


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, or a block of merged cells named by its corners (1-based)."""

    row: int
    column: int
    last_row: int = 0
    last_column: int = 0

    @property
    def merged(self) -> bool:
        """Whether the spot covers more than its first cell."""
        return (
            max(self.last_row, self.row) > self.row
            or max(self.last_column, self.column) > self.column
        )


@dataclass(frozen=True, slots=True)
class ColumnSpot:
    """The cells of a table's column: its head, the rows drawn, and the row below them.

    `open` says that rows which people insert count as well, from the head to the row above `end`; `totals`, that the
    row below holds totals.
    """

    column: int
    head: int
    first: int
    last: int
    open: bool
    totals: bool

    @property
    def end(self) -> int:
        """The first row below the table's."""
        return self.last + 1


def is_dashboard(sheet: SheetSpec) -> bool:
    """Whether the sheet holds short fields only and no tables: its form then takes one half of the page."""
    forms = [s for s in sheet.sections if isinstance(s, FormSpec)]
    fields = [field for form in forms for field in form.fields]
    notes = any(field.kind is Kind.NOTE for field in fields)
    return bool(forms) and len(forms) == len(sheet.sections) and not notes


def sheet_grid(sheet: SheetSpec) -> list[float]:
    """Widths of the grid columns from `FIRST_COLUMN` on."""
    if is_dashboard(sheet):
        return list(_COVER_GRID)
    widths: list[float] = []
    stretch: set[int] = set()
    for section in sheet.sections:
        if isinstance(section, MatrixSpec):
            crossings = [MATRIX_CELL] * (section.people.count * 2)
            return [*MATRIX_LABELS, *crossings, MATRIX_TOTAL]
        if isinstance(section, TableSpec):
            _take_table(widths, stretch, section)
        else:
            _take_form(widths, stretch)
    if all(isinstance(section, FormSpec) for section in sheet.sections):
        # The way back, so that the title has room beside it.
        widths.append(_CHARACTERS[Width.MEDIUM])
    return _fill_page(widths, stretch)


def folded_grid(sheet: SheetSpec) -> range:
    """The grid columns that are folded away: contacts of a matrix that nobody has named yet."""
    matrices = (s for s in sheet.sections if isinstance(s, MatrixSpec))
    for matrix in matrices:
        first = len(MATRIX_LABELS)
        people = matrix.people
        return range(first + 2 * people.shown, first + 2 * people.count)
    return range(0)


def _take_form(widths: list[float], stretch: set[int]) -> None:
    """Room for labels, and one wide column where no table gives more."""
    if not widths:
        widths.append(LABEL_WIDTH)
    widths[0] = max(widths[0], LABEL_WIDTH)
    if len(widths) < 2:
        widths.append(_CHARACTERS[Width.HUGE])
        stretch.add(1)


def _take_table(widths: list[float], stretch: set[int], table: TableSpec) -> None:
    """Room for the columns of a table, and for its chart beside it."""
    columns = _table_widths(table)
    _take(widths, stretch, columns)
    if table.chart:
        missing = len(columns) + 1 + CHART_COLUMNS - len(widths)
        widths += [CHART_COLUMN_WIDTH] * max(missing, 0)


def _table_widths(table: TableSpec) -> list[tuple[float, bool]]:
    """Width and whether it may grow, per column; the printed row name comes first."""
    columns: list[tuple[float, bool]] = []
    if table.prints_names:
        is_long = table.longest_name > 45
        width = _CHARACTERS[Width.HUGE if is_long else Width.LARGE]
        columns.append((width, is_long))
    for column in table.columns:
        is_wide = column.width in (Width.LARGE, Width.HUGE)
        is_text = column.kind in (Kind.NOTE, Kind.TEXT)
        grows = isinstance(column, FieldSpec) and is_text and is_wide
        columns.append((_CHARACTERS[column.width], grows))
    return columns


def _take(
    widths: list[float], stretch: set[int], columns: Iterable[tuple[float, bool]]
) -> None:
    for index, (width, grows) in enumerate(columns):
        if index == len(widths):
            widths.append(width)
        widths[index] = max(widths[index], width)
        if grows:
            stretch.add(index)


def _fill_page(widths: list[float], stretch: set[int]) -> list[float]:
    """Spread what is left of the page over the columns that hold texts (or the last one)."""
    spare = PAGE_WIDTH - sum(widths)
    if spare <= 0:
        return widths
    chosen = stretch or {len(widths) - 1}
    return [w + spare / len(chosen) if i in chosen else w for i, w in enumerate(widths)]
