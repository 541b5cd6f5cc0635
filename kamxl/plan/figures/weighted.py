"""What scores by weight have in common: missing weights in Python, coverage and wrong entries in the workbook.

Missing answers drop out and the rest is renormalised, below the minimum coverage there is no score, and an entry off
its scale makes the whole score empty rather than wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kamxl.document.figures import Given
from kamxl.document.formulas.scores import covered
from kamxl.document.formulas.terms import Terms, guarded, when
from kamxl.scoring import Limits


def limits_of(given: Given) -> Limits:
    """The limits of the scores that the settings give."""
    limits: Limits = given.settings.scoring_limits
    return limits


def weights_or_equal(weights: Sequence[float | None]) -> Sequence[float | None] | None:
    """The weights as entered; None (all equal) where not one is entered."""
    return weights if any(weight is not None for weight in weights) else None


def score_by_weight(
    terms: Terms, weights: str, weighted: str, equal: str, checked: Iterable[str]
) -> str:
    """The formula of a score by weight, or with equal weights where none is entered.

    Args:
        terms: the words of the sheet.
        weights: the range of the weights.
        weighted: the score where there are weights.
        equal: the score where there are none.
        checked: patterns of the columns of which no entry may be off its scale, or there is no score.
    """
    outside = "+".join(terms.outside(pattern) for pattern in checked)
    score = when(f"{terms.numbers(weights)}=0", equal, weighted)
    return guarded(when(f"{outside}=0", score))


def enough(terms: Terms, answered: str, total: str, value: str) -> str:
    """The value where as much of the weight was answered as the settings ask for."""
    minimum = terms.spec.settings.scoring_limits.minimum_coverage
    return covered(f"({answered})/{total}", value, minimum)
