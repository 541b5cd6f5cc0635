"""The tables in which tests state plans: read as printed, and refused where they could mean nothing or two things."""

from __future__ import annotations

import datetime as dt

import pytest

from kamxl.plan.contacts import Role
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from tests.plan_tables import (
    Raw,
    TableError,
    Unreadable,
    cases_of,
    cells_of,
    plan_of,
    values_of,
)

SPEC = plan_spec(Settings(plan_year=2027))
PLAN = """
    | Deckblatt         | Firma      | ACME GmbH  |
    |                   | account_id | 10041      |
    |                   | Erstellt   | 01.09.2026 |
    | 5 Offene Projekte | Projekt | Angebotswert | Chance | Phase   |
    |-------------------|---------|--------------|--------|---------|
    |                   | Alpha   | 120.000,5    | 60 %   | Angebot |
    |                   |         |              |        |         |
    |                   | Beta    | -1           | 7,5 %  | idea    |
    | Open projects     | Nächster Schritt |
    |                   | anrufen          |
"""


def test_a_table_gives_the_values_of_a_plan() -> None:
    """Forms and tables, labels and keys, numbers, shares, dates and codes; an empty row keeps its place."""
    assert values_of(PLAN, SPEC) == {
        "cover.company": "ACME GmbH",
        "cover.account_id": "10041",
        "cover.created_on": dt.date(2026, 9, 1),
        "opportunities.open[0].project": "Alpha",
        "opportunities.open[0].value": 120_000.5,
        "opportunities.open[0].probability": 0.6,
        "opportunities.open[0].stage": "offer",
        "opportunities.open[2].project": "Beta",
        "opportunities.open[2].value": -1.0,
        "opportunities.open[2].probability": 0.075,
        "opportunities.open[2].stage": "idea",
        "opportunities.open[0].next_step": "anrufen",
    }


def test_a_table_gives_a_plan() -> None:
    """People, own people and the crossings between them, contact beside contact."""
    contacts = plan_of("""
        | contacts.people | Name | Rolle       | Einfluss |
        |                 | Kern | Entscheider | 9        |
        | contacts.team   | Name |
        |                 | Berg |
        | Kontaktmatrix   | Ist | Soll | Ist | Soll |
        |                 | 1   | 4    | 6   | 3    |
        |                 |     |      | 2   |      |
        | Kontaktmatrix   | 2/1 | Soll | 5 |
    """, SPEC).contacts  # fmt: skip
    (person,) = contacts.people
    assert (person.name, person.role, person.influence) == ("Kern", Role.DECIDER, 9)
    assert [own.name for own in contacts.team] == ["Berg"]
    met = [[(one.actual, one.planned) for one in row] for row in contacts.matrix]
    assert met == [[(1, 4), (6, 3)], [(None, 5), (2, None)]]


def test_cells_hold_labels_in_the_language_of_the_workbook() -> None:
    """German tables give English workbooks too; what is not of a list stays as it is."""
    table = "| contacts.people | Name | Rolle |\n|  | Kern | Entscheider |"
    assert list(cells_of(table, SPEC, "en").values()) == ["Kern", "Decider"]
    assert list(cells_of(table, SPEC).values()) == ["Kern", "Entscheider"]


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("", None),
        ('"80.000 €"', "80.000 €"),
        (r'" a\nb\u007c\u0007"', " a\nb|\u0007"),
        ("80.000", 80_000.0),
        ("8", 8.0),
        ("1.234.567,89", 1_234_567.89),
        ("33,3 %", 0.333),
        ("-5%", -0.05),
        ("02.06.2026", dt.date(2026, 6, 2)),
        ("WAHR", True),
        ("#REF!", Unreadable("#REF!")),
        ("=A1*2", Unreadable("=A1*2", "uncalculated")),
        ("<v>1 2</v>", Unreadable("<v>1 2</v>", "damaged")),
    ],
)
def test_an_entry_of_its_own_may_be_anything(text: str, raw: Raw) -> None:
    """Empty, as typed, a number, a date, an error: whatever a cell can hold."""
    table = f"| 5 Offene Projekte | 3 | Angebotswert | {text} |"
    assert cells_of(table, SPEC) == {"opportunities.open[2].value": raw}


def test_cases_are_told_apart_by_their_first_column() -> None:
    """A case, and a sheet within it, goes on until the next is named."""
    assert cases_of("""
        | one | Deckblatt     |     | Firma | X |
        |     |               |     | Ort   |   |
        |     | Kontaktmatrix | 1/2 | Soll  | 7 |
        | two | Deckblatt |  | Land | Italien |
    """, SPEC) == {
        "one": {"cover.company": "X", "cover.city": None, "contacts.matrix[0][1].planned": 7.0},
        "two": {"cover.country": "Italien"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("| 5 Offene Projekt | 1 | Chance | 1 |", "sheets are Deckblatt, 1 Management"),
        ("| Deckblatt | Frima | X |", r"all of \['Frima'\].*Firma \(company\)"),
        ("| Deckblatt | Firma | Orrt |\n| | X | Y |", "'X'"),
        (
            "| 5 Offene Projekte | Projekt | Chance | Phhase |\n|  | A | 1 | Idee |",
            "Phhase",
        ),
        (
            "| 8 Strategie Folgejahr | 1 | Gewicht | 50 % |",
            "one: strategy.attractiveness, str",
        ),
        ("| profile | Faktenstatus | offen |", "Faktenstatus"),
        ("| 5 Offene Projekte | Chance | 60 % |", "in which row"),
        ("| 5 Offene Projekte | 1 | Chance | hoch |", "no number or date"),
        (
            "| 5 Offene Projekte | 1 | Phase | Ideee |",
            "none of Idee, Qualifiziert, Angebot",
        ),
        ("| Deckblatt | Firma | X |\n|   | Firma | Y |", "cover.company is stated"),
        ("| | Firma | X |", "begins with a name"),
        ("| Deckblatt | Firma | X", "begins and ends with"),
        ("| Offene Projekte | Chance | Chance |\n| | 1 | 1 |", "is stated twice"),
        ("| Offene Projekte | Projekt | Chance | Phase | Wettbewerber |", "no row"),
    ],
)
def test_what_could_mean_nothing_or_two_things_is_refused(
    table: str, message: str
) -> None:
    """The message names what there is instead."""
    with pytest.raises(TableError, match=message):
        cells_of(table, SPEC)


def test_a_line_that_is_too_short_is_refused() -> None:
    """A forgotten cell would shift all entries behind it."""
    with pytest.raises(ValueError, match="shorter"):
        cells_of(PLAN.replace("| Angebot |", "|"), SPEC)
