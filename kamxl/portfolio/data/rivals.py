"""The competitors of all plans: who meets us where, and who wins from us."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kamxl.portfolio.data.ledger import Row, amount_sum, named
from kamxl.portfolio.data.tables import Tables
from kamxl.spelling import fold, usual_spelling


@dataclass
class Rival:
    """One competitor over all plans: where named, and the rows that name it."""

    names: Counter[str] = field(default_factory=Counter)
    named_at: list[Row] = field(default_factory=list)
    lost_to: list[Row] = field(default_factory=list)
    contested: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The most frequent spelling."""
        return usual_spelling(self.names.elements())

    @property
    def accounts(self) -> list[str]:
        """The accounts at which we meet, by name."""
        met = (*self.named_at, *self.lost_to, *self.contested)
        return sorted(
            {row["file"]: named(row) for row in met}.values(), key=str.casefold
        )

    def add(self, place: list[Row], name: str, row: Row) -> None:
        """Note a row, in one of this competitor's lists, that spells its name so."""
        self.names[name.strip()] += 1
        place.append(row)


def rivals(tables: Tables) -> list[Rival]:
    """All competitors, those that win most from us first; spellings of one name are one."""
    found: dict[str, Rival] = defaultdict(Rival)
    for name, row in _naming(tables["competition_competitors"], "name"):
        found[fold(name)].add(found[fold(name)].named_at, name, row)
    for name, row in _naming(tables["projects_lost"], "lost_to"):
        found[fold(name)].add(found[fold(name)].lost_to, name, row)
    for name, row in _naming(tables.open_projects, "rival"):
        found[fold(name)].add(found[fold(name)].contested, name, row)
    return sorted(
        found.values(),
        key=lambda rival: (
            -(amount_sum(rival.lost_to, "value") or 0),
            -len(rival.accounts),
            rival.name.casefold(),
        ),
    )


def _naming(rows: Iterable[Row], key: str) -> Iterable[tuple[str, Row]]:
    """The rows that name somebody, with the name."""
    return [(str(row[key]), row) for row in rows if row.get(key)]
