"""Each rule of the repair lint finds the fault that it is named after, and nothing in a healthy workbook."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

from kamxl.xlsx.mend import mend_package
from tests.clients.repair_formulas import sheets_named, without_literals
from tests.clients.repair_lint import CATALOGUE, lint

BOOK, SHEET, OTHER = (
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
)
RELS, TABLE, CHART = (
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/tables/table1.xml",
    "xl/charts/chart1.xml",
)
TYPES, STYLES, TEXTS = "[Content_Types].xml", "xl/styles.xml", "xl/sharedStrings.xml"


@cache
def healthy() -> dict[str, str]:
    """The text parts of a workbook that has a bit of everything the rules look at."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    book.create_sheet("Ümläüte & mehr").append(["Liste"])
    book.defined_names["liste"] = DefinedName(
        "liste", attr_text="'Ümläüte & mehr'!$A$1:$A$3"
    )
    for row in (["Name", "Wert"], ["Anfang", 1], ["Ende", 2]):
        sheet.append(row)
    sheet.add_table(Table(displayName="tabelle", ref="A1:B3"))
    sheet["D1"], sheet["D2"], sheet["D4"] = "Titel", "=IF(B2>1,SUM(B2:B3),0)", "intern"
    sheet["D5"], sheet["D6"] = (
        "extern",
        '=HYPERLINK("#\'Ümläüte & mehr\'!A1","zurück; ""hier""")',
    )
    sheet.merge_cells("D8:E8")
    sheet["D4"].hyperlink = Hyperlink(ref="D4", location="'Ümläüte & mehr'!A1")
    sheet["D5"].hyperlink = "https://example.org/M%C3%BCller%20GmbH.xlsx"
    choice = DataValidation(
        type="list", formula1="liste", promptTitle="Hinweis", prompt="Bitte wählen"
    )
    number = DataValidation(
        type="whole", formula1="1", formula2="5", errorTitle="Fehler", error="1 bis 5"
    )
    choice.add("G1:G9")
    number.add("H1:H9")
    sheet.add_data_validation(choice)
    sheet.add_data_validation(number)
    sheet.conditional_formatting.add(
        "B2:B3", FormulaRule(["B2>1"], fill=PatternFill(bgColor="FFFF0000"))
    )
    chart = BarChart()
    chart.add_data(
        Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True
    )
    sheet.add_chart(chart, "J2")
    sheet.column_dimensions["D"].width = 30
    sheet.row_dimensions[1].height = 20
    sheet.oddFooter.center.text = "Seite &P von &N"
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(io.BytesIO(mend_package(raw.getvalue()))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def pack(parts: dict[str, str], target: Path) -> Path:
    """Write the parts as a workbook."""
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return target


Spoil = Callable[[dict[str, str]], None]


def put(part: str, pattern: str, instead: str) -> Spoil:
    """Replace the first match of a pattern in a part; a pattern that is not there is a mistake in the test."""

    def spoil(parts: dict[str, str]) -> None:
        parts[part], count = re.subn(pattern, instead, parts[part], count=1)
        assert count == 1, f"{pattern} not in {part}"

    return spoil


def formula(text: str) -> Spoil:
    """Put another formula into cell D2."""
    return put(SHEET, r"<f>IF\(.*?</f>", f"<f>{text}</f>")


def drop(part: str) -> Spoil:
    """Remove a part from the package."""

    def spoil(parts: dict[str, str]) -> None:
        del parts[part]

    return spoil


def select_all(parts: dict[str, str]) -> None:
    """Select every sheet at once."""
    for name in (SHEET, OTHER):
        put(name, "<sheetView ", '<sheetView tabSelected="1" ')(parts)


FAULTS: list[tuple[str, Spoil]] = [
    ("cell-place", put(SHEET, 'r="D2"', 'r="XFE2"')),
    ("cell-place", put(SHEET, 'r="B2"', 'r="A2"')),
    ("cell-text-too-long", put(TEXTS, "Anfang", "x" * 32_768)),
    ("cell-text-unknown", put(SHEET, r't="s"><v>\d+', 't="s"><v>99')),
    ("cell-value", put(SHEET, 't="n"><v>1</v>', 't="n"><v>nan</v>')),
    ("chart-series", put(CHART, r"(?s)<ser>.*</ser>", "")),
    ("column-place", put(SHEET, "<cols>", '<cols><col min="2" max="5" width="9"/>')),
    (
        "conditional-format",
        put(SHEET, '(<conditionalFormatting sqref=)"B2:B3"', r'\1""'),
    ),
    ("conditional-style-unknown", put(SHEET, 'dxfId="0"', 'dxfId="1"')),
    ("content-type", put(TYPES, r'<Override PartName="/xl/tables/[^>]*>', "")),
    ("content-type", drop(STYLES)),
    ("defined-name-scope", put(BOOK, 'name="liste"', 'name="liste" localSheetId="2"')),
    ("defined-name-syntax", put(BOOK, 'name="liste"', 'name="KAM24"')),
    ("defined-name-syntax", put(BOOK, 'name="liste"', 'name="meine liste"')),
    (
        "defined-name-twice",
        put(
            BOOK,
            "</definedNames>",
            '<definedName name="LISTE">1</definedName></definedNames>',
        ),
    ),
    ("formula-brackets", formula("SUM(B2:B3")),
    ("formula-equals-sign", formula("=SUM(B2:B3)")),
    ("formula-lost-reference", formula("SUM(#REF!)")),
    ("formula-newer-function", formula("IFS(B2=1,2)")),
    ("formula-quotes", formula('B2&amp;"offen')),
    ("formula-separator", formula("IF(B2;1;2)")),
    ("formula-text-too-long", formula(f'B2&amp;"{"x" * 256}"')),
    ("formula-too-long", formula("+".join(["B2"] * 2800))),
    ("formula-unknown-sheet", formula("Planung!B2")),
    ("formula-unknown-sheet", put(CHART, "'Plan'!", "'Blatt'!")),
    ("header-too-long", put(SHEET, "Seite ", "S" * 250)),
    ("link-address", put(RELS, "https://example.org/M%C3%BCller%20", "Müller ")),
    ("link-address", put(RELS, 'https://example.org/[^"]*', "#Plan!A1")),
    ("link-place", put(SHEET, "location=\"'[^']*'", "location=\"'Weg'")),
    ("link-place", put(SHEET, "HYPERLINK\\(\"#'[^']*'", "HYPERLINK(\"#'Weg'")),
    (
        "links-too-many",
        put(SHEET, "<hyperlinks>", "<hyperlinks>" + '<hyperlink ref="A1"/>' * 65_530),
    ),
    ("merge", put(SHEET, 'ref="D8:E8"', 'ref="D8"')),
    (
        "merge",
        put(
            SHEET,
            '<mergeCell ref="D8:E8" ?/>',
            '<mergeCell ref="D8:E8"/><mergeCell ref="E8:F9"/>',
        ),
    ),
    ("relationship-target", drop("xl/drawings/drawing1.xml")),
    ("relationship-unknown", put(SHEET, '(<drawing [^>]*id=")[^"]*', r"\1rId77")),
    ("row-height", put(SHEET, 'ht="20"', 'ht="500"')),
    ("row-place", put(SHEET, '<row r="3"', '<row r="2"')),
    ("sheet-name", put(BOOK, 'name="Plan"', 'name="Plan 2025/26"')),
    ("sheet-name", put(BOOK, 'name="Plan"', f'name="{"P" * 32}"')),
    ("sheet-name-twice", put(BOOK, 'name="Plan"', 'name="ümläüte &amp; mehr"')),
    ("sheets-grouped", select_all),
    (
        "sheets-hidden",
        lambda parts: parts.update(
            {BOOK: parts[BOOK].replace('"visible"', '"hidden"')}
        ),
    ),
    ("style-unknown", put(SHEET, '<c r="A1"', '<c r="A1" s="40"')),
    ("table-header", put(TABLE, 'name="Wert"', 'name="Betrag"')),
    ("table-header", put(TABLE, r'<tableColumn [^>]*name="Wert"[^>]*>', "")),
    ("table-name", put(BOOK, 'name="liste"', 'name="Tabelle"')),
    ("table-name", put(TABLE, 'displayName="tabelle"', 'displayName="AB12"')),
    ("table-place", put(SHEET, 'ref="D8:E8"', 'ref="B3:C3"')),
    ("table-place", put(TABLE, 'ref="A1:B3"', 'ref="A1:B1"')),
    (
        "validation-list-too-long",
        put(SHEET, "<formula1>liste", f'<formula1>"{"Ja," * 86}"'),
    ),
    ("validation-overlap", put(SHEET, 'sqref="G1:G9"', 'sqref="G1:G3 H9:H12"')),
    ("validation-place", put(SHEET, 'sqref="G1:G9"', 'sqref=""')),
    (
        "validation-text-too-long",
        put(SHEET, 'promptTitle="Hinweis"', f'promptTitle="{"H" * 33}"'),
    ),
    ("validation-text-too-long", put(SHEET, 'error="1 bis 5"', f'error="{"1" * 256}"')),
    ("validation-without-limit", put(SHEET, "<formula2>5</formula2>", "")),
]


@pytest.mark.parametrize(
    ("rule", "spoil"), FAULTS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(FAULTS)]
)
def test_fault_is_found(rule: str, spoil: Spoil, tmp_path: Path) -> None:
    """A workbook with one fault is told apart by the rule for that fault."""
    parts = dict(healthy())
    spoil(parts)
    assert rule in {fault.rule for fault in lint(pack(parts, tmp_path / "faulty.xlsx"))}


def test_healthy_workbook_has_no_fault(tmp_path: Path) -> None:
    """A workbook with tables, names, links, validations and a chart passes every rule."""
    assert lint(pack(healthy(), tmp_path / "healthy.xlsx")) == []


def test_every_rule_is_triggered_here() -> None:
    """No rule stands in the catalogue without a workbook that breaks it."""
    assert {rule for rule, _ in FAULTS} == set(CATALOGUE)


def test_texts_in_formulas_are_no_formula() -> None:
    """Quotes, semicolons and sheet names within a text or a quoted sheet name mean nothing."""
    assert without_literals('A1&"b;""c"&D1') == 'A1&""""&D1'
    assert without_literals("'a;b'!A1") == "''!A1"
    assert without_literals('A1&"offen') is None
    assert sheets_named(
        """SUM('Müller''s'!A1,Plan!B2)&"Weg!A1"&[1]Fern!C3&#REF!"""
    ) == {"Müller's", "Plan"}
