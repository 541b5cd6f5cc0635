"""What a rule about several plans looks at, and how such a rule is declared.

A `FolderRule` stands with its check in a module of `kamxl.checks.rules.across`; its check takes all plans of a folder,
in a stable order, and says of which of them it found what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamxl.checks.checked import Checked
from kamxl.checks.rule import FindingRule, Problem
from kamxl.plan.settings.model import Settings
from kamxl.spelling import account_key

CURRENCY = "cover.currency"
_NEXT_YEAR = (
    1  # last year's workbook is used again, and the one after next is made early
)

FolderProblem = tuple[Checked, Problem]
FolderProblems = Iterator[FolderProblem]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FolderRule(FindingRule[[Sequence[Checked], Settings], FolderProblem]):
    """A rule about several plans, with the functions that find where it is broken.

    Attributes:
        summed: whether it matters only where plans are summed up, as an exchange rate does.
    """

    summed: bool = False


def account_of(plan: Checked) -> str:
    """The account number, as entered or else as generated."""
    entered = plan.plan.cover.account_id
    return entered or plan.identity.account_id


def year_of(plan: Checked) -> int:
    """The plan year, as entered; as generated where there is none, or a slip far from it (2072 for 2027)."""
    entered, made = plan.plan.cover.plan_year, plan.identity.plan_year
    slip = entered and made and abs(entered - made) > _NEXT_YEAR
    return made if slip or not entered else entered


def currency_of(plan: Checked) -> str | None:
    """The currency of a plan's amounts; `None` where its cover does not say, which no other currency can stand for."""
    if CURRENCY not in plan.spec.fields:
        return plan.spec.settings.currency
    entered = plan.values.get(CURRENCY)
    return str(entered) if entered else None


def file_of(plan: Checked) -> str:
    """The name of a plan's file."""
    return Path(plan.file).name


def saved_at(plan: Checked) -> int:
    """When a plan's file was saved, in whole seconds; 0 where the disk does not tell."""
    try:
        return int(Path(plan.file).stat().st_mtime)
    except OSError:
        return 0


def same_account(plans: Iterable[Checked]) -> Iterator[tuple[Checked, Checked]]:
    """Each plan after the first of its account with the first."""
    groups: dict[str, Checked] = {}
    for plan in filter(account_of, plans):
        first = groups.setdefault(account_key(account_of(plan)), plan)
        if first is not plan:
            yield first, plan
