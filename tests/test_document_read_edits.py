"""Whatever people do to the structure of a plan: every entry is still read as what it is, or named as not read.

Every input cell holds its own path, so that what is read says where it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamxl.document.extract import Extract
from kamxl.document.layout.blocks import FormBlock, TableBlock
from kamxl.document.paths import pattern_of
from kamxl.document.remarks import (
    EntryOutside,
    FieldMoved,
    FieldNotFound,
    MoreOutside,
    RowOutside,
    SheetDoubled,
    SheetUnknown,
)
from kamxl.document.schema import Part, TableSpec
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, column_letter
from kamxl.xlsx.cells import read_book
from tests import book_edits as edits
from tests.plan_files import filled, layout_of, saved, template

MARK = "·"
Edit = tuple[str, int, int, int]


@cache
def marked_book(profile: str) -> Book:
    """A plan whose every input cell holds its own path."""
    layout = layout_of(profile)
    paths = {
        path: MARK + path
        for path in layout.spots
        if pattern_of(path) in layout.spec.fields
    }
    with TemporaryDirectory() as folder:
        return read_book(
            saved(filled(layout, paths, template(profile)), Path(folder) / "plan.xlsx")
        )


def applied(book: Book, edit: Edit) -> Book:
    """One edit: what, on which sheet, and two numbers that say where."""
    what, number, one, two = edit
    names = [sheet.name for sheet in book.sheets if not sheet.name.startswith("_")]
    if not names:
        return book
    name = names[number % len(names)]
    column = column_letter(one % 26 + 1)
    doing: dict[str, Callable[[], Book]] = {
        "insert rows": lambda: edits.insert_rows(book, name, one % 90 + 1, two % 3 + 1),
        "delete rows": lambda: edits.delete_rows(book, name, one % 90 + 1, two % 3 + 1),
        "insert columns": lambda: edits.insert_columns(book, name, column, two % 2 + 1),
        "delete column": lambda: edits.delete_columns(book, name, column),
        "move column": lambda: edits.move_column(
            book, name, column, column_letter(two % 26 + 1)
        ),
        "copy row": lambda: edits.copy_row(book, name, one % 90 + 1),
        "rename": lambda: edits.rename(book, name, f"Blatt {one}"),
        "duplicate": lambda: edits.duplicate(book, name, f"{name} ({len(names)})"),
        "delete sheet": lambda: edits.delete_sheet(book, name),
        "delete names": lambda: edits.without_names(book),
        "delete key column": lambda: edits.delete_columns(book, name, "A"),
    }
    return doing[what]()


OPERATIONS = [
    "insert rows", "delete rows", "insert columns", "delete column", "move column", "copy row", "rename",
    "duplicate", "delete sheet", "delete names", "delete key column",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(
        st.sampled_from(OPERATIONS),
        st.integers(0, 11),
        st.integers(0, 200),
        st.integers(0, 200),
    ),
    min_size=1,
    max_size=3,
)


def misread(found: Extract) -> Iterator[str]:
    """Entries that were read as what they are not."""
    free: dict[str, set[str]] = {}
    for entry in found.entries:
        if not entry.raw.startswith(MARK):
            continue
        origin = entry.raw.removeprefix(MARK)
        section = section_of(found, entry.path)
        if (
            isinstance(section, TableSpec)
            and section.free
            and pattern_of(origin) == pattern_of(entry.path)
        ):
            row = free.setdefault(entry.path.rpartition(".")[0], set())
            row.add(origin.rpartition(".")[0])
            if len(row) > 1:
                yield f"{entry.path} mixes {row}"
        elif origin != entry.path:
            yield f"{entry.path} holds {origin}"


def section_of(found: Extract, path: str) -> Part | None:
    """The section to which a path belongs."""
    return found.spec.find(path.split("[", maxsplit=1)[0]) or found.spec.find(
        path.rpartition(".")[0]
    )


def unmentioned(book: Book, found: Extract) -> Iterator[str]:
    """Entries that stand in the workbook, were not read, and that no remark tells of."""
    read = {(entry.sheet, entry.cell) for entry in found.entries}
    named = {
        (r.sheet, r.cell)
        for r in found.remarks
        if isinstance(r, EntryOutside | MoreOutside)
    }
    whole = {
        r.sheet
        for r in found.remarks
        if isinstance(r, SheetDoubled | SheetUnknown | MoreOutside)
    }
    for sheet in book.sheets:
        for cell in sheet.cells.values():
            if cell.is_formula:  # it only repeats an entry
                continue
            place = (sheet.name, cell.address)
            if (
                cell.raw.startswith(MARK)
                and place not in read
                and place not in named
                and sheet.name not in whole
            ):
                yield f"{cell.raw} at {place}"


def unsaid(found: Extract) -> Iterator[str]:
    """Fields of the plan about which nothing is said, neither a cell nor that there is none."""
    paths = {entry.path for entry in found.entries}
    for field in found.spec.fields:
        if "[]" not in field and field not in paths:
            yield field


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(profile=st.sampled_from(["compact", "full"]), steps=EDITS)
def test_no_entry_is_misread_or_lost_without_a_word(
    profile: str, steps: list[Edit]
) -> None:
    """Rows, columns and sheets inserted, deleted, moved, copied, renamed; names and key columns deleted."""
    book = marked_book(profile)
    for step in steps:
        book = applied(book, step)
    found = extract_plan(book)
    assert list(misread(found)) == []
    assert list(unmentioned(book, found)) == []
    assert list(unsaid(found)) == []


@pytest.mark.parametrize("name", ["Deckblatt", "2 Wichtige Informationen"])
def test_every_form_entry_that_leaves_its_label_is_named(name: str) -> None:
    """Two entries of a form are cut and pasted elsewhere: both are read there, and each is told with its cell."""
    layout = layout_of()
    section = next(
        block.section
        for block in next(s for s in layout.sheets if s.name == name).blocks
        if isinstance(block, FormBlock)
    )
    changed, told = marked_book("full"), {}
    for number, field in enumerate(section.fields[:2]):
        source, target = layout.cell(field.pattern), f"Z{90 + 2 * number}"
        changed = edits.cut(changed, name, source, target)
        told[target] = field.pattern
    found = extract_plan(changed)
    moved = {r.cell: r.path for r in found.remarks if isinstance(r, FieldMoved)}
    assert moved == told


@pytest.mark.parametrize("down", [1, 4, 9])
def test_heads_pasted_lower_are_no_entries(down: int) -> None:
    """What can be seen of a table is cut and pasted lower without its keys: its heading and heads are no record."""
    layout, name = layout_of(), "4 Projektanalyse"
    block = next(
        block
        for block in layout.sheet("projects").blocks
        if isinstance(block, TableBlock) and block.section.pattern == "projects.lost"
    )
    rows = range(block.heading_row, block.last_row + 1)
    book = marked_book("full")
    sheet = edits.sheet(book, name)
    moved = [
        cell._replace(row=cell.row + down)
        if cell.row in rows and cell.column > 1
        else cell
        for cell in sheet.cells.values()
    ]
    found = extract_plan(edits.with_cells(book, name, moved))
    read = {entry.raw for entry in found.entries if "projects.lost" in entry.path}
    printed = {column.printed("de") for column in block.section.columns}
    assert not read & {*printed, "Verlorene Projekte"}
    kinds = {type(remark) for remark in found.remarks}
    assert kinds & {RowOutside, FieldNotFound}
