"""The sheet *Wettbewerb*: who meets us where, who wins from us, and every encounter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kamxl.checks.entries.texts import fold
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.listing import (
    Printed,
    draw_listing,
    printed,
    set_widths,
)
from kamxl.portfolio.pages.page import Page, amount, named, place_column
from kamxl.portfolio.pages.paper import FIRST, FIRST_ROW
from kamxl.portfolio.pages.work import is_open

__all__ = ["Rival", "draw_competition", "rivals"]

_MOST_NAMES = 5


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
        return min(self.names, key=lambda name: (-self.names[name], name))

    @property
    def accounts(self) -> list[str]:
        """The accounts at which we meet, by name."""
        met = (*self.named_at, *self.lost_to, *self.contested)
        return sorted(
            {row["file"]: named(row) for row in met}.values(), key=str.casefold
        )


def rivals(
    competitors: Iterable[Row], lost: Iterable[Row], deals: Iterable[Row]
) -> list[Rival]:
    """All competitors, those that win most from us first; spellings of one name are one."""
    found: dict[str, Rival] = defaultdict(Rival)
    for rows, key, place in (
        (competitors, "name", "named_at"),
        (lost, "lost_to", "lost_to"),
        ((row for row in deals if is_open(row)), "rival", "contested"),
    ):
        for row in rows:
            name = row.get(key)
            if name:
                rival = found[fold(str(name))]
                rival.names[str(name).strip()] += 1
                getattr(rival, place).append(row)
    return sorted(
        found.values(),
        key=lambda r: (-(_value(r.lost_to) or 0), -len(r.accounts), r.name.casefold()),
    )


def _value(rows: Iterable[Row]) -> float | None:
    return money_sum(row.get("value" + REPORTING) for row in rows)


def draw_competition(page: Page) -> None:
    """Two tables on one grid: per competitor, and per competitor and account."""
    paper, tables = page.paper, page.tables
    found = rivals(
        tables["competition_competitors"],
        tables["projects_lost"],
        tables["opportunities"],
    )
    summary, details = _rival_columns(page), _encounter_columns(page)
    last_column = FIRST + len(details) - 1
    guidance = f"{page.say(wording.COMPETITION_GUIDANCE)} {page.money_note()}"
    paper.head(page.say(wording.COMPETITION), guidance, last_column)
    rows: list[Row] = [
        {
            "name": rival.name,
            "where": _some(page, rival.accounts),
            "met": len(rival.accounts),
            "revenue": money_sum(
                row.get("revenue" + REPORTING) for row in rival.named_at
            ),
            "number": len(rival.lost_to),
            "lost": _value(rival.lost_to),
            "contested": _value(rival.contested),
        }
        for rival in found
    ]
    order = {
        fold(name): place for place, rival in enumerate(found) for name in rival.names
    }
    met = sorted(
        (row for row in tables["competition_competitors"] if row.get("name")),
        key=lambda row: (order[fold(str(row["name"]))], named(row)),
    )
    set_widths(paper, details, met)
    paper.heading(FIRST_ROW, page.say(wording.RIVALS), last_column)
    last = draw_listing(paper, FIRST_ROW + 1, "kamxl_rivals", summary, rows)
    paper.heading(last + 2, page.say(wording.MEETINGS), last_column)
    last = draw_listing(paper, last + 3, "kamxl_encounters", details, met)
    paper.print_on_a4(last_column, last)


def _some(page: Page, names: list[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return page.say(wording.AND_MORE, names=shown, count=more) if more > 0 else shown


def _rival_columns(page: Page) -> list[Printed]:
    say = page.say
    return [
        Printed(say(wording.RIVAL), lambda row: row["name"], width=25.0, role="strong"),
        Printed(say(wording.WHERE), lambda row: row["where"], width=33.0),
        Printed(say(wording.MET_AT), lambda row: row["met"], Kind.INTEGER, 11.0),
        Printed(
            say(wording.THEIR_REVENUE), lambda row: row["revenue"], Kind.MONEY, 16.0
        ),
        Printed(
            say(wording.LOST_NUMBER), lambda row: row["number"], Kind.INTEGER, 12.0
        ),
        Printed(say(wording.LOST), lambda row: row["lost"], Kind.MONEY, 22.0),
        Printed(say(wording.CONTESTED), lambda row: row["contested"], Kind.MONEY, 30.0),
    ]


def _encounter_columns(page: Page) -> list[Printed]:
    table, language = page.tables["competition_competitors"], page.language
    return [
        printed(table.column("name"), language, width=25.0, role="strong"),
        Printed(page.say(wording.ACCOUNT), named, width=33.0),
        printed(table.column("importance"), language, width=11.5),
        Printed(
            table.column("revenue").label[language],
            lambda row: amount(row, "revenue"),
            Kind.MONEY,
            16.0,
        ),
        printed(table.column("share"), language, width=12.0),
        place_column(page, 22.0),
        *(
            printed(table.column(key), language, width=30.0)
            for key in ("strengths", "weaknesses", "answer")
        ),
    ]
