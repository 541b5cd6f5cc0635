"""How much of a plan is filled in, counted by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kamxl.document.figures import figures
from kamxl.document.required import is_used, progress
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings

SETTINGS = Settings(plan_year=2030)


@pytest.fixture(scope="module")
def spec() -> PlanSpec:
    """The full plan under default settings."""
    return plan_spec(SETTINGS)


def of(spec: PlanSpec, **sheets: Any) -> dict[str, tuple[int, int]]:
    """The progress of a plan with these sheets."""
    return progress(AccountPlan.model_validate(sheets), spec)


def test_an_empty_plan_owes_forms_and_one_row_each(spec: PlanSpec) -> None:
    """Master data, two summary notes, four notes, one competitor, goal, measure, contact and own person."""
    assert of(spec) == {
        "cover": (0, 8), "summary": (0, 2), "profile": (0, 4), "revenue": (0, 0), "projects": (0, 0),
        "opportunities": (0, 0), "competition": (0, 2), "cooperation": (0, 0), "strategy": (0, 1),
        "measures": (0, 5), "controlling": (0, 0), "contacts": (0, 3),
    }  # fmt: skip


def test_a_form_counts_its_required_fields(spec: PlanSpec) -> None:
    """Company and account number are required, the street is not; a blank text is no entry."""
    assert of(
        spec, cover={"company": "Muster AG", "account_id": " ", "street": "Am Markt 1"}
    )["cover"] == (1, 8)


def test_a_row_with_any_entry_owes_all_its_required_fields(spec: PlanSpec) -> None:
    """Two used rows of four required fields each; the empty one between them owes nothing."""
    rows = [
        {"project": "A", "value": 1, "probability": 0.0},
        {},
        {"next_step": "anrufen"},
    ]
    assert of(spec, opportunities={"open": rows})["opportunities"] == (3, 8)


def test_the_minimum_of_rows_is_owed_and_rows_above_it_too(spec: PlanSpec) -> None:
    """One goal at least: an empty plan owes one, two rows owe two."""
    assert of(spec, strategy={"goals": [{"unit": "%"}, {"goal": "Zweitlieferant"}]})[
        "strategy"
    ] == (1, 2)


def test_forecast_and_target_are_owed_where_there_was_revenue(spec: PlanSpec) -> None:
    """Two groups with a past owe four entries; one without or with 0 owes none, whatever its name."""
    rows = [
        {"product_group": "A", "actual_2": 100, "forecast": 110},
        {"product_group": "B", "actual_4": 5, "forecast": 0, "target": 1},
        {"product_group": "C", "actual_4": 0, "forecast": 7},
        {"product_group": "D"},
    ]
    assert of(spec, revenue={"revenue": rows})["revenue"] == (3, 4)


def test_every_person_with_an_entry_owes_name_and_influence(spec: PlanSpec) -> None:
    """Two contacts and one own person: 2·2 + 1 required."""
    people = [
        {"name": "Kern", "influence": 9},
        {},
        {"position": "Leiter Einkauf", "name": "Lang"},
    ]
    assert of(spec, contacts={"people": people, "team": [{"function": "KAM"}]})[
        "contacts"
    ] == (3, 5)


def test_minimum_rows_come_from_the_settings() -> None:
    """A company may ask for three measures and two contacts."""
    minimum = {"measures.measures": 3, "contacts.people": 2, "contacts.team": 2}
    counted = of(plan_spec(SETTINGS.changed(minimum_rows=minimum)))
    assert counted["measures"] == (0, 15)
    assert counted["contacts"] == (0, 6)


@pytest.mark.parametrize(
    ("pattern", "row", "used"),
    [
        ("controlling.targets", {"indicator": "Zielerreichung"}, False),
        ("controlling.targets", {"indicator": "Goals reached"}, False),
        ("controlling.targets", {"indicator": "Liefertreue"}, True),
        ("controlling.targets", {"indicator": "Zielerreichung", "target": 3}, True),
        ("revenue.revenue", {"product_group": "Produktgruppe 1"}, False),
        ("revenue.revenue", {"product_group": "Pumpen"}, True),
        ("strategy.position", {"weight": 0.25}, False),
        ("strategy.position", {"weight": 0.25, "score": 4}, True),
    ],
)
def test_what_stood_there_from_the_beginning_does_not_use_a_row(
    spec: PlanSpec, pattern: str, row: dict[str, object], used: bool
) -> None:
    """Names and weights that the template brings are nobody's entries until changed."""
    sheet, table = pattern.split(".")
    plan = AccountPlan.model_validate({sheet: {table: [row]}})
    entered = getattr(getattr(plan, sheet), table)[0]
    assert is_used(entered, spec.table(pattern), 0) is used


def test_completeness_on_the_cover_is_filled_of_required(spec: PlanSpec) -> None:
    """2 of 25: an empty plan owes 25 entries."""
    plan = AccountPlan.model_validate(
        {"summary": {"challenge": "Preisdruck", "goals": "Zweitlieferant"}}
    )
    assert figures(plan, spec, dt.date(2030, 1, 1))[
        "cover.completeness"
    ] == pytest.approx(2 / 25)
