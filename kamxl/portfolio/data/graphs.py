"""What the charts show: figures of all plans, each graph with its title and the unit its values are in."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from kamxl.checks.entries.texts import shorten
from kamxl.checks.findings import Severity
from kamxl.plan.opportunities import Stage
from kamxl.portfolio import wording
from kamxl.portfolio.data.collect import Collection as PlanCollection
from kamxl.portfolio.data.collect import Source
from kamxl.portfolio.data.columns import labels_of
from kamxl.portfolio.data.entries import RevenueYear
from kamxl.portfolio.data.ledger import (
    Row,
    amount,
    amount_sum,
    by_name,
    each,
    grouped,
    named,
)
from kamxl.portfolio.data.records import finding_lines, severity_counts
from kamxl.portfolio.data.tables import Tables
from kamxl.texts import Language, Text

_MOST_GROUPS = 8
_MOST_QUARTERS = 8
_MOST_FILES = 12
_MOST_NAMED = 40
_NAME = 30  # characters beside an axis
_UNITS = (
    (1.0, wording.AXIS_AMOUNT),
    (1e3, wording.AXIS_THOUSAND),
    (1e6, wording.AXIS_MILLION),
)
_FROM = (2e4, 5e6)
"""From which amounts on a graph counts in the next unit."""


class Bar(NamedTuple):
    """One category of a graph: its name, and its value in each series."""

    name: str
    values: Sequence[float | None]

    def divided(self, divisor: float) -> Bar:
        """The same in larger units."""
        scaled = [None if each is None else each / divisor for each in self.values]
        return self._replace(values=scaled)

    @property
    def height(self) -> float:
        """How high its values are on top of each other."""
        return sum(filter(None, self.values))


@dataclass(frozen=True)
class Graph:
    """What a bar chart shows: the names of its series, and its bars."""

    title: str
    category_title: str
    value_title: str
    series: Sequence[str]
    bars: Sequence[Bar]
    stacked: bool = False
    horizontal: bool = False
    whole: bool = False

    @property
    def description(self) -> str:
        """What it shows, for those who cannot see it: title, unit, axis, and the names of its series and bars."""
        names = dict.fromkeys((*self.series, *map(attrgetter("name"), self.bars)))
        axes = f"{self.value_title}, {self.category_title}"
        return f"{self.title} ({axes}): {', '.join(names)}"

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.largest

    @property
    def largest(self) -> float:
        """The largest of all values, whatever its sign; 0 where there is none."""
        values = chain.from_iterable(bar.values for bar in self.bars)
        return max(map(abs, filter(None, values)), default=0.0)

    @property
    def reach(self) -> float:
        """How far its bars reach."""
        heights = map(attrgetter("height"), self.bars)
        return max(self.largest, *heights, 0.0) if self.stacked else self.largest


@dataclass(frozen=True)
class Bubble:
    """One account in the portfolio: number among those placed and name, position and attractiveness (0–100), size."""

    number: int
    name: str
    position: float
    attractiveness: float
    size: float


@dataclass(frozen=True)
class BubbleMatrix:
    """The portfolio: accounts labelled one by one, all others as one, and the limits between its cells."""

    title: str
    position_title: str
    attractiveness_title: str
    named: Sequence[Bubble]
    others: Sequence[Bubble]
    rest: str
    cuts: Sequence[float]

    @property
    def description(self) -> str:
        """What it shows, for those who cannot see it: title, axes, and the accounts by name."""
        axes = f"{self.position_title}, {self.attractiveness_title}"
        return f"{self.title} ({axes}): {', '.join(each.name for each in self.named)}"

    @property
    def empty(self) -> bool:
        """Whether no account has a place in it."""
        return not self.named


def revenue_graph(tables: Tables) -> Graph:
    """A column per year, stacked by product group; the smallest groups drawn together."""
    groups = by_name(tables["revenue"], itemgetter("product_group"))
    parts = sorted(
        groups.items(), key=lambda part: -(amount_sum(part[1], "amount") or 0.0)
    )
    if len(parts) > _MOST_GROUPS:
        rest = chain.from_iterable(rows for _, rows in parts[_MOST_GROUPS - 1 :])
        parts[_MOST_GROUPS - 1 :] = [(tables.say(wording.OTHERS), list(rest))]
    sums = [_by_year(rows) for _, rows in parts]
    bars = []
    for year in sorted(set().union(*sums)):
        values = [part.get(year) for part in sums]
        bars.append(Bar(year.name(tables.language), values))
    names = [name for name, _ in parts]
    title, across = tables.say(wording.CHART_REVENUE), tables.say(wording.AXIS_YEAR)
    return _in_money(tables, Graph(title, across, "", names, bars, stacked=True))


def _by_year(rows: Iterable[Row]) -> dict[RevenueYear, float]:
    """Revenue by year and kind."""
    years = grouped(rows, RevenueYear.of)
    return {year: amount_sum(part, "amount") or 0.0 for year, part in years.items()}


def top_graph(tables: Tables) -> Graph:
    """The largest accounts."""
    key, label = tables.basis.key, tables.basis.label[tables.language]
    bars = [
        Bar(shorten(named(row), _NAME), [amount(row, key)]) for row in tables.ranked
    ]
    known = [bar for bar in bars if any(bar.values)]
    graph = Graph(
        tables.say(wording.CHART_TOP, basis=label),
        tables.say(wording.ACCOUNT),
        "",
        [label],
        known[: tables.settings.report.top_accounts],
        horizontal=True,
    )
    return _in_money(tables, graph)


def stage_graph(tables: Tables) -> Graph:
    """Open projects by stage: offered and weighted."""
    by_stage = grouped(tables.open_projects, lambda row: row.get("stage"))
    parts = {
        label[tables.language]: by_stage.get(stage, [])
        for stage, label in labels_of(Stage).items()
    }
    parts[tables.say(wording.NO_STAGE)] = by_stage.get(None, [])
    return _pipeline(tables, wording.CHART_STAGE, wording.AXIS_STAGE, parts)


def quarter_graph(tables: Tables) -> Graph:
    """Open projects by the quarter of their expected close: what is overdue, the next quarters, later."""
    now = _quarter(tables.today)
    coming = [_quarter_name(now + ahead) for ahead in range(_MOST_QUARTERS)]
    overdue, later, undated = map(
        tables.say, (wording.EARLIER, wording.LATER, wording.NO_DATE)
    )

    def part(deal: Row) -> str:
        date = deal.get("close_date")
        if not isinstance(date, dt.date):
            return undated
        if date < tables.today:
            return overdue
        return [*coming, later][min(_quarter(date) - now, _MOST_QUARTERS)]

    by_quarter = grouped(tables.open_projects, part)
    used = [place for place, name in enumerate(coming) if name in by_quarter]
    # Between two quarters with projects, one without any is shown.
    kept = coming[used[0] : used[-1] + 1] if used else []
    names = (overdue, *coming, later, undated)
    parts = {name: by_quarter.get(name, []) for name in names}
    return _pipeline(tables, wording.CHART_QUARTER, wording.AXIS_QUARTER, parts, kept)


def _quarter(date: dt.date) -> int:
    """Quarters since the year 0, so that neighbours differ by one."""
    return date.year * 4 + (date.month - 1) // 3


def _quarter_name(quarter: int) -> str:
    return f"Q{quarter % 4 + 1} {quarter // 4}"


def _pipeline(
    tables: Tables,
    title: Text,
    axis: Text,
    parts: Mapping[str, Sequence[Row]],
    kept: Collection[str] = (),
) -> Graph:
    """A graph of projects, offered and weighted, by part; those in `kept` also where no project has a value."""
    bars = [
        Bar(name, [amount_sum(deals, "value"), amount_sum(deals, "weighted")])
        for name, deals in parts.items()
    ]
    graph = Graph(
        tables.say(title),
        tables.say(axis),
        "",
        [tables.say(wording.OFFERED), tables.say(wording.WEIGHTED)],
        # A stage whose projects have no value yet would be a gap between bars.
        [bar for bar in bars if any(bar.values) or bar.name in kept],
    )
    return _in_money(tables, graph)


def finding_graph(collection: PlanCollection, language: Language) -> Graph:
    """Findings by the sheet they concern and their severity; those about a whole file first."""
    sheets = chain.from_iterable(spec.sheets for spec in collection.specs)
    titles = {sheet.key: sheet.name(language) for sheet in sheets}
    by_sheet = grouped(finding_lines(collection), lambda row: _concerns(row, titles))
    shown = {"": wording.WHOLE_FILE[language], **titles}
    bars = [
        _severities(name, each(by_sheet[key], "severity"))
        for key, name in shown.items()
        if key in by_sheet
    ]
    return _findings(wording.CHART_FINDINGS, wording.SHEET, bars, language)


def file_graph(collection: PlanCollection, language: Language) -> Graph:
    """The files with the most findings, by severity."""

    def order(source: Source) -> tuple[int, int, str]:
        errors = severity_counts(source)["errors"]
        return -errors, -len(source.lines), source.name.casefold()

    faulty = sorted((s for s in collection.sources if s.lines), key=order)
    bars = [
        _severities(
            shorten(Path(source.name).stem, 36),
            list(map(attrgetter("severity"), source.lines)),
        )
        for source in faulty[:_MOST_FILES]
    ]
    return _findings(wording.CHART_FILES, wording.FILE, bars, language)


def _severities(name: str, found: Sequence[str]) -> Bar:
    """How many findings of each severity something has."""
    return Bar(name, [count or None for count in map(found.count, Severity)])


def _findings(
    title: Text, axis: Text, bars: Sequence[Bar], language: Language
) -> Graph:
    """A graph of findings: a part of each bar for each severity."""
    names = [severity.label[language] for severity in Severity]
    count = wording.AXIS_COUNT[language]
    return Graph(
        title[language], axis[language], count, names, bars, stacked=True, horizontal=True, whole=True,
    )  # fmt: skip


def _concerns(row: Row, titles: Mapping[str, str]) -> str:
    """The key of the sheet a finding is about; empty where it is about the file."""
    key = str(row.get("path") or "").partition(".")[0].partition("[")[0]
    return key if key in titles else ""


def placed_accounts(tables: Tables) -> list[Row]:
    """The accounts that have a place in the portfolio, the largest first."""
    axes = itemgetter("position", "attractiveness")
    known = (row for row in tables.ranked if row.get("portfolio_cell"))
    return [row for row in known if None not in axes(row)]


def bubble_matrix(tables: Tables) -> BubbleMatrix:
    """The accounts that have a place in the portfolio: the largest ones by name, and the others."""
    placed = [
        Bubble(
            number,
            shorten(named(row), 24),
            row["position"],
            row["attractiveness"],
            amount(row, tables.basis.key) or 0.0,
        )
        for number, row in enumerate(placed_accounts(tables), start=1)
    ]
    # A bubble without revenue would be invisible; it gets the size of a small one.
    least = max((bubble.size for bubble in placed), default=0.0) / 100 or 1.0
    sized = [replace(bubble, size=max(bubble.size, least)) for bubble in placed]
    return BubbleMatrix(
        tables.say(wording.CHART_MATRIX), tables.say(wording.AXIS_POSITION), tables.say(wording.AXIS_ATTRACTIVENESS),
        sized[:_MOST_NAMED], sized[_MOST_NAMED:], tables.say(wording.OTHER_ACCOUNTS), tables.settings.portfolio.cuts,
    )  # fmt: skip


def _in_money(tables: Tables, graph: Graph) -> Graph:
    """A graph of amounts in units, thousands or millions, whichever reads best."""
    divisor, unit = _UNITS[bisect(_FROM, graph.reach)]
    return replace(
        graph,
        value_title=tables.say(unit, currency=tables.settings.reporting_currency),
        bars=[bar.divided(divisor) for bar in graph.bars],
    )
