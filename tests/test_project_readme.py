"""The README says what is there, and no document names what is not."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kamxl.demo import mistakes, plans, settings
from kamxl.excel import udf
from kamxl.generation.headings import ACCOUNTS, REVENUE
from kamxl.renew import COMMAND, renewed_readme

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROOMS = {
    path.stem
    for path in (PROJECT / "kamxl").iterdir()
    if not path.stem.startswith("_") and path.suffix in ("", ".py")
}


def help_of(*words: str) -> str:
    """What kamxl prints for a command's help, in English."""
    command = [sys.executable, "-m", "kamxl", "--lang", "en", *words, "--help"]
    run = subprocess.run(
        command,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout


def test_the_command_table_is_that_of_the_help() -> None:
    """Every command of the help stands in the README's table and the other way round."""
    listed = set(re.findall(r"^\| `kamxl (\w+)` \|", README, flags=re.MULTILINE))
    offered = set(re.findall(r"^ {4}(\w+) {2,}\S", help_of(), flags=re.MULTILINE)) - {
        "COMMAND"
    }
    assert listed == offered


def test_every_option_the_readme_shows_exists() -> None:
    """An option in a command line of the README is one of that command."""
    shown = re.findall(r"kamxl (new|read|check|consolidate|demo) ([^`\n]*)", README)
    assert shown
    for command, rest in shown:
        known = help_of(command)
        for option in re.findall(r"--[a-z]+", rest):
            assert option in known, f"kamxl {command} knows no {option}"


@pytest.mark.parametrize(
    "document",
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
)
def test_every_file_a_document_names_exists(document: str) -> None:
    """Pictures, guides, folders and modules are where the documents say."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    place = (PROJECT / document).parent
    linked = set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert [name for name in sorted(linked) if not (place / name).exists()] == []
    named = set(re.findall(r"\b(?:kamxl|tests|workbooks|macros)/[\w./-]*\w", text))
    assert [name for name in sorted(named) if not (PROJECT / name).exists()] == []


def test_the_readme_lists_every_heading() -> None:
    """The headings that lists may have are those of the code."""
    assert renewed_readme(README) == README, f"renew with: {COMMAND}"
    for table in (ACCOUNTS, REVENUE):
        assert all(f"| `{key}` | {names[0]}" in README for key, names in table.items())


def test_the_readme_counts_functions_and_examples() -> None:
    """Numbers in the README are those of the code."""
    assert f"{len(udf.__all__)} `KAM_…` functions" in README
    words = {12: "twelve", 3: "three"}
    accounts = plans(settings(year=2027), dt.date(2026, 11, 16))
    careless = [plan for plan in accounts if mistakes(plan.cover.account_id or "")]
    assert f"writes {words[len(accounts)]} example plans" in README
    assert f"{words[len(careless)]} of them with the\nmistakes" in README


def test_every_room_is_in_readme_and_contributing() -> None:
    """The table of the README and the picture of CONTRIBUTING name the rooms that there are, and no other."""
    listed = set(
        re.findall(r"`kamxl/(\w+)(?:\.py)?`", README.partition("## What is where")[2])
    )
    assert listed <= ROOMS
    assert ROOMS - listed <= {"errors", "texts", "renew"}
    picture = CONTRIBUTING.split("```")[1]
    assert set(re.findall(r"\b[a-z]+\b", picture)) >= ROOMS
