"""Plans for tests, filled at random but consistently: every kind of entry, gaps all over, three currencies.

``some_plan(7)`` always gives the same entries by path, as a plan holds them, for the settings `settings_for(7)`.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind, Profile
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language

TODAY = dt.date(2026, 11, 20)
RATES = {"GBP": 1.16787, "USD": 0.91352}
COMPANY = Settings(
    plan_year=2027, product_groups=("Antriebe", "Service", "Pumpen")
).changed(exchange_rates=RATES)
MANAGERS = ("Anna Berg", "anna berg", "Uwe Au", "Eva Roth")
GROUPS = ("Korn-Gruppe", "KORN‑Gruppe", "Nordhaus", None)
RIVALS = ("Nordwerk AG", "nordwerk ag", "Südtec", "Hansa Pumpen")
KINDS = 6  # of settings: the plans 0 and 6 have the same
_MOST_ROWS = 7  # filled in a free table


def settings_for(number: int) -> Settings:
    """The settings of a plan: its language, and every third one the short profile."""
    language = (Language.DE, Language.EN)[number % 2]
    profile = Profile.COMPACT if number % 3 == 2 else Profile.FULL
    return COMPANY.changed(language=language, profile=profile)


def some_plan(number: int, spec: PlanSpec) -> dict[str, Any]:
    """Entries of every kind, some plans full and some with little in them."""
    chance = random.Random(number)  # noqa: S311 - example data
    density = chance.choice([0.35, 0.8, 0.97])
    values: dict[str, Any] = {}
    for part in spec.parts:
        rows = part.count if part.rows else min(part.count, _MOST_ROWS)
        for index, field in ((i, f) for i in range(rows) for f in part.fields):
            if chance.random() < density:
                _fill(values, field, index, chance)
    return values | _master_data(number, chance)


def _fill(
    values: dict[str, Any], field: FieldSpec, index: int, chance: random.Random
) -> None:
    """Fill in a field of a row; of a crossing, with every second contact."""
    if field.pattern.count("[]") < 2:
        values[field.at(index)] = entry(field, index, chance)
        return
    for person in range(0, _MOST_ROWS, 2):
        values[field.pattern.at(index, person)] = entry(field, index, chance)


def entry(field: FieldSpec, index: int, chance: random.Random) -> Any:
    """Something that may stand in a field."""
    if field.options:
        return chance.choice(field.options).code
    if field.kind is Kind.COMPETITOR or field.item.names is Kind.COMPETITOR:
        return chance.choice(RIVALS)
    if field.kind is Kind.DATE:
        return dt.date(2026, 6, 1) + dt.timedelta(days=chance.randrange(400))
    if isinstance(field.low, float | int) and isinstance(field.high, float | int):
        return _number(field.kind, int(field.low), int(field.high), chance)
    return f"{field.key} {index}"


def _number(kind: Kind, low: int, high: int, chance: random.Random) -> float:
    if kind is Kind.MONEY:
        return chance.choice([0.0, chance.randrange(1, 900_000_000) / 100])
    if kind is Kind.PERCENT:
        return chance.randrange(101) / 100
    if kind is Kind.NUMBER:
        lowest, highest = max(low, -50), min(high, 100)
        return lowest + chance.randrange(4 * (highest - lowest) + 1) / 4
    return chance.randint(low, min(high, low + 12))


def _master_data(number: int, chance: random.Random) -> dict[str, Any]:
    """Whose plan it is; a missing group is no entry."""
    values = {
        "cover.company": f"Firma {number}",
        "cover.account_id": str(30_000 + number),
        "cover.key_account_manager": chance.choice(MANAGERS),
        "cover.parent_account": chance.choice(GROUPS),
        "cover.plan_year": 2027,
        "cover.currency": chance.choice(["EUR", "GBP", "USD"]),
        "cover.created_on": dt.date(2026, 9, 1),
        "cover.updated_on": dt.date(2026, 11, 2),
    }
    return {path: value for path, value in values.items() if value is not None}
