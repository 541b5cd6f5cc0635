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
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
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

PROJECT = Path(__file__).parents[1]
EXAMPLES = PROJECT / "workbooks/beispiele"
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
    draft = next(path for path in written if path.name.endswith("Wiegmann.eml"))
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    body = mail.get_body()
    assert body is not None
    assert mail["X-Unsent"] == "1"
    assert "15.01.2027" in body.get_content()
    assert re.search(
        r"\d Fehler, \d+ offene Angaben?(,| und) \d+ Warnungen", body.get_content()
    )
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names[0] == draft.with_suffix(".xlsx").name
    assert all((plans / str(name)).exists() for name in names[1:])
    assert len(names) > 1


def test_the_deadline_of_the_settings_stands_in_the_mail(
    plans: Path, tmp_path: Path
) -> None:
    """A company that says its deadline once need not repeat it, and another one may be given."""
    settings = SETTINGS.changed(deadline=dt.date(2027, 2, 28))
    said = {}
    for deadline in (None, dt.date(2027, 1, 15)):
        written = api.hand_back(
            check(plans), tmp_path / "heim", settings=settings, deadline=deadline
        )
        draft = next(path for path in written if path.suffix == ".eml")
        mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
        body = mail.get_body()
        assert body is not None
        said[deadline] = re.findall(r"bis zum ([\d.]+\d)", body.get_content())
    assert list(said.values()) == [["28.02.2027"], ["15.01.2027"]]


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


@pytest.mark.parametrize(
    "name", ["Befunde_Jens-Wiegmann.xlsx", "Befunde_Jens-Wiegmann.eml"]
)
def test_nothing_foreign_is_replaced(plans: Path, tmp_path: Path, name: str) -> None:
    """A plan or a message that has the name of a findings workbook or draft stays, and nothing else is written."""
    home = tmp_path / "heim"
    home.mkdir()
    foreign = home / name
    (plan,) = plans.glob("10041*.xlsx")
    foreign.write_bytes(
        plan.read_bytes() if name.endswith("xlsx") else b"Subject: Angebot\n\nHallo"
    )
    before = foreign.read_bytes()
    with pytest.raises(InputError, match="nicht überschrieben"):
        api.hand_back(check(plans), home, settings=SETTINGS)
    assert foreign.read_bytes() == before
    assert list(home.iterdir()) == [foreign]


def test_plans_of_one_name_are_attached_under_two(plans: Path, tmp_path: Path) -> None:
    """Two plans that are called the same in different folders reach the manager both, and the links fit."""
    for folder, number in (("Nord", "10072"), ("Süd", "10091")):
        (plans / folder).mkdir()
        shutil.copy(*EXAMPLES.glob(f"{number}*.xlsx"), plans / folder / "Plan.xlsx")
    for plan in plans.glob("10072*.xlsx"):
        plan.unlink()
    written = api.hand_back(
        check(plans), tmp_path / "heim", settings=SETTINGS, attach=True
    )
    draft = next(path for path in written if path.name == "Befunde_Jens-Wiegmann.eml")
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["Befunde_Jens-Wiegmann.xlsx", "Plan.xlsx", "Plan-2.xlsx"]


def test_a_finding_in_a_table_names_its_row() -> None:
    """Whatever was typed wrong in a row of the faulty demo plans, its finding says in which row."""
    lines = [line for source in check(EXAMPLES).sources for line in source.lines]
    typed = [line for line in lines if "[" in line.path and line.code[:4] == "KAM2"]
    assert len(typed) > 10
    named = re.compile(r"\(.*„.+“\):")
    assert [line.message for line in typed if not named.search(line.message)] == []


class Picture(Image):
    """A picture for a sheet; openpyxl's own would ask another package how large it is."""

    def __init__(self, path: Path) -> None:
        self.ref, self.format, self.anchor = path, "png", "A1"
        self.width, self.height = 240, 180

    def _data(self) -> bytes:
        return self.ref.read_bytes()


@pytest.fixture
def worked_in(plans: Path) -> Path:
    """A plan in which somebody left a comment, a picture, and a sheet with a chart and a formula of their own."""
    (plan,) = plans.glob("10072*.xlsx")
    book = load_workbook(plan)
    own = book.create_sheet("Meine Notizen")
    for row in (("Jahr", "Stück"), (2025, 12), (2026, 17)):
        own.append(row)
    own["B4"] = "=SUM(B2:B3)"
    own["A1"].comment = Comment("Nach Telefonat mit der Werkleitung", "Jens Wiegmann")
    chart = BarChart()
    chart.add_data(
        Reference(own, min_col=2, min_row=1, max_row=3), titles_from_data=True
    )
    own.add_chart(chart, "D2")
    own.add_image(Picture(PROJECT / "workbooks/bilder/deckblatt.png"), "D20")
    book["5 Offene Projekte"]["F13"].comment = Comment("geschätzt", "Jens Wiegmann")
    book.save(plan)
    return plan


def test_what_somebody_added_survives_in_the_copy(
    worked_in: Path, tmp_path: Path
) -> None:
    """Comments, pictures, charts and sheets of a plan are in its copy to the last byte."""
    copies = api.annotate(check(worked_in), tmp_path / "kopien", settings=SETTINGS)
    before, after = parts(worked_in), parts(copies[0])
    assert {Path(name).parent.name for name in before} >= {"media", "charts"}
    assert any("comments" in name for name in before)
    assert {name for name in before if before[name] != after[name]} == set(LISTED)


@pytest.mark.client
def test_validators_find_nothing_in_the_copy_of_a_plan_somebody_worked_in(
    worked_in: Path,
    tmp_path: Path,
    ooxml_validator: Callable[[Iterable[Path]], list[validators.Finding]],
) -> None:
    """The copy of a plan with comments, pictures, charts and sheets has nothing that its original has not."""
    copies = api.annotate(check(worked_in), tmp_path / "kopien", settings=SETTINGS)
    known = {(one.part, one.message) for one in ooxml_validator([worked_in])}
    found = {(one.part, one.message) for one in ooxml_validator(copies)}
    assert found <= known


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


MENDED = {
    "10072": ("KAM201", "Werkleiter und Einkauf gemeinsam"),
    "10085": ("KAM214", "65%"),
    "10124": ("KAM212", "60%"),
}
ANSWERED = {
    "10072": ("KAM310", "2000000"),
    "10085": ("KAM211", "2,5 Mio. €"),
    "10124": ("KAM302", "2.11.2026"),
}
"""Of each faulty demo plan a finding and what is typed into its cell: rightly, or again in a way that is doubtful."""


def findings_of(folder: Path, number: str) -> list[Finding]:
    """What a check finds in the plan of an account."""
    (source,) = (one for one in check(folder).sources if one.name.startswith(number))
    return list(source.lines)


def first(lines: Iterable[Finding], code: str) -> Finding:
    """The first finding of a rule in a field."""
    return next(line for line in lines if line.code == code and line.cell)


def type_into(office: Office, path: Path, *entries: tuple[str, str, str]) -> None:
    """Type into a workbook as a person does, and save it."""
    saved = path.with_name(f"neu-{path.name}")
    assert not any(typed.refused for typed in office.type(path, entries, saved))
    saved.replace(path)


def answer_cells(
    home: Path, wanted: Finding, number: str
) -> Iterable[tuple[Path, str]]:
    """In which findings workbooks, and in which cells of theirs, a finding is answered."""
    for book in sorted(home.glob("*.xlsx")):
        sheet = load_workbook(book)["Prüfprotokoll"]
        columns = heads(sheet)
        for row in sheet.iter_rows(min_row=6):
            key = str(row[columns[KEY.de] - 1].value)
            told = {cell.value for cell in row}
            if key.startswith(f"{number}|") and wanted.message in told:
                yield book, row[columns[ANSWER.de] - 1].coordinate


@pytest.mark.client
def test_the_round_of_the_three_faulty_plans(tmp_path: Path, office: Office) -> None:
    """What was mended is gone with the next check, what was answered is explained, what changed warns again."""
    plans = tmp_path / "Pläne"
    plans.mkdir()
    for number in MENDED:
        shutil.copy(*EXAMPLES.glob(f"{number}*.xlsx"), plans)
    home = plans / "Rückgabe"
    api.hand_back(check(plans), home, settings=SETTINGS, today=TODAY)
    before = {number: findings_of(plans, number) for number in MENDED}
    explained = {
        number: first(before[number], ANSWERED[number][0]) for number in MENDED
    }
    for number, (code, text) in MENDED.items():
        wrong = first(before[number], code)
        (plan,) = plans.glob(f"{number}*.xlsx")
        type_into(office, plan, (wrong.sheet, wrong.cell, text))
        ((book, cell),) = answer_cells(home, explained[number], number)
        type_into(office, book, ("Prüfprotokoll", cell, f"So gewollt ({number})."))
    for number, (code, _) in MENDED.items():
        wrong, after = first(before[number], code), findings_of(plans, number)
        assert wrong.message not in {line.message for line in after}
        (told,) = (one for one in after if one.message == explained[number].message)
        assert (told.state, told.answer) == ("answered", f"So gewollt ({number}).")
    for number, (code, text) in ANSWERED.items():
        place = explained[number]
        (plan,) = plans.glob(f"{number}*.xlsx")
        type_into(office, plan, (place.sheet, place.cell, text))
        lines = findings_of(plans, number)
        again = [one for one in lines if (one.code, one.cell) == (code, place.cell)]
        assert [one.state for one in again] == ["warning"]
