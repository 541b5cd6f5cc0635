"""The account plan as a document: which workbooks hold one, and how it is compiled and read.

``plan_spec(Settings(profile="compact"))`` is the specification of the classical printed form.
"""

from __future__ import annotations

import os

from kamxl.document.compiling import compile_document
from kamxl.document.extract import Extract, WorkbookKind
from kamxl.document.finding.read import extract
from kamxl.document.kind import DocumentKind
from kamxl.document.spec import DocumentSpec
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import Book
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.source import ReadingLimits

PlanSpec = DocumentSpec[Settings]
"""The specification of an account plan under a company's settings."""

ACCOUNT_PLAN = DocumentKind(
    filled=WorkbookKind.PLAN,
    template=WorkbookKind.TEMPLATE,
    model=AccountPlan,
    settings=Settings,
)


def plan_spec(settings: Settings) -> PlanSpec:
    """The account plan's specification under a company's settings."""
    return compile_document(AccountPlan, settings)


def read_plan(
    path: str | os.PathLike[str], limits: ReadingLimits | None = None
) -> Extract:
    """Everything a plan workbook holds.

    Args:
        path: the file.
        limits: how much of it is read at most.

    Raises:
        WorkbookError: the file cannot be read as a workbook.
        NotADocumentError: a workbook, but no account plan.
    """
    return extract_plan(read_book(path, limits), limits)


def extract_plan(book: Book, limits: ReadingLimits | None = None) -> Extract:
    """The account plan in a workbook that has been read. Raises `NotADocumentError`."""
    return extract(book, ACCOUNT_PLAN, limits=limits)
