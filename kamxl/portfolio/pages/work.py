"""The sheets *Pipeline*, *Maßnahmen* and *Ziele*: what is under way, in the order in which it needs attention."""

from __future__ import annotations

import datetime as dt

from kamxl.plan.measures import FINISHED, OVERDUE
from kamxl.plan.opportunities import CLOSED_STAGES
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.page import (
    Page,
    account_columns,
    draw_page,
    field_columns,
    named,
    place_column,
)

__all__ = ["draw_measures", "draw_pipeline", "draw_targets", "is_open"]

_NEVER = dt.date.max


def is_open(row: Row) -> bool:
    """Whether a project still belongs to the pipeline."""
    return row.get("stage") not in CLOSED_STAGES


def draw_pipeline(page: Page) -> None:
    """All projects, those still open first, by expected close date."""
    today = page.tables.today
    table = page.tables["opportunities"]

    def close(row: Row) -> str:
        date = row.get("close_date")
        return (
            "bad"
            if isinstance(date, dt.date) and date < today and is_open(row)
            else "cell"
        )

    widths = {
        "project": 23, "product_group": 14, "value": 13, "close_date": 12.5, "probability": 9.5, "weighted": 13,
        "stage": 14, "rival": 17, "next_step": 25, "responsible": 16,
    }  # fmt: skip
    on_paper, others = field_columns(page, table, widths, {"close_date": close})
    columns = [*account_columns(page), *on_paper, place_column(page, 18.0)]
    rows = sorted(
        table,
        key=lambda row: (not is_open(row), row.get("close_date") or _NEVER, named(row)),
    )
    open_only = _only_open_counts(rows)
    guidance = f"{page.say(wording.PIPELINE_GUIDANCE)} {page.money_note()}"
    draw_page(
        page.paper,
        wording.PIPELINE,
        guidance,
        "kamxl_pipeline",
        [*columns, *others],
        open_only,
        core=len(columns),
    )


def _only_open_counts(rows: list[Row]) -> list[Row]:
    """Closed projects keep their row, but not the amount that a total would count."""
    return [
        row
        if is_open(row)
        else {**row, "value_reporting": None, "weighted_reporting": None}
        for row in rows
    ]


def draw_measures(page: Page) -> None:
    """All measures, overdue ones first."""
    table = page.tables["measures"]

    def late(row: Row) -> str:
        return "bad" if row.get("overdue") == OVERDUE else "cell"

    widths = {
        "overdue": 11, "area": 15, "measure": 27, "goal": 23, "responsible": 16, "status": 11.5, "due": 12,
        "progress": 12, "budget": 12, "revenue_effect": 14,
    }  # fmt: skip
    on_paper, others = field_columns(
        page, table, widths, {"due": late, "overdue": late}
    )
    columns = [*account_columns(page, 23.0), *on_paper, place_column(page, 17.0)]

    def order(row: Row) -> tuple[object, ...]:
        finished = row.get("status") in FINISHED
        return (
            row.get("overdue") != OVERDUE,
            finished,
            row.get("due") or _NEVER,
            named(row),
        )

    guidance = f"{page.say(wording.MEASURES_GUIDANCE)} {page.money_note()}"
    rows = sorted(table, key=order)
    draw_page(
        page.paper,
        wording.MEASURES,
        guidance,
        "kamxl_measures",
        [*columns, *others],
        rows,
        core=len(columns),
    )


def draw_targets(page: Page) -> None:
    """The targets of all plans, the least attained first; those without an attainment last."""
    table = page.tables["controlling_targets"]

    def reached(row: Row) -> str:
        share = row.get("attainment")
        if not isinstance(share, float):
            return "cell"
        return "good" if share >= 1 else "warn" if share >= 0.8 else "bad"

    def order(row: Row) -> tuple[object, ...]:
        share = row.get("attainment")
        return (share is None, share if share is not None else 0.0, named(row))

    widths = {
        "indicator": 30, "perspective": 20, "unit": 11, "baseline": 12, "target": 12, "actual": 12, "weight": 10.5,
        "attainment": 11.5,
    }  # fmt: skip
    on_paper, others = field_columns(page, table, widths, {"attainment": reached})
    columns = [*account_columns(page, 30.0), *on_paper, place_column(page)]
    guidance, rows = page.say(wording.TARGETS_GUIDANCE), sorted(table, key=order)
    draw_page(
        page.paper,
        wording.TARGETS,
        guidance,
        "kamxl_targets",
        [*columns, *others],
        rows,
        core=len(columns),
    )
