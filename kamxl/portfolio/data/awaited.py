"""Who has not handed in: the accounts of a list for which there is no plan of the year, or one that nobody has begun.

For example a list of 118 accounts beside 117 plans, one of them as it was generated, gives two `Missing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kamxl.checks.checked import Checked
from kamxl.checks.side_by_side import account_of, year_of
from kamxl.checks.versions import year_counted
from kamxl.document.required import progress
from kamxl.plan.settings.model import Settings
from kamxl.spelling import account_key, by_first_spelling, fold


class Awaited(NamedTuple):
    """An account whose plan is waited for."""

    account_id: str
    company: str
    key_account_manager: str


@dataclass(frozen=True, slots=True)
class Missing:
    """An account without a plan, or with one that is as it was generated."""

    account: Awaited
    is_untouched: bool = False

    def as_json(self) -> dict[str, object]:
        """The account for ``--format json``."""
        return {**self.account._asdict(), "untouched": self.is_untouched}


def missing_plans(
    plans: Sequence[Checked], awaited: Sequence[Awaited], settings: Settings
) -> tuple[Missing, ...]:
    """The accounts that have not handed in, in the order of the list.

    Args:
        plans: all plans of the folder, those of other years too.
        awaited: the accounts of the company's list; none where no list was given.
        settings: say which year is asked for; else it is the usual one.
    """
    if not awaited:
        return ()
    year = settings.plan_year or year_counted(plans, settings)
    begun: dict[str, bool] = defaultdict(bool)
    for plan in plans:
        if year_of(plan) == year:
            begun[account_key(account_of(plan))] |= _is_begun(plan)
    return tuple(
        Missing(account, key in begun)
        for account in awaited
        if not begun.get(key := account_key(account.account_id))
    )


def _is_begun(plan: Checked) -> bool:
    """Whether somebody has entered anything that is asked for."""
    return any(filled for filled, _ in progress(plan.plan, plan.spec).values())


def by_manager(missing: Iterable[Missing]) -> Mapping[str, list[Missing]]:
    """Who is waited for, by manager, each name in its first spelling; nobody's accounts under an empty one."""
    found = by_first_spelling(missing, lambda one: one.account.key_account_manager)
    return dict(sorted(found.items(), key=lambda entry: (not entry[0], fold(entry[0]))))
