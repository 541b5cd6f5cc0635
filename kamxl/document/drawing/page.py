"""How a sheet prints: A4 landscape, one page wide, broken between blocks, with header and footer.

Excel ignores manual page breaks on a sheet that is fitted to pages, so the scale that makes the sheet one page wide
is worked out here and the breaks are set before the block that would not fit on the page any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document import wording
from kamxl.document.drawing.colours import MUTED
from kamxl.document.layout.grid import GUTTER_COLUMN
from kamxl.document.layout.layout import (
    FROZEN_ROW,
    HEAD_HEIGHTS,
    Layout,
    SheetLayout,
    title_of,
)
from kamxl.texts import Language
from kamxl.xlsx.book import column_letter

_SIDE, _END = 0.4, 0.6  # inches
MARGINS = PageMargins(_SIDE, _SIDE, _END, _END, 0.25, 0.25)
_PAGE_WIDTH = (11.69 - 2 * _SIDE) * 72
_PAGE_HEIGHT = (8.27 - 2 * _END) * 72
_POINTS_PER_CHARACTER = 5.25  # 7 pixels of Calibri 11, with Excel's padding below
_PADDING = 3.75
_SAFETY = 0.965  # fonts of another printer may run a little wider
_LARGEST_SCALE = 100
_LONGEST_NAME = (
    130  # characters; leaves room for the title and the codes of fonts and colours
)
_SMALLEST_SCALE = 40
_SMALLEST_TO_SAVE = 57  # per cent; below it print gets hard to read
_LEAST_OF_WIDEST = (
    0.65  # a scale may be this much smaller than the page asks, to save a page
)


@dataclass(frozen=True, slots=True)
class PrintArea:
    """What of a sheet is printed: its cells and the rows repeated on each page."""

    cells: str
    repeat: str | None = None


def page_scale(widths: Iterable[float], least: int) -> int:
    """The scale in per cent at which columns of these widths (in characters) are one page wide."""
    points = sum(width * _POINTS_PER_CHARACTER + _PADDING for width in widths)
    return max(least, min(_LARGEST_SCALE, int(_PAGE_WIDTH / points * 100 * _SAFETY)))


def page_capacity(scale: int) -> float:
    """How many points of rows a page holds at a scale in per cent."""
    return _PAGE_HEIGHT / scale * 100 * _SAFETY


def set_up_page(
    sheet: Worksheet,
    area: PrintArea,
    *,
    scale: int | None = None,
    breaks: Iterable[int] = (),
    pages_high: int = 0,
    margins: PageMargins = MARGINS,
) -> None:
    """A4 landscape, one page wide.

    Args:
        sheet: the sheet.
        area: what of it is printed.
        scale: in per cent; without it the width is fitted to the page, where Excel ignores breaks.
        breaks: the rows after which a new page begins.
        pages_high: to how many pages the height is fitted, where there is no scale; any number where 0.
        margins: of the paper.
    """
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = sheet.PAPERSIZE_A4, sheet.ORIENTATION_LANDSCAPE
    if scale is None:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup.fitToWidth, setup.fitToHeight = 1, pages_high
    else:
        setup.scale = scale
    sheet.page_margins = margins
    sheet.print_options.horizontalCentered = True
    sheet.print_area = area.cells
    if area.repeat:
        sheet.print_title_rows = area.repeat
    for row in breaks:
        sheet.row_breaks.append(Break(id=row))


def head_and_foot(
    sheet: Worksheet, title: str, company: str, language: Language
) -> None:
    """Header and footer: whose document it is and what, confidentiality, file and page."""
    owner = in_header(company)
    sheet.oddHeader.left.text = owner or title
    sheet.oddHeader.right.text = f"{title} · &A" if owner else "&A"
    sheet.oddFooter.left.text = wording.CONFIDENTIAL[language]
    sheet.oddFooter.center.text = "&F"
    sheet.oddFooter.right.text = wording.PAGE[language]
    for part in (sheet.oddHeader, sheet.oddFooter):
        for place in (part.left, part.center, part.right):
            place.size, place.color = 8, MUTED


def in_header(text: str) -> str:
    """A name as headers and footers hold it: ``&`` is doubled there, and Excel takes 255 characters in all.

    >>> in_header("Muster & Söhne")
    'Muster && Söhne'
    """
    while len(doubled := text.replace("&", "&&")) > _LONGEST_NAME:
        text = text[:-1]
    return doubled


def set_up_sheet(sheet: Worksheet, layout: SheetLayout, document: Layout) -> None:
    """How a sheet of a document prints: scale, breaks between blocks, repeated title, header and footer."""
    scale = print_scale(layout)
    last = f"{column_letter(layout.last_column)}${layout.last_row}"
    area = PrintArea(
        f"${column_letter(GUTTER_COLUMN)}$1:${last}", f"1:{FROZEN_ROW - 1}"
    )
    set_up_page(sheet, area, scale=scale, breaks=page_breaks(layout, scale))
    company, language = document.spec.settings.company, Language(document.language)
    head_and_foot(sheet, title_of(document), company, language)


def print_scale(layout: SheetLayout) -> int:
    """The scale in per cent: one page wide, and smaller where that saves a page."""
    widest = page_scale((2.0, *layout.seen_widths.values()), _SMALLEST_SCALE)
    least = min(widest, max(int(widest * _LEAST_OF_WIDEST), _SMALLEST_TO_SAVE))
    candidates = range(widest, least - 1, -1)
    return min(candidates, key=lambda scale: (_paginate(layout, scale)[1], -scale))


def page_breaks(layout: SheetLayout, scale: int) -> list[int]:
    """The rows after which a new page begins; tiles stay with the block below them."""
    return _paginate(layout, scale)[0]


def _paginate(layout: SheetLayout, scale: int) -> tuple[list[int], int]:
    """Breaks before the blocks that do not fit any more, and what it costs: pages, and blocks that are torn."""
    capacity = page_capacity(scale)
    repeated = sum(HEAD_HEIGHTS[row] for row in range(1, FROZEN_ROW))
    breaks: list[int] = []
    cost, used = 1, HEAD_HEIGHTS[FROZEN_ROW] + repeated
    starts, heights = list(layout.first_rows), layout.seen_heights
    if layout.spec.figures and len(starts) > 1:
        starts.pop(1)
    for first, following in pairwise((*starts, layout.last_row + 1)):
        height = sum(heights.get(row, 15.0) for row in range(first, following))
        if used + height > capacity and first != starts[0]:
            breaks.append(first - 1)
            cost, used = cost + 1, repeated
        used += height
        while used > capacity:  # a block longer than a page goes on where the page ends
            cost, used = cost + 2, used - capacity + repeated
    return breaks, cost
