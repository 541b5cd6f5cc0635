"""The tables as files for other programs: Parquet with proper types, CSV as Excel opens it.

A CSV file is UTF-8 with a byte order mark. What stands between the values follows the language, because that is what
Excel expects of a double click: ``de`` separates with ``;`` and writes 1234,5, ``en`` separates with ``,`` and
writes 1234.5. Dates are ISO (2027-03-31), a missing value is nothing. A text that Excel would take for a formula
(``=…``) gets an apostrophe in front; Parquet holds it as it is.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kamxl.plan.vocabulary import Kind, Language
from kamxl.portfolio.columns import Column
from kamxl.portfolio.tables import Table
from kamxl.workbook.saving import write_atomically

__all__ = ["csv_bytes", "export_tables", "parquet_bytes"]

_ARROW: dict[Kind, Any] = {
    Kind.MONEY: pa.float64(),
    Kind.NUMBER: pa.float64(),
    Kind.PERCENT: pa.float64(),
    Kind.SCORE: pa.float64(),
    Kind.INTEGER: pa.int64(),
    Kind.IMPORTANCE: pa.int64(),
    Kind.DATE: pa.date32(),
}
# A formula to Excel, but not a negative number or a plain sign.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]*$)")


def export_tables(tables: Iterable[Table], folder: Path, language: Language) -> tuple[Path, ...]:
    """Write each table as ``NAME.csv`` and ``NAME.parquet``, over earlier ones.

    Raises:
        InputError: a file is open in another program, or the folder cannot be written to.
    """
    written = []
    for table in tables:
        for suffix, data in ((".csv", csv_bytes(table, language)), (".parquet", parquet_bytes(table))):
            path = folder / f"{table.key}{suffix}"
            write_atomically(path, data, language)
            written.append(path)
    return tuple(written)


def csv_bytes(table: Table, language: Language) -> bytes:
    """A table as CSV."""
    separator, comma = (";", ",") if language is Language.DE else (",", ".")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(column.key for column in table.columns)
    for row in table:
        writer.writerow(_shown(row.get(column.key), comma) for column in table.columns)
    return text.getvalue().encode("utf-8-sig")


def _shown(value: object, comma: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", comma)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def parquet_bytes(table: Table) -> bytes:
    """A table as Parquet: amounts as float64, counts as int64, dates as date32, all else as text."""
    schema = pa.schema([pa.field(column.key, _ARROW.get(column.kind, pa.string())) for column in table.columns])
    arrays = [pa.array(_values(table, column), type=schema.field(column.key).type) for column in table.columns]
    data = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), data)
    return data.getvalue()


def _values(table: Table, column: Column) -> list[object]:
    kind = _ARROW.get(column.kind)
    found = [row.get(column.key) for row in table]
    if kind is None:
        return [None if value is None else str(value) for value in found]
    if kind == pa.int64():
        return [None if value is None else int(value) for value in found]
    return found
