"""A list that a company hands in, CSV or XLSX → its columns by meaning and its rows with line numbers.

A CSV file may be separated by ``,``, ``;`` or tabs and stored as UTF-8 (with or without BOM), UTF-16 or cp1252; what
Excel and the usual ERP systems save can be read as it is. Of a workbook the first visible sheet with the expected
headings counts. Headings are found in either language and however they are spelled: ``Kundennummer`` is
``account_id``. Everything stays as it was written; a text remains a text, so ``01069`` keeps its zero.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kamxl.checks.files import broken_file
from kamxl.errors import InputError
from kamxl.plan.settings.model import Settings
from kamxl.spelling import fold
from kamxl.texts import Language, Text
from kamxl.xlsx.book import Cell, State
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.source import FileFault, ReadingLimits, WorkbookError, read_file

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_DELIMITERS = ";\t,"
_HEADING_ROWS = 20  # so far down a title or a note may stand above the headings
_SHOWN_FAULTS = 8
# The lists of a company may be long, and they come from whoever runs kamxl.
_LIMITS = ReadingLimits(
    max_file_bytes=256 << 20,
    max_part_bytes=256 << 20,
    max_total_bytes=512 << 20,
    max_elements=4_000_000,
    max_cells=2_000_000,
    max_strings=1_000_000,
)

_CANNOT_READ = Text(
    de="{file}: Die Datei lässt sich nicht lesen ({reason}).",
    en="{file}: The file cannot be read ({reason}).",
)
_UNUSABLE = {
    FileFault.MISSING: Text(
        de="{file}: Diese Datei gibt es nicht.", en="{file}: There is no such file."
    ),
    FileFault.EMPTY_FILE: Text(
        de="{file}: Die Datei ist leer.", en="{file}: The file is empty."
    ),
}
_REASONS = {
    FileFault.TOO_LARGE: Text(de="zu groß für eine Liste", en="too large for a list"),
    FileFault.NOT_A_WORKBOOK: Text(
        de="keine gewöhnliche Datei", en="not a regular file"
    ),
    FileFault.OWNER_FILE: Text(de="Sperrdatei von Excel", en="a lock file of Excel"),
    FileFault.CHANGED_WHILE_READ: Text(
        de="sie wird gerade geändert", en="it is being changed"
    ),
    FileFault.LOCKED: Text(
        de="in einem anderen Programm geöffnet oder gesperrt",
        en="open elsewhere or locked",
    ),
    FileFault.FORBIDDEN: Text(
        de="die Berechtigung zum Lesen fehlt", en="permission to read it is missing"
    ),
}
_QUOTES = Text(
    de="{file}, Zeile {line}: Die Anführungszeichen passen nicht zusammen, oder ein Feld ist zu lang.",
    en="{file}, line {line}: The quotes do not match, or a field is too long.",
)
_NO_TABLE = Text(
    de="{file}: Das ist keine Textdatei (CSV) und keine Excel-Arbeitsmappe (*.xlsx).",
    en="{file}: This is neither a text file (CSV) nor an Excel workbook (*.xlsx).",
)
_NO_HEADINGS = Text(
    de="{file}: Es fehlt die Spalte {missing}. Gefunden: {found}. Die erste Zeile muss die Spaltennamen enthalten.",
    en="{file}: The column {missing} is missing. Found: {found}. The first row must hold the column names.",
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
_LINE = Text(de="Zeile {line}", en="line {line}")
_COLUMN = Text(de="Spalte „{column}“", en="column “{column}”")
_MORE = Text(de="… und {number} weitere.", en="… and {number} more.")
_NOTHING = Text(de="nichts", en="nothing")


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column that a list may hold: its key and the headings by which it is known."""

    key: str
    names: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class InputRow:
    """One row of a list: the line it begins in and the cells that are not empty, by the column's key."""

    line: int
    cells: Mapping[str, Cell]

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
    """A list: file name, the headings by the column's key, its rows, and headings that mean nothing to us."""

    file: str
    headings: Mapping[str, str]
    rows: tuple[InputRow, ...]
    unknown: tuple[str, ...]


@dataclass(slots=True)
class Faults:
    """Everything wrong in one list, said at once."""

    file: str
    language: str
    headings: Mapping[str, str]
    lines: list[str] = field(default_factory=list)

    def add(self, line: int, key: str, message: str) -> None:
        """Note a fault; `key` is the column's, empty where it concerns the whole line."""
        place = _LINE[self.language].format(line=line)
        if key:
            heading = _COLUMN[self.language].format(column=self.headings[key])
            place += f", {heading}"
        self.lines.append(f"{place}: {message}")

    def stop(self) -> None:
        """Raise `InputError` if anything was noted."""
        if not self.lines:
            return
        if len(self.lines) == 1:
            raise InputError(f"{self.file}, {self.lines[0]}")
        shown = self.lines[:_SHOWN_FAULTS]
        more = len(self.lines) - len(shown)
        if more:
            shown.append(_MORE[self.language].format(number=more))
        raise InputError("\n  ".join([f"{self.file}:", *shown]))


Lines = list[tuple[int, dict[int, Cell]]]
"""Line numbers and their non-empty cells by column, both from 1."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that may hold the headings: the lines from it on, its columns by key, and headings that mean nothing."""

    lines: Lines
    places: Mapping[str, int]
    unknown: tuple[str, ...]

    @property
    def cells(self) -> Mapping[int, Cell]:
        """The headings by column."""
        return self.lines[0][1]


def read_table(
    path: Path, columns: Sequence[InputColumn], language: str = Language.DE
) -> InputTable:
    """Read a list.

    Args:
        path: a CSV file or a workbook, whatever its name ends in.
        columns: what it may hold; other columns are left out and named in `InputTable.unknown`.
        language: of the messages, ``de`` or ``en``.

    Raises:
        InputError: the file cannot be read, a required column is missing, or a cell holds an error value.
    """
    required = [column.key for column in columns if column.required]
    seen: list[_Head] = []
    for head in _heads(path, columns, language):
        if head.places.keys() >= set(required):
            return _table(path.name, head, language)
        seen.append(head)
    nearest = max(
        seen, key=lambda head: len(head.places), default=_Head([(0, {})], {}, ())
    )
    missing = ", ".join(key for key in required if key not in nearest.places)
    found = ", ".join(cell.raw.strip() for cell in nearest.cells.values())
    raise InputError(
        _NO_HEADINGS[language].format(
            file=path.name, missing=missing, found=found or _NOTHING[language]
        )
    )


def _heads(
    path: Path, columns: Sequence[InputColumn], language: str
) -> Iterator[_Head]:
    """The first lines of each of the file's tables."""
    for lines in _grids(path, language):
        for index in range(min(_HEADING_ROWS, len(lines))):
            yield _head(lines[index:], columns, path.name, language)


def _grids(path: Path, language: str) -> Iterator[Lines]:
    """The file's tables: the visible sheets of a workbook, or the one of a text file."""
    try:
        data = read_file(path, _LIMITS)
    except WorkbookError as error:
        fault = _UNUSABLE.get(error.fault, _CANNOT_READ).format(
            file=path, reason=_REASONS.get(error.fault, "")
        )
        raise InputError(fault[language]) from None
    if data.startswith(b"PK") or path.suffix.lower() in _WORKBOOKS:
        return _sheets(path, language)
    return iter([_text_rows(path.name, data, language)])


def _sheets(path: Path, language: str) -> Iterator[Lines]:
    try:
        book = read_book(path, _LIMITS)
    except WorkbookError as error:
        _, finding = broken_file(error, Settings(language=Language(language)))
        reason = f"{finding.message} {finding.remedy}" if finding else str(error)
        raise InputError(f"{path.name}: {reason}") from None
    for sheet in book.sheets:
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            rows.setdefault(row, {})[column] = cell
        if sheet.visible:
            yield list(rows.items())


def _text_rows(name: str, data: bytes, language: str) -> Lines:
    text = _decoded(data)
    if text is None:
        raise InputError(_NO_TABLE[language].format(file=name))
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):  # Excel's own hint for Excel
        text, skipped = rest, 1
    # Strict: a quote that is never closed would swallow all lines behind it without a word.
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True
    )
    rows: Lines = []
    line = 1 + skipped
    try:
        for fields in reader:
            cells = {
                column: Cell(line, column, State.VALUE, entry.strip(), entry.strip())
                for column, entry in enumerate(fields, 1)
                if entry.strip()
            }
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1 + skipped
    except csv.Error:
        raise InputError(_QUOTES[language].format(file=name, line=line)) from None
    return rows


def _decoded(data: bytes) -> str | None:
    """The text of a file; `None` where it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The separator that stands most often outside quotes in the first line."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _head(
    lines: Lines, columns: Sequence[InputColumn], file: str, language: str
) -> _Head:
    """Which column of the file holds what, if the first of the lines holds the headings."""
    keys = {
        _plain(name): column.key
        for column in columns
        for name in (*column.names, column.key)
    }
    places: dict[str, int] = {}
    unknown: list[str] = []
    _, cells = lines[0]
    for place, cell in cells.items():
        key = keys.get(_plain(cell.raw))
        if key is None:
            unknown.append(cell.raw.strip())
        elif places.setdefault(key, place) != place:
            first = cells[places[key]].raw
            raise InputError(
                _TWICE[language].format(file=file, first=first, second=cell.raw)
            )
    return _Head(lines, places, tuple(unknown))


def _plain(heading: str) -> str:
    """What is left of a heading when spelling does not matter: ``Account ID`` is ``account_id``."""
    return fold(heading.rstrip(" *:")).replace("_", " ").replace("-", " ")


def _table(file: str, head: _Head, language: str) -> InputTable:
    headings = {
        key: head.cells[place].raw.strip() for key, place in head.places.items()
    }
    faults = Faults(file, language, headings)
    rows = [_row(line, cells, head, faults) for line, cells in head.lines[1:]]
    faults.stop()
    filled = tuple(row for row in rows if row.cells)
    return InputTable(file, headings, filled, head.unknown)


def _row(line: int, cells: Mapping[int, Cell], head: _Head, faults: Faults) -> InputRow:
    if max(cells) > max(head.cells):
        faults.add(line, "", _TOO_WIDE[faults.language])
    known: dict[str, Cell] = {}
    for key, place in head.places.items():
        cell = cells.get(place)
        if cell is None:
            continue
        known[key] = cell
        if cell.state is State.UNREADABLE:
            message = _ERROR_VALUE[faults.language].format(value=cell.raw or "?")
            faults.add(line, key, message)
    return InputRow(line, known)
