"""The third job of kamxl: a folder of plans becomes one portfolio workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kamxl.checks.findings import FileStatus, Finding
from kamxl.checks.side_by_side import year_of
from kamxl.document.extract import WorkbookKind
from kamxl.document.target import check_target
from kamxl.errors import InputError
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.answering import answered
from kamxl.portfolio.data.awaited import Awaited
from kamxl.portfolio.data.collect import Collection, Counts, collect
from kamxl.portfolio.data.tables import Tables, build_tables
from kamxl.portfolio.export import exported, refuse_strangers
from kamxl.portfolio.pages.draw import draw_portfolio
from kamxl.texts import Progress, Text
from kamxl.xlsx.saving import write_together

_NO_FILES = Text(
    de="{folder}: In diesem Ordner liegen keine Dateien; es wurde kein Portfolio geschrieben.",
    en="{folder}: There are no files in this folder; no portfolio was written.",
)
_ONLY_OTHERS = Text(
    de="{folder}: In diesem Ordner liegen keine Pläne; es wurde kein Portfolio geschrieben.",
    en="{folder}: There are no plans in this folder; no portfolio was written.",
)


_NO_PLANS = Text(
    de="{folder}: Keine der Dateien in diesem Ordner konnte als Plan übernommen werden; es wurde kein Portfolio "
    "geschrieben. Gründe: {reasons}",
    en="{folder}: None of the files in this folder could be taken as a plan; no portfolio was written. "
    "Reasons: {reasons}",
)
_NO_YEAR = Text(
    de="{folder}: In diesem Ordner liegt kein Plan für {year}; es wurde kein Portfolio geschrieben.",
    en="{folder}: There is no plan for {year} in this folder; no portfolio was written.",
)
_REASONS = 3


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


def consolidate(  # noqa: PLR0913 - one argument per option of the command
    folder: Path,
    output: Path,
    settings: Settings | None = None,
    *,
    export: Path | None = None,
    year: int | None = None,
    awaited: Sequence[Awaited] = (),
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> Consolidated:
    """Read all plans of a folder tree and write the portfolio workbook.

    Args:
        folder: where the plans are; `output` and `export` may lie in it and are left out.
        output: the workbook to write, over an earlier one.
        settings: the company's rules, exchange rates, language and colour.
        export: a folder for the tables as CSV and Parquet.
        year: the plan year that is summed up; that of the settings if there is any plan of it, else the usual one.
        awaited: the accounts that should have handed in.
        today: the day on which a measure is overdue or not; the current day.
        progress: told after each file.

    Raises:
        InputError: there is no such folder, it holds no plan that could be taken, or a file cannot be written; the last
            portfolio and export are then as they were.
    """
    chosen = settings or Settings()
    if year is not None:
        chosen = chosen.changed(plan_year=year)
    day = today or dt.date.today()
    check_target(output, WorkbookKind.PORTFOLIO, chosen.language)
    left_out = [path for path in (output, export) if path is not None]
    collection = answered(collect(folder, chosen, day, progress, left_out, awaited))
    _refuse_nothing(collection, chosen.language)
    if year is not None and year not in {year_of(plan) for _, plan in collection.plans}:
        raise InputError(_NO_YEAR[chosen.language].format(folder=folder, year=year))
    tables = build_tables(collection, chosen, day)
    files: dict[Path, bytes] = {}
    if export is not None:
        refuse_strangers(tables.values(), export, chosen.language)
        files = exported(tables.values(), export, chosen.language)
    drawn = draw_portfolio(tables, output.absolute().parent)
    write_together({**files, output: drawn}, chosen.language)
    return Consolidated(collection, tables, output, tuple(files))


def _refuse_nothing(collection: Collection, language: str) -> None:
    """A wrong folder, or one whose plans are all damaged, must not put an empty portfolio over the last one."""
    if collection.plans:
        return
    rejected = (s for s in collection.sources if s.status is FileStatus.REJECTED)
    told = [f"{s.name}: {f.message}" for s in rejected for f in s.findings[:1]]
    others = _ONLY_OTHERS if collection.sources else _NO_FILES
    text = _NO_PLANS if told else others
    reasons = " ".join(told[:_REASONS])
    raise InputError(text[language].format(folder=collection.folder, reasons=reasons))
