"""Rules about one plan, each with the many faces of its fault and with what is no fault."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

import pytest

from kamxl.checks.check import check
from kamxl.checks.findings import Severity
from tests.extracts import SOUND, TODAY, changed, extract_of, settings_of
from tests.plan_tables import Raw

ROW = "revenue.revenue[0]"


def found(
    values: Mapping[str, Raw], today: dt.date = TODAY, **settings: object
) -> list[tuple[str, str]]:
    """Code and path of every finding."""
    extract = extract_of(values, settings=settings_of(**settings))
    return [(one.code, one.path) for one in check(extract, today=today).findings]


def of(code: str, values: Mapping[str, Raw], **settings: object) -> list[str]:
    """The paths at which a rule is broken."""
    return [path for known, path in found(values, **settings) if known == code]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("cover.created_on", dt.date(2027, 9, 1)),
        ("cover.updated_on", dt.date(2036, 11, 2)),
        ("projects.won[0].date", dt.date(2026, 11, 22)),
        ("projects.lost[0].date", dt.date(2062, 3, 1)),
        ("opportunities.open[0].offer_date", dt.date(2026, 12, 24)),
        ("contacts.people[0].last_contact", dt.date(2027, 1, 2)),
        ("contacts.people[1].last_contact", dt.datetime(2029, 1, 2, 9, 30)),  # noqa: DTZ001
        ("profile.history[0].date", dt.date(2027, 1, 1)),
    ],
)
def test_what_has_happened_is_not_to_come(path: str, day: dt.date) -> None:
    """Set up, updated, won, lost, offered, met: from the day after tomorrow on it is doubted."""
    assert path in of("KAM325", {**SOUND, path: day})


@pytest.mark.parametrize(
    "path", ["cover.updated_on", "opportunities.open[0].offer_date"]
)
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_tomorrow_may_be_today_elsewhere(path: str, days: int) -> None:
    """One day is granted: the plan may come from the other side of the earth."""
    day = TODAY + dt.timedelta(days=days)
    assert not of("KAM325", {**SOUND, path: day})


@pytest.mark.parametrize(
    "path",
    ["measures.measures[0].due", "cover.next_review", "strategy.goals[0].deadline"],
)
@pytest.mark.parametrize(
    "day", [dt.date(2026, 1, 1), dt.date(2026, 2, 28), dt.date(2024, 2, 29)]
)
def test_a_day_typed_without_its_year_is_noticed(path: str, day: dt.date) -> None:
    """The "1.1." typed in autumn is the first of January gone by: before there was a plan; told once."""
    values = {**SOUND, path: day, "measures.measures[0].start": None}
    assert found(values) == [("KAM326", path)]


def test_a_measure_that_is_done_may_be_older_than_the_plan() -> None:
    """What was finished under last year's plan stays as it is."""
    values = changed("""
        | 9 Maßnahmen | Status   | Beginn     | Termin     |
        |             | erledigt | 01.02.2026 | 01.03.2026 |
    """)
    assert found(values) == []


def test_a_measure_missed_since_the_plan_was_set_up_is_overdue() -> None:
    """Between setting up and today a term may have been missed: that is another rule's."""
    values = {
        **SOUND,
        "measures.measures[0].due": dt.date(2026, 10, 1),
        "measures.measures[0].start": None,
    }
    assert found(values) == [("KAM308", "measures.measures[0].due")]


def _moved(days: int) -> dict[str, Raw]:
    """All dates of the sound plan, moved."""
    moved = dt.timedelta(days=days)
    return {
        path: raw + moved if isinstance(raw, dt.date) else raw
        for path, raw in SOUND.items()
    }


@pytest.mark.parametrize("days", [1462, -1462])
def test_a_switched_date_system_is_named_once(days: int) -> None:
    """All dates four years and a day off, to either side: one error that says so, in place of many that do not."""
    extract = extract_of(_moved(days))
    identity = dataclasses.replace(extract.identity, created="2026-09-01")
    findings = check(
        dataclasses.replace(extract, identity=identity), today=TODAY
    ).findings
    told = [one for one in findings if one.code == "KAM327"]
    assert [one.path for one in told] == ["cover.created_on"]
    assert told[0].severity is Severity.ERROR
    assert "01.09.2026" in told[0].message
    assert {one.code for one in findings}.isdisjoint({"KAM325", "KAM326"})


def test_a_date_system_is_told_by_the_dates_alone() -> None:
    """Without a creation date in the file the days that should have been tell it; two wrong years do not."""
    assert ("KAM327", "cover.created_on") in found(_moved(1462))
    wrong = {
        **SOUND,
        "cover.created_on": dt.date(2027, 9, 1),
        "cover.updated_on": dt.date(2027, 11, 2),
    }
    assert not of("KAM327", wrong)


@pytest.mark.parametrize("key", ["forecast", "target"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [(110.0, "110.000"), (0.11, "110.000"), (95.0, "95.000"), (240.0, "240.000"), (11e6, "110.000"),
     (125e6, "125.000"), (1e11, "100.000")],
)  # fmt: skip
def test_another_magnitude_is_told_with_the_amount_meant(
    key: str, typed: float, meant: str
) -> None:
    """In thousands, in millions, with two or three zeros too many: whatever the comment says."""
    values = {
        **SOUND,
        f"{ROW}.{key}": typed,
        f"{ROW}.comment": "mit dem Kunden abgestimmt",
    }
    findings = check(extract_of(values), today=TODAY).findings
    told = [one for one in findings if one.code == "KAM328"]
    assert [one.path for one in told] == [f"{ROW}.{key}"]
    assert f"gemeint ist vermutlich {meant}." in told[0].message


@pytest.mark.parametrize("target", [0.0, 40_000.0, 2_000.0, 300_000.0])
def test_a_row_may_shrink_or_grow(target: float) -> None:
    """Nothing, a fiftieth, three times as much: no slip of the keyboard."""
    values = {**SOUND, f"{ROW}.target": target, f"{ROW}.comment": "neues Werk"}
    assert not of("KAM328", values)


def test_a_small_product_group_may_grow_a_hundredfold() -> None:
    """What stays below the account's own revenue is no slip; a total in thousands is one, though no row shows it."""
    groups = ["Antriebe", "Getriebe"]
    small = {**SOUND, "revenue.revenue[1].actual_2": 100.0, "revenue.revenue[1].forecast": 20_000.0,
             "revenue.revenue[1].target": 20_000.0}  # fmt: skip
    assert not of("KAM328", small, product_groups=groups)
    other = {**SOUND, f"{ROW}.forecast": 0.0, "revenue.revenue[1].forecast": 110.0}
    assert of("KAM329", other, product_groups=groups) == ["revenue.revenue[1].forecast"]


@pytest.mark.parametrize(
    ("value", "told"), [(200_000.0, False), (8_000_000.0, True), (80_000_000.0, True)]
)
def test_a_deal_is_measured_by_its_account(value: float, told: bool) -> None:
    """A contract may run for two years; one that is many times the account's size is doubted."""
    path = "opportunities.open[0].value"
    assert (path in of("KAM330", {**SOUND, path: value})) is told
    assert path not in of(
        "KAM330", {**SOUND, path: value, "revenue.wallet[0].demand": 50_000_000.0}
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("opportunities.open[0].project", "opportunities.open[3].project"),
        ("measures.measures[0].measure", "measures.measures[1].measure"),
        ("contacts.people[0].name", "contacts.people[6].name"),
        ("contacts.team[0].name", "contacts.team[4].name"),
        ("competition.competitors[0].name", "competition.competitors[1].name"),
        ("strategy.goals[0].goal", "strategy.goals[1].goal"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "spelt", [str, str.upper, " {} ".format, lambda name: name.replace(" ", "\u00a0")]
)
def test_the_same_row_twice_is_told_at_the_second(
    first: str, second: str, spelt: object
) -> None:
    """Projects, measures, people, competitors, goals: however the name is spelt."""
    name = spelt(SOUND[first])  # type: ignore[operator] - each of them is called
    assert of("KAM331", {**SOUND, second: name}) == [second]


def test_the_same_project_may_be_won_again() -> None:
    """Sold on another day it is another row; on the same day for the same amount it is one row twice."""
    again = changed("""
        | Gewonnene Projekte | Projekt | Datum      | Wert   |
        |                    | Linie 1 | 01.03.2026 | 50.000 |
        |                    | Linie 1 | 01.09.2026 | 50.000 |
        |                    | Linie 1 | 01.03.2026 | 50.000 |
    """)
    assert of("KAM331", again) == ["projects.won[2].project"]
