"""The bridge to the plan year's target against brute force: every outcome, every day, every weight."""

from __future__ import annotations

import datetime as dt
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamxl import scoring
from kamxl.scoring import distribution

cents = st.integers(0, 5_000_000).map(lambda n: n / 100)
chances = st.one_of(st.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0]), st.floats(0, 1))
deals_strategy = st.lists(st.tuples(cents, chances), max_size=16)
Deals = list[tuple[float, float]]


def reached(missing: int, deals: Deals) -> float:
    """The mass of all outcomes that bring at least so many cents."""
    sums, masses = np.zeros(1, dtype=np.int64), np.ones(1)
    for value, chance in deals:
        sums = np.concatenate([sums, sums + round(value * 100)])
        masses = np.concatenate([masses * (1 - chance), masses * chance])
    return float(masses[sums >= missing].sum())


@given(deals_strategy, cents, cents, st.data())
@settings(max_examples=25, deadline=None)
def test_target_against_all_outcomes(
    deals: Deals, base: float, won: float, data: st.DataObject
) -> None:
    """Probability and loss of each deal are those of the full enumeration, at a sum of deals too."""
    coming = data.draw(
        st.lists(st.booleans(), min_size=len(deals), max_size=len(deals))
    )
    short = data.draw(st.sampled_from([-1, 0, 0, 1, 100_000]))
    wanted = (
        sum(
            round(value * 100)
            for (value, _), comes in zip(deals, coming, strict=True)
            if comes
        )
        + short
    )
    sure = round(base * 100) + round(won * 100)
    effects, probabilities = (
        [value for value, _ in deals],
        [chance for _, chance in deals],
    )
    question = ((sure + wanted) / 100, base, won, effects, probabilities)
    whole = reached(wanted, deals)
    assert scoring.target_probability(*question) == pytest.approx(whole, abs=1e-9)
    found = scoring.deal_dependence(*question)
    assert sorted(deal.index for deal in found) == list(range(len(deals)))
    assert [deal.loss for deal in found] == sorted(
        (deal.loss for deal in found), reverse=True
    )
    for deal in found:
        without = reached(wanted, deals[: deal.index] + deals[deal.index + 1 :])
        assert deal.without == pytest.approx(without, abs=1e-9)
        assert deal.loss == pytest.approx(whole - without, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_leaving_out_each_of_many_deals(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not enumerated: without each deal, a certain, an impossible and a twin too, the stated error holds."""
    monkeypatch.setattr(distribution, "EXACT_SUMS", 1)
    draw = random.Random(seed)  # noqa: S311
    deals = [
        (draw.randint(1, 10**7) / 100, draw.choice([0.02, 0.4, 0.6, 0.97]))
        for _ in range(12)
    ]
    deals += [deals[3], (12_345.67, 1.0), (99_999.99, 0.0), (0.0, 0.5)]
    found = distribution.distributions_without_each(deals)
    assert len(found) == len(deals)
    for place, without in enumerate(found):
        others = deals[:place] + deals[place + 1 :]
        error = round(without.error * 100) + 1
        assert error > 1
        for _ in range(10):
            coming = [value for value, _ in others if draw.random() < 0.5]
            target = round(sum(coming) * 100)
            least, most = (
                reached(target + error, others),
                reached(target - error, others),
            )
            assert least - 1e-9 <= without.at_least(target / 100) <= most + 1e-9


def test_bridge_leaves_out_what_is_not_known() -> None:
    """A deal without its effect or chance is in no figure, and is counted; nothing of it is taken as 0."""
    effects, probabilities = [500_000, None, 80_000, None], [0.2, 0.6, None, None]
    bridge = scoring.revenue_bridge(None, 1_000, None, effects, probabilities)
    assert bridge == scoring.Bridge(1_000, 0, 100_000, 101_000, None, 1, 2)
    (only,) = scoring.deal_dependence(400_000, 1_000, None, effects, probabilities)
    assert (only.index, only.loss) == (0, pytest.approx(0.2))


@pytest.mark.parametrize("seed", range(4))
def test_effect_is_that_of_each_day(seed: int) -> None:
    """Day by day, the days of the term that lie in a year have their share; all years together make the value."""
    draw = random.Random(seed)  # noqa: S311
    for _ in range(40):
        start = dt.date(2024, 1, 1) + dt.timedelta(days=draw.randrange(1_500))
        term, year = draw.randint(1, 60), draw.randint(2024, 2029)
        months = start.month - 1 + term
        following = dt.date(start.year + (months + 1) // 12, (months + 1) % 12 + 1, 1)
        last = (following - dt.timedelta(days=1)).day
        end = dt.date(start.year + months // 12, months % 12 + 1, min(start.day, last))
        days = [start + dt.timedelta(days=day) for day in range((end - start).days)]
        share = sum(day.year == year for day in days) / len(days)
        effect = scoring.plan_year_effect(1e6, start, term, year)
        assert effect == pytest.approx(1e6 * share)
        every = [
            scoring.plan_year_effect(1e6, start, term, one) for one in range(2024, 2036)
        ]
        assert math.fsum(one for one in every if one) == pytest.approx(1e6)


@pytest.mark.parametrize("seed", range(40))
def test_no_smaller_change_of_a_weight_flips(seed: int) -> None:
    """The named change brings the score to the limit, and no other single weight does so with less."""
    draw = random.Random(seed)  # noqa: S311
    values = [draw.choice([None, *range(1, 6)]) for _ in range(draw.randint(2, 6))]
    weights = [draw.choice([0.0, draw.random(), draw.random()]) for _ in values]
    limit = draw.uniform(0, 100)
    if not any(weights):
        return
    flip = scoring.weight_to_flip(values, weights, limit, minimum_coverage=0)
    total = math.fsum(w for v, w in zip(values, weights, strict=True) if v is not None)

    def score(place: int, change: float) -> float | None:
        """The score once a weight has risen by a part of all weight, the others in proportion."""
        share = weights[place] / total
        others = (1 - share - change) / (1 - share)
        moved = [others * w / total for w in weights]
        moved[place] = share + change
        return scoring.weighted_score(values, moved, minimum_coverage=0).value

    best = flip.change if flip else 1.0
    if flip:
        assert score(flip.index, flip.change) == pytest.approx(limit, abs=1e-6)
        assert weights[flip.index] / total + flip.change == pytest.approx(flip.weight)
    now = scoring.weighted_score(values, weights, minimum_coverage=0).value
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        if now is None or value is None or not 0 < weight < total:
            continue
        for change in np.linspace(-weight / total, 1 - weight / total, 201):
            moved = score(place, float(change))
            if moved is not None and (moved - limit) * (now - limit) < 0:
                assert abs(change) >= abs(best) - 1e-9
