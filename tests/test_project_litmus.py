"""The promise of the specification: one attribute added in one file, and everything follows."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
_ANCHOR = "    next_step: Annotated["
_ATTRIBUTE = """    safety_stock: Annotated[
        Percent | None,
        Item(
            label=Text(de="Sicherheitsbestand", en="Safety stock"),
            help=Text(de="Anteil der Menge, den wir bevorraten.", en="Share of the quantity that we keep in stock."),
            required=True,
        ),
    ] = None
"""

_SCRIPT = """
import datetime as dt, json, sys
from pathlib import Path
import kamxl
from kamxl.demo import plans, settings
from kamxl.generation.dictionary import data_dictionary
from kamxl.generation.write import PlanWriter

folder, day = Path(sys.argv[1]), dt.date(2026, 11, 16)
seen = {}
for language in ("de", "en"):
    company = settings(language, 2027)
    plan = plans(company, day)[0]
    plan.opportunities.open[0].safety_stock = 0.25
    path = folder / language / "plan.xlsx"
    PlanWriter(company, day).write(plan, path, {"opportunities.open[1].safety_stock": 7.5})
    fields = [f for f in kamxl.read(path).fields if f["path"].endswith(".safety_stock")]
    checked = [finding.as_json() for finding in kamxl.check(path).findings]
    seen[language] = {
        "read": fields[0],
        "findings": [f for f in checked if f["path"].endswith(".safety_stock")],
        "dictionary": "opportunities.open[].safety_stock" in data_dictionary(),
    }
kamxl.consolidate(folder / "de", folder / "portfolio.xlsx", export=folder / "export")
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def outcome(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, dict[str, object]], Path]:
    """What kamxl does after one attribute was written into a copy of its sources."""
    place = tmp_path_factory.mktemp("litmus")
    shutil.copytree(
        PROJECT / "kamxl", place / "kamxl", ignore=shutil.ignore_patterns("__pycache__")
    )
    source = place / "kamxl" / "plan" / "opportunities.py"
    text = source.read_text(encoding="utf-8")
    assert text.count(_ANCHOR) == 1
    source.write_text(text.replace(_ANCHOR, _ATTRIBUTE + _ANCHOR), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(place / "out")],
        cwd=place, capture_output=True, text=True, check=False, timeout=120, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(place), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout), place / "out"


@pytest.mark.slow
def test_the_workbook_holds_the_field_and_reads_it_back(
    outcome: tuple[dict[str, dict[str, object]], Path],
) -> None:
    """A value written into the new field comes back from both languages' workbooks, with its cell."""
    seen, _ = outcome
    for language, sheet in (("de", "5 Offene Projekte"), ("en", "5 Open projects")):
        read = seen[language]["read"]
        assert isinstance(read, dict)
        assert (read["value"], read["state"], read["sheet"]) == (0.25, "value", sheet)
        assert read["cell"]


@pytest.mark.slow
def test_the_check_knows_the_field(
    outcome: tuple[dict[str, dict[str, object]], Path],
) -> None:
    """A percent of 750 and an empty required cell are found, under the label of the workbook's language."""
    seen, _ = outcome
    for language, label in (("de", "Sicherheitsbestand"), ("en", "Safety stock")):
        findings = seen[language]["findings"]
        assert isinstance(findings, list)
        by_rule = {finding["rule"]: finding for finding in findings}
        assert {"required-empty"} < set(by_rule)
        assert {finding["label"] for finding in findings} == {label}


@pytest.mark.slow
def test_the_portfolio_and_the_dictionary_show_the_field(
    outcome: tuple[dict[str, dict[str, object]], Path],
) -> None:
    """The exported opportunities have the column with the value; the data dictionary names the path."""
    seen, folder = outcome
    with (folder / "export" / "opportunities.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert any(row["safety_stock"].replace(",", ".") == "0.25" for row in rows)
    assert seen["de"]["dictionary"] is True
