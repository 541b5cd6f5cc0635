"""Remarks of the reader about a changed structure become problems: one rule per kind of change.

Details a remark may carry: ``expected`` and ``found`` (sheet names), ``from`` and ``to`` (cells of a field that moved),
``rows`` (how many were added), ``value`` (an entry outside the plan's fields).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kamxl.checks.problem import Problem
from kamxl.checks.report import Reporter
from kamxl.checks.rules import Rule, structure
from kamxl.plan.vocabulary import Text
from kamxl.workbook.extract import Extract, Remark, Structure

__all__ = ["RULE_OF", "structure_problems"]

RULE_OF: Mapping[Structure, Rule] = MappingProxyType(
    {
        Structure.SHEET_MISSING: structure.SHEET_MISSING,
        Structure.SHEET_RENAMED: structure.SHEET_RENAMED,
        Structure.SHEET_DOUBLED: structure.SHEET_DOUBLED,
        Structure.SHEET_UNKNOWN: structure.SHEET_UNKNOWN,
        Structure.FIELD_MOVED: structure.FIELD_MOVED,
        Structure.FIELD_NOT_FOUND: structure.FIELD_NOT_FOUND,
        Structure.FIELD_CONTRADICTORY: structure.FIELD_CONTRADICTORY,
        Structure.TABLE_EXTENDED: structure.TABLE_EXTENDED,
        Structure.TABLE_MISSING: structure.TABLE_MISSING,
        Structure.ROW_DOUBLED: structure.ROW_DOUBLED,
        Structure.ENTRY_OUTSIDE: structure.ENTRY_OUTSIDE,
        Structure.CELL_DAMAGED: structure.CELL_DAMAGED,
        Structure.SETTINGS_UNREADABLE: structure.SETTINGS_UNREADABLE,
    }
)


def structure_problems(extract: Extract, reporter: Reporter) -> Iterator[Problem]:
    """A problem for each remark, with the details that its rule's texts name."""
    for remark in extract.remarks:
        yield Problem(
            RULE_OF[remark.structure],
            remark.path,
            _details(remark, reporter),
            sheet=remark.sheet,
            cell=remark.cell,
            value=remark.details.get("value") or remark.details.get("found", ""),
        )


def _details(remark: Remark, reporter: Reporter) -> dict[str, object]:
    given = remark.details
    details: dict[str, object] = {
        "expected": reporter.sheet(remark.path) or remark.sheet,
        "found": remark.sheet,
        "table": reporter.label(remark.path) or remark.path,
        **given,
    }
    start, end, rows = given.get("from"), given.get("to") or remark.cell, given.get("rows")
    if start and end:
        details["move"] = Text(de=f" ({end} statt {start})", en=f" ({end} instead of {start})")
    if rows:
        details["rows"] = Text(de=f" (neue Zeilen: {rows})", en=f" (new rows: {rows})")
    return details
