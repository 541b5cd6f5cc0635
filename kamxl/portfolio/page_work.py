"""The sheets *Pipeline*, *Maßnahmen* and *Ziele*: what is under way, in the order in which it needs attention."""

from __future__ import annotations

import datetime as dt

from kamxl.plan.figures import OVERDUE
from kamxl.plan.measures import FINISHED
from kamxl.plan.opportunities import CLOSED_STAGES
from kamxl.portfolio import wording
from kamxl.portfolio.ledger import Row
from kamxl.portfolio.listing import printed
from kamxl.portfolio.pages import Page, account_columns, draw_page, field_columns, named, place_column

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
        return "bad" if isinstance(date, dt.date) and date < today and is_open(row) else "cell"

    columns = [
        *account_columns(page),
        *field_columns(
            page, table, roles={"close_date": close},
            widths={
                "project": 23, "product_group": 14, "offer_date": 12.5, "close_date": 12.5, "value": 13,
                "probability": 9.5, "weighted": 13, "stage": 14, "rival": 17, "next_step": 25, "responsible": 16,
            },
        ),
        place_column(page, 20.0),
    ]  # fmt: skip
    rows = sorted(table, key=lambda row: (not is_open(row), row.get("close_date") or _NEVER, named(row)))
    open_only = _only_open_counts(rows)
    guidance = f"{page.say(wording.PIPELINE_GUIDANCE)} {page.money_note()}"
    draw_page(page.paper, wording.PIPELINE, guidance, "kamxl_pipeline", columns, open_only, fixed=1)


def _only_open_counts(rows: list[Row]) -> list[Row]:
    """Closed projects keep their row, but not the amount that a total would count."""
    return [row if is_open(row) else {**row, "value_reporting": None, "weighted_reporting": None} for row in rows]


def draw_measures(page: Page) -> None:
    """All measures, overdue ones first."""
    table = page.tables["measures"]

    def late(row: Row) -> str:
        return "bad" if row.get("overdue") == OVERDUE else "cell"

    columns = [
        *account_columns(page, 23.0),
        *field_columns(
            page, table, skip=("overdue",), roles={"due": late},
            widths={
                "area": 15, "measure": 26, "goal": 22, "responsible": 16, "support": 16, "status": 11.5, "start": 12,
                "due": 12, "progress": 12, "budget": 12, "revenue_effect": 13, "comment": 22,
            },
        ),
    ]  # fmt: skip
    if table.has("overdue"):
        overdue = printed(table.column("overdue"), page.language, width=11.0, role=late)
        columns.insert(2, overdue)
    columns.append(place_column(page, 18.0))

    def order(row: Row) -> tuple[object, ...]:
        finished = row.get("status") in FINISHED
        return (row.get("overdue") != OVERDUE, finished, row.get("due") or _NEVER, named(row))

    guidance = f"{page.say(wording.MEASURES_GUIDANCE)} {page.money_note()}"
    draw_page(page.paper, wording.MEASURES, guidance, "kamxl_measures", columns, sorted(table, key=order))


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

    columns = [
        *account_columns(page, 30.0),
        *field_columns(
            page, table, roles={"attainment": reached}, widths={"indicator": 30, "perspective": 20, "weight": 10.5}
        ),
        place_column(page),
    ]
    guidance = page.say(wording.TARGETS_GUIDANCE)
    draw_page(page.paper, wording.TARGETS, guidance, "kamxl_targets", columns, sorted(table, key=order))
