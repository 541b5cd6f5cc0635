"""A worksheet's XML → its cells that are not empty.

The model: nearly all cells of a plan are either empty but formatted, or plain (`<c r="G14" s="5"><v>0.6</v></c>`).
Patterns take both out of the text in one sweep each; what remains goes through expat. Whenever the sheet is
odd in any way (a cell without address, a cell that stands twice, another namespace, broken XML), expat reads
all of it from the start, so the odd cases have one reader only. Nothing after the cells (merges, validations,
links) is read, and `<dimension>` is never believed.

The patterns have no possessive quantifiers, which CPython 3.11.0 to 3.11.4 match wrongly (gh-106052). They need none:
each part begins with what the part before it cannot hold, so there is one way only to match, and no way back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

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
    Stop,
    XmlError,
    is_bare,
    keeps_space,
    parse,
    plain_text,
    resolve_references,
    trimmed,
)
from kamxl.xlsx.source import Limits
from kamxl.xlsx.values import Context, make_cell

__all__ = ["SheetReading", "read_sheet"]

_NOT_NEEDED = re.compile(
    r'<row r="[1-9][0-9]{0,6}"[^<>]*>|</row>|<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="n")?(?: ?/>|></c>)'
)
_PLAIN_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?>'
    r'(?:<is><t( xml:space="preserve")?>([^<]*)</t></is>'
    r'|(<f(?: t="[a-zA-Z]+")?(?: ref="[A-Z0-9:]+")?(?: ca="1")?(?: si="[0-9]+")?(?:/>|>[^<]*</f>))?'
    r"(?:<v>([^<]*)</v>|<v ?/>)?)</c>"
)
_CELL_GROUPS = 8
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_MAX_DAMAGES = 100  # of one sheet: who has a hundred need not see the rest


class _OddError(Exception):
    """The sheet is not of the plain kind."""


@dataclass(slots=True)
class SheetReading:
    """What has been read of a sheet."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)


def read_sheet(
    name: str, content: bytes, context: Context, limits: Limits, room: int
) -> SheetReading:
    """Read a worksheet's cells.

    Args:
        name: the sheet's name, for the damages.
        content: the XML.
        context: shared strings, date styles, date system.
        limits: bounds of one part.
        room: how many cells the workbook may still have.

    Raises:
        XmlError: the sheet has a DTD, or is beyond a limit. Other damage is noted, and what stands before
            broken XML is kept.
    """
    head, end, _ = content.partition(b"</sheetData>")
    text = plain_text(head + end, "worksheet")
    if text is not None:
        try:
            return _read_plain(name, text, context, limits, room)
        except _OddError:
            pass
    reader = _Reader(name, context, room)
    try:
        parse(
            content,
            reader.start,
            reader.end,
            reader.text,
            max_elements=limits.max_elements,
        )
    except XmlError as error:
        if error.hostile or error.too_large:
            raise
        reader.reading.damages.append(Damage(Fault.SHEET_DAMAGED, name, str(error)))
    return reader.reading


def _read_plain(
    name: str, text: str, context: Context, limits: Limits, room: int
) -> SheetReading:
    pieces = _PLAIN_CELL.split(_NOT_NEEDED.sub("", text))
    width = _CELL_GROUPS + 1
    rest = "".join(pieces[::width])
    if not is_bare(rest):
        raise _OddError
    found: list[Cell] = []
    try:
        for letters, row, style, kind, keep, inline, formula, value in zip(
            *(pieces[group::width] for group in range(1, width)), strict=True
        ):
            raw = value or inline or ""
            if "&" in raw:
                raw = resolve_references(raw)
            if keep is None:
                raw = trimmed(raw)
            if (
                formula is not None and not raw
            ):  # what stands in a formula only counts where it has no result
                formula = resolve_references(
                    formula.partition(">")[2].removesuffix("</f>")
                )
            kind = "inlineStr" if inline is not None else kind or ""
            cell = make_cell(
                int(row),
                column_number(letters),
                kind,
                style or "",
                raw,
                formula,
                context,
            )
            if cell is not None:
                found.append(cell)
    except ValueError as error:
        raise _OddError from error
    reader = _Reader(name, context, room, only_plain=True)
    reader.take(found)
    try:
        parse(
            rest.encode(),
            reader.start,
            reader.end,
            reader.text,
            max_elements=limits.max_elements,
        )
    except XmlError as error:
        if error.too_large:
            raise
        raise _OddError from error
    return reader.reading


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
        self._place: tuple[int, int] | None = (
            0,
            0,
        )  # of the cell, None where it has none in the grid
        self._column = 0  # of the last cell
        self._where = self._kind = self._style = ""
        self._value = ""
        self._formula: list[str] | None = None
        self._target: list[str] | None = None
        self._inline = self._phonetic = self._keep = False

    def take(self, found: list[Cell]) -> None:
        """Keep cells that were read without the parser."""
        cells = self.reading.cells = {(cell.row, cell.column): cell for cell in found}
        if len(cells) > self._room:
            raise XmlError("too many cells", too_large=True)
        if len(cells) < len(found) or max(cells, default=(1, 1))[0] > MAX_ROW:
            raise _OddError

    def _put(self, row: int, column: int, raw: str, formula: str | None) -> None:
        cell = make_cell(
            row, column, self._kind, self._style, raw, formula, self._context
        )
        if cell is None:
            return
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
            case "rPh":
                self._phonetic = True
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
                text = "".join(self._target)
                self._value += text if self._keep else trimmed(text)
                self._target = None
            case "rPh":
                self._phonetic = False
            case "c":
                if self._inline:
                    self._kind = "inlineStr"
                formula = None if self._formula is None else "".join(self._formula)
                if self._place:
                    self._put(*self._place, self._value, formula)
                elif self._value or self._formula:
                    self._note(Fault.OUTSIDE_THE_GRID, self._where)
            case "sheetData":
                raise Stop

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._target is not None:
            self._target.append(piece)

    def _start_text(self, attributes: Mapping[str, str]) -> None:
        self._target = []
        self._keep = keeps_space(attributes)

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
        self._kind = attributes.get("t", "")
        self._style = attributes.get("s", "")
        self._value = ""
        self._formula = self._target = None
        self._inline = self._phonetic = False
        self._where = attributes.get("r", "")[:20]
        if "r" not in attributes:
            if self._only_plain:
                raise _OddError
            self._column += 1
            inside = 0 < self._row <= MAX_ROW and self._column <= MAX_COLUMN
            self._place = (self._row, self._column) if inside else None
            return
        match = _ADDRESS.fullmatch(attributes["r"])
        try:
            self._place = (int(match[2]), column_number(match[1])) if match else None
        except ValueError:
            self._place = None
        if self._place:
            self._column = self._place[1]

    def _note(self, fault: Fault, detail: str) -> None:
        if self._only_plain:
            raise _OddError
        if len(self.reading.damages) < _MAX_DAMAGES:
            self.reading.damages.append(Damage(fault, self.reading.name, detail))
