"""A filled sheet: everything in use is seen, no word is broken that has room, nothing empty costs a page."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.fill import Template
from kamxl.document.extract import WorkbookKind
from kamxl.document.identity import identity_for
from kamxl.document.layout.metrics import column_for
from kamxl.texts import Language
from tests.plan_files import layout_of, template

WORD = "Gleitringdichtungen"
GROUP = "opportunities.open[{row}].product_group"


@cache
def pen(language: Language) -> Template:
    """What plans are filled with."""
    layout = layout_of("full", language)
    settings = layout.spec.settings.shaping_json()
    return Template(template("full", language), layout, settings)


def sheet_of(
    key: str, values: dict[str, Any], language: Language = Language.DE
) -> Worksheet:
    """A sheet of a plan that holds these entries."""
    layout = layout_of("full", language)
    kind = WorkbookKind.PLAN
    identity = identity_for(layout.spec, language, kind, "K 1", "1" * 36, "2026-11-20")
    book = load_workbook(io.BytesIO(pen(language).fill(values, {}, identity)))
    return book[layout.sheet(key).name]


def row_of(path: str) -> int:
    """The row of an entry."""
    return layout_of().spots[path][1].row


def width_of(sheet: Worksheet, path: str) -> float:
    """The width of an entry's column."""
    letter = get_column_letter(layout_of().spots[path][1].column)
    return float(sheet.column_dimensions[letter].width)


def is_hidden(sheet: Worksheet, column: int) -> bool:
    """Whether a column is folded away."""
    groups = sheet.column_dimensions.values()
    return any(one.hidden for one in groups if one.min <= column <= one.max)


@pytest.mark.parametrize("number", [1, 14, 20, 30])
def test_rows_in_use_are_seen(number: int) -> None:
    """However many projects there are, the row of each is seen and printed; the empty ones stay folded."""
    names = [f"opportunities.open[{row}].project" for row in range(30)]
    sheet = sheet_of("opportunities", dict.fromkeys(names[:number], "Projekt"))
    hidden = [bool(sheet.row_dimensions[row_of(name)].hidden) for name in names]
    assert not any(hidden[:number])
    assert all(hidden[max(number, 13) :])


@pytest.mark.parametrize("number", [3, 12, 25])
def test_people_in_use_are_seen(number: int) -> None:
    """The columns of all people who are named are seen; the others stay folded."""
    names = [f"contacts.people[{person}].name" for person in range(25)]
    sheet = sheet_of("contacts", dict.fromkeys(names[:number], "Dr. Anke Steffens"))
    columns = [layout_of().spots[name][1].column for name in names]
    hidden = [is_hidden(sheet, column) for column in columns]
    assert not any(hidden[:number])
    assert all(hidden[max(number, 10) :])


def test_columns_are_as_wide_as_their_words() -> None:
    """A long word is not broken, and the page is as wide as before."""
    path = GROUP.format(row=0)
    plain, filled = (
        sheet_of("opportunities", {}),
        sheet_of("opportunities", {path: WORD}),
    )
    needed = column_for(WORD, 9.7, indented=True)
    assert width_of(plain, path) < needed <= width_of(filled, path) + 0.01
    sums = [
        sum(one.width for one in sheet.column_dimensions.values())
        for sheet in (plain, filled)
    ]
    assert sums[1] == pytest.approx(sums[0], abs=0.5)


def test_topics_of_the_matrix_keep_their_words() -> None:
    """Where topics ask for wider crossings, people who are not named yet make room: still one page across."""
    values: dict[str, Any] = {
        f"contacts.people[{person}].name": "Muster" for person in range(7)
    }
    fields = layout_of().spec.fields
    topic = next(p for p, f in fields.items() if p.count("[]") == 2 and f.max_length)
    path = topic.replace("[]", "[0]")
    sheet = sheet_of("contacts", values | {path: "Membranumstellung"})
    assert 2 * width_of(sheet, path) >= column_for("Membranumstellung", 9.7) - 0.01
    assert not [brk for brk in sheet.col_breaks.brk if not is_hidden(sheet, brk.id)]


@pytest.mark.parametrize("language", list(Language))
def test_people_who_make_room_hide_no_figure(language: Language) -> None:
    """Whoever is folded away for the room of others, each tile of the sheet keeps columns that are seen."""
    names = {f"contacts.people[{person}].name": "Muster" for person in range(3)}
    layout = layout_of("full", language)
    topic = next(p for p in layout.spec.fields if p.count("[]") == 2 and "topic" in p)
    words = {topic.replace("[]", "[0]"): "Membranumstellungen"}
    sheet = sheet_of("contacts", names | words, language)
    for figure in layout.sheet("contacts").spec.figures:
        spot = layout.spots[figure.pattern][1]
        columns = range(spot.column, max(spot.last_column, spot.column) + 1)
        assert not all(is_hidden(sheet, column) for column in columns), figure.pattern


def test_empty_rows_that_cost_a_page_are_folded() -> None:
    """Where high rows push empty ones to a page of their own, these are folded away; two of them stay."""
    steps = {f"opportunities.open[{row}].next_step": "Wort " * 20 for row in range(5)}
    sheet = sheet_of("opportunities", steps)
    seen = [
        not sheet.row_dimensions[row_of(f"opportunities.open[{row}].project")].hidden
        for row in range(30)
    ]
    assert 7 <= sum(seen) < 13
    assert all(seen[: sum(seen)])
    assert not sheet.row_breaks.brk


def test_nothing_changes_where_nothing_asks_for_it() -> None:
    """Short entries leave widths, heights and folds as they were drawn."""
    plain = sheet_of("opportunities", {})
    filled = sheet_of("opportunities", {"opportunities.open[0].project": "Kurz"})
    for one in (plain, filled):
        assert [dict(d) for d in one.column_dimensions.values()] == [
            dict(d) for d in plain.column_dimensions.values()
        ]
        assert {r: dict(d) for r, d in one.row_dimensions.items()} == {
            r: dict(d) for r, d in plain.row_dimensions.items()
        }
