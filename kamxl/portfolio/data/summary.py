"""The figures of the overview: sums and means over all accounts, each with the number of accounts it was formed over.

An account without a value takes no part: a mean over 7 of 12 accounts says so, and is no mean over 12.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from kamxl.document.figures import attempt
from kamxl.document.vocabulary import Kind
from kamxl.portfolio import wording
from kamxl.portfolio.data.accounts import REVENUE_TOTALS
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.ledger import (
    Row,
    amount,
    amount_sum,
    each,
    money_sum,
    numbers,
)
from kamxl.portfolio.data.records import severity_counts
from kamxl.portfolio.data.tables import Tables
from kamxl.scoring import growth, pipeline_quantile, revenue_concentration
from kamxl.texts import Text


@dataclass(frozen=True)
class KeyFigure:
    """One figure: its name, its value, and a note (over how many accounts it was formed, or what is behind it)."""

    label: str
    value: float | None
    kind: Kind
    note: str = ""


def mean(values: Iterable[object]) -> tuple[float | None, int]:
    """The mean of the numbers among `values` and how many there are."""
    known = numbers(values)
    return (math.fsum(known) / len(known) if known else None), len(known)


def growth_of(rows: Iterable[Row], before: str, after: str) -> float | None:
    """The change between two totals of revenue, over the accounts that have both."""
    first, second = REVENUE_TOTALS + before, REVENUE_TOTALS + after
    both = [
        row for row in rows if None not in (amount(row, first), amount(row, second))
    ]
    return attempt(growth, amount_sum(both, first), amount_sum(both, second))


def key_figures(tables: Tables) -> list[KeyFigure]:
    """The twelve figures of the overview, in printed order."""
    return [
        _accounts(tables),
        *_revenues(tables),
        *_pipeline(tables),
        *_states(tables),
        *_troubles(tables),
    ]


def _over(tables: Tables, known: int) -> str:
    """Over how many accounts a figure was formed."""
    everybody = len(tables["accounts"])
    if everybody == 1:
        text = wording.OVER_ONE if known else wording.OVER_NONE
    else:
        text = wording.OVER_ALL if known == everybody else wording.OVER
    return tables.say(text, known=known, all=everybody)


def _accounts(tables: Tables) -> KeyFigure:
    counts = tables.collection.counts
    note = tables.say(wording.NOTE_FILES, found=counts.found, rejected=counts.rejected)
    number = len(tables["accounts"])
    return KeyFigure(tables.say(wording.TILE_ACCOUNTS), number, Kind.INTEGER, note)


def _revenues(tables: Tables) -> Iterable[KeyFigure]:
    """What was sold, what will be, what shall be; each with its step from the one before."""
    year = tables.year
    grown = _step(tables, "actual_2", "forecast", -2)
    aimed = _step(tables, "forecast", "target", -1)
    for text, key, offset, note in (
        (wording.TILE_REVENUE, "actual_2", -2, _top(tables)),
        (wording.TILE_FORECAST, "forecast", -1, grown),
        (wording.TILE_TARGET, "target", 0, aimed),
    ):
        shown = year + offset if year else tables.say(wording.YEAR_MIXED)
        value, over = _total(tables, REVENUE_TOTALS + key)
        notes = " · ".join(filter(None, (note, over)))
        yield KeyFigure(tables.say(text, year=shown), value, Kind.MONEY, notes)


def _total(tables: Tables, key: str) -> tuple[float | None, str]:
    """An amount over all accounts, and over how many of them it was formed."""
    amounts = each(tables["accounts"], key + REPORTING)
    return money_sum(amounts), _over(tables, len(numbers(amounts)))


def _top(tables: Tables) -> str:
    key = f"{REVENUE_TOTALS}actual_2{REPORTING}"
    found = attempt(revenue_concentration, each(tables["accounts"], key))
    if not found:
        return ""
    share = percent(found.top_5, tables.language)
    return tables.say(wording.NOTE_TOP, share=share)


def _step(tables: Tables, before: str, after: str, offset: int) -> str:
    change = growth_of(tables["accounts"], before, after)
    if change is None:
        return ""
    year = tables.year + offset if tables.year else "–"
    shown = percent(change, tables.language, sign="+")
    return tables.say(wording.NOTE_CHANGE, change=shown, year=year)


def _pipeline(tables: Tables) -> Iterable[KeyFigure]:
    language, say = tables.language, tables.say
    deals = tables.open_projects
    weighted, note = _total(tables, "weighted_pipeline")
    values, chances = each(deals, "value" + REPORTING), each(deals, "probability")
    low = attempt(pipeline_quantile, values, chances, 0.1)
    high = attempt(pipeline_quantile, values, chances, 0.9)
    if low is not None and high is not None:
        ends = {"low": short(low, language), "high": short(high, language)}
        note = f"{say(wording.NOTE_RANGE, **ends)} · {note}"
    yield KeyFigure(say(wording.TILE_PIPELINE), weighted, Kind.MONEY, note)
    offered, note = money_sum(values), ""
    if offered is not None:
        note = say(wording.NOTE_PROJECTS, value=short(offered, language))
    yield KeyFigure(say(wording.TILE_PROJECTS), len(deals), Kind.INTEGER, note)


_MEANS: tuple[tuple[Text, str, Kind], ...] = (
    (wording.TILE_COVERAGE, "contact_coverage", Kind.PERCENT),
    (wording.TILE_SATISFACTION, "satisfaction_index", Kind.NUMBER),
    (wording.TILE_ATTAINMENT, "goal_attainment", Kind.PERCENT),
    (wording.TILE_COMPLETENESS, "completeness", Kind.PERCENT),
)


def _states(tables: Tables) -> Iterable[KeyFigure]:
    for text, key, kind in _MEANS:
        value, known = mean(each(tables["accounts"], key))
        yield KeyFigure(tables.say(text), value, kind, _over(tables, known))


def _troubles(tables: Tables) -> Iterable[KeyFigure]:
    say, accounts = tables.say, tables["accounts"].rows
    overdue = sum(each(accounts, "overdue_measures"))
    opened = sum(each(accounts, "open_measures"))
    note = say(wording.NOTE_MEASURES, open=opened)
    yield KeyFigure(say(wording.TILE_OVERDUE), overdue, Kind.INTEGER, note)
    found = severity_counts(*tables.collection.sources)
    note = say(wording.NOTE_FINDINGS, **found)
    yield KeyFigure(say(wording.TILE_FINDINGS), found["errors"], Kind.INTEGER, note)


def percent(value: float, language: str, sign: str = "-") -> str:
    """A share in words: 0.0831 → ``8,3 %`` (de), ``8.3%`` (en); `sign` is ``+`` where gains show theirs, too."""
    text = f"{value * 100:{sign}.1f}".replace("-", "−")
    return f"{_german(text)} %" if language == "de" else f"{text}%"


_SHORT = ((1e6, Text(de=" Mio.", en="m")), (1e3, Text(de=" Tsd.", en="k")))


def short(value: float, language: str) -> str:
    """An amount in few characters: 1,265,792 → ``1,3 Mio.`` (de), ``1.3m`` (en)."""
    number, ending = f"{value:,.0f}", ""
    for limit, text in _SHORT:
        if abs(value) >= limit:
            digits = int(abs(value) < 10 * limit)
            number, ending = f"{value / limit:,.{digits}f}", text[language]
            break
    return (_german(number) if language == "de" else number) + ending


def _german(digits: str) -> str:
    return digits.translate(str.maketrans(",.", ".,"))
