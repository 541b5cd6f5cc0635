"""How much of a plan is filled in, counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from kamxl.document.figures import figures
from kamxl.document.required import is_used, progress
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from tests.plan_tables import plan_of

SETTINGS = Settings(plan_year=2030, counts_lists=True)
SPEC = plan_spec(SETTINGS)
OWN = plan_spec(SETTINGS.changed(counts_lists=False))
"""As a company counts that says nothing of it: what lists bring is nobody's work."""


def of(table: str = "", spec: PlanSpec = SPEC) -> dict[str, tuple[int, int]]:
    """The progress of a plan with these entries."""
    return progress(plan_of(table, spec), spec)


def test_an_empty_plan_owes_forms_and_one_row_each() -> None:
    """Master data, two summary notes, four notes, one competitor, goal, measure, contact and own person."""
    assert of() == {
        "cover": (0, 8), "summary": (0, 2), "profile": (0, 4), "revenue": (0, 0), "projects": (0, 0),
        "opportunities": (0, 0), "competition": (0, 2), "cooperation": (0, 0), "strategy": (0, 1),
        "measures": (0, 5), "controlling": (0, 0), "contacts": (0, 3),
    }  # fmt: skip


def test_a_form_counts_its_required_fields() -> None:
    """Company and account number are required, the street is not; a blank text is no entry."""
    found = of("""
        | Deckblatt | Firma        | Muster AG  |
        |           | Kundennummer | " "        |
        |           | Straße       | Am Markt 1 |
    """)
    assert found["cover"] == (1, 8)


def test_a_row_with_any_entry_owes_all_its_required_fields() -> None:
    """Two used rows of four required fields each; the empty one between them owes nothing."""
    found = of("""
        | 5 Offene Projekte | Projekt | Angebotswert | Chance | Nächster Schritt |
        |                   | A       | 1            | 0 %    |                  |
        |                   |         |              |        |                  |
        |                   |         |              |        | anrufen          |
    """)
    assert found["opportunities"] == (3, 8)


def test_the_minimum_of_rows_is_owed_and_rows_above_it_too() -> None:
    """One goal at least: an empty plan owes one, two rows owe two."""
    found = of("""
        | 8 Strategie Folgejahr | Ziel           | Einheit |
        |                       |                | %       |
        |                       | Zweitlieferant |         |
    """)
    assert found["strategy"] == (1, 2)


def test_forecast_and_target_are_owed_where_there_was_revenue() -> None:
    """Two groups with a past owe four entries; one without or with 0 owes none, whatever its name."""
    found = of("""
        | 3 Umsatzanalyse | Produktgruppe | Ist 2026 | Ist 2028 | FC 2029 | Ziel 2030 |
        |                 | A             |          | 100      | 110     |           |
        |                 | B             | 5        |          | 0       | 1         |
        |                 | C             | 0        |          | 7       |           |
        |                 | D             |          |          |         |           |
    """)
    assert found["revenue"] == (3, 4)


def test_every_person_with_an_entry_owes_name_and_influence() -> None:
    """Two contacts and one own person: 2·2 + 1 required."""
    found = of("""
        | contacts.people | Position       | Name     | Einfluss |
        |                 |                | Kern     | 9        |
        |                 |                |          |          |
        |                 | Leiter Einkauf | Lang     |          |
        | contacts.team   | 1              | Funktion | KAM      |
    """)
    assert found["contacts"] == (3, 5)


def test_minimum_rows_come_from_the_settings() -> None:
    """A company may ask for three measures and two contacts."""
    minimum = {"measures.measures": 3, "contacts.people": 2, "contacts.team": 2}
    counted = of(spec=plan_spec(SETTINGS.changed(minimum_rows=minimum)))
    assert counted["measures"] == (0, 15)
    assert counted["contacts"] == (0, 6)


@pytest.mark.parametrize(
    ("pattern", "entries", "used"),
    [
        ("controlling.targets", ["Messgröße | Zielerreichung"], False),
        ("controlling.targets", ["Messgröße | Goals reached"], False),
        ("controlling.targets", ["Messgröße | Liefertreue"], True),
        ("controlling.targets", ["Messgröße | Zielerreichung", "Ziel | 3"], True),
        ("revenue.revenue", ["Produktgruppe | Produktgruppe 1"], False),
        ("revenue.revenue", ["Produktgruppe | Pumpen"], True),
        ("strategy.position", ["Gewicht | 25 %"], False),
        ("strategy.position", ["Gewicht | 25 %", "Punkte 1–5 | 4"], True),
    ],
)
def test_what_stood_there_from_the_beginning_does_not_use_a_row(
    pattern: str, entries: list[str], used: bool
) -> None:
    """Names and weights that the template brings are nobody's entries until changed."""
    sheet, table = pattern.split(".")
    lines = (f"| {pattern} | 1 | {entry} |" for entry in entries)
    plan = plan_of("\n".join(lines), SPEC)
    entered = getattr(getattr(plan, sheet), table)[0]
    assert is_used(entered, SPEC.table(pattern), 0) is used


def test_completeness_on_the_cover_is_filled_of_required() -> None:
    """2 of 25: an empty plan owes 25 entries."""
    table = """
        | 1 Management-Summary | challenge | Preisdruck     |
        |                      | goals     | Zweitlieferant |
    """
    found = figures(plan_of(table, SPEC), SPEC, dt.date(2030, 1, 1))
    assert found["cover.completeness"] == pytest.approx(2 / 25)


def test_a_new_plan_has_got_nowhere() -> None:
    """Master data and names that came from the company's lists neither are work nor are owed."""
    table = """
        | Deckblatt       | Firma         | Muster AG |
        |                 | Kundennummer  | 10041     |
        |                 | KAM           | Ina Süß   |
        | contacts.people | 1             | Name      | Kern    |
        | contacts.team   | 1             | Name      | Ina Süß |
        | 3 Umsatzanalyse | Produktgruppe | Ist 2028  |
        |                 | Antriebe      | 100       |
    """
    found = of(table, OWN)
    assert (found["cover"], found["contacts"]) == ((0, 0), (0, 1))
    assert not any(filled for filled, _ in found.values())
    assert (
        figures(plan_of(table, OWN), OWN, dt.date(2030, 1, 1))["cover.completeness"]
        == 0
    )


def test_an_earlier_plan_counts_as_it_was_made() -> None:
    """A plan that says nothing of how it counts shows the figures that its formulas give."""
    text = SETTINGS.model_dump_json(exclude={"counts_lists", "year_to_date"})
    earlier = Settings.carried(text, "de", "full", 2030)
    assert (earlier.counts_lists, earlier.year_to_date) == (True, False)
