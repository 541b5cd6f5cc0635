"""The figures of sheet 10: attainment of each target, the scorecard, and the margins of a year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kamxl.document.figures import Given, GivenRow, attempt, score_of
from kamxl.document.formulas import scores
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import Terms, all_numbers, guarded, number, when
from kamxl.plan.figures.weighted import (
    enough,
    limits_of,
    score_by_weight,
    weights_or_equal,
)
from kamxl.scoring import Margins, contribution_margins, goal_attainment, scorecard

if TYPE_CHECKING:
    from kamxl.plan.controlling import Contribution, Controlling, Target

_TARGETS = "controlling.targets"
_WEIGHT = f"{_TARGETS}[].weight"


def attainment(row: Target, _: GivenRow) -> float | None:
    """How much of the way from the baseline to the target is done."""
    return attempt(goal_attainment, row.actual, row.target, row.baseline)


def attainment_formula(row: RowTerms) -> str:
    """The formula of `attainment`."""
    cells = [row.cell(key) for key in ("actual", "target", "baseline")]
    return guarded(when(all_numbers(*cells), scores.attainment(*cells)))


def card(controlling: Controlling, given: Given) -> float | None:
    """Weighted attainment, each goal's brought to 0…cap; without weights all goals with a target count the same."""
    if given.is_off_scale(_WEIGHT):
        return None
    rows, limits = controlling.targets, given.once(limits_of)
    return score_of(
        scorecard,
        [row.actual for row in rows],
        [_aim(row, index, given) for index, row in enumerate(rows)],
        [row.baseline for row in rows],
        _weights(rows),
        limits.attainment_cap,
        minimum_coverage=limits.minimum_coverage,
    )


def _aim(row: Target, index: int, given: Given) -> float | None:
    """The target, unless its attainment makes no sense: a missing one must not take the others with it."""
    reached = given.figure(f"{_TARGETS}[{index}].attainment")
    return None if reached is None else row.target


def _weights(rows: Sequence[Target]) -> Sequence[float | None]:
    """The weights as entered; where there are none, the same for all that have a target."""
    equal = [None if row.target is None else 1.0 for row in rows]
    return weights_or_equal([row.weight for row in rows]) or equal


def card_formula(terms: Terms) -> str:
    """The formula of `card`."""
    weights = terms.gathered(f"{_TARGETS}[].weight")
    attained = terms.gathered(f"{_TARGETS}[].attainment")
    cap = number(terms.spec.settings.scoring_limits.attainment_cap)
    measured = f'SUMIFS({weights},{attained},">=0")+SUMIFS({weights},{attained},"<0")'
    sums = scores.capped(attained, cap, measured, weights)
    mean = f"({sums})/({measured})"
    weighted = enough(terms, measured, f"SUM({weights})", mean)
    count = terms.numbers(attained)
    mean = f"({scores.capped(attained, cap, count)})/{count}"
    targets = terms.numbers(terms.column(f"{_TARGETS}[].target"))
    equal = enough(terms, count, targets, mean)
    return score_by_weight(terms, weights, weighted, equal, [_WEIGHT])


def margin(step: str) -> Callable[[Contribution, GivenRow], float | None]:
    """What is left of the revenue after a step: ``net``, ``db1`` … ``db4``; a missing cost ends the chain."""

    def value(_: Contribution, at: GivenRow) -> float | None:
        left: float | None = getattr(at.given.once(_margins)[at.index], step)
        return left

    return value


def _margins(given: Given) -> list[Margins]:
    rows: Sequence[Contribution] = given.rows("controlling.contribution")
    return [
        contribution_margins(
            row.gross_revenue,
            row.deductions,
            row.production,
            row.marketing,
            row.selling,
            row.service,
        )
        for row in rows
    ]


def left_after(before: str, cost: str) -> Callable[[RowTerms], str]:
    """The formula of one step of `margin`: what was left before, less a cost."""

    def formula(row: RowTerms) -> str:
        have, minus = row.cell(before), row.cell(cost)
        return guarded(when(all_numbers(have, minus), f"{have}-{minus}"))

    return formula
