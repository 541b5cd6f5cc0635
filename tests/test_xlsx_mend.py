"""What openpyxl writes passes the judges once it is mended, and still says the same."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BubbleChart, LineChart, Reference, ScatterChart, Series
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, NamedStyle, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kamxl.xlsx.mend import mend_package
from tests.clients.repair_lint import lint
from tests.clients.validators import Finding, audit_findings


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def saved(book: Workbook) -> bytes:
    """A workbook as openpyxl writes it."""
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def rich_workbook() -> bytes:
    """A workbook with what a drawn plan has: styles, names, validations, formats, charts, protection."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    book.create_sheet("_lists", 1).sheet_state = "hidden"
    book["_lists"].append(["Ja"])
    book.defined_names["ja_nein"] = DefinedName("ja_nein", attr_text="_lists!$A$1:$A$2")
    for size, bold in ((9, True), (14, False)):
        font = Font(
            name="Calibri",
            sz=size,
            b=bold,
            i=not bold,
            u="single",
            strike=bold,
            color="FF1F3864",
        )
        book.add_named_style(
            NamedStyle(f"s{size}", font=font, protection=Protection(locked=bold))
        )
        sheet.cell(1, size, f"Größe {size}").style = f"s{size}"
    for row in (
        ["  Rand  ", "A & B <C>", "Zeile 1\nZeile 2"],
        ["  Rand  ", 1, 2],
        ["", 3, 4],
        ["x", 5, 6],
    ):
        sheet.append(row)
    sheet["F9"] = CellRichText("halb ", TextBlock(InlineFont(b=True), "fett"))
    sheet["F10"] = "=SUM(B3:B5)"
    sheet["F11"].comment = Comment("Hinweis", "kamxl")
    choice = DataValidation(type="list", formula1="ja_nein")
    choice.add("H1:H5")
    sheet.add_data_validation(choice)
    overdue = FormulaRule(
        ["B3>1"],
        font=Font(b=True, color="FFC00000"),
        fill=PatternFill(bgColor="FFFFF2CC"),
    )
    sheet.conditional_formatting.add("B3:B5", overdue)
    for kind, anchor in (
        (ScatterChart, "K2"),
        (BubbleChart, "K20"),
        (LineChart, "K40"),
    ):
        chart = kind()
        values = Reference(sheet, min_col=3, min_row=3, max_row=5)
        places = Reference(sheet, min_col=2, min_row=3, max_row=5)
        sizes = values if kind is BubbleChart else None
        chart.series.append(
            Series(values)
            if kind is LineChart
            else Series(values, places, zvalues=sizes, title="S")
        )
        sheet.add_chart(chart, anchor)
    sheet.protection.sheet = True
    sheet.print_title_rows = "1:2"
    sheet.freeze_panes = "B3"
    book.custom_doc_props.append(StringProperty(name="kamxl", value="1"))
    return saved(book)


@pytest.mark.client
def test_mended_workbook_is_valid(
    tmp_path: Path, ooxml_validator: Callable[[Iterable[Path]], list[Finding]]
) -> None:
    """Both validators and our lint find faults before, and none after."""
    raw, mended = tmp_path / "raw.xlsx", tmp_path / "mended.xlsx"
    raw.write_bytes(rich_workbook())
    mended.write_bytes(mend_package(raw.read_bytes()))
    assert {finding.part for finding in ooxml_validator([raw])} == {
        "/xl/styles.xml",
        "/xl/charts/chart1.xml",
    }
    assert [*ooxml_validator([mended]), *audit_findings([mended]), *lint(mended)] == []


def test_mending_changes_no_content() -> None:
    """Every cell has the value and the font that it had before."""
    data = rich_workbook()
    before, after = (
        load_workbook(io.BytesIO(one), rich_text=True)
        for one in (data, mend_package(data))
    )
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                twin = after[sheet.title][cell.coordinate]
                assert (cell.value, repr(cell.font)) == (twin.value, repr(twin.font))


def test_font_children_stand_in_the_order_of_the_schema() -> None:
    """Bold comes before size, size before colour, colour before name."""
    book = Workbook()
    assert book.active is not None
    book.active["A1"].font = Font(name="Arial", b=True, sz=9, color="FF112233")
    styles = parts_of(mend_package(saved(book)))["xl/styles.xml"]
    places = [styles.rindex(tag) for tag in (b"<b ", b"<sz ", b"<color rgb", b"<name ")]
    assert places == sorted(places)


def test_each_text_is_stored_once() -> None:
    """Equal texts share one entry of the table of strings, and blanks at their ends survive."""
    book = Workbook()
    assert book.active is not None
    for _ in range(3):
        book.active.append([" Ja ", "Nein"])
    mended = mend_package(saved(book))
    assert parts_of(mended)["xl/sharedStrings.xml"].count(b"<si>") == 2
    assert b'count="6" uniqueCount="2"' in parts_of(mended)["xl/sharedStrings.xml"]
    reread = load_workbook(io.BytesIO(mended)).active
    assert reread is not None
    assert reread["A3"].value == " Ja "


def test_mending_twice_is_mending_once() -> None:
    """What is mended has nothing left to mend."""
    once = mend_package(rich_workbook())
    assert parts_of(mend_package(once)) == parts_of(once)


def test_workbook_without_faults_keeps_its_parts() -> None:
    """Without texts, odd fonts or scatter charts nothing but the order of one font changes."""
    data = saved(Workbook())
    before, after = parts_of(data), parts_of(mend_package(data))
    assert {name for name in before if before[name] != after[name]} == {"xl/styles.xml"}
    assert before.keys() == after.keys()


def test_output_without_lxml_is_mended_too(tmp_path: Path) -> None:
    """On a machine without lxml openpyxl writes other blanks and prefixes; the result is as good."""
    target = tmp_path / "plain.xlsx"
    write = (
        "import sys; from tests.test_xlsx_mend import rich_workbook, mend_package; "
        "open(sys.argv[1], 'wb').write(mend_package(rich_workbook()))"
    )
    environment = {**os.environ, "OPENPYXL_LXML": "False"}
    subprocess.run([sys.executable, "-c", write, target], check=True, env=environment)
    assert [*audit_findings([target]), *lint(target)] == []


def test_no_zip_is_told() -> None:
    """Data that is no package is refused."""
    with pytest.raises(zipfile.BadZipFile):
        mend_package(b"no workbook")


def test_drawings_and_tables_are_named_as_others_expect() -> None:
    """Every element of a drawing has the prefix `xdr:`, those of a chart keep theirs; sheets refer relatively."""
    parts = parts_of(mend_package(rich_workbook()))
    drawing = parts["xl/drawings/drawing1.xml"].decode()
    names = set(re.findall(r"<([\w:]+)", drawing))
    assert {name.partition(":")[0] for name in names} == {"xdr", "a", "c"}
    assert "xdr:wsDr" in names
    links = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    assert re.findall(r'Target="([^"]*)"', links)
    assert 'Target="/' not in links
