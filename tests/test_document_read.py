"""Reading a plan back: as generated, after what people do to a workbook, and from files that mean no good."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kamxl.checks.check import check
from kamxl.document.extract import Entry, Extract, WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.document.identity import PRINTED
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.remarks import (
    EntryOutside,
    FieldContradictory,
    FieldMoved,
    FieldNotFound,
    Remark,
    RowDoubled,
    SheetDoubled,
    SheetRenamed,
    SheetUnknown,
    TableExtended,
)
from kamxl.plan.document import extract_plan, read_plan
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.parts import Criterion
from kamxl.xlsx.book import Book, Cell, SheetCells, State
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.plan_files import (
    PROFILES,
    YEAR,
    entries_of,
    filled,
    full_plan,
    layout_of,
    layout_with,
    read_values,
    samples,
    saved,
    structures,
    template,
)

OPEN, PROFILE, REVENUE = (
    "5 Offene Projekte",
    "2 Wichtige Informationen",
    "3 Umsatzanalyse",
)
R = TypeVar("R", bound=Remark)
SHEETS = [sheet.name for sheet in layout_of("full").sheets]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A full German plan with an entry in every field."""
    return read_book(saved(full_plan(), tmp_path_factory.mktemp("plan") / "plan.xlsx"))


@cache
def expected_values() -> dict[str, Any]:
    """What stands in that plan, by path."""
    return {
        path: float(value) if isinstance(value, int) else value
        for path, value in samples(layout_of()).items()
    }


def cell_of(path: str) -> str:
    """Where an entry stands in that plan."""
    return layout_of().cell(path)


def row_of(path: str) -> int:
    """The row in which an entry stands in that plan."""
    return layout_of().spots[path][1].row


def remarks_of(found: Extract, kind: type[R]) -> list[R]:
    """The remarks of one kind."""
    return [remark for remark in found.remarks if isinstance(remark, kind)]


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_every_entry_comes_back_exactly(
    profile: str, language: str, tmp_path: Path
) -> None:
    """A plan with an entry in every field reads as it was written, cell by cell, without a remark."""
    layout = layout_of(profile, language)
    found = read_plan(saved(full_plan(profile, language), tmp_path / "plan.xlsx"))
    assert found.remarks == ()
    assert {entry.path: entry.value for entry in found.entries} == {
        path: float(value) if isinstance(value, int) else value
        for path, value in samples(layout).items()
    }
    assert all(entry.cell == layout.cell(entry.path) for entry in found.entries)


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_an_empty_template_reads_as_empty(
    profile: str, language: str, tmp_path: Path
) -> None:
    """In a blank template only the prefilled rows hold something, and nothing is remarked on."""
    found = read_plan(saved(template(profile, language), tmp_path / "plan.xlsx"))
    assert found.remarks == ()
    assert found.identity.kind is WorkbookKind.TEMPLATE
    prefilled = {
        field.at(index)
        for table in found.spec.tables
        for index, row in enumerate(table.rows or table.starts)
        for field in table.fields
        if field.key in row.defaults
    }
    assert set(read_values(found)) == prefilled


def test_entries_come_in_plan_order(book: Book) -> None:
    """Sheets in their order, and in them sections and rows."""
    order = [pattern for pattern in layout_of().spec.fields if "[]" not in pattern]
    assert [
        entry.path for entry in extract_plan(book).entries if "[" not in entry.path
    ] == order


# What people do to sheets


def test_renamed_sheet_is_read(book: Book) -> None:
    """A new tab name changes nothing but a hint."""
    found = extract_plan(edits.rename(book, OPEN, "Pipeline ’27"))
    assert read_values(found) == expected_values()
    assert found.remarks == (SheetRenamed("Pipeline ’27", expected=OPEN),)


def test_sheets_in_another_order_are_read(book: Book) -> None:
    """Moving tabs about is nobody's business."""
    found = extract_plan(replace(book, sheets=tuple(reversed(book.sheets))))
    assert (read_values(found), found.remarks) == (expected_values(), ())


def test_copied_sheet_is_reported_and_the_original_read(book: Book) -> None:
    """Of “Deckblatt (2)” and “Deckblatt” the original counts; the copy is named."""
    copied = edits.put(
        edits.duplicate(book, "Deckblatt", "Deckblatt (2)"),
        "Deckblatt (2)",
        cell_of("cover.company"),
        "X",
    )
    found = extract_plan(
        replace(copied, sheets=(copied.sheets[-1], *copied.sheets[:-1]))
    )
    assert read_values(found) == expected_values()
    assert found.remarks == (SheetDoubled("Deckblatt (2)", original="Deckblatt"),)


def test_copy_stands_in_for_a_deleted_original(book: Book) -> None:
    """If only the copy is left, it is the sheet, even without its hidden keys."""
    copied = edits.delete_sheet(
        edits.duplicate(book, "Deckblatt", "Deckblatt (2)"), "Deckblatt"
    )
    for variant in (copied, edits.delete_columns(copied, "Deckblatt (2)", "A")):
        found = extract_plan(variant)
        assert read_values(found) == expected_values()
        assert SheetRenamed("Deckblatt (2)", expected="Deckblatt") in found.remarks


def test_deleted_sheet_is_one_remark(book: Book) -> None:
    """A missing sheet is said once; its fields come without a cell and are not called empty besides."""
    found = extract_plan(edits.delete_sheet(book, PROFILE))
    assert structures(found) == ["SheetMissing"]
    gone = [entry for entry in found.entries if not entry.cell]
    assert {entry.path.split(".")[0] for entry in gone} == {"profile"}
    assert [f.code for f in check(found).findings if f.path.startswith("profile")] == []


def test_sheet_of_another_plan_does_not_mix_in(book: Book) -> None:
    """A sheet copied over from somebody else's plan brings its keys but no names: named, not read."""
    foreign = edits.put(book, OPEN, cell_of("opportunities.open[0].project"), "fremd")
    copied = replace(edits.sheet(foreign, OPEN), name=f"{OPEN} (2)")
    found = extract_plan(replace(book, sheets=(copied, *book.sheets)))
    assert read_values(found) == expected_values()
    assert found.remarks == (SheetDoubled(f"{OPEN} (2)", original=OPEN),)


def test_foreign_sheet_is_named(book: Book) -> None:
    """A sheet of somebody's own is not read, and said so."""
    own = SheetCells(
        "Notizen", True, {(1, 1): Cell(1, 1, State.VALUE, "Mein Blatt", "Mein Blatt")}
    )
    assert extract_plan(replace(book, sheets=(*book.sheets, own))).remarks == (
        SheetUnknown("Notizen"),
    )


# What people do to rows and columns


@pytest.mark.parametrize("name", SHEETS)
def test_rows_and_columns_inserted_in_front_only_move_the_fields(
    name: str, book: Book
) -> None:
    """Space above and on the left changes no entry."""
    found = extract_plan(
        edits.insert_columns(edits.insert_rows(book, name, 1, 3), name, "B", 2)
    )
    assert read_values(found) == expected_values()
    (moved,) = found.remarks
    assert moved == FieldMoved(name, moved.cell, moved.path, origin=cell_of(moved.path))
    assert moved.cell == entries_of(found)[moved.path].cell != cell_of(moved.path)


def test_inserted_row_with_an_entry_is_another_row(book: Book) -> None:
    """A deal typed into an inserted row is a deal, wherever the row was inserted."""
    count = layout_of().spec.table("opportunities.open").count
    first = row_of("opportunities.open[0].project")
    for row, index in ((first, 0), (first + 3, 3), (first + count, count)):
        longer = edits.put(
            edits.insert_rows(book, OPEN, row, 2), OPEN, f"C{row}", "Neues Projekt"
        )
        found = extract_plan(longer)
        assert (
            entries_of(found)[f"opportunities.open[{index}].project"].value
            == "Neues Projekt"
        )
        assert (
            sum(
                1
                for path in read_values(found)
                if path.endswith(".project") and path.startswith("opportunities")
            )
            == count + 1
        )
        extended = remarks_of(found, TableExtended)
        assert [(r.sheet, r.path, r.rows, r.drawn) for r in extended] == [
            (OPEN, "opportunities.open", count + 1, count)
        ]
        assert remarks_of(found, EntryOutside) == []


def test_inserted_product_group_is_read(book: Book) -> None:
    """The revenue table's rows name themselves, so an inserted one is another product group."""
    row = row_of("revenue.revenue[2].product_group")
    found = extract_plan(
        edits.put(
            edits.put(edits.insert_rows(book, REVENUE, row), REVENUE, f"C{row}", "Neu"),
            REVENUE,
            f"H{row}",
            5.0,
        )
    )
    entries = entries_of(found)
    assert (
        entries["revenue.revenue[5].product_group"].value,
        entries["revenue.revenue[5].forecast"].value,
    ) == (
        "Neu",
        5.0,
    )
    assert (
        entries["revenue.revenue[4].target"].value
        == expected_values()["revenue.revenue[4].target"]
    )


def test_entry_in_a_row_between_named_rows_is_outside(book: Book) -> None:
    """A row squeezed between the six P of the SWOT belongs to none of them."""
    row = row_of("profile.swot[3].strengths")
    found = extract_plan(
        edits.put(
            edits.insert_rows(book, PROFILE, row), PROFILE, f"D{row}", "Siebtes P"
        )
    )
    assert read_values(found) == expected_values()
    assert EntryOutside(PROFILE, f"D{row}", value="Siebtes P") in found.remarks


def test_deleted_rows_are_gone_and_the_rest_is_read(book: Book) -> None:
    """The deal behind a deleted one takes its number; a deleted row of the SWOT is missing."""
    found = extract_plan(
        edits.delete_rows(book, OPEN, row_of("opportunities.open[2].project"))
    )
    assert (
        entries_of(found)["opportunities.open[2].project"].value
        == expected_values()["opportunities.open[3].project"]
    )
    assert remarks_of(found, FieldNotFound) == []
    found = extract_plan(
        edits.delete_rows(book, PROFILE, row_of("profile.swot[2].strengths"))
    )
    assert [r.path for r in remarks_of(found, FieldNotFound)] == ["profile.swot[2]"]
    assert (
        entries_of(found)["profile.swot[3].strengths"].value
        == expected_values()["profile.swot[3].strengths"]
    )
    assert entries_of(found)["profile.swot[2].strengths"].cell == ""


def test_deleted_column_is_missing_once(book: Book) -> None:
    """One column less is one remark; its neighbours are read."""
    found = extract_plan(edits.delete_columns(book, OPEN, "F"))
    assert [r.path for r in remarks_of(found, FieldNotFound)] == [
        "opportunities.open[].value"
    ]
    values = {
        path: value
        for path, value in expected_values().items()
        if not path.startswith("opportunities.open") or not path.endswith(".value")
    }
    assert read_values(found) == values


def test_moved_column_keeps_its_meaning(book: Book) -> None:
    """A column that was cut and inserted elsewhere is still the same field."""
    found = extract_plan(edits.move_column(book, OPEN, "C", "H"))
    assert read_values(found) == expected_values()


def test_copied_row_of_a_free_table_is_one_more_row(book: Book) -> None:
    """Copying a measure to change a word in it is how people work."""
    found = extract_plan(
        edits.copy_row(book, "9 Maßnahmen", row_of("measures.measures[1].measure"))
    )
    entries = entries_of(found)
    assert (
        entries["measures.measures[1].measure"].value
        == entries["measures.measures[2].measure"].value
    )
    assert structures(found).count("TableExtended") == 1


def test_copied_row_with_a_name_is_reported(book: Book) -> None:
    """Two rows of the same name: nobody can tell which one counts."""
    row = row_of("profile.swot[0].strengths")
    found = extract_plan(
        edits.put(edits.copy_row(book, PROFILE, row), PROFILE, f"D{row + 1}", "anders")
    )
    assert [(r.cell[1:], r.path) for r in remarks_of(found, RowDoubled)] == [
        (str(row + 1), "profile.swot[0]")
    ]
    assert (PROFILE, f"D{row + 1}") in {
        (r.sheet, r.cell) for r in remarks_of(found, EntryOutside)
    }


def test_sorted_table_is_read_as_it_stands(book: Book) -> None:
    """Sorting deals without the hidden key column changes their order, nothing else."""
    start = row_of("opportunities.open[0].project")
    order = [start + 2, start, start + 1]
    found = extract_plan(
        edits.sort_rows(book, OPEN, range(start, start + 3), range(3, 14), order)
    )
    values = expected_values()
    for new, old in enumerate((2, 0, 1)):
        row = {
            path: value
            for path, value in read_values(found).items()
            if path.startswith(f"opportunities.open[{new}]")
        }
        assert [*row.values()] == [
            v
            for path, v in values.items()
            if path.startswith(f"opportunities.open[{old}]")
        ]
    assert found.remarks == ()


def test_named_rows_sorted_without_their_keys_contradict(book: Book) -> None:
    """Label and entry went up, the hidden key stayed: reported with the cell, not guessed."""
    start = row_of("profile.swot[0].strengths")
    found = extract_plan(
        edits.sort_rows(
            book, PROFILE, range(start, start + 2), range(3, 30), [start + 1, start]
        )
    )
    contradictory = remarks_of(found, FieldContradictory)
    assert [(r.cell, r.path) for r in contradictory] == [
        (f"C{start}", "profile.swot[0]"),
        (f"C{start + 1}", "profile.swot[1]"),
    ]


def test_column_moved_without_its_key_contradicts(book: Book) -> None:
    """Head and entries changed places with a neighbour, the hidden keys did not."""
    head = row_of("opportunities.open[0].project") - 1
    swap = {3: 4, 4: 3}
    cells = [
        cell._replace(column=swap.get(cell.column, cell.column))
        if cell.row >= head
        else cell
        for cell in edits.sheet(book, OPEN).cells.values()
    ]
    found = extract_plan(edits.with_cells(book, OPEN, cells))
    assert {(r.cell, r.path) for r in remarks_of(found, FieldContradictory)} == {
        (f"C{head}", "opportunities.open[].project"),
        (f"D{head}", "opportunities.open[].product_group"),
    }


def test_head_cut_to_another_column_contradicts(book: Book) -> None:
    """The head stands over an empty column, its entries and their key stand under no head."""
    head = row_of("opportunities.open[0].project") - 1
    cells = [
        cell._replace(column=40) if (cell.row, cell.column) == (head, 3) else cell
        for cell in edits.sheet(book, OPEN).cells.values()
    ]
    found = extract_plan(edits.with_cells(book, OPEN, cells))
    (remark,) = remarks_of(found, FieldContradictory)
    assert (remark.cell, remark.path, remark.other) == (
        f"C{head}",
        "opportunities.open[].project",
        f"AN{head}",
    )


def test_form_lines_swapped_without_their_keys_contradict(book: Book) -> None:
    """Key and name say “Marktposition”, the label beside the entry says otherwise."""
    row = row_of("profile.market_position")
    found = extract_plan(
        edits.sort_rows(
            book, PROFILE, range(row, row + 2), range(3, 30), [row + 1, row]
        )
    )
    contradictory = remarks_of(found, FieldContradictory)
    assert [r.path for r in contradictory] == [
        "profile.market_position",
        "profile.development_potential",
    ]
    assert [r.cell for r in contradictory] == [f"D{row}", f"D{row + 1}"]


# What people do to cells


def test_entry_cut_to_another_place_is_found_by_its_name(book: Book) -> None:
    """The name follows the cell, so an entry that was moved is read where it is."""
    found = extract_plan(
        edits.cut(book, PROFILE, cell_of("profile.market_position"), "D90")
    )
    entry = entries_of(found)["profile.market_position"]
    assert (entry.cell, entry.value) == (
        "D90",
        expected_values()["profile.market_position"],
    )
    assert remarks_of(found, FieldContradictory) == []


def test_entry_cut_onto_another_field_belongs_there(book: Book) -> None:
    """Moved into the neighbouring field, an entry is that field's; its old field is empty."""
    source, target = "profile.market_position", "profile.financial_situation"
    found = entries_of(
        extract_plan(edits.cut(book, PROFILE, cell_of(source), cell_of(target)))
    )
    assert (found[target].value, found[source].state) == (
        expected_values()[source],
        State.EMPTY,
    )


def test_two_filled_cells_for_one_field_are_a_contradiction(book: Book) -> None:
    """Cut away and typed anew: both cells claim to be the field."""
    home = cell_of("profile.market_position")
    found = extract_plan(
        edits.put(edits.cut(book, PROFILE, home, "D90"), PROFILE, home, "neu")
    )
    assert [(r.cell, r.path) for r in remarks_of(found, FieldContradictory)] == [
        (home, "profile.market_position")
    ]
    assert (PROFILE, "D90") in {
        (r.sheet, r.cell) for r in remarks_of(found, EntryOutside)
    }


def test_stale_names_lose_against_keys(book: Book) -> None:
    """A program that moves cells but not names (as openpyxl does) does not shift the answers by a row."""
    shifted = edits.insert_rows(book, PROFILE, 4, 1)
    found = extract_plan(replace(shifted, names=book.names))
    assert read_values(found) == expected_values()
    assert remarks_of(found, FieldContradictory) == []


@pytest.mark.parametrize("where", ["B30", "Z99"])
def test_text_outside_the_fields_is_reported(where: str, book: Book) -> None:
    """A remark scribbled beside a table is not read, but not lost without a word either."""
    found = extract_plan(edits.put(book, OPEN, where, "Achtung: Preis!"))
    assert found.remarks == (EntryOutside(OPEN, where, value="Achtung: Preis!"),)


def test_overwritten_formula_is_reported(book: Book) -> None:
    """A number typed over a computed cell is shown with its cell; it is never taken for an entry."""
    cell = layout_of().cell("opportunities.open[0].weighted")
    found = extract_plan(edits.put(book, OPEN, cell, 999.0))
    assert found.remarks == (EntryOutside(OPEN, cell, value="999.0"),)


# What is lost of keys and names


def without_key_rows(book: Book, name: str) -> Book:
    """All hidden rows of one sheet deleted."""
    rows = {
        c.row
        for c in edits.sheet(book, name).cells.values()
        if isinstance(c.value, str) and c.value.startswith("@")
    }
    for row in sorted(rows, reverse=True):
        book = edits.delete_rows(book, name, row)
    return book


LOSSES: dict[str, Callable[[Book, str], Book]] = {
    "key column": lambda book, name: edits.delete_columns(book, name, "A"),
    "key rows": without_key_rows,
    "names": lambda book, _: edits.without_names(book),
    "key column and names": lambda book, name: edits.without_names(
        edits.delete_columns(book, name, "A")
    ),
    "key rows and names": lambda book, name: edits.without_names(
        without_key_rows(book, name)
    ),
    "key rows and column": lambda book, name: edits.delete_columns(
        without_key_rows(book, name), name, "A"
    ),
    "everything but the labels": lambda book, name: edits.without_names(
        edits.delete_columns(without_key_rows(book, name), name, "A")
    ),
    "markers emptied": lambda book, name: edits.clear(
        book, name, lambda c: str(c.value).startswith("@")
    ),
    "key column emptied": lambda book, name: edits.clear(
        book, name, lambda c: c.column == 1
    ),
    "row keys emptied": lambda book, name: edits.clear(
        book, name, lambda c: c.column == 1 and not str(c.value).startswith("@")
    ),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", SHEETS)
def test_entries_are_found_though_their_keys_are_lost(
    name: str, loss: str, book: Book
) -> None:
    """Hidden keys, names and labels: what is left of them is enough."""
    found = extract_plan(LOSSES[loss](book, name))
    assert read_values(found) == expected_values()
    assert set(structures(found)) <= {"FieldMoved"}


def test_damaged_cell_is_named(book: Book) -> None:
    """An error value in a field is unreadable, not empty, and keeps its text."""
    place = layout_of().spots["cover.company"][1]
    cells = [
        c
        for c in edits.sheet(book, "Deckblatt").cells.values()
        if (c.row, c.column) != (place.row, place.column)
    ]
    broken = Cell(
        place.row,
        place.column,
        State.UNREADABLE,
        None,
        "#REF!",
        "error",
        is_formula=True,
    )
    entry = entries_of(
        extract_plan(edits.with_cells(book, "Deckblatt", [*cells, broken]))
    )["cover.company"]
    assert (entry.state, entry.value, entry.raw, entry.reason) == (
        State.UNREADABLE,
        None,
        "#REF!",
        "error",
    )


# Who the workbook says it is


def without_identity_sheet(book: Book) -> Book:
    """The hidden sheet deleted."""
    return edits.delete_sheet(book, IDENTITY_SHEET)


def test_either_identity_is_enough(book: Book) -> None:
    """The hidden sheet or the document's properties: one is enough to know the plan."""
    assert extract_plan(replace(book, properties={})).remarks == ()
    found = extract_plan(without_identity_sheet(book))
    assert found.identity == extract_plan(book).identity
    assert (read_values(found), structures(found)) == (
        expected_values(),
        ["SettingsUnreadable"],
    )


def test_a_workbook_that_lost_its_identity_is_recovered(book: Book) -> None:
    """The sheets themselves say whose plan they are; that the identity is gone is said."""
    found = extract_plan(replace(without_identity_sheet(book), properties={}))
    assert structures(found)[0] == "IdentityLost"
    assert read_values(found) == expected_values()


def test_a_workbook_without_identity_and_keys_is_no_plan(book: Book) -> None:
    """Nothing says that this is a plan, so it is none."""
    lost = replace(without_identity_sheet(book), properties={}, names={})
    for name in SHEETS:
        lost = edits.delete_columns(without_key_rows(lost, name), name, "A")
    with pytest.raises(NotADocumentError) as caught:
        extract_plan(lost)
    assert caught.value.kind is None


def test_another_workbook_of_ours_is_told_apart(book: Book) -> None:
    """A portfolio is ours, but no plan."""
    portfolio = edits.put(book, IDENTITY_SHEET, "B1", "portfolio")
    with pytest.raises(NotADocumentError) as caught:
        extract_plan(portfolio)
    assert caught.value.kind is WorkbookKind.PORTFOLIO


@pytest.mark.parametrize("year", ["1e999", "nan", "-5", "drei", "99999999999999999999"])
def test_nonsense_in_the_identity_is_survived(year: str, book: Book) -> None:
    """A plan year that is none makes no crash: settings are doubted or the workbook is no plan."""
    row = next(
        c.row
        for c in edits.sheet(book, IDENTITY_SHEET).cells.values()
        if c.raw == "kamxl_plan_year"
    )
    strange = edits.put(replace(book, properties={}), IDENTITY_SHEET, f"B{row}", year)
    try:
        said = structures(extract_plan(strange))[0]
    except NotADocumentError as error:
        said = str(error)
    assert said in ("SettingsUnreadable", "IdentityLost", "plan.xlsx: no such document")


def with_settings(book: Book, text: str) -> Book:
    """Other settings in the hidden sheet."""
    rows = [
        c.row
        for c in edits.sheet(book, IDENTITY_SHEET).cells.values()
        if c.raw == "settings"
    ]
    book = edits.clear(book, IDENTITY_SHEET, lambda c: c.row in rows)
    return edits.put(
        edits.put(book, IDENTITY_SHEET, "A50", "settings"), IDENTITY_SHEET, "B50", text
    )


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"unknown": 1}', '{"profile": "all"}', '{"product_groups": []}',
        '{"rows": {"opportunities.open": 1000000}}', '{"rows": {"contacts.people": 500, "contacts.team": 500}}',
        '{"rows": {"opportunities.open": -1}}', '{"rows": {"../../x": 5}, "company": 7}',
        '{"criteria": {"position": [{"key": "a|b[0]", "de": "x", "en": "x", "weight": 1}]}}',
        '{"company": "' + "x" * 400_000 + '"}', "[" * 50_000, '{"plan_year": 1e400}',
    ],
)  # fmt: skip
def test_settings_that_cannot_be_trusted_give_way_to_the_defaults(
    text: str, book: Book
) -> None:
    """Damaged, absurd or hostile settings in a workbook are set aside; what can be read is read."""
    found = extract_plan(with_settings(book, text))
    assert structures(found)[0] == "SettingsUnreadable"
    assert read_values(found)["cover.company"] == expected_values()["cover.company"]


def test_many_rows_in_the_settings_are_refused(book: Book) -> None:
    """Settings that ask for 500 rows in every table are not laid out."""
    tables = ",".join(
        f'"{table.pattern}": 500' for table in layout_of().spec.tables if table.grows
    )
    assert (
        structures(extract_plan(with_settings(book, f'{{"rows": {{{tables}}}}}')))[0]
        == "SettingsUnreadable"
    )


@pytest.mark.parametrize(
    "text", ["@table opportunities.open", "opportunities.open[3]", "Projekt"]
)
def test_a_flood_of_keys_and_labels_takes_no_longer(text: str, book: Book) -> None:
    """A hundred thousand markers, keys or heads in a sheet keep nobody waiting; the plan is read all the same."""
    flood = [
        Cell(200 + index // 7, 1 + index % 7, State.VALUE, text, text)
        for index in range(100_000)
    ]
    flooded = edits.with_cells(
        book, OPEN, [*edits.sheet(book, OPEN).cells.values(), *flood]
    )
    found = extract_plan(flooded)
    assert (
        entries_of(found)["opportunities.open[1].project"].value
        == expected_values()["opportunities.open[1].project"]
    )


def test_own_criteria_are_not_taken_for_others_when_settings_are_lost(
    tmp_path: Path,
) -> None:
    """Under default settings, rows of a company's own criteria are reported, not read as different criteria."""
    own = [
        Criterion(key=f"own_{i}", de=f"Eigenes {i}", en=f"Own {i}", weight=1)
        for i in range(3)
    ]
    settings = Settings(plan_year=YEAR).changed(
        criteria={"position": own}, product_groups=[f"PG {i}" for i in range(8)]
    )
    layout = layout_with(settings)
    values = samples(layout)
    plan = read_book(saved(filled(layout, values), tmp_path / "plan.xlsx"))
    assert len(read_values(extract_plan(plan))) == len(values)
    found = extract_plan(without_identity_sheet(plan))
    read = read_values(found)
    assert not any(path.startswith("strategy.position") for path in read)
    outside = {(r.sheet, r.cell) for r in remarks_of(found, EntryOutside)}
    assert (
        "8 Strategie Folgejahr",
        layout.cell("strategy.position[0].score"),
    ) in outside
    assert (
        read["revenue.revenue[7].product_group"]
        == values["revenue.revenue[7].product_group"]
    )


def test_macro_enabled_copy_reads_the_same(tmp_path: Path) -> None:
    """What a file is called does not matter."""
    plan = saved(full_plan(), tmp_path / "plan.xlsx")
    renamed = Path(shutil.copy(plan, tmp_path / "Müller & Söhne – Plan.xlsm"))
    assert read_plan(renamed).entries == read_plan(plan).entries


def test_other_peoples_entries_stay_apart(book: Book) -> None:
    """Reading leaves nothing behind: the same book reads the same again."""
    first, second = extract_plan(book), extract_plan(book)
    assert first.entries == second.entries
    assert isinstance(first.entries[0], Entry)


def test_a_plan_of_an_earlier_wording_is_read_without_a_word(book: Book) -> None:
    """A label that kamxl words differently today is no stray entry: the workbook knows what it printed itself."""
    identity = next(sheet.name for sheet in book.sheets if sheet.name == IDENTITY_SHEET)
    label, elsewhere = address_of(book, OPEN, "Angebotswert"), "A90"
    reworded = edits.put(book, OPEN, label, "Früher Offertsumme")
    code = f"{zlib.crc32('Früher Offertsumme'.encode()):08x}"
    knowing = edits.put(
        edits.put(reworded, identity, elsewhere, PRINTED), identity, "B90", code
    )
    assert [
        remark.cell for remark in remarks_of(extract_plan(knowing), EntryOutside)
    ] == []
    assert [
        remark.cell for remark in remarks_of(extract_plan(reworded), EntryOutside)
    ] == [label]


def address_of(book: Book, name: str, text: str) -> str:
    """The first cell of a sheet that holds a text."""
    return next(
        cell.address
        for cell in edits.sheet(book, name).cells.values()
        if cell.raw == text
    )
