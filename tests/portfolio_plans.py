"""Folders of plans for tests of the portfolio: written as a company would write them, with a few entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kamxl.document.paths import nest
from kamxl.generation.write import PlanWriter
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Collection, collect
from kamxl.portfolio.data.tables import Tables, build_tables
from tests.plan_tables import values_of

TODAY = dt.date(2026, 11, 20)
GROUPS = ("Antriebe", "Service")
SETTINGS = Settings(
    plan_year=2027, product_groups=GROUPS, company="Muster & Söhne GmbH"
)

SPEC = plan_spec(SETTINGS)


def entries(table: str) -> dict[str, Any]:
    """The entries of a table (`tests.plan_tables`) by path, as a plan holds them."""
    return values_of(table, SPEC)


MILLS = entries("""
    | Deckblatt           | Firma                    | Mühlenwerke AG |
    |                     | Kundennummer             | 10023          |
    |                     | KAM                      | Anna Berg      |
    |                     | Konzern / Global Account | Korn-Gruppe    |
    |                     | Planjahr                 | 2027           |
    |                     | Währung                  | EUR            |
    |                     | Erstellt                 | 01.09.2026     |
    |                     | Aktualisiert             | 02.11.2026     |
    | 3 Umsatzanalyse     | Produktgruppe | Ist 2025  | FC 2026   | Ziel 2027 |
    |                     | Antriebe      | 100.000,1 | 110.000,2 | 120.000   |
    |                     | Service       | 0,7       | 0,1       |           |
    | 5 Offene Projekte   | Projekt         | Angebotswert | Erwarteter Abschluss | Chance | Phase       |
    |                     | Retrofit Werk 2 | 80.000       | 31.03.2027           | 60 %   | Verhandlung |
    |                     | Altes Vorhaben  | 500.000      |                      | 10 %   | verloren    |
    | Verlorene Projekte  | Projekt | Wert   | An wen?     |
    |                     | Linie 3 | 40.000 | Nordwerk AG |
    | 6 Konkurrenzanalyse | Wettbewerber | Bedeutung |
    |                     | Nordwerk AG  | 4         |
    | 9 Maßnahmen         | Maßnahme                | Termin      | Status   |
    |                     | Servicevertrag anbieten | 01.10.2026  | offen    |
    |                     | Audit vorbereiten       | 01.02.2027  | offen    |
    | contacts.people     | Name                    | Rolle       | Einfluss |
    |                     | Jana Krüger             | Entscheider | 9        |
    | contacts.team       | Name      |
    |                     | Anna Berg |
    | Kontaktmatrix       | Ist | Soll |
    |                     | 2   | 6    |
""")
"""A plan with a little of everything."""

FOUNDRY = entries("""
    | Deckblatt       | Firma         | Gießerei Nord KG |
    |                 | Kundennummer  | 10024            |
    |                 | KAM           | Thomas Keller    |
    |                 | Planjahr      | 2027             |
    |                 | Währung       | EUR              |
    | 3 Umsatzanalyse | Produktgruppe | Ist 2025         |
    |                 | Antriebe      | 50.000,2         |
""")
"""A second account of which little is known yet."""


@lru_cache(maxsize=8)
def writer(language: str = "de") -> PlanWriter:
    """Writes plans of the test company; the template is drawn once."""
    return PlanWriter(SETTINGS.changed(language=language), TODAY, "test")


def write_plan(path: Path, values: Mapping[str, Any], language: str = "de") -> Path:
    """A plan workbook with these entries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plan = AccountPlan.model_validate(nest(values))
    path.write_bytes(writer(language).workbook(plan))
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
