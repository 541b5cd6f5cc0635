"""What a sheet consists of, from top to bottom: forms, tables, the contact matrix, tiles, the cover's extras."""

from __future__ import annotations

from dataclasses import dataclass

from kamxl.document.layout.grid import Spot
from kamxl.document.schema import (
    FieldSpec,
    FigureSpec,
    FormSpec,
    MatrixSpec,
    TableSpec,
)

Placed = tuple[FieldSpec, Spot | None, Spot]
"""A field of a form with its label's spot (none for a field printed beside another) and its own."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form."""

    row: int
    parts: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A form: its lines, and the hidden row that says in which columns their cells stand."""

    section: FormSpec
    heading_row: int | None
    hint_row: int | None
    keys_row: int
    header_row: int | None
    lines: tuple[FormLine, ...]
    last_row: int


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: `columns` maps each field or figure key to its sheet column; `label_column` holds row names.

    `span` names the one column of a table with named rows that covers several grid columns, up to `span_end`.
    """

    section: TableSpec
    heading_row: int
    hint_row: int | None
    keys_row: int
    header_row: int
    first_row: int
    columns: dict[str, int]
    label_column: int | None
    total_row: int | None
    growth_row: int | None
    last_row: int
    span: str = ""
    span_end: int = 0

    def spot(self, row: int, key: str) -> Spot:
        """The cell of a column in a row, merged where the column covers several."""
        column = self.columns[key]
        return (
            Spot(row, column, row, self.span_end)
            if key == self.span
            else Spot(row, column)
        )

    @property
    def last_column(self) -> int:
        """The table's last sheet column."""
        return max(*self.columns.values(), self.span_end)

    @property
    def last_entry_row(self) -> int:
        """The last of the drawn rows that take entries."""
        return self.first_row + self.section.count - 1

    @property
    def end_row(self) -> int:
        """The first row below those that take entries: the totals, or what leaves room below the table."""
        return self.last_entry_row + 1

    @property
    def last_ruled_row(self) -> int:
        """The last row for which validations and colours hold: where no totals follow also the one below the table.

        A row that is inserted there lies within their range.
        """
        below = self.section.takes_rows and not self.section.totals
        return self.end_row if below else self.last_entry_row

    @property
    def folded_rows(self) -> range:
        """The rows that are folded away until somebody needs them."""
        return range(self.first_row + self.section.shown, self.end_row)


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """The contact matrix: people side by side (two sheet columns each), own people below each other (two rows)."""

    section: MatrixSpec
    heading_row: int
    hint_row: int | None
    keys_row: int
    people_rows: dict[str, int]
    header_row: int
    first_team_row: int
    team_columns: dict[str, int]
    first_person_column: int
    last_row: int

    def person_column(self, index: int) -> int:
        """First of the two columns of contact `index` (from 0)."""
        return self.first_person_column + 2 * index

    def team_row(self, index: int) -> int:
        """First of the two rows of own person `index` (from 0)."""
        return self.first_team_row + 2 * index

    @property
    def folded_rows(self) -> range:
        """The rows of our own people that are folded away until somebody needs them."""
        return range(self.team_row(self.section.team.shown), self.last_team_row + 1)

    @property
    def folded_columns(self) -> range:
        """The columns of contacts that are folded away until somebody needs them."""
        people = self.section.people
        return range(self.person_column(people.shown), self.person_column(people.count))

    @property
    def last_person_column(self) -> int:
        """First of the two columns of the last contact."""
        return self.person_column(self.section.people.count - 1)

    @property
    def last_team_row(self) -> int:
        """Second of the two rows of the last own person."""
        return self.team_row(self.section.team.count) - 1


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure shown large, its label above."""

    figure: FigureSpec
    label: Spot
    value: Spot


@dataclass(frozen=True, slots=True)
class TilesBlock:
    """The figures at the top of a sheet."""

    tiles: tuple[Tile, ...]
    last_row: int


@dataclass(frozen=True, slots=True)
class CoverBlock:
    """What only the cover has: contents with progress per sheet, the legend and how to fill the plan in."""

    first_column: int
    heading_row: int
    header_row: int
    contents_rows: dict[str, int]
    legend_row: int
    steps_row: int
    last_row: int


Block = FormBlock | TableBlock | MatrixBlock | TilesBlock | CoverBlock
