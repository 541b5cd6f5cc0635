"""Writing into a workbook what it is: the hidden sheet ``_kamxl`` and, once more, the document properties."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import (
    TEMPLATE_VERSION,
    identity_rows,
    kamxl_version,
    properties,
)
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.xlsx.writing import verbatim

_CALCULATED_BY = 191029
"""The engine of Excel 2019 and later; what an older one worked out Excel works out anew, and asks to save it."""


def identity_of_report(
    kind: WorkbookKind,
    language: str,
    *,
    year: int = 0,
    profile: str = "",
    created: str = "",
) -> Identity:
    """What a workbook says about itself that is made of plans, or for them, and is none."""
    return Identity(
        kind=kind, template_version=TEMPLATE_VERSION, kamxl_version=kamxl_version(), schema_hash="", plan_id="",
        account_id="", plan_year=year, language=language, profile=profile, created=created,
    )  # fmt: skip


def sign(
    book: Workbook,
    identity: Identity,
    settings: str = "",
    printed: str = "",
    formulas: str = "",
) -> Worksheet:
    """Add the identity sheet, last and hidden, and the properties; returns the sheet.

    Args:
        book: the workbook being drawn.
        identity: what it says about itself.
        settings: the settings that shape a plan, as JSON.
        printed: the codes of the texts that a plan prints.
        formulas: the codes of the formulas that it computes with.
    """
    sheet = book.create_sheet(IDENTITY_SHEET)
    sheet.sheet_state = "hidden"
    for row, (key, value) in enumerate(
        identity_rows(identity, settings, printed, formulas), start=1
    ):
        sheet.cell(row, 1, key)
        shown = verbatim(value) if isinstance(value, str) else value
        sheet.cell(row, 2, shown).data_type = "n" if isinstance(value, int) else "s"
    for name, value in properties(identity).items():
        kind = IntProperty if isinstance(value, int) else StringProperty
        book.custom_doc_props.append(kind(name=f"kamxl_{name}", value=value))
    return sheet


def describe(
    book: Workbook, title: str, company: str, language: str, *, calculated: bool = False
) -> None:
    """Title, author and language of the file, as the file manager shows them; it opens on its first sheet.

    Args:
        book: the workbook being drawn.
        title: what it is.
        company: whose it is.
        language: "de" or "en".
        calculated: whether every formula has its result. Excel then has nothing to work out when the file is opened,
            and does not ask to save it when it is closed.
    """
    book.properties.title = title
    book.properties.creator = company or "kamxl"
    book.properties.language = language
    book.active = 0
    book.active.sheet_view.tabSelected = True
    book.calculation.calcId = _CALCULATED_BY
    book.calculation.fullCalcOnLoad = not calculated
