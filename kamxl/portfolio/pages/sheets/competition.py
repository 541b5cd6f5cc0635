"""The sheet *Wettbewerb*: who meets us where, who wins from us, and every encounter."""

from __future__ import annotations

from kamxl.document.drawing.looks import CellRole
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.ledger import Row, amount_sum, named
from kamxl.portfolio.data.rivals import Rival, rivals
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, draw_tables
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.spelling import fold
from kamxl.texts import Text

_COMPETITION_GUIDANCE = Text(
    de="Wer uns wo begegnet und wer gegen uns gewinnt. Schreibweisen eines Namens sind zusammengefasst.",
    en="Who competes with us where, and who wins against us. Spellings of one name are combined.",
)
_RIVALS = Text(de="Wettbewerber", en="Competitors")
_MEETINGS = Text(de="Begegnungen im Einzelnen", en="Encounters one by one")
_RIVAL = Text(de="Wettbewerber", en="Competitor")
_WHERE = Text(de="Wo?", en="Where?")
_THEIR_REVENUE = Text(de="Umsatz bei unseren Kunden", en="Revenue at our accounts")
_LOST_NUMBER = Text(de="Verlorene Projekte", en="Lost projects")
_LOST = Text(de="An ihn verloren", en="Lost to them")
_CONTESTED = Text(de="Umkämpft (offen)", en="Contested (open)")
_AND_MORE = Text(de="{names} und {count} weitere", en="{names} and {count} more")

_MOST_NAMES = 5
_TABLE = "competition_competitors"


@sheet(60, Text(de="Wettbewerb", en="Competition"))
def draw_competition(page: Page) -> None:
    """Two tables on one grid: per competitor, and per competitor and account."""
    found = rivals(page.tables)
    rows = [_summed(page, rival) for rival in found]
    summary = Listing("kamxl_rivals", _rival_columns(page), rows)
    order = {fold(rival.name): place for place, rival in enumerate(found)}
    met = [row for row in page.tables[_TABLE] if row.get("name")]
    met.sort(key=lambda row: (order[fold(str(row["name"]))], named(row)))
    details = Listing("kamxl_encounters", _encounter_columns(page), met)
    tables = [(page.say(_RIVALS), summary), (page.say(_MEETINGS), details)]
    draw_tables(page.paper, page.guidance(_COMPETITION_GUIDANCE), tables, details)


def _summed(page: Page, rival: Rival) -> Row:
    """A competitor as a row."""
    names = rival.accounts
    where = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more > 0:
        where = page.say(_AND_MORE, names=where, count=more)
    return {
        "name": rival.name,
        "where": where,
        "met": len(names),
        "revenue": amount_sum(rival.named_at, "revenue"),
        "number": len(rival.lost_to),
        "lost": amount_sum(rival.lost_to, "value"),
        "contested": amount_sum(rival.contested, "value"),
    }


def _rival_columns(page: Page) -> list[PrintedColumn]:
    return [
        page.column(_RIVAL, "name", width=25.0, role=CellRole.STRONG),
        page.column(_WHERE, "where", width=33.0),
        page.column(wording.TILE_ACCOUNTS, "met", Kind.INTEGER, 11.0),
        page.column(_THEIR_REVENUE, "revenue", Kind.MONEY, 16.0),
        page.column(_LOST_NUMBER, "number", Kind.INTEGER, 12.0),
        page.column(_LOST, "lost", Kind.MONEY, 22.0),
        page.column(_CONTESTED, "contested", Kind.MONEY, 30.0),
    ]


def _encounter_columns(page: Page) -> list[PrintedColumn]:
    revenue = page.tables[_TABLE].column("revenue").label[page.language]
    words = dict.fromkeys(("strengths", "weaknesses", "answer"), 30.0)
    return [
        page.field(_TABLE, "name", 25.0, role=CellRole.STRONG),
        page.column(wording.ACCOUNT, named, width=33.0),
        page.field(_TABLE, "importance", 11.5),
        page.money(revenue, "revenue", 16.0, total=False),
        page.field(_TABLE, "share", 12.0),
        page.source(22.0),
        *page.fields(_TABLE, words),
    ]
