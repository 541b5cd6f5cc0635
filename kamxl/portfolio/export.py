"""The tables as files for other programs: Parquet with proper types, CSV as Excel opens it.

A CSV file is UTF-8 with a byte order mark, and otherwise as `kamxl.portfolio.data.as_csv` says; a text that gets an
apostrophe in front there is in Parquet as it is.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kamxl.document.vocabulary import Kind
from kamxl.errors import InputError
from kamxl.portfolio.data.as_csv import csv_text
from kamxl.portfolio.data.columns import TRACE
from kamxl.portfolio.data.ledger import each
from kamxl.portfolio.data.tables import DataTable
from kamxl.texts import Language, Text

_STRANGER = Text(
    de="{file}: Hier liegt schon eine Datei dieses Namens, die kein Export ist. Bitte einen anderen Ordner angeben.",
    en="{file}: There is a file of this name already that is no export. Please give another folder.",
)

_FILE = TRACE[1]
_TELLING = 3
_LONGEST_HEAD = 1 << 20  # bytes
_ARROW: dict[Kind, Any] = {
    Kind.MONEY: pa.float64(),
    Kind.NUMBER: pa.float64(),
    Kind.PERCENT: pa.float64(),
    Kind.SCORE: pa.float64(),
    Kind.INTEGER: pa.int64(),
    Kind.IMPORTANCE: pa.int64(),
    Kind.DATE: pa.date32(),
}


def refuse_strangers(
    tables: Iterable[DataTable], folder: Path, language: Language
) -> None:
    """See to it that nothing is overwritten but an earlier export: ``accounts.csv`` may be the list of the company.

    Raises:
        InputError: a file that would be written exists and is no export of the same table.
    """
    for table, suffix in product(tables, _HEADS):
        path = folder / f"{table.key}{suffix}"
        if path.exists() and not _is_export(path, table):
            raise InputError(_STRANGER[language].format(file=path))


def _is_export(path: Path, table: DataTable) -> bool:
    """Whether a file has the first columns of a table as we export it, and the column that says where a row is from."""
    first = [column.key for column in table.columns[:_TELLING]]
    columns = _HEADS[path.suffix](path)
    return columns[:_TELLING] == first and _FILE.key in columns


def _csv_head(path: Path) -> list[str]:
    """The column names of a CSV file as we write it; nothing where it is another one."""
    try:
        with path.open("rb") as file:
            line = file.readline(_LONGEST_HEAD)
    except OSError:
        return []
    if not line.startswith(codecs.BOM_UTF8):
        return []
    return re.split(r"[;,]", line.decode("utf-8-sig", "replace").strip())


def _parquet_head(path: Path) -> list[str]:
    """The column names of a Parquet file; nothing where it is none."""
    try:
        return list(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        return []


_HEADS: dict[str, Callable[[Path], list[str]]] = {
    ".csv": _csv_head,
    ".parquet": _parquet_head,
}


def exported(
    tables: Iterable[DataTable], folder: Path, language: Language
) -> dict[Path, bytes]:
    """Each table as ``NAME.csv`` and ``NAME.parquet`` in a folder: what is to be written, and where."""
    files = {}
    for table in tables:
        place = folder / table.key
        files[place.with_suffix(".parquet")] = parquet_bytes(table)
        files[place.with_suffix(".csv")] = csv_bytes(table, language)
    return files


def csv_bytes(table: DataTable, language: Language) -> bytes:
    """A table as CSV."""
    text = csv_text(table.columns, table, language, "\r\n")
    return text.encode("utf-8-sig", "replace")


def parquet_bytes(table: DataTable) -> bytes:
    """A table as Parquet: amounts as float64, counts as int64, dates as date32, all else as text."""
    arrays = {}
    for column in table.columns:
        sort = _ARROW.get(column.kind, pa.string())
        convert = _CONVERSIONS.get(sort, _unchanged)
        found = each(table, column.key)
        values = [None if value is None else convert(value) for value in found]
        arrays[column.key] = pa.array(values, type=sort)
    data = io.BytesIO()
    pq.write_table(pa.table(arrays), data)
    return data.getvalue()


def _valid(value: object) -> str:
    """A text that can be written, whatever a disk calls its files."""
    return str(value).encode(errors="replace").decode()


def _unchanged(value: object) -> object:
    return value


_CONVERSIONS: dict[Any, Callable[[Any], object]] = {
    pa.string(): _valid,
    pa.int64(): int,
}
