"""A block as it was generated: the keys of its rows and columns, its labels, and the place of every entry.

Every entry stands where a row key meets a column key, in forms, tables and the contact matrix alike. For example
``contacts.matrix[2][5].planned`` is where row ``contacts.team[2]`` meets column ``[5].planned``. Reading compares
what it finds with this: where nothing moved, the places are these; where something did, the keys lead to the new ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kamxl.document.extract import Entry
from kamxl.document.keys import BETWEEN, END, GROWTH, ROW_NAMES, TOTAL
from kamxl.document.layout.blocks import FormBlock, MatrixBlock, TableBlock
from kamxl.document.layout.grid import KEYS_COLUMN
from kamxl.document.layout.layout import PlanLayout, SheetLayout
from kamxl.document.schema import FieldSpec, SectionSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.cells import State, address

__all__ = ["Expected", "Slot", "expected_blocks"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One entry: its path, the keys that lead to it, its cell as generated, and what reading it empty gives."""

    path: str
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
        pattern: what its marker says (for the matrix the pattern of its sheet).
        marker: row and column of the marker.
        keys: row key by row.
        columns: column by column key.
        header_row: the row of the column labels.
        labels: the label beside a field of a form, or at the head of a row, by pattern or row key.
        heads: the label above a column, by column key.
        slots: every entry, in plan order.
        anchors: in a form, by pattern, the field beside whose label the entry stands (itself, mostly), and how many
            columns right of that label.
    """

    section: SectionSpec
    sheet: SheetLayout
    pattern: str
    marker: tuple[int, int]
    keys: dict[int, str]
    columns: dict[str, int]
    header_row: int
    labels: dict[str, str]
    heads: dict[str, str]
    slots: tuple[Slot, ...]
    anchors: dict[str, tuple[str, int]]

    @cached_property
    def places(self) -> frozenset[tuple[int, int]]:
        """The cells of all entries."""
        return frozenset(slot.place for slot in self.slots)

    @cached_property
    def rows(self) -> frozenset[str]:
        """The keys of all rows, in a form of all fields."""
        return frozenset(
            part for key in self.keys.values() for part in key.split(BETWEEN)
        )

    @cached_property
    def by_path(self) -> dict[str, Slot]:
        """Every entry by its path."""
        return {slot.path: slot for slot in self.slots}

    def label_column(self, key: str) -> int:
        """The column in which the label of a row or of a form's field was printed."""
        if key in self.anchors:
            return self.columns["1"] - self.anchors[key][1]
        return self.columns[self.label_key]

    @property
    def label_key(self) -> str:
        """Key of the column in which the names of rows stand, of a table or the matrix."""
        return f"team.{self.section.team[0].key}" if self.section.team else ROW_NAMES


@lru_cache(maxsize=32)
def expected_blocks(layout: PlanLayout) -> dict[str, Expected]:
    """Every form, table and matrix of a workbook by its section's pattern, in plan order."""
    found: dict[str, Expected] = {}
    for sheet in layout.sheets:
        blocks = [
            b
            for b in sheet.blocks
            if isinstance(b, FormBlock | TableBlock | MatrixBlock)
        ]
        for section in sheet.spec.sections:
            block = next(b for b in blocks if b.section is section)
            if isinstance(block, FormBlock):
                found[section.pattern] = _form(sheet, block, layout)
            elif isinstance(block, TableBlock):
                found[section.pattern] = _table(sheet, block, layout)
            else:
                found[section.pattern] = _matrix(sheet, block, layout)
    return found


def _slot(
    layout: PlanLayout, sheet: SheetLayout, path: str, row_key: str, column_key: str
) -> Slot:
    spot = layout.spots[path][1]
    blank = Entry(path, sheet.name, address(spot.row, spot.column), State.EMPTY)
    return Slot(path, row_key, column_key, (spot.row, spot.column), blank)


def _form(sheet: SheetLayout, block: FormBlock, layout: PlanLayout) -> Expected:
    columns: dict[str, int] = {}
    slots: dict[str, Slot] = {}
    labels: dict[str, str] = {}
    heads: dict[str, str] = {}
    anchors: dict[str, tuple[str, int]] = {}
    for line in block.lines:
        labelled, start = next(
            (field, label.column) for field, label, _ in line.parts if label is not None
        )
        labels[labelled.pattern] = labelled.printed(layout.language)
        for number, (field, _, spot) in enumerate(line.parts, start=1):
            columns[str(number)] = spot.column
            slots[field.pattern] = _slot(
                layout, sheet, field.pattern, field.pattern, str(number)
            )
            anchors[field.pattern] = (labelled.pattern, spot.column - start)
            if field is not labelled:
                heads[str(number)] = field.printed(layout.language)
    keys = {
        line.row: BETWEEN.join(field.pattern for field, _, _ in line.parts)
        for line in block.lines
    }
    section = block.section
    return Expected(
        section, sheet, section.pattern, (block.keys_row, KEYS_COLUMN), keys, columns,
        block.header_row or block.keys_row, labels, heads,
        tuple(slots[field.pattern] for field in section.fields), anchors,
    )  # fmt: skip


def _table(sheet: SheetLayout, block: TableBlock, layout: PlanLayout) -> Expected:
    section, language = block.section, layout.language
    names = [f"{section.pattern}[{i}]" for i in range(section.count)]
    row_keys = (
        [f"{name} {row.key}" for name, row in zip(names, section.rows, strict=True)]
        if section.rows
        else names
    )
    keys = {block.first_row + index: key for index, key in enumerate(row_keys)}
    for row, suffix in (
        (block.total_row, TOTAL),
        (block.growth_row, GROWTH),
        (block.last_row + 1, END),
    ):
        if row is not None:
            keys[row] = section.pattern + suffix
    columns = dict(block.columns)
    heads = {column.key: column.printed(language) for column in section.columns}
    labels: dict[str, str] = {}
    if block.label_column is not None:
        columns[ROW_NAMES] = block.label_column
        if section.source not in _named_by_entries(layout):
            labels = {
                key: row.label[language]
                for key, row in zip(row_keys, section.rows, strict=True)
            }
        if section.row_label is not None:
            heads[ROW_NAMES] = section.row_label[language]
    slots = tuple(
        _slot(layout, sheet, f"{name}.{field.key}", row_key, field.key)
        for name, row_key in zip(names, row_keys, strict=True)
        for field in section.fields
    )
    marker = (block.keys_row, KEYS_COLUMN)
    return Expected(
        section, sheet, section.pattern, marker, keys, columns, block.header_row, labels, heads, slots, {}
    )  # fmt: skip


def _named_by_entries(layout: PlanLayout) -> set[str]:
    """Lists of rows whose names are entries in one table and repeated by formula in the others."""
    return {
        section.source
        for _, section in layout.spec.sections()
        if section.editable is not None
    }


def _matrix(sheet: SheetLayout, block: MatrixBlock, layout: PlanLayout) -> Expected:
    section, parent, language = block.section, sheet.spec.key, layout.language
    numbers = [
        column
        for column in section.columns
        if column.kind not in (Kind.TEXT, Kind.NOTE)
    ]
    texts = [
        column for column in section.columns if column.kind in (Kind.TEXT, Kind.NOTE)
    ]
    keys = {row: f"{parent}.people.{key}" for key, row in block.people_rows.items()}
    for own in range(section.team_count):
        keys[block.team_row(own)] = f"{parent}.team[{own}]"
        keys[block.team_row(own) + 1] = (
            f"{parent}.team[{own}].{texts[0].key if texts else ''}"
        )
    columns = {f"team.{key}": column for key, column in block.team_columns.items()}
    heads = {f"team.{column.key}": column.printed(language) for column in section.team}
    for person in range(section.people_count):
        for offset, column in enumerate(numbers):
            columns[f"[{person}].{column.key}"] = block.person_column(person) + offset
            heads[f"[{person}].{column.key}"] = column.label[language]
    labels = {
        f"{parent}.people.{column.key}": column.printed(language)
        for column in section.people
    }
    slots = tuple(
        _slot(layout, sheet, *keyed) for keyed in _matrix_slots(section, parent)
    )
    marker = (block.keys_row, KEYS_COLUMN)
    return Expected(
        section,
        sheet,
        parent,
        marker,
        keys,
        columns,
        block.header_row,
        labels,
        heads,
        slots,
        {},
    )


def _matrix_slots(section: SectionSpec, parent: str) -> Iterator[tuple[str, str, str]]:
    """Path, row key and column key of every entry; a contact's column is the first of its two."""
    numbers = [
        field.key
        for field in section.fields
        if field.kind not in (Kind.TEXT, Kind.NOTE)
    ]
    people = [column.key for column in section.people if isinstance(column, FieldSpec)]
    team = [column.key for column in section.team if isinstance(column, FieldSpec)]
    for person in range(section.people_count):
        yield from (
            (
                f"{parent}.people[{person}].{key}",
                f"{parent}.people.{key}",
                f"[{person}].{numbers[0]}",
            )
            for key in people
        )
    for own in range(section.team_count):
        row = f"{parent}.team[{own}]"
        yield from ((f"{row}.{key}", row, f"team.{key}") for key in team)
    for own in range(section.team_count):
        row = f"{parent}.team[{own}]"
        for person in range(section.people_count):
            for field in section.fields:
                path = f"{section.pattern}[{own}][{person}].{field.key}"
                if field.key in numbers:
                    yield path, row, f"[{person}].{field.key}"
                else:
                    yield path, f"{row}.{field.key}", f"[{person}].{numbers[0]}"
