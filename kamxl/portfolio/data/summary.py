"""The figures of the overview: sums and means over all accounts, each with the number of accounts it was formed over.

An account without a value takes no part: a mean over 7 of 12 accounts says so, and is no mean over 12.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from kamxl.document.figures import attempt
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.data.tables import Tables
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.tiles import Tile
from kamxl.portfolio.pages.work import is_open
from kamxl.scoring import growth, pipeline_quantile, revenue_concentration
from kamxl.texts import Text

__all__ = ["mean", "percent", "plan_years", "short", "tiles"]


def mean(values: Iterable[object]) -> tuple[float | None, int]:
    """The mean of the numbers among `values` and how many there are."""
    known = [float(value) for value in values if isinstance(value, int | float)]
    return (math.fsum(known) / len(known) if known else None), len(known)


def tiles(tables: Tables) -> list[Tile]:
    """The twelve figures of the overview, in printed order."""
    return [*_money_tiles(tables), *_state_tiles(tables)]


def _say(tables: Tables, text: Text, **gaps: object) -> str:
    return text[tables.settings.language].format(**gaps)


def _over(tables: Tables, known: int, all_of_them: int) -> str:
    text = wording.OVER_ALL if known == all_of_them else wording.OVER
    return _say(tables, text, known=known, all=all_of_them)


def plan_years(tables: Tables) -> list[int]:
    """The plan years of all plans, the most frequent one first."""
    years = [checked.spec.settings.year for _, checked in tables.collection.plans]
    return sorted(set(years), key=lambda year: (-years.count(year), -year))


def _money_tiles(tables: Tables) -> list[Tile]:
    accounts = tables["accounts"].rows
    counts = tables.collection.counts
    years = plan_years(tables)
    year = years[0] if len(years) == 1 else None
    found = _say(
        tables, wording.NOTE_FILES, found=counts.found, rejected=counts.rejected
    )
    result = [
        Tile(_say(tables, wording.TILE_ACCOUNTS), len(accounts), Kind.INTEGER, found)
    ]
    sums = {
        key: _total(accounts, REVENUE_TOTALS + key)
        for key in ("actual_2", "forecast", "target")
    }
    notes = {
        "actual_2": _top(tables, accounts),
        "forecast": _step(
            tables, accounts, ("actual_2", "forecast"), year and year - 2
        ),
        "target": _step(tables, accounts, ("forecast", "target"), year and year - 1),
    }
    texts = {
        "actual_2": wording.TILE_REVENUE,
        "forecast": wording.TILE_FORECAST,
        "target": wording.TILE_TARGET,
    }
    for key, offset in (("actual_2", -2), ("forecast", -1), ("target", 0)):
        value, known = sums[key]
        shown = year + offset if year else _say(tables, wording.YEAR_MIXED)
        note = " · ".join(
            part for part in (notes[key], _over(tables, known, len(accounts))) if part
        )
        result.append(
            Tile(_say(tables, texts[key], year=shown), value, Kind.MONEY, note)
        )
    return [*result, *_pipeline_tiles(tables)]


def _total(accounts: Sequence[Row], key: str) -> tuple[float | None, int]:
    values = [row.get(key + REPORTING) for row in accounts]
    return money_sum(values), sum(value is not None for value in values)


def _top(tables: Tables, accounts: Sequence[Row]) -> str:
    revenues = [row.get(f"{REVENUE_TOTALS}actual_2{REPORTING}") for row in accounts]
    found = attempt(revenue_concentration, revenues)
    return (
        _say(
            tables,
            wording.NOTE_TOP,
            share=percent(found.top_5, tables.settings.language),
        )
        if found
        else ""
    )


def _step(
    tables: Tables, accounts: Sequence[Row], keys: tuple[str, str], year: int | None
) -> str:
    """The change between two years, over the accounts that have both."""
    pairs = [
        tuple(row.get(f"{REVENUE_TOTALS}{key}{REPORTING}") for key in keys)
        for row in accounts
    ]
    both = [pair for pair in pairs if None not in pair]
    before, after = (money_sum(pair[place] for pair in both) for place in (0, 1))
    change = attempt(growth, before, after)
    if change is None:
        return ""
    shown = percent(change, tables.settings.language, signed=True)
    return _say(tables, wording.NOTE_CHANGE, change=shown, year=year or "–")


def _pipeline_tiles(tables: Tables) -> list[Tile]:
    deals = [row for row in tables["opportunities"] if is_open(row)]
    weighted, with_pipeline = _total(tables["accounts"].rows, "weighted_pipeline")
    values = [row.get("value" + REPORTING) for row in deals]
    chances = [row.get("probability") for row in deals]
    low, high = (
        attempt(pipeline_quantile, values, chances, share) for share in (0.1, 0.9)
    )
    language = tables.settings.language
    note = _over(tables, with_pipeline, len(tables["accounts"]))
    if low is not None and high is not None:
        spread = _say(
            tables,
            wording.NOTE_RANGE,
            low=short(low, language),
            high=short(high, language),
        )
        note = f"{spread} · {note}"
    offered = money_sum(values)
    value = (
        _say(tables, wording.NOTE_PROJECTS, value=short(offered, language))
        if offered is not None
        else ""
    )
    return [
        Tile(_say(tables, wording.TILE_PIPELINE), weighted, Kind.MONEY, note),
        Tile(_say(tables, wording.TILE_PROJECTS), len(deals), Kind.INTEGER, value),
    ]


def _state_tiles(tables: Tables) -> list[Tile]:
    accounts = tables["accounts"].rows
    result = []
    for text, key, kind in (
        (wording.TILE_COVERAGE, "contact_coverage", Kind.PERCENT),
        (wording.TILE_SATISFACTION, "satisfaction_index", Kind.NUMBER),
        (wording.TILE_ATTAINMENT, "goal_attainment", Kind.PERCENT),
        (wording.TILE_COMPLETENESS, "completeness", Kind.PERCENT),
    ):
        value, known = mean(row.get(key) for row in accounts)
        result.append(
            Tile(_say(tables, text), value, kind, _over(tables, known, len(accounts)))
        )
    opened = sum(row["open_measures"] for row in accounts)
    overdue = sum(row["overdue_measures"] for row in accounts)
    measures = _say(tables, wording.NOTE_MEASURES, open=opened)
    found = {
        key: sum(row[key] for row in tables["sources"])
        for key in ("errors", "warnings", "hints")
    }
    note = _say(
        tables, wording.NOTE_FINDINGS, warnings=found["warnings"], hints=found["hints"]
    )
    return [
        *result,
        Tile(_say(tables, wording.TILE_OVERDUE), overdue, Kind.INTEGER, measures),
        Tile(_say(tables, wording.TILE_FINDINGS), found["errors"], Kind.INTEGER, note),
    ]


def percent(value: float, language: str, *, signed: bool = False) -> str:
    """A share in words: 0.0831 → ``8,3 %`` (de), ``8.3%`` (en)."""
    text = f"{value * 100:+.1f}" if signed else f"{value * 100:.1f}"
    return (
        f"{text.replace('.', ',').replace('-', '−')} %"
        if language == "de"
        else f"{text.replace('-', '−')}%"
    )


def short(value: float, language: str) -> str:
    """An amount in few characters: 1,265,792 → ``1,3 Mio.`` (de), ``1.3m`` (en)."""
    for limit, de, en in ((1e6, " Mio.", "m"), (1e3, " Tsd.", "k")):
        if abs(value) >= limit:
            digits = (
                f"{value / limit:,.1f}"
                if abs(value) < 10 * limit
                else f"{value / limit:,.0f}"
            )
            return _german(digits) + de if language == "de" else digits + en
    return _german(f"{value:,.0f}") if language == "de" else f"{value:,.0f}"


def _german(digits: str) -> str:
    return digits.translate(str.maketrans(",.", ".,"))
