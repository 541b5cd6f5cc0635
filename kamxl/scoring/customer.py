"""The customer: satisfied, loyal, ready to pay, worth it?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kamxl.scoring.errors import ScoreError
from kamxl.scoring.inputs import (
    Values,
    difference,
    known,
    number,
    optional,
    same_length,
    scale,
    series,
    weights_for,
    whole,
)
from kamxl.scoring.limits import LIMITS, reaches
from kamxl.scoring.portfolio import DefaultCriterion
from kamxl.scoring.weighted import (
    Flips,
    WeightedScore,
    combine,
    flips_for,
    weighted_score,
)
from kamxl.texts import Text

PRICE_CRITERIA = (
    DefaultCriterion(
        "benefit", Text("Nutzen unserer Lösung", "Benefit of our solution"), 0.25
    ),
    DefaultCriterion(
        "quality", Text("Bedeutung der Qualität", "Importance of quality"), 0.20
    ),
    DefaultCriterion("switching", Text("Wechselaufwand", "Effort of switching"), 0.15),
    DefaultCriterion(
        "alternatives",
        Text("Verfügbare Alternativen", "Available alternatives"),
        0.20,
        flipped=True,
    ),
    DefaultCriterion(
        "pressure",
        Text("Preisdruck des Einkaufs", "Price pressure from purchasing"),
        0.20,
        flipped=True,
    ),
)
"""Default criteria of price readiness; for the flipped ones a low answer speaks for readiness."""


def satisfaction_index(
    perceived: Values,
    weights: Values | None = None,
    low: float = 1,
    high: float = 5,
    *,
    flipped: Flips = False,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Importance-weighted mean of the perceived performance, 0–100.

    `perceived` is the perceived performance per criterion, `weights` the criteria's importance; the other
    arguments, result and errors are those of `weighted_score`.

    >>> round(satisfaction_index([4, 3, 5], [5, 4, 2], 1, 5).value, 2)
    70.45
    """
    try:
        return weighted_score(
            perceived,
            weights,
            low,
            high,
            flipped=flipped,
            minimum_coverage=minimum_coverage,
        )
    except ScoreError as fault:
        raise type(fault)(
            "perceived" if fault.argument == "values" else fault.argument, fault.wording
        ) from None


@dataclass(frozen=True, slots=True)
class Gap:
    """What was received compared with what was expected."""

    value: float | None
    """Importance-weighted mean gap in points of the scale; negative = disappointed."""
    gaps: tuple[float | None, ...]
    """perceived − expected per criterion."""
    coverage: float
    """Importance of the criteria with both answers / importance of all, 0–1."""


def satisfaction_gap(
    expected: Values,
    perceived: Values,
    weights: Values | None = None,
    low: float = 1,
    high: float = 5,
    *,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> Gap:
    """Perceived − expected per criterion and its importance-weighted mean, in points of the scale.

    Args:
        expected: expectation per criterion, from `low` to `high`; None = not answered.
        perceived: perceived performance per criterion, likewise.
        weights: importance per criterion; None = all equal.
        low: lower end of the scale.
        high: upper end of the scale.
        minimum_coverage: answered importance (0–1) below which the mean is None.

    Source: confirmation/disconfirmation paradigm (Oliver 1980).

    >>> satisfaction_gap([5, 3, 4], [4, 3, None], [2, 1, 1])
    Gap(value=-0.6666666666666666, gaps=(-1.0, 0.0, None), coverage=0.75)
    """
    bottom, top = scale(low, high)
    same_length(len(perceived), expected, "expected")
    hoped, received = (
        series(expected, "expected", bottom, top),
        series(perceived, "perceived", bottom, top),
    )
    gaps = [difference(*pair) for pair in zip(received, hoped, strict=True)]
    importance = weights_for(len(gaps), weights)
    answered = known(gaps, importance)
    weight, total = math.fsum(w for _, w in answered), math.fsum(importance)
    coverage = weight / total if total else 0.0
    value = None
    if weight and reaches(coverage, minimum_coverage):
        value = math.fsum(gap * w for gap, w in answered) / weight
    return Gap(value, tuple(gaps), coverage)


@dataclass(frozen=True, slots=True)
class Nps:
    """Net promoter score with its parts."""

    value: float
    """−100 to 100."""
    promoters: int
    passives: int
    detractors: int
    small_sample: bool
    """Fewer answers than `Limits.nps_sample`: take it as a hint."""


def nps(ratings: Values, sample: int = LIMITS.nps_sample) -> Nps | None:
    """Share of 9–10 minus share of 0–6, times 100.

    Args:
        ratings: whole numbers 0–10; None = not answered.
        sample: answers below which the result is flagged.

    Returns:
        None if nobody answered.

    Raises:
        ScoreError: for a rating that is not a whole number from 0 to 10.

    Source: Reichheld (2003), The One Number You Need to Grow.

    >>> nps([10, 9, 9, 10, 9, 7, 8, 7, 3, 6]).value
    30.0
    """
    answers = [whole(one, "ratings", 0, 10) for one in ratings if one is not None]
    if not answers:
        return None
    promoters = sum(rating >= 9 for rating in answers)
    detractors = sum(rating <= 6 for rating in answers)
    return Nps(
        value=100 * (promoters - detractors) / len(answers),
        promoters=promoters,
        passives=len(answers) - promoters - detractors,
        detractors=detractors,
        small_sample=len(answers) < sample,
    )


@dataclass(frozen=True, slots=True)
class Margins:
    """The customer's contribution, step by step; None from the first missing figure on."""

    net: float | None
    db1: float | None
    db2: float | None
    db3: float | None
    db4: float | None


def contribution_margins(
    gross: float | None,
    deductions: float | None,
    production: float | None,
    marketing: float | None,
    selling: float | None,
    service: float | None,
) -> Margins:
    """Net revenue and contribution margins I to IV; a missing cost stops the chain there.

    Args:
        gross: gross revenue, money.
        deductions: revenue deductions (discounts, bonuses); net = gross − deductions.
        production: production cost; DB I = net − production.
        marketing: marketing cost; DB II = DB I − marketing.
        selling: selling cost; DB III = DB II − selling.
        service: service and transport cost; DB IV = DB III − service.

    Source: multi-level contribution accounting (stufenweise Deckungsbeitragsrechnung), Riebel.

    >>> contribution_margins(1000, 80, 560, 60, 90, 70)
    Margins(net=920.0, db1=360.0, db2=300.0, db3=210.0, db4=140.0)
    >>> contribution_margins(1000, 80, 560, None, 90, 70)
    Margins(net=920.0, db1=360.0, db2=None, db3=None, db4=None)
    """
    left = optional(gross, "gross")
    steps: list[float | None] = []
    for argument, cost in (
        ("deductions", deductions),
        ("production", production),
        ("marketing", marketing),
        ("selling", selling),
        ("service", service),
    ):
        amount = optional(cost, argument)
        left = None if left is None or amount is None else left - amount
        steps.append(left)
    return Margins(*steps)


def customer_lifetime_value(
    margin: float | None,
    retention: float | None,
    discount: float | None,
    first: bool = False,
) -> float | None:
    """Present value of a customer's yearly margins: m·r/(1 + i − r).

    With the first margin now it is m·(1 + i)/(1 + i − r).

    Args:
        margin: contribution margin m per year, money.
        retention: probability r (0–1) that the customer stays another year.
        discount: interest rate i per year, as a share, not below 0.
        first: True if the first margin comes now, for certain.

    Returns:
        None if a number is missing.

    Raises:
        ScoreError: if r ≥ 1 + i (the sum has no end), or for numbers off their scale.

    Source: Gupta/Lehmann (2003), Customers as Assets.

    >>> round(customer_lifetime_value(100, 0.8, 0.1), 2)
    266.67
    >>> round(customer_lifetime_value(100, 0.8, 0.1, first=True), 2)
    366.67
    """
    money = optional(margin, "margin")
    stay = optional(retention, "retention", 0, 1)
    rate = optional(discount, "discount", 0)
    if money is None or stay is None or rate is None:
        return None
    if reaches(stay, 1 + rate):
        raise ScoreError(
            "retention",
            Text(de="muss unter 1 + Zinssatz liegen", en="must be below 1 + discount"),
        )
    return money * ((1 + rate) if first else stay) / (1 + rate - stay)


def churn_index(
    values: Values,
    weights: Values | None = None,
    low: float | Sequence[float] = 1,
    high: float | Sequence[float] = 5,
    *,
    flipped: Flips = False,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """Σ w·(x − min)/(max − min) over the warning signs, 0–100. An index, not a probability.

    Args:
        values: the indicators; None = not known.
        weights: not negative, any sum; None = all equal.
        low: lower end of the scale, for all indicators or for each.
        high: upper end of the scale, for all indicators or for each.
        flipped: True where a *low* value is the warning sign (satisfaction), for all or for each.
        minimum_coverage: answered weight (0–1) below which there is no value.

    Returns:
        Value 0 (no sign of leaving) to 100 (all signs), with coverage and interval.

    >>> round(churn_index([120, 2], [0.5, 0.5], [0, 1], [180, 5], flipped=[False, True]).value, 2)
    70.83
    """
    bottoms, tops = (
        _per_item(len(values), low, "low"),
        _per_item(len(values), high, "high"),
    )
    shares: list[float | None] = []
    for value, bottom, top, flip in zip(
        values, bottoms, tops, flips_for(len(values), flipped), strict=True
    ):
        least, most = scale(bottom, top)
        sign = optional(value, "values", least, most)
        share = None if sign is None else (sign - least) / (most - least)
        if share is not None and flip:
            share = 1 - share
        shares.append(share)
    return combine(shares, weights_for(len(shares), weights), minimum_coverage)


def price_readiness(
    values: Values,
    weights: Values | None = None,
    low: float = 1,
    high: float = 5,
    *,
    flipped: Flips = False,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """How ready the customer is to pay our price, 0–100: the weighted score over `PRICE_CRITERIA` or others.

    Arguments, result and errors are those of `weighted_score`; criteria that speak *against* readiness are
    `flipped`.

    >>> flips = [criterion.flipped for criterion in PRICE_CRITERIA]
    >>> round(price_readiness([5, 4, 4, 2, 1], [c.weight for c in PRICE_CRITERIA], flipped=flips).value, 2)
    86.25
    """
    return weighted_score(
        values, weights, low, high, flipped=flipped, minimum_coverage=minimum_coverage
    )


def _per_item(
    count: int, limits: float | Sequence[float], argument: str
) -> list[float]:
    if isinstance(limits, Sequence):
        same_length(count, limits, argument)
        return [number(limit, argument) for limit in limits]
    return [number(limits, argument)] * count
