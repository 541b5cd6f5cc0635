"""The Python functions say the same as the commands, under the names that the package promises."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

import kamxl
from kamxl.cli import main
from kamxl.demo.company import plans, settings
from kamxl.document.paths import flatten
from kamxl.generation.write import PlanWriter

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two plans generated through the API."""
    accounts = tmp_path / "a.csv"
    accounts.write_text("account_id,company\nA1,Alpha\nB2,Beta\n")
    revenue = tmp_path / "r.csv"
    revenue.write_text("account_id,product_group,year,revenue\nA1,Pumps,2025,12.50\n")
    done = kamxl.generate(
        tmp_path / "plans",
        accounts=accounts,
        revenue=str(revenue),
        year=2027,
        language="en",
        today=TODAY,
    )
    assert [path.name for path in done.written] == [
        "A1_Alpha_2027.xlsx",
        "B2_Beta_2027.xlsx",
    ]
    return tmp_path / "plans"


def test_read_says_what_the_command_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`kamxl.read(path).as_json()` is what `kamxl read --format json` prints; the plan is typed."""
    path = folder / "A1_Alpha_2027.xlsx"
    plan = kamxl.read(path)
    assert main(["read", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == plan.as_json()
    assert plan.plan.revenue.revenue[0].actual_2 == 12.5
    assert plan.identity.language == "en"


def test_check_says_what_the_command_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same counts, whether files or their folder are given."""
    by_folder, by_file = kamxl.check(folder), kamxl.check(*folder.iterdir())
    assert main(["check", str(folder), "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["counts"] == by_folder.counts.as_json() == by_file.counts.as_json()
    lines = [line for source in by_folder.sources for line in source.lines]
    assert sum(len(file["findings"]) for file in printed["files"]) == len(lines)


def test_consolidate_gives_frames(folder: Path, tmp_path: Path) -> None:
    """The tables of the portfolio are at hand as pandas frames."""
    done = kamxl.consolidate(str(folder), tmp_path / "p.xlsx", today=TODAY)
    assert done.output.exists()
    frame = done.tables["revenue"].frame
    assert frame.loc[frame["kind"] == "actual", "amount"].sum() == 12.5


def test_progress_is_told(folder: Path) -> None:
    """Whoever shows a bar learns of each file."""
    told: list[tuple[int, int]] = []
    kamxl.check(folder, progress=lambda done, total, _: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_settings_by_file_or_object(tmp_path: Path) -> None:
    """A kamxl.toml and the settings themselves do the same."""
    (tmp_path / "kamxl.toml").write_text("plan_year = 2031")
    by_file = kamxl.generate(
        tmp_path / "a.xlsx",
        template=True,
        settings=tmp_path / "kamxl.toml",
        profile="compact",
    )
    loaded = settings("en", 2031)
    by_object = kamxl.generate(tmp_path / "b.xlsx", settings=loaded, overwrite=True)
    identities = [
        kamxl.read(path).identity for path in (*by_file.written, *by_object.written)
    ]
    assert [(i.kind, i.plan_year, i.language, i.profile) for i in identities] == [
        ("template", 2031, "de", "compact"), ("plan", 2031, "en", "full"),
    ]  # fmt: skip


def test_reading_what_is_no_plan_is_an_input_error(tmp_path: Path) -> None:
    """The error is kamxl's own and says what the file is."""
    path = tmp_path / "x.xlsx"
    path.write_text("text")
    with pytest.raises(kamxl.InputError, match=r"x\.xlsx"):
        kamxl.read(path)


def test_demo_plan_survives_in_both_languages(tmp_path: Path) -> None:
    """A complete plan of the demo comes back entry for entry, whatever the workbook's language."""
    for language in ("de", "en"):
        company = settings(language, 2027)
        plan = plans(company, TODAY)[0]
        path = tmp_path / f"{language}.xlsx"
        writer = PlanWriter(company, TODAY)
        writer.write(plan, path)
        assert flatten(kamxl.read(path).plan, writer.spec) == flatten(plan, writer.spec)


def test_names_of_the_package() -> None:
    """Everything promised is there, and a wrong name is an ordinary error."""
    assert all(getattr(kamxl, name) is not None for name in kamxl.__all__)
    assert kamxl.scoring.weighted_score(
        [4, 3, None, 5], [0.4, 0.3, 0.1, 0.2], 1, 5
    ).value == pytest.approx(72.2222, abs=1e-4)
    assert "generate" in dir(kamxl)
    with pytest.raises(AttributeError, match="no attribute 'generat'"):
        kamxl.generat  # noqa: B018
