"""What CONTRIBUTING tells to write is all there is to write, and what follows from it is there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]
RECIPES = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Which snippet of each recipe goes before which line of which file.
KEY_FIGURE = "## Add a key figure"
TABLE = "## Add a table"
RULE = "## Add a rule"
SCORE = "## Add a score"
PAGE = "## Add a portfolio page"
ANCHORS: dict[str, list[tuple[str, str]]] = {
    TABLE: [
        ("plan/opportunities.py", "class Opportunities(Sheet):"),
        ("plan/opportunities.py", "    total_value = Computed("),
    ],
    RULE: [("checks/rules/plan/pipeline.py", "CLOSE_DATE_PAST = PlanRule(")],
    PAGE: [("portfolio/pages/sheets/risks.py", "")],
    KEY_FIGURE: [
        ("plan/opportunities.py", "class Opportunities(Sheet):"),
        ("plan/opportunities.py", "    total_value = Computed("),
        ("plan/cover.py", "    completeness = Computed("),
    ],
    SCORE: [
        (
            "scoring/revenue.py",
            "@dataclass(frozen=True, slots=True)\nclass Concentration",
        ),
        ("excel/functions/revenue.py", "from kamxl.texts import Text\n"),
        ("excel/functions/revenue.py", "_VALUES = Text("),
        ("excel/showcase/revenue.py", "REVENUE = Family("),
        ("excel/showcase/revenue.py", "_GROWTH, _CAGR, _WALLET"),
    ],
}

_KEY_FIGURE_SEEN = """
import datetime as dt, json
from kamxl.plan.document import plan_spec
from kamxl.document.figures import figures
from kamxl.document.formulas import document_formulas
from kamxl.document.layout.layout import lay_out
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.settings.model import Settings
spec = plan_spec(Settings())
rows = [{"value": 5.0}, {"value": 9.0}, {}]
plan = AccountPlan.model_validate({"opportunities": {"open": rows}})
layout = lay_out(spec, "de")
formulas = document_formulas(layout)
paths = ("opportunities.largest", "cover.largest_project")
print(json.dumps({
    "values": [figures(plan, spec, dt.date(2030, 1, 1))[path] for path in paths],
    "formulas": [formulas[path] for path in paths],
    "places": [layout.column("opportunities.open[].value"), layout.address(paths[0])],
}))
"""
_RULE_SEEN = """
import datetime as dt, json
from kamxl.checks.catalogue import catalogue_markdown
from kamxl.checks.check import check
from kamxl.plan.settings.model import Settings
from tests.extracts import SOUND, extract_of
sunday = {"opportunities.open[0].offer_date": dt.date(2026, 11, 15)}
settings = Settings(plan_year=2027, team=["Anna Berg"])
found = check(extract_of(SOUND | sunday, settings=settings), today=dt.date(2026, 11, 16))
print(json.dumps({
    "found": [[one.code, one.place, one.message] for one in found.findings],
    "catalogue": catalogue_markdown("de"),
}))
"""
_PAGE_SEEN = """
import datetime as dt, json
from pathlib import Path
import openpyxl
from kamxl import api
from kamxl.demo import plans, settings
from kamxl.generation.write import PlanWriter
from kamxl.plan.opportunities import Risk
company, day = settings("de", 2027), dt.date(2026, 11, 16)
for plan, damage in zip(plans(company, day)[:2], (100.0, 900.0)):
    plan.opportunities.risks = [Risk(risk="Hagel", damage=damage)]
    PlanWriter(company, day).write(plan, Path(f"plans/{damage}.xlsx"))
api.consolidate("plans", "portfolio.xlsx", settings=company, today=day)
book = openpyxl.load_workbook("portfolio.xlsx")
cells = [str(cell.value) for row in book["Risiken"].iter_rows() for cell in row]
print(json.dumps({"sheets": book.sheetnames, "cells": cells}))
"""
_SCORE_SEEN = """
import io, json
import openpyxl
from kamxl.excel import udf
from kamxl.excel.addin.bas import wrapper_module
from kamxl.excel.showcase.workbook import scoring_workbook
book = openpyxl.load_workbook(io.BytesIO(scoring_workbook("de")))
cells = [str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row]
print(json.dumps({
    "answers": udf.KAM_PER_VISIT([[900.0], [900.0]], [[6.0], [0.0]]),
    "exposed": "KAM_PER_VISIT" in udf.__all__,
    "wrapper": wrapper_module(),
    "cells": [cell for cell in cells if "KAM_PER_VISIT(" in cell or ">0,$C$" in cell],
}))
"""


def additions(recipe: str) -> list[tuple[str, str, str]]:
    """File, line and what the recipe inserts before it; a file of its own has no line."""
    section = re.split(r"\n(?=## )", RECIPES[RECIPES.index(recipe) :])[0]
    snippets = re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)
    places = zip(ANCHORS[recipe], snippets, strict=True)
    return [(file, anchor, snippet) for (file, anchor), snippet in places]


def with_addition(text: str, anchor: str, snippet: str) -> str:
    """The text of a file with a snippet before a line, indented as the line is; within a line a snippet is a word."""
    assert text.count(anchor) == 1, anchor
    if text[text.index(anchor) - 1] != "\n":
        return text.replace(anchor, snippet.rstrip("\n") + anchor)
    margin = anchor[: -len(anchor.lstrip())]
    added = textwrap.indent(textwrap.dedent(snippet), margin)
    gap = "\n" if margin else "\n\n\n"
    return text.replace(anchor, added.rstrip() + gap + anchor)


@pytest.fixture
def follow(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Follow recipes in a copy of the sources, and say what a script sees there."""

    def seen(script: str, *recipes: str) -> dict[str, Any]:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / "kamxl", tmp_path / "kamxl", ignore=ignored)
        for recipe in recipes:
            for file, anchor, snippet in additions(recipe):
                source = tmp_path / "kamxl" / file
                text = snippet
                if anchor:
                    before = source.read_text(encoding="utf-8")
                    text = with_addition(before, anchor, snippet)
                source.write_text(text, encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(PROJECT)]), "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        found: dict[str, Any] = json.loads(run.stdout)
        return found

    return seen


@pytest.mark.slow
def test_a_key_figure_is_declared_in_one_file_and_its_tile_in_another(
    follow: Callable[..., dict[str, Any]],
) -> None:
    """Value, formula and place follow from the declaration, and the cover repeats the figure."""
    assert len({file for file, _ in ANCHORS[KEY_FIGURE]}) == 2
    seen = follow(_KEY_FIGURE_SEEN, KEY_FIGURE)
    column, figure = seen["places"]
    assert seen["values"] == [9, 9]
    own, tile = seen["formulas"]
    first, last = map(int, re.findall(r"\d+", column.rpartition("!")[2]))
    area = re.search(r"MAX\(\$F\$(\d+):\$F\$(\d+)\)", own)
    assert area is not None
    # From the head to the row below the table: a row inserted anywhere counts.
    assert (int(area[1]), int(area[2])) == (first - 1, last + 1)
    assert tile == f"={figure}"


@pytest.mark.slow
def test_a_score_is_declared_in_three_files(
    follow: Callable[..., dict[str, Any]],
) -> None:
    """The function is exposed, wrapped for VBA and shown beside its native formula, in no further file."""
    assert len({file for file, _ in ANCHORS[SCORE]}) == 3
    seen = follow(_SCORE_SEEN, SCORE)
    assert seen["exposed"]
    assert seen["answers"] == [[150.0], ["#N/A"]]
    assert "Function KAM_PER_VISIT(revenue, visits)" in seen["wrapper"]
    assert any("KAM_PER_VISIT($C$" in cell for cell in seen["cells"])
    assert any("/$D$" in cell for cell in seen["cells"])


@pytest.mark.slow
def test_a_rule_is_declared_in_one_file(
    follow: Callable[..., dict[str, Any]],
) -> None:
    """The rule finds the fault it names, with the cell, and stands in the catalogue."""
    assert len(ANCHORS[RULE]) == 1
    seen = follow(_RULE_SEEN, RULE)
    (finding,) = [one for one in seen["found"] if one[0] == "KAM399"]
    assert "5 Offene Projekte" in finding[1]
    assert "15.11.2026" in finding[2]
    assert "offered-on-a-sunday" in seen["catalogue"]


@pytest.mark.slow
def test_a_portfolio_page_is_a_file_of_its_own(
    follow: Callable[..., dict[str, Any]],
) -> None:
    """The page stands where its number puts it and holds the rows of the new table in the order it asks for."""
    seen = follow(_PAGE_SEEN, TABLE, PAGE)
    place = seen["sheets"].index("Risiken")
    assert seen["sheets"].index("Pipeline") < place < seen["sheets"].index("Wettbewerb")
    damages = [cell for cell in seen["cells"] if cell in {"100", "900"}]
    assert damages[-2:] == ["900", "100"]
    assert "Hagel" in seen["cells"]
