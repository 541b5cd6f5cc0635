"""How a sheet prints: A4 landscape, one page wide, broken between blocks, with header and footer.

Excel ignores manual page breaks on a sheet that is fitted to pages, so the scale that makes the sheet one page wide
is worked out here and the breaks are set before the block that would not fit on the page any more.
"""

from __future__ import annotations

from itertools import pairwise

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document import wording
from kamxl.document.layout.grid import GUTTER_COLUMN
from kamxl.document.layout.layout import (
    FROZEN_ROW,
    HEAD_HEIGHTS,
    Layout,
    SheetLayout,
    title_of,
)
from kamxl.texts import Language
from kamxl.xlsx.cells import column_letter

__all__ = ["in_header", "page_breaks", "print_scale", "set_up_page"]

_MARGIN = 0.4  # inches, left and right
_TOP, _BOTTOM = 0.6, 0.6
_PAGE_WIDTH = (11.69 - 2 * _MARGIN) * 72
_PAGE_HEIGHT = (8.27 - _TOP - _BOTTOM) * 72
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


def print_scale(layout: SheetLayout) -> int:
    """The scale in per cent: one page wide, and smaller where that saves a page."""
    width = sum(
        w * _POINTS_PER_CHARACTER + _PADDING for w in (2.0, *layout.widths.values())
    )
    widest = max(
        min(int(_PAGE_WIDTH / width * 100 * _SAFETY), _LARGEST_SCALE), _SMALLEST_SCALE
    )
    least = min(widest, max(int(widest * _LEAST_OF_WIDEST), _SMALLEST_TO_SAVE))
    candidates = range(widest, least - 1, -1)
    return min(candidates, key=lambda scale: (_paginate(layout, scale)[1], -scale))


def page_breaks(layout: SheetLayout, scale: int) -> list[int]:
    """The rows after which a new page begins; tiles stay with the block below them."""
    return _paginate(layout, scale)[0]


def _paginate(layout: SheetLayout, scale: int) -> tuple[list[int], int]:
    """Breaks before the blocks that do not fit any more, and what it costs: pages, and blocks that are torn."""
    capacity = _PAGE_HEIGHT / scale * 100 * _SAFETY
    repeated = sum(HEAD_HEIGHTS[row] for row in range(1, FROZEN_ROW))
    breaks: list[int] = []
    cost, used = 1, HEAD_HEIGHTS[FROZEN_ROW] + repeated
    starts = list(layout.first_rows)
    if layout.spec.figures and len(starts) > 1:
        starts.pop(1)
    for first, following in pairwise((*starts, layout.last_row + 1)):
        height = sum(layout.heights.get(row, 15.0) for row in range(first, following))
        if used + height > capacity and first != starts[0]:
            breaks.append(first - 1)
            cost, used = cost + 1, repeated
        used += height
        while used > capacity:  # a block longer than a page goes on where the page ends
            cost, used = cost + 2, used - capacity + repeated
    return breaks, cost


def set_up_page(sheet: Worksheet, layout: SheetLayout, plan: Layout) -> None:
    """Paper, scale, breaks, repeated title, header and footer."""
    setup = sheet.page_setup
    setup.paperSize = sheet.PAPERSIZE_A4
    setup.orientation = sheet.ORIENTATION_LANDSCAPE
    setup.scale = print_scale(layout)
    margins = sheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top, margins.bottom, margins.header, margins.footer = (
        _TOP,
        _BOTTOM,
        0.25,
        0.25,
    )
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"1:{FROZEN_ROW - 1}"
    last = f"{column_letter(layout.last_column)}${layout.last_row}"
    sheet.print_area = f"${column_letter(GUTTER_COLUMN)}$1:${last}"
    for row in page_breaks(layout, setup.scale):
        sheet.row_breaks.append(Break(id=row))
    _header_and_footer(sheet, plan)


def in_header(text: str) -> str:
    """A name as headers and footers hold it: ``&`` is doubled there, and Excel takes 255 characters in all.

    >>> in_header("Muster & Söhne")
    'Muster && Söhne'
    """
    while len(doubled := text.replace("&", "&&")) > _LONGEST_NAME:
        text = text[:-1]
    return doubled


def _header_and_footer(sheet: Worksheet, plan: Layout) -> None:
    settings, language = plan.spec.settings, Language(plan.language)
    title = title_of(plan)
    company = in_header(settings.company)
    sheet.oddHeader.left.text = company or title
    sheet.oddHeader.right.text = f"{title} · &A" if company else "&A"
    sheet.oddFooter.left.text = wording.CONFIDENTIAL[language]
    sheet.oddFooter.center.text = "&F"
    sheet.oddFooter.right.text = wording.PAGE[language]
    for part in (sheet.oddHeader, sheet.oddFooter):
        for place in (part.left, part.center, part.right):
            place.size, place.color = 8, "5B6770"
