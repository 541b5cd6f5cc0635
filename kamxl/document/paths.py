"""A plan as a flat mapping of paths to values, and back.

``flatten(plan, spec)`` gives ``{"cover.account_id": "ALFKI", "opportunities.open[0].value": 120000.0, …}`` for
every field of the profile that has a value; `nest` turns such a mapping into the nested data that the pydantic
models read. Rows keep their positions: a plan whose second row is empty stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from kamxl.document.schema import FieldSpec, FigureSpec, PlanSpec, SectionKind
from kamxl.document.vocabulary import Record
from kamxl.plan.account_plan import AccountPlan

__all__ = ["flatten", "nest", "row_counts"]

_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]")


def flatten(plan: AccountPlan, spec: PlanSpec) -> dict[str, Any]:
    """Every value of the plan that `spec` has a field for, by path; missing values are left out."""
    return {path: value for path, value in _walk(plan, spec) if value is not None}


def _walk(plan: AccountPlan, spec: PlanSpec) -> Iterator[tuple[str, Any]]:
    for sheet, section in spec.sections():
        owner = getattr(plan, sheet.key)
        if section.kind is SectionKind.MATRIX:
            yield from _walk_rows(f"{sheet.key}.people", section.people, owner.people)
            yield from _walk_rows(f"{sheet.key}.team", section.team, owner.team)
            for index, row in enumerate(owner.matrix):
                yield from _walk_rows(
                    f"{section.pattern}[{index}]", section.columns, row
                )
        elif section.kind is SectionKind.TABLE:
            yield from _walk_rows(
                section.pattern, section.columns, getattr(owner, section.key)
            )
        else:
            form = getattr(owner, section.key) if section.key else owner
            for field in section.fields:
                yield field.pattern, getattr(form, field.key)


def _walk_rows(
    pattern: str, columns: Iterable[FieldSpec | FigureSpec], rows: Iterable[Record]
) -> Iterator[tuple[str, Any]]:
    fields = [column for column in columns if isinstance(column, FieldSpec)]
    for index, row in enumerate(rows):
        for field in fields:
            yield f"{pattern}[{index}].{field.key}", getattr(row, field.key)


def nest(values: Mapping[str, Any]) -> dict[str, Any]:
    """The nested data of a flat mapping; rows that no path names are empty records."""
    root: dict[str, Any] = {}
    records: dict[str, Any] = {}
    for path, value in values.items():
        record, _, key = path.rpartition(".")
        if record not in records:
            records[record] = _record(root, record)
        records[record][key] = value
    return root


def _record(root: dict[str, Any], path: str) -> Any:
    """The record (``opportunities.open[3]``) at `path`, with all that leads to it."""
    place: Any = root
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    for step, following in pairwise([*steps, ""]):
        place = _enter(place, step, [] if isinstance(following, int) else {})
    return place


def _enter(place: Any, step: str | int, empty: Any) -> Any:
    """The part of `place` at `step`, made if it is not there yet."""
    if isinstance(step, str):
        return place.setdefault(step, empty)
    while len(place) <= step:
        place.append([] if isinstance(empty, list) else {})
    return place[step]


def row_counts(plan: AccountPlan, spec: PlanSpec) -> dict[str, int]:
    """How many rows each free table needs to hold the plan, and the matrix for its people and own team."""
    counts: dict[str, int] = {}
    for sheet, section in spec.sections():
        owner = getattr(plan, sheet.key)
        if section.kind is SectionKind.MATRIX:
            counts[f"{sheet.key}.people"] = max(
                len(owner.people), *map(len, owner.matrix), 0, 0
            )
            counts[f"{sheet.key}.team"] = max(len(owner.team), len(owner.matrix))
        elif section.free:
            counts[section.pattern] = len(getattr(owner, section.key))
    return counts
