"""A small template as text: every cell, style, dropdown, colour rule and name, one line each.

    python -m tests.golden_template

renews `tests/golden/template.txt`; its diff shows what a change does to the workbook.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.vocabulary import Profile
from kamxl.plan.settings.model import Settings
from tests.plan_files import YEAR, layout_with, template_of

GOLDEN = Path(__file__).parent / "golden" / "template.txt"
COMMAND = "python -m tests.golden_template"
_LONGEST = 160


def small_settings() -> Settings:
    """A compact plan with two rows in every free table."""
    settings = Settings(
        profile=Profile.COMPACT, plan_year=YEAR, product_groups=("Antriebe", "Service")
    )
    tables = layout_with(settings).spec.tables
    free = [table.pattern for table in tables if table.grows]
    rows = {"contacts.people": 2, "contacts.team": 2, **dict.fromkeys(free, 2)}
    team = [{"name": "Anna Beispiel", "function": "Vertrieb"}]
    return settings.changed(rows=rows, spare_rows=False, team=team, company="Muster AG")


def dump() -> str:
    """The template as text, without what differs from run to run."""
    book = load_workbook(io.BytesIO(template_of(layout_with(small_settings()))))
    lines: list[str] = []
    for sheet in book.worksheets:
        lines += ["", f"=== {sheet.title} ({sheet.sheet_state})"]
        if sheet.title != IDENTITY_SHEET:
            lines += [
                *_set_up(sheet),
                *_cells(sheet),
                *_validations(sheet),
                *_highlights(sheet),
            ]
    lines += [
        "",
        "=== names",
        *(
            f"{name} = {one.attr_text}"
            for name, one in sorted(book.defined_names.items())
        ),
    ]
    return "\n".join(lines).lstrip() + "\n"


def _set_up(sheet: Worksheet) -> Iterator[str]:
    columns = [
        f"{letter} {'hidden' if one.hidden else round(one.width, 1)}"
        for letter, one in sheet.column_dimensions.items()
    ]
    yield f"columns: {', '.join(columns)}"
    yield f"hidden rows: {[row for row, one in sheet.row_dimensions.items() if one.hidden]}"
    yield f"frozen: {sheet.freeze_panes}, protected: {sheet.protection.sheet}, charts: {len(sheet._charts)}"
    setup = sheet.page_setup
    yield f"print: {sheet.print_area}, titles {sheet.print_title_rows}, {setup.orientation}, {setup.scale} %"
    yield f"breaks after: {[one.id for one in sheet.row_breaks.brk]}"
    for name, part in (("header", sheet.oddHeader), ("footer", sheet.oddFooter)):
        yield f"{name}: {part.left.text} | {part.center.text} | {part.right.text}"
    yield f"merged: {' '.join(sorted(str(area) for area in sheet.merged_cells.ranges))}"


def _cells(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            link = f" -> {cell.hyperlink.location}" if cell.hyperlink else ""
            if isinstance(cell, Cell) and (
                cell.value is not None or not cell.protection.locked
            ):
                lock = "" if cell.protection.locked else " open"
                yield f"{cell.coordinate} [{cell.style}{lock}] {_short(cell.value)}{link}"


def _short(value: Any) -> str:
    text = "" if value is None else str(value).replace("\n", "⏎")
    return (
        text
        if len(text) <= _LONGEST
        else f"{text[:_LONGEST]}… ({len(text)} characters, {zlib.crc32(text.encode()):08x})"
    )


def _validations(sheet: Worksheet) -> Iterator[str]:
    for rule in sheet.data_validations.dataValidation:
        limits = " ".join(
            str(part)
            for part in (rule.type, rule.operator, rule.formula1, rule.formula2)
            if part
        )
        texts = " / ".join(
            str(part)
            for part in (rule.promptTitle, rule.prompt, rule.errorStyle, rule.error)
            if part
        )
        yield f"validation {rule.sqref}: {limits} | {texts}"


def _highlights(sheet: Worksheet) -> Iterator[str]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            fill = rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else ""
            font = (
                rule.dxf.font.color.rgb
                if rule.dxf and rule.dxf.font and rule.dxf.font.color
                else ""
            )
            yield f"highlight {area.sqref}: {rule.type} {_short(' ; '.join(rule.formula))} fill {fill} font {font}"


if __name__ == "__main__":
    GOLDEN.write_text(dump(), encoding="utf-8")
