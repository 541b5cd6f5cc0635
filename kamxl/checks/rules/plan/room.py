"""KAM350: a table that has no free row left; who pastes or types on below it would be outside of it.

With 30 rows drawn for open projects and an entry in the last of 30, the next one needs a row to be inserted first.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency import Look, PlanRule
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.paths import rows_at
from kamxl.document.required import is_filled
from kamxl.document.schema import TableSpec
from kamxl.texts import Text

TABLE_FULL = PlanRule(
    code="KAM350",
    name="table-full",
    severity=Severity.HINT,
    message=Text(
        de="Alle {rows} Zeilen der Tabelle „{table}“ sind belegt.",
        en="All {rows} rows of the table “{table}” are in use.",
    ),
    remedy=Text(
        de="Für weitere Einträge zuerst in der Tabelle Zeilen einfügen; was unterhalb steht, gehört nicht mehr dazu.",
        en="For more entries insert rows within the table first; what stands below is no longer part of it.",
    ),
    details={"rows": Text(de="Zahl der Zeilen", en="number of rows")},
)

_LONG = 12  # rows of a table into which people write as many as there are


@TABLE_FULL.check
def _full(look: Look) -> Iterator[Problem]:
    for table in look.spec.tables:
        is_long = table.grows and table.count >= _LONG
        if is_long and _used(look, table) == table.count:
            path = table.fields[0].pattern.at(table.count - 1)
            yield TABLE_FULL.at(path, table=table.heading, rows=table.count)


def _used(look: Look, table: TableSpec) -> int:
    """How many rows hold an entry."""
    keys = [field.key for field in table.fields]
    rows = rows_at(look.plan, table.pattern)
    return sum(any(is_filled(getattr(row, key)) for key in keys) for row in rows)
