"""The sheet *Kontakte*: how well each account is covered, and whom to contact next."""

from __future__ import annotations

from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.listing import (
    Printed,
    draw_listing,
    printed,
    set_widths,
)
from kamxl.portfolio.pages.page import Page, account_columns, named, place_column
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW

__all__ = ["draw_contacts"]

_MOST_NEXT = 50


def draw_contacts(page: Page) -> None:
    """Two tables on one grid of columns: per account, and the contacts with the largest gap."""
    paper = page.paper
    accounts, people = _account_columns(page), _contact_columns(page)
    last_column = FIRST + max(len(accounts), len(people)) - 1
    paper.head(
        page.say(wording.CONTACTS), page.say(wording.CONTACTS_GUIDANCE), last_column
    )
    known = [row for row in page.tables["accounts"] if row["contacts"]]
    known.sort(
        key=lambda row: (
            row.get("contact_coverage") is None,
            row.get("contact_coverage") or 0.0,
            named(row),
        )
    )
    gaps = [row for row in page.tables["contacts"] if (row.get("gap") or 0) > 0]
    gaps.sort(key=lambda row: (-row["gap"], named(row), str(row.get("name"))))
    set_widths(paper, people, gaps[:_MOST_NEXT])
    paper.heading(FIRST_ROW, page.say(wording.NEXT_CONTACTS), last_column)
    last = draw_listing(
        paper, FIRST_ROW + 1, "kamxl_next_contacts", people, gaps[:_MOST_NEXT]
    )
    paper.heading(last + 2, page.say(wording.PER_ACCOUNT), last_column)
    last = draw_listing(paper, last + 3, "kamxl_coverage", accounts, known)
    paper.print_on_a4(last_column, last)


def _contact_columns(page: Page) -> list[Printed]:
    table, language = page.tables["contacts"], page.language
    wanted = (
        ("name", 23.0), ("position", 26.0), ("role", 13.5), ("influence", 11.0), ("stance", 14.0), ("actual", 11.0),
        ("planned", 11.0), ("gap", 12.0), ("last_contact", 13.0),
    )  # fmt: skip
    columns = [
        printed(
            table.column(key),
            language,
            width=width,
            role="strong" if key == "gap" else "cell",
        )
        for key, width in wanted
        if table.has(key)
    ]
    return [*account_columns(page, 27.0), *columns, place_column(page, 20.0)]


def _account_columns(page: Page) -> list[Printed]:
    """Texts where the other table has texts, figures where it has figures."""
    table, language = page.tables["accounts"], page.language
    limit = page.tables.settings.limits.single_thread

    def single(row: Row) -> bool:
        return bool(0 < row["contacts"] <= limit)

    columns = [
        printed(table.column("contacts_next_1"), language, width=23.0),
        printed(table.column("contacts_strongest_opponent"), language, width=26.0),
        printed(table.column("contacts"), language, width=13.5),
        Printed(
            page.say(wording.SINGLE_THREAD), lambda row: page.say(wording.YES if single(row) else wording.NO),
            Kind.SIGN, 11.0, lambda row: "bad" if single(row) else "cell",
        ),
        Printed(
            page.say(wording.DECIDERS), lambda row: row["deciders"], Kind.INTEGER, 14.0,
            lambda row: "cell" if row["deciders"] else "warn",
        ),
    ]  # fmt: skip
    for key, text in (
        ("contact_coverage", wording.COVERAGE),
        ("contacts_buying_center_coverage", wording.ROLES),
        ("contacts_stance_index", wording.STANCE),
        ("satisfaction_index", wording.SATISFACTION),
    ):
        columns.append(printed(table.column(key), language, label=page.say(text)))
    return [*account_columns(page, 27.0), *columns, place_column(page, 20.0)]
