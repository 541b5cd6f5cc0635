"""KAM350 and KAM170: a table that has no free row left, and one with more rows than the workbook's figures count.

Who pastes or types on below a full table would be outside of it: with 30 rows drawn for open projects and an entry in
the last of 30, the next one needs a row to be inserted first.
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

ROWS_UNCOUNTED = PlanRule(
    code="KAM170",
    name="rows-uncounted",
    severity=Severity.WARNING,
    message=Text(
        de="Die Tabelle „{table}“ reicht über {most} Zeilen hinaus; das Deckblatt zählt nicht, was ab hier steht.",
        en="The table “{table}” goes beyond {most} rows; what stands from here on does not count on the cover.",
    ),
    remedy=Text(
        de="Leere Zeilen löschen oder Zeilen zusammenfassen. Im Portfolio zählen alle Zeilen.",
        en="Delete empty rows or combine rows. In the portfolio all rows count.",
    ),
    details={
        "most": Text(de="Zahl der Zeilen, die zählen", en="number of rows that count")
    },
)

_LONG = 12  # rows of a table into which people write as many as there are


@TABLE_FULL.check
def _full(look: Look) -> Iterator[Problem]:
    for table in look.spec.tables:
        is_long = table.grows and table.count >= _LONG
        if is_long and _used(look, table) == table.count:
            path = table.fields[0].pattern.at(table.count - 1)
            yield TABLE_FULL.at(path, table=table.heading, rows=table.count)


@ROWS_UNCOUNTED.check
def _uncounted(look: Look) -> Iterator[Problem]:
    counted = {spot.table.pattern: spot for spot in look.spec.gathered.values()}
    for spot in counted.values():
        table, most = spot.table, len(spot.places)
        beyond = rows_at(look.plan, table.pattern)[most:]
        if any(_is_used(row, table) for row in beyond):
            path = table.fields[0].pattern.at(most)
            yield ROWS_UNCOUNTED.at(path, table=table.heading, most=most)


def _used(look: Look, table: TableSpec) -> int:
    """How many rows hold an entry."""
    rows = rows_at(look.plan, table.pattern)
    return sum(_is_used(row, table) for row in rows)


def _is_used(row: object, table: TableSpec) -> bool:
    """Whether a row holds an entry."""
    return any(is_filled(getattr(row, field.key)) for field in table.fields)
