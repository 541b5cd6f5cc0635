"""What a command line of today does: suggestions, help, patterns, targets tried first, completion, interrupts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kamxl.cli import main
from kamxl.cli.completion import SHELLS, script
from kamxl.cli.examples import EXAMPLES
from kamxl.cli.language import chosen_language
from kamxl.cli.making import Parser
from kamxl.cli.parser import build_parser
from tests.golden_commands import CALLS, COMMAND, GOLDEN, dump

PROJECT = Path(__file__).parents[1]


def run(*arguments: object) -> object:
    """The exit status of a call, also where argparse ends it."""
    try:
        return main(list(map(str, arguments)))
    except SystemExit as end:
        return end.code


def commands(parser: Parser, path: str = "") -> dict[str, Parser]:
    """All commands by the words that name them."""
    found = {path: parser}
    for name, inner in parser.commands.items():
        found |= commands(inner, f"{path} {name}".strip())
    return found


ALL = commands(build_parser("de"))


def test_what_people_mistype_is_answered_as_kept() -> None:
    """More than sixty calls, each with its exit status and its words in both languages."""
    assert len(CALLS) == len(set(CALLS)) >= 60
    told = dump()
    assert told == GOLDEN.read_text(encoding="utf-8"), f"renew with: {COMMAND}"
    assert "Traceback" not in told
    assert not re.search(r"Unerwarteter|Unexpected", told)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", sorted(ALL))
def test_each_help_has_examples_that_can_be_typed(
    path: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Below the options of every command stand examples, which are understood as they are."""
    assert run("--lang", language, "help", *path.split()) == 0
    text = capsys.readouterr().out
    examples = EXAMPLES[path][language].splitlines()
    for line in examples:
        assert f"\n  {line}" in text
        assert line.startswith(f"kamxl {path}".strip())
        typed = re.sub(r" >>? .*", "", line).replace('"', "").split()[1:]
        assert build_parser(language).parse_known_args(typed)[1] == []


@pytest.mark.parametrize("path", sorted(ALL))
def test_help_is_that_of_the_option(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kamxl help X` is `kamxl X --help`."""
    run("help", *path.split())
    first = capsys.readouterr().out
    run(*path.split(), "--help")
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "de"),
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_CH"}, "de"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "pl-PL"}, "en"),
        ({"LANG": "C.UTF-8"}, "de"),
        ({"LANG": "POSIX"}, "de"),
        ({"LANG": "fr_FR", "LC_ALL": "de_CH.UTF-8"}, "de"),
        ({"LANG": "de_DE", "LC_MESSAGES": "it_IT@euro"}, "en"),
        ({"LANG": "fr_FR", "LC_ALL": ""}, "en"),
        ({"LANG": "fr_FR", "KAMXL_LANG": "de"}, "de"),
    ],
)
def test_the_language_of_any_country(
    environment: dict[str, str],
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """German where German is spoken or nothing is said, English everywhere else; what kamxl is told comes first."""
    monkeypatch.chdir(tmp_path)
    assert chosen_language(["check"], environment) == language
    assert chosen_language(["--lang", "en", "check"], environment) == "en"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two files that are no plans."""
    monkeypatch.chdir(tmp_path)
    for name in ("eins.xlsx", "zwei.xlsx", "drei[1].xlsx"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (["*.xlsx"], ["drei[1].xlsx", "eins.xlsx", "zwei.xlsx"]),
        (["?????xlsx"], ["eins.xlsx", "zwei.xlsx"]),
        (["drei[1].xlsx"], ["drei[1].xlsx"]),
        (["**/e*.xlsx", "zwei.xlsx"], ["eins.xlsx", "zwei.xlsx"]),
    ],
)
def test_patterns_are_expanded(
    typed: list[str], names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What a shell leaves to the program finds the files; a file of that very name is meant itself."""
    assert run("check", *typed, "--lang", "de") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" · ")[0] for line in lines if " · " in line] == names


@pytest.mark.usefixtures("files")
def test_a_folder_in_quotation_marks_of_windows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    r"""What cmd.exe makes of "Pläne\" is the folder that was meant."""
    Path("Pläne").mkdir()
    assert run("check", 'Pläne"') == 2
    assert "Hier sind keine Dateien: Pläne\n" in capsys.readouterr().err


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "eins.xlsx", "--report", "./eins.xlsx"], "Diese Datei wird gelesen"),
        (["check", ".", "--annotate", "../{here}"], "liegen die Pläne"),
        (["consolidate", ".", "-o", "p.xlsx", "--report", "P/../p.xlsx"], "brauchen verschiedene"),
        (["consolidate", ".", "-o", "eins.xlsx/p.xlsx"], "nicht schreiben"),
        (["new", "--accounts", "eins.xlsx", "-o", "zwei.xlsx"], "braucht einen Ordner"),
        (["new", "--accounts", "eins.xlsx", "-o", "zwei.xlsx/Neu"], "nicht schreiben"),
        (["consolidate", ".", "-o", "p.xlsx", "--export", "eins.xlsx"], "braucht einen Ordner"),
        (["consolidate", ".", "-o", "p.xlsx", "--export", "."], "liegen die Pläne"),
        (["consolidate", ".", "-o", "p.xlsx", "--export", "eins.xlsx/t"], "nicht schreiben"),
    ],
)  # fmt: skip
def test_targets_are_tried_before_the_work(
    arguments: list[str],
    said: str,
    files: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be written, is read, or is given twice ends a command before any plan is opened."""
    opened: list[object] = []
    for job in ("check", "consolidate", "generate"):
        monkeypatch.setattr(f"kamxl.api.{job}", lambda *a, **_: opened.append(a))
    Path("P").mkdir()
    assert run(*(text.format(here=files.name) for text in arguments)) == 2
    assert said in capsys.readouterr().err
    assert opened == []
    assert {path.name for path in files.iterdir()} == {
        "eins.xlsx", "zwei.xlsx", "drei[1].xlsx", "P",
    }  # fmt: skip


def completed(line: str) -> list[str]:
    """What bash offers behind the last word of a line."""
    words = line.split(" ")
    code = (
        f"{script('bash', build_parser('de'))}\n"
        f"COMP_WORDS=({' '.join(repr(word) for word in words)}); COMP_CWORD={len(words) - 1}\n"
        '_kamxl; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(os.name == "nt", reason="bash is asked")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kamxl co", ["consolidate", "completion"]),
        ("kamxl check --f", ["--format"]),
        ("kamxl check --format ", ["table", "json", "csv"]),
        ("kamxl read --format ", ["table", "json"]),
        ("kamxl check Pläne --lang d", ["de"]),
        ("kamxl udf ca", ["call"]),
        ("kamxl new --profile ", ["full", "compact"]),
        ("kamxl check Plä", []),
    ],
)
def test_bash_completes(line: str, offered: list[str]) -> None:
    """The script offers commands, options and their values; anything else is left to the shell's file names."""
    assert completed(line) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_every_command_and_option(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script of each shell names all commands with all their long options."""
    assert run("completion", shell) == 0
    text = capsys.readouterr().out
    for path, parser in ALL.items():
        lines = (line.strip() for line in text.splitlines())
        told = next(line for line in lines if line.startswith(f"'{path}'"))
        long = {name for name in parser.options if name.startswith("--")}
        assert set(re.findall(r"[\w-]+", told)) >= {*parser.commands, *long}


HEAVY = {"pandas", "numpy", "pyarrow", "openpyxl"}
_LOADED = """
import sys
from kamxl.cli import main
try: main(sys.argv[1:])
except SystemExit: pass
print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "unloaded"),
    [
        (["--help"], HEAVY | {"pydantic", "rich", "xlwings", "kamxl.api"}),
        (["help", "check"], HEAVY | {"pydantic", "rich", "xlwings", "kamxl.api"}),
        (["completion", "bash"], HEAVY | {"rich", "xlwings"}),
        (["rules"], HEAVY | {"rich", "xlwings"}),
        (["explain", "KAM212"], HEAVY | {"rich", "xlwings"}),
        (["settings"], HEAVY | {"rich", "xlwings"}),
        (["read", "{plan}"], HEAVY | {"rich", "xlwings"}),
        (["check", "{plan}"], HEAVY | {"rich", "xlwings"}),
        (["check", "{plan}", "--format", "csv"], HEAVY | {"rich", "xlwings"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_loads_what_it_needs(
    arguments: list[str], unloaded: set[str]
) -> None:
    """Help, reading, checking and rules wait for no library of tables or workbooks."""
    plan = next((PROJECT / "workbooks" / "beispiele").glob("*.xlsx"))
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *(text.format(plan=plan) for text in arguments)],
        capture_output=True, text=True, check=True, cwd=PROJECT, encoding="utf-8",
    )  # fmt: skip
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "kamxl.cli.running" in loaded
    assert loaded & unloaded == set()


_INTERRUPTED = """
import os, signal, sys
def interrupt(event, found):
    if event == "import" and found[0] == sys.argv[1]:
        sys.argv[1] = ""
        os.kill(os.getpid(), signal.SIGINT)
# Whoever starts the tests in the background passes on that interrupts are ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(interrupt)
from kamxl.cli import main
sys.exit(main(["rules"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    "module",
    [
        "kamxl.cli.running", "kamxl.cli.words", "kamxl.errors", "kamxl.cli.language", "argparse", "tomllib",
        "kamxl.cli.parser", "kamxl.cli.making", "kamxl.cli.commands", "kamxl.api", "kamxl.checks.explain", "pydantic",
    ],
)  # fmt: skip
def test_an_interrupt_while_loading_is_a_sentence(module: str) -> None:
    """From the first import on, Ctrl-C ends a command with a sentence and status 2, never with a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, module],
        capture_output=True, text=True, check=False, cwd=PROJECT, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert (done.stderr, done.returncode) == ("kamxl: Abgebrochen.\n", 2)
