"""No plan breaks the report of all others, and what a run leaves or may not read is called what it is."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pytest

from kamxl import api
from tests.clients.repair_lint import lint_findings
from tests.portfolio_plans import FOUNDRY, MILLS, SETTINGS, TODAY, write_plan

NASTY_SHEETS = (
    "_x001B_x", "a_x0000_", "_x0041_", "_x005F_x0041_", "_xD800_", "_xFFFF_", "\'_x0008_\'", "&lt;x&gt;",
    "&quot;a&quot;", "_x000A_", "x_x001f", "A&amp;F",
)  # fmt: skip


@pytest.mark.parametrize("name", NASTY_SHEETS)
def test_no_sheet_name_breaks_a_report(name: str, tmp_path: Path) -> None:
    """Whatever one plan calls a sheet (here as it stands in the file), portfolio and findings can be opened."""
    folder = tmp_path / "Pläne"
    plan = write_plan(folder / "a.xlsx", MILLS)
    write_plan(folder / "b.xlsx", FOUNDRY)
    with zipfile.ZipFile(plan) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    own = b'name="5 Offene Projekte"'
    assert own in parts["xl/workbook.xml"]
    renamed = f'name="{name}"'.encode()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(own, renamed)
    with zipfile.ZipFile(plan, "w", zipfile.ZIP_DEFLATED) as book:
        for part, data in parts.items():
            book.writestr(part, data)
    portfolio, findings = tmp_path / "portfolio.xlsx", tmp_path / "findings.xlsx"
    done = api.consolidate(folder, portfolio, settings=SETTINGS, today=TODAY)
    api.report(done.collection, findings, settings=SETTINGS)
    assert len(done.collection.plans) == 2
    assert lint_findings([portfolio, findings]) == []
    for written in (portfolio, findings):
        with zipfile.ZipFile(written) as book:
            for part in book.namelist():
                if part.endswith((".xml", ".rels")):
                    expat.ParserCreate().Parse(book.read(part), True)


def test_litter_is_no_file_of_the_folder(tmp_path: Path) -> None:
    """What a run left that was ended is counted nowhere and is gone after the next one."""
    folder = tmp_path / "Pläne"
    write_plan(folder / "a.xlsx", MILLS)
    litter = folder / ".kamxl-x7f3.tmp"
    litter.write_bytes(b"PK\x03\x04half")
    assert api.check(folder, settings=SETTINGS, today=TODAY).counts.found == 1
    done = api.consolidate(folder, folder / "p.xlsx", settings=SETTINGS, today=TODAY)
    assert done.counts.found == 1
    assert not litter.exists()


def test_missing_permission_is_called_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan or folder that whoever runs kamxl may not read is not called damaged or open elsewhere."""
    plan = write_plan(tmp_path / "a.xlsx", MILLS)
    (tmp_path / "geheim").mkdir()
    scandir, opened = os.scandir, Path.open

    def listing(path: Path | str) -> Any:
        if Path(path).name == "geheim":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def opening(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == plan.name:
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(os, "scandir", listing)
    monkeypatch.setattr(Path, "open", opening)
    found = api.check(tmp_path, settings=SETTINGS, today=TODAY)
    names = {finding.rule for finding in found.findings}
    assert names == {"no-permission", "folder-closed"}
