"""A block whose marker is lost, put together from what is left: row keys, the defined name, printed labels.

Somebody deletes the hidden column, the hidden rows, or all defined names, but hardly all of them and the headings
too. Three questions are answered one by one, each from the first signal that knows: in which row the heads of the
columns stand, which column is which, and which row is which.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kamxl.document import wording
from kamxl.document.finding.blocks_found import FoundBlock, Names
from kamxl.document.finding.expected import Expected
from kamxl.document.keys import BETWEEN, GROWTH, ROW_NAMES, TOTAL, person_key
from kamxl.document.schema import FormSpec, MatrixSpec, TableSpec
from kamxl.xlsx.book import CellArea, SheetCells

_LOOK_ABOVE = 4  # rows above the heads of a table in which its keys may stand
_LOOK_BELOW = 3  # rows below the entries of a table in which its sums may stand
_MOST_ROWS = 10_000
_MOST_CELLS = 50_000  # of a sheet worth searching; a plan's has some thousands
_PAST_LAST_ROW = 1_048_577


def recover(
    expected: Expected, names: Names, home: SheetCells | None, language: str
) -> FoundBlock | None:
    """The block of `expected` on the sheet that its name points to, else on `home`; `None` if nothing is left."""
    sheet, area = names.area(expected.section.pattern) or (home, None)
    if sheet is None or len(sheet.cells) > _MOST_CELLS:
        return None
    return _Remains(sheet, expected, language, area).block()


@dataclass(frozen=True)
class _Remains:
    """What is left of a block on a sheet; `area` is where its defined name says that it stands."""

    sheet: SheetCells
    expected: Expected
    language: str
    area: CellArea | None

    def block(self) -> FoundBlock | None:
        """The block put together again."""
        keys_column, keys = self._row_keys()
        if isinstance(self.expected.section, FormSpec):
            if not keys:
                return None
            return FoundBlock(self.sheet, 0, keys_column, {}, keys, max(keys))
        header = self._header(keys_column, keys)
        if header is None:
            return None
        keys_row, columns = self._columns(header)
        keys = keys or self._lost_keys(header, columns)
        keys |= self._closing_keys(max(keys, default=header), columns)
        last = max(keys, default=header)
        return FoundBlock(
            self.sheet, keys_row, keys_column, columns, keys, last, header
        )

    def _row_keys(self) -> tuple[int, dict[int, str]]:
        """The keys of the block's rows, and the column that holds most of them."""
        start = f"{self.expected.pattern}["
        found: dict[int, dict[int, str]] = {}
        for (row, column), cell in self.sheet.cells.items():
            key = cell.raw
            if key.startswith(start) or key.split(BETWEEN)[0] in self.expected.rows:
                found.setdefault(column, {})[row] = key
        return max(found.items(), key=lambda item: len(item[1]), default=(0, {}))

    # In which row the heads of the columns stand

    def _header(self, keys_column: int, keys: Mapping[int, str]) -> int | None:
        """The row of the heads: the first of the named area, else above the first key and below another block's."""
        first = min(keys, default=_PAST_LAST_ROW)
        keyed = [row for row, column in self.sheet.cells if column == keys_column]
        above = max((row for row in keyed if row < first), default=0)
        ranges = [range(above + 1, first)]
        if self.area is not None:
            named = self.area[1]
            ranges.insert(0, range(named, named + 1))
        if isinstance(self.expected.section, MatrixSpec):
            # Its first keys are those of the contacts, above the heads.
            ranges = [range(1, _PAST_LAST_ROW)]
        return next(filter(None, map(self._header_among, ranges)), None)

    def _header_among(self, rows: range) -> int | None:
        """The row that holds most heads of columns, if there is just one."""
        heads = set(self.expected.heads.values())
        cells = self.sheet.cells.items()
        found = [row for (row, _), cell in cells if cell.raw in heads]
        counts = Counter(row for row in found if row in rows)
        most = max(counts.values(), default=0)
        if most < max(min(2, len(heads)), len(heads) / 2):
            return None
        fullest = [row for row, count in counts.items() if count == most]
        own = list(filter(self._are_own_heads, fullest))
        return own[0] if len(own) == 1 else None

    def _are_own_heads(self, row: int) -> bool:
        """Whether a row of heads is this block's: other tables of the sheet may have some of them, or all."""
        foreign = self._foreign_heads
        own = set(self.expected.heads.values())
        texts = set(self._texts(row).values())
        if texts & (foreign ^ own):
            return not texts & (foreign - own)
        heading, above = self.expected.section.heading, self._heading_above(row)
        return heading is not None and above == heading[self.language]

    def _texts(self, row: int) -> dict[int, str]:
        """What stands in a row, by column and from the left."""
        return dict(sorted(self._rows.get(row, {}).items()))

    @cached_property
    def _rows(self) -> dict[int, dict[int, str]]:
        """What stands in each row, by column."""
        rows: dict[int, dict[int, str]] = {}
        for (row, column), cell in self.sheet.cells.items():
            rows.setdefault(row, {})[column] = cell.raw
        return rows

    @cached_property
    def _foreign_heads(self) -> set[str]:
        """The heads of the sheet's other sections."""
        heads: set[str] = set()
        for section in self.expected.sheet.spec.sections:
            if section is self.expected.section:
                continue
            heads |= {column.printed(self.language) for column in section.columns}
            if isinstance(section, TableSpec) and section.row_label is not None:
                heads.add(section.row_label[self.language])
        return heads

    def _headings(self, *, hints: bool = False) -> set[str]:
        """The headings of all sections of the sheet, and the lines of guidance below them."""
        texts: set[str] = set()
        for section in self.expected.sheet.spec.sections:
            found = (section.heading, section.hint if hints else None)
            texts |= {text[self.language] for text in found if text is not None}
        return texts

    def _heading_above(self, row: int) -> str:
        """The last heading above a row."""
        place = bisect_left(self._headings_at, (row, ""))
        return self._headings_at[place - 1][1] if place else ""

    @cached_property
    def _headings_at(self) -> list[tuple[int, str]]:
        """The headings on the sheet with their rows, from above."""
        headings, cells = self._headings(), self.sheet.cells.items()
        return sorted((r, cell.raw) for (r, _), cell in cells if cell.raw in headings)

    # Which column is which

    def _columns(self, header: int) -> tuple[int, dict[str, int]]:
        """Column by key, from the hidden row of keys if there still is one (with that row), else from the heads."""
        is_matrix = isinstance(self.expected.section, MatrixSpec)
        first = 1 if is_matrix else header - _LOOK_ABOVE
        above = range(first, header)
        rows: dict[int, dict[str, int]] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row in above and cell.raw in self.expected.columns:
                rows.setdefault(row, {}).setdefault(cell.raw, column)
        half = len(self.expected.columns) / 2
        near = [row for row, found in rows.items() if len(found) > half]
        keys_row = max(near, default=0)
        return keys_row, rows.get(keys_row) or self._from_heads(header)

    def _from_heads(self, header: int) -> dict[str, int]:
        """Column by key as the heads tell; those that repeat only while they still follow each other as generated."""
        heads, row = self.expected.heads, self._texts(header)
        drawn, printed = Counter(heads.values()), Counter(row.values())
        sure = dict(drawn.items() & printed.items())  # that are there as often as drawn
        repeats = (drawn - Counter(list(drawn))).__contains__
        order = list(filter(repeats, heads.values()))
        if list(filter(repeats, row.values())) != order:
            sure = {text: number for text, number in sure.items() if number == 1}
        keys = [key for key, text in heads.items() if text in sure]
        columns = [column for column, text in row.items() if text in sure]
        keys.sort(key=heads.__getitem__)
        columns.sort(key=row.__getitem__)
        return dict(zip(keys, columns, strict=True))

    # Which row is which

    def _lost_keys(self, header: int, columns: Mapping[str, int]) -> dict[int, str]:
        """The keys of rows that have none any more."""
        section = self.expected.section
        if isinstance(section, MatrixSpec):
            return self._matrix_keys(section, header, columns)
        last = self.area[3] if self.area else 0
        if not header <= last < header + _MOST_ROWS:
            last = self._end(header)
        rows = range(header + 1, last + 1)
        if self.expected.labels:
            return self._labelled_keys(rows, columns.get(ROW_NAMES, 1))
        known = list(dict.fromkeys(slot.row_key for slot in self.expected.slots))
        if isinstance(section, TableSpec) and section.free:
            known = [f"{section.pattern}[{index}]" for index in range(len(rows))]
        return dict(zip(rows, known, strict=False))

    def _closing_keys(self, last: int, columns: Mapping[str, int]) -> dict[int, str]:
        """The keys of the sums below the last row, told by what is printed in front of them."""
        first = min(columns.values(), default=1)
        texts = {
            wording.TOTAL[self.language]: TOTAL,
            wording.GROWTH[self.language]: GROWTH,
        }
        found: dict[int, str] = {}
        for row in range(last + 1, last + _LOOK_BELOW + 1):
            suffix = texts.pop(self.sheet.at(row, first).raw, None)
            if suffix is not None:
                found[row] = self.expected.pattern + suffix
        return found

    def _labelled_keys(
        self, rows: Iterable[int], column: int, wanted: Container[str] | None = None
    ) -> dict[int, str]:
        """Row keys by the printed names of rows, each once; all of them, or those wanted."""
        labels = self.expected.labels.items()
        missing = {t: key for key, t in labels if wanted is None or key in wanted}
        found: dict[int, str] = {}
        for row in rows:
            key = missing.pop(self.sheet.at(row, column).raw, None)
            if key is not None:
                found[row] = key
        return found

    def _end(self, header: int) -> int:
        """The last row before the sums or the next heading; without either, as many rows as were drawn."""
        texts = self._headings(hints=True)
        texts |= {wording.TOTAL[self.language], wording.GROWTH[self.language]}
        texts -= set(self.expected.labels.values())
        cells = self.sheet.cells.items()
        stops = [row for (row, _), cell in cells if cell.raw in texts and row > header]
        drawn = header + len({slot.row_key for slot in self.expected.slots})
        return min([drawn + 1, *stops]) - 1

    def _matrix_keys(
        self, matrix: MatrixSpec, header: int, columns: Mapping[str, int]
    ) -> dict[int, str]:
        """Row keys of the contact matrix: contacts by their labels, our own people in their order below the heads."""
        column = columns.get(self.expected.label_key, 0)
        rows = [row for row, place in self.sheet.cells if place == column]
        # A tile may say the same as a label, further away, and as a figure's, above the heads.
        rows.sort(key=lambda row: abs(row - header))
        figures = {person_key(line) for line in matrix.people.figures}
        keys = self._labelled_keys(rows, column, self.expected.labels.keys() - figures)
        below = [row for row in rows if row > header]
        keys |= self._labelled_keys(below, column, figures)
        start = f"{matrix.team.pattern}["
        drawn = sorted(self.expected.keys.items())
        team = [key for _, key in drawn if key.startswith(start)]
        below = [row for row in keys if row > header]
        closing = min(below, default=header + len(team) + 1)
        return keys | dict(zip(range(header + 1, closing), team, strict=False))
