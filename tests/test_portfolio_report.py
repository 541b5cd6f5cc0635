"""The findings workbook that is handed back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from kamxl.document.extract import WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.document.layout.grid import TEXT_SIZE
from kamxl.document.layout.metrics import POINTS_PER_CHARACTER, text_width
from kamxl.plan.document import read_plan
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.pages.report import report
from tests.clients.repair_lint import lint_findings
from tests.clients.validators import Finding, audit_findings
from tests.portfolio_plans import SETTINGS, collected, two_plans


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """Two plans and an empty file."""
    folder = two_plans(tmp_path_factory.mktemp("plans"))
    (folder / "leer.xlsx").touch()
    return collected(folder)


def test_findings_lead_to_file_sheet_and_cell(
    checked: Collection, tmp_path: Path
) -> None:
    """Every printed finding is a row whose place is a link to the plan's very cell."""
    path = report(checked, tmp_path / "findings.xlsx", SETTINGS)
    sheet = load_workbook(path)["Prüfprotokoll"]
    lines = [line for source in checked.sources for line in source.lines]
    area = sheet[sheet.tables["kamxl_findings"].ref][1:]
    assert len(area) == len(lines)
    shown = {
        (row[4].hyperlink.location, unquote(row[4].hyperlink.target).rpartition("/")[2])
        for row in area
    }
    expected = {
        (
            f"'{line.sheet}'!{line.cell or 'A1'}" if line.sheet else None,
            Path(line.file).name,
        )
        for line in lines
    }
    assert shown == expected


def test_the_first_sheet_counts(checked: Collection, tmp_path: Path) -> None:
    """Files found, accepted, partly accepted and rejected, errors and doubts stand on top."""
    sheet = load_workbook(
        report(checked, tmp_path / "f.xlsx", SETTINGS.changed(language="en"))
    )["Overview"]
    label, value = [cell.value for cell in sheet[7]], [cell.value for cell in sheet[8]]
    shown = {name: number for name, number in zip(label, value, strict=True) if name}
    counts = checked.counts
    assert shown["Files found"] == counts.found == 3
    assert shown["Rejected"] == counts.rejected == 1
    assert shown["Accepted"] + shown["Partly accepted"] == 2
    errors = sum(
        line.severity.value == "error"
        for source in checked.sources
        for line in source.lines
    )
    assert shown["Errors"] == errors


def test_it_knows_what_it_is(checked: Collection, tmp_path: Path) -> None:
    """Left in the folder of plans it is recognised as a report and passed over."""
    with pytest.raises(NotADocumentError) as caught:
        read_plan(report(checked, tmp_path / "f.xlsx", SETTINGS))
    assert caught.value.kind is WorkbookKind.FINDINGS


def test_no_findings_is_good_news(tmp_path: Path) -> None:
    """Nothing found: a sentence instead of empty charts and tables."""
    book = load_workbook(
        report(Collection(tmp_path, ()), tmp_path / "f.xlsx", SETTINGS)
    )
    values = [cell.value for line in book["Übersicht"].iter_rows() for cell in line]
    assert "Keine Befunde: Alle Pläne sind in Ordnung." in values
    assert not book["Übersicht"]._charts


@pytest.mark.slow
@pytest.mark.client
def test_valid_to_every_judge(
    checked: Collection,
    tmp_path: Path,
    ooxml_validator: Callable[[Iterable[Path]], list[Finding]],
) -> None:
    """No judge finds a fault, with findings or without, in either language."""
    files = [
        report(
            collection,
            tmp_path / f"{name}_{language}.xlsx",
            SETTINGS.changed(language=language),
        )
        for name, collection in (("some", checked), ("none", Collection(tmp_path, ())))
        for language in ("de", "en")
    ]
    assert ooxml_validator(files) == []
    assert audit_findings(files) == []
    assert lint_findings(files) == []


def test_a_link_is_seen_whole(checked: Collection, tmp_path: Path) -> None:
    """The place of a finding stands on one line, which its column has room for, however full the page is."""
    path = report(checked, tmp_path / "findings.xlsx", SETTINGS)
    sheet = load_workbook(path)["Prüfprotokoll"]
    area = sheet[sheet.tables["kamxl_findings"].ref][1:]
    places = [row[5] for row in area]
    room = sheet.column_dimensions[places[0].column_letter].width * POINTS_PER_CHARACTER
    assert all(text_width(str(place.value), TEXT_SIZE) <= room for place in places)
