"""What is written into a cell is what a reader gets; what no cell can hold is left out or refused, never cut unseen."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kamxl.xlsx.book import Cell, CellStyle
from kamxl.xlsx.bounded_xml import Allowance
from kamxl.xlsx.sheet import read_sheet
from kamxl.xlsx.values import Context, date_to_serial, serial_to_date
from kamxl.xlsx.writing import LONGEST_TEXT, Content, cell_text, cell_xml
from tests.corpus.crafting import sheet_xml

moment = dt.datetime.fromisoformat


def read_back(xml: str) -> Cell | None:
    """The cell of a sheet that has no other one; style 1 shows dates."""
    content = sheet_xml(f'<row r="1">{xml}</row>').encode()
    context = Context((), {"1": CellStyle("dd.mm.yyyy", is_date=True)})
    found = read_sheet("Plan", content, context, Allowance(99), 9)
    assert not found.damages
    return found.cells.get((1, 1))


@pytest.mark.parametrize(
    ("value", "style", "formula", "xml"),
    [
        (None, "", "", '<c r="A1"/>'),
        ("", 3, "", '<c r="A1" s="3"/>'),
        (None, "3", "<f>B1</f>", '<c r="A1" s="3"><f>B1</f></c>'),
        ("", "", "<f>B1</f>", '<c r="A1" t="str"><f>B1</f><v></v></c>'),
        ("x & y", 0, "<f>B1</f>", '<c r="A1" s="0" t="str"><f>B1</f><v>x &amp; y</v></c>'),
        (True, "", "", '<c r="A1" t="b"><v>1</v></c>'),
        (7, "", "", '<c r="A1"><v>7</v></c>'),
        (7.0, "", "", '<c r="A1"><v>7</v></c>'),
        (0.1, "", "<f>B1</f>", '<c r="A1"><f>B1</f><v>0.1</v></c>'),
        (dt.date(2025, 3, 31), "", "", '<c r="A1"><v>45747</v></c>'),
        (moment("2025-01-21T18:00"), "", "", '<c r="A1"><v>45678.75</v></c>'),
        (" x", "", "", '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> x</t></is></c>'),
    ],
)  # fmt: skip
def test_each_kind_of_value_has_its_form(
    value: Content, style: str | int, formula: str, xml: str
) -> None:
    """A value stands in the form that Excel itself writes, after the formula whose result it is."""
    assert cell_xml("A1", value, style, formula) == xml


@settings(deadline=None)
@example("\x1b\n0")
@given(st.text(st.characters() | st.sampled_from("\r\n\t _x0041&<>]\x07\ud800")))
def test_any_text_is_read_back_as_what_a_cell_can_hold(text: str) -> None:
    """Markup, escapes, line ends and spaces survive; what cannot be held is what `cell_text` leaves out."""
    held = cell_text(text)
    cell = read_back(cell_xml("A1", text))
    assert (cell.value if cell else "") == held
    assert cell_text(held) == held


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False) | st.booleans())
def test_any_number_is_read_back_exactly(value: float) -> None:
    """A number keeps every digit, and a truth value stays one."""
    cell = read_back(cell_xml("A1", value))
    assert cell is not None
    assert (cell.value, type(cell.value)) == (value, type(value))


@settings(deadline=None)
@given(st.datetimes(moment("1900-03-01"), moment("9999-12-31")))
def test_any_moment_is_read_back(when: dt.datetime) -> None:
    """A date with its time comes back to the millisecond, a day as a day."""
    found = serial_to_date(date_to_serial(when))
    assert found is not None
    if not isinstance(found, dt.datetime):
        found = dt.datetime.combine(found, dt.time())
    assert abs(found - when) <= dt.timedelta(milliseconds=1)
    cell = read_back(cell_xml("A1", when.date(), 1))
    assert cell is not None
    assert cell.value == when.date()


@pytest.mark.parametrize(
    ("day", "serial"), [("1900-01-01", 1), ("1900-02-28", 59), ("1900-03-01", 61)]
)
def test_days_of_early_1900_have_the_numbers_that_excel_gives_them(
    day: str, serial: int
) -> None:
    """Excel counts a 29 February 1900, so the days before it have a number less."""
    assert date_to_serial(dt.date.fromisoformat(day)) == serial


@pytest.mark.parametrize("formula", ["", "<f>B1</f>"])
@pytest.mark.parametrize(
    "value", ["x" * (LONGEST_TEXT + 1), float("nan"), float("-inf")]
)
def test_what_no_cell_can_hold_is_refused(value: Content, formula: str) -> None:
    """Nothing is cut or emptied where nobody would notice."""
    with pytest.raises(ValueError, match="a cell cannot hold"):
        cell_xml("A1", value, "", formula)


def test_a_text_is_cut_only_by_the_function_that_says_so() -> None:
    """`cell_text` makes any text one that a cell takes."""
    text = cell_text("\x00" + "x" * LONGEST_TEXT + "y")
    assert len(text) == LONGEST_TEXT
    assert re.search("<t>x+</t>", cell_xml("A1", text))
