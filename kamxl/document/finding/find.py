"""Finding each field of the specification in a workbook, with a remark on all that is unusual.

Each block of a sheet is found by its marker, else put together from what is left of it (`recover`). Where all its
keys are where they were generated, its entries are too; otherwise keys, names and labels lead to each of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat

from kamxl.document.extract import Entry
from kamxl.document.finding.beside_labels import labelled_figures, locate_labelled
from kamxl.document.finding.blocks_found import (
    FoundBlock,
    Names,
    PlaceFound,
    plan_sheets,
)
from kamxl.document.finding.expected import Expected, Slot, expected_blocks
from kamxl.document.finding.forms import locate_form
from kamxl.document.finding.leftovers import TakenPlaces, leftovers
from kamxl.document.finding.named_rows import NamedRows
from kamxl.document.finding.recover import recover
from kamxl.document.finding.tables import (
    Located,
    locate_matrix,
    locate_table,
    mislabelled,
)
from kamxl.document.layout.layout import Layout, SheetLayout
from kamxl.document.paths import EntryPath
from kamxl.document.printed import Printed, labels_of, printed_texts
from kamxl.document.remarks import (
    FieldMoved,
    Remark,
    SheetDoubled,
    SheetForeign,
    SheetMissing,
    SheetRenamed,
    TableMissing,
)
from kamxl.document.schema import FormSpec, TableSpec
from kamxl.xlsx.book import Book, Cell, SheetCells, State
from kamxl.xlsx.source import FileFault, WorkbookError


class Finder:
    """One workbook being searched for the fields of its plan; `remarks` fills while `entries` are taken."""

    def __init__(
        self,
        book: Book,
        layout: Layout,
        blocks: dict[str, list[FoundBlock]],
        codes: str = "",
        mark: str = "",
    ) -> None:
        self.book = book
        self.layout = layout
        self._fields = layout.spec.fields
        self.remarks: list[Remark] = []
        self._expected = expected_blocks(layout)
        self._printed = Printed(printed_texts(layout), codes)
        self._names = Names(book)
        self._named = NamedRows(layout)
        self._blocks = blocks
        self._mark = mark
        self._taken: defaultdict[str, TakenPlaces] = defaultdict(TakenPlaces)
        self._moved: set[str] = set()
        self._doubled: set[str] = set()
        self.computed: list[Entry] = []

    def entries(self, most_added: int = 10_000) -> Iterator[Entry]:
        """Every input field of the plan, in plan order; one that is not there comes without a cell.

        The cells of figures gather in `computed` meanwhile.

        Raises:
            WorkbookError: `TOO_LARGE` where added rows have more than `most_added` entries.
        """
        drawn = sum(len(expected.slots) for expected in self._expected.values())
        entries = chain.from_iterable(map(self._sheet, self.layout.sheets))
        yield from islice(entries, drawn + most_added)
        if next(entries, None) is not None:
            raise WorkbookError(FileFault.TOO_LARGE, self.book.path, "rows")

    def leftovers(self) -> Iterator[Remark]:
        """Entries that stand beside the fields, and sheets that are not part of a plan."""
        return leftovers(self.book, self._taken, self._printed, self._doubled)

    def _sheet(self, sheet: SheetLayout) -> Iterator[Entry]:
        """The entries of one sheet, wherever its blocks are now."""
        sections = [self._expected[section.pattern] for section in sheet.spec.sections]
        marked = [self._marked(expected) for expected in sections]
        home = self._home(sheet, marked)
        blocks = list(map(self._mended, sections, marked, repeat(home)))
        lost = self._lost(sheet, home, marked, blocks)
        if home is None or lost is not None:
            self.remarks.append(lost or SheetMissing(sheet.name))
            for slot in chain.from_iterable(expected.slots for expected in sections):
                yield _absent(slot.path, sheet.name)
            return
        self._taken[home.name].labels = labels_of(self.layout)[sheet.name]
        if home.name != sheet.name:
            self.remarks.append(SheetRenamed(home.name, expected=sheet.name))
        yield from chain.from_iterable(map(self._block, sections, blocks, repeat(home)))
        figures = labelled_figures(self.layout)[sheet.name]
        for path, place in locate_labelled(figures, home):
            self._note_figure(sheet.name, path, place)

    def _lost(
        self,
        sheet: SheetLayout,
        home: SheetCells | None,
        marked: Sequence[FoundBlock | None],
        blocks: Sequence[FoundBlock | None],
    ) -> Remark | None:
        """Why nothing of a sheet can be read: it is gone, or that of another document."""
        sections = [self._expected[section.pattern] for section in sheet.spec.sections]
        if home is None or not any(map(self._is_left, sections, blocks, repeat(home))):
            return SheetMissing(sheet.name)
        if not self._is_foreign(sections[0], marked[0]):
            return None
        self._doubled.add(home.name)
        return SheetForeign(home.name)

    def _is_foreign(self, first: Expected, block: FoundBlock | None) -> bool:
        """Whether the first block of a sheet bears the mark of another document, or none where all others do."""
        if block is None or not self._mark:
            return False
        if block.mark:
            return block.mark != self._mark
        # Who deletes the column of the mark moves all others.
        return block.columns == first.columns and block.keys_row > 0

    def _marked(self, expected: Expected) -> FoundBlock | None:
        """The block with the section's marker; of several the one that the names point to, else that on its tab."""
        found = self._blocks.get(expected.pattern, [])
        if len(found) < 2:
            return found[0] if found else None
        tab, row = expected.sheet.name, expected.header_row
        named = tab
        first = expected.slots[0].path
        area = self._names.area(first) or self._names.area(expected.section.pattern)
        if area is not None:
            named, row = area[0].name, area[1][1]

        def distance(block: FoundBlock) -> tuple[bool, bool, int]:
            name = block.sheet.name
            return name != named, name != tab, abs(block.keys_row - row)

        nearest, *others = sorted(found, key=distance)
        for other in others:
            self._note_copy(other.sheet.name, nearest.sheet.name)
        return nearest

    def _note_copy(self, name: str, original: str) -> None:
        """Remark once on a sheet that is a copy of another."""
        if name not in {original, *self._doubled}:
            self._doubled.add(name)
            self.remarks.append(SheetDoubled(name, original=original))

    def _home(
        self, sheet: SheetLayout, blocks: list[FoundBlock | None]
    ) -> SheetCells | None:
        """The sheet that holds most of what is left: of its blocks, else of its names, its tab or its title."""
        votes = Counter(block.sheet.name for block in filter(None, blocks))
        votes = votes or self._named_on(sheet) or Counter([sheet.name])
        known = {other.name: other for other in plan_sheets(self.book)}
        for name, _ in votes.most_common():
            if name in known:
                return known[name]
        titled = [other for other in known.values() if other.holds({sheet.name})]
        return titled[0] if len(titled) == 1 else None

    def _named_on(self, sheet: SheetLayout) -> Counter[str]:
        """The sheets on which the defined names of a sheet's blocks and fields are, with how many of them."""
        votes: Counter[str] = Counter()
        for section in sheet.spec.sections:
            patterns = [section.pattern, *(field.pattern for field in section.fields)]
            areas = filter(None, map(self._names.area, patterns))
            votes.update(on.name for on, _ in areas)
        return votes

    def _mended(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells | None
    ) -> FoundBlock | None:
        """A block whose keys are gone, put together from what is left of it."""
        if block and block.has_keys_of(expected):
            return block
        place = block.sheet if block else home
        language = self.layout.language
        return recover(expected, self._names, place, language) or block

    def _is_left(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> bool:
        """Whether anything on `home` tells of a section at all."""
        if block or not isinstance(expected.section, FormSpec):
            return bool(block)
        if any(map(self._names.place, expected.by_path)):
            return True
        return home.holds(set(expected.labels.values()))

    def _block(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> Iterator[Entry]:
        """The entries of one block."""
        if block is not None:
            self._taken[block.sheet.name].blocks.append((expected, block))
            if block.is_as(expected) and self._agrees(expected, block):
                return self._as_generated(expected, block)
        return self._elsewhere(expected, block, home)

    def _elsewhere(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> Iterator[Entry]:
        """The entries of a block in which something moved."""
        for found in self._locate(expected, block, home):
            if isinstance(found, Remark):
                self._note(found)
            elif found[0].pattern in self._fields:
                yield self._entry(expected, *found)
            else:
                self._note_figure(expected.sheet.name, *found)

    def _locate(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> Iterator[Located | Remark]:
        """Where the entries of a block stand now."""
        section = expected.section
        if isinstance(section, FormSpec):
            yield from locate_form(expected, block, self._names, home, self._doubled)
        elif block is None:
            yield TableMissing(home.name, path=section.pattern)
            yield from ((slot.path, None) for slot in expected.slots)
        elif isinstance(section, TableSpec):
            yield from locate_table(
                expected, section, block, self._printed, self._named
            )
        else:
            yield from locate_matrix(expected, block)

    def _agrees(self, expected: Expected, block: FoundBlock) -> bool:
        """Whether names and labels say the same as the keys, or are gone."""
        if not self._named.agree(expected, block):
            return False
        others = expected.labels.values()
        for path, (anchor, offset) in expected.anchors.items():
            row, column = expected.by_path[path].place
            named = self._names.place(path)
            if named and named.key != (block.sheet.name, row, column):
                return False
            label = block.sheet.at(row, column - offset).raw
            if label != expected.labels[anchor] and label in others:
                return False
        return True

    def _as_generated(self, expected: Expected, block: FoundBlock) -> Iterator[Entry]:
        """The entries of a block in which nothing moved: most blocks of most plans."""
        self.remarks.extend(mislabelled(expected, block, expected.header_row))
        sheet = block.sheet
        taken = self._taken[sheet.name]
        taken.fields |= expected.places
        taken.figures |= expected.figure_places
        renamed = sheet.name != expected.sheet.name
        self.computed += _in_place(expected.figures, sheet, renamed=renamed)
        yield from _in_place(expected.slots, sheet, renamed=renamed)

    def _note_figure(
        self, sheet: str, path: EntryPath, place: PlaceFound | None
    ) -> None:
        """Keep what stands in the cell of a figure."""
        if place is None:
            self.computed.append(_absent(path, sheet))
            return
        self._taken[place.sheet.name].figures.add((place.row, place.column))
        if path:
            name, where = place.sheet.name, place.address
            self.computed.append(_filled(path, name, where, place.cell))

    def _entry(
        self, expected: Expected, path: EntryPath, place: PlaceFound | None
    ) -> Entry:
        """The entry in a cell; one remark per sheet tells that something has moved."""
        if place is None:
            return _absent(path, expected.sheet.name)
        sheet, where = place.sheet, place.address
        used = self._taken[sheet.name].fields
        used.add((place.row, place.column))
        slot = expected.by_path.get(path)
        if slot is not None:
            self._note_move(slot, sheet.name, where)
            if expected.anchors:
                used |= _lost_keys(slot, place)
        return _filled(path, sheet.name, where, place.cell)

    def _note(self, remark: Remark) -> None:
        """Keep a remark; a field that is told to have moved need not be told once more for its sheet."""
        self.remarks.append(remark)
        if isinstance(remark, FieldMoved):
            self._moved.add(remark.sheet)

    def _note_move(self, slot: Slot, sheet: str, where: str) -> None:
        """Remark on the first entry of a sheet that stands elsewhere than it was generated."""
        drawn = slot.blank.cell
        if drawn != where and sheet not in self._moved:
            self._note(FieldMoved(sheet, where, slot.path, origin=drawn))


def _lost_keys(slot: Slot, place: PlaceFound) -> set[tuple[int, int]]:
    """The column keys above a form's field, which are no entries though the form's marker is gone."""
    sheet, row, column = place
    above = ((row - 1, column), (row - 2, column))
    return {at for at in above if sheet.at(*at).value == slot.column_key}


def _in_place(
    slots: Iterable[Slot], sheet: SheetCells, *, renamed: bool
) -> Iterator[Entry]:
    """What stands in cells that have not moved, on a sheet that may have been renamed."""
    name, cells = sheet.name, sheet.cells
    for slot in slots:
        cell = cells.get(slot.place)
        if cell is not None:
            yield _filled(slot.path, name, slot.blank.cell, cell)
        elif renamed:
            yield slot.blank._replace(sheet=name)
        else:
            yield slot.blank


def _filled(path: EntryPath, sheet: str, where: str, cell: Cell) -> Entry:
    # What a cell says of itself, an entry says in the same order.
    return Entry(path, sheet, where, *cell[2:])


def _absent(path: EntryPath, sheet: str) -> Entry:
    """An entry whose cell is not in the workbook any more."""
    return Entry(path, sheet, "", State.EMPTY)
