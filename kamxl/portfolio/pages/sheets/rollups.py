"""The sheets *KAMs* and *Konzerne*: accounts drawn together, by manager and by group."""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.document.drawing.looks import CellRole
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.rollups import REVENUES, roll_up
from kamxl.portfolio.data.tallies import NOBODY
from kamxl.portfolio.pages.listing import Listing, PrintedColumn
from kamxl.portfolio.pages.page import Page, sheet, troubled
from kamxl.texts import Text

_MANAGERS_GUIDANCE = Text(
    de="Die Accounts jedes Key Account Managers zusammengefasst.",
    en="The accounts of each key account manager combined.",
)
_GROUPS_GUIDANCE = Text(
    de="Accounts desselben Konzerns zusammengefasst.",
    en="Accounts of the same group combined.",
)
_WITHOUT_GROUP = Text(
    de="Accounts ohne Konzern: {count}; sie stehen nur im Blatt „Accounts“.",
    en="Accounts without a group: {count}; they are only on the sheet “Accounts”.",
)
_GROUP = Text(de="Konzern", en="Group")
_MEMBERS = Text(de="Zum Konzern gehören", en="Members of the group")
_OVERDUE = Text(de="Überfällig", en="Overdue")
_FORMED_OVER = Text(de="Datenbasis", en="Based on")
_FORMED = Text(
    de="FC {forecasts} und Abdeckung {covered} von {accounts}",
    en="FC {forecasts} and coverage {covered} of {accounts}",
)


@sheet(90, Text(de="KAMs", en="KAMs"))
def draw_managers(page: Page) -> None:
    """A row per key account manager; names that are only alike are reported, not guessed together."""
    nobody = page.say(NOBODY)
    rows = roll_up(
        page.tables["accounts"].rows,
        lambda row: str(row.get("key_account_manager") or nobody),
    )
    columns = _columns(page, wording.KAM)
    page.draw(
        page.guidance(_MANAGERS_GUIDANCE),
        Listing("kamxl_managers", columns, _ordered(page, rows)),
    )


@sheet(100, Text(de="Konzerne", en="Groups"))
def draw_groups(page: Page) -> None:
    """A row per parent account."""
    accounts = page.tables["accounts"].rows
    members = [row for row in accounts if row.get("parent_account")]
    rows = roll_up(members, lambda row: str(row["parent_account"]))
    alone = len(accounts) - len(members)
    notes = [page.say(_GROUPS_GUIDANCE)]
    if alone:
        notes.append(page.say(_WITHOUT_GROUP, count=alone))
    columns = _columns(page, _GROUP)
    columns.append(page.column(_MEMBERS, "members", width=40.0))
    page.draw(
        " ".join([*notes, page.tables.money_note()]),
        Listing("kamxl_groups", columns, _ordered(page, rows)),
    )


def _ordered(page: Page, rows: Sequence[Row]) -> list[Row]:
    """The largest revenue first, of the year by which accounts are ranked."""
    basis = page.tables.basis.key.removeprefix(REVENUE_TOTALS)
    short = {total: key for key, total in REVENUES.items()}.get(basis, "last")
    return sorted(rows, key=lambda row: (-(row[short] or 0.0), row["name"].casefold()))


def _columns(page: Page, head: Text) -> list[PrintedColumn]:
    def formed(row: Row) -> str:
        return page.say(_FORMED, **{key: row[key] for key in _FORMED_OF})

    return [
        page.column(head, "name", width=27.0, role=CellRole.STRONG),
        page.column(wording.TILE_ACCOUNTS, "accounts", Kind.INTEGER, 11.0, total=True),
        *_revenues(page),
        page.column(wording.TILE_PIPELINE, "pipeline", Kind.MONEY, 14.0, total=True),
        page.column(wording.TILE_PROJECTS, "projects", Kind.INTEGER, 10.0, total=True),
        page.column(_OVERDUE, "overdue", Kind.INTEGER, 11.5, troubled("overdue"), total=True),
        page.column(wording.COVERAGE, "coverage", Kind.PERCENT, 11.5),
        page.column(wording.COMPLETENESS, "completeness", Kind.PERCENT, 12.0),
        page.column(wording.ERRORS, "errors", Kind.INTEGER, 9.0, troubled("errors"), total=True),
        page.column(_FORMED_OVER, formed, width=30.0, role=CellRole.MUTED),
    ]  # fmt: skip


_FORMED_OF = ("forecasts", "covered", "accounts")


def _revenues(page: Page) -> list[PrintedColumn]:
    table, columns = page.tables["accounts"], []
    for key, total in REVENUES.items():
        name = REVENUE_TOTALS + total
        label = table.column(name).label[page.language] if table.has(name) else total
        columns.append(PrintedColumn(label, key, Kind.MONEY, 15.0, total=True))
    change = page.column(wording.CHANGE, "change", Kind.PERCENT, 10.0)
    columns.insert(list(REVENUES).index("forecast") + 1, change)
    return columns
