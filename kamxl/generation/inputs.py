"""A list that a company hands in, CSV or XLSX → its columns by meaning and its rows with line numbers.

What Excel and the usual ERP systems save can be read as it is. Of a workbook the first visible sheet with the expected
headings counts. Headings are found in either language and however they are spelled: ``Kundennummer`` is
``account_id``. Everything stays as it was written; a text remains a text, so ``01069`` keeps its zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamxl.errors import InputError
from kamxl.generation.faults import Faults, listed, wrong
from kamxl.generation.grids import Lines, ReadLines, read_grids
from kamxl.generation.headings import (
    ACCOUNTS,
    InputColumn,
    column,
    near,
    places_of,
)
from kamxl.spelling import fold
from kamxl.texts import Language, Text
from kamxl.xlsx.book import Cell, State

_HEADING_ROWS = 20  # so far down a title or a note may stand above the headings
_NAMES_SHOWN = 8
_ERRORS = {
    "#NV", "#N/A", "#WERT!", "#VALUE!", "#BEZUG!", "#REF!", "#DIV/0!", "#NAME?", "#ZAHL!", "#NUM!", "#NULL!",
    "#ÜBERLAUF!", "#SPILL!",
}  # fmt: skip
"""What a text file holds where the workbook it was saved from had an error value."""

_NO_HEADINGS = Text(
    de="{file}: Es fehlt die Spalte {missing}. Gefunden: {found}. {names} Die erste Zeile muss die Spaltennamen "
    "enthalten.",
    en="{file}: The column {missing} is missing. Found: {found}. {names} The first row must hold the column names.",
)
_NAMES = Text(
    de="{label} ({key}) heißt z. B. {names}.",
    en="{label} ({key}) may be called {names}, for example.",
)
_NEAR = Text(
    de="„{heading}“: gemeint ist vielleicht „{name}“.",
    en="“{heading}”: perhaps “{name}” is meant.",
)
_TWICE = Text(
    de="{file}: Die Spalten „{first}“ und „{second}“ bedeuten dasselbe. Bitte eine davon löschen.",
    en="{file}: The columns “{first}” and “{second}” mean the same. Please delete one of them.",
)
_TOO_WIDE = Text(
    de="Die Zeile hat mehr Felder als die Kopfzeile. Texte, die das Trennzeichen enthalten, gehören in "
    "Anführungszeichen.",
    en="The row has more fields than the heading. Texts that contain the separator belong in quotes.",
)
_ERROR_VALUE = Text(
    de="Die Zelle enthält {value}. Bitte den Wert selbst eintragen.",
    en="The cell holds {value}. Please enter the value itself.",
)
_TOO_NARROW = Text(
    de="Die Zelle enthält nur {value}: Die Spalte war beim Speichern zu schmal. Bitte verbreitern und neu speichern.",
    en="The cell holds only {value}: the column was too narrow when saved. Please widen it and save again.",
)
_NOTHING = Text(de="nichts", en="nothing")


@dataclass(frozen=True, slots=True)
class InputRow:
    """One row of a list: the line it begins in, its cells by the column's key, and texts that stand in no column."""

    line: int
    cells: Mapping[str, Cell]
    beside: tuple[str, ...] = ()

    def text(self, key: str) -> str:
        """What stands in a column, as written; a whole number without decimals."""
        cell = self.cells.get(key)
        if cell is None:
            return ""
        if isinstance(cell.value, float) and cell.value.is_integer():
            return f"{cell.value:.0f}"
        return cell.raw.strip()


@dataclass(frozen=True, slots=True)
class InputTable:
    """A list.

    Attributes:
        file: its name.
        headings: as written, by the column's key.
        rows: those with an entry in a column that means something.
        unknown: headings that mean nothing to us.
        faults: what is wrong with single cells, to which the reader of the list adds its own.
        notices: what is to be told about its reading.
    """

    file: str
    headings: Mapping[str, str]
    rows: tuple[InputRow, ...]
    unknown: tuple[str, ...]
    faults: Faults
    notices: tuple[str, ...] = ()

    def cells(self, keys: Sequence[str]) -> Iterator[Cell]:
        """All cells of some columns."""
        found = (row.cells.get(key) for row in self.rows for key in keys)
        return filter(None, found)

    def names(self, key: str) -> set[str]:
        """What stands in a column, folded."""
        return {fold(row.text(key)) for row in self.rows} - {""}


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that may hold the headings: the lines from it on, its columns by key, and headings that mean nothing."""

    lines: Lines
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    notices: tuple[str, ...] = ()

    @property
    def cells(self) -> Mapping[int, Cell]:
        """The headings by column."""
        return self.lines[0][1]


def read_table(
    path: Path,
    columns: Sequence[InputColumn],
    language: str = Language.DE,
    mistaken: Text | None = None,
) -> InputTable:
    """Read a list.

    Args:
        path: a CSV file or a workbook, whatever its name ends in.
        columns: what it may hold; other columns are left out and named in `InputTable.unknown`.
        language: of the messages, ``de`` or ``en``.
        mistaken: what is said where it is the account list instead.

    Raises:
        InputError: the file cannot be read, a required column is missing, or two columns mean the same.
    """
    seen: list[_Head] = []
    for head in _heads(path, columns, language):
        if not missing_of(head.places, columns):
            return _table(path.name, head, language)
        seen.append(head)
    nearest = max(
        seen, key=lambda head: len(head.places), default=_Head([(0, {})], {}, ())
    )
    if mistaken and _is_other_list(nearest, columns):
        raise InputError(mistaken[language].format(file=path.name))
    raise InputError(_without_headings(path.name, nearest, columns, language))


def _is_other_list(head: _Head, columns: Sequence[InputColumn]) -> bool:
    """Whether a line of headings names a company, but hardly anything that is asked for."""
    companies = column("company", Text("Firma", "Company"), ACCOUNTS)
    headings = dict(enumerate(cell.raw.strip() for cell in head.cells.values()))
    missing = missing_of(head.places, columns)
    return len(missing) > 1 and bool(places_of(headings, [companies]))


def _without_headings(
    file: str, head: _Head, columns: Sequence[InputColumn], language: str
) -> str:
    """Which columns are missing, what they may be called, and which heading looks like one of them."""
    missing = missing_of(head.places, columns)
    names = (
        _NAMES[language].format(
            label=each.label[language], key=each.key, names=names_of(each)
        )
        for each in missing
    )
    return _NO_HEADINGS[language].format(
        file=file,
        missing=", ".join(each.key for each in missing),
        found=", ".join(cell.raw.strip() for cell in head.cells.values())
        or _NOTHING[language],
        names=" ".join([*names, *suggestions(head.unknown, columns, language)]),
    )


def missing_of(
    keys: Iterable[str], columns: Sequence[InputColumn]
) -> list[InputColumn]:
    """The required columns that are not among `keys`, where ``"revenue 2024"`` is a part of *revenue*."""
    parts = [key.partition(" ") for key in keys]
    fed = {key for key, _, _ in parts}
    spread = {key for key, _, part in parts if part}
    for each in columns:
        fed.update(each.covers if each.key in spread else ())
    return [each for each in columns if each.required and each.key not in fed]


def names_of(column: InputColumn) -> str:
    """What a column may be called, the usual names first."""
    return listed(column.names, _NAMES_SHOWN)


def suggestions(
    unknown: Sequence[str], columns: Sequence[InputColumn], language: str
) -> Iterator[str]:
    """For each heading that looks like a known one, which that may be."""
    for heading in unknown:
        name = near(heading, columns)
        if name:
            yield _NEAR[language].format(heading=heading, name=name)


def _heads(
    path: Path, columns: Sequence[InputColumn], language: str
) -> Iterator[_Head]:
    """The first lines of each of the file's tables."""
    for grid in read_grids(path, language):
        for start in range(min(_HEADING_ROWS, len(grid.lines))):
            yield _head(grid, start, columns, path.name, language)


def _head(
    grid: ReadLines,
    start: int,
    columns: Sequence[InputColumn],
    file: str,
    language: str,
) -> _Head:
    """Which column of the file holds what, if the line at `start` holds the headings."""
    headings = {place: cell.raw.strip() for place, cell in grid.lines[start][1].items()}
    places: dict[str, int] = {}
    for key, place in places_of(headings, columns):
        if places.setdefault(key, place) != place:
            first, second = headings[places[key]], headings[place]
            raise InputError(
                _TWICE[language].format(file=file, first=first, second=second)
            )
    meant = set(places.values())
    unknown = [name for place, name in headings.items() if place not in meant]
    return _Head(grid.lines[start:], places, tuple(unknown), grid.notices)


def _table(file: str, head: _Head, language: str) -> InputTable:
    headings = {
        key: head.cells[place].raw.strip() for key, place in head.places.items()
    }
    faults = Faults(file, language, headings)
    rows = [_row(line, cells, head, faults) for line, cells in head.lines[1:]]
    filled = tuple(row for row in rows if row.cells)
    return InputTable(file, headings, filled, head.unknown, faults, head.notices)


def _row(line: int, cells: Mapping[int, Cell], head: _Head, faults: Faults) -> InputRow:
    if max(cells) > max(head.cells):
        faults.add(line, "", wrong(_TOO_WIDE))
    known: dict[str, Cell] = {}
    for key, place in head.places.items():
        cell = cells.get(place)
        if cell is None:
            continue
        fault = _unusable(cell)
        if fault is None:
            known[key] = cell
        else:
            faults.add(line, key, wrong(fault, value=cell.raw or "?"))
            faults.spoilt.add((line, key))
    used = set(head.places.values())
    beside = (cell.raw for place, cell in cells.items() if place not in used)
    return InputRow(line, known, tuple(beside))


def _unusable(cell: Cell) -> Text | None:
    """Why nothing can be read from a cell."""
    if cell.state is State.UNREADABLE:
        return _ERROR_VALUE
    if not cell.raw.startswith("#"):
        return None
    if cell.raw.upper() in _ERRORS:
        return _ERROR_VALUE
    return None if cell.raw.strip("#") or cell.raw == "#" else _TOO_NARROW
