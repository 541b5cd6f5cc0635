"""A folder as companies have it: three years, copies, exports, locks; its figures are those of a clean one."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kamxl import api
from kamxl.checks.findings import FileStatus
from kamxl.document.paths import nest
from kamxl.generation.write import PlanWriter
from kamxl.plan.account_plan import AccountPlan
from kamxl.portfolio.consolidate import Consolidated
from kamxl.portfolio.data.awaited import Awaited, by_manager, missing_plans
from kamxl.portfolio.data.own_files import own_kind
from kamxl.portfolio.data.set_apart import set_apart
from kamxl.portfolio.mail import draft
from tests.portfolio_plans import FOUNDRY, MILLS, SETTINGS, TODAY

YEARS = (2025, 2026, 2027)
ACCOUNTS = 6
KAMS = ("Anna Berg", "Thomas Keller")


def _plan(number: int, year: int, **more: Any) -> dict[str, Any]:
    """The entries of an account's plan, with revenue of its own."""
    own = {
        "cover.account_id": f"{10_000 + number}",
        "cover.company": f"Werk {number} GmbH",
        "cover.key_account_manager": KAMS[number % 2],
        "cover.plan_year": year,
        "revenue.revenue[0].actual_2": 1000.25 * number + year,
    }
    return {**(MILLS if number % 2 else FOUNDRY), **own, **more}


@lru_cache
def _writer(year: int) -> PlanWriter:
    return PlanWriter(SETTINGS.changed(plan_year=year), TODAY, "test")


def _write(path: Path, values: Mapping[str, Any]) -> None:
    """A plan of the year that its cover says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plan = AccountPlan.model_validate(nest(values))
    path.write_bytes(_writer(values["cover.plan_year"]).workbook(plan))


def _clean(folder: Path) -> Path:
    """One plan for each account, of one year."""
    for number in range(1, ACCOUNTS + 1):
        _write(folder / f"{number}.xlsx", _plan(number, 2027))
    return folder


def _horrors(folder: Path, place: Path) -> Path:
    """The same plans in folders per KAM, with all that lies around."""
    for number in range(1, ACCOUNTS + 1):
        for year in YEARS:
            path = folder / KAMS[number % 2] / str(year) / f"{number}_{year}.xlsx"
            _write(path, _plan(number, year))
    current = folder / KAMS[1] / "2027"
    shutil.copy(current / "1_2027.xlsx", current / "1_2027 (2).xlsx")
    shutil.copy(current / "3_2027.xlsx", folder / "Mail von Anna.xlsx")
    older = {"cover.updated_on": dt.date(2026, 9, 2), "revenue.revenue[0].target": 5}
    _write(folder / "alt" / "1 alt.xlsx", _plan(1, 2027, **older))
    clean = _clean(place / "clean")
    portfolio = folder / "Portfolio Oktober.xlsx"
    api.consolidate(
        clean, portfolio, settings=SETTINGS, export=folder / "Export", today=TODAY
    )
    checked = api.check(clean, settings=SETTINGS, today=TODAY)
    api.report(checked, folder / "Befunde.xlsx", settings=SETTINGS)
    (folder / "KAM.eml").write_bytes(draft("Befunde", "Guten Tag", []))
    (folder / "5_2027.ods").write_bytes(b"PK\x03\x04 no spreadsheet any more")
    (folder / "~$6_2027.xlsx").write_bytes(b"lock")
    (folder / ".~lock.6_2027.xlsx#").write_text("Anna")
    (folder / "kaputt.xlsx").write_bytes((clean / "2.xlsx").read_bytes()[:5000])
    (folder / "Notizen.txt").write_text("anrufen")
    (folder / "kamxl.toml").write_text("plan_year = 2027")
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Consolidated, Consolidated]:
    """The clean folder and the horrors, consolidated."""
    place = tmp_path_factory.mktemp("horrors")
    folder = _horrors(place / "Pläne", place)
    found = [
        api.consolidate(
            one, place / f"{one.name}.xlsx", settings=SETTINGS, today=TODAY, year=2027
        )
        for one in (place / "clean", folder)
    ]
    return found[0], found[1]


def _figures(done: Consolidated, table: str) -> list[dict[str, Any]]:
    """All figures of a table, whatever its files are called."""
    told = {"file", "errors", "open", "warnings", "hints", "status"}
    rows = (
        {k: v for k, v in row.items() if k not in told} for row in done.tables[table]
    )
    return sorted(rows, key=str)


@pytest.mark.parametrize("table", ["accounts", "revenue", "opportunities", "measures"])
def test_the_figures_are_those_of_the_clean_folder(
    both: tuple[Consolidated, Consolidated], table: str
) -> None:
    """Nothing that lies around changes an amount of the chosen year."""
    clean, horrors = both
    assert _figures(horrors, table) == _figures(clean, table)
    assert len(horrors.collection.plans) == ACCOUNTS


def test_everything_else_is_named(both: tuple[Consolidated, Consolidated]) -> None:
    """Each file has its reason: other years, copies, older versions, own reports, locks, what cannot be read."""
    collection = both[1].collection
    left = {s.name: s for s in collection.sources if s.checked is None}
    assert all(source.findings for source in left.values())
    codes = {name: {f.code for f in source.findings} for name, source in left.items()}
    expected = {
        f"{KAMS[1]}/2027/1_2027 (2).xlsx": "KAM016", "Mail von Anna.xlsx": "KAM016", "alt/1 alt.xlsx": "KAM401",
        "Portfolio Oktober.xlsx": "KAM012", "Befunde.xlsx": "KAM012", "Export/accounts.csv": "KAM012",
        "Export/revenue.parquet": "KAM012", "KAM.eml": "KAM012", "~$6_2027.xlsx": "KAM008", "Notizen.txt": "KAM015",
        f"{KAMS[0]}/2025/2_2025.xlsx": "KAM405",
    }  # fmt: skip
    # Of a plan and its copy either may be left out: the first by name counts.
    for name, code in expected.items():
        pair = (
            {name, f"{KAMS[1]}/2027/3_2027.xlsx"} if name.startswith("Mail") else {name}
        )
        assert any(code in codes.get(one, ()) for one in pair), name
    assert left["kaputt.xlsx"].status is FileStatus.REJECTED
    assert "kamxl.toml" not in {source.name for source in collection.sources}
    told = set_apart(collection, "de")
    for said in (
        "Pläne anderer Jahre: 12",
        "Kopien: 2",
        "überholte Fassungen: 1",
        "nicht lesbare Dateien: ",
    ):
        assert said in told


def test_the_overview_says_in_red_what_is_not_counted(
    both: tuple[Consolidated, Consolidated],
) -> None:
    """A board sees on the first sheet that something was set apart."""
    clean, horrors = both
    texts = [
        [
            str(cell.value)
            for row in load_workbook(done.output).worksheets[0]
            for cell in row
            if cell.value
        ]
        for done in both
    ]
    assert not any("Nicht gezählt" in text for text in texts[0])
    assert any("Nicht gezählt: Pläne anderer Jahre: 12" in text for text in texts[1])
    assert clean.output != horrors.output


def test_a_check_of_the_folder_finds_the_same(
    both: tuple[Consolidated, Consolidated],
) -> None:
    """The same files, findings and numbers, whether the plans are summed up or only checked."""
    collection = both[1].collection
    folder = collection.folder
    checked = api.check(folder, settings=SETTINGS, today=TODAY)
    assert checked.counts == collection.counts
    assert [
        (one.name, one.status, [f.code for f in one.findings])
        for one in checked.sources
    ] == [
        (one.name, one.status, [f.code for f in one.findings])
        for one in collection.sources
    ]


def test_who_has_not_handed_in(tmp_path: Path) -> None:
    """Per KAM the accounts without a plan of the year, and those whose plan nobody has begun."""
    folder = tmp_path / "Pläne"
    _write(folder / "1.xlsx", _plan(1, 2027))
    cover = {
        key: value for key, value in _plan(2, 2027).items() if key.startswith("cover.")
    }
    _write(folder / "2.xlsx", cover)
    _write(folder / "3.xlsx", _plan(3, 2026))
    path = tmp_path / "k.csv"
    rows = [f"{10_000 + n};Werk {n} GmbH;{KAMS[n % 2]}" for n in range(1, 5)]
    path.write_text("\n".join(["KdNr;Firma;KAM", *rows]), encoding="utf-8")
    output = tmp_path / "p.xlsx"
    done = api.consolidate(
        folder, output, settings=SETTINGS, accounts=path, today=TODAY
    )
    missing = by_manager(done.collection.missing)
    assert {
        kam: [(one.account.account_id, one.is_untouched) for one in ones]
        for kam, ones in missing.items()
    } == {
        "Anna Berg": [("10002", True), ("10004", False)],
        "Thomas Keller": [("10003", False)],
    }
    assert "Noch nicht abgegeben: 3 von 4 Plänen." in set_apart(done.collection, "de")
    assert "Fehlende Pläne" in load_workbook(output).sheetnames
    checked = api.check(folder, settings=SETTINGS, accounts=path, today=TODAY)
    assert checked.missing == done.collection.missing
    api.consolidate(folder, output, settings=SETTINGS, today=TODAY)
    assert "Fehlende Pläne" not in load_workbook(output).sheetnames


def test_numbers_of_the_list_are_those_of_the_plans(tmp_path: Path) -> None:
    """Leading zeros and two spellings of a manager tell nobody apart."""
    awaited = [Awaited("0010001", "A", "Ina Süß"), Awaited("9", "B", "INA SÜSS")]
    _write(tmp_path / "1.xlsx", _plan(1, 2027))
    plans = [
        plan for _, plan in api.check(tmp_path, settings=SETTINGS, today=TODAY).plans
    ]
    missing = missing_plans(plans, awaited, SETTINGS)
    assert [one.account.account_id for one in missing] == ["9"]
    assert list(by_manager(missing_plans([], awaited, SETTINGS))) == ["Ina Süß"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kunden.csv", b"account_id;company\n1;A\n"),
        ("x.csv", b"\xef\xbb\xbffile;path\n"),
        ("x.parquet", b"PAR1 account_id file PAR1"),
        ("x.eml", b"X-Unsent: 1\r\n\r\nHallo"),
        ("accounts.csv", b""),
    ],
)
def test_files_of_others_are_none_of_ours(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """A company's own list or mail is no export, whatever it is called."""
    path = tmp_path / name
    path.write_bytes(content)
    assert own_kind(path) is None
