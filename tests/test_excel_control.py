"""Excel as the control panel: the very calls made in Excel, on an engine that stands on openpyxl."""

from __future__ import annotations

import ast
import datetime as dt
import importlib.util
import re
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.workbook.protection import WorkbookProtection

import kamxl
from kamxl.document.extract import WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.excel import control
from kamxl.excel.addin import commands
from kamxl.excel.control import words
from kamxl.excel.control.macros import MACROS, control_module
from kamxl.excel.control.workbook import CONTROL_NAME, control_workbook
from kamxl.excel.showcase.workbook import scoring_workbook
from kamxl.plan.document import extract_plan, read_plan
from kamxl.xlsx.cells import read_book
from tests.clients.office import Office
from tests.clients.repair_lint import lint_findings
from tests.clients.validators import Finding, audit_findings
from tests.clients.xlwings_engine import CLASSES, RefusedError, StandIn

ACCOUNTS = "account_id;company;key_account_manager\n0012;Nordlicht GmbH;Petra Ahlers\n0013;=Süd & Co. KG;Jan Brandt\n"
REVENUE = (
    "account_id;product_group;year;revenue\n"
    "0012;Pumpen;2024;1000,50\n0012;Ventile;2025;2000\n0013;Pumpen;2025;300\n"
)
PROBABILITY, VALUE, PROJECT = (
    f"opportunities.open[0].{key}" for key in ("probability", "value", "project")
)
FUNCTIONS = [
    control.consolidate_folder,
    control.new_plans,
    control.check_folder,
    control.findings_per_kam,
    control.who_is_missing,
    control.check_plan,
    control.clear_marks,
    control.refresh_scores,
]


@pytest.fixture
def excel() -> Iterator[StandIn]:
    """A running "Excel"."""
    running = StandIn()
    yield running
    running.close()


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two generated plans."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (folder / "revenue.csv").write_text(REVENUE, encoding="utf-8")
    plans = folder / "Pläne"
    kamxl.generate(
        plans,
        accounts=folder / "accounts.csv",
        revenue=folder / "revenue.csv",
        year=2028,
    )
    return plans


@pytest.fixture
def plans(generated: Path, tmp_path: Path) -> Path:
    """The generated plans in a folder of their own."""
    return Path(shutil.copytree(generated, tmp_path / "Pläne"))


class Panel:
    """The control workbook, open in Excel, with its buttons."""

    def __init__(self, excel: StandIn, folder: Path, language: str = "de") -> None:
        path = folder / "kamxl-control.xlsm"
        path.write_bytes(control_workbook(language))
        self.excel = excel
        self.book = excel.open(path)

    def __getitem__(self, name: str) -> Any:
        return self.book.names[f"kamxl_{name}"].refers_to_range.value

    def __setitem__(self, name: str, value: object) -> None:
        self.book.names[f"kamxl_{name}"].refers_to_range.value = str(value)

    def press(self, function: Callable[[], None]) -> str:
        """Press a button; returns what the status field says then."""
        self.excel.press(self.book)
        function()
        return str(self["status"])


@pytest.fixture
def panel(excel: StandIn, tmp_path: Path) -> Panel:
    """The German control workbook."""
    return Panel(excel, tmp_path)


def table(book: xw.Book, sheet: str) -> list[dict[str, Any]]:
    """The rows of a written table by their heads."""
    values = book.sheets[sheet].range((4, 1)).sheet.used_range.options(ndim=2).value
    heads = values[3]
    return [dict(zip(heads, row, strict=True)) for row in values[4:]]


def place_of(plan: Path, path: str) -> tuple[str, str]:
    """Sheet and cell of a field."""
    entry = next(entry for entry in read_plan(plan).entries if entry.path == path)
    return entry.sheet, entry.cell


def cell_of(book: xw.Book, plan: Path, path: str) -> xw.Range:
    """The cell of a field in an open plan."""
    sheet, cell = place_of(plan, path)
    return book.sheets[sheet].range(cell)


def enter_deal(book: xw.Book, plan: Path, probability: object) -> xw.Range:
    """A KAM enters an open project; returns the cell of its probability."""
    cell_of(book, plan, PROJECT).value = "Neue Förderpumpen"
    cell_of(book, plan, VALUE).value = 50_000
    cell = cell_of(book, plan, PROBABILITY)
    cell.value = probability
    return cell


# --- consolidating ----------------------------------------------------------------------------------------


def test_folder_is_consolidated_into_the_open_workbook(
    panel: Panel, plans: Path
) -> None:
    """One press brings all plans of the folder onto sheets of this workbook, as values."""
    panel["folder"] = plans
    said = panel.press(control.consolidate_folder)
    assert said.startswith(
        "2 Dateien gelesen: 2 übernommen, 0 teilweise übernommen, 0 abgelehnt"
    )
    assert [
        panel[name] for name in ("found", "accepted", "partial", "rejected", "ignored")
    ] == [2, 2, 0, 0, 0]
    assert panel.book.sheet_names == [
        "Steuerung",
        *(title.de for title in words.SHEETS.values()),
        "_kamxl",
    ]
    revenue = table(panel.book, "Umsatz")
    assert sum(row["Betrag"] for row in revenue) == 3300.5
    assert {row["Kundennummer"] for row in revenue} == {"0012", "0013"}
    assert {(row["Jahr"], row["Art"]) for row in revenue} == {
        (2024, "Ist"),
        (2025, "Ist"),
    }


def test_texts_stay_texts(panel: Panel, plans: Path) -> None:
    """Neither leading zeros are lost nor does a name that begins with an equals sign become a formula."""
    panel["folder"] = plans
    panel.press(control.consolidate_folder)
    accounts = table(panel.book, "Accounts")
    assert {row["Kundennummer"]: row["Firma"] for row in accounts} == {
        "0012": "Nordlicht GmbH",
        "0013": "=Süd & Co. KG",
    }
    assert list(accounts[0])[:3] == ["Firma", "Kundennummer", "KAM"]


def test_every_row_leads_to_its_file(panel: Panel, plans: Path) -> None:
    """A row's file and cell are links to where it came from."""
    panel["folder"] = plans
    panel.press(control.consolidate_folder)
    sheet = panel.book.sheets["Umsatz"]
    heads = list(table(panel.book, "Umsatz")[0])
    file, cell = (
        sheet.range((5, heads.index(head) + 1)).formula for head in ("Datei", "Zelle")
    )
    row = table(panel.book, "Umsatz")[0]
    assert file == f'=HYPERLINK("{plans / row["Datei"]}","{row["Datei"]}")'
    assert (
        cell
        == f'=HYPERLINK("{plans / row["Datei"]}#\'{row["Blatt"]}\'!{row["Zelle"]}","{row["Zelle"]}")'
    )


def test_sheets_are_ready_for_use(panel: Panel, plans: Path) -> None:
    """Each sheet has filters and a fixed head, also after a second run, and prints on A4 one page wide."""
    panel["folder"] = plans
    panel.press(control.consolidate_folder)
    panel.press(control.consolidate_folder)
    for title in words.SHEETS.values():
        sheet = panel.book.sheets[title.de].impl.ws
        assert sheet.auto_filter.ref.startswith("A4:")
        assert sheet.freeze_panes == "B5"
        assert (
            sheet.page_setup.orientation,
            sheet.page_setup.fitToWidth,
            sheet.print_title_rows,
        ) == (
            "landscape",
            1,
            "$4:$4",
        )


def test_second_run_replaces_the_first(panel: Panel, plans: Path) -> None:
    """Consolidating again after a plan was taken away leaves nothing of it."""
    panel["folder"] = plans
    panel.press(control.consolidate_folder)
    sheets = panel.book.sheet_names
    next(plans.glob("0013*")).unlink()
    panel.press(control.consolidate_folder)
    assert panel.book.sheet_names == sheets
    assert [row["Kundennummer"] for row in table(panel.book, "Accounts")] == ["0012"]


def test_broken_files_are_named_and_stop_nobody(panel: Panel, plans: Path) -> None:
    """A damaged file beside good plans is listed with its reason; the good ones are consolidated."""
    (plans / "kaputt.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (plans / "Notizen.txt").write_text("Anrufen!", encoding="utf-8")
    panel["folder"] = plans
    said = panel.press(control.consolidate_folder)
    assert said.startswith(
        "4 Dateien gelesen: 2 übernommen, 0 teilweise übernommen, 1 abgelehnt, 1 nicht"
    )
    states = {
        row["Datei"]: (row["Status"], bool(row["Grund"]))
        for row in table(panel.book, "Quellen")
    }
    assert states["kaputt.xlsx"] == ("abgelehnt", True)
    assert len(table(panel.book, "Accounts")) == 2


def test_control_workbook_among_the_plans_is_left_out(
    excel: StandIn, plans: Path
) -> None:
    """The workbook that collects may lie in the folder itself."""
    panel = Panel(excel, plans)
    panel["folder"] = plans
    assert panel.press(control.consolidate_folder).startswith("2 Dateien gelesen")


def test_progress_is_told_and_excel_gets_its_status_bar_back(
    panel: Panel, plans: Path
) -> None:
    """While files are read Excel's status bar says how far it is; afterwards everything is as before."""
    panel["folder"] = plans
    panel.press(control.consolidate_folder)
    app = panel.excel.app
    assert any(re.fullmatch(r"kamxl: 2 von 2 · \S.*\.xlsx", text) for text in app.said)
    assert app.status_bar is False
    assert (app.screen_updating, app.display_alerts, app.enable_events) == (
        True,
        True,
        True,
    )
    assert panel.book.sheets.active.name == "Steuerung"
    assert panel.book.sheets["Steuerung"].api.ProtectContents


def test_english_panel_speaks_english(
    excel: StandIn, tmp_path: Path, plans: Path
) -> None:
    """Messages, sheets and heads are in the language of the control workbook."""
    panel = Panel(excel, tmp_path, "en")
    assert (
        panel.press(control.consolidate_folder)
        == "Please enter the folder that holds the plans above."
    )
    panel["folder"] = plans
    assert panel.press(control.consolidate_folder).startswith(
        "2 files read: 2 accepted, 0 partly accepted"
    )
    assert "Account number" in table(panel.book, "Accounts")[0]
    assert {row["Kind"] for row in table(panel.book, "Revenue")} == {"Actual"}


def test_folder_that_is_not_there(panel: Panel, tmp_path: Path) -> None:
    """An empty field, a missing and an empty folder are each said in one sentence; a copied path keeps its quotes."""
    assert panel.press(control.consolidate_folder) == words.NO_FOLDER.de
    panel["folder"] = f'"{tmp_path / "nirgends"}"'
    assert (
        panel.press(control.consolidate_folder)
        == f"Den Ordner „{tmp_path / 'nirgends'}“ gibt es nicht."
    )
    (tmp_path / "leer").mkdir()
    panel["folder"] = tmp_path / "leer"
    assert (
        panel.press(control.consolidate_folder)
        == f"In „{tmp_path / 'leer'}“ liegen keine Dateien."
    )
    assert panel.book.sheet_names == ["Steuerung", "_kamxl"]


def test_wrong_settings_are_named(panel: Panel, plans: Path, tmp_path: Path) -> None:
    """A settings file that cannot be understood is reported with its name."""
    (tmp_path / "kamxl.toml").write_text("plan_year = 'bald'\n", encoding="utf-8")
    panel["folder"], panel["settings"] = plans, tmp_path / "kamxl.toml"
    said = panel.press(control.consolidate_folder)
    assert "kamxl.toml" in said
    assert "plan_year" in said


def test_sheet_of_the_user_is_never_overwritten(panel: Panel, plans: Path) -> None:
    """A sheet that happens to have the name of one of ours is left alone, and named."""
    own = panel.book.sheets.add("Umsatz")
    own.range("A1").value = "Meine Zahlen"
    panel["folder"] = plans
    assert panel.press(control.consolidate_folder) == words.SHEET_TAKEN.de.format(
        name="Umsatz"
    )
    assert own.range("A1").value == "Meine Zahlen"


def test_locked_workbook_is_named(panel: Panel, plans: Path) -> None:
    """A workbook whose structure is protected gets one sentence about how to lift that."""
    panel.book.impl.wb.security = WorkbookProtection(lockStructure=True)
    panel["folder"] = plans
    assert panel.press(control.consolidate_folder) == words.BOOK_LOCKED.de.format(
        name="kamxl-control.xlsm"
    )


# --- the round of plans ----------------------------------------------------------------------------------------


@pytest.fixture
def lists(panel: Panel, tmp_path: Path) -> Panel:
    """The panel with a folder that is not there yet, and both lists."""
    for name, text in (("accounts", ACCOUNTS), ("revenue", REVENUE)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        panel[name] = tmp_path / f"{name}.csv"
    panel["folder"] = tmp_path / "Neu"
    return panel


def test_new_plans_are_written_once(lists: Panel, tmp_path: Path) -> None:
    """One press writes a plan for each account of the list, the next one says that they are there."""
    folder = tmp_path / "Neu"
    said = lists.press(control.new_plans)
    assert said.startswith(f"2 Pläne geschrieben, 0 schon vorhanden: {folder}")
    plans = {path: path.read_bytes() for path in folder.glob("*.xlsx")}
    assert len(plans) == 2
    assert lists.press(control.new_plans).startswith("0 Pläne geschrieben, 2 schon")
    assert {path: path.read_bytes() for path in folder.glob("*.xlsx")} == plans


def test_what_was_noticed_about_a_list_is_listed(lists: Panel, tmp_path: Path) -> None:
    """A column that nobody understands is told on a sheet of the panel's workbook."""
    text = ACCOUNTS.replace("company;", "company;Lieblingsfarbe;").replace(
        "GmbH;", "GmbH;blau;"
    )
    (tmp_path / "accounts.csv").write_text(text.replace("KG;", "KG;rot;"), "utf-8")
    said = lists.press(control.new_plans)
    assert words.NOTICE_SHEET.de in said
    notices = [
        row[words.COLUMN_NOTICE.de] for row in table(lists.book, words.NOTICE_SHEET.de)
    ]
    assert any("Lieblingsfarbe" in notice for notice in notices)


def test_a_missing_list_is_asked_for(panel: Panel, tmp_path: Path) -> None:
    """Without an account list, or with one that is not there, nothing is written and one sentence says why."""
    panel["folder"] = tmp_path / "Neu"
    assert panel.press(control.new_plans) == words.NO_LIST.de
    panel["accounts"] = tmp_path / "nirgends.csv"
    assert "nirgends.csv" in panel.press(control.new_plans)
    assert not (tmp_path / "Neu").exists()


def test_a_folder_is_checked_onto_a_sheet(panel: Panel, plans: Path) -> None:
    """All findings of all plans are listed, each with a link to its cell, with the numbers of the command."""
    panel["folder"] = plans
    said = panel.press(control.check_folder)
    assert re.match(r"2 Dateien geprüft: \d+ Fehler, \d+ offene Angaben, \d+ W", said)
    rows = table(panel.book, "Prüfprotokoll")
    lines = [line for one in kamxl.check(plans).sources for line in one.lines]
    assert len(rows) == len(lines)
    assert {row["Kundennummer"] for row in rows} == {"0012", "0013"}
    assert {row["Befund"] for row in rows} == {line.message for line in lines}


def test_findings_go_to_each_manager(panel: Panel, plans: Path) -> None:
    """A workbook and a draft for each manager lie below the plans, and are no strangers to the next press."""
    panel["folder"] = plans
    said = panel.press(control.findings_per_kam)
    home = plans / "Befunde je KAM"
    assert said.startswith("2 Arbeitsmappen mit Mailentwurf geschrieben")
    assert str(home) in said
    names = {path.name for path in home.iterdir()}
    people = ("Petra-Ahlers", "Jan-Brandt")
    assert names == {
        f"Befunde_{name}.{end}" for name in people for end in ("xlsx", "eml")
    }
    assert panel.press(control.findings_per_kam) == said


def test_who_has_not_handed_in_is_listed(
    lists: Panel, plans: Path, tmp_path: Path
) -> None:
    """Accounts without a plan, and those whose plan nobody has begun, are listed by manager."""
    lists["folder"] = plans
    more = "0014;Ostsee AG;Petra Ahlers\n"
    (tmp_path / "accounts.csv").write_text(ACCOUNTS + more, encoding="utf-8")
    begun = next(plans.glob("0012*"))
    book = openpyxl.load_workbook(begun)
    sheet, cell = place_of(begun, "summary.challenge")
    book[sheet][cell].value = "Neue Werkleitung gewinnen"
    book.save(begun)
    said = lists.press(control.who_is_missing)
    assert said == "Von 3 Accounts fehlen 2. Sie stehen auf dem Blatt „Wer fehlt“."
    rows = [tuple(row.values()) for row in table(lists.book, "Wer fehlt")]
    assert rows == [
        ("Jan Brandt", "0013", "=Süd & Co. KG", "noch nicht begonnen"),
        ("Petra Ahlers", "0014", "Ostsee AG", "kein Plan"),
    ]


@pytest.mark.parametrize("job", [control.check_folder, control.findings_per_kam])
def test_an_empty_folder_has_no_findings(
    panel: Panel, tmp_path: Path, job: Callable[[], None]
) -> None:
    """A folder without files is named, and nothing is written into it."""
    (tmp_path / "leer").mkdir()
    panel["folder"] = tmp_path / "leer"
    assert panel.press(job) == words.NOTHING_FOUND.de.format(folder=tmp_path / "leer")
    assert not list((tmp_path / "leer").iterdir())


# --- checking ---------------------------------------------------------------------------------------------


@pytest.fixture
def plan(plans: Path) -> Path:
    """One plan."""
    return next(plans.glob("0012*"))


def test_findings_are_marked_in_their_cells(panel: Panel, plan: Path) -> None:
    """A wrong entry gets a colour and a note; the list on its own sheet leads back to it."""
    book = panel.excel.open(plan)
    cell = enter_deal(book, plan, 1.4)
    said = panel.press(control.check_plan)
    assert re.fullmatch(
        rf"{re.escape(plan.name)}: \d+ Fehler, \d+ offene Angaben, \d+ Warnungen?.*Blatt „Prüfprotokoll“\.",
        said,
    )
    assert cell.color == (0xF6, 0xC9, 0xC5)
    assert cell.note is not None
    assert "140 %" in cell.note.text
    lines = table(book, "Prüfprotokoll")
    line = next(
        line
        for line in lines
        if line["Zelle"] == cell.address.replace("$", "") and "140 %" in line["Befund"]
    )
    assert (line["Schwere"], line["Blatt"]) == ("Fehler", cell.sheet.name)
    row = 5 + lines.index(line)
    link = book.sheets["Prüfprotokoll"].range((row, 3)).formula
    assert (
        link
        == f'=HYPERLINK("#\'{cell.sheet.name}\'!{line["Zelle"]}","{line["Zelle"]}")'
    )


def test_check_sees_what_was_not_saved(panel: Panel, plan: Path) -> None:
    """The open plan is checked as it is, its file stays untouched and Excel does not change its name."""
    before = plan.read_bytes()
    book = panel.excel.open(plan)
    enter_deal(book, plan, "viel")
    panel.press(control.check_plan)
    assert any("viel" in str(line["Gefunden"]) for line in table(book, "Prüfprotokoll"))
    assert plan.read_bytes() == before
    assert book.fullname == str(plan)


def test_protection_survives_the_marking(panel: Panel, plan: Path) -> None:
    """Sheets are protected afterwards as before, with the same things allowed."""
    book = panel.excel.open(plan)
    cell = enter_deal(book, plan, 1.4)
    protection = cell.sheet.impl.ws.protection
    # In the file's terms False means that the action is allowed.
    protection.sheet, protection.sort = True, False
    before = {
        name: getattr(cell.sheet.api.Protection, name)
        for name in dir(cell.sheet.api.Protection)
        if name[0] == "A"
    }
    assert before["AllowSorting"]
    assert not before["AllowDeletingRows"]
    panel.press(control.check_plan)
    assert cell.sheet.api.ProtectContents
    assert {name: getattr(cell.sheet.api.Protection, name) for name in before} == before
    with pytest.raises(RefusedError):
        cell.sheet.range("B2").value = "überschrieben"


def test_next_check_removes_earlier_marks(panel: Panel, plan: Path) -> None:
    """A corrected entry loses colour and note; nothing is marked or listed twice."""
    book = panel.excel.open(plan)
    cell = enter_deal(book, plan, 1.4)
    other = cell_of(book, plan, VALUE)
    other.value = "teuer"
    before = cell.color
    panel.press(control.check_plan)
    cell.value = 0.4
    panel.press(control.check_plan)
    assert cell.note is None or "140 %" not in cell.note.text
    assert other.note.text.count(words.MARK.de) == 1
    assert book.sheet_names.count("Prüfprotokoll") == 1
    panel.press(control.clear_marks)
    assert cell.color == before


def test_clearing_leaves_the_plan_as_it_was(panel: Panel, plan: Path) -> None:
    """After clearing, fills and notes are as before, and the list is gone."""
    book = panel.excel.open(plan)
    enter_deal(book, plan, 1.4)

    def look() -> dict[tuple[str, str], tuple[Any, Any]]:
        cells = (
            cell
            for sheet in book.impl.wb.worksheets
            for row in sheet.iter_rows()
            for cell in row
        )
        return {
            (cell.parent.title, cell.coordinate): (
                cell.fill.start_color.rgb,
                cell.comment and cell.comment.text,
            )
            for cell in cells
            if cell.fill.fill_type or cell.comment
        }

    names, before = book.sheet_names, look()
    panel.press(control.check_plan)
    assert look() != before
    said = panel.press(control.clear_marks)
    assert re.fullmatch(
        rf"{re.escape(plan.name)}: [1-9]\d* Markierungen entfernt\.", said
    )
    assert book.sheet_names == names
    assert look() == before


def test_users_own_note_is_kept(panel: Panel, plan: Path) -> None:
    """A note of the KAM stands above ours and stays when ours goes."""
    book = panel.excel.open(plan)
    cell = enter_deal(book, plan, 1.4)
    cell.sheet.api.Unprotect()
    cell.add_note("Mit Einkauf klären")
    panel.press(control.check_plan)
    assert cell.note.text.startswith("Mit Einkauf klären\n")
    assert "140 %" in cell.note.text
    panel.press(control.clear_marks)
    assert cell.note.text == "Mit Einkauf klären"


def test_marks_are_found_though_rows_moved(panel: Panel, plan: Path) -> None:
    """Rows inserted after a check carry their marks along; the next check still takes them out."""
    book = panel.excel.open(plan)
    cell = enter_deal(book, plan, 1.4)
    panel.press(control.check_plan)
    moved = cell.sheet.range((cell.row + 3, cell.column))
    moved.impl.first.comment, moved.impl.first.fill = (
        copy(cell.impl.first.comment),
        copy(cell.impl.first.fill),
    )
    panel.press(control.clear_marks)
    assert moved.note is None
    assert moved.color == (0xFF, 0xFF, 0xFF)


def test_password_is_respected(panel: Panel, plan: Path) -> None:
    """A sheet that somebody locked with a password is named; Excel is never made to ask for it."""
    book = panel.excel.open(plan)
    cell = enter_deal(book, plan, 1.4)
    cell.sheet.impl.ws.protection.set_password("geheim")
    assert panel.press(control.check_plan) == words.PASSWORD.de.format(
        name=cell.sheet.name
    )


def test_plan_that_is_meant(panel: Panel, plans: Path, tmp_path: Path) -> None:
    """None open, one named that is not there, one by its path, two open: each is dealt with."""
    assert panel.press(control.check_plan) == words.NO_PLAN.de
    panel["plan"] = tmp_path / "weg.xlsx"
    assert panel.press(control.check_plan) == words.PLAN_MISSING.de.format(
        name=tmp_path / "weg.xlsx"
    )
    first, second = sorted(plans.glob("*.xlsx"))
    panel["plan"] = first
    assert panel.press(control.check_plan).startswith(f"{first.name}: ")
    assert first.name in [book.name for book in panel.excel.app.books]
    panel.excel.open(second)
    panel["plan"] = ""
    assert panel.press(control.check_plan) == words.MANY_PLANS.de.format(
        names=f"{first.name}, {second.name}"
    )
    panel["plan"] = second.name
    assert panel.press(control.check_plan).startswith(f"{second.name}: ")


def test_other_workbook_is_no_plan(panel: Panel, tmp_path: Path) -> None:
    """A workbook of somebody else is refused by its name and stays as it is."""
    foreign = tmp_path / "Urlaub.xlsx"
    openpyxl.Workbook().save(foreign)
    book = panel.excel.open(foreign)
    panel["plan"] = "Urlaub.xlsx"
    assert (
        panel.press(control.check_plan)
        == "„Urlaub.xlsx“ ist kein Accountplan von kamxl."
    )
    assert book.sheet_names == ["Sheet"]


def test_plan_that_excel_does_not_hand_out(panel: Panel, plan: Path) -> None:
    """Where Excel refuses a copy, the message says what to do."""
    book = panel.excel.open(plan)
    book.api.refuses_copies = True
    assert panel.press(control.check_plan) == words.CANNOT_COPY.de.format(
        name=plan.name
    )


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_nobody_sees_a_traceback(
    panel: Panel,
    plan: Path,
    function: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Whatever fails, the status field has one readable sentence and the details are in a file."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    panel.excel.open(plan)
    panel["folder"] = plan.parent

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Aufruf wurde durch Aufgerufenen abgelehnt.\nmore")

    called = ("consolidating.collect", "checking._clear", "recomputing._compare")
    for name in (*called, "rounds._checked", "rounds._list"):
        monkeypatch.setattr(f"kamxl.excel.control.{name}", fail)
    said = panel.press(function)
    assert said.startswith(
        "Das hat nicht geklappt (RuntimeError: Aufruf wurde durch Aufgerufenen abgelehnt.)"
    )
    assert "\n" not in said
    assert "Traceback" in (tmp_path / "kamxl-control.log").read_text(encoding="utf-8")
    assert panel.excel.app.status_bar is False


# --- scores -----------------------------------------------------------------------------------------------


@pytest.mark.client
@pytest.mark.slow
def test_figures_are_recomputed(
    panel: Panel, plan: Path, office: Office, tmp_path: Path
) -> None:
    """A plan that a spreadsheet program worked out agrees; a formula that somebody overwrote is found."""
    sheet, cell = place_of(plan, PROJECT)
    filled = tmp_path / "Nordlicht.xlsx"
    entries = [
        (sheet, cell, "Neue Förderpumpen"),
        (*place_of(plan, VALUE), "50000"),
        (*place_of(plan, PROBABILITY), "60%"),
        (*place_of(plan, "revenue.revenue[0].forecast"), "2500"),
    ]
    assert not any(typed.refused for typed in office.type(plan, entries, filled))
    book = panel.excel.open(filled)
    said = panel.press(control.refresh_scores)
    assert re.fullmatch(
        r"Nordlicht\.xlsx: \d{3} Kennzahlen nachgerechnet, alle stimmen mit den Formeln überein\.",
        said,
    )
    weighted = next(
        address
        for row in book.sheets[sheet].impl.ws.iter_rows()
        for address in [row[0].coordinate]
        for cell in row
        if cell.data_type == "f"
        and book.sheets[sheet].range(cell.coordinate).value == 30_000
        for address in [cell.coordinate]
    )
    book.sheets[sheet].api.Unprotect()
    book.sheets[sheet].range(weighted).value = 45_000
    said = panel.press(control.refresh_scores)
    assert "weichen ab" in said
    found = {
        line["Zelle"]: (line["Mappe zeigt"], line["nachgerechnet"])
        for line in table(book, "Nachrechnung")
    }
    assert found[weighted] == (45_000, 30_000)
    book.sheets[sheet].range(weighted).value = 30_000
    assert "alle stimmen" in panel.press(control.refresh_scores)
    assert "Nachrechnung" not in book.sheet_names


def test_functions_in_cells_are_looked_up_anew(panel: Panel, tmp_path: Path) -> None:
    """In the scoring workbook every cell with a KAM function of the active sheet is entered again."""
    path = tmp_path / "Scores.xlsx"
    path.write_bytes(scoring_workbook("de"))
    book = panel.excel.open(path)
    book.sheets["Pipeline"].activate()
    book.impl.wb["Pipeline"].protection.sheet = True
    cells = [
        cell
        for row in book.impl.wb["Pipeline"].iter_rows()
        for cell in row
        if "KAM_" in str(cell.value)
    ]
    panel["plan"] = "Scores.xlsx"
    said = panel.press(control.refresh_scores)
    assert (
        said
        == f"Scores.xlsx, Blatt „Pipeline“: {len(cells)} Zellen mit KAM-Funktionen neu berechnet."
    )
    assert book.impl.reentered == [cell.coordinate for cell in cells]
    assert book.sheets["Pipeline"].api.ProtectContents


# --- the workbook with the buttons ------------------------------------------------------------------------


def vba_modules(path: Path) -> dict[str, str]:
    """The VBA of a workbook, as a tool of others reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oletools.olevba import VBA_Parser  # noqa: PLC0415 - warns of its own parser when it is imported

        return {
            name: code for _, _, name, code in VBA_Parser(str(path)).extract_macros()
        }


@pytest.mark.parametrize("language", ["de", "en"])
def test_buttons_call_what_there_is(language: str, tmp_path: Path) -> None:
    """Each button runs a macro of the workbook, each macro a function of the control panel."""
    path = tmp_path / "control.xlsm"
    path.write_bytes(control_workbook(language))
    modules = vba_modules(path)
    assert (
        modules["kamxl_control.bas"].replace("\r\n", "\n").strip()
        == control_module().strip()
    )
    macros = set(
        re.findall(r"^Sub (\w+)\(\)", modules["kamxl_control.bas"], re.MULTILINE)
    )
    with zipfile.ZipFile(path) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert set(re.findall(r'macro="\[0\]!(\w+)"', drawing)) == macros
    called = set(re.findall(r"control\.(\w+)\(\)", modules["kamxl_control.bas"]))
    assert called == set(MACROS.values()) == set(control.__all__)


def test_build_brings_the_control_workbook(tmp_path: Path) -> None:
    """`kamxl udf build` puts it beside the add-in, in the language asked for."""
    outcome = commands.build(tmp_path, "en")
    assert str(tmp_path / CONTROL_NAME) in outcome.lines
    assert openpyxl.load_workbook(tmp_path / CONTROL_NAME).sheetnames == [
        "Control panel",
        "_kamxl",
    ]


def test_macros_find_python_as_the_add_in_does(tmp_path: Path) -> None:
    """The workbook brings xlwings' own VBA of the installed version, and reads kamxl.conf."""
    path = tmp_path / "control.xlsm"
    path.write_bytes(control_workbook())
    source = vba_modules(path)["xlwings.bas"]
    assert f'XLWINGS_VERSION As String = "{xw.__version__}"' in source
    assert 'PROJECT_NAME As String = "kamxl"' in source


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "en"])
def test_control_workbook_is_sound(
    ooxml_validator: Callable[[Iterable[Path]], list[Finding]],
    tmp_path: Path,
    language: str,
) -> None:
    """Excel opens it without a repair; among plans it is passed over as a portfolio."""
    path = tmp_path / "control.xlsm"
    path.write_bytes(control_workbook(language))
    assert [
        *ooxml_validator([path]),
        *audit_findings([path]),
        *lint_findings([path]),
    ] == []
    with pytest.raises(NotADocumentError) as refused:
        extract_plan(read_book(path))
    assert refused.value.kind is WorkbookKind.PORTFOLIO


def test_stand_in_offers_nothing_that_windows_lacks() -> None:
    """What these tests call exists in xlwings' engine for Windows, too."""
    spec = importlib.util.find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).with_name("_xlwindows.py").read_text(encoding="utf-8")
    classes = {
        node.name: node
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }

    def members(name: str) -> set[str]:
        own = {
            part.name
            for part in classes[name].body
            if isinstance(part, ast.FunctionDef)
        }
        bases = [
            base.id
            for base in classes[name].bases
            if isinstance(base, ast.Name) and base.id in classes
        ]
        return own.union(*(members(base) for base in bases))

    own_to_the_tests = {"first", "cells"}
    for stand_in in CLASSES:
        name = stand_in.__name__.removeprefix("Range") or "Range"
        offered = {key for key in vars(stand_in) if key[0] != "_"} - own_to_the_tests
        missing = {
            key
            for key in offered
            if callable(getattr(stand_in, key))
            or isinstance(vars(stand_in)[key], property)
        }
        assert missing - members(name) == set(), name


def test_dates_arrive_as_dates(panel: Panel, plans: Path) -> None:
    """A date of a plan is a date on the sheet, not a text."""
    panel["folder"] = plans
    panel.press(control.consolidate_folder)
    created = {row["Erstellt"] for row in table(panel.book, "Accounts")}
    assert all(isinstance(day, dt.date) for day in created)
