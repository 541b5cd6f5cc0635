"""The tables of all plans: every value as it stands in its cell, every sum to the cent."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Annotated

import pytest
from openpyxl import load_workbook
from pydantic import Field

from kamxl.checks.checked import Checked
from kamxl.document.compiling import compile_document
from kamxl.document.figures import figures
from kamxl.document.paths import nest
from kamxl.document.vocabulary import (
    Computed,
    FreeRows,
    Item,
    Kind,
    Line,
    Money,
    Sheet,
    TableRow,
)
from kamxl.plan.account_plan import AccountPlan
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.columns import DataColumn, merged
from kamxl.portfolio.data.entries import entry_tables
from kamxl.portfolio.data.ledger import Ledger, LedgerAccount, money_sum
from kamxl.portfolio.data.records import COUNTED
from kamxl.portfolio.data.tables import NAMED, Tables, build_tables
from kamxl.portfolio.pages.draw import draw_portfolio
from kamxl.texts import Text
from tests.plan_tables import values_of
from tests.portfolio_plans import (
    FOUNDRY,
    MILLS,
    SETTINGS,
    TODAY,
    collected,
    entries,
    tables_of,
    two_plans,
    write_plan,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans."""
    return two_plans(tmp_path_factory.mktemp("plans"))


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    """Their tables."""
    return tables_of(folder)


def test_the_named_tables_are_there(tables: Tables) -> None:
    """Other programs find the seven tables, and the first columns of revenue, under names that stay."""
    assert tuple(tables)[: len(NAMED)] == NAMED
    assert list(tables["revenue"].frame.columns[:11]) == [
        "account_id", "company", "key_account_manager", "product_group", "year", "kind", "amount", "currency",
        "file", "sheet", "cell",
    ]  # fmt: skip


def test_revenue_has_a_row_per_amount(tables: Tables) -> None:
    """Each amount comes with its year and kind; what is unknown has no row."""
    rows = {
        (row["account_id"], row["product_group"], row["year"], row["kind"]): row[
            "amount"
        ]
        for row in tables["revenue"]
    }
    assert rows == {
        ("10023", "Antriebe", 2025, "actual"): 100_000.1,
        ("10023", "Antriebe", 2026, "forecast"): 110_000.2,
        ("10023", "Antriebe", 2027, "target"): 120_000.0,
        ("10023", "Service", 2025, "actual"): 0.7,
        ("10023", "Service", 2026, "forecast"): 0.1,
        ("10024", "Antriebe", 2025, "actual"): 50_000.2,
    }


@pytest.mark.parametrize("name", ["revenue", "opportunities", "measures", "contacts"])
def test_every_row_leads_to_its_cell(folder: Path, tables: Tables, name: str) -> None:
    """The cell that a row names holds the first value of that row."""
    first = {
        "revenue": "amount",
        "opportunities": "project",
        "measures": "measure",
        "contacts": "name",
    }[name]
    assert len(tables[name]) > 0
    books = {row["file"]: load_workbook(folder / row["file"]) for row in tables[name]}
    for row in tables[name]:
        book = books[row["file"]]
        assert book[row["sheet"]][row["cell"]].value == row[first]


def test_accounts_hold_the_figures_of_the_cover(folder: Path, tables: Tables) -> None:
    """A row per account: master data, and each figure exactly as the plan's own."""
    for _, checked in collected(folder).plans:
        found = figures(checked.plan, checked.spec, TODAY)
        account = checked.plan.cover.account_id
        (row,) = [row for row in tables["accounts"] if row["account_id"] == account]
        for figure in checked.spec.sheet("cover").figures:
            assert row[figure.key] == found[figure.pattern], figure.key
    mills = tables["accounts"].rows[1]
    assert mills["weighted_pipeline"] == 48_000
    assert (
        mills["open_projects"],
        mills["open_measures"],
        mills["overdue_measures"],
    ) == (1, 2, 1)
    assert (mills["contacts"], mills["deciders"]) == (1, 1)
    assert mills["created_on"] == dt.date(2026, 9, 1)


def test_accounts_are_classed_by_their_largest_known_revenue(tables: Tables) -> None:
    """As soon as one account has a forecast, forecasts count; who has none has no class."""
    assert [row["abc_class"] for row in tables["accounts"]] == [None, "A"]


def test_empty_rows_are_no_rows(tables: Tables) -> None:
    """Rows that the template starts with, and rows with weights from the settings, are nobody's entries."""
    assert len(tables["strategy_attractiveness"]) == 0
    assert len(tables["controlling_targets"]) == 0
    assert len(tables["opportunities"]) == 2


def test_values_are_codes_in_both_languages(tmp_path: Path) -> None:
    """An English plan gives the same codes as a German one."""
    tables = tables_of(write_plan(tmp_path / "plan.xlsx", MILLS, "en").parent)
    assert [row["stage"] for row in tables["opportunities"]] == ["negotiation", "lost"]
    assert tables["opportunities"].rows[0]["sheet"] == "5 Open projects"


def test_frames_have_proper_types(tables: Tables) -> None:
    """Money is a number, years are whole, dates are dates, even where a column is empty."""
    frame = tables["opportunities"].frame
    assert str(frame["value"].dtype) == "Float64"
    assert str(tables["revenue"].frame["year"].dtype) == "Int64"
    assert frame["close_date"].iloc[0] == dt.date(2027, 3, 31)
    assert str(tables["projects_won"].frame["value"].dtype) == "Float64"


@pytest.mark.parametrize("written", ["XYZ", "T€", ""])
def test_amounts_in_no_known_currency_count_in_no_total(
    tmp_path: Path, written: str
) -> None:
    """What is no currency, or none at all, is never taken for euros; the overview says so."""
    two_plans(tmp_path)
    plan = FOUNDRY | {"cover.account_id": "7", "cover.currency": written}
    write_plan(
        tmp_path / "plan.xlsx", {path: said for path, said in plan.items() if said}
    )
    tables = tables_of(tmp_path)
    revenue = [row for row in tables["revenue"] if row["account_id"] == "7"]
    assert {(row["currency"], row["amount_reporting"]) for row in revenue} == {
        (None, None)
    }
    assert {row["amount"] for row in revenue} == {50_000.2}
    found = {row["code"] for row in tables["findings"] if row["account_id"] == "7"}
    assert "KAM406" in found
    assert "Währung unbekannt" in tables.money_note()


def test_foreign_currency_is_converted(tmp_path: Path) -> None:
    """The plan's own amount stays, a second column holds it in the reporting currency."""
    francs = entries("| Deckblatt | Währung | CHF |")
    write_plan(tmp_path / "plan.xlsx", {**FOUNDRY, **francs})
    settings = SETTINGS.changed(exchange_rates={"CHF": 1.05})
    (row,) = tables_of(tmp_path, settings)["revenue"]
    assert (row["amount"], row["currency"], row["amount_reporting"]) == (
        50_000.2,
        "CHF",
        52_500.21,
    )


def test_an_unknown_rate_leaves_the_amount_out(tmp_path: Path) -> None:
    """Without a rate there is no amount in the reporting currency, but a finding at the currency's cell."""
    two_plans(tmp_path)
    swiss = entries("""
        | Deckblatt | Kundennummer | 7   |
        |           | Währung      | CHF |
    """)
    write_plan(tmp_path / "plan.xlsx", {**FOUNDRY, **swiss})
    tables = tables_of(tmp_path)
    amounts = {row["account_id"]: row["amount_reporting"] for row in tables["revenue"]}
    assert amounts["7"] is None
    assert amounts["10024"] == 50_000.2
    (finding,) = [row for row in tables["findings"] if row["code"] == "KAM404"]
    assert (finding["account_id"], finding["sheet"], bool(finding["cell"])) == (
        "7",
        "Deckblatt",
        True,
    )


def test_sums_are_exact_to_the_cent() -> None:
    """A thousand times ten cents are a hundred, which plain addition misses."""
    assert money_sum([0.1] * 1000) == 100.0
    assert money_sum([1e9, 0.01, -1e9, None]) == 0.01
    assert money_sum([None]) is None
    assert money_sum([0.0]) == 0.0


def test_the_exported_findings_are_those_that_are_printed(tables: Tables) -> None:
    """Whoever counts the rows of the export gets the numbers of the workbook."""
    printed = sum(len(source.lines) for source in tables.collection.sources)
    assert len(tables["findings"]) == printed
    keys = [column.key for column in COUNTED]
    counted = [sum(row[key] for row in tables["sources"]) for key in keys]
    assert sum(counted) == printed


def test_columns_of_several_specifications_become_one_list() -> None:
    """A column that only some plans have stands behind its predecessor; options of all are known."""

    def column(key: str, **options: str) -> DataColumn:
        texts = {code: Text(de=label, en=label) for code, label in options.items()}
        return DataColumn(key, Text(de=key, en=key), options=texts)

    both = merged(
        [
            [column("a", x="X"), column("c")],
            [column("a", y="Y"), column("b"), column("c")],
        ]
    )
    assert [c.key for c in both] == ["a", "b", "c"]
    assert set(both[0].options) == {"x", "y"}


class Prize(TableRow):
    """A toy table."""

    heading = Text(de="Auszeichnungen", en="Prizes")
    rows = FreeRows(3)
    title: Annotated[Line | None, Item(label=Text(de="Titel", en="Title"))] = None
    purse: Annotated[Money | None, Item(label=Text(de="Preisgeld", en="Purse"))] = None
    halved = Computed(
        label=Text(de="Hälfte", en="Half"),
        kind=Kind.MONEY,
        value=lambda row, _: row.purse and row.purse / 2,
        formula=lambda row: f"={row.cell('purse')}/2",
        after="purse",
    )


class Prizes(Sheet):
    """A toy sheet with a form, a figure and a table."""

    number = 11
    title = Text(de="Auszeichnungen", en="Prizes")
    guidance = Text(de="Was der Kunde gewonnen hat.", en="What the account has won.")
    jury: Annotated[Line | None, Item(label=Text(de="Jury", en="Jury"))] = None
    prizes: list[Prize] = Field(default_factory=list)
    best = Computed(
        label=Text(de="Höchster Preis", en="Best prize"),
        kind=Kind.MONEY,
        value=lambda sheet, _: max(
            (row.purse or 0 for row in sheet.prizes), default=None
        ),
        formula=lambda terms: f"=MAX({terms.column('prizes.prizes[].purse')})",
    )


class PlanWithPrizes(AccountPlan):
    """The account plan with a toy sheet."""

    prizes: Prizes = Prizes()


def _toy(folder: Path) -> tuple[Collection, Checked]:
    """The two plans, one of which has the toy sheet."""
    collection = collected(folder)
    source = collection.sources[1]
    assert source.checked is not None
    spec = compile_document(PlanWithPrizes, SETTINGS)
    extra = values_of("""
        | 11 Auszeichnungen | Jury             | VDMA      |
        | 11 Auszeichnungen | Titel            | Preisgeld |
        |                   | Innovationspreis | 2.500     |
    """, spec)  # fmt: skip
    given = source.checked.plan.model_dump() | nest(extra)
    checked = Checked(
        source.checked.file, source.checked.identity, PlanWithPrizes.model_validate(given), (),
        {**source.checked.values, **extra},
        {**source.checked.cells, "prizes.prizes[0].title": ("11 Auszeichnungen", "C9")},
        spec,
    )  # fmt: skip
    return collection, checked


def test_what_is_added_to_the_plan_appears_by_itself(folder: Path) -> None:
    """A toy sheet's field and figure are columns of the accounts, its table is a table, in both languages."""
    collection, checked = _toy(folder)
    account = LedgerAccount(collection.sources[1], checked, {}, "EUR", 1.0)
    ledger = Ledger((account,), SETTINGS, (checked.spec,))
    columns, rows = dict(entry_tables(ledger))["prizes_prizes"]
    assert [c.key for c in columns if c.key in ("title", "purse", "halved", "purse_reporting")] == [
        "title", "purse", "halved", "purse_reporting",
    ]  # fmt: skip
    assert [
        (r["title"], r["purse_reporting"], r["sheet"], r["cell"]) for r in rows
    ] == [("Innovationspreis", 2_500.0, "11 Auszeichnungen", "C9")]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_toy_field_is_printed(folder: Path, tmp_path: Path, language: str) -> None:
    """The portfolio workbook has the toy field as a column with its label and value, without a line of code for it."""
    collection, checked = _toy(folder)
    sources = list(collection.sources)
    sources[1] = type(sources[1])(**{**vars(sources[1]), "checked": checked})
    settings = SETTINGS.changed(language=language)
    tables = build_tables(Collection(folder, tuple(sources)), settings, TODAY)
    path = tmp_path / "p.xlsx"
    path.write_bytes(draw_portfolio(tables, tmp_path))
    rows = list(load_workbook(path)["Accounts"].iter_rows(values_only=True))
    label = {"de": "Jury", "en": "Jury"}[language]
    head = next(row for row in rows if label in row)
    assert {"de": "Höchster Preis (EUR)", "en": "Best prize (EUR)"}[language] in head
    assert "VDMA" in [row[head.index(label)] for row in rows]


def test_the_total_of_a_folder_is_exact(tables: Tables) -> None:
    """What stands in the cells adds up, to the cent."""
    assert math.isclose(
        money_sum(row["amount"] for row in tables["revenue"]) or 0,
        380_001.3,
        abs_tol=1e-9,
    )
