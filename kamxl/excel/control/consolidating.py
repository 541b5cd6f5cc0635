"""A folder of plans → sheets of the open workbook, as plain values that anybody may filter, chart and pivot."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import xlwings as xw

from kamxl.checks.findings import Severity
from kamxl.document.layout.layout import quoted
from kamxl.document.vocabulary import Kind
from kamxl.errors import InputError
from kamxl.excel.control import words
from kamxl.excel.control.desk import (
    HEAD_ROW,
    finish,
    link,
    new_sheet,
    now_shown,
    typed,
    write_block,
)
from kamxl.excel.control.panel import COUNTS, Panel
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection, collect
from kamxl.portfolio.data.columns import REPORTING, DataColumn, wording_of
from kamxl.portfolio.data.ledger import Row
from kamxl.portfolio.data.tables import NAMED, DataTable, build_tables

_PAUSE = 0.2  # seconds between two messages in the status bar
_WIDTHS = {
    Kind.NOTE: 45,
    Kind.MONEY: 14,
    Kind.DATE: 12,
    Kind.TEXT: 20,
    Kind.PERCENT: 11,
}
_BROAD = {
    "company": 28,
    "file": 34,
    "message": 60,
    "remedy": 60,
    "reason": 50,
    "label": 28,
    "product_group": 24,
}
_ON_PAPER = 22  # columns; more would be too small to read
_FIRST = (
    "company", "account_id", "key_account_manager", "account_class", "abc_class", "revenue_total_actual_2",
    "revenue_total_forecast", "forecast_growth", "revenue_total_target", "weighted_pipeline", "attractiveness",
    "position", "portfolio_cell", "contact_coverage", "satisfaction_index", "goal_attainment", "completeness",
    "open_measures", "overdue_measures", "errors", "warnings", "status",
)  # fmt: skip
"""Columns of the accounts that come first; all others follow."""


def consolidate(panel: Panel) -> str:
    """Read the panel's folder, write the tables, and say in one sentence what became of the files."""
    folder, settings = panel.folder(), panel.settings()
    today = dt.date.today()
    collection = collect(folder, settings, today, Ticker(panel), _itself(panel.book))
    if not collection.sources:
        raise InputError(panel.say(words.NOTHING_FOUND, folder=folder))
    tables = build_tables(collection, settings, today)
    panel.book.app.status_bar = panel.say(words.WRITING)
    when = now_shown(panel.language)
    note = panel.say(words.AS_OF, when=when, folder=folder)
    active = panel.book.sheets.active
    for name in NAMED:
        write_table(panel.book, tables[name], note, collection, settings)
    active.activate()
    counts = collection.counts.as_json()
    for name, cell in COUNTS.items():
        panel.fill(cell, counts[name])
    severities = Counter(
        finding.severity for source in collection.sources for finding in source.lines
    )
    summary = panel.say(
        words.CONSOLIDATED,
        **counts,
        errors=severities[Severity.ERROR],
        open=severities[Severity.OPEN],
        warnings=severities[Severity.WARNING],
    )
    return f"{summary} ({when})"


def _itself(book: xw.Book) -> list[Path]:
    """The workbook's own file, which may lie among the plans."""
    try:
        return [Path(book.fullname)]
    except Exception:  # noqa: BLE001 - xlwings cannot name the file of every workbook in the cloud
        return []


class Ticker:
    """Progress in Excel's status bar, not more often than anybody could read it."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.next = 0.0

    def __call__(self, done: int, total: int, name: str) -> None:
        """Tell it, unless the last message is only moments old."""
        if done == total or time.monotonic() >= self.next:
            self.panel.show_progress(done, total, name)
            self.next = time.monotonic() + _PAUSE


def write_table(
    book: xw.Book,
    table: DataTable,
    note: str,
    collection: Collection,
    settings: Settings,
) -> None:
    """One table onto its sheet: title, where it came from, heads, values."""
    language = settings.language
    title = words.SHEETS[table.key][language]
    columns = _columns(table)
    labels = [column.label for column in columns]
    sheet = new_sheet(book, title, note, labels, settings)
    files = {source.name: source.path for source in collection.sources}
    rows = [
        [_cell(column, row, language, files) for column in columns] for row in table
    ]
    if not rows:
        sheet.range((HEAD_ROW + 1, 1)).value = typed(words.NO_ROWS[language])
    write_block(sheet, HEAD_ROW + 1, rows)
    _format(sheet, columns, len(rows), language)


def _columns(table: DataTable) -> Sequence[DataColumn]:
    """All columns, for the accounts the telling ones first; amounts in a second currency only where there is one."""
    kept = [column for column in table.columns if not _repeats(column, table)]
    if table.key != "accounts":
        return kept
    order = {key: place for place, key in enumerate(_FIRST)}
    return sorted(kept, key=lambda column: order.get(column.key, len(order)))


def _repeats(column: DataColumn, table: DataTable) -> bool:
    """Whether a column in the reporting currency says what the one in the plan's own says."""
    own = column.key.removesuffix(REPORTING)
    return own != column.key and all(
        row.get(own) == row.get(column.key) for row in table
    )


def _cell(
    column: DataColumn, row: Row, language: str, files: dict[str, Path]
) -> object:
    value = row.get(column.key)
    if column.key == "file" and value in files:
        return link(str(files[str(value)]), str(value))
    if column.key == "cell" and value and row.get("file") in files:
        place = f"{quoted(str(row['sheet']))}!{value}"
        return link(f"{files[row['file']]}#{place}", str(value))
    return typed(wording_of(column, value, language))


def _format(
    sheet: xw.Sheet, columns: Sequence[DataColumn], count: int, language: str
) -> None:
    formats = {
        Kind.MONEY: "#,##0",
        Kind.PERCENT: "0.0%",
        Kind.NUMBER: "0.0",
        Kind.SCORE: "0.0",
        Kind.DATE: "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd",
    }
    for place, column in enumerate(columns, start=1):
        cells = sheet.range((HEAD_ROW + 1, place), (HEAD_ROW + max(count, 1), place))
        cells.column_width = _BROAD.get(column.key) or _WIDTHS.get(column.kind, 14)
        if column.kind in formats:
            cells.number_format = formats[column.kind]
    head = sheet.range((HEAD_ROW, 1), (HEAD_ROW, len(columns)))
    head.wrap_text = True
    head.vertical_alignment = "center"
    head.rows.autofit()
    finish(sheet, count, len(columns), 1, min(len(columns), _ON_PAPER))
