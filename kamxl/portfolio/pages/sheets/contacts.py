"""The sheet *Kontakte*: how well each account is covered, and whom to contact next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from kamxl.document.drawing.looks import CellRole
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.ledger import Row, least_first
from kamxl.portfolio.data.recommended import URGENCY, recommended
from kamxl.portfolio.pages.listing import Listing, PrintedColumn, draw_tables
from kamxl.portfolio.pages.page import Page, sheet
from kamxl.texts import Text

_CONTACTS_GUIDANCE = Text(
    de="Wie gut wir die Menschen beim Kunden kennen: Abdeckung je Account und die dringlichsten Kontakte "
    "(Einfluss × fehlender Anteil am Soll). Wo alles an einer Person hängt, steht zuerst eine zweite.",
    en="How well we know the people at the account: coverage per account and the most urgent contacts (influence × "
    "missing share of the planned ones). Where all hangs on one person, a second one comes first.",
)
_NEXT_CONTACTS = Text(de="Nächste beste Kontakte", en="Next best contacts")
_URGENCY = Text(de="Dringlichkeit", en="Urgency")
_NEXT = Text(de="Nächster Kontakt", en="Next contact")
_PER_ACCOUNT = Text(de="Je Account", en="Per account")
_SINGLE_THREAD = Text(de="Nur ein Kontakt", en="One contact only")
_DECIDERS = Text(de="Entscheider", en="Deciders")
_ROLES = Text(de="Rollen bekannt", en="Roles known")
_STANCE = Text(de="Haltung (−1…+1)", en="Stance (−1…+1)")
_YES = Text(de="ja", en="yes")
_NO = Text(de="nein", en="no")

_MOST_NEXT = 50
_WIDTHS = {
    "name": 23.0, "position": 26.0, "role": 13.5, "influence": 11.0, "stance": 14.0, "actual": 11.0,
    "planned": 11.0, "last_contact": 13.0,
}  # fmt: skip


@sheet(50, Text(de="Kontakte", en="Contacts"))
def draw_contacts(page: Page) -> None:
    """Two tables on one grid of columns: per account, and whom to contact next."""
    found = recommended(page.tables)
    people = Listing("kamxl_next_contacts", _contact_columns(page), found[:_MOST_NEXT])
    known = [row for row in page.tables["accounts"] if row["contacts"]]
    known.sort(key=partial(least_first, "contact_coverage"))
    first = {row["file"]: row["name"] for row in reversed(found)}
    accounts = Listing("kamxl_coverage", _account_columns(page, first), known)
    tables = [(page.say(_NEXT_CONTACTS), people), (page.say(_PER_ACCOUNT), accounts)]
    draw_tables(page.paper, page.say(_CONTACTS_GUIDANCE), tables, people)


def _contact_columns(page: Page) -> list[PrintedColumn]:
    urgency = page.column(_URGENCY, URGENCY, Kind.NUMBER, 13.0, CellRole.STRONG)
    fields = page.fields("contacts", _WIDTHS)
    return [*page.owner(27.0), *fields, urgency, page.source(20.0)]


def _account_columns(page: Page, first: Mapping[str, str]) -> list[PrintedColumn]:
    """Texts where the other table has texts, figures where it has figures; `first` is who comes next, by file."""
    limit = page.tables.settings.limits.single_thread
    yes, no = page.say(_YES), page.say(_NO)

    def single(row: Row) -> bool:
        return bool(0 < row["contacts"] <= limit)

    def alone(row: Row) -> CellRole:
        return CellRole.BAD if single(row) else CellRole.CELL

    def undecided(row: Row) -> CellRole:
        return CellRole.CELL if row["deciders"] else CellRole.WARN

    return [
        *page.owner(27.0),
        page.column(_NEXT, lambda row: first.get(row["file"]), width=23.0),
        page.field("accounts", "contacts_strongest_opponent", 26.0),
        page.field("accounts", "contacts", 13.5),
        page.column(
            _SINGLE_THREAD,
            lambda row: yes if single(row) else no,
            Kind.SIGN,
            11.0,
            alone,
        ),
        page.column(_DECIDERS, "deciders", Kind.INTEGER, 14.0, undecided),
        page.field("accounts", "contact_coverage", label=wording.COVERAGE),
        page.field("accounts", "contacts_buying_center_coverage", label=_ROLES),
        page.field("accounts", "contacts_stance_index", label=_STANCE),
        page.field("accounts", "satisfaction_index", label=wording.SATISFACTION),
        page.source(20.0),
    ]
