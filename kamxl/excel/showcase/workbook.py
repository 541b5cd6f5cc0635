"""The scoring workbook: every worksheet function explained, with a live example beside its native formula.

`scoring_workbook("de")` is the file that lies in `workbooks/`. It works without Python: the native formulas always
compute; the cells with KAM functions join in where the add-in is installed.
"""

from __future__ import annotations

import io
from itertools import chain, pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.page import (
    PrintArea,
    head_and_foot,
    page_capacity,
    page_scale,
    set_up_page,
)
from kamxl.document.drawing.pen import Pen
from kamxl.document.drawing.signing import describe, identity_of_report, sign
from kamxl.document.drawing.styles import Stylist
from kamxl.document.extract import WorkbookKind
from kamxl.document.layout.grid import Spot
from kamxl.excel.functions.function import FUNCTIONS
from kamxl.excel.line import FIRST, draw_line
from kamxl.excel.showcase import FAMILIES
from kamxl.excel.showcase.card import Family
from kamxl.excel.showcase.draw import LAST, WIDTHS, banner, draw_family
from kamxl.excel.showcase.overview import draw_overview
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language, Text
from kamxl.xlsx.book import column_letter
from kamxl.xlsx.mend import mend_package

TITLE = Text("Scores im Key-Account-Management", "Scores in key account management")
OVERVIEW = Text("Übersicht", "Overview")
_BACK = Text("← zur Übersicht", "← to overview")
_FIRST_SHEET = "overview"
_TOP = 6  # first row of the first card


def scoring_workbook(language: str) -> bytes:
    """The workbook as the bytes of an .xlsx file, in "de" or "en"."""
    book = Workbook()
    book.remove(book.active)
    stylist = Stylist(book, Settings().accent, language)
    overview = Pen(book.create_sheet(OVERVIEW[language]), stylist)
    overview.mark(_FIRST_SHEET, 2, FIRST)
    places: dict[str, str] = {}
    for family in FAMILIES:
        pen = Pen(book.create_sheet(family.name[language]), stylist)
        starts = _draw_sheet(pen, family)
        for card, row in zip(family.cards, starts, strict=False):
            place = card.functions[0]
            pen.mark(place, row, FIRST)
            places |= dict.fromkeys(card.functions, place)
        _set_up(pen, starts)
    starts = draw_overview(overview, TITLE[language], FAMILIES, FUNCTIONS, places)
    _set_up(overview, starts)
    sign(book, identity_of_report(WorkbookKind.SCORING, language, profile="full"))
    describe(book, TITLE[language], "", language)
    file = io.BytesIO()
    book.save(file)
    return mend_package(file.getvalue())


def write_scoring_workbooks(folder: Path) -> list[Path]:
    """Write both languages into `folder`; returns the paths."""
    written = []
    for language in Language:
        path = folder / f"kamxl-scoring-{language}.xlsx"
        path.write_bytes(scoring_workbook(language))
        written.append(path)
    return written


def _draw_sheet(pen: Pen, family: Family) -> list[int]:
    language = pen.language
    draw_line(pen, 1, None, CellRole.BAND, 5, LAST)
    draw_line(pen, 2, family.name[language], CellRole.TITLE, 30, LAST - 1)
    pen.link(Spot(2, LAST), _FIRST_SHEET, _BACK[language], CellRole.LINK)
    draw_line(pen, 3, family.guidance[language], CellRole.GUIDANCE, 18, LAST)
    draw_line(pen, 4, banner(language), CellRole.NOTICE, 18, LAST)
    pen.height(5, 8)
    return draw_family(pen, family, _TOP)


def _set_up(pen: Pen, starts: list[int]) -> None:
    """A4 landscape, one page wide, cards kept together; `starts` ends with the row after the last card."""
    for column, width in WIDTHS.items():
        pen.width(column, width)
    # Not protected: Excel then could not look for the functions anew by "replace", as the first sheet advises.
    sheet = pen.sheet
    if starts[0] == _TOP:
        sheet.freeze_panes = f"A{_TOP - 1}"
    pen.select(_first_input(sheet))
    area = PrintArea(f"A1:{column_letter(LAST)}{starts[-1] - 1}", "1:2")
    scale = page_scale(WIDTHS.values())
    set_up_page(sheet, area, scale=scale, breaks=_breaks(sheet, starts, scale))
    head_and_foot(sheet, TITLE[pen.language], "", pen.language)
    sheet.oddFooter.left.text = None  # there is nothing confidential in it


def _first_input(sheet: Worksheet) -> Spot:
    """The first cell that is made for an entry, else the title."""
    cells = chain.from_iterable(sheet.iter_rows())
    inputs = (cell for cell in cells if not cell.protection.locked)
    first = next(inputs, sheet.cell(2, FIRST))
    return Spot(first.row, first.column)


def _breaks(sheet: Worksheet, starts: list[int], scale: int) -> list[int]:
    """The rows after which a page ends, before the card that would not fit on it any more."""
    capacity = page_capacity(scale)

    def height(first: int, last: int) -> float:
        return sum(
            float(sheet.row_dimensions[row].height or 15) for row in range(first, last)
        )

    repeated = height(1, 3)
    used, breaks = height(1, starts[0]), []
    for first, following in pairwise(starts):
        needed = height(first, following)
        if used + needed > capacity and first != starts[0]:
            breaks.append(first - 1)
            used = repeated
        used += needed
    return breaks
