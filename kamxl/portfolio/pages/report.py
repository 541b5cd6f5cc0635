"""The findings workbook: what a check found, to be handed back to those who filled the plans in.

It shows the state of all files in six figures, then every finding with a link to file, sheet and cell, then every file.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from kamxl.checks.entries.wording import day
from kamxl.checks.findings import Severity
from kamxl.document.extract import WorkbookKind
from kamxl.document.target import check_target
from kamxl.document.vocabulary import Kind
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.charts import DATA_SHEET, Chartist
from kamxl.portfolio.pages.draw import finish, new_report
from kamxl.portfolio.pages.graphs import file_graph, finding_graph
from kamxl.portfolio.pages.paper import FIRST, Paper, spot
from kamxl.portfolio.pages.records import draw_findings, draw_sources
from kamxl.portfolio.pages.tiles import (
    GRID,
    LAST,
    SEVERITY_COLOURS,
    Tile,
    draw_links,
    draw_tiles,
    set_grid,
)
from kamxl.xlsx.saving import write_atomically

__all__ = ["draw_report", "report"]

_CHART = (17.7, 11.5)  # centimetres
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
        InputError: the file cannot be written, e.g. because it is open in Excel.
    """
    chosen = settings or Settings()
    check_target(output, chosen.language)
    write_atomically(
        output,
        draw_report(collection, output.absolute().parent, chosen),
        chosen.language,
    )
    return output


def draw_report(collection: Collection, place: Path, settings: Settings) -> bytes:
    """The findings workbook, about to lie in the folder `place`, as the bytes of an .xlsx file."""
    drawn = new_report(collection, settings, place, wording.REPORT)
    names = [
        drawn.overview,
        *(drawn.say(text) for text in (wording.FINDINGS, wording.SOURCES)),
    ]
    first, findings, sources = (
        Paper(drawn, drawn.book.create_sheet(name)) for name in names
    )
    chartist = Chartist(drawn.book.create_sheet(DATA_SHEET), drawn.stylist.palette)
    read_at = max((source.read_at for source in collection.sources), default=None)
    _draw_first(first, collection, chartist, names[1:])
    draw_findings(findings, collection)
    draw_sources(sources, collection)
    return finish(
        drawn, WorkbookKind.FINDINGS, 0, read_at.date().isoformat() if read_at else ""
    )


def _draw_first(
    paper: Paper, collection: Collection, chartist: Chartist, sheets: list[str]
) -> None:
    company = paper.report.settings.company
    title = paper.say(wording.REPORT)
    read_at = max((source.read_at for source in collection.sources), default=None)
    when = day(read_at.date(), paper.report.language) if read_at else "–"
    guidance = paper.say(wording.REPORT_GUIDANCE, day=when)
    paper.head(f"{title} · {company}" if company else title, guidance, LAST)
    set_grid(paper)
    draw_links(paper, sheets, 5)
    row = draw_tiles(paper, _tiles(paper, collection), 7) + 1
    graphs = [
        graph
        for graph in (finding_graph(paper, collection), file_graph(paper, collection))
        if not graph.empty
    ]
    for place, graph in enumerate(graphs):
        chart = chartist.bars(graph, *_CHART, colours=SEVERITY_COLOURS)
        paper.sheet.add_chart(chart, spot(row, FIRST + place * GRID // 2))
    if not graphs:
        paper.write(
            row, FIRST, paper.say(wording.NO_FINDINGS), "hint", last_column=LAST
        )
    last = row + _CHART_ROWS if graphs else row
    for number in range(row, last + 1):
        paper.height(number, _ROW)
    paper.print_on_a4(LAST, last)


def _tiles(paper: Paper, collection: Collection) -> list[Tile]:
    counts = collection.counts
    severities = Counter(
        finding.severity for source in collection.sources for finding in source.lines
    )
    files = sum(
        any(f.severity is Severity.ERROR for f in source.lines)
        for source in collection.sources
    )
    doubts = {
        "warnings": severities[Severity.WARNING],
        "hints": severities[Severity.HINT],
    }
    say = paper.say
    return [
        Tile(
            say(wording.TILE_FILES),
            counts.found,
            Kind.INTEGER,
            say(wording.NOTE_IGNORED, ignored=counts.ignored),
        ),
        Tile(
            say(wording.TILE_ACCEPTED),
            counts.accepted,
            Kind.INTEGER,
            say(wording.NOTE_ACCEPTED),
        ),
        Tile(
            say(wording.TILE_PARTIAL),
            counts.partial,
            Kind.INTEGER,
            say(wording.NOTE_PARTIAL),
        ),
        Tile(
            say(wording.TILE_REJECTED),
            counts.rejected,
            Kind.INTEGER,
            say(wording.NOTE_REJECTED),
        ),
        Tile(
            say(wording.TILE_ERRORS),
            severities[Severity.ERROR],
            Kind.INTEGER,
            say(wording.NOTE_ERRORS, files=files),
        ),
        Tile(
            say(wording.TILE_DOUBTS),
            sum(doubts.values()),
            Kind.INTEGER,
            say(wording.NOTE_DOUBTS, **doubts),
        ),
    ]
