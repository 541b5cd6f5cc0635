"""The figures of sheet 8: three weighted scores, and the portfolio field that two of them make.

Attractiveness 60 and position 70 make the 2×2 field ``star`` with the strategy ``hold_or_build``, 10 points away from
the nearest limit. The criteria's order, and which of them are reversed, come from the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kamxl.document.figures import Given, GivenRow, attempt, score_of
from kamxl.document.formulas import scores
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import (
    Terms,
    all_numbers,
    all_of,
    guarded,
    limits,
    literal,
    number,
    when,
)
from kamxl.plan.figures.weighted import (
    enough,
    limits_of,
    score_by_weight,
    weights_or_equal,
)
from kamxl.scoring import (
    SCHEMES,
    Placement,
    WeightedScore,
    portfolio_cell,
    weighted_score,
)
from kamxl.texts import Text

if TYPE_CHECKING:
    from kamxl.plan.criteria import CriterionRow, PriceReadiness
    from kamxl.plan.settings.model import Settings
    from kamxl.plan.strategy import Strategy

_ATTRACTIVENESS = "strategy.attractiveness_score"
_POSITION = "strategy.position_score"


# The scores over criteria, and what each criterion brings to them.


def score(
    key: str, function: Callable[..., WeightedScore]
) -> Callable[[Strategy, Given], float | None]:
    """The score over all criteria of the table `key`, entered or not."""

    def value(strategy: Strategy, given: Given) -> float | None:
        criteria = getattr(given.settings.criteria, key)
        if given.is_off_scale(*_checked(f"strategy.{key}")):
            return None
        # A plan ends with its last row that has an entry; the criteria after it are unanswered, not gone.
        pairs = list(zip_longest(getattr(strategy, key), criteria))
        return score_of(
            function,
            [row and row.score for row, _ in pairs],
            weights_or_equal([row and row.weight for row, _ in pairs]),
            flipped=[bool(criterion and criterion.reversed) for _, criterion in pairs],
            minimum_coverage=given.once(limits_of).minimum_coverage,
        )

    return value


def score_formula(key: str) -> Callable[[Terms], str]:
    """The formula of `score`; the points column holds weight × scaled answer of each row."""
    table = f"strategy.{key}"

    def formula(terms: Terms) -> str:
        weights = terms.column(f"{table}[].weight")
        points = terms.column(f"{table}[].points")
        answered = f'SUMIFS({weights},{points},">=0")'
        mean = f"SUM({points})/{answered}"
        weighted = enough(terms, answered, f"SUM({weights})", mean)
        count = terms.numbers(terms.column(f"{table}[].score"))
        mean = f"100*({_scaled_sum(terms, table)})/{count}"
        equal = enough(terms, count, number(terms.section(table).count), mean)
        return score_by_weight(terms, weights, weighted, equal, _checked(table))

    return formula


def _checked(table: str) -> tuple[str, str]:
    """The columns of which no entry may be off its scale."""
    return f"{table}[].score", f"{table}[].weight"


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


def _reversed(settings: Settings, table: str, index: int) -> bool:
    criteria = getattr(settings.criteria, table.rpartition(".")[2])
    return index < len(criteria) and bool(criteria[index].reversed)


def points(row: CriterionRow | PriceReadiness, at: GivenRow) -> float | None:
    """Weight × answer scaled to 0–100, turned round where the lowest answer is the best."""
    flipped = _reversed(at.given.settings, at.table, at.index)
    answer = score_of(weighted_score, [row.score], flipped=flipped)
    if answer is None or row.weight is None:
        return None
    return row.weight * answer


def points_formula(row: RowTerms) -> str:
    """The formula of `points`."""
    answer = row.cell("score")
    low, high = limits(row.terms.field(f"{row.table}[].score"))
    flipped = _reversed(row.terms.spec.settings, row.table, row.index)
    way = f"{number(high)}-{answer}" if flipped else f"{answer}-{number(low)}"
    known = all_of(row.valid("weight"), row.valid("score"))
    value = f"100*{row.cell('weight')}*({way})/{number(high - low)}"
    return guarded(when(known, value))


# The portfolio: field, strategy and distance to the nearest limit.


def _placement(given: Given) -> Placement | None:
    portfolio = given.settings.portfolio
    axes = given.figure(_ATTRACTIVENESS), given.figure(_POSITION)
    return attempt(portfolio_cell, *axes, portfolio.scheme, portfolio.cuts)


def _placed_formula(terms: Terms, expression: Callable[..., str], *more: Any) -> str:
    """An expression over both scores and the cuts, where there are both scores."""
    axes = terms.cell(_ATTRACTIVENESS), terms.cell(_POSITION)
    cuts = terms.spec.settings.portfolio.cuts
    return guarded(when(all_numbers(*axes), expression(*axes, cuts, *more)))


def cell(_: Strategy, given: Given) -> str | None:
    """The code of the portfolio's field."""
    placement = given.once(_placement)
    return placement.cell.code if placement else None


def cells(settings: Settings) -> Iterator[tuple[str, Text]]:
    """All fields, level of attractiveness by level of position, so that a formula can pick one by its place."""
    scheme = SCHEMES[settings.portfolio.scheme]
    for row in scheme.cells:
        for field in row:
            placement = Placement(scheme, field, 0.0)
            yield field.code, Text(de=placement.title("de"), en=placement.title("en"))


def cell_formula(terms: Terms) -> str:
    """The formula of `cell`."""
    texts = [label[terms.language] for _, label in cells(terms.spec.settings)]
    return _placed_formula(terms, scores.field, texts)


def standard(_: Strategy, given: Given) -> str | None:
    """The code of the strategy for the field: the company's own, or the scheme's."""
    placement = given.once(_placement)
    if placement is None:
        return None
    own = given.settings.portfolio.strategies.get(placement.cell.code)
    return own.code if own else placement.cell.strategy_code


def strategies(settings: Settings) -> Iterator[tuple[str, Text]]:
    """The strategies of all fields, in the order of the fields."""
    portfolio = settings.portfolio
    for row in SCHEMES[portfolio.scheme].cells:
        for field in row:
            own = portfolio.strategies.get(field.code)
            yield own.code if own else field.strategy_code, portfolio.strategy(field)


def standard_formula(terms: Terms) -> str:
    """The formula of `standard`."""
    texts = [label[terms.language] for _, label in strategies(terms.spec.settings)]
    return _placed_formula(terms, scores.field, texts)


def cell_distance(_: Strategy, given: Given) -> float | None:
    """Points to the nearest limit between two fields."""
    placement = given.once(_placement)
    return placement.distance if placement else None


def distance_formula(terms: Terms) -> str:
    """The formula of `cell_distance`."""
    return _placed_formula(terms, scores.distance)
