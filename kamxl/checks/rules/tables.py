"""KAM12x: tables that grew, that are gone, or that have a row twice."""

from __future__ import annotations

from typing import assert_never

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.checks.rules.fields import RESTORE
from kamxl.document.remarks import (
    RowDoubled,
    TableExtended,
    TableMissing,
    TableRemark,
)
from kamxl.texts import Text

__all__ = ["of_table"]


TABLE_EXTENDED = Rule(
    code="KAM121",
    name="table-extended",
    severity=Severity.HINT,
    message=Text(
        de="Die Tabelle „{table}“ wurde um Zeilen verlängert ({rows} statt {drawn}).",
        en="Rows were added to the table “{table}” ({rows} instead of {drawn}).",
    ),
    remedy=Text(
        de="Auch die neuen Zeilen werden gelesen. Summen prüfen, ob sie alle Zeilen erfassen.",
        en="The new rows are read too. Check that the totals cover all rows.",
    ),
    details={
        "rows": Text(de="Zahl der Zeilen", en="number of rows"),
        "drawn": Text(de="Zahl in der Vorlage", en="number in the template"),
    },
)

TABLE_MISSING = Rule(
    code="KAM122",
    name="table-missing",
    severity=Severity.ERROR,
    message=Text(
        de="Die Tabelle „{table}“ wurde nicht gefunden.",
        en="The table “{table}” was not found.",
    ),
    remedy=RESTORE,
)

ROW_DOUBLED = Rule(
    code="KAM123",
    name="row-doubled",
    severity=Severity.ERROR,
    message=Text(
        de="„{label}“: Diese Zeile ist doppelt vorhanden; gelesen wurde nur die erste.",
        en="“{label}”: this row exists twice; only the first was read.",
    ),
    remedy=Text(
        de="Die überzählige Zeile löschen.",
        en="Delete the extra row.",
    ),
)


def of_table(remark: TableRemark, table: str) -> Problem:
    """The problem that a remark on a table tells of; `table` is what a user calls it."""
    path = remark.path
    match remark:
        case TableExtended(rows=rows, drawn=drawn):
            return TABLE_EXTENDED.at(path, table=table, rows=rows, drawn=drawn)
        case TableMissing():
            return TABLE_MISSING.at(path, table=table)
        case RowDoubled():
            return ROW_DOUBLED.at(path)
        case _:
            assert_never(remark)
