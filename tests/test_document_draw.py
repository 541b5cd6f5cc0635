"""A drawn template: what stands where, what may be typed, and what the program says to it."""

from __future__ import annotations

import difflib
import io
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.shaping import without_orphans
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.paths import pattern_of
from kamxl.document.vocabulary import Kind, Protection
from kamxl.plan.settings.model import Settings
from tests.golden_template import COMMAND, GOLDEN, dump
from tests.plan_files import (
    PROFILES,
    YEAR,
    layout_of,
    layout_with,
    template,
    template_of,
)


@cache
def drawn(profile: str, language: str) -> Workbook:
    """A template as openpyxl sees it."""
    return load_workbook(io.BytesIO(template(profile, language)))


def test_template_is_as_it_was() -> None:
    """The dump of a small template equals the one kept; where a change is meant, the command renews it."""
    kept, now = GOLDEN.read_text(encoding="utf-8"), dump()
    changes = difflib.unified_diff(
        kept.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=0
    )
    assert now == kept, "\n".join(
        [f"The template changed. If that is meant: {COMMAND}", *list(changes)[:60]]
    )


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_exactly_what_is_computed_refuses_typing(profile: str, language: str) -> None:
    """A validation that no entry satisfies guards each formula and nothing else; no sheet is protected."""
    layout, book = layout_of(profile, language), drawn(profile, language)
    for sheet in layout.sheets:
        ws = book[sheet.name]
        formulas = {
            (c.row, c.column)
            for row in ws.iter_rows()
            for c in row
            if c.data_type == "f"
        }
        title = {(2, c) for c in range(1, ws.max_column + 1)}
        rules = validations_of(ws).items()
        guarded = {place for place, found in rules if "FALSE" in refusing(found)}
        assert guarded - title >= formulas - title
        named = {
            (row, block.label_column)
            for block in sheet.blocks
            if isinstance(block, TableBlock) and block.label_column
            for row in range(block.first_row, block.end_row)
        }
        assert guarded <= formulas | named
        assert not ws.protection.sheet


def refusing(rules: list[DataValidation]) -> list[str]:
    """The formulas of those validations that stop whoever types something else."""
    stopping = (
        rule
        for rule in rules
        if rule.type == "custom"
        and rule.showErrorMessage
        and rule.errorStyle in (None, "stop")
    )
    return [rule.formula1 for rule in stopping if rule.error]


@pytest.mark.parametrize("protection", [Protection.SHEETS, Protection.NONE])
def test_a_company_may_protect_its_sheets_or_nothing(protection: Protection) -> None:
    """Protected sheets let people type into each field and into nothing else; without protection nothing refuses."""
    settings = Settings(plan_year=YEAR).changed(protection=protection)
    layout = layout_with(settings)
    book = load_workbook(io.BytesIO(template_of(layout)))
    for sheet in layout.sheets:
        ws = book[sheet.name]
        assert ws.protection.sheet == (protection is Protection.SHEETS)
        assert ws.protection.password is None
        assert not any(map(refusing, validations_of(ws).values()))
        fields = {
            (row, column)
            for path, (at, spot) in layout.spots.items()
            if at is sheet and pattern_of(path) in layout.spec.fields
            for row in range(spot.row, max(spot.row, spot.last_row) + 1)
            for column in range(spot.column, max(spot.column, spot.last_column) + 1)
        }
        opened = {
            (c.row, c.column)
            for row in ws.iter_rows()
            for c in row
            if not c.protection.locked
        }
        assert opened == fields


def test_spare_rows_and_people_are_folded_away() -> None:
    """13 of 30 projects, which fit the page, and 10 of 25 contacts: the rest is an outline, and a line says so."""
    layout, book = layout_of("full", "de"), drawn("full", "de")
    table = layout.spec.table("opportunities.open")
    assert (table.count, table.shown) == (30, 15)
    (matrix,) = layout.spec.matrices
    assert (matrix.people.count, matrix.people.shown) == (25, 10)
    assert (matrix.team.count, matrix.team.shown) == (12, 8)
    for sheet in map(without_orphans, layout.sheets):
        ws = book[sheet.name]
        rows = {row for part in sheet.folded_rows for row in part}
        folded = {r for r, one in ws.row_dimensions.items() if one.outlineLevel}
        assert folded == rows
        assert all(ws.row_dimensions[row].hidden for row in rows)
        columns = {
            column
            for one in ws.column_dimensions.values()
            if one.outlineLevel and one.hidden
            for column in range(one.min, one.max + 1)
        }
        assert columns == set(sheet.folded_columns)
        hints = [
            c.value for row in ws.iter_rows() for c in row if "[+]" in str(c.value)
        ]
        assert len(hints) == len(sheet.folded_rows)


def test_own_people_are_offered_as_soon_as_they_are_named() -> None:
    """The list of persons repeats the names of the contact matrix, then the team's people who are not among them."""
    team = [{"name": "Anna Beispiel"}, {"name": "Jörg Muster"}]
    layout = layout_with(Settings(plan_year=YEAR).changed(team=team))
    book = load_workbook(io.BytesIO(template_of(layout)))
    sheet, _, area = book.defined_names["kamxl_list.team"].attr_text.partition("!")
    offered = [row[0].value for row in book[sheet.strip("'")][area.replace("$", "")]]
    (matrix,) = layout.spec.matrices
    for own in range(matrix.team.count):
        cell = layout.address(f"contacts.team[{own}].name")
        assert offered[own] == f'=IF({cell}="","",{cell})'
    assert [text.partition("IF(")[2].count(one["name"]) for text, one in zip(
        offered[matrix.team.count :], team, strict=True
    )] == [2, 2]  # fmt: skip


@pytest.mark.parametrize("team", [(), ({"name": "Anna Beispiel"},)])
def test_no_person_is_doubted_until_the_team_is_known(
    team: tuple[dict[str, str], ...],
) -> None:
    """Where the settings name nobody, the cells of persons take any name without a question."""
    layout = layout_with(Settings(plan_year=YEAR).changed(team=team))
    book = load_workbook(io.BytesIO(template_of(layout)))
    rules = [
        rule
        for sheet in layout.sheets
        for rule in book[sheet.name].data_validations.dataValidation
        if rule.formula1 == "kamxl_list.team"
    ]
    assert rules
    assert {bool(rule.showErrorMessage) for rule in rules} == {bool(team)}


def test_each_sheet_offers_a_filter_where_people_write_rows() -> None:
    """The longest free table of a sheet has a filter over its heads and rows; a sheet has room for one."""
    layout, book = layout_of("full", "de"), drawn("full", "de")
    for sheet in layout.sheets:
        free = [
            block
            for block in sheet.blocks
            if isinstance(block, TableBlock) and block.section.grows
        ]
        found = book[sheet.name].auto_filter.ref
        assert bool(found) == bool(free)
        if found:
            _, top, _, bottom = range_boundaries(found)
            filtered = next(b for b in free if b.header_row == top)
            assert bottom == filtered.last_entry_row
            assert filtered.section.count == max(b.section.count for b in free)


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_every_field_says_what_it_wants(profile: str, language: str) -> None:
    """Each input cell has exactly one validation with a title, an error text, and a hint where the field has one."""
    layout, book = layout_of(profile, language), drawn(profile, language)
    rules = {sheet.name: validations_of(book[sheet.name]) for sheet in layout.sheets}
    for path, (sheet, spot) in layout.spots.items():
        field = layout.spec.fields.get(pattern_of(path))
        if field is None:
            continue
        found = rules[sheet.name].get((spot.row, spot.column), [])
        assert len(found) == 1, path
        assert is_cut_between_words(found[0].promptTitle, field.label[language], 32), (
            path
        )
        assert found[0].error
        assert field.help is None or is_cut_between_words(
            found[0].prompt, field.help[language], 255
        ), path
        assert (found[0].type == "list") == bool(
            field.options or field.kind in NAMED
        ), path


def is_cut_between_words(shown: str, text: str, most: int) -> bool:
    """Whether a text is shown whole, or its beginning up to the end of a word."""
    stem = shown.removesuffix("…")
    return len(shown) <= most and (
        shown == text or (text.startswith(stem) and text[len(stem)] in " ,(")
    )


NAMED = (Kind.PERSON, Kind.CONTACT, Kind.COMPETITOR, Kind.GOAL, Kind.PRODUCT_GROUP)


def validations_of(sheet: Worksheet) -> dict[tuple[int, int], list[DataValidation]]:
    """The validations of each cell."""
    found: dict[tuple[int, int], list[DataValidation]] = {}
    for rule in sheet.data_validations.dataValidation:
        for area in str(rule.sqref).split():
            left, top, right, bottom = range_boundaries(area)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found.setdefault((row, column), []).append(rule)
    return found


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_dropdowns_show_every_value(profile: str, language: str) -> None:
    """Each list's name leads to the labels of its values, in the workbook's language."""
    layout, book = layout_of(profile, language), drawn(profile, language)
    for field in layout.spec.fields.values():
        if field.options:
            target = (
                book.defined_names[f"kamxl_list.{field.options_key}"].attr_text or ""
            )
            name, _, area = target.rpartition("!")
            shown = [
                row[0].value for row in book[name.strip("'")][area.replace("$", "")]
            ]
            assert shown == [option.label[language] for option in field.options]


def test_names_that_look_like_formulas_stay_names() -> None:
    """A person or a value of one's own that begins with “=” is offered as it is written."""
    settings = Settings(plan_year=YEAR).changed(
        team=[{"name": "=IF(1,2,3)"}], lists={"area": ["=1+1"]}
    )
    lists = load_workbook(io.BytesIO(template_of(layout_with(settings))))["_lists"]
    typed = {
        cell.value: cell.data_type
        for row in lists.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    }
    assert typed["=1+1"] == "s"
    # The person is offered by a formula, as long as nobody of that name stands in the contact matrix.
    assert "=IF(1,2,3)" not in typed
    assert [kind for text, kind in typed.items() if '"=IF(1,2,3)"' in text] == ["f"]


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_names_lead_to_their_fields(profile: str, language: str) -> None:
    """The defined name of each form field points at the cell where the layout has it."""
    layout, book = layout_of(profile, language), drawn(profile, language)
    for pattern in layout.spec.fields:
        if "[]" not in pattern:
            assert book.defined_names[f"kamxl.{pattern}"].attr_text == layout.address(
                pattern
            )


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_links_lead_to_every_sheet_and_back(profile: str, language: str) -> None:
    """The cover links to each sheet and each sheet links back, to places that exist."""
    book = drawn(profile, language)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    targets = {
        sheet.title: {
            book.defined_names[c.hyperlink.location].attr_text
            for row in sheet.iter_rows()
            for c in row
            if c.hyperlink
        }
        for sheet in visible
    }
    home = f"'{visible[0].title}'!$C$2"
    assert targets[visible[0].title] == {f"'{sheet.title}'!$C$2" for sheet in visible}
    assert all(targets[sheet.title] == {home} for sheet in visible[1:])


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_hidden_is_what_nobody_needs_to_see(profile: str, language: str) -> None:
    """The sheets of keys and lists are hidden, and so are the column and the rows of keys on each sheet."""
    book = drawn(profile, language)
    assert [s.title for s in book.worksheets if s.sheet_state != "visible"] == [
        "_lists",
        "_kamxl",
    ]
    for sheet in book.worksheets[:-2]:
        assert sheet.column_dimensions["A"].hidden
        keys = {c.row for c in sheet["A"] if c.value and str(c.value).startswith("@")}
        rows = sheet.row_dimensions.items()
        assert keys == {r for r, one in rows if one.hidden and not one.outlineLevel}
