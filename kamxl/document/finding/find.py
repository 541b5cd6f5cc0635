"""Finding each field of the specification in a workbook, with a remark on all that is unusual.

Each block of a sheet is found by its marker, else put together from what is left of it (`recover`). Where all its
keys are where they were generated, its entries are too; otherwise keys, names and labels lead to each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kamxl.document.extract import Entry
from kamxl.document.finding.blocks_found import (
    FoundBlock,
    Names,
    Place,
    find_blocks,
    plan_sheets,
)
from kamxl.document.finding.expected import Expected, expected_blocks
from kamxl.document.finding.forms import locate_form
from kamxl.document.finding.leftovers import leftovers
from kamxl.document.finding.recover import recover
from kamxl.document.finding.tables import (
    Located,
    locate_matrix,
    locate_table,
    mislabelled,
)
from kamxl.document.layout.layout import PlanLayout, SheetLayout
from kamxl.document.printed import Printed, printed_texts
from kamxl.document.remarks import (
    FieldMoved,
    Remark,
    SheetDoubled,
    SheetMissing,
    SheetRenamed,
    TableMissing,
)
from kamxl.document.schema import SectionKind
from kamxl.xlsx.book import Book, Cell, SheetCells, State, address

__all__ = ["Finder"]


class Finder:
    """One workbook being searched for the fields of its plan; `remarks` fills while `entries` are taken."""

    def __init__(self, book: Book, layout: PlanLayout, codes: str = "") -> None:
        self.book = book
        self.layout = layout
        self.remarks: list[Remark] = []
        self._expected = expected_blocks(layout)
        self._printed = Printed(printed_texts(layout), codes)
        self._names = Names(book)
        self._blocks = find_blocks(book)
        self._used: dict[str, set[tuple[int, int]]] = {}
        self._hidden: dict[str, tuple[set[int], set[int]]] = {}
        self._moved: set[str] = set()
        self._doubled: set[str] = set()

    def entries(self) -> Iterator[Entry]:
        """Every input field of the plan, in plan order; one that is not there comes without a cell."""
        for sheet in self.layout.sheets:
            yield from self._sheet(sheet)

    def leftovers(self) -> Iterator[Remark]:
        """Entries that stand beside the fields, and sheets that are not part of a plan."""
        return leftovers(
            self.book, self._used, self._hidden, self._printed, self._doubled
        )

    def _sheet(self, sheet: SheetLayout) -> Iterator[Entry]:
        """The entries of one sheet, wherever its blocks are now."""
        sections = [self._expected[section.pattern] for section in sheet.spec.sections]
        marked = {expected: self._marked(expected) for expected in sections}
        home = self._home(sheet, [block for block in marked.values() if block])
        blocks = {
            expected: self._mended(expected, block, home)
            for expected, block in marked.items()
        }
        if home is None or not any(
            self._is_left(expected, block, home) for expected, block in blocks.items()
        ):
            self.remarks.append(SheetMissing(sheet.name))
            yield from (
                _absent(slot.path, sheet.name)
                for expected in sections
                for slot in expected.slots
            )
            return
        if home.name != sheet.name:
            self.remarks.append(SheetRenamed(home.name, expected=sheet.name))
        for expected, block in blocks.items():
            yield from self._block(expected, block, home)

    def _marked(self, expected: Expected) -> FoundBlock | None:
        """The block with the section's marker; of several the one that the names point to, else that on its tab."""
        found = self._blocks.get(expected.pattern, [])
        if len(found) < 2:
            return found[0] if found else None
        first = expected.slots[0].path
        area = self._names.area(first) or self._names.area(expected.section.pattern)
        named, row = (
            (area[0].name, area[1][1])
            if area
            else (expected.sheet.name, expected.header_row)
        )
        found = sorted(
            found,
            key=lambda b: (
                b.sheet.name != named,
                b.sheet.name != expected.sheet.name,
                abs(b.keys_row - row),
            ),
        )
        for other in found[1:]:
            if other.sheet.name not in (found[0].sheet.name, *self._doubled):
                self._doubled.add(other.sheet.name)
                self.remarks.append(
                    SheetDoubled(other.sheet.name, original=found[0].sheet.name)
                )
        return found[0]

    def _home(self, sheet: SheetLayout, blocks: list[FoundBlock]) -> SheetCells | None:
        """The sheet that holds most of what is left: of its blocks, else of its names, its tab or its title."""
        votes = Counter(block.sheet.name for block in blocks)
        if not votes:
            patterns = [section.pattern for section in sheet.spec.sections]
            patterns += [
                field.pattern
                for section in sheet.spec.sections
                for field in section.fields
            ]
            votes.update(
                area[0].name for area in map(self._names.area, patterns) if area
            )
        known = {other.name: other for other in plan_sheets(self.book)}
        if votes:
            return next(
                (known[name] for name, _ in votes.most_common() if name in known), None
            )
        if sheet.name in known:
            return known[sheet.name]
        titled = [
            other
            for other in known.values()
            if any(c.raw == sheet.name for c in other.cells.values())
        ]
        return titled[0] if len(titled) == 1 else None

    def _mended(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells | None
    ) -> FoundBlock | None:
        """A block whose keys are gone, put together from what is left of it."""
        if (
            block is not None
            and block.rows.keys() & expected.rows
            and block.columns.keys() & expected.columns.keys()
        ):
            return block
        return (
            recover(
                expected,
                self._names,
                block.sheet if block else home,
                self.layout.language,
            )
            or block
        )

    def _is_left(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> bool:
        """Whether anything on `home` tells of a section at all."""
        if block is not None or expected.section.kind is not SectionKind.FORM:
            return block is not None
        if any(self._names.place(slot.path) for slot in expected.slots):
            return True
        labels = set(expected.labels.values())
        return any(cell.raw in labels for cell in home.cells.values())

    def _block(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> Iterator[Entry]:
        """The entries of one block."""
        if block is not None:
            rows, columns = self._hidden.setdefault(block.sheet.name, (set(), set()))
            rows.add(block.keys_row)
            columns.add(block.keys_column)
            if block.is_as(expected) and self._form_agrees(expected, block):
                yield from self._as_generated(expected, block)
                return
        for found in self._locate(expected, block, home):
            if isinstance(found, Remark):
                self.remarks.append(found)
            else:
                yield self._entry(expected, *found)

    def _locate(
        self, expected: Expected, block: FoundBlock | None, home: SheetCells
    ) -> Iterator[Located | Remark]:
        """Where the entries of a block stand now."""
        if expected.section.kind is SectionKind.FORM:
            yield from locate_form(expected, block, self._names, home, self._doubled)
        elif block is None:
            yield TableMissing(home.name, path=expected.section.pattern)
            yield from ((slot.path, None) for slot in expected.slots)
        elif expected.section.kind is SectionKind.TABLE:
            yield from locate_table(expected, block, self._printed)
        else:
            yield from locate_matrix(expected, block)

    def _form_agrees(self, expected: Expected, block: FoundBlock) -> bool:
        """Whether names and labels of a form's fields say the same as the keys, or are gone."""
        labels = set(expected.labels.values()) if expected.anchors else set()
        for path, (anchor, offset) in expected.anchors.items():
            row, column = expected.by_path[path].place
            named = self._names.place(path)
            if named is not None and (
                named[0].name != block.sheet.name or named[1:] != (row, column)
            ):
                return False
            label = block.sheet.cells.get((row, column - offset))
            if (
                label is not None
                and label.raw != expected.labels[anchor]
                and label.raw in labels
            ):
                return False
        return True

    def _as_generated(self, expected: Expected, block: FoundBlock) -> Iterator[Entry]:
        """The entries of a block in which nothing moved: most blocks of most plans."""
        self.remarks.extend(mislabelled(expected, block, expected.header_row))
        sheet, cells = block.sheet, block.sheet.cells
        self._used.setdefault(sheet.name, set()).update(expected.places)
        renamed = sheet.name != expected.sheet.name
        for slot in expected.slots:
            cell = cells.get(slot.place)
            if cell is not None:
                yield _filled(slot.path, sheet.name, slot.blank.cell, cell)
            elif renamed:
                yield slot.blank._replace(sheet=sheet.name)
            else:
                yield slot.blank

    def _entry(self, expected: Expected, path: str, place: Place | None) -> Entry:
        """The entry in a cell; one remark per sheet tells that something has moved."""
        if place is None:
            return _absent(path, expected.sheet.name)
        sheet, row, column = place
        where = address(row, column)
        used = self._used.setdefault(sheet.name, set())
        used.add((row, column))
        slot = expected.by_path.get(path)
        if (
            slot is not None
            and slot.place != (row, column)
            and sheet.name not in self._moved
        ):
            self._moved.add(sheet.name)
            self.remarks.append(
                FieldMoved(sheet.name, where, path, origin=slot.blank.cell)
            )
        if (
            slot is not None and expected.anchors
        ):  # column keys of a form whose marker is gone
            used.update(
                (above, column)
                for above in (row - 1, row - 2)
                if sheet.at(above, column).value == slot.column_key
            )
        cell = sheet.cells.get((row, column))
        return (
            _filled(path, sheet.name, where, cell)
            if cell
            else Entry(path, sheet.name, where, State.EMPTY)
        )


def _filled(path: str, sheet: str, where: str, cell: Cell) -> Entry:
    return Entry(
        path, sheet, where, cell.state, cell.value, cell.raw, cell.reason, cell.is_date, cell.is_formula
    )  # fmt: skip


def _absent(path: str, sheet: str) -> Entry:
    """An entry whose cell is not in the workbook any more."""
    return Entry(path, sheet, "", State.EMPTY)
