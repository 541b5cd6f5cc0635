"""Computed table columns: one formula per row, made of the cells of that row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kamxl.document.formulas.terms import (
    Terms,
    all_of,
    guarded,
    limits,
    literal,
    number,
    when,
)
from kamxl.plan.figures.labels import figure_options
from kamxl.plan.measures import FINISHED
from kamxl.plan.opportunities import CLOSED_STAGES
from kamxl.scoring import SIGN_SATISFACTION

__all__ = ["ROW_FORMULAS", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """Row `index` of the table with the pattern `table`, as the formulas in it see it."""

    terms: Terms
    table: str
    index: int

    def cell(self, key: str) -> str:
        """The row's cell in the column `key`."""
        return self.terms.cell(f"{self.table}[{self.index}].{key}")

    def valid(self, key: str) -> str:
        """The conditions that the cell holds a number within the field's limits."""
        cell, (low, high) = (
            self.cell(key),
            limits(self.terms.field(f"{self.table}[].{key}")),
        )
        return f"ISNUMBER({cell}),{cell}>={number(low)},{cell}<={number(high)}"

    def is_none_of(self, key: str, codes: frozenset[str]) -> list[str]:
        """The conditions that the cell shows none of the list's values `codes`."""
        cell = self.cell(key)
        return [
            f"{cell}<>{label}"
            for label in self.terms.labels(f"{self.table}[].{key}", codes)
        ]


def _weighted_value(row: Row) -> str:
    value, probability = row.cell("value"), row.cell("probability")
    conditions = [f"ISNUMBER({value})", f"{value}>=0", row.valid("probability")]
    still_open = row.is_none_of("stage", frozenset(CLOSED_STAGES))
    return guarded(when(all_of(*conditions, *still_open), f"{value}*{probability}"))


def _share_of_wallet(row: Row) -> str:
    own, demand = (
        row.terms.cell(f"revenue.revenue[{row.index}].forecast"),
        row.cell("demand"),
    )
    known = all_of(
        f"ISNUMBER({own})", f"ISNUMBER({demand})", f"{own}>=0", f"{demand}>0"
    )
    return guarded(
        when(known, when(f"ROUND({own}/{demand},9)<=1", f"MIN({own}/{demand},1)"))
    )


def _sum_of(*keys: str) -> Callable[[Row], str]:
    def formula(row: Row) -> str:
        cells = [row.cell(key) for key in keys]
        some = ",".join(f"ISNUMBER({cell})" for cell in cells)
        return guarded(when(f"OR({some})", f"SUM({','.join(cells)})"))

    return formula


def _opportunity(row: Row) -> str:
    """Importance + its unmet part; how well the requirement is met is entered as a sign."""
    importance, sign = row.cell("importance"), row.cell("against_requirements")
    unmet = ""
    for code, satisfaction in SIGN_SATISFACTION.items():
        (label,) = row.terms.labels(f"{row.table}[].against_requirements", [code])
        unmet += f"IF({sign}={label},{importance}+MAX({importance}-{number(satisfaction)},0),"
    return guarded(
        when(
            all_of(row.valid("importance")), unmet + '""' + ")" * len(SIGN_SATISFACTION)
        )
    )


def _satisfaction_gap(row: Row) -> str:
    known = all_of(row.valid("performance"), row.valid("expectation"))
    return guarded(when(known, f"{row.cell('performance')}-{row.cell('expectation')}"))


def _points(row: Row) -> str:
    """Weight × answer scaled to 0–100, turned round where the lowest answer is the best."""
    source = row.table.rpartition(".")[2]
    criterion = getattr(row.terms.spec.settings.criteria, source)[row.index]
    answer = row.cell("score")
    low, high = limits(row.terms.field(f"{row.table}[].score"))
    distance = (
        f"{number(high)}-{answer}" if criterion.reversed else f"{answer}-{number(low)}"
    )
    known = all_of(row.valid("weight"), row.valid("score"))
    return guarded(
        when(known, f"100*{row.cell('weight')}*({distance})/{number(high - low)}")
    )


def _overdue(row: Row) -> str:
    (option,) = figure_options(f"{row.table}[].overdue", row.terms.spec.settings)
    due = row.cell("due")
    unfinished = row.is_none_of("status", frozenset(FINISHED))
    late = all_of(row.valid("due"), f"{due}<TODAY()", *unfinished)
    return guarded(when(late, literal(option.label[row.terms.language])))


def _attainment(row: Row) -> str:
    actual, target, base = (row.cell(key) for key in ("actual", "target", "baseline"))
    known = all_of(*(f"ISNUMBER({cell})" for cell in (actual, target, base)))
    return guarded(when(known, f"({actual}-{base})/({target}-{base})"))


def _left_after(before: str, cost: str) -> Callable[[Row], str]:
    """One step of the contribution; a missing cost ends the chain."""

    def formula(row: Row) -> str:
        have, minus = row.cell(before), row.cell(cost)
        return guarded(
            when(all_of(f"ISNUMBER({have})", f"ISNUMBER({minus})"), f"{have}-{minus}")
        )

    return formula


ROW_FORMULAS: dict[str, Callable[[Row], str]] = {
    "revenue.wallet[].share": _share_of_wallet,
    "revenue.forecast[].plan_total": _sum_of(
        "q1_plan", "q2_plan", "q3_plan", "q4_plan"
    ),
    "revenue.forecast[].actual_total": _sum_of(
        "q1_actual", "q2_actual", "q3_actual", "q4_actual"
    ),
    "opportunities.open[].weighted": _weighted_value,
    "competition.gaps[].opportunity": _opportunity,
    "cooperation.satisfaction[].gap": _satisfaction_gap,
    "strategy.attractiveness[].points": _points,
    "strategy.position[].points": _points,
    "strategy.price_readiness[].points": _points,
    "measures.measures[].overdue": _overdue,
    "controlling.targets[].attainment": _attainment,
    "controlling.contribution[].net_revenue": _left_after(
        "gross_revenue", "deductions"
    ),
    "controlling.contribution[].db1": _left_after("net_revenue", "production"),
    "controlling.contribution[].db2": _left_after("db1", "marketing"),
    "controlling.contribution[].db3": _left_after("db2", "selling"),
    "controlling.contribution[].db4": _left_after("db3", "service"),
}
"""Builds the formula of a computed column, by the figure's pattern."""
