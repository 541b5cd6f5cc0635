"""A folder of workbooks: every file is accounted for, and none ends the work on the others."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kamxl import api
from kamxl.checks.findings import FileStatus
from kamxl.errors import InputError
from kamxl.portfolio.consolidate import consolidate
from kamxl.portfolio.data import collect as collect_module
from kamxl.portfolio.data import workers
from kamxl.portfolio.data.budget import Budget
from kamxl.portfolio.data.collect import Source, collect
from kamxl.portfolio.data.workers import Failure, run_all
from kamxl.texts import Language
from kamxl.xlsx.folder import files_below
from tests.portfolio_plans import (
    FOUNDRY,
    MILLS,
    SETTINGS,
    TODAY,
    collected,
    entries,
    two_plans,
    write_plan,
    writer,
)


def _codes(source: Source) -> set[str]:
    return {finding.code for finding in source.findings}


def test_broken_files_beside_good_plans(tmp_path: Path, shared: Path) -> None:
    """Each broken or foreign file has its own finding; the good plans are read; the parts make the whole."""
    two_plans(tmp_path)
    good = (tmp_path / "Gießerei.xlsx").read_bytes()
    (tmp_path / "text.xlsx").write_text("Das ist kein Excel", encoding="utf-8")
    (tmp_path / "leer.xlsx").touch()
    (tmp_path / "~$Gießerei.xlsx").write_bytes(b"\x05Anna " + b" " * 159)
    (tmp_path / "abgeschnitten.xlsx").write_bytes(good[: len(good) // 2])
    (tmp_path / "notizen.txt").write_text("Notizen", encoding="utf-8")
    shutil.copy(
        shared / "corpus" / "crafted" / "encrypted.xlsx", tmp_path / "geschützt.xlsx"
    )
    Workbook().save(tmp_path / "fremd.xlsx")

    found = collected(tmp_path)

    by_name = {source.name: source for source in found.sources}
    expected = {
        "text.xlsx": ("rejected", "KAM001"),
        "leer.xlsx": ("rejected", "KAM002"),
        "~$Gießerei.xlsx": ("ignored", "KAM008"),
        "abgeschnitten.xlsx": ("rejected", "KAM005"),
        "notizen.txt": ("ignored", "KAM015"),
        "geschützt.xlsx": ("rejected", "KAM004"),
        "fremd.xlsx": ("rejected", "KAM011"),
    }
    for name, (status, code) in expected.items():
        assert by_name[name].status.value == status, name
        assert _codes(by_name[name]) == {code}, name
    assert [source.name for source, _ in found.plans] == [
        "Gießerei.xlsx",
        "Süd West/Plan Mühlenwerke.xlsx",
    ]
    counts = found.counts
    assert (
        counts.found
        == 9
        == counts.accepted + counts.partial + counts.rejected + counts.ignored
    )
    assert (counts.rejected, counts.ignored) == (5, 2)


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    """The order does not depend on how the disk lists a folder, nor on upper and lower case."""
    for name in ("b.txt", "A.txt", "c/ä.txt", "C2.txt", "a2.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in files_below(tmp_path)] == [
        "A.txt",
        "a2.txt",
        "b.txt",
        "c/ä.txt",
        "C2.txt",
    ]


def test_of_a_plan_and_its_copy_the_copy_is_left_out(tmp_path: Path) -> None:
    """“Plan Kopie” and “Plan (2)” come after “Plan”, whatever a point, a space and a bracket are worth."""
    for name in ("Plan.xlsx", "Plan Kopie.xlsx", "Plan (2).xlsx"):
        write_plan(tmp_path / name, FOUNDRY)
    ignored = [
        source.name
        for source in collected(tmp_path).sources
        if source.status is FileStatus.IGNORED
    ]
    assert ignored == ["Plan (2).xlsx", "Plan Kopie.xlsx"]


def test_hidden_folders_and_loops_are_left_alone(tmp_path: Path) -> None:
    """A link back to the folder, a hidden folder and the recycle bin neither hang the search nor count."""
    for name in (".git", "$RECYCLE.BIN", "Kunden"):
        write_plan(tmp_path / name / "plan.xlsx", FOUNDRY)
    try:
        (tmp_path / "Kunden" / "zurück").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this account may not make links, which Windows allows to few")
    assert [file.name for file in files_below(tmp_path)] == ["Kunden/plan.xlsx"]


def test_a_folder_that_cannot_be_entered_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plans behind a locked door are missed by name, not silently."""
    two_plans(tmp_path)
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "Süd West":
            raise PermissionError(13, "Zugriff verweigert")
        return scandir(path)

    monkeypatch.setattr("kamxl.xlsx.folder.os.scandir", refuse)
    locked = {source.name: source for source in collected(tmp_path).sources}["Süd West"]
    assert locked.status is FileStatus.REJECTED
    assert locked.findings


def test_a_missing_folder_is_said_in_the_language(tmp_path: Path) -> None:
    """There is nothing to go on with: one clear message."""
    with pytest.raises(InputError, match="gibt es nicht"):
        files_below(tmp_path / "fort")
    with pytest.raises(InputError, match="There is no folder"):
        files_below(tmp_path / "gone", language=Language.EN)


def test_a_copy_of_a_plan_counts_once(tmp_path: Path) -> None:
    """The same account, year and entries a second time is set aside with a finding, so no sum is doubled."""
    two_plans(tmp_path)
    shutil.copy(tmp_path / "Gießerei.xlsx", tmp_path / "Gießerei - Kopie.xlsx")
    found = collected(tmp_path)
    assert len(found.plans) == 2
    (copy,) = [source for source in found.sources if "KAM016" in _codes(source)]
    assert copy.status is FileStatus.IGNORED
    assert found.counts.found == 3


LATER = {"cover.updated_on": dt.date(2026, 11, 15)}
EARLIER = {"cover.updated_on": dt.date(2026, 11, 1)}
OTHER = entries("| 3 Umsatzanalyse | 1 | Ist 2025 | 60.000 |")


def _saved(path: Path, minutes: int) -> Path:
    """The file as if it had been saved so many minutes after another one."""
    os.utime(path, (1_790_000_000 + 60 * minutes,) * 2)
    return path


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ((EARLIER, 5), (LATER, 0), "b.xlsx"),
        ((LATER, 0), (EARLIER, 5), "a.xlsx"),
        ((EARLIER, 0), (EARLIER, 5), "b.xlsx"),
        (({}, 5), ({}, 0), "a.xlsx"),
        ((EARLIER, 3), (EARLIER, 3), None),
    ],
)
def test_of_several_versions_the_newest_counts(
    tmp_path: Path, first: Any, second: Any, counts: str | None
) -> None:
    """The one updated last, else the one saved last, else none; the others say where they differ."""
    for name, (more, minutes), change in (("a", first, {}), ("b", second, OTHER)):
        path = write_plan(tmp_path / f"{name}.xlsx", {**FOUNDRY, **more, **change})
        _saved(path, minutes)
    write_plan(tmp_path / "c.xlsx", MILLS)
    found = collected(tmp_path)
    counted = {source.name for source, _ in found.plans} - {"c.xlsx"}
    assert counted == ({counts} if counts else set())
    doubled = [source for source in found.sources if "KAM401" in _codes(source)]
    assert len(doubled) == 2 - len(counted)
    became = FileStatus.IGNORED if counts else FileStatus.REJECTED
    for source in doubled:
        (finding,) = [f for f in source.findings if f.code == "KAM401"]
        assert source.status is became
        assert "3 Umsatzanalyse!" in finding.message
        assert ("Keiner" in finding.message) is (counts is None)


@pytest.mark.parametrize("number", ["10024", "0010024", " 10024 "])
def test_an_account_counts_once_however_its_number_is_spelled(
    tmp_path: Path, number: str
) -> None:
    """Leading zeros and blanks make no other account."""
    write_plan(tmp_path / "a.xlsx", FOUNDRY)
    write_plan(tmp_path / "b.xlsx", {**FOUNDRY, "cover.account_id": number})
    found = collected(tmp_path)
    assert [source.name for source, _ in found.plans] == ["a.xlsx"]
    assert "KAM016" in _codes(found.sources[1])
    assert ("KAM410" in _codes(found.sources[1])) is number.startswith("00")


def test_a_plan_saved_under_another_number_counts_once(tmp_path: Path) -> None:
    """It counts under the number that it was made for, though the other file comes first."""
    own = write_plan(tmp_path / "b.xlsx", FOUNDRY)
    book = load_workbook(own)
    (cell,) = [c for row in book["Deckblatt"] for c in row if c.value == "10024"]
    cell.value = "10031"
    book.save(tmp_path / "a.xlsx")
    found = collected(tmp_path)
    numbers = [checked.plan.cover.account_id for _, checked in found.plans]
    assert numbers == ["10024"]
    assert "KAM409" in _codes(found.sources[0])


@pytest.mark.parametrize(
    ("wanted", "counted"), [(2027, ["b.xlsx"]), (None, ["a.xlsx", "c.xlsx"])]
)
def test_plans_of_other_years_are_set_apart(
    tmp_path: Path, wanted: int | None, counted: list[str]
) -> None:
    """The company's year counts, else the one that most plans have; the others are told, and in no sum."""
    for name, number, year in (("a", "1", 2026), ("b", "2", 2027), ("c", "3", 2026)):
        own = {"cover.account_id": number, "cover.plan_year": year}
        write_plan(tmp_path / f"{name}.xlsx", {**FOUNDRY, **own})
    found = collected(tmp_path, SETTINGS.changed(plan_year=wanted))
    assert [source.name for source, _ in found.plans] == counted
    apart = {source.name for source in found.sources if "KAM405" in _codes(source)}
    assert apart == {"a.xlsx", "b.xlsx", "c.xlsx"} - set(counted)


def test_a_year_that_is_a_slip_is_not_set_apart(tmp_path: Path) -> None:
    """2072 typed for 2027: the year that the workbook was made for counts."""
    write_plan(tmp_path / "a.xlsx", {**FOUNDRY, "cover.plan_year": 2072})
    write_plan(tmp_path / "b.xlsx", MILLS)
    assert len(collected(tmp_path).plans) == 2


def test_an_empty_template_is_no_plan_but_a_filled_one_is(tmp_path: Path) -> None:
    """The blank template that lies in the folder too is passed over."""
    (tmp_path / "Vorlage.xlsx").write_bytes(writer().template())
    (source,) = collected(tmp_path).sources
    assert (source.status, _codes(source)) == (FileStatus.IGNORED, {"KAM012"})


def test_the_portfolio_in_the_folder_is_ignored(tmp_path: Path) -> None:
    """The workbook about to be written does not count; last month's copy is passed over with a reason."""
    two_plans(tmp_path)
    first = consolidate(tmp_path, tmp_path / "portfolio.xlsx", SETTINGS, today=TODAY)
    shutil.copy(tmp_path / "portfolio.xlsx", tmp_path / "portfolio Oktober.xlsx")
    second = consolidate(
        tmp_path,
        tmp_path / "portfolio.xlsx",
        SETTINGS,
        today=TODAY,
        export=tmp_path / "export",
    )
    third = consolidate(
        tmp_path,
        tmp_path / "portfolio.xlsx",
        SETTINGS,
        today=TODAY,
        export=tmp_path / "export",
    )
    assert first.counts.found == 2
    assert second.counts == third.counts
    ignored = [
        source
        for source in third.collection.sources
        if source.status is FileStatus.IGNORED
    ]
    assert [(source.name, _codes(source)) for source in ignored] == [
        ("portfolio Oktober.xlsx", {"KAM012"})
    ]


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    """A progress bar can count up to the number of files."""
    told: list[tuple[int, int, str]] = []
    collect(two_plans(tmp_path), SETTINGS, TODAY, lambda *step: told.append(step))
    assert [(done, total) for done, total, _ in told] == [(1, 2), (2, 2)]
    assert {name for _, _, name in told} == {
        "Gießerei.xlsx",
        "Süd West/Plan Mühlenwerke.xlsx",
    }


def test_a_fault_of_our_own_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected exception is a finding that names it; the other plans are consolidated."""
    two_plans(tmp_path)
    read_plan = collect_module.read_plan

    def stumble(path: Path, _limits: object) -> object:
        if path.name == "Gießerei.xlsx":
            raise ZeroDivisionError("Überraschung")
        return read_plan(path)

    monkeypatch.setattr(collect_module, "read_plan", stumble)
    found = collected(tmp_path)
    broken = {source.name: source for source in found.sources}["Gießerei.xlsx"]
    assert broken.status is FileStatus.REJECTED
    assert "ZeroDivisionError" in broken.findings[0].value
    assert len(found.plans) == 1


def test_the_state_of_a_source_is_that_of_its_plan(tmp_path: Path) -> None:
    """Fingerprint, template version and language are those of the file that was read."""
    (source,) = collected(
        write_plan(tmp_path / "p" / "a.xlsx", MILLS, "en").parent
    ).sources
    assert source.identity is not None
    assert (source.identity.language, source.identity.plan_year) == ("en", 2027)
    assert len(source.fingerprint) == 64


@pytest.mark.slow
def test_many_processes_find_what_one_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The results of several processes are those of one, in the same order."""
    two_plans(tmp_path)
    for number in range(9):
        own = entries(f"| Deckblatt | Kundennummer | 2{number} |")
        write_plan(tmp_path / f"{number}.xlsx", {**FOUNDRY, **own})
    (tmp_path / "leer.xlsx").touch()
    alone = collected(tmp_path)
    monkeypatch.setattr(workers, "PARALLEL_FROM", 1)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    together = collected(tmp_path)
    moment = alone.sources[0].read_at
    assert [replace(s, read_at=moment) for s in together.sources] == [
        replace(s, read_at=moment) for s in alone.sources
    ]


@dataclass(frozen=True)
class Deadly:
    """A job that kills its process over one of the files."""

    deadly: str

    def __call__(self, file: str) -> str:
        """Die, or say what was done."""
        if file == self.deadly:
            os._exit(1)
        return f"{file} done"

    def at_once(self, file: str) -> None:
        """No file is ordinary."""

    def failed(self, file: str, failure: Failure) -> str:
        """What is said of the deadly file."""
        return f"{file} {failure.value}"


@pytest.mark.slow
def test_a_process_that_dies_takes_only_its_file_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A crash of the interpreter costs one file; all others are done, in their order."""
    monkeypatch.setattr(workers, "PARALLEL_FROM", 1)
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    files = [str(number) for number in range(20)]
    told: list[str] = []
    budget = Budget(60, 1_000)
    results = run_all(Deadly("11"), files, lambda _, file: told.append(file), budget)
    assert results == tuple(
        f"{file} died" if file == "11" else f"{file} done" for file in files
    )
    assert sorted(told) == sorted(files)


@pytest.mark.slow
def test_a_plain_script_needs_no_main_guard(tmp_path: Path) -> None:
    """Three lines of Python consolidate many plans in several processes, run once and print no warning."""
    for number in range(6):
        own = entries(f"| Deckblatt | Kundennummer | 2{number} |")
        write_plan(tmp_path / "plans" / f"{number}.xlsx", {**FOUNDRY, **own})
    script = tmp_path / "script.py"
    script.write_text(
        "import kamxl\n"
        "from kamxl.portfolio.data import workers\n"
        "workers.PARALLEL_FROM = 1\n"
        f"done = kamxl.consolidate({str(tmp_path / 'plans')!r}, {str(tmp_path / 'p.xlsx')!r})\n"
        "print(done.counts.found)\n",
        encoding="utf-8",
    )
    # Measured for coverage, the processes would print a line of their own.
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COVERAGE")
    }
    environment = {
        **inherited,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHONUTF8": "1",
    }
    run = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, encoding="utf-8", env=environment, timeout=300,
        check=False,
    )  # fmt: skip
    assert (run.stdout.split(), run.stderr) == (["6"], "")


def test_a_check_finds_what_a_consolidation_finds(tmp_path: Path) -> None:
    """A folder that is only checked shows what its sums would lack, file by file, and what counts as the same."""
    write_plan(tmp_path / "a.xlsx", {**FOUNDRY, "cover.currency": "CHF"})
    shutil.copy(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    checked = api.check(tmp_path, settings=SETTINGS, today=TODAY)
    summed = collected(tmp_path)
    assert {"KAM404", "KAM016"} <= _codes(summed.sources[1])
    assert checked.counts == summed.counts
    assert list(map(_codes, checked.sources)) == list(map(_codes, summed.sources))
    single = api.check(tmp_path / "a.xlsx", settings=SETTINGS, today=TODAY)
    assert "KAM404" not in _codes(single.sources[0])


def test_the_year_may_be_chosen(tmp_path: Path) -> None:
    """Its plans are summed up, or it is said that there are none; the last portfolio stays."""
    folder, output = tmp_path / "plans", tmp_path / "p.xlsx"
    for name, year in (("a", 2026), ("b", 2027)):
        own = {"cover.account_id": name, "cover.plan_year": year}
        write_plan(folder / f"{name}.xlsx", {**FOUNDRY, **own})
    done = api.consolidate(folder, output, settings=SETTINGS, year=2026, today=TODAY)
    assert [source.name for source, _ in done.collection.plans] == ["a.xlsx"]
    before = output.read_bytes()
    with pytest.raises(InputError, match="kein Plan für 2031"):
        api.consolidate(folder, output, settings=SETTINGS, year=2031, today=TODAY)
    assert output.read_bytes() == before
