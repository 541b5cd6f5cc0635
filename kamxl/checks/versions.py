"""One plan per account and year: which of several counts, and why the others do not.

Of two files with the same entries one is a copy. Of several that differ the one counts that was updated last (the date
on its cover), or else saved last; where neither tells, none does, for nobody can say which is right. A plan that was
saved under another account number and left as it was is the same plan. For example ``left_out([plan, copy])`` gives
one `LeftOut`: the copy, with the plan that counts instead of it, and no path under which they differ.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kamxl.checks.checked import Checked
from kamxl.checks.side_by_side import account_of, saved_at, year_of
from kamxl.plan.settings.model import Settings
from kamxl.spelling import account_key

_NUMBER = "cover.account_id"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plan that does not count.

    Attributes:
        plan: the plan.
        other: the one it was compared with.
        counts: whether the other one counts instead; if not, neither does.
        differing: the paths under which they hold different values, in plan order.
    """

    plan: Checked
    other: Checked
    counts: bool
    differing: tuple[str, ...] = ()

    @property
    def renumbered(self) -> bool:
        """Whether it is the same plan under another account number."""
        one, other = map(account_of, (self.plan, self.other))
        return account_key(one) != account_key(other)


def left_out(plans: Sequence[Checked]) -> tuple[LeftOut, ...]:
    """The plans that do not count because of another one.

    Args:
        plans: all plans of a folder, in a stable order: of two copies the first counts.
    """
    known = list(filter(account_of, plans))
    groups = _several(known, lambda p: (account_key(account_of(p)), year_of(p)))
    found = [entry for group in groups for entry in _versions(group)]
    gone = {id(entry.plan) for entry in found}
    left = [plan for plan in known if id(plan) not in gone and plan.identity.plan_id]
    for group in _several(left, lambda plan: plan.identity.plan_id):
        # The number that the plan was made for is the right one, wherever it stands.
        first, *_ = sorted(group, key=_is_renumbered)
        found += _copies([first, *(plan for plan in group if plan is not first)])
    return tuple(found)


def same_origin(plans: Sequence[Checked]) -> Iterator[tuple[Checked, Checked]]:
    """Each plan that counts under another number than one made of the same workbook, behind that one.

    A workbook that was made for no account in particular may become the plan of several.
    """
    gone = {id(entry.plan) for entry in left_out(plans)}
    made = (p for p in plans if p.identity.plan_id and p.identity.account_id)
    counted = (plan for plan in made if id(plan) not in gone)
    for group in _several(counted, lambda plan: plan.identity.plan_id):
        first, *others = sorted(group, key=_is_renumbered)
        own = account_key(account_of(first))
        yield from ((first, o) for o in others if account_key(account_of(o)) != own)


def year_counted(plans: Iterable[Checked], settings: Settings) -> int:
    """The year whose plans are summed up: the company's plan year, if there is any plan of it, else the usual one."""
    years, wanted = Counter(map(year_of, plans)), settings.plan_year
    if wanted is not None and wanted in years:
        return wanted
    return max(years, key=lambda year: (years[year], year), default=0)


def _several(
    plans: Iterable[Checked], key: Callable[[Checked], Hashable]
) -> Iterator[list[Checked]]:
    """The plans that share a key with others, together."""
    groups: dict[Hashable, list[Checked]] = defaultdict(list)
    for plan in plans:
        groups[key(plan)].append(plan)
    return (group for group in groups.values() if len(group) > 1)


def _is_renumbered(plan: Checked) -> bool:
    return account_key(account_of(plan)) != account_key(plan.identity.account_id)


def _content(plan: Checked) -> Hashable:
    """All entries but the account number, which may be spelled in several ways."""
    return frozenset(item for item in plan.values.items() if item[0] != _NUMBER)


def _copies(plans: Iterable[Checked]) -> Iterator[LeftOut]:
    """Each plan whose entries are those of one before it."""
    firsts: dict[Hashable, Checked] = {}
    for plan in plans:
        first = firsts.setdefault(_content(plan), plan)
        if first is not plan:
            yield LeftOut(plan, first, counts=True)


def _versions(plans: Sequence[Checked]) -> Iterator[LeftOut]:
    """Of the plans of one account and year, all that do not count."""
    copies = list(_copies(plans))
    yield from copies
    gone = {id(copy.plan) for copy in copies}
    versions = sorted((p for p in plans if id(p) not in gone), key=_newness)
    if len(versions) < 2:
        return
    *earlier, last = versions
    clear = _newness(earlier[-1]) < _newness(last)
    for plan in earlier:
        yield LeftOut(plan, last, clear, _differing(last, plan))
    if not clear:
        yield LeftOut(last, earlier[-1], clear, _differing(earlier[-1], last))


def _newness(plan: Checked) -> tuple[dt.date, int]:
    """What tells a later version from an earlier one: when it was updated, then when it was saved."""
    return plan.plan.cover.updated_on or dt.date.min, saved_at(plan)


def _differing(first: Checked, other: Checked) -> tuple[str, ...]:
    paths = {**first.values, **other.values}
    differing = (p for p in paths if first.values.get(p) != other.values.get(p))
    return tuple(path for path in differing if path != _NUMBER)
