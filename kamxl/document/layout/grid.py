"""The column grid of a sheet: all tables of one sheet share it, table column *k* in grid column *k*.

No table cell is ever merged, so a KAM can sort and filter; only forms, tiles and the contact matrix merge. A grid
column is as wide as the widest table column that stands in it; what is left of the page goes to the columns
that hold texts. Widths are in characters of the workbook's font, as Excel counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kamxl.document.layout.metrics import column_for
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
_LEAST = {
    Width.TINY: 7.0,
    Width.SMALL: 9.8,  # a date
    Width.MEDIUM: 12.0,
    Width.LARGE: 15.5,
    Width.HUGE: 20.0,
}
"""What a column can do with where its sheet would else be wider than a page."""
TEXT_SIZE = 10  # points; nothing but titles and figures is larger, and nothing smaller
PAGE_WIDTH = 132.0  # what fills an A4 landscape page at a comfortable size
PAGE_MOST = 174.0  # what it holds, so that texts have 8 points on paper
_CENTRED = frozenset(
    {
        *(Kind.SCORE, Kind.IMPORTANCE, Kind.SIGN, Kind.DATE, Kind.PERCENT),
        *(Kind.INTEGER, Kind.MONEY, Kind.NUMBER),
    }
)
LABEL_WIDTH, _LEAST_OF_LABELS = 28.0, 19.0
CHART_COLUMNS = 4
CHART_COLUMN_WIDTH = 17.0
MATRIX_LABELS = (15.5, 15.5)
MATRIX_CELL = 6.3
MATRIX_TOTAL = 17.0
MATRIX_PEOPLE = 7  # so many are always in sight
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
    def bottom(self) -> int:
        """The last row that it covers."""
        return max(self.last_row, self.row)

    @property
    def right(self) -> int:
        """The last column that it covers."""
        return max(self.last_column, self.column)

    @property
    def columns(self) -> range:
        """The columns that it covers."""
        return range(self.column, self.right + 1)

    @property
    def merged(self) -> bool:
        """Whether the spot covers more than its first cell."""
        return self.bottom > self.row or self.right > self.column


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


@dataclass(frozen=True, slots=True)
class Room:
    """What a column of the grid would like to have, what it needs at least, and whether it takes what is left."""

    width: float
    least: float
    grows: bool = False

    def joined(self, other: Room) -> Room:
        """What two columns need that share a column of the grid."""
        width, least = max(self.width, other.width), max(self.least, other.least)
        return Room(width, least, self.grows or other.grows)


def sheet_grid(sheet: SheetSpec, language: str) -> list[float]:
    """Widths of the grid columns from `FIRST_COLUMN` on; heads and names are printed in `language`."""
    if is_dashboard(sheet):
        return list(_COVER_GRID)
    for matrix in _matrices(sheet):
        heads = (field.label[language] for field in matrix.numbers)
        widths = (column_for(head, TEXT_SIZE) for head in heads)
        crossings = [max(MATRIX_CELL, *widths)] * (matrix.people.count * 2)
        return [*MATRIX_LABELS, *crossings, MATRIX_TOTAL]
    return fill_page(sheet_rooms(sheet, language))


def _matrices(sheet: SheetSpec) -> list[MatrixSpec]:
    return [s for s in sheet.sections if isinstance(s, MatrixSpec)]


def sheet_rooms(sheet: SheetSpec, language: str) -> list[Room]:
    """What each grid column of a sheet of forms and tables would like to have, and needs."""
    rooms: list[Room] = []
    for section in sheet.sections:
        if isinstance(section, TableSpec):
            _take_table(rooms, section, language)
        elif isinstance(section, FormSpec):
            _take(rooms, _form_rooms(section, language, alone=len(rooms) < 2))
    if all(isinstance(section, FormSpec) for section in sheet.sections):
        # The way back, so that the title has room beside it.
        rooms.append(_room(Width.MEDIUM))
    return rooms


def folded_grid(sheet: SheetSpec) -> range:
    """The grid columns that are folded away: contacts of a matrix that nobody has named yet."""
    for matrix in _matrices(sheet):
        first = len(MATRIX_LABELS)
        people = matrix.people
        return range(first + 2 * people.shown, first + 2 * people.count)
    return range(0)


def _room(width: Width, text: str = "", *, left: bool = True) -> Room:
    """A column for values of a usual width, below a head that breaks in no word."""
    head = column_for(text, TEXT_SIZE, indented=left)
    return Room(max(_CHARACTERS[width], head), max(_LEAST[width], head))


def _form_rooms(form: FormSpec, language: str, *, alone: bool) -> list[Room]:
    """Room for labels, and one wide column where no table gives more."""
    labels = " ".join(field.printed(language) for field in form.fields)
    longest = column_for(labels, TEXT_SIZE, indented=True)
    rooms = [Room(max(LABEL_WIDTH, longest), max(_LEAST_OF_LABELS, longest))]
    wide = replace(_room(Width.HUGE), grows=True)
    return [*rooms, wide] if alone else rooms


def _take_table(rooms: list[Room], table: TableSpec, language: str) -> None:
    """Room for the columns of a table, and for its chart beside it."""
    columns = _table_rooms(table, language)
    _take(rooms, columns)
    if table.chart:
        missing = len(columns) + 1 + CHART_COLUMNS - len(rooms)
        chart = Room(CHART_COLUMN_WIDTH, _LEAST[Width.MEDIUM])
        rooms += [chart] * max(missing, 0)


def _table_rooms(table: TableSpec, language: str) -> list[Room]:
    """Room for each column; the printed row name comes first."""
    rooms: list[Room] = []
    if table.prints_names:
        is_long = table.longest_name > 45
        names = [row.label[language] for row in table.rows]
        head = table.row_label[language] if table.row_label else ""
        room = _room(Width.HUGE if is_long else Width.LARGE, " ".join((head, *names)))
        rooms.append(replace(room, grows=is_long))
    for column in table.columns:
        is_wide = column.width in (Width.LARGE, Width.HUGE)
        is_text = column.kind in (Kind.NOTE, Kind.TEXT)
        left = column.kind not in _CENTRED
        room = _room(column.width, column.printed(language), left=left)
        grows = isinstance(column, FieldSpec) and is_text and is_wide
        rooms.append(replace(room, grows=grows))
    return rooms


def _take(rooms: list[Room], columns: Iterable[Room]) -> None:
    for index, column in enumerate(columns):
        if index == len(rooms):
            rooms.append(column)
        rooms[index] = rooms[index].joined(column)


def fill_page(rooms: Sequence[Room]) -> list[float]:
    """Spread what is left of the page over the columns that hold texts (or the last one), or save what is too much."""
    wanted = sum(room.width for room in rooms)
    if wanted >= PAGE_WIDTH:
        return fitted(rooms, PAGE_MOST)
    growing = [room.grows for room in rooms]
    growing[-1] |= not any(growing)
    spare = (PAGE_WIDTH - wanted) / sum(growing)
    pairs = zip(rooms, growing, strict=True)
    return [room.width + grows * spare for room, grows in pairs]


def fitted(rooms: Sequence[Room], most: float) -> list[float]:
    """The widths of columns that together are to be no wider than `most`: each gives of what it can spare."""
    excess = max(sum(room.width for room in rooms) - most, 0.0)
    spare = sum(room.width - room.least for room in rooms)
    share = min(excess / spare, 1.0) if spare else 0.0
    return [room.width - (room.width - room.least) * share for room in rooms]
