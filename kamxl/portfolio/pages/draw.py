"""The tables of all plans → the portfolio workbook.

`draw_portfolio(tables, place)` gives the bytes of the .xlsx file that is to lie in the folder `place` (links to the
plans are relative to it). The same tables give the same workbook, apart from the time of writing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook

from kamxl.document.drawing.signing import sign
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION, kamxl_version
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.summary import plan_years
from kamxl.portfolio.data.tables import Tables
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.accounts import draw_accounts, draw_revenue
from kamxl.portfolio.pages.charts import DATA_SHEET, Chartist
from kamxl.portfolio.pages.look import ReportStylist
from kamxl.portfolio.pages.matrix import draw_matrix
from kamxl.portfolio.pages.overview import draw_overview
from kamxl.portfolio.pages.page import Page
from kamxl.portfolio.pages.paper import Paper, Report
from kamxl.portfolio.pages.people import draw_contacts
from kamxl.portfolio.pages.records import draw_findings, draw_sources
from kamxl.portfolio.pages.rivals import draw_competition
from kamxl.portfolio.pages.rollups import draw_groups, draw_managers
from kamxl.portfolio.pages.work import draw_measures, draw_pipeline, draw_targets
from kamxl.texts import Text
from kamxl.xlsx.mend import mend_package

__all__ = ["draw_portfolio", "finish", "new_report"]

_PAGES: tuple[tuple[Text, Callable[[Page], None]], ...] = (
    (wording.ACCOUNTS, draw_accounts),
    (wording.REVENUE, draw_revenue),
    (wording.PIPELINE, draw_pipeline),
    (wording.MATRIX, draw_matrix),
    (wording.CONTACTS, draw_contacts),
    (wording.COMPETITION, draw_competition),
    (wording.MEASURES, draw_measures),
    (wording.TARGETS, draw_targets),
    (wording.MANAGERS, draw_managers),
    (wording.GROUPS, draw_groups),
    (wording.FINDINGS, lambda page: draw_findings(page.paper, page.tables.collection)),
    (wording.SOURCES, lambda page: draw_sources(page.paper, page.tables.collection)),
)

_CELL = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*>)(<f>[^<]*</f>)<v\s*/?>(?:</v>)?</c>')


def draw_portfolio(tables: Tables, place: Path) -> bytes:
    """The portfolio workbook as the bytes of an .xlsx file."""
    report = new_report(
        tables.collection, tables.settings, place, wording.PORTFOLIO_PLAIN
    )
    book, language = report.book, report.language
    sheets = [
        (report.overview, None),
        *((title[language], draw) for title, draw in _PAGES),
    ]
    papers = [Paper(report, book.create_sheet(title)) for title, _ in sheets]
    chartist = Chartist(book.create_sheet(DATA_SHEET), report.stylist.palette)
    names = [title for title, _ in sheets[1:]]
    for paper, (_, draw) in zip(papers, sheets, strict=True):
        page = Page(paper, tables, chartist)
        if draw is None:
            draw_overview(page, names)
        else:
            draw(page)
    years = plan_years(tables)
    return finish(
        report,
        WorkbookKind.PORTFOLIO,
        years[0] if years else 0,
        tables.today.isoformat(),
    )


def new_report(
    collection: Collection, settings: Settings, place: Path, title: Text
) -> Report:
    """An empty workbook in the house look, which knows where the files of a collection lie."""
    book = Workbook()
    book.remove(book.active)
    stylist = ReportStylist(book, settings.accent, settings.language)
    files = {source.name: source.path for source in collection.sources}
    return Report(
        book,
        stylist,
        settings,
        place,
        files,
        title,
        wording.OVERVIEW[settings.language],
    )


def finish(report: Report, kind: WorkbookKind, year: int, created: str) -> bytes:
    """Say in the workbook what it is, and pack it."""
    book = report.book
    identity = Identity(
        kind=kind, template_version=TEMPLATE_VERSION, kamxl_version=kamxl_version(), schema_hash="", plan_id="",
        account_id="", plan_year=year, language=report.language, profile="", created=created,
    )  # fmt: skip
    sign(book, identity)
    book.properties.title = report.say(report.title)
    book.properties.creator = report.settings.company or "kamxl"
    book.properties.language = report.language
    book.active = 0
    # The values of formulas are written along, for previews; Excel works them out anew.
    book.calculation.fullCalcOnLoad = True
    file = io.BytesIO()
    book.save(file)
    parts = {
        f"xl/worksheets/sheet{number}.xml": name
        for number, name in enumerate(book.sheetnames, 1)
    }
    return mend_package(_completed(file.getvalue(), parts, report))


def _completed(data: bytes, parts: Mapping[str, str], report: Report) -> bytes:
    """The package with the rows of its tables, and with each formula's result, which openpyxl leaves out."""
    packed = io.BytesIO()
    # Not compressed: it is unpacked again at once.
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w") as target,
    ):
        for member in source.namelist():
            name, content = parts.get(member, ""), source.read(member)
            values = {
                cell: value
                for (sheet, cell), value in report.results.items()
                if sheet == name
            }
            if values:
                content = _valued(content.decode(), values).encode()
            if name in report.poured:
                content = report.poured[name].into(content.decode()).encode()
            target.writestr(member, content)
    return packed.getvalue()


def _valued(xml: str, values: Mapping[str, float | None]) -> str:
    def with_value(cell: re.Match[str]) -> str:
        value = values.get(cell[2])
        return (
            cell[1] + cell[3] + ("" if value is None else f"<v>{value!r}</v>") + "</c>"
        )

    return _CELL.sub(with_value, xml)
