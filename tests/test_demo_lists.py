"""The example account list and revenue history: what kamxl itself can read, and the same account plans again."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

import kamxl.demo
from kamxl.generation.accounts import read_accounts
from kamxl.plan.document import plan_spec

SETTINGS = kamxl.demo.settings(year=2027)
PLANS = kamxl.demo.plans(SETTINGS, dt.date(2026, 11, 20))


def test_the_account_list_is_one_that_kamxl_reads(tmp_path: Path) -> None:
    """Written as CSV with semicolons, the list names every account with its manager, and no column is left over."""
    rows = kamxl.demo.accounts_table(SETTINGS)
    file = tmp_path / "accounts.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    listed = read_accounts(file, plan_spec(SETTINGS), "de")
    assert listed.unknown == ()
    assert [account.account_id for account in listed.accounts] == [
        plan.cover.account_id for plan in PLANS
    ]
    for account, plan in zip(listed.accounts, PLANS, strict=True):
        assert account.company == plan.cover.company
        assert account.values["key_account_manager"] == plan.cover.key_account_manager
        assert account.values["account_class"] == plan.cover.account_class
        assert account.contact_title


def test_the_revenue_history_adds_up_to_the_plans() -> None:
    """The three past years of the list are those of the plans, account by account and year by year."""
    rows = kamxl.demo.revenue_table(SETTINGS)
    assert {row["year"] for row in rows} == {2023, 2024, 2025}
    for plan in PLANS:
        for year, column in (
            (2023, "actual_4"),
            (2024, "actual_3"),
            (2025, "actual_2"),
        ):
            listed = [
                r["revenue"]
                for r in rows
                if (r["account_id"], r["year"]) == (plan.cover.account_id, year)
            ]
            planned = [getattr(row, column) for row in plan.revenue.revenue]
            assert sum(float(amount) for amount in listed) == pytest.approx(
                sum(planned)
            )


def test_an_english_list_has_english_classes() -> None:
    """The account class is printed in the language of the settings; the accounts stay the same."""
    english = kamxl.demo.accounts_table(kamxl.demo.settings("en", 2027))
    assert [row["company"] for row in english] == [plan.cover.company for plan in PLANS]
    assert {row["account_class"] for row in english} == {
        "Major Account",
        "Key Account",
        "Target Account",
    }
