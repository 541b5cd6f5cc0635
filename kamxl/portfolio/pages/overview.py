"""The sheet *Übersicht*: twelve figures, and a chart for each question a sales manager asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from kamxl.portfolio.data.summary import plan_years, tiles
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.charts import Graph
from kamxl.portfolio.pages.graphs import (
    finding_graph,
    quarter_graph,
    revenue_graph,
    stage_graph,
    top_graph,
)
from kamxl.portfolio.pages.matrix import matrix_chart
from kamxl.portfolio.pages.page import Page
from kamxl.portfolio.pages.paper import FIRST, spot
from kamxl.portfolio.pages.tiles import (
    GRID,
    LAST,
    SEVERITY_COLOURS,
    draw_links,
    draw_tiles,
    set_grid,
)

__all__ = ["draw_overview"]

_FIRST_PAGE = 4  # charts
_SMALL, _TALL = (17.7, 7.1), (17.7, 13.5)  # centimetres
_SMALL_ROWS, _TALL_ROWS = 15, 28
_ROW = 14.5  # points


def draw_overview(page: Page, sheets: list[str]) -> None:
    """Draw the overview; `sheets` are the other sheets, to which it links."""
    paper = page.paper
    years = plan_years(page.tables)
    title = wording.PORTFOLIO if len(years) == 1 else wording.PORTFOLIO_PLAIN
    company = page.tables.settings.company
    text = page.say(title, year=years[0] if years else "")
    counts = page.say(wording.COUNTS, **page.tables.collection.counts.as_json())
    guidance = " ".join(
        part for part in (counts, page.money_note(), _twice(page)) if part
    )
    paper.head(f"{text} · {company}" if company else text, guidance, LAST)
    paper.height(3, 32.0 if _twice(page) else 22.0)
    set_grid(paper)
    draw_links(paper, sheets, 5)
    row = draw_tiles(paper, tiles(page.tables), 7)
    last = _draw_charts(page, row + 1)
    paper.print_on_a4(LAST, last)


def _twice(page: Page) -> str:
    """A warning where differing plans of one account are both in the sums."""
    doubled = sorted(
        {
            str(row["company"] or row["account_id"])
            for row in page.tables["findings"]
            if row["rule"] == "account-planned-twice"
        }
    )
    return page.say(wording.TWICE, accounts=", ".join(doubled)) if doubled else ""


def _charts(page: Page) -> Iterator[tuple[str, Callable[[tuple[float, float]], Any]]]:
    """Each chart with its title, as something that draws it in a given size, or gives `None` where it is empty."""
    for graph in (
        revenue_graph(page),
        top_graph(page),
        stage_graph(page),
        quarter_graph(page),
    ):
        yield graph.title, partial(_bars, page, graph, ())
    yield page.say(wording.CHART_MATRIX), lambda size: matrix_chart(page, *size, 20)
    findings = finding_graph(page.paper, page.tables.collection)
    yield findings.title, partial(_bars, page, findings, SEVERITY_COLOURS)


def _bars(
    page: Page, graph: Graph, colours: tuple[str, ...], size: tuple[float, float]
) -> Any:
    return None if graph.empty else page.chartist.bars(graph, *size, colours=colours)


def _draw_charts(page: Page, row: int) -> int:
    """Two charts side by side, two rows of them on the first page; what has no data is named in a sentence."""
    paper, half = page.paper, GRID // 2
    top, drawn = row, 0
    missing: list[str] = []
    for title, draw in _charts(page):
        second = drawn >= _FIRST_PAGE
        chart = draw(_TALL if second else _SMALL)
        if chart is None:
            missing.append(title)
            continue
        if drawn == _FIRST_PAGE:
            paper.page_break(top)
            top += 1
        paper.sheet.add_chart(chart, spot(top, FIRST + half * (drawn % 2)))
        drawn += 1
        if drawn % 2 == 0:
            top += _TALL_ROWS if second else _SMALL_ROWS
    end = (
        top
        + (0 if drawn % 2 == 0 else _TALL_ROWS if drawn > _FIRST_PAGE else _SMALL_ROWS)
        - 1
    )
    for number in range(row, end + 1):
        paper.height(number, _ROW)
    paper.height(row - 1, 4.0)
    if missing:
        end += 1
        text = page.say(wording.LEFT_OUT, charts=", ".join(missing))
        paper.write(end, FIRST, text, "hint", last_column=LAST)
        paper.height(end, 20.0)
    return end
