"""Stacking the blocks of a sheet row by row and noting the spot of every path on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kamxl.document.keys import GROWTH, PROGRESS, TOTAL, closing, progress_path
from kamxl.document.layout.blocks import (
    Block,
    CoverBlock,
    FormBlock,
    FormLine,
    MatrixBlock,
    Placed,
    TableBlock,
    Tile,
    TilesBlock,
)
from kamxl.document.layout.grid import (
    FIRST_COLUMN,
    HALF,
    MATRIX_LABELS,
    MATRIX_PEOPLE,
    TEXT_SIZE,
    ColumnSpot,
    Spot,
    is_dashboard,
)
from kamxl.document.layout.metrics import height_of
from kamxl.document.schema import (
    Column,
    FieldSpec,
    FigureSpec,
    FormSpec,
    MatrixSpec,
    TableSpec,
)
from kamxl.document.spec import DocumentSpec, SheetSpec
from kamxl.document.vocabulary import Kind

FIRST_ROW = 6
_NOTE_HEIGHT = 57.0
_LINE_HEIGHT = 21.0
_HALF_HEIGHT = 18.0
_WRAPPED_HEIGHT, _THREE_LINES = 31.0, 44.0
_HEADING_HEIGHT = 25.0
_HEADER_HEIGHT, _AROUND_HEAD = 22.0, 5.0
_HINT_HEIGHT = 18.0
_TILES_PER_ROW = 6
_WIDE = 40.0  # characters: a line for most texts
_STATUS_WIDTH = 15.0
_CHART_ROWS = 6  # a chart beside fewer rows would be too flat
_WORDY = (
    Kind.TEXT, Kind.NOTE, Kind.COMPETITOR, Kind.CONTACT, Kind.PERSON, Kind.GOAL, Kind.PRODUCT_GROUP,
)  # fmt: skip


@dataclass
class Stack:
    """The rows of one sheet while its blocks are being stacked."""

    key: str
    grid: list[float]
    language: str
    folded: range = range(0)
    row: int = FIRST_ROW
    heights: dict[int, float] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    first_rows: list[int] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    columns: dict[str, ColumnSpot] = field(default_factory=dict)

    @property
    def last_column(self) -> int:
        """The sheet's last column."""
        return FIRST_COLUMN + len(self.grid) - 1

    def take(self, height: float) -> int:
        """The next row, with its height in points."""
        row, self.row = self.row, self.row + 1
        self.heights[row] = height
        return row

    def take_if(self, wanted: object, height: float) -> int | None:
        """The next row, where there is something for it."""
        return self.take(height) if wanted else None

    def across(self, row: int, first: int, last: int, rows: int = 1) -> Spot:
        """A spot over grid columns `first` to `last` (from 0)."""
        return Spot(row, FIRST_COLUMN + first, row + rows - 1, FIRST_COLUMN + last)

    def begin(self) -> None:
        """Note where a block begins."""
        self.first_rows.append(self.row)

    def close(self, block: Block) -> None:
        """Keep a block and leave a little room below it."""
        self.blocks.append(block)
        self.take(12.0)

    def tiles(self, sheet: SheetSpec) -> None:
        """The sheet's figures, up to six a row, each at least 20 characters wide."""
        self.begin()
        figures = sheet.figures
        slots = self._slots(min(len(figures), _TILES_PER_ROW), is_dashboard(sheet))
        tiles = []
        for start in range(0, len(figures), len(slots)):
            if start:
                self.take(6.0)
            row_of = figures[start : start + len(slots)]
            label_row, value_row = self._tile_labels(row_of, slots), self.take(27.0)
            for figure, (left, right) in zip(figures[start:], slots, strict=False):
                value = self.across(value_row, left, right)
                tiles.append(Tile(figure, self.across(label_row, left, right), value))
                self.spots[figure.pattern] = value
        self.close(TilesBlock(tuple(tiles), self.row - 1))

    def _tile_labels(
        self, figures: Sequence[FigureSpec], slots: Sequence[tuple[int, int]]
    ) -> int:
        """The next row, high enough for the labels of a row of tiles."""
        pairs = zip(figures, slots, strict=False)
        return self.take(
            max(
                17.0,
                *(
                    self._height(figure.label[self.language], *slot)
                    for figure, slot in pairs
                ),
            )
        )

    def _height(self, text: str, first: int, last: int) -> float:
        """How high a text is over grid columns `first` to `last` (from 0), in points."""
        width = sum(self.grid[first : last + 1])
        return height_of(text, width, TEXT_SIZE)

    def _slots(self, per_row: int, dashboard: bool) -> list[tuple[int, int]]:
        """The grid columns each tile of a row covers."""
        if dashboard:
            left = range(0, HALF, 2)
            right = range(HALF + 1, 2 * HALF + 1, 2)
            return [(first, first + 1) for first in (*left, *right)]
        hidden = self._perhaps_folded()
        seen = [0.0 if i in hidden else w for i, w in enumerate(self.grid)]
        target = max(sum(seen) / per_row, 20.0)
        slots: list[tuple[int, int]] = []
        first, width = 0, 0.0
        for index, column_width in enumerate(seen):
            width += column_width
            if width >= target * 0.85:
                slots.append((first, index))
                first, width = index + 1, 0.0
        return slots[:_TILES_PER_ROW] or [(0, len(self.grid) - 1)]

    def _perhaps_folded(self) -> range:
        """The grid columns that are folded away, or are where words need their room."""
        kept = len(MATRIX_LABELS) + 2 * MATRIX_PEOPLE
        return range(min(self.folded.start, kept), self.folded.stop)

    def form(self, form: FormSpec, *, half: bool) -> None:
        """Label and value per line; with `half` in the left half of the page only."""
        self.begin()
        heading_row = self.take_if(form.heading, _HEADING_HEIGHT)
        hint_row = self.take_if(form.hint, _HINT_HEIGHT)
        keys_row = self.take(0.0)
        beside = {f.item.beside: f for f in form.fields if f.item.beside is not None}
        header_row = self.take_if(beside, _HINT_HEIGHT)
        lines = []
        for field_ in form.fields:
            if field_.item.beside is None:
                last = HALF // 2 - 1 if half else 0
                label = self._height(field_.printed(self.language), 0, last)
                row = self.take(max(_line_height(field_, half=half), label))
                parts = self._half_line if half else self._line
                lines.append(FormLine(row, parts(row, field_, beside)))
        for line in lines:
            self.spots |= {entry.at(): spot for entry, _, spot in line.parts}
        self.close(
            FormBlock(
                form,
                heading_row,
                hint_row,
                keys_row,
                header_row,
                tuple(lines),
                self.row - 1,
            )
        )

    def _half_line(
        self, row: int, field_: FieldSpec, _: Mapping[str, FieldSpec]
    ) -> tuple[Placed, ...]:
        """One field in the left half of the page."""
        label = self.across(row, 0, HALF // 2 - 1)
        return ((field_, label, self.across(row, HALF // 2, HALF - 1)),)

    def _line(
        self, row: int, field_: FieldSpec, beside: Mapping[str, FieldSpec]
    ) -> tuple[Placed, ...]:
        """One field; notes run across the page, short entries take what they need."""
        end = last = self._before_status() if beside else len(self.grid) - 1
        if field_.kind not in (Kind.NOTE, Kind.TEXT):
            end = self._enough_for_short(last)
        own: Placed = (field_, self.across(row, 0, 0), self.across(row, 1, end))
        other = beside.get(field_.key)
        if other is None:
            return (own,)
        return own, (other, None, self.across(row, last + 1, len(self.grid) - 1))

    def _before_status(self) -> int:
        """The last grid column left of what stands beside the fields of a form."""
        last, width = len(self.grid) - 1, 0.0
        while last > 1 and width < _STATUS_WIDTH:
            width += self.grid[last]
            last -= 1
        return last

    def _enough_for_short(self, last: int) -> int:
        """The grid column at which a short entry has room enough."""
        end, width = 1, self.grid[1]
        while end < last and width < _STATUS_WIDTH:
            end += 1
            width += self.grid[end]
        return end

    def table(self, table: TableSpec) -> None:
        """Header, the rows, and where the table asks for it a row of totals and one of growth."""
        self.begin()
        heading_row = self.take(_HEADING_HEIGHT)
        hint_row = self.take_if(table.hint or table.spare, _HINT_HEIGHT)
        keys_row, header_row = self.take(0.0), self.take(self._head_height(table))
        label_column = FIRST_COLUMN if table.prints_names else None
        first = FIRST_COLUMN + int(table.prints_names)
        columns = {column.key: first + i for i, column in enumerate(table.columns)}
        span, span_end = self._span(table, columns)
        first_row = self.row
        for index in range(table.count):
            row = self.take(self._row_height(table, index))
            for column in table.columns:
                end = span_end if column.key == span else 0
                spot = Spot(row, columns[column.key], 0, end)
                self.spots[column.pattern.at(index)] = spot
        for column in table.columns:
            self.columns[column.pattern] = ColumnSpot(
                columns[column.key], header_row, first_row, self.row - 1,
                table.takes_rows, bool(table.totals),
            )  # fmt: skip
        total_row = self._closing_row(table, columns, TOTAL, table.totals)
        growth_row = self._closing_row(table, columns, GROWTH, table.grown)
        if table.chart and table.count < _CHART_ROWS:
            # Room for the chart beside a short table.
            self.take((_CHART_ROWS + 1 - table.count) * _LINE_HEIGHT)
        self.close(
            TableBlock(
                table, heading_row, hint_row, keys_row, header_row, first_row, columns, label_column,
                total_row, growth_row, self.row - 1, span, span_end,
            )
        )  # fmt: skip

    def _head_height(self, table: TableSpec) -> float:
        """Room for the longest head of a table."""
        heads = [column.printed(self.language) for column in table.columns]
        columns = enumerate(heads, start=int(table.prints_names))
        highest = max(self._height(text, i, i) for i, text in columns)
        return max(_HEADER_HEIGHT, highest + _AROUND_HEAD)

    def _row_height(self, table: TableSpec, index: int) -> float:
        """Room for a row's name and its entries: for two lines where a text has no wide column for itself."""
        name = table.rows[index].label[self.language] if index < len(table.rows) else ""
        start = int(table.prints_names)
        widths = zip(table.columns, self.grid[start:], strict=False)
        wraps = any(
            c.kind in _WORDY and w < _WIDE
            for c, w in widths
            if isinstance(c, FieldSpec)
        )
        usual = _WRAPPED_HEIGHT if wraps else _LINE_HEIGHT
        return max(usual, self._height(name, 0, 0))

    def _span(self, table: TableSpec, columns: dict[str, int]) -> tuple[str, int]:
        """In a table with named rows, which nobody sorts, the first note takes the columns that are left."""
        spare = self.last_column - max(columns.values())
        note = next((c.key for c in table.columns if c.kind is Kind.NOTE), "")
        if not note or table.free or table.chart or spare <= 0:
            return "", 0
        start = columns[note]
        for key, column in columns.items():
            if column > start:
                columns[key] = column + spare
        return note, start + spare

    def _closing_row(
        self,
        table: TableSpec,
        columns: Mapping[str, int],
        suffix: str,
        keys: Sequence[str],
    ) -> int | None:
        """A row of totals or of growth, if the table has one."""
        row = self.take_if(keys, _LINE_HEIGHT)
        places = {closing(table.pattern, suffix, key): columns[key] for key in keys}
        self.spots |= {path: Spot(row or 0, place) for path, place in places.items()}
        return row

    def matrix(self, matrix: MatrixSpec) -> None:
        """People side by side above the crossings with our own people, coverage at the right and below."""
        self.begin()
        heading_row = self.take(_HEADING_HEIGHT)
        spare = any(side.spare for side in matrix.sides)
        hint_row = self.take_if(matrix.hint or spare, _WRAPPED_HEIGHT)
        keys_row = self.take(0.0)
        first_person = FIRST_COLUMN + 2
        people_rows = {
            f.key: self.take(_person_height(f)) for f in matrix.people.fields
        }
        header_row, first_team_row = self.take(_LINE_HEIGHT), self.row
        for _ in range(matrix.team.count):
            self.take(_LINE_HEIGHT)
            self.take(_WRAPPED_HEIGHT)  # topics
        people_rows |= {f.key: self.take(_LINE_HEIGHT) for f in matrix.people.figures}
        block = MatrixBlock(
            matrix, heading_row, hint_row, keys_row, people_rows, header_row, first_team_row,
            self._team_columns(matrix.team.columns), first_person, self.row - 1,
        )  # fmt: skip
        self.spots |= dict(_matrix_spots(block))
        self.close(block)

    def _team_columns(self, columns: Sequence[Column]) -> dict[str, int]:
        """What is said of our own people stands on the left, their figures in the last column."""
        found: dict[str, int] = {}
        left = FIRST_COLUMN
        for column in columns:
            is_figure = isinstance(column, FigureSpec)
            found[column.key] = self.last_column if is_figure else left
            left += not is_figure
        return found

    def cover(self, spec: DocumentSpec[Any]) -> None:
        """In the right half, beside the form: contents with progress, the legend, how to fill the document in."""
        form = next(block for block in self.blocks if isinstance(block, FormBlock))
        below = self.row
        heading = form.heading_row or form.keys_row
        left, last = HALF + 1, len(self.grid) - 1
        row = header = form.keys_row + 1
        rows = {}
        for row, sheet in enumerate(spec.sheets, start=header + 1):
            rows[sheet.key] = row
            for place, name in enumerate(PROGRESS):
                column = last - 3 + place
                self.spots[progress_path(sheet.key, name)] = self.across(
                    row, column, column
                )
        legend = row + 2
        steps = legend + 4
        last_row = steps + 5
        while self.row <= last_row:
            self.take(_HALF_HEIGHT)
        self.row = max(below, last_row + 1)
        self.blocks.append(
            CoverBlock(
                FIRST_COLUMN + left, heading, header, rows, legend, steps, last_row
            )
        )


def _line_height(field_: FieldSpec, *, half: bool) -> float:
    if field_.kind is Kind.NOTE:
        return _NOTE_HEIGHT
    return _HALF_HEIGHT if half else _LINE_HEIGHT


def _person_height(field_: FieldSpec) -> float:
    """Names and lists wrap in the narrow columns of a person; what somebody is takes three lines."""
    heights = {Kind.TEXT: _THREE_LINES, Kind.CHOICE: _WRAPPED_HEIGHT}
    return heights.get(field_.kind, _LINE_HEIGHT)


def _matrix_spots(block: MatrixBlock) -> Iterator[tuple[str, Spot]]:
    """The cells of all people, on either side, and of their crossings."""
    matrix = block.section
    for person in range(matrix.people.count):
        left = block.person_column(person)
        for column in matrix.people.columns:
            row = block.people_rows[column.key]
            yield column.pattern.at(person), Spot(row, left, row, left + 1)
    for own in range(matrix.team.count):
        row = block.team_row(own)
        for column in matrix.team.columns:
            place = block.team_columns[column.key]
            yield column.pattern.at(own), Spot(row, place, row + 1, place)
        for person in range(matrix.people.count):
            left = block.person_column(person)
            for field_ in matrix.texts:
                spot = Spot(row + 1, left, row + 1, left + 1)
                yield field_.pattern.at(own, person), spot
            for offset, field_ in enumerate(matrix.numbers):
                yield field_.pattern.at(own, person), Spot(row, left + offset)
