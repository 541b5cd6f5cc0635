"""What a document owes: the one description of completeness, walked through in one way.

`Part.owing` says when a row owes its required fields:

- A form owes them always, and so does each row that the document or the standard names.
- A free table, and each side of a matrix, owes them for every row with an entry and for its minimum of rows.
- A table with `owed_when` owes them for every row in which one of those fields is not 0.

A row is *used* once somebody has entered something in it: names and weights that were there from the beginning do
not count. `owed` gives the rows that owe something; `progress` counts them, `kamxl.checks` names what is missing,
`kamxl.document.formulas.progress` counts the same inside the workbook, and its colours follow the same description.
For example one open project with three of its four required fields, on a sheet that owes nothing else, makes
``progress(plan, spec)["opportunities"] == (3, 4)``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kamxl.document.paths import EntryPath, rows_at
from kamxl.document.schema import FieldSpec, Owing, Part
from kamxl.document.spec import DocumentSpec
from kamxl.document.standard import RowSpec, Standard
from kamxl.document.vocabulary import Record
from kamxl.texts import Text

Filled = tuple[int, int]
"""Filled and required entries."""

_ROW = re.compile(r"([^\[]+)\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class OwedRows:
    """The rows of a part that owe its required fields, by number, and how many more there must be.

    A row that the document does not hold (its cells are empty, or hold nothing usable) is `None`.
    """

    part: Part
    rows: Mapping[int, Record | None]
    missing: int

    def count(self, fields: Collection[FieldSpec]) -> Filled:
        """How many entries of some of the required fields there are, and how many are owed."""
        keys = [field.key for field in fields]
        rows = [row for row in self.rows.values() if row is not None]
        filled = sum(is_filled(getattr(row, key)) for row in rows for key in keys)
        return filled, len(keys) * (len(self.rows) + self.missing)

    def entries(self) -> Iterator[tuple[FieldSpec, EntryPath, Any]]:
        """The field, path and value of each entry that a row owes."""
        for index, row in self.rows.items():
            for field in self.part.required:
                value = None if row is None else getattr(row, field.key)
                yield field, field.at(index), value


def owed(
    document: Record, spec: DocumentSpec[Any], unusable: Collection[str] = ()
) -> Iterator[OwedRows]:
    """The rows of each part that owe something, in document order.

    Args:
        document: what could be read.
        spec: which entries are required.
        unusable: paths whose cell holds something that could not be used; it makes a row used all the same.
    """
    rows = filter(None, map(_ROW.match, unusable))
    occupied = {(row[1], int(row[2])) for row in rows}
    for part in spec.parts:
        if part.required:
            yield _owed_rows(document, part, occupied)


def _owed_rows(
    document: Record, part: Part, occupied: Collection[tuple[str, int]]
) -> OwedRows:
    rows = dict(enumerate(rows_at(document, part.pattern)))
    owing: Iterable[int] = range(max(part.count, len(rows)))
    missing = 0
    if part.owing is Owing.WHEN:
        owing = [i for i, row in rows.items() if _is_owed(row, part)]
    elif part.owing is Owing.USED:
        used = {i for i, row in rows.items() if is_used(row, part, i)}
        used |= {i for table, i in occupied if table == part.pattern}
        owing, missing = sorted(used), max(part.minimum - len(used), 0)
    return OwedRows(part, {index: rows.get(index) for index in owing}, missing)


def _is_owed(row: Record, part: Part) -> bool:
    """Whether one of the fields that make a row owe is not 0."""
    return any(getattr(row, key) for key in part.owed_when)


def progress(document: Record, spec: DocumentSpec[Any]) -> dict[str, Filled]:
    """Filled and required fields of each sheet, by the sheet's key; a sheet may require none.

    What came from the company's lists is nobody's work and does not count, so that a new plan has got nowhere yet.
    """
    result: dict[str, Filled] = {sheet.key: (0, 0) for sheet in spec.sheets}
    for rows in owed(document, spec):
        filled, required = result[rows.part.sheet]
        more, owing = rows.count(counted(rows.part, spec.settings))
        result[rows.part.sheet] = filled + more, required + owing
    return result


def counted(part: Part, standard: Standard) -> tuple[FieldSpec, ...]:
    """The required fields of a part that completeness counts."""
    return part.required if standard.counts_lists else part.by_hand


def is_filled(value: object) -> bool:
    """Whether there is an entry; a blank text is none."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def is_used(row: Record, part: Part, index: int) -> bool:
    """Whether somebody has entered something in a row, beyond what it started with."""
    start = prefilled(part, index)
    defaults = start.defaults if start else {}
    return any(
        touches(getattr(row, field.key), defaults.get(field.key))
        for field in part.fields
    )


def prefilled(part: Part, index: int) -> RowSpec | None:
    """What row `index` of a part starts with, or `None`."""
    named = part.rows or part.starts
    return named[index] if index < len(named) else None


def touches(value: object, default: object) -> bool:
    """Whether a value is somebody's own entry: not blank, and not what stood there from the beginning."""
    if not is_filled(value):
        return False
    if isinstance(default, Text):
        return value not in (default.de, default.en)
    if isinstance(default, float) and isinstance(value, int | float):
        return abs(default - value) > _SAME
    return default is None or value != default


_SAME = 1e-9  # a weight that went through a workbook may differ in its last digit
