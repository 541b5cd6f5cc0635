"""The sheet *Maßnahmen*: all measures, in the order in which they need attention."""

from __future__ import annotations

import datetime as dt

from kamxl.document.drawing.looks import CellRole
from kamxl.plan.measures import FINISHED, OVERDUE
from kamxl.portfolio.data.ledger import Row, named
from kamxl.portfolio.pages.listing import Listing
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.texts import Text

_MEASURES_GUIDANCE = Text(
    de="Überfällige Maßnahmen zuerst, dann nach Termin; erledigte und verworfene am Ende.",
    en="Overdue measures first, then by due date; those done or dropped last.",
)
_WIDTHS = {
    "overdue": 11, "area": 15, "measure": 27, "goal": 23, "responsible": 16, "status": 11.5, "due": 12,
    "progress": 12, "budget": 12, "revenue_effect": 14,
}  # fmt: skip


@sheet(70, Text(de="Maßnahmen", en="Measures"))
def draw_measures(page: Page) -> None:
    """Overdue ones first, those that are finished last."""
    rows = sorted(page.tables["measures"], key=_order)
    page.draw_entries(
        page.guidance(_MEASURES_GUIDANCE),
        Listing("kamxl_measures", (*page.owner(23.0), page.source(17.0)), rows),
        "measures",
        _WIDTHS,
        {"due": _late, "overdue": _late},
    )


def _late(row: Row) -> CellRole:
    return CellRole.BAD if row.get("overdue") == OVERDUE else CellRole.CELL


def _order(row: Row) -> tuple[object, ...]:
    finished = row.get("status") in FINISHED
    due = row.get("due") or dt.date.max
    return row.get("overdue") != OVERDUE, finished, due, named(row)
