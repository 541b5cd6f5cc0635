"""A text that is struck through in part is told like a cell that is struck through."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kamxl.checks.check import check
from kamxl.plan.document import extract_plan
from kamxl.xlsx.cells import read_book
from tests.extracts import TODAY
from tests.plan_files import filled, layout_of, saved, template

NAME = "opportunities.open[0].project"


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    ("strike", "told"), [("<strike/>", 1), ('<strike val="0"/>', 0), ("<b/>", 0)]
)
def test_a_text_struck_through_in_part_is_told(
    strike: str, told: int, *, shared: bool, tmp_path: Path
) -> None:
    """Some of its words are: in the shared texts, where Excel writes them, or in the cell."""
    plan = filled(layout_of(), {NAME: "Werk 2"}, template())
    path = saved(plan, tmp_path / "plan.xlsx")
    runs = f"<r><rPr>{strike}</rPr><t>Werk 2</t></r><r><t>Werk 3</t></r>"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    changed = 0
    for name, xml in parts.items():
        if shared and name.endswith("sharedStrings.xml"):
            count = xml.count("</si>")
            parts[name] = xml.replace("</sst>", f"<si>{runs}</si></sst>")
    for name, xml in parts.items():
        inline = "<is><t>Werk 2</t></is>"
        if name.startswith("xl/worksheets/") and inline in xml:
            changed += 1
            new = f"<is>{runs}</is>"
            if shared:
                xml = xml.replace(f't="inlineStr">{inline}', f't="s"><v>{count}</v>')
            parts[name] = xml.replace(inline, new)
    assert changed == 1
    with zipfile.ZipFile(path, "w") as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    found = check(extract_plan(read_book(path)), today=TODAY)
    assert found.values[NAME] == "Werk 2Werk 3"
    assert [f.path for f in found.findings if f.code == "KAM244"] == [NAME] * told


def test_rich_text_of_another_program(tmp_path: Path) -> None:
    """Where openpyxl wrote it, the runs stand in the cell."""
    book, path = openpyxl.Workbook(), tmp_path / "a.xlsx"
    sheet = book.worksheets[0]
    struck = TextBlock(InlineFont(strike=True), "alt")
    sheet["A1"] = CellRichText(struck, " neu")
    sheet["A2"] = "neu"
    book.save(path)
    cells = read_book(path).sheets[0].cells
    assert [cells[row, 1].style.is_struck for row in (1, 2)] == [True, False]
