"""Every computed cell is found with what stands in it, whatever was moved around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kamxl.document.extract import Entry
from kamxl.document.paths import pattern_of
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, State
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.plan_files import filled, layout_of, samples, saved, template

OPEN, REVENUE, COVER, MATRIX = (
    "5 Offene Projekte", "3 Umsatzanalyse", "Deckblatt", "Kontaktmatrix",
)  # fmt: skip


def computed_paths(profile: str = "full") -> list[str]:
    """The paths of all cells in which a formula stands."""
    layout = layout_of(profile)
    return [path for path in layout.spots if pattern_of(path) not in layout.spec.fields]


@cache
def plan_book(profile: str = "full") -> Book:
    """A plan with an entry in every field; no formula has been calculated, so that each stands in `raw`."""
    layout = layout_of(profile)
    plan = filled(layout, samples(layout), template(profile))
    with TemporaryDirectory() as folder:
        return read_book(saved(plan, Path(folder) / "plan.xlsx"))


def computed(book: Book) -> dict[str, Entry]:
    """What stands in the computed cells, by path."""
    return {entry.path: entry for entry in extract_plan(book).computed}


@pytest.mark.parametrize("profile", ["full", "compact"])
def test_every_figure_has_its_cell_and_formula(profile: str) -> None:
    """Figures of sheets, rows and people, totals and progress: each once, with the formula that stands there."""
    layout, found = layout_of(profile), computed(plan_book(profile))
    assert sorted(found) == sorted(computed_paths(profile))
    for path, entry in found.items():
        assert (entry.sheet, entry.cell) == (
            layout.spots[path][0].name,
            layout.cell(path),
        )
        assert entry.is_formula, path
        assert entry.raw == f"={entry.formula}"
        assert entry.formula


EDITS: dict[str, Callable[[Book], Book]] = {
    "rows above a table": lambda book: edits.insert_rows(book, OPEN, 10, 2),
    "rows above the tiles": lambda book: edits.insert_rows(book, OPEN, 2, 3),
    "a column before a table": lambda book: edits.insert_columns(book, REVENUE, "C", 2),
    "rows on the cover": lambda book: edits.insert_rows(book, COVER, 12, 1),
    "columns in the matrix": lambda book: edits.insert_columns(book, MATRIX, "G", 1),
    "a sheet renamed": lambda book: edits.rename(book, REVENUE, "Zahlen"),
    "names deleted": edits.without_names,
    "two tables pushed down": lambda book: edits.insert_rows(book, REVENUE, 19, 4),
}


@pytest.mark.parametrize("name", EDITS)
def test_computed_cells_are_found_again(name: str) -> None:
    """What was moved keeps its path, and so does all that was not."""
    book = plan_book()
    before = {path: entry.formula for path, entry in computed(book).items()}
    after = {p: entry.formula for p, entry in computed(EDITS[name](book)).items()}
    assert after == before


def test_what_was_typed_over_or_deleted_shows() -> None:
    """A number over a formula is no formula, and a deleted one leaves an empty cell."""
    layout, book = layout_of(), plan_book()
    typed, deleted = "opportunities.open[0].weighted", "revenue.revenue.total.forecast"
    book = edits.put(book, OPEN, layout.cell(typed), 5.0)
    gone = layout.cell(deleted)
    book = edits.clear(book, REVENUE, lambda cell: cell.address == gone)
    found = computed(book)
    assert (found[typed].value, found[typed].is_formula) == (5.0, False)
    assert (found[deleted].cell, found[deleted].state) == (gone, State.EMPTY)


def test_a_row_that_was_inserted_has_its_own_figures() -> None:
    """The computed cell beside an inserted row is that row's."""
    layout, book = layout_of(), plan_book()
    row = layout.spots["opportunities.open[3].project"][1].row
    book = edits.insert_rows(book, OPEN, row)
    column = layout.cell("opportunities.open[3].weighted").rstrip("0123456789")
    book = edits.put(book, OPEN, f"C{row}", "Werk 9")
    book = edits.put(book, OPEN, f"{column}{row}", 7.0)
    assert computed(book)["opportunities.open[3].weighted"].value == 7.0
