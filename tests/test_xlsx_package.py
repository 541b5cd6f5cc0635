"""A file is opened as a workbook within bounds, or named for what it is."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kamxl.xlsx.package import Package, open_package
from kamxl.xlsx.source import FileFault, ReadingLimits, WorkbookError, extended_path
from tests.corpus.crafting import parts_of, relationships_xml, sheet_xml, write_parts

SHEETS = {"Plan": sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small healthy workbook."""
    return write_parts(tmp_path / "Müller & Söhne.xlsx", parts_of(SHEETS))


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamxl.xlsx.source.time.sleep", lambda _seconds: None)


def fault_of(path: Path, limits: ReadingLimits | None = None) -> tuple[FileFault, str]:
    """Open a file that is no readable workbook."""
    with pytest.raises(WorkbookError) as caught:
        open_package(path, limits)
    return caught.value.fault, caught.value.detail


def test_a_healthy_file_opens_with_its_parts_and_fingerprint(plain: Path) -> None:
    """A workbook gives its part names, its main part and the SHA-256 of its bytes."""
    package = open_package(plain)
    assert package.main == "xl/workbook.xml"
    assert "xl/worksheets/sheet1.xml" in package.names
    assert "XL/Worksheets/SHEET1.xml" in package
    assert len(package.fingerprint) == 64
    assert package.fingerprint == open_package(str(plain)).fingerprint


def test_the_fingerprint_changes_with_the_bytes(plain: Path) -> None:
    """Any other byte gives another fingerprint."""
    before = open_package(plain).fingerprint
    write_parts(
        plain, parts_of({"Plan": sheet_xml('<row r="1"><c r="A1"><v>2</v></c></row>')})
    )
    assert open_package(plain).fingerprint != before


def test_a_macro_workbook_is_a_workbook(tmp_path: Path) -> None:
    """A workbook with macros opens whatever its name ends in; the macros are of no concern."""
    parts = parts_of(SHEETS)
    macro_type = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        macro_type,
    )
    parts["xl/vbaProject.bin"] = b"\0\1\2"
    assert (
        open_package(write_parts(tmp_path / "plan.xlsx", parts)).main
        == "xl/workbook.xml"
    )


@pytest.mark.parametrize(
    ("target", "resolved"),
    [
        ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("\\xl\\worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("../xl/./worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("worksheets/sheet%201.xml", "xl/worksheets/sheet 1.xml"),
        ("../../../../etc/passwd", None),
        ("http://example.com/sheet1.xml", None),
        ("file:///etc/passwd", None),
        ("#Plan!A1", None),
        ("", None),
    ],
)
def test_a_target_leads_to_a_part_or_nowhere(
    tmp_path: Path, target: str, resolved: str | None
) -> None:
    """Relative, absolute and backslash targets lead to their part; nothing leads out of the package."""
    parts = parts_of(SHEETS)
    parts["xl/_rels/workbook.xml.rels"] = relationships_xml(
        ("rId1", "worksheet", target)
    ).encode()
    package = open_package(write_parts(tmp_path / "plan.xlsx", parts))
    expected = {"worksheet": {"rId1": resolved}} if resolved else {}
    assert package.relationships("xl/workbook.xml") == expected


def test_an_external_target_does_not_exist(tmp_path: Path) -> None:
    """A relationship to something outside the file is left out."""
    parts = parts_of(SHEETS)
    links = relationships_xml(("rId1", "externalLinkPath", "other.xlsx"))
    parts["xl/_rels/workbook.xml.rels"] = links.replace(
        "Target=", 'TargetMode="External" Target='
    ).encode()
    assert not open_package(write_parts(tmp_path / "plan.xlsx", parts)).relationships(
        "xl/workbook.xml"
    )


def test_content_types_are_told_by_name_and_by_extension(plain: Path) -> None:
    """A part's own content type comes first, then that of its extension."""
    package = open_package(plain)
    assert package.content_type("xl/workbook.xml").endswith("sheet.main+xml")
    assert package.content_type("xl/worksheets/sheet1.xml") == "application/xml"
    assert package.content_type("xl/media/image1.png") == ""


def test_a_part_that_is_not_there_is_damage(plain: Path) -> None:
    """Reading a missing part says which one is missing."""
    with pytest.raises(WorkbookError) as caught:
        open_package(plain).read("xl/styles.xml")
    assert (caught.value.fault, caught.value.detail) == (
        FileFault.DAMAGED,
        "xl/styles.xml: missing",
    )


def test_a_part_is_bounded_by_its_bytes_not_by_its_header(tmp_path: Path) -> None:
    """A part that inflates beyond the limit is refused, though its header claims ten bytes."""
    parts = parts_of(SHEETS) | {"xl/big.xml": b" " * 500_000}
    path = write_parts(tmp_path / "plan.xlsx", parts)
    honest, claim = (500_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(honest, claim))
    package = open_package(path, ReadingLimits(max_part_bytes=100_000))
    with pytest.raises(WorkbookError) as caught:
        package.read("xl/big.xml")
    assert (caught.value.fault, caught.value.detail) == (
        FileFault.TOO_LARGE,
        "xl/big.xml",
    )


def test_all_parts_together_are_bounded(tmp_path: Path) -> None:
    """Reading one part again and again ends at the limit for all parts."""
    parts = parts_of(SHEETS) | {"xl/big.xml": b" " * 40_000}
    package = open_package(
        write_parts(tmp_path / "plan.xlsx", parts),
        ReadingLimits(max_total_bytes=100_000),
    )
    package.read("xl/big.xml")
    package.read("xl/big.xml")
    with pytest.raises(WorkbookError) as caught:
        package.read("xl/big.xml")
    assert caught.value.fault is FileFault.TOO_LARGE


def test_a_part_nobody_asks_for_costs_nothing(tmp_path: Path) -> None:
    """A part beyond every limit does no harm as long as it is not read."""
    parts = parts_of(SHEETS) | {"xl/media/film.bin": b"\0" * 3_000_000}
    path = write_parts(tmp_path / "plan.xlsx", parts)
    assert (
        open_package(path, ReadingLimits(max_part_bytes=10_000)).main
        == "xl/workbook.xml"
    )


def test_a_changed_byte_in_a_part_is_damage(tmp_path: Path) -> None:
    """A part whose bytes do not match their checksum is not believed."""
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as container:
        for name, content in parts_of(SHEETS).items():
            container.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(b"<v>1</v>", b"<v>7</v>"))
    with pytest.raises(WorkbookError) as caught:
        open_package(path).read("xl/worksheets/sheet1.xml")
    assert caught.value.detail == "xl/worksheets/sheet1.xml: checksum"


def test_a_part_stored_twice_is_damage(plain: Path) -> None:
    """Two contents under one name, in whatever case, are not chosen between."""
    with zipfile.ZipFile(plain, "a") as container:
        container.writestr("xl/Workbook.xml", "<other/>")
    assert fault_of(plain) == (FileFault.DAMAGED, "xl/Workbook.xml: stored twice")


def test_a_zip_with_a_password_is_encrypted(plain: Path) -> None:
    """An encrypted zip entry is no damage, but needs a password."""
    data = bytearray(plain.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    plain.write_bytes(data)
    assert fault_of(plain) == (FileFault.ENCRYPTED, "zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_the_format_does_not_allow_is_damage(
    tmp_path: Path, method: int
) -> None:
    """Only stored and deflated parts are read; the others could not be bounded."""
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w", method) as container:
        for name, content in parts_of(SHEETS).items():
            container.writestr(name, content)
    assert fault_of(path) == (
        FileFault.DAMAGED,
        f"_rels/.rels: compression method {method}",
    )


def test_a_huge_zip_directory_is_refused_before_it_is_read(plain: Path) -> None:
    """A zip of very many entries is too large."""
    assert fault_of(plain, ReadingLimits(max_parts=3)) == (
        FileFault.TOO_LARGE,
        "zip directory",
    )


def test_a_truncated_workbook_is_damaged(plain: Path) -> None:
    """A half-copied workbook is damaged, not foreign."""
    data = plain.read_bytes()
    plain.write_bytes(data[: len(data) // 2])
    assert fault_of(plain)[0] is FileFault.DAMAGED


def test_bytes_before_and_after_the_zip_do_no_harm(plain: Path) -> None:
    """A zip is found though something stands in front of it or behind it."""
    plain.write_bytes(b"junk" * 20 + plain.read_bytes() + b"junk" * 200)
    assert open_package(plain).main == "xl/workbook.xml"


UTF16_TEXT = "Kunde\tUmsatz\r\nMüller\t5\r\n".encode("utf-16")
OWNER = b"\x04Mueller" + b" " * 157


@pytest.mark.parametrize(
    ("content", "fault", "detail"),
    [
        (b"%PDF-1.7\n...", FileFault.OTHER_FORMAT, "pdf"),
        (b"{\\rtf1 text}", FileFault.OTHER_FORMAT, "rtf"),
        (b"\x89PNG\r\n\x1a\n....", FileFault.OTHER_FORMAT, "png"),
        (b"\t\x08\x10\0\0\x06\x05\0", FileFault.OTHER_FORMAT, "xls"),
        (b"ID;PWXL;N;E\r\n", FileFault.OTHER_FORMAT, "slk"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML><html><table>", FileFault.OTHER_FORMAT, "html"),
        (b"<?xml version='1.0'?><Workbook/>", FileFault.OTHER_FORMAT, "xml"),
        (b"MIME-Version: 1.0\r\nX: y", FileFault.OTHER_FORMAT, "mhtml"),
        ("Kunde;Umsatz\nMüller;5".encode(), FileFault.OTHER_FORMAT, "csv"),
        ("Kunde,Umsatz\nMüller,5".encode("cp1252"), FileFault.OTHER_FORMAT, "csv"),
        (UTF16_TEXT, FileFault.OTHER_FORMAT, "csv"),
        (
            "Bitte bis Freitag ausfüllen.\nDanke, Anna".encode(),
            FileFault.NOT_A_WORKBOOK,
            "text",
        ),
        (b"\x00\x01\x02\x03 something binary", FileFault.NOT_A_WORKBOOK, ""),
        (b"\0" * 4096, FileFault.DAMAGED, "only zero bytes"),
        (OWNER, FileFault.OWNER_FILE, ""),
        (b"", FileFault.EMPTY_FILE, ""),
    ],
)
def test_a_file_of_another_kind_is_named(
    tmp_path: Path, content: bytes, fault: FileFault, detail: str
) -> None:
    """A file that only bears the name of a workbook is told by its content."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    assert fault_of(path) == (fault, detail)


@pytest.mark.parametrize(
    ("parts", "fault", "detail"),
    [
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            FileFault.OTHER_FORMAT,
            "ods",
        ),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.text"},
            FileFault.OTHER_FORMAT,
            "odt",
        ),
        ({"Index/Document.iwa": b"..."}, FileFault.OTHER_FORMAT, "numbers"),
        ({"letter.txt": b"Guten Tag"}, FileFault.OTHER_FORMAT, "zip"),
        ({"[Content_Types].xml": b"<Types/>"}, FileFault.DAMAGED, "no workbook part"),
    ],
)
def test_another_kind_of_zip_is_named(
    tmp_path: Path, parts: dict[str, bytes], fault: FileFault, detail: str
) -> None:
    """A zip that is no workbook is told by its entries."""
    assert fault_of(write_parts(tmp_path / "plan.xlsx", parts)) == (fault, detail)


@pytest.mark.parametrize(
    ("content_type", "detail"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "docx",
        ),
        (
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
            "pptx",
        ),
    ],
)
def test_another_office_document_is_named(
    tmp_path: Path, content_type: str, detail: str
) -> None:
    """An office document of another program is told by the content type of its main part."""
    parts = parts_of(SHEETS)
    workbook_type = (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    )
    types = parts["[Content_Types].xml"].replace(workbook_type, content_type.encode())
    path = write_parts(tmp_path / "plan.xlsx", parts | {"[Content_Types].xml": types})
    assert fault_of(path) == (FileFault.OTHER_FORMAT, detail)


def test_a_workbook_whose_main_part_is_gone_is_damaged(tmp_path: Path) -> None:
    """A package that names a workbook part without having it is damaged."""
    parts = parts_of(SHEETS)
    del parts["xl/workbook.xml"]
    assert fault_of(write_parts(tmp_path / "plan.xlsx", parts)) == (
        FileFault.DAMAGED,
        "no workbook part",
    )


@pytest.mark.parametrize("name", ["~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_the_mark_of_an_open_workbook_is_no_workbook(tmp_path: Path, name: str) -> None:
    """What Excel or LibreOffice puts beside an open workbook is told by its name, whether it can be read or not."""
    assert fault_of(tmp_path / name)[0] is FileFault.OWNER_FILE


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """A path that leads nowhere is said to, also below something that is no folder."""
    assert fault_of(tmp_path / "no.xlsx")[0] is FileFault.MISSING
    (tmp_path / "file").write_bytes(b"x")
    assert fault_of(tmp_path / "file" / "no.xlsx")[0] is FileFault.MISSING


def test_a_folder_or_a_pipe_is_no_workbook(tmp_path: Path) -> None:
    """Only regular files are opened; a pipe would make us wait for ever."""
    (tmp_path / "folder.xlsx").mkdir()
    assert fault_of(tmp_path / "folder.xlsx") == (
        FileFault.NOT_A_WORKBOOK,
        "no regular file",
    )
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert fault_of(tmp_path / "pipe.xlsx") == (
            FileFault.NOT_A_WORKBOOK,
            "no regular file",
        )


def test_a_file_beyond_the_limit_is_not_read(plain: Path) -> None:
    """A file larger than the limit is refused for its size."""
    assert fault_of(plain, ReadingLimits(max_file_bytes=100)) == (
        FileFault.TOO_LARGE,
        f"{plain.stat().st_size} bytes",
    )


@pytest.mark.usefixtures("_no_waiting")
def test_a_file_held_for_a_moment_is_read_in_the_end(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sharing violation that passes is not reported."""
    failures = iter([PermissionError(13, "in use"), PermissionError(13, "in use")])
    opener = failing_open(lambda: next(failures, None))
    monkeypatch.setattr(Path, "open", opener)
    assert isinstance(open_package(plain), Package)


@pytest.mark.usefixtures("_no_waiting")
def test_a_file_that_stays_held_is_locked(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be opened after several attempts is locked."""
    attempts = []

    def refuse() -> OSError:
        attempts.append(1)
        held = PermissionError(13, "in use")
        held.winerror = 32  # type: ignore[attr-defined,unused-ignore]
        return held

    monkeypatch.setattr(Path, "open", failing_open(refuse))
    fault, detail = fault_of(plain)
    assert fault is FileFault.LOCKED
    assert "in use" in detail
    assert len(attempts) > 2


@pytest.mark.usefixtures("_no_waiting")
def test_a_file_that_nobody_may_read_is_forbidden(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing permission is told apart from a file that another program holds."""
    monkeypatch.setattr(
        Path, "open", failing_open(lambda: PermissionError(13, "Permission denied"))
    )
    assert fault_of(plain)[0] is FileFault.FORBIDDEN


def failing_open(next_failure: Callable[[], OSError | None]) -> Callable[..., object]:
    """An `open` that fails as long as there is a failure left."""
    real: Callable[..., object] = Path.open

    def opener(path: Path, *args: str) -> object:
        failure = next_failure()
        if failure:
            raise failure
        return real(path, *args)

    return opener


@pytest.mark.usefixtures("_no_waiting")
def test_a_file_that_changes_while_it_is_read_is_not_believed(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is written again and again while we read it is reported; one that comes to rest is read."""
    real: Callable[..., object] = Path.open
    changes = iter(range(2))

    def opener(path: Path, *args: str) -> object:
        for _ in changes:
            times = path.stat().st_mtime_ns
            os.utime(path, ns=(times, times + 1_000_000_000))
            break
        return real(path, *args)

    monkeypatch.setattr(Path, "open", opener)
    assert open_package(plain).main
    changes = iter(range(100))
    assert fault_of(plain)[0] is FileFault.CHANGED_WHILE_READ


def test_an_error_survives_the_way_from_a_worker_process() -> None:
    """Fault, path and detail come back from another process."""
    error = pickle.loads(  # noqa: S301 - just written
        pickle.dumps(WorkbookError(FileFault.OTHER_FORMAT, "Pläne/a.xlsx", "xls"))
    )
    assert (error.fault, error.path, error.detail) == (
        FileFault.OTHER_FORMAT,
        Path("Pläne/a.xlsx"),
        "xls",
    )
    assert "other-format (xls)" in str(error)


def test_a_long_path_is_written_as_windows_wants_it() -> None:
    """Only beyond 259 characters, and only on Windows, a path takes the extended form."""
    deep = "C:\\Kunden\\" + "x" * 260
    assert extended_path(deep, windows=True) == "\\\\?\\" + deep
    assert extended_path("\\\\srv\\K\\" + "x" * 260, windows=True).startswith(
        "\\\\?\\UNC\\srv\\K\\"
    )
    assert extended_path("C:\\Kunden\\a.xlsx", windows=True) == "C:\\Kunden\\a.xlsx"
    assert extended_path("/" + "x" * 300, windows=False) == "/" + "x" * 300
