"""Tables for people: a real Excel table with filters, totals above its head, every row linked to its source.

Totals stand above the head, where they stay in sight and no sorting can reach them: one line with the sum of all rows,
to the cent, and one with a live SUBTOTAL of the rows that a filter leaves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableColumn, TableStyleInfo

from kamxl.document.drawing.highlights import show_zero
from kamxl.document.drawing.looks import LOOKS, CellRole
from kamxl.document.layout.grid import PAGE_MOST, TEXT_SIZE, Room, Spot, fitted
from kamxl.document.layout.metrics import (
    POINTS_PER_CHARACTER,
    column_for,
    height_of,
    lines_of,
    text_width,
)
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.columns import DataColumn, wording_of
from kamxl.portfolio.data.ledger import Row, amount, money_sum
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW, Paper
from kamxl.xlsx.book import address, column_letter
from kamxl.xlsx.writing import cell_text

_LINE = 13.0  # points
_LEAST, _MOST = 18.0, 160.0
_WORD = re.compile(r"[^\s-]+")
_LEAST_TEXT = 11.0
_MOMENT = "0" * 16  # a day and a time
_SURELY = 0.5  # letters for each character of a column's width stand on one line whatever they are
_REGULAR = 0.97  # as wide as bold
_NONE = Room(0.0, 0.0)
_BUTTON = 2.0  # characters: the button of a filter in a centred head
_AROUND_LINK, _LONGEST_LINK = 2.2, 34.0  # characters
_LONGEST_WORD = 26  # characters; what is longer (an address) may be broken
_NARROWEST = 0.7  # of the longest word's characters has one that may be wider than it
_WRAPPED = frozenset(Kind) - {
    Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.PERCENT, Kind.DATE, Kind.SCORE, Kind.IMPORTANCE, Kind.SIGN,
}  # fmt: skip
_WIDTHS = {
    **dict.fromkeys((Kind.TEXT, Kind.GOAL), 24.0),
    **dict.fromkeys((Kind.NUMBER, Kind.INTEGER, Kind.PERCENT), 10.0),
    **dict.fromkeys((Kind.SCORE, Kind.IMPORTANCE), 10.0),
    Kind.NOTE: 40.0,
    Kind.MONEY: 14.0,
    Kind.DATE: 11.5,
}


@dataclass(frozen=True)
class PrintedColumn:
    """One printed column: its head, where its values come from, and how they look.

    `value` works a value out of a row, or is the row's key for it; amounts are in the reporting currency, which is
    printed behind the label. `role` gives the style by row, `total` sums the column up, `link` makes the value lead to
    the row's ``file``, ``sheet`` and ``cell``.
    """

    label: str
    value: Callable[[Row], Any] | str
    kind: Kind = Kind.TEXT
    width: float = 0.0
    role: Callable[[Row], CellRole] | CellRole = CellRole.CELL
    total: bool = False
    link: bool = False

    def of(self, row: Row) -> Any:
        """The value of this column in a row."""
        return row.get(self.value) if isinstance(self.value, str) else self.value(row)

    def style(self, row: Row) -> CellRole:
        """The role of this column's cell in a row."""
        return self.role if isinstance(self.role, CellRole) else self.role(row)

    @property
    def wrapped(self) -> bool:
        """Whether its values may take more than one line."""
        return self.kind in _WRAPPED

    @property
    def sum_role(self) -> CellRole:
        """The role of its totals."""
        cents = self.role is CellRole.CENTS
        return CellRole.SUM_CENTS if cents else CellRole.SUM


@dataclass(frozen=True)
class Listing:
    """A table to be printed.

    Attributes:
        name: the Excel table's name, unique in the workbook.
        columns: what to print, in order.
        rows: of what.
        core: how many columns belong on paper (all where 0); the rest is for the screen.
        fixed: how many columns stay in sight when scrolling.
    """

    name: str
    columns: Sequence[PrintedColumn]
    rows: Sequence[Row]
    core: int = 0
    fixed: int = 1

    @property
    def totals(self) -> int:
        """The rows of totals above the head."""
        return 2 * any(map(attrgetter("total"), self.columns))

    def last_column(self, first: int = FIRST) -> int:
        """The last column that belongs on paper, where the table begins in `first`."""
        return first + (self.core or len(self.columns)) - 1

    def set_widths(self, paper: Paper, others: Sequence[Listing] = ()) -> None:
        """Give the sheet's columns their widths: those on paper narrower where they would not fit on one page."""
        rooms = [_room(column, self.rows) for column in self.columns]
        for other in others:  # on the same columns
            words = [
                max(_head_width(c), _longest_word(c, other.rows)) for c in other.columns
            ]
            pairs = zip_longest(rooms, (Room(w, w) for w in words), fillvalue=_NONE)
            rooms = [room.joined(need) for room, need in pairs]
        count = self.core or len(rooms)
        widths = [
            *fitted(rooms[:count], PAGE_MOST),
            *(room.width for room in rooms[count:]),
        ]
        for place, width in enumerate(widths, FIRST):
            paper.width(place, width)


def printed(column: DataColumn, language: str, **changes: Any) -> PrintedColumn:
    """A table's column in print: its label, its values with codes as words and amounts in the reporting currency."""

    def value(row: Row) -> object:
        return wording_of(column, row.get(column.key), language)

    def money(row: Row) -> object:
        return amount(row, column.key)

    found = money if column.kind is Kind.MONEY else value
    shown = PrintedColumn(column.label[language], found, column.kind)
    return replace(shown, **changes)


def draw_page(paper: Paper, guidance: str, listing: Listing) -> None:
    """A sheet with one table, below its title and a line of `guidance`."""
    listing.set_widths(paper)
    last_column = listing.last_column()
    paper.head(guidance, last_column, fixed=listing.fixed)
    last = draw_listing(paper, FIRST_ROW, listing)
    repeat = None
    if listing.rows:
        head = FIRST_ROW + listing.totals
        paper.sheet.freeze_panes = f"{column_letter(FIRST + listing.fixed)}{head + 1}"
        repeat = f"{head}:{head}"
    paper.print_on_a4(last_column, last, repeat=repeat, fixed=listing.fixed)


def draw_tables(
    paper: Paper, guidance: str, tables: Sequence[tuple[str, Listing]], widest: Listing
) -> None:
    """A sheet with several tables, each below its heading, on the columns of the `widest`."""
    last_column = max(listing.last_column() for _, listing in tables)
    widest.set_widths(paper, [listing for _, listing in tables])
    paper.head(guidance, last_column, fixed=widest.fixed)
    row = FIRST_ROW
    for heading, listing in tables:
        paper.heading(row, heading, last_column)
        row = draw_listing(paper, row + 1, listing) + 2
    paper.print_on_a4(last_column, row - 2, fixed=widest.fixed)


def draw_listing(
    paper: Paper, row: int, listing: Listing, *, first: int = FIRST
) -> int:
    """Draw a table from `row` on and return its last row; without rows, a sentence that says so.

    Args:
        paper: the sheet.
        row: where the table begins (its totals, or its head).
        listing: the table.
        first: the table's first column.
    """
    columns, last_column = listing.columns, first + len(listing.columns) - 1
    if not listing.rows:
        nothing = paper.say(wording.NOTHING)
        paper.write_across(row, nothing, CellRole.HINT, last_column, first)
        return row
    head = row + listing.totals
    last = head + len(listing.rows)
    if listing.totals:
        _draw_totals(paper, row, listing, first)
    labels = _distinct([_head(paper, column) for column in columns])
    paper.height(head, _head_height(paper, labels, first))
    for place, (column, label) in enumerate(zip(columns, labels, strict=True), first):
        paper.write(Spot(head, place), label, CellRole.HEADER, column.kind)
    for index, entry in enumerate(listing.rows, head + 1):
        _draw_row(paper, index, columns, entry, first)
    _show_zeros(paper, columns, range(head + 1, last + 1), first)
    area = f"{address(head, first)}:{address(last, last_column)}"
    paper.sheet.add_table(_excel_table(listing.name, area, labels, first))
    return last


def _show_zeros(
    paper: Paper, columns: Sequence[PrintedColumn], rows: range, first: int
) -> None:
    """No minus stands before a zero."""
    for place, column in enumerate(columns, first):
        if column.kind not in _WRAPPED:
            role = column.role if isinstance(column.role, CellRole) else CellRole.CELL
            shown = str(LOOKS[role].formats.get(column.kind))
            area = f"{address(rows[0], place)}:{address(rows[-1], place)}"
            show_zero(paper.sheet, shown, [area])


def _head(paper: Paper, column: PrintedColumn) -> str:
    """What a column is headed by: its label, and the currency of amounts."""
    if column.kind is not Kind.MONEY:
        return column.label
    return f"{column.label} ({paper.currency})"


def _head_height(paper: Paper, labels: Sequence[str], first: int) -> float:
    """Room for the lines of all heads, in points."""
    shown = ((label, paper.width_of(at)) for at, label in enumerate(labels, first))
    heights = (height_of(label, width - _BUTTON, TEXT_SIZE) for label, width in shown)
    return max(30.0, *heights)


def _excel_table(name: str, area: str, labels: Sequence[str], first: int) -> ExcelTable:
    """The table as Excel knows it, with its filters."""
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
    return table


def _room(column: PrintedColumn, rows: Sequence[Row]) -> Room:
    """What a column would like to have, and what it needs so that no word and no number of it is broken."""
    word = max(
        _head_width(column), _longest_word(column, rows), _longest_number(column, rows)
    )
    usual = column.width or _WIDTHS.get(column.kind, 16.0)
    least = min(usual, _LEAST_TEXT) if column.wrapped else 0.0
    return Room(max(usual, word), max(least, word))


def _head_width(column: PrintedColumn) -> float:
    """The width that the head of a column asks for; a filter's button stands beside its last line."""
    left = column.wrapped
    return column_for(column.label, TEXT_SIZE, indented=left) + _BUTTON * (not left)


def _longest_number(column: PrintedColumn, rows: Sequence[Row]) -> float:
    """The width that the longest number of a column asks for, its sums included."""
    if column.wrapped:
        return 0.0
    if column.role is CellRole.MOMENT:
        return column_for(_MOMENT, TEXT_SIZE, indented=True)
    values = [v for v in map(column.of, rows) if isinstance(v, int | float)]
    largest = max((sum(values), *values), key=abs, default=0.0)
    cents = column.role is CellRole.CENTS
    shown = f"{largest:,.2f}" if cents else f"{largest:,.0f}"
    return column_for(shown, TEXT_SIZE, indented=True) if values else 0.0


def _longest_word(column: PrintedColumn, rows: Sequence[Row]) -> float:
    """The width that the longest word of a column asks for, within reason."""
    if column.link:
        return _longest_link(column, rows)
    if not column.wrapped:
        return 0.0
    texts = (value for value in map(column.of, rows) if isinstance(value, str))
    found = set(_WORD.findall("\n".join(texts)))
    longest = max(map(len, found), default=0)
    if longest > _LONGEST_WORD:
        return 0.0
    # Only a word about as long as the longest can be the widest.
    wide = [word for word in found if len(word) >= longest * _NARROWEST]
    role = column.role if isinstance(column.role, CellRole) else CellRole.STRONG
    size = _size(role)
    return max((column_for(word, size, indented=True) for word in wide), default=0.0)


def _longest_link(column: PrintedColumn, rows: Sequence[Row]) -> float:
    """The width that the longest link of a column asks for, which stands on one line, within reason."""
    texts = (str(value or "") for value in map(column.of, rows))
    longest = max((text_width(text, TEXT_SIZE) for text in texts), default=0.0)
    return min(longest / POINTS_PER_CHARACTER + _AROUND_LINK, _LONGEST_LINK)


def _draw_totals(paper: Paper, row: int, listing: Listing, first: int) -> None:
    """The sum of all rows as a value, and of the visible ones as a formula."""
    columns = list(enumerate(listing.columns, first))
    summed = [(place, column) for place, column in columns if column.total]
    # On the columns that are repeated on every page, so that it is read on all of them.
    fixed = first + listing.fixed - 1
    label = Spot(row, first, last_column=max(min(summed[0][0] - 1, fixed), first))
    for offset, text in ((0, wording.ALL_ROWS), (1, wording.VISIBLE_ROWS)):
        paper.height(row + offset, 18.0)
        for place, _ in columns:
            paper.style(row + offset, place, CellRole.SUM)
        spot = replace(label, row=row + offset)
        paper.write(spot, paper.say(text), CellRole.SUM, Kind.CHOICE)
    for place, column in summed:
        role, kind = column.sum_role, column.kind
        total = money_sum(map(column.of, listing.rows))
        paper.write(Spot(row, place), total, role, kind)
        if total is not None:
            last = row + 2 + len(listing.rows)
            cells = f"{address(row + 3, place)}:{address(last, place)}"
            formula = f"=SUBTOTAL(109,{cells})"
            paper.compute(Spot(row + 1, place), formula, total, role, kind)


def _draw_row(
    paper: Paper, index: int, columns: Sequence[PrintedColumn], entry: Row, first: int
) -> None:
    lines = 1
    cells: list[tuple[int, Any, CellRole, Kind]] = []
    for place, column in enumerate(columns, first):
        value, role = column.of(entry), column.style(entry)
        if isinstance(value, str) and column.wrapped and role is not CellRole.PLAIN:
            lines = max(lines, _lines(value, paper.width_of(place), role))
        if column.link and not paper.refer(index, place, entry):
            role = CellRole.MUTED
        cells.append((place, value, role, column.kind))
    paper.pour(index, min(max(_LEAST, lines * _LINE + 5), _MOST), cells)


def _lines(text: str, width: float, role: CellRole) -> int:
    """How many lines a wrapped text takes in a cell that is so many characters wide."""
    if len(text) < width * _SURELY and "\n" not in text:
        return 1
    return lines_of(text, width, _size(role))


def _size(role: CellRole) -> float:
    """The size of the bold letters that are as wide as those of a cell."""
    return TEXT_SIZE if role is CellRole.STRONG else TEXT_SIZE * _REGULAR


def _distinct(labels: Sequence[str]) -> list[str]:
    """Excel wants the heads of a table to differ, whatever their case."""
    seen: set[str] = set()
    result = []
    for label in labels:
        plain = text = " ".join(label.split())
        number = 2
        while text.casefold() in seen:
            text, number = f"{plain} ({number})", number + 1
        seen.add(text.casefold())
        result.append(text)
    return result
