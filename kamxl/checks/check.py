"""An extract becomes a plan and its findings.

``check(extract)`` converts every entry, builds the plan, and says what is missing, wrong or contradictory, each with
its cell. There is always a plan: a value that cannot be used is missing in it. For example a chance of ``140 %`` in
G14 yields a plan without that probability, and the finding `value-out-of-range` at ``5 Offene Projekte!G14``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kamxl.checks.checked import Checked
from kamxl.checks.compared import figure_problems
from kamxl.checks.consistency import Look, inconsistencies
from kamxl.checks.entries.building import build_plan
from kamxl.checks.entries.conversion import Value
from kamxl.checks.files import file_problems
from kamxl.checks.findings import Finding, sort_findings
from kamxl.checks.not_data import placeholder_problems
from kamxl.checks.report import Reporter
from kamxl.checks.required import missing_entries
from kamxl.checks.rules.cells import REFUSED
from kamxl.checks.rules.numbers import OFF_SCALE
from kamxl.checks.structural import structure_problems
from kamxl.checks.taking import take
from kamxl.document.extract import Extract
from kamxl.document.figures import Given
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import State


def check(
    extract: Extract, settings: Settings | None = None, today: dt.date | None = None
) -> Checked:
    """Judge what was read from a workbook.

    Args:
        extract: what `kamxl.document.finding.read` found.
        settings: severities, thresholds and team of the company; those stored in the workbook by default.
        today: the day to compare dates with; the current day by default.
    """
    settings = settings or extract.spec.settings
    taken = take(extract, settings.placeholders)
    values, problems = taken.values, taken.problems
    plan, refusals = build_plan(values, extract.spec.model)
    for refusal in refusals:
        values.pop(refusal.path)
        problems.append(REFUSED.at(refusal.path))
    unusable = taken.unusable(extract)
    cells = _cells(
        tuple((entry.path, entry.sheet, entry.cell) for entry in extract.entries)
    )
    day = today or dt.datetime.now().astimezone().date()
    reporter = Reporter.of(extract, settings, day)
    problems += structure_problems(extract, reporter)
    problems += file_problems(extract.path, extract.identity)
    # What was not found in the workbook is not empty: the reader has remarked on it.
    missing = missing_entries(plan, extract.spec, unusable)
    found_empty = (problem for problem in missing if problem.path in cells)
    problems += placeholder_problems(found_empty, taken.placeholders)
    off_scale = frozenset(p.path for p in problems if p.rule.code in OFF_SCALE)
    given = Given(plan, extract.spec, day, off_scale)
    problems += figure_problems(extract, given, problems, taken.added_up)
    problems += inconsistencies(
        Look(
            plan,
            extract.spec,
            settings,
            extract.identity.language,
            day,
            unusable,
            cells,
            extract.identity,
        )
    )
    found = _distinct(reporter.findings(problems))
    sheets = dict.fromkeys(entry.sheet for entry in extract.entries)
    return Checked(
        str(extract.path),
        extract.identity,
        plan,
        sort_findings(found, sheets),
        values,
        cells,
        extract.spec,
        off_scale,
    )


@lru_cache(maxsize=16)
def _cells(places: tuple[tuple[str, str, str], ...]) -> Mapping[str, tuple[str, str]]:
    """Sheet and cell by path; the plans of a company, in which hardly anything moves, share one mapping."""
    return {path: (sheet, cell) for path, sheet, cell in places if cell}


def fields_json(extract: Extract) -> list[dict[str, Any]]:
    """Every input field in plan order, as ``kamxl read --format json`` prints it.

    `label` is what is printed beside the cell, in the plan's language, with the row where it is one of many.
    `state` is ``unreadable`` where the cell holds something that is no usable value of its field.
    """
    taken = take(extract, extract.spec.settings.placeholders)
    values = taken.values
    states = dict.fromkeys(values, State.VALUE)
    states |= dict.fromkeys(taken.unusable(extract), State.UNREADABLE)
    reporter = Reporter.of(extract)
    return [
        {
            "path": entry.path,
            "label": reporter.full_label(entry.path),
            "value": _plain(values.get(entry.path)),
            "raw": entry.raw,
            "state": states.get(entry.path, State.EMPTY).value,
            "sheet": entry.sheet,
            "cell": entry.cell,
        }
        for entry in extract.entries
    ]


def _plain(value: Value) -> float | str | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per rule and place: structure and values may both see a damaged cell."""
    seen: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        place = (finding.cell,) if finding.cell else (finding.path, finding.message)
        seen.setdefault((finding.code, finding.sheet, *place), finding)
    return list(seen.values())
