"""The sheet *Pipeline*: all projects, those still open first."""

from __future__ import annotations

import datetime as dt

from kamxl.document.drawing.looks import CellRole
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.ledger import Row, is_open, named
from kamxl.portfolio.pages.listing import Listing
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.texts import Text

_PIPELINE_GUIDANCE = Text(
    de="Alle offenen Projekte nach erwartetem Abschluss; abgeschlossene und zurückgestellte stehen am Ende und "
    "zählen nicht mit.",
    en="All open projects by expected close date; closed ones and those on hold stand last and do not count.",
)
_WIDTHS = {
    "project": 23, "product_group": 14, "value": 13, "close_date": 12.5, "probability": 9.5, "weighted": 13,
    "stage": 14, "rival": 17, "next_step": 25, "responsible": 16,
}  # fmt: skip

_AMOUNTS = (f"value{REPORTING}", f"weighted{REPORTING}")


@sheet(30, Text(de="Pipeline", en="Pipeline"))
def draw_pipeline(page: Page) -> None:
    """By expected close date; a date that has passed is marked."""
    today = page.tables.today

    def close(row: Row) -> CellRole:
        date = row.get("close_date")
        late = isinstance(date, dt.date) and date < today
        return CellRole.BAD if late and is_open(row) else CellRole.CELL

    def order(row: Row) -> tuple[object, ...]:
        return not is_open(row), row.get("close_date") or dt.date.max, named(row)

    rows = [_counted(row) for row in sorted(page.tables["opportunities"], key=order)]
    page.draw_entries(
        page.guidance(_PIPELINE_GUIDANCE),
        Listing("kamxl_pipeline", (*page.owner(), page.source(18.0)), rows),
        "opportunities",
        _WIDTHS,
        {"close_date": close},
    )


def _counted(row: Row) -> Row:
    """Closed projects keep their row, but not the amounts that a total would count."""
    return row if is_open(row) else row | dict.fromkeys(_AMOUNTS)
