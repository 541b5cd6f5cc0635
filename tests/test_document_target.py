"""A report is written over an earlier one of its kind and over nothing else, whatever it is called."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from kamxl.document.drawing.signing import identity_of_report, sign
from kamxl.document.extract import WorkbookKind
from kamxl.document.target import check_target
from kamxl.errors import InputError
from kamxl.portfolio.consolidate import consolidate
from tests.portfolio_plans import MILLS, SETTINGS, TODAY, write_plan
from tests.test_checks_files import compound


def report(path: Path, kind: WorkbookKind = WorkbookKind.PORTFOLIO) -> Path:
    """A workbook that says that it is of this kind."""
    book = Workbook()
    sign(book, identity_of_report(kind, "de"))
    book.save(path)
    return path


def without_properties(path: Path) -> Path:
    """The same workbook as programs leave it that drop document properties."""
    with zipfile.ZipFile(path) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"custom-properties", b"none")
    with zipfile.ZipFile(path, "w") as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return path


def foreign(path: Path) -> Path:
    """A workbook of the user's own."""
    Workbook().save(path)
    return path


def holding(data: bytes) -> Callable[[Path], object]:
    """A file with this content."""
    return lambda path: path.write_bytes(data)


KEPT: dict[str, tuple[Callable[[Path], object], str]] = {
    "plan": (lambda path: write_plan(path, MILLS), "Accountplan"),
    "plan without properties": (
        lambda path: without_properties(write_plan(path, MILLS)),
        "Accountplan",
    ),
    "findings": (lambda path: report(path, WorkbookKind.FINDINGS), "andere Arbeitsmappe"),
    "foreign": (foreign, "nicht von kamxl"),
    "encrypted": (holding(compound("EncryptionInfo")), "nicht als Arbeitsmappe öffnen"),
    "cut off": (lambda path: path.write_bytes(report(path).read_bytes()[:900]), "öffnen"),
    "text": (holding(b"Umsatz;1"), "öffnen"),
    "empty": (holding(b""), "öffnen"),
}  # fmt: skip


@pytest.mark.parametrize("what", KEPT)
def test_what_is_no_earlier_portfolio_is_kept(tmp_path: Path, what: str) -> None:
    """The message says what lies there and asks for another name; the file is as it was."""
    make, words = KEPT[what]
    path = tmp_path / "Portfolio.xlsx"
    make(path)
    before = path.read_bytes()
    with pytest.raises(InputError, match=f"{words}.*nicht überschrieben"):
        check_target(path, WorkbookKind.PORTFOLIO, "de")
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", [WorkbookKind.PORTFOLIO, WorkbookKind.FINDINGS])
def test_an_earlier_report_may_be_written_over(
    tmp_path: Path, kind: WorkbookKind
) -> None:
    """With its properties, or with its hidden sheet alone; and where there is nothing."""
    check_target(tmp_path / "neu.xlsx", kind, "de")
    check_target(report(tmp_path / "alt.xlsx", kind), kind, "de")
    check_target(without_properties(report(tmp_path / "b.xlsx", kind)), kind, "de")


@pytest.mark.parametrize("name", ["Portfolio.pdf", "Portfolio", "Ordner.xlsx"])
def test_a_report_is_called_a_workbook(tmp_path: Path, name: str) -> None:
    """No other ending, and no folder."""
    (tmp_path / "Ordner.xlsx").mkdir()
    with pytest.raises(InputError, match="kein Name einer Arbeitsmappe"):
        check_target(tmp_path / name, WorkbookKind.PORTFOLIO, "de")


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"notiz.txt": b"nichts"},
        {"4711_x_2027.xlsx": b"", "x.xlsx": b"Text"},
        {"plan.xlsb": b"kein Plan"},
    ],
)
def test_an_empty_portfolio_never_takes_the_place_of_the_last_one(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    """Where no plan can be taken from a folder, that is said, and nothing is written."""
    folder, output = tmp_path / "plans", report(tmp_path / "portfolio.xlsx")
    before = output.read_bytes()
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with pytest.raises(InputError, match="kein Portfolio geschrieben"):
        consolidate(folder, output, SETTINGS, export=tmp_path / "export", today=TODAY)
    assert output.read_bytes() == before
    assert not (tmp_path / "export").exists()
