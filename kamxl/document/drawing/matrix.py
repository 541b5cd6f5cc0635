"""Drawing the contact matrix: the account's people above, our own people on the left, crossings between."""

from __future__ import annotations

from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.pen import DocumentPen
from kamxl.document.keys import (
    crossing_key,
    marker,
    own_key,
    person_key,
    team_key,
)
from kamxl.document.layout.blocks import MatrixBlock
from kamxl.document.layout.grid import FIRST_COLUMN, KEYS_COLUMN, Spot
from kamxl.document.layout.layout import FROZEN_ROW, SheetLayout
from kamxl.document.printed import hint_of
from kamxl.document.schema import Column, FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.book import address, column_letter


def draw_matrix(pen: DocumentPen, sheet: SheetLayout, block: MatrixBlock) -> None:
    """Draw the whole matrix with keys, validations and coverage."""
    matrix, row = block.section, block.heading_row
    heading = matrix.heading or sheet.spec.title
    pen.underline(row, heading[pen.language], FIRST_COLUMN, sheet.last_column)
    if block.hint_row is not None:
        # Over the first columns only, or the line would end among those that are folded away.
        spot = Spot(
            block.hint_row, FIRST_COLUMN, block.hint_row, block.person_column(2)
        )
        pen.write(spot, hint_of(matrix, pen.language), CellRole.HINT)
    pen.key(block.keys_row, KEYS_COLUMN, marker(matrix))
    for line in matrix.people.columns:
        _draw_line(pen, block, line)
    _draw_heads(pen, block)
    for own in range(matrix.team.count):
        _draw_own(pen, block, own)
    _validate_crossings(pen, block)
    last = f"${column_letter(sheet.last_column)}${block.last_row}"
    pen.name(matrix.pattern, f"${column_letter(FIRST_COLUMN)}${block.keys_row}:{last}")
    pen.sheet.freeze_panes = address(FROZEN_ROW, block.first_person_column)


def _draw_line(pen: DocumentPen, block: MatrixBlock, line: Column) -> None:
    """One thing that is said of all the account's people, side by side."""
    people, row = block.section.people, block.people_rows[line.key]
    is_field = isinstance(line, FieldSpec)
    pen.key(row, KEYS_COLUMN, person_key(line))
    label = Spot(row, FIRST_COLUMN, row, FIRST_COLUMN + 1)
    role = CellRole.LABEL if is_field else CellRole.TOTAL
    pen.write(label, line.printed(pen.language), role, None)
    # All stand centred over their two columns, as the head of a table does.
    kind = Kind.SIGN if line.kind in (Kind.TEXT, Kind.CHOICE) else line.kind
    for person in range(people.count):
        left = block.person_column(person)
        spot = Spot(row, left, row, left + 1)
        if is_field:
            pen.write(spot, None, CellRole.INPUT, kind)
        else:
            formula = pen.formula(line.pattern.at(person))
            pen.write(spot, formula, CellRole.COMPUTED, line.kind)
    if isinstance(line, FieldSpec):
        area = Spot(row, block.person_column(0), row, block.last_person_column + 1)
        pen.validate(line, area)


def _draw_heads(pen: DocumentPen, block: MatrixBlock) -> None:
    """The keys of the columns, and their labels."""
    matrix, row = block.section, block.header_row
    for column in matrix.team.columns:
        place = block.team_columns[column.key]
        pen.key(block.keys_row, place, team_key(column.key))
        pen.write(
            Spot(row, place), column.printed(pen.language), CellRole.HEADER, Kind.SIGN
        )
    for person in range(matrix.people.count):
        for offset, field in enumerate(matrix.numbers):
            place = block.person_column(person) + offset
            pen.key(block.keys_row, place, crossing_key(person, field.key))
            pen.write(
                Spot(row, place), field.label[pen.language], CellRole.HEADER, Kind.SIGN
            )


def _draw_own(pen: DocumentPen, block: MatrixBlock, own: int) -> None:
    """The two rows of one of our own people."""
    matrix, row = block.section, block.team_row(own)
    pen.key(row, KEYS_COLUMN, own_key(matrix, own))
    for text in matrix.texts[:1]:
        pen.key(row + 1, KEYS_COLUMN, own_key(matrix, own, text.key))
    for column in matrix.team.columns:
        place = block.team_columns[column.key]
        spot = Spot(row, place, row + 1, place)
        if isinstance(column, FieldSpec):
            pen.write(spot, None, CellRole.INPUT, column.kind)
            pen.validate(column, Spot(row, place))
        else:
            formula = pen.formula(column.pattern.at(own))
            pen.write(spot, formula, CellRole.COMPUTED, column.kind)
    for person in range(matrix.people.count):
        for field in matrix.crossings.fields:
            spot = pen.layout.spots[field.pattern.at(own, person)][1]
            role = CellRole.SMALL_INPUT if field.kind is Kind.TEXT else CellRole.INPUT
            pen.write(spot, None, role, field.kind)


def _validate_crossings(pen: DocumentPen, block: MatrixBlock) -> None:
    """One validation per field over all its crossings."""
    matrix = block.section
    for field in matrix.crossings.fields:
        cells = []
        for own in range(matrix.team.count):
            for person in range(matrix.people.count):
                spot = pen.layout.spots[field.pattern.at(own, person)][1]
                cells.append(Spot(spot.row, spot.column))
        pen.validate(field, *cells)
