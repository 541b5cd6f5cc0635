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
from kamxl.document.remarks import FieldContradictory, FieldNotFound, Remark
from kamxl.xlsx.book import SheetCells, State, address


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
        return (self.home, found[0], found[1] + offset) if found else None

    @cached_property
    def _labels_at(self) -> dict[str, tuple[int, int]]:
        """Where the labels stand: of several of one text the one nearest to where most of them moved."""
        drawn = {path: self._drawn_label(path) for path in self.expected.labels}
        found: dict[str, list[tuple[int, int]]] = {path: [] for path in drawn}
        paths = {text: path for path, text in self.expected.labels.items()}
        for place, cell in self.home.cells.items():
            if cell.raw in paths:
                found[paths[cell.raw]].append(place)
        moves = Counter(
            (row - drawn[path][0], column - drawn[path][1])
            for path, places in found.items()
            for row, column in places
        )
        down, right = moves.most_common(1)[0][0] if moves else (0, 0)
        at: dict[str, tuple[int, int]] = {}
        for path, (row, column) in drawn.items():
            places = [place for place in found[path] if place[1] == column + right]
            if places:
                at[path] = min(places, key=lambda place: abs(place[0] - row - down))
        return at

    def _drawn_label(self, path: str) -> tuple[int, int]:
        row, column = self.expected.by_path[path].place
        return row, column - self.expected.anchors[path][1]

    @cached_property
    def keyed(self) -> dict[tuple[str, int, int], str]:
        """Whose cell is where, as the keys say."""
        found: dict[tuple[str, int, int], str] = {}
        for slot in self.expected.slots:
            place = self.by_key(slot)
            if place is not None:
                found[place[0].name, place[1], place[2]] = slot.path
        return found

    def locate(self, slot: Slot) -> tuple[PlaceFound | None, Remark | None]:
        """The field's cell, and what is odd about it."""
        key, name = self.by_key(slot), self.names.place(slot.path)
        if key is not None and name is not None and not _same(key, name):
            return self._decide(slot, key, name)
        place = key or name or self.by_label(slot)
        if place is None:
            return None, FieldNotFound(self.home.name, path=slot.path)
        return place, self._mislabelled(slot, place)

    def _decide(
        self, slot: Slot, key: PlaceFound, name: PlaceFound
    ) -> tuple[PlaceFound, Remark | None]:
        """Key and name lead to two cells: the one that somebody filled, if no other field has a claim to it."""
        owner = self.keyed.get((name[0].name, name[1], name[2]))
        if owner is not None or name[0].name in self.doubled or self._is_vacant(name):
            return key, self._mislabelled(slot, key)
        if self._is_vacant(key):
            return name, None
        own = self.expected.labels.get(slot.path)
        if own is not None and self._label_of(name) == own != self._label_of(key):
            return name, None
        other = address(*name[1:])
        if name[0].name != key[0].name:
            other = f"{name[0].name}!{other}"
        return key, FieldContradictory(*_where(key), slot.path, other=other)

    def _mislabelled(self, slot: Slot, place: PlaceFound) -> FieldContradictory | None:
        """The remark where the label beside a cell is that of another field of the form."""
        own, labels = self.expected.labels.get(slot.path), self.expected.labels.values()
        if own is None:
            return None
        beside = place[0].cells.get(
            (place[1], place[2] - self.expected.anchors[slot.path][1])
        )
        label = beside.raw if beside is not None else self._label_of(place)
        if label == own or label not in labels:
            return None
        return FieldContradictory(*_where(place), slot.path)

    def _is_vacant(self, place: PlaceFound) -> bool:
        """Whether a cell holds no entry: nothing at all, or a label of the form."""
        cell = place[0].at(place[1], place[2])
        return cell.state is State.EMPTY or cell.raw in {
            *self.expected.labels.values(),
            *self.expected.heads.values(),
        }

    def _label_of(self, place: PlaceFound) -> str:
        """The nearest text to the left of a cell."""
        sheet, row, column = place
        for left in range(column - 1, 0, -1):
            cell = sheet.cells.get((row, left))
            if cell is not None and isinstance(cell.value, str):
                return cell.value
        return ""


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


def _where(place: PlaceFound) -> tuple[str, str]:
    return place[0].name, address(place[1], place[2])


def _same(one: PlaceFound, other: PlaceFound) -> bool:
    return one[0].name == other[0].name and one[1:] == other[1:]
