"""Whom to contact next, over all accounts: the people of the plans, and those yet to be won.

A row is the contact's own with its ``urgency``. For somebody yet to be won it stands for the contact on whom the
account hangs: whose account it is and where that contact is entered, but nothing that is said of the contact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kamxl.portfolio.data.columns import COMMON
from kamxl.portfolio.data.ledger import Row, named
from kamxl.portfolio.data.tables import Tables
from kamxl.scoring import NextContact, next_contacts
from kamxl.texts import Text

URGENCY = "urgency"
_SECOND = Text(de="eine zweite Person gewinnen", en="win over a second person")
_Found = tuple[NextContact, Row]


def recommended(tables: Tables) -> list[Row]:
    """The recommendations of all accounts: first where somebody is to be won, then by urgency and role."""
    accounts: dict[str, list[Row]] = defaultdict(list)
    for row in tables["contacts"]:
        if row.get("name"):
            accounts[row["file"]].append(row)
    limit = tables.settings.limits.single_thread
    second = tables.say(_SECOND)
    found: list[_Found] = []
    for people in accounts.values():
        found += _next(people, limit, second)
    return [row for _, row in sorted(found, key=_place)]


def _next(people: Sequence[Row], limit: int, second: str) -> Iterator[_Found]:
    """The recommendations of one account; `second` is what somebody yet to be won is called."""
    anyone = any(row.get("influence") for row in people)
    # Where no influence is known at all, everybody counts the same.
    weights = [row.get("influence") if anyone else 1.0 for row in people]
    planned = [row.get("planned") for row in people]
    met = list(map(_met, people, weights))
    roles = [row.get("role") for row in people]
    for one in next_contacts(weights, met, planned, roles, single_thread=limit):
        yield one, _row(people, one, second)


def _row(people: Sequence[Row], one: NextContact, second: str) -> Row:
    """A recommendation as a row."""
    if one.index is not None:
        return people[one.index] | {URGENCY: one.urgency}
    known = _most_met(people)
    whose = {key: known.get(key) for key in COMMON}
    return whose | {"name": second, "role": one.role, URGENCY: None}


def _most_met(people: Sequence[Row]) -> Row:
    """The contact on whom the account hangs."""
    return max(people, key=lambda row: row.get("actual") or 0)


def _met(row: Row, weight: float | None) -> float | None:
    """The contacts made, none beyond what one of our people had planned: too many here never make up for none there.

    The gap is what is missing between each two people, times the influence.
    """
    gap, planned = row.get("gap"), row.get("planned")
    if gap is None or planned is None or not weight:
        return row.get("actual")
    return float(planned - gap / weight)


def _place(found: _Found) -> tuple[tuple[bool, float, int], str]:
    one, row = found
    return one.order, named(row)
