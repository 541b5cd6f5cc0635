"""The weighted score, on which most other scores stand.

Answers on a scale are brought to 0–100 and averaged by weight. An unanswered item drops out and the others
share its weight; how much weight was answered is the score's *coverage*. With answers 4, 3, none, 5 on 1–5
and weights 0.4, 0.3, 0.1, 0.2 the score is 72.22 at a coverage of 0.9.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kamxl.scoring.errors import ScoreError
from kamxl.scoring.inputs import (
    Values,
    known,
    number,
    present,
    same_length,
    scale,
    series,
    weights_for,
)
from kamxl.scoring.limits import LIMITS, reaches
from kamxl.texts import Text

Flips = bool | Sequence[bool]
"""Whether 1 is best: for all items, or for each."""


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """A value with what it rests on. `value` is None where too little was answered."""

    value: float | None
    coverage: float
    """Answered weight / total weight, 0–1."""
    low: float | None
    """The value if every missing answer were the worst possible one."""
    high: float | None
    """The value if every missing answer were the best possible one."""

    def scaled(self, low: float, high: float) -> WeightedScore:
        """The same score on another scale than 0–100."""

        def moved(points: float | None) -> float | None:
            return None if points is None else low + (high - low) * points / 100

        return WeightedScore(
            moved(self.value), self.coverage, moved(self.low), moved(self.high)
        )


NO_SCORE = WeightedScore(None, 0.0, None, None)
"""There is nothing to score."""


def combine(
    shares: Values,
    weights: Sequence[float],
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Weighted mean of shares (0–1, None = missing) as a score of 0–100.

    Args:
        shares: how much of the possible each item reaches, 0–1.
        weights: as many weights as shares, not negative; 0 takes an item out.
        minimum_coverage: answered weight (0–1) below which there is no value.
    """
    threshold = number(minimum_coverage, "minimum_coverage", 0, 1)
    total = math.fsum(weights)
    if total <= 0:
        return NO_SCORE
    given = known(shares, weights)
    answered = math.fsum(weight for _, weight in given)
    points = 100 * math.fsum(share * weight for share, weight in given)
    coverage = answered / total
    value = points / answered if answered > 0 and reaches(coverage, threshold) else None
    return WeightedScore(
        value, coverage, points / total, (points + 100 * (total - answered)) / total
    )


def weighted_score(
    values: Values,
    weights: Values | None = None,
    low: float = 1,
    high: float = 5,
    *,
    flipped: Flips = False,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Σ w·v / Σ w over the answered items, scaled to 0–100 by 100·(v − low)/(high − low).

    Args:
        values: answers from `low` to `high`; None = not answered.
        weights: not negative, any sum (they are normalised); None = all equal. A missing weight takes its
            item out.
        low: lower end of the scale.
        high: upper end of the scale.
        flipped: True where `low` is the best answer (German school marks), for all items or for each.
        minimum_coverage: answered weight (0–1) below which the value is None.

    Returns:
        Value 0–100 with coverage and the interval that the missing answers leave open.

    Raises:
        ScoreError: for a value off the scale, negative or all-zero weights, different lengths.

    Source: scoring model (Punktbewertungsverfahren), e.g. Homburg, Marketingmanagement.

    >>> score = weighted_score([4, 3, None, 5], [0.4, 0.3, 0.1, 0.2], 1, 5)
    >>> round(score.value, 2), round(score.coverage, 9), round(score.low, 2), round(score.high, 2)
    (72.22, 0.9, 65.0, 75.0)
    >>> weighted_score([1, 2], low=1, high=6, flipped=True).value
    90.0
    """
    shares = _shares(values, low, high, flipped)
    return combine(shares, weights_for(len(shares), weights), minimum_coverage)


def _shares(
    values: Values, low: float, high: float, flipped: Flips = False
) -> list[float | None]:
    """How much of the scale each answer reaches, 0–1."""
    bottom, top = scale(low, high)
    answers = series(values, "values", bottom, top)
    flips = flips_for(len(answers), flipped)
    return [
        None if v is None else (top - v if flip else v - bottom) / (top - bottom)
        for v, flip in zip(answers, flips, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """How little of one weight decides on which side of a limit a score lies."""

    index: int
    """Position of the criterion in the input, from 0."""
    change: float
    """What its weight has to rise or fall by, as a share of all weight (0.05 = 5 points)."""
    weight: float
    """Its weight then, 0–1."""


def weight_to_flip(
    values: Values,
    weights: Values | None = None,
    limit: float = LIMITS.segment_cut,
    low: float = 1,
    high: float = 5,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightFlip | None:
    """The smallest change of one weight that brings a weighted score to a limit.

    The other weights make room in proportion: where a criterion scores v, the others among themselves o and all of
    them s (0–100), the score reaches the limit l if the criterion's share of all weight changes by (l − s)/(v − o).

    Args:
        values: answers from `low` to `high`; None = not answered, drops out.
        weights: not negative, any sum; None = all equal.
        limit: the score to be reached, 0–100.
        low: lower end of the scale.
        high: upper end of the scale.
        minimum_coverage: answered weight (0–1) below which there is no score to flip.

    Returns:
        The first of equal changes; None if no weight from 0 to 1 brings the score to the limit.

    Raises:
        ScoreError: as `weighted_score`, and for a limit outside 0–100.

    Source: sensitivity analysis of scoring models (kritische Gewichte).

    >>> flip = weight_to_flip([4, 3, 2, 5], [0.4, 0.3, 0.2, 0.1], 50)
    >>> flip.index, round(flip.change, 4), round(flip.weight, 4)
    (2, 0.2286, 0.4286)
    """
    wanted = number(limit, "limit", 0, 100)
    shares = _shares(values, low, high)
    given = weights_for(len(shares), weights)
    score = combine(shares, given, minimum_coverage).value
    if score is None:
        return None
    answered = [one for one in known(shares, given, range(len(shares))) if one[1] > 0]
    flips = [_flip(one, answered, wanted - score) for one in answered]
    possible = [flip for flip in flips if flip and 0 <= round(flip.weight, 9) <= 1]
    return min(possible, key=_size, default=None)


_Answer = tuple[float, ...]
"""What a criterion reaches of its scale (0–1), its weight, its position."""


def _flip(
    one: _Answer, answered: Sequence[_Answer], missing: float
) -> WeightFlip | None:
    """The change of one weight by which a score gains the missing points; None if it has no influence."""
    share, weight, place = one
    others = [other for other in answered if other is not one]
    rest = math.fsum(other[1] for other in others)
    if not others:
        return None
    mean = math.fsum(other[0] * other[1] for other in others) / rest
    apart = 100 * (share - mean)
    if not round(apart, 9):
        return None
    change = missing / apart + 0.0  # never −0
    return WeightFlip(int(place), change, weight / (weight + rest) + change)


def _size(flip: WeightFlip) -> float:
    """How large a change is; differences of rounding are none."""
    return round(abs(flip.change), 9)


def flips_for(count: int, flipped: Flips) -> Sequence[bool]:
    """`flipped` for each of `count` items."""
    if isinstance(flipped, bool):
        return [flipped] * count
    same_length(count, flipped, "flipped")
    for flip in flipped:
        if not isinstance(flip, bool):
            raise ScoreError(
                "flipped",
                Text(
                    de=f"{flip!r} ist kein Wahrheitswert",
                    en=f"{flip!r} is not true or false",
                ),
            )
    return flipped


def weights_off(weights: Values, tolerance: float = LIMITS.weight_tolerance) -> bool:
    """Whether weights meant to make up 1 are off by more than `tolerance` (they are normalised all the same).

    >>> weights_off([0.4, 0.3, 0.3]), weights_off([0.4, 0.3, 0.2]), weights_off([])
    (False, True, False)
    """
    given = present(series(weights, "weights"))
    return bool(given) and round(abs(math.fsum(given) - 1), 9) > tolerance
