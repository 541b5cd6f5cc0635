"""KAM331: the same thing listed twice in one table, which counts twice wherever rows are added up.

Mostly the name says what a row is; the same thing may be won or lost again, on another day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kamxl.checks.consistency import Look, PlanRule, numbered
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.paths import rows_at
from kamxl.spelling import fold
from kamxl.texts import Text

LISTED_TWICE = PlanRule(
    code="KAM331",
    name="listed-twice",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ steht zweimal in „{table}“, auch in Zelle {first}.",
        en="{label}: “{value}” is listed twice in “{table}”, also in cell {first}.",
    ),
    remedy=Text(
        de="Die überzählige Zeile leeren; sind zwei verschiedene gemeint, sie verschieden benennen.",
        en="Clear the extra row; if two different ones are meant, give them different names.",
    ),
    details={"first": Text(de="erste Zelle", en="first cell")},
)

# What a row is, by table: its name first.
_IDENTIFIED_BY = {
    "opportunities.open": ("project",),
    "projects.won": ("project", "date", "value"),
    "projects.lost": ("project", "date", "value"),
    "measures.measures": ("measure",),
    "strategy.goals": ("goal",),
    "strategy.strategic_projects": ("project",),
    "revenue.revenue": ("product_group",),
    "competition.competitors": ("name",),
    "contacts.people": ("name",),
    "contacts.team": ("name",),
    "controlling.targets": ("indicator", "unit"),
}


@LISTED_TWICE.check
def _twice(look: Look) -> Iterator[Problem]:
    for table, keys in _IDENTIFIED_BY.items():
        part = look.spec.find(table)
        if part is not None:
            heading = part.heading or look.spec.sheet(part.sheet).title
            for path, name, first in _repeated(look, table, keys):
                _, cell = look.cells.get(first, ("", None))
                yield LISTED_TWICE.at(path, value=name, table=heading, first=cell)


def _repeated(
    look: Look, table: str, keys: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Path and name of each row that is there already, and the path of the first."""
    seen: dict[tuple[Any, ...], str] = {}
    for place, row in numbered(table, rows_at(look.plan, table)):
        name, *others = (getattr(row, key) for key in keys)
        path = f"{place}.{keys[0]}"
        what = (fold(name or ""), *others)
        if what[0] and seen.setdefault(what, path) != path:
            yield path, name, seen[what]
