"""Plans whose computed cells hold what their formulas give, as Excel leaves them, and what people do to such cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kamxl.checks.check import check
from kamxl.checks.findings import Finding
from kamxl.document.drawing.fill import Template
from kamxl.document.extract import WorkbookKind
from kamxl.document.figures import figure_label, figures
from kamxl.document.identity import identity_for
from kamxl.document.layout.layout import Layout
from kamxl.document.progress import progress_figures
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, Cell, State
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.extracts import SOUND, TODAY, extract_of, settings_of
from tests.plan_files import layout_with, template_of
from tests.plan_tables import Raw

ABOUT_FIGURES = {"KAM245", "KAM246", "KAM247", "KAM248", "KAM249", "KAM262"}


@cache
def layout() -> Layout:
    """The layout of the sound plan."""
    return layout_with(settings_of())


@cache
def _template() -> Template:
    return Template(template_of(layout()), layout(), settings_of().shaping_json())


def calculated(
    values: Mapping[str, Raw] = SOUND,
    shown: Mapping[str, Any] | None = None,
    day: dt.date = TODAY,
    *,
    results: bool = True,
) -> Book:
    """A plan with these entries, calculated on `day`; `shown` are results that the program got otherwise.

    Without `results` no formula has been calculated.
    """
    spec = layout().spec
    plan = check(extract_of(values), today=TODAY).plan
    found = figures(plan, spec, day) | progress_figures(plan, spec, "de")
    labels = {
        path: figure_label(spec, path, value, "de") for path, value in found.items()
    }
    given = {**labels, **(shown or {})} if results else {}
    identity = identity_for(spec, "de", WorkbookKind.PLAN, "10023", "", "2026-09-01")
    data = _template().fill(values, given, identity)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(data)
        return read_book(path)


def findings_of(book: Book, day: dt.date = TODAY) -> Sequence[Finding]:
    """What is the matter with the computed cells of a book."""
    found = check(extract_plan(book), today=day).findings
    return [finding for finding in found if finding.code in ABOUT_FIGURES]


def place(path: str) -> tuple[str, str]:
    """Sheet and cell of a path."""
    return layout().spots[path][0].name, layout().cell(path)


def typed_over(book: Book, path: str, value: float | str) -> Book:
    """A value in place of a formula."""
    return edits.put(book, *place(path), value)


def deleted(book: Book, path: str) -> Book:
    """Nothing in place of a formula."""
    sheet, where = place(path)
    return edits.clear(book, sheet, lambda cell: cell.address == where)


def rewritten(book: Book, path: str, formula: str, value: float | str) -> Book:
    """Another formula, with its result."""
    sheet, where = place(path)
    cells = [
        cell._replace(formula=formula, state=State.VALUE, value=value, raw=str(value))
        if cell.address == where
        else cell
        for cell in edits.sheet(book, sheet).cells.values()
    ]
    return edits.with_cells(book, sheet, cells)


def with_row(book: Book, values: Mapping[str, float | str]) -> Book:
    """A row inserted below the first open project, with entries but without a formula."""
    sheet, first = place("opportunities.open[0].project")
    row = int(first.lstrip("ABCDEFGHIJ")) + 1
    book = edits.insert_rows(book, sheet, row)
    cells = list(edits.sheet(book, sheet).cells.values())
    for key, value in values.items():
        column = layout().spots[f"opportunities.open[0].{key}"][1].column
        cells.append(Cell(row, column, State.VALUE, value, str(value)))
    return edits.with_cells(book, sheet, cells)


def of_old(book: Book) -> Book:
    """The book as if it had been generated before workbooks knew their formulas."""
    return edits.clear(book, "_kamxl", lambda cell: cell.raw == "formulas")
