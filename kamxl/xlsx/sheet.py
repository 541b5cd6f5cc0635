"""A worksheet's XML → its cells that are not empty.

The model: nearly all cells of a plan are either empty but formatted, or plain (`<c r="G14" s="5"><v>0.6</v></c>`).
Patterns take both out of the text in one sweep each; what remains goes through expat. Whenever the sheet is
odd in any way (a cell without address, a cell that stands twice, another namespace, broken XML), expat reads
all of it from the start, so the odd cases have one reader only. Of what stands after the cells only the merged ranges
are read, and `<dimension>` is never believed.

The patterns have no possessive quantifiers, which CPython 3.11.0 to 3.11.4 match wrongly (gh-106052). They need none:
each part begins with what the part before it cannot hold, so there is one way only to match, and no way back. What may
be left out stands as `(?:x|)`, for which `re` takes half the time of `(?:x)?`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from kamxl.xlsx.book import (
    MAX_COLUMN,
    MAX_ROW,
    Cell,
    Damage,
    Fault,
    address,
    column_number,
)
from kamxl.xlsx.bounded_xml import (
    Allowance,
    Stop,
    XmlError,
    is_bare,
    is_on,
    keeps_space,
    parse_up_to_damage,
    plain_text,
    resolve_references,
    text_of,
    trimmed,
)
from kamxl.xlsx.values import PICTURE, Context, make_cell, struck_through

_NOT_NEEDED = re.compile(
    r'<row r="[1-9][0-9]{0,6}"[^<>]*>|</row>|<c r="[A-Z]+[0-9]+"(?: s="[0-9]+"|)(?: t="n"|)(?: ?/>|></c>)'
)
_PLAIN_CELL = re.compile(
    r'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]+)"|)(?: t="([a-zA-Z]+)"|)>'
    r'(?:<is><t( xml:space="preserve"|)>([^<]*)</t></is>'
    r'|(?:(<f(?: t="[a-zA-Z]+"|)(?: ref="[A-Z0-9:]+"|)(?: ca="1"|)(?: si="[0-9]+"|)(?:/>|>[^<]*</f>))|)'
    r"(?:<v>([^<]*)</v>|<v ?/>|))</c>"
)
_CELL_GROUPS = 7
_END_OF_CELLS = b"</sheetData>"
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s(?:[^<>]*?\s)?ref="([A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6})"'
)
_MOST_MERGED = 5_000  # of one sheet; a plan has a hundred
_MAX_DAMAGES = 100  # of one sheet: who has a hundred need not see the rest


class _OddError(Exception):
    """The sheet is not of the plain kind."""


@dataclass(slots=True)
class SheetReading:
    """What has been read of a sheet."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)
    merged: tuple[str, ...] = ()


def read_sheet(
    name: str, content: bytes, context: Context, allowance: Allowance, room: int
) -> SheetReading:
    """Read a worksheet's cells and merged ranges.

    Args:
        name: the sheet's name, for the damages.
        content: the XML.
        context: shared strings, date styles, date system.
        allowance: the elements that the parser may still meet in the workbook.
        room: how many cells the workbook may still have.

    Raises:
        XmlError: the sheet has a DTD, or is beyond a limit. Other damage is noted, and what stands before
            broken XML is kept.
    """
    cells_end = content.find(_END_OF_CELLS) + len(_END_OF_CELLS)
    end = cells_end if cells_end >= len(_END_OF_CELLS) else None
    merged = islice(_MERGED.finditer(content, end or 0), _MOST_MERGED)
    reading = _read_cells(name, content, end, context, allowance, room)
    reading.merged = tuple(found[1].decode() for found in merged)
    return reading


def _read_cells(
    name: str,
    content: bytes,
    end: int | None,
    context: Context,
    allowance: Allowance,
    room: int,
) -> SheetReading:
    text = plain_text(content, "worksheet", end)
    if text is not None:
        try:
            return _read_plain(name, text, context, allowance, room)
        except _OddError:
            del text  # a large one may be needed twice over
    reader = _Reader(name, context, room)
    handlers = (reader.start, reader.end, reader.text)
    damage = parse_up_to_damage(content, *handlers, allowance=allowance)
    if damage:
        reader.reading.damages.append(Damage(Fault.SHEET_DAMAGED, name, damage))
    return reader.reading


def _read_plain(
    name: str, text: str, context: Context, allowance: Allowance, room: int
) -> SheetReading:
    needed = _NOT_NEEDED.sub("", text)
    if needed.count("</c>") > room:
        raise XmlError("too many cells", too_large=True)
    pieces = _PLAIN_CELL.split(needed)
    rest = "".join(pieces[:: _CELL_GROUPS + 1])
    if not is_bare(rest):
        raise _OddError
    reader = _Reader(name, context, room, only_plain=True)
    handlers = (reader.start, reader.end, reader.text)
    try:
        reader.take(_plain_cells(pieces, context))
        damage = parse_up_to_damage(rest.encode(), *handlers, allowance=allowance)
    except ValueError as error:
        raise _OddError from error
    if damage:
        raise _OddError
    return reader.reading


def _plain_cells(pieces: list[str], context: Context) -> list[Cell]:
    """Make the cells of what the pattern has found.

    Raises:
        ValueError: a reference to what is no XML character, or a column that does not exist.
    """
    groups = (pieces[group :: _CELL_GROUPS + 1] for group in range(1, _CELL_GROUPS + 1))
    found = []
    for where, style, kind, keep, inline, formula, value in zip(*groups, strict=True):
        raw = text_of(value or inline or "", keep)
        if formula:
            formula = resolve_references(formula.partition(">")[2].removesuffix("</f>"))
        if inline is not None:
            kind = "inlineStr"
        row, column = _place(where)
        found.append(make_cell(row, column, kind, style, raw, formula, context))
    return list(filter(None, found))


@lru_cache(maxsize=1 << 15)
def _place(reference: str) -> tuple[int, int]:
    """The row and column of an address.

    Raises:
        ValueError: it is none, or lies outside the columns of a sheet.
    """
    match = _ADDRESS.fullmatch(reference)
    if not match:
        raise ValueError(f"no address {reference!r}")
    return int(match[2]), column_number(match[1])


class _Reader:
    """The handlers for expat, and the state between them."""

    def __init__(
        self, name: str, context: Context, room: int, *, only_plain: bool = False
    ) -> None:
        self.reading = SheetReading(name)
        self._context = context
        self._room = room
        self._only_plain = only_plain
        self._namespace: str | None = None
        self._row = 0  # of the row element
        # Of the cell, None where it has none in the grid.
        self._place: tuple[int, int] | None = (0, 0)
        self._column = 0  # of the last cell
        self._kind: str | None = None
        self._style: str | None = None
        self._where = self._value = ""
        self._formula: list[str] | None = None
        self._target: list[str] | None = None
        self._inline = self._phonetic = self._keep = self._struck = False

    def take(self, found: list[Cell]) -> None:
        """Keep cells that were read without the parser."""
        cells = self.reading.cells = {(cell.row, cell.column): cell for cell in found}
        if len(cells) < len(found) or max(cells, default=(1, 1))[0] > MAX_ROW:
            raise _OddError

    def _end_cell(self) -> None:
        formula = None if self._formula is None else "".join(self._formula)
        if self._place:
            self._put(*self._place, self._value, formula)
        elif self._value or formula:
            self._note(Fault.OUTSIDE_THE_GRID, self._where)

    def _put(self, row: int, column: int, raw: str, formula: str | None) -> None:
        kind = "inlineStr" if self._inline else self._kind
        cell = make_cell(row, column, kind, self._style, raw, formula, self._context)
        if cell is None:
            return
        if self._struck:
            cell = cell._replace(style=struck_through(cell.style))
        if row > MAX_ROW:
            self._note(Fault.OUTSIDE_THE_GRID, f"row {row}")
            return
        cells = self.reading.cells
        if (row, column) in cells:
            self._note(Fault.CELL_TWICE, address(row, column))
        elif len(cells) >= self._room:
            raise XmlError("too many cells", too_large=True)
        cells[row, column] = cell

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take an element's start."""
        namespace, _, local = name.rpartition(" ")
        if self._namespace is None:
            self._namespace = namespace
        if namespace != self._namespace:
            return
        match local:
            case "c":
                self._start_cell(attributes)
            case "v" if not self._inline:
                self._start_text(attributes)
            case "t" if not self._phonetic:
                self._start_text(attributes)
            case "f":
                self._target = self._formula = []
            case "is":
                self._inline = True
                self._value = ""
            case "rPh" | "strike":
                self._start_run(local, attributes)
            case "row":
                self._start_row(attributes.get("r"))

    def end(self, name: str) -> None:
        """Take an element's end."""
        namespace, _, local = name.rpartition(" ")
        if namespace != self._namespace:
            return
        match local:
            case "f":
                self._target = None
            case "v" | "t" if self._target is not None:
                self._value += trimmed("".join(self._target), self._keep)
                self._target = None
            case "rPh":
                self._phonetic = False
            case "c":
                self._end_cell()
            case "sheetData":
                raise Stop

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._target is not None:
            self._target.append(piece)

    def _start_text(self, attributes: Mapping[str, str]) -> None:
        self._target = []
        self._keep = keeps_space(attributes)

    def _start_run(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take what is said of a run of text: that it tells how another is spoken, or that it is struck through."""
        if local == "rPh":
            self._phonetic = True
        else:
            self._struck |= is_on(attributes)

    def _start_row(self, number: str | None) -> None:
        self._column = 0
        if number is None:
            self._row += 1
        elif _ROW.fullmatch(number) and int(number) <= MAX_ROW:
            self._row = int(number)
        else:
            self._note(Fault.OUTSIDE_THE_GRID, f"row {number[:20]}")
            self._row = MAX_ROW + 1  # nothing without an address can be placed after it

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._kind = attributes.get("t")
        if self._kind == "e" and "vm" in attributes and self._context.pictures:
            self._kind = PICTURE
        self._style = attributes.get("s")
        self._value = ""
        self._formula = self._target = None
        self._inline = self._phonetic = self._struck = False
        self._where = attributes.get("r", "")[:20]
        if "r" not in attributes:
            self._place = self._next_place()
            return
        try:
            self._place = _place(self._where)
            self._column = self._place[1]
        except ValueError:
            self._place = None

    def _next_place(self) -> tuple[int, int] | None:
        """Where a cell without an address is: to the right of the one before."""
        if self._only_plain:
            raise _OddError
        self._column += 1
        inside = 0 < self._row <= MAX_ROW and self._column <= MAX_COLUMN
        return (self._row, self._column) if inside else None

    def _note(self, fault: Fault, detail: str) -> None:
        if self._only_plain:
            raise _OddError
        if len(self.reading.damages) < _MAX_DAMAGES:
            self.reading.damages.append(Damage(fault, self.reading.name, detail))
