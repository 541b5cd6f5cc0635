"""Writing files: whole or not at all, with one message in the user's language."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest

from kamxl.errors import InputError
from kamxl.xlsx import saving
from kamxl.xlsx.reasons import reason_of
from kamxl.xlsx.saving import write_atomically, write_together


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
    ("language", "message"),
    [
        ("de", "nicht schreiben.*kein Speicherplatz"),
        ("en", "cannot be written.*no space is left"),
    ],
)
def test_a_full_disk_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, language: str, message: str
) -> None:
    """Nothing half-written, the system's reason in the message."""

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=message):
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


def test_files_that_belong_together_are_written_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last of several cannot be exchanged, the others are as they were, and new ones are gone."""
    old, new, open_elsewhere = (tmp_path / name for name in ("a", "b", "c"))
    old.write_bytes(b"old a")
    open_elsewhere.write_bytes(b"old c")
    own = os.replace

    def refuse(source: str, target: Path) -> None:
        if Path(target) == open_elsewhere:
            raise PermissionError(errno.EACCES, "denied", str(target))
        own(source, target)

    monkeypatch.setattr("kamxl.xlsx.saving.os.replace", refuse)
    files = {old: b"new a", new: b"new b", open_elsewhere: b"new c"}
    with pytest.raises(InputError, match="in Excel geöffnet"):
        write_together(files, "de")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"old a",
        "c": b"old c",
    }
    monkeypatch.undo()
    write_together(files, "de")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS, 9999])
def test_the_systems_reasons_are_in_the_users_language(number: int) -> None:
    """No English inside German, also for a fault that has no words."""
    error = OSError(number, os.strerror(number))
    reason = reason_of(error)
    assert reason["de"] != reason["en"]
    assert os.strerror(number) not in reason["de"]


def package(**parts: str) -> bytes:
    """A zip package with these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as written:
        for name, content in parts.items():
            written.writestr(f"xl/{name}.xml", content)
    return data.getvalue()


@pytest.mark.parametrize(
    "xml",
    ["<a></b>", "<a>\x1b</a>", "<a b='\x01'/>", "<a>&nbsp;</a>", "", "<a/><b/>", "<a>&</a>"],
    ids=["unclosed", "control", "control in attribute", "entity", "empty", "two roots", "ampersand"],
)  # fmt: skip
def test_a_workbook_that_no_program_can_open_is_not_written(
    target: Path, xml: str
) -> None:
    """One malformed part among others keeps the old file, and the message names the part."""
    data = package(good="<a/>", bad=xml)
    with pytest.raises(InputError, match=r"nicht geschrieben.*xl/bad\.xml"):
        write_atomically(target, data, "de")
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_a_workbook_that_is_in_order_is_written(target: Path) -> None:
    """Well-formed parts, once and again."""
    for _ in range(2):
        write_atomically(target, package(one="<a/>", two="<b>ä</b>"), "de")
    assert target.read_bytes() == package(one="<a/>", two="<b>ä</b>")


def test_what_an_ended_run_left_is_cleared_away(target: Path) -> None:
    """The next run that writes to the folder removes it, and leaves what is not ours and what is in use."""
    for name in (".kamxl-abc.tmp", ".kamxl-1.tmp", "kamxl-x.tmp", ".kamxl.toml"):
        target.with_name(name).write_bytes(b"half")
    in_use = target.with_name(".kamxl-in-use.tmp")
    with in_use.open("wb") as file:
        saving._claim(file.fileno())
        write_atomically(target, b"new", "de")
        names = {path.name for path in target.parent.iterdir()}
        kept = {in_use.name} if os.name != "nt" else names & {in_use.name}
    assert names == {target.name, "kamxl-x.tmp", ".kamxl.toml"} | kept
