"""The sheet *Umsatz*: account × product group, a column per year."""

from __future__ import annotations

from collections.abc import Mapping

from kamxl.document.figures import attempt
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.entries import REVENUE_KINDS
from kamxl.portfolio.data.ledger import Row, amount_sum, grouped, named
from kamxl.portfolio.pages.listing import Listing, PrintedColumn
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.scoring import growth
from kamxl.texts import Text

_REVENUE_GUIDANCE = Text(
    de="Umsatz je Account, Produktgruppe und Jahr.",
    en="Revenue by account, product group and year.",
)
_PRODUCT_GROUP = Text(de="Produktgruppe", en="Product group")
_ORDER = list(REVENUE_KINDS)

_Year = tuple[int, str]
"""A year, and whether its revenue is actual, forecast or target."""


@sheet(20, Text(de="Umsatz", en="Revenue"))
def draw_revenue(page: Page) -> None:
    """One row per account and product group."""
    table = page.tables["revenue"]
    years = sorted(
        {(row["year"], row["kind"]) for row in table},
        key=lambda year: (year[0], _ORDER.index(year[1])),
    )
    columns = [
        *page.owner(30.0),
        page.column(_PRODUCT_GROUP, "product_group", width=24.0),
    ]
    columns += [_year_column(page, year) for year in years]
    if any(kind == "forecast" for _, kind in years):
        columns.append(page.column(wording.CHANGE, "change", Kind.PERCENT, 10.5))
    columns.append(page.source())
    page.draw(
        page.guidance(_REVENUE_GUIDANCE),
        Listing("kamxl_revenue", columns, _wide(page), fixed=3),
    )


def _year_column(page: Page, year: _Year) -> PrintedColumn:
    label = f"{REVENUE_KINDS[year[1]][page.language]} {year[0]}"
    return PrintedColumn(
        label,
        lambda row: row["amounts"].get(year),
        Kind.MONEY,
        15.5,
        total=True,
        cents=True,
    )


def _wide(page: Page) -> list[Row]:
    """One row per file and product group, its amounts by year and kind; largest accounts first."""
    groups = grouped(
        page.tables["revenue"], lambda row: (row["file"], row["product_group"])
    )
    wide = []
    for entries in groups.values():
        by_year = grouped(entries, lambda row: (row["year"], row["kind"]))
        amounts = {year: amount_sum(rows, "amount") for year, rows in by_year.items()}
        wide.append({**entries[0], "amounts": amounts, "change": _change(amounts)})
    rank = page.tables.rank
    return sorted(wide, key=lambda row: (rank[row["file"]], named(row)))


def _change(amounts: Mapping[_Year, float | None]) -> float | None:
    """The forecast against the year before it."""
    for year, kind in amounts:
        if kind == "forecast":
            before = amounts.get((year - 1, "actual"))
            return attempt(growth, before, amounts[year, kind])
    return None
