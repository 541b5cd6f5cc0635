"""What stands beside the fields of a document, and sheets that are no part of it.

Whatever a person sees on a sheet and nobody reads is told with its cell: values, formulas and links, texts that happen
to be those of a printed label. A row of data below a table, where somebody went on after the last free row, is one
remark for the whole row, because the entries of a record are lost there: after ``C30 = Werk 9, F30 = 250000`` a
`RowOutside` at ``C30``.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter

from kamxl.document import wording
from kamxl.document.finding.blocks_found import FoundBlock, plan_sheets
from kamxl.document.finding.expected import Expected
from kamxl.document.finding.tables import header_row
from kamxl.document.keys import END, GROWTH, TOTAL
from kamxl.document.marks import MARK
from kamxl.document.remarks import (
    EntryOutside,
    MoreOutside,
    NotesBeside,
    Remark,
    RowOutside,
    SheetUnknown,
)
from kamxl.document.replies import lists_findings
from kamxl.document.schema import MatrixSpec, TableSpec
from kamxl.texts import Language
from kamxl.xlsx.book import Book, Cell, SheetCells, areas

_MOST_PER_SHEET = 25
_MOST_AREAS = 40
_SHOWN = 80  # characters of a value
_VALUES_SHOWN = 4  # of a row
_LEAST = 2  # entries that make a row
_ADDED = {
    text[language]
    for text in (wording.REPORT, wording.RECOMPUTED)
    for language in Language
}

_Place = tuple[int, int]


@dataclass
class TakenPlaces:
    """What of a sheet is the document's own: the cells of fields, of figures, and the blocks.

    `labels` are printed texts that may as well be somebody's entry, so that their place decides.
    """

    fields: set[_Place] = field(default_factory=set)
    figures: set[_Place] = field(default_factory=set)
    blocks: list[tuple[Expected, FoundBlock]] = field(default_factory=list)
    labels: Container[str] = ()

    @cached_property
    def zones(self) -> list[_Zone]:
        """The blocks from above, those with a place of their own."""
        zones = [_Zone(expected, block) for expected, block in self.blocks]
        return sorted(zones, key=lambda zone: zone.first)


@dataclass(frozen=True, eq=False)
class _Zone:
    """A block and the room below it, up to the next one."""

    expected: Expected
    block: FoundBlock

    @cached_property
    def first(self) -> int:
        """The row in which the block begins."""
        block = self.block
        rows = (block.keys_row, block.header_row, min(block.keys, default=0))
        return min(filter(None, rows), default=0)

    @cached_property
    def header(self) -> int:
        """The row of the labels of columns."""
        return header_row(self.expected, self.block)

    @cached_property
    def columns(self) -> frozenset[int]:
        """All columns."""
        return frozenset(self.block.columns.values())

    @cached_property
    def entered(self) -> frozenset[int]:
        """The columns of a table's fields."""
        section = self.expected.section
        if not isinstance(section, TableSpec):
            return frozenset()
        places = (self.block.columns.get(one.key) for one in section.fields)
        return frozenset(place for place in places if place)

    @cached_property
    def sums(self) -> frozenset[int]:
        """The rows of totals and growth, and the one after the last."""
        closing = (TOTAL, GROWTH, END)
        keys = self.block.keys.items()
        return frozenset(row for row, key in keys if key.endswith(closing))

    def computes(self, row: int, column: int) -> bool:
        """Whether a formula in a cell is one of those in a table's row, of a figure or name, be it of earlier times."""
        if row in self.sums or not isinstance(self.expected.section, TableSpec):
            return False
        inside = self.header < row <= self.block.last_row
        return inside and column in self.columns - self.entered

    def has_no_place_for(self, row: int, cells: Iterable[Cell]) -> bool:
        """Whether a row of data is none of the table's: below it, or where its totals stand or it ends.

        A total that somebody overwrote is no data; an entry in a column without one is.
        """
        if row not in self.sums:
            return row not in self.block.keys
        section = self.expected.section
        summed = section.totals if isinstance(section, TableSpec) else ()
        totals = {self.block.columns.get(key) for key in summed}
        return any(cell.column not in totals for cell in cells)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The labels of the block."""
        expected = self.expected
        return frozenset([*expected.heads.values(), *expected.labels.values()])

    def prints(self, row: int, column: int, text: str) -> bool:
        """Whether a label of the block stands there: at the head of a table or in a row with a key."""
        if text not in self.texts or isinstance(self.expected.section, MatrixSpec):
            return text in self.texts
        named = row in self.block.keys and row not in self.sums
        printed = row == self.header or named
        return printed and column in self.columns


def leftovers(
    book: Book,
    taken: Mapping[str, TakenPlaces],
    printed: Container[str],
    doubled: Collection[str],
) -> Iterator[Remark]:
    """What nobody reads.

    Args:
        book: the workbook.
        taken: what belongs to the document, by sheet.
        printed: the texts that a generated workbook prints itself.
        doubled: sheets that are copies of others.
    """
    for sheet in plan_sheets(book):
        own = taken.get(sheet.name)
        if own is not None:
            yield from _told(sheet, own, _strays(sheet, own, printed))
            yield from [NotesBeside(sheet.name)] * sheet.has_notes
        elif sheet.name not in {*doubled, *_ADDED} and _is_foreign(sheet):
            yield SheetUnknown(sheet.name)


def _is_foreign(sheet: SheetCells) -> bool:
    """Whether somebody put a sheet there to be read by people."""
    filled = sheet.visible and bool(sheet.cells)
    return filled and not lists_findings(sheet)


def _strays(sheet: SheetCells, own: TakenPlaces, printed: Container[str]) -> list[Cell]:
    """The cells of a sheet that are neither entry nor key, nor anything that the document says itself."""
    rows = {block.keys_row for _, block in own.blocks}
    columns = {block.keys_column for _, block in own.blocks}
    cells = sheet.cells.items()
    beside = [item for item in cells if item[0] not in own.fields]
    seen = (c for (row, col), c in beside if row not in rows and col not in columns)
    return sorted(cell for cell in seen if not _is_own(own, cell, printed))


def _is_own(own: TakenPlaces, cell: Cell, printed: Container[str]) -> bool:
    """Whether the document itself put something there: a mark, a figure, a printed text."""
    place, text = (cell.row, cell.column), cell.raw
    if cell.is_formula:
        return place in own.figures or _computes(own, place)
    return text.startswith(MARK) or (text in printed and _prints(own, place, text))


def _computes(own: TakenPlaces, place: _Place) -> bool:
    return any(zone.computes(*place) for zone in own.zones)


def _prints(own: TakenPlaces, place: _Place, text: str) -> bool:
    if text not in own.labels:
        return True
    zone = _zone(own, place[0])
    return zone is not None and zone.prints(*place, text)


def _zone(own: TakenPlaces, row: int) -> _Zone | None:
    """The last block that has begun when a row comes."""
    begun = [zone for zone in own.zones if zone.first <= row]
    return begun[-1] if begun else None


def _told(sheet: SheetCells, own: TakenPlaces, strays: list[Cell]) -> Iterator[Remark]:
    """A remark for each row of data and each other cell, the first of them one by one."""
    told = list(_groups(own, strays))
    for zone, found in told[:_MOST_PER_SHEET]:
        if zone is None:
            yield _entry_outside(sheet, found[0])
        else:
            yield _row_outside(sheet, zone, found)
    more = list(chain.from_iterable(cells for _, cells in told[_MOST_PER_SHEET:]))
    if more:
        where = areas(((cell.row, cell.column) for cell in more), _MOST_AREAS)
        yield MoreOutside(sheet.name, more[0].address, number=len(more), cells=where)


def _groups(
    own: TakenPlaces, strays: Iterable[Cell]
) -> Iterator[tuple[_Zone | None, list[Cell]]]:
    """The cells that are told together: those of a lost record with the block below which it stands, others alone."""
    for row, cells in groupby(strays, key=attrgetter("row")):
        line = list(cells)
        zone = _zone(own, row)
        lost = _lost(zone, row, line) if zone else []
        if lost:
            yield zone, lost
        yield from ((None, [cell]) for cell in line if cell not in lost)


def _lost(zone: _Zone, row: int, line: Iterable[Cell]) -> list[Cell]:
    """Those cells of a row that are a record without a place in the table."""
    lost = [cell for cell in line if cell.column in zone.entered]
    return lost if zone.has_no_place_for(row, lost) and _is_data(lost) else []


def _row_outside(sheet: SheetCells, zone: _Zone, cells: list[Cell]) -> RowOutside:
    values = tuple(cell.raw[:_SHOWN] for cell in cells[:_VALUES_SHOWN])
    path = zone.expected.section.pattern
    return RowOutside(
        sheet.name, cells[0].address, path, row=cells[0].row, values=values
    )


def _entry_outside(sheet: SheetCells, cell: Cell) -> EntryOutside:
    return EntryOutside(sheet.name, cell.address, value=cell.raw[:_SHOWN])


def _is_data(cells: Iterable[Cell]) -> bool:
    """Whether cells hold a record, or at least two entries of one; what somebody works out of the table is none."""
    cells = list(cells)
    formulas = [cell.formula for cell in cells if cell.is_formula]
    said = list(filter(None, formulas))  # of shared ones, only one says something
    links = not said or any("!" in formula for formula in said)
    return len(cells) - (0 if links else len(formulas)) >= _LEAST
