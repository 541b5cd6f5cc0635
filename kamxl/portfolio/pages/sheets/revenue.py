"""The sheet *Umsatz*: account × product group, a column per year."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from kamxl.document.drawing.looks import CellRole
from kamxl.document.figures import attempt
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.entries import RevenueYear
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


@sheet(20, Text(de="Umsatz", en="Revenue"))
def draw_revenue(page: Page) -> None:
    """One row per account and product group."""
    table = page.tables["revenue"]
    years = sorted(set(map(RevenueYear.of, table)))
    columns = [
        *page.owner(30.0),
        page.column(_PRODUCT_GROUP, "product_group", width=24.0),
    ]
    columns += [_year_column(page, year) for year in years]
    if any(year.kind == "forecast" for year in years):
        columns.append(page.column(wording.CHANGE, "change", Kind.PERCENT, 10.5))
    columns.append(page.source())
    page.draw(
        page.guidance(_REVENUE_GUIDANCE),
        Listing("kamxl_revenue", columns, _wide(page), fixed=3),
    )


def _year_column(page: Page, year: RevenueYear) -> PrintedColumn:
    def value(row: Row) -> float | None:
        amounts: Mapping[RevenueYear, float | None] = row["amounts"]
        return amounts.get(year)

    label = year.name(page.language)
    return PrintedColumn(label, value, Kind.MONEY, 15.5, CellRole.CENTS, total=True)


def _wide(page: Page) -> list[Row]:
    """One row per file and product group, its amounts by year and kind; largest accounts first."""
    groups = grouped(page.tables["revenue"], itemgetter("file", "product_group"))
    wide = []
    for entries in groups.values():
        by_year = grouped(entries, RevenueYear.of)
        amounts = {year: amount_sum(rows, "amount") for year, rows in by_year.items()}
        wide.append({**entries[0], "amounts": amounts, "change": _change(amounts)})
    rank = page.tables.rank
    return sorted(wide, key=lambda row: (rank[row["file"]], named(row)))


def _change(amounts: Mapping[RevenueYear, float | None]) -> float | None:
    """The forecast against the year before it."""
    for year, amount in amounts.items():
        if year.kind == "forecast":
            before = RevenueYear.of({"year": year.year - 1, "kind": "actual"})
            return attempt(growth, amounts.get(before), amount)
    return None
