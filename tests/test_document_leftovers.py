"""Whatever stands on a sheet and is no entry is told with its cell; a row of data that nobody reads is an error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamxl.checks.check import check
from kamxl.checks.findings import FileStatus, Severity
from kamxl.document.extract import Extract
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.remarks import EntryOutside, MoreOutside, Remark, RowOutside
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, Cell, State, address, areas
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.extracts import TODAY
from tests.plan_files import filled, full_plan, layout_of, samples, saved, template

OPEN, COVER = "5 Offene Projekte", "Deckblatt"
SHEETS = [sheet.name for sheet in layout_of().sheets]
BLOCKS = [
    (sheet.name, block)
    for sheet in layout_of().sheets
    for block in sheet.blocks
    if isinstance(block, TableBlock)
]
# Tables below which there is nothing else.
LAST = [
    (name, block)
    for name, block in BLOCKS
    if block is layout_of().sheet(block.section.sheet).blocks[-1]
]


@cache
def book() -> Book:
    """A plan with an entry in every field."""
    with TemporaryDirectory() as folder:
        return read_book(saved(full_plan(), Path(folder) / "plan.xlsx"))


@cache
def uncalculated() -> Book:
    """The same, as drawn."""
    layout = layout_of()
    plan = filled(layout, samples(layout), template())
    with TemporaryDirectory() as folder:
        return read_book(saved(plan, Path(folder) / "plan.xlsx"))


def value(row: int, column: int, content: float | str) -> Cell:
    """A cell somebody typed into."""
    return Cell(row, column, State.VALUE, content, str(content))


def formula(row: int, column: int, says: str, result: float | str = 5.0) -> Cell:
    """A cell that shows the result of a formula."""
    return value(row, column, result)._replace(is_formula=True, formula=says)


def linked(row: int, column: int) -> Cell:
    """A cell that shows what stands in another workbook."""
    return formula(row, column, f"'[Liste.xlsx]Tabelle1'!{address(row, column)}")


def shared(row: int, column: int) -> Cell:
    """A cell whose formula is written at another one."""
    return formula(row, column, "")


def with_more(changed: Book, name: str, *cells: Cell) -> Book:
    """The book with further cells."""
    kept = edits.sheet(changed, name).cells
    return edits.with_cells(
        changed, name, {**kept, **{(c.row, c.column): c for c in cells}}.values()
    )


def outside(found: Extract) -> list[Remark]:
    """What is told of cells beside the fields."""
    kinds = EntryOutside | MoreOutside | RowOutside
    return [remark for remark in found.remarks if isinstance(remark, kinds)]


def columns(block: TableBlock) -> list[int]:
    """The columns of a table's fields."""
    return [block.columns[one.key] for one in block.section.fields]


ROWS = {
    "links": linked,
    "values": lambda row, column: value(row, column, 250_000.0),
    "texts": lambda row, column: value(row, column, "Werk 9"),
    "links filled to the right": shared,
}


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize(
    ("name", "block"), LAST, ids=[block.section.pattern for _, block in LAST]
)
def test_a_row_below_a_table_is_an_error(
    name: str, block: TableBlock, kind: str
) -> None:
    """Whoever goes on below the last row is told the row, once, and the plan is only partly accepted."""
    row = block.last_row + 3
    cells = [ROWS[kind](row, column) for column in columns(block)]
    found = extract_plan(with_more(book(), name, *cells))
    (remark,) = outside(found)
    assert isinstance(remark, RowOutside)
    assert (remark.sheet, remark.row, remark.path) == (name, row, block.section.pattern)
    checked = check(found, today=TODAY)
    told = [finding for finding in checked.findings if finding.code == "KAM125"]
    assert [(f.severity, f.cell) for f in told] == [
        (Severity.ERROR, address(row, columns(block)[0]))
    ]
    assert checked.status is FileStatus.PARTIAL


@pytest.mark.parametrize(
    ("name", "block"), BLOCKS, ids=[block.section.pattern for _, block in BLOCKS]
)
def test_a_row_pasted_over_the_end_of_a_table_is_an_error(
    name: str, block: TableBlock
) -> None:
    """Of more rows than there is room for the first stands where the totals were, or where the table ended."""
    row, totals = block.end_row, {block.columns[k] for k in block.section.totals}
    entered = columns(block)
    cells = [value(row, column, f"Werk {column}") for column in entered]
    told = outside(extract_plan(with_more(book(), name, *cells)))
    lost = [remark for remark in told if isinstance(remark, RowOutside)]
    is_data = len(entered) > 1 and bool(set(entered) - totals)
    assert [(one.sheet, one.row) for one in lost] == [(name, row)] * is_data


@pytest.mark.parametrize(
    ("name", "block"), BLOCKS, ids=[block.section.pattern for _, block in BLOCKS]
)
def test_what_somebody_works_out_beside_a_table_is_a_warning(
    name: str, block: TableBlock
) -> None:
    """A sum of one's own, right of a table or below it, is named but takes nothing from the plan."""
    row, right = block.first_row, layout_of().sheet(block.section.sheet).last_column + 2
    cells = [
        value(row, right, "davon sicher"),
        formula(row, right + 1, f"SUM(D{row}:D{row + 2})"),
    ]
    found = extract_plan(with_more(book(), name, *cells))
    assert [(r.cell, type(r)) for r in outside(found)] == [
        (cell.address, EntryOutside) for cell in cells
    ]


@pytest.mark.parametrize("says", ["SUM(F13:F27)", "F13*2"])
def test_a_sum_of_ones_own_below_a_table_is_a_warning(says: str) -> None:
    """A label and what is worked out of the table itself make no record."""
    block = next(
        block for _, block in LAST if block.section.pattern == "opportunities.open"
    )
    row = block.last_row + 2
    found = extract_plan(
        with_more(
            book(),
            OPEN,
            value(row, 3, "davon sicher"),
            formula(row, 6, says),
            shared(row, 7),
        )
    )
    assert [type(remark) for remark in outside(found)] == [EntryOutside] * 3


@pytest.mark.parametrize("text", ["Projekt", "Chance", "Produktgruppe"])
@pytest.mark.parametrize("is_formula", [True, False])
def test_a_text_equal_to_a_label_is_told(text: str, *, is_formula: bool) -> None:
    """What happens to be a printed label is an entry where no label is printed."""
    block = next(
        block for _, block in LAST if block.section.pattern == "opportunities.open"
    )
    for place in (
        (block.last_row + 5, 3),
        (block.first_row + 1, block.last_column + 3),
    ):
        cell = formula(*place, "A1", text) if is_formula else value(*place, text)
        (remark,) = outside(extract_plan(with_more(book(), OPEN, cell)))
        assert (remark.cell, getattr(remark, "value", "")) == (cell.address, text)


def test_every_one_of_many_strays_is_named() -> None:
    """After the first 25, the cells of all others are named too."""
    cells = [
        value(200 + index, 26 + index % 2, f"Notiz {index}") for index in range(40)
    ]
    found = extract_plan(with_more(book(), OPEN, *cells))
    singles = [r.cell for r in outside(found) if isinstance(r, EntryOutside)]
    (more,) = (r for r in outside(found) if isinstance(r, MoreOutside))
    assert singles == [cell.address for cell in cells[:25]]
    assert more.number == 15
    named = more.cells.split(", ")
    assert set(named) == {cell.address for cell in cells[25:]}
    messages = " ".join(
        finding.message for finding in check(found, today=TODAY).findings
    )
    assert all(cell.address in messages for cell in cells[25:])


def test_a_column_of_values_is_named_as_one_area() -> None:
    """Cells that stand below each other are named from the first to the last."""
    assert areas([(row, 26) for row in range(5, 400)], 5) == "Z5:Z399"
    assert areas([(1, 1), (1, 2), (2, 1), (2, 2), (4, 1)], 5) == "A1:B2, A4"
    assert areas([(row, 1) for row in range(1, 20, 2)], 3) == "A1, A3, A5 …"


def lost(name: str, what: str) -> Book:
    """The drawn plan without the hidden keys of a sheet."""
    changed = uncalculated()
    keys = {
        cell.row
        for cell in edits.sheet(changed, name).cells.values()
        if str(cell.value).startswith("@")
    }
    if "rows" in what:
        for row in sorted(keys, reverse=True):
            changed = edits.delete_rows(changed, name, row)
    if "column" in what:
        changed = edits.delete_columns(changed, name, "A")
    return edits.without_names(changed) if "names" in what else changed


@pytest.mark.parametrize(
    "what", ["", "column", "rows", "rows and column", "rows, column and names"]
)
@pytest.mark.parametrize("name", SHEETS)
def test_what_the_plan_prints_and_computes_is_no_stray(name: str, what: str) -> None:
    """Labels, totals and figures are the plan's own, though the keys around them are lost."""
    if (name, "names" in what) == (COVER, True):
        pytest.skip(
            "without names and keys, nothing tells the fields of two columns apart"
        )
    assert outside(extract_plan(lost(name, what))) == []


def told_cells(found: Extract) -> Iterator[tuple[str, str]]:
    """Sheet and cell of all that is told."""
    for remark in found.remarks:
        yield remark.sheet, remark.cell


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(SHEETS),
    row=st.integers(1, 110),
    column=st.integers(2, 40),
    is_formula=st.booleans(),
    content=st.sampled_from([1234.0, "Notiz", "Projekt", "Summe"]),
)
def test_nothing_that_is_put_anywhere_is_lost_in_silence(
    name: str, row: int, column: int, is_formula: bool, content: float | str
) -> None:
    """A value or formula in any cell that can be seen is read as an entry, or its cell is told."""
    sheet = edits.sheet(book(), name)
    hidden = {
        place[0]
        for place, cell in sheet.cells.items()
        if str(cell.value).startswith("@")
    }
    if row in hidden or (row, column) in sheet.cells:
        return
    cell = (
        formula(row, column, "X1", content)
        if is_formula
        else value(row, column, content)
    )
    found = extract_plan(with_more(book(), name, cell))
    read = {(entry.sheet, entry.cell): entry.value for entry in found.entries}
    computed = {(entry.sheet, entry.cell) for entry in found.computed}
    place = (name, cell.address)
    if place in read:
        assert read[place] == content
    elif not (is_formula and place in computed):
        assert place in set(told_cells(found)) or content == "Summe"
