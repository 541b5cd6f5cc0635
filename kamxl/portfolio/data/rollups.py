"""Accounts drawn together: by manager, by group, or by anything else that a row says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.ledger import Row, amount, amount_sum, grouped, named
from kamxl.portfolio.data.summary import growth_of, mean

REVENUES = {"last": "actual_2", "forecast": "forecast", "target": "target"}
"""The totals of revenue in a rolled up row, and which of an account's they sum up."""


def roll_up(rows: Sequence[Row], key: Callable[[Row], str]) -> list[Row]:
    """One row per value of `key`: sums of amounts, means of scores, and over how many accounts they were formed."""
    return [_rolled(name, members) for name, members in grouped(rows, key).items()]


def _rolled(name: str, members: Sequence[Row]) -> Row:
    forecast = f"{REVENUE_TOTALS}forecast"
    coverage, covered = mean(row.get("contact_coverage") for row in members)
    completeness, _ = mean(row.get("completeness") for row in members)
    return {
        "name": name,
        "accounts": len(members),
        **{
            key: amount_sum(members, REVENUE_TOTALS + total)
            for key, total in REVENUES.items()
        },
        "change": growth_of(members, "actual_2", "forecast"),
        "pipeline": amount_sum(members, "weighted_pipeline"),
        "projects": _sum(members, "open_projects"),
        "overdue": _sum(members, "overdue_measures"),
        "coverage": coverage,
        "completeness": completeness,
        "errors": _sum(members, "errors"),
        "forecasts": sum(amount(row, forecast) is not None for row in members),
        "covered": covered,
        "members": ", ".join(sorted(map(named, members), key=str.casefold)),
    }


def _sum(rows: Sequence[Row], key: str) -> int:
    return sum(row[key] for row in rows)
