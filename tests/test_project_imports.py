"""What a module brings along when it is loaded, seen in a fresh interpreter; static rules stand in pyproject."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kamxl"
SPREADSHEETS = ("openpyxl", "xlwings", "pandas", "numpy", "pyarrow")
PAID = {"pro", "server", "reports"}


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter, in the project's folder."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("kamxl", (*SPREADSHEETS, "pydantic", "rich")),
        ("kamxl.scoring", (*SPREADSHEETS, "pydantic", "rich")),
        ("kamxl.plan", SPREADSHEETS),
        ("kamxl.checks", SPREADSHEETS),
        ("kamxl.xlsx.package", ("openpyxl", "pandas")),
        ("kamxl.xlsx.cells", ("openpyxl", "pandas")),
        ("kamxl.document.finding.read", ("openpyxl", "pandas")),
    ],
)
def test_module_loads_light(module: str, unwanted: tuple[str, ...]) -> None:
    """A room that needs no spreadsheet library does not load one, not even through its package."""
    loaded = python(
        f"import {module}, sys; print(*sorted(sys.modules.keys() & set({unwanted!r})))"
    )
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []


def test_functions_for_cells_load_where_only_xlwings_is() -> None:
    """The UDF module loads where pandas, openpyxl and pydantic cannot be imported, as in a browser."""
    absent = (*(set(SPREADSHEETS) - {"xlwings"}), "pydantic", "rich")
    loaded = python(
        f"import sys; sys.modules.update(dict.fromkeys({absent!r})); import kamxl.excel.udf"
    )
    assert loaded.returncode == 0, loaded.stderr


def imported_by(module: Path) -> set[str]:
    """Every module named in an import statement, wherever it stands, with what is taken from it."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found


@pytest.mark.parametrize(
    "module",
    sorted(PACKAGE.rglob("*.py")),
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_only_the_free_part_of_xlwings_is_imported(module: Path) -> None:
    """The parts pro, server and reports of xlwings have another licence; nothing here touches them."""
    taken = [name.split(".") for name in imported_by(module)]
    assert [
        name for name in taken if name[0] == "xlwings" and PAID & set(name[1:])
    ] == []
