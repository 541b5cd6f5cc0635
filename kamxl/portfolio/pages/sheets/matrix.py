"""The sheet *Portfolio-Matrix*: attractiveness against position, the cells' strategies, and where each account lies."""

from __future__ import annotations

from itertools import chain
from operator import itemgetter

from kamxl.document.drawing.looks import CellRole
from kamxl.document.layout.grid import Spot
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.graphs import bubble_matrix, placed_accounts
from kamxl.portfolio.data.ledger import Row, amount_sum, grouped
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, draw_listing
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW
from kamxl.scoring import SCHEMES, Placement
from kamxl.texts import Text

_MATRIX_GUIDANCE = Text(
    de="Kundenattraktivität gegen Wettbewerbsposition; die Größe der Blase ist der Umsatz ({basis}). "
    "Wo kein Platz für den Namen ist, steht die Nummer aus der Liste darunter.",
    en="Customer attractiveness against competitive position; the bubble’s size is revenue ({basis}). "
    "Where there is no room for the name, the number in the list below stands in its place.",
)
_NO_MATRIX = Text(
    de="Kein Plan enthält bisher Kundenattraktivität und Wettbewerbsposition zugleich.",
    en="No plan has both customer attractiveness and competitive position so far.",
)
_CELLS = Text(de="Portfoliofelder und Strategien", en="Portfolio fields and strategies")
_PLACED = Text(de="Accounts im Portfolio", en="Accounts in the portfolio")
_STRATEGY = Text(de="Normstrategie", en="Standard strategy")
_DISTANCE = Text(de="Abstand zur Grenze", en="Distance to limit")
_NUMBER = "number"
_NUMBER_HEAD = Text(de="Nr.", en="No.")
_SHARE = Text(de="Anteil", en="Share")

_CHART_ROWS = 25
_ROW = 17.0
_CELL_COLUMN = FIRST + 6
_STRATEGIES = {
    "strategy_standard_strategy": 25.0,
    "strategy_chosen_strategy": 21.0,
    "strategy_cell_distance": 14.0,
}


@sheet(40, Text(de="Portfolio-Matrix", en="Portfolio matrix"))
def draw_matrix(page: Page) -> None:
    """Draw the sheet; without a single place a sentence says why there is nothing to see."""
    paper = page.paper
    numbered = enumerate(placed_accounts(page.tables), start=1)
    placed = [{**row, _NUMBER: number} for number, row in numbered]
    accounts = Listing("kamxl_matrix", _account_columns(page), placed, fixed=2)
    last_column = accounts.last_column()
    basis = page.tables.basis.label[page.language]
    accounts.set_widths(paper)
    paper.head(page.guidance(_MATRIX_GUIDANCE, basis=basis), last_column)
    matrix = bubble_matrix(page.tables)
    if matrix.empty:
        paper.write_across(FIRST_ROW, page.say(_NO_MATRIX), CellRole.HINT, last_column)
        paper.print_on_a4(last_column, FIRST_ROW)
        return
    below = FIRST_ROW + _CHART_ROWS - 1
    spot = Spot(FIRST_ROW, FIRST, below, _CELL_COLUMN - 2)
    page.chartist.bubbles(paper.sheet, paper.frame(spot, _ROW), matrix)
    paper.heights(range(FIRST_ROW, FIRST_ROW + _CHART_ROWS), _ROW)
    paper.heading(FIRST_ROW, page.say(_CELLS), last_column, _CELL_COLUMN)
    cells = Listing("kamxl_cells", _cell_columns(page), _cells(page, placed))
    draw_listing(paper, FIRST_ROW + 1, cells, first=_CELL_COLUMN)
    row = FIRST_ROW + _CHART_ROWS + 1
    paper.page_break(row)
    paper.heading(row, page.say(_PLACED), last_column)
    last = draw_listing(paper, row + 1, accounts)
    paper.print_on_a4(last_column, last)


def _account_columns(page: Page) -> list[PrintedColumn]:
    basis, table = page.tables.basis, page.tables["accounts"]
    label = basis.label[page.language]
    columns = [
        page.column(_NUMBER_HEAD, _NUMBER, Kind.INTEGER, 6.0),
        *page.owner(29.0),
        page.field("accounts", "attractiveness", 13.5, wording.ATTRACTIVENESS),
        page.field("accounts", "position", 11.0, wording.POSITION),
        page.money(label, basis.key, 16.0, total=False),
        page.field("accounts", "portfolio_cell", 26.0, wording.CELL),
    ]
    heads = {"strategy_cell_distance": _DISTANCE}
    columns += [
        page.field("accounts", key, width, heads.get(key))
        for key, width in _STRATEGIES.items()
        if table.has(key)
    ]
    return [*columns, page.source(20.0)]


def _cells(page: Page, placed: list[Row]) -> list[Row]:
    """Every field of the scheme, the best first, with what lies in it."""
    settings, key = page.tables.settings, page.tables.basis.key
    whole = amount_sum(placed, key)
    inside = grouped(placed, itemgetter("portfolio_cell"))
    scheme = SCHEMES[settings.portfolio.scheme]
    rows: list[Row] = []
    for cell in chain.from_iterable(map(reversed, reversed(scheme.cells))):
        accounts = inside.get(cell.code, [])
        revenue = amount_sum(accounts, key)
        share = revenue / whole if revenue is not None and whole else None
        rows.append(
            {
                "cell": Placement(scheme, cell, 0.0).title(page.language),
                "strategy": settings.portfolio.strategy(cell)[page.language],
                "accounts": len(accounts),
                "revenue": revenue,
                "share": share,
            }
        )
    return rows


def _cell_columns(page: Page) -> list[PrintedColumn]:
    label = page.tables.basis.label[page.language]
    return [
        page.column(wording.CELL, "cell", width=26.0),
        page.column(_STRATEGY, "strategy", width=25.0),
        page.column(wording.TILE_ACCOUNTS, "accounts", Kind.INTEGER, 15.0),
        page.column(_SHARE, "share", Kind.PERCENT, 15.0),
        PrintedColumn(label, "revenue", Kind.MONEY, 20.0),
    ]
