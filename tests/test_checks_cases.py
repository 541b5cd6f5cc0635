"""Plans that went wrong in somebody's hands: what a person sees in the cells is what is read, or a finding says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kamxl.checks.check import check
from kamxl.checks.checked import Checked
from kamxl.document.finding.read import extract
from kamxl.plan.document import ACCOUNT_PLAN
from kamxl.xlsx.cells import read_book

TODAY = dt.date(2026, 11, 20)
VALUE = "opportunities.open[0].value"


@pytest.fixture
def cases(shared: Path) -> Path:
    """The folder of small inputs beside the project."""
    folder = shared / "cases"
    if not folder.is_dir():
        pytest.skip("the folder 'cases' is not beside the project")
    return folder


def _checked(path: Path) -> Checked:
    return check(extract(read_book(path), ACCOUNT_PLAN), today=TODAY)


def _found(plan: Checked) -> set[tuple[str, str]]:
    return {(finding.code, finding.cell) for finding in plan.findings}


def test_a_unit_in_the_format_counts(cases: Path) -> None:
    """680 shown as 680 T€ is 680,000, with a warning."""
    plan = _checked(cases / "plan_format_teur.xlsx")
    assert plan.values[VALUE] == 680_000
    assert ("KAM217", "F13") in _found(plan)


def test_a_currency_in_the_format_counts(cases: Path) -> None:
    """Dollars in a plan in euros are refused."""
    plan = _checked(cases / "plan_format_usd.xlsx")
    assert VALUE not in plan.values
    assert ("KAM216", "F13") in _found(plan)


def test_times_are_no_numbers(cases: Path) -> None:
    """2:6, 50:50 and 12,30 are refused, and what was typed is named."""
    plan = _checked(cases / "plan_times.xlsx")
    told = [f.message for f in plan.findings if f.code == "KAM219"]
    for typed in ("„2:6“", "„50:50“", "„12,30“"):
        assert any(typed in message for message in told)


def test_a_percentage_is_read_as_shown(cases: Path) -> None:
    """100 % beside an actual of 71 and the unit % is 100."""
    plan = _checked(cases / "plan_target_100_percent.xlsx")
    targets = {v for path, v in plan.values.items() if path.endswith("].target")}
    assert 100 in targets
    assert ("KAM217", "G13") in _found(plan)


def test_what_cannot_be_seen_goes(cases: Path) -> None:
    """Marks of direction around a number and in a date are removed, and that is said."""
    plan = _checked(cases / "plan_bidi_marks.xlsx")
    assert plan.values[VALUE] == 680_000
    assert plan.values["opportunities.open[0].close_date"] == dt.date(2027, 3, 12)
    assert {("KAM251", "F13"), ("KAM251", "G13")} <= _found(plan)


def test_months_in_front_make_a_column_doubtful(cases: Path) -> None:
    """One date is ambiguous beside two that have their month first."""
    plan = _checked(cases / "plan_us_dates.xlsx")
    assert "opportunities.open[0].close_date" not in plan.values
    assert {("KAM222", "G13"), ("KAM227", "G14"), ("KAM227", "G15")} <= _found(plan)


def test_a_sign_names_the_currency(cases: Path) -> None:
    """A dollar sign is no euro."""
    plan = _checked(cases / "plan_currency_dollar.xlsx")
    assert plan.values["cover.currency"] == "USD"
    assert ("KAM231", "F31") in _found(plan)


def test_an_error_has_its_german_name(cases: Path) -> None:
    """The user sees #NV where the file holds #N/A."""
    plan = _checked(cases / "plan_error_na.xlsx")
    (told,) = [f.message for f in plan.findings if f.code == "KAM240"]
    assert "#NV" in told


def test_a_struck_row_is_told_once(cases: Path) -> None:
    """It counts all the same, which is said at its first cell."""
    plan = _checked(cases / "plan_struck_row.xlsx")
    found = [f.cell for f in plan.findings if f.code == "KAM244"]
    assert found == ["C13"]
