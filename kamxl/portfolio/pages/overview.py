"""The sheet *Übersicht*: twelve figures, and a chart for each question a sales manager asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kamxl.checks.rules.across.accounts import PLANS_DIFFER
from kamxl.document.drawing.looks import CellRole
from kamxl.document.layout.grid import Spot
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
from kamxl.portfolio.data.set_apart import set_apart
from kamxl.portfolio.data.summary import key_figures
from kamxl.portfolio.pages.charts import Frame
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

_FIRST_PAGE = 4  # charts
_SMALL_ROWS, _TALL_ROWS = 17, 30
_ROW = 12.6  # points
_LINE = 150  # characters that stand side by side


def draw_overview(page: Page, sheets: Sequence[Text]) -> None:
    """Draw the overview; `sheets` are the other sheets, to which it links."""
    paper, tables = page.paper, page.tables
    title = page.say(wording.PORTFOLIO_PLAIN)
    if tables.year:
        title = page.say(wording.PORTFOLIO, year=tables.year)
    company = tables.settings.company
    counts = page.say(wording.COUNTS, **tables.collection.counts.as_json())
    guidance = " ".join(filter(None, (counts, tables.money_note())))
    set_grid(paper)
    paper.head(guidance, LAST, " · ".join(filter(None, (title, company))))
    lines = _draw_left_out(page, FIRST_ROW)
    row = draw_links(paper, sheets, FIRST_ROW + bool(lines))
    row = draw_tiles(paper, key_figures(tables), row)
    # The charts of the first page give way, or the page would not hold them.
    last = _draw_charts(page, row + 1, _SMALL_ROWS - lines)
    paper.print_on_a4(LAST, last)


def _draw_left_out(page: Page, row: int) -> int:
    """In red what is in no figure or doubtful, and who has not handed in; returns how many lines that takes."""
    left = set_apart(page.tables.collection, page.language)
    told = " ".join(filter(None, (left, _twice(page))))
    lines = -(-len(told) // _LINE)
    if lines:
        page.paper.write_across(row, told, CellRole.BAD, LAST)
        page.paper.height(row, 4.0 + 15.0 * lines)
    return lines


def _twice(page: Page) -> str:
    """A warning where there are differing plans of one account."""
    doubled = sorted(
        {
            str(row["company"] or row["account_id"])
            for row in page.tables["findings"]
            if row["code"] == PLANS_DIFFER.code
        }
    )
    return page.say(wording.TWICE, accounts=", ".join(doubled)) if doubled else ""


def _charts(
    page: Page,
) -> Iterator[tuple[Graph | BubbleMatrix, Callable[[Frame], None]]]:
    """What the charts show, and what draws each in its frame."""
    sheet, tables = page.paper.sheet, page.tables
    bars = partial(page.chartist.bars, sheet)
    for graph_of in (revenue_graph, top_graph, stage_graph, quarter_graph):
        graph = graph_of(tables)
        yield graph, partial(bars, graph=graph)
    matrix = bubble_matrix(tables)
    yield matrix, partial(page.chartist.bubbles, sheet, matrix=matrix)
    findings = finding_graph(tables.collection, page.language)
    yield findings, partial(bars, graph=findings, colours=SEVERITY_COLOURS)


def _draw_charts(page: Page, row: int, small: int) -> int:
    """Two charts side by side, two rows of them on the first page; what has no data is named in a sentence.

    Args:
        page: the overview.
        row: the first row of the charts.
        small: rows that a chart of the first page takes.
    """
    paper, half = page.paper, GRID // 2
    missing: list[str] = []
    top, end, drawn = row, row - 1, 0
    for graph, draw in _charts(page):
        if graph.empty:
            missing.append(graph.title)
            continue
        second = drawn >= _FIRST_PAGE
        if drawn % 2 == 0:
            top = end + 1
            if drawn == _FIRST_PAGE:
                paper.page_break(top)
                top += 1
            end = top + (_TALL_ROWS if second else small) - 1
        left = FIRST + half * (drawn % 2)
        draw(paper.frame(Spot(top, left, end, left + half - 1), _ROW))
        drawn += 1
    paper.heights(range(row, end + 1), _ROW)
    paper.height(row - 1, 4.0)
    if missing:
        end += 1
        text = page.say(wording.LEFT_OUT, charts=", ".join(missing))
        paper.write_across(end, text, CellRole.HINT, LAST)
        paper.height(end, 20.0)
    return end
