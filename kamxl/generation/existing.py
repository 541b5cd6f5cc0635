"""Which plans lie in a folder tree already, whatever their files are called and wherever they lie.

A plan is known by what its workbook says of itself: account number and plan year. Of two copies the first by name is
named. For example ``plans_below(folder, "de")[account_key("10041"), 2027]`` is the file of that plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.document.identity import identity_from
from kamxl.document.target import properties_of
from kamxl.plan.document import read_plan
from kamxl.spelling import account_key
from kamxl.texts import Language
from kamxl.xlsx.folder import files_below
from kamxl.xlsx.source import WorkbookError

_WORKBOOKS = (".xlsx", ".xlsm")

Known = tuple[str, int]
"""The key of an account number and a plan year."""


def known(account_id: str, year: int) -> Known:
    """What makes two plans one."""
    return account_key(account_id), year


def plans_below(folder: Path, language: str) -> Mapping[Known, Path]:
    """The plans in a folder tree; none where there is no folder yet."""
    found: dict[Known, Path] = {}
    if not folder.is_dir():
        return found
    for file in files_below(folder, language=Language(language)):
        is_workbook = file.path.suffix.lower() in _WORKBOOKS
        identity = _identity_of(file.path) if is_workbook else None
        if identity is not None and identity.account_id:
            key = known(identity.account_id, identity.plan_year)
            found.setdefault(key, file.path)
    return found


def _identity_of(path: Path) -> Identity | None:
    """What a workbook says of itself, by its properties or else by its hidden sheet; `None` where it is no plan."""
    with suppress(WorkbookError, NotADocumentError):
        identity, _ = identity_from((), properties_of(path))
        if identity is None:
            return read_plan(path).identity
        return identity if identity.kind is WorkbookKind.PLAN else None
    return None
