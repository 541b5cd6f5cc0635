"""The supplier's account list and revenue history: what a company hands in before the first plan is written."""

from __future__ import annotations

import datetime as dt
from itertools import product

from kamxl.demo.company import plans
from kamxl.plan.settings.model import Settings

_COVER = (
    "account_id", "company", "parent_account", "business_unit", "industry", "contact_name", "street",
    "postal_code", "city", "country", "key_account_manager", "field_sales", "inside_sales",
)  # fmt: skip
_PAST = {"actual_4": -4, "actual_3": -3, "actual_2": -2}

ListRow = dict[str, str | int | float]
Rows = list[ListRow]


def accounts_table(settings: Settings) -> Rows:
    """One row per account: the fields of the cover, the class as printed and the main contact's position."""
    rows: Rows = []
    for plan in plans(settings, _any_day(settings)):
        cover = plan.cover
        row: ListRow = {key: getattr(cover, key) or "" for key in _COVER}
        positions = {person.name: person.position for person in plan.contacts.people}
        row["contact_title"] = positions[cover.contact_name] or ""
        row["account_class"] = getattr(cover.account_class, "label")[settings.language]  # noqa: B009
        rows.append(row)
    return rows


def revenue_table(settings: Settings) -> Rows:
    """One row per account, product group and past year with revenue, as an ERP system exports it."""
    rows: Rows = []
    for plan in plans(settings, _any_day(settings)):
        for group, (key, offset) in product(plan.revenue.revenue, _PAST.items()):
            row = {
                "account_id": plan.cover.account_id or "",
                "product_group": group.product_group or "",
                "year": settings.year + offset,
                "revenue": getattr(group, key),
            }
            if row["revenue"]:
                rows.append(row)
    return rows


def _any_day(settings: Settings) -> dt.date:
    """A day in the year before the plan year; master data and revenue do not depend on it."""
    return dt.date(settings.year - 1, 11, 2)
