"""The figures of sheet 8: three weighted scores, and the portfolio field that two of them make.

Attractiveness 60 and position 70 make the 2×2 field ``star`` with the strategy ``hold_or_build``, 10 points away from
the nearest limit. The criteria's order, and which of them are reversed, come from the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kamxl.plan.criteria import Criterion, PriceReadiness
from kamxl.plan.figures.values import (
    Figures,
    attempt,
    column,
    weights_or_equal,
)
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.parts import Criterion as Weighted
from kamxl.plan.strategy import Strategy
from kamxl.scoring import (
    Limits,
    Score,
    competitive_position,
    customer_attractiveness,
    portfolio_cell,
    price_readiness,
    weighted_score,
)

__all__ = ["strategy_figures"]


def strategy_figures(strategy: Strategy, settings: Settings) -> Figures:
    """Every figure of the sheet `strategy` by path."""
    criteria, limits = settings.criteria, settings.scoring_limits
    attractiveness, points = _scored(
        customer_attractiveness,
        strategy.attractiveness,
        criteria.attractiveness,
        limits,
    )
    found = column("strategy.attractiveness", {"points": points})
    position, points = _scored(
        competitive_position, strategy.position, criteria.position, limits
    )
    found |= column("strategy.position", {"points": points})
    readiness, points = _scored(
        price_readiness, strategy.price_readiness, criteria.price_readiness, limits
    )
    found |= column("strategy.price_readiness", {"points": points})
    found |= {
        "strategy.attractiveness_score": attractiveness,
        "strategy.position_score": position,
        "strategy.price_readiness_score": readiness,
    }
    return found | _placement(settings, attractiveness, position)


def _scored(
    function: Callable[..., Score],
    rows: Sequence[Criterion | PriceReadiness],
    criteria: Sequence[Weighted],
    limits: Limits,
) -> tuple[float | None, list[float | None]]:
    """The score over all criteria, entered or not, and what each row brings to it."""
    # A plan ends with its last row that has an entry; the criteria after it are unanswered, not gone.
    rows = [*rows, *(Criterion() for _ in range(len(criteria) - len(rows)))]
    flipped = [
        index < len(criteria) and criteria[index].reversed for index in range(len(rows))
    ]
    score = attempt(
        function,
        [row.score for row in rows],
        weights_or_equal([row.weight for row in rows]),
        flipped=flipped,
        minimum_coverage=limits.minimum_coverage,
    )
    points = [_points(row, flip) for row, flip in zip(rows, flipped, strict=True)]
    return (score.value if score else None), points


def _points(row: Criterion | PriceReadiness, flipped: bool) -> float | None:
    answer = attempt(weighted_score, [row.score], flipped=flipped)
    if answer is None or answer.value is None or row.weight is None:
        return None
    return row.weight * answer.value


def _placement(
    settings: Settings, attractiveness: float | None, position: float | None
) -> Figures:
    portfolio = settings.portfolio
    placement = attempt(
        portfolio_cell, attractiveness, position, portfolio.scheme, portfolio.cuts
    )
    if placement is None:
        return {}
    own = portfolio.strategies.get(placement.cell.code)
    return {
        "strategy.portfolio_cell": placement.cell.code,
        "strategy.standard_strategy": own.code if own else placement.cell.strategy_code,
        "strategy.cell_distance": placement.distance,
    }
