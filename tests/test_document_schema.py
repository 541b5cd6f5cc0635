"""The specification: every declared field arrives in it, in both languages, and contradictions are refused."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import Field

from kamxl.document.compiling import compile_document
from kamxl.document.paths import pattern_of
from kamxl.document.schema import FieldSpec, FigureSpec, FormSpec, TableSpec
from kamxl.document.vocabulary import (
    Computed,
    FreeRows,
    Item,
    Kind,
    Line,
    Money,
    Percent,
    Profile,
    Record,
    RowsPer,
    Score,
    Sensitivity,
    Sheet,
    TableRow,
)
from kamxl.errors import SpecError
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.plan.summary import Request
from kamxl.texts import Language, Text

PROFILES = {
    profile: plan_spec(Settings(profile=profile, plan_year=2030)) for profile in Profile
}
FULL, COMPACT = PROFILES[Profile.FULL], PROFILES[Profile.COMPACT]


def columns(plan: PlanSpec) -> Iterator[FieldSpec | FigureSpec]:
    """All fields and figures of a plan."""
    for section in plan.sections:
        yield from section.columns
    for sheet in plan.sheets:
        yield from sheet.figures


def section(plan: PlanSpec, pattern: str) -> Any:
    """The section under a pattern, which must be there."""
    found = plan.find(pattern)
    assert found is not None
    return found


def test_the_plan_has_its_twelve_sheets_in_order() -> None:
    """Both profiles show cover, ten categories and the contact matrix, named as printed."""
    names = [
        "Deckblatt", "1 Management-Summary", "2 Wichtige Informationen", "3 Umsatzanalyse", "4 Projektanalyse",
        "5 Offene Projekte", "6 Konkurrenzanalyse", "7 Zusammenarbeit", "8 Strategie Folgejahr", "9 Maßnahmen",
        "10 Controlling", "Kontaktmatrix",
    ]  # fmt: skip
    for plan in PROFILES.values():
        assert [sheet.name("de") for sheet in plan.sheets] == names
        assert [sheet.key for sheet in plan.sheets] == list(AccountPlan.model_fields)


def test_sheet_names_fit_excel() -> None:
    """A tab takes 31 characters and none of seven signs, in either language."""
    for sheet in FULL.sheets:
        for language in Language:
            assert len(sheet.name(language)) <= 31
            assert not set(sheet.name(language)) & set(r"[]:*?/\\")


def test_an_empty_plan_needs_nothing() -> None:
    """An empty plan is a valid plan, and two of them share no rows."""
    first, second = AccountPlan(), AccountPlan()
    assert first == second
    first.summary.requests.append(Request(request="Pilotlinie freigeben"))
    assert second.summary.requests == []


@pytest.mark.parametrize("profile", list(Profile))
def test_everything_printed_is_in_both_languages(profile: Profile) -> None:
    """Labels, headings, hints, options and row names exist in German and English."""
    plan = PROFILES[profile]
    texts = [text for sheet in plan.sheets for text in (sheet.title, sheet.guidance)]
    for part in plan.sections:
        texts += [text for text in (part.heading, part.hint) if text is not None]
    for table in plan.tables:
        texts += [table.row_label] if table.row_label is not None else []
        texts += [row.label for row in (*table.rows, *table.starts)]
    for column in columns(plan):
        texts.append(column.label)
        if isinstance(column, FieldSpec):
            texts += [option.label for option in column.options]
    assert len(texts) > 150
    assert all(text[language].strip() for text in texts for language in Language)
    assert not any(
        "{year}" in text[language] for text in texts for language in Language
    )


def test_every_input_field_has_help_that_fits_excel() -> None:
    """An input hint holds at most 255 characters; hardly a field goes without one, in German Sie-form."""
    fields = list(FULL.fields.values())
    for field in fields:
        if field.help is not None:
            assert len(field.help.de) <= 250, field.pattern
            assert len(field.help.en) <= 250, field.pattern
    assert sum(field.help is not None for field in fields) / len(fields) > 0.9


def test_options_are_unambiguous() -> None:
    """No two values of a list share code or label, so a reader finds the value from either language."""
    for field in FULL.fields.values():
        for taken in (
            [o.code for o in field.options],
            [o.label.de for o in field.options],
            [o.label.en for o in field.options],
        ):
            assert len(taken) == len(set(taken)), field.pattern


def test_labels_of_a_form_or_table_are_unique() -> None:
    """The printed label is a signal when a field is found again, so it names one column only."""
    for part in FULL.parts:
        for language in Language:
            labels = [
                column.label[language]
                for column in part.columns
                if not (isinstance(column, FieldSpec) and column.item.beside)
            ]
            assert len(labels) == len(set(labels)), part.pattern


def test_what_stands_beside_something_finds_it() -> None:
    """A status beside a note names a note of the same form."""
    for part in FULL.parts:
        keys = [column.key for column in part.columns]
        beside = [column.item.beside for column in part.fields if column.item.beside]
        assert set(beside) <= set(keys)
    assert len(section(FULL, "profile").fields) == 12
    assert FULL.field("profile.market_position_status").item.beside == "market_position"


def test_compact_is_a_part_of_full() -> None:
    """The compact plan has no field of its own and none of the analyses."""
    assert set(COMPACT.fields) < set(FULL.fields)
    assert set(COMPACT.figures) < set(FULL.figures)
    for pattern in (
        "profile.swot",
        "profile.situation",
        "revenue.wallet",
        "strategy.position",
    ):
        assert COMPACT.find(pattern) is None
        assert FULL.find(pattern) is not None
    assert "profile.market_position_status" not in COMPACT.fields
    for figure in (
        "attractiveness",
        "position",
        "portfolio_cell",
        "satisfaction_index",
    ):
        assert f"cover.{figure}" not in COMPACT.figures


def test_the_cover_asks_for_what_identifies_a_plan() -> None:
    """Eight fields of the master data are required; the key figures stand in their order."""
    required = [field.key for field in section(FULL, "cover").required]
    assert required == [
        "account_class", "company", "account_id", "key_account_manager", "plan_year", "currency", "created_on",
        "updated_on",
    ]  # fmt: skip
    assert [figure.key for figure in FULL.sheet("cover").figures] == [
        "forecast_revenue", "forecast_growth", "target_revenue", "weighted_pipeline", "attractiveness",
        "position", "portfolio_cell", "contact_coverage", "satisfaction_index", "goal_attainment", "completeness",
    ]  # fmt: skip


def test_revenue_columns_stand_for_the_right_years() -> None:
    """Plan year 2030: Ist 2026 to 2028, 2029 so far, FC 2029, Ziel 2030; totals and growth for each full year."""
    revenue = section(FULL, "revenue.revenue")
    years = revenue.columns[1:7]
    assert [column.label.de for column in years] == [
        "Ist 2026", "Ist 2027", "Ist 2028", "Ist 2029 bisher", "FC 2029", "Ziel 2030"
    ]  # fmt: skip
    assert revenue.totals == tuple(c.key for c in years if c.key != "to_date")
    assert revenue.growth_row
    assert revenue.editable == "product_group"
    assert not section(FULL, "revenue.forecast").growth_row


def test_product_groups_give_the_rows() -> None:
    """Each product group of the settings is a row of revenue, wallet and rolling plan."""
    plan = compile_document(
        AccountPlan, Settings(product_groups=("Pumpen", "Ventile", "Service"))
    )
    for pattern in ("revenue.revenue", "revenue.wallet", "revenue.forecast"):
        assert [row.label.de for row in section(plan, pattern).rows] == [
            "Pumpen",
            "Ventile",
            "Service",
        ]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("summary.top_contacts", 3), ("summary.top_measures", 3), ("summary.requests", 3),
        ("profile.situation", 18), ("profile.swot", 6), ("cooperation.findings", 4), ("controlling.kpis", 16),
    ],
)  # fmt: skip
def test_tables_with_a_given_number_of_rows(pattern: str, count: int) -> None:
    """The tables that the plan itself counts have exactly their rows."""
    part = section(FULL, pattern)
    assert part.count == count
    assert part.exactly or len(part.rows) == count


def test_what_is_said_of_rivals_stays_confidential() -> None:
    """Rivals, stance, minimum and probability never go to the customer."""
    for pattern in (
        "revenue.wallet[].main_rival", "contacts.people[].stance", "opportunities.open[].probability",
        "competition.competitors[].name",
    ):  # fmt: skip
        assert FULL.field(pattern).sensitivity is Sensitivity.CONFIDENTIAL
    assert FULL.field("cover.company").sensitivity is Sensitivity.SHAREABLE


def test_limits_and_patterns() -> None:
    """A field knows its limits, and a path finds its field in any row."""
    assert pattern_of("contacts.matrix[3][12].actual") == "contacts.matrix[][].actual"
    probability = FULL.field("opportunities.open[3].probability")
    assert (probability.kind, probability.low, probability.high) == (Kind.PERCENT, 0, 1)
    rating = FULL.field("profile.swot[0].strengths_rating")
    assert (rating.kind, rating.low, rating.high) == (Kind.NUMBER, 0, 5)
    assert FULL.sheet_of["profile.swot[].strengths_rating"].key == "profile"
    with pytest.raises(KeyError):
        COMPACT.field("profile.swot[0].strengths_rating")


def test_every_figure_says_what_it_is() -> None:
    """A computed figure has a kind that can be shown and stands nowhere as an input."""
    assert not set(FULL.figures) & set(FULL.fields)
    assert all(isinstance(figure.kind, Kind) for figure in FULL.figures.values())


class Visit(TableRow):
    """A row nobody knew before this test."""

    heading = Text(de="Werksbesuche", en="Site visits")
    rows = FreeRows(4, minimum=1)
    totals = ("cost",)

    site: Annotated[
        Line | None, Item(label=Text(de="Werk", en="Site"), required=True)
    ] = None
    cost: Annotated[Money | None, Item(label=Text(de="Kosten", en="Cost"))] = None
    per_cent = Computed(
        label=Text(de="Anteil", en="Share"),
        kind=Kind.PERCENT,
        value=lambda _row, _at: 0.5,
        formula=lambda _: "=0.5",
        after="site",
    )
    grade: Annotated[
        Score | None, Item(label=Text(de="Note", en="Grade"), profile=Profile.FULL)
    ] = None


class Target(TableRow):
    """A row per product group."""

    heading = Text(de="Ziele", en="Targets")
    rows = RowsPer("product_groups")

    share: Annotated[
        Percent | None,
        Item(label=Text(de="Anteil {year}", en="Share {year}"), year_offset=1),
    ] = None


class Visits(Sheet):
    """A sheet nobody knew before this test."""

    number = 11
    title = Text(de="Besuche", en="Visits")
    guidance = Text(de="Tragen Sie Besuche ein.", en="Enter visits.")

    reason: Annotated[
        Line | None, Item(label=Text(de="Anlass", en="Reason"), required=True)
    ] = None
    visits: list[Visit] = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    total_cost = Computed(
        label=Text(de="Kosten gesamt", en="Total cost"),
        kind=Kind.MONEY,
        same_as="visits.visits.total.cost",
    )


class PlanWithVisits(AccountPlan):
    """The plan and one sheet more."""

    visits: Visits = Field(default_factory=Visits)


def test_a_declared_sheet_is_a_sheet_of_the_plan() -> None:
    """Declaring a sheet is all: form, tables, rows, totals, figures and years follow."""
    settings = Settings(product_groups=("A", "B"), plan_year=2030)
    plan = compile_document(PlanWithVisits, settings)
    sheet = plan.sheets[-1]
    assert (sheet.name("de"), sheet.name("en")) == ("11 Besuche", "11 Visits")
    assert [type(part) for part in sheet.sections] == [FormSpec, TableSpec, TableSpec]
    visits = section(plan, "visits.visits")
    assert [column.key for column in visits.columns] == [
        "site",
        "per_cent",
        "cost",
        "grade",
    ]
    assert (visits.count, visits.minimum, visits.totals, visits.free) == (
        4,
        1,
        ("cost",),
        True,
    )
    assert [field.key for field in visits.required] == ["site"]
    assert plan.field("visits.targets[1].share").label == Text(
        de="Anteil 2031", en="Share 2031"
    )
    assert len(section(plan, "visits.targets").rows) == 2
    assert {"visits.total_cost", "visits.visits[].per_cent"} <= set(plan.figures)
    compact = compile_document(PlanWithVisits, settings.changed(profile="compact"))
    assert "visits.visits[].grade" not in compact.fields


class ItemInsideUnion(Sheet):
    """pydantic would drop this Item without a word."""

    title = guidance = Text(de="x", en="x")
    lost: Annotated[Line, Item(label=Text(de="weg", en="gone"))] | None = None


class WithoutItem(Sheet):
    """A field without a label."""

    title = guidance = Text(de="x", en="x")
    bare: Line | None = None


class WithoutKind(Sheet):
    """A field of no known kind."""

    title = guidance = Text(de="x", en="x")
    odd: Annotated[bytes | None, Item(label=Text(de="x", en="x"))] = None


class BadTotalRow(TableRow):
    """A total of nothing."""

    heading = Text(de="x", en="x")
    rows = FreeRows(1)
    totals = ("nothing",)
    site: Annotated[Line | None, Item(label=Text(de="x", en="x"))] = None


class BadTotal(Sheet):
    """A sheet with it."""

    title = guidance = Text(de="x", en="x")
    table: list[BadTotalRow] = Field(default_factory=list)


class ItemInsidePlan(Record):
    """A plan of one contradictory sheet."""

    sheet: ItemInsideUnion = Field(default_factory=ItemInsideUnion)


class WithoutItemPlan(Record):
    """Another."""

    sheet: WithoutItem = Field(default_factory=WithoutItem)


class WithoutKindPlan(Record):
    """Another."""

    sheet: WithoutKind = Field(default_factory=WithoutKind)


class BadTotalPlan(Record):
    """Another."""

    sheet: BadTotal = Field(default_factory=BadTotal)


def figure_plan(**declared: Any) -> type[Record]:
    """A plan of one sheet with one figure."""
    text = Text(de="x", en="x")
    figure = Computed(label=text, kind=Kind.NUMBER, **declared)
    sheet = type("Sums", (Sheet,), {"title": text, "guidance": text, "total": figure})
    fields = {"__annotations__": {"sheet": sheet}, "sheet": sheet()}
    return type("Plan", (Record,), fields)


class NoSheetPlan(Record):
    """A plan whose part is no sheet."""

    sheet: int = 0


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (ItemInsidePlan, "sheet.lost: .*inside the union"),
        (WithoutItemPlan, "sheet.bare: needs .*one Item"),
        (WithoutKindPlan, "sheet.odd: has no kind"),
        (BadTotalPlan, "sheet.table: 'nothing' has no column"),
        (NoSheetPlan, "a document consists of sheets"),
        (figure_plan(), "sheet.total: a figure has a value and a formula"),
        (figure_plan(value=lambda *_: 1.0), "a value and a formula"),
        (figure_plan(formula=lambda _: "=1"), "a value and a formula"),
        (figure_plan(same_as="sheet.total", value=lambda *_: 1.0), "or it is the same"),
        (figure_plan(same_as="sheet.sum"), "the same as 'sheet.sum', which does not"),
    ],
)
def test_a_contradictory_declaration_is_refused(
    plan: type[Record], message: str
) -> None:
    """A slip in a declaration fails at once and names the field, instead of losing it silently."""
    with pytest.raises(SpecError, match=message):
        compile_document(plan, Settings())


def test_a_text_in_one_language_is_refused() -> None:
    """A missing translation fails where it is written."""
    with pytest.raises(SpecError, match="lacks a language"):
        Text(de="Umsatz", en=" ")


@pytest.mark.slow
def test_the_plan_is_known_without_spreadsheet_libraries() -> None:
    """Importing and compiling the plan loads neither openpyxl nor pandas nor xlwings."""
    code = (
        "import sys; from kamxl.plan.account_plan import AccountPlan; from kamxl.plan.settings.model import Settings; "
        "from kamxl.document.compiling import compile_document; compile_document(AccountPlan, Settings()); "
        "print([m for m in ('openpyxl', 'pandas', 'xlwings', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_a_specification_is_the_same_after_travelling_to_another_process() -> None:
    """Plans read by other processes come back under one specification, not under thousands of equal ones."""
    spec = compile_document(
        AccountPlan,
        Settings(
            plan_year=2031, product_groups=("A", "B"), rows={"measures.measures": 7}
        ),
    )
    arrived = [pickle.loads(pickle.dumps(spec)) for _ in range(2)]  # noqa: S301 - just written
    assert arrived[0] == spec
    assert arrived[0].settings.model_fields_set == spec.settings.model_fields_set
    assert arrived[1] is arrived[0]
