"""The sheet *Portfolio-Matrix*: attractiveness against position, the cells' strategies, and where each account lies."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.accounts import basis_key
from kamxl.portfolio.pages.graphs import bubbles
from kamxl.portfolio.pages.listing import (
    Printed,
    draw_listing,
    printed,
    set_widths,
)
from kamxl.portfolio.pages.page import (
    Page,
    account_columns,
    amount,
    place_column,
)
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW, spot
from kamxl.scoring import SCHEMES, Placement
from kamxl.texts import Text

__all__ = ["draw_matrix", "matrix_chart"]

_CHART_ROWS = 25
_ROW = 17.0
_CELL_COLUMN = FIRST + 5


def matrix_chart(page: Page, width: float, height: float, scale: int) -> Any:
    """The bubble chart, its bubbles at `scale` per cent of their usual size; `None` where no account has a place."""
    largest, others = bubbles(page)
    if not largest:
        return None
    words = (
        page.say(wording.CHART_MATRIX), page.say(wording.AXIS_POSITION), page.say(wording.AXIS_ATTRACTIVENESS),
        page.say(wording.OTHER_ACCOUNTS),
    )  # fmt: skip
    return page.chartist.bubbles(
        largest,
        others,
        words,
        page.tables.settings.portfolio.cuts,
        (width, height),
        scale,
    )


def draw_matrix(page: Page) -> None:
    """Draw the sheet; without a single place a sentence says why there is nothing to see."""
    paper = page.paper
    columns = _account_columns(page)
    last_column = FIRST + len(columns) - 1
    basis = page.basis().label[page.language]
    guidance = f"{page.say(wording.MATRIX_GUIDANCE, basis=basis)} {page.money_note()}"
    paper.head(page.say(wording.MATRIX), guidance, last_column)
    placed = [row for row in page.accounts if row.get("portfolio_cell")]
    set_widths(paper, columns, placed)
    chart = matrix_chart(page, 16.1, 15.4, 18)
    if chart is None:
        paper.write(
            FIRST_ROW,
            FIRST,
            page.say(wording.NO_MATRIX),
            "hint",
            last_column=last_column,
        )
        paper.print_on_a4(last_column, FIRST_ROW)
        return
    paper.sheet.add_chart(chart, spot(FIRST_ROW, FIRST))
    for number in range(FIRST_ROW, FIRST_ROW + _CHART_ROWS):
        paper.height(number, _ROW)
    paper.heading(FIRST_ROW, page.say(wording.CELLS), last_column, _CELL_COLUMN)
    draw_listing(
        paper,
        FIRST_ROW + 1,
        "kamxl_cells",
        _cell_columns(page),
        _cells(page, placed),
        first=_CELL_COLUMN,
    )
    row = FIRST_ROW + _CHART_ROWS + 1
    paper.page_break(row)
    paper.heading(row, page.say(wording.PLACED), last_column)
    last = draw_listing(paper, row + 1, "kamxl_matrix", columns, placed)
    paper.print_on_a4(last_column, last)


def _account_columns(page: Page) -> list[Printed]:
    table, language, key = page.tables["accounts"], page.language, basis_key(page)
    columns = [
        *account_columns(page, 29.0),
        printed(
            table.column("attractiveness"),
            language,
            label=page.say(wording.ATTRACTIVENESS),
            width=13.5,
        ),
        printed(
            table.column("position"),
            language,
            label=page.say(wording.POSITION),
            width=11.0,
        ),
        Printed(
            page.basis().label[language], lambda row: amount(row, key), Kind.MONEY, 16.0
        ),
        printed(
            table.column("portfolio_cell"),
            language,
            label=page.say(wording.CELL),
            width=26.0,
        ),
    ]
    for name, width in (
        ("strategy_standard_strategy", 25.0),
        ("strategy_chosen_strategy", 21.0),
    ):
        if table.has(name):
            columns.append(printed(table.column(name), language, width=width))
    if table.has("strategy_cell_distance"):
        distance = table.column("strategy_cell_distance")
        columns.append(
            printed(distance, language, label=page.say(wording.DISTANCE), width=14.0)
        )
    return [*columns, place_column(page, 20.0)]


def _cells(page: Page, placed: list[Row]) -> list[Row]:
    """Every field of the scheme, the best first, with what lies in it."""
    portfolio, key = page.tables.settings.portfolio, basis_key(page)
    scheme = SCHEMES[portfolio.scheme]
    whole = money_sum(amount(row, key) for row in placed)
    rows: list[Row] = []
    for level in reversed(scheme.cells):
        for cell in reversed(level):
            inside = [row for row in placed if row["portfolio_cell"] == cell.code]
            revenue = money_sum(amount(row, key) for row in inside)
            title = Placement(scheme, cell, 0.0).title(page.language)
            rows.append(
                {
                    "cell": title,
                    "strategy": portfolio.strategy(cell)[page.language],
                    "accounts": len(inside),
                    "revenue": revenue,
                    "share": revenue / whole if revenue is not None and whole else None,
                }
            )
    return rows


def _cell_columns(page: Page) -> list[Printed]:
    heads: tuple[tuple[str, Text, Kind], ...] = (
        ("cell", wording.CELL, Kind.TEXT),
        ("strategy", wording.STRATEGY, Kind.TEXT),
        ("accounts", wording.NUMBER_ACCOUNTS, Kind.INTEGER),
        ("share", wording.SHARE, Kind.PERCENT),
    )
    columns = [
        Printed(
            page.say(head),
            itemgetter(key),
            kind,
            {"cell": 26.0, "strategy": 25.0}.get(key, 15.0),
        )
        for key, head, kind in heads
    ]
    label = page.basis().label[page.language]
    return [*columns, Printed(label, lambda row: row["revenue"], Kind.MONEY, 20.0)]
