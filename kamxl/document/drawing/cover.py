"""Drawing what only the cover has: its title, the table of contents with progress, legend and instructions."""

from __future__ import annotations

from kamxl.document import wording
from kamxl.document.drawing.highlights import highlight_cover
from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.pen import DocumentPen, Formula
from kamxl.document.formulas import STATUS_WORDS
from kamxl.document.keys import progress_path
from kamxl.document.layout.blocks import CoverBlock
from kamxl.document.layout.grid import FIRST_COLUMN, Spot
from kamxl.document.layout.layout import (
    GUIDANCE_ROW,
    TITLE_ROW,
    SheetLayout,
    title_of,
)
from kamxl.document.progress import PROGRESS_HEADS
from kamxl.document.vocabulary import Kind


def draw_cover(pen: DocumentPen, sheet: SheetLayout, block: CoverBlock) -> None:
    """Draw title, contents, legend and steps."""
    _draw_title(pen, sheet)
    _draw_contents(pen, sheet, block)
    _draw_legend(pen, sheet, block)
    highlight_cover(
        pen.sheet, block, pen.layout, [word[pen.language] for word in STATUS_WORDS]
    )


def _draw_title(pen: DocumentPen, sheet: SheetLayout) -> None:
    """The document's name and, live from its field, that of the customer it is about."""
    for column in range(FIRST_COLUMN, sheet.last_column + 1):
        pen.style(1, column, CellRole.BAND)
    half = (FIRST_COLUMN + sheet.last_column) // 2
    title, about = title_of(pen.layout), pen.layout.spec.model.about
    pen.write(Spot(TITLE_ROW, FIRST_COLUMN, TITLE_ROW, half - 1), title, CellRole.TITLE)
    if pen.layout.has(about):
        cell = pen.layout.cell(about)
        pen.write(
            Spot(TITLE_ROW, half, TITLE_ROW, sheet.last_column),
            Formula(f'=IF({cell}="","",{cell})'),
            CellRole.SUBTITLE,
        )
    pen.write(
        Spot(GUIDANCE_ROW, FIRST_COLUMN, GUIDANCE_ROW, sheet.last_column),
        sheet.spec.guidance[pen.language],
        CellRole.GUIDANCE,
    )


def _draw_contents(pen: DocumentPen, sheet: SheetLayout, block: CoverBlock) -> None:
    language, first, last = pen.language, block.first_column, sheet.last_column
    pen.underline(block.heading_row, wording.CONTENTS[language], first, last)
    header = block.header_row
    pen.write(
        Spot(header, first, header, last - 4),
        wording.COLUMN_SHEET[language],
        CellRole.HEADER,
        Kind.TEXT,
    )
    for place, text in enumerate(PROGRESS_HEADS.values()):
        pen.write(
            Spot(header, last - 3 + place), text[language], CellRole.HEADER, Kind.SIGN
        )
    for target in pen.layout.sheets:
        row = block.contents_rows[target.spec.key]
        spot, key = Spot(row, first, row, last - 4), target.spec.key
        pen.link(spot, key, target.name, CellRole.ENTRY)
        for name, kind in (
            ("filled", None),
            ("required", None),
            ("share", Kind.PERCENT),
            ("status", None),
        ):
            path = progress_path(target.spec.key, name)
            pen.write(
                pen.layout.spots[path][1], pen.formula(path), CellRole.PROGRESS, kind
            )


def _draw_legend(pen: DocumentPen, sheet: SheetLayout, block: CoverBlock) -> None:
    language, first, last = pen.language, block.first_column, sheet.last_column
    pen.underline(block.legend_row, wording.LEGEND[language], first, last)
    legend = (
        (CellRole.LEGEND_REQUIRED, wording.LEGEND_REQUIRED),
        (CellRole.LEGEND_INPUT, wording.LEGEND_INPUT),
        (CellRole.LEGEND_COMPUTED, wording.LEGEND_COMPUTED),
        (CellRole.LEGEND_OVERDUE, wording.LEGEND_OVERDUE),
    )
    width = (last - first + 1) // 2
    for place, (role, text) in enumerate(legend):
        row, left = block.legend_row + 1 + place // 2, first + place % 2 * width
        pen.write(Spot(row, left, row, left + width - 1), text[language], role)
    pen.underline(block.steps_row, wording.STEPS[language], first, last)
    pen.write(
        Spot(block.steps_row + 1, first, block.last_row, last),
        pen.layout.spec.model.steps[language],
        CellRole.STEPS,
    )
