"""The sheet *Accounts*: one row per account, with every single field of its plan."""

from __future__ import annotations

from kamxl.document.drawing.looks import CellRole
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, printed
from kamxl.portfolio.pages.page import Page, sheet, troubled
from kamxl.texts import Text

_ACCOUNTS_GUIDANCE = Text(
    de="Eine Zeile je Account, nach Umsatz geordnet. Rechts neben der Tabelle der Kennzahlen stehen alle weiteren "
    "Einzelfelder der Pläne.",
    en="One row per account, by revenue. All other single fields of the plans stand to the right of the figures.",
)
# Figures of the cover in print: key, head (short enough for a narrow column), width.
_SCORES = (
    ("attractiveness", wording.ATTRACTIVENESS, 13.5),
    ("position", wording.POSITION, 10.5),
    ("portfolio_cell", wording.CELL, 17.0),
    ("contact_coverage", wording.COVERAGE, 11.5),
    ("satisfaction_index", wording.SATISFACTION, 13.5),
    ("goal_attainment", Text(de="Zielerreichung", en="Goal attainment"), 14.5),
    ("completeness", wording.COMPLETENESS, 12.0),
)
# Totals of revenue in print, and their heads where the plans are of different years.
_TOTALS = {
    "actual_2": Text(de="Ist zuletzt", en="Last actual"),
    "forecast": Text(de="FC", en="FC"),
    "target": Text(de="Ziel", en="Target"),
}
_PRINTED = {
    "company", "account_id", "key_account_manager", "account_class", "abc_class", "forecast_growth",
    "weighted_pipeline", "errors", "file", "sheet", "cell", *(key for key, _, _ in _SCORES),
    *(REVENUE_TOTALS + key for key in _TOTALS),
}  # fmt: skip


@sheet(10, Text(de="Accounts", en="Accounts"))
def draw_accounts(page: Page) -> None:
    """One row per account; what the cover has no room for stands to the right of the printed part."""
    core = _core(page)
    others = [
        printed(
            column,
            page.language,
            role=CellRole.PLAIN,
            width=28.0 if column.kind is Kind.NOTE else 16.0,
        )
        for column in page.tables["accounts"].columns
        if column.key not in _PRINTED and not column.key.endswith(REPORTING)
    ]
    # A link leads nowhere from paper.
    columns, rows = (*core, page.source(16.0), *others), page.tables.ranked
    page.draw(
        page.guidance(_ACCOUNTS_GUIDANCE),
        Listing("kamxl_accounts", columns, rows, core=len(core)),
    )


def _core(page: Page) -> list[PrintedColumn]:
    account, manager = page.owner(24.0)
    pipeline = page.say(wording.TILE_PIPELINE)
    return [
        account,
        page.column(wording.ACCOUNT_ID, "account_id", width=11.5),
        manager,
        page.field("accounts", "account_class", 13.5),
        page.column(wording.ABC, "abc_class", Kind.SIGN, 6.5),
        *_totals(page),
        page.money(pipeline, "weighted_pipeline", 12.5),
        *(page.field("accounts", key, width, head) for key, head, width in _SCORES),
        page.column(wording.ERRORS, "errors", Kind.INTEGER, 8.5, troubled("errors")),
    ]


def _totals(page: Page) -> list[PrintedColumn]:
    """The account's revenue: last year's, the forecast and its change, the target."""
    table = page.tables["accounts"]
    years = {row.get("plan_year") for row in table}
    columns = []
    for key, short in _TOTALS.items():
        total = REVENUE_TOTALS + key
        if not table.has(total):
            continue
        label = table.column(total).label[page.language].partition(" ")[2]
        columns.append(
            page.money(page.say(short) if len(years) > 1 else label, total, 12.5)
        )
        if key == "forecast":
            columns.append(
                page.field("accounts", "forecast_growth", 9.5, wording.CHANGE)
            )
    return columns
