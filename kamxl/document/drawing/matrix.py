"""Drawing the contact matrix: the account's people above, our own people on the left, crossings between."""

from __future__ import annotations

from kamxl.document.drawing.lists import add_name
from kamxl.document.drawing.looks import Role
from kamxl.document.drawing.pen import PlanPen
from kamxl.document.keys import MATRIX, field_name
from kamxl.document.layout.blocks import MatrixBlock
from kamxl.document.layout.grid import FIRST_COLUMN, KEYS_COLUMN, Spot
from kamxl.document.layout.layout import SheetLayout, quoted
from kamxl.document.schema import FieldSpec, FigureSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.cells import address, column_letter

__all__ = ["draw_matrix"]


def draw_matrix(pen: PlanPen, sheet: SheetLayout, block: MatrixBlock) -> None:
    """Draw the whole matrix with keys, validations and coverage."""
    section = block.section
    parent = section.pattern.rsplit(".", 1)[0]
    for column in range(FIRST_COLUMN, sheet.last_column + 1):
        pen.style(block.heading_row, column, Role.HEADING)
    heading = (
        section.heading[pen.language]
        if section.heading
        else sheet.spec.title[pen.language]
    )
    pen.write(Spot(block.heading_row, FIRST_COLUMN), heading, Role.HEADING)
    pen.key(block.keys_row, KEYS_COLUMN, MATRIX + parent)
    _draw_people(pen, block, parent)
    _draw_header(pen, block)
    _draw_team(pen, block, parent)
    last = f"{column_letter(sheet.last_column)}${block.last_row}"
    area = f"${column_letter(FIRST_COLUMN)}${block.keys_row}:${last}"
    add_name(pen.book, field_name(section.pattern), f"{quoted(pen.sheet.title)}!{area}")
    pen.sheet.freeze_panes = address(pen_frozen_row(pen), block.first_person_column)


def pen_frozen_row(pen: PlanPen) -> int:
    """The row that is frozen already; the matrix adds the columns of our own people."""
    return int("".join(ch for ch in str(pen.sheet.freeze_panes) if ch.isdigit()))


def _draw_people(pen: PlanPen, block: MatrixBlock, parent: str) -> None:
    section = block.section
    for column in section.people:
        row = block.people_rows[column.key]
        pen.key(row, KEYS_COLUMN, f"{parent}.people.{column.key}")
        role = Role.LABEL if isinstance(column, FieldSpec) else Role.TOTAL
        pen.write(
            Spot(row, FIRST_COLUMN, row, FIRST_COLUMN + 1),
            column.printed(pen.language),
            role,
            None,
        )
        for person in range(section.people_count):
            left = block.person_column(person)
            spot = Spot(row, left, row, left + 1)
            if isinstance(column, FigureSpec):
                pen.write(
                    spot,
                    pen.formula(f"{parent}.people[{person}].{column.key}"),
                    Role.COMPUTED,
                    column.kind,
                )
            else:
                # Names stand centred over their two columns, as the head of a table does.
                pen.write(
                    spot,
                    None,
                    Role.INPUT,
                    Kind.SIGN if column.kind is Kind.TEXT else column.kind,
                )
        if isinstance(column, FieldSpec):
            pen.validate(
                column,
                Spot(
                    row,
                    block.person_column(0),
                    row,
                    block.person_column(section.people_count) - 1,
                ),
            )


def _draw_header(pen: PlanPen, block: MatrixBlock) -> None:
    section = block.section
    row = block.header_row
    numbers = [
        column
        for column in section.columns
        if column.kind not in (Kind.TEXT, Kind.NOTE)
    ]
    for column in section.team:
        place = block.team_columns[column.key]
        pen.key(block.keys_row, place, f"team.{column.key}")
        pen.write(
            Spot(row, place), column.printed(pen.language), Role.HEADER, Kind.SIGN
        )
    for person in range(section.people_count):
        for offset, column in enumerate(numbers):
            place = block.person_column(person) + offset
            pen.key(block.keys_row, place, f"[{person}].{column.key}")
            pen.write(
                Spot(row, place), column.label[pen.language], Role.HEADER, Kind.SIGN
            )


def _draw_team(pen: PlanPen, block: MatrixBlock, parent: str) -> None:
    section = block.section
    for own in range(section.team_count):
        row = block.team_row(own)
        pen.key(row, KEYS_COLUMN, f"{parent}.team[{own}]")
        texts = [
            column
            for column in section.columns
            if column.kind in (Kind.TEXT, Kind.NOTE)
        ]
        pen.key(
            row + 1,
            KEYS_COLUMN,
            f"{parent}.team[{own}].{texts[0].key if texts else ''}",
        )
        for column in section.team:
            place = block.team_columns[column.key]
            spot = Spot(row, place, row + 1, place)
            if isinstance(column, FigureSpec):
                pen.write(
                    spot,
                    pen.formula(f"{parent}.team[{own}].{column.key}"),
                    Role.COMPUTED,
                    column.kind,
                )
            else:
                pen.write(spot, None, Role.INPUT, column.kind)
                pen.validate(column, Spot(row, place))
        for person in range(section.people_count):
            for field in section.fields:
                spot = pen.layout.spots[
                    f"{section.pattern}[{own}][{person}].{field.key}"
                ][1]
                pen.write(
                    spot,
                    None,
                    Role.INPUT if field.kind is not Kind.TEXT else Role.SMALL_INPUT,
                    field.kind,
                )
    _validate_crossings(pen, block)


def _validate_crossings(pen: PlanPen, block: MatrixBlock) -> None:
    """One validation per field over all its crossings."""
    section = block.section
    for field in section.fields:
        spots = [
            pen.layout.spots[f"{section.pattern}[{own}][{person}].{field.key}"][1]
            for own in range(section.team_count)
            for person in range(section.people_count)
        ]
        pen.validate(field, *(Spot(spot.row, spot.column) for spot in spots))
