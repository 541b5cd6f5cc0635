"""What lies in the project's folder `workbooks/`: all of it written by the code that users run.

``python -m kamxl.demo.shipped workbooks`` writes it anew; a test compares. The day is fixed, so that the same code
writes the same examples whenever it runs.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path

from kamxl.checks.catalogue import catalogue_markdown
from kamxl.demo.company import settings
from kamxl.demo.run import write_plans
from kamxl.excel.showcase.workbook import scoring_workbook
from kamxl.generation.dictionary import data_dictionary
from kamxl.generation.generate import Manner, generate_template
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.consolidate import consolidate
from kamxl.texts import Language
from kamxl.xlsx.saving import write_atomically

__all__ = ["DAY", "EXAMPLES", "write_shipped"]

DAY = dt.date(2026, 11, 16)
YEAR = 2027
EXAMPLES = "beispiele"
_TEMPLATES = {
    "de": "Vorlage-Key-Account-Plan.xlsx",
    "en": "Template-key-account-plan.xlsx",
}


def write_shipped(folder: Path) -> None:
    """Write templates, example plans and portfolio, scoring workbooks, data dictionary and rules into `folder`."""
    manner = Manner(today=DAY, overwrite=True, seed="kamxl template")
    for language, name in _TEMPLATES.items():
        generate_template(
            folder / name, Settings(language=Language(language), plan_year=YEAR), manner
        )
        write_atomically(
            folder / f"kamxl-scoring-{language}.xlsx",
            scoring_workbook(language),
            language,
        )
    company = settings("de", YEAR)
    shutil.rmtree(folder / EXAMPLES, ignore_errors=True)
    write_plans(folder / EXAMPLES, company, DAY)
    consolidate(
        folder / EXAMPLES, folder / "Beispiel-Portfolio.xlsx", company, today=DAY
    )
    write_atomically(folder / "Datenverzeichnis.md", data_dictionary().encode(), "de")
    write_atomically(folder / "Pruefregeln.md", catalogue_markdown("de").encode(), "de")
    write_atomically(folder / "Rules.md", catalogue_markdown("en").encode(), "en")


if __name__ == "__main__":
    write_shipped(Path(sys.argv[1]))
