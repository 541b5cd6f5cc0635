"""What a plan must say and does not: the one definition of completeness, cell by cell.

`kamxl.plan.completeness` counts required entries, this module names the empty ones. A cell that holds something
unusable is not empty: it has its own finding already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kamxl.checks.rule import Problem, Rule
from kamxl.checks.rules import missing as rules
from kamxl.checks.rules.plan.measures import MEASURE_WITHOUT_PERSON
from kamxl.document.schema import (
    FieldSpec,
    FigureSpec,
    PlanSpec,
    SectionKind,
    SectionSpec,
)
from kamxl.document.vocabulary import Record
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.completeness import (
    REVENUE_OWES,
    has_past_revenue,
    is_filled,
    is_used,
    minimum_people,
    prefilled,
    rows_at,
)
from kamxl.texts import Text

__all__ = ["missing_entries"]

# A required field whose absence has a rule of its own, as it says more than "this is empty".
_OWN_RULE: dict[str, Rule] = {"measures.measures[].responsible": MEASURE_WITHOUT_PERSON}
_PERSONS = {
    "people": Text(
        de="Kontaktmatrix: Personen beim Kunden",
        en="Contact matrix: people at the account",
    ),
    "team": Text(de="Kontaktmatrix: eigene Personen", en="Contact matrix: own people"),
}


def missing_entries(
    plan: AccountPlan, spec: PlanSpec, unusable: Collection[str] = ()
) -> Iterator[Problem]:
    """A problem for each required entry that is missing, in plan order.

    Args:
        plan: what could be read.
        spec: which entries are required.
        unusable: paths whose cell holds something that could not be used.
    """
    occupied = _rows_of(unusable)
    for _, section in spec.sections():
        if section.kind is SectionKind.FORM:
            for field in section.required:
                path = f"{section.pattern}.{field.key}"
                if (
                    not is_filled(getattr(rows_at(plan, section.pattern)[0], field.key))
                    and path not in unusable
                ):
                    yield Problem(rules.REQUIRED_EMPTY, path)
        elif section.kind is SectionKind.MATRIX:
            sheet = section.pattern.rpartition(".")[0]
            for side, columns in (("people", section.people), ("team", section.team)):
                table = _Table(
                    f"{sheet}.{side}",
                    columns,
                    minimum_people(spec, section, side),
                    _PERSONS[side],
                )
                yield from table.missing(plan, unusable, occupied)
        elif section.pattern == "revenue.revenue":
            yield from _revenue(plan, unusable)
        else:
            yield from _table(section).missing(plan, unusable, occupied)


def _rows_of(paths: Collection[str]) -> set[str]:
    """The rows (``measures.measures[3]``) to which some paths belong."""
    return {match[0] for path in paths if (match := re.match(r"[^\[]+\[\d+\]", path))}


def _revenue(plan: AccountPlan, unusable: Collection[str]) -> Iterator[Problem]:
    for index, row in enumerate(plan.revenue.revenue):
        for key in REVENUE_OWES if has_past_revenue(row) else ():
            path = f"revenue.revenue[{index}].{key}"
            if not is_filled(getattr(row, key)) and path not in unusable:
                details = {"group": row.product_group or str(index + 1)}
                yield Problem(rules.REVENUE_INCOMPLETE, path, details)


def _table(section: SectionSpec) -> _Table:
    return _Table(
        section.pattern, section.columns, section.minimum, section.heading, section
    )


class _Table:
    """A table with its required columns; in named tables every row binds, in free ones those in use."""

    def __init__(
        self,
        pattern: str,
        columns: Sequence[FieldSpec | FigureSpec],
        minimum: int,
        heading: Text | None,
        section: SectionSpec | None = None,
    ) -> None:
        self.pattern = pattern
        self.columns = columns
        self.required = [c for c in columns if isinstance(c, FieldSpec) and c.required]
        self.minimum = minimum
        self.heading = heading
        self.section = section

    def missing(
        self, plan: AccountPlan, unusable: Collection[str], occupied: Collection[str]
    ) -> Iterator[Problem]:
        if not self.required:
            return
        rows = dict(enumerate(rows_at(plan, self.pattern)))
        used = [
            index
            for index in range(self._count(rows, occupied))
            if self._binds(index, rows, occupied)
        ]
        for index in used:
            for field in self.required:
                path = f"{self.pattern}[{index}].{field.key}"
                value = getattr(rows[index], field.key) if index in rows else None
                if not is_filled(value) and path not in unusable:
                    yield self._missing_cell(path, rows.get(index))
        if len(used) < self.minimum:
            free = next(index for index in range(len(used) + 1) if index not in used)
            path = f"{self.pattern}[{free}].{self.required[0].key}"
            details = {
                "found": len(used),
                "minimum": self.minimum,
                "table": self.heading or self.pattern,
            }
            yield Problem(rules.ROWS_MISSING, path, details)

    def _missing_cell(self, path: str, row: Record | None) -> Problem:
        rule = _OWN_RULE.get(re.sub(r"\[\d+\]", "[]", path), rules.REQUIRED_EMPTY)
        if rule is MEASURE_WITHOUT_PERSON:
            return rule.at(path, measure=getattr(row, "measure", None))
        return rule.at(path)

    def _count(self, rows: dict[int, Record], occupied: Collection[str]) -> int:
        if self.section is not None and not self.section.free:
            return self.section.count
        own = [
            int(row[len(self.pattern) + 1 : -1])
            for row in occupied
            if row.startswith(f"{self.pattern}[")
        ]
        return max([len(rows), *(index + 1 for index in own)])

    def _binds(
        self, index: int, rows: dict[int, Record], occupied: Collection[str]
    ) -> bool:
        if self.section is not None and not self.section.free:
            return True
        if f"{self.pattern}[{index}]" in occupied:
            return True
        start = prefilled(self.section, index) if self.section else None
        return index in rows and is_used(rows[index], self.columns, start)
