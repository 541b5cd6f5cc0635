"""A plan that was read and judged: what a check hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kamxl.checks.entries.conversion import Value
from kamxl.checks.findings import FileStatus, Finding, status_of
from kamxl.document.extract import Identity
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec


@dataclass(frozen=True)
class Checked:
    """A plan that was read and judged.

    Attributes:
        file: the workbook's path.
        identity: what the workbook says about itself.
        plan: everything that could be used.
        findings: in the order of sheets, rows and columns.
        values: the typed value of every filled field, by path.
        cells: sheet and cell of every field that was found, by path.
        spec: the specification the workbook was read under.
        off_scale: paths of entries that were refused because they lie off their scale; a score has no value then.
    """

    file: str
    identity: Identity
    plan: AccountPlan
    findings: tuple[Finding, ...]
    values: Mapping[str, Value]
    cells: Mapping[str, tuple[str, str]]
    spec: PlanSpec = field(repr=False)
    off_scale: frozenset[str] = frozenset()

    @property
    def status(self) -> FileStatus:
        """Accepted, or partial where there are errors."""
        return status_of(self.findings)
