"""The judges of our workbooks find what they are there for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook

from kamxl.xlsx.mend import mend_package
from tests.clients.validators import Finding, audit_findings


@pytest.mark.client
def test_sdk_judges_many_files(
    tmp_path: Path, ooxml_validator: Callable[[Iterable[Path]], list[Finding]]
) -> None:
    """Each file gets its own findings: none for a sound one, the fault for a faulty one, the type for no zip."""
    plain, mended, text = (
        tmp_path / f"{name}.xlsx" for name in ("plain", "mended", "text")
    )
    Workbook().save(plain)
    mended.write_bytes(mend_package(plain.read_bytes()))
    text.write_text("kein Zip")
    found = ooxml_validator([mended, plain, text])
    assert [(one.file, one.part) for one in found] == [
        (plain, "/xl/styles.xml"),
        (text, ""),
    ]


def test_audit_finds_what_the_schema_does_not_say(tmp_path: Path) -> None:
    """The second judge sees texts that Excel would move on the first save; mended, nothing is left."""
    raw, mended = tmp_path / "raw.xlsx", tmp_path / "mended.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = "Text"
    book.save(raw)
    mended.write_bytes(mend_package(raw.read_bytes()))
    assert {one.part for one in audit_findings([raw, mended])} == {
        "/xl/styles.xml",
        "/xl/worksheets/sheet1.xml",
    }
    assert audit_findings([mended]) == []
