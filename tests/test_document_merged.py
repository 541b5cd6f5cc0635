"""A field that was merged with others is told, with the range that it belongs to and what it hides."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kamxl.document.remarks import FieldMerged
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.plan_files import filled, layout_of, template

OPEN, MATRIX, COVER = "5 Offene Projekte", "Kontaktmatrix", "Deckblatt"
LAYOUT = layout_of()


@cache
def plan() -> Book:
    """A plan with one project."""
    data = filled(LAYOUT, {"opportunities.open[0].project": "Werk 2"}, template())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(data)
        return read_book(path)


def merged(sheet: str, *areas: str, book: Book | None = None) -> list[FieldMerged]:
    """The remarks on a plan in which ranges of a sheet were merged."""
    book = book or plan()
    sheets = tuple(
        dataclasses.replace(one, merged=(*one.merged, *areas))
        if one.name == sheet
        else one
        for one in book.sheets
    )
    remarks = extract_plan(dataclasses.replace(book, sheets=sheets)).remarks
    return [remark for remark in remarks if isinstance(remark, FieldMerged)]


def cell(path: str) -> str:
    """The cell of a path."""
    return LAYOUT.cell(path)


def test_what_a_generated_workbook_merges_covers_no_field() -> None:
    """Titles, tiles, forms and the matrix are merged from the beginning."""
    assert any(sheet.merged for sheet in plan().sheets)
    assert merged(OPEN) == []


@pytest.mark.parametrize(
    ("first", "last", "sheet"),
    [
        ("opportunities.open[0].project", "opportunities.open[1].project", OPEN),
        ("opportunities.open[0].project", "opportunities.open[0].product_group", OPEN),
        ("opportunities.open[3].value", "opportunities.open[4].close_date", OPEN),
        ("contacts.people[0].name", "contacts.people[1].name", MATRIX),
        ("cover.city", "cover.country", COVER),
    ],
)
def test_every_covered_field_is_told(first: str, last: str, sheet: str) -> None:
    """Downwards, across, a block; in a table, a form, the matrix: all but the first cell."""
    area = f"{cell(first)}:{cell(last)}"
    found = merged(sheet, area)
    assert last in [remark.path for remark in found]
    assert first not in [remark.path for remark in found]
    assert {remark.area for remark in found} == {area}


def test_a_hidden_value_is_named() -> None:
    """What still stands beneath a merged range can be seen nowhere else."""
    place = cell("opportunities.open[1].project")
    book = edits.put(plan(), OPEN, place, "Werk 3")
    (found,) = merged(
        OPEN, f"{cell('opportunities.open[0].project')}:{place}", book=book
    )
    assert (found.cell, found.value) == (place, "Werk 3")


@pytest.mark.parametrize(
    "area",
    ["A1:XFD1048576", "C1:C1048576", "A10:XFD10", "C13:C13", "ZZZ1:ZZZ2", "C13:B12"],
)
def test_odd_ranges_cost_nothing(area: str) -> None:
    """A whole sheet, a column, a row, one cell, none: nobody waits for it."""
    assert len(merged(OPEN, *[area] * 50)) < 2_000
