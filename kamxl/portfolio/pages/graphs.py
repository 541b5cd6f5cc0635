"""What the charts of the overview show."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kamxl.checks.findings import Severity
from kamxl.plan.opportunities import Stage
from kamxl.portfolio.data.collect import Collection
from kamxl.portfolio.data.columns import REPORTING
from kamxl.portfolio.data.entries import REVENUE_KINDS
from kamxl.portfolio.data.ledger import Row, money_sum
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.accounts import basis_key
from kamxl.portfolio.pages.charts import Bubble, Graph
from kamxl.portfolio.pages.page import Page, amount, named
from kamxl.portfolio.pages.paper import Paper
from kamxl.portfolio.pages.records import finding_lines
from kamxl.portfolio.pages.work import is_open
from kamxl.texts import Text

__all__ = [
    "bubbles",
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


def revenue_graph(page: Page) -> Graph:
    """A column per year, stacked by product group; the smallest groups drawn together."""
    sums: dict[str, dict[tuple[int, str], float]] = defaultdict(dict)
    order = list(REVENUE_KINDS)
    for row in page.tables["revenue"]:
        value, key = amount(row, "amount"), (row["year"], row["kind"])
        sums[row["product_group"]][key] = (
            money_sum((sums[row["product_group"]].get(key), value)) or 0.0
        )
    years = sorted(
        {key for by_year in sums.values() for key in by_year},
        key=lambda k: (k[0], order.index(k[1])),
    )
    groups = sorted(sums, key=lambda group: -sum(sums[group].values()))
    kept = groups if len(groups) <= _MOST_GROUPS else groups[: _MOST_GROUPS - 1]
    series = [(group, [sums[group].get(year) for year in years]) for group in kept]
    if len(kept) < len(groups):
        rest = [
            money_sum(sums[group].get(year) for group in groups[len(kept) :])
            for year in years
        ]
        series.append((page.say(wording.OTHERS), rest))
    return _money(
        page, page.say(wording.CHART_REVENUE), wording.AXIS_YEAR,
        [f"{REVENUE_KINDS[kind][page.language]} {year}" for year, kind in years], series, stacked=True,
    )  # fmt: skip


def top_graph(page: Page) -> Graph:
    """The largest accounts."""
    key = basis_key(page)
    rows = [row for row in page.accounts if amount(row, key)][
        : page.tables.settings.report.top_accounts
    ]
    label = page.basis().label[page.language]
    return _money(
        page, page.say(wording.CHART_TOP, basis=label), wording.ACCOUNT, [_shortened(named(row)) for row in rows],
        [(label, [amount(row, key) for row in rows])], horizontal=True,
    )  # fmt: skip


def stage_graph(page: Page) -> Graph:
    """Open projects by stage: offered and weighted."""
    deals = [row for row in page.tables["opportunities"] if is_open(row)]
    stages: list[str | None] = [str(stage.value) for stage in Stage]
    stages = [
        stage
        for stage in (*stages, None)
        if any(row.get("stage") == stage for row in deals)
    ]
    names = [
        Stage(stage).label[page.language] if stage else page.say(wording.NO_STAGE)
        for stage in stages
    ]
    by_stage = [[row for row in deals if row.get("stage") == stage] for stage in stages]
    return _pipeline(page, wording.CHART_STAGE, wording.AXIS_STAGE, names, by_stage)


def quarter_graph(page: Page) -> Graph:
    """Open projects by the quarter of their expected close: what is overdue, the next quarters, later."""
    today = page.tables.today
    deals = [row for row in page.tables["opportunities"] if is_open(row)]
    begin = _quarter(today)
    names = [page.say(wording.EARLIER)]
    names += [
        f"Q{(begin + place) % 4 + 1} {(begin + place) // 4}"
        for place in range(_MOST_QUARTERS)
    ]
    names += [page.say(wording.LATER), page.say(wording.NO_DATE)]
    buckets: list[list[Row]] = [[] for _ in names]
    for row in deals:
        date = row.get("close_date")
        if not isinstance(date, dt.date):
            buckets[-1].append(row)
        elif date < today:
            buckets[0].append(row)
        else:
            buckets[1 + min(_quarter(date) - begin, _MOST_QUARTERS)].append(row)
    used = [place for place, bucket in enumerate(buckets) if bucket]
    inside = [p for p in used if 1 <= p <= _MOST_QUARTERS]
    shown = [
        p
        for p in range(len(names))
        if p in used or (inside and inside[0] <= p <= inside[-1])
    ]
    quarters = [names[p] for p in shown]
    return _pipeline(
        page,
        wording.CHART_QUARTER,
        wording.AXIS_QUARTER,
        quarters,
        [buckets[p] for p in shown],
        names[1:-2],
    )


def _quarter(date: dt.date) -> int:
    """Quarters since the year 0, so that neighbours differ by one."""
    return date.year * 4 + (date.month - 1) // 3


def _pipeline(
    page: Page,
    title: Text,
    axis: Text,
    names: Sequence[str],
    parts: Sequence[Sequence[Row]],
    kept: Sequence[str] = (),
) -> Graph:
    offered, weighted = (
        [money_sum(row.get(key + REPORTING) for row in part) for part in parts]
        for key in ("value", "weighted")
    )
    # A stage whose projects have no value yet would be a gap between bars.
    shown = [
        place
        for place, values in enumerate(zip(offered, weighted, strict=True))
        if any(values) or names[place] in kept
    ]
    series = [
        (page.say(wording.OFFERED), [offered[place] for place in shown]),
        (page.say(wording.WEIGHTED), [weighted[place] for place in shown]),
    ]
    return _money(
        page, page.say(title), axis, [names[place] for place in shown], series
    )


def finding_graph(paper: Paper, collection: Collection) -> Graph:
    """Findings by the sheet they concern and their severity; those about a whole file first."""
    language = paper.report.language
    specs = {id(checked.spec): checked.spec for _, checked in collection.plans}
    titles = {
        sheet.key: sheet.name(language)
        for spec in specs.values()
        for sheet in spec.sheets
    }
    counts = Counter(
        (_concerns(row, titles), row["severity"]) for row in finding_lines(collection)
    )
    keys = [
        key
        for key in ("", *titles)
        if any(counts[key, severity.value] for severity in Severity)
    ]
    series = [
        (
            severity.label[language],
            [counts[key, severity.value] or None for key in keys],
        )
        for severity in Severity
    ]
    names = [titles.get(key) or paper.say(wording.WHOLE_FILE) for key in keys]
    return Graph(
        paper.say(wording.CHART_FINDINGS), paper.say(wording.SHEET), paper.say(wording.AXIS_COUNT), names, series,
        stacked=True, horizontal=True, whole=True,
    )  # fmt: skip


def file_graph(paper: Paper, collection: Collection) -> Graph:
    """The files with the most findings, by severity."""
    language = paper.report.language
    counts = [
        (s, Counter(finding.severity for finding in s.lines))
        for s in collection.sources
        if s.lines
    ]
    counts.sort(
        key=lambda entry: (
            -entry[1][Severity.ERROR],
            -entry[1].total(),
            entry[0].name.casefold(),
        )
    )
    worst = counts[:_MOST_FILES]
    names = [_shortened(Path(source.name).stem, 36) for source, _ in worst]
    series = [
        (severity.label[language], [count[severity] or None for _, count in worst])
        for severity in Severity
    ]
    return Graph(
        paper.say(wording.CHART_FILES), paper.say(wording.FILE), paper.say(wording.AXIS_COUNT), names, series,
        stacked=True, horizontal=True, whole=True,
    )  # fmt: skip


def _concerns(row: Row, titles: Mapping[str, str]) -> str:
    """The key of the sheet a finding is about; empty where it is about the file."""
    key = str(row.get("path") or "").partition(".")[0].partition("[")[0]
    return key if key in titles else ""


def bubbles(page: Page) -> tuple[list[Bubble], list[Bubble]]:
    """The accounts that have a place in the portfolio: the largest ones by name, and the others."""
    key = basis_key(page)
    placed = [
        Bubble(
            named(row), row["position"], row["attractiveness"], amount(row, key) or 0.0
        )
        for row in page.accounts
        if row.get("position") is not None and row.get("attractiveness") is not None
    ]
    # A bubble without revenue would be invisible; it gets the size of a small one.
    least = max((bubble.size for bubble in placed), default=0.0) / 100 or 1.0
    sized = [
        Bubble(b.name, b.position, b.attractiveness, max(b.size, least)) for b in placed
    ]
    return [
        Bubble(_shortened(b.name, 24), b.position, b.attractiveness, b.size)
        for b in sized[:_MOST_NAMED]
    ], sized[_MOST_NAMED:]


def _shortened(text: str, limit: int = _NAME) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _money(
    page: Page,
    title: str,
    axis: Text,
    categories: Sequence[str],
    series: Iterable[tuple[str, Sequence[float | None]]],
    *,
    stacked: bool = False,
    horizontal: bool = False,
) -> Graph:
    """A graph of amounts, scaled to thousands or millions."""
    lists = [(name, list(values)) for name, values in series]
    tops = [
        sum(v[i] or 0.0 for _, v in lists) if stacked else 0.0
        for i in range(len(categories))
    ]
    largest = max(
        [*tops, *(abs(value) for _, values in lists for value in values if value)],
        default=0.0,
    )
    divisor, text = (
        (1e6, wording.AXIS_MILLION) if largest >= 5e6
        else (1e3, wording.AXIS_THOUSAND) if largest >= 2e4
        else (1.0, wording.AXIS_AMOUNT)
    )  # fmt: skip
    scaled = [
        (name, [None if v is None else v / divisor for v in values])
        for name, values in lists
    ]
    unit = page.say(text, currency=page.tables.settings.reporting_currency)
    return Graph(
        title,
        page.say(axis),
        unit,
        categories,
        scaled,
        stacked=stacked,
        horizontal=horizontal,
    )
