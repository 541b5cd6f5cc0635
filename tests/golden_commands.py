"""What the shell answers to commands that a person might mistype, in both languages, as a text to be read.

    python -m tests.golden_commands

renews `tests/golden/commands.txt`; its diff shows what a change does to what people read.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from kamxl.cli import main

GOLDEN = Path(__file__).parent / "golden" / "commands.txt"
COMMAND = "python -m tests.golden_commands"
LANGUAGES = ("de", "en")
_WORLD = {"COLUMNS": "80", "LANG": "C.UTF-8", "NO_COLOR": "1"}
_UNSET = ("KAMXL_LANG", "KAMXL_DEBUG", "LC_ALL", "LC_MESSAGES")

# In the folder that `_world` fills.
CALLS = r"""
kamxl
kamxl chek Pläne
kamxl prüfen Pläne
kamxl Check Pläne
kamxl neu
kamxl portfolio Pläne
kamxl xyz
kamxl --verison
kamxl --sprache de check Pläne
kamxl --lang fr check Pläne
kamxl check
kamxl check ""
kamxl check Plaene
kamxl check Plan.xlsx
kamxl check leer
kamxl check *.xls
kamxl check Pläne --sumary
kamxl check Pläne --zusammenfassung
kamxl check Pläne --json
kamxl check Pläne --format xml
kamxl check Pläne --format cvs
kamxl check Pläne --format
kamxl check Pläne --only
kamxl check Pläne --only KAM2l2
kamxl check Pläne --only requird-empty
kamxl check Pläne --only Umsatz
kamxl check Pläne --quiet --summary
kamxl check Pläne --quiet --format json
kamxl check Pläne --summary --format csv
kamxl check Pläne --deadline morgen
kamxl check Pläne --report Befunde.txt
kamxl check Pläne --report Kunden.csv
kamxl check Pläne/leer.xlsx --report Pläne/leer.xlsx
kamxl check Pläne --per-kam Kunden.csv
kamxl check Pläne --annotate Pläne
kamxl check Pläne --settings kamxl.tml
kamxl check Pläne
kamxl check Pläne --summary
kamxl read
kamxl read Pläne
kamxl read Kunden.csv
kamxl read Pläne/*.xlsx
kamxl read Pläne/leer.xlsx --format csv
kamxl new
kamxl new -o
kamxl new --kunden Kunden.csv -o Neu
kamxl new --accounts Kunden.csv
kamxl new --accounts Kunde.csv -o Neu
kamxl new --accounts Kunden.csv -o Kunden.csv
kamxl new --accounts Kunden.csv --jahr 2027 -o Neu
kamxl new --accounts Kunden.csv --year 27 -o Neu
kamxl new --revenue Umsatz.csv -o Neu
kamxl new --template --accounts Kunden.csv -o Neu
kamxl new --dry-run -o Neu
kamxl new --profile voll -o Plan.xlsx
kamxl consolidate Pläne
kamxl consolidate -o Portfolio.xlsx
kamxl consolidate Pläne -o Portfolio
kamxl consolidate Pläne -o Portfolio.xlsx --report Portfolio.xlsx
kamxl consolidate Pläne -o Portfolio.xlsx --export Kunden.csv
kamxl consolidate Pläne -o Portfolio.xlsx --export Pläne
kamxl consolidate Pläne -o Kunden.csv/Portfolio.xlsx
kamxl consolidate leer -o Portfolio.xlsx
kamxl rules KAM00
kamxl rules Steuererklärung
kamxl rule
kamxl explain
kamxl explain KAM212
kamxl explain KAM999
kamxl explain value-out-of-rage
kamxl help chek
kamxl help explain
kamxl hilfe check
kamxl settings -o Kunden.csv
kamxl setings
kamxl demo
kamxl udf
kamxl udf cal KAM_SEGMENT 60 70
kamxl completion
kamxl completion fish
""".strip().splitlines()


def dump() -> str:
    """All calls with what is printed and the exit status, each in both languages."""
    with TemporaryDirectory() as folder, _world(Path(folder)):
        told = [_told(call) for call in CALLS]
    return "\n".join(told)


def _told(call: str) -> str:
    answers = (f"{language} {_answer(call, language)}" for language in LANGUAGES)
    return f"$ {call}\n" + "".join(answers)


def _answer(call: str, language: str) -> str:
    """The exit status and what stands on the screen."""
    screen = io.StringIO()
    with (
        patch.dict(os.environ, KAMXL_LANG=language),
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
    ):
        status = _status(shlex.split(call)[1:])
    lines = screen.getvalue().splitlines()
    return "\n".join([f"→ {status}", *(f"   {line}".rstrip() for line in lines)]) + "\n"


def _status(arguments: list[str]) -> object:
    try:
        return main(arguments)
    except SystemExit as end:
        return end.code


@contextlib.contextmanager
def _world(folder: Path) -> Iterator[None]:
    """A folder with a few files in it, and a machine that says nothing of itself."""
    (folder / "leer").mkdir()
    (folder / "Pläne").mkdir()
    (folder / "Pläne" / "leer.xlsx").touch()
    (folder / "Pläne" / "alt.xlsx").write_text("Das ist Text.", encoding="utf-8")
    (folder / "Pläne" / "Angebot.docx").touch()
    (folder / "Kunden.csv").write_text(
        "Kundennummer;Firma;KAM\n10023;Mühlenwerke AG;Anna Berg\n", encoding="utf-8"
    )
    quiet = {key: value for key, value in os.environ.items() if key not in _UNSET}
    with (
        contextlib.chdir(folder),
        patch.dict(os.environ, {**quiet, **_WORLD}, clear=True),
    ):
        yield


if __name__ == "__main__":
    GOLDEN.write_text(dump(), encoding="utf-8")
