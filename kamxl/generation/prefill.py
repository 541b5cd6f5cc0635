"""What is known of an account before its manager opens the plan: rows of the lists → an `AccountPlan`.

For plan year P the revenue of the years P−4, P−3 and P−2 goes into the three columns of past revenue, that of P−1
beside the forecast: what has been sold so far this year is none. Revenue that is not known stays empty and is never 0.
The key account manager comes first among our own people; other key account managers look after accounts of
their own and are not in the matrix.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Any

from kamxl.document.paths import nest
from kamxl.generation.accounts import ListedAccount
from kamxl.generation.history import RevenueHistory, group_key
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

_KAM = Text(de="Key Account Manager", en="Key account manager")
_REVENUE = "revenue.revenue"


def past_years(spec: PlanSpec) -> dict[int, str]:
    """The columns of revenue that lists fill, by calendar year: for 2000, 1998 is ``actual_2`` and 1999 ``to_date``."""
    found: dict[int, str] = {}
    for field in spec.table(_REVENUE).fields:
        offset = field.item.year_offset
        if offset is not None and field.item.from_lists:
            found[spec.settings.year + offset] = field.key
    return found


def prefill(
    account: ListedAccount, history: RevenueHistory, spec: PlanSpec, today: dt.date
) -> AccountPlan:
    """The plan of an account as its manager will find it.

    Args:
        account: a row of the account list; an empty one for a blank plan.
        history: revenue of all accounts.
        spec: profile, year, product groups and team.
        today: the day on which the plan is set up.
    """
    settings = spec.settings
    values = starting_values(spec, settings.language)
    values |= {
        "cover.currency": settings.currency,
        "cover.created_on": today,
        "cover.updated_on": today,
    }
    values |= {f"cover.{key}": value for key, value in account.values.items()}
    values["cover.plan_year"] = settings.year
    values |= _revenue(account, history, spec)
    values |= _people(account, settings)
    known = {path: value for path, value in values.items() if value not in (None, "")}
    return AccountPlan.model_validate(nest(known))


def starting_values(spec: PlanSpec, language: str) -> dict[str, Any]:
    """What stands in every new plan by itself: product groups, criteria's weights, agenda items."""
    found: dict[str, Any] = {}
    for table in spec.tables:
        rows = table.rows or table.starts
        for (index, row), field in product(enumerate(rows), table.fields):
            value = row.defaults.get(field.key)
            if isinstance(value, Text):
                value = value[language]
            if value is not None:
                found[field.at(index)] = value
    return found


def _revenue(
    account: ListedAccount, history: RevenueHistory, spec: PlanSpec
) -> Iterator[tuple[str, float]]:
    years = past_years(spec)
    groups = [group_key(name) for name in spec.settings.product_groups]
    for (group, year), amount in history.of(account.account_id).items():
        if year in years:
            yield f"{_REVENUE}[{groups.index(group)}].{years[year]}", amount


def _people(account: ListedAccount, settings: Settings) -> dict[str, str]:
    """The main contact across, our own people down."""
    contact = str(account.values.get("contact_name", ""))
    manager = str(account.values.get("key_account_manager", ""))
    functions = {manager: _KAM[settings.language]}
    names = [manager]
    for member in settings.team:
        if member.function:
            functions[member.name] = member.function
        if not member.key_account_manager:
            names.append(member.name)
    found = {"contacts.people[0].name": contact}
    if contact:
        found["contacts.people[0].position"] = account.contact_title
    for index, name in enumerate(dict.fromkeys(filter(None, names))):
        found[f"contacts.team[{index}].name"] = name
        found[f"contacts.team[{index}].function"] = functions.get(name, "")
    return found
