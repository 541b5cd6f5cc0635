"""Goals, measures, revenue, weights, gaps, and the plan's own age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kamxl.checks.consistency.look import Look, names
from kamxl.checks.entries.texts import fold
from kamxl.checks.problem import Problem
from kamxl.checks.rules import plan as rules
from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.vocabulary import Kind, Sign
from kamxl.plan.competition import CapabilityGap
from kamxl.plan.measures import FINISHED
from kamxl.plan.revenue import RevenueRow

__all__ = [
    "check_age", "check_gaps", "check_goals_have_measures", "check_measures", "check_revenue",
    "check_strategic_projects", "check_weights",
]  # fmt: skip


def check_goals_have_measures(look: Look) -> Iterator[Problem]:
    """A strategic goal with neither a main measure nor a measure that serves it."""
    served = names(measure.goal for measure in look.plan.measures.measures)
    for index, goal in enumerate(look.plan.strategy.goals):
        path = f"strategy.goals[{index}].goal"
        if not goal.goal or fold(goal.goal) in served:
            continue
        if look.blank(f"strategy.goals[{index}].measure", goal.measure):
            yield Problem(rules.GOAL_WITHOUT_MEASURE, path, {"value": goal.goal})


def check_measures(look: Look) -> Iterator[Problem]:
    """Measures that are overdue, or due before they start."""
    for index, row in enumerate(look.plan.measures.measures):
        if row.due is None:
            continue
        path = f"measures.measures[{index}].due"
        details = {"measure": row.measure or "–", "value": look.shown(row.due)}
        if row.due < look.today and row.status not in FINISHED:
            days = (look.today - row.due).days
            yield Problem(rules.MEASURE_OVERDUE, path, {**details, "days": days})
        if row.start is not None and row.due < row.start:
            yield Problem(
                rules.DUE_BEFORE_START,
                path,
                {**details, "start": look.shown(row.start)},
            )


def check_strategic_projects(look: Look) -> Iterator[Problem]:
    """A strategic project with neither a next milestone nor a measure that names it."""
    steps = [
        fold(" ".join(filter(None, (row.measure, row.comment, row.goal))))
        for row in look.plan.measures.measures
    ]
    for index, row in enumerate(look.plan.strategy.strategic_projects):
        path = f"strategy.strategic_projects[{index}].milestone"
        if not row.project or not look.blank(path, row.milestone):
            continue
        if not any(fold(row.project) in step for step in steps):
            yield Problem(rules.STRATEGIC_WITHOUT_STEP, path, {"project": row.project})


def check_revenue(look: Look) -> Iterator[Problem]:
    """Forecast or target that jumps away from the year before without a comment."""
    limit = look.limit(rules.FORECAST_JUMP)
    for index, row in enumerate(look.plan.revenue.revenue):
        if not look.blank(f"revenue.revenue[{index}].comment", row.comment):
            continue
        for before, after in (("actual_2", "forecast"), ("forecast", "target")):
            problem = _jump(
                look, row, f"revenue.revenue[{index}]", before, after, limit
            )
            if problem is not None:
                yield problem


def _jump(
    look: Look, row: RevenueRow, path: str, before: str, after: str, limit: float
) -> Problem | None:
    old, new = getattr(row, before), getattr(row, after)
    if old is None or new is None or old <= 0 or abs(new - old) <= limit * old + 1e-9:
        return None
    change = look.shown(round((new - old) / old, 3), Kind.PERCENT)
    return Problem(
        rules.FORECAST_JUMP,
        f"{path}.{after}",
        {
            "group": row.product_group or "–",
            "change": change if new < old else f"+{change}",
            "before": look.shown(old, Kind.MONEY),
            "value": look.shown(new, Kind.MONEY),
        },
    )


def check_weights(look: Look) -> Iterator[Problem]:
    """Weights of a table in use that do not add up to 100 %."""
    tolerance = look.limit(rules.WEIGHTS_NOT_ALL, look.settings.limits.weight_tolerance)
    for table in look.spec.tables:
        weight = next((f for f in table.fields if f.key == "weight"), None)
        if weight is None:
            continue
        rows: Sequence[Any] = rows_at(look.plan, table.pattern)
        weights = [row.weight for row in rows if row.weight is not None]
        total = sum(weights)
        paths = [weight.at(index) for index in range(table.count)]
        is_off = bool(weights) and abs(total - 1) > tolerance + 1e-9
        if not is_off or look.unusable.intersection(paths):
            continue
        if any(is_used(row, table, index) for index, row in enumerate(rows)):
            details = {
                "table": table.heading or table.pattern,
                "value": look.shown(round(total, 6), Kind.PERCENT),
            }
            yield Problem(rules.WEIGHTS_NOT_ALL, paths[0], details)


def check_gaps(look: Look) -> Iterator[Problem]:
    """A capability in which we are worse, without anything done about it."""
    for index, row in enumerate(look.plan.competition.gaps):
        path = f"competition.gaps[{index}].action"
        if _is_worse(row) and look.blank(path, row.action):
            yield Problem(
                rules.GAP_WITHOUT_ANSWER, path, {"value": row.capability or "–"}
            )


def _is_worse(row: CapabilityGap) -> bool:
    return Sign.MINUS in (row.against_requirements, row.against_rival)


def check_age(look: Look) -> Iterator[Problem]:
    """A plan that nobody has updated for half a year, or that was updated before it was created."""
    cover = look.plan.cover
    if cover.updated_on is None:
        return
    details = {"value": look.shown(cover.updated_on)}
    days = (look.today - cover.updated_on).days
    if days > look.limit(rules.OUTDATED):
        yield Problem(rules.OUTDATED, "cover.updated_on", {**details, "days": days})
    if cover.created_on is not None and cover.updated_on < cover.created_on:
        created = look.shown(cover.created_on)
        yield Problem(
            rules.UPDATED_BEFORE_CREATED,
            "cover.updated_on",
            {**details, "created": created},
        )
