"""Small files that hold very much cost no more than one file may, whatever else lies beside them in the folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kamxl import api
from kamxl.checks.findings import FileStatus, Finding
from kamxl.errors import InputError
from kamxl.portfolio.data import collect as collect_module
from kamxl.portfolio.data import workers
from kamxl.portfolio.data.budget import Budget
from kamxl.portfolio.data.single import SinglePlan, read_single
from kamxl.portfolio.data.workers import Failure, run_all
from tests.hostile.files import HOSTILE, hostile
from tests.portfolio_plans import FOUNDRY, MILLS, SETTINGS, TODAY, write_plan

_BUDGET_RULES = {"KAM030", "KAM031"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sound plan."""
    return write_plan(tmp_path_factory.mktemp("plan") / "plan.xlsx", MILLS).read_bytes()


@pytest.mark.slow
def test_a_hostile_file_stays_within_its_budget(plan: bytes, tmp_path: Path) -> None:
    """Each is read or refused for what it is, in a process with the memory and time of a single file."""
    names = dict(
        zip(map("{:02}.xlsx".format, range(len(HOSTILE))), HOSTILE, strict=True)
    )
    for name, kind in names.items():
        (tmp_path / name).write_bytes(plan)
        hostile(tmp_path / name, HOSTILE[kind][0])
    job = _Guarded(collect_module._Reading(SETTINGS, TODAY))
    files = collect_module.files_below(tmp_path)
    sources = run_all(job, files, lambda *_: None, Budget(4, 512))
    unlike = {
        names[source.name]: (source.status.value, [f.code for f in source.findings][:5])
        for source in sources
        if not _is_as_expected(source, HOSTILE[names[source.name]][1])
    }
    assert unlike == {}
    assert len(sources) == len(HOSTILE)


def _is_as_expected(source: collect_module.Source, code: str) -> bool:
    """Whether a file has a finding of this code, none about its cost, and is refused only for what it is."""
    codes = {finding.code for finding in source.findings}
    is_told = not code or any(found.startswith(code) for found in codes)
    is_refused = source.status is FileStatus.REJECTED
    should_be = code in {"KAM005", "KAM006"}
    return is_told and is_refused == should_be and codes.isdisjoint(_BUDGET_RULES)


@dataclass(frozen=True)
class _Guarded:
    """A job that does nothing where we are."""

    job: collect_module._Reading

    def __call__(self, file: collect_module.FoundFile) -> collect_module.Source:
        """The job itself."""
        return self.job(file)

    def at_once(self, file: collect_module.FoundFile) -> None:
        """No file is ordinary."""

    def failed(
        self, file: collect_module.FoundFile, failure: Failure
    ) -> collect_module.Source:
        """What the job says."""
        return self.job.failed(file, failure)


@dataclass(frozen=True)
class Greedy:
    """A job that takes very much for some files."""

    def __call__(self, file: str) -> str:
        """Take time or memory without end, die, or be done."""
        if file == "time":
            while True:
                pass
        if file == "sleep":
            time.sleep(600)
        if file == "memory":
            return "x" * (2 << 30)
        if file == "death":
            os._exit(7)
        return "done"

    def at_once(self, file: str) -> str | None:
        """Files called ``here`` cost nothing."""
        return "here" if file == "here" else None

    def failed(self, _file: str, failure: Failure) -> str:
        """What became of it."""
        return failure.value


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the bounds are those of POSIX")
def test_what_takes_too_much_is_ended_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Time, memory and death cost one file each, wherever it stands among the others; an idle file is ended, too."""
    monkeypatch.setattr(workers.os, "cpu_count", lambda: 2)
    kinds = ["here", "", "time", "", "memory", "", "", "death", "sleep", "", "here"]
    files = [*kinds, *[""] * 20]
    told: list[int] = []
    done = run_all(
        Greedy(), files, lambda number, _: told.append(number), Budget(1, 400)
    )
    expected = {
        "time": "time",
        "sleep": "time",
        "memory": "memory",
        "death": "died",
        "here": "here",
    }
    assert done == tuple(expected.get(file, "done") for file in files)
    assert told == list(range(1, len(files) + 1))


def test_ordinary_files_start_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a few plans where we are takes less time than starting another process."""
    monkeypatch.setattr(workers, "_started", lambda *_: pytest.fail("a process"))
    write_plan(tmp_path / "a.xlsx", MILLS)
    write_plan(tmp_path / "b.xlsx", FOUNDRY)
    assert len(api.check(tmp_path, settings=SETTINGS, today=TODAY).plans) == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the bounds are those of POSIX")
def test_the_settings_say_what_a_file_may_cost(plan: bytes, tmp_path: Path) -> None:
    """A file that takes longer than the company allows is reported with the setting's name; the others are read."""
    path = tmp_path / "groß.xlsx"
    path.write_bytes(plan)
    hostile(path, HOSTILE["140,000 strays"][0])
    write_plan(tmp_path / "b.xlsx", FOUNDRY)
    strict = SETTINGS.changed(reading={"seconds": 0.1})
    found = api.check(tmp_path, settings=strict, today=TODAY)
    by_name = {source.name: source for source in found.sources}
    (finding,) = by_name["groß.xlsx"].findings
    assert (finding.code, by_name["groß.xlsx"].status) == (
        "KAM030",
        FileStatus.REJECTED,
    )
    assert "seconds" in finding.remedy
    assert by_name["b.xlsx"].checked is not None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the bounds are those of POSIX")
def test_one_plan_read_by_itself_has_the_budget_of_a_file(
    plan: bytes, tmp_path: Path
) -> None:
    """`kamxl read` gives up what takes too long, refuses what is too large, and reads what is only large."""
    path = tmp_path / "groß.xlsx"
    path.write_bytes(plan)
    hostile(path, HOSTILE["140,000 strays"][0])
    strict = SETTINGS.changed(reading={"seconds": 0.1})
    late = read_single(path, strict)
    assert isinstance(late, Finding)
    assert late.code == "KAM030"
    assert isinstance(read_single(path, SETTINGS), SinglePlan)
    path.write_bytes(plan)
    hostile(path, HOSTILE["2,000,000 cells"][0])
    with pytest.raises(InputError, match="KAM006"):
        api.read(path)


def test_reading_an_ordinary_plan_starts_no_process(
    plan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan of usual size is read where we are."""
    monkeypatch.setattr(workers, "_started", lambda *_: pytest.fail("a process"))
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan)
    assert len(api.read(path).fields) > 1_000


def _end_at_once(*_: object) -> None:
    """A process that never gets ready."""


def _refuse(*_: object) -> None:
    raise OSError("no process")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "instead"), [("_started", _refuse), ("_serve", _end_at_once)]
)
def test_where_no_process_starts_files_are_read_all_the_same(
    plan: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, instead: Callable[..., None],
) -> None:  # fmt: skip
    """Inside hosts that are no Python program there is no other process to be had."""
    monkeypatch.setattr(workers, name, instead)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(plan)
    hostile(path, HOSTILE["900 empty sheets"][0])
    (source,) = api.check(path, settings=SETTINGS, today=TODAY).sources
    assert source.checked is not None


_PARENT = """
from kamxl.portfolio.data import workers
from kamxl.portfolio.data.budget import Budget
from tests.hostile.test_budget import Greedy
workers.os.cpu_count = lambda: 2
workers.run_all(Greedy(), ["sleep", "sleep"], lambda number, file: None, Budget(60, 400))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="asks the system for processes")
def test_processes_end_with_the_one_that_started_them() -> None:
    """Killing kamxl leaves no process behind that goes on reading."""
    own = {name: value for name, value in os.environ.items() if "COV" not in name}
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT], env={**own, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    try:
        children = _soon(lambda: _children(parent.pid), lambda found: len(found) > 1)
    finally:
        parent.kill()
        parent.wait()
    assert len(children) > 1
    left = _soon(
        lambda: [child for child in children if _is_alive(child)],
        lambda alive: not alive,
    )
    assert left == []


def _soon(
    ask: Callable[[], list[int]], is_enough: Callable[[list[int]], bool]
) -> list[int]:
    """What is found as soon as it is enough, or in the end."""
    for _ in range(600):
        found = ask()
        if is_enough(found):
            break
        time.sleep(0.1)
    return found


def _children(pid: int) -> list[int]:
    return [child for child in _processes() if _stat(child)[1:2] == [str(pid)]]


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _stat(pid: int) -> list[str]:
    """What the system says of a process: its state, its parent and more; nothing where it has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return stat.rpartition(")")[2].split()


def _is_alive(pid: int) -> bool:
    return _stat(pid)[:1] not in ([], ["Z"])
