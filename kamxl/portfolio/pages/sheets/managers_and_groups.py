"""The sheets *KAMs* and *Konzerne*: accounts drawn together, by manager and by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import itemgetter

from kamxl.document.vocabulary import Kind
from kamxl.plan.figures.values import attempt
from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.data.summary import mean
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.accounts import basis_key
from kamxl.portfolio.pages.listing import Printed
from kamxl.portfolio.pages.page import Page, amount, draw_page, named
from kamxl.scoring import growth
from kamxl.texts import Text

__all__ = ["draw_groups", "draw_managers", "roll_up"]

_SUMS = {"last": "actual_2", "forecast": "forecast", "target": "target"}


def roll_up(rows: Sequence[Row], key: Callable[[Row], str]) -> list[Row]:
    """One row per value of `key`: sums of amounts, means of scores, and over how many accounts they were formed."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return [_rolled(name, members) for name, members in groups.items()]


def _rolled(name: str, members: Sequence[Row]) -> Row:
    sums = {
        short: money_sum(amount(row, REVENUE_TOTALS + total) for row in members)
        for short, total in _SUMS.items()
    }
    both = [
        pair
        for row in members
        if None
        not in (
            pair := tuple(
                amount(row, REVENUE_TOTALS + key) for key in ("actual_2", "forecast")
            )
        )
    ]
    before, after = (money_sum(pair[place] for pair in both) for place in (0, 1))
    coverage, covered = mean(row.get("contact_coverage") for row in members)
    completeness, _ = mean(row.get("completeness") for row in members)
    return {
        "name": name,
        "accounts": len(members),
        **sums,
        "change": attempt(growth, before, after),
        "pipeline": money_sum(amount(row, "weighted_pipeline") for row in members),
        "projects": sum(row["open_projects"] for row in members),
        "overdue": sum(row["overdue_measures"] for row in members),
        "coverage": coverage,
        "completeness": completeness,
        "errors": sum(row["errors"] for row in members),
        "forecasts": sum(
            amount(row, f"{REVENUE_TOTALS}forecast") is not None for row in members
        ),
        "covered": covered,
        "members": ", ".join(sorted((named(row) for row in members), key=str.casefold)),
    }


def draw_managers(page: Page) -> None:
    """A row per key account manager; spellings are reported, not guessed together."""
    nobody = page.say(wording.WITHOUT_KAM)
    rows = roll_up(
        page.tables["accounts"].rows,
        lambda row: str(row.get("key_account_manager") or nobody),
    )
    guidance = f"{page.say(wording.MANAGERS_GUIDANCE)} {page.money_note()}"
    draw_page(
        page.paper,
        wording.MANAGERS,
        guidance,
        "kamxl_managers",
        _columns(page, wording.KAM),
        _ordered(page, rows),
    )


def draw_groups(page: Page) -> None:
    """A row per parent account."""
    accounts = page.tables["accounts"].rows
    members = [row for row in accounts if row.get("parent_account")]
    rows = roll_up(members, lambda row: str(row["parent_account"]))
    guidance = page.say(wording.GROUPS_GUIDANCE)
    if len(members) < len(accounts):
        guidance += " " + page.say(
            wording.WITHOUT_GROUP, count=len(accounts) - len(members)
        )
    guidance += " " + page.money_note()
    columns = _columns(page, wording.GROUP)
    columns.append(
        Printed(page.say(wording.MEMBERS), lambda row: row["members"], width=40.0)
    )
    draw_page(
        page.paper,
        wording.GROUPS,
        guidance,
        "kamxl_groups",
        columns,
        _ordered(page, rows),
    )


def _ordered(page: Page, rows: Sequence[Row]) -> list[Row]:
    basis = basis_key(page).removeprefix(REVENUE_TOTALS)
    short = next((key for key, total in _SUMS.items() if total == basis), "last")
    return sorted(rows, key=lambda row: (-(row[short] or 0.0), row["name"].casefold()))


def _columns(page: Page, head: Text) -> list[Printed]:
    table, language, say = page.tables["accounts"], page.language, page.say
    columns = [
        Printed(say(head), lambda row: row["name"], width=27.0, role="strong"),
        Printed(
            say(wording.NUMBER_ACCOUNTS),
            lambda row: row["accounts"],
            Kind.INTEGER,
            11.0,
            total=True,
        ),
    ]
    for short, total in _SUMS.items():
        key = REVENUE_TOTALS + total
        label = table.column(key).label[language] if table.has(key) else total
        columns.append(Printed(label, itemgetter(short), Kind.MONEY, 15.0, total=True))
        if short == "forecast":
            columns.append(
                Printed(
                    say(wording.CHANGE), lambda row: row["change"], Kind.PERCENT, 10.0
                )
            )

    def formed(row: Row) -> str:
        return say(
            wording.FORMED,
            forecasts=row["forecasts"],
            covered=row["covered"],
            accounts=row["accounts"],
        )

    return [
        *columns,
        Printed(say(wording.TILE_PIPELINE), lambda row: row["pipeline"], Kind.MONEY, 14.0, total=True),
        Printed(say(wording.PROJECTS), lambda row: row["projects"], Kind.INTEGER, 10.0, total=True),
        Printed(
            say(wording.OVERDUE), lambda row: row["overdue"], Kind.INTEGER, 11.5,
            lambda row: "bad" if row["overdue"] else "cell", total=True,
        ),
        Printed(say(wording.COVERAGE), lambda row: row["coverage"], Kind.PERCENT, 11.5),
        Printed(say(wording.COMPLETENESS), lambda row: row["completeness"], Kind.PERCENT, 12.0),
        Printed(
            say(wording.ERRORS), lambda row: row["errors"], Kind.INTEGER, 9.0,
            lambda row: "bad" if row["errors"] else "cell", total=True,
        ),
        Printed(say(wording.FORMED_OVER), formed, width=30.0, role="muted"),
    ]  # fmt: skip
