"""No minus stands before a zero: what rounds to nothing is shown as nothing."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.highlights import show_zero
from tests.plan_files import layout_of, template

ROUNDING = {"0", "0.0", "0.0%", "0%", "#,##0", "#,##0.0"}


def plain_zeros(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """By row and column, the format that a small negative number is shown with."""
    found: dict[tuple[int, int], str] = {}
    for area in sheet.conditional_formatting:
        rules = [rule for rule in area.rules if rule.dxf and rule.dxf.numFmt]
        for part in str(area.sqref).split() if rules else ():
            left, top, right, bottom = range_boundaries(part)
            cells = (
                (r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)
            )
            found |= dict.fromkeys(cells, rules[0].dxf.numFmt.formatCode)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_figure_of_a_plan_shows_plain_zeros(language: str) -> None:
    """Each computed cell whose format rounds has a format without a sign for what it rounds away."""
    layout = layout_of("full", language)
    book = load_workbook(io.BytesIO(template("full", language)))
    for sheet in layout.sheets:
        drawn = book[sheet.name]
        zeros = plain_zeros(drawn)
        computed = [
            cell
            for row in drawn.iter_rows()
            for cell in row
            if cell.data_type == "f" and cell.number_format in ROUNDING
        ]
        for cell in computed:
            shown = f"{cell.number_format};{cell.number_format}"
            assert zeros.get((cell.row, cell.column)) == shown, (
                sheet.name,
                cell.coordinate,
            )


@pytest.mark.parametrize(
    ("number_format", "least"), [("0.0", 0.05), ("0.0%", 0.0005), ("#,##0", 0.5)]
)
def test_only_what_rounds_to_zero_loses_its_sign(
    number_format: str, least: float
) -> None:
    """The condition asks for a negative number that is smaller than half of the last digit shown."""
    sheet = Workbook().active
    show_zero(sheet, number_format, ["C7:C12", "E7"])
    (area,) = sheet.conditional_formatting
    assert str(area.sqref) == "C7:C12 E7"
    assert area.rules[0].formula == [f"AND(C7<0,C7>-{least})"]


def test_what_does_not_round_is_left_alone() -> None:
    """A format that shows every digit has no such rule."""
    sheet = Workbook().active
    show_zero(sheet, "General", ["C7"])
    assert not list(sheet.conditional_formatting)
