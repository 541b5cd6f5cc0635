"""What only shows when several plans lie side by side: the rules KAM4xx.

Two plans for the same account and year count double in every sum; a manager spelled in two ways splits his own figures.
The rules and their checks stand in `kamxl.checks.rules.across`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from kamxl.checks.checked import Checked
from kamxl.checks.findings import Finding, sort_findings
from kamxl.checks.report import Reporter
from kamxl.checks.rule import declared
from kamxl.checks.side_by_side import FolderRule
from kamxl.plan.settings.model import Settings


def check_across(
    plans: Sequence[Checked], settings: Settings | None = None, *, summed: bool = True
) -> tuple[Finding, ...]:
    """What is wrong between `plans`, each finding with the file and cell it concerns.

    Args:
        plans: all plans of a folder, in a stable order.
        settings: the company's rules and exchange rates.
        summed: whether they are summed up; else the rules that matter only then say nothing.
    """
    settings = settings or Settings()
    found: list[Finding] = []
    rules = [rule for rule in declared(FolderRule) if summed or not rule.summed]
    problems = (rule.found(plans, settings) for rule in rules)
    for plan, problem in chain.from_iterable(problems):
        sheet, cell = plan.cells.get(problem.path, ("", ""))
        reporter = Reporter(plan.file, plan.identity.language, settings, plan.spec)
        found += reporter.findings([replace(problem, sheet=sheet, cell=cell)])
    return sort_findings(found)
