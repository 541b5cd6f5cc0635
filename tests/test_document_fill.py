"""Pouring entries into a drawn plan: exact, safe, and one account's entries never in another's workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.fill import Template
from kamxl.document.drawing.page import page_breaks, print_scale
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import identity_for
from kamxl.plan.cover import AccountClass
from kamxl.plan.document import read_plan
from tests.plan_files import filled, layout_of, read_values, samples, saved, template

COMPANY, MEASURE = "cover.company", "measures.measures[0].measure"


@cache
def pourer() -> Template:
    """One template for many accounts."""
    layout = layout_of("compact")
    return Template(template("compact"), layout, layout.spec.settings.shaping_json())


def identity(account: str = "K 1") -> Identity:
    """Who a plan belongs to."""
    spec = layout_of("compact").spec
    return identity_for(
        spec,
        "de",
        WorkbookKind.PLAN,
        account,
        "11111111-0000-0000-0000-000000000000",
        "2026-11-20",
    )


def poured(
    values: dict[str, Any], tmp_path: Path, account: str = "K 1"
) -> dict[str, Any]:
    """The entries of a plan that was filled and read back."""
    return read_values(
        read_plan(
            saved(pourer().fill(values, {}, identity(account)), tmp_path / "plan.xlsx")
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+49", "-", "@x", "_x0041_", "_x005F_x0041_", "a & <b> \"c\" 'd' ]]>", " vorn und hinten ",
        "Zeile 1\nZeile 2", "\tTab", "01069", "1e5", "TRUE", "#REF!", "Ünïcödé 漢字 🚀", "x" * 32_767,
    ],
)  # fmt: skip
def test_texts_come_back_letter_by_letter(text: str, tmp_path: Path) -> None:
    """A text stays that text, whatever a spreadsheet program would like to make of it."""
    assert poured({COMPANY: text, MEASURE: text}, tmp_path)[MEASURE] == text


def test_what_no_cell_can_hold_is_left_out_or_refused(tmp_path: Path) -> None:
    """Control characters vanish, line ends are made alike; too long a text and what is no number are refused."""
    assert (
        poured({COMPANY: "a\x00b\x0bc\ud800d\r\ne\rf"}, tmp_path)[COMPANY]
        == "abcd\ne\nf"
    )
    assert poured({}, tmp_path, "K\x02 & <7>") == poured({}, tmp_path)
    for value in ("x" * 32_768, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="a cell cannot hold"):
            pourer().fill({MEASURE: value}, {}, identity())


@pytest.mark.parametrize(
    "number", [0.0, -0.5, 0.1 + 0.2, 1e-12, 123456789012.34, 1e12, 7, True]
)
def test_numbers_come_back_exactly(number: float, tmp_path: Path) -> None:
    """Every digit of a number survives."""
    assert (
        poured({"revenue.revenue[0].target": number}, tmp_path)[
            "revenue.revenue[0].target"
        ]
        == number
    )


def test_numbers_of_a_library_are_plain_numbers(tmp_path: Path) -> None:
    """A number from a data frame is written as a number, not as Python shows it."""
    numpy = pytest.importorskip("numpy")
    values = {
        "revenue.revenue[0].target": numpy.float64(12.5),
        "revenue.revenue[1].target": numpy.int64(7),
    }
    read = poured(values, tmp_path)
    assert {path: read[path] for path in values} == {
        "revenue.revenue[0].target": 12.5,
        "revenue.revenue[1].target": 7.0,
    }


def test_dates_and_choices(tmp_path: Path) -> None:
    """A date is a date, a choice stands there as its label."""
    read = poured(
        {
            "cover.created_on": dt.date(1990, 1, 1),
            "cover.account_class": AccountClass.KEY,
        },
        tmp_path,
    )
    assert (read["cover.created_on"], read["cover.account_class"]) == (
        dt.date(1990, 1, 1),
        AccountClass.KEY.label.de,
    )


def test_nothing_of_one_account_is_in_the_next(tmp_path: Path) -> None:
    """The same template filled twice: the second plan holds its own entries only."""
    layout = layout_of("compact")
    pourer().fill(samples(layout), {}, identity("K 1"))
    assert poured({COMPANY: "Zweite AG"}, tmp_path, "K 2") == {
        **poured({}, tmp_path),
        COMPANY: "Zweite AG",
    }
    again = read_plan(
        saved(pourer().fill({}, {}, identity("K 3")), tmp_path / "third.xlsx")
    )
    assert again.identity == identity("K 3")


def test_none_empties_a_prefilled_cell(tmp_path: Path) -> None:
    """A prefilled product group can be taken out."""
    path = "revenue.revenue[1].product_group"
    assert path in poured({}, tmp_path)
    assert path not in poured({path: None}, tmp_path)


def test_unknown_paths_are_refused() -> None:
    """An entry that the template has no cell for is not dropped silently."""
    with pytest.raises(KeyError):
        pourer().fill({"cover.shoe_size": 42}, {}, identity())


def test_formulas_stay_and_carry_their_result() -> None:
    """A computed cell keeps its formula and gets the value worked out in Python; entries never replace formulas."""
    layout = layout_of("compact")
    path = "opportunities.open[0].weighted"
    data = pourer().fill({}, {path: 123.5}, identity())
    name, cell = layout.spots[path][0].name, layout.cell(path)
    plain, results = (
        load_workbook(io.BytesIO(data)),
        load_workbook(io.BytesIO(data), data_only=True),
    )
    assert (
        plain[name][cell].value
        == load_workbook(io.BytesIO(template("compact")))[name][cell].value
    )
    assert results[name][cell].value == 123.5


def unmarked(part: bytes) -> bytes:
    """A part without the cell in the gutter that says on every sheet of whose plan it is."""
    return re.sub(rb'<c r="B[0-9]+"[^>/]*>.*?</c>', b"", part)


def test_only_what_is_filled_differs_from_the_template() -> None:
    """Everything else is copied part by part: styles, drawings, print set-up; a chart gets its figures."""
    before, after = (
        zipfile.ZipFile(io.BytesIO(data))
        for data in (template("compact"), pourer().fill({COMPANY: "A"}, {}, identity()))
    )
    with before, after:
        assert before.namelist() == after.namelist()
        changed = {
            name
            for name in before.namelist()
            if unmarked(before.read(name)) != unmarked(after.read(name))
        }
    assert changed <= {
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet14.xml",
        "xl/charts/chart1.xml",
        "docProps/custom.xml",
        "docProps/core.xml",
    }


def test_the_same_entries_give_the_same_bytes() -> None:
    """No clock and no chance in a file: what did not change does not look changed."""
    values = samples(layout_of("compact"))
    assert pourer().fill(values, {}, identity()) == pourer().fill(
        values, {}, identity()
    )
    assert filled(layout_of("compact"), values) == filled(
        layout_of("compact"), values, template("compact")
    )


def test_a_sheet_that_grows_breaks_between_its_blocks() -> None:
    """Where texts make rows higher, the pages begin where a drawn sheet of these heights would begin them."""
    layout = layout_of()
    sheet = next(one for one in layout.sheets if one.spec.key == "profile")
    pen = Template(template(), layout, layout.spec.settings.shaping_json())
    texts = {f"profile.swot[{row}].threats": "Wort " * 40 for row in range(6)}
    drawn, grown = (
        load_workbook(io.BytesIO(pen.fill(values, {}, identity())))[sheet.name]
        for values in ({}, texts)
    )
    rows = grown.row_dimensions.items()
    heights = {row: one.height for row, one in rows if one.height}
    assert any(
        height > sheet.heights.get(row, height) for row, height in heights.items()
    )
    filled_sheet = replace(sheet, heights={**sheet.heights, **heights})
    scale = min(print_scale(sheet), print_scale(filled_sheet))
    assert grown.page_setup.scale == scale
    assert breaks_of(grown) == page_breaks(filled_sheet, scale)
    assert breaks_of(drawn) == page_breaks(sheet, drawn.page_setup.scale)
    assert breaks_of(grown) != breaks_of(drawn)


def breaks_of(sheet: Worksheet) -> list[int]:
    """The rows after which a sheet begins a new page."""
    return [one.id for one in sheet.row_breaks.brk]
