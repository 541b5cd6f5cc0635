"""One plan read by itself, under the budget that each file of a folder has.

An ordinary plan is read where we are; of a larger file a process of its own says what became of it. For example
``read_single(Path("10041.xlsx"), Settings())`` gives identity, plan and fields, or the finding that ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kamxl.checks.check import check, fields_json
from kamxl.checks.files import broken_file, other_document, unreadable_file
from kamxl.checks.findings import Finding
from kamxl.document.extract import Extract, Identity
from kamxl.document.finding.read import NotADocumentError
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import read_plan
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.budget import Budget
from kamxl.portfolio.data.collect import FAULT_OF
from kamxl.portfolio.data.workers import Failure, run_all
from kamxl.xlsx.source import ORDINARY, FileFault, ReadingLimits, WorkbookError


class SinglePlan(NamedTuple):
    """A plan as it was read: identity, everything that could be used, and every field."""

    identity: Identity
    plan: AccountPlan
    fields: tuple[dict[str, Any], ...]


def read_single(path: Path, settings: Settings) -> SinglePlan | Finding | None:
    """Read one plan, under the settings that it carries itself.

    Args:
        path: the file.
        settings: what a file may cost, and the language of a finding.

    Returns:
        The plan, or why there is none; `None` where the rule that says so is switched off.
    """
    reading = settings.reading
    budget = Budget(reading.seconds, reading.megabytes)
    (result,) = run_all(_Job(settings), [path], _silence, budget)
    return result


def _silence(_done: int, _path: Path) -> None:
    """A single file needs no progress."""


@dataclass(frozen=True)
class _Job:
    """What is done with the file, here or in a process of its own."""

    settings: Settings

    def __call__(self, path: Path) -> SinglePlan | Finding | None:
        try:
            return _single(read_plan(path, ReadingLimits()))
        except (WorkbookError, NotADocumentError) as error:
            return self._refused(error)

    def at_once(self, path: Path) -> SinglePlan | Finding | None:
        """The plan if it is an ordinary one; `None` for any other."""
        try:
            return _single(read_plan(path, ORDINARY))
        except (WorkbookError, NotADocumentError) as error:
            is_large = getattr(error, "fault", None) is FileFault.TOO_LARGE
            return None if is_large else self._refused(error)

    def failed(self, path: Path, failure: Failure) -> Finding | None:
        """The file ended the process that worked on it."""
        return broken_file(WorkbookError(FAULT_OF[failure], path), self.settings)[1]

    def _refused(self, error: WorkbookError | NotADocumentError) -> Finding | None:
        """Why a file is no plan."""
        if isinstance(error, WorkbookError):
            return unreadable_file(error, self.settings)[1]
        return other_document(error, self.settings)[1]


def _single(extract: Extract) -> SinglePlan:
    fields = tuple(fields_json(extract))
    return SinglePlan(extract.identity, check(extract).plan, fields)
