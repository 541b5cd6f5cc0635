"""What a person sees in an edited plan: each value beside its printed label, in the row of its record.

The eye knows where the labels were generated and follows those very cells; it knows nothing of hidden keys, of names,
or of how kamxl finds a field. What it sees is then held against what was read: the same value in the same cell under
the same label, or a finding that names the cell, the row or the sheet. Everything else is a *silent difference*.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from openpyxl.utils import range_boundaries

from kamxl.checks.checked import Checked
from kamxl.checks.findings import Finding
from kamxl.document.extract import Entry, Extract
from kamxl.document.layout.blocks import FormBlock, MatrixBlock, TableBlock
from kamxl.document.layout.layout import Layout, SheetLayout
from kamxl.document.paths import path_of
from tests.mutation.sheets import FORMATS, STRUCK, Page, Place, Plan, Value, column

_MOVES = {"KAM102", "KAM111", "KAM121"}  # say that all was read nonetheless
_CELLS = re.compile(r"\b[A-Z]{1,3}[0-9]{1,5}(?::[A-Z]{1,3}[0-9]{1,5})?\b")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that is seen: where, under which label (a pattern), in which record, and what it says in words."""

    place: Place
    pattern: str
    record: tuple[int, ...]
    value: Value
    name: str = ""
    told: bool = False


@dataclass
class Eye:
    """A sheet as somebody looks at it who knows how it was generated."""

    page: Page
    sheet: SheetLayout
    layout: Layout
    formats: Mapping[str, str]
    blind: set[str] = dataclasses.field(default_factory=set)
    """The patterns whose labels are gone, once the facts have been taken."""

    def facts(self) -> Iterator[Fact]:
        """All that can be seen beside the labels of the sheet."""
        hidden = self.page.covered()
        for block in self.sheet.blocks:
            if isinstance(block, FormBlock):
                found = self._form(block)
            elif isinstance(block, TableBlock):
                found = self._table(block)
            elif isinstance(block, MatrixBlock):
                found = self._matrix(block)
            else:
                continue
            yield from (fact for fact in found if fact.place not in hidden)

    @cached_property
    def _now(self) -> dict[Place, list[Place]]:
        """Where each generated cell is."""
        found: dict[Place, list[Place]] = {}
        for place, cell in sorted(self.page.cells.items()):
            if cell.origin is not None and cell.origin[0] == self.page.key:
                found.setdefault(cell.origin[1:], []).append(place)
        return found

    @cached_property
    def _rows(self) -> dict[int, Counter[int]]:
        """In which rows the cells of each generated row are."""
        found: dict[int, Counter[int]] = {}
        for (row, _), places in self._now.items():
            found.setdefault(row, Counter()).update(place[0] for place in places)
        return found

    def _row(self, row: int) -> int:
        """The row in which most cells of a generated one are; 0 where it is gone."""
        now = self._rows.get(row)
        return now.most_common(1)[0][0] if now else 0

    def _at(self, row: int, col: int) -> Place | None:
        """Where a generated cell is, the first of several."""
        return next(iter(self._now.get((row, col), ())), None)

    def _seen(
        self,
        place: Place,
        pattern: str,
        record: tuple[int, ...],
        name: str = "",
    ) -> Iterator[Fact]:
        cell = self.page.cells.get(place)
        if cell is None or cell.value in {None, ""}:
            return
        value, told = cell.value, cell.style == self.formats[STRUCK]
        code = next((c for c, s in self.formats.items() if s == cell.style), None)
        if code in FORMATS and isinstance(value, float):
            factor = FORMATS[code]
            told = told or factor is None
            value = value * (factor or 1)
        yield Fact(place, pattern, record, value, name, told)

    def _form(self, block: FormBlock) -> Iterator[Fact]:
        for line in block.lines:
            label = next(label for _, label, _ in line.parts if label is not None)
            at = self._at(label.row, label.column)
            for field, _, spot in line.parts:
                own = self._at(spot.row, spot.column)
                if at is not None and (own is None or own[0] != at[0]):
                    own = at[0], at[1] + spot.column - label.column
                if own is not None:
                    yield from self._seen(own, field.pattern, ())

    def _table(self, block: TableBlock) -> Iterator[Fact]:
        table = block.section
        heads = {key: self._at(block.header_row, c) for key, c in block.columns.items()}
        rows = Counter(place[0] for place in heads.values() if place)
        if not rows:
            self.blind |= {one.pattern for one in table.fields}
            return
        head = rows.most_common(1)[0][0]
        names = block.label_column or block.columns.get(table.editable or "")
        named = self._at(block.header_row, names) if names else None
        for row in range(head + 1, self._end(block, head)):
            name = ""
            if named is not None and (cell := self.page.cells.get((row, named[1]))):
                name = str(cell.value or "")
            for field in table.fields:
                at = heads[field.key]
                if at is None:
                    self.blind.add(field.pattern)
                elif at[0] == head:
                    place = (row, at[1])
                    yield from self._seen(place, field.pattern, (row,), name)

    def _end(self, block: TableBlock, head: int) -> int:
        """The row after the last record: the sums, the next block, or where the sheet ends."""
        ends = [block.total_row, block.growth_row]
        for other in self.sheet.blocks:
            if isinstance(other, FormBlock | TableBlock | MatrixBlock):
                ends += [other.heading_row, other.hint_row, other.keys_row, other.header_row]  # fmt: skip
        now = [self._row(row) for row in ends if row is not None]
        below = [row for row in now if row > head]
        return min(below, default=max(self.page.cells, default=(0, 0))[0] + 1)

    def _matrix(self, block: MatrixBlock) -> Iterator[Fact]:
        matrix, columns = block.section, self._crossing_columns(block)
        first = matrix.numbers[0].key
        for line, person in product(matrix.people.fields, range(matrix.people.count)):
            row, col = self._row(block.people_rows[line.key]), columns[person, first]
            if row and col:
                yield from self._seen((row, col), line.pattern, (col,))
        for own in range(matrix.team.count):
            row = self._own_row(block, own)
            if row:
                yield from self._team(block, row)
                yield from self._crossings(block, row, columns)

    def _crossing_columns(self, block: MatrixBlock) -> dict[tuple[int, str], int]:
        """The column of each number of each contact; 0 where its head is gone."""
        matrix, found = block.section, {}
        parts = (*matrix.people.fields, *matrix.crossings.fields)
        for person in range(matrix.people.count):
            for offset, number in enumerate(matrix.numbers):
                place = self._at(block.header_row, block.person_column(person) + offset)
                found[person, number.key] = place[1] if place else 0
                if place is None:
                    self.blind |= {one.pattern for one in parts}
        return found

    def _own_row(self, block: MatrixBlock, own: int) -> int:
        """The first row of one of our people."""
        row = block.team_row(own)
        named = self._at(row, min(block.team_columns.values()))
        return named[0] if named else self._row(row)

    def _team(self, block: MatrixBlock, row: int) -> Iterator[Fact]:
        for one in block.section.team.fields:
            head = self._at(block.header_row, block.team_columns[one.key])
            if head is None:
                self.blind.add(one.pattern)
            else:
                yield from self._seen((row, head[1]), one.pattern, (row,))

    def _crossings(
        self, block: MatrixBlock, row: int, columns: Mapping[tuple[int, str], int]
    ) -> Iterator[Fact]:
        matrix = block.section
        people, first = range(matrix.people.count), matrix.numbers[0].key
        for person, one in product(people, matrix.crossings.fields):
            main, below = columns[person, first], one in matrix.texts
            col = main if below else columns[person, one.key]
            if col:
                record = (row, main or col)
                yield from self._seen((row + below, col), one.pattern, record)


@dataclass
class Reading:
    """What was read from a file, and what was said about it."""

    extract: Extract
    checked: Checked

    def is_told(self, sheet: str, place: Place, path: str = "") -> bool:
        """Whether a finding names the cell, its row, its entry or its sheet."""
        return any(self._tells(f, sheet, place, path) for f in self.checked.findings)

    def _tells(self, found: Finding, sheet: str, place: Place, path: str) -> bool:  # noqa: PLR0911 - one question after the other
        where = _at(place)
        if found.sheet == sheet and found.cell == where:
            return True
        if found.code in _MOVES:
            return False
        if found.path and path and _is_within(path, found.path):
            return True
        if found.sheet != sheet:
            return _quotes(found, sheet)
        if not found.cell and not found.path:
            return True
        if found.code == "KAM125" and found.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(place[0]):  # fmt: skip
            return True
        return any(_holds(area, place) for area in _CELLS.findall(found.message))

    def names_sheet(self, sheet: str) -> bool:
        """Whether a finding speaks of a sheet as a whole."""
        return any(
            (found.sheet == sheet and not found.cell) or _quotes(found, sheet)
            for found in self.checked.findings
        )


def _quotes(found: Finding, sheet: str) -> bool:
    """Whether a finding has a sheet's name in its message."""
    return f"“{sheet}”" in found.message or f"„{sheet}“" in found.message


def _is_within(path: str, whole: str) -> bool:
    """Whether an entry belongs to what a finding is about: a record, a column, a table, the first entry of a row."""
    entry, about = path_of(path), path_of(whole)
    if whole in {path, entry.pattern, entry.table}:
        return True
    if path.startswith((f"{whole}.", f"{whole}[")):
        return True
    # What is gone of one of our people is gone of the crossings with them.
    same = entry.sheet == about.sheet and entry.indices[:1] == about.indices
    return bool(about.indices) and (entry.record == about.record or same)


def _holds(area: str, place: Place) -> bool:
    left, top, right, bottom = range_boundaries(area)
    return top <= place[0] <= bottom and left <= place[1] <= right


def silent_differences(plan: Plan, layout: Layout, reading: Reading) -> Iterator[str]:
    """Whatever is seen otherwise than it was read, and nobody says so."""
    entries = {
        (entry.sheet, entry.cell): entry
        for entry in reading.extract.entries
        if entry.cell
    }
    seen: set[tuple[str, str]] = set()
    known: dict[str, Page] = {}
    records, blind = _Records(reading), set[str]()
    owner = reading.checked.identity.account_id
    for page in plan.pages:
        sheet = next((s for s in layout.sheets if s.name == page.key), None)
        if sheet is None:
            continue
        if page.owner != owner or page.key in known:
            if not reading.names_sheet(page.name):
                yield f"{page.name}: another sheet, and nobody says so"
            continue
        known[page.key] = page
        eye = Eye(page, sheet, layout, plan.styles)
        for fact in eye.facts():
            cell = _at(fact.place)
            seen.add((page.name, cell))
            entry = entries.get((page.name, cell))
            why = _unlike(fact, entry, reading, records)
            path = entry.path if entry else ""
            if why and not reading.is_told(page.name, fact.place, path):
                yield f"{page.name}!{cell} ({fact.pattern}): {fact.value!r} {why}"
        blind |= eye.blind
    yield from _not_seen(plan, entries, seen, blind, reading)
    for sheet in layout.sheets:
        is_there = any(page.key == sheet.name for page in plan.pages)
        if not is_there and not reading.names_sheet(sheet.name):
            yield f"{sheet.name}: gone, and nobody says so"
    yield from _spoilt(plan, known, reading)
    yield from _of_another_account(plan, layout, reading)


def _spoilt(plan: Plan, known: Mapping[str, Page], reading: Reading) -> Iterator[str]:
    """Figures that somebody replaced or deleted."""
    for origin in plan.owed:
        page = known.get(origin[0])
        cells = page.cells.items() if page else ()
        for place, cell in cells:
            is_own = cell.origin == origin
            if page and is_own and not reading.is_told(page.name, place):
                yield f"{page.name}!{_at(place)}: a figure that is none any more"


def _not_seen(
    plan: Plan,
    entries: Mapping[tuple[str, str], Entry],
    seen: set[tuple[str, str]],
    blind: set[str],
    reading: Reading,
) -> Iterator[str]:
    """What was read though nobody sees it there."""
    pages = {page.name: page for page in plan.pages}
    for (sheet, cell), entry in entries.items():
        if not entry.raw or (sheet, cell) in seen or sheet not in pages:
            continue
        if entry.path.pattern in blind:
            continue  # nothing is printed any more that says otherwise
        left, top, _, _ = range_boundaries(cell)
        if not reading.is_told(sheet, (top, left), entry.path):
            yield f"{sheet}!{cell}: read as {entry.path} ({entry.raw[:30]!r}), but nobody sees it there"


def _of_another_account(plan: Plan, layout: Layout, reading: Reading) -> Iterator[str]:
    """Whether the cover names another account or year than the plan counts for."""
    cover = layout.sheets[0]
    page = next((p for p in plan.pages if p.key == cover.name), None)
    identity = reading.checked.identity
    if page is None or page.owner != identity.account_id:
        return
    own = {
        "cover.account_id": identity.account_id,
        "cover.plan_year": str(identity.plan_year),
    }
    for fact in Eye(page, cover, layout, plan.styles).facts():
        shown = f"{fact.value:g}" if isinstance(fact.value, float) else str(fact.value)
        counted = own.get(fact.pattern, shown)
        if shown != counted and not reading.is_told(page.name, fact.place, fact.pattern):  # fmt: skip
            yield f"{page.name}: {fact.pattern} is {shown}, counted as {counted}"


class _Records:
    """Which record was read from which row or column; two of one, or one of two, are told."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._index: dict[tuple[str, int], int] = {}
        self._place: dict[tuple[str, int], int] = {}
        self._names = {
            entry.path: entry.raw for entry in reading.extract.entries if entry.raw
        }

    def are_mixed(self, fact: Fact, entry: Entry) -> bool:
        """Whether the entries of a row were read into several records."""
        indices = entry.path.indices
        sheet = entry.path.table.split("[")[0]
        for number, (index, at) in enumerate(zip(indices, fact.record, strict=False)):
            source = f"{sheet} {number}"
            if self._index.setdefault((source, at), index) != index:
                return True
            if self._place.setdefault((source, index), at) != at:
                return True
        return False

    def is_of_another(self, fact: Fact, entry: Entry) -> bool:
        """Whether a row was read under another name than stands in it."""
        spec = self._reading.extract.spec
        table = next((t for t in spec.tables if t.pattern == entry.path.table), None)
        if not fact.name or table is None or not table.rows:
            return False
        index = entry.path.indices[0]
        if index >= len(table.rows):
            return False
        language = self._reading.extract.identity.language
        known = {row.label[language] for row in table.rows}
        names = {table.rows[index].label[language]}
        origin = next(
            (t for t in spec.tables if t.editable and t.source == table.source), None
        )
        if origin is not None:
            start, end = f"{origin.pattern}[", f"].{origin.editable}"
            rows = range(len(table.rows))
            now = [self._names.get(f"{start}{one}{end}", "") for one in rows]
            known, names = set(now), {now[index]}
        return fact.name in known and fact.name not in names


def _unlike(  # noqa: PLR0911 - one question after the other
    fact: Fact, entry: Entry | None, reading: Reading, records: _Records
) -> str:
    """How a value was read otherwise than it is seen; empty where it was not."""
    if entry is None:
        return "was not read"
    if entry.path.pattern != fact.pattern:
        return f"was read as {entry.path}"
    if fact.told:
        return "is shown otherwise"
    if records.are_mixed(fact, entry):
        return f"was read into another record, {entry.path}"
    if records.is_of_another(fact, entry):
        return f"stands beside {fact.name!r}, read as {entry.path}"
    if entry.path not in reading.checked.values:
        return "was not taken"
    typed = reading.checked.values[entry.path]
    if _agrees(fact.value, typed, entry, reading):
        return ""
    return f"was taken for {typed!r}"


def _agrees(shown: Value, typed: object, entry: Entry, reading: Reading) -> bool:
    """Whether a typed value is what a cell shows."""
    if isinstance(typed, dt.date) and isinstance(shown, float):
        return typed == dt.date(1899, 12, 30) + dt.timedelta(days=int(shown))
    if isinstance(typed, int | float) and isinstance(shown, float):
        return abs(typed - shown) <= 1e-9 * max(1.0, abs(shown))
    if isinstance(typed, str):
        field = reading.extract.spec.fields[entry.path.pattern]
        language = reading.extract.identity.language
        label = {one.code: one.label[language] for one in field.options or ()}
        text = f"{shown:.15g}" if isinstance(shown, float) else str(shown)
        return _plain(text) in {_plain(typed), _plain(label.get(typed, typed))}
    return isinstance(
        shown, str
    )  # a number or date written as a text: others try how it is read


def _plain(text: str) -> str:
    return "".join(text.split()).casefold().replace(",", ".")


def _at(place: Place) -> str:
    return f"{column(place[1])}{place[0]}"
