"""Rows that bear the name of a product group belong to the name, whoever sorts, cuts or renames them."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

import kamxl
from kamxl.checks.check import check
from kamxl.document.extract import Extract
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import Layout
from kamxl.document.remarks import FieldContradictory, FieldMoved, RowsRelabelled
from kamxl.plan.document import extract_plan
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import Book, State, column_letter
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.clients.office import Office, Step
from tests.extracts import TODAY
from tests.plan_files import filled, layout_with, saved

EARLIER = Path(__file__).parent / "earlier" / "german-sound.xlsx"
REVENUE = "3 Umsatzanalyse"
GROUPS = ("Pumpen", "Ventile", 'Teile "3/4"', "Service")
TABLES = ("revenue.revenue", "revenue.wallet", "revenue.forecast")
ORDERS = list(itertools.permutations(range(len(GROUPS))))[1::3]


@cache
def layout() -> Layout:
    """A plan with four product groups."""
    return layout_with(Settings(plan_year=2027).changed(product_groups=GROUPS))


@cache
def plan() -> bytes:
    """Each entry tells its row: forecast 100, 200 and so on, demand 1000, 2000, plan of the first quarter 10, 20."""
    values = {}
    for index, name in enumerate(GROUPS, start=1):
        row = f"[{index - 1}]"
        values[f"revenue.revenue{row}.product_group"] = name
        values[f"revenue.revenue{row}.forecast"] = index * 100
        values[f"revenue.revenue{row}.target"] = 900 - index
        values[f"revenue.wallet{row}.demand"] = index * 1000
        values[f"revenue.forecast{row}.q1_plan"] = index * 10
    return filled(layout(), values)


@cache
def book() -> Book:
    """That plan, its names calculated."""
    with TemporaryDirectory() as folder:
        return calculated(read_book(saved(plan(), Path(folder) / "plan.xlsx")))


def block(table: str) -> TableBlock:
    """Where a table stands."""
    blocks = layout().sheet("revenue").blocks
    tables = [one for one in blocks if isinstance(one, TableBlock)]
    return next(one for one in tables if one.section.pattern == table)


def calculated(changed: Book) -> Book:
    """The book with the names of rows as a spreadsheet works them out: a group's own name while it is there."""
    cells = edits.sheet(changed, REVENUE).cells
    origin = block("revenue.revenue")
    column = origin.columns["product_group"]
    now = [edits.sheet(changed, REVENUE).at(row, column).raw for row in rows(origin)]
    found = []
    for (_, place), cell in cells.items():
        if cell.is_formula and place == column:
            own = [name for name in GROUPS if name.replace('"', '""') in cell.formula]
            index = GROUPS.index(own[0])
            text = own[0] if own[0] in now else now[index]
            cell = cell._replace(state=State.VALUE, value=text, raw=text, reason="")
        found.append(cell)
    return edits.with_cells(changed, REVENUE, found)


def rows(of: TableBlock) -> range:
    """The rows of a table's entries."""
    return range(of.first_row, of.last_entry_row + 1)


def sorted_rows(changed: Book, table: str, order: Sequence[int]) -> Book:
    """All that is visible of a table's rows in another order; the hidden keys stay."""
    of = block(table)
    old = [of.first_row + index for index in order]
    columns = range(3, of.last_column + 1)
    return calculated(edits.sort_rows(changed, REVENUE, rows(of), columns, old))


def shown(changed: Book, table: str, key: str) -> dict[str, float]:
    """What a person sees: the name in front of each row, and the number in a column."""
    of, sheet = block(table), edits.sheet(changed, REVENUE)
    column = of.label_column or of.columns["product_group"]
    lines = [(sheet.at(r, column).raw, sheet.at(r, of.columns[key])) for r in rows(of)]
    return {name: cell.value for name, cell in lines if isinstance(cell.value, float)}


def read(found: Extract, table: str, key: str) -> dict[str, float]:
    """What was read: the name of each product group, and the number of its row."""
    raw = {entry.path: entry for entry in found.entries}
    return {
        raw[f"revenue.revenue[{index}].product_group"].raw: entry.value
        for index in range(len(GROUPS))
        if isinstance((entry := raw[f"{table}[{index}].{key}"]).value, float)
    }


def assert_as_shown(changed: Book) -> Extract:
    """Every number is read under the name beside it."""
    found = extract_plan(changed)
    for table, key in zip(TABLES, ("forecast", "demand", "q1_plan"), strict=True):
        assert read(found, table, key) == shown(changed, table, key)
    return found


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("table", TABLES)
def test_sorted_rows_keep_their_entries(table: str, order: Sequence[int]) -> None:
    """Whichever of the tables is sorted, demand and plan stay with their product group."""
    found = assert_as_shown(sorted_rows(book(), table, order))
    assert read(found, "revenue.wallet", "demand") == {
        name: index * 1000.0 for index, name in enumerate(GROUPS, start=1)
    }
    assert {type(remark) for remark in found.remarks} <= {FieldMoved}


def test_all_tables_sorted_differently() -> None:
    """Each table has an order of its own."""
    changed = book()
    for table, order in zip(TABLES, ORDERS, strict=False):
        changed = sorted_rows(changed, table, order)
    assert {type(remark) for remark in assert_as_shown(changed).remarks} == {FieldMoved}


@pytest.mark.parametrize("renamed", range(len(GROUPS)))
def test_a_renamed_group_keeps_its_rows(renamed: int) -> None:
    """The other tables follow a new name, and one new name is still known after sorting."""
    of = block("revenue.revenue")
    column = column_letter(of.columns["product_group"])
    changed = edits.put(book(), REVENUE, f"{column}{of.first_row + renamed}", "Neu")
    assert_as_shown(calculated(changed))
    found = extract_plan(sorted_rows(changed, "revenue.revenue", [2, 0, 3, 1]))
    assert read(found, "revenue.wallet", "demand")["Neu"] == (renamed + 1) * 1000
    assert read(found, "revenue.revenue", "forecast")["Neu"] == (renamed + 1) * 100


def test_several_renamed_groups_that_were_sorted_are_reported() -> None:
    """Nothing tells which of two new names is which: the rows are named, not guessed in silence."""
    of = block("revenue.revenue")
    column = column_letter(of.columns["product_group"])
    changed = book()
    for index in (0, 1):
        cell = f"{column}{of.first_row + index}"
        changed = edits.put(changed, REVENUE, cell, f"Neu {index}")
    found = extract_plan(sorted_rows(changed, "revenue.revenue", [2, 0, 3, 1]))
    told = {r.path for r in found.remarks if isinstance(r, FieldContradictory)}
    assert {"revenue.revenue[0]", "revenue.revenue[1]"} <= told
    assert (
        kamxl.checks.findings.status_of(check(found, today=TODAY).findings).value
        == "partial"
    )


def test_two_groups_of_one_name_are_reported() -> None:
    """A name that two rows bear belongs to neither in particular."""
    of = block("revenue.revenue")
    column = column_letter(of.columns["product_group"])
    changed = edits.put(book(), REVENUE, f"{column}{of.first_row}", "service")
    found = extract_plan(calculated(changed))
    assert "revenue.revenue[0]" in {
        r.path for r in found.remarks if isinstance(r, FieldContradictory)
    }


@pytest.mark.parametrize("table", TABLES[1:])
def test_rows_cut_and_pasted_go_with_their_name(table: str) -> None:
    """Two rows change places by cut and paste: their formulas keep telling whose they are."""
    of = block(table)
    first, second = of.first_row, of.first_row + 2
    order = [second, first + 1, first, first + 3]
    columns = range(3, of.last_column + 1)
    assert_as_shown(edits.sort_rows(book(), REVENUE, rows(of), columns, order))


def test_nothing_is_said_of_a_plan_in_which_nothing_moved() -> None:
    """Names that agree with the keys need no remark, calculated or not."""
    assert extract_plan(book()).remarks == ()
    fresh = edits.clear(book(), REVENUE, lambda cell: cell.reason == "uncalculated")
    assert extract_plan(fresh).remarks == ()


def earlier_sorted(order: Sequence[int], *, calculate: bool) -> Book:
    """A plan of an earlier version whose revenue table was sorted without its keys."""
    old = read_book(EARLIER)
    table, names = range(10, 16), range(3, 10)
    changed = edits.sort_rows(old, REVENUE, table, names, [10 + i for i in order])
    sheet = edits.sheet(changed, REVENUE)
    cells = []
    for cell in sheet.cells.values():
        if cell.is_formula and cell.column == 3:
            text = sheet.at(int(cell.formula.split("=")[0].removeprefix("IF(C")), 3).raw
            new = cell._replace(value=text, raw=text)
            empty = cell._replace(
                value=None,
                raw=f"={cell.formula}",
                state=State.UNREADABLE,
                reason="uncalculated",
            )
            cell = new if calculate else empty
        cells.append(cell)
    return edits.with_cells(changed, REVENUE, cells)


@pytest.mark.parametrize("calculate", [True, False])
@pytest.mark.parametrize(
    "order", [[1, 0, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 3, 4, 5, 0, 1]]
)
def test_plans_of_earlier_versions_are_read_as_shown_with_a_warning(
    order: list[int], calculate: bool
) -> None:
    """There the names follow the place: what stands beside a name is read, and a warning asks whether it is right."""
    changed = earlier_sorted(order, calculate=calculate)
    found = extract_plan(changed)
    values = {entry.path: entry.value for entry in found.entries}
    sheet = edits.sheet(changed, REVENUE)
    for place, index in enumerate(order):
        name = sheet.at(10 + place, 3).raw
        assert values[f"revenue.revenue[{index}].product_group"] == name
        assert (
            values[f"revenue.wallet[{index}].demand"] == sheet.at(23 + place, 4).value
        )
    told = [r.path for r in found.remarks if isinstance(r, RowsRelabelled)]
    assert told == ["revenue.wallet", "revenue.forecast"]
    assert [f.code for f in check(found, today=TODAY).findings].count("KAM114") == 2


def unlocked(path: Path, target: Path) -> Path:
    """The plan with its sheet unprotected, saved by another program that calculates nothing."""
    changed = openpyxl.load_workbook(path)
    changed[REVENUE].protection.sheet = False
    changed.save(target)
    return target


def test_a_program_that_calculates_nothing(tmp_path: Path) -> None:
    """Sorted and saved by openpyxl, no name has a value: the formulas and the hidden keys tell."""
    target = unlocked(saved(plan(), tmp_path / "plan.xlsx"), tmp_path / "new.xlsx")
    changed = openpyxl.load_workbook(target)
    sheet, of = changed[REVENUE], block("revenue.revenue")
    lines = [[sheet.cell(r, c).value for c in range(3, 10)] for r in rows(of)]
    for row, line in zip(rows(of), reversed(lines), strict=True):
        for column, value in enumerate(line, start=3):
            sheet.cell(row, column, value)
    changed.save(target)
    found = extract_plan(read_book(target))
    assert read(found, "revenue.wallet", "demand")["Service"] == 4000
    assert read(found, "revenue.revenue", "forecast")["Service"] == 400


SORTS: dict[str, list[Step]] = {
    "by forecast": [("sort", REVENUE, "C10:I13", 4, 0, 0)],
    "by forecast, downwards": [("sort", REVENUE, "C10:I13", 4, 1, 0)],
    "by name, with the head": [("sort", REVENUE, "C9:I13", 0, 0, 1)],
    "without the comments": [("sort", REVENUE, "C10:H13", 5, 0, 0)],
    "with the hidden keys": [("sort", REVENUE, "A10:I13", 6, 1, 0)],
}


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("table", TABLES)
def test_sorted_by_libreoffice(
    name: str, table: str, office: Office, tmp_path: Path
) -> None:
    """LibreOffice's own sort: what it shows beside each name is what is read, and shares are those of the name."""
    (_, sheet, cells, by, down, head), *_ = SORTS[name]
    of = block(table)
    down_by = of.first_row - 10
    corners = [f"{c[0]}{int(c[1:]) + down_by}" for c in str(cells).split(":")]
    by = min(int(by), of.last_column - 3)
    step: Step = ("sort", sheet, ":".join(corners), by, down, head)
    path = saved(plan(), tmp_path / "plan.xlsx")
    steps: list[Step] = [("unprotect", REVENUE), step]
    changed = read_book(office.edit(path, steps, tmp_path / "sorted.xlsx"))
    found = assert_as_shown(changed)
    assert {type(remark) for remark in found.remarks} <= {FieldMoved}
    shares = [
        entry.value
        for entry in found.computed
        if entry.path.endswith(".share") and "wallet" in entry.path
    ]
    assert shares == [0.1] * len(GROUPS)


@pytest.mark.client
@pytest.mark.slow
def test_the_demo_plan_sorted_by_libreoffice(office: Office, tmp_path: Path) -> None:
    """An earlier plan sorted by LibreOffice is told of; one of today keeps its demand and says nothing."""
    path = tmp_path / "plan.xlsx"
    shutil.copy(EARLIER, path)
    steps: list[Step] = [("unprotect", REVENUE), ("sort", REVENUE, "C10:I15", 4, 0, 0)]
    changed = read_book(office.edit(path, steps, tmp_path / "sorted.xlsx"))
    found = extract_plan(replace(changed, path=path))
    assert {type(r) for r in found.remarks} >= {RowsRelabelled}
    sheet = edits.sheet(changed, REVENUE)
    values = {entry.path: entry.value for entry in found.entries}
    names = {
        values[f"revenue.revenue[{index}].product_group"]: index for index in range(6)
    }
    for row in range(23, 29):
        index = names[sheet.at(row, 3).raw]
        assert values[f"revenue.wallet[{index}].demand"] == sheet.at(row, 4).value
