"""Comments and text boxes are told of, though nothing of them is read; a chart is neither."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from kamxl.xlsx.cells import read_book
from tests.book_edits import sheet
from tests.plan_files import saved, template

BOX = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>Bitte prüfen</a:t></a:r></a:p></xdr:txBody></xdr:sp>"


def test_a_template_has_neither(tmp_path: Path) -> None:
    """What kamxl draws, its chart too, is no note."""
    book = read_book(saved(template(), tmp_path / "plan.xlsx"))
    assert not any(one.has_notes for one in book.sheets)


@pytest.mark.parametrize("kind", ["comment", "chart", "nothing"])
def test_a_comment_is_told_of_its_sheet(kind: str, tmp_path: Path) -> None:
    """A comment counts, a chart does not."""
    book, path = openpyxl.Workbook(), tmp_path / "a.xlsx"
    first, other = book.worksheets[0], book.create_sheet("Liste")
    first["A1"], other["A1"] = 1, 1
    if kind == "comment":
        first["A1"].comment = Comment("Stimmt das?", "Anna")
    elif kind == "chart":
        chart = BarChart()
        chart.add_data(Reference(other, min_col=1, min_row=1, max_row=1))
        first.add_chart(chart, "C3")
    book.save(path)
    found = read_book(path)
    told = {one.name for one in found.sheets if one.has_notes}
    assert told == ({first.title} if kind == "comment" else set())
    assert sheet(found, "Liste").cells


def test_a_text_box_is_told_of_its_sheet(tmp_path: Path) -> None:
    """A text box lies in the sheet's drawing."""
    path = tmp_path / "plan.xlsx"
    edited = 0
    with zipfile.ZipFile(saved(template(), path)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, data in parts.items():
        if name.startswith("xl/drawings/drawing"):
            edited += 1
            parts[name] = data.replace(
                b"<xdr:clientData", BOX.encode() + b"<xdr:clientData"
            )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert sum(one.has_notes for one in read_book(path).sheets) == edited > 0
