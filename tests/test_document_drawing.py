"""The drawing kit that every workbook is written with: roles and their looks, the pen, page set-up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from openpyxl import Workbook

from kamxl.document.drawing.colours import RED
from kamxl.document.drawing.looks import LOOKS, CellRole
from kamxl.document.drawing.page import (
    LEAST_SCALE,
    PrintArea,
    page_scale,
    page_width,
    pages_across,
    set_up_page,
)
from kamxl.document.drawing.pen import Formula, Pen
from kamxl.document.drawing.styles import Stylist
from kamxl.document.layout.grid import Spot
from kamxl.document.vocabulary import Kind


@pytest.fixture
def pen() -> Pen:
    """A pen on the first sheet of a new workbook."""
    book = Workbook()
    return Pen(book.active, Stylist(book, "#1F4E79", "de"))


def test_every_role_has_a_look() -> None:
    """A role without a look would fail only where a workbook first wears it."""
    assert set(LOOKS) == set(CellRole)


@pytest.mark.parametrize("role", CellRole)
def test_every_look_becomes_a_style(pen: Pen, role: CellRole) -> None:
    """Each role can be worn by a cell with any kind of value, under a style of its name."""
    for row, kind in enumerate(Kind, start=1):
        assert pen.style(row, 1, role, kind).style == f"kamxl {role} {kind}"


def test_a_look_follows_the_kind_of_value(pen: Pen) -> None:
    """Red money is red, stands on the right and has no decimals."""
    cell = pen.write(Spot(1, 1), 1250.5, CellRole.BAD, Kind.MONEY)
    assert cell.font.color.rgb == f"00{RED}"
    assert (cell.alignment.horizontal, cell.number_format) == ("right", "#,##0")


def test_a_text_computes_only_where_it_is_said_to(pen: Pen) -> None:
    """What looks like a formula stays these characters; a formula computes."""
    typed = pen.write(Spot(1, 1), "=1+1", CellRole.LABEL)
    meant = pen.write(Spot(2, 1), Formula("=1+1"), CellRole.COMPUTED, Kind.NUMBER)
    assert (typed.data_type, typed.quotePrefix) == ("s", True)
    assert meant.data_type == "f"


def test_a_text_loses_what_no_cell_can_hold(pen: Pen) -> None:
    """Control characters are dropped, and a text ends after 32,767 characters."""
    assert pen.write(Spot(1, 1), "a\x00b\x1fc", CellRole.LABEL).value == "abc"
    assert len(pen.write(Spot(2, 1), "x" * 40_000, CellRole.LABEL).value) == 32_767


def test_a_merged_spot_is_styled_in_all_its_cells(pen: Pen) -> None:
    """Otherwise its border would not close."""
    pen.write(Spot(2, 2, 3, 4), "x", CellRole.LABEL)
    assert [str(area) for area in pen.sheet.merged_cells.ranges] == ["B2:D3"]
    assert pen.sheet["D3"].border.right.style == "thin"


def test_a_link_leads_within_the_workbook(pen: Pen) -> None:
    """It leads to a marked place by its name, and needs no file."""
    pen.mark("projects", 2, 3)
    pen.link(Spot(1, 1), "projects", "Projekte", CellRole.LINK)
    link = pen.sheet["A1"].hyperlink
    assert (link.location, link.target) == ("kamxl_place.projects", None)
    assert [*pen.book.defined_names[link.location].destinations] == [
        (pen.sheet.title, "$C$2")
    ]


def test_a_page_is_scaled_or_fitted(pen: Pen) -> None:
    """Excel ignores page breaks on a sheet that it fits to pages itself, so a scale rules that out."""
    set_up_page(pen.sheet, PrintArea("A1:C9"), scale=80, breaks=[4])
    assert not pen.sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [each.id for each in pen.sheet.row_breaks.brk] == [4]
    set_up_page(pen.sheet, PrintArea("A1:C9"))
    assert pen.sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (pen.sheet.page_setup.fitToWidth, pen.sheet.page_setup.fitToHeight) == (1, 0)


def test_a_narrow_sheet_is_not_blown_up() -> None:
    """The scale is at most 100 per cent, and never below the least."""
    assert page_scale([10.0]) == 100
    assert page_scale([1000.0]) == LEAST_SCALE


@pytest.mark.parametrize("count", [1, 6, 7, 13, 50])
def test_what_is_wider_than_a_page_goes_on_beside_it(count: int) -> None:
    """Every page holds the repeated columns and as many others as fit; no column is lost, and none breaks."""
    widths = [2.0, 30.0, *[20.0] * count]
    starts = pages_across(widths, 2, LEAST_SCALE)
    pages = [2, *starts, len(widths)]
    assert pages == sorted(set(pages))
    for first, following in pairwise(pages):
        assert 32.0 + sum(widths[first:following]) <= page_width(LEAST_SCALE)
    assert bool(starts) == (sum(widths) > page_width(LEAST_SCALE))
