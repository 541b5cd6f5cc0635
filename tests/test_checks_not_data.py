"""What stands in cells and is no data: placeholders, rows of sums, spoilt keys."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from kamxl.checks.check import check, fields_json
from kamxl.checks.checked import Checked
from kamxl.plan.contacts import Role
from kamxl.plan.measures import Status
from tests.extracts import SOUND, TODAY, changed, extract_of, settings_of
from tests.plan_tables import Raw, Unreadable

FIRST = "opportunities.open[0]"


def checked(values: Mapping[str, Raw], **identity: Any) -> Checked:
    """The sound plan with some other entries, in a file that says this of itself."""
    extract = extract_of({**SOUND, **values})
    own = dataclasses.replace(extract.identity, **{"account_id": "10023", **identity})
    return check(dataclasses.replace(extract, identity=own), today=TODAY)


def found(values: Mapping[str, Raw], **identity: Any) -> list[tuple[str, str]]:
    """Code and path of every finding."""
    return [(one.code, one.path) for one in checked(values, **identity).findings]


@pytest.mark.parametrize(
    "text",
    ["k. A.", "k.A.", "KA", "n. a.", "N/A", "n/a", "-", "–", "—", "--", ".", "…", "...", "siehe oben", "s. o.", "S.O.",
     "dito", "wie immer", "tbd", "T.B.D.", "offen", "x", "XXX", "xxxxx", "?", "???", "_", "(offen)", "k.\u00a0A.",
     "see above", "as usual", "to be defined", "„siehe oben“", "folgt noch…"],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["cover.company", "summary.challenge", "cover.industry"]
)
def test_a_placeholder_fills_nothing(path: str, text: str) -> None:
    """Required it is missing, optional it is empty with a hint; the plan has no entry there."""
    code = "KAM255" if path == "cover.industry" else "KAM254"
    result = checked({path: text})
    assert [(one.code, one.path) for one in result.findings] == [(code, path)]
    assert path not in result.values


@pytest.mark.parametrize(
    "text",
    [
        "X-Fab GmbH",
        "K. A. Maier",
        "Offen bleibt der Preis.",
        "3-A",
        "NA-Ring",
        "Dito Sama",
        "XL",
        "tbd. Details",
    ],
)
def test_what_only_begins_like_a_placeholder_is_an_entry(text: str) -> None:
    """A name or a sentence says something."""
    assert checked({"cover.company": text}).plan.cover.company == text


def test_a_word_of_a_list_is_no_placeholder_there() -> None:
    """The word "offen" is the status of a measure; a dash in the field of an amount is nothing."""
    plan = checked({"measures.measures[0].status": "offen"}).plan
    assert plan.measures.measures[0].status is Status.OPEN
    assert found({"measures.measures[0].budget": "-"}) == [
        ("KAM255", "measures.measures[0].budget")
    ]
    assert found({f"{FIRST}.value": "tbd"}) == [("KAM254", f"{FIRST}.value")]


def test_a_row_of_placeholders_is_an_empty_row() -> None:
    """Somebody struck out the free rows: they owe nothing."""
    row = "opportunities.open[3]"
    values = {
        f"{row}.{key}": "–" for key in ("project", "value", "probability", "close_date")
    }
    assert {code for code, _ in found(values)} == {"KAM255"}


def test_a_company_has_its_own_placeholders() -> None:
    """The settings list them; dashes and dots are always some."""
    settings = settings_of(placeholders=["nix"])
    values = {**SOUND, "cover.company": "N I X", "cover.industry": "k. A."}
    findings = check(extract_of(values), settings, TODAY).findings
    assert [(one.code, one.path) for one in findings] == [("KAM254", "cover.company")]


def test_a_placeholder_is_read_as_empty() -> None:
    """`kamxl read` says so too."""
    (field,) = [one for one in fields_json(extract_of({**SOUND, "cover.industry": "k. A."}))
                if one["path"] == "cover.industry"]  # fmt: skip
    assert (field["state"], field["value"], field["raw"]) == ("empty", None, "k. A.")


@pytest.mark.parametrize(
    "name", ["Summe", "SUMME:", "Gesamt", "Gesamtsumme", "Zwischensumme", "Total", "Grand Total", "Subtotal", "Σ",
             "Summe 2027", "Total EUR", "insgesamt"]
)  # fmt: skip
@pytest.mark.parametrize(
    "table", ["opportunities.open", "projects.won", "competition.competitors"]
)
def test_a_row_that_is_called_a_sum_is_not_counted(table: str, name: str) -> None:
    """It is left out with an error, and owes nothing."""
    key, amount = (
        ("name", "revenue") if table.startswith("comp") else ("project", "value")
    )
    result = checked({f"{table}[2].{key}": name, f"{table}[2].{amount}": 80_000.0})
    assert [(one.code, one.path) for one in result.findings] == [
        ("KAM256", f"{table}[2].{key}")
    ]
    assert f"{table}[2].{amount}" not in result.values


@pytest.mark.parametrize("name", ["", "Summe aller Projekte", "Gesamt (netto)"])
def test_a_row_whose_amount_adds_up_those_above_is_a_sum(name: str) -> None:
    """Also without a name of its own; a project called Total that adds up nothing is a project."""
    second, third = "opportunities.open[1]", "opportunities.open[2]"
    more = {f"{second}.project": "Beta", f"{second}.value": 20_000.0, f"{second}.probability": 0.5,
            f"{second}.close_date": dt.date(2027, 5, 1)}  # fmt: skip
    values = {**more, f"{third}.project": name or None, f"{third}.value": 100_000.0}
    assert found(values) == [("KAM256", f"{third}.project")]
    plant = {f"{third}.project": "Total Energies, Werk 3", f"{third}.value": 90_000.0,
             f"{third}.probability": 0.5, f"{third}.close_date": dt.date(2027, 5, 1)}  # fmt: skip
    assert found({**more, **plant}) == []


@pytest.mark.parametrize(
    "raw",
    [dt.date(2026, 1, 1), dt.datetime(2026, 1, 1, 10, 41), dt.time(10, 41), 1.23e15, 10041.5, -4.0, True,  # noqa: DTZ001
     "1.23E+15", "1,23E+15", "1.00E+04", "01. Feb", "Jan 41", "1-Mrz", "01.01.2026", "2026-01-01 00:00:00", "10:41",
     '="0010041"', "=A1", "########", Unreadable("#REF!", "error"), "k. A."],
)  # fmt: skip
def test_a_spoilt_account_number_gives_way_to_that_of_the_file(raw: Raw) -> None:
    """It is never taken; the file knows for whom it was made, and the error says what is used."""
    result = checked({"cover.account_id": raw})
    assert result.plan.cover.account_id == "10023"
    (finding,) = [one for one in result.findings if one.path == "cover.account_id"]
    assert finding.code == "KAM264"
    nobody = checked({"cover.account_id": raw}, account_id="")
    assert nobody.plan.cover.account_id is None


@pytest.mark.parametrize(
    "raw", ["10023", 10023.0, "0000010023", " 10023 ", "A-10023/7", "12E45", "1-1"]
)
def test_a_number_that_may_be_an_account_is_taken(raw: Raw) -> None:
    """Digits, letters, dashes, leading zeros: whatever companies count by."""
    assert "KAM264" not in {code for code, _ in found({"cover.account_id": raw})}


@pytest.mark.parametrize("raw", ["10024", 10024.0, "LUX-7"])
def test_a_file_used_again_for_another_account_is_told(raw: Raw) -> None:
    """The cover differs from what the file says of itself; leading zeros are no difference."""
    assert found({"cover.account_id": raw}) == [("KAM265", "cover.account_id")]
    assert found({"cover.account_id": "0010023"}) == []
    assert found({"cover.account_id": raw}, account_id="") == []


@pytest.mark.parametrize("year", [2028, 2026, 2072])
def test_last_years_file_used_again_is_an_error(year: int) -> None:
    """Its columns stay those of the year for which it was made."""
    assert found({"cover.plan_year": float(year)}) == [("KAM266", "cover.plan_year")]


@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2027, 1, 1),
        "2027/28",
        20.27,
        "nächstes Jahr",
        Unreadable("#NAME?", "error"),
    ],
)
def test_a_spoilt_year_gives_way_to_that_of_the_file(raw: Raw) -> None:
    """One finding, and the plan keeps its year."""
    result = checked({"cover.plan_year": raw})
    assert [(one.code, one.path) for one in result.findings] == [
        ("KAM264", "cover.plan_year")
    ]
    assert result.plan.cover.plan_year == 2027


def test_roles_are_kept_beside_what_is_no_data() -> None:
    """Only what says nothing is left out."""
    values = changed("| contacts.people | 1 | Einheit/Standort | siehe oben |")
    assert (
        check(extract_of(values), today=TODAY).plan.contacts.people[0].role
        is Role.DECIDER
    )


def test_a_row_with_more_to_say_is_no_sum() -> None:
    """Of three goals without a name one reaches, by chance, what the others do together: it has a unit and a date."""
    goals = [(29.0, None), (-20.25, None), (8.75, "Prozent")]
    values = {
        f"strategy.goals[{row}].{key}": value
        for row, goal in enumerate(goals, 1)
        for key, value in zip(("baseline", "unit"), goal, strict=True)
        if value is not None
    }
    assert "KAM256" not in {code for code, _ in found(values)}
    bare = {path: value for path, value in values.items() if value != "Prozent"}
    assert "KAM256" in {code for code, _ in found(bare)}
