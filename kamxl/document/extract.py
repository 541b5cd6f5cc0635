"""What was found in a workbook, before anyone judges it.

`finding.read` turns a file into an `Extract`: for every input field of the plan an `Entry` with its path,
the sheet and cell it was found in and what the cell holds, plus `Remark`s about a structure that is not as
generated (a renamed sheet, moved rows). `kamxl.checks` does the judging.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from kamxl.document.layout.layout import Layout
from kamxl.document.paths import EntryPath
from kamxl.document.remarks import Remark
from kamxl.document.replies import Reply
from kamxl.document.spec import DocumentSpec
from kamxl.xlsx.book import PLAIN_STYLE, CellStyle, CellValue, State


class WorkbookKind(StrEnum):
    """The workbooks that kamxl writes; each knows what it is."""

    PLAN = "plan"
    TEMPLATE = "template"
    PORTFOLIO = "portfolio"
    FINDINGS = "findings"
    SCORING = "scoring"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a generated workbook says about itself (sheet ``_kamxl`` and custom document properties)."""

    kind: WorkbookKind
    template_version: int
    kamxl_version: str
    schema_hash: str
    plan_id: str
    account_id: str
    plan_year: int
    language: str
    profile: str
    created: str = ""


class Entry(NamedTuple):
    """One cell of a field or figure: `state` says whether `value` can be used; `raw` is what the file holds, as text.

    A plan has some 1,600 of them, and a tuple is made four times as fast as a frozen dataclass.

    `reason` (for UNREADABLE): ``error``, ``picture``, ``uncalculated`` or ``damaged``. `value` is the cell's own value
    (number, text, date …), not yet that of the field. `cell` is empty where the field was not found. `formula` is what
    a formula says, without its `=`; empty where another cell's formula is shared.
    """

    path: EntryPath
    sheet: str
    cell: str
    state: State
    value: CellValue = None
    raw: str = ""
    reason: str = ""
    is_formula: bool = False
    is_date: bool = False
    formula: str = ""
    style: CellStyle = PLAIN_STYLE


@dataclass(frozen=True)
class Extract:
    """Everything one plan workbook holds, each entry with its cell, in plan order.

    `spec` is the specification under which the workbook was generated (its own settings, profile, year and
    language, stored in the workbook), so it reads the same wherever it is read. `computed` are the cells of all
    figures, totals included, as they stand in the file: whoever compares them with what kamxl works out sees which
    were typed over, deleted (empty) or never calculated. `layout` says where everything was generated,
    `formulas` which formulas (`kamxl.document.formulas.sources.formula_codes`).
    `replies` are answers to findings that an earlier check put in front, on the sheet `findings_sheet`.
    """

    path: Path
    fingerprint: str
    identity: Identity
    spec: DocumentSpec[Any] = field(repr=False)
    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...] = ()
    computed: tuple[Entry, ...] = ()
    layout: Layout | None = field(default=None, repr=False)
    replies: Mapping[str, Reply] = field(default_factory=dict)
    findings_sheet: str = ""
    formulas: str = ""
