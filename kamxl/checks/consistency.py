"""Whether a plan's entries go together: what a rule about account plans looks at, and how such a rule is declared.

A `PlanRule` stands with its check in a module of `kamxl.checks.rules.plan`; it is asked about account plans only.
`Look` is the plan, the day and the company's limits; it also words a value.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from kamxl.checks.entries.wording import show
from kamxl.checks.report import threshold
from kamxl.checks.rule import FindingRule, Problem, Rule, declared
from kamxl.document.extract import Identity
from kamxl.document.paths import flatten, pattern_of
from kamxl.document.required import is_filled
from kamxl.document.vocabulary import Kind, Record, Tense
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.spelling import fold

_Row = TypeVar("_Row")
_Sortable = TypeVar("_Sortable", dt.date, int)


@dataclass(frozen=True)
class Look:
    """One plan to be judged on `today`.

    `unusable` are paths whose cell holds something that was not taken, `cells` sheet and cell of those found in the
    workbook; `identity` is what the workbook says about itself.
    """

    plan: AccountPlan
    spec: PlanSpec
    settings: Settings
    language: str
    today: dt.date
    unusable: frozenset[str]
    cells: Mapping[str, tuple[str, str]]
    identity: Identity

    def known(self, path: str) -> bool:
        """Whether a field's entry, or its absence, is known: it was found and could be read."""
        return path in self.cells and path not in self.unusable

    def blank(self, path: str, value: object) -> bool:
        """Whether an entry is missing for sure."""
        return not is_filled(value) and self.known(path)

    def limit(self, rule: Rule, default: float | None = None) -> float:
        """A rule's threshold under the settings."""
        return threshold(rule, self.settings, default)

    def shown(self, value: object, kind: Kind = Kind.NUMBER) -> str:
        """A value as the reader writes it."""
        return show(value, kind, self.language)

    def entries(self, kind: Kind) -> Sequence[tuple[str, str]]:
        """Path and text of every filled field of `kind`."""
        return self._filled.get(kind, ())

    def days(self, tense: Tense) -> Iterator[tuple[str, dt.date]]:
        """Path and day of every filled field of `tense`."""
        fields = self.spec.fields
        for path, day in self._filled.get(Kind.DATE, ()):
            if fields[pattern_of(path)].item.tense is tense:
                yield path, day

    @cached_property
    def _filled(self) -> Mapping[Kind, Sequence[tuple[str, Any]]]:
        fields = self.spec.fields
        found: dict[Kind, list[tuple[str, Any]]] = defaultdict(list)
        for path, value in flatten(self.plan, self.spec).items():
            if is_filled(value):
                found[fields[pattern_of(path)].kind].append((path, value))
        return found

    @cached_property
    def tomorrow(self) -> dt.date:
        """The last day that may be today somewhere on earth."""
        return self.today + dt.timedelta(days=1)

    @cached_property
    def set_up(self) -> dt.date:
        """The day before which nothing of the plan can have been planned: when it was set up, else its first day."""
        first = dt.date(self.spec.settings.year, 1, 1)
        return min(first, self.plan.cover.created_on or first)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanRule(FindingRule[[Look], Problem]):
    """A rule about the entries of an account plan, with the functions that find where it is broken."""

    about: ClassVar[type[Record]] = AccountPlan


def inconsistencies(look: Look) -> Iterator[Problem]:
    """Every entry that another entry, or the calendar, contradicts."""
    for rule in declared(PlanRule):
        if issubclass(look.spec.model, rule.about):
            yield from rule.found(look)


def names(entries: Iterable[str | None]) -> set[str]:
    """Names in a form in which case, spaces and dashes do not matter; blanks are left out."""
    folded = set(map(fold, filter(None, entries)))
    return folded - {""}


def numbered(table: str, rows: Iterable[_Row]) -> Iterator[tuple[str, _Row]]:
    """The rows of a table, each with its path: ``measures.measures[0]``."""
    for index, row in enumerate(rows):
        yield f"{table}[{index}]", row


def is_before(one: _Sortable | None, other: _Sortable | None) -> bool:
    """Whether both dates, or numbers, are known and the first is the earlier, or smaller, one."""
    if one is None or other is None:
        return False
    return one < other
