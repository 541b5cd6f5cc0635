"""A workbook's cells are read exactly, or said to be unreadable; odd files are read as Excel reads them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName as OpenpyxlName

from kamxl.xlsx import parts as parts_module
from kamxl.xlsx import sheet as sheet_module
from kamxl.xlsx.book import (
    Book,
    Cell,
    CellStyle,
    DefinedName,
    Fault,
    State,
    address,
    column_letter,
    column_number,
)
from kamxl.xlsx.bounded_xml import Allowance
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.formats import is_date_format
from kamxl.xlsx.sheet import SheetReading, read_sheet
from kamxl.xlsx.source import FileFault, ReadingLimits, WorkbookError
from kamxl.xlsx.values import Context, serial_to_date, unescape
from tests.corpus.crafting import (
    MAIN,
    parts_of,
    sheet_xml,
    strings_xml,
    styles_xml,
    write_parts,
)

moment = dt.datetime.fromisoformat


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's workbook goes."""
    return tmp_path / "plan.xlsx"


def read(
    path: Path, data: str, *, strings: str = "", styles: str = "", workbook: str = ""
) -> Book:
    """Write a workbook with one sheet of these rows, and read it."""
    parts = parts_of(
        {"Plan": sheet_xml(data)}, strings=strings, styles=styles, workbook=workbook
    )
    return read_book(write_parts(path, parts))


def cell(
    path: Path, xml: str, *, strings: str = "", styles: str = "", workbook: str = ""
) -> Cell:
    """Read one cell, which stands in A1."""
    book = read(
        path,
        f'<row r="1">{xml}</row>',
        strings=strings,
        styles=styles,
        workbook=workbook,
    )
    return book.sheets[0].at(1, 1)


def read_both_ways(content: str) -> tuple[SheetReading, SheetReading]:
    """Read a sheet with the help of patterns, and by the parser alone."""
    context = Context(("zero", "one"), {"1": CellStyle("dd.mm.yyyy", is_date=True)})
    arguments = ("Plan", content.encode(), context, Allowance(1_000_000), 1_000)
    fast = read_sheet(*arguments)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_module, "plain_text", lambda *_: None)
        return fast, read_sheet(*arguments)


def values(book: Book) -> dict[str, object]:
    """All values of the first sheet by address."""
    return {c.address: c.value for c in book.sheets[0].cells.values()}


@pytest.mark.parametrize(
    ("xml", "value", "raw"),
    [
        ('<c r="A1"><v>0.1</v></c>', 0.1, "0.1"),
        (
            '<c r="A1" t="n"><v>1265792.9300000002</v></c>',
            1265792.9300000002,
            "1265792.9300000002",
        ),
        ('<c r="A1"><v>-1.5E-7</v></c>', -1.5e-7, "-1.5E-7"),
        ('<c r="A1"><v> 42 </v></c>', 42.0, "42"),
        ('<c r="A1" t="b"><v>1</v></c>', True, "1"),
        ('<c r="A1" t="b"><v>false</v></c>', False, "false"),
        (
            '<c r="A1" t="str"><f>A2&amp;"x"</f><v>F&amp;E &lt;neu&gt;</v></c>',
            "F&E <neu>",
            "F&E <neu>",
        ),
        (
            '<c r="A1" t="str"><v>a &amp;lt; b &#38;amp; c</v></c>',
            "a &lt; b &amp; c",
            None,
        ),
        ('<c r="A1" t="inlineStr"><is><t>Müller</t></is></c>', "Müller", "Müller"),
        (
            '<c r="A1" t="inlineStr"><is><t>M&#252;ller &#x2013; S&#246;hne</t></is></c>',
            "Müller – Söhne",
            None,
        ),
        (
            '<c r="A1" t="inlineStr"><is><r><t>Key </t></r><r><t>Account</t></r></is></c>',
            "KeyAccount",
            None,
        ),
        ('<c r="A1" t="inlineStr"><v>plain</v></c>', "plain", "plain"),
        ('<c r="A1" t="inlineStr"><is><t>1.</t></is><v>1.01.</v></c>', "1.", "1."),
        ('<c r="A1" t="d"><v>2025-03-31</v></c>', dt.date(2025, 3, 31), "2025-03-31"),
        ('<c r="A1" t="d"><v>2025-03-31T00:00:00Z</v></c>', dt.date(2025, 3, 31), None),
        (
            '<c r="A1" t="d"><v>2025-03-31T14:30:00.500</v></c>',
            moment("2025-03-31T14:30:00.500"),
            None,
        ),
        ('<c r="A1" t="d"><v>14:30:00</v></c>', dt.time(14, 30), None),
    ],
)
def test_a_value_is_read_exactly(
    path: Path, xml: str, value: object, raw: str | None
) -> None:
    """Numbers keep every digit, texts every character, and the stored text stays beside the value."""
    found = cell(path, xml)
    assert (found.state, found.value, type(found.value)) == (
        State.VALUE,
        value,
        type(value),
    )
    assert raw is None or found.raw == raw


@pytest.mark.parametrize(
    ("xml", "reason", "raw"),
    [
        ('<c r="A1" t="e"><v>#REF!</v></c>', "error", "#REF!"),
        ('<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>', "error", "#N/A"),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', "error", "#SPILL!"),
        ('<c r="A1"><f>SUM(B1:B9)</f><v></v></c>', "uncalculated", "=SUM(B1:B9)"),
        ('<c r="A1"><f>B1&amp;C1</f></c>', "uncalculated", "=B1&C1"),
        ('<c r="A1"><f>B1</f><v/></c>', "uncalculated", "=B1"),
        (
            '<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f></c>',
            "uncalculated",
            "=B1",
        ),
        ('<c r="A1"><v>abc</v></c>', "damaged", "abc"),
        ('<c r="A1"><v>1_000</v></c>', "damaged", "1_000"),
        ('<c r="A1"><v>NaN</v></c>', "damaged", "NaN"),
        ('<c r="A1"><v>1e999</v></c>', "damaged", "1e999"),
        ('<c r="A1"><v>\u0661\u0662</v></c>', "damaged", "\u0661\u0662"),
        ('<c r="A1" t="s"><v>1</v></c>', "damaged", "1"),
        ('<c r="A1" t="s"><v>-1</v></c>', "damaged", "-1"),
        ('<c r="A1" t="b"><v>2</v></c>', "damaged", "2"),
        ('<c r="A1" t="d"><v>31.03.2025</v></c>', "damaged", "31.03.2025"),
        ('<c r="A1" t="d"><v>2025-13-31</v></c>', "damaged", "2025-13-31"),
        ('<c r="A1" t="zzz"><v>1</v></c>', "damaged", "1"),
    ],
)
def test_what_cannot_be_read_is_not_empty(
    path: Path, xml: str, reason: str, raw: str
) -> None:
    """Error values, uncalculated formulas and broken values are unreadable, with reason and stored text."""
    found = cell(path, xml, strings=strings_xml("<t>only one</t>"))
    assert (found.state, found.value, found.reason, found.raw) == (
        State.UNREADABLE,
        None,
        reason,
        raw,
    )


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A1"/>',
        '<c r="A1" s="1"></c>',
        '<c r="A1" s="1" t="n" />',
        '<c r="A1"><v></v></c>',
        '<c r="A1" t="s"/>',
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="A1" t="inlineStr"><is><t></t></is></c>',
        '<c r="A1" t="inlineStr"><is><t> </t></is></c>',
    ],
)
def test_a_cell_without_content_is_empty(path: Path, xml: str) -> None:
    """A formatted cell and an empty text are empty and cost nothing."""
    book = read(path, f'<row r="1">{xml}</row>', strings=strings_xml("<t></t>"))
    assert not book.sheets[0].cells
    assert book.sheets[0].at(1, 1) == Cell(1, 1, State.EMPTY, None, "")


@pytest.mark.parametrize("xml", [
    '<c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c>',
    '<c r="A1" s="3" t="str"><f>IF(B1="","",1)</f><v/></c>',
    '<c r="A1" t="str"><f>IF(B1="","",1)</f></c>',
])  # fmt: skip
def test_a_formula_that_yields_an_empty_text_is_empty_and_still_a_formula(
    path: Path, xml: str
) -> None:
    """Whether a formula stands there, or was deleted, can be told."""
    (cell,) = read(path, f'<row r="1">{xml}</row>').sheets[0].cells.values()
    assert (cell.state, cell.value, cell.raw) == (State.EMPTY, None, "")
    assert (cell.is_formula, cell.formula) == (True, 'IF(B1="","",1)')


def test_spaces_that_are_meant_are_a_value(path: Path) -> None:
    """Spaces count where the file says so; around other texts Excel drops them, and so do we."""
    strings = strings_xml(
        '<t xml:space="preserve">  </t>',
        "<t> Umsatz </t>",
        '<r><t xml:space="preserve">Key </t></r><r><t> Account </t></r>',
        "<t>&#10;Ziel&#10;2025&#10;</t>",
    )
    cells = "".join(
        f'<c r="{column}1" t="s"><v>{n}</v></c>' for n, column in enumerate("ABCD")
    )
    inline = '<c r="E1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>'
    formula = '<c r="F1" t="str"><f>" x "</f><v xml:space="preserve"> x </v></c>'
    book = read(path, f'<row r="1">{cells}{inline}{formula}</row>', strings=strings)
    assert list(values(book).values()) == [
        "  ",
        "Umsatz",
        "Key Account",
        "Ziel\n2025",
        " x ",
        " x ",
    ]


def test_phonetic_runs_are_no_part_of_a_text(path: Path) -> None:
    """Reading aids of Japanese texts are left out, shared or inline."""
    item = (
        '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>'
    )
    data = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>{item}</is></c></row>'
    assert values(read(path, data, strings=strings_xml(item))) == {
        "A1": "東京",
        "B1": "東京",
    }


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("a_x000D_\nb", "a\r\nb"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x00e4_", "ä"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "�"),
        ("max_x12_y", "max_x12_y"),
    ],
)
def test_escapes_in_a_text_are_resolved(stored: str, text: str) -> None:
    """`_xHHHH_` stands for a character, and half a surrogate pair for none that could be written anywhere."""
    assert unescape(stored) == text


def test_line_ends_are_read_as_xml_reads_them(path: Path) -> None:
    """CR and CRLF in the file's own text are one line feed, whichever way the sheet is read."""
    data = (
        '<row r="1">\r\n<c r="A1" t="inlineStr"><is><t>a\r\nb\rc</t></is></c>\r\n</row>'
    )
    assert cell(path, data).value == "a\nb\nc"


@pytest.mark.parametrize(
    ("style", "serial", "value"),
    [
        (14, "45747", dt.date(2025, 3, 31)),
        (22, "45747.75", moment("2025-03-31T18:00")),
        ("dd.mm.yyyy", "45747", dt.date(2025, 3, 31)),
        ("[$-407]dddd, d. mmmm yyyy", "45747", dt.date(2025, 3, 31)),
        ("dd.mm.yyyy", "45746.999999999", dt.date(2025, 3, 31)),
        ("dd.mm.yyyy", "61", dt.date(1900, 3, 1)),
        ("dd.mm.yyyy", "60", 60.0),
        ("dd.mm.yyyy", "0.6", 0.6),
        ("dd.mm.yyyy", "-5", -5.0),
        ("dd.mm.yyyy", "2958465", dt.date(9999, 12, 31)),
        ("dd.mm.yyyy", "2958466", 2958466.0),
        ("dd.mm.yyyy", "1e300", 1e300),
    ],
)
def test_a_number_shown_as_a_date_is_one_where_it_can_be(
    path: Path, style: int | str, serial: str, value: object
) -> None:
    """A serial number becomes a date from 1 March 1900 on; others stay numbers that are marked as shown so."""
    found = cell(
        path, f'<c r="A1" s="1"><v>{serial}</v></c>', styles=styles_xml(0, style)
    )
    assert (found.value, type(found.value), found.is_date, found.raw) == (
        value,
        type(value),
        True,
        serial,
    )


def test_a_date_may_count_from_1904(path: Path) -> None:
    """In the 1904 system day 0 is 1 January 1904; an extension's own properties do not change that."""
    workbook = (
        '<workbookPr date1904="1"/><extLst><ext uri="x" xmlns:x15="urn:x15">'
        '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'
    )
    xml = '<c r="A1" s="0"><v>0</v></c><c r="B1" s="0"><v>44285</v></c>'
    book = read(
        path, f'<row r="1">{xml}</row>', styles=styles_xml(14), workbook=workbook
    )
    assert book.date1904
    assert values(book) == {"A1": dt.date(1904, 1, 1), "B1": dt.date(2025, 3, 31)}


def test_a_style_that_does_not_exist_is_no_date(path: Path) -> None:
    """A number with a broken style index stays a number."""
    found = cell(path, '<c r="A1" s="999"><v>45747</v></c>', styles=styles_xml(14))
    assert (found.value, found.is_date) == (45747.0, False)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("dd.mm.yyyy", True),
        ("hh:mm", True),
        ("[$-F800]dddd, mmmm dd, yyyy", True),
        ("[Red]dd/mm/yy;@", True),
        ("General", False),
        ("0.00E+00", False),
        ('#,##0.00 "Stück/Tag"', False),
        ("#,##0.00\\ \\d", False),
        ("_-* #,##0.00 [$EUR]_-;-* #,##0.00_d", False),
        ("[h]:mm:ss", False),
        ("[Red]0;[Blue]-0", False),
        ("@", False),
    ],
)
def test_a_date_format_is_told_from_a_number_format(code: str, expected: bool) -> None:
    """Letters in quotes, escapes, colours and currencies make no date; elapsed time is a number."""
    assert is_date_format(code) is expected


@settings(deadline=None)
@given(st.datetimes(moment("1900-03-01"), moment("9999-12-31")), st.booleans())
def test_a_serial_number_finds_back_to_its_moment(
    when: dt.datetime, date1904: bool
) -> None:
    """Any moment of the calendar, in either date system, comes back from its number to the millisecond."""
    epoch = moment("1904-01-01" if date1904 else "1899-12-30")
    serial = (when - epoch) / dt.timedelta(days=1)
    found = serial_to_date(serial, date1904=date1904)
    if serial < 0:
        assert found is None
        return
    assert found is not None
    start = (
        found
        if isinstance(found, dt.datetime)
        else dt.datetime.combine(found, dt.time())
    )
    assert abs(start - when) <= dt.timedelta(milliseconds=1)


def test_formulas_give_their_last_result(path: Path) -> None:
    """A formula's cached value is read, and the cell is known to be computed."""
    found = cell(path, '<c r="A1" s="0"><f>1+1</f><v>2</v></c>')
    assert (found.value, found.is_formula) == (2.0, True)
    assert (
        cell(
            path, '<c r="A1"><f t="array" ref="A1:XFD1048576">1+1</f><v>2</v></c>'
        ).value
        == 2.0
    )


@pytest.mark.parametrize(
    ("formula", "stored", "value", "reason", "raw"),
    [
        ('<f t="shared" si="0"/>', "<v></v>", None, "uncalculated", "="),
        ('<f t="shared" si="0"/>', "", None, "uncalculated", "="),
        ('<f t="shared" si="0"/>', "<v/>", None, "uncalculated", "="),
        ('<f t="shared" si="0" />', "<v>5</v>", 5.0, "", "5"),
        ('<f t="shared" si="0"/>', "<v>250000</v>", 250_000.0, "", "250000"),
        ('<f t="shared" si="0"></f>', "<v>0.6</v>", 0.6, "", "0.6"),
        ('<f t="shared" ca="1" si="12"/>', "<v>7</v>", 7.0, "", "7"),
        ('<f si="0" t="shared"/>', "<v>7</v>", 7.0, "", "7"),
        (
            '<f t="shared" ref="F14:F18" si="0">D14*E14</f>',
            "<v>1</v>",
            1.0,
            "",
            "1",
        ),
        (
            '<f t="shared" ref="F14:F18" si="0">D14&amp;E14</f>',
            "<v></v>",
            None,
            "uncalculated",
            "=D14&E14",
        ),
        ('<f t="array" ref="F14">SUM(A1)</f>', "<v>3</v>", 3.0, "", "3"),
        ('<f ca="1">TODAY()</f>', "<v/>", None, "uncalculated", "=TODAY()"),
        ("<f/>", "<v>9</v>", 9.0, "", "9"),
    ],
)
def test_a_shared_formula_is_read_whichever_way_it_is_written(
    formula: str, stored: str, value: object, reason: str, raw: str
) -> None:
    """A formula that refers to another cell's keeps its result, and is never an empty cell without one."""
    content = sheet_xml(f'<row r="14"><c r="F14" s="51">{formula}{stored}</c></row>')
    for found in read_both_ways(content):
        cell = found.cells[14, 6]
        assert (cell.value, cell.reason, cell.raw) == (value, reason, raw)
        assert cell.is_formula
        assert not found.damages


@pytest.mark.parametrize("formula", ["<f/>D14</f>", '<f t="shared" si="0"/>D14</f>'])
def test_a_formula_that_ends_twice_is_damage(formula: str) -> None:
    """What is no XML is not read as if it were."""
    content = sheet_xml(f'<row r="14"><c r="F14">{formula}<v>1</v></c></row>')
    for found in read_both_ways(content):
        assert [damage.fault for damage in found.damages] == [Fault.SHEET_DAMAGED]


def test_cells_and_rows_without_addresses_follow_each_other(path: Path) -> None:
    """Where addresses are missing, position counts, also after cells that have one."""
    data = (
        '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>5</v></c></row>"
    )
    assert values(read(path, data)) == {
        "A1": 1.0,
        "C1": 2.0,
        "C5": 3.0,
        "D5": 4.0,
        "A6": 5.0,
    }


def test_order_and_dimension_do_not_matter(path: Path) -> None:
    """Rows in any order are read, whatever the sheet says of its size."""
    data = '<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>1</v></c></row>'
    parts = parts_of({"Plan": sheet_xml(data, before='<dimension ref="A1"/>')})
    assert values(read_book(write_parts(path, parts))) == {
        "A9": 9.0,
        "B2": 2.0,
        "A2": 1.0,
    }


def test_a_cell_that_stands_twice_keeps_the_last_value(path: Path) -> None:
    """The later value wins, and the doubling is noted."""
    book = read(
        path,
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>',
    )
    assert values(book) == {"A1": 3.0}
    assert [(f.fault, f.sheet, f.detail) for f in book.faults] == [
        (Fault.CELL_TWICE, "Plan", "A1")
    ]


@pytest.mark.parametrize(
    "where", ["XFE1", "A1048577", "AAAA99999999", "A0", "1A", "", "A1:B2"]
)
def test_a_reference_outside_the_grid_is_noted_not_followed(
    path: Path, where: str
) -> None:
    """A cell outside the grid is left out and noted; the others are read."""
    book = read(
        path, f'<row r="1"><c r="{where}"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    )
    assert values(book) == {"B1": 2.0}
    assert [fault.fault for fault in book.faults] == [Fault.OUTSIDE_THE_GRID]


def test_a_row_number_outside_the_grid_is_noted(path: Path) -> None:
    """A row number of 4,294,967,296 does no harm."""
    data = (
        '<row r="5"><c r="A5"><v>5</v></c></row><row r="4294967296"><c><v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row>'
    )
    book = read(path, data)
    assert values(book) == {"A5": 5.0, "B2": 2.0}
    assert (book.faults[0].fault, book.faults[0].detail) == (
        Fault.OUTSIDE_THE_GRID,
        "row 4294967296",
    )


def test_a_stray_cell_in_the_last_corner_is_one_cell(path: Path) -> None:
    """A value at XFD1048576 and a merge over the whole grid cost no time and no memory."""
    data = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    book = read_book(
        write_parts(path, parts_of({"Plan": sheet_xml(data, after=merge)}))
    )
    assert values(book) == {"XFD1048576": 1.0}


def test_prefixed_strict_and_other_encodings_read_alike(path: Path) -> None:
    """The namespace's prefix, the Strict namespaces and the encoding make no difference."""
    data = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45747</v></c></row>'
    )
    parts = parts_of(
        {"Plan": sheet_xml(data)},
        strings=strings_xml("<t>Ä</t>"),
        styles=styles_xml(0, 14),
    )
    expected = {"A1": "Ä", "B1": dt.date(2025, 3, 31)}
    assert values(read_book(write_parts(path, parts))) == expected
    prefixed = dict(parts)
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        xml = (
            parts[name]
            .decode()
            .replace("</", "\0")
            .replace("<", "<x:")
            .replace("\0", "</x:")
        )
        prefixed[name] = xml.replace("xmlns=", "xmlns:x=").encode()
    assert values(read_book(write_parts(path, prefixed))) == expected
    strict = {name: _strict(content) for name, content in parts.items()}
    assert values(read_book(write_parts(path, strict))) == expected
    for encoding in ("utf-16", "iso-8859-1", "utf-8-sig"):
        declared = encoding.removesuffix("-sig")
        other = dict(parts)
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            declaration = f'<?xml version="1.0" encoding="{declared}"?>'
            other[name] = (declaration + parts[name].decode()).encode(encoding)
        assert values(read_book(write_parts(path, other))) == expected, encoding


def _strict(content: bytes) -> bytes:
    content = content.replace(
        MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    transitional = (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    return content.replace(
        transitional, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


def test_what_looks_like_a_cell_is_none_in_comments_and_other_namespaces(
    path: Path,
) -> None:
    """Comments, CDATA and foreign elements never become cells."""
    data = (
        '<!-- <c r="B1"><v>1</v></c> --><row r="1"><c r="A1" t="inlineStr"><is>'
        '<t><![CDATA[<c r="C1"><v>1</v></c>]]></t></is></c></row>'
    )
    assert values(read(path, data)) == {"A1": '<c r="C1"><v>1</v></c>'}
    data = '<row r="1"><c r="A1"><v>1</v></c><e xmlns="urn:x"><c r="B1"><v>2</v></c></e></row>'
    assert values(read(path, data)) == {"A1": 1.0}


def test_sheets_keep_their_order_and_visibility(path: Path) -> None:
    """All worksheets are read through their relationships, hidden ones too."""
    sheets = {
        name: sheet_xml(f'<row r="1"><c r="A1"><v>{n}</v></c></row>')
        for n, name in enumerate("CAB")
    }
    hidden = {"A": 'state="hidden"', "B": 'state="veryHidden"'}
    book = read_book(write_parts(path, parts_of(sheets, attributes=hidden)))
    assert [(s.name, s.visible, s.at(1, 1).value) for s in book.sheets] == [
        ("C", True, 0.0),
        ("A", False, 1.0),
        ("B", False, 2.0),
    ]


def test_names_are_found_with_their_scope_and_area(path: Path) -> None:
    """Names of the workbook and of one sheet are kept apart; an area is understood, a formula is not guessed."""
    workbook = (
        "<definedNames>"
        "<definedName name=\"k.company\">'1 Übersicht'!$C$5</definedName>"
        '<definedName name="_xlnm.Print_Area" localSheetId="1">Plan!$A$1:$F$40</definedName>'
        '<definedName name="sum">SUM(Plan!$A$1:$A$9)</definedName>'
        '<definedName name="lost" localSheetId="7">Plan!$A$1</definedName>'
        "</definedNames>"
    )
    sheets = {"1 Übersicht": sheet_xml(""), "Plan": sheet_xml("")}
    book = read_book(write_parts(path, parts_of(sheets, workbook=workbook)))
    assert set(book.names) == {"k.company", "Plan!_xlnm.Print_Area", "sum"}
    assert book.names["k.company"].reference == ("1 Übersicht", 5, 3, 5, 3)
    assert book.names["Plan!_xlnm.Print_Area"] == DefinedName(
        "_xlnm.Print_Area", "Plan", "Plan!$A$1:$F$40"
    )
    assert book.names["sum"].reference is None


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Plan!$A$1", ("Plan", 1, 1, 1, 1)),
        ("=Plan!A1", ("Plan", 1, 1, 1, 1)),
        ("Übersicht!$B$2:$A$1", ("Übersicht", 1, 1, 2, 2)),
        (
            "'O''Brien & Co'!$XFD$1048576",
            ("O'Brien & Co", 1_048_576, 16_384, 1_048_576, 16_384),
        ),
        ("Plan!$A:$C", ("Plan", 1, 1, 1_048_576, 3)),
        ("Plan!$1:$3", ("Plan", 1, 1, 3, 16_384)),
        ("#REF!", None),
        ("Plan!#REF!", None),
        ("[1]Plan!$A$1", None),
        ("'[other.xlsx]Plan'!$A$1", None),
        ("Plan!$A$1,Plan!$C$1", None),
        ("Plan!$XFE$1", None),
        ("Plan!$A$1048577", None),
        ("Plan!$A$0", None),
        ('"text"', None),
        ("", None),
    ],
)
def test_a_reference_is_one_area_of_this_workbook_or_nothing(
    target: str, expected: object
) -> None:
    """Only a single area in a sheet of this workbook, inside the grid, is a reference."""
    assert DefinedName("n", None, target).reference == expected


def test_custom_properties_are_read_as_text(path: Path) -> None:
    """Properties of any type are read by their names."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006"
    properties = (
        f'<Properties xmlns="{types}/custom-properties" xmlns:vt="{types}/docPropsVTypes">'
        '<property pid="2" name="kamxl.account"><vt:lpwstr>AL&amp;FKI</vt:lpwstr></property>'
        '<property pid="3" name="kamxl.year"><vt:i4>2025</vt:i4></property></Properties>'
    )
    book = read_book(
        write_parts(path, parts_of({"Plan": sheet_xml("")}, properties=properties))
    )
    assert book.properties == {"kamxl.account": "AL&FKI", "kamxl.year": "2025"}


def test_what_openpyxl_writes_is_read_back(path: Path) -> None:
    """A workbook drawn by openpyxl gives back its values, names and properties."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "5 Offene Projekte"
    rows = [
        ["Müller & Söhne <AG>", 0.1, True, dt.date(2025, 3, 31)],
        [None, -3, "01067", "=SUM(B1:B2)"],
    ]
    for row in rows:
        sheet.append(row)
    workbook.defined_names["k"] = OpenpyxlName(
        "k", attr_text="'5 Offene Projekte'!$B$1"
    )
    workbook.custom_doc_props.append(StringProperty(name="kamxl.plan", value="7f3e"))
    workbook.save(path)
    book = read_book(path)
    expected = {
        "A1": "Müller & Söhne <AG>",
        "B1": 0.1,
        "C1": True,
        "D1": dt.date(2025, 3, 31),
        "B2": -3.0,
    }
    assert values(book) == expected | {"C2": "01067", "D2": None}
    assert book.sheets[0].at(2, 4).reason == "uncalculated"
    assert book.names["k"].reference == ("5 Offene Projekte", 1, 2, 1, 2)
    assert book.properties == {"kamxl.plan": "7f3e"}


def test_a_broken_sheet_keeps_what_stands_before_the_damage(path: Path) -> None:
    """A sheet that breaks off is read up to there, and the damage is named with the sheet."""
    broken = sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</'
    )
    parts = parts_of(
        {"Plan": broken, "Other": sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>')}
    )
    book = read_book(write_parts(path, parts))
    assert [(s.name, len(s.cells)) for s in book.sheets] == [("Plan", 1), ("Other", 1)]
    assert [(f.fault, f.sheet) for f in book.faults] == [(Fault.SHEET_DAMAGED, "Plan")]


def test_a_sheet_without_its_part_is_left_out_and_named(path: Path) -> None:
    """A sheet that leads nowhere is missing, not empty; the others are read."""
    parts = parts_of({"Plan": sheet_xml(""), "Gone": sheet_xml("")})
    del parts["xl/worksheets/sheet2.xml"]
    book = read_book(write_parts(path, parts))
    assert [s.name for s in book.sheets] == ["Plan"]
    assert [(f.fault, f.sheet) for f in book.faults] == [(Fault.SHEET_DAMAGED, "Gone")]


def test_a_chart_sheet_is_no_damage(path: Path) -> None:
    """A sheet without cells is left out without a word."""
    parts = parts_of({"Plan": sheet_xml(""), "Chart": "<chartsheet/>"})
    links = parts["xl/_rels/workbook.xml.rels"].split(b"rId2")
    parts["xl/_rels/workbook.xml.rels"] = (
        links[0] + b"rId2" + links[1].replace(b"worksheet", b"chartsheet", 1)
    )
    book = read_book(write_parts(path, parts))
    assert [s.name for s in book.sheets] == ["Plan"]
    assert not book.faults


def test_damaged_strings_make_their_cells_unreadable(path: Path) -> None:
    """Strings before the damage are good; the cells of the others are unreadable, and numbers are unharmed."""
    strings = strings_xml("<t>good</t>", "<t>lost</t>").replace("lost", "lo<st")
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>3</v></c></row>'
    book = read(path, data, strings=strings)
    assert values(book) == {"A1": "good", "B1": None, "C1": 3.0}
    assert book.sheets[0].at(1, 2).reason == "damaged"
    assert [f.fault for f in book.faults] == [Fault.STRINGS_DAMAGED]


def test_broken_styles_and_properties_are_borne(path: Path) -> None:
    """Without styles numbers stay numbers; without properties the cells are read."""
    parts = parts_of(
        {"Plan": sheet_xml('<row r="1"><c r="A1" s="1"><v>45747</v></c></row>')},
        styles="<styleSheet",
        properties="<Properties",
    )
    book = read_book(write_parts(path, parts))
    assert values(book) == {"A1": 45747.0}
    assert [f.fault for f in book.faults] == [
        Fault.STYLES_DAMAGED,
        Fault.PROPERTIES_DAMAGED,
    ]


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
def test_a_document_type_ends_the_reading(path: Path, part: str) -> None:
    """No part may declare entities, not even one that could be done without."""
    data = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    parts = parts_of(
        {"Plan": sheet_xml(data)}, strings=strings_xml("<t>x</t>"), styles=styles_xml(0)
    )
    parts[part] = (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + parts[part]
    )
    with pytest.raises(WorkbookError) as caught:
        read_book(write_parts(path, parts))
    assert (caught.value.fault, caught.value.detail) == (
        FileFault.DAMAGED,
        f"{part}: document type declaration",
    )


@pytest.mark.parametrize("workbook", [b"<workbook", b"<workbook/>", b"", b"\xff\xfe"])
def test_a_workbook_part_that_says_nothing_is_damage(
    path: Path, workbook: bytes
) -> None:
    """Without a list of sheets there is no workbook."""
    parts = parts_of({"Plan": sheet_xml("")}) | {"xl/workbook.xml": workbook}
    with pytest.raises(WorkbookError) as caught:
        read_book(write_parts(path, parts))
    assert caught.value.fault is FileFault.DAMAGED


def test_a_workbook_without_one_readable_sheet_is_damaged(path: Path) -> None:
    """If no sheet can be read, there is nothing to report cell by cell."""
    with pytest.raises(WorkbookError) as caught:
        read_book(write_parts(path, parts_of({"Plan": "<worksheet"})))
    assert caught.value.fault is FileFault.DAMAGED


ROW_OF_TEN = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEFGHIJ")
DEEP = "<c>" * 200


@pytest.mark.parametrize(
    ("limits", "data", "workbook"),
    [
        (ReadingLimits(max_cells=9), f'<row r="1">{ROW_OF_TEN}</row>', ""),
        (ReadingLimits(max_cells=9), f"<row>{ROW_OF_TEN}<c><v>1</v></c></row>", ""),
        (ReadingLimits(max_part_bytes=2_000), " " * 3_000, ""),
        (ReadingLimits(max_elements=50), "<row/>" * 10 + "<x/>" * 60, ""),
        (ReadingLimits(), f"<row>{DEEP}", ""),
        (
            ReadingLimits(max_text=10),
            '<row><c r="A1" t="inlineStr"><is><t>more than ten</t></is></c></row>',
            "",
        ),
        (ReadingLimits(max_strings=1), "", ""),
        (ReadingLimits(max_names=1), "", '<definedName name="a">1</definedName>' * 2),
        (ReadingLimits(max_sheets=0), "", ""),
    ],
    ids=[
        "cells",
        "cells without address",
        "bytes",
        "elements",
        "depth",
        "text",
        "strings",
        "names",
        "sheets",
    ],
)
def test_every_limit_ends_the_reading(
    path: Path, limits: ReadingLimits, data: str, workbook: str
) -> None:
    """Beyond any limit a workbook is too large, and nothing of it is read."""
    strings = strings_xml("<t>a</t>", "<t>b</t>")
    parts = parts_of({"Plan": sheet_xml(data)}, strings=strings, workbook=workbook)
    with pytest.raises(WorkbookError) as caught:
        read_book(write_parts(path, parts), limits)
    assert caught.value.fault is FileFault.TOO_LARGE


@pytest.mark.parametrize("data", [" " * 1_000_000, "<row><c><v>1</v></c></row>", ""])
def test_one_sheet_listed_a_thousand_times_is_damage(path: Path, data: str) -> None:
    """Many sheets that share one part cannot multiply its cost: no program writes them, and which of them is meant?"""
    parts = parts_of({"Plan": sheet_xml(data)})
    entry = b'<sheet name="Plan" sheetId="1" r:id="rId1" />'
    assert entry in parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(entry, entry * 900)
    with pytest.raises(WorkbookError) as caught:
        read_book(write_parts(path, parts))
    assert caught.value.fault is FileFault.DAMAGED
    assert caught.value.detail.endswith("listed twice")


TEXTS = st.sampled_from(
    [
        "",
        "x",
        " y ",
        "F&amp;E",
        "&#252;",
        "&#10;",
        "1",
        "45747",
        "-3.5",
        "#REF!",
        "0",
        "_x000D_",
        "&bad;",
    ]
)
FORMULAS = st.sampled_from(
    [
        '<f t="shared" si="0"/>',
        '<f t="shared" ref="A1:B2" si="0">B1&amp;C1</f>',
        '<f si="0" t="shared" />',
        '<f t="array" ref="A1">1</f>',
        '<f ca="1">NOW()</f>',
        '<f a="/>"/>',
        '<f a=">">1</f>',
        '<f a="1" a="2"/>',
        "<f/>1</f>",
        "<f/>",
    ]
)
CONTENTS = st.one_of(
    st.just(""),
    st.builds("<v>{}</v>".format, TEXTS),
    st.builds("<f>{}</f><v>{}</v>".format, TEXTS, TEXTS),
    st.builds("{}<v>{}</v>".format, FORMULAS, TEXTS),
    FORMULAS,
    st.builds("<is><t>{}</t></is>".format, TEXTS),
    st.builds('<is><t xml:space="preserve">{}</t></is>'.format, TEXTS),
    st.builds("<is><r><t>{}</t></r><rPh><t>p</t></rPh></is>".format, TEXTS),
    st.builds('<v xml:space="preserve">{}</v>'.format, TEXTS),
)
ADDRESSES = st.sampled_from(
    ['r="A1"', 'r="B2"', 'r="C3"', 'r="XFD9"', 'r="XFE1"', 'r="a1"', 'r="A9999999"', ""]
)
STYLES = st.sampled_from(["", ' s="0"', ' s="1"', " s='1'", ' s="99"'])
KINDS = st.sampled_from(
    [
        "",
        ' t="n"',
        ' t="s"',
        ' t="str"',
        ' t="inlineStr"',
        ' t="b"',
        ' t="e"',
        ' t="d"',
        ' t="?"',
    ]
)
CELLS = st.builds("<c {}{}{}>{}</c>".format, ADDRESSES, STYLES, KINDS, CONTENTS)
ROWS = st.builds(
    "<row{}>{}</row>".format,
    st.sampled_from(["", ' r="2"', ' r="7" ht="15"', ' r="x"']),
    st.lists(CELLS, max_size=4).map("".join),
)
ODDITIES = st.sampled_from(
    [
        "",
        "<!-- <c r='A1'/> -->",
        '<x xmlns="urn:x"><c r="A1"><v>1</v></c></x>',
        "<c",
        "<?p <c r=?>",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(ROWS, max_size=4).map("".join), ODDITIES)
def test_the_fast_way_and_the_parser_read_the_same(rows: str, oddity: str) -> None:
    """Whatever is in a sheet, patterns and parser give the same cells and note the same damage."""
    fast, parsed = read_both_ways(sheet_xml(rows + oddity))
    assert fast.cells == parsed.cells
    assert fast.damages == parsed.damages


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize(
    "source",
    [
        *(pytest.param(s, marks=pytest.mark.everywhere) for s in ("calamine", "poi")),
        *("sheetjs", "crafted"),
    ],
)
def test_the_fast_way_and_the_parser_read_foreign_workbooks_the_same(
    shared: Path, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A foreign workbook gives the same cells and damage, or the same fault, whether patterns help or not."""
    files = sorted((shared / "corpus" / source).iterdir())
    fast = list(map(outcome, files))
    monkeypatch.setattr(sheet_module, "plain_text", lambda *_: None)
    monkeypatch.setattr(parts_module, "plain_text", lambda *_: None)
    differing = [
        path.name
        for path, found in zip(files, fast, strict=True)
        if outcome(path) != found
    ]
    assert differing == []
    assert any(isinstance(found, Book) and found.sheets for found in fast)


def outcome(path: Path) -> Book | tuple[FileFault, str]:
    """What is read of a file, or why it cannot be read; the parser alone meets more elements."""
    try:
        return read_book(path, ReadingLimits(max_elements=3_000_000))
    except WorkbookError as error:
        return error.fault, error.detail


def test_column_letters_and_numbers_agree() -> None:
    """Each of the 16,384 columns has its letters, and beyond them there is none."""
    assert [column_number(column_letter(n)) for n in range(1, 16_385)] == list(
        range(1, 16_385)
    )
    assert address(14, 7) == "G14"
    for wrong in (0, 16_385):
        with pytest.raises(ValueError, match="no column"):
            column_letter(wrong)
    for wrong_letters in ("", "XFE", "AAAA", "Ä", "A1"):
        with pytest.raises(ValueError, match="no column"):
            column_number(wrong_letters)


def test_reading_needs_no_spreadsheet_library() -> None:
    """The reader loads neither openpyxl nor pandas."""
    script = "import sys, kamxl.xlsx.cells; print({'openpyxl', 'pandas', 'pydantic'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_a_cell_knows_how_it_is_shown(path: Path) -> None:
    """Its number format, whether it shows a date, and whether its font is struck through."""
    fonts = '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="{font}"/>'
        for number, font in ((0, 0), (14, 1), (164, 2), (9, 7))
    )
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0 &quot;T€&quot;"/></numFmts>'
        f"{fonts}<cellXfs>{formats}</cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
    )
    cells = "".join(
        f'<c r="{column}1" s="{style}"><v>45747</v></c>'
        for style, column in enumerate("ABCD")
    )
    book = read(path, f'<row r="1">{cells}</row>', styles=styles)
    assert [found.style for found in book.sheets[0].cells.values()] == [
        CellStyle(),
        CellStyle("mm-dd-yy", is_date=True, is_struck=True),
        CellStyle('0 "T€"'),
        CellStyle("0%"),
    ]


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        (("_localImage",), "picture"),
        (("_localImage", "_webimage"), "picture"),
        (("_error",), "error"),
        (("_localImage", "_linkedentity2"), "error"),
        ((), "error"),
    ],
)
def test_a_picture_in_a_cell_is_told_from_an_error(
    path: Path, kinds: tuple[str, ...], reason: str
) -> None:
    """Older versions of Excel see an error in it; it is a picture where the workbook has no other rich values."""
    rows = '<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    parts = parts_of({"Plan": sheet_xml(rows)})
    structures = "".join(f'<s t="{kind}"/>' for kind in kinds)
    parts["xl/richData/rdrichvaluestructure.xml"] = (
        f"<rvStructures>{structures}</rvStructures>".encode()
    )
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    link = (
        '<Relationship Id="rIdR" Target="richData/rdrichvaluestructure.xml" '
        'Type="http://schemas.microsoft.com/office/2017/06/relationships/rdRichValueStructure"/>'
    )
    parts["xl/_rels/workbook.xml.rels"] = links.replace(
        "</Relationships>", f"{link}</Relationships>"
    ).encode()
    cells = read_book(write_parts(path, parts)).sheets[0].cells
    assert [cells[1, 1].reason, cells[1, 2].reason] == [reason, "error"]
