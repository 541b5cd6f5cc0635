"""What a workbook holds, as plain values: sheets of cells, defined names, document properties.

The model: a cell is empty, has a value, or cannot be read, and these three never mix. An error value
(`#REF!`), a formula that was never calculated and a number that is no number are UNREADABLE, not empty. Only
cells that are not empty, or hold a formula, are kept, so a sheet costs what is written in it: a value at XFD1048576 is
one cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

CellValue = float | str | bool | dt.datetime | dt.date | dt.time | None
CellArea = tuple[str, int, int, int, int]
"""Sheet name, first row, first column, last row, last column."""

_COLUMN, _ROW = r"\$?[A-Z]{1,3}", r"\$?[0-9]{1,7}"
_AREA = re.compile(
    r"""(?:'([^'\[\]:]*(?:''[^'\[\]:]*)*)'|([^'!\[\]:,()\s"]+))!"""
    rf"({_COLUMN}{_ROW}(?::{_COLUMN}{_ROW})?|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW})"
)
_LETTERS, _DIGITS = re.compile("[A-Z]+"), re.compile("[0-9]+")
_PLACES = {letter: place for place, letter in enumerate(ascii_uppercase, start=1)}


class State(StrEnum):
    """What can be said of a cell before anyone judges its value."""

    EMPTY = "empty"
    VALUE = "value"
    UNREADABLE = "unreadable"


class Fault(StrEnum):
    """Damage that does not end the reading of a workbook."""

    CELL_TWICE = "cell-twice"
    OUTSIDE_THE_GRID = "outside-the-grid"
    SHEET_DAMAGED = "sheet-damaged"
    STRINGS_DAMAGED = "strings-damaged"
    STYLES_DAMAGED = "styles-damaged"
    PROPERTIES_DAMAGED = "properties-damaged"


@lru_cache(maxsize=MAX_COLUMN)
def column_letter(column: int) -> str:
    """Return a column's letters.

    Args:
        column: 1 to 16,384.

    Raises:
        ValueError: there is no such column.

    >>> column_letter(1), column_letter(28), column_letter(16384)
    ('A', 'AB', 'XFD')
    """
    if not 1 <= column <= MAX_COLUMN:
        raise ValueError(f"no column {column}")
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = ascii_uppercase[place] + letters
    return letters


@lru_cache(maxsize=MAX_COLUMN)
def column_number(letters: str) -> int:
    """Return a column's number, from 1.

    Raises:
        ValueError: there is no such column.

    >>> column_number("A"), column_number("xfd")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + _PLACES.get(letter, MAX_COLUMN + 1)
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(f"no column {letters!r}")
    return number


def address(row: int, column: int) -> str:
    """Return a cell's address, such as `"G14"` for row 14, column 7."""
    return f"{column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is shown, as far as that changes what it says.

    Attributes:
        code: the number format, as `kamxl.xlsx.formats.view` reads it.
        is_date: a number is shown as a date or a time of day.
        is_struck: the cell is struck through.
    """

    code: str = "General"
    is_date: bool = False
    is_struck: bool = False


PLAIN_STYLE = CellStyle()


def areas(places: Iterable[tuple[int, int]], most: int) -> str:
    """The cells in as few areas as stand below each other or side by side, an ellipsis where there are too many.

    Args:
        places: row and column of each cell.
        most: how many areas are named.

    >>> areas([(1, 1), (1, 2), (2, 1), (2, 2), (9, 3)], 10)
    'A1:B2, C9'
    """
    spans: dict[tuple[int, int], list[int]] = {}
    for row, line in groupby(sorted(places), key=itemgetter(0)):
        for first, last in _runs(column for _, column in line):
            spans.setdefault((first, last), []).append(row)
    found = [
        (top, first, bottom, last)
        for (first, last), rows in spans.items()
        for top, bottom in _runs(rows)
    ]
    named = [_corners(*area) for area in sorted(found)[:most]]
    return ", ".join(named) + (" …" if len(found) > most else "")


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers without a gap."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def _corners(top: int, first: int, bottom: int, last: int) -> str:
    corners = dict.fromkeys((address(top, first), address(bottom, last)))
    return ":".join(corners)


class Cell(NamedTuple):
    """One cell. A plan has some 2,000 of them, and a tuple is made four times as fast as a frozen dataclass.

    Attributes:
        row: from 1.
        column: from 1.
        state: whether `value` can be used.
        value: number, text, truth value, date or time; `None` unless the state is VALUE.
        raw: what the file holds, as text: a number's own digits, a shared text itself, `"#REF!"`, the
            formula that was not calculated.
        reason: for UNREADABLE: `"error"`, `"picture"`, `"uncalculated"` or `"damaged"`.
        is_formula: the value is a formula's last result.
        is_date: the cell is shown as a date. Its value is a float where the number is no date (1 to 60 in the
            1900 system, where Excel believes in 29 February 1900; negative; beyond the year 9999).
        formula: what the formula says, without its `=`; empty where it is written at another cell that shares it.
        style: how the cell is shown.
    """

    row: int
    column: int
    state: State
    value: CellValue
    raw: str
    reason: str = ""
    is_formula: bool = False
    is_date: bool = False
    formula: str = ""
    style: CellStyle = PLAIN_STYLE

    @property
    def address(self) -> str:
        """Where the cell is, such as `"G14"`."""
        return address(self.row, self.column)


@dataclass(frozen=True)
class SheetCells:
    """A sheet's cells that are not empty or hold a formula, by row and column, and what else there is on it.

    Attributes:
        name: what its tab says.
        visible: whether it can be seen.
        cells: by row and column.
        merged: merged ranges (``C13:C14``).
        has_notes: whether there are comments or text boxes, of which nothing is read.
    """

    name: str
    visible: bool
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[str, ...] = ()
    has_notes: bool = False

    def at(self, row: int, column: int) -> Cell:
        """Return the cell in a place, an EMPTY one where nothing stands."""
        return self.cells.get((row, column)) or Cell(row, column, State.EMPTY, None, "")

    def holds(self, texts: Container[str]) -> bool:
        """Whether one of the texts stands anywhere on the sheet."""
        return any(cell.raw in texts for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name of the workbook, or of one sheet.

    Attributes:
        name: as written; Excel does not distinguish case.
        sheet: the sheet it is local to, `None` for the whole workbook.
        target: the formula it stands for, as written.
    """

    name: str
    sheet: str | None
    target: str

    @property
    def reference(self) -> CellArea | None:
        """The one area of this workbook that the name stands for; `None` for anything else.

        >>> DefinedName("k", None, "'5 Offene Projekte'!$G$14").reference
        ('5 Offene Projekte', 14, 7, 14, 7)
        """
        area = _AREA.fullmatch(self.target.removeprefix("="))
        if area is None:
            return None
        quoted, plain, cells = area.groups()
        letters = _LETTERS.findall(cells) or ["A", "XFD"]
        rows = sorted(map(int, _DIGITS.findall(cells) or [1, MAX_ROW]))
        try:
            columns = sorted(map(column_number, letters))
        except ValueError:
            return None
        if rows[0] < 1 or rows[-1] > MAX_ROW:
            return None
        sheet = quoted.replace("''", "'") if quoted else plain
        return sheet, rows[0], columns[0], rows[-1], columns[-1]


@dataclass(frozen=True, slots=True)
class Damage:
    """Something broken that did not end the reading.

    Attributes:
        fault: what is broken.
        sheet: the sheet's name, empty when the whole workbook is concerned.
        detail: the cell or a neutral technical detail, in English.
    """

    fault: Fault
    sheet: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Book:
    """What was read from one workbook file.

    Attributes:
        path: the file.
        fingerprint: SHA-256 of its bytes.
        sheets: the worksheets in their order, chart sheets left out, and those that could not be read at all.
        names: defined names; the key of a sheet's own name is `"Sheet!name"`.
        properties: custom document properties, as text.
        date1904: whether day 0 is 1 January 1904.
        faults: damage that did not end the reading.
    """

    path: Path
    fingerprint: str
    sheets: tuple[SheetCells, ...]
    names: Mapping[str, DefinedName] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    date1904: bool = False
    faults: tuple[Damage, ...] = ()
