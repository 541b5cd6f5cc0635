"""Colours that come and go: required cells until they are filled, what is overdue, progress on the cover.

What a row owes, and when, is the specification's (`Part.owing`); `kamxl.document.required` counts by the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.colours import AMBER, GREEN, RED, RED_FILL, REQUIRED
from kamxl.document.drawing.pen import DocumentPen
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import Terms
from kamxl.document.keys import progress_path
from kamxl.document.layout.blocks import CoverBlock, FormBlock, MatrixBlock, TableBlock
from kamxl.document.layout.grid import Spot
from kamxl.document.layout.layout import Layout
from kamxl.document.schema import FieldSpec, FigureSpec, Owing
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.book import column_letter


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
    return f"{first}:{column_letter(spot.right)}{spot.bottom}"


def highlight_form(sheet: Worksheet, block: FormBlock) -> None:
    """Colour the form's required cells while they are empty."""
    for line in block.lines:
        for field, _, spot in line.parts:
            if field.required:
                cell = f"${column_letter(spot.column)}${spot.row}"
                sheet.conditional_formatting.add(_range(spot), _required(f'{cell}=""'))


def highlight_table(pen: DocumentPen, block: TableBlock) -> None:
    """Colour required cells of rows that owe them, what is overdue, and days that have passed."""
    sheet, table = pen.sheet, block.section
    row = RowTerms(Terms(pen.layout, table.sheet), table, 0)
    owes = _owing_row(block)
    for field in table.required:
        empty = f'{_top(block, field.key)}=""'
        condition = f"AND({empty},{owes})" if owes else empty
        sheet.conditional_formatting.add(_cells(block, field.key), _required(condition))
    for figure in table.figures:
        shown = f'{_worked_out(figure, row)}<>""'
        alarmed = figure.computed.alarms
        for key in (figure.key, *alarmed) if alarmed else ():
            sheet.conditional_formatting.add(_cells(block, key), _alarm(shown))
    for field in table.fields:
        counting = table[field.item.expires] if field.item.expires else None
        if isinstance(counting, FigureSpec):
            date, counted = _top(block, field.key), _worked_out(counting, row)
            past = f'AND(ISNUMBER({date}),{date}<TODAY(),{counted}<>"")'
            sheet.conditional_formatting.add(_cells(block, field.key), _alarm(past))


def _worked_out(figure: FigureSpec, row: RowTerms) -> str:
    """What a figure's formula works out: its cell is empty in a row that somebody inserted."""
    formula = figure.computed.formula
    return formula(row)[1:] if formula else row.cell(figure.key)


def _top(block: TableBlock, key: str) -> str:
    """The first cell of a column, as a rule over all its rows sees it."""
    return f"${column_letter(block.columns[key])}{block.first_row}"


def _cells(block: TableBlock, key: str) -> str:
    """The cells of a column."""
    letter = column_letter(block.columns[key])
    return f"{letter}{block.first_row}:{letter}{block.last_ruled_row}"


def _owing_row(block: TableBlock) -> str:
    """The condition that a row owes its required fields; empty where it always does."""
    table = block.section
    if table.owing is Owing.WHEN:
        first, last = table.owed_when[0], table.owed_when[-1]
        return f"SUM({_top(block, first)}:{_top(block, last)})<>0"
    if table.owing is Owing.USED:
        least = f"ROW()<=ROW($A${block.header_row})+{table.minimum}"
        return f"OR({_used(block)},{least})"
    return ""


def _used(block: TableBlock) -> str:
    """Whether the row holds any entry (prefilled names are none); neighbouring columns are counted as one range."""
    table = block.section
    given = {key for row in (*table.rows, *table.starts) for key in row.defaults}
    entered = [block.columns[f.key] for f in table.fields if f.key not in given]
    ranges: list[tuple[int, int]] = []
    for column in entered:
        if ranges and column == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], column)
        else:
            ranges.append((column, column))
    row = block.first_row
    counted = (
        f"COUNTA(${column_letter(first)}{row}:${column_letter(last)}{row})"
        for first, last in ranges
    )
    return f"{'+'.join(counted)}>0"


def highlight_matrix(sheet: Worksheet, block: MatrixBlock) -> None:
    """Colour what is owed of a person as soon as anything is said of her; low coverage stands out."""
    matrix = block.section
    for field in matrix.people.required:
        _require_of_people(sheet, block, field)
    for field in matrix.team.required:
        column = column_letter(block.team_columns[field.key])
        empty = f'${column}${block.first_team_row}=""'
        cell = f"{column}{block.first_team_row}"
        sheet.conditional_formatting.add(cell, _required(empty))
    for side, areas in ((matrix.people, _across), (matrix.team, _down)):
        for figure in side.figures:
            if figure.kind is Kind.PERCENT:
                _shade_coverage(sheet, areas(block, figure))


def _require_of_people(sheet: Worksheet, block: MatrixBlock, field: FieldSpec) -> None:
    people = block.section.people
    first, last = block.person_column(0), block.last_person_column
    rows = [block.people_rows[line.key] for line in people.fields]
    letter, row = column_letter(first), block.people_rows[field.key]
    used = f"COUNTA({letter}${min(rows)}:{letter}${max(rows)})>0"
    minimum = f"COLUMN()<{first + 2 * people.minimum}"
    # Each contact covers two sheet columns; the rule counts from the first of a pair.
    condition = f'AND({letter}${row}="",MOD(COLUMN()-{first},2)=0,OR({used},{minimum}))'
    area = f"{letter}{row}:{column_letter(last + 1)}{row}"
    sheet.conditional_formatting.add(area, _required(condition))


def _across(block: MatrixBlock, figure: FigureSpec) -> Spot:
    """The cells of a figure of the account's people."""
    row = block.people_rows[figure.key]
    past_last = block.person_column(block.section.people.count)
    return Spot(row, block.person_column(0), row, past_last - 1)


def _down(block: MatrixBlock, figure: FigureSpec) -> Spot:
    """The cells of a figure of our own people."""
    column = block.team_columns[figure.key]
    return Spot(block.first_team_row, column, block.last_team_row, column)


def _shade_coverage(sheet: Worksheet, area: Spot) -> None:
    """Coverage below one half stands out."""
    top = f"{column_letter(area.column)}{area.row}"
    low = FormulaRule(
        formula=[f'IF({top}="",FALSE,{top}<0.5)'], font=Font(color=RED, bold=True)
    )
    sheet.conditional_formatting.add(_range(area), low)


def highlight_cover(
    sheet: Worksheet, block: CoverBlock, layout: Layout, statuses: Sequence[str]
) -> None:
    """Bars for the share filled; the status in words gets a colour (open, in progress, complete)."""
    keys = list(block.contents_rows)
    shares = [layout.spots[progress_path(key, "share")][1] for key in keys]
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
    status = [layout.spots[progress_path(key, "status")][1] for key in keys]
    letter = column_letter(status[0].column)
    cells = f"{letter}{status[0].row}:{letter}{status[-1].row}"
    for text, colour in zip(statuses, (RED, AMBER, GREEN), strict=True):
        rule = CellIsRule(
            operator="equal", formula=[f'"{text}"'], font=Font(color=colour, bold=True)
        )
        sheet.conditional_formatting.add(cells, rule)


_ROUNDED_AWAY = {
    "0": 0.5,
    "#,##0": 0.5,
    "0.0": 0.05,
    "#,##0.0": 0.05,
    "#,##0.00": 0.005,
    "0%": 0.005,
    "0.0%": 0.0005,
}
"""Below which amount a number format shows nothing but zeros."""
_OWN_FORMATS = 200  # numbers of formats below that are Excel's own, or the styles'


def show_zero(sheet: Worksheet, number_format: str, areas: Sequence[str]) -> None:
    """Show -0.04 as 0.0: a minus before a zero says nothing.

    Args:
        sheet: the sheet.
        number_format: of the cells; one that does not round is left alone.
        areas: the cells, such as ``C7:C12``.
    """
    least = _ROUNDED_AWAY.get(number_format)
    if least is None or not areas:
        return
    first = areas[0].partition(":")[0]
    number = _OWN_FORMATS + list(_ROUNDED_AWAY).index(number_format)
    positive = f"{number_format};{number_format}"
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=number, formatCode=positive))
    formula = f"AND({first}<0,{first}>-{least})"
    rule = Rule(type="expression", dxf=look, formula=[formula])
    sheet.conditional_formatting.add(" ".join(areas), rule)
