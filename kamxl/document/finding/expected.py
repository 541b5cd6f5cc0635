"""A block as it was generated: the keys of its rows and columns, its labels, and the place of every entry.

Every entry stands where a row key meets a column key, in forms, tables and the contact matrix alike. For example
``contacts.matrix[2][5].planned`` is where row ``contacts.team[2]`` meets column ``[5].planned``. Reading compares
what it finds with this: where nothing moved, the places are these; where something did, the keys lead to the new ones.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, product

from kamxl.document.extract import Entry
from kamxl.document.keys import (
    BETWEEN,
    END,
    GROWTH,
    ROW_NAMES,
    TOTAL,
    closings,
    crossing_key,
    line_key,
    marked,
    own_key,
    person_key,
    row_key,
    team_key,
)
from kamxl.document.layout.blocks import FormBlock, FormLine, MatrixBlock, TableBlock
from kamxl.document.layout.grid import KEYS_COLUMN
from kamxl.document.layout.layout import Layout, SheetLayout
from kamxl.document.paths import EntryPath, path_of
from kamxl.document.schema import Column, FieldSpec, MatrixSpec, Section, TableSpec
from kamxl.xlsx.book import State, address


@dataclass(frozen=True, slots=True)
class Slot:
    """One entry: its path, the keys that lead to it, its cell as generated, and what reading it empty gives."""

    path: EntryPath
    row_key: str
    column_key: str
    place: tuple[int, int]
    blank: Entry


@dataclass(frozen=True, eq=False)
class Expected:
    """A block as generated.

    Attributes:
        section: what it holds.
        sheet: the tab it stands on.
        marker: row and column of the marker.
        keys: row key by row.
        columns: column by column key.
        header_row: the row of the column labels.
        labels: the label beside a field of a form, or at the head of a row, by pattern or row key.
        heads: the label above a column, by column key.
        slots: every entry, in plan order.
        figures: every computed cell, those below a table included.
        anchors: in a form, by pattern, the field beside whose label the entry stands (itself, mostly), and how many
            columns right of that label.
    """

    section: Section
    sheet: SheetLayout
    marker: tuple[int, int]
    keys: dict[int, str]
    columns: dict[str, int]
    header_row: int
    labels: dict[str, str]
    heads: dict[str, str]
    slots: tuple[Slot, ...]
    figures: tuple[Slot, ...] = ()
    anchors: Mapping[str, tuple[str, int]] = dataclasses.field(default_factory=dict)

    @property
    def pattern(self) -> str:
        """What its marker says (for the matrix the pattern of its sheet)."""
        return marked(self.section)

    @cached_property
    def places(self) -> frozenset[tuple[int, int]]:
        """The cells of all entries."""
        return frozenset(slot.place for slot in self.slots)

    @cached_property
    def figure_places(self) -> frozenset[tuple[int, int]]:
        """The cells of all figures."""
        return frozenset(slot.place for slot in self.figures)

    @cached_property
    def rows(self) -> frozenset[str]:
        """The keys of all rows, in a form of all fields."""
        parts = (key.split(BETWEEN) for key in self.keys.values())
        return frozenset(chain.from_iterable(parts))

    @cached_property
    def by_path(self) -> dict[str, Slot]:
        """Every entry by its path."""
        return {slot.path: slot for slot in self.slots}

    @property
    def label_key(self) -> str:
        """Key of the column in which the names of rows stand, of a table or the matrix."""
        section = self.section
        if isinstance(section, MatrixSpec):
            return team_key(section.team.columns[0].key)
        return ROW_NAMES


@lru_cache(maxsize=32)
def expected_blocks(layout: Layout) -> dict[str, Expected]:
    """Every form, table and matrix of a workbook by its section's pattern, in plan order."""
    found: dict[str, Expected] = {}
    for sheet in layout.sheets:
        generated = _Generated(layout, sheet)
        blocks = [block for block in sheet.blocks if isinstance(block, _FieldBlock)]
        by_section = {block.section.pattern: block for block in blocks}
        for section in sheet.spec.sections:
            block = by_section[section.pattern]
            found[section.pattern] = generated.expected(block)
    return found


_FieldBlock = FormBlock | TableBlock | MatrixBlock


@dataclass(frozen=True, slots=True)
class _Generated:
    """One sheet as it was generated."""

    layout: Layout
    sheet: SheetLayout

    def expected(self, block: _FieldBlock) -> Expected:
        """What is expected of a block."""
        if isinstance(block, FormBlock):
            return self._form(block)
        return (
            self._table(block) if isinstance(block, TableBlock) else self._matrix(block)
        )

    def _slot(self, path: str, row_key: str, column_key: str) -> Slot:
        spot = self.layout.spots[path][1]
        cell = address(spot.row, spot.column)
        blank = Entry(path_of(path), self.sheet.name, cell, State.EMPTY)
        return Slot(path_of(path), row_key, column_key, (spot.row, spot.column), blank)

    def _form(self, block: FormBlock) -> Expected:
        language = self.layout.language
        columns: dict[str, int] = {}
        slots: dict[str, Slot] = {}
        labels: dict[str, str] = {}
        heads: dict[str, str] = {}
        anchors: dict[str, tuple[str, int]] = {}
        for line in block.lines:
            labelled, start = _labelled(line)
            labels[labelled.pattern] = labelled.printed(language)
            for number, (field, _, spot) in enumerate(line.parts, start=1):
                key = str(number)
                columns[key] = spot.column
                slots[field.pattern] = self._slot(field.pattern, field.pattern, key)
                anchors[field.pattern] = (labelled.pattern, spot.column - start)
                if field is not labelled:
                    heads[key] = field.printed(language)
        return Expected(
            section=block.section,
            sheet=self.sheet,
            marker=(block.keys_row, KEYS_COLUMN),
            keys={
                line.row: line_key(f for f, _, _ in line.parts) for line in block.lines
            },
            columns=columns,
            header_row=block.header_row or block.keys_row,
            labels=labels,
            heads=heads,
            slots=tuple(slots[field.pattern] for field in block.section.fields),
            anchors=anchors,
        )

    def _table(self, block: TableBlock) -> Expected:
        table, language = block.section, self.layout.language
        row_keys = [row_key(table, index) for index in range(table.count)]
        columns = dict(block.columns)
        heads = {column.key: column.printed(language) for column in table.columns}
        if block.label_column is not None:
            columns[ROW_NAMES] = block.label_column
            if table.row_label is not None:
                heads[ROW_NAMES] = table.row_label[language]
        return Expected(
            section=table,
            sheet=self.sheet,
            marker=(block.keys_row, KEYS_COLUMN),
            keys=_table_keys(block, row_keys),
            columns=columns,
            header_row=block.header_row,
            labels=self._row_names(block),
            heads=heads,
            slots=tuple(self._rows(table.fields, row_keys)),
            figures=tuple(self._figures(table, row_keys)),
        )

    def _rows(self, columns: Iterable[Column], row_keys: list[str]) -> Iterator[Slot]:
        """The cells of some columns, row by row."""
        for (index, key), column in product(enumerate(row_keys), tuple(columns)):
            yield self._slot(column.pattern.at(index), key, column.key)

    def _figures(self, table: TableSpec, row_keys: list[str]) -> Iterator[Slot]:
        """The computed cells of a table, those below it last."""
        yield from self._rows(table.figures, row_keys)
        for path, (suffix, key) in closings(table).items():
            yield self._slot(path, table.pattern + suffix, key)

    def _row_names(self, block: TableBlock) -> dict[str, str]:
        """The printed names of rows, by row key; none where they are entries of another table, repeated by formula."""
        table, tables = block.section, self.layout.spec.tables
        entered = {t.source for t in tables if t.editable is not None}
        if block.label_column is None or table.source in entered:
            return {}
        labels = [row.label[self.layout.language] for row in table.rows]
        return {row_key(table, index): label for index, label in enumerate(labels)}

    def _matrix(self, block: MatrixBlock) -> Expected:
        matrix, language = block.section, self.layout.language
        people = matrix.people.columns
        columns = {team_key(key): column for key, column in block.team_columns.items()}
        heads = {team_key(c.key): c.printed(language) for c in matrix.team.columns}
        for person in range(matrix.people.count):
            for offset, field in enumerate(matrix.numbers):
                key = crossing_key(person, field.key)
                columns[key] = block.person_column(person) + offset
                heads[key] = field.label[language]
        return Expected(
            section=matrix,
            sheet=self.sheet,
            marker=(block.keys_row, KEYS_COLUMN),
            keys=_matrix_keys(block),
            columns=columns,
            header_row=block.header_row,
            labels={person_key(line): line.printed(language) for line in people},
            heads=heads,
            slots=tuple(self._slot(*keyed) for keyed in _matrix_slots(matrix)),
            figures=tuple(self._slot(*keyed) for keyed in _matrix_figures(matrix)),
        )


def _table_keys(block: TableBlock, row_keys: list[str]) -> dict[int, str]:
    """The keys of all rows of a table, and of those that close it."""
    keys = {block.first_row + index: key for index, key in enumerate(row_keys)}
    ends = (
        (block.total_row, TOTAL),
        (block.growth_row, GROWTH),
        (block.last_row + 1, END),
    )
    pattern = block.section.pattern
    return keys | {row: pattern + suffix for row, suffix in ends if row is not None}


def _labelled(line: FormLine) -> tuple[FieldSpec, int]:
    """The field of a line that has a label, and the label's column."""
    labelled = ((field, label) for field, label, _ in line.parts if label is not None)
    field, label = next(labelled)
    return field, label.column


def _matrix_keys(block: MatrixBlock) -> dict[int, str]:
    """The keys of all rows of a matrix: what is said of the people, then two for each of our own."""
    matrix = block.section
    keys = {
        block.people_rows[line.key]: person_key(line) for line in matrix.people.columns
    }
    for own in range(matrix.team.count):
        row = block.team_row(own)
        keys[row] = own_key(matrix, own)
        for text in matrix.texts[:1]:
            keys[row + 1] = own_key(matrix, own, text.key)
    return keys


def _matrix_slots(matrix: MatrixSpec) -> Iterator[tuple[EntryPath, str, str]]:
    """EntryPath, row key and column key of every entry; a contact's column is the first of its two."""
    people, team = range(matrix.people.count), range(matrix.team.count)
    first = matrix.numbers[0].key
    for person in people:
        for field in matrix.people.fields:
            yield field.at(person), person_key(field), crossing_key(person, first)
    for own in team:
        for field in matrix.team.fields:
            yield field.at(own), own_key(matrix, own), team_key(field.key)
    for own, person in product(team, people):
        for field in matrix.crossings.fields:
            path = field.at(own, person)
            if field in matrix.texts:
                below = own_key(matrix, own, field.key)
                yield path, below, crossing_key(person, first)
            else:
                yield path, own_key(matrix, own), crossing_key(person, field.key)


def _matrix_figures(matrix: MatrixSpec) -> Iterator[tuple[EntryPath, str, str]]:
    """Path, row key and column key of every figure of a matrix."""
    first = matrix.numbers[0].key
    people, team = range(matrix.people.count), range(matrix.team.count)
    for person, line in product(people, matrix.people.figures):
        path = line.pattern.at(person)
        yield path, person_key(line), crossing_key(person, first)
    for own, column in product(team, matrix.team.figures):
        yield column.pattern.at(own), own_key(matrix, own), team_key(column.key)
