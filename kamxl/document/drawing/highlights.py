"""Colours that come and go: required cells until they are filled, what is overdue, progress on the cover.

A required cell of a free table is coloured as soon as its row has any entry, and in the first `minimum` rows from
the beginning; `kamxl.plan.completeness` counts by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.colours import AMBER, GREEN, RED, RED_FILL, REQUIRED
from kamxl.document.layout.blocks import CoverBlock, FormBlock, MatrixBlock, TableBlock
from kamxl.document.layout.grid import Spot
from kamxl.document.layout.layout import PlanLayout
from kamxl.document.schema import FieldSpec, FigureSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.cells import column_letter

__all__ = ["highlight_cover", "highlight_form", "highlight_matrix", "highlight_table"]


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def _required(formula: str) -> Rule:
    return FormulaRule(formula=[formula], fill=_fill(REQUIRED))


def _alarm(formula: str) -> Rule:
    return FormulaRule(
        formula=[formula], fill=_fill(RED_FILL), font=Font(color=RED, bold=True)
    )


def _range(spot: Spot) -> str:
    first = f"{column_letter(spot.column)}{spot.row}"
    return f"{first}:{column_letter(max(spot.last_column, spot.column))}{max(spot.last_row, spot.row)}"


def highlight_form(sheet: Worksheet, block: FormBlock) -> None:
    """Colour the form's required cells while they are empty."""
    for line in block.lines:
        for field, _, spot in line.parts:
            if field.required:
                cell = f"${column_letter(spot.column)}${spot.row}"
                sheet.conditional_formatting.add(_range(spot), _required(f'{cell}=""'))


def highlight_table(sheet: Worksheet, block: TableBlock) -> None:
    """Colour required cells of used and minimum rows, and rows that are overdue or past their date."""
    section = block.section
    entries = list(_entry_columns(block))
    for field in section.required:
        letter = column_letter(block.columns[field.key])
        cells = f"{letter}{block.first_row}:{letter}{block.last_entry_row}"
        empty = f'${letter}{block.first_row}=""'
        used = _used(entries, block)
        conditions = (
            [f"OR({used},ROW()<{block.first_row + section.minimum})"]
            if section.free
            else []
        )
        if section.source == "product_groups" and section.editable is not None:
            conditions = [_past_revenue(block)]
        condition = f"AND({','.join([empty, *conditions])})" if conditions else empty
        sheet.conditional_formatting.add(cells, _required(condition))
    for figure in section.figures:
        if figure.key == "overdue":
            letter = column_letter(block.columns[figure.key])
            cells = f"{letter}{block.first_row}:{letter}{block.last_entry_row}"
            sheet.conditional_formatting.add(
                cells, _alarm(f'${letter}{block.first_row}<>""')
            )
            _alarm_beside(sheet, block, "due", f'${letter}{block.first_row}<>""')
    if "close_date" in block.columns and "weighted" in block.columns:
        date, weighted = (
            column_letter(block.columns[key]) for key in ("close_date", "weighted")
        )
        row = block.first_row
        expired = (
            f'AND(ISNUMBER(${date}{row}),${date}{row}<TODAY(),${weighted}{row}<>"")'
        )
        _alarm_beside(sheet, block, "close_date", expired)


def _alarm_beside(
    sheet: Worksheet, block: TableBlock, key: str, condition: str
) -> None:
    letter = column_letter(block.columns[key])
    sheet.conditional_formatting.add(
        f"{letter}{block.first_row}:{letter}{block.last_entry_row}", _alarm(condition)
    )


def _entry_columns(block: TableBlock) -> Iterator[str]:
    """Letters of the columns whose entries make a row used (prefilled names do not)."""
    prefilled = {
        key
        for row in (*block.section.rows, *block.section.starts)
        for key in row.defaults
    }
    for column in block.section.columns:
        if isinstance(column, FieldSpec) and column.key not in prefilled:
            yield column_letter(block.columns[column.key])


def _used(letters: list[str], block: TableBlock) -> str:
    """Whether the row holds any entry; neighbouring columns are counted as one range."""
    ranges: list[tuple[str, str]] = []
    inputs = sorted(block.columns.values())
    positions = {column_letter(index): index for index in inputs}
    for letter in letters:
        if ranges and positions[letter] == positions[ranges[-1][1]] + 1:
            ranges[-1] = (ranges[-1][0], letter)
        else:
            ranges.append((letter, letter))
    row = block.first_row
    counted = "+".join(f"COUNTA(${first}{row}:${last}{row})" for first, last in ranges)
    return f"{counted}>0"


def _past_revenue(block: TableBlock) -> str:
    """Whether the product group had revenue in any past year."""
    past = [
        column_letter(block.columns[f.key])
        for f in block.section.fields
        if f.item.year_offset is not None and not f.required
    ]
    return (
        f"SUM(${past[0]}{block.first_row}:${past[-1]}{block.first_row})<>0"
        if past
        else "TRUE"
    )


def highlight_matrix(sheet: Worksheet, block: MatrixBlock) -> None:
    """Colour the required lines of a contact as soon as the contact has any entry."""
    people = [
        column for column in block.section.people if isinstance(column, FieldSpec)
    ]
    rows = [block.people_rows[column.key] for column in people]
    first, last = (
        block.person_column(0),
        block.person_column(block.section.people_count - 1),
    )
    used = f"COUNTA({column_letter(first)}${min(rows)}:{column_letter(first)}${max(rows)})>0"
    for column in people:
        if column.required:
            row = block.people_rows[column.key]
            cell = f"{column_letter(first)}${row}"
            minimum = f"COLUMN()<{first + 2 * block.section.minimum}"
            cells = f"{column_letter(first)}{row}:{column_letter(last + 1)}{row}"
            # Each contact covers two sheet columns; the rule counts from the first of a pair.
            sheet.conditional_formatting.add(
                cells,
                _required(
                    f'AND({cell}="",MOD(COLUMN()-{first},2)=0,OR({used},{minimum}))'
                ),
            )
    for own in block.section.team:
        if isinstance(own, FieldSpec) and own.required:
            cell = (
                f"${column_letter(block.team_columns[own.key])}${block.first_team_row}"
            )
            sheet.conditional_formatting.add(
                cell.replace("$", ""), _required(f'{cell}=""')
            )
    for figure in (*block.section.people, *block.section.team):
        if isinstance(figure, FigureSpec) and figure.kind is Kind.PERCENT:
            _shade_coverage(sheet, block, figure)


def _shade_coverage(sheet: Worksheet, block: MatrixBlock, column: FigureSpec) -> None:
    """Coverage below one half stands out."""
    if column.key in block.people_rows:
        row = block.people_rows[column.key]
        first, last = (
            block.person_column(0),
            block.person_column(block.section.people_count) - 1,
        )
        cells, top = (
            f"{column_letter(first)}{row}:{column_letter(last)}{row}",
            f"{column_letter(first)}{row}",
        )
    else:
        letter = column_letter(block.team_columns[column.key])
        cells = f"{letter}{block.first_team_row}:{letter}{block.team_row(block.section.team_count) - 1}"
        top = f"{letter}{block.first_team_row}"
    low = FormulaRule(
        formula=[f'IF({top}="",FALSE,{top}<0.5)'], font=Font(color=RED, bold=True)
    )
    sheet.conditional_formatting.add(cells, low)


def highlight_cover(
    sheet: Worksheet, block: CoverBlock, layout: PlanLayout, statuses: Sequence[str]
) -> None:
    """Bars for the share filled; the status in words gets a colour (open, in progress, complete)."""
    keys = list(block.contents_rows)
    shares = [layout.spots[f"progress.{key}.share"][1] for key in keys]
    letter = column_letter(shares[0].column)
    bar = DataBarRule(
        start_type="num",
        start_value=0,
        end_type="num",
        end_value=1,
        color="9DB8D2",
        minLength=0,
    )
    sheet.conditional_formatting.add(
        f"{letter}{shares[0].row}:{letter}{shares[-1].row}", bar
    )
    status = [layout.spots[f"progress.{key}.status"][1] for key in keys]
    letter = column_letter(status[0].column)
    cells = f"{letter}{status[0].row}:{letter}{status[-1].row}"
    for text, colour in zip(statuses, (RED, AMBER, GREEN), strict=True):
        rule = CellIsRule(
            operator="equal", formula=[f'"{text}"'], font=Font(color=colour, bold=True)
        )
        sheet.conditional_formatting.add(cells, rule)
