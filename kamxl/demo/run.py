"""The whole way on twelve accounts, as a company goes it: lists, plans, check, findings, portfolio.

``run_demo(folder)`` leaves behind what a reader can open one after the other: the lists and settings a company hands
in, a folder of filled plans (three of them with mistakes), the findings and the portfolio. Plans that are there
already stay as they are, so that one may change something in Excel and run it again.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from kamxl import api
from kamxl.demo.company import plans, settings
from kamxl.demo.lists import Rows, accounts_table, revenue_table
from kamxl.demo.mistakes import mistakes
from kamxl.errors import InputError
from kamxl.generation.write import PlanWriter
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection
from kamxl.texts import Progress, Text
from kamxl.xlsx.saving import write_atomically

PLANS, PORTFOLIO, FINDINGS, EXPORT = (
    "plans",
    "portfolio.xlsx",
    "findings.xlsx",
    "export",
)
_SETTINGS_FILE = "kamxl.toml"
_SEED = "kamxl demo"
_STRANGERS = Text(
    de="{folder}: In diesem Ordner liegen schon andere Dateien. Bitte einen leeren Ordner angeben.",
    en="{folder}: There are other files in this folder already. Please give an empty folder.",
)


@dataclass(frozen=True)
class Demo:
    """What the demo left behind.

    Attributes:
        collection: the plans as they were read back.
        written: everything that was written, in the order in which to look at it.
        portfolio: the portfolio workbook.
        faulty: the plans that were given mistakes.
    """

    collection: Collection
    written: tuple[Path, ...]
    portfolio: Path
    faulty: tuple[Path, ...]


def run_demo(
    folder: Path,
    *,
    language: str = "de",
    year: int | None = None,
    today: dt.date | None = None,
    progress: Progress | None = None,
) -> Demo:
    """Write lists, settings, plans, findings and portfolio of twelve fictional accounts into `folder`.

    Args:
        folder: is made if it is not there.
        language: of the workbooks; what stands in the plans is German.
        year: the plan year; next calendar year.
        today: the day on which it all happens; the current one.
        progress: told after each plan written and each plan read.

    Raises:
        InputError: `folder` holds other files, or a file cannot be written, e.g. because it is open in Excel.
    """
    _refuse_strangers(folder, language)
    day = today or dt.date.today()
    company = settings(language, year or day.year + 1)
    lists = _write_lists(folder, company)
    faulty = write_plans(folder / PLANS, company, day, progress)
    portfolio, findings = folder / PORTFOLIO, folder / FINDINGS
    done = api.consolidate(
        folder / PLANS,
        portfolio,
        settings=company,
        export=folder / EXPORT,
        today=day,
        progress=progress,
    )
    api.report(done.collection, findings, settings=company)
    written = (*lists, folder / PLANS, findings, portfolio, folder / EXPORT)
    return Demo(done.collection, written, portfolio, faulty)


def _refuse_strangers(folder: Path, language: str) -> None:
    """A company's own lists, settings and portfolio have the very names of the example's."""
    settings_file = folder / _SETTINGS_FILE
    comment, _ = _supplier()
    known = settings_file.read_bytes() if settings_file.is_file() else b""
    if not known.startswith(comment.encode()) and any(folder.glob("[!.]*")):
        raise InputError(_STRANGERS[language].format(folder=folder))


def write_plans(
    folder: Path, company: Settings, today: dt.date, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Write the twelve filled plans, unless they are there; returns those that were given mistakes."""
    writer = PlanWriter(company, today, _SEED)
    everyone = plans(company, today)
    faulty = []
    for done, plan in enumerate(everyone, 1):
        path = folder / writer.name(plan)
        wrong = mistakes(plan.cover.account_id or "", today)
        if not path.exists():
            writer.write(plan, path, wrong)
        if wrong:
            faulty.append(path)
        if progress:
            progress(done, len(everyone), path.name)
    return tuple(faulty)


def _write_lists(folder: Path, company: Settings) -> tuple[Path, ...]:
    """What the company handed in: account list, revenue history, settings."""
    comment, rest = _supplier()
    chosen = f'language = "{company.language}"\nplan_year = {company.year}'
    files = {
        _SETTINGS_FILE: f"{comment}\n{chosen}\n{rest}".encode(),
        "accounts.csv": _as_csv(accounts_table(company), company.language),
        "revenue.csv": _as_csv(revenue_table(company), company.language),
    }
    for name, content in files.items():
        write_atomically(folder / name, content, company.language)
    return tuple(folder / name for name in files)


def _as_csv(rows: Rows, language: str) -> bytes:
    """A list as Excel of the language saves it: German with semicolons and decimal commas."""
    german = language == "de"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_cell(value, german) for value in row.values())
    return text.getvalue().encode("utf-8-sig")


def _cell(value: str | float, german: bool) -> str:
    if not isinstance(value, float):
        return str(value)
    amount = f"{value:.2f}"
    return amount.replace(".", ",") if german else amount


def _supplier() -> tuple[str, str]:
    """The supplier's settings: the comment by which the example is known, and the rest."""
    file = resources.files("kamxl.demo") / "supplier.toml"
    comment, _, rest = file.read_text(encoding="utf-8").partition("\n")
    return comment, rest
