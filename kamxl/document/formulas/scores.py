"""Figures of whole sheets: weighted scores, the portfolio field, pipeline, scorecard, and the cover's tiles.

They stand on the same definitions as `kamxl.scoring`: missing answers drop out and the rest is renormalised, below the
minimum coverage there is no score, and an entry off its scale makes the whole score empty rather than wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from kamxl.document.formulas.progress import completeness_formula
from kamxl.document.formulas.terms import (
    Terms,
    all_of,
    guarded,
    limits,
    literal,
    number,
    reaches,
    total,
    when,
)
from kamxl.plan.figures.labels import figure_options
from kamxl.plan.opportunities import CLOSED_STAGES

__all__ = ["SHEET_FORMULAS"]


def _weighted_or_equal(
    terms: Terms, weights: str, weighted: str, equal: str, checked: tuple[str, ...]
) -> str:
    """A score by weight, or with equal weights where none is entered; empty where an entry is off its scale."""
    outside = "+".join(terms.outside(pattern) for pattern in checked)
    return guarded(
        when(f"{outside}=0", when(f"{terms.numbers(weights)}=0", equal, weighted))
    )


def _covered(terms: Terms, answered: str, total: str, value: str) -> str:
    """The value where enough of the weight was answered."""
    minimum = terms.spec.settings.scoring_limits.minimum_coverage
    return when(reaches(f"({answered})/{total}", minimum), value)


def _criteria_score(table: str) -> Callable[[Terms], str]:
    """The score of a criteria table; its points column holds weight × scaled answer of each row."""

    def formula(terms: Terms) -> str:
        weights, points = (
            terms.column(f"{table}[].weight"),
            terms.column(f"{table}[].points"),
        )
        answered = f'SUMIFS({weights},{points},">=0")'
        weighted = _covered(
            terms, answered, f"SUM({weights})", f"SUM({points})/{answered}"
        )
        count = terms.numbers(terms.column(f"{table}[].score"))
        mean = f"100*({_scaled_sum(terms, table)})/{count}"
        equal = _covered(terms, count, number(terms.section(table).count), mean)
        return _weighted_or_equal(
            terms, weights, weighted, equal, (f"{table}[].score", f"{table}[].weight")
        )

    return formula


def _scaled_sum(terms: Terms, table: str) -> str:
    """The answers' sum scaled to 0–1 each; rows whose lowest answer is the best are told by their printed name."""
    answers = terms.column(f"{table}[].score")
    low, high = limits(terms.field(f"{table}[].score"))
    count = terms.numbers(answers)
    rising = f"SUM({answers})-{number(low)}*{count}"
    criteria = getattr(terms.spec.settings.criteria, table.rpartition(".")[2])
    names = [literal(c.text[terms.language]) for c in criteria if c.reversed]
    if not names:
        return f"({rising})/{number(high - low)}"
    labels = terms.row_names(table)
    flipped = "+".join(f"({labels}={name})" for name in names)
    entered = terms.entered(f"{table}[].score")
    # Turning an answer a round makes low + high − 2·a more of it.
    turned = f"{number(low + high)}*SUMPRODUCT(({flipped})*{entered})-2*SUMPRODUCT(({flipped})*1,{answers})"
    return f"({rising}+{turned})/{number(high - low)}"


def _satisfaction_index(terms: Terms) -> str:
    table = "cooperation.satisfaction"
    weights, answers = (
        terms.column(f"{table}[].importance"),
        terms.column(f"{table}[].performance"),
    )
    low, high = limits(terms.field(f"{table}[].performance"))
    scale = number(high - low)
    answered = f'SUMIFS({weights},{answers},">={number(low)}")'
    value = f"100*(SUMPRODUCT({weights},{answers})/({answered})-{number(low)})/{scale}"
    weighted = _covered(terms, answered, f"SUM({weights})", value)
    count = terms.numbers(answers)
    mean = f"100*(SUM({answers})/{count}-{number(low)})/{scale}"
    equal = _covered(terms, count, number(terms.section(table).count), mean)
    return _weighted_or_equal(
        terms,
        weights,
        weighted,
        equal,
        (f"{table}[].importance", f"{table}[].performance"),
    )


def _scorecard(terms: Terms) -> str:
    """Weighted attainment, each goal's brought to 0…cap; without weights all goals with a target count the same."""
    table = "controlling.targets"
    weights, attained = (
        terms.column(f"{table}[].weight"),
        terms.column(f"{table}[].attainment"),
    )
    cap = number(terms.spec.settings.scoring_limits.attainment_cap)
    measured = f'SUMIFS({weights},{attained},">=0")+SUMIFS({weights},{attained},"<0")'
    inside, below = f"({attained}>=0)*({attained}<={cap})", f"({attained}<={cap})*1"
    sums = f"SUMPRODUCT({inside},{weights},{attained})+{cap}*({measured}-SUMPRODUCT({below},{weights}))"
    weighted = _covered(terms, measured, f"SUM({weights})", f"({sums})/({measured})")
    count = terms.numbers(attained)
    sums = f"SUMPRODUCT({inside},{attained})+{cap}*({count}-SUMPRODUCT({below}))"
    equal = _covered(
        terms,
        count,
        terms.numbers(terms.column(f"{table}[].target")),
        f"({sums})/{count}",
    )
    return _weighted_or_equal(terms, weights, weighted, equal, (f"{table}[].weight",))


def _level(terms: Terms, path: str) -> str:
    cuts = terms.spec.settings.portfolio.cuts
    return "+".join(f"({reaches(terms.cell(path), cut)})" for cut in cuts)


def _scored(terms: Terms) -> str:
    cells = (
        terms.cell(f"strategy.{axis}_score") for axis in ("attractiveness", "position")
    )
    return all_of(*(f"ISNUMBER({cell})" for cell in cells))


def _portfolio_text(pattern: str) -> Callable[[Terms], str]:
    """Field or strategy, chosen by the levels on both axes."""

    def formula(terms: Terms) -> str:
        labels = [
            literal(o.label[terms.language])
            for o in figure_options(pattern, terms.spec.settings)
        ]
        levels = len(terms.spec.settings.portfolio.cuts) + 1
        row, column = (
            _level(terms, f"strategy.{axis}_score")
            for axis in ("attractiveness", "position")
        )
        return guarded(
            when(
                _scored(terms),
                f"CHOOSE(1+{levels}*({row})+{column},{','.join(labels)})",
            )
        )

    return formula


def _cell_distance(terms: Terms) -> str:
    axes = [
        terms.cell(f"strategy.{axis}_score") for axis in ("attractiveness", "position")
    ]
    cuts = terms.spec.settings.portfolio.cuts
    distances = ",".join(f"ABS({axis}-{number(cut)})" for axis in axes for cut in cuts)
    return guarded(when(_scored(terms), f"MIN({distances})"))


def _swot_axis(plus: str, minus: str) -> Callable[[Terms], str]:
    def formula(terms: Terms) -> str:
        quadrants = ("strengths", "weaknesses", "opportunities", "threats")
        outside = "+".join(
            terms.outside(f"profile.swot[].{quadrant}_rating") for quadrant in quadrants
        )
        means = []
        for quadrant in (plus, minus):
            column = terms.column(f"profile.swot[].{quadrant}_rating")
            means.append(f'AVERAGEIFS({column},{column},">=0")')
        return guarded(when(f"{outside}=0", f"{means[0]}-{means[1]}"))

    return formula


def _total_value(terms: Terms) -> str:
    """The value of all projects that are neither won nor lost nor on hold."""
    stage, value = (
        terms.column(f"opportunities.open[].{key}") for key in ("stage", "value")
    )
    closed = terms.labels("opportunities.open[].stage", CLOSED_STAGES)
    still_open = "*".join(f"({stage}<>{label})" for label in closed)
    some = f"SUMPRODUCT({still_open}*{terms.entered('opportunities.open[].value')})"
    return guarded(when(f"{some}=0", '""', f"SUMPRODUCT({still_open},{value})"))


def _weighted_total(terms: Terms) -> str:
    return total(terms, terms.column("opportunities.open[].weighted"))


def _same_as(path: str) -> Callable[[Terms], str]:
    return lambda terms: f"={terms.cell(path)}"


SHEET_FORMULAS: dict[str, Callable[[Terms], str]] = {
    "cover.forecast_revenue": _same_as("revenue.revenue.total.forecast"),
    "cover.forecast_growth": _same_as("revenue.revenue.growth.forecast"),
    "cover.target_revenue": _same_as("revenue.revenue.total.target"),
    "cover.weighted_pipeline": _same_as("opportunities.weighted_total"),
    "cover.attractiveness": _same_as("strategy.attractiveness_score"),
    "cover.position": _same_as("strategy.position_score"),
    "cover.portfolio_cell": _same_as("strategy.portfolio_cell"),
    "cover.contact_coverage": _same_as("contacts.coverage"),
    "cover.satisfaction_index": _same_as("cooperation.satisfaction_index"),
    "cover.goal_attainment": _same_as("controlling.scorecard"),
    "cover.completeness": completeness_formula,
    "profile.swot_internal": _swot_axis("strengths", "weaknesses"),
    "profile.swot_external": _swot_axis("opportunities", "threats"),
    "opportunities.total_value": _total_value,
    "opportunities.weighted_total": _weighted_total,
    "cooperation.satisfaction_index": _satisfaction_index,
    "strategy.attractiveness_score": _criteria_score("strategy.attractiveness"),
    "strategy.position_score": _criteria_score("strategy.position"),
    "strategy.price_readiness_score": _criteria_score("strategy.price_readiness"),
    "strategy.portfolio_cell": _portfolio_text("strategy.portfolio_cell"),
    "strategy.standard_strategy": _portfolio_text("strategy.standard_strategy"),
    "strategy.cell_distance": _cell_distance,
    "controlling.scorecard": _scorecard,
}
"""Builds the formula of a sheet's figure, by its pattern."""
