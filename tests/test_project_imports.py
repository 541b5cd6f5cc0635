"""What a module brings along when it is loaded, seen in a fresh interpreter; static rules stand in pyproject."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections import Counter
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


def module_name(path: Path) -> str:
    """The name under which Python imports a file of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {
    name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()
}


def declared(tree: ast.Module) -> set[str]:
    """The names that a module itself gives to a class, function or value."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = (part for target in targets for part in ast.walk(target))
            found |= {part.id for part in names if isinstance(part, ast.Name)}
    return found - {"__all__"}


def registered(tree: ast.Module) -> set[str]:
    """The functions that a decorator hands to whoever calls them."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if node.decorator_list}


def taken() -> dict[str, set[str]]:
    """By module: the names that other modules of the package import from it."""
    found: dict[str, set[str]] = {name: set() for name in MODULES}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in found:
                found[node.module] |= {one.name for one in node.names}
    return found


def test_all_is_true() -> None:
    """What others take from a package is listed in its `__all__` and exists; a plain module passes nothing on."""
    imported = taken()
    # Excel reads from this list which functions there are.
    del imported["kamxl.excel.udf"]
    for name in imported:
        listed = getattr(importlib.import_module(name), "__all__", None)
        if MODULES[name].name != "__init__.py":
            assert listed is None, f"{name} passes nothing on"
        elif listed is not None:
            assert [one for one in listed if not hasattr(sys.modules[name], one)] == []
            modules = {one for one in imported[name] if f"{name}.{one}" in MODULES}
            assert imported[name] - modules <= set(listed), name


def test_what_begins_with_an_underscore_stays_at_home() -> None:
    """No module takes from another what that one keeps to itself."""
    private = {
        f"{name}.{one}"
        for name, names in taken().items()
        for one in names
        if one.startswith("_") and not one.startswith("__")
    }
    assert private == set()


def test_a_type_has_a_name_of_its_own() -> None:
    """A reader who meets a type's name anywhere in the package knows which one is meant."""
    homes: dict[str, list[str]] = {}
    for name, tree in TREES.items():
        for one in declared(tree):
            if one[0].isupper() and not one.isupper():
                homes.setdefault(one, []).append(name)
    assert {one: names for one, names in homes.items() if len(names) > 1} == {}


def test_nothing_is_declared_in_vain() -> None:
    """Every name that a module declares is used somewhere in the package."""
    words = Counter[str]()
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                words[node.id] += isinstance(node.ctx, ast.Load)
            elif isinstance(node, ast.Attribute):
                words[node.attr] += 1
            elif isinstance(node, ast.alias):
                words[node.name] += 1
    # Found by their names when Python or Excel asks.
    asked_for = {"__getattr__", "__dir__", "COMMAND"}
    unused = {
        f"{name}.{one}"
        for name, tree in TREES.items()
        for one in declared(tree) - registered(tree) - asked_for
        if MODULES[name].name != "__init__.py" and not words[one]
    }
    assert unused == set()
