"""What a plan must say and does not, cell by cell.

`kamxl.document.required` says what is owed and counts it; this module names the empty cells. A cell that holds
something unusable is not empty: it has its own finding already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from kamxl.checks.rule import Problem
from kamxl.checks.rules import CATALOGUE
from kamxl.checks.rules import missing as rules
from kamxl.document.paths import EntryPath
from kamxl.document.required import OwedRows, is_filled, owed
from kamxl.document.schema import FieldSpec, Owing
from kamxl.document.spec import DocumentSpec
from kamxl.document.vocabulary import Record

_OWN_RULES = {rule.absent: rule for rule in CATALOGUE.values() if rule.absent}


def missing_entries(
    document: Record, spec: DocumentSpec[Any], unusable: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each required entry that is missing, in plan order.

    Args:
        document: what could be read.
        spec: which entries are required.
        unusable: paths whose cell holds something that could not be used.
    """
    for rows in owed(document, spec, unusable):
        for field, path, value in rows.entries():
            if not is_filled(value) and path not in unusable:
                yield _missing(rows, field, path)
        if rows.missing:
            yield _too_few(rows)


def _missing(rows: OwedRows, field: FieldSpec, path: EntryPath) -> Problem:
    row = rows.rows[next(iter(path.indices), 0)]
    if rows.part.owing is Owing.WHEN:
        # What a row calls itself, where people may rename it.
        name_key = str(getattr(rows.part, "editable", None))
        name = getattr(row, name_key, None) or str(path.row + 1)
        return rules.REVENUE_INCOMPLETE.at(path, group=name)
    own = _OWN_RULES.get(field.pattern, rules.REQUIRED_EMPTY)
    beside = {key: getattr(row, key, None) for key in own.required - {"label"}}
    return own.at(path, **beside)


def _too_few(rows: OwedRows) -> Problem:
    """Rows that are missing, at the place of the first free one."""
    part, used = rows.part, rows.rows
    free = next(index for index in range(len(used) + 1) if index not in used)
    return rules.ROWS_MISSING.at(
        part.required[0].at(free),
        found=len(used),
        minimum=part.minimum,
        table=part.heading or part.pattern,
    )
