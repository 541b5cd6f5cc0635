"""The findings of one run: terminal, workbook, CSV and JSON tell the same numbers, by manager and by rule."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kamxl.checks.catalogue import texts_of
from kamxl.checks.rules import CATALOGUE
from kamxl.cli import main
from kamxl.portfolio.data.records import COUNTED
from tests.portfolio_plans import FOUNDRY, MILLS, write_plan

_COUNTS = [column.key for column in COUNTED]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans, one of them in a folder of its own, an empty one and a file that is none."""
    folder = tmp_path_factory.mktemp("plans")
    (folder / "Süd").mkdir()
    write_plan(folder / "Mühlen.xlsx", MILLS)
    write_plan(folder / "Süd" / "Gießerei.xlsx", FOUNDRY)
    (folder / "leer.xlsx").touch()
    return folder


def run(*arguments: object) -> int:
    """The exit status of a call."""
    return main(list(map(str, arguments)))


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    """What was printed since the last time."""
    return capsys.readouterr().out


def as_json(plans: Path, capsys: pytest.CaptureFixture[str], *more: object) -> Any:
    """What a check prints for programs."""
    run("check", plans, "--format", "json", *more)
    return json.loads(printed(capsys))


def test_every_face_tells_the_same_numbers(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines on the terminal, rows of the workbook, rows of the CSV and findings in JSON are the same ones."""
    report = tmp_path / "Befunde.xlsx"
    run("check", plans, "--report", report)
    terminal = printed(capsys)
    run("check", plans, "--format", "csv")
    rows = list(
        csv.DictReader(io.StringIO(printed(capsys).lstrip("\ufeff")), delimiter=";")
    )
    told = as_json(plans, capsys)
    found = told["findings"]
    by_code = Counter(row["code"] for row in rows)
    assert sum(found.values()) == len(rows) == sum(by_code.values()) > 5
    everything = [one for file in told["files"] for one in file["findings"]]
    assert Counter(one["code"] for one in everything) == by_code
    assert len(re.findall(r"^\S+\.xlsx · ", terminal, re.MULTILINE)) == len(rows)
    assert f"Fehler: {found['errors']}, " in terminal
    sheet = load_workbook(report)["Prüfprotokoll"]
    area = sheet[sheet.tables["kamxl_findings"].ref]
    assert len(area) - 1 == len(rows)


@pytest.mark.parametrize("tally", ["by_manager", "by_rule"])
def test_a_summary_adds_up_to_the_whole(
    tally: str, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The columns of each summary give the numbers of the whole check."""
    told = as_json(plans, capsys)
    summed = {key: sum(row[key] for row in told[tally]) for key in _COUNTS}
    assert summed == told["findings"]
    assert sum(file["counts"]["errors"] for file in told["files"]) == summed["errors"]


def test_the_summary_is_printed_and_in_the_workbook(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each manager and each rule has the same numbers on the terminal and on the sheet *Auswertung*."""
    told = as_json(plans, capsys)
    report = tmp_path / "Befunde.xlsx"
    run("check", plans, "--summary", "--report", report)
    lines = [line.split() for line in printed(capsys).splitlines()]
    sheet = load_workbook(report)["Auswertung"]
    drawn = [
        [str(cell) for cell in row if cell is not None]
        for row in sheet.iter_rows(values_only=True)
    ]
    for row in told["by_manager"] + told["by_rule"]:
        counts = [str(row[key]) for key in ("files", *_COUNTS)]
        name = row.get("rule") or row["key_account_manager"] or "(ohne KAM)"
        assert any(line[-6:] == counts and name in " ".join(line) for line in lines)
        assert any(cells[-6:] == counts and name in cells for cells in drawn)


def test_summary_leaves_the_single_findings_out(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--summary` names no file, on the terminal or in JSON; the exit status is the same."""
    assert run("check", plans) == 1
    assert "Mühlen.xlsx" in printed(capsys)
    assert run("check", plans, "--summary") == 1
    assert "Mühlen.xlsx" not in printed(capsys)
    assert "files" not in as_json(plans, capsys, "--summary")


def test_quiet_says_nothing(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--quiet` the exit status speaks; what was asked for is written nevertheless."""
    report = tmp_path / "Befunde.xlsx"
    assert run("check", plans, "--quiet", "--report", report) == 1
    assert printed(capsys) == ""
    assert report.exists()


@pytest.mark.parametrize("called", ["KAM002", "kam002", "file-empty"])
def test_only_one_rule(
    called: str, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--only` shows the findings of a rule, by code or name; what became of the files stays as it is."""
    if called == "file-empty":
        called = CATALOGUE["KAM002"].name
    told = as_json(plans, capsys, "--only", called)
    codes = {one["code"] for file in told["files"] for one in file["findings"]}
    assert codes == {"KAM002"}
    assert [row["code"] for row in told["by_rule"]] == ["KAM002"]
    assert told["counts"] == as_json(plans, capsys)["counts"]


def test_only_finds_what_a_line_draws_together(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The single missing entries of an untouched sheet come out when their rule is asked for."""
    parts = [
        part["path"]
        for file in as_json(plans, capsys)["files"]
        for one in file["findings"]
        for part in one["parts"]
        if part["code"] == "KAM201"
    ]
    told = as_json(plans, capsys, "--only", "KAM201")
    paths = [one["path"] for file in told["files"] for one in file["findings"]]
    assert parts
    assert set(parts) <= set(paths)


def test_an_unknown_rule_is_told_before_the_work(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rule that does not exist ends the call with the nearest ones."""
    assert run("check", plans, "--only", "KAM2o1") == 2
    err = capsys.readouterr().err
    assert "„KAM2o1“ gibt es nicht; gemeint ist vielleicht KAM201" in err


def test_json_names_whose_file_it_is(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is told with account, company and manager, its path relative to the folder."""
    told = as_json(plans, capsys)
    assert told["folder"] == str(plans)
    files = {file["file"]: file for file in told["files"]}
    assert list(files) == ["leer.xlsx", "Mühlen.xlsx", "Süd/Gießerei.xlsx"]
    owner = ("account_id", "company", "key_account_manager", "plan_year")
    assert all(files["Mühlen.xlsx"][key] for key in owner)
    assert files["leer.xlsx"]["company"] is None


def test_several_places_are_named_below_the_folder_that_holds_them(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file is called the same whether its folder is checked or it is named itself."""
    run("check", plans / "Mühlen.xlsx", plans / "Süd", "--format", "json")
    told = json.loads(printed(capsys))
    assert told["folder"] == str(plans)
    names = [file["file"] for file in told["files"]]
    assert names == ["Mühlen.xlsx", "Süd/Gießerei.xlsx"]


def test_consolidate_tells_the_numbers_of_its_export(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The CSV of a portfolio has as many findings as the command says."""
    call = ("consolidate", plans, "-o", tmp_path / "p.xlsx", "--export", tmp_path / "t")
    run(*call, "--format", "json")
    told = json.loads(printed(capsys))
    text = (tmp_path / "t" / "findings.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == sum(told["findings"].values())


def test_read_names_each_field_as_it_is_printed(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON has the label that stands beside the cell, with the name of the row where there are many."""
    assert run("read", plans / "Mühlen.xlsx", "--format", "json") == 0
    told = json.loads(printed(capsys))
    labels = {field["path"]: field["label"] for field in told["fields"]}
    assert labels["cover.company"] == "Firma"
    assert labels["opportunities.open[0].value"].startswith("Angebotswert (Projekt „")
    assert all(labels.values())


def test_one_account_is_one_account(tmp_path: Path) -> None:
    """A portfolio of a single plan says „über 1 Account“."""
    (tmp_path / "plans").mkdir()
    write_plan(tmp_path / "plans" / "Mühlen.xlsx", MILLS)
    assert run("consolidate", tmp_path / "plans", "-o", tmp_path / "p.xlsx") in (0, 1)
    sheet = load_workbook(tmp_path / "p.xlsx")["Übersicht"]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert any("über 1 Account" in text for text in texts)
    assert not any("1 Accounts" in text for text in texts)


def test_a_rule_is_told_with_its_details_by_name() -> None:
    """What the catalogue prints of a rule begins like a sentence and leaves no gap."""
    message, remedy = texts_of(CATALOGUE["KAM212"], "de")
    assert message[0].isupper() or message[0] in "„‹"
    assert "{" not in message + remedy
