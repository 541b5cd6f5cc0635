"""A block whose marker is lost, put together from what is left: row keys, the defined name, printed labels.

Somebody deletes the hidden column, the hidden rows, or all defined names, but hardly all of them and the headings
too. Three questions are answered one by one, each from the first signal that knows: in which row the heads of the
columns stand, which column is which, and which row is which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kamxl.document import wording
from kamxl.document.finding.blocks_found import FoundBlock, Names
from kamxl.document.finding.expected import Expected
from kamxl.document.keys import BETWEEN, ROW_NAMES
from kamxl.document.schema import FormSpec, MatrixSpec, TableSpec
from kamxl.xlsx.book import CellArea, SheetCells

_LOOK_ABOVE = 4  # rows above the heads of a table in which its keys may stand
_MOST_ROWS = 10_000
_MOST_CELLS = 50_000  # of a sheet worth searching; a plan's has some thousands
_PAST_LAST_ROW = 1_048_577


def recover(
    expected: Expected, names: Names, home: SheetCells | None, language: str
) -> FoundBlock | None:
    """The block of `expected` on the sheet that its name points to, else on `home`; `None` if nothing is left."""
    area = names.area(expected.section.pattern)
    sheet = area[0] if area else home
    if sheet is None or len(sheet.cells) > _MOST_CELLS:
        return None
    return _Remains(sheet, expected, language, area[1] if area else None).block()


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
        header = self._named_header() or self._header(keys_column, keys)
        if header is None:
            return None
        keys_row, columns = self._columns(header)
        keys = keys or self._lost_keys(header, columns)
        last = max(keys, default=header)
        return FoundBlock(
            self.sheet, keys_row, keys_column, columns, keys, last, header
        )

    def _row_keys(self) -> tuple[int, dict[int, str]]:
        """The keys of the block's rows, and the column that holds most of them."""
        start = f"{self.expected.pattern}["
        found: dict[int, dict[int, str]] = {}
        for (row, column), cell in self.sheet.cells.items():
            text = cell.value
            if not isinstance(text, str):
                continue
            if text.startswith(start) or text.split(BETWEEN)[0] in self.expected.rows:
                found.setdefault(column, {})[row] = text
        return max(found.items(), key=lambda item: len(item[1]), default=(0, {}))

    # In which row the heads of the columns stand

    def _named_header(self) -> int | None:
        """The first row of the named area, if the heads stand there."""
        if self.area is None:
            return None
        first = self.area[1]
        return self._header_among(range(first, first + 1))

    def _header(self, keys_column: int, keys: Mapping[int, str]) -> int | None:
        """The row of the heads: above the first key, below the keys of another block."""
        first = min(keys, default=0)
        if not first:
            return self._header_among(range(1, _PAST_LAST_ROW))
        rows = (row for row, column in self.sheet.cells if column == keys_column)
        above = max((row for row in rows if row < first), default=0)
        return self._header_among(range(above + 1, first))

    def _header_among(self, rows: range) -> int | None:
        """The row that holds most heads of columns, if there is just one."""
        heads = set(self.expected.heads.values())
        if isinstance(self.expected.section, MatrixSpec):
            # Its first keys are those of the contacts, above the heads.
            rows = range(1, _PAST_LAST_ROW)
        cells = self.sheet.cells.items()
        found = Counter(row for (row, _), cell in cells if cell.raw in heads)
        counts = {row: count for row, count in found.items() if row in rows}
        most = max(counts.values(), default=0)
        if most < min(2, len(heads)) or most < len(heads) / 2:
            return None
        fullest = [row for row, count in counts.items() if count == most]
        own = [row for row in fullest if self._are_own_heads(row)]
        return own[0] if len(own) == 1 else None

    def _are_own_heads(self, row: int) -> bool:
        """Whether a row of heads is this block's: other tables of the sheet may have some of them, or all."""
        foreign = self._foreign_heads()
        own = set(self.expected.heads.values())
        texts = {cell.raw for (r, _), cell in self.sheet.cells.items() if r == row}
        if texts & (foreign - own):
            return False
        if texts & (own - foreign):
            return True
        heading = self.expected.section.heading
        return (
            heading is not None and self._heading_above(row) == heading[self.language]
        )

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
        headings, cells = self._headings(), self.sheet.cells.items()
        found = [(r, cell.raw) for (r, _), cell in cells if cell.raw in headings]
        return max(((r, text) for r, text in found if r < row), default=(0, ""))[1]

    # Which column is which

    def _columns(self, header: int) -> tuple[int, dict[str, int]]:
        """Column by key, from the hidden row of keys if there still is one (with that row), else from the heads."""
        is_matrix = isinstance(self.expected.section, MatrixSpec)
        above = range(1 if is_matrix else header - _LOOK_ABOVE, header)
        rows: dict[int, dict[str, int]] = {}
        heads: dict[str, list[int]] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row in above and cell.raw in self.expected.columns:
                rows.setdefault(row, {}).setdefault(cell.raw, column)
            elif row == header:
                heads.setdefault(cell.raw, []).append(column)
        half = len(self.expected.columns) / 2
        near = {row: found for row, found in rows.items() if len(found) > half}
        if near:
            return max(near.items())
        return 0, self._from_heads(heads)

    def _from_heads(self, heads: Mapping[str, list[int]]) -> dict[str, int]:
        """Column by key as the heads tell; those that repeat only while they still follow each other as generated."""
        keys: dict[str, list[str]] = {}
        for key, text in self.expected.heads.items():
            keys.setdefault(text, []).append(key)
        repeated = {text for text, named in keys.items() if len(named) > 1}
        generated = [t for t in self.expected.heads.values() if t in repeated]
        order = [(column, text) for text in repeated for column in heads.get(text, ())]
        is_as_generated = [text for _, text in sorted(order)] == generated
        found: dict[str, int] = {}
        for text, named in keys.items():
            columns = heads.get(text, ())
            is_sure = text not in repeated or is_as_generated
            if is_sure and len(columns) == len(named):
                found |= dict(zip(named, columns, strict=True))
        return found

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
        known = dict.fromkeys(slot.row_key for slot in self.expected.slots)
        if isinstance(section, TableSpec) and section.free:
            pattern = self.expected.pattern
            known = {f"{pattern}[{index}]": None for index in range(len(rows))}
        return dict(zip(rows, known, strict=False))

    def _labelled_keys(self, rows: range, column: int) -> dict[int, str]:
        """Row keys by the printed names of rows, each once."""
        missing = {label: key for key, label in self.expected.labels.items()}
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
        stops = [row - 1 for (row, _), cell in cells if cell.raw in texts]
        drawn = header + len({slot.row_key for slot in self.expected.slots})
        return min([drawn, *(stop for stop in stops if stop >= header)])

    def _matrix_keys(
        self, matrix: MatrixSpec, header: int, columns: Mapping[str, int]
    ) -> dict[int, str]:
        """Row keys of the contact matrix: contacts by their labels, our own people in their order below the heads."""
        labels = {text: key for key, text in self.expected.labels.items()}
        column = columns.get(self.expected.label_key)
        found: dict[str, int] = {}
        for (row, place), cell in self.sheet.cells.items():
            key = labels.get(cell.raw) if place == column else None
            if key is not None:
                # A tile may say the same, further away.
                nearest = found.get(key, row)
                found[key] = min(nearest, row, key=lambda r: abs(r - header))
        keys = {row: key for key, row in found.items()}
        start = f"{matrix.team.pattern}["
        drawn = sorted(self.expected.keys.items())
        team = [key for _, key in drawn if key.startswith(start)]
        below = [row for row in keys if row > header]
        closing = min(below, default=header + len(team) + 1)
        return keys | dict(zip(range(header + 1, closing), team, strict=False))
