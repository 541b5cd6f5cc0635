"""Stacking the blocks of a sheet row by row and noting the spot of every path on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from kamxl.document.layout.blocks import (
    Block,
    CoverBlock,
    FormBlock,
    FormLine,
    MatrixBlock,
    TableBlock,
    Tile,
    TilesBlock,
)
from kamxl.document.layout.grid import FIRST_COLUMN, HALF, Spot, is_dashboard
from kamxl.document.schema import (
    FieldSpec,
    FigureSpec,
    PlanSpec,
    SectionSpec,
    SheetSpec,
)
from kamxl.document.vocabulary import Kind

__all__ = ["Stack"]

FIRST_ROW = 6
_NOTE_HEIGHT = 62.0
_LINE_HEIGHT = 21.0
_HALF_HEIGHT = 18.0
_WRAPPED_HEIGHT = 33.0
_HEADING_HEIGHT = 25.0
_HEADER_HEIGHT = 33.0
_HINT_HEIGHT = 18.0
_TILES_PER_ROW = 6
_STATUS_WIDTH = 15.0
_WORDY = (
    Kind.TEXT, Kind.NOTE, Kind.COMPETITOR, Kind.CONTACT, Kind.PERSON, Kind.GOAL, Kind.PRODUCT_GROUP,
)  # fmt: skip


@dataclass
class Stack:
    """The rows of one sheet while its blocks are being stacked."""

    key: str
    grid: list[float]
    row: int = FIRST_ROW
    heights: dict[int, float] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    first_rows: list[int] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    columns: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    @property
    def last_column(self) -> int:
        """The sheet's last column."""
        return FIRST_COLUMN + len(self.grid) - 1

    def take(self, height: float) -> int:
        """The next row, with its height in points."""
        row, self.row = self.row, self.row + 1
        self.heights[row] = height
        return row

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
        slots = self._slots(
            min(len(sheet.figures), _TILES_PER_ROW), is_dashboard(sheet)
        )
        tiles = []
        for start in range(0, len(sheet.figures), len(slots)):
            if start:
                self.take(6.0)
            label_row, value_row = self.take(17.0), self.take(27.0)
            for figure, (left, right) in zip(
                sheet.figures[start:], slots, strict=False
            ):
                value = self.across(value_row, left, right)
                tiles.append(Tile(figure, self.across(label_row, left, right), value))
                self.spots[figure.pattern] = value
        self.close(TilesBlock(tuple(tiles), self.row - 1))

    def _slots(self, per_row: int, dashboard: bool) -> list[tuple[int, int]]:
        """The grid columns each tile of a row covers."""
        if dashboard:
            return [
                (half + i, half + i + 1)
                for half in (0, HALF + 1)
                for i in range(0, HALF, 2)
            ]
        target = max(sum(self.grid) / per_row, 20.0)
        slots: list[tuple[int, int]] = []
        first, width = 0, 0.0
        for index, column_width in enumerate(self.grid):
            width += column_width
            if width >= target * 0.85:
                slots.append((first, index))
                first, width = index + 1, 0.0
        return slots[:_TILES_PER_ROW] or [(0, len(self.grid) - 1)]

    def form(self, section: SectionSpec, half: bool) -> None:
        """Label and value per line; with `half` in the left half of the page only."""
        self.begin()
        heading_row = self.take(_HEADING_HEIGHT) if section.heading else None
        hint_row = self.take(_HINT_HEIGHT) if section.hint else None
        keys_row = self.take(0.0)
        shown = [f for f in section.fields if f.item.beside is None]
        beside = {f.item.beside: f for f in section.fields if f.item.beside is not None}
        header_row = self.take(_HINT_HEIGHT) if beside else None
        lines = []
        for part in shown:
            row = self.take(
                _NOTE_HEIGHT
                if part.kind is Kind.NOTE
                else _HALF_HEIGHT
                if half
                else _LINE_HEIGHT
            )
            if half:
                label, value = (
                    self.across(row, 0, HALF // 2 - 1),
                    self.across(row, HALF // 2, HALF - 1),
                )
                placed: tuple[tuple[FieldSpec, Spot | None, Spot], ...] = (
                    (part, label, value),
                )
            else:
                placed = self._line(row, part, beside)
            for entry, _, spot in placed:
                self.spots[entry.pattern] = spot
            lines.append(FormLine(row, placed))
        self.close(
            FormBlock(
                section,
                heading_row,
                hint_row,
                keys_row,
                header_row,
                tuple(lines),
                self.row - 1,
            )
        )

    def _line(
        self, row: int, part: FieldSpec, beside: dict[str, FieldSpec]
    ) -> tuple[tuple[FieldSpec, Spot | None, Spot], ...]:
        """One field; notes run across the page, short entries take what they need."""
        last = len(self.grid) - 1
        if beside:
            width = 0.0
            while last > 1 and width < _STATUS_WIDTH:
                width += self.grid[last]
                last -= 1
        end = last
        if part.kind is not Kind.NOTE and part.kind is not Kind.TEXT:
            end, width = 1, self.grid[1]
            while end < last and width < _STATUS_WIDTH:
                end += 1
                width += self.grid[end]
        placed: list[tuple[FieldSpec, Spot | None, Spot]] = [
            (part, self.across(row, 0, 0), self.across(row, 1, end))
        ]
        if part.key in beside:
            placed.append(
                (beside[part.key], None, self.across(row, last + 1, len(self.grid) - 1))
            )
        return tuple(placed)

    def table(self, section: SectionSpec) -> None:
        """Header, the rows, and where the table asks for it a row of totals and one of growth."""
        self.begin()
        heading_row = self.take(_HEADING_HEIGHT)
        hint_row = self.take(_HINT_HEIGHT) if section.hint else None
        keys_row, header_row = self.take(0.0), self.take(_HEADER_HEIGHT)
        label_column = (
            FIRST_COLUMN if section.rows and section.editable is None else None
        )
        first = FIRST_COLUMN + (label_column is not None)
        columns = {column.key: first + i for i, column in enumerate(section.columns)}
        span, span_end = self._span(section, columns)
        height = self._row_height(section)
        first_row = self.row
        for index in range(section.count):
            row = self.take(height)
            for column in section.columns:
                end = span_end if column.key == span else 0
                self.spots[f"{section.pattern}[{index}].{column.key}"] = Spot(
                    row, columns[column.key], 0, end
                )
        for column in section.columns:
            place = (columns[column.key], first_row, first_row + section.count - 1)
            self.columns[column.pattern] = place
        total_row = (
            self._closing_row(section, columns, "total") if section.totals else None
        )
        growth_row = (
            self._closing_row(section, columns, "growth")
            if section.growth_row
            else None
        )
        if section.chart and section.count < 6:
            self.take(
                (7 - section.count) * _LINE_HEIGHT
            )  # room for the chart beside a short table
        self.close(
            TableBlock(
                section, heading_row, hint_row, keys_row, header_row, first_row, columns, label_column,
                total_row, growth_row, self.row - 1, span, span_end,
            )
        )  # fmt: skip

    @staticmethod
    def _row_height(section: SectionSpec) -> float:
        """Room for two lines where a row holds texts or names, one line where it holds numbers only."""
        wordy = any(
            isinstance(c, FieldSpec) and c.kind in _WORDY for c in section.columns
        )
        long_names = any(
            max(len(row.label.de), len(row.label.en)) > 26 for row in section.rows
        )
        return _WRAPPED_HEIGHT if wordy or long_names else _LINE_HEIGHT

    def _span(self, section: SectionSpec, columns: dict[str, int]) -> tuple[str, int]:
        """In a table with named rows, which nobody sorts, the first note takes the columns that are left."""
        spare = self.last_column - max(columns.values())
        note = next((c.key for c in section.columns if c.kind is Kind.NOTE), "")
        if not note or not section.rows or section.chart or spare <= 0:
            return "", 0
        start = columns[note]
        for key, column in columns.items():
            if column > start:
                columns[key] = column + spare
        return note, start + spare

    def _closing_row(
        self, section: SectionSpec, columns: dict[str, int], name: str
    ) -> int:
        """A row of totals; one of growth has no value in the first year."""
        row = self.take(_LINE_HEIGHT)
        for key in section.totals if name == "total" else section.totals[1:]:
            self.spots[f"{section.pattern}.{name}.{key}"] = Spot(row, columns[key])
        return row

    def matrix(self, section: SectionSpec) -> None:
        """People side by side above the crossings with our own people, coverage at the right and below."""
        self.begin()
        sheet = section.pattern.rsplit(".", 1)[0]
        heading_row, keys_row = self.take(_HEADING_HEIGHT), self.take(0.0)
        first_person = FIRST_COLUMN + 2
        inputs = [c for c in section.people if isinstance(c, FieldSpec)]
        closing = [c for c in section.people if isinstance(c, FigureSpec)]
        people_rows = {}
        for column in inputs:
            people_rows[column.key] = self.take(
                _WRAPPED_HEIGHT
                if column.kind in (Kind.TEXT, Kind.CHOICE)
                else _LINE_HEIGHT
            )
        header_row, first_team_row = self.take(_LINE_HEIGHT), self.row
        for _ in range(section.team_count):
            self.take(_LINE_HEIGHT)
            self.take(_LINE_HEIGHT * 1.15)
        for figure in closing:
            people_rows[figure.key] = self.take(_LINE_HEIGHT)
        for person in range(section.people_count):
            left = first_person + 2 * person
            for line in section.people:
                row = people_rows[line.key]
                self.spots[f"{sheet}.people[{person}].{line.key}"] = Spot(
                    row, left, row, left + 1
                )
        team_columns = self._team(section, sheet, first_team_row, first_person)
        self.close(
            MatrixBlock(
                section, heading_row, keys_row, people_rows, header_row, first_team_row, team_columns,
                first_person, self.row - 1,
            )
        )  # fmt: skip

    def _team(
        self, section: SectionSpec, sheet: str, first_row: int, first_person: int
    ) -> dict[str, int]:
        """Two rows per own person: the numbers above, what is talked about below."""
        columns: dict[str, int] = {}
        left = FIRST_COLUMN
        for own_column in section.team:
            if isinstance(own_column, FigureSpec):
                columns[own_column.key] = self.last_column
            else:
                columns[own_column.key], left = left, left + 1
        for own in range(section.team_count):
            row = first_row + 2 * own
            for key, place in columns.items():
                self.spots[f"{sheet}.team[{own}].{key}"] = Spot(
                    row, place, row + 1, place
                )
            for person in range(section.people_count):
                left = first_person + 2 * person
                path = f"{section.pattern}[{own}][{person}]"
                for column in section.columns:
                    if column.kind in (Kind.TEXT, Kind.NOTE):
                        spot = Spot(row + 1, left, row + 1, left + 1)
                    else:
                        spot, left = Spot(row, left), left + 1
                    self.spots[f"{path}.{column.key}"] = spot
        return columns

    def cover(self, spec: PlanSpec) -> None:
        """In the right half, beside the form: contents with progress, the legend, how to fill the plan in."""
        form = next(block for block in self.blocks if isinstance(block, FormBlock))
        below = self.row
        heading = form.heading_row or form.keys_row
        left, last = HALF + 1, len(self.grid) - 1
        row = header = form.keys_row + 1
        rows = {}
        for row, sheet in enumerate(spec.sheets, start=header + 1):
            rows[sheet.key] = row
            for place, name in enumerate(("filled", "required", "share", "status")):
                column = last - 3 + place
                self.spots[f"progress.{sheet.key}.{name}"] = self.across(
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
