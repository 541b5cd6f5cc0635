"""The sheet *Übersicht*: twelve figures, and a chart for each question a sales manager asks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet.pagebreak import Break

from kamxl.plan.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.graphs import (
    finding_graph,
    quarter_graph,
    revenue_graph,
    stage_graph,
    top_graph,
)
from kamxl.portfolio.page_matrix import matrix_chart
from kamxl.portfolio.pages import Page
from kamxl.portfolio.paper import FIRST, Paper, spot
from kamxl.portfolio.summary import Tile, plan_years, tiles

__all__ = ["draw_overview"]

_COLUMNS = 12
_WIDTH = 14.0
LAST = FIRST + _COLUMNS - 1
_TILES_PER_ROW = 6
_CHART = (17.35, 7.1)  # centimetres
_CHART_ROWS = 14
_ROW = 15.0  # points


def draw_overview(page: Page, sheets: list[str]) -> None:
    """Draw the overview; `sheets` are the other sheets, to which it links."""
    paper = page.paper
    years = plan_years(page.tables)
    title = wording.PORTFOLIO if len(years) == 1 else wording.PORTFOLIO_PLAIN
    company = page.tables.settings.company
    text = page.say(title, year=years[0] if years else "")
    counts = page.say(wording.COUNTS, **page.tables.collection.counts.as_json())
    guidance = " ".join(part for part in (counts, page.money_note(), _twice(page)) if part)
    paper.head(f"{text} · {company}" if company else text, guidance, LAST)
    for column in range(FIRST, LAST + 1):
        paper.width(column, _WIDTH)
    paper.height(3, 32.0 if _twice(page) else 22.0)
    _draw_links(paper, sheets, 5)
    row = _draw_tiles(paper, tiles(page.tables), 7)
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


def _draw_links(paper: Paper, sheets: list[str], row: int) -> None:
    paper.height(row, 19.0)
    for column, name in enumerate(sheets, FIRST):
        paper.jump(paper.write(row, column, name, "bar"), name)


def _draw_tiles(paper: Paper, figures: list[Tile], row: int) -> int:
    """Draw the tiles and return the last row."""
    room = _COLUMNS // _TILES_PER_ROW
    for index, tile in enumerate(figures):
        top = row + 4 * (index // _TILES_PER_ROW)
        left = FIRST + room * (index % _TILES_PER_ROW)
        right = left + room - 1
        value = paper.say(wording.NO_VALUE) if tile.value is None else tile.value
        paper.write(top, left, tile.label, "tile_label", last_column=right)
        paper.write(top + 1, left, value, "tile", tile.kind if tile.value is not None else Kind.TEXT, last_column=right)
        paper.write(top + 2, left, tile.note, "tile_note", last_column=right)
        for offset, points in enumerate((17.0, 24.0, 25.0, 5.0)):
            paper.height(top + offset, points)
    return row + 4 * (len(figures) // _TILES_PER_ROW) - 1


def _charts(page: Page) -> Iterator[tuple[str, Any]]:
    """Each chart with its title, `None` where it would be empty."""
    for graph in (revenue_graph(page), top_graph(page), stage_graph(page), quarter_graph(page)):
        yield graph.title, None if graph.empty else page.chartist.bars(graph, *_CHART)
    yield page.say(wording.CHART_MATRIX), matrix_chart(page, *_CHART)
    graph = finding_graph(page)
    yield graph.title, None if graph.empty else page.chartist.bars(graph, *_CHART)


def _draw_charts(page: Page, row: int) -> int:
    """Two charts side by side; what has no data is named in a sentence."""
    paper = page.paper
    drawn: list[Any] = []
    missing: list[str] = []
    for title, chart in _charts(page):
        if chart is None:
            missing.append(title)
        else:
            drawn.append(chart)
    half = _COLUMNS // 2
    for index, chart in enumerate(drawn):
        top = row + (_CHART_ROWS + 1) * (index // 2)
        paper.sheet.add_chart(chart, spot(top, FIRST + half * (index % 2)))
    end = row + (_CHART_ROWS + 1) * -(-len(drawn) // 2) - 1
    for number in range(row, end + 1):
        paper.height(number, _ROW)
    if len(drawn) > 4:
        paper.sheet.row_breaks.append(Break(id=row + 2 * (_CHART_ROWS + 1) - 1))
    if missing:
        end += 1
        text = page.say(wording.LEFT_OUT, charts=", ".join(missing))
        paper.write(end, FIRST, text, "hint", last_column=LAST)
        paper.height(end, 20.0)
    return end
