"""Scores once more: a plan's figures worked out in Python beside what its formulas show.

In a workbook that is no plan the cells with KAM functions are entered anew, because Excel looks a function up only
then: a workbook that was opened before the add-in was there shows #NAME? until that happens.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from kamxl.checks.check import check
from kamxl.document import wording
from kamxl.document.extract import Extract
from kamxl.document.figures import figure_label, figures
from kamxl.document.keys import GROWTH, MARKERS, TOTAL
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.paths import pattern_of
from kamxl.excel.control import words
from kamxl.excel.control.checking import read_open_plan
from kamxl.excel.control.desk import (
    cell_link,
    drop_sheet,
    freeze,
    new_list,
    now_shown,
    typed,
    unlocked,
)
from kamxl.excel.control.panel import Panel, is_plan
from kamxl.xlsx.book import address

_FUNCTION = "KAM_"
_COLUMNS = {
    words.COLUMN_SHEET: 28, words.COLUMN_CELL: 10, words.COLUMN_FIGURE: 48, words.COLUMN_SHOWN: 20,
    words.COLUMN_COMPUTED: 20,
}  # fmt: skip
_ENTRY = re.compile(r"(?P<table>.+)\[(?P<index>\d+)\]\.(?P<key>\w+)")
_CLOSING = re.compile(
    rf"(?P<table>.+)(?P<row>{re.escape(TOTAL)}|{re.escape(GROWTH)})\.(?P<key>\w+)"
)

SheetValues = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure for which the workbook shows something else than follows from its entries."""

    sheet: str
    cell: str
    label: str
    shown: object
    computed: object


def refresh(panel: Panel) -> str:
    """Recompute the plan, or the KAM functions of the active sheet of another workbook."""
    book = panel.target()
    if is_plan(book):
        return _recompute(book, panel)
    sheet = book.sheets.active
    with unlocked(sheet, panel.language):
        count = _reenter(sheet)
    text = words.REENTERED if count else words.NO_FUNCTIONS
    return panel.say(text, name=book.name, sheet=sheet.name, count=count)


def _reenter(sheet: xw.Sheet) -> int:
    """Make Excel look up every KAM function again; returns in how many cells there is one."""
    used = sheet.used_range
    formulas = used.options(ndim=2).formula
    rows = formulas if isinstance(formulas, list | tuple) else [[formulas]]
    count = sum(
        _FUNCTION in str(cell)
        for row in rows
        for cell in (row if isinstance(row, list | tuple) else [row])
    )
    if count:
        used.replace_all(_FUNCTION, _FUNCTION, match_case=True)
    return count


def _recompute(book: xw.Book, panel: Panel) -> str:
    extract = read_open_plan(book, panel)
    language = extract.identity.language
    title = wording.RECOMPUTED[language]
    drop_sheet(book, title)
    count, wrong = _compare(book, extract)
    if not wrong:
        return panel.say(words.ALL_AGREE, name=book.name, count=count)
    _list(book, wrong, language)
    return panel.say(
        words.SOME_DIFFER, name=book.name, count=count, wrong=len(wrong), sheet=title
    )


def _compare(book: xw.Book, extract: Extract) -> tuple[int, list[Difference]]:
    """How many figures there are in the workbook, and those that differ, in its order."""
    spec, language = extract.spec, extract.identity.language
    today = dt.date.today()
    checked = check(extract, today=today)
    layout = lay_out(spec, language)
    grids = {sheet.name: _grid(sheet) for sheet in book.sheets}
    places = _Places(grids, layout)
    count, wrong = 0, []
    for path, value in figures(checked.plan, spec, today, checked.off_scale).items():
        place = places.of(path)
        if place is None:
            continue
        count += 1
        computed = figure_label(spec, path, value, language)
        sheet, row, column = place
        shown = grids[sheet][row - 1][column - 1]
        if not _same(shown, computed):
            figure = spec.figures.get(pattern_of(path))
            label = figure.label[language] if figure else path
            cell = address(row, column)
            wrong.append(Difference(sheet, cell, label, shown, computed))
    return count, wrong


def _grid(sheet: xw.Sheet) -> SheetValues:
    """All values of a sheet, from A1 on."""
    used = sheet.used_range
    last = (used.row + used.shape[0] - 1, used.column + used.shape[1] - 1)
    return list(sheet.range((1, 1), last).options(ndim=2).value)


def _same(shown: object, computed: object) -> bool:
    if shown == "":
        shown = None
    if isinstance(shown, int | float) and isinstance(computed, int | float):
        return abs(shown - computed) <= 1e-9 * max(1.0, abs(computed))
    return shown == computed


class _Places:
    """Where each figure stands now, by the hidden keys of its row and column."""

    def __init__(self, grids: Mapping[str, SheetValues], layout: Layout) -> None:
        self.layout = layout
        self.grids = grids
        self.blocks: dict[str, tuple[str, dict[str, int], dict[str, int]]] = {}
        for name, grid in grids.items():
            self._find(name, grid)

    def of(self, path: str) -> tuple[str, int, int] | None:
        """Sheet, row and column of a figure; None where it is not in the workbook."""
        keyed = self._keyed(path)
        if keyed is not None:
            return self._in_block(*keyed)
        if path not in self.layout.spots:
            return None
        layout, spot = self.layout.spots[path]
        grid = self.grids.get(layout.name, [[]])
        inside = spot.row <= len(grid) and spot.column <= len(grid[0])
        return (layout.name, spot.row, spot.column) if inside else None

    def _in_block(
        self, block: str, row_key: str, column_key: str
    ) -> tuple[str, int, int] | None:
        sheet, rows, columns = self.blocks.get(block, ("", {}, {}))
        if row_key not in rows or column_key not in columns:
            return None
        return sheet, rows[row_key], columns[column_key]

    def _find(self, name: str, grid: SheetValues) -> None:
        """The tables and the matrix of a sheet."""
        rows: dict[str, int] = {}
        for number, line in enumerate(grid, start=1):
            key = line[0] if isinstance(line[0], str) else ""
            if key.startswith(tuple(MARKERS.values())):
                rows = {}
                columns = {
                    str(text): place
                    for place, text in enumerate(line[1:], start=2)
                    if text
                }
                self.blocks[key.split(" ", 1)[1]] = (name, rows, columns)
            elif key:
                rows.setdefault(key.split(" ", 1)[0], number)

    def _keyed(self, path: str) -> tuple[str, str, str] | None:
        """Block, row key and column key of a figure that stands in a table or in the matrix."""
        closing = _CLOSING.fullmatch(path)
        if closing:
            return closing["table"], closing["table"] + closing["row"], closing["key"]
        entry = _ENTRY.fullmatch(path)
        if entry is None:
            return None
        table, index, key = entry["table"], entry["index"], entry["key"]
        if table in self.blocks:
            return table, f"{table}[{index}]", key
        parent, _, side = table.partition(".")
        if side == "people":
            return parent, f"{parent}.people.{key}", f"[{index}].actual"
        return parent, f"{parent}.team[{index}]", f"team.{key}"


def _list(book: xw.Book, wrong: Sequence[Difference], language: str) -> None:
    title = wording.RECOMPUTED[language]
    day, _, _ = now_shown(language).partition(" ")
    note = words.DIFFERENCES[language].format(when=day)
    rows = [_row(difference, words.EMPTY[language]) for difference in wrong]
    freeze(new_list(book, title, note, _COLUMNS, rows, language))


def _row(difference: Difference, empty: str) -> list[object]:
    values = (difference.shown, difference.computed)
    return [
        typed(difference.sheet),
        cell_link(difference.sheet, difference.cell, difference.cell),
        typed(difference.label),
        *(typed(empty if value in (None, "") else value) for value in values),
    ]
