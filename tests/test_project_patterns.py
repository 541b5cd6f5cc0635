"""Regular expressions mean the same on every Python that kamxl runs on.

CPython 3.11.0 to 3.11.4 match possessive quantifiers and atomic groups wrongly (gh-106052), without an error: a value
read by such a pattern is silently lost there. Debian 12 ships 3.11.2.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kamxl"
NOT_SYNTAX = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
POSSESSIVE = re.compile(r"[*+?}]\+|\(\?>")


def possessive(pattern: str) -> bool:
    """Whether a regular expression has a possessive quantifier or an atomic group."""
    return bool(POSSESSIVE.search(NOT_SYNTAX.sub("x", pattern)))


def patterns(module: ast.Module) -> Iterator[str]:
    """The pieces of text from which a module makes its regular expressions, named constants included."""
    constants = {
        target.id: node.value
        for node in module.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    for call in calls:
        if not re.fullmatch(r"re\.\w+", ast.unparse(call.func)):
            continue
        for argument in call.args[:1]:
            yield from texts(argument)
            for name in names(argument) & set(constants):
                yield from texts(constants[name])


def names(expression: ast.expr) -> set[str]:
    """The names in an expression."""
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def texts(expression: ast.expr) -> Iterator[str]:
    """The literal texts in an expression, those of bytes too."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            yield node.value.decode("latin-1")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a++", True),
        ("[a-z]*+", True),
        ("(?:x)?+", True),
        ("x{2,3}+", True),
        ("(?>x)", True),
        (r"\++", False),
        ("[*+]+", False),
        ("[]*+?]+", False),
        (r"[\]+]+?", False),
        ("(?:a+)+", False),
    ],
)
def test_a_possessive_quantifier_is_told(pattern: str, expected: bool) -> None:
    """The search finds each of the forms, and nothing else."""
    assert possessive(pattern) is expected


def test_no_pattern_is_possessive() -> None:
    """No regular expression of the package uses what some releases of Python match wrongly."""
    written = {
        str(path.relative_to(PACKAGE)): list(
            patterns(ast.parse(path.read_text(encoding="utf-8")))
        )
        for path in PACKAGE.rglob("*.py")
    }
    assert {
        name: found
        for name, pieces in written.items()
        if (found := [piece for piece in pieces if possessive(piece)])
    } == {}
    assert sum(map(len, written.values())) > 50
