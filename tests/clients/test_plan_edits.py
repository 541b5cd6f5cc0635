"""What people do to the structure of a plan, done by LibreOffice: no entry is misread or lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamxl.document.paths import pattern_of
from kamxl.document.remarks import (
    EntryOutside,
    FieldMoved,
    FieldNotFound,
    Remark,
    RowDoubled,
    SheetDoubled,
    SheetMissing,
    SheetRenamed,
    TableExtended,
)
from kamxl.plan.document import extract_plan
from kamxl.xlsx.cells import read_book
from tests.clients.office import Office, Step
from tests.plan_files import filled, layout_of, saved, template
from tests.test_document_read_edits import MARK, misread, unmentioned, unsaid

pytestmark = [pytest.mark.client, pytest.mark.slow]

COVER, INFO, REVENUE, OPEN, MATRIX = (
    "Deckblatt", "2 Wichtige Informationen", "3 Umsatzanalyse", "5 Offene Projekte", "Kontaktmatrix",
)  # fmt: skip


def row(path: str) -> int:
    """The row of an entry as generated."""
    return layout_of().spots[path][1].row


DEAL = row("opportunities.open[2].project")
PRODUCT = row("profile.swot[1].strengths")
GROUP = row("revenue.revenue[1].product_group")
PERSON = row("contacts.team[2].name")
KEYS = row("contacts.people[0].position") - 1

EDITS: dict[str, tuple[list[Step], set[type[Remark]]]] = {
    "rows inserted above and inside": (
        [("insert_rows", OPEN, 1, 2), ("insert_rows", OPEN, DEAL + 2, 1), ("insert_rows", INFO, PRODUCT, 1)],
        {FieldMoved},
    ),
    "rows deleted": (
        [("delete_rows", OPEN, DEAL, 2), ("delete_rows", INFO, PRODUCT, 1), ("delete_rows", MATRIX, PERSON, 2)],
        {FieldMoved, FieldNotFound},
    ),
    "columns inserted and deleted": (
        [("insert_columns", OPEN, "D", 1), ("delete_columns", INFO, "E", 1), ("insert_columns", MATRIX, "G", 2)],
        {FieldMoved, FieldNotFound},
    ),
    "sheets renamed, moved and copied": (
        [("rename", OPEN, "Pipeline"), ("move", "Pipeline", 0), ("duplicate", COVER, "Deckblatt (2)")],
        {SheetRenamed, SheetDoubled},
    ),
    "a copy instead of the original": (
        [("duplicate", COVER, "Deckblatt (2)"), ("delete_sheet", COVER)],
        {SheetRenamed},
    ),
    "a sheet deleted": ([("delete_sheet", REVENUE)], {SheetMissing}),
    "key columns deleted": (
        [("delete_columns", name, "A", 1) for name in (COVER, INFO, REVENUE, OPEN, MATRIX)],
        {FieldMoved},
    ),
    "key rows deleted": (
        [("delete_rows", OPEN, row("opportunities.open[0].project") - 2, 1), ("delete_rows", MATRIX, KEYS, 1)],
        {FieldMoved},
    ),
    "an entry cut to another place": (
        [("cut", INFO, f"D{row('profile.market_position')}", INFO, "D120")],
        {FieldMoved},
    ),
    "whole rows copied with their keys": (
        [
            ("insert_rows", OPEN, DEAL, 1), ("copy", OPEN, f"A{DEAL + 1}:Z{DEAL + 1}", OPEN, f"A{DEAL}"),
            ("insert_rows", INFO, PRODUCT, 1), ("copy", INFO, f"A{PRODUCT + 1}:Z{PRODUCT + 1}", INFO, f"A{PRODUCT}"),
        ],
        {TableExtended, RowDoubled, EntryOutside, FieldMoved},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_entries_survive_the_edit(name: str, office: Office, tmp_path: Path) -> None:
    """Everything is read as what it is or reported, and nothing is reported that is not so."""
    steps, expected = EDITS[name]
    layout = layout_of()
    paths = {
        path: MARK + path
        for path in layout.spots
        if pattern_of(path) in layout.spec.fields
    }
    plan = saved(filled(layout, paths, template()), tmp_path / "plan.xlsx")
    sheets = dict.fromkeys(str(step[1]) for step in steps)
    unlock: list[Step] = [
        ("unprotect", sheet)
        for sheet in sheets
        if sheet in {s.name for s in layout.sheets}
    ]
    book = read_book(office.edit(plan, [*unlock, *steps], tmp_path / "edited.xlsx"))
    found = extract_plan(book)
    assert list(misread(found)) == []
    assert list(unmentioned(book, found)) == []
    assert list(unsaid(found)) == []
    assert {type(remark) for remark in found.remarks} == expected
