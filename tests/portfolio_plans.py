"""Folders of plans for tests of the portfolio: written as a company would write them, with a few entries by path."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kamxl.document.paths import nest
from kamxl.generation.write import PlanWriter
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection, collect
from kamxl.portfolio.data.tables import Tables, build_tables

TODAY = dt.date(2026, 11, 20)
GROUPS = ("Antriebe", "Service")
SETTINGS = Settings(
    plan_year=2027, product_groups=GROUPS, company="Muster & Söhne GmbH"
)

MILLS: dict[str, Any] = {
    "cover.account_id": "10023",
    "cover.company": "Mühlenwerke AG",
    "cover.key_account_manager": "Anna Berg",
    "cover.parent_account": "Korn-Gruppe",
    "cover.plan_year": 2027,
    "cover.currency": "EUR",
    "cover.created_on": dt.date(2026, 9, 1),
    "cover.updated_on": dt.date(2026, 11, 2),
    "revenue.revenue[0].product_group": "Antriebe",
    "revenue.revenue[0].actual_2": 100_000.1,
    "revenue.revenue[0].forecast": 110_000.2,
    "revenue.revenue[0].target": 120_000.0,
    "revenue.revenue[1].product_group": "Service",
    "revenue.revenue[1].actual_2": 0.7,
    "revenue.revenue[1].forecast": 0.1,
    "opportunities.open[0].project": "Retrofit Werk 2",
    "opportunities.open[0].value": 80_000.0,
    "opportunities.open[0].close_date": dt.date(2027, 3, 31),
    "opportunities.open[0].probability": 0.6,
    "opportunities.open[0].stage": "negotiation",
    "opportunities.open[1].project": "Altes Vorhaben",
    "opportunities.open[1].value": 500_000.0,
    "opportunities.open[1].probability": 0.1,
    "opportunities.open[1].stage": "lost",
    "projects.lost[0].project": "Linie 3",
    "projects.lost[0].value": 40_000.0,
    "projects.lost[0].lost_to": "Nordwerk AG",
    "competition.competitors[0].name": "Nordwerk AG",
    "competition.competitors[0].importance": 4.0,
    "measures.measures[0].measure": "Servicevertrag anbieten",
    "measures.measures[0].due": dt.date(2026, 10, 1),
    "measures.measures[0].status": "open",
    "measures.measures[1].measure": "Audit vorbereiten",
    "measures.measures[1].due": dt.date(2027, 2, 1),
    "measures.measures[1].status": "open",
    "contacts.people[0].name": "Jana Krüger",
    "contacts.people[0].role": "decider",
    "contacts.people[0].influence": 9,
    "contacts.team[0].name": "Anna Berg",
    "contacts.matrix[0][0].actual": 2,
    "contacts.matrix[0][0].planned": 6,
}
"""A plan with a little of everything, by path."""

FOUNDRY: dict[str, Any] = {
    "cover.account_id": "10024",
    "cover.company": "Gießerei Nord KG",
    "cover.key_account_manager": "Thomas Keller",
    "cover.plan_year": 2027,
    "cover.currency": "EUR",
    "revenue.revenue[0].product_group": "Antriebe",
    "revenue.revenue[0].actual_2": 50_000.2,
}
"""A second account of which little is known yet."""


def plan_of(values: Mapping[str, Any]) -> AccountPlan:
    """A plan with these entries."""
    return AccountPlan.model_validate(nest(values))


@lru_cache(maxsize=8)
def writer(language: str = "de") -> PlanWriter:
    """Writes plans of the test company; the template is drawn once."""
    return PlanWriter(SETTINGS.changed(language=language), TODAY, "test")


def write_plan(path: Path, values: Mapping[str, Any], language: str = "de") -> Path:
    """A plan workbook with these entries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(writer(language).workbook(plan_of(values)))
    return path


def two_plans(folder: Path) -> Path:
    """A folder with two accounts, one of them in a folder of its own with an umlaut and a space."""
    write_plan(folder / "Süd West" / "Plan Mühlenwerke.xlsx", MILLS)
    write_plan(folder / "Gießerei.xlsx", FOUNDRY)
    return folder


def collected(folder: Path, settings: Settings = SETTINGS) -> Collection:
    """What is found in a folder on the day of the tests."""
    return collect(folder, settings, TODAY)


def tables_of(folder: Path, settings: Settings = SETTINGS) -> Tables:
    """The tables of all plans in a folder."""
    return build_tables(collected(folder, settings), settings, TODAY)
