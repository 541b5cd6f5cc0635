"""How a sheet prints: A4 landscape, one page wide, broken between blocks, with header and footer.

Excel ignores manual page breaks on a sheet that is fitted to pages, so the scale that makes the sheet one page wide
is worked out here and the breaks are set before the block that would not fit on the page any more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document import wording
from kamxl.document.drawing.colours import MUTED
from kamxl.document.layout.blocks import MatrixBlock
from kamxl.document.layout.grid import (
    FIRST_COLUMN,
    GUTTER_COLUMN,
    MATRIX_TOTAL,
    TEXT_SIZE,
)
from kamxl.document.layout.layout import (
    FROZEN_ROW,
    HEAD_HEIGHTS,
    Layout,
    SheetLayout,
    title_of,
)
from kamxl.texts import Language
from kamxl.xlsx.book import column_letter

_SIDE, _END = 0.3, 0.5  # inches
MARGINS = PageMargins(_SIDE, _SIDE, _END, _END, 0.25, 0.25)
_PAGE_WIDTH = (11.69 - 2 * _SIDE) * 72
_PAGE_HEIGHT = (8.27 - 2 * _END) * 72
_POINTS_PER_CHARACTER = (
    5.58  # as LibreOffice and printers measure; on its screen Excel takes 5.25
)
_SAFETY = 0.985
_LARGEST_SCALE = 100
_LONGEST_NAME = (
    130  # characters; leaves room for the title and the codes of fonts and colours
)
LEAST_SCALE = 80
"""The scale in per cent below which nothing is printed: texts of 10 points then have 8 on paper."""
_LEAST_OF_WIDEST = (
    0.65  # a scale may be this much smaller than the page asks, to save a page
)


@dataclass(frozen=True, slots=True)
class PrintArea:
    """What of a sheet is printed: its cells, the rows and the columns repeated on each page."""

    cells: str
    repeat: str | None = None
    repeat_columns: str | None = None


def page_scale(widths: Iterable[float]) -> int:
    """The scale in per cent at which columns of these widths (in characters) are one page wide, but never too small."""
    fitting = int(_PAGE_WIDTH / (sum(widths) * _POINTS_PER_CHARACTER) * 100 * _SAFETY)
    return max(LEAST_SCALE, min(_LARGEST_SCALE, fitting))


def page_width(scale: int) -> float:
    """How many characters of columns are a page wide at a scale in per cent."""
    return _PAGE_WIDTH / scale * 100 * _SAFETY / _POINTS_PER_CHARACTER


def pages_across(widths: Sequence[float], repeated: int, scale: int) -> list[int]:
    """The columns (from 0) with which a new page begins, as few and as even as can be; none where all fit on one.

    Args:
        widths: of all columns, in characters.
        repeated: how many of the first ones are repeated on every page.
        scale: of the print, in per cent.
    """
    room = page_width(scale) - sum(widths[:repeated])
    rest = sum(widths[repeated:])
    even = rest / max(math.ceil(rest / room), 1)
    starts: list[int] = []
    used = 0.0
    for column, width in enumerate(widths[repeated:], start=repeated):
        full = used + width > room or used >= even
        if full and used:
            starts.append(column)
            used = 0.0
        used += width
    return starts


def page_capacity(scale: int) -> float:
    """How many points of rows a page holds at a scale in per cent."""
    return _PAGE_HEIGHT / scale * 100 * _SAFETY


def set_up_page(
    sheet: Worksheet,
    area: PrintArea,
    *,
    scale: int | None = None,
    breaks: Iterable[int] = (),
    across: Iterable[int] = (),
    pages_high: int = 0,
    margins: PageMargins = MARGINS,
) -> None:
    """A4 landscape, one page wide unless it is broken across.

    Args:
        sheet: the sheet.
        area: what of it is printed.
        scale: in per cent; without it the width is fitted to the page, where Excel ignores breaks.
        breaks: the rows after which a new page begins.
        across: the columns after which a new page begins.
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
    # Small print is legible only at its own size, whatever the scale of the sheet.
    sheet.HeaderFooter.scaleWithDoc = False
    sheet.print_options.horizontalCentered = True
    sheet.print_area = area.cells
    if area.repeat:
        sheet.print_title_rows = area.repeat
    sheet.print_title_cols = area.repeat_columns
    for row in breaks:
        sheet.row_breaks.append(Break(id=row))
    for column in across:
        sheet.col_breaks.append(Break(id=column))


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
            # LibreOffice scales them with the sheet all the same.
            place.size, place.color = TEXT_SIZE, MUTED


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
    across = pages_of_matrix(layout, scale)
    labels = [matrix.first_person_column - 1 for matrix in _matrices(layout)]
    columns = f"B:{column_letter(labels[0])}" if labels else None
    area = PrintArea(
        f"${column_letter(GUTTER_COLUMN)}$1:${last}", f"1:{FROZEN_ROW - 1}", columns
    )
    breaks = page_breaks(layout, scale)
    set_up_page(sheet, area, scale=scale, breaks=breaks, across=across)
    company, language = document.spec.settings.company, Language(document.language)
    head_and_foot(sheet, title_of(document), company, language)


def pages_of_matrix(layout: SheetLayout, scale: int) -> list[int]:
    """The columns after which a new page begins, where a matrix has more people than one page holds."""
    for matrix in _matrices(layout):
        first, widths = matrix.first_person_column, layout.widths
        labels = [2.0, *(widths[column] for column in range(FIRST_COLUMN, first))]
        folded = len(layout.folded_columns) // 2
        people = [2 * widths[first]] * (matrix.section.people.count - folded)
        across = pages_across([*labels, *people, MATRIX_TOTAL], len(labels), scale)
        each = across[0] - len(labels) if across else matrix.section.people.count
        starts = range(each, matrix.section.people.count, each)
        return [matrix.person_column(start) - 1 for start in starts]
    return []


def _matrices(layout: SheetLayout) -> Iterator[MatrixBlock]:
    return (block for block in layout.blocks if isinstance(block, MatrixBlock))


def print_scale(layout: SheetLayout) -> int:
    """The scale in per cent: one page wide, and smaller where that saves a page."""
    widest = page_scale((2.0, *layout.seen_widths.values()))
    least = min(widest, max(int(widest * _LEAST_OF_WIDEST), LEAST_SCALE))
    candidates, strips = range(widest, least - 1, -1), _strips(layout)
    return min(candidates, key=lambda scale: (_paginate(strips, scale)[1], -scale))


def page_breaks(layout: SheetLayout, scale: int) -> list[int]:
    """The rows after which a new page begins; tiles stay with the block below them."""
    return _paginate(_strips(layout), scale)[0]


def paper_cost(layout: SheetLayout, scale: int) -> int:
    """What a sheet costs on paper at a scale in per cent: its pages, and a page more for each block that is torn."""
    return _paginate(_strips(layout), scale)[1]


def _strips(layout: SheetLayout) -> list[tuple[int, float]]:
    """What stays together on a page, from top to bottom: the first row of each strip, and its height in points."""
    starts, heights = list(layout.first_rows), layout.seen_heights
    if layout.spec.figures and len(starts) > 1:
        starts.pop(1)
    for matrix in _matrices(layout):  # torn between two people, if it must be
        starts += map(matrix.team_row, range(1, matrix.section.team.count))
    return [
        (first, sum(heights.get(row, 15.0) for row in range(first, following)))
        for first, following in pairwise((*starts, layout.last_row + 1))
    ]


def _paginate(strips: Sequence[tuple[int, float]], scale: int) -> tuple[list[int], int]:
    """Breaks before the strips that do not fit any more, and what it costs: pages, and blocks that are torn."""
    capacity = page_capacity(scale)
    repeated = sum(HEAD_HEIGHTS[row] for row in range(1, FROZEN_ROW))
    breaks: list[int] = []
    cost, used = 1, HEAD_HEIGHTS[FROZEN_ROW] + repeated
    for first, height in strips:
        if used + height > capacity and first != strips[0][0]:
            breaks.append(first - 1)
            cost, used = cost + 1, repeated
        used += height
        while used > capacity:  # a block longer than a page goes on where the page ends
            cost, used = cost + 2, used - capacity + repeated
    return breaks, cost
