"""Sheets and identities of other plans are told from a plan's own, and a plan without identity is still one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kamxl.checks.check import check
from kamxl.checks.findings import FileStatus
from kamxl.document.drawing.fill import Template
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.document.identity import identity_for
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.marks import MARK, mark_of, marked_identity
from kamxl.document.remarks import IdentityForeign, IdentityLost, SheetForeign
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, SheetCells
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.extracts import TODAY
from tests.plan_files import layout_of, read_values, samples, saved, template

EARLIER = Path(__file__).parent / "earlier"
SHEETS = [sheet.name for sheet in layout_of().sheets]


def identity(account: str, number: int) -> Identity:
    """Whose a plan is."""
    spec = layout_of().spec
    return identity_for(
        spec, "de", WorkbookKind.PLAN, account, f"plan {number}", "2026-11-20"
    )


@cache
def plan(account: str = "10041", number: int = 1) -> Book:
    """A plan of an account with an entry in every field."""
    layout = layout_of()
    pourer = Template(template(), layout, layout.spec.settings.shaping_json())
    data = pourer.fill(samples(layout), {}, identity(account, number))
    with TemporaryDirectory() as folder:
        return read_book(saved(data, Path(folder) / "plan.xlsx"))


def without(book: Book, *names: str) -> Book:
    """The book without some sheets, and without document properties."""
    kept = tuple(sheet for sheet in book.sheets if sheet.name not in names)
    return replace(book, sheets=kept, properties={})


def exchanged(book: Book, other: Book, *names: str) -> Book:
    """The book with some sheets of another one."""
    sheets: list[SheetCells] = [
        edits.sheet(other, sheet.name) if sheet.name in names else sheet
        for sheet in book.sheets
    ]
    return replace(book, sheets=tuple(sheets))


OTHERS = {
    "of another account": lambda: plan("10042", 2),
    "of another plan of the account": lambda: plan("10041", 2),
}


@pytest.mark.parametrize("whose", OTHERS)
@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_another_plan_is_an_error(name: str, whose: str) -> None:
    """It is named, nothing of it is read, and all other sheets are."""
    found = extract_plan(exchanged(plan(), OTHERS[whose](), name))
    assert [r.sheet for r in found.remarks if isinstance(r, SheetForeign)] == [name]
    assert {entry.sheet for entry in found.entries if entry.cell} == {*SHEETS} - {name}
    checked = check(found, today=TODAY)
    assert checked.status is FileStatus.PARTIAL
    assert [f.sheet for f in checked.findings if f.code == "KAM116"] == [name]


@pytest.mark.parametrize("count", [1, 5, len(SHEETS) - 1])
def test_the_identity_decides_while_one_sheet_agrees(count: int) -> None:
    """However many sheets were exchanged, those of the identity's own plan are read."""
    found = extract_plan(exchanged(plan(), plan("10042", 2), *SHEETS[:count]))
    assert {r.sheet for r in found.remarks if isinstance(r, SheetForeign)} == {
        *SHEETS[:count]
    }
    assert found.identity.account_id == "10041"


def test_the_identity_of_another_plan_is_an_error() -> None:
    """Where no sheet agrees with it, the sheets say whose plan it is."""
    other = exchanged(plan(), plan("10042", 2), IDENTITY_SHEET)
    found = extract_plan(replace(other, properties=plan("10042", 2).properties))
    (remark,) = found.remarks
    assert remark == IdentityForeign(IDENTITY_SHEET, account="10041", year=2027)
    assert (found.identity.account_id, found.identity.plan_id) == ("10041", "plan 1")
    assert read_values(found) == read_values(extract_plan(plan()))
    assert "KAM117" in {f.code for f in check(found, today=TODAY).findings}


def test_a_sheet_of_an_earlier_version_in_a_plan_of_today() -> None:
    """A sheet without a mark, where all others have one, is not this plan's."""
    name = "5 Offene Projekte"
    bare = edits.clear(plan("10042", 2), name, lambda cell: cell.raw.startswith(MARK))
    found = extract_plan(exchanged(plan(), bare, name))
    assert [r.sheet for r in found.remarks if isinstance(r, SheetForeign)] == [name]


@pytest.mark.parametrize("edit", ["columns", "rows", "renamed", "copied", "keys"])
def test_what_people_do_to_their_own_sheet_makes_it_no_foreign_one(edit: str) -> None:
    """Columns and rows inserted or deleted, the sheet renamed or copied, the row of the mark deleted."""
    name, changed = "5 Offene Projekte", plan()
    mark = next(
        c for c in edits.sheet(changed, name).cells.values() if c.raw.startswith(MARK)
    )
    doing = {
        "columns": lambda: edits.delete_columns(changed, name, "B"),
        "rows": lambda: edits.insert_rows(changed, name, 2, 3),
        "renamed": lambda: edits.rename(changed, name, "Pipeline"),
        "copied": lambda: edits.duplicate(changed, name, "Kopie"),
        "keys": lambda: edits.delete_rows(changed, name, mark.row),
    }
    found = extract_plan(doing[edit]())
    assert not any(isinstance(remark, SheetForeign) for remark in found.remarks)
    assert len(read_values(found)) == len(read_values(extract_plan(changed)))


def test_sheets_in_a_new_workbook_are_recovered_from_their_marks() -> None:
    """Without the hidden sheets and properties, account, year and language are known, and the check asks for them."""
    found = extract_plan(without(plan(), IDENTITY_SHEET, "_lists"))
    assert IdentityLost(IDENTITY_SHEET, account="10041", year=2027) in found.remarks
    assert read_values(found) == read_values(extract_plan(plan()))
    told = [f.message for f in check(found, today=TODAY).findings if f.code == "KAM118"]
    assert "Kunde 10041" in told[0]


@pytest.mark.parametrize(
    ("name", "language", "profile"),
    [
        ("german-sound", "de", "full"),
        ("english-template", "en", "full"),
        ("english-other-settings", "en", "compact"),
    ],
)
def test_sheets_of_earlier_versions_are_recovered_from_markers_and_title(
    name: str, language: str, profile: str
) -> None:
    """Their title says language and year; what the default settings have is read, the check asks for the account."""
    book = read_book(EARLIER / f"{name}.xlsx")
    found = extract_plan(without(book, IDENTITY_SHEET, "_lists"))
    assert (
        found.identity.language,
        found.identity.profile,
        found.identity.account_id,
    ) == (language, profile, "")
    whole = extract_plan(book)
    assert found.identity.plan_year == whole.identity.plan_year
    before, after = read_values(whole), read_values(found)
    assert all(
        after.get(path) == value
        for path, value in before.items()
        if path.startswith("opportunities")
    )
    assert {"KAM118", "KAM141"} <= {f.code for f in check(found, today=TODAY).findings}


def test_any_other_workbook_is_no_plan() -> None:
    """Neither a title alone nor a foreign workbook makes a plan."""
    nothing = without(plan(), *SHEETS, IDENTITY_SHEET, "_lists")
    with pytest.raises(NotADocumentError):
        extract_plan(
            edits.with_cells(
                replace(nothing, sheets=(SheetCells("A", True, {}),)), "A", []
            )
        )
    bare = without(plan(), IDENTITY_SHEET)
    for name in SHEETS:
        bare = edits.clear(bare, name, lambda cell: cell.raw.startswith("@"))
    with pytest.raises(NotADocumentError):
        extract_plan(bare)


@pytest.mark.parametrize(
    "said", ["", "[]", "{", '["a", "b", "c", "d", "e"]', "[1, 2, 3, 4, 5]", "[" * 3000]
)
def test_a_damaged_mark_says_nothing(said: str) -> None:
    """Whatever somebody wrote there is no identity."""
    assert marked_identity(MARK + said, WorkbookKind.PLAN) is None


def test_a_mark_says_what_was_written_into_it() -> None:
    """Account numbers are texts, whatever they look like."""
    own = identity('0010041 "x" Ü', 7)
    found = marked_identity(mark_of(own), WorkbookKind.PLAN)
    assert found is not None
    assert mark_of(found) == mark_of(own)
