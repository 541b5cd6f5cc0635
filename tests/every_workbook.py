"""One workbook of every kind in both languages, filled as the demo fills them: what the tests of looks look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from kamxl.demo.company import settings as demo_settings
from kamxl.demo.run import write_plans
from kamxl.excel.control.workbook import control_workbook
from kamxl.excel.showcase.workbook import scoring_workbook
from kamxl.generation.generate import Manner, generate_template
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.consolidate import consolidate
from kamxl.portfolio.data.collect import collect
from kamxl.portfolio.pages.report import report
from kamxl.texts import Language

TODAY = dt.date(2026, 11, 20)
KINDS = ("template", "plan", "portfolio", "findings", "scoring", "control")


def write_every_workbook(folder: Path) -> dict[str, Path]:
    """Write all of them; their paths by names such as ``portfolio-de``."""
    found = {}
    for language in Language:
        place = folder / language
        place.mkdir()
        found |= {f"{path.stem}-{language}": path for path in _written(place, language)}
    return found


def _written(folder: Path, language: Language) -> Iterator[Path]:
    settings = demo_settings(language, TODAY.year + 1)
    plans = folder / "plans"
    plans.mkdir()
    write_plans(plans, settings, TODAY)
    own = Settings(language=language, plan_year=TODAY.year + 1)
    manner = Manner(TODAY, seed="test")
    yield generate_template(folder / "template.xlsx", own, manner).written[0]
    first = min(plans.iterdir())
    yield first.rename(folder / "plan.xlsx")
    portfolio = folder / "portfolio.xlsx"
    yield consolidate(plans, portfolio, settings, today=TODAY).output
    findings = collect(plans, settings, TODAY)
    yield report(findings, folder / "findings.xlsx", settings)
    for name, data in (
        ("scoring.xlsx", scoring_workbook(language)),
        ("control.xlsm", control_workbook(language)),
    ):
        (folder / name).write_bytes(data)
        yield folder / name
