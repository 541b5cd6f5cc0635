"""`kamxl udf list`, `call` and `build` as a user of the shell sees them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kamxl.excel import udf
from kamxl.excel.addin import commands

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["KAM_SEGMENT", "60", "70"], ["Starkunde (2×2)"]),
        (["kam_segment", "60", "70", "part=Strategie"], ["halten/ausbauen"]),
        (["KAM_SCORE", "4;3;;5", "0,4;0,3;0,1;0,2"], ["72,2222222222"]),
        (["KAM_SCORE", "4;3;;5", "part=Abdeckung", "weights=0,4;0,3;0,1;0,2"], ["0,9"]),
        (["KAM_ABC", "400;250;150;100;60;40"], ["A\tA\tA\tB\tB\tC"]),
        (
            [
                "KAM_PIPELINE_PROB",
                "500000;120000;80000;40000",
                "0,2;0,6;0,75;0,9",
                "250000",
            ],
            ["0,2"],
        ),
        (["KAM_BUYING_CENTER", "Entscheider", "part=Einzelkontakt"], ["WAHR"]),
        (["KAM_NPS", "9;9;9", "kleine Stichprobe"], ["WAHR"]),
        (["KAM_CLV", "100", "0.8", "0.1", "wahr"], ["366,666666667"]),
    ],
)
def test_call(words: list[str], lines: list[str]) -> None:
    """Any function can be called with numbers, ranges, blanks, texts and named arguments."""
    assert commands.call(words[0], words[1:]) == (lines, 0)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["KAM_GROWTH", "0", "5"], "#DIV/0!"),
        (["KAM_SEGMENT", "", "5"], "#N/A"),
        (["KAM_SCORE", "9"], "#KAM! values: 9 is not between 1 and 5"),
    ],
)
def test_call_with_an_error_as_answer(words: list[str], line: str) -> None:
    """An error is printed as a cell would show it, in the language asked for; the exit status is 1."""
    assert commands.call(words[0], words[1:], "en") == ([line], 1)


def test_call_the_wrong_way() -> None:
    """A misspelt function is told its neighbours; missing arguments bring the help. Exit status 2."""
    misspelt = commands.call("KAM_SEGMNT", [])
    assert misspelt.status == 2
    assert "KAM_SEGMENT" in misspelt.lines[0]
    for words in ([], ["1", "2", "3"]):
        helped = commands.call("KAM_GROWTH", words)
        assert helped.status == 2
        assert helped.lines[0] == "KAM_GROWTH(previous; current)"


def test_list() -> None:
    """All functions with a line of help each; one with its arguments; in both languages."""
    everything = commands.list_functions()
    assert [line.split()[0] for line in everything.lines] == sorted(udf.__all__)
    one = commands.list_functions(["kam_score"], "en")
    assert one.lines[0].startswith("KAM_SCORE(values; [weights];")
    assert "Weighted score" in one.lines[1]
    assert commands.list_functions(["KAM_X"]).status == 2


def test_build(tmp_path: Path) -> None:
    """Add-in, modules and example configuration come into the folder, and the user reads what was made of what."""
    outcome = commands.build(tmp_path / "Ausgabe")
    assert outcome.status == 0
    assert {Path(line).name for line in outcome.lines[:-1]} == {
        path.name for path in (tmp_path / "Ausgabe").iterdir()
    }
    assert f"{len(udf.__all__)} Funktionen" in outcome.lines[-1]
    named = commands.build(tmp_path / "Team.xlam", "en")
    assert (tmp_path / "Team.xlam").exists()
    assert f"{len(udf.__all__)} functions" in named.lines[-1]


def test_loads_without_the_heavy_packages() -> None:
    """The functions load and answer where pandas, numpy, openpyxl and pydantic are not installed."""
    code = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"pandas", "numpy", "openpyxl", "pydantic", "pyarrow", "rich"}:
            raise ImportError(name)
sys.meta_path.insert(0, Nothing())
from kamxl.excel import udf
print(udf.KAM_SEGMENT(60, 70))
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "Starkunde (2×2)"


def test_nothing_of_the_paid_part_is_imported() -> None:
    """Only the BSD part of xlwings is named anywhere in our code."""
    for source in (ROOT / "kamxl").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        assert not any(
            part in text
            for part in ("xlwings.pro", "xlwings.server", "xlwings.reports")
        ), source
