"""All workbooks on A4 paper: no text below 8 points, no word of a head broken, nothing beside the page."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.looks import LOOKS, CellRole
from kamxl.document.drawing.page import LEAST_SCALE, page_width
from kamxl.document.layout.grid import TEXT_SIZE
from kamxl.document.layout.metrics import column_for, height_of, lines_of
from tests.clients.office import Office
from tests.clients.pictures import missing_poppler, sheets_of
from tests.conftest import need
from tests.every_workbook import KINDS, write_every_workbook

NAMES = [f"{kind}-{language}" for language in ("de", "en") for kind in KINDS]
SMALLEST = 8.0
WORD = 1.3
"""How high poppler says that a word is, in sizes of the font that stands in for Calibri."""


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All kinds of workbooks, by kind and language."""
    return write_every_workbook(tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def books(workbooks: dict[str, Path]) -> dict[str, Workbook]:
    """The same, read."""
    return {name: load_workbook(path) for name, path in workbooks.items()}


def printed(book: Workbook) -> Iterator[Worksheet]:
    """The sheets that are printed."""
    return (sheet for sheet in book.worksheets if sheet.sheet_state == "visible")


def seen(sheet: Worksheet) -> Iterator[Cell]:
    """The cells of the print area that hold something and are not hidden."""
    left, top, right, bottom = range_boundaries(
        sheet.print_area.replace("$", "").rpartition("!")[2]
    )
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            hidden = sheet.row_dimensions[cell.row].hidden or is_hidden(
                sheet, cell.column
            )
            if cell.value is not None and not hidden:
                yield cell


def is_hidden(sheet: Worksheet, column: int) -> bool:
    """Whether a column is hidden, itself or with its neighbours."""
    spans = sheet.column_dimensions.values()
    return any(
        one.hidden and (one.min or 0) <= column <= (one.max or 0) for one in spans
    )


def width_of(sheet: Worksheet, column: int) -> float:
    """A column's width in characters; 0 if it is hidden."""
    if is_hidden(sheet, column):
        return 0.0
    for one in sheet.column_dimensions.values():
        if (one.min or 0) <= column <= (one.max or 0):
            return one.width
    return sheet.column_dimensions[get_column_letter(column)].width


def scale_of(sheet: Worksheet) -> float:
    """The scale of the print in per cent; where Excel fits the sheet to a page, what it comes to."""
    if (
        not sheet.sheet_properties.pageSetUpPr
        or not sheet.sheet_properties.pageSetUpPr.fitToPage
    ):
        return float(sheet.page_setup.scale)
    left, top, right, bottom = range_boundaries(
        sheet.print_area.replace("$", "").rpartition("!")[2]
    )
    margins = sheet.page_margins
    across = (
        (11.69 - margins.left - margins.right)
        * 72
        / (5.58 * sum(width_of(sheet, c) for c in range(left, right + 1)))
    )
    heights = (
        sheet.row_dimensions[row].height or 15.0 for row in range(top, bottom + 1)
    )
    down = (8.27 - margins.top - margins.bottom) * 72 / sum(heights)
    return min(1.0, across, down) * 100


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_below_eight_points(name: str, books: dict[str, Workbook]) -> None:
    """The size of the font times the scale of the print, for every cell that is printed."""
    for sheet in printed(books[name]):
        scale = scale_of(sheet)
        small = [
            cell.coordinate
            for cell in seen(sheet)
            if cell.font.sz * scale / 100 < SMALLEST
        ]
        assert small == [], f"{sheet.title} at {scale:.0f} %"


@pytest.mark.parametrize("name", NAMES)
def test_charts_are_as_legible(name: str, workbooks: dict[str, Path]) -> None:
    """Titles, axes, legends and labels of charts are no smaller than the texts beside them."""
    with zipfile.ZipFile(workbooks[name]) as package:
        charts = [
            package.read(part).decode()
            for part in package.namelist()
            if part.startswith("xl/charts/chart")
        ]
    sizes = [
        int(size) for chart in charts for size in re.findall(r'\bsz="(\d+)"', chart)
    ]
    assert min(sizes, default=1000) * LEAST_SCALE / 100 >= SMALLEST * 100


def test_every_look_is_large_enough() -> None:
    """Whatever is drawn at the least scale is legible; only the hidden keys are smaller."""
    for role, look in LOOKS.items():
        sizes = (look.size, *look.sizes.values())
        assert role is CellRole.KEY or min(sizes) >= TEXT_SIZE, role
    assert TEXT_SIZE * LEAST_SCALE / 100 >= SMALLEST


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_wide_enough(name: str, books: dict[str, Workbook]) -> None:
    """Between two page breaks stand no more columns than a page holds, those repeated on each page included."""
    for sheet in printed(books[name]):
        left, _, right, _ = range_boundaries(
            sheet.print_area.replace("$", "").rpartition("!")[2]
        )
        repeated = 0
        if sheet.print_title_cols:
            repeated = range_boundaries(sheet.print_title_cols.replace("$", ""))[2]
        ends = [left - 1, *(one.id for one in sheet.col_breaks.brk), right]
        for page, (before, last) in enumerate(pairwise(ends)):
            columns = {
                *range(before + 1, last + 1),
                *(range(left, repeated + 1) if page else ()),
            }
            width = sum(width_of(sheet, column) for column in columns)
            assert width <= page_width(int(scale_of(sheet))) + 0.5, (
                f"{sheet.title}, page {page + 1} across"
            )


def heads(sheet: Worksheet) -> Iterator[tuple[Cell, float]]:
    """The heads of a sheet's tables, with the width in which each stands."""
    merged = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
    for cell in seen(sheet):
        if str(cell.style).startswith("kamxl header"):
            area = merged.get(cell.coordinate)
            last = area.max_col if area else cell.column
            yield cell, sum(width_of(sheet, c) for c in range(cell.column, last + 1))


@pytest.mark.parametrize("name", NAMES)
def test_no_head_breaks_inside_a_word(name: str, books: dict[str, Workbook]) -> None:
    """Every word of every column's head has room, measured letter by letter, and every line of it."""
    found = 0
    for sheet in printed(books[name]):
        for cell, width in heads(sheet):
            found += 1
            place = f"{sheet.title}!{cell.coordinate}: {cell.value}"
            indented = (
                bool(cell.alignment.indent) and cell.alignment.horizontal == "left"
            )
            assert (
                column_for(cell.value, cell.font.sz, indented=indented) <= width + 0.11
            ), place
            height = sheet.row_dimensions[cell.row].height or 15.0
            size = cell.font.sz
            lines = lines_of(cell.value, width, size, indented=indented)
            assert lines * 1.22 * size <= height, place
    assert found or name.startswith("control")


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("plan")])
def test_rows_are_high_enough_for_their_texts(
    name: str, books: dict[str, Workbook]
) -> None:
    """A plan that is filled from lists shows every entry whole, however long it is."""
    for sheet in printed(books[name]):
        merged = {
            area.start_cell.coordinate: area for area in sheet.merged_cells.ranges
        }
        for cell in seen(sheet):
            area = merged.get(cell.coordinate)
            text, last = cell.value, area.max_col if area else cell.column
            is_entry = isinstance(text, str) and not cell.protection.locked
            if not is_entry or (area and area.max_row > cell.row):
                continue
            width = sum(width_of(sheet, c) for c in range(cell.column, last + 1))
            needed = height_of(text, width, cell.font.sz)
            assert (sheet.row_dimensions[cell.row].height or 15.0) >= needed - 0.1, (
                f"{sheet.title}!{cell.coordinate}"
            )


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_paper_shows_no_small_print(
    name: str, workbooks: dict[str, Path], office: Office, tmp_path: Path
) -> None:
    """What LibreOffice puts on paper, word by word: nothing below 8 points; cover and summary on one page each."""
    need(missing_poppler())
    pdf = office.convert(workbooks[name], tmp_path / "book.pdf")
    told = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', told)
    assert words
    small = {
        word
        for top, bottom, word in words
        if (float(bottom) - float(top)) / WORD < SMALLEST - 0.05
    }
    assert small == set()
    if name.startswith(("plan", "template")):
        order = [sheet for sheet, _ in sheets_of(pdf)]
        assert [order.count(sheet) for sheet in dict.fromkeys(order)][:2] == [1, 1]
