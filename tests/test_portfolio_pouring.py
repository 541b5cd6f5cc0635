"""Rows written beside openpyxl: they hold what openpyxl would have written, at the right places."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kamxl.portfolio.pages.pouring import PouredRows
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.writing import Content

PART = "xl/worksheets/sheet1.xml"


def _poured(book: Workbook, rows: PouredRows) -> Any:
    """The first sheet of a saved workbook, the rows poured in."""
    return load_workbook(io.BytesIO(_complete(book, rows))).worksheets[0]


def _complete(book: Workbook, rows: PouredRows) -> bytes:
    file, complete = io.BytesIO(), io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(complete, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name, rows.into(content.decode()).encode() if name == PART else content
            )
    return complete.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        "Müller & Söhne <GmbH>", " mit Rand ", "zwei\nZeilen", "=1+1", "",
        1234.56, 1 / 3, -0.07, 1e300, 7, 7.0, 10**15, True, False, None,
        dt.date(2027, 3, 31), dt.datetime(2026, 11, 16, 14, 30),  # noqa: DTZ001 - a cell's date has no time zone
    ],
)  # fmt: skip
def test_values_arrive(value: Content) -> None:
    """Every value that a table can hold is read back as it was."""
    book = Workbook()
    style = book.active.cell(
        1, 1, dt.date(2027, 1, 1) if isinstance(value, dt.date) else ""
    ).style_id
    rows = PouredRows()
    rows.add(3, 18.0, [(2, style, value)])
    cell = _poured(book, rows)["B3"]
    read = (
        cell.value.date()
        if isinstance(cell.value, dt.datetime) and type(value) is dt.date
        else cell.value
    )
    assert read == (value if value != "" else None)
    assert type(read) is type(value) or isinstance(value, float | str)


def test_rows_take_their_places() -> None:
    """Rows stand in order between those of openpyxl, replace what it has there, and belong to the sheet's area."""
    book = Workbook()
    for row in (1, 4, 9):
        book.active.cell(row, 1, f"openpyxl {row}")
    book.active.row_dimensions[6].height = 50
    rows = PouredRows()
    for row in (10, 6, 4):
        rows.add(row, 20.5, [(1, 0, f"poured {row}"), (4, 0, row)])
    sheet = _poured(book, rows)
    found = {
        row: sheet.cell(row, 1).value
        for row in range(1, 11)
        if sheet.cell(row, 1).value
    }
    assert found == {
        1: "openpyxl 1",
        4: "poured 4",
        6: "poured 6",
        9: "openpyxl 9",
        10: "poured 10",
    }
    assert list(found) == [1, 4, 6, 9, 10]
    assert sheet.row_dimensions[6].height == 20.5
    assert sheet.dimensions == "A1:D10"


def test_a_sheet_of_poured_rows_alone() -> None:
    """A sheet on which openpyxl has written nothing takes rows, too."""
    rows = PouredRows()
    rows.add(2, 18.0, [(3, 0, "nur hier")])
    assert _poured(Workbook(), rows)["C2"].value == "nur hier"


def test_numbers_without_a_value_stay_empty() -> None:
    """What is no number is an empty cell, not a broken workbook."""
    rows = PouredRows()
    rows.add(1, 18.0, [(1, 0, float("nan")), (2, 0, float("inf"))])
    sheet = _poured(Workbook(), rows)
    assert (sheet["A1"].value, sheet["B1"].value) == (None, None)


def test_a_text_like_an_escape_stays_as_typed(tmp_path: Path) -> None:
    """`_x0041_` does not become an A when Excel reads it."""
    rows = PouredRows()
    rows.add(1, 18.0, [(1, 0, "_x0041_")])
    (tmp_path / "p.xlsx").write_bytes(_complete(Workbook(), rows))
    assert read_book(tmp_path / "p.xlsx").sheets[0].at(1, 1).value == "_x0041_"
