"""The README says what the command line does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


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


def test_every_file_the_readme_links_to_exists() -> None:
    """Pictures, guides and documents are where the README says."""
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (PROJECT / target).exists()] == []
