"""What all sheets of the portfolio share: the sheet's frame, account columns, amounts in the reporting currency."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kamxl.checks.findings import Severity, Status
from kamxl.document.vocabulary import Kind, Width
from kamxl.portfolio.data.accounts import REVENUE_TOTALS, ranking_basis
from kamxl.portfolio.data.columns import OWNER, REPORTING, TRACE, Column
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.tables import Table, Tables
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.charts import Chartist
from kamxl.portfolio.pages.listing import (
    Printed,
    draw_listing,
    head_row,
    printed,
    set_widths,
)
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW, Paper
from kamxl.texts import Text
from kamxl.xlsx.cells import column_letter

__all__ = [
    "Page",
    "account_columns",
    "amount",
    "by_severity",
    "draw_page",
    "field_columns",
    "named",
    "place_column",
]

# Room in a printed table; what stands here is wrapped, so a little less than on the plan itself will do.
_ROOM = {
    Width.TINY: 8.0,
    Width.SMALL: 11.0,
    Width.MEDIUM: 15.0,
    Width.LARGE: 24.0,
    Width.HUGE: 32.0,
}


@dataclass(frozen=True)
class Page:
    """One sheet of the workbook about to be drawn, with everything it may show."""

    paper: Paper
    tables: Tables
    chartist: Chartist

    @property
    def language(self) -> str:
        """The workbook's language."""
        return self.paper.report.language

    def say(self, text: Text, **gaps: object) -> str:
        """A text in the workbook's language."""
        return self.paper.report.say(text, **gaps)

    @property
    def accounts(self) -> list[Row]:
        """The accounts, the largest revenue first."""
        key = REVENUE_TOTALS + ranking_basis(self.tables["accounts"].rows) + REPORTING
        return sorted(
            self.tables["accounts"],
            key=lambda row: (-(row.get(key) or 0.0), named(row)),
        )

    @property
    def rank(self) -> dict[str, int]:
        """The place of each plan's file when accounts are ordered by revenue."""
        return {row["file"]: place for place, row in enumerate(self.accounts)}

    def basis(self) -> Column:
        """The revenue by which accounts are ranked."""
        key = REVENUE_TOTALS + ranking_basis(self.tables["accounts"].rows)
        return self.tables["accounts"].column(key)

    def money_note(self) -> str:
        """Which currency amounts are in, and whose amounts are missing."""
        currency = self.tables.settings.reporting_currency
        note = self.say(wording.AMOUNTS, currency=currency)
        lost = [
            r["currency"]
            for r in self.tables["accounts"]
            if self.tables.settings.rate(r["currency"]) is None
        ]
        if lost:
            names = ", ".join(sorted(set(lost)))
            note += " " + self.say(
                wording.RATES_MISSING, count=len(lost), currencies=names
            )
        return note


def draw_page(  # noqa: PLR0913 - a page is these things
    paper: Paper,
    title: Text,
    guidance: str,
    name: str,
    columns: Sequence[Printed],
    rows: Sequence[Row],
    *,
    core: int = 0,
    fixed: int = 1,
) -> None:
    """A sheet with one table.

    Args:
        paper: the sheet.
        title: its heading.
        guidance: the line below.
        name: the Excel table's name.
        columns: what to print.
        rows: of what.
        core: how many columns belong on paper (all where 0); the rest is for the screen.
        fixed: how many columns stay in sight when scrolling.
    """
    on_paper = FIRST + (core or len(columns)) - 1
    paper.head(paper.say(title), guidance, on_paper)
    set_widths(paper, columns, rows)
    last = draw_listing(paper, FIRST_ROW, name, columns, rows)
    head = head_row(FIRST_ROW, columns)
    repeat = None
    if rows:
        paper.sheet.freeze_panes = f"{column_letter(FIRST + fixed)}{head + 1}"
        repeat = f"{head}:{head}"
    paper.print_on_a4(on_paper, last, repeat=repeat)


def named(row: Row) -> str:
    """What an account is called in print."""
    return str(row.get("company") or row.get("account_id") or row.get("file") or "")


def amount(row: Row, key: str) -> float | None:
    """An amount of a row in the reporting currency."""
    value = row.get(key + REPORTING)
    return float(value) if isinstance(value, int | float) else None


def account_columns(page: Page, width: float = 25.0) -> tuple[Printed, Printed]:
    """Whose row it is: account and manager."""
    return (
        Printed(page.say(wording.ACCOUNT), named, width=width, role="strong"),
        Printed(
            page.say(wording.KAM),
            lambda row: row.get("key_account_manager"),
            width=16.0,
        ),
    )


def field_columns(
    page: Page,
    table: Table,
    widths: Mapping[str, float],
    roles: Mapping[str, Callable[[Row], str]] | None = None,
) -> tuple[list[Printed], list[Printed]]:
    """The columns that a table of entries has from the plan, amounts in the reporting currency and summed up.

    Args:
        page: the sheet.
        table: the entries.
        widths: the columns that belong on paper, in this order, with their widths.
        roles: the look of a column's cells by row.

    Returns:
        The columns on paper, and all others, such as a field that the plan has only had since yesterday.
    """
    given = {column.key for column in (*OWNER, *TRACE)}
    columns = {
        c.key: c
        for c in table.columns
        if c.key not in given and not c.key.endswith(REPORTING)
    }
    look = roles or {}
    on_paper = [
        _field_column(page, columns[key], look.get(key, "cell"), width)
        for key, width in widths.items()
        if key in columns
    ]
    others = [
        _field_column(
            page, column, "plain", _ROOM[column.width] if column.width else 0.0
        )
        for key, column in columns.items()
        if key not in widths
    ]
    return on_paper, others


def _field_column(
    page: Page, column: Column, role: Callable[[Row], str] | str, width: float
) -> Printed:
    drawn = printed(column, page.language, width=width, role=role)
    if column.kind is not Kind.MONEY:
        return drawn
    return replace(drawn, value=lambda row: amount(row, column.key), total=True)


def place_column(page: Page, width: float = 22.0) -> Printed:
    """The link to a row's cell, named after sheet and cell."""

    def place(row: Row) -> str:
        sheet, cell = row.get("sheet"), row.get("cell")
        return f"{sheet}!{cell}" if sheet and cell else str(row.get("file") or "")

    return Printed(
        page.say(wording.SOURCE), place, Kind.TEXT, width, "source", link=True
    )


def by_severity(row: Row) -> str:
    """The look of a finding's or file's state."""
    state = row.get("severity") or row.get("status")
    if state in (Severity.ERROR.value, Status.REJECTED.value):
        return "bad"
    if state in (Severity.WARNING.value, Status.PARTIAL.value):
        return "warn"
    return "good" if state == Status.ACCEPTED.value else "muted"
