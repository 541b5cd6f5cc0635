"""Sheets that nobody has touched yet: one line instead of a finding per empty cell.

What kamxl itself put on a sheet (product groups, past revenue, weights, names of the own team) is nobody's touch. A
sheet with one entry of a person's own keeps all its findings, as each of them is then news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kamxl.checks.findings import Finding, Severity
from kamxl.checks.report import Reporter
from kamxl.checks.rule import Problem
from kamxl.checks.rules import missing as rules
from kamxl.document.extract import Entry, Extract
from kamxl.document.schema import FieldSpec, PlanSpec, SectionKind, pattern_of
from kamxl.plan.completeness import minimum_people, prefilled
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx.cells import State

__all__ = ["condense", "untouched_sheets"]

_GROUPED = {
    rules.REQUIRED_EMPTY.code,
    rules.ROWS_MISSING.code,
    rules.REVENUE_INCOMPLETE.code,
}
# Filled from the account list, the revenue history and the settings when a plan is generated.
_FROM_LISTS = {
    "revenue.revenue[].product_group",
    "revenue.revenue[].actual_4",
    "revenue.revenue[].actual_3",
    "revenue.revenue[].actual_2",
    "contacts.team[].name",
    "contacts.team[].function",
}


def untouched_sheets(extract: Extract) -> set[str]:
    """Keys of the sheets on which no cell holds an entry of a person's own."""
    touched: set[str] = set()
    for entry in extract.entries:
        sheet = entry.path.split(".", 1)[0]
        if sheet not in touched and _is_own(entry, extract.spec):
            touched.add(sheet)
    return {sheet.key for sheet in extract.spec.sheets} - touched


def condense(
    findings: Sequence[Finding], extract: Extract, settings: Settings | None = None
) -> tuple[Finding, ...]:
    """`findings` with those about missing entries drawn together for each untouched sheet, in its place."""
    untouched = untouched_sheets(extract)
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        key = finding.path.split(".", 1)[0]
        if finding.code in _GROUPED and key in untouched:
            groups[key].append(finding)
    reporter = Reporter.of(extract, settings)
    lines = {
        key: _line(key, group, reporter, extract.spec) for key, group in groups.items()
    }
    condensed: dict[int, Finding] = {}
    for finding in findings:
        key = finding.path.split(".", 1)[0]
        line = lines.get(key) if finding in groups.get(key, ()) else None
        shown = line or finding
        condensed.setdefault(id(shown), shown)
    return tuple(condensed.values())


def _line(
    key: str, group: Sequence[Finding], reporter: Reporter, spec: PlanSpec
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
    return replace(line, severity=severity, path=key)


def _owed(finding: Finding, spec: PlanSpec) -> int:
    """How many required entries a finding stands for: a missing row owes all its required columns."""
    if finding.code != rules.ROWS_MISSING.code:
        return 1
    pattern = pattern_of(finding.path).partition("[]")[0]
    section = spec.find(pattern)
    if section is not None:
        return section.minimum * len(section.required)
    for _, section in spec.sections():
        if section.kind is SectionKind.MATRIX:
            for side, columns in (("people", section.people), ("team", section.team)):
                if pattern.endswith(f".{side}"):
                    required = [
                        c for c in columns if isinstance(c, FieldSpec) and c.required
                    ]
                    return minimum_people(spec, section, side) * len(required)
    return 1


def _is_own(entry: Entry, spec: PlanSpec) -> bool:
    """Whether somebody entered this, rather than kamxl."""
    if entry.state is State.EMPTY or (
        isinstance(entry.value, str) and not entry.value.strip()
    ):
        return False
    pattern = pattern_of(entry.path)
    if pattern in _FROM_LISTS:
        return False
    table, bracket, rest = entry.path.partition("[")
    section = spec.find(table) if bracket else None
    if section is None or entry.path.count("[") > 1:
        return True
    start = prefilled(section, int(rest.partition("]")[0]))
    default = start.defaults.get(pattern.rpartition(".")[2]) if start else None
    if isinstance(default, Text):
        return entry.value not in (default.de, default.en)
    if isinstance(default, float) and isinstance(entry.value, int | float):
        return abs(default - entry.value) > 1e-9
    return default is None or entry.value != default
