"""Rules to read: listed, filtered, explained with an example, and how a company changes them."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest

from kamxl.checks.explain import EXAMPLES, explained
from kamxl.checks.rules import CATALOGUE
from kamxl.cli import main
from kamxl.plan.settings.model import Settings
from tests.rule_examples import COMMAND, dump


def run(*arguments: object) -> int:
    """The exit status of a call."""
    return main(list(map(str, arguments)))


@pytest.mark.parametrize("language", ["de", "en"])
def test_all_rules_are_listed(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line per rule of the catalogue, and their number."""
    assert run("rules", "--lang", language) == 0
    out = capsys.readouterr().out
    codes = [line.split()[0] for line in out.splitlines() if line.startswith("KAM")]
    assert codes == sorted(CATALOGUE)
    assert f" {len(CATALOGUE)}." in out


@pytest.mark.parametrize("words", [["Datum"], ["KAM2", "warnung"], ["Stimmigkeit"]])
def test_rules_can_be_filtered(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each word has to be said somewhere: in code, name, severity, family or texts."""
    assert run("rules", *words, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert 0 < len(found) < len(CATALOGUE)
    for rule in found:
        text = " ".join(map(str, rule.values())).casefold()
        assert all(word.casefold() in text for word in words)


def test_rules_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    """All that is known of the rules, for a spreadsheet."""
    assert run("rules", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out), delimiter=";"))
    assert {row["code"] for row in rows} == set(CATALOGUE)
    assert all(row["message"] and row["remedy"] for row in rows)


def test_no_rule_on_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    """A word that no rule says ends with status 2 and a sentence."""
    assert run("rules", "Steuererklärung") == 2
    assert "Zu Steuererklärung gibt es keine Regel" in capsys.readouterr().err


@pytest.mark.parametrize("called", ["KAM212", "kam212", "value-out-of-range"])
def test_a_rule_is_explained(called: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What it reports, an example, what to do, and the lines for kamxl.toml, by code or name."""
    name = CATALOGUE["KAM212"].name
    assert run("explain", name if called.startswith("value") else called) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"KAM212 {name} · Fehler · Einzelne Zelle\n")
    for heading in ("Was die Regel meldet", "Beispiel", "Was zu tun ist", "[rules]"):
        assert heading in out
    assert "140 %" in out


@pytest.mark.parametrize(
    ("typed", "meant"), [("KAM2l2", "KAM212"), ("requird-empty", "required-empty")]
)
def test_an_unknown_rule_gets_the_nearest(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A code or name that does not exist is answered with what was probably meant."""
    assert run("explain", typed) == 2
    err = capsys.readouterr().err
    assert f"„{typed}“ gibt es nicht; gemeint ist vielleicht {meant}" in err


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_setting_of_a_rule_works(code: str) -> None:
    """The line that an explanation shows is one that a settings file takes, and changes nothing as it stands."""
    shown = explained(CATALOGUE[code], Settings())
    settings = Settings(**tomllib.loads(f"[rules]\n{shown.setting}"))
    assert explained(CATALOGUE[code], settings) == shown


def test_a_rule_is_shown_as_the_company_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the settings of a company, severity and threshold are theirs."""
    path = tmp_path / "kamxl.toml"
    limit = next(rule for rule in CATALOGUE.values() if rule.threshold is not None)
    path.write_text(f'[rules]\nKAM212 = "off"\n{limit.code} = {{ threshold = 0.75 }}\n')
    assert run("explain", "KAM212", limit.code, "--settings", path) == 0
    out = capsys.readouterr().out
    assert "· abgeschaltet ·" in out
    assert "  0.75 (" in out


def test_the_examples_are_fresh() -> None:
    """Every rule has an example in both languages, said by the rule itself as it is today."""
    assert EXAMPLES.read_text(encoding="utf-8") == dump(), f"renew with: {COMMAND}"
    without = set(CATALOGUE) - json.loads(dump()).keys()
    assert without == {"KAM299"}  # what it tells cannot be brought about by entries
