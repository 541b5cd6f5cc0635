"""The sheet *Übersicht*: twelve figures, and a chart for each question a sales manager asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Protocol

from kamxl.checks.rules.across.accounts import PLANS_DIFFER
from kamxl.document.drawing.looks import CellRole
from kamxl.portfolio import wording
from kamxl.portfolio.data.graphs import (
    BubbleMatrix,
    Graph,
    bubble_matrix,
    finding_graph,
    quarter_graph,
    revenue_graph,
    stage_graph,
    top_graph,
)
from kamxl.portfolio.data.summary import key_figures
from kamxl.portfolio.pages.charts import Size
from kamxl.portfolio.pages.page import Page
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW
from kamxl.portfolio.pages.tiles import (
    GRID,
    LAST,
    SEVERITY_COLOURS,
    draw_links,
    draw_tiles,
    set_grid,
)
from kamxl.texts import Text
from kamxl.xlsx.book import address

_FIRST_PAGE = 4  # charts
_SMALL, _TALL = (17.7, 7.1), (17.7, 13.5)  # centimetres
_SMALL_ROWS, _TALL_ROWS = 15, 28
_ROW = 14.5  # points


def draw_overview(page: Page, sheets: Sequence[Text]) -> None:
    """Draw the overview; `sheets` are the other sheets, to which it links."""
    paper, tables = page.paper, page.tables
    title = page.say(wording.PORTFOLIO_PLAIN)
    if tables.year:
        title = page.say(wording.PORTFOLIO, year=tables.year)
    company, twice = tables.settings.company, _twice(page)
    counts = page.say(wording.COUNTS, **tables.collection.counts.as_json())
    guidance = " ".join(filter(None, (counts, tables.money_note(), twice)))
    paper.head(guidance, LAST, " · ".join(filter(None, (title, company))))
    if twice:
        paper.height(3, 32.0)
    set_grid(paper)
    row = draw_links(paper, sheets, FIRST_ROW)
    row = draw_tiles(paper, key_figures(tables), row)
    last = _draw_charts(page, row + 1)
    paper.print_on_a4(LAST, last)


def _twice(page: Page) -> str:
    """A warning where differing plans of one account are both in the sums."""
    doubled = sorted(
        {
            str(row["company"] or row["account_id"])
            for row in page.tables["findings"]
            if row["code"] == PLANS_DIFFER.code
        }
    )
    return page.say(wording.TWICE, accounts=", ".join(doubled)) if doubled else ""


class _Draw(Protocol):
    """Draws a chart in a given size, or gives `None` where it would be empty."""

    def __call__(self, size: Size, /) -> Any: ...


def _charts(page: Page) -> Iterator[tuple[str, _Draw]]:
    """Each chart with its title and what draws it."""
    for graph in (revenue_graph, top_graph, stage_graph, quarter_graph):
        drawn = graph(page.tables)
        yield drawn.title, partial(_bars, page, drawn, ())
    matrix = bubble_matrix(page.tables)
    yield matrix.title, partial(_bubbles, page, matrix)
    findings = finding_graph(page.tables.collection, page.language)
    yield findings.title, partial(_bars, page, findings, SEVERITY_COLOURS)


def _bars(page: Page, graph: Graph, colours: Sequence[str], size: Size) -> Any:
    return None if graph.empty else page.chartist.bars(graph, size, colours=colours)


def _bubbles(page: Page, matrix: BubbleMatrix, size: Size) -> Any:
    return page.chartist.bubbles(matrix, size, 20) if matrix.named else None


def _draw_charts(page: Page, row: int) -> int:
    """Two charts side by side, two rows of them on the first page; what has no data is named in a sentence."""
    paper, half = page.paper, GRID // 2
    missing: list[str] = []
    top, end, drawn = row, row - 1, 0
    for title, draw in _charts(page):
        second = drawn >= _FIRST_PAGE
        chart = draw(_TALL if second else _SMALL)
        if chart is None:
            missing.append(title)
            continue
        if drawn % 2 == 0:
            top = end + 1
            if drawn == _FIRST_PAGE:
                paper.page_break(top)
                top += 1
            end = top + (_TALL_ROWS if second else _SMALL_ROWS) - 1
        paper.sheet.add_chart(chart, address(top, FIRST + half * (drawn % 2)))
        drawn += 1
    paper.heights(range(row, end + 1), _ROW)
    paper.height(row - 1, 4.0)
    if missing:
        end += 1
        text = page.say(wording.LEFT_OUT, charts=", ".join(missing))
        paper.write_across(end, text, CellRole.HINT, LAST)
        paper.height(end, 20.0)
    return end
