"""The findings workbook: what a check found, to be handed back to those who filled the plans in.

It shows the state of all files in six figures, then every finding with a link to file, sheet and cell, then every file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kamxl.checks.entries.wording import day
from kamxl.document.drawing.looks import CellRole
from kamxl.document.extract import WorkbookKind
from kamxl.document.layout.grid import Spot
from kamxl.document.replies import Reply
from kamxl.document.target import check_target
from kamxl.document.vocabulary import Kind
from kamxl.plan.settings.model import Settings
from kamxl.portfolio import wording
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.graphs import file_graph, finding_graph
from kamxl.portfolio.data.records import severity_counts
from kamxl.portfolio.data.summary import KeyFigure
from kamxl.portfolio.pages.charts import Chartist
from kamxl.portfolio.pages.draw import chartist_of, finish, new_report
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW, Paper
from kamxl.portfolio.pages.sheets.records import (
    FINDINGS,
    SOURCES,
    draw_findings,
    draw_reply_sheet,
    draw_sources,
)
from kamxl.portfolio.pages.sheets.tallies import TALLIES, draw_tallies
from kamxl.portfolio.pages.tiles import (
    GRID,
    LAST,
    SEVERITY_COLOURS,
    draw_links,
    draw_tiles,
    set_grid,
)
from kamxl.texts import Text
from kamxl.xlsx.saving import write_atomically

_CHART_ROWS = 24
_ROW = 14.5  # points


def report(
    collection: Collection, output: Path, settings: Settings | None = None
) -> Path:
    """Write the findings workbook over an earlier one and return its path.

    Args:
        collection: the files that were checked.
        output: the workbook to write.
        settings: language and colour.

    Raises:
        InputError: the file cannot be written, e.g. because it is open in Excel, or is no earlier findings workbook.
    """
    chosen = settings or Settings()
    check_target(output, WorkbookKind.FINDINGS, chosen.language)
    write_atomically(
        output,
        draw_report(collection, output.absolute().parent, chosen),
        chosen.language,
    )
    return output


def draw_report(
    collection: Collection,
    place: Path,
    settings: Settings,
    replies: Mapping[str, Reply] | None = None,
) -> bytes:
    """The findings workbook as the bytes of an .xlsx file.

    Args:
        collection: the files that were checked.
        place: the folder in which it is about to lie.
        settings: language and colour.
        replies: makes room for answers, and holds those that are known already.
    """
    drawn = new_report(collection, settings, place, wording.REPORT)
    first, tallies, findings, sources = (
        Paper(drawn, title) for title in (wording.OVERVIEW, TALLIES, FINDINGS, SOURCES)
    )
    _draw_first(first, collection, chartist_of(drawn))
    draw_tallies(tallies, collection)
    if replies is None:
        draw_findings(findings, collection)
    else:
        draw_reply_sheet(findings, collection, replies)
    draw_sources(sources, collection)
    read_at = collection.read_at
    created = read_at.date().isoformat() if read_at else ""
    return finish(drawn, WorkbookKind.FINDINGS, 0, created)


def _draw_first(paper: Paper, collection: Collection, chartist: Chartist) -> None:
    company, language = paper.report.settings.company, paper.language
    read_at = collection.read_at
    when = day(read_at.date(), language) if read_at else "–"
    title = " · ".join(filter(None, (paper.say(wording.REPORT), company)))
    set_grid(paper)
    paper.head(paper.say(wording.REPORT_GUIDANCE, day=when), LAST, title)
    row = draw_links(paper, (TALLIES, FINDINGS, SOURCES), FIRST_ROW)
    row = draw_tiles(paper, _figures(paper, collection), row) + 1
    drawn = finding_graph(collection, language), file_graph(collection, language)
    graphs = [graph for graph in drawn if not graph.empty]
    for place, graph in enumerate(graphs):
        left = FIRST + place * GRID // 2
        spot = Spot(row, left, row + _CHART_ROWS - 1, left + GRID // 2 - 1)
        frame = paper.frame(spot, _ROW)
        chartist.bars(paper.sheet, frame, graph, colours=SEVERITY_COLOURS)
    if not graphs:
        paper.write_across(row, paper.say(wording.NO_FINDINGS), CellRole.HINT, LAST)
    last = row + _CHART_ROWS if graphs else row
    paper.heights(range(row, last + 1), _ROW)
    paper.print_on_a4(LAST, last)


def _figures(paper: Paper, collection: Collection) -> list[KeyFigure]:
    counts, found = collection.counts, severity_counts(*collection.sources)
    counted = map(severity_counts, collection.sources)
    faulty = sum(severities["errors"] > 0 for severities in counted)
    doubts = found["warnings"] + found["hints"]

    def figure(label: Text, value: int, note: Text, **gaps: object) -> KeyFigure:
        return KeyFigure(paper.say(label), value, Kind.INTEGER, paper.say(note, **gaps))

    return [
        figure(wording.TILE_FILES, counts.found, wording.NOTE_IGNORED, ignored=counts.ignored),
        figure(wording.TILE_ACCEPTED, counts.accepted, wording.NOTE_ACCEPTED),
        figure(wording.TILE_PARTIAL, counts.partial, wording.NOTE_PARTIAL),
        figure(wording.TILE_REJECTED, counts.rejected, wording.NOTE_REJECTED),
        figure(wording.ERRORS, found["errors"], wording.NOTE_ERRORS, files=faulty),
        figure(wording.TILE_DOUBTS, doubts, wording.NOTE_FINDINGS, **found),
    ]  # fmt: skip
