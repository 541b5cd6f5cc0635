"""The sheets *Prüfprotokoll* and *Quellen*, of the portfolio and of the findings report alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from kamxl.document.drawing.looks import CellRole
from kamxl.document.replies import ANSWER, DONE, KEY, YES, Reply
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.columns import DataColumn, by_key
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.records import (
    FINDING_COLUMNS,
    SOURCE_COLUMNS,
    finding_lines,
    reply_lines,
    source_lines,
)
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, draw_page, printed
from kamxl.portfolio.pages.page import Page, by_severity, place_of, sheet
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW, Paper
from kamxl.texts import Text

FINDINGS = Text(de="Prüfprotokoll", en="Findings")
SOURCES = Text(de="Quellen", en="Sources")
_FINDINGS_GUIDANCE = Text(
    de="Alle Befunde, Fehler zuerst. Ein Blatt, das noch niemand bearbeitet hat, steht in einer Zeile.",
    en="All findings, errors first. A sheet that nobody has worked on yet is one row.",
)
_REPLY_GUIDANCE = Text(
    de="Die Stelle führt zur Zelle im Plan: dort berichtigen und speichern. Ist ein Wert so gewollt, steht in "
    "„Antwort“, warum.",
    en="The place leads to the cell in the plan: mend it there and save. If a value is meant to be so, say why under "
    "“Answer”.",
)
_SOURCES_GUIDANCE = Text(
    de="Jede gefundene Datei und was aus ihr geworden ist.",
    en="Every file found and what became of it.",
)
_PLACE = Text(de="Stelle", en="Place")
_LINK = Text(de="Link", en="Link")
_OPEN = Text(de="öffnen", en="open")
_READ_AT = Text(de="Gelesen", en="Read")
_STATES = ("severity", "status")


@sheet(110, FINDINGS)
def draw_findings_page(page: Page) -> None:
    """All findings of all plans."""
    draw_findings(page.paper, page.tables.collection)


@sheet(120, SOURCES)
def draw_sources_page(page: Page) -> None:
    """All files that were found."""
    draw_sources(page.paper, page.tables.collection)


def draw_findings(paper: Paper, collection: Collection) -> None:
    """All findings, each leading to its cell."""
    rows = finding_lines(collection)
    columns = [
        *_fields(paper, FINDING_COLUMNS, {"severity": 11.5, "code": 9.5}),
        PrintedColumn(paper.say(wording.ACCOUNT), _account, width=25.0),
        *_fields(paper, FINDING_COLUMNS, {"key_account_manager": 17.0}),
        *_told(paper),
    ]
    if any(row["answer"] for row in rows):
        columns += _fields(paper, FINDING_COLUMNS, {"answer": 34.0})
    # On paper the account says whose finding it is, and the page is wide enough for all that is told.
    core = len(columns)
    columns += _fields(paper, FINDING_COLUMNS, {"file": 28.0}, CellRole.MUTED)
    listing = Listing("kamxl_findings", columns, rows, core=core, fixed=2)
    draw_page(paper, paper.say(_FINDINGS_GUIDANCE), listing)


def draw_reply_sheet(
    paper: Paper, collection: Collection, replies: Mapping[str, Reply]
) -> None:
    """The findings of one manager's plans with room for answers, those known filled in."""
    rows = reply_lines(collection)
    columns = [
        *_fields(paper, FINDING_COLUMNS, {"severity": 11.5}),
        PrintedColumn(paper.say(wording.ACCOUNT), _account, width=22.0),
        *_told(paper),
        *_reply_columns(paper, replies),
    ]
    # The keys are for the machine that reads the answers back.
    core = len(columns) - 1
    listing = Listing("kamxl_findings", columns, rows, core=core, fixed=2)
    draw_page(paper, paper.say(_REPLY_GUIDANCE), listing)
    paper.hide(FIRST + core)
    if rows:
        first = FIRST_ROW + listing.totals + 1
        paper.offer(YES, FIRST + core - 1, range(first, first + len(rows)))


def _told(paper: Paper) -> list[PrintedColumn]:
    """Where a finding is, what is wrong and what to do."""
    place = PrintedColumn(
        paper.say(_PLACE), _place, width=24.0, role=CellRole.SOURCE, link=True
    )
    widths = {"label": 23.0, "value": 16.0, "message": 46.0, "remedy": 46.0}
    return [place, *_fields(paper, FINDING_COLUMNS, widths)]


def _reply_columns(paper: Paper, replies: Mapping[str, Reply]) -> list[PrintedColumn]:
    """Room for an answer, a tick, and the key by which both are found again."""

    def reply(row: Row) -> Reply:
        return replies.get(str(row["key"]), Reply())

    def done(row: Row) -> str | None:
        return paper.say(YES) if reply(row).done else None

    return [
        PrintedColumn(
            paper.say(ANSWER),
            lambda row: reply(row).answer or None,
            Kind.NOTE,
            width=36.0,
            role=CellRole.INPUT,
        ),
        PrintedColumn(
            paper.say(DONE), done, Kind.CHOICE, width=10.0, role=CellRole.INPUT
        ),
        PrintedColumn(paper.say(KEY), "key", width=4.0, role=CellRole.PLAIN),
    ]


def _account(row: Row) -> object:
    """Whose finding it is, as far as known."""
    return row.get("company") or row.get("account_id") or row.get("file")


def _place(row: Row) -> str:
    return place_of(row) or str(row.get("sheet") or "–")


def draw_sources(paper: Paper, collection: Collection) -> None:
    """All files, those that need attention first."""
    counts = paper.say(wording.COUNTS, **collection.counts.as_json())
    link = PrintedColumn(
        paper.say(_LINK),
        lambda _: paper.say(_OPEN),
        width=11.0,
        role=CellRole.SOURCE,
        link=True,
    )
    number = PrintedColumn(paper.say(wording.ACCOUNT_ID), "account_id", width=12.5)
    read_at = PrintedColumn(
        paper.say(_READ_AT), _read_at, Kind.DATE, width=17.0, role=CellRole.MOMENT
    )
    severities = dict.fromkeys(("errors", "open", "warnings", "hints"), 11.0)
    origin = dict.fromkeys(("plan_year", "language", "template_version"), 10.5)
    columns = [
        *_fields(paper, SOURCE_COLUMNS, {"file": 38.0}, CellRole.STRONG),
        link,
        *_fields(paper, SOURCE_COLUMNS, {"status": 21.0}),
        number,
        *_fields(
            paper,
            SOURCE_COLUMNS,
            {"company": 27.0, **severities, **origin, "reason": 38.0},
        ),
        read_at,
        *_fields(paper, SOURCE_COLUMNS, {"fingerprint": 34.0}, CellRole.FINE),
    ]
    # Nobody reads a fingerprint on paper.
    core = len(columns) - 1
    listing = Listing("kamxl_sources", columns, source_lines(collection), core=core)
    draw_page(paper, f"{paper.say(_SOURCES_GUIDANCE)} {counts}", listing)


def _read_at(row: Row) -> dt.datetime:
    return dt.datetime.fromisoformat(row["read_at"])


def _fields(
    paper: Paper,
    columns: Sequence[DataColumn],
    widths: Mapping[str, float],
    role: CellRole = CellRole.CELL,
) -> list[PrintedColumn]:
    """Columns of findings or files in print; their state is coloured."""
    known = by_key(columns)
    return [
        printed(
            known[key],
            paper.language,
            width=width,
            role=by_severity if key in _STATES else role,
        )
        for key, width in widths.items()
    ]
