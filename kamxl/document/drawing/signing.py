"""Writing into a workbook what it is: the hidden sheet ``_kamxl`` and, once more, the custom document properties."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.extract import Identity
from kamxl.document.identity import identity_rows, properties
from kamxl.document.keys import IDENTITY_SHEET

__all__ = ["sign"]


def sign(
    book: Workbook, identity: Identity, settings: str = "", printed: str = ""
) -> Worksheet:
    """Add the identity sheet, last and hidden, and the properties; returns the sheet.

    Args:
        book: the workbook being drawn.
        identity: what it says about itself.
        settings: the settings that shape a plan, as JSON.
        printed: the codes of the texts that a plan prints.
    """
    sheet = book.create_sheet(IDENTITY_SHEET)
    sheet.sheet_state = "hidden"
    for row, (key, value) in enumerate(
        identity_rows(identity, settings, printed), start=1
    ):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2, value).data_type = "n" if isinstance(value, int) else "s"
    for name, value in properties(identity).items():
        kind = IntProperty if isinstance(value, int) else StringProperty
        book.custom_doc_props.append(kind(name=f"kamxl_{name}", value=value))
    return sheet
