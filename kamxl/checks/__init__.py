"""Whether a plan is right: typed values, rules, and findings with sheet and cell.

`check` judges one workbook that was read, `check_across` several; `broken_file` and `passed_over` speak for files that
are no plans. Nothing here knows a spreadsheet library.
"""

from __future__ import annotations

from kamxl.checks.across import check_across
from kamxl.checks.catalogue import catalogue_markdown
from kamxl.checks.check import Checked, check, fields_json
from kamxl.checks.condense import condense
from kamxl.checks.files import broken_file, not_a_plan, other_workbook, passed_over
from kamxl.checks.findings import Finding, Severity, Status, sort_findings
from kamxl.checks.rules import CATALOGUE, Rule

__all__ = [
    "CATALOGUE", "Checked", "Finding", "Rule", "Severity", "Status", "broken_file", "catalogue_markdown", "check",
    "check_across", "condense", "fields_json", "not_a_plan", "other_workbook", "passed_over", "sort_findings",
]  # fmt: skip
