"""Tables for people: a real Excel table with filters, totals above its head, every row linked to its source.

Totals stand above the head, where they stay in sight and no sorting can reach them: one line with the sum of all rows,
to the cent, and one with a live SUBTOTAL of the rows that a filter leaves.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo

from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.columns import Column, wording_of
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.look import CENTS, width_of
from kamxl.portfolio.pages.paper import FIRST, Formula, Paper, spot
from kamxl.xlsx.writing import cell_text

__all__ = ["Printed", "draw_listing", "link_column", "printed"]

_LINE = 13.0  # points
_LEAST, _MOST = 18.0, 160.0
# How wide a character is on average, in digits of the standard font, by which columns are measured.
_USUAL, _BOLD, _SMALL = 0.87, 0.95, 0.82
_LONGEST_WORD = 26  # characters; what is longer (an address) may be broken
_WRAPPED = frozenset(Kind) - {
    Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.PERCENT, Kind.DATE, Kind.SCORE, Kind.IMPORTANCE, Kind.SIGN,
}  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """One printed column: its head, where its values come from, and how they look.

    `role` gives the style by row, `total` sums the column up, `link` names the key of the row's file (the link then
    leads to the row's ``sheet`` and ``cell``).
    """

    label: str
    value: Callable[[Row], Any]
    kind: Kind = Kind.TEXT
    width: float = 0.0
    role: Callable[[Row], str] | str = "cell"
    total: bool = False
    cents: bool = False
    link: bool = False

    def style(self, row: Row) -> str:
        """The role of this column's cell in a row."""
        role = self.role if isinstance(self.role, str) else self.role(row)
        return f"{role}_{CENTS}" if self.cents and role == "cell" else role

    @property
    def room(self) -> float:
        """The column's width in characters."""
        return self.width or width_of(self.kind)


def printed(column: Column, language: str, **changes: Any) -> Printed:
    """A table's column in print: its label, its values with codes as words."""

    def value(row: Row) -> object:
        return wording_of(column, row.get(column.key), language)

    return replace(Printed(column.label[language], value, column.kind), **changes)


def link_column(label: str, text: str, width: float = 11.0) -> Printed:
    """A column whose cells all say `text` and lead to the row's file."""
    return Printed(label, lambda _: text, Kind.TEXT, width, "source", link=True)


def draw_listing(
    paper: Paper,
    row: int,
    name: str,
    columns: Sequence[Printed],
    rows: Sequence[Row],
    *,
    first: int = FIRST,
) -> int:
    """Draw a table from `row` on and return its last row; without rows, a sentence that says so.

    Args:
        paper: the sheet.
        row: where the table begins (its totals, or its head).
        name: the Excel table's name, unique in the workbook.
        columns: what to print, in order.
        rows: what to print it of.
        first: the table's first column.
    """
    if not rows:
        paper.write(
            row,
            first,
            paper.say(wording.NOTHING),
            "hint",
            last_column=first + len(columns) - 1,
        )
        return row
    head = row + 2 if any(column.total for column in columns) else row
    last = head + len(rows)
    if head > row:
        _draw_totals(paper, row, columns, rows, first)
    paper.height(head, 30.0)
    labels = _distinct([column.label for column in columns])
    for place, (column, label) in enumerate(zip(columns, labels, strict=True), first):
        paper.write(head, place, label, "header", column.kind)
    for index, entry in enumerate(rows, head + 1):
        _draw_row(paper, index, columns, entry, first)
    area = f"{spot(head, first)}:{spot(last, first + len(columns) - 1)}"
    table = ExcelTable(displayName=name, ref=area)
    table.tableStyleInfo = TableStyleInfo(
        name="TableStyleLight1", showRowStripes=False, showColumnStripes=False
    )
    # Left to itself, openpyxl makes a cell of every place in the table to read its head.
    table.tableColumns = [
        TableColumn(id=place, name=cell_text(label))
        for place, label in enumerate(labels, first)
    ]
    table.autoFilter = AutoFilter(ref=area)
    paper.sheet.add_table(table)
    return last


def head_row(row: int, columns: Sequence[Printed]) -> int:
    """Where a table that begins in `row` has its head."""
    return row + 2 if any(column.total for column in columns) else row


def set_widths(
    paper: Paper,
    columns: Sequence[Printed],
    rows: Sequence[Row] = (),
    first: int = FIRST,
) -> None:
    """Give the sheet's columns the widths of the printed ones, wider where a single word asks for it."""
    for place, column in enumerate(columns, first):
        paper.width(place, max(column.room, _longest_word(column, rows)))


def _longest_word(column: Printed, rows: Sequence[Row]) -> float:
    """The width that the longest word of a column asks for, within reason."""
    if column.kind not in _WRAPPED or column.link:
        return 0.0
    texts = (value for value in map(column.value, rows) if isinstance(value, str))
    longest = max(
        (len(word) for text in texts for word in text.replace("-", " ").split()),
        default=0,
    )
    return longest * _BOLD + 2.8 if longest <= _LONGEST_WORD else 0.0


def _draw_totals(
    paper: Paper, row: int, columns: Sequence[Printed], rows: Sequence[Row], first: int
) -> None:
    """The sum of all rows as a value, and of the visible ones as a formula."""
    place = next(i for i, column in enumerate(columns) if column.total)
    for offset, text in ((0, wording.ALL_ROWS), (1, wording.VISIBLE_ROWS)):
        paper.height(row + offset, 18.0)
        for number in range(first, first + len(columns)):
            paper.style(row + offset, number, "sum")
        paper.write(
            row + offset,
            first,
            paper.say(text),
            "sum",
            Kind.CHOICE,
            last_column=first + max(place - 1, 0),
        )
    begin, end = row + 3, row + 2 + len(rows)
    for index, column in enumerate(columns, first):
        if column.total:
            total = money_sum(
                value
                for value in map(column.value, rows)
                if isinstance(value, int | float)
            )
            role = f"sum_{CENTS}" if column.cents else "sum"
            paper.write(row, index, total, role, column.kind)
            if total is not None:
                cells = f"{spot(begin, index)}:{spot(end, index)}"
                paper.write(
                    row + 1,
                    index,
                    Formula(f"=SUBTOTAL(109,{cells})", total),
                    role,
                    column.kind,
                )


def _draw_row(
    paper: Paper, index: int, columns: Sequence[Printed], entry: Row, first: int
) -> None:
    lines = 1
    cells: list[tuple[int, Any, str, Kind]] = []
    for place, column in enumerate(columns, first):
        value = column.value(entry)
        role = column.style(entry)
        linked = column.link and paper.link(
            index, place, entry.get("file"), entry.get("sheet"), entry.get("cell")
        )
        cells.append(
            (place, value, role if linked or not column.link else "muted", column.kind)
        )
        if isinstance(value, str) and role != "plain" and column.kind in _WRAPPED:
            breadth = (
                _BOLD
                if role == "strong"
                else _SMALL
                if column.kind is Kind.NOTE or column.link
                else _USUAL
            )
            lines = max(lines, _lines(value, paper.width_of(place), breadth))
    paper.pour(index, min(max(_LEAST, lines * _LINE + 5), _MOST), cells)


def _lines(text: str, width: float, breadth: float) -> int:
    """How many lines a wrapped text takes; `breadth` is that of its characters, in digits."""
    room = max(int((width - 2.2) / breadth), 4)
    return sum(
        1 if len(part) <= room else len(textwrap.wrap(part, room))
        for part in text.split("\n")
    )


def _distinct(labels: Sequence[str]) -> list[str]:
    """Excel wants the heads of a table to differ, whatever their case."""
    seen: set[str] = set()
    result = []
    for label in labels:
        text, number = " ".join(label.split()), 2
        while text.casefold() in seen:
            text = f"{' '.join(label.split())} ({number})"
            number += 1
        seen.add(text.casefold())
        result.append(text)
    return result
