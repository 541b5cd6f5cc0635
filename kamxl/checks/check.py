"""An extract becomes a plan and its findings.

``check(extract)`` converts every entry, builds the plan, and says what is missing, wrong or contradictory, each with
its cell. There is always a plan: a value that cannot be used is missing in it. For example a chance of ``140 %`` in
G14 yields a plan without that probability, and the finding `value-out-of-range` at ``5 Offene Projekte!G14``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kamxl.checks.checked import Checked
from kamxl.checks.compared import figure_problems
from kamxl.checks.consistency import Look, inconsistencies
from kamxl.checks.entries.building import build_plan
from kamxl.checks.entries.conversion import Surroundings, Value
from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.values import convert
from kamxl.checks.files import file_problems
from kamxl.checks.findings import Finding, sort_findings
from kamxl.checks.report import Reporter
from kamxl.checks.required import missing_entries
from kamxl.checks.rule import Problem
from kamxl.checks.rules.cells import REFUSED
from kamxl.checks.rules.numbers import OFF_SCALE
from kamxl.checks.structural import structure_problems
from kamxl.document.extract import Entry, Extract
from kamxl.document.schema import FieldSpec
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
    values, problems = _convert_all(extract)
    plan, refusals = build_plan(values, extract.spec.model)
    for refusal in refusals:
        values.pop(refusal.path)
        problems.append(REFUSED.at(refusal.path))
    unusable = _unusable(extract, values)
    cells = _cells(
        tuple((entry.path, entry.sheet, entry.cell) for entry in extract.entries)
    )
    reporter = Reporter.of(extract, settings)
    problems += structure_problems(extract, reporter)
    problems += file_problems(extract.path, extract.identity)
    # What was not found in the workbook is not empty: the reader has remarked on it.
    problems += (
        p for p in missing_entries(plan, extract.spec, unusable) if p.path in cells
    )
    day = today or dt.datetime.now().astimezone().date()
    off_scale = frozenset(p.path for p in problems if p.rule.code in OFF_SCALE)
    problems += figure_problems(extract, plan, problems, day, off_scale)
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

    `state` is ``unreadable`` where the cell holds something that is no usable value of its field.
    """
    values, _ = _convert_all(extract)
    states = dict.fromkeys(values, State.VALUE)
    states |= dict.fromkeys(_unusable(extract, values), State.UNREADABLE)
    return [
        {
            "path": entry.path,
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


def _convert_all(extract: Extract) -> tuple[dict[str, Value], list[Problem]]:
    """The typed values by path, and what is the matter with the cells; most cells of a plan are empty."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    also: dict[str, Value] = {}
    empty = State.EMPTY  # looking up a member of an Enum is slow before Python 3.12
    fields, language = extract.spec.fields, extract.identity.language
    entries = [entry for entry in extract.entries if entry.state is not empty]
    filled = [(entry, fields[entry.path.pattern]) for entry in entries]
    surroundings = _surroundings(filled, extract)
    for entry, field in filled:
        path = entry.path
        converted = convert(entry, field, language, surroundings)
        values[path] = converted.value
        problems += [replace(problem, path=path) for problem in converted.problems]
        for key, value in converted.also.items():
            also[f"{path.record}.{key}"] = value
    # What stands in a cell of its own counts more than what a neighbour's "2/6" says of it.
    values = values | also | values
    return {
        path: value for path, value in values.items() if value is not None
    }, problems


def _surroundings(
    filled: Iterable[tuple[Entry, FieldSpec]], extract: Extract
) -> Surroundings:
    """What some fields, such as the currency, say about all others."""
    found = {"currency": extract.spec.settings.currency}
    for entry, field in filled:
        if field.item.says:
            value = convert(entry, field, extract.identity.language).value
            if value is not None:
                found[field.item.says] = str(value)
    return Surroundings(**found)


def _is_blank(entry: Entry) -> bool:
    if isinstance(entry.value, str):
        return not clean(entry.value)[0]
    return entry.state is State.EMPTY


def _unusable(extract: Extract, values: Mapping[str, Value]) -> frozenset[str]:
    """Paths whose cell holds something that is no usable value."""
    return frozenset(
        entry.path
        for entry in extract.entries
        if entry.path not in values and not _is_blank(entry)
    )


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per rule and place: structure and values may both see a damaged cell."""
    seen: dict[tuple[str, ...], Finding] = {}
    for finding in findings:
        place = (finding.cell,) if finding.cell else (finding.path, finding.message)
        seen.setdefault((finding.code, finding.sheet, *place), finding)
    return list(seen.values())
