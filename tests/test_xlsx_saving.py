"""Writing files: whole or not at all, with one message in the user's language."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kamxl.errors import InputError
from kamxl.xlsx.saving import write_atomically


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that is there already."""
    path = tmp_path / "Portfolio März.xlsx"
    path.write_bytes(b"old")
    return path


def held(monkeypatch: pytest.MonkeyPatch, times: int) -> list[Path]:
    """Let the target be held by another program for some attempts to replace it; returns the attempts."""
    attempts: list[Path] = []
    own = Path.replace

    def replace(self: Path, to: Path) -> Path:
        attempts.append(self)
        if len(attempts) <= times:
            raise PermissionError(errno.EACCES, "denied", str(to))
        return own(self, to)

    monkeypatch.setattr(Path, "replace", replace)
    return attempts


def test_a_file_open_in_excel_stays_as_it_is(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names Excel, and nothing is left beside the file."""
    held(monkeypatch, 99)
    with pytest.raises(InputError, match="in Excel geöffnet oder schreibgeschützt"):
        write_atomically(target, b"new", "de")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_a_file_held_for_a_moment_is_written(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner or sync client lets go again."""
    attempts = held(monkeypatch, 1)
    write_atomically(target, b"new", "de")
    assert len(attempts) == 2
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("language", "message"), [("de", "nicht schreiben"), ("en", "cannot be written")]
)
def test_a_full_disk_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, language: str, message: str
) -> None:
    """Nothing half-written, the system's own reason in the message."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=rf"{message}.*No space left"):
        write_atomically(target, b"new", language)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_an_interruption_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C while writing leaves neither half a file nor a temporary one."""

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new", "de")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_a_path_too_long_for_excel_is_told(tmp_path: Path) -> None:
    """Where writing fails and Excel could not open the file anyway, the length is what the user can mend."""
    path = tmp_path / ("x" * 300) / "p.xlsx"
    with pytest.raises(InputError, match="Zeichen zu lang; Excel öffnet höchstens 218"):
        write_atomically(path, b"new", "de")
