"""Sheets that nobody has touched yet: one line instead of a finding per empty cell.

What kamxl itself put on a sheet (product groups, past revenue, weights, names of the own team) is nobody's touch. A
sheet with one entry of a person's own keeps all its findings, as each of them is then news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import filterfalse
from typing import Any

from kamxl.checks.findings import Finding, Severity
from kamxl.checks.report import Reporter
from kamxl.checks.rule import Problem
from kamxl.checks.rules import missing as rules
from kamxl.document.extract import Entry, Extract
from kamxl.document.paths import path_of
from kamxl.document.required import prefilled, touches
from kamxl.document.schema import Part
from kamxl.document.spec import DocumentSpec
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import State

_GROUPED = {
    rules.REQUIRED_EMPTY.code,
    rules.ROWS_MISSING.code,
    rules.REVENUE_INCOMPLETE.code,
}


def untouched_sheets(extract: Extract) -> set[str]:
    """Keys of the sheets on which no cell holds an entry of a person's own."""
    parts = filterfalse(_comes_from_lists, extract.spec.parts)
    untouched = {part.sheet for part in parts}
    for entry in extract.entries:
        # One entry is enough, and most plans have thousands.
        if entry.path.sheet in untouched and _is_own(entry, extract.spec):
            untouched.remove(entry.path.sheet)
    return untouched


def condense(
    findings: Sequence[Finding], extract: Extract, settings: Settings | None = None
) -> tuple[Finding, ...]:
    """`findings` with those about missing entries drawn together for each untouched sheet, in its place."""
    untouched = untouched_sheets(extract)
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        key = path_of(finding.path).sheet
        if finding.code in _GROUPED and key in untouched:
            groups[key].append(finding)
    reporter = Reporter.of(extract, settings)
    lines = {
        key: _line(key, group, reporter, extract.spec) for key, group in groups.items()
    }
    condensed: dict[int, Finding] = {}
    for finding in findings:
        key = path_of(finding.path).sheet
        line = lines.get(key) if finding.code in _GROUPED else None
        shown = line or finding
        condensed.setdefault(id(shown), shown)
    return tuple(condensed.values())


def _line(
    key: str, group: Sequence[Finding], reporter: Reporter, spec: DocumentSpec[Any]
) -> Finding | None:
    """One finding for a whole sheet, as severe as the severest it stands for."""
    count = sum(_owed(finding, spec) for finding in group)
    first = group[0]
    details = {"value": count}
    line = reporter.finding(
        Problem(rules.NOT_STARTED, details=details, sheet=first.sheet, cell=first.cell)
    )
    if line is None:
        return None
    severity = min((finding.severity for finding in group), key=list(Severity).index)
    return replace(line, severity=severity, path=key, parts=tuple(group))


def _owed(finding: Finding, spec: DocumentSpec[Any]) -> int:
    """How many required entries a finding stands for: a missing row owes all its required columns."""
    part = spec.find(path_of(finding.path).table)
    if finding.code != rules.ROWS_MISSING.code or part is None:
        return 1
    return part.minimum * len(part.required)


def _comes_from_lists(part: Part) -> bool:
    """Whether lists fill in all that a part requires, so that nobody has to begin it."""
    return bool(part.required) and not part.by_hand


def _is_own(entry: Entry, spec: DocumentSpec[Any]) -> bool:
    """Whether somebody entered this, rather than kamxl."""
    if entry.state is State.EMPTY:
        return False
    path = entry.path
    if spec.fields[path.pattern].item.from_lists:
        return False
    part = spec.find(path.table)
    start = prefilled(part, path.row) if part is not None else None
    default = start.defaults.get(path.key) if start else None
    # What cannot be read is somebody's entry, too.
    return entry.value is None or touches(entry.value, default)
