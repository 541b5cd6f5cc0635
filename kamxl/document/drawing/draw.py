"""The specification → an Excel workbook, drawn once with openpyxl.

`draw_plan(layout)` draws the template of one company, year, language and profile: every sheet with its input cells,
formulas, dropdowns and colours, but no account's entries. `kamxl.document.drawing.fill` pours those in, hundreds of
times faster than drawing again.
"""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.dimensions import RowDimension

from kamxl.document import wording
from kamxl.document.drawing.charts import revenue_chart
from kamxl.document.drawing.cover import draw_cover
from kamxl.document.drawing.highlights import (
    highlight_form,
    highlight_matrix,
    highlight_table,
)
from kamxl.document.drawing.lists import add_name, draw_lists
from kamxl.document.drawing.looks import Role
from kamxl.document.drawing.matrix import draw_matrix
from kamxl.document.drawing.page import set_up_sheet
from kamxl.document.drawing.pen import Formula, PlanPen
from kamxl.document.drawing.signing import describe, sign
from kamxl.document.drawing.styles import Stylist
from kamxl.document.extract import Identity
from kamxl.document.formulas import label_formulas, plan_formulas
from kamxl.document.identity import settings_json
from kamxl.document.keys import BETWEEN, END, FORM, GROWTH, TABLE, TOTAL, field_name
from kamxl.document.layout.blocks import (
    CoverBlock,
    FormBlock,
    MatrixBlock,
    TableBlock,
    TilesBlock,
)
from kamxl.document.layout.grid import (
    FIRST_COLUMN,
    GUTTER_COLUMN,
    KEYS_COLUMN,
    Spot,
)
from kamxl.document.layout.layout import (
    FROZEN_ROW,
    GUIDANCE_ROW,
    HEAD_HEIGHTS,
    TITLE_ROW,
    PlanLayout,
    SheetLayout,
    quoted,
)
from kamxl.document.printed import printed_codes
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.cells import column_letter
from kamxl.xlsx.mend import mend_package

__all__ = ["draw_plan"]

_TALL = 30.0  # points; rows of this height hold two lines
_LONG = 12  # rows from which a table is worth a filter; a sheet has room for one


class _GrowingRow(RowDimension):  # type: ignore[misc]
    """A row whose height is no fixed one: Excel makes it higher when an entry needs more lines."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's own name
        """Whether the height stays whatever is typed."""
        return False


def draw_plan(layout: PlanLayout, identity: Identity) -> bytes:
    """The finished template as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.active)
    settings = layout.spec.settings
    stylist = Stylist(book, settings.accent, layout.language)
    formulas, labels = plan_formulas(layout), label_formulas(layout)
    for sheet in layout.sheets:
        pen = PlanPen(book.create_sheet(sheet.name), stylist, layout, formulas)
        _draw_sheet(pen, sheet, labels)
    draw_lists(book, layout)
    sign(book, identity, settings_json(settings), printed_codes(layout))
    title = wording.PLAN[layout.language].format(year=settings.year)
    describe(book, title, settings.company, layout.language)
    file = io.BytesIO()
    book.save(file)
    return mend_package(file.getvalue())


def _draw_sheet(
    pen: PlanPen, sheet: SheetLayout, labels: dict[tuple[str, int, int], str]
) -> None:
    _prepare(pen, sheet)
    if sheet.spec.key != pen.layout.sheets[0].spec.key:
        _draw_title(pen, sheet)
    for block in sheet.blocks:
        if isinstance(block, TilesBlock):
            _draw_tiles(pen, block)
        elif isinstance(block, FormBlock):
            _draw_form(pen, block)
        elif isinstance(block, TableBlock):
            _draw_table(pen, sheet, block, labels)
        elif isinstance(block, MatrixBlock):
            draw_matrix(pen, sheet, block)
            highlight_matrix(pen.sheet, block)
        elif isinstance(block, CoverBlock):
            draw_cover(pen, sheet, block)
    set_up_sheet(pen.sheet, sheet, pen.layout)


def _prepare(pen: PlanPen, layout: SheetLayout) -> None:
    """Column widths, row heights, hidden keys, frozen title, protection."""
    sheet = pen.sheet
    sheet.column_dimensions["A"].hidden = True
    for column, width in {GUTTER_COLUMN: 2.0, **layout.widths}.items():
        pen.width(column, width)
    heights = {**HEAD_HEIGHTS, **layout.heights}
    tables = [block for block in layout.blocks if isinstance(block, TableBlock)]
    growing_rows = {
        row
        for block in tables
        for row in range(block.first_row, block.last_entry_row + 1)
    }
    for row, height in heights.items():
        if height:
            growing = row in growing_rows
            sheet.row_dimensions[row] = (_GrowingRow if growing else RowDimension)(
                sheet, index=row, ht=height
            )
        else:
            sheet.row_dimensions[row].hidden = True
    sheet.freeze_panes = f"A{FROZEN_ROW}"
    pen.protect()
    protection = sheet.protection
    protection.sort = protection.autoFilter = protection.insertRows = (
        protection.insertHyperlinks
    ) = False


def _draw_title(pen: PlanPen, sheet: SheetLayout) -> None:
    """Title, one line of guidance and the way back to the cover."""
    for column in range(FIRST_COLUMN, sheet.last_column + 1):
        pen.style(1, column, Role.BAND)
    last = sheet.last_column
    back = last - 1 if sheet.widths[last] < 16 and last - 1 > FIRST_COLUMN else last
    pen.write(
        Spot(TITLE_ROW, FIRST_COLUMN, TITLE_ROW, back - 1), sheet.name, Role.TITLE
    )
    pen.write(
        Spot(GUIDANCE_ROW, FIRST_COLUMN, GUIDANCE_ROW, last),
        sheet.spec.guidance[pen.language],
        Role.GUIDANCE,
    )
    target = f"{quoted(pen.layout.sheets[0].name)}!A1"
    pen.link(
        Spot(TITLE_ROW, back, TITLE_ROW, last),
        target,
        wording.BACK[pen.language],
        Role.LINK,
    )


def _draw_tiles(pen: PlanPen, block: TilesBlock) -> None:
    for tile in block.tiles:
        pen.write(tile.label, tile.figure.label[pen.language], Role.TILE_LABEL)
        pen.write(
            tile.value, pen.formula(tile.figure.pattern), Role.TILE, tile.figure.kind
        )


def _draw_heading(
    pen: PlanPen, heading_row: int | None, text: str | None, last_column: int
) -> None:
    if heading_row is not None and text is not None:
        for column in range(FIRST_COLUMN, last_column + 1):
            pen.style(heading_row, column, Role.HEADING)
        pen.write(Spot(heading_row, FIRST_COLUMN), text, Role.HEADING)


def _draw_form(pen: PlanPen, block: FormBlock) -> None:
    section = block.section
    last = max(spot.last_column for line in block.lines for _, _, spot in line.parts)
    heading = section.heading[pen.language] if section.heading else None
    _draw_heading(pen, block.heading_row, heading, last)
    if block.hint_row is not None and section.hint is not None:
        pen.write(
            Spot(block.hint_row, FIRST_COLUMN, block.hint_row, last),
            section.hint[pen.language],
            Role.HINT,
        )
    pen.key(block.keys_row, KEYS_COLUMN, FORM + section.pattern)
    if block.header_row is not None:
        field, _, spot = next(
            part for line in block.lines for part in line.parts if part[1] is None
        )
        pen.write(
            replace(spot, row=block.header_row, last_row=0),
            field.printed(pen.language),
            Role.HINT,
        )
    for line in block.lines:
        pen.key(
            line.row,
            KEYS_COLUMN,
            BETWEEN.join(field.pattern for field, _, _ in line.parts),
        )
        for slot, (field, label, spot) in enumerate(line.parts, start=1):
            pen.key(block.keys_row, spot.column, str(slot))
            if label is not None:
                pen.write(label, field.printed(pen.language), Role.LABEL)
            pen.write(spot, None, Role.FORM_INPUT, field.kind)
            pen.validate(field, Spot(spot.row, spot.column))
            add_name(
                pen.book,
                field_name(field.pattern),
                f"{quoted(pen.sheet.title)}!{_absolute(spot)}",
            )
    highlight_form(pen.sheet, block)


def _absolute(spot: Spot) -> str:
    return f"${column_letter(spot.column)}${spot.row}"


def _draw_table(
    pen: PlanPen,
    sheet: SheetLayout,
    block: TableBlock,
    labels: dict[tuple[str, int, int], str],
) -> None:
    section = block.section
    last = block.last_column
    heading = section.heading[pen.language] if section.heading else ""
    _draw_heading(pen, block.heading_row, heading, last)
    if block.hint_row is not None and section.hint is not None:
        pen.write(
            Spot(block.hint_row, FIRST_COLUMN, block.hint_row, last),
            section.hint[pen.language],
            Role.HINT,
        )
    pen.key(block.keys_row, KEYS_COLUMN, TABLE + section.pattern)
    if block.label_column is not None:
        pen.key(block.keys_row, block.label_column, "#")
        label = section.row_label[pen.language] if section.row_label else ""
        pen.write(
            Spot(block.header_row, block.label_column), label, Role.HEADER, Kind.TEXT
        )
    for column in section.columns:
        pen.key(block.keys_row, block.columns[column.key], column.key)
        spot = block.spot(block.header_row, column.key)
        pen.write(spot, column.printed(pen.language), Role.HEADER, column.kind)
    _draw_rows(pen, sheet, block, labels)
    _draw_closing_rows(pen, block)
    pen.key(block.last_row + 1, KEYS_COLUMN, section.pattern + END)
    first = column_letter(min(block.label_column or last, *block.columns.values()))
    area = f"${first}${block.header_row}:${column_letter(last)}${block.last_entry_row}"
    add_name(pen.book, field_name(section.pattern), f"{quoted(pen.sheet.title)}!{area}")
    highlight_table(pen.sheet, block)
    if section.free and section.count >= _LONG:
        # On a protected sheet people can use a filter that is there, but not set one.
        pen.sheet.auto_filter.ref = area.replace("$", "")
    if section.chart:
        revenue_chart(pen, block)


def _draw_rows(
    pen: PlanPen,
    sheet: SheetLayout,
    block: TableBlock,
    labels: dict[tuple[str, int, int], str],
) -> None:
    section = block.section
    starts = section.rows or section.starts
    for index in range(section.count):
        row = block.first_row + index
        key = section.rows[index].key if section.rows else str(index)
        row_key = f"{section.pattern}[{index}]" + (f" {key}" if section.rows else "")
        tall = sheet.heights[row] > _TALL
        pen.key(row, KEYS_COLUMN, row_key, Role.TALL_KEY if tall else Role.KEY)
        if block.label_column is not None:
            text = labels.get((sheet.spec.key, row, block.label_column))
            label = Spot(row, block.label_column)
            if text:
                pen.write(label, Formula(text), Role.LABEL)
            else:
                pen.write(label, section.rows[index].label[pen.language], Role.LABEL)
        defaults = starts[index].defaults if index < len(starts) else {}
        for column in section.columns:
            spot = block.spot(row, column.key)
            if isinstance(column, FieldSpec):
                pen.write(
                    spot, pen.shown(defaults.get(column.key)), Role.INPUT, column.kind
                )
            else:
                pen.write(
                    spot,
                    pen.formula(f"{section.pattern}[{index}].{column.key}"),
                    Role.COMPUTED,
                    column.kind,
                )
    for field in section.fields:
        place = block.columns[field.key]
        pen.validate(field, Spot(block.first_row, place, block.last_entry_row, place))


def _draw_closing_rows(pen: PlanPen, block: TableBlock) -> None:
    section = block.section
    closing = (
        (block.total_row, TOTAL, wording.TOTAL),
        (block.growth_row, GROWTH, wording.GROWTH),
    )
    for row, suffix, text in closing:
        if row is None:
            continue
        pen.key(row, KEYS_COLUMN, section.pattern + suffix)
        for column in range(FIRST_COLUMN, block.last_column + 1):
            pen.style(row, column, Role.TOTAL)
        pen.write(Spot(row, FIRST_COLUMN), text[pen.language], Role.TOTAL, Kind.TEXT)
        for key in section.totals:
            formula = pen.formulas.get(f"{section.pattern}{suffix}.{key}")
            if formula is not None:
                kind = Kind.PERCENT if suffix == GROWTH else section[key].kind
                pen.write(
                    Spot(row, block.columns[key]), Formula(formula), Role.TOTAL, kind
                )
