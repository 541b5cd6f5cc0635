"""What a consistency rule looks at: a plan, the day, the company's limits, and how to word a value."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kamxl.checks.entries.texts import fold
from kamxl.checks.entries.wording import show
from kamxl.checks.report import threshold
from kamxl.checks.rules import Rule
from kamxl.document.paths import flatten, pattern_of
from kamxl.document.required import is_filled
from kamxl.document.vocabulary import Kind
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings

__all__ = ["Look", "names"]


@dataclass(frozen=True)
class Look:
    """One plan to be judged on `today`.

    `unusable` are paths whose cell holds something that was not taken, `present` those found in the workbook.
    """

    plan: AccountPlan
    spec: PlanSpec
    settings: Settings
    language: str
    today: dt.date
    unusable: frozenset[str]
    present: Collection[str]

    def known(self, path: str) -> bool:
        """Whether a field's entry, or its absence, is known: it was found and could be read."""
        return path in self.present and path not in self.unusable

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
        return self._texts.get(kind, ())

    @cached_property
    def _texts(self) -> Mapping[Kind, Sequence[tuple[str, str]]]:
        fields = self.spec.fields
        found: dict[Kind, list[tuple[str, str]]] = defaultdict(list)
        for path, value in flatten(self.plan, self.spec).items():
            if isinstance(value, str) and is_filled(value):
                found[fields[pattern_of(path)].kind].append((path, value))
        return found


def names(entries: Iterable[str | None]) -> set[str]:
    """Names in a form in which case, spaces and dashes do not matter; blanks are left out."""
    return {fold(name) for name in entries if name and name.strip()}
