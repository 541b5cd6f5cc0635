"""Rows that people insert, delete, sort and paste, done by LibreOffice: cover, sheet and portfolio agree afterwards."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kamxl.checks.check import check
from kamxl.document.figures import figure_label, figures
from kamxl.document.keys import TOTAL, closing, progress_path
from kamxl.document.layout.layout import Layout
from kamxl.document.paths import flatten
from kamxl.document.required import progress
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, column_letter
from kamxl.xlsx.cells import read_book
from tests.clients.office import Office, Step
from tests.plan_files import filled, layout_of, saved, template

pytestmark = [pytest.mark.client, pytest.mark.slow]

OPEN, PROJECTS, MEASURES, TARGETS, REVENUE = (
    "5 Offene Projekte", "4 Projektanalyse", "9 Maßnahmen", "10 Controlling", "3 Umsatzanalyse",
)  # fmt: skip
STAGES = ("Idee", "gewonnen", "Angebot", "Verhandlung", "zurückgestellt")
MARCH = dt.date(2027, 3, 1)


def entries() -> Mapping[str, Any]:
    """A plan with some rows in every table that has totals, weights or counts."""
    found: dict[str, Any] = {"cover.account_id": "10012", "cover.company": "Muster AG"}
    for i in range(5):
        found |= row(
            f"opportunities.open[{i}]", project=f"Projekt {5 - i}", value=1e5 * (i + 1),
            probability=(i + 2) / 10, close_date=MARCH, stage=STAGES[i],
        )  # fmt: skip
        found |= row(
            f"measures.measures[{i}]", measure=f"Schritt {i}", budget=1000.0 * i,
            area="Marketing", status="offen", due=MARCH, responsible="A. Muster",
        )  # fmt: skip
        found |= row(f"projects.won[{i}]", project=f"Erfolg {i}", value=5e4 * (i + 1))
        found |= row(
            f"revenue.revenue[{i}]",
            actual_4=1e5,
            actual_2=2e5,
            forecast=3e5,
            target=4e5,
        )
    for i in range(3):
        found |= row(
            f"controlling.targets[{i}]", baseline=10.0 * i, target=100.0, actual=50.0 + i, weight=(2 + i) / 10
        )  # fmt: skip
    return found


def row(record: str, **values: Any) -> dict[str, Any]:
    """The entries of one row by path."""
    return {f"{record}.{key}": value for key, value in values.items()}


def at(path: str) -> tuple[int, str]:
    """Row and column of an entry as generated."""
    spot = layout_of().spots[path][1]
    return spot.row, column_letter(spot.column)


def typed(sheet: str, row: int, record: str, texts: Mapping[str, str]) -> list[Step]:
    """A person types texts into a row, below the columns of `record`."""
    return [
        ("enter", sheet, f"{at(f'{record}.{key}')[1]}{row}", text)
        for key, text in texts.items()
    ]


def inserted(
    sheet: str, record: str, texts: Mapping[str, str], down: int = 0
) -> list[Step]:
    """A person inserts a row `down` rows below that of `record`, as the menu does, and fills it in."""
    row = at(f"{record}.{next(iter(texts))}")[0] + down
    menu: Step = ("command", sheet, f"C{row}", "InsertRowsBefore")
    return [menu, *typed(sheet, row, record, texts)]


def deleted(sheet: str, first: str, count: int) -> list[Step]:
    """A person marks rows from that of an entry on and deletes them."""
    row = at(first)[0]
    return [("command", sheet, f"A{row}:Z{row + count - 1}", "DeleteRows")]


def sorted_by(sheet: str, table: str, key: str) -> list[Step]:
    """A person sorts the visible cells of a table, the largest first."""
    layout = layout_of()
    columns = [layout.columns[c.pattern][1] for c in layout.spec.table(table).columns]
    first, last = min(c.column for c in columns), max(c.column for c in columns)
    spot = layout.columns[layout.spec.table(table).pattern_of(key)][1]
    cells = f"{column_letter(first)}{spot.first}:{column_letter(last)}{spot.last}"
    how = {
        "ByRows": True,
        "HasHeader": False,
        "Col1": spot.column,
        "Ascending1": False,
    }
    return [("command", sheet, cells, f"DataSort {json.dumps(how)}")]


PROJECT = {
    "project": "Neu",
    "value": "1000000",
    "probability": "50 %",
    "close_date": "1.5.2027",
}
MEASURE = {
    "measure": "Neu",
    "budget": "7000",
    "area": "Marketing",
    "status": "offen",
    "due": "1.2.2027",
}
TARGET = {"baseline": "0", "target": "10", "actual": "9", "weight": "30 %"}
GROUP = {
    "product_group": "Neu",
    "actual_2": "50000",
    "forecast": "60000",
    "target": "70000",
}
LAST_PROJECT, LAST_MEASURE, LAST_TARGET = 30, 30, 10
LINES = [at(f"opportunities.open[{index}].project")[0] for index in range(30)]
WON = {"project": "Neu", "value": "99000"}
OVERDUE = {**MEASURE, "due": "1.2.2020"}

EDITS: dict[str, list[Step]] = {
    "nothing": [],
    "a project inserted above the first": inserted(OPEN, "opportunities.open[0]", PROJECT),
    "a project inserted in between": inserted(OPEN, "opportunities.open[2]", PROJECT),
    "a project inserted below the last row": inserted(OPEN, "opportunities.open[0]", PROJECT, LAST_PROJECT),
    "three projects inserted": [
        step for down in (0, 4, 9) for step in inserted(OPEN, "opportunities.open[0]", PROJECT, down)
    ],
    "a measure inserted above the first": inserted(MEASURES, "measures.measures[0]", MEASURE),
    "an overdue measure inserted in between": inserted(MEASURES, "measures.measures[1]", OVERDUE),
    "a measure inserted above the total": inserted(MEASURES, "measures.measures[0]", MEASURE, LAST_MEASURE),
    "a target inserted above the first": inserted(TARGETS, "controlling.targets[0]", TARGET),
    "a target inserted in between": inserted(TARGETS, "controlling.targets[1]", TARGET),
    "a target inserted above the total": inserted(TARGETS, "controlling.targets[0]", TARGET, LAST_TARGET),
    "a won project inserted above the total": inserted(PROJECTS, "projects.won[0]", WON, 8),
    "a product group inserted above the total": inserted(REVENUE, "revenue.revenue[0]", GROUP, 5),
    "the first projects deleted": deleted(OPEN, "opportunities.open[0].project", 2),
    "the last rows deleted": deleted(OPEN, "opportunities.open[25].project", 5),
    "targets deleted": deleted(TARGETS, "controlling.targets[1].indicator", 2),
    "all rows but one deleted": deleted(MEASURES, "measures.measures[1].measure", 29),
    "projects sorted": sorted_by(OPEN, "opportunities.open", "value"),
    "measures sorted": sorted_by(MEASURES, "measures.measures", "budget"),
    "targets sorted": sorted_by(TARGETS, "controlling.targets", "weight"),
    "rows copied and pasted": [
        ("paste", OPEN, "C{0}:M{4}".format(*LINES), OPEN, f"C{LINES[5]}"),
    ],
    # LibreOffice pastes nothing where a part of the rows is filtered away, so they are shown first.
    "rows pasted over the fold": [
        ("command", OPEN, f"A{LINES[0]}:Z{LINES[-1]}", "ShowRow"),
        ("paste", OPEN, "C{0}:M{4}".format(*LINES), OPEN, f"C{LINES[13]}"),
    ],
    "inserted, sorted and deleted": [
        *inserted(OPEN, "opportunities.open[1]", PROJECT),
        *sorted_by(OPEN, "opportunities.open", "value"),
        *deleted(OPEN, "opportunities.open[1].project", 1),
    ],
}  # fmt: skip


UNCHANGED = {"nothing", "the last rows deleted"}


@pytest.mark.parametrize("name", EDITS)
def test_cover_sheets_and_portfolio_agree(
    name: str, office: Office, tmp_path: Path
) -> None:
    """What the workbook works out after the edit is what kamxl works out from the entries it reads."""
    layout = layout_of()
    plan = saved(filled(layout, entries(), template()), tmp_path / "plan.xlsx")
    edited = office.edit(plan, EDITS[name], tmp_path / "edited.xlsx")
    book = read_book(edited)
    before = check(extract_plan(read_book(plan)), today=dt.date.today())
    checked = check(extract_plan(book), today=dt.date.today())
    assert isinstance(checked.plan, AccountPlan)
    wanted = expected(checked.plan, layout)
    found = dict(shown(book, layout))
    assert differing(found, wanted) == {}
    entered = [flatten(one.plan, layout.spec) for one in (before, checked)]
    assert (entered[0] == entered[1]) == (name in UNCHANGED)
    assert found.keys() >= {"cover.weighted_pipeline", "opportunities.weighted_total"}


def differing(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What the workbook shows otherwise than Python works it out, with both."""
    pairs = {path: (found[path] or None, wanted.get(path) or None) for path in found}
    return {
        path: pair
        for path, pair in pairs.items()
        if pair[0] != (pytest.approx(pair[1]) if pair[1] else pair[1])
    }


def test_the_entries_edited_are_all_there(office: Office, tmp_path: Path) -> None:
    """The issue's own example: 1,000,000 at 50 % more weigh 500,000 more, on the cover too."""
    layout = layout_of()
    plan = saved(filled(layout, entries(), template()), tmp_path / "plan.xlsx")
    for name in (
        "a project inserted in between",
        "a project inserted below the last row",
    ):
        edited = office.edit(plan, EDITS[name], tmp_path / "edited.xlsx")
        before = office.edit(plan, [], tmp_path / "before.xlsx")
        values = [dict(shown(read_book(path), layout)) for path in (before, edited)]
        for path in ("cover.weighted_pipeline", "opportunities.weighted_total"):
            assert values[1][path] - values[0][path] == pytest.approx(500_000)


def shown(book: Book, layout: Layout) -> Iterator[tuple[str, Any]]:
    """The figures of the sheets, the counts of the cover and the totals as the workbook shows them."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    figures_of_sheets = [
        f.pattern for sheet in layout.spec.sheets for f in sheet.figures
    ]
    counts = [
        progress_path(sheet.key, name)
        for sheet in layout.spec.sheets
        for name in ("filled", "required")
    ]
    for path in (*figures_of_sheets, *counts):
        sheet, spot = layout.spots[path]
        yield path, sheets[sheet.name].at(spot.row, spot.column).value
    for table in layout.spec.tables:
        cells = sheets[layout.sheet(table.sheet).name]
        keys = {
            cell.value: row
            for (row, column), cell in cells.cells.items()
            if column == 1
        }
        for key in table.totals:
            line = keys[table.pattern + TOTAL]
            column = layout.spots[closing(table.pattern, TOTAL, key)][1].column
            value = cells.at(line, column).value
            yield closing(table.pattern, TOTAL, key), value


def expected(plan: AccountPlan, layout: Layout) -> dict[str, Any]:
    """The same as Python works it out."""
    spec, language = layout.spec, layout.language
    found: dict[str, Any] = {
        path: figure_label(spec, path, value, language)
        for path, value in figures(plan, spec, dt.date.today()).items()
    }
    for sheet, (done, owed) in progress(plan, spec).items():
        found[progress_path(sheet, "filled")] = done
        found[progress_path(sheet, "required")] = owed
    return found
