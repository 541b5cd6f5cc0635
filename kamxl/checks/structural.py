"""Remarks of the reader about a changed structure become problems: one rule per kind of change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kamxl.checks.report import Reporter
from kamxl.checks.rule import Problem
from kamxl.checks.rules.structure import of_field, of_sheet, of_table
from kamxl.checks.rules.workbook import of_identity, of_workbook
from kamxl.document.extract import Extract
from kamxl.document.remarks import (
    EntryOutside,
    FieldRemark,
    IdentityRemark,
    Remark,
    SheetRemark,
    TableRemark,
)


def structure_problems(extract: Extract, reporter: Reporter) -> Iterator[Problem]:
    """A problem for each remark, with the place it speaks of."""
    for remark in extract.remarks:
        label = reporter.label(remark.path)
        yield replace(
            _problem(remark, label or remark.path),
            sheet=remark.sheet,
            cell=remark.cell,
            label="" if label else remark.sheet,
            value=remark.value if isinstance(remark, EntryOutside) else "",
        )


def _problem(remark: Remark, name: str) -> Problem:
    """What a remark tells of; `name` is what a user calls the place."""
    if isinstance(remark, SheetRemark):
        return of_sheet(remark)
    if isinstance(remark, FieldRemark):
        return of_field(remark)
    if isinstance(remark, TableRemark):
        return of_table(remark, name)
    if isinstance(remark, IdentityRemark):
        return of_identity(remark)
    return of_workbook(remark)
