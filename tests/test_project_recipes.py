"""A key figure is declared in two files at most, a score with its function and its formula in three: so it is done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]
Recipe = dict[tuple[str, str], str]
"""What goes before which line of which file."""

KEY_FIGURE: Recipe = {
    ("plan/opportunities.py", "class Opportunities(Sheet):"): '''
def _largest(sheet: Opportunities, _: Given) -> float | None:
    """The largest offer value."""
    values = [row.value for row in sheet.open if row.value is not None]
    return max(values, default=None)


def _largest_formula(terms: Terms) -> str:
    """The formula of `_largest`."""
    values = terms.column("opportunities.open[].value")
    return guarded(when(f"{terms.numbers(values)}=0", EMPTY, f"MAX({values})"))


''',
    ("plan/opportunities.py", "    total_value = Computed("): """
    largest = Computed(
        label=Text(de="Größtes Projekt", en="Largest project"),
        kind=Kind.MONEY,
        help=Text(de="Größter Angebotswert.", en="Largest offer value."),
        value=_largest,
        formula=_largest_formula,
    )
""",
    ("plan/cover.py", "    completeness = Computed("): """
    largest_project = Computed(
        label=Text(de="Größtes Projekt", en="Largest project"),
        kind=Kind.MONEY,
        same_as="opportunities.largest",
    )
""",
}
SCORE: Recipe = {
    (
        "scoring/revenue.py",
        "@dataclass(frozen=True, slots=True)\nclass Concentration",
    ): '''
def revenue_per_visit(revenue: float | None, visits: float | None) -> float | None:
    """Revenue for each visit; None if a value is missing or there was no visit."""
    amount, count = optional(revenue, "revenue", 0), optional(visits, "visits", 0)
    return None if amount is None or not count else amount / count


''',
    ("excel/functions/revenue.py", "from kamxl.texts import Text\n"): """\
from kamxl.scoring.revenue import revenue_per_visit
""",
    ("excel/functions/revenue.py", "_VALUES = Text("): '''
@excel_function(
    Text("Umsatz je Besuch", "Revenue per visit"),
    revenue=Text("Umsatz des Jahres", "Revenue of the year"),
    visits=Text("Besuche im Jahr", "Visits of the year"),
)
def KAM_PER_VISIT(revenue: Cells, visits: Cells) -> object:
    """`revenue_per_visit`, row by row."""
    return rowwise(revenue_per_visit, revenue, visits)


''',
    ("excel/showcase/revenue.py", "REVENUE = Family("): """
_VISITS = Card(
    ("KAM_PER_VISIT",),
    Text("Umsatz je Besuch", "Revenue per visit"),
    Text("Umsatz / Besuche", "revenue / visits"),
    Text("Beträge nicht negativ", "Amounts not negative"),
    Text("Ohne Besuch kein Wert", "No value without a visit"),
    Text("Definition", "Definition"),
    Grid(
        ACCOUNT,
        (Text("Beispiel", "Example"),),
        (
            Series("revenue", Text("Umsatz", "Revenue"), Shape.MONEY, (900,)),
            Series("visits", Text("Besuche", "Visits"), Shape.COUNT, (6,)),
        ),
    ),
    (
        Result(
            Text("je Besuch", "Per visit"),
            safe(
                all_numbers(
                    ("{row[revenue]}", "{row[visits]}"),
                    when("{row[visits]}>0", "{row[revenue]}/{row[visits]}"),
                )
            ),
            "KAM_PER_VISIT({row[revenue]},{row[visits]})",
            Shape.MONEY,
            per_row=True,
        ),
    ),
)
""",
    ("excel/showcase/revenue.py", "_GROWTH, _CAGR, _WALLET"): "_VISITS, ",
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


@pytest.fixture
def follow(tmp_path: Path) -> Callable[[Recipe, str], dict[str, Any]]:
    """Follow a recipe in a copy of the sources, and say what a script sees there."""

    def seen(recipe: Recipe, script: str) -> dict[str, Any]:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / "kamxl", tmp_path / "kamxl", ignore=ignored)
        for (file, anchor), snippet in recipe.items():
            source = tmp_path / "kamxl" / file
            text = source.read_text(encoding="utf-8")
            assert text.count(anchor) == 1, (file, anchor)
            source.write_text(text.replace(anchor, snippet + anchor), encoding="utf-8")
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
    follow: Callable[[Recipe, str], dict[str, Any]],
) -> None:
    """Value, formula and place follow from the declaration, and the cover repeats the figure."""
    assert len({file for file, _ in KEY_FIGURE}) == 2
    seen = follow(KEY_FIGURE, _KEY_FIGURE_SEEN)
    column, figure = seen["places"]
    assert seen["values"] == [9, 9]
    own, tile = seen["formulas"]
    assert f"MAX({column.rpartition('!')[2]})" in own
    assert tile == f"={figure}"


@pytest.mark.slow
def test_a_score_is_declared_in_three_files(
    follow: Callable[[Recipe, str], dict[str, Any]],
) -> None:
    """The function is exposed, wrapped for VBA and shown beside its native formula, in no further file."""
    assert len({file for file, _ in SCORE}) == 3
    seen = follow(SCORE, _SCORE_SEEN)
    assert seen["exposed"]
    assert seen["answers"] == [[150.0], ["#N/A"]]
    assert "Function KAM_PER_VISIT(revenue, visits)" in seen["wrapper"]
    assert any("KAM_PER_VISIT($C$" in cell for cell in seen["cells"])
    assert any("/$D$" in cell for cell in seen["cells"])
