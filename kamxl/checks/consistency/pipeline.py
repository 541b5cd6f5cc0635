"""Open projects: dates in their order, a probability that fits the stage."""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency.look import Look
from kamxl.checks.problem import Problem
from kamxl.checks.rules import plan as rules
from kamxl.document.vocabulary import Kind
from kamxl.plan.opportunities import CLOSED_STAGES, Stage

__all__ = ["check_dates", "check_stages"]

# Usual chances per stage: wide enough that only a contradiction falls out.
USUAL_CHANCE = {
    Stage.IDEA: (0.0, 0.4),
    Stage.QUALIFIED: (0.0, 0.6),
    Stage.OFFER: (0.05, 0.8),
    Stage.NEGOTIATION: (0.2, 0.95),
    Stage.VERBALLY_AGREED: (0.6, 1.0),
    Stage.WON: (1.0, 1.0),
    Stage.LOST: (0.0, 0.0),
    Stage.ON_HOLD: (0.0, 0.5),
}


def check_dates(look: Look) -> Iterator[Problem]:
    """Close date before offer date; close date in the past of a project that is still open."""
    for index, row in enumerate(look.plan.opportunities.open):
        close = row.close_date
        if close is None:
            continue
        path = f"opportunities.open[{index}].close_date"
        details = {"project": row.project or "–", "value": look.shown(close)}
        if row.offer_date is not None and close < row.offer_date:
            yield Problem(
                rules.CLOSE_BEFORE_OFFER,
                path,
                {**details, "offer": look.shown(row.offer_date)},
            )
        if close < look.today and row.stage not in CLOSED_STAGES:
            yield Problem(rules.CLOSE_DATE_PAST, path, details)


def check_stages(look: Look) -> Iterator[Problem]:
    """A probability that its stage contradicts: won at 60 %, a mere idea at 90 %."""
    for index, row in enumerate(look.plan.opportunities.open):
        if row.stage is None or row.probability is None:
            continue
        low, high = USUAL_CHANCE[row.stage]
        if low - 1e-9 <= row.probability <= high + 1e-9:
            continue
        yield Problem(
            rules.STAGE_PROBABILITY,
            f"opportunities.open[{index}].probability",
            {
                "value": look.shown(row.probability, Kind.PERCENT),
                "stage": row.stage.label,
                "project": row.project or "–",
                "low": look.shown(low, Kind.PERCENT),
                "high": look.shown(high, Kind.PERCENT),
            },
        )
