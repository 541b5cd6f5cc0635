"""Small inputs as people leave them, kept beside the project: each read exactly, or reported with its cell."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kamxl import api
from kamxl.checks.findings import FileStatus, Finding, Severity
from kamxl.errors import InputError, SettingsError
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.collect import Source
from kamxl.spelling import same_name
from tests.portfolio_plans import TODAY

WEIGHT = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}
PROJECTS = "5 Offene Projekte"


@pytest.fixture(scope="session")
def cases(shared: Path) -> Path:
    """The folder of the cases."""
    folder = shared / "cases"
    if not folder.is_dir():
        pytest.skip("the folder 'shared/cases' is not beside the project")
    return folder


def checked(*paths: Path) -> list[Source]:
    """The files as a check finds them."""
    return list(api.check(*paths, settings=Settings(), today=TODAY).sources)


def findings(path: Path) -> list[Finding]:
    """All findings of one file."""
    (source,) = checked(path)
    return list(source.findings)


def field(path: Path, cell: str) -> dict[str, Any]:
    """The entry of one cell, `sheet!cell`, as it was read."""
    return next(
        field
        for field in api.read(path).fields
        if f"{field['sheet']}!{field['cell']}" == cell
    )


@dataclass(frozen=True)
class Said:
    """What has to be said of a case: where, and a word that the message or remedy must hold.

    Attributes:
        file: the case.
        cell: `sheet!cell`, or empty for the file as a whole.
        word: part of message or remedy.
        code: the rule, where only this one will do.
        severity: the least that it must weigh.
    """

    file: str
    cell: str
    word: str = ""
    code: str = ""
    severity: Severity = Severity.HINT


SAID = (
    *(
        Said("plan_revenue_in_teur.xlsx", f"3 Umsatzanalyse!{column}{row}", "000")
        for column in "GH"
        for row in (10, 15)
    ),
    Said("plan_format_usd.xlsx", f"{PROJECTS}!F13", "", "KAM216", Severity.ERROR),
    Said("plan_bidi_marks.xlsx", f"{PROJECTS}!F13", "", "KAM251"),
    Said("plan_bidi_marks.xlsx", f"{PROJECTS}!G13", "", "KAM251"),
    Said("plan_us_dates.xlsx", f"{PROJECTS}!G14", "Monat"),
    Said("plan_us_dates.xlsx", f"{PROJECTS}!G15", "Monat"),
    Said("plan_switched_to_1904.xlsx", "Deckblatt!F32", "1904"),
    Said("plan_times.xlsx", "Kontaktmatrix!E22", "2:6", "", Severity.ERROR),
    Said("plan_times.xlsx", f"{PROJECTS}!H13", "50:50", "", Severity.ERROR),
    Said("plan_times.xlsx", f"{PROJECTS}!F13", "12,30", "", Severity.ERROR),
    Said("plan_error_na.xlsx", f"{PROJECTS}!F13", "#NV", "KAM240", Severity.ERROR),
    Said("plan_merged_project.xlsx", f"{PROJECTS}!C14", "verb"),
    Said("plan_project_twice.xlsx", f"{PROJECTS}!C14", "Quarklinie"),
    Said("plan_struck_row.xlsx", f"{PROJECTS}!C13", "durchgestrichen"),
    Said("plan_account_id_date.xlsx", "Deckblatt!F16", "", "", Severity.ERROR),
)


@pytest.mark.parametrize("said", SAID, ids=lambda said: f"{said.file}-{said.cell}")
def test_what_is_wrong_is_said_at_its_cell(cases: Path, said: Said) -> None:
    """What cannot be used as it stands is said at its cell, in the words of the user."""
    found = findings(cases / said.file)
    there = [
        finding
        for finding in found
        if f"{finding.sheet}!{finding.cell}" == said.cell
        and said.word in finding.message + finding.remedy
        and said.code in ("", finding.code)
        and WEIGHT[finding.severity] >= WEIGHT[said.severity]
    ]
    assert there, [finding.line() for finding in found]


READ = (
    ("plan_bidi_marks.xlsx", f"{PROJECTS}!F13", (680_000.0,)),
    ("plan_bidi_marks.xlsx", f"{PROJECTS}!G13", ("2027-03-12", dt.date(2027, 3, 12))),
    ("plan_format_teur.xlsx", f"{PROJECTS}!F13", (680_000.0, None)),
    ("plan_format_usd.xlsx", f"{PROJECTS}!F13", (None,)),
    ("plan_times.xlsx", f"{PROJECTS}!F13", (None,)),
    ("plan_times.xlsx", f"{PROJECTS}!H13", (None,)),
    ("plan_times.xlsx", "Kontaktmatrix!E22", (None,)),
    ("plan_target_100_percent.xlsx", "10 Controlling!G13", (100.0,)),
    ("plan_currency_dollar.xlsx", "Deckblatt!F31", ("USD",)),
    ("plan_us_dates.xlsx", f"{PROJECTS}!G13", (None, dt.date(2027, 3, 12))),
)


@pytest.mark.parametrize(("file", "cell", "values"), READ)
def test_a_doubtful_cell_is_read_as_shown_or_not_at_all(
    cases: Path, file: str, cell: str, values: tuple[object, ...]
) -> None:
    """A number with a unit, a foreign currency, a time: as the cell shows it, or refused."""
    assert field(cases / file, cell)["value"] in values


def test_placeholders_are_missing(cases: Path) -> None:
    """Five required texts filled with placeholders are open until the deadline, as if nothing stood there."""
    found = findings(cases / "plan_placeholders.xlsx")
    missing = [finding for finding in found if finding.severity is Severity.OPEN]
    assert len(missing) >= 5


def test_a_spoilt_account_number_is_not_taken(cases: Path) -> None:
    """The account number that Excel made a date of is never the date."""
    (source,) = checked(cases / "plan_account_id_date.xlsx")
    assert source.checked is not None
    assert source.checked.plan.cover.account_id in (None, "10041")


def test_leading_zeros_are_one_account(cases: Path, tmp_path: Path) -> None:
    """The same plan with and without leading zeros counts once, or is reported."""
    original = Path(__file__).parents[1] / "workbooks/beispiele"
    (plan,) = original.glob("10041*.xlsx")
    shutil.copy(plan, tmp_path)
    shutil.copy(cases / "plan_account_id_leading_zeros.xlsx", tmp_path)
    done = api.consolidate(tmp_path, tmp_path.parent / "p.xlsx", settings=Settings())
    sources = done.collection.sources
    assert any(source.findings for source in sources)
    counted = [source for source in sources if source.status is FileStatus.ACCEPTED]
    assert len(counted) <= 1


def test_two_spellings_are_one_group(cases: Path) -> None:
    """Capitals and a non-breaking hyphen make no second group of companies."""
    parents = []
    for letter in "ab":
        (source,) = checked(cases / f"plan_parent_variant_{letter}.xlsx")
        assert source.checked is not None
        parents.append(source.checked.plan.cover.parent_account or "")
    assert parents[0] != ""
    assert same_name(*parents)


def test_protection_by_a_label_is_no_password(cases: Path) -> None:
    """A file that rights management protects is called that."""
    (finding,) = findings(cases / "plan_aip_protected.xlsx")
    assert finding.code == "KAM004"
    assert "Kennwort" not in finding.message
    assert "Rechte" in finding.message + finding.remedy


def test_another_format_may_be_a_plan(cases: Path) -> None:
    """A plan saved as .xlsb is an error that says how to save it."""
    (finding,) = findings(cases / "plan_saved_as.xlsb")
    assert finding.severity is Severity.ERROR
    assert "xlsx" in finding.remedy


def test_companions_of_a_mac_are_passed_over(cases: Path) -> None:
    """What macOS lays beside a file is no fault of anybody's."""
    (companion,) = cases.glob("._*.xlsx")
    (source,) = checked(companion)
    assert source.status is FileStatus.IGNORED
    assert all(finding.severity is Severity.HINT for finding in source.findings)


def refusal(output: Path, notices: list[str] | None = None, **arguments: Any) -> str:
    """The message of a list that is refused, or nothing; `notices` gets what was said of one that is not."""
    try:
        done = api.generate(output, **arguments)
    except InputError as error:
        return str(error)
    if notices is not None:
        notices.extend(done.notices)
    return ""


ACCOUNT_LISTS = {
    "accounts_macroman.csv": {"10041": "Käserei Süß"},
    "accounts_sum_row.csv": {"10041": "Käserei Süß"},
    "accounts_excel_escape.csv": {"0010041": "Molkerei", "0010042": "Kronfelder"},
    "accounts_heading_variants.csv": {"10041": "Molkerei"},
}


@pytest.mark.parametrize("name", ACCOUNT_LISTS)
def test_a_list_of_accounts_is_read_exactly_or_refused(
    cases: Path, tmp_path: Path, name: str
) -> None:
    """Each account with its number and name, nobody called Summe; or one message that names the file."""
    refused = refusal(tmp_path, accounts=cases / name)
    assert not refused or name in refused
    plans = sorted(tmp_path.glob("*.xlsx"))
    assert plans or refused
    covers = [api.read(plan).plan.cover for plan in plans]
    found = {cover.account_id: cover.company for cover in covers}
    assert found.items() <= ACCOUNT_LISTS[name].items()


REVENUE_LISTS = {
    "revenue_usd.csv": ((2024, 1234.5),),
    "revenue_subtotals.csv": ((2025, 150.0),),
    "revenue_leading_zeros.csv": ((2025, 1234.56),),
    "revenue_format_teur.xlsx": ((2025, 1_234_500.0),),
}


@pytest.mark.parametrize("name", REVENUE_LISTS)
def test_a_revenue_list_is_read_exactly_or_refused(
    cases: Path, tmp_path: Path, name: str
) -> None:
    """Revenue arrives to the cent in its year; or a message or notice names what was left out."""
    accounts = tmp_path / "accounts.csv"
    accounts.write_text(
        "account_id;company;postal_code;city;country\n10041;Molkerei;87439;Kempten;Deutschland\n"
    )
    wanted = dict(REVENUE_LISTS[name])
    notices: list[str] = []
    refused = refusal(
        tmp_path / "p", notices, accounts=accounts, revenue=cases / name, year=2027
    )
    if refused:
        assert name in refused
        return
    (plan,) = (tmp_path / "p").glob("*.xlsx")
    rows = api.read(plan).plan.revenue.revenue
    totals = {
        2025: sum(row.actual_2 or 0 for row in rows),
        2024: sum(row.actual_3 or 0 for row in rows),
    }
    totals = {year: total for year, total in totals.items() if total}
    assert totals == wanted or (notices and totals.items() <= wanted.items())


def test_a_decimal_comma_in_the_settings_asks_for_a_point(cases: Path) -> None:
    """A German decimal comma is told with its line and the cure."""
    with pytest.raises(SettingsError, match=r"0\.3|Punkt"):
        api.load_settings(cases / "settings_decimal_comma.toml")
