"""Plans on paper: every sheet one page wide, every page with the sheet's title, no page with a lost column or row."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from kamxl.document.layout.layout import title_of
from tests.clients.office import Office
from tests.clients.pictures import missing_poppler, sheets_of
from tests.conftest import need
from tests.plan_files import PROFILES, full_plan, layout_of, saved

pytestmark = [pytest.mark.client, pytest.mark.slow]

MOST_PAGES = {"compact": 6, "full": 8}


@pytest.mark.parametrize(("profile", "language"), PROFILES)
def test_every_page_is_a_whole_page(
    profile: str, language: str, office: Office, tmp_path: Path
) -> None:
    """A page that a column or a few rows fell out onto would lack the title, or hold next to nothing."""
    need(missing_poppler())
    layout = layout_of(profile, language)
    plan = saved(full_plan(profile, language), tmp_path / "plan.xlsx")
    pdf = office.convert(plan, tmp_path / "plan.pdf")
    pages = sheets_of(pdf)
    printed = [page_text(pdf, number) for number in range(1, len(pages) + 1)]
    assert [*dict.fromkeys(sheet for sheet, _ in pages)] == [
        sheet.name for sheet in layout.sheets
    ]
    cover = layout.sheets[0].name
    for (sheet, number), text in zip(pages, printed, strict=True):
        title = title_of(layout) if sheet == cover else sheet
        assert text.count(title) >= 2, (
            f"{sheet}, page {number}: header but no title, so it lies beside another page"
        )
        assert len(text.split()) > 40, f"{sheet}, page {number}: next to nothing on it"
        assert re.search(rf"\b{len(pages)}\b", text), (
            f"{sheet}, page {number}: no count of pages in the footer"
        )
    assert max(number for _, number in pages) <= MOST_PAGES[profile]


def page_text(pdf: Path, number: int) -> str:
    """What stands on a page, header and footer included."""
    asked = [
        "pdftotext",
        "-f",
        str(number),
        "-l",
        str(number),
        "-layout",
        str(pdf),
        "-",
    ]
    return " ".join(
        subprocess.run(asked, capture_output=True, check=True)
        .stdout.decode("utf-8")
        .split()
    )
