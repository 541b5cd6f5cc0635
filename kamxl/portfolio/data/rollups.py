"""Accounts drawn together: by manager, by group, or by anything else that a row says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.ledger import Row, amount_sum, by_name, each, named, numbers
from kamxl.portfolio.data.summary import growth_of, mean

REVENUES = {"last": "actual_2", "forecast": "forecast", "target": "target"}
"""The totals of revenue in a rolled up row, and which of an account's they sum up."""


def roll_up(rows: Sequence[Row], key: Callable[[Row], str]) -> list[Row]:
    """One row per name of `key`: sums of amounts, means of scores, and over how many accounts they were formed."""
    return [_rolled(name, members) for name, members in by_name(rows, key).items()]


def _rolled(name: str, members: Sequence[Row]) -> Row:
    coverage, covered = mean(each(members, "contact_coverage"))
    completeness, _ = mean(each(members, "completeness"))
    forecasts = each(members, f"{REVENUE_TOTALS}forecast{REPORTING}")
    revenues = {
        key: amount_sum(members, REVENUE_TOTALS + total)
        for key, total in REVENUES.items()
    }
    return {
        "name": name,
        "accounts": len(members),
        **revenues,
        "change": growth_of(members, "actual_2", "forecast"),
        "pipeline": amount_sum(members, "weighted_pipeline"),
        "projects": sum(each(members, "open_projects")),
        "overdue": sum(each(members, "overdue_measures")),
        "coverage": coverage,
        "completeness": completeness,
        "errors": sum(each(members, "errors")),
        "forecasts": len(numbers(forecasts)),
        "covered": covered,
        "members": ", ".join(sorted(map(named, members), key=str.casefold)),
    }
