"""The third job of kamxl: a folder of plans becomes one portfolio workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kamxl.checks.findings import Finding
from kamxl.document.target import check_target
from kamxl.errors import InputError
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.answering import answered
from kamxl.portfolio.data.collect import Collection, Counts, collect
from kamxl.portfolio.data.tables import Tables, build_tables
from kamxl.portfolio.export import export_tables, refuse_strangers
from kamxl.portfolio.pages.draw import draw_portfolio
from kamxl.texts import Progress, Text
from kamxl.xlsx.saving import write_atomically

_NO_FILES = Text(
    de="{folder}: In diesem Ordner liegen keine Dateien; es wurde kein Portfolio geschrieben.",
    en="{folder}: There are no files in this folder; no portfolio was written.",
)


@dataclass(frozen=True)
class Consolidated:
    """What was written and what it was made from.

    Attributes:
        collection: every file with its status and findings.
        tables: the tables of all plans, each with its pandas frame (``tables["revenue"].frame``).
        output: the portfolio workbook.
        exported: the CSV and Parquet files, if any were asked for.
    """

    collection: Collection
    tables: Tables
    output: Path
    exported: tuple[Path, ...] = ()

    @property
    def counts(self) -> Counts:
        """Files found and what became of them."""
        return self.collection.counts

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all files."""
        return self.collection.findings


def consolidate(
    folder: Path,
    output: Path,
    settings: Settings | None = None,
    *,
    export: Path | None = None,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> Consolidated:
    """Read all plans of a folder tree and write the portfolio workbook.

    Args:
        folder: where the plans are; `output` and `export` may lie in it and are left out.
        output: the workbook to write, over an earlier one.
        settings: the company's rules, exchange rates, language and colour.
        export: a folder for the tables as CSV and Parquet.
        today: the day on which a measure is overdue or not; the current day.
        progress: told after each file.

    Raises:
        InputError: there is no such folder, it holds no files, or a file cannot be written.
    """
    chosen = settings or Settings()
    day = today or dt.date.today()
    check_target(output, chosen.language)
    left_out = [path for path in (output, export) if path is not None]
    collection = answered(collect(folder, chosen, day, progress, left_out))
    if not collection.sources:
        # A wrong folder must not put an empty portfolio over the last one.
        raise InputError(_NO_FILES[chosen.language].format(folder=folder))
    tables = build_tables(collection, chosen, day)
    if export is not None:
        refuse_strangers(tables.values(), export, chosen.language)
    write_atomically(
        output, draw_portfolio(tables, output.absolute().parent), chosen.language
    )
    exported = (
        export_tables(tables.values(), export, chosen.language)
        if export is not None
        else ()
    )
    return Consolidated(collection, tables, output, exported)
