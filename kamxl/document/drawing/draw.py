"""The specification → an Excel workbook, drawn once with openpyxl.

`draw_document(layout)` draws the template of one company, year, language and profile: every sheet with its input cells,
formulas, dropdowns and colours, but no account's entries. `kamxl.document.drawing.fill` pours those in, hundreds of
times faster than drawing again.
"""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from operator import attrgetter

from openpyxl import Workbook
from openpyxl.worksheet.dimensions import RowDimension

from kamxl.document import wording
from kamxl.document.drawing.charts import year_chart
from kamxl.document.drawing.cover import draw_cover
from kamxl.document.drawing.growing import (
    areas_of,
    computed_cells,
    fold,
    keep_formulas,
    offer_filter,
)
from kamxl.document.drawing.highlights import (
    highlight_form,
    highlight_matrix,
    highlight_table,
    show_zero,
)
from kamxl.document.drawing.lists import draw_lists
from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.matrix import draw_matrix
from kamxl.document.drawing.page import set_up_sheet
from kamxl.document.drawing.pen import DocumentPen, Formula
from kamxl.document.drawing.shaping import without_orphans
from kamxl.document.drawing.signing import describe, sign
from kamxl.document.drawing.styles import Stylist
from kamxl.document.drawing.validations import TextRoom
from kamxl.document.extract import Identity
from kamxl.document.formulas import document_formulas, repeated_names
from kamxl.document.formulas.sources import formula_codes
from kamxl.document.keys import (
    END,
    GROWTH,
    ROW_NAMES,
    TOTAL,
    closing,
    line_key,
    marker,
    row_key,
)
from kamxl.document.layout.blocks import (
    CoverBlock,
    FormBlock,
    FormLine,
    MatrixBlock,
    TableBlock,
    TilesBlock,
)
from kamxl.document.layout.grid import (
    FIRST_COLUMN,
    GUTTER_COLUMN,
    KEYS_COLUMN,
    TEXT_SIZE,
    Spot,
)
from kamxl.document.layout.layout import (
    FROZEN_ROW,
    GUIDANCE_ROW,
    HEAD_HEIGHTS,
    TITLE_ROW,
    Layout,
    SheetLayout,
    title_of,
)
from kamxl.document.layout.metrics import text_room
from kamxl.document.marks import mark_of, mark_places
from kamxl.document.paths import pattern_of
from kamxl.document.printed import hint_of, printed_codes
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.texts import Text
from kamxl.xlsx.book import column_letter
from kamxl.xlsx.mend import mend_package

_TALL = 30.0  # points; rows of this height hold two lines


class _GrowingRow(RowDimension):  # type: ignore[misc]
    """A row whose height is no fixed one: Excel makes it higher when an entry needs more lines."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's own name
        """Whether the height stays whatever is typed."""
        return False


def draw_document(layout: Layout, identity: Identity) -> bytes:
    """The finished template as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    settings = layout.spec.settings
    stylist = Stylist(book, settings.accent, layout.language)
    formulas, names = document_formulas(layout), repeated_names(layout)
    marks = mark_places(layout)
    for sheet in layout.sheets:
        pen = DocumentPen(
            book.create_sheet(sheet.name), stylist, layout, formulas, names
        )
        _draw_sheet(pen, sheet)
        pen.key(*marks[sheet.name], mark_of(identity))
    draw_lists(book, layout)
    codes = printed_codes(layout), formula_codes(layout)
    sign(book, identity, settings.shaping_json(), *codes)
    describe(book, title_of(layout), settings.company, layout.language)
    file = io.BytesIO()
    book.save(file)
    return mend_package(file.getvalue())


def _draw_sheet(pen: DocumentPen, sheet: SheetLayout) -> None:
    _prepare(pen, sheet)
    if sheet.spec.key != pen.layout.sheets[0].spec.key:
        _draw_title(pen, sheet)
    for block in sheet.blocks:
        if isinstance(block, TilesBlock):
            _draw_tiles(pen, block)
        elif isinstance(block, FormBlock):
            _draw_form(pen, block)
        elif isinstance(block, TableBlock):
            _draw_table(pen, sheet, block)
        elif isinstance(block, MatrixBlock):
            draw_matrix(pen, sheet, block)
            highlight_matrix(pen.sheet, block)
        elif isinstance(block, CoverBlock):
            draw_cover(pen, sheet, block)
    seen = without_orphans(sheet)
    fold(pen.sheet, seen)
    keep_formulas(pen, sheet)
    _show_zeros(pen, sheet)
    offer_filter(pen.sheet, sheet)
    set_up_sheet(pen.sheet, seen, pen.layout)
    pen.mark(sheet.spec.key, TITLE_ROW, FIRST_COLUMN)
    pen.select(_first_entry(pen.layout, sheet))


def _show_zeros(pen: DocumentPen, layout: SheetLayout) -> None:
    """What is computed shows no minus before a zero."""
    formats: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for column, row in computed_cells(pen, layout):
        formats[pen.sheet.cell(row, column).number_format].append((column, row))
    for number_format, cells in formats.items():
        show_zero(pen.sheet, number_format, list(areas_of(cells)))


def _first_entry(layout: Layout, sheet: SheetLayout) -> Spot:
    """The first cell of a sheet that takes an entry."""
    fields, title = layout.spec.fields, Spot(TITLE_ROW, FIRST_COLUMN)
    spots = (
        spot
        for path, (where, spot) in layout.spots.items()
        if where is sheet and pattern_of(path) in fields
    )
    return min(spots, key=attrgetter("row", "column"), default=title)


def _prepare(pen: DocumentPen, layout: SheetLayout) -> None:
    """Column widths, row heights, hidden keys, frozen title."""
    sheet = pen.sheet
    sheet.column_dimensions["A"].hidden = True
    for column, width in {GUTTER_COLUMN: 2.0, **layout.widths}.items():
        pen.width(column, width)
    heights = {**HEAD_HEIGHTS, **layout.heights}
    tables = [block for block in layout.blocks if isinstance(block, TableBlock)]
    growing: set[int] = set()
    for block in tables:
        growing |= {*range(block.first_row, block.last_entry_row + 1)}
    for row, height in heights.items():
        dimension = _GrowingRow if row in growing else RowDimension
        if height:
            sheet.row_dimensions[row] = dimension(sheet, index=row, ht=height)
        else:
            sheet.row_dimensions[row].hidden = True
    sheet.freeze_panes = f"A{FROZEN_ROW}"


def _draw_title(pen: DocumentPen, sheet: SheetLayout) -> None:
    """Title, one line of guidance and the way back to the cover."""
    for column in range(FIRST_COLUMN, sheet.last_column + 1):
        pen.style(1, column, CellRole.BAND)
    last = sheet.last_column
    back = last - 1 if sheet.widths[last] < 16 and last - 1 > FIRST_COLUMN else last
    pen.write(
        Spot(TITLE_ROW, FIRST_COLUMN, TITLE_ROW, back - 1), sheet.name, CellRole.TITLE
    )
    pen.write(
        Spot(GUIDANCE_ROW, FIRST_COLUMN, GUIDANCE_ROW, last),
        sheet.spec.guidance[pen.language],
        CellRole.GUIDANCE,
    )
    pen.link(
        Spot(TITLE_ROW, back, TITLE_ROW, last),
        pen.layout.sheets[0].spec.key,
        wording.BACK[pen.language],
        CellRole.LINK,
    )


def _draw_tiles(pen: DocumentPen, block: TilesBlock) -> None:
    for tile in block.tiles:
        pen.write(tile.label, tile.figure.label[pen.language], CellRole.TILE_LABEL)
        pen.write(
            tile.value,
            pen.formula(tile.figure.pattern),
            CellRole.TILE,
            tile.figure.kind,
        )


def _draw_opening(
    pen: DocumentPen, block: FormBlock | TableBlock, last_column: int
) -> None:
    """The heading of a block, the line of guidance below it, and the key that opens it."""
    section = block.section
    if block.heading_row is not None and section.heading is not None:
        heading = section.heading[pen.language]
        pen.underline(block.heading_row, heading, FIRST_COLUMN, last_column)
    if block.hint_row is not None:
        spot = Spot(block.hint_row, FIRST_COLUMN, block.hint_row, last_column)
        pen.write(spot, hint_of(section, pen.language), CellRole.HINT)
    pen.key(block.keys_row, KEYS_COLUMN, marker(section))


def _draw_form(pen: DocumentPen, block: FormBlock) -> None:
    parts = [part for line in block.lines for part in line.parts]
    last = max(spot.last_column for _, _, spot in parts)
    _draw_opening(pen, block, last)
    if block.header_row is not None:
        beside, _, spot = next(part for part in parts if part[1] is None)
        head = replace(spot, row=block.header_row, last_row=0)
        pen.write(head, beside.printed(pen.language), CellRole.HINT)
    for line in block.lines:
        _draw_line(pen, block, line)
    highlight_form(pen.sheet, block)


def _draw_line(pen: DocumentPen, block: FormBlock, line: FormLine) -> None:
    """Label and cell of each field in a line, with key, name and validation."""
    pen.key(line.row, KEYS_COLUMN, line_key(field for field, _, _ in line.parts))
    for slot, (field, label, spot) in enumerate(line.parts, start=1):
        pen.key(block.keys_row, spot.column, str(slot))
        if label is not None:
            pen.write(label, field.printed(pen.language), CellRole.LABEL)
        pen.write(spot, None, CellRole.FORM_INPUT, field.kind)
        room = _text_room(pen, block, spot) if spot.merged else None
        pen.validate(field, Spot(spot.row, spot.column), room=room)
        cell = f"${column_letter(spot.column)}${spot.row}"
        pen.name(field.pattern, cell)


def _text_room(pen: DocumentPen, block: FormBlock, spot: Spot) -> TextRoom:
    """What is seen of a text in the merged cells of a form."""
    sheet = pen.layout.sheet(block.section.sheet)
    cell = f"{column_letter(spot.column)}{spot.row}"
    lines, letters = text_room(sheet.width(spot), sheet.heights[spot.row], TEXT_SIZE)
    return TextRoom(cell, lines, letters)


def _draw_table(pen: DocumentPen, sheet: SheetLayout, block: TableBlock) -> None:
    section = block.section
    last = block.last_column
    _draw_opening(pen, block, last)
    _draw_heads(pen, block)
    for index in range(section.count):
        _draw_row(pen, sheet, block, index)
    for field in section.fields:
        place = block.columns[field.key]
        pen.validate(field, Spot(block.first_row, place, block.last_ruled_row, place))
    _draw_closing_row(pen, block, block.total_row, TOTAL, wording.TOTAL)
    _draw_closing_row(pen, block, block.growth_row, GROWTH, wording.GROWTH)
    pen.key(block.last_row + 1, KEYS_COLUMN, section.pattern + END)
    first = column_letter(min(block.label_column or last, *block.columns.values()))
    area = f"${first}${block.header_row}:${column_letter(last)}${block.last_entry_row}"
    pen.name(section.pattern, area)
    highlight_table(pen, block)
    if section.chart is not None:
        year_chart(pen, block, section.chart)


def _draw_heads(pen: DocumentPen, block: TableBlock) -> None:
    """The keys of the columns, and their labels."""
    section = block.section
    if block.label_column is not None:
        pen.key(block.keys_row, block.label_column, ROW_NAMES)
        label = section.row_label[pen.language] if section.row_label else ""
        spot = Spot(block.header_row, block.label_column)
        pen.write(spot, label, CellRole.HEADER, Kind.TEXT)
    for column in section.columns:
        pen.key(block.keys_row, block.columns[column.key], column.key)
        spot = block.spot(block.header_row, column.key)
        pen.write(spot, column.printed(pen.language), CellRole.HEADER, column.kind)


def _draw_row(
    pen: DocumentPen, sheet: SheetLayout, block: TableBlock, index: int
) -> None:
    section, row = block.section, block.first_row + index
    tall = sheet.heights[row] > _TALL
    role = CellRole.TALL_KEY if tall else CellRole.KEY
    pen.key(row, KEYS_COLUMN, row_key(section, index), role)
    if block.label_column is not None:
        _draw_name(pen, block, index)
    starts = section.rows or section.starts
    defaults = starts[index].defaults if index < len(starts) else {}
    for column in section.columns:
        spot = block.spot(row, column.key)
        if isinstance(column, FieldSpec):
            given = pen.shown(defaults.get(column.key))
            pen.write(spot, given, CellRole.INPUT, column.kind)
        else:
            formula = pen.formula(column.pattern.at(index))
            pen.write(spot, formula, CellRole.COMPUTED, column.kind)


def _draw_name(pen: DocumentPen, block: TableBlock, index: int) -> None:
    """The name of a row: printed, or repeated from the table in which people may change it."""
    spot = Spot(block.first_row + index, block.label_column or 0)
    name = pen.names.get(f"{block.section.pattern}[{index}]")
    if name:
        pen.write(spot, Formula(name), CellRole.LABEL)
    else:
        label = block.section.rows[index].label
        pen.write(spot, label[pen.language], CellRole.LABEL)


def _draw_closing_row(
    pen: DocumentPen, block: TableBlock, row: int | None, suffix: str, text: Text
) -> None:
    """A row of totals or of growth, where the table has one."""
    if row is None:
        return
    section = block.section
    pen.key(row, KEYS_COLUMN, section.pattern + suffix)
    for column in range(FIRST_COLUMN, block.last_column + 1):
        pen.style(row, column, CellRole.TOTAL)
    pen.write(Spot(row, FIRST_COLUMN), text[pen.language], CellRole.TOTAL, Kind.TEXT)
    for key in section.totals:
        formula = pen.formulas.get(closing(section.pattern, suffix, key))
        if formula is not None:
            kind = Kind.PERCENT if suffix == GROWTH else section[key].kind
            pen.write(
                Spot(row, block.columns[key]), Formula(formula), CellRole.TOTAL, kind
            )
