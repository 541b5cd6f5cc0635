"""What foreign programs say to generated plans: valid to the judges, and calculated to the results they carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kamxl.demo.company import settings as demo_settings
from kamxl.demo.run import write_plans
from kamxl.document.vocabulary import Profile
from kamxl.generation.generate import (
    Manner,
    generate_blank,
    generate_plans,
    generate_template,
)
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language
from kamxl.xlsx.cells import read_book
from tests.clients.office import Office
from tests.clients.repair_lint import lint_findings
from tests.clients.validators import Finding, audit_findings

TODAY = dt.date.today()  # as LibreOffice compares due dates with the present day
MANNER = Manner(TODAY, seed="test")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The twelve demo plans, three of them with mistakes."""
    folder = tmp_path_factory.mktemp("filled")
    write_plans(folder, demo_settings("de", TODAY.year + 1), TODAY)
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Template, blank plan and a plan from a list, in each language and profile."""
    folder = tmp_path_factory.mktemp("empty")
    accounts = folder / "a.csv"
    accounts.write_text('account_id;company\n+1+1;Ä & <B> "C"\n', encoding="utf-8")
    written: list[Path] = []
    for language in Language:
        for profile in Profile:
            settings = Settings(
                language=language, profile=profile, plan_year=TODAY.year + 1
            )
            place = folder / f"{language}-{profile}"
            written += generate_template(
                place / "template.xlsx", settings, MANNER
            ).written
            written += generate_blank(place / "blank.xlsx", settings, MANNER).written
            written += generate_plans(place, accounts, settings, MANNER).written
    return written


@pytest.mark.slow
@pytest.mark.client
def test_valid_to_every_judge(
    empty: list[Path],
    filled: list[Path],
    ooxml_validator: Callable[[Iterable[Path]], list[Finding]],
) -> None:
    """Neither Microsoft's validator nor the others find a fault in any kind of generated plan."""
    files = [*empty, *filled]
    assert ooxml_validator(files) == []
    assert audit_findings(files) == []
    assert lint_findings(files) == []


@pytest.mark.slow
@pytest.mark.client
def test_results_are_those_of_a_calculation(
    empty: list[Path], filled: list[Path], office: Office
) -> None:
    """Every formula carries what LibreOffice works out, so that a preview and Protected View show true figures."""
    sound = [
        path for path in filled if not path.name.startswith(("10072", "10085", "10124"))
    ]
    for path in (*empty[-3:], *sound[:4]):
        book = read_book(path)
        recalculated = office.recalculate(path)
        for sheet in book.sheets:
            for address, computed in recalculated.get(sheet.name, {}).items():
                assert computed.error is None
                carried = next(
                    (c.value for c in sheet.cells.values() if c.address == address),
                    None,
                )
                expected = computed.value if computed.value != "" else None
                if isinstance(expected, float):
                    assert carried == pytest.approx(expected, rel=1e-9, abs=1e-9), (
                        f"{sheet.name}!{address}"
                    )
                else:
                    assert carried == expected, f"{sheet.name}!{address}"
