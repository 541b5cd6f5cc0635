"""The sheet *Fehlende Pläne*: who has not handed in, by manager."""

from __future__ import annotations

from kamxl.document.drawing.looks import CellRole
from kamxl.portfolio import wording
from kamxl.portfolio.data.awaited import by_manager
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.tables import Tables
from kamxl.portfolio.pages.listing import Listing
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.texts import Text

_GUIDANCE = Text(
    de="Accounts der Kundenliste, für die noch kein Plan vorliegt oder niemand den Plan begonnen hat.",
    en="Accounts of the list for which there is no plan yet, or whose plan nobody has begun.",
)
_STATE = Text(de="Stand", en="State")
_NO_PLAN = Text(de="kein Plan", en="no plan")
_NOT_BEGUN = Text(de="nicht begonnen", en="not begun")


def _is_needed(tables: Tables) -> bool:
    return bool(tables.collection.missing)


@sheet(105, Text(de="Fehlende Pläne", en="Missing plans"), _is_needed)
def draw_missing(page: Page) -> None:
    """The accounts of each manager, those of nobody last."""
    managers = by_manager(page.tables.collection.missing)
    rows: list[Row] = [
        {
            **one.account._asdict(),
            "state": page.say(_NOT_BEGUN if one.is_untouched else _NO_PLAN),
        }
        for missing in managers.values()
        for one in missing
    ]
    columns = [
        page.column(wording.KAM, "key_account_manager", width=24.0),
        page.column(wording.ACCOUNT, "company", width=44.0, role=CellRole.STRONG),
        page.column(wording.ACCOUNT_ID, "account_id", width=18.0),
        page.column(_STATE, "state", width=20.0),
    ]
    page.draw(page.say(_GUIDANCE), Listing("kamxl_missing", columns, rows))
