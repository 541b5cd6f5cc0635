"""The Python value of every computed figure of a plan, under the figure's path.

``figures(plan, spec, today)`` gives for example ``{"opportunities.open[0].weighted": 72000.0, ...}``: columns of
tables by row, totals as ``revenue.revenue.total.forecast``, the change on the column before as
``revenue.revenue.growth.forecast``, and the figures of the sheets and of the cover. All scores are `kamxl.scoring`'s.

Where the input does not suffice, or makes no sense (a target equal to its baseline, revenue above the demand), the
value is None and the cell stays empty; saying what is wrong is for `kamxl.checks`. Three rules hold everywhere:

- Where no weight at all is entered, all items count the same; otherwise an item without a weight takes no part.
- Projects that are won, lost or on hold belong to neither figure of the pipeline.
- A contact counts once it has a name (see `kamxl.plan.figures.contacts`).

Texts such as the portfolio field are codes here; `kamxl.plan.figures.labels` says what the workbook prints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kamxl.document.schema import FigureSpec, PlanSpec, SectionKind, SectionSpec
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.completeness import progress, rows_at
from kamxl.plan.cooperation import Satisfaction
from kamxl.plan.figures.contacts import contact_figures
from kamxl.plan.figures.strategy import strategy_figures
from kamxl.plan.figures.values import (
    Figures,
    Value,
    attempt,
    column,
    total,
    weights_or_equal,
)
from kamxl.plan.measures import FINISHED, Measure
from kamxl.plan.opportunities import CLOSED_STAGES
from kamxl.plan.settings.model import Settings
from kamxl.scoring import (
    Limits,
    contribution_margins,
    goal_attainment,
    growth,
    opportunity_score,
    plan_completeness,
    satisfaction_gap,
    satisfaction_index,
    scorecard,
    share_of_wallet,
    swot_balance,
    weighted_pipeline,
    weighted_value,
)

__all__ = ["OVERDUE", "figures"]

OVERDUE = "overdue"
"""Code of a measure whose date has passed."""


@dataclass(frozen=True, slots=True)
class _Given:
    plan: AccountPlan
    settings: Settings
    today: dt.date

    @property
    def limits(self) -> Limits:
        return self.settings.scoring_limits


def figures(plan: AccountPlan, spec: PlanSpec, today: dt.date) -> dict[str, Value]:
    """Every computed figure that a workbook of `spec` shows for `plan`, in plan order.

    Args:
        plan: the entries; lists may be shorter or longer than the rows drawn.
        spec: profile and settings: which figures there are, which limits and criteria hold.
        today: the day on which a measure is overdue or not.

    Returns:
        By path: a number (money in the plan's currency, shares as 0.25, scores 0–100), a code, or None.
    """
    given = _Given(plan, spec.settings, today)
    found: Figures = {}
    for sheet in (
        _profile,
        _revenue,
        _opportunities,
        _competition,
        _cooperation,
        _measures,
        _controlling,
    ):
        found |= sheet(given)
    found |= strategy_figures(plan.strategy, spec.settings)
    found |= contact_figures(plan.contacts, given.limits)
    found |= _closing_rows(plan, spec, found)
    found |= _cover(found, progress(plan, spec))
    return {path: found.get(path) for path in _paths(plan, spec)}


def _profile(given: _Given) -> Figures:
    rows = given.plan.profile.swot
    balance = attempt(
        swot_balance,
        [row.strengths_rating for row in rows],
        [row.weaknesses_rating for row in rows],
        [row.opportunities_rating for row in rows],
        [row.threats_rating for row in rows],
    )
    if balance is None:
        return {}
    return {
        "profile.swot_internal": balance.internal,
        "profile.swot_external": balance.external,
    }


def _revenue(given: _Given) -> Figures:
    forecasts = [row.forecast for row in given.plan.revenue.revenue]
    shares = [
        attempt(share_of_wallet, own, row.demand)
        for own, row in zip(forecasts, given.plan.revenue.wallet, strict=False)
    ]
    quarters = given.plan.revenue.forecast
    return {
        **column("revenue.wallet", {"share": shares}),
        **column(
            "revenue.forecast",
            {
                "plan_total": [
                    total((r.q1_plan, r.q2_plan, r.q3_plan, r.q4_plan))
                    for r in quarters
                ],
                "actual_total": [
                    total((r.q1_actual, r.q2_actual, r.q3_actual, r.q4_actual))
                    for r in quarters
                ],
            },
        ),
    }


def _opportunities(given: _Given) -> Figures:
    rows = given.plan.opportunities.open
    weighted = [
        None
        if row.stage in CLOSED_STAGES
        else attempt(weighted_value, row.value, row.probability)
        for row in rows
    ]
    counted = [
        row for row, value in zip(rows, weighted, strict=True) if value is not None
    ]
    pipeline = weighted_pipeline(
        [row.value for row in counted], [row.probability for row in counted]
    )
    return {
        **column("opportunities.open", {"weighted": weighted}),
        "opportunities.total_value": total(
            row.value for row in rows if row.stage not in CLOSED_STAGES
        ),
        "opportunities.weighted_total": pipeline.expected if pipeline else None,
    }


def _competition(given: _Given) -> Figures:
    scores = [
        attempt(opportunity_score, row.importance, row.against_requirements)
        for row in given.plan.competition.gaps
    ]
    return column(
        "competition.gaps",
        {"opportunity": [score.value if score else None for score in scores]},
    )


def _cooperation(given: _Given) -> Figures:
    rows = given.plan.cooperation.satisfaction
    # A plan ends with its last row that has an entry; the criteria after it are unanswered, not gone.
    unanswered = len(given.settings.criteria.satisfaction) - len(rows)
    rows = [*rows, *(Satisfaction() for _ in range(unanswered))]
    gaps = attempt(
        satisfaction_gap,
        [row.expectation for row in rows],
        [row.performance for row in rows],
    )
    index = attempt(
        satisfaction_index,
        [row.performance for row in rows],
        weights_or_equal([row.importance for row in rows]),
        minimum_coverage=given.limits.minimum_coverage,
    )
    return {
        **column("cooperation.satisfaction", {"gap": gaps.gaps if gaps else ()}),
        "cooperation.satisfaction_index": index.value if index else None,
    }


def _measures(given: _Given) -> Figures:
    overdue = [
        OVERDUE if _is_overdue(row, given.today) else None
        for row in given.plan.measures.measures
    ]
    return column("measures.measures", {"overdue": overdue})


def _is_overdue(measure: Measure, today: dt.date) -> bool:
    return (
        measure.due is not None
        and measure.due < today
        and measure.status not in FINISHED
    )


def _controlling(given: _Given) -> Figures:
    targets = given.plan.controlling.targets
    attained = [
        attempt(goal_attainment, row.actual, row.target, row.baseline)
        for row in targets
    ]
    # A target without a sensible attainment is a missing one: it must not take the others with it.
    aims = [
        None if share is None else row.target
        for row, share in zip(targets, attained, strict=True)
    ]
    equal = [None if row.target is None else 1.0 for row in targets]
    card = attempt(
        scorecard,
        [row.actual for row in targets],
        aims,
        [row.baseline for row in targets],
        weights_or_equal([row.weight for row in targets]) or equal,
        given.limits.attainment_cap,
        minimum_coverage=given.limits.minimum_coverage,
    )
    margins = [
        contribution_margins(
            r.gross_revenue,
            r.deductions,
            r.production,
            r.marketing,
            r.selling,
            r.service,
        )
        for r in given.plan.controlling.contribution
    ]
    return {
        **column("controlling.targets", {"attainment": attained}),
        "controlling.scorecard": card.value if card else None,
        **column(
            "controlling.contribution",
            {
                "net_revenue": [m.net for m in margins],
                "db1": [m.db1 for m in margins],
                "db2": [m.db2 for m in margins],
                "db3": [m.db3 for m in margins],
                "db4": [m.db4 for m in margins],
            },
        ),
    }


def _closing_rows(plan: AccountPlan, spec: PlanSpec, found: Figures) -> Figures:
    """Totals of all tables, and the growth row where a table has one."""
    closing: Figures = {}
    for section in _tables(spec):
        rows = rows_at(plan, section.pattern) if section.totals else ()
        sums: dict[str, float | None] = {}
        for key in section.totals:
            computed = isinstance(section[key], FigureSpec)
            sums[key] = total(
                found.get(f"{section.pattern}[{index}].{key}")
                if computed
                else getattr(row, key)
                for index, row in enumerate(rows)
            )
        closing |= {
            f"{section.pattern}.total.{key}": value for key, value in sums.items()
        }
        if section.growth_row:
            for before, key in zip(section.totals, section.totals[1:], strict=False):
                closing[f"{section.pattern}.growth.{key}"] = attempt(
                    growth, sums[before], sums[key]
                )
    return closing


def _cover(found: Figures, done: dict[str, tuple[int, int]]) -> Figures:
    shown = {
        "forecast_revenue": "revenue.revenue.total.forecast",
        "forecast_growth": "revenue.revenue.growth.forecast",
        "target_revenue": "revenue.revenue.total.target",
        "weighted_pipeline": "opportunities.weighted_total",
        "attractiveness": "strategy.attractiveness_score",
        "position": "strategy.position_score",
        "portfolio_cell": "strategy.portfolio_cell",
        "contact_coverage": "contacts.coverage",
        "satisfaction_index": "cooperation.satisfaction_index",
        "goal_attainment": "controlling.scorecard",
    }
    filled, required = zip(*done.values(), strict=True)
    return {
        **{f"cover.{key}": found.get(path) for key, path in shown.items()},
        "cover.completeness": plan_completeness(filled, required),
    }


def _tables(spec: PlanSpec) -> Iterator[SectionSpec]:
    return (
        section for _, section in spec.sections() if section.kind is SectionKind.TABLE
    )


def _paths(plan: AccountPlan, spec: PlanSpec) -> Iterator[str]:
    """Every computed cell, in plan order."""
    for sheet in spec.sheets:
        yield from (figure.pattern for figure in sheet.figures)
        for section in sheet.sections:
            if section.kind is SectionKind.TABLE:
                yield from _table_paths(section, len(rows_at(plan, section.pattern)))
            elif section.kind is SectionKind.MATRIX:
                for side, columns, drawn in (
                    ("people", section.people, section.people_count),
                    ("team", section.team, section.team_count),
                ):
                    count = max(drawn, len(rows_at(plan, f"{sheet.key}.{side}")))
                    keys = [c.key for c in columns if isinstance(c, FigureSpec)]
                    yield from (
                        f"{sheet.key}.{side}[{i}].{key}"
                        for i in range(count)
                        for key in keys
                    )


def _table_paths(section: SectionSpec, rows: int) -> Iterator[str]:
    keys = [figure.key for figure in section.figures]
    yield from (
        f"{section.pattern}[{i}].{key}"
        for i in range(max(section.count, rows))
        for key in keys
    )
    yield from (f"{section.pattern}.total.{key}" for key in section.totals)
    if section.growth_row:
        yield from (f"{section.pattern}.growth.{key}" for key in section.totals[1:])
