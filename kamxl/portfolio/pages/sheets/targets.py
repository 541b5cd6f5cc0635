"""The sheet *Ziele*: the targets of all plans, the least attained first."""

from __future__ import annotations

from functools import partial

from kamxl.document.drawing.looks import CellRole
from kamxl.portfolio.data.ledger import Row, least_first
from kamxl.portfolio.pages.listing import Listing
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.texts import Text

_TARGETS_GUIDANCE = Text(
    de="Zielerreichung laut Controlling der Pläne, die größten Abweichungen zuerst.",
    en="Attainment of targets from the plans’ controlling, the largest deviations first.",
)
_WIDTHS = {
    "indicator": 30, "perspective": 20, "unit": 11, "baseline": 12, "target": 12, "actual": 12, "weight": 10.5,
    "attainment": 11.5,
}  # fmt: skip
_NEARLY = 0.8


@sheet(80, Text(de="Ziele", en="Targets"))
def draw_targets(page: Page) -> None:
    """Those without an attainment stand last."""
    order = partial(least_first, "attainment")
    rows = sorted(page.tables["controlling_targets"], key=order)
    page.draw_entries(
        page.say(_TARGETS_GUIDANCE),
        Listing("kamxl_targets", (*page.owner(30.0), page.source()), rows),
        "controlling_targets",
        _WIDTHS,
        {"attainment": _reached},
    )


def _reached(row: Row) -> CellRole:
    share = row.get("attainment")
    if not isinstance(share, float):
        return CellRole.CELL
    if share >= 1:
        return CellRole.GOOD
    return CellRole.WARN if share >= _NEARLY else CellRole.BAD
