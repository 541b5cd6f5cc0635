"""The tables of all plans → the portfolio workbook.

`draw_portfolio(tables, place)` gives the bytes of the .xlsx file that is to lie in the folder `place` (links to the
plans are relative to it). The same tables give the same workbook, apart from the time of writing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from kamxl.document.drawing.signing import describe, identity_of_report, sign
from kamxl.document.drawing.styles import Stylist
from kamxl.document.extract import WorkbookKind
from kamxl.plan.settings.model import Settings
from kamxl.portfolio import wording
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.tables import Tables
from kamxl.portfolio.pages.charts import DATA_SHEET, Chartist
from kamxl.portfolio.pages.overview import draw_overview
from kamxl.portfolio.pages.page import Page, portfolio_sheets
from kamxl.portfolio.pages.paper import Paper, ReportBook
from kamxl.texts import Text
from kamxl.xlsx.charts import with_caches
from kamxl.xlsx.mend import mend_package

_CELL = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*>)(<f>[^<]*</f>)<v\s*/?>(?:</v>)?</c>')


def draw_portfolio(tables: Tables, place: Path) -> bytes:
    """The portfolio workbook as the bytes of an .xlsx file."""
    report = new_report(
        tables.collection, tables.settings, place, wording.PORTFOLIO_PLAIN
    )
    sheets = [sheet for sheet in portfolio_sheets() if sheet.is_needed(tables)]
    overview = Paper(report, wording.OVERVIEW)
    papers = [Paper(report, sheet.title) for sheet in sheets]
    chartist = chartist_of(report)
    draw_overview(Page(overview, tables, chartist), [sheet.title for sheet in sheets])
    for paper, sheet in zip(papers, sheets, strict=True):
        sheet.draw(Page(paper, tables, chartist))
    year, today = next(iter(tables.years), 0), tables.today.isoformat()
    return finish(report, WorkbookKind.PORTFOLIO, year, today)


def new_report(
    collection: Collection, settings: Settings, place: Path, title: Text
) -> ReportBook:
    """An empty workbook in the house look, which knows where the files of a collection lie."""
    book = Workbook()
    book.remove(book.active)
    stylist = Stylist(book, settings.accent, settings.language)
    files = {source.name: source.path for source in collection.sources}
    overview = wording.OVERVIEW[settings.language]
    return ReportBook(book, stylist, settings, place, files, title, overview)


def chartist_of(report: ReportBook) -> Chartist:
    """What draws the charts of a report whose other sheets are there already."""
    return Chartist(report.book.create_sheet(DATA_SHEET), report.stylist.palette)


def finish(report: ReportBook, kind: WorkbookKind, year: int, created: str) -> bytes:
    """Say in the workbook what it is, and pack it."""
    book, language = report.book, report.language
    sign(book, identity_of_report(kind, language, year=year, created=created))
    title, company = report.say(report.title), report.settings.company
    describe(book, title, company, language, calculated=True)
    file = io.BytesIO()
    book.save(file)
    parts = {
        f"xl/worksheets/sheet{number}.xml": name
        for number, name in enumerate(book.sheetnames, 1)
    }
    return mend_package(_completed(file.getvalue(), parts, report))


def _completed(data: bytes, parts: Mapping[str, str], report: ReportBook) -> bytes:
    """The package with the rows of its tables and with what openpyxl leaves out: results, and figures of charts."""
    packed = io.BytesIO()

    def figures(sheet: str, row: int, column: int) -> object:
        return report.book[sheet].cell(row, column).value

    # Not compressed: it is unpacked again at once.
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w") as target,
    ):
        for member in source.namelist():
            name, content = parts.get(member, ""), source.read(member)
            if name in report.results:
                content = _valued(content.decode(), report.results[name]).encode()
            if name in report.poured:
                content = report.poured[name].into(content.decode()).encode()
            if member.startswith("xl/charts/chart"):
                content = with_caches(content.decode(), figures).encode()
            target.writestr(member, content)
    return packed.getvalue()


def _valued(xml: str, values: Mapping[str, float]) -> str:
    def with_value(cell: re.Match[str]) -> str:
        value = values.get(cell[2])
        shown = "" if value is None else f"<v>{value!r}</v>"
        return f"{cell[1]}{cell[3]}{shown}</c>"

    return _CELL.sub(with_value, xml)
