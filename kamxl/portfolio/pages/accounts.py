"""The sheets *Accounts* and *Umsatz*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from kamxl.document.figures import attempt
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.accounts import REVENUE_TOTALS, ranking_basis
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.entries import REVENUE_KINDS
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.listing import Printed, printed
from kamxl.portfolio.pages.page import (
    Page,
    account_columns,
    amount,
    draw_page,
    named,
    place_column,
)
from kamxl.scoring import growth
from kamxl.texts import Text

__all__ = ["draw_accounts", "draw_revenue"]

# Figures of the cover in print: key, head (short enough for a narrow column), width.
_SCORES = (
    ("attractiveness", Text(de="Attraktivität", en="Attractiveness"), 13.5),
    ("position", Text(de="Position", en="Position"), 10.5),
    ("portfolio_cell", Text(de="Portfoliofeld", en="Portfolio field"), 17.0),
    ("contact_coverage", Text(de="Abdeckung", en="Coverage"), 11.5),
    ("satisfaction_index", Text(de="Zufriedenheit", en="Satisfaction"), 13.5),
    ("goal_attainment", Text(de="Zielerreichung", en="Goal attainment"), 14.5),
    ("completeness", Text(de="Vollständig", en="Complete"), 12.0),
)
_PRINTED = {
    "company", "account_id", "key_account_manager", "account_class", "abc_class", "forecast_growth",
    "weighted_pipeline", "errors", *(key for key, _, _ in _SCORES),
}  # fmt: skip


def draw_accounts(page: Page) -> None:
    """One row per account; what the cover has no room for stands to the right of the printed part."""
    table = page.tables["accounts"]
    core = _core(page)
    shown = {*_PRINTED, "file", "sheet", "cell"}
    shown |= {REVENUE_TOTALS + key for key in ("actual_2", "forecast", "target")}
    others = [
        printed(column, page.language, role="plain", width=_far(column.kind))
        for column in table.columns
        if column.key not in shown and not column.key.endswith(REPORTING)
    ]
    guidance = f"{page.say(wording.ACCOUNTS_GUIDANCE)} {page.money_note()}"
    columns = (*core, *others)
    draw_page(
        page.paper,
        wording.ACCOUNTS,
        guidance,
        "kamxl_accounts",
        columns,
        page.accounts,
        core=len(core),
    )


def _core(page: Page) -> list[Printed]:
    table, language = page.tables["accounts"], page.language
    account, manager = account_columns(page, 24.0)
    columns = [
        account,
        Printed(
            page.say(wording.ACCOUNT_ID), lambda row: row.get("account_id"), width=11.5
        ),
        manager,
        printed(table.column("account_class"), language, width=13.5),
        Printed(
            page.say(wording.ABC), lambda row: row.get("abc_class"), Kind.SIGN, 6.5
        ),
    ]
    for key in ("actual_2", "forecast", "target"):
        total = REVENUE_TOTALS + key
        if not table.has(total):
            continue
        label = (
            table.column(total).label[language].partition(" ")[2]
            if not _mixed(page)
            else _short(key, language)
        )
        columns.append(Printed(label, _amount_of(total), Kind.MONEY, 12.5, total=True))
        if key == "forecast":
            change = printed(
                table.column("forecast_growth"),
                language,
                label=page.say(wording.CHANGE),
                width=9.5,
            )
            columns.append(change)
    pipeline = _amount_of("weighted_pipeline")
    columns.append(
        Printed(page.say(wording.TILE_PIPELINE), pipeline, Kind.MONEY, 12.5, total=True)
    )
    columns += [
        printed(table.column(key), language, label=head[language], width=width)
        for key, head, width in _SCORES
    ]
    columns.append(
        Printed(
            page.say(wording.ERRORS),
            lambda row: row.get("errors"),
            Kind.INTEGER,
            8.5,
            lambda row: "bad" if row.get("errors") else "cell",
        )
    )  # fmt: skip
    return [*columns, place_column(page, 16.0)]


def _amount_of(key: str) -> Callable[[Row], float | None]:
    return lambda row: amount(row, key)


def _mixed(page: Page) -> bool:
    return len({row.get("plan_year") for row in page.tables["accounts"]}) > 1


def _short(key: str, language: str) -> str:
    names = {"forecast": Text(de="FC", en="FC"), "target": Text(de="Ziel", en="Target")}
    return names.get(key, Text(de="Ist zuletzt", en="Last actual"))[language]


def _far(kind: Kind) -> float:
    return 28.0 if kind is Kind.NOTE else 16.0


def draw_revenue(page: Page) -> None:
    """Account × product group, a column per year."""
    revenue = page.tables["revenue"]
    order = list(REVENUE_KINDS)
    years = sorted({(row["year"], order.index(row["kind"])) for row in revenue})
    account, manager = account_columns(page, 30.0)
    columns = [
        account,
        manager,
        Printed(
            page.say(wording.PRODUCT_GROUP),
            lambda row: row["product_group"],
            width=24.0,
        ),
    ]
    for year, kind in years:
        label = f"{REVENUE_KINDS[order[kind]][page.language]} {year}"
        columns.append(
            Printed(
                label,
                _cell_of(year, order[kind]),
                Kind.MONEY,
                15.5,
                total=True,
                cents=True,
            )
        )
    if any(order[kind] == "forecast" for _, kind in years):
        columns.append(
            Printed(
                page.say(wording.CHANGE), lambda row: row["change"], Kind.PERCENT, 10.5
            )
        )
    columns.append(place_column(page))
    guidance = f"{page.say(wording.REVENUE_GUIDANCE)} {page.money_note()}"
    draw_page(
        page.paper,
        wording.REVENUE,
        guidance,
        "kamxl_revenue",
        columns,
        _wide(page),
        fixed=3,
    )


def _cell_of(year: int, kind: str) -> Callable[[Row], float | None]:
    return lambda row: row["amounts"].get((year, kind))


def _wide(page: Page) -> list[Row]:
    """One row per file and product group, its amounts by year and kind; largest accounts first."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in page.tables["revenue"]:
        groups[row["file"], row["product_group"]].append(row)
    wide = []
    for entries in groups.values():
        amounts: dict[tuple[int, str], float | None] = {}
        for entry in entries:
            key = (entry["year"], entry["kind"])
            amounts[key] = money_sum((amounts.get(key), amount(entry, "amount")))
        wide.append({**entries[0], "amounts": amounts, "change": _change(amounts)})
    rank = page.rank
    return sorted(wide, key=lambda row: (rank[row["file"]], named(row)))


def _change(amounts: dict[tuple[int, str], float | None]) -> float | None:
    """The forecast against the year before it."""
    forecast = next((year for year, kind in amounts if kind == "forecast"), None)
    if forecast is None:
        return None
    before, after = amounts.get((forecast - 1, "actual")), amounts[forecast, "forecast"]
    return attempt(growth, before, after)


def basis_key(page: Page) -> str:
    """The column by which accounts are ranked."""
    return REVENUE_TOTALS + ranking_basis(page.tables["accounts"].rows)
