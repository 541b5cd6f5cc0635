"""The scoring workbook: every worksheet function explained, with a live example beside its native formula.

`scoring_workbook("de")` is the file that lies in `workbooks/`. It works without Python: the native formulas always
compute; the cells with KAM functions join in where the add-in is installed.
"""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document import wording
from kamxl.document.drawing.signing import sign
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION, kamxl_version
from kamxl.document.layout.layout import quoted
from kamxl.excel.functions.function import FUNCTIONS
from kamxl.excel.showcase import FAMILIES
from kamxl.excel.showcase.card import Family
from kamxl.excel.showcase.draw import FIRST, LAST, WIDTHS, banner, draw_family
from kamxl.excel.showcase.look import CardStylist, Writer
from kamxl.excel.showcase.overview import draw_overview
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language, Text
from kamxl.xlsx.cells import column_letter
from kamxl.xlsx.mend import mend_package

TITLE = Text("Scores im Key-Account-Management", "Scores in key account management")
OVERVIEW = Text("Übersicht", "Overview")
_BACK = Text("← zur Übersicht", "← to overview")
_TOP = 6  # first row of the first card
_MARGINS = {
    "left": 0.4,
    "right": 0.4,
    "top": 0.6,
    "bottom": 0.6,
    "header": 0.25,
    "footer": 0.25,
}  # inches
_PAGE_WIDTH, _PAGE_HEIGHT = (11.69 - 0.8) * 72, (8.27 - 1.2) * 72
_SAFETY = 0.965


def scoring_workbook(language: str) -> bytes:
    """The workbook as the bytes of an .xlsx file, in "de" or "en"."""
    book = Workbook()
    book.remove(book.active)
    stylist = CardStylist(book, Settings().accent, language)
    overview = Writer(book.create_sheet(OVERVIEW[language]), stylist)
    places: dict[str, str] = {}
    for family in FAMILIES:
        writer = Writer(book.create_sheet(family.name[language]), stylist)
        starts = _draw_sheet(writer, family)
        for card, row in zip(family.cards, starts, strict=False):
            places |= dict.fromkeys(
                card.functions, f"{quoted(writer.sheet.title)}!B{row}"
            )
        _set_up(writer.sheet, stylist, starts)
    _prepare(overview.sheet, stylist)
    last = draw_overview(overview, TITLE[language], FAMILIES, FUNCTIONS, places)
    _set_up(overview.sheet, stylist, [1, last + 1])
    _identify(book, language)
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


def _draw_sheet(writer: Writer, family: Family) -> list[int]:
    _prepare(writer.sheet, writer.stylist)
    language = writer.language
    writer.put(1, FIRST, None, "band", LAST)
    writer.height(1, 5)
    writer.put(2, FIRST, family.name[language], "title", LAST - 1)
    writer.link(2, LAST, f"{quoted(OVERVIEW[language])}!A1", _BACK[language], "link")
    writer.height(2, 30)
    writer.put(3, FIRST, family.guidance[language], "guidance", LAST)
    writer.height(3, 18)
    writer.put(4, FIRST, banner(language), "notice", LAST)
    writer.height(4, 18)
    writer.height(5, 8)
    return draw_family(writer, family, _TOP)


def _prepare(sheet: Worksheet, stylist: CardStylist) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_properties.tabColor = stylist.palette.accent
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column_letter(column)].width = width
    protection = sheet.protection
    protection.sheet = True
    # In the file's terms False means that the action is not locked, so it is allowed.
    protection.formatCells = protection.formatColumns = protection.formatRows = False


def _set_up(sheet: Worksheet, stylist: CardStylist, starts: list[int]) -> None:
    """A4 landscape, one page wide, cards kept together; `starts` ends with the row after the last card."""
    if starts[0] == _TOP:
        sheet.freeze_panes = f"A{_TOP - 1}"
        sheet.print_title_rows = "1:2"
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    width = sum(width * 5.25 + 3.75 for width in WIDTHS.values())
    setup.scale = min(int(_PAGE_WIDTH / width * 100 * _SAFETY), 100)
    for side, inches in _MARGINS.items():
        setattr(sheet.page_margins, side, inches)
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{column_letter(LAST)}{starts[-1] - 1}"
    for row in _breaks(sheet, starts, setup.scale):
        sheet.row_breaks.append(Break(id=row))
    title, language = TITLE[stylist.language], Language(stylist.language)
    sheet.oddHeader.left.text, sheet.oddHeader.right.text = title, "&A"
    sheet.oddFooter.center.text, sheet.oddFooter.right.text = (
        "&F",
        wording.PAGE[language],
    )


def _breaks(sheet: Worksheet, starts: list[int], scale: int) -> list[int]:
    """The rows after which a page ends, before the card that would not fit on it any more."""
    capacity = _PAGE_HEIGHT / scale * 100 * _SAFETY

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


def _identify(book: Workbook, language: str) -> None:
    identity = Identity(
        kind=WorkbookKind.SCORING, template_version=TEMPLATE_VERSION, kamxl_version=kamxl_version(), schema_hash="",
        plan_id="", account_id="", plan_year=0, language=language, profile="full",
    )  # fmt: skip
    sign(book, identity)
    book.properties.title, book.properties.creator = TITLE[language], "kamxl"
    book.properties.language = language
    book.active = 0
    book.calculation.fullCalcOnLoad = True
