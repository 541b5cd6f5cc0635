"""The sheets *Prüfprotokoll* and *Quellen*."""

from __future__ import annotations

from kamxl.checks.findings import Severity, Status
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.records import (
    FINDING_COLUMNS,
    SOURCE_COLUMNS,
    finding_rows,
    source_row,
)
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.listing import Printed, link_column, printed
from kamxl.portfolio.pages.page import by_severity, draw_page
from kamxl.portfolio.pages.paper import Paper, moment

__all__ = [
    "draw_findings",
    "draw_sources",
    "finding_columns",
    "finding_lines",
    "source_columns",
    "source_lines",
]

_FINDING = {column.key: column for column in FINDING_COLUMNS}
_SOURCE = {column.key: column for column in SOURCE_COLUMNS}


def finding_lines(collection: Collection) -> list[Row]:
    """The findings as reports print them: errors first, then file by file in the order of the cells."""
    order = [severity.value for severity in Severity]
    rows = [
        row
        for source in collection.sources
        for row in finding_rows(source, source.lines)
    ]
    return sorted(rows, key=lambda row: order.index(row["severity"]))


def finding_columns(paper: Paper) -> list[Printed]:
    """The columns of a list of findings, the link leading to the cell."""
    language = paper.report.language

    def place(row: Row) -> str:
        sheet, cell = row.get("sheet"), row.get("cell")
        return f"{sheet}!{cell}" if sheet and cell else str(sheet or "–")

    return [
        printed(_FINDING["severity"], language, width=11.5, role=by_severity),
        printed(_FINDING["code"], language, width=9.5),
        Printed(
            paper.say(wording.ACCOUNT),
            lambda row: row.get("company") or row.get("account_id"),
            width=25.0,
        ),
        printed(_FINDING["file"], language, width=28.0, role="muted"),
        Printed(paper.say(wording.PLACE), place, width=24.0, role="source", link=True),
        printed(_FINDING["label"], language, width=23.0),
        printed(_FINDING["value"], language, width=16.0),
        printed(_FINDING["message"], language, width=46.0),
        printed(_FINDING["remedy"], language, width=46.0),
    ]


def draw_findings(paper: Paper, collection: Collection) -> None:
    """All findings."""
    rows, columns = finding_lines(collection), finding_columns(paper)
    guidance = paper.say(wording.FINDINGS_GUIDANCE)
    draw_page(
        paper, wording.FINDINGS, guidance, "kamxl_findings", columns, rows, fixed=2
    )


def source_lines(collection: Collection) -> list[Row]:
    """The files, those that need attention first."""
    order = [Status.REJECTED, Status.PARTIAL, Status.ACCEPTED, Status.IGNORED]
    return [
        source_row(source)
        for source in sorted(
            collection.sources, key=lambda source: order.index(source.status)
        )
    ]


def source_columns(paper: Paper) -> list[Printed]:
    """The columns of a list of files."""
    language = paper.report.language
    columns = [
        printed(_SOURCE["file"], language, width=38.0, role="strong"),
        link_column(paper.say(wording.LINK), paper.say(wording.OPEN)),
        printed(_SOURCE["status"], language, width=21.0, role=by_severity),
        printed(
            _SOURCE["account_id"],
            language,
            label=paper.say(wording.ACCOUNT_ID),
            width=12.5,
        ),
        printed(_SOURCE["company"], language, width=27.0),
    ]
    columns += [
        printed(_SOURCE[key], language, width=11.0)
        for key in ("errors", "warnings", "hints")
    ]
    columns += [
        printed(_SOURCE[key], language, width=10.5)
        for key in ("plan_year", "language", "template_version")
    ]
    return [
        *columns,
        printed(_SOURCE["reason"], language, width=38.0),
        Printed(
            paper.say(wording.READ_AT),
            lambda row: moment(row["read_at"]),
            Kind.DATE,
            17.0,
            "moment",
        ),
        printed(_SOURCE["fingerprint"], language, width=34.0, role="fine"),
    ]


def draw_sources(paper: Paper, collection: Collection) -> None:
    """All files."""
    counts = paper.say(wording.COUNTS, **collection.counts.as_json())
    guidance = f"{paper.say(wording.SOURCES_GUIDANCE)} {counts}"
    draw_page(
        paper,
        wording.SOURCES,
        guidance,
        "kamxl_sources",
        source_columns(paper),
        source_lines(collection),
    )
