"""What the charts show: figures of all plans, each graph with its title and the unit its values are in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kamxl.checks.findings import Severity
from kamxl.plan.opportunities import Stage
from kamxl.portfolio import wording
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.entries import REVENUE_KINDS
from kamxl.portfolio.data.ledger import (
    Row,
    amount,
    amount_sum,
    grouped,
    is_open,
    money_sum,
    named,
)
from kamxl.portfolio.data.records import finding_lines
from kamxl.portfolio.data.tables import Tables
from kamxl.texts import Language, Text

__all__ = [
    "Bubble",
    "BubbleMatrix",
    "Graph",
    "bubble_matrix",
    "file_graph",
    "finding_graph",
    "quarter_graph",
    "revenue_graph",
    "stage_graph",
    "top_graph",
]

_MOST_GROUPS = 8
_MOST_QUARTERS = 8
_MOST_FILES = 12
_MOST_NAMED = 12
_NAME = 30  # characters beside an axis
_UNITS = (
    (5e6, 1e6, wording.AXIS_MILLION),
    (2e4, 1e3, wording.AXIS_THOUSAND),
    (0.0, 1.0, wording.AXIS_AMOUNT),
)
"""From which amount on a graph counts in what."""

_Series = tuple[str, Sequence[float | None]]


@dataclass(frozen=True)
class Graph:
    """What a bar chart shows: one list of values per series, one value per category."""

    title: str
    category_title: str
    value_title: str
    categories: Sequence[str]
    series: Sequence[_Series]
    stacked: bool = False
    horizontal: bool = False
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.largest

    @property
    def largest(self) -> float:
        """The largest of all values, whatever its sign; 0 where there is none."""
        values = [value for _, values in self.series for value in values]
        return max((abs(value) for value in values if value), default=0.0)


@dataclass(frozen=True)
class Bubble:
    """One account in the portfolio: position and attractiveness (0–100), size, name (empty: not labelled)."""

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


def revenue_graph(tables: Tables) -> Graph:
    """A column per year, stacked by product group; the smallest groups drawn together."""
    groups = [
        (name, _by_year(rows))
        for name, rows in grouped(
            tables["revenue"], lambda row: str(row["product_group"])
        ).items()
    ]
    order = list(REVENUE_KINDS)
    years = sorted(
        {year for _, sums in groups for year in sums},
        key=lambda year: (year[0], order.index(year[1])),
    )
    groups.sort(key=lambda group: -sum(group[1].values()))
    fits = len(groups) <= _MOST_GROUPS
    kept = groups if fits else groups[: _MOST_GROUPS - 1]
    series: list[_Series] = [
        (name, [sums.get(year) for year in years]) for name, sums in kept
    ]
    if not fits:
        rest = [sums for _, sums in groups[len(kept) :]]
        others = [money_sum(sums.get(year) for sums in rest) for year in years]
        series.append((tables.say(wording.OTHERS), others))
    graph = Graph(
        tables.say(wording.CHART_REVENUE),
        tables.say(wording.AXIS_YEAR),
        "",
        [f"{REVENUE_KINDS[kind][tables.language]} {year}" for year, kind in years],
        series,
        stacked=True,
    )
    return _in_money(tables, graph)


def _by_year(rows: Iterable[Row]) -> dict[tuple[int, str], float]:
    """Revenue by year and kind."""
    years = grouped(rows, lambda row: (int(row["year"]), str(row["kind"])))
    return {year: amount_sum(part, "amount") or 0.0 for year, part in years.items()}


def top_graph(tables: Tables) -> Graph:
    """The largest accounts."""
    key, label = tables.basis.key, tables.basis.label[tables.language]
    rows = [row for row in tables.ranked if amount(row, key)]
    rows = rows[: tables.settings.report.top_accounts]
    graph = Graph(
        tables.say(wording.CHART_TOP, basis=label),
        tables.say(wording.ACCOUNT),
        "",
        [_shortened(named(row)) for row in rows],
        [(label, [amount(row, key) for row in rows])],
        horizontal=True,
    )
    return _in_money(tables, graph)


class _Part(NamedTuple):
    """Projects drawn as one pair of bars; `kept` also where none of them has a value."""

    name: str
    deals: Sequence[Row]
    kept: bool = False


def stage_graph(tables: Tables) -> Graph:
    """Open projects by stage: offered and weighted."""
    by_stage = grouped(_open_deals(tables), lambda row: row.get("stage"))
    stages: dict[object, str] = {
        stage.value: stage.label[tables.language] for stage in Stage
    }
    stages[None] = tables.say(wording.NO_STAGE)
    parts = [
        _Part(name, by_stage[stage])
        for stage, name in stages.items()
        if stage in by_stage
    ]
    return _pipeline(tables, wording.CHART_STAGE, wording.AXIS_STAGE, parts)


def quarter_graph(tables: Tables) -> Graph:
    """Open projects by the quarter of their expected close: what is overdue, the next quarters, later."""
    now = _quarter(tables.today)
    coming = [_quarter_name(now + ahead) for ahead in range(_MOST_QUARTERS)]
    names = [
        tables.say(wording.EARLIER),
        *coming,
        tables.say(wording.LATER),
        tables.say(wording.NO_DATE),
    ]

    def place(deal: Row) -> int:
        date = deal.get("close_date")
        if not isinstance(date, dt.date):
            return len(names) - 1
        if date < tables.today:
            return 0
        return 1 + min(_quarter(date) - now, _MOST_QUARTERS)

    placed = grouped(_open_deals(tables), place)
    inside = sorted(part for part in placed if 1 <= part <= _MOST_QUARTERS)
    # Between two quarters with projects, one without any is shown.
    between = range(inside[0], inside[-1] + 1) if inside else range(0)
    parts = [
        _Part(names[part], placed.get(part, ()), names[part] in coming)
        for part in sorted({*placed, *between})
    ]
    return _pipeline(tables, wording.CHART_QUARTER, wording.AXIS_QUARTER, parts)


def _open_deals(tables: Tables) -> list[Row]:
    return [row for row in tables["opportunities"] if is_open(row)]


def _quarter(date: dt.date) -> int:
    """Quarters since the year 0, so that neighbours differ by one."""
    return date.year * 4 + (date.month - 1) // 3


def _quarter_name(quarter: int) -> str:
    return f"Q{quarter % 4 + 1} {quarter // 4}"


def _pipeline(tables: Tables, title: Text, axis: Text, parts: Iterable[_Part]) -> Graph:
    bars = [
        (part, amount_sum(part.deals, "value"), amount_sum(part.deals, "weighted"))
        for part in parts
    ]
    # A stage whose projects have no value yet would be a gap between bars.
    shown = [bar for bar in bars if bar[0].kept or any(bar[1:])]
    graph = Graph(
        tables.say(title),
        tables.say(axis),
        "",
        [part.name for part, _, _ in shown],
        [
            (tables.say(wording.OFFERED), [offered for _, offered, _ in shown]),
            (tables.say(wording.WEIGHTED), [weighted for _, _, weighted in shown]),
        ],
    )
    return _in_money(tables, graph)


def finding_graph(collection: Collection, language: Language) -> Graph:
    """Findings by the sheet they concern and their severity; those about a whole file first."""
    specs = {id(checked.spec): checked.spec for _, checked in collection.plans}
    sheets = [sheet for spec in specs.values() for sheet in spec.sheets]
    titles = {sheet.key: sheet.name(language) for sheet in sheets}
    by_sheet = grouped(finding_lines(collection), lambda row: _concerns(row, titles))
    shown = {"": wording.WHOLE_FILE[language], **titles}
    counts = [
        (name, Counter(str(row["severity"]) for row in by_sheet[key]))
        for key, name in shown.items()
        if key in by_sheet
    ]
    return _severities(wording.CHART_FINDINGS, wording.SHEET, counts, language)


def file_graph(collection: Collection, language: Language) -> Graph:
    """The files with the most findings, by severity."""
    faulty = [source for source in collection.sources if source.lines]
    counts = {
        source.path: Counter(str(line.severity.value) for line in source.lines)
        for source in faulty
    }

    def order(source: Source) -> tuple[int, int, str]:
        count = counts[source.path]
        return -count[Severity.ERROR.value], -count.total(), source.name.casefold()

    worst = sorted(faulty, key=order)[:_MOST_FILES]
    named_ = [(_shortened(Path(s.name).stem, 36), counts[s.path]) for s in worst]
    return _severities(wording.CHART_FILES, wording.FILE, named_, language)


def _severities(
    title: Text,
    axis: Text,
    counts: Sequence[tuple[str, Counter[str]]],
    language: Language,
) -> Graph:
    """A graph of findings: a bar for each name, a part of it for each severity."""
    series = [
        (each.label[language], [count[each.value] or None for _, count in counts])
        for each in Severity
    ]
    return Graph(
        title[language], axis[language], wording.AXIS_COUNT[language], [name for name, _ in counts], series,
        stacked=True, horizontal=True, whole=True,
    )  # fmt: skip


def _concerns(row: Row, titles: Mapping[str, str]) -> str:
    """The key of the sheet a finding is about; empty where it is about the file."""
    key = str(row.get("path") or "").partition(".")[0].partition("[")[0]
    return key if key in titles else ""


def bubble_matrix(tables: Tables) -> BubbleMatrix:
    """The accounts that have a place in the portfolio: the largest ones by name, and the others."""
    placed = [
        Bubble(
            named(row),
            row["position"],
            row["attractiveness"],
            amount(row, tables.basis.key) or 0.0,
        )
        for row in tables.ranked
        if None not in (row.get("position"), row.get("attractiveness"))
    ]
    # A bubble without revenue would be invisible; it gets the size of a small one.
    least = max((bubble.size for bubble in placed), default=0.0) / 100 or 1.0
    sized = [replace(bubble, size=max(bubble.size, least)) for bubble in placed]
    largest = [
        replace(bubble, name=_shortened(bubble.name, 24))
        for bubble in sized[:_MOST_NAMED]
    ]
    return BubbleMatrix(
        tables.say(wording.CHART_MATRIX), tables.say(wording.AXIS_POSITION), tables.say(wording.AXIS_ATTRACTIVENESS),
        largest, sized[_MOST_NAMED:], tables.say(wording.OTHER_ACCOUNTS), tables.settings.portfolio.cuts,
    )  # fmt: skip


def _shortened(text: str, limit: int = _NAME) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _in_money(tables: Tables, graph: Graph) -> Graph:
    """A graph of amounts in units, thousands or millions, whichever reads best."""
    largest = graph.largest
    if graph.stacked:
        columns = zip(*(values for _, values in graph.series), strict=True)
        tops = (sum(value or 0.0 for value in column) for column in columns)
        largest = max(largest, *tops, 0.0)
    divisor, unit = next((d, unit) for least, d, unit in _UNITS if largest >= least)
    scaled = [
        (name, [None if value is None else value / divisor for value in values])
        for name, values in graph.series
    ]
    currency = tables.settings.reporting_currency
    return replace(
        graph, value_title=tables.say(unit, currency=currency), series=scaled
    )
