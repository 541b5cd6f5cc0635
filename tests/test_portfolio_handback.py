"""Findings that go home: a workbook and a mail draft for each manager, copies of the plans, answers read back."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kamxl import api
from kamxl.checks.findings import Finding, Severity
from kamxl.cli import main
from kamxl.document.replies import ANSWER, DONE, KEY
from kamxl.errors import InputError
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection
from tests.clients import validators
from tests.clients.office import Office

EXAMPLES = Path(__file__).parents[1] / "workbooks/beispiele"
TODAY = dt.date(2026, 11, 27)
SETTINGS = Settings(company="Hartmann & Co.")
LISTED = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two example plans, one with errors and warnings typed into it."""
    folder = tmp_path_factory.mktemp("Pläne")
    for number in ("10041", "10072"):
        (plan,) = EXAMPLES.glob(f"{number}*.xlsx")
        shutil.copy(plan, folder)
    (plan,) = folder.glob("10072*.xlsx")
    edit(plan, "5 Offene Projekte", {"F13": "viel", "H13": 0.99})
    return folder


@pytest.fixture
def plans(edited: Path, tmp_path: Path) -> Path:
    """The plans in a folder of the test's own."""
    return shutil.copytree(edited, tmp_path / "Pläne")


def edit(path: Path, sheet: str, cells: dict[str, object]) -> None:
    """Type into a plan."""
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell].value = value
    book.save(path)


def check(folder: Path) -> Collection:
    """The folder as checked on one day."""
    return api.check(folder, settings=SETTINGS, today=TODAY)


def faults(collection: Collection, severity: Severity) -> list[Finding]:
    """All findings of one severity."""
    lines = (line for source in collection.sources for line in source.lines)
    return [line for line in lines if line.severity is severity]


def answer(path: Path, text: str, *, of: Callable[[str], bool]) -> int:
    """Answer the findings of a list whose key is as wanted, and say how many there were."""
    book = load_workbook(path)
    number = 0
    for sheet in book:
        columns = heads(sheet)
        for row in sheet.iter_rows(min_row=5):
            if columns and of(str(row[columns[KEY.de] - 1].value)):
                row[columns[ANSWER.de] - 1].value = text
                number += 1
    book.save(path)
    return number


def heads(sheet: Worksheet) -> dict[str, int]:
    """Where the columns of keys and answers are, if the sheet has them."""
    wanted = {KEY.de, ANSWER.de, DONE.de}
    for row in sheet.iter_rows(max_row=8):
        found = {cell.value: cell.column for cell in row if cell.value in wanted}
        if found.keys() == wanted:
            return found
    return {}


def test_each_manager_gets_only_own_findings(plans: Path, tmp_path: Path) -> None:
    """A workbook for each manager whose plans have findings, with those of nobody else."""
    checked = check(plans)
    written = api.hand_back(checked, tmp_path / "heim", settings=SETTINGS, today=TODAY)
    managers = {
        source.checked.plan.cover.key_account_manager
        for source in checked.sources
        if source.checked and source.lines
    }
    books = [path for path in written if path.suffix == ".xlsx"]
    assert len(books) == len(managers)
    for book in books:
        sheet = load_workbook(book)["Prüfprotokoll"]
        targets = {link.target for link in sheet._hyperlinks if link.target}
        assert all(target.startswith("../Pl%C3%A4ne/") for target in targets)


def test_a_draft_opens_as_unsent_and_carries_the_plans(
    plans: Path, tmp_path: Path
) -> None:
    """The draft names numbers and deadline, and holds the workbook and the plans of that manager."""
    checked = check(plans)
    written = api.hand_back(
        checked,
        tmp_path / "heim",
        settings=SETTINGS,
        attach=True,
        deadline=dt.date(2027, 1, 15),
        today=TODAY,
    )
    draft = next(path for path in written if path.suffix == ".eml")
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    body = mail.get_body()
    assert body is not None
    assert mail["X-Unsent"] == "1"
    assert "15.01.2027" in body.get_content()
    assert re.search(r"\d Fehler und \d Warnungen", body.get_content())
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names[0] == draft.with_suffix(".xlsx").name
    assert all((plans / str(name)).exists() for name in names[1:])
    assert len(names) > 1


def test_an_answered_warning_is_explained_until_the_value_changes(
    plans: Path,
) -> None:
    """What was answered in the manager's workbook is no warning any more; another value warns again."""
    before = check(plans)
    wanted = "KAM303"
    assert wanted in {finding.code for finding in before.findings}
    home = plans / "Rückgabe"
    written = api.hand_back(before, home, settings=SETTINGS, today=TODAY)
    books = [path for path in written if path.suffix == ".xlsx"]
    number = sum(
        answer(book, "So besprochen.", of=lambda key: f"|{wanted}|" in key)
        for book in books
    )
    assert number
    after = check(plans)
    told = [finding for finding in after.findings if finding.code == wanted]
    assert {finding.answer for finding in told} == {"So besprochen."}
    assert {finding.state for finding in told} == {"answered"}
    (plan,) = plans.glob("10072*.xlsx")
    edit(plan, "5 Offene Projekte", {"H13": 0.97})
    again = [finding for finding in check(plans).findings if finding.code == wanted]
    assert "" in {finding.answer for finding in again}


def test_an_error_cannot_be_argued_away(plans: Path) -> None:
    """An answer to an error changes nothing: the value is missing all the same."""
    before = check(plans)
    written = api.hand_back(before, plans / "Rückgabe", settings=SETTINGS)
    for book in (path for path in written if path.suffix == ".xlsx"):
        answer(book, "Passt schon.", of=lambda _: True)
    errors = faults(check(plans), Severity.ERROR)
    assert errors
    assert {finding.answer for finding in errors} == {""}


def test_a_mended_finding_is_gone_and_other_answers_stay(
    plans: Path, tmp_path: Path
) -> None:
    """Handing back again keeps what was answered in the same folder and drops what is mended."""
    home = tmp_path / "heim"
    api.hand_back(check(plans), home, settings=SETTINGS, today=TODAY)
    books = sorted(home.glob("*.xlsx"))
    assert sum(
        answer(book, "Gewollt.", of=lambda key: "|KAM303|" in key) for book in books
    )
    (plan,) = plans.glob("10072*.xlsx")
    edit(plan, "5 Offene Projekte", {"F13": 1000})
    api.hand_back(check(plans), home, settings=SETTINGS, today=TODAY)
    texts = [
        str(cell.value)
        for book in sorted(home.glob("*.xlsx"))
        for row in load_workbook(book)["Prüfprotokoll"].iter_rows()
        for cell in row
    ]
    assert "Gewollt." in texts
    assert not any("„viel“" in text for text in texts)


def parts(path: Path) -> dict[str, bytes]:
    """The content of each part of a file."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_copy_differs_in_its_list_of_sheets_alone(
    plans: Path, tmp_path: Path
) -> None:
    """A plan handed back has one more sheet in front; every other part is the same to the last byte."""
    checked = check(plans)
    copies = api.annotate(checked, tmp_path / "kopien", settings=SETTINGS, today=TODAY)
    assert copies
    for copy in copies:
        before, after = parts(plans / copy.name), parts(copy)
        changed = {name for name in before if before[name] != after[name]}
        assert changed == set(LISTED)
        assert len(after) == len(before) + 1
        assert load_workbook(copy).sheetnames[0] == "Prüfung"


def test_a_copy_says_the_same_when_it_is_checked(plans: Path, tmp_path: Path) -> None:
    """The sheet in front is no foreign sheet, and print areas still belong to their sheets."""
    checked = check(plans)
    copies = api.annotate(checked, tmp_path / "kopien", settings=SETTINGS, today=TODAY)
    for copy in copies:
        (source,) = (one for one in checked.sources if one.name == copy.name)
        (again,) = check(copy).sources
        told = [(finding.code, finding.place) for finding in again.findings]
        assert told == [(finding.code, finding.place) for finding in source.findings]
        before, after = load_workbook(plans / copy.name), load_workbook(copy)
        areas = {sheet.title: sheet.print_area for sheet in before}
        assert {
            sheet.title: sheet.print_area for sheet in after if sheet.title in areas
        } == areas


def test_answers_in_a_copy_are_kept_when_it_is_handed_back_again(
    plans: Path, tmp_path: Path
) -> None:
    """A copy that came back gets the findings of today in the same sheet, with its answers."""
    first = api.annotate(
        check(plans), tmp_path / "eins", settings=SETTINGS, today=TODAY
    )
    copy = next(path for path in first if path.name.startswith("10072"))
    assert answer(copy, "Ist so.", of=lambda key: "|KAM303|" in key)
    shutil.copy(copy, plans)
    checked = check(plans)
    told = [finding for finding in checked.findings if finding.code == "KAM303"]
    assert "Ist so." in {finding.answer for finding in told}
    second = api.annotate(checked, tmp_path / "zwei", settings=SETTINGS, today=TODAY)
    again = next(path for path in second if path.name.startswith("10072"))
    book = load_workbook(again)
    assert [name for name in book.sheetnames if name.startswith("Prüf")] == ["Prüfung"]
    values = {cell.value for row in book["Prüfung"].iter_rows() for cell in row}
    assert "Ist so." in values


def test_no_copy_replaces_a_file_unasked(plans: Path, tmp_path: Path) -> None:
    """Copies never go over files that exist, and never over the plans, whatever was asked."""
    checked, target = check(plans), tmp_path / "kopien"
    api.annotate(checked, target, settings=SETTINGS)
    with pytest.raises(InputError, match="--overwrite"):
        api.annotate(checked, target, settings=SETTINGS)
    api.annotate(checked, target, settings=SETTINGS, overwrite=True)
    with pytest.raises(InputError):
        api.annotate(checked, plans, settings=SETTINGS, overwrite=True)


def test_the_command_hands_back(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kamxl check` writes workbooks, drafts and copies, and names them."""
    home, copies = tmp_path / "heim", tmp_path / "kopien"
    options = ["--per-kam", str(home), "--annotate", str(copies)]
    options += ["--deadline", "15.01.2027"]
    assert main(["check", str(plans), *options]) == 1
    told = capsys.readouterr().out
    written = [*home.iterdir(), *copies.iterdir()]
    assert written
    assert all(path.name in told for path in written)


def test_a_deadline_that_is_no_day_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong date is one clear message."""
    with pytest.raises(SystemExit) as stopped:
        main(["check", ".", "--per-kam", "x", "--deadline", "31.02.2027"])
    assert stopped.value.code == 2
    assert "31.02.2027" in capsys.readouterr().err


@pytest.mark.client
def test_validators_find_nothing_in_what_is_handed_back(
    tmp_path: Path,
    ooxml_validator: Callable[[Iterable[Path]], list[validators.Finding]],
) -> None:
    """Workbooks for managers and copies of plans are as Excel wants them."""
    checked = check(EXAMPLES)
    written = api.hand_back(checked, tmp_path / "heim", settings=SETTINGS)
    written += api.annotate(checked, tmp_path / "kopien", settings=SETTINGS)
    assert not ooxml_validator(path for path in written if path.suffix == ".xlsx")


@pytest.mark.client
def test_a_plan_saved_by_libreoffice_is_handed_back_unchanged(
    plans: Path, tmp_path: Path, office: Office
) -> None:
    """The same holds for a file that another program has written."""
    (plan,) = plans.glob("10072*.xlsx")
    office.convert(plan, plan.with_name("neu.xlsx")).replace(plan)
    checked = check(plans)
    copies = api.annotate(checked, tmp_path / "kopien", settings=SETTINGS)
    copy = next(path for path in copies if path.name == plan.name)
    before, after = parts(plan), parts(copy)
    assert {name for name in before if before[name] != after[name]} == set(LISTED)
    assert not office.errors(copy)


@pytest.mark.client
def test_a_manager_answers_and_mends_in_libreoffice(
    plans: Path, tmp_path: Path, office: Office
) -> None:
    """What was mended is gone with the next check, what was answered is explained, what changed warns again."""
    home = plans / "Rückgabe"
    before = check(plans)
    written = api.hand_back(before, home, settings=SETTINGS, today=TODAY)
    book = next(path for path in written if path.name.endswith("Wiegmann.xlsx"))
    sheet = load_workbook(book)["Prüfprotokoll"]
    columns = heads(sheet)
    keys = {row[columns[KEY.de] - 1].value: row for row in sheet.iter_rows(min_row=6)}
    row = next(row for key, row in keys.items() if key and "|KAM303|" in key)
    entry = (
        "Prüfprotokoll",
        row[columns[ANSWER.de] - 1].coordinate,
        "Mit der Leitung besprochen",
    )
    office.type(book, [entry], book.with_name("beantwortet.xlsx"))
    book.with_name("beantwortet.xlsx").replace(book)
    (plan,) = plans.glob("10072*.xlsx")
    office.type(plan, [("5 Offene Projekte", "F13", "125000")], tmp_path / "p.xlsx")
    (tmp_path / "p.xlsx").replace(plan)
    after = check(plans).findings
    assert not [finding for finding in after if finding.value == "viel"]
    told = [finding for finding in after if finding.code == "KAM303"]
    assert [finding.state for finding in told] == ["answered"]
    office.type(plan, [("5 Offene Projekte", "H13", "97%")], tmp_path / "q.xlsx")
    (tmp_path / "q.xlsx").replace(plan)
    told = [finding for finding in check(plans).findings if finding.code == "KAM303"]
    assert [finding.state for finding in told] == ["warning"]
