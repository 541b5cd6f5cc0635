"""The command line as its users meet it: commands, languages, exit status, JSON; never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import kamxl
from kamxl.cli import main, words
from kamxl.cli.parser import build_parser
from kamxl.generation.generate import Manner, generate_plans
from kamxl.plan.settings.model import Settings

ACCOUNTS = (
    "account_id;company;key_account_manager\nA1;Alpha AG;Anna Berg\nB2;Beta GmbH;\n"
)


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language and no debugging from outside."""
    monkeypatch.delenv("KAMXL_LANG", raising=False)
    monkeypatch.delenv("KAMXL_DEBUG", raising=False)


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """An account list of two."""
    path = tmp_path / "kunden.csv"
    path.write_text(ACCOUNTS, encoding="utf-8")
    return path


@pytest.fixture
def plans(accounts: Path, tmp_path: Path) -> Path:
    """A folder with the two plans, as generated."""
    generate_plans(
        tmp_path / "Pläne 2027", accounts, Settings(plan_year=2027), Manner()
    )
    return tmp_path / "Pläne 2027"


def kamxl_command(
    *arguments: object, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kamxl", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[1],
        env={**os.environ, **environment},
    )


def wrong(*arguments: object) -> int:
    """The exit status of a call with wrong arguments."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    assert isinstance(caught.value.code, int)
    return caught.value.code


def run(*arguments: object) -> int:
    """The exit status of a call."""
    return main([str(argument) for argument in arguments])


def printed_json(capsys: pytest.CaptureFixture[str]) -> Any:
    """What was printed, as JSON and nothing else."""
    return json.loads(capsys.readouterr().out)


# --- languages and arguments -------------------------------------------------------------------------------


def test_help_is_german_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    """German is the language of the users, down to argparse's own sentences."""
    assert wrong("--help") == 0
    text = capsys.readouterr().out
    assert "Aufruf: kamxl" in text
    assert "Pläne zu einem Portfolio zusammenführen" in text
    assert not {"usage", "options:", "show this"} & set(text.split())


@pytest.mark.parametrize("how", ["--lang", "KAMXL_LANG", "settings"])
def test_language_can_be_chosen(
    how: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """By option, by environment, or by the settings file."""
    arguments: list[object] = ["check"]
    if how == "--lang":
        arguments = ["--lang", "en", "check"]
    elif how == "KAMXL_LANG":
        monkeypatch.setenv(how, "en")
    else:
        (tmp_path / "kamxl.toml").write_text('language = "en"')
        arguments += ["--settings", tmp_path / "kamxl.toml"]
    assert wrong(*arguments) == 2
    assert "the following arguments are required: PATH" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "es fehlt: COMMAND"),
        (["prüfe"], "„prüfe“ gibt es nicht; gemeint ist vielleicht check"),
        (["xyz"], "„xyz“ gibt es nicht (möglich: "),
        (["check"], "es fehlt: PATH"),
        (["check", "x", "--format", "xml"], "--format: „xml“ gibt es nicht"),
        (["check", "x", "--farbe"], "unbekannt: --farbe"),
        (["consolidate", "x"], "es fehlt: -o/--output"),
        (["new", "-o"], "-o/--output: es fehlt der Wert"),
        (
            ["new", "-o", "x", "--year", "27"],
            "„27“ ist keine Jahreszahl von 1990 bis 2099",
        ),
        (["new", "-o", "x", "--template", "--accounts", "a"], "schließen sich aus"),
        (["new", "-o", "x", "--revenue", "r"], "--revenue braucht --accounts"),
        (["udf"], "es fehlt: COMMAND"),
    ],
)
def test_wrong_arguments_are_explained_in_german(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong arguments end with status 2 and a sentence in the user's language."""
    assert wrong(*arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_command_has_help_in_both_languages(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command and each option says what it is for."""
    parser = build_parser(language)
    for command in ("new", "read", "check", "consolidate", "settings", "demo", "udf"):
        assert wrong("--lang", language, command, "--help") == 0
        assert capsys.readouterr().out
    text = parser.format_help()
    assert (words.NEW.de in text) == (language == "de")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is that of the package."""
    assert wrong("--version") == 0
    assert capsys.readouterr().out == f"kamxl {kamxl.__version__}\n"


def test_help_comes_at_once() -> None:
    """Neither pandas nor openpyxl nor pydantic is loaded to show the help."""
    code = (
        "import sys; from kamxl.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(sys.modules.keys() & {'pandas', 'openpyxl', 'pydantic', 'rich', 'xlwings'}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.stderr.strip() == "[]"


# --- new ---------------------------------------------------------------------------------------------------


def test_new_writes_one_plan_per_account(
    accounts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command of the README: one workbook per row of the list."""
    assert (
        run("new", "--accounts", accounts, "--year", "2027", "-o", tmp_path / "out")
        == 0
    )
    assert capsys.readouterr().out == f"Geschriebene Pläne: 2 ({tmp_path / 'out'})\n"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "A1_Alpha-AG_2027.xlsx", "B2_Beta-GmbH_2027.xlsx",
    ]  # fmt: skip


def test_new_never_overwrites_by_itself(
    accounts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second call leaves the plans alone, says so in a line and ends with status 0."""
    call = ("new", "--accounts", accounts, "--year", "2027", "-o", tmp_path / "out")
    run(*call)
    plan = tmp_path / "out" / "A1_Alpha-AG_2027.xlsx"
    before = plan.read_bytes()
    capsys.readouterr()
    assert run(*call) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (f"2 schon vorhanden ({tmp_path / 'out'})\n", "")
    assert plan.read_bytes() == before
    assert run(*call, "--overwrite") == 0
    assert plan.read_bytes() != before  # a new plan, with an identity of its own


@pytest.mark.parametrize(
    ("extra", "kind"), [(["--template"], "template"), ([], "plan")]
)
def test_new_writes_template_and_blank_plan(
    extra: list[str], kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an account list there is one workbook, in the language and profile asked for."""
    path = tmp_path / "Plan.xlsx"
    assert (
        run(
            "new",
            "--year",
            "2027",
            "--lang",
            "en",
            "--profile",
            "compact",
            *extra,
            "-o",
            path,
        )
        == 0
    )
    assert capsys.readouterr().out == f"Written: {path}\n"
    assert run("read", path, "--format", "json") == 0
    identity = printed_json(capsys)["identity"]
    assert {key: identity[key] for key in ("kind", "language", "profile", "plan_year")} == {
        "kind": kind, "language": "en", "profile": "compact", "plan_year": 2027,
    }  # fmt: skip


def test_new_with_the_companys_settings(
    accounts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Year, language and groups of a kamxl.toml hold unless an option says otherwise."""
    settings = tmp_path / "kamxl.toml"
    settings.write_text(
        'plan_year = 2031\nlanguage = "en"\nproduct_groups = ["Pumps"]\n'
    )
    assert (
        run(
            "new",
            "--accounts",
            accounts,
            "--settings",
            settings,
            "-o",
            tmp_path / "out",
        )
        == 0
    )
    assert "Plans written: 2" in capsys.readouterr().out
    plan = kamxl.read(tmp_path / "out" / "A1_Alpha-AG_2031.xlsx")
    assert plan.identity.language == "en"
    assert [row.product_group for row in plan.plan.revenue.revenue] == ["Pumps"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("plan_year = 27", "kamxl.toml: plan_year"),
        ("plan_year = ", "kamxl.toml: "),
        ("farbe = 1", "kamxl.toml: farbe"),
    ],
)
def test_wrong_settings_are_one_sentence(
    content: str,
    message: str,
    accounts: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A wrong settings file ends with status 2 and names the key."""
    (tmp_path / "kamxl.toml").write_text(content)
    call = (
        "new",
        "--accounts",
        accounts,
        "--settings",
        tmp_path / "kamxl.toml",
        "-o",
        tmp_path / "out",
    )
    assert run(*call) == 2
    err = capsys.readouterr().err
    assert message in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


# --- read, check, consolidate ------------------------------------------------------------------------------


def test_read_prints_every_field_as_json(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Identity and all input fields in plan order, dates as ISO text, empty ones included."""
    plan = next(plans.iterdir())
    assert run("read", plan, "--format", "json") == 0
    content = printed_json(capsys)
    assert content["identity"]["account_id"] == "A1"
    fields = {field["path"]: field for field in content["fields"]}
    assert list(fields["cover.company"]) == [
        "path",
        "label",
        "value",
        "raw",
        "state",
        "sheet",
        "cell",
    ]
    assert fields["cover.company"]["value"] == "Alpha AG"
    assert len(fields["cover.created_on"]["value"]) == len("2027-01-01")
    assert fields["summary.goals"]["state"] == "empty"
    assert fields["contacts.matrix[0][1].actual"]["cell"]


def test_read_as_table(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For another program: one line per field that holds something."""
    assert run("read", next(plans.iterdir())) == 0
    out, err = capsys.readouterr()
    assert "cover.company\tAlpha AG\tDeckblatt!" in out
    assert "Leere Felder: " in err


def test_read_of_something_else(
    accounts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is no plan gets a sentence and status 2."""
    assert run("read", accounts) == 2
    err = capsys.readouterr().err
    assert "kunden.csv" in err
    assert "Traceback" not in err


def test_check_as_json_keeps_every_finding(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The interface for other programs: files with findings, and the counts."""
    assert run("check", plans, "--format", "json") == 0
    content = printed_json(capsys)
    assert content["counts"] == {
        "found": 2,
        "accepted": 2,
        "partial": 0,
        "rejected": 0,
        "ignored": 0,
    }
    first, second = content["files"]
    assert (Path(first["file"]).name, first["status"]) == (
        "A1_Alpha-AG_2027.xlsx",
        "accepted",
    )
    keys = [
        "code",
        "rule",
        "severity",
        "sheet",
        "cell",
        "path",
        "label",
        "value",
        "message",
        "remedy",
        "answer",
        "parts",
    ]
    assert all(
        list(finding) == keys
        for file in content["files"]
        for finding in file["findings"]
    )
    missing = [
        f for f in second["findings"] if f["path"] == "cover.key_account_manager"
    ]
    assert [(f["code"], f["severity"], f["sheet"]) for f in missing] == [
        ("KAM201", "open", "Deckblatt")
    ]
    assert missing[0]["cell"]
    parts = [part for f in first["findings"] for part in f["parts"]]
    assert sum(part["path"].startswith("profile.") for part in parts) > 1


def test_check_condenses_untouched_sheets_for_people(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing on a sheet that nobody has touched is one line with its number."""
    assert run("check", *sorted(plans.iterdir())) == 0
    out = capsys.readouterr().out
    lines = [
        line
        for line in out.splitlines()
        if line.startswith("A1_") and "2 Wichtige Informationen" in line
    ]
    assert len(lines) == 1
    assert "noch nicht bearbeitet" in lines[0]
    assert (
        "Dateien: 2, davon 2 übernommen, 0 teilweise übernommen, 0 abgelehnt, 0 nicht berücksichtigt."
        in out
    )


def test_check_writes_a_report(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The findings as a workbook, which a later check does not take for a plan."""
    report = tmp_path / "Befunde.xlsx"
    assert run("check", plans, "--report", report) == 0
    assert f"Geschrieben: {report}" in capsys.readouterr().out
    assert run("check", report, "--format", "json") == 0
    assert printed_json(capsys)["counts"]["ignored"] == 1


@pytest.mark.parametrize("command", ["check", "consolidate"])
def test_nothing_there(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing place and an empty folder are hardly what was meant."""
    more = ["-o", tmp_path / "p.xlsx"] if command == "consolidate" else []
    assert run(command, tmp_path / "nirgends", *more) == 2
    assert "nirgends" in capsys.readouterr().err
    (tmp_path / "leer").mkdir()
    assert run(command, tmp_path / "leer", *more) == 2
    assert "keine Dateien" in capsys.readouterr().err
    assert not (tmp_path / "p.xlsx").exists(), (
        "an empty portfolio would replace the last one"
    )


@pytest.mark.slow
def test_consolidate_beside_broken_files(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Good plans are consolidated; each of the others is named with its own finding, and the status is 1."""
    (plans / "leer.xlsx").touch()
    (plans / "text.xlsx").write_text("Das ist Text.")
    (plans / "~$A1_Alpha-AG_2027.xlsx").write_bytes(b"lock")
    (plans / "abgeschnitten.xlsx").write_bytes(
        (plans / "A1_Alpha-AG_2027.xlsx").read_bytes()[:9000]
    )
    output, export = tmp_path / "Portfolio.xlsx", tmp_path / "export"
    assert (
        run("consolidate", plans, "-o", output, "--export", export, "--format", "json")
        == 1
    )
    content = printed_json(capsys)
    assert content["counts"] == {
        "found": 6,
        "accepted": 2,
        "partial": 0,
        "rejected": 3,
        "ignored": 1,
    }
    codes = {
        Path(file["file"]).name: {f["code"] for f in file["findings"]}
        for file in content["files"]
    }
    broken = ("leer.xlsx", "text.xlsx", "~$A1_Alpha-AG_2027.xlsx", "abgeschnitten.xlsx")
    assert len({min(codes[name]) for name in broken}) == len(broken)
    assert output.stat().st_size > 10_000
    names = (
        "accounts",
        "revenue",
        "opportunities",
        "measures",
        "contacts",
        "findings",
        "sources",
    )
    assert all(
        (export / f"{name}{suffix}").exists()
        for name in names
        for suffix in (".csv", ".parquet")
    )


# --- the other commands ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en"])
def test_settings_prints_a_file_that_works(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The printed defaults are a valid settings file in the language."""
    assert run("settings", "--lang", language) == 0
    text = capsys.readouterr().out
    assert tomllib.loads(text)["language"] == language
    (tmp_path / "kamxl.toml").write_text(text, encoding="utf-8")
    assert Settings.load(tmp_path / "kamxl.toml").language == language


@pytest.mark.slow
def test_demo_leaves_everything_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lists, settings, twelve plans (three with mistakes), findings and portfolio; run again it keeps the plans."""
    folder = tmp_path / "demo"
    assert run("demo", folder, "--year", "2027") == 0
    out = capsys.readouterr().out
    assert "Dateien: 12, davon 9 übernommen, 3 teilweise übernommen, 0 abgelehnt" in out
    assert f"Öffnen Sie als Nächstes das Portfolio: {folder / 'portfolio.xlsx'}" in out
    for name in (
        "accounts.csv",
        "revenue.csv",
        "kamxl.toml",
        "findings.xlsx",
        "portfolio.xlsx",
    ):
        assert (folder / name).stat().st_size > 100
    plans = sorted((folder / "plans").iterdir())
    assert len(plans) == 12
    before = [plan.read_bytes() for plan in plans]
    assert run("demo", folder, "--year", "2027") == 0
    assert [plan.read_bytes() for plan in plans] == before
    lists = ("--accounts", folder / "accounts.csv", "--revenue", folder / "revenue.csv")
    assert (
        run("new", *lists, "--settings", folder / "kamxl.toml", "-o", tmp_path / "neu")
        == 0
    )
    assert {path.name for path in (tmp_path / "neu").iterdir()} == {
        plan.name for plan in plans
    }


def test_udf_functions_from_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    """Any function can be listed and called; negative numbers are arguments, not options."""
    assert run("udf", "list") == 0
    assert "KAM_SEGMENT" in capsys.readouterr().out
    assert run("udf", "call", "KAM_GROWTH", "-100", "-50") in (0, 1)
    capsys.readouterr()
    assert run("udf", "call", "KAM_GROWTH", "100", "130") == 0
    assert capsys.readouterr().out.strip() == "0,3"
    assert run("udf", "call", "KAM_NIX") == 2
    assert "KAM_NIX" in capsys.readouterr().err


# --- when things go wrong ----------------------------------------------------------------------------------


def _raise(error: BaseException) -> Any:
    def fail(_: object) -> int:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            PermissionError(13, "Permission denied", "C:/p.xlsx"),
            "kamxl: C:/p.xlsx: die Berechtigung fehlt",
        ),
        (KeyboardInterrupt(), "kamxl: Abgebrochen."),
        (
            ZeroDivisionError("x"),
            "kamxl: Unerwarteter Fehler: ZeroDivisionError: x. Bitte melden Sie ihn",
        ),
    ],
)
def test_no_traceback(
    error: BaseException,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever happens, a user sees one sentence; the details come with KAMXL_DEBUG=1."""
    monkeypatch.setattr("kamxl.cli.commands.run", _raise(error))
    assert run("settings") == 2
    err = capsys.readouterr().err
    assert err.startswith(message)
    assert "Traceback" not in err
    monkeypatch.setenv("KAMXL_DEBUG", "1")
    assert run("settings") == 2
    assert ("Traceback" in capsys.readouterr().err) == isinstance(
        error, ZeroDivisionError
    )


def test_old_console_code_page_does_not_end_the_work() -> None:
    """Output is UTF-8 whatever the console says, so umlauts and dashes never fail."""
    done = kamxl_command("settings", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "für" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [["settings"], ["udf", "call", "KAM_SEGMENT", "60", "70"]]
)
def test_output_cut_short(arguments: list[str]) -> None:
    """A reader who has seen enough (head) is no error worth a traceback, however much there is to print."""
    with subprocess.Popen(
        [sys.executable, "-m", "kamxl", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read().decode()
    assert "Traceback" not in error
    assert "Exception" not in error


def test_the_demo_leaves_a_company_its_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example's lists and settings have the names that a company's own have."""
    (tmp_path / "kamxl.toml").write_text("plan_year = 2031", encoding="utf-8")
    assert run("demo", tmp_path) == 2
    assert "Bitte einen leeren Ordner angeben" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kamxl.toml"]


def test_settings_beside_the_plans_are_used_and_named(
    accounts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has to say where the company's standard lies; the output says which one was used."""
    folder = tmp_path / "Firma"
    assert run("settings", "--lang", "en", "-o", folder / "kamxl.toml") == 0
    assert run("settings", "-o", folder / "kamxl.toml") == 2
    assert "exists already" in capsys.readouterr().err
    new = ("new", "--accounts", accounts, "--year", "2027", "-o", folder)
    assert run(*new) == 0
    told = capsys.readouterr()
    assert f"Settings: {folder / 'kamxl.toml'}" in told.err
    assert "Plans written: 2" in told.out
    assert run("check", folder, "--format", "json") == 0
    assert "Settings: " in capsys.readouterr().err
    (folder / "kamxl.toml").write_text('language = "de"', encoding="utf-16")
    run("check", folder)
    told = capsys.readouterr()
    assert f"Einstellungen: {folder / 'kamxl.toml'}" in told.err
