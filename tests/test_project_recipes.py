"""A key figure is declared in two files at most, a score with function and formula in three, as CONTRIBUTING says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]
RECIPES = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# Which snippet of each recipe goes before which line of which file.
KEY_FIGURE = "## Add a key figure"
SCORE = "## Add a score"
ANCHORS = {
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
    """File, line and what the recipe inserts before it."""
    section = re.split(r"\n(?=## )", RECIPES[RECIPES.index(recipe) :])[0]
    snippets = re.findall(r"```python\n(.*?)```", section, flags=re.DOTALL)
    places = zip(ANCHORS[recipe], snippets, strict=True)
    return [(file, anchor, snippet) for (file, anchor), snippet in places]


@pytest.fixture
def follow(tmp_path: Path) -> Callable[[str, str], dict[str, Any]]:
    """Follow a recipe in a copy of the sources, and say what a script sees there."""

    def seen(recipe: str, script: str) -> dict[str, Any]:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / "kamxl", tmp_path / "kamxl", ignore=ignored)
        for file, anchor, snippet in additions(recipe):
            source = tmp_path / "kamxl" / file
            text = source.read_text(encoding="utf-8")
            assert text.count(anchor) == 1, (file, anchor)
            # Within a line a snippet is a word.
            added = (
                snippet
                if text[text.index(anchor) - 1] == "\n"
                else snippet.rstrip("\n")
            )
            source.write_text(text.replace(anchor, added + anchor), encoding="utf-8")
        run = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        found: dict[str, Any] = json.loads(run.stdout)
        return found

    return seen


@pytest.mark.slow
def test_a_key_figure_is_declared_in_one_file_and_its_tile_in_another(
    follow: Callable[[str, str], dict[str, Any]],
) -> None:
    """Value, formula and place follow from the declaration, and the cover repeats the figure."""
    assert len({file for file, _ in ANCHORS[KEY_FIGURE]}) == 2
    seen = follow(KEY_FIGURE, _KEY_FIGURE_SEEN)
    column, figure = seen["places"]
    assert seen["values"] == [9, 9]
    own, tile = seen["formulas"]
    assert f"MAX({column.rpartition('!')[2]})" in own
    assert tile == f"={figure}"


@pytest.mark.slow
def test_a_score_is_declared_in_three_files(
    follow: Callable[[str, str], dict[str, Any]],
) -> None:
    """The function is exposed, wrapped for VBA and shown beside its native formula, in no further file."""
    assert len({file for file, _ in ANCHORS[SCORE]}) == 3
    seen = follow(SCORE, _SCORE_SEEN)
    assert seen["exposed"]
    assert seen["answers"] == [[150.0], ["#N/A"]]
    assert "Function KAM_PER_VISIT(revenue, visits)" in seen["wrapper"]
    assert any("KAM_PER_VISIT($C$" in cell for cell in seen["cells"])
    assert any("/$D$" in cell for cell in seen["cells"])
