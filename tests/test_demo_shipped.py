"""What lies in `workbooks/` is what the code writes today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kamxl.demo.shipped import DAY, EXAMPLES, write_shipped
from kamxl.xlsx.cells import read_book

SHIPPED = Path(__file__).parents[1] / "workbooks"
RENEW = "python -m kamxl.demo.shipped workbooks"
# Written by hand, or pictures taken of the rest.
BY_HAND = {"Anleitung.html", "bilder"}
_MOMENT = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d{2}|[0-9a-f]{12,}")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as the code writes it now."""
    folder = tmp_path_factory.mktemp("workbooks")
    write_shipped(folder)
    return folder


def lines_of(path: Path) -> Iterator[str]:
    """A file as comparable lines: text, or every cell and name of a workbook without moments and fingerprints."""
    if path.suffix != ".xlsx":
        yield from path.read_text(encoding="utf-8").splitlines()
        return
    book = read_book(path)
    for sheet in book.sheets:
        for _, cell in sorted(sheet.cells.items()):
            text = (
                ""
                if cell.is_date and path.name.startswith("Beispiel-Portfolio")
                else cell.raw
            )
            yield f"{sheet.name}!{cell.address} {_MOMENT.sub('…', text)}"
    for name, target in sorted(book.names.items()):
        yield f"{name} = {target.target}"


@pytest.mark.slow
def test_workbooks_are_fresh(written: Path) -> None:
    """Every generated file is there, none is left over, and each holds what the code writes; else renew them."""
    files = {path.relative_to(written) for path in written.rglob("*") if path.is_file()}
    here = {path.relative_to(SHIPPED) for path in SHIPPED.rglob("*") if path.is_file()}
    kept = {path for path in here if path.parts[0] not in BY_HAND}
    assert files == kept, f"renew with: {RENEW}"
    for name in sorted(files):
        assert list(lines_of(SHIPPED / name)) == list(lines_of(written / name)), (
            f"{name} is old; renew with: {RENEW}"
        )


def test_the_examples_are_twelve_plans_of_one_day() -> None:
    """The shipped examples are the demo's plans; three of them carry mistakes."""
    plans = sorted((SHIPPED / EXAMPLES).glob("*.xlsx"))
    assert len(plans) == 12
    assert all(str(DAY.year + 1) in path.stem for path in plans)
