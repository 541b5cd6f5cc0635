"""A file, CSV or XLSX → its tables: lines of cells that are not empty.

A CSV file may be separated by ``,``, ``;``, tabs or ``|`` and stored in any code page whose letters make words. Of a
workbook every visible sheet is a table. Notations that protect a text from Excel are undone: ``="0010041"`` and
``'0010041`` are 0010041.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kamxl.checks.files import broken_file
from kamxl.errors import InputError
from kamxl.generation.encoding import (
    Decoded,
    UnknownEncodingError,
    broken_letters,
    decoded,
)
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language, Text
from kamxl.xlsx.book import Cell, State
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.source import FileFault, ReadingLimits, WorkbookError, read_file

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_DELIMITERS = ";\t,|"
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
_LETTERS = Text(
    de="{file}: Es ist nicht zu erkennen, wie die Umlaute gespeichert sind ({readings}). Bitte in Excel mit "
    "„Speichern unter“ als „CSV UTF-8“ oder als Arbeitsmappe (*.xlsx) speichern.",
    en="{file}: It cannot be told how letters such as umlauts are stored ({readings}). Please use “Save as” in Excel "
    "and choose “CSV UTF-8” or a workbook (*.xlsx).",
)
_LOST = Text(
    de="{file}, Zeile {line}: „{text}“ enthält falsch gespeicherte Umlaute. Bitte die Liste neu aus dem Quellsystem "
    "ausgeben und als „CSV UTF-8“ speichern.",
    en="{file}, line {line}: “{text}” holds letters that were stored wrongly. Please export the list again and save "
    "it as “CSV UTF-8”.",
)
_PAGE = Text(
    de="{file}: Als Text in der Kodierung {page} gelesen, z. B. „{text}“. Bitte prüfen, ob die Umlaute stimmen.",
    en="{file}: Read as text in the encoding {page}, e.g. “{text}”. Please check the umlauts.",
)
_OR = Text(de=" oder ", en=" or ")
_PAGES = {
    "mac_roman": "Mac",
    "cp850": "DOS (850)",
    "cp437": "DOS (437)",
    "cp1250": "Windows 1250",
}
_ESCAPED = re.compile(r'="(.*)"', re.DOTALL)
_APOSTROPHE = re.compile(r"'(?=[\d=+@-])")

Lines = list[tuple[int, dict[int, Cell]]]
"""Line numbers and their non-empty cells by column, both from 1."""


@dataclass(frozen=True, slots=True)
class ReadLines:
    """One table of a file, and what is to be told about its reading."""

    lines: Lines
    notices: tuple[str, ...] = ()


def read_grids(path: Path, language: str) -> Iterator[ReadLines]:
    """The tables of a file: the visible sheets of a workbook, or the one of a text file.

    Raises:
        InputError: it cannot be read.
    """
    try:
        data = read_file(path, _LIMITS)
    except WorkbookError as error:
        fault = _UNUSABLE.get(error.fault, _CANNOT_READ).format(
            file=path, reason=_REASONS.get(error.fault, "")
        )
        raise InputError(fault[language]) from None
    if data.startswith(b"PK") or path.suffix.lower() in _WORKBOOKS:
        return _sheets(path, language)
    return iter([_text_table(path.name, data, language)])


def _sheets(path: Path, language: str) -> Iterator[ReadLines]:
    try:
        book = read_book(path, _LIMITS)
    except WorkbookError as error:
        _, finding = broken_file(error, Settings(language=Language(language)))
        reason = f"{finding.message} {finding.remedy}" if finding else str(error)
        raise InputError(f"{path.name}: {reason}") from None
    for sheet in book.sheets:
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(sheet.cells.items()):
            rows.setdefault(row, {})[column] = _unescaped(cell)
        if sheet.visible:
            yield ReadLines(list(rows.items()))


def _text_table(name: str, data: bytes, language: str) -> ReadLines:
    try:
        found = decoded(data)
    except UnknownEncodingError as error:
        readings = _OR[language].join(f"„{each}“" for each in error.readings)
        fault = _LETTERS[language].format(file=name, readings=readings)
        raise InputError(fault) from None
    if found is None:
        raise InputError(_NO_TABLE[language].format(file=name))
    lines = _text_rows(name, found.text, language)
    _refuse_broken_letters(name, lines, language)
    return ReadLines(lines, tuple(_told_page(name, found, lines, language)))


def _text_rows(name: str, text: str, language: str) -> Lines:
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
            cells = dict(_cells(line, fields))
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1 + skipped
    except csv.Error:
        raise InputError(_QUOTES[language].format(file=name, line=line)) from None
    return rows


def _cells(line: int, fields: list[str]) -> Iterator[tuple[int, Cell]]:
    for column, entry in enumerate(fields, 1):
        text = entry.strip()
        if text:
            yield (
                column,
                _unescaped(Cell(line, column, State.VALUE, text, text)),
            )


def _unescaped(cell: Cell) -> Cell:
    """A cell without the notation that keeps Excel from changing its text."""
    if not isinstance(cell.value, str) or cell.value[:1] not in {"=", "'"}:
        return cell
    escaped = _ESCAPED.fullmatch(cell.value)
    text = escaped[1].replace('""', '"') if escaped else cell.value
    text = _APOSTROPHE.sub("", text, count=1) if text.startswith("'") else text
    return cell._replace(value=text, raw=text)


def _delimiter(text: str) -> str:
    """The separator that stands most often outside quotes in the first line."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _texts(lines: Lines) -> Iterator[tuple[int, str]]:
    return ((line, cell.raw) for line, cells in lines for cell in cells.values())


def _refuse_broken_letters(name: str, lines: Lines, language: str) -> None:
    for line, text in _texts(lines):
        if not text.isascii() and broken_letters(text):
            fault = _LOST[language].format(file=name, line=line, text=text)
            raise InputError(fault)


def _told_page(name: str, found: Decoded, lines: Lines, language: str) -> Iterator[str]:
    """Which code page was read, where it is not one of the usual."""
    example = (text for _, text in _texts(lines) if not text.isascii())
    page: Mapping[str, str] = _PAGES
    if found.page in page:
        yield _PAGE[language].format(
            file=name, page=page[found.page], text=next(example, "")
        )
