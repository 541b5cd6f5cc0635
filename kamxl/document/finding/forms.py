"""Where the fields of a form stand now: the hidden key, the defined name and the printed label each say it.

Two that agree decide. A single one is believed as long as the label does not belong to another field; where the
signals contradict each other, the field is reported and not guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from kamxl.document.finding.blocks_found import FoundBlock, Names, PlaceFound
from kamxl.document.finding.expected import Expected, Slot
from kamxl.document.finding.tables import Located
from kamxl.document.remarks import FieldContradictory, FieldMoved, FieldNotFound, Remark
from kamxl.xlsx.book import SheetCells, State


@dataclass(frozen=True, eq=False)
class _Form:
    """A form being searched; `doubled` are the sheets that are copies of others."""

    expected: Expected
    block: FoundBlock | None
    names: Names
    home: SheetCells
    doubled: Collection[str]

    def by_key(self, slot: Slot) -> PlaceFound | None:
        """The cell to which row and column key lead."""
        return self.block.place(slot.row_key, slot.column_key) if self.block else None

    def by_label(self, slot: Slot) -> PlaceFound | None:
        """The cell as far right of the printed label as it was generated, if the label stands there."""
        anchor, offset = self.expected.anchors[slot.path]
        found = self._labels_at.get(anchor)
        return PlaceFound(self.home, found[0], found[1] + offset) if found else None

    @cached_property
    def _labels_at(self) -> dict[str, tuple[int, int]]:
        """Where the labels stand: of several of one text the one nearest to where most of them moved."""
        labels, slots = self._printed_labels(), self.expected.by_path
        moves = Counter(
            (row - slots[path].place[0], column - self._drawn_column(path))
            for path, places in labels.items()
            for row, column in places
        )
        down, right = max(moves, key=moves.__getitem__, default=(0, 0))
        found: dict[str, tuple[int, int]] = {}
        for path, places in labels.items():
            row = slots[path].place[0] + down
            column = self._drawn_column(path) + right
            near = [place for place in places if place[1] == column]
            if near:
                found[path] = min(near, key=lambda place: abs(place[0] - row))
        return found

    def _printed_labels(self) -> dict[str, list[tuple[int, int]]]:
        """All cells in which the text of a label stands, by pattern."""
        paths = {text: path for path, text in self.expected.labels.items()}
        found: dict[str, list[tuple[int, int]]] = {p: [] for p in self.expected.labels}
        for place, cell in self.home.cells.items():
            if cell.raw in paths:
                found[paths[cell.raw]].append(place)
        return found

    def _drawn_column(self, path: str) -> int:
        """The column in which a label was printed."""
        return self.expected.by_path[path].place[1] - self.expected.anchors[path][1]

    @cached_property
    def keyed(self) -> set[tuple[str, int, int]]:
        """The cells of all fields, as the keys say."""
        places = map(self.by_key, self.expected.slots)
        return {place.key for place in places if place}

    def locate(self, slot: Slot) -> tuple[PlaceFound | None, Remark | None]:
        """The field's cell, and what is odd about it."""
        place, fault = self._place(slot)
        if place is not None and fault is None:
            fault = self._apart(slot, place)
        return place, fault

    def _place(self, slot: Slot) -> tuple[PlaceFound | None, Remark | None]:
        """The cell to which key, name and label lead."""
        key, name = self.by_key(slot), self.names.place(slot.path)
        if key and name and key.key != name.key:
            return self._decide(slot, key, name)
        place = key or name or self.by_label(slot)
        if place is None:
            return None, FieldNotFound(self.home.name, path=slot.path)
        return place, self._mislabelled(slot, place)

    def _apart(self, slot: Slot, place: PlaceFound) -> FieldMoved | None:
        """The remark on an entry that was moved to another line than its label, each of them by itself."""
        labelled, drawn = self.by_label(slot), slot.blank.cell
        if labelled is None or labelled.row == place.row or drawn == place.address:
            return None
        if place.cell.state is State.EMPTY:
            return None
        return FieldMoved(place.sheet.name, place.address, slot.path, origin=drawn)

    def _decide(
        self, slot: Slot, key: PlaceFound, name: PlaceFound
    ) -> tuple[PlaceFound, Remark | None]:
        """Key and name lead to two cells: the one that somebody filled, if no other field has a claim to it."""
        is_taken = name.key in self.keyed or name.sheet.name in self.doubled
        if is_taken or self._is_vacant(name):
            return key, self._mislabelled(slot, key)
        if self._is_vacant(key):
            return name, None
        own = self.expected.labels.get(slot.path)
        if own is not None and self._label_of(name) == own != self._label_of(key):
            return name, None
        other = name.address
        if name.sheet.name != key.sheet.name:
            other = f"{name.sheet.name}!{other}"
        return key, FieldContradictory(
            key.sheet.name, key.address, slot.path, other=other
        )

    def _mislabelled(self, slot: Slot, place: PlaceFound) -> FieldContradictory | None:
        """The remark where the label beside a cell is that of another field of the form."""
        own, labels = self.expected.labels.get(slot.path), self.expected.labels.values()
        left = place.column - self.expected.anchors[slot.path][1]
        label = place.sheet.at(place.row, left).raw or self._label_of(place)
        if own in {None, label} or label not in labels:
            return None
        return FieldContradictory(place.sheet.name, place.address, slot.path)

    def _is_vacant(self, place: PlaceFound) -> bool:
        """Whether a cell holds no entry: nothing at all, or a label of the form."""
        cell = place.cell
        return cell.state is State.EMPTY or cell.raw in {
            *self.expected.labels.values(),
            *self.expected.heads.values(),
        }

    def _label_of(self, place: PlaceFound) -> str:
        """The nearest text to the left of a cell."""
        sheet, row, column = place
        beside = (sheet.at(row, left).value for left in range(column - 1, 0, -1))
        return next((text for text in beside if isinstance(text, str)), "")


def locate_form(
    expected: Expected,
    block: FoundBlock | None,
    names: Names,
    home: SheetCells,
    doubled: Collection[str],
) -> Iterator[Located | Remark]:
    """The fields of a form, with a remark where one is gone or its signals contradict each other."""
    form = _Form(expected, block, names, home, doubled)
    for slot in expected.slots:
        place, fault = form.locate(slot)
        if fault is not None:
            yield fault
        yield slot.path, place
