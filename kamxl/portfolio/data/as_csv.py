"""A table as CSV, as Excel opens it with a double click.

What stands between the values follows the language: ``de`` separates with ``;`` and writes 1234,5, ``en`` separates
with ``,`` and writes 1234.5. Dates are ISO (2027-03-31), a missing value is nothing. A text that Excel would take for a
formula gets an apostrophe in front: one that begins with ``=``, ``@``, a tab, a line break, or with ``+`` or ``-``
and is no number.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping

from kamxl.portfolio.data.columns import DataColumn
from kamxl.texts import Language

# A formula to Excel, which looks past white space, but not a negative number or a plain sign.
_FORMULA = re.compile(r"[\t\r\n]|\s*(?:[=@＝＠]|[+\-＋－](?![\d.,]*$))")


def csv_text(
    columns: Iterable[DataColumn],
    rows: Iterable[Mapping[str, object]],
    language: str,
    line_end: str = "\n",
) -> str:
    """The rows under the keys of their columns.

    Args:
        columns: which values of a row, in order.
        rows: by the columns' keys.
        language: ``de`` or ``en``.
        line_end: what ends a line.
    """
    separator, comma = (";", ",") if language == Language.DE else (",", ".")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    keys = [column.key for column in columns]
    writer.writerow(keys)
    for row in rows:
        writer.writerow(_shown(value, comma) for value in map(row.get, keys))
    return text.getvalue()


def _shown(value: object, comma: str) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", comma)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text
