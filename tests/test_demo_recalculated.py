"""The example plans in LibreOffice: no error value, and every computed cell as Python worked it out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kamxl.demo import plans, settings
from kamxl.document.figures import figures
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import plan_spec
from kamxl.xlsx.cells import read_book
from tests.clients.office import Office

TODAY = dt.date.today()
COMPANY = settings("de", TODAY.year + 1)
PLANS = {plan.cover.account_id or "": plan for plan in plans(COMPANY, TODAY)}


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("account", PLANS)
def test_libreoffice_works_out_what_python_wrote(
    account: str, office: Office, tmp_path: Path
) -> None:
    """The workbook carries Python's results as cached values; a hard recalculation changes none of them."""
    path = tmp_path / f"{account}.xlsx"
    PlanWriter(COMPANY, TODAY).write(PLANS[account], path)
    written = {sheet.name: sheet for sheet in read_book(path).sheets}
    compared = 0
    different = []
    for sheet, cells in office.recalculate(path).items():
        if sheet.startswith("_"):
            continue
        by_place = {cell.address: cell for cell in written[sheet].cells.values()}
        for place, computed in cells.items():
            cell = by_place.get(place)
            before = cell.value if cell is not None else None
            after = None if computed.value == "" else computed.value
            assert not computed.error, f"{sheet}!{place}: {computed.error}"
            same = before == after or (
                isinstance(before, int | float)
                and isinstance(after, int | float)
                and abs(before - after) < 1e-9
            )
            compared += before is not None
            if not same:
                different.append(
                    f"{sheet}!{place}: Python {before!r}, LibreOffice {after!r}, {computed.formula}"
                )
    assert different == []
    expected = figures(PLANS[account], plan_spec(COMPANY), TODAY)
    assert compared >= sum(value is not None for value in expected.values())
