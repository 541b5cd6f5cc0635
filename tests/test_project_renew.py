"""What is generated and committed is what the code writes today, and one command makes it so."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from kamxl import renew
from kamxl.renew import COMMAND, DAY, EXAMPLES, MACROS, WORKBOOKS
from tests.conftest import need

PROJECT = Path(__file__).parents[1]
PRINTED = {WORKBOOKS / name for name in ("Anleitung.pdf", "Guide.pdf")}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all generated files as the code writes them now."""
    folder = tmp_path_factory.mktemp("fresh")
    renew.write_generated(folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's generated folders."""
    for folder in (WORKBOOKS, MACROS):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.slow
def test_all_that_is_generated_is_fresh(fresh: Path) -> None:
    """Every workbook, document and VBA module holds what the code writes; only moments of saving may differ."""
    assert renew.stale(PROJECT, fresh) == [], f"renew with: {COMMAND}"
    assert renew.left_over(PROJECT, fresh) == [], f"renew with: {COMMAND}"


@pytest.mark.parametrize("moment", ["46353.9375", "46353.75", "46353.123456789"])
def test_a_moment_with_few_digits_makes_nothing_stale(
    tmp_path: Path, moment: str
) -> None:
    """In which second a portfolio was written says nothing about the code."""
    (tmp_path / WORKBOOKS).mkdir()
    written = 0
    with (
        zipfile.ZipFile(PROJECT / renew.PORTFOLIO) as old,
        zipfile.ZipFile(tmp_path / renew.PORTFOLIO, "w") as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            part, count = re.subn(
                rb"<v>46\d{3}\.\d{5,}</v>", b"<v>%s</v>" % moment.encode(), part
            )
            written += count
            new.writestr(name, part)
    assert written
    assert renew.stale(PROJECT, tmp_path) == []


@pytest.mark.slow
def test_all_that_is_committed_is_generated(fresh: Path) -> None:
    """Nothing lies in the two folders but what the command writes, the pictures it takes and the guides it prints."""
    for folder in (WORKBOOKS, MACROS):
        for path in (PROJECT / folder).rglob("[!.~]*.*"):
            name = path.relative_to(PROJECT)
            taken = name in renew.SHOWN or name in PRINTED
            assert (fresh / name).exists() or taken, name


@pytest.mark.slow
def test_only_what_changed_is_written(fresh: Path, project: Path) -> None:
    """A changed cell, a changed document, a missing and a superfluous file are mended; the others are not touched."""
    template = project / WORKBOOKS / "Template-key-account-plan.xlsx"
    shutil.copy(project / WORKBOOKS / "Vorlage-Key-Account-Plan.xlsx", template)
    rules, module = WORKBOOKS / "Rules.md", MACROS / "kamxl_help.bas"
    (project / rules).write_text("old", encoding="utf-8")
    (project / module).unlink()
    former = EXAMPLES / "10000_Former-Account_2026.xlsx"
    shutil.copy(template, project / former)
    portfolio = project / renew.PORTFOLIO
    os.utime(portfolio, (0, 0))
    changed = renew.bring_up_to_date(project, fresh)
    assert changed == [module, rules, template.relative_to(project), former]
    assert renew.bring_up_to_date(project, fresh) == []
    assert not (project / former).exists()
    assert portfolio.stat().st_mtime == 0


@pytest.mark.client
@pytest.mark.slow
def test_pictures_are_taken(project: Path) -> None:
    """Where LibreOffice is, all pictures are taken anew, each of a page that is not blank."""
    programs = ("soffice", "pdftoppm")
    missing = [name for name in programs if shutil.which(name) is None]
    need(f"{', '.join(missing)} not installed" if missing else None)
    for old in (project / renew.PICTURES).iterdir():
        old.write_bytes(b"")
    (project / renew.GUIDE_PICTURES).mkdir(parents=True)
    taken = renew.take_pictures(project)
    assert taken == [*renew.SHOWN, renew.ENGLISH]
    assert all((project / path).stat().st_size > 30_000 for path in taken)


def test_without_libreoffice_the_pictures_stay(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without LibreOffice leaves the pictures as they are."""
    monkeypatch.setattr(renew, "office_program", lambda: None)
    assert renew.take_pictures(project) == []


def test_it_runs_in_the_projects_folder_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Elsewhere the command writes nothing and says why."""
    assert renew.main(tmp_path) == 2
    assert "workbooks/" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_test_of_freshness_names_the_command() -> None:
    """Whoever sees a committed file called old reads which command renews it, and it is one command for all."""
    others = re.compile(r"python -m kamxl\.(?!renew\b)[\w.]+")
    for path in sorted((PROJECT / "tests").glob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        assert others.findall(text) == [], path.name
        for test in re.split(r"\n(?=def )", text):
            if re.match(r"def test_committed_\w+_fresh", test):
                assert "COMMAND" in test, test.partition("(")[0]


def test_the_examples_are_twelve_plans_of_one_day() -> None:
    """The shipped examples are the demo's plans; three of them carry mistakes."""
    plans = sorted((PROJECT / EXAMPLES).glob("*.xlsx"))
    assert len(plans) == 12
    assert all(str(DAY.year + 1) in path.stem for path in plans)
