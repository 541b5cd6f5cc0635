"""The functions in foreign programs: LibreOffice in Excel's place, and Python in a browser's engine."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings
from openpyxl.worksheet.formula import ArrayFormula
from pyopenvba import ExcelFile

from kamxl.excel import udf
from kamxl.excel.addin import bas
from kamxl.generation.guide import office_program
from tests.clients.office import bridge_python, missing_office
from tests.conftest import need

CLIENTS = Path(__file__).with_name("clients")
PYODIDE = (
    Path(__file__).parents[1] / ".cache" / "node_modules" / "pyodide" / "pyodide.mjs"
)

FORMULAS: dict[str, tuple[str, Any]] = {
    "H1": ("=KAM_SCORE(A1:A4,B1:B4)", pytest.approx(65 / 0.9)),
    "H2": ("=KAM_SEGMENT(60,70)", "Starkunde (2×2)"),
    "H3": ('=KAM_SEGMENT(H1,70,"3x3","Zone","de")', "Investieren"),
    "H4": ("=KAM_SEGMENT(KAM_SCORE(A1:A4),Z9)", "#N/A"),
    "H5": ("=KAM_GROWTH(100,130)", pytest.approx(0.3)),
    "H6": ("=KAM_GROWTH(A12,130)", "#DIV/0!"),
    "H7": ("=KAM_GROWTH(A13,1)", "#N/A"),
    "H8": ("=KAM_SCORE(A14)", "#KAM! values: 'Text' ist keine Zahl"),
    "H9": ("=KAM_HHI(A10:F10)", pytest.approx(2602)),
    "H10": (
        "=KAM_RELATIONSHIP(0.5,0,0.5,A15,50,A16)",
        pytest.approx(0.85 * 50 + 0.15 * 250 / 3),
    ),
    "H11": ("=KAM_PIPELINE_PROB(A5:A8,B5:B8,250000)", pytest.approx(0.2)),
    "H12": ('=KAM_NPS(A1:A4,"Detraktoren")', 3),
    "H13": ("=KAM_SCORE({4,3,5})", pytest.approx(75)),
    "H14": ("=KAM_HHI(A12:A13)", "#DIV/0!"),
    "H15": ("=KAM_GROWTH(0,1)", "#DIV/0!"),
}
CLASSES = dict(zip("ABCDEF", "AAABBC", strict=True))


def resolved(source: str) -> str:
    """The wrapper as the VBA of another program than Excel compiles it: the #Else branches."""
    lines, branches = [], []
    for line in source.splitlines():
        word = line.strip()
        if word.startswith("#If"):
            branches.append(False)
        elif word == "#Else":
            branches[-1] = True
        elif word == "#End If":
            branches.pop()
        elif not word.startswith("#Const") and all(branches):
            lines.append(line)
    return "\r\n".join(lines)


def workbook(path: Path) -> Path:
    """A workbook with the generated wrapper, cells to read and formulas that call the functions."""
    link = 'Function XLPy()\r\nSet XLPy = CreateUnoService("kamxl.StandIn")\r\nEnd Function\r\n'
    with ExcelFile.create_new(path) as book:
        project = book.vba_project()
        project.add_module("xlwings_udfs", resolved(bas.wrapper_module()))
        project.add_module("link", link)
        book.save()
    filled = openpyxl.load_workbook(path, keep_vba=True)
    sheet = filled.active
    columns = {
        "A": [4, 3, None, 5, 500_000, 120_000, 80_000, 40_000],
        "B": [0.4, 0.3, 0.1, 0.2, 0.2, 0.6, 0.75, 0.9],
    }
    for letter, cells in columns.items():
        for row, content in enumerate(cells, 1):
            sheet[f"{letter}{row}"] = content
    for letter, content in zip(CLASSES, [400, 250, 150, 100, 60, 40], strict=True):
        sheet[f"{letter}10"] = content
    sheet["A12"], sheet["A13"], sheet["A14"] = "=1/0", "=NA()", "Text"
    sheet["A15"], sheet["A16"] = dt.date(2026, 1, 1), dt.date(2026, 1, 31)
    sheet["A20"] = ArrayFormula("A20:F20", "=KAM_ABC(A10:F10)")
    for cell, (formula, _) in FORMULAS.items():
        sheet[cell] = formula
    filled.save(path)
    return path


@pytest.mark.slow
@pytest.mark.client
def test_libreoffice_in_the_place_of_excel(tmp_path: Path) -> None:
    """Formulas in cells call the generated VBA, the VBA calls xlwings' real code, and that calls kamxl.

    Numbers, ranges, computed arrays, omitted arguments, dates, blanks and error values all arrive, and a row of
    results fills a row of cells.
    """
    need(missing_office())
    request = {
        "program": office_program(),
        "python": sys.executable,
        "workbook": str(workbook(tmp_path / "Bewertung.xlsm")),
        "cells": [*FORMULAS, *(f"{letter}20" for letter in CLASSES)],
    }
    done = subprocess.run(
        [str(bridge_python()), CLIENTS / "excel_stand_in.py"],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    played = json.loads(done.stdout)
    shown = played["cells"]
    assert {cell: shown[cell] for cell in FORMULAS} == {
        cell: value for cell, (_, value) in FORMULAS.items()
    }
    assert {letter: shown[f"{letter}20"] for letter in CLASSES} == CLASSES
    called = {call["call"] for call in played["calls"]}
    assert called == {
        name.split("(")[0].strip("=") for name, _ in FORMULAS.values()
    } | {"KAM_ABC"}


@pytest.mark.slow
@pytest.mark.client
def test_python_in_the_browser() -> None:
    """Under Pyodide, with nothing but the standard library and xlwings, the module loads and answers."""
    need(None if shutil.which("node") else "node is not installed")
    need(
        None
        if PYODIDE.exists()
        else "Pyodide is not installed in .cache (npm: pyodide)"
    )
    root, site = Path(__file__).parents[1], Path(xlwings.__file__).parents[1]
    done = subprocess.run(
        ["node", CLIENTS / "pyodide_udf.mjs", PYODIDE, root, site],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["segment"] == "Starkunde (2×2)"
    assert answer["score"] == pytest.approx(65 / 0.9)
    assert answer["error"] == "#DIV/0!"
    assert answer["functions"] == len(udf.__all__)
    assert answer["heavy"] == []
