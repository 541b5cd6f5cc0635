"""Which row is which in a table whose rows bear a name that people may sort, cut and change.

A product group has a row in several tables; in one of them its name is entered, the others repeat it by formula. The
hidden key of a row stays where it is when somebody sorts what can be seen, so the name counts more than the key. For
example the keys say *Prozesspumpen, Dosierpumpen, Ersatzteile*, the cells show *Dosierpumpen, Ersatzteile,
Prozesspumpen*: the first row is that of *Dosierpumpen*. A row with a new name is the one that is left. A name that two
rows bear says nothing, and where more than one row is left, each is reported.

In workbooks of earlier versions the repeated name is that of whatever row stands in a place now: there a table that
was sorted shows other names beside the entries of the tables that repeat them. They are read as shown, with a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import filterfalse

from kamxl.document.finding.blocks_found import FoundBlock
from kamxl.document.finding.expected import Expected
from kamxl.document.formulas.names import origin_of
from kamxl.document.keys import ROW_NAMES
from kamxl.document.layout.layout import Layout
from kamxl.document.remarks import FieldContradictory, Remark, RowsRelabelled
from kamxl.document.schema import TableSpec
from kamxl.spelling import fold
from kamxl.xlsx.book import Cell, State, column_number

_REPEATS = re.compile(r'IF\(\$?([A-Z]{1,3})\$?([0-9]{1,7})="","",\$?\1\$?\2\)')

RowPlaces = dict[int, int]
"""Row of the sheet by index of the table's row."""


@dataclass
class NamedRows:
    """The names of rows in one workbook; what an origin is found to say counts for the tables that repeat it."""

    layout: Layout
    _now: dict[str, dict[int, str]] = field(default_factory=dict)

    def agree(self, expected: Expected, block: FoundBlock) -> bool:
        """Whether the names of a table's rows say the same as their keys."""
        table = expected.section
        if not isinstance(table, TableSpec) or not self._column(table):
            return True
        places = {
            index: block.rows[key]
            for index, key in enumerate(_row_keys(expected, table))
        }
        found, remarks = self.settle(table, block, places, [])
        return found == places and not remarks

    def settle(
        self, table: TableSpec, block: FoundBlock, places: RowPlaces, more: list[int]
    ) -> tuple[RowPlaces, list[Remark]]:
        """Where each row stands, and what is doubtful.

        Args:
            table: whose rows are asked for.
            block: the table as it was found.
            places: where the keys say that its rows are.
            more: further rows with entries; those that are found to be one of the named ones are taken out.
        """
        column = block.columns.get(self._column(table) or "")
        if column is None:
            return places, []
        cells = {row: block.sheet.at(row, column) for row in (*places.values(), *more)}
        shown = {row: _shown(block, cell) for row, cell in cells.items()}
        search = _Search(places, more, self._told(table, shown))
        found = search.settled()
        more[:] = sorted({*more}.difference(found.values()))
        if table.editable:
            self._now[table.source] = {
                index: shown[row] for index, row in found.items()
            }
        doubtful = [
            FieldContradictory(
                block.sheet.name,
                cells[row].address,
                f"{table.pattern}[{index}]",
                value=shown[row],
            )
            for index, row in search.doubtful(found)
        ]
        moved = [cells[row] for row in search.moved(found)]
        return found, [*doubtful, *self._relabelled(table, block, moved)]

    def _told(
        self, table: TableSpec, shown: Mapping[int, str]
    ) -> dict[int, int | None]:
        """The index that each row's name tells."""
        known = self._known(table)
        return {row: known.get(fold(text)) for row, text in shown.items()}

    def _relabelled(
        self, table: TableSpec, block: FoundBlock, moved: list[Cell]
    ) -> list[Remark]:
        """The remark on a table that shows other names because those that it repeats were sorted."""
        following = [cell for cell in moved if self._follows_place(table, cell)]
        if not following:
            return []
        first = min(moved).address
        return [RowsRelabelled(block.sheet.name, first, table.pattern)]

    def _column(self, table: TableSpec) -> str | None:
        """The key of the column in which the names stand that people may change."""
        if table.editable:
            return table.editable
        return ROW_NAMES if origin_of(self.layout.spec, table) else None

    def _known(self, table: TableSpec) -> Mapping[str, int]:
        """The index that each name tells: as generated, or for a table that repeats them, as they are now."""
        drawn = enumerate(row.label[self.layout.language] for row in table.rows)
        now = self._now.get(table.source, {}) if not table.editable else {}
        return _unique(drawn) | _unique(now.items())

    def _follows_place(self, table: TableSpec, cell: Cell) -> bool:
        """Whether a name is that of the row in a certain place, as earlier versions wrote the formula."""
        texts = (row.label[self.layout.language] for row in table.rows)
        if table.editable or not cell.is_formula:
            return False
        return not any(text.replace('"', '""') in cell.formula for text in texts)


@dataclass(frozen=True, eq=False)
class _Search:
    """Rows, where their keys say that they are, and which of them their names tell."""

    places: RowPlaces
    more: list[int]
    told: dict[int, int | None]
    unsure: set[int] = field(default_factory=set)

    def settled(self) -> RowPlaces:
        """Each row where its name says, else where its key does, else where one is left."""
        keyed = {row: index for index, row in self.places.items()}
        found = self._by_name(keyed)
        named = set(found.values())
        left = [row for row in keyed if row not in named]
        if len(left) > 1 and self.moved(found):
            # Where others have moved, the key of a row that has a new name tells nothing.
            self.unsure.update(self.places.keys() - found.keys())
        for row in left:
            found.setdefault(keyed[row], row)
        adrift = list(filterfalse(set(found.values()).__contains__, left))
        vacant = [index for index in self.places if index not in found]
        found |= dict(zip(vacant, adrift, strict=False))
        return dict(sorted(found.items()))

    def moved(self, found: RowPlaces) -> list[int]:
        """The rows that stand where the keys lead to another one."""
        places = self.places
        return [row for index, row in found.items() if places.get(index) != row]

    def doubtful(self, found: RowPlaces) -> list[tuple[int, int]]:
        """The rows, with their index, that are unsure or bear the name of another one."""
        return [item for item in found.items() if self._is_doubtful(*item)]

    def _is_doubtful(self, index: int, row: int) -> bool:
        return index in self.unsure or self.told[row] not in {None, index}

    def _by_name(self, keyed: Mapping[int, int]) -> RowPlaces:
        """The rows that bear a name of their own; of several with one name, the one whose key says so too."""
        claims: dict[int, list[int]] = {}
        for row, index in self.told.items():
            if index is not None:
                claims.setdefault(index, []).append(row)
        found: RowPlaces = {}
        for index, rows in claims.items():
            best = [row for row in rows if keyed.get(row) == index] or rows
            if len(best) == 1:
                found[index] = best[0]
        return found


def _row_keys(expected: Expected, table: TableSpec) -> list[str]:
    """The keys of a table's rows, in order."""
    start = f"{table.pattern}["
    keys = sorted(expected.keys.items())
    return [key for _, key in keys if key.startswith(start)]


def _unique(names: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Index by name, in small letters; without the names that two rows bear."""
    found: dict[str, int] = {}
    twice = set()
    for index, name in names:
        key = fold(name)
        if found.setdefault(key, index) != index:
            twice.add(key)
    return {key: index for key, index in found.items() if key and key not in twice}


def _shown(block: FoundBlock, cell: Cell) -> str:
    """The text of a cell; of a formula that was never calculated, that of the cell which it repeats."""
    if cell.state is State.VALUE:
        return cell.raw
    repeats = _REPEATS.fullmatch(cell.formula)
    if not repeats:
        return ""
    return block.sheet.at(int(repeats[2]), column_number(repeats[1])).raw
