"""The stand-in for Excel does what the tests rely on: it calculates, types German, obeys protection, edits."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName

from tests.clients import pictures
from tests.clients.office import Office, OfficeError

pytestmark = [pytest.mark.client, pytest.mark.slow]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A protected sheet with two open cells and formulas, and an open sheet of many rows behind it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    for row in (
        [10, "=A1*2"],
        [0, "=1/A2"],
        ["Text", '=IF(A1="","",A3&"!")'],
        [None, '=IF(A4="","",A4)'],
    ):
        sheet.append(row)
    for cell in ("A1", "A4"):
        sheet[cell].protection = Protection(locked=False)
    sheet["A4"].number_format = "dd.mm.yyyy"
    sheet.protection.sheet = True
    other = book.create_sheet("Viele Zeilen")
    for number in range(1, 151):
        other.append([number])
    book.create_sheet("Leer")
    book.defined_names["eingabe"] = DefinedName(
        "eingabe", attr_text="'Viele Zeilen'!$A$3"
    )
    path = tmp_path / "Plan Müller.xlsx"
    book.save(path)
    return path


def test_recalculates_values_texts_and_errors(office: Office, plan: Path) -> None:
    """Formula cells come back as numbers, texts, blanks and error values."""
    found = office.recalculate(plan)["Plan"]
    assert {cell: (one.value, one.error) for cell, one in found.items()} == {
        "B1": (20.0, None),
        "B2": (None, "#DIV/0!"),
        "B3": ("Text!", None),
        "B4": ("", None),
    }
    assert office.errors(plan) == ["Plan!B2 #DIV/0! =1/A2"]


def test_named_cells_come_as_shown(office: Office, plan: Path) -> None:
    """Cells asked for by name come with what a German user sees."""
    found = office.recalculate(plan, {"Plan": ["A1", "A4"]})["Plan"]
    assert (found["A1"].value, found["A1"].shown, found["A4"].value) == (
        10.0,
        "10",
        None,
    )


def test_types_german_and_obeys_protection(
    office: Office, plan: Path, tmp_path: Path
) -> None:
    """Decimal commas and German dates are understood; a locked cell keeps what it has."""
    target = tmp_path / "ausgefüllt.xlsx"
    typed = office.type(
        plan,
        [("Plan", "A1", "1.234,5"), ("Plan", "A4", "3.4.2025"), ("Plan", "A2", "7")],
        save_as=target,
    )
    assert [(one.value, one.refused) for one in typed] == [
        (1234.5, False),
        (45750.0, False),
        (0.0, True),
    ]
    sheet = load_workbook(target)["Plan"]
    assert (sheet["A1"].value, str(sheet["A4"].value)[:10], sheet["A2"].value) == (
        1234.5,
        "2025-04-03",
        0,
    )


def test_empty_text_clears_a_cell(office: Office, plan: Path) -> None:
    """Typing nothing is pressing the delete key."""
    assert office.type(plan, [("Plan", "A1", "")])[0].value is None


def test_edits_structure_as_a_user_would(
    office: Office, plan: Path, tmp_path: Path
) -> None:
    """Rows, columns, sheets and names move together, and the original stays as it was."""
    before = plan.read_bytes()
    steps = [
        ("unprotect", "Plan"),
        ("insert_rows", "Plan", 1, 2),
        ("insert_columns", "Plan", "A", 1),
        ("cut", "Viele Zeilen", "A3", "Plan", "F5"),
        ("delete_rows", "Viele Zeilen", 140, 5),
        ("rename", "Plan", "Mein Plan"),
        ("move", "Leer", 0),
        ("duplicate", "Mein Plan", "Kopie"),
    ]
    edited = load_workbook(office.edit(plan, steps, tmp_path / "umgebaut.xlsx"))
    assert edited.sheetnames == ["Leer", "Mein Plan", "Viele Zeilen", "Kopie"]
    assert edited["Mein Plan"]["C3"].value == "=B3*2"
    assert edited["Viele Zeilen"].max_row == 145
    assert (edited.defined_names["eingabe"].attr_text or "").replace(
        "'", ""
    ) == "Mein Plan!$F$5"
    assert plan.read_bytes() == before


def test_protected_structure_is_refused(
    office: Office, plan: Path, tmp_path: Path
) -> None:
    """A sheet must be unprotected before rows can be inserted, as in Excel's menus."""
    with pytest.raises(OfficeError, match="'Plan' is protected"):
        office.edit(plan, [("insert_rows", "Plan", 1, 1)], tmp_path / "nie.xlsx")


def test_prints_one_picture_per_page(
    office: Office, plan: Path, tmp_path: Path
) -> None:
    """Each page becomes a picture that carries its sheet's name; an empty sheet has no page."""
    pages = pictures.pictures(office, plan, tmp_path / "bilder", dpi=40)
    assert Counter(page.sheet for page in pages) == pictures.page_counts(office, plan)
    assert [(page.sheet, page.number) for page in pages][:3] == [
        ("Plan", 1),
        ("Viele Zeilen", 1),
        ("Viele Zeilen", 2),
    ]
    assert all(page.picture.read_bytes().startswith(b"\x89PNG") for page in pages)


def test_file_that_is_no_workbook_is_told(office: Office, tmp_path: Path) -> None:
    """A file that LibreOffice cannot open is an error, not a hang."""
    with pytest.raises(OfficeError, match="recalculate"):
        office.recalculate(tmp_path / "fehlt.xlsx")


@pytest.mark.skipif(
    not hasattr(os, "killpg"), reason="process groups are looked at as on Linux"
)
def test_lost_office_is_replaced_and_leaves_nothing(office: Office, plan: Path) -> None:
    """After LibreOffice died, one call fails, the next one works, and no process is left at the end."""
    office.recalculate(plan)
    with Office() as mortal:
        mortal.recalculate(plan)
        assert mortal._server is not None
        group = mortal._server.pid
        os.killpg(group, signal.SIGKILL)
        with pytest.raises(OfficeError, match="ended unexpectedly"):
            mortal.recalculate(plan)
        assert mortal.recalculate(plan)["Plan"]["B1"].value == 20
        successor = mortal._server.pid
    assert gone(group)
    assert gone(successor)


def gone(group: int) -> bool:
    """Whether a process group has ended, within a few seconds."""
    for _ in range(50):
        listed = subprocess.run(
            ["ps", "-o", "stat=", "-g", str(group)],
            capture_output=True,
            text=True,
            check=False,
        )
        if not [state for state in listed.stdout.split() if not state.startswith("Z")]:
            return True
        time.sleep(0.1)
    return False
