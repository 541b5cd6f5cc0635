"""How much of the plan is filled in: required fields that have an entry, of all required fields.

- A form's required fields count one each.
- A free table owes its required columns for every row with an entry, and for its minimum of rows.
- A table with named rows owes them for every row.
- The revenue table owes forecast and target for each product group that has revenue in a past year.
- The contact matrix owes its required fields for every person with an entry on both sides, at least one each.

A row is *used* once somebody has entered something in it: names and weights that were there from the beginning do
not count. For example one open project with three of its four required fields, on a sheet that owes nothing else,
makes ``progress(plan, spec)["opportunities"] == (3, 4)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamxl.document.schema import (
    FieldSpec,
    FigureSpec,
    PlanSpec,
    RowSpec,
    SectionKind,
    SectionSpec,
)
from kamxl.document.vocabulary import Record
from kamxl.texts import Text

if TYPE_CHECKING:
    from kamxl.plan.account_plan import AccountPlan
    from kamxl.plan.revenue import RevenueRow

__all__ = [
    "REVENUE_OWES",
    "has_past_revenue",
    "is_filled",
    "is_used",
    "minimum_people",
    "prefilled",
    "progress",
    "rows_at",
]

PAST_REVENUE = ("actual_4", "actual_3", "actual_2")
REVENUE_OWES = ("forecast", "target")
"""Columns of the revenue table that are required where a product group has past revenue."""

Progress = tuple[int, int]


def progress(plan: AccountPlan, spec: PlanSpec) -> dict[str, Progress]:
    """Filled and required fields of each sheet, by the sheet's key; a sheet may require none."""
    result: dict[str, Progress] = {}
    for sheet in spec.sheets:
        filled, required = 0, 0
        for section in sheet.sections:
            done, owed = _section(plan, spec, section)
            filled, required = filled + done, required + owed
        result[sheet.key] = (filled, required)
    return result


def is_filled(value: object) -> bool:
    """Whether there is an entry; a blank text is none."""
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def is_used(
    row: Record, fields: Sequence[FieldSpec | FigureSpec], start: RowSpec | None = None
) -> bool:
    """Whether somebody has entered something in the row, beyond what `start` put there."""
    defaults = start.defaults if start else {}
    for field in fields:
        if isinstance(field, FieldSpec):
            value = getattr(row, field.key)
            if is_filled(value) and not _is_default(value, defaults.get(field.key)):
                return True
    return False


def prefilled(section: SectionSpec, index: int) -> RowSpec | None:
    """What row `index` of a table starts with, or `None`."""
    named = section.rows or section.starts
    return named[index] if index < len(named) else None


def has_past_revenue(row: RevenueRow) -> bool:
    """Whether the product group had revenue in one of the past years; 0 is none."""
    return any(getattr(row, key) for key in PAST_REVENUE)


def minimum_people(spec: PlanSpec, section: SectionSpec, side: str) -> int:
    """How many persons the contact matrix needs on `side` (``people`` or ``team``)."""
    if side == "people":
        return section.minimum
    return spec.settings.minimum_rows.get(
        f"{section.pattern.rpartition('.')[0]}.{side}", 1
    )


def rows_at(plan: AccountPlan, pattern: str) -> Sequence[Record]:
    """The rows of the table ``sheet.table``, or the form under ``sheet`` or ``sheet.form`` as one row."""
    found: object = plan
    for key in pattern.split("."):
        found = getattr(found, key)
    if isinstance(found, Record):
        return [found]
    if isinstance(found, list):
        return found
    raise TypeError(f"{pattern} is neither a form nor a table")


def _is_default(value: object, default: object) -> bool:
    if isinstance(default, Text):
        return value in (default.de, default.en)
    return default is not None and value == default


def _section(plan: AccountPlan, spec: PlanSpec, section: SectionSpec) -> Progress:
    if section.kind is SectionKind.MATRIX:
        return _matrix(plan, spec, section)
    rows = rows_at(plan, section.pattern)
    if section.pattern == "revenue.revenue":
        return _count(
            [row for row in plan.revenue.revenue if has_past_revenue(row)],
            REVENUE_OWES,
            0,
        )
    owed = [field.key for field in section.required]
    if section.kind is SectionKind.FORM:
        return _count(rows, owed, 1)
    if section.free:
        used = [
            row
            for i, row in enumerate(rows)
            if is_used(row, section.columns, prefilled(section, i))
        ]
        return _count(used, owed, section.minimum)
    return _count(rows, owed, section.count)


def _matrix(plan: AccountPlan, spec: PlanSpec, section: SectionSpec) -> Progress:
    filled, required = 0, 0
    sheet = section.pattern.rpartition(".")[0]
    for side, fields in (("people", section.people), ("team", section.team)):
        used = [row for row in rows_at(plan, f"{sheet}.{side}") if is_used(row, fields)]
        owed = [
            field.key
            for field in fields
            if isinstance(field, FieldSpec) and field.required
        ]
        done, wanted = _count(used, owed, minimum_people(spec, section, side))
        filled, required = filled + done, required + wanted
    return filled, required


def _count(rows: Sequence[Record], owed: Sequence[str], minimum: int) -> Progress:
    filled = sum(is_filled(getattr(row, key)) for row in rows for key in owed)
    return filled, len(owed) * max(minimum, len(rows))
