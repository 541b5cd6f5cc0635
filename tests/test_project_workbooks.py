"""What Excel, a preview or a screen reader meets in our workbooks, of every kind and in both languages."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.clients.validators import NODE_PROGRAMS
from tests.conftest import need
from tests.every_workbook import KINDS, write_every_workbook

NAMES = [f"{kind}-{language}" for language in ("de", "en") for kind in KINDS]
CHARTED = [name for name in NAMES if not name.startswith(("scoring", "control"))]
FILLED_IN = [name for name in NAMES if not name.startswith(("portfolio", "findings"))]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All kinds of workbooks, by kind and language."""
    return write_every_workbook(tmp_path_factory.mktemp("workbooks"))


@pytest.fixture(scope="module")
def books(workbooks: dict[str, Path]) -> dict[str, Workbook]:
    """The same, read."""
    return {name: load_workbook(path) for name, path in workbooks.items()}


def visible(book: Workbook) -> list[Worksheet]:
    """The sheets that people see."""
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def parts(path: Path, start: str) -> dict[str, str]:
    """The parts of a workbook whose names begin so."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith(start)]
        return {name: package.read(name).decode() for name in names}


@pytest.mark.parametrize("name", NAMES)
def test_opens_on_a_cell_that_is_seen(name: str, books: dict[str, Workbook]) -> None:
    """No sheet opens on a hidden row or column, or on a cell of the margin."""
    for sheet in visible(books[name]):
        pane = sheet.sheet_view.selection[-1]
        left, top, *_ = range_boundaries(pane.activeCell)
        letter = sheet[pane.activeCell].column_letter
        assert left > 1, f"{sheet.title}: {pane.activeCell}"
        assert not sheet.column_dimensions[letter].hidden
        assert not sheet.row_dimensions[top].hidden
        assert pane.activeCell in str(pane.sqref).split(":")


@pytest.mark.parametrize("name", FILLED_IN)
def test_opens_on_the_first_entry(name: str, books: dict[str, Workbook]) -> None:
    """Where there is something to enter, the first cell for it is the one that is selected."""
    for sheet in visible(books[name]):
        active = sheet[sheet.sheet_view.selection[-1].activeCell]
        asks = any(
            not cell.protection.locked for row in sheet.iter_rows() for cell in row
        )
        assert active.protection.locked != asks, f"{sheet.title}: {active.coordinate}"


@pytest.mark.parametrize("name", NAMES)
def test_links_follow_a_renamed_sheet(name: str, books: dict[str, Workbook]) -> None:
    """Every link within a workbook leads to a defined name, which Excel keeps right, and that to a visible sheet."""
    book = books[name]
    for sheet in visible(book):
        inside = (link for link in sheet._hyperlinks if not (link.id or link.target))
        for link in inside:
            target = book.defined_names[link.location]
            ((title, cell),) = target.destinations
            assert book[title].sheet_state == "visible"
            assert book[title][cell.replace("$", "")].value, (
                f"{link.ref}: nothing there"
            )


@pytest.mark.parametrize("name", NAMES)
def test_styles_stay_out_of_the_gallery(name: str, workbooks: dict[str, Path]) -> None:
    """People who format a cell find Excel's styles and their company's, not a hundred of ours."""
    styles = parts(workbooks[name], "xl/styles.xml")["xl/styles.xml"]
    listed = re.findall(r'<cellStyle [^>]*name="kamxl[^>]*>', styles)
    assert listed
    assert all('hidden="1"' in style for style in listed)


@pytest.mark.parametrize("name", NAMES)
def test_header_and_footer_keep_their_size(
    name: str, books: dict[str, Workbook]
) -> None:
    """What stands in the margin is not shrunk with the sheet."""
    for sheet in visible(books[name]):
        if sheet.oddHeader.left.text or sheet.oddFooter.center.text:
            assert sheet.HeaderFooter.scaleWithDoc is False, sheet.title


@pytest.mark.parametrize(
    ("name", "asks"),
    [(name, name.startswith(("template", "plan", "scoring"))) for name in NAMES],
)
def test_excel_asks_to_save_only_what_it_calculated(
    name: str, asks: bool, workbooks: dict[str, Path], books: dict[str, Workbook]
) -> None:
    """A report is finished: every formula has its result, so that Excel has nothing to work out and to save."""
    calculation = books[name].calculation
    assert calculation.fullCalcOnLoad is asks
    assert calculation.calcId >= 191029
    if not asks:
        sheets = parts(workbooks[name], "xl/worksheets/sheet").values()
        formulas = [
            cell for xml in sheets for cell in re.findall(r"<f>[^<]*</f>(.{0,4})", xml)
        ]
        assert set(formulas) <= {"<v>" + formula[3:] for formula in formulas}


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("scoring")])
def test_the_advice_to_replace_can_be_followed(
    name: str, books: dict[str, Workbook]
) -> None:
    """Excel replaces nothing on a protected sheet, so no sheet of the scoring workbook is one."""
    assert "Strg+H" in str([*books["scoring-de"].worksheets[0].values])
    assert not any(sheet.protection.sheet for sheet in books[name].worksheets)


@pytest.mark.parametrize("name", CHARTED)
def test_charts_are_described(name: str, workbooks: dict[str, Path]) -> None:
    """A screen reader says of every chart what it shows, in one sentence that is not its name."""
    drawings = "".join(parts(workbooks[name], "xl/drawings/drawing").values())
    said = re.findall(r'<xdr:cNvPr id="\d+" name="([^"]*)" descr="([^"]*)"', drawings)
    assert len(said) == drawings.count("<xdr:graphicFrame") > 0
    assert all(
        title and title in text and len(text) > len(title) for title, text in said
    )


def references(chart: str) -> Iterator[tuple[str, str]]:
    """Each reference of a chart and what follows it."""
    for found in re.finditer(r"<f>([^<]*)</f>(.*?)</(?:num|str)Ref>", chart, re.DOTALL):
        yield found[1], found[2]


def cells_of(book: Workbook, reference: str) -> list[Cell]:
    """The cells of a reference, area after area."""
    found: list[Cell] = []
    for one in reference.strip("()").split(","):
        title, _, area = one.rpartition("!")
        cells = book[title.strip("'").replace("''", "'")][area.replace("$", "")]
        found += sum(cells, ()) if isinstance(cells, tuple) else [cells]
    return found


def test_a_part_of_a_year_is_no_bar(workbooks: dict[str, Path]) -> None:
    """The revenue chart of a plan shows full years; the column of the year to date stands between them."""
    (chart,) = parts(workbooks["plan-de"], "xl/charts/chart").values()
    book = load_workbook(workbooks["plan-de"], data_only=True)
    heads = next(ref for ref, _ in references(chart) if "," in ref)
    shown = [str(cell.value) for cell in cells_of(book, heads)]
    assert [head.split()[0] for head in shown] == ["Ist", "Ist", "Ist", "FC", "Ziel"]
    assert not [head for head in shown if "bisher" in head]


@pytest.mark.parametrize("name", CHARTED)
def test_charts_hold_their_figures(name: str, workbooks: dict[str, Path]) -> None:
    """A preview draws every chart as the cells say, value by value."""
    values = load_workbook(workbooks[name], data_only=True)
    for chart in parts(workbooks[name], "xl/charts/chart").values():
        for reference, cache in references(chart):
            row = cells_of(values, reference)
            held = dict(re.findall(r'<pt idx="(\d+)"><v>([^<]*)</v>', cache))
            assert f'<ptCount val="{len(row)}"/>' in cache
            shown = {str(at): cell.value for at, cell in enumerate(row)}
            for at, value in shown.items():
                if isinstance(value, int | float):
                    assert float(held[at]) == pytest.approx(value, rel=1e-12)
                elif at in held:
                    assert held[at].replace("&amp;", "&") == (value or "")


@pytest.mark.client
def test_exceljs_opens_every_workbook(workbooks: dict[str, Path]) -> None:
    """The library by which web applications read workbooks opens each of ours and finds all sheets."""
    library = NODE_PROGRAMS.parent / "exceljs"
    need(
        None
        if library.is_dir()
        else "exceljs is not installed in .cache (npm: exceljs)"
    )
    script = (
        f"const E=require({str(library)!r});(async()=>{{for(const f of process.argv.slice(1)){{"
        "const b=new E.Workbook();await b.xlsx.readFile(f);console.log(b.worksheets.length)}})()"
    )
    asked = ["node", "-e", script, *map(str, workbooks.values())]
    told = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    counted = [len(load_workbook(path).sheetnames) for path in workbooks.values()]
    assert [*map(int, told.stdout.split())] == counted
