"""Whatever in the sources names a field of the plan names one that there is: a renamed field is not lost in silence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kamxl
from kamxl.document.formulas import document_formulas
from kamxl.document.layout.layout import lay_out
from kamxl.document.paths import pattern_of
from kamxl.document.vocabulary import Profile
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings

PACKAGE = Path(kamxl.__file__).parent
SPEC = plan_spec(Settings(profile=Profile.FULL, plan_year=2027))
SHEETS = {sheet.key for sheet in SPEC.sheets}
# Modules and files bear names of sheets too.
FOREIGN = re.compile(r"kamxl\.|\.(toml|xlsx|csv|json|md|py|png|rels)$")
_INDEX = re.compile(r"\[[^\]]*\]")


def known() -> set[str]:
    """The patterns of all fields, figures, totals, tables and sheets, and the beginnings of each."""
    layout = lay_out(SPEC, "de")
    paths = {*SPEC.fields, *layout.spots, *document_formulas(layout)}
    patterns = {pattern_of(path) for path in paths}
    patterns |= {part.pattern for part in SPEC.parts}
    beginnings: set[str] = set()
    for pattern in patterns:
        steps = pattern.split(".")
        for count in range(1, len(steps) + 1):
            beginning = ".".join(steps[:count])
            beginnings |= {
                beginning,
                beginning.removesuffix("[]"),
                beginning.removesuffix("[][]"),
            }
    return beginnings


KNOWN = known()
KNOWN |= {pattern.rpartition(".")[2] for pattern in KNOWN}


def written(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each literal; what is filled into an f-string counts as the number of a row."""
    inner = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts = [
                part.value if isinstance(part, ast.Constant) else "0"
                for part in node.values
            ]
            yield node.lineno, "".join(map(str, texts))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inner
        ):
            yield node.lineno, node.value


def named(text: str) -> str | None:
    """The pattern of the field that a literal names, None where it names none; a key behind a row may be of any row."""
    if FOREIGN.search(text):
        return None
    if re.fullmatch(r"0\.[a-z_]{3,}", text):
        return text.removeprefix("0.")
    steps = r"[a-z_]+(\[\w*\])*"
    is_path = re.fullmatch(rf"{steps}(\.{steps})+", text)
    known_sheet = text.partition(".")[0] in SHEETS
    return _INDEX.sub("[]", text) if is_path and known_sheet else None


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.is_file())


@pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_every_literal_that_names_a_field_names_one_there_is(module: Path) -> None:
    """A field that was renamed keeps its colour, its rule and its place in the portfolio, or this fails."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {(line, named(text)) for line, text in written(tree)}
    assert {(line, name) for line, name in names if name and name not in KNOWN} == set()


def test_a_literal_that_names_nothing_is_found() -> None:
    """Whole paths, patterns and f-strings are recognised; other texts with a dot are not."""
    source = 'a = "cover.company", f"opportunities.open[{n}].vallue", "kamxl.toml", f"{row}.closed_date"'
    names = {named(text) for _, text in written(ast.parse(source))} - {None}
    assert names - KNOWN == {"opportunities.open[].vallue", "closed_date"}
