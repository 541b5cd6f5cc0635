"""The figures of a plan, worked out from the bare cells of its file: an oracle that shares no code with the product.

`read_cells` takes the values out of a file with openpyxl; where a field stands, what its values are called and which
fields are required is asked of the specification. Everything else is arithmetic on plain lists, after the definitions
of the guide to scores: ``figures_of(cells, layout, today)["opportunities.weighted_total"]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from openpyxl import load_workbook

from kamxl.document.layout.layout import Layout
from kamxl.document.paths import pattern_of
from kamxl.document.schema import FieldSpec, Owing, Part
from kamxl.texts import Text

Cells = dict[str, Any]
CLOSED, FINISHED = {"won", "lost", "on_hold"}, {"done", "dropped"}
ROLES = 6
FIELDS = {
    (False, False): "takeaway", (False, True): "yield", (True, False): "question_mark", (True, True): "star",
}  # fmt: skip
STRATEGIES = {
    "takeaway": "selective_retreat", "yield": "hold", "question_mark": "big_step_or_out", "star": "hold_or_build",
}  # fmt: skip
ENOUGH, CAP = 0.7, 1.2


def read_cells(data: bytes, layout: Layout) -> Cells:
    """What every cell shows, by path; of a list, the code."""
    book = load_workbook(BytesIO(data), data_only=True, read_only=True)
    grids = {
        sheet.name: list(book[sheet.name].iter_rows(values_only=True))
        for sheet in layout.sheets
    }
    found: Cells = {}
    for path, (sheet, spot) in layout.spots.items():
        row = grids[sheet.name][spot.row - 1 : spot.row]
        value = next(iter(row[0][spot.column - 1 : spot.column]), None) if row else None
        if isinstance(value, dt.datetime):
            value = value.date()
        if value not in (None, ""):
            found[path] = _code(value, path, layout)
    return found


def _code(value: Any, path: str, layout: Layout) -> Any:
    field = layout.spec.fields.get(pattern_of(path))
    options = field.options if field else layout.spec.options_of(path)
    codes = {option.label[layout.language]: option.code for option in options}
    return codes.get(value, value)


def total(values: Sequence[float | None]) -> float | None:
    """The sum of what is known."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of what is known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def less(one: float | None, other: float | None) -> float | None:
    """A difference, where both are known."""
    return None if one is None or other is None else one - other


def share(shares: Sequence[float | None], weights: Sequence[float]) -> float | None:
    """The weighted mean of what is known, where that is at least 70 % of the weight."""
    known = [(s, w) for s, w in zip(shares, weights, strict=True) if s is not None]
    whole, answered = sum(weights), sum(weight for _, weight in known)
    if not whole or answered / whole < ENOUGH - 1e-9:
        return None
    return sum(s * weight for s, weight in known) / answered


def points(score: float | None, *, flipped: bool) -> float | None:
    """An answer of 1 to 5 as 0 to 100."""
    if score is None:
        return None
    return 25 * (5 - score if flipped else score - 1)


def changed(before: float | None, after: float | None) -> float | None:
    """The change on the year before."""
    if not before or after is None or before * after < 0:
        return None
    return (after - before) / before


class Plan:
    """The cells of one plan."""

    def __init__(self, cells: Cells, layout: Layout, today: dt.date) -> None:
        self.cells = cells
        self.spec = layout.spec
        self.language = layout.language
        self.today = today
        self.counts = {part.pattern: part.count for part in self.spec.parts}

    def __call__(self, path: str) -> Any:
        """What stands in a cell."""
        return self.cells.get(path)

    def column(self, table: str, key: str) -> list[Any]:
        """A column of a table, drawn row by drawn row."""
        rows = range(self.counts.get(table, 0))
        return [self(f"{table}[{row}].{key}") for row in rows]

    def columns(self, table: str, *keys: str) -> list[tuple[Any, ...]]:
        """The rows of some columns."""
        return list(zip(*(self.column(table, key) for key in keys), strict=True))


def figures_of(cells: Cells, layout: Layout, today: dt.date) -> dict[str, Any]:
    """Every figure by its path; one that has no value is missing."""
    plan = Plan(cells, layout, today)
    found: dict[str, Any] = {}
    for work in (_revenue, _opportunities, _rows, _strategy, _controlling, _contacts):
        found |= dict(work(plan))
    for table, suffix, key in layout.spec.closing.values():
        if suffix == ".total":
            values = [
                found.get(f"{table.pattern}[{row}].{key}", cell)
                for row, cell in enumerate(plan.column(table.pattern, key))
            ]
            found[f"{table.pattern}.total.{key}"] = total(values)
    keys = ["actual_4", "actual_3", "actual_2", "forecast", "target"]
    for before, after in pairwise(keys):
        sums = (found.get(f"revenue.revenue.total.{key}") for key in (before, after))
        found[f"revenue.revenue.growth.{after}"] = changed(*sums)
    found |= dict(_progress(plan))
    found |= _cover(found, plan)
    return {path: value for path, value in found.items() if value is not None}


def _cover(found: dict[str, Any], plan: Plan) -> dict[str, Any]:
    counts = [
        [found[f"progress.{sheet.key}.{name}"] for sheet in plan.spec.sheets]
        for name in ("filled", "required")
    ]
    filled, required = map(sum, counts)
    repeated = {
        "forecast_revenue": "revenue.revenue.total.forecast", "forecast_growth": "revenue.revenue.growth.forecast",
        "target_revenue": "revenue.revenue.total.target", "weighted_pipeline": "opportunities.weighted_total",
        "attractiveness": "strategy.attractiveness_score", "position": "strategy.position_score",
        "portfolio_cell": "strategy.portfolio_cell", "contact_coverage": "contacts.coverage",
        "satisfaction_index": "cooperation.satisfaction_index", "goal_attainment": "controlling.scorecard",
    }  # fmt: skip
    tiles = {f"cover.{key}": found.get(path) for key, path in repeated.items()}
    return {**tiles, "cover.completeness": filled / required}


def _revenue(plan: Plan) -> Iterator[tuple[str, Any]]:
    own = plan.column("revenue.revenue", "product_group")
    groups = plan.spec.settings.product_groups
    names = [str(n or g).lower() for n, g in zip(own, groups, strict=True)]
    forecasts = plan.column("revenue.revenue", "forecast")
    for row, demand in enumerate(plan.column("revenue.wallet", "demand")):
        alike = [
            f for name, f in zip(names, forecasts, strict=True) if name == names[row]
        ]
        known = [forecast for forecast in alike if forecast is not None]
        if len(known) == 1 and demand and known[0] <= demand:
            yield f"revenue.wallet[{row}].share", known[0] / demand
    for side in ("plan", "actual"):
        keys = [f"q{quarter}_{side}" for quarter in (1, 2, 3, 4)]
        for row, quarters in enumerate(plan.columns("revenue.forecast", *keys)):
            yield f"revenue.forecast[{row}].{side}_total", total(quarters)


def _opportunities(plan: Plan) -> Iterator[tuple[str, Any]]:
    table = "opportunities.open"
    weighted, offered = [], []
    for row, (value, chance, stage) in enumerate(
        plan.columns(table, "value", "probability", "stage")
    ):
        if stage not in CLOSED and value is not None:
            offered.append(value)
            if chance is not None:
                weighted.append(value * chance)
                yield f"{table}[{row}].weighted", value * chance
    yield "opportunities.total_value", total(offered)
    yield "opportunities.weighted_total", total(weighted)


def _rows(plan: Plan) -> Iterator[tuple[str, Any]]:
    """Figures of single rows, and of the tables of ratings."""
    met = {"minus": 2, "zero": 5, "plus": 8, "-": 2, "0": 5, "+": 8, "−": 2}
    rows = plan.columns("competition.gaps", "importance", "against_requirements")
    for row, (importance, sign) in enumerate(rows):
        if None not in (importance, sign):
            unmet = max(importance - met[sign], 0)
            yield f"competition.gaps[{row}].opportunity", importance + unmet
    table = "cooperation.satisfaction"
    rows = plan.columns(table, "performance", "expectation")
    for row, pair in enumerate(rows):
        yield f"{table}[{row}].gap", less(*pair)
    answers = [
        points(score, flipped=False) for score in plan.column(table, "performance")
    ]
    weights = _or_equal(plan.column(table, "importance"))
    yield "cooperation.satisfaction_index", share(answers, weights)
    rated = {
        name: mean(plan.column("profile.swot", f"{name}_rating"))
        for name in ("strengths", "weaknesses", "opportunities", "threats")
    }
    yield "profile.swot_internal", less(rated["strengths"], rated["weaknesses"])
    yield "profile.swot_external", less(rated["opportunities"], rated["threats"])
    for row, (due, status) in enumerate(
        plan.columns("measures.measures", "due", "status")
    ):
        if due is not None and due < plan.today and status not in FINISHED:
            yield f"measures.measures[{row}].overdue", "overdue"


def _or_equal(weights: Sequence[float | None]) -> list[float]:
    """The weights, or the same for all where there is none."""
    given = any(weight is not None for weight in weights)
    return [weight or 0 for weight in weights] if given else [1.0] * len(weights)


def _strategy(plan: Plan) -> Iterator[tuple[str, Any]]:
    found: dict[str, float | None] = {}
    for key in ("attractiveness", "position", "price_readiness"):
        table, criteria = f"strategy.{key}", getattr(plan.spec.settings.criteria, key)
        flips = [bool(criterion.reversed) for criterion in criteria]
        scores, weights = plan.column(table, "score"), plan.column(table, "weight")
        if not scores:
            continue
        answers = [points(s, flipped=f) for s, f in zip(scores, flips, strict=True)]
        for row, (answer, weight) in enumerate(zip(answers, weights, strict=True)):
            if None not in (answer, weight):
                yield f"{table}[{row}].points", answer * weight
        found[key] = share(answers, _or_equal(weights))
        yield f"{table}_score", found[key]
    height, strength = found.get("attractiveness"), found.get("position")
    if height is not None and strength is not None:
        reached = (height >= 50 - 1e-9, strength >= 50 - 1e-9)
        yield "strategy.portfolio_cell", FIELDS[reached]
        yield "strategy.standard_strategy", STRATEGIES[FIELDS[reached]]
        yield "strategy.cell_distance", min(abs(height - 50), abs(strength - 50))


def _controlling(plan: Plan) -> Iterator[tuple[str, Any]]:
    table = "controlling.targets"
    attained: list[float | None] = []
    rows = plan.columns(table, "actual", "target", "baseline")
    for row, (actual, target, baseline) in enumerate(rows):
        reached = None
        if None not in (actual, target, baseline) and target != baseline:
            reached = (actual - baseline) / (target - baseline)
        attained.append(reached)
        yield f"{table}[{row}].attainment", reached
    weights = plan.column(table, "weight")
    equal = [float(target is not None) for target in plan.column(table, "target")]
    given = any(weight is not None for weight in weights)
    counted = _or_equal(weights) if given else equal
    capped = [None if a is None else min(max(a, 0), CAP) for a in attained]
    yield "controlling.scorecard", share(capped, counted)
    costs = ("deductions", "production", "marketing", "selling", "service")
    rows = plan.columns("controlling.contribution", "gross_revenue", *costs)
    for row, (left, *spent) in enumerate(rows):
        for step, cost in zip(
            ("net_revenue", "db1", "db2", "db3", "db4"), spent, strict=True
        ):
            left = less(left, cost)
            yield f"controlling.contribution[{row}].{step}", left


def _contacts(plan: Plan) -> Iterator[tuple[str, Any]]:
    names = plan.column("contacts.people", "name")
    influence = plan.column("contacts.people", "influence")
    named = [i for name, i in zip(names, influence, strict=True) if name]
    if not any(named):
        influence = [1] * len(names)
    weights = [i if name else None for name, i in zip(names, influence, strict=True)]
    people, team = range(len(names)), range(plan.counts["contacts.team"])
    met = {
        (own, person): (
            plan(f"contacts.matrix[{own}][{person}].actual"),
            plan(f"contacts.matrix[{own}][{person}].planned"),
        )
        for own in team
        for person in people
    }

    def covered(pairs: Sequence[tuple[int, int]], *, weighted: bool) -> float | None:
        goals = [pair for pair in pairs if met[pair][1]]
        shares = [None if met[p][0] is None else min(met[p]) / met[p][1] for p in goals]
        loads = [(weights[p[1]] or 0 if weighted else 1) * met[p][1] for p in goals]
        return share(shares, loads)

    yield "contacts.coverage", covered(list(met), weighted=True)
    for own in team:
        pairs = [(own, person) for person in people]
        yield f"contacts.team[{own}].coverage", covered(pairs, weighted=True)
    gaps = {}
    for person in people:
        pairs = [(own, person) for own in team]
        yield f"contacts.people[{person}].coverage", covered(pairs, weighted=False)
        both = [met[pair] for pair in pairs if None not in met[pair]]
        if both and weights[person] is not None:
            missing = sum(max(planned - actual, 0) for actual, planned in both)
            gaps[person] = weights[person] * missing
            yield f"contacts.people[{person}].gap", gaps[person]
    ranked = sorted((p for p in gaps if gaps[p]), key=lambda p: (-gaps[p], p))
    for rank, person in enumerate(ranked[:5], 1):
        yield f"contacts.next_{rank}", names[person]
    yield from _buying_center(plan, names, weights)


def _buying_center(
    plan: Plan, names: Sequence[Any], weights: Sequence[float | None]
) -> Iterator[tuple[str, Any]]:
    stances = plan.column("contacts.people", "stance")
    known = [None if s in (None, "unknown") else float(s) for s in stances]
    loads = [weight or 0 for weight in weights]
    halves = [None if stance is None else stance / 2 for stance in known]
    yield "contacts.stance_index", share(halves, loads)
    against = [-(s or 0) * load for s, load in zip(known, loads, strict=True)]
    if max(against, default=0) > 0:
        yield "contacts.strongest_opponent", names[against.index(max(against))]
    roles = plan.column("contacts.people", "role")
    held = {role for role, name in zip(roles, names, strict=True) if role and name}
    yield "contacts.buying_center_coverage", len(held) / ROLES if held else None


def _progress(plan: Plan) -> Iterator[tuple[str, Any]]:
    """Filled and required entries of each sheet."""
    counts = {sheet.key: [0, 0] for sheet in plan.spec.sheets}
    for part in plan.spec.parts:
        if any(map(_counts, part.required)):
            for place, number in enumerate(_owed(plan, part)):
                counts[part.sheet][place] += number
    for sheet, (filled, required) in counts.items():
        yield f"progress.{sheet}.filled", filled
        yield f"progress.{sheet}.required", required
        yield f"progress.{sheet}.share", filled / required if required else None
        yield f"progress.{sheet}.status", _status(filled, required, plan.language)


def _counts(field: FieldSpec) -> bool:
    """What the company's lists bring is nobody's work."""
    return not field.item.from_lists


def _status(filled: int, required: int, language: str) -> str:
    """What the cover calls it."""
    if not required:
        return "–"
    words = {
        "de": ("offen", "in Arbeit", "vollständig"),
        "en": ("open", "in progress", "complete"),
    }
    return words[language][(filled > 0) + (filled == required)]


def _owed(plan: Plan, part: Part) -> tuple[int, int]:
    rows = list(range(part.count))
    minimum = 0
    if part.owing is Owing.WHEN:
        rows = [r for r in rows if any(plan(part[k].at(r)) for k in part.owed_when)]
    elif part.owing is Owing.USED:
        rows = [row for row in rows if used(plan.cells, part, row)]
        minimum = part.minimum
    counted = list(filter(_counts, part.required))
    filled = sum(field.at(row) in plan.cells for row in rows for field in counted)
    return filled, len(counted) * max(len(rows), minimum)


def used(cells: Cells, part: Part, row: int) -> bool:
    """Whether a row holds something that it did not start with."""
    begun = (part.rows or part.starts)[row : row + 1]
    for field in part.fields:
        start = begun[0].defaults.get(field.key) if begun else None
        given = {start.de, start.en} if isinstance(start, Text) else {start}
        if cells.get(field.at(row)) not in {None, *given}:
            return True
    return False
