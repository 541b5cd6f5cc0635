"""What sort of document a workbook holds: its model and the standard it is written under.

The account plan is one (`kamxl.plan.document.ACCOUNT_PLAN`); whoever reads workbooks is told which kinds there may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kamxl.document.extract import WorkbookKind
from kamxl.document.vocabulary import Document


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One sort of document.

    Attributes:
        filled: what the identity of a filled workbook says.
        template: what the identity of an empty one says.
        model: its declaration.
        settings: the pydantic model of the standard that a workbook carries.
    """

    filled: WorkbookKind
    template: WorkbookKind
    model: type[Document]
    settings: type[Any]
