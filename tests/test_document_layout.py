"""Where everything stands: each entry has its own cell, derived from the specification."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from kamxl.document.finding.blocks_found import find_blocks
from kamxl.document.finding.expected import expected_blocks
from kamxl.document.layout.layout import Layout
from kamxl.document.paths import pattern_of
from kamxl.document.schema import Column, FieldSpec, MatrixSpec, TableSpec
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.cells import read_book
from tests.plan_files import (
    PROFILES,
    YEAR,
    filled,
    layout_of,
    layout_with,
    samples,
    saved,
    template,
)


def large() -> Layout:
    """A company with much of everything."""
    groups = tuple(f"Gruppe {number}" for number in range(30))
    rows = {
        "opportunities.open": 120,
        "contacts.people": 40,
        "contacts.team": 25,
        "measures.measures": 90,
    }
    return layout_with(
        Settings(plan_year=YEAR).changed(product_groups=groups, rows=rows)
    )


def at(column: Column, row: int) -> str:
    """The path of a field or figure in a row, or in a form."""
    return column.pattern.at(row) if "[" in column.pattern else column.pattern


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_every_field_and_figure_has_a_cell_in_every_row(
    profile: str, language: str
) -> None:
    """The paths of the layout are those of the specification, no more and no less."""
    layout = layout_of(profile, language)
    expected: set[str] = set()
    for section in layout.spec.sections:
        crossings = section.crossings if isinstance(section, MatrixSpec) else None
        for part in section.parts:
            if part is not crossings:
                rows = range(part.count)
                expected |= {at(c, row) for row in rows for c in part.columns}
    for matrix in layout.spec.matrices:
        for own, person in product(
            range(matrix.team.count), range(matrix.people.count)
        ):
            expected |= {c.pattern.at(own, person) for c in matrix.crossings.columns}
    expected |= {
        figure.pattern for sheet in layout.spec.sheets for figure in sheet.figures
    }
    known = {*layout.spec.fields, *layout.spec.figures}
    assert {path for path in layout.spots if pattern_of(path) in known} == expected


@pytest.mark.parametrize(
    "layout",
    [*(layout_of(*kind) for kind in PROFILES), large()],
    ids=lambda one: one.language,
)
def test_no_two_things_share_a_cell(layout: Layout) -> None:
    """Merged or not, each cell belongs to one path, right of the hidden keys and within the printed width."""
    taken: dict[tuple[str, int, int], str] = {}
    for path, (sheet, spot) in layout.spots.items():
        for row in range(spot.row, max(spot.row, spot.last_row) + 1):
            for column in range(spot.column, max(spot.column, spot.last_column) + 1):
                assert taken.setdefault((sheet.name, row, column), path) == path
                assert column in sheet.widths
                assert row <= sheet.last_row


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_free_tables_can_be_sorted(profile: str, language: str) -> None:
    """No entry of a free table is merged, as Excel sorts no merged cells."""
    layout = layout_of(profile, language)
    for path, (_, spot) in layout.spots.items():
        section = layout.spec.find(path.split("[", maxsplit=1)[0])
        if isinstance(section, TableSpec) and section.free:
            assert not spot.merged, path


@pytest.mark.parametrize(
    "layout",
    [*(layout_of(*kind) for kind in PROFILES), large()],
    ids=lambda one: one.language,
)
def test_sheet_names_are_allowed_in_excel(layout: Layout) -> None:
    """At most 31 characters, none of them forbidden, no name twice."""
    names = [sheet.name for sheet in layout.sheets]
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set(r"[]:*?/\'") for name in names)


@pytest.mark.parametrize("kind", [*PROFILES, None], ids=str)
def test_the_keys_drawn_are_those_that_reading_expects(
    kind: tuple[str, str] | None, tmp_path: Path
) -> None:
    """Drawing and reading agree on every hidden key, so that an untouched sheet is read without searching."""
    layout = layout_of(*kind) if kind else large()
    data = template(*kind) if kind else filled(layout, samples(layout))
    found = find_blocks(read_book(saved(data, tmp_path / "plan.xlsx")))
    for expected in expected_blocks(layout).values():
        (block,) = found.pop(expected.pattern)
        assert block.is_as(expected)
    assert found == {}


def test_a_column_is_the_range_of_its_entries() -> None:
    """The range of a table column runs from its first to its last row."""
    layout = layout_of()
    section = layout.spec.find("opportunities.open")
    assert section is not None
    for field in section.columns:
        first, last = (
            layout.address(f"{section.pattern}[{row}].{field.key}")
            for row in (0, section.count - 1)
        )
        assert layout.column(field.pattern) == f"{first}:{last.rpartition('!')[2]}"
        assert isinstance(field, FieldSpec) or field.key == "weighted"
