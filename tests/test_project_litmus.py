"""The promise of the specification: a field or a table added in one file, as CONTRIBUTING says, and all follows."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]
RECIPES = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# What of each recipe goes before which line of the sheet's module.
ANCHORS = {
    "## Add a field": ["    next_step: Annotated["],
    "## Add a table": ["class Opportunities(Sheet):", "    total_value = Computed("],
}

_SCRIPT = """
import datetime as dt, json, sys
from pathlib import Path
import kamxl
from kamxl.demo import plans, settings
from kamxl.generation.dictionary import data_dictionary
from kamxl.generation.write import PlanWriter
from kamxl.plan.opportunities import Risk

folder, day = Path(sys.argv[1]), dt.date(2026, 11, 16)
seen = {}
for language in ("de", "en"):
    company = settings(language, 2027)
    plan = plans(company, day)[0]
    plan.opportunities.open[0].safety_stock = 0.25
    plan.opportunities.risks = [Risk(risk="Strike", damage=1200.0), Risk(damage=300.0)]
    path = folder / language / "plan.xlsx"
    PlanWriter(company, day).write(plan, path, {"opportunities.open[1].safety_stock": 7.5})
    seen[language] = {
        "read": {field["path"]: field for field in kamxl.read(path).fields},
        "findings": [finding.as_json() for finding in kamxl.check(path).findings],
        "dictionary": data_dictionary(),
    }
kamxl.consolidate(folder / "de", folder / "portfolio.xlsx", export=folder / "export")
print(json.dumps(seen))
"""


def additions(recipe: str) -> list[tuple[str, str]]:
    """The lines before which something is to be inserted, and what the recipe inserts there."""
    section = re.split(r"\n(?=## )", RECIPES[RECIPES.index(recipe) :])[0]
    snippets = re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)
    return list(zip(ANCHORS[recipe], snippets, strict=True))


@pytest.fixture(scope="module")
def outcome(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, dict[str, Any]], Path]:
    """What kamxl does after both recipes were followed in one module of a copy of its sources."""
    place = tmp_path_factory.mktemp("litmus")
    shutil.copytree(
        PROJECT / "kamxl", place / "kamxl", ignore=shutil.ignore_patterns("__pycache__")
    )
    source = place / "kamxl" / "plan" / "opportunities.py"
    text = source.read_text(encoding="utf-8")
    for anchor, snippet in [pair for recipe in ANCHORS for pair in additions(recipe)]:
        assert text.count(anchor) == 1
        margin = anchor[: -len(anchor.lstrip())]
        added = textwrap.indent(textwrap.dedent(snippet), margin)
        text = text.replace(anchor, added + ("\n" if margin else "\n\n") + anchor)
    source.write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(place / "out")],
        cwd=place, capture_output=True, text=True, check=False, timeout=300, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(place), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout), place / "out"


def exported(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of an exported table."""
    file = (folder / "export" / f"{table}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(file.splitlines(), delimiter=";"))


@pytest.mark.slow
def test_the_workbook_holds_field_and_table_and_reads_them_back(
    outcome: tuple[dict[str, dict[str, Any]], Path],
) -> None:
    """What is written into the new cells comes back from both languages' workbooks, with sheet and cell."""
    seen, _ = outcome
    written = {
        "opportunities.open[0].safety_stock": 0.25,
        "opportunities.risks[0].risk": "Strike",
        "opportunities.risks[0].damage": 1200.0,
        "opportunities.risks[1].damage": 300.0,
    }
    for language, sheet in (("de", "5 Offene Projekte"), ("en", "5 Open projects")):
        for path, value in written.items():
            read = seen[language]["read"][path]
            assert (read["value"], read["state"]) == (value, "value")
            assert read["sheet"] == sheet
            assert read["cell"]


@pytest.mark.slow
def test_the_check_knows_field_and_table(
    outcome: tuple[dict[str, dict[str, Any]], Path],
) -> None:
    """A percent of 750 and empty required cells are found, under the label of the workbook's language."""
    seen, _ = outcome
    labels = {"de": ("Sicherheitsbestand", "Risiko"), "en": ("Safety stock", "Risk")}
    for language, (field, column) in labels.items():
        findings = seen[language]["findings"]
        stock = [f for f in findings if f["path"].endswith(".safety_stock")]
        assert "required-empty" in {finding["rule"] for finding in stock}
        assert {finding["label"] for finding in stock} == {field}
        risks = [f for f in findings if f["path"].startswith("opportunities.risks")]
        assert [(f["rule"], f["path"], f["label"]) for f in risks] == [
            ("required-empty", "opportunities.risks[1].risk", column)
        ]


@pytest.mark.slow
def test_the_portfolio_and_the_dictionary_show_field_and_table(
    outcome: tuple[dict[str, dict[str, Any]], Path],
) -> None:
    """The export has the column and the table with their values; the data dictionary names their paths."""
    seen, folder = outcome
    stocks = [row["safety_stock"] for row in exported(folder, "opportunities")]
    assert "0,25" in stocks
    risks = exported(folder, "opportunities_risks")
    assert [(row["risk"], float(row["damage"])) for row in risks] == [
        ("Strike", 1200.0),
        ("", 300.0),
    ]
    for pattern in ("opportunities.open[].safety_stock", "opportunities.risks[].risk"):
        assert pattern in seen["de"]["dictionary"]
