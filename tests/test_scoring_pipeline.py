"""The pipeline's distribution against brute force, and against a grid much finer than its own."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamxl.scoring.distribution
from kamxl import scoring
from kamxl.excel.functions.revenue import KAM_PIPELINE_PROB

Deals = Sequence[tuple[float, float]]
FloatArray = np.ndarray[tuple[int], np.dtype[np.float64]]
deals_strategy = st.lists(
    st.tuples(st.integers(0, 50).map(lambda n: n * 1000.0), st.floats(0, 1)), max_size=9
)


def brute_force(deals: Deals) -> list[tuple[float, float]]:
    """Every outcome with its probability."""
    outcomes = []
    for won in itertools.product((False, True), repeat=len(deals)):
        total = sum(value for (value, _), win in zip(deals, won, strict=True) if win)
        mass = math.prod(
            p if win else 1 - p for (_, p), win in zip(deals, won, strict=True)
        )
        outcomes.append((total, mass))
    return sorted(outcomes)


@given(deals_strategy.filter(bool), st.integers(0, 800).map(lambda n: n * 500.0))
@settings(max_examples=60, deadline=None)
def test_equals_brute_force(deals: Deals, target: float) -> None:
    """For few deals every probability is that of the full enumeration."""
    values, chances = zip(*deals, strict=True)
    expected = math.fsum(mass for total, mass in brute_force(deals) if total >= target)
    result = scoring.pipeline_probability(values, chances, target)
    assert result == pytest.approx(expected, abs=1e-9)


@given(deals_strategy.filter(bool))
@settings(max_examples=40, deadline=None)
def test_bounded_and_monotone(deals: Deals) -> None:
    """Quantiles rise from the certain minimum to the sum of all; reaching more is never likelier."""
    values, chances = zip(*deals, strict=True)
    distribution = scoring.pipeline_distribution(values, chances)
    assert distribution is not None
    quantiles = [distribution.quantile(q / 20) for q in range(21)]
    assert quantiles == sorted(quantiles)
    assert quantiles[0] >= 0
    assert quantiles[-1] <= sum(values) + 1e-6
    reach = [distribution.at_least(sum(values) * i / 10) for i in range(11)]
    assert reach == sorted(reach, reverse=True)
    assert reach[0] == 1


def test_grid_stays_exact_for_round_amounts() -> None:
    """Forty deals in steps of 5,000 fit the grid: no error, and the same as a convolution in numpy."""
    numbers = random.Random(3)  # noqa: S311
    values = [5_000.0 * numbers.randint(1, 100) for _ in range(40)]
    chances = [numbers.random() for _ in values]
    distribution = scoring.pipeline_distribution(values, chances)
    assert distribution is not None
    assert distribution.error == 0
    masses = reference(values, chances, 5_000)
    assert distribution.at_least(5e6) == pytest.approx(masses[1000:].sum(), abs=1e-12)


def test_grid_keeps_its_stated_error() -> None:
    """200 odd amounts: each quantile lies within the stated error of a grid of 500 currency units."""
    numbers = random.Random(7)  # noqa: S311
    values = [numbers.uniform(0, 1e7) for _ in range(200)]
    chances = [numbers.random() for _ in values]
    distribution = scoring.pipeline_distribution(values, chances)
    assert distribution is not None
    assert 0 < distribution.error < 0.005 * sum(values)
    fine = 500.0
    cumulated = np.cumsum(reference(values, chances, fine))
    for q in (0.01, 0.1, 0.5, 0.9, 0.99):
        exact = float(np.searchsorted(cumulated, q)) * fine
        assert abs(distribution.quantile(q) - exact) <= distribution.error + 200 * fine
        assert distribution.quantile(q) == pytest.approx(exact, rel=0.001), (
            "in practice far closer"
        )


def test_certain_and_impossible_deals() -> None:
    """A deal at 100 % shifts all sums, one at 0 % changes nothing; incomplete deals are counted apart."""
    distribution = scoring.pipeline_distribution(
        [100, 50, 70, 30, None], [1, 0.5, 0, None, None]
    )
    assert distribution is not None
    assert [distribution.quantile(q) for q in (0, 0.5, 0.51, 1)] == [100, 100, 150, 150]
    assert [distribution.at_least(target) for target in (100, 101, 151)] == [1, 0.5, 0]
    assert (distribution.deals, distribution.left_out) == (3, 1)
    assert scoring.pipeline_distribution([], []) is None
    assert scoring.pipeline_quantile([None], [0.5], 0.5) is None


@pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
def test_unit_does_not_matter(unit: float) -> None:
    """Deals in millions give the same probabilities as deals in euros."""
    values = [1.234567 * unit, 0.9 * unit, 0.334567 * unit]
    target = values[1] + values[2]
    assert scoring.pipeline_probability(
        values, [0.5, 0.5, 0.5], target
    ) == pytest.approx(0.625)


cents = st.integers(1, 5_000_000).map(lambda n: n / 100)
odd_deals = st.lists(
    st.tuples(cents, st.sampled_from([0.05, 0.3, 0.5, 0.8, 0.95])),
    min_size=12,
    max_size=18,
)


def all_sums(
    deals: Deals,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], FloatArray]:
    """Every outcome in cents with its probability, by numpy: no sum meets another."""
    sums, masses = np.zeros(1, dtype=np.int64), np.ones(1)
    for value, chance in deals:
        sums = np.concatenate([sums, sums + round(value * 100)])
        masses = np.concatenate([masses * (1 - chance), masses * chance])
    return sums, masses


@given(odd_deals, st.data())
@settings(max_examples=15, deadline=None)
def test_exact_at_every_sum_of_some_deals(deals: Deals, data: st.DataObject) -> None:
    """A target that is itself a sum of deals is reached with the probability of the full enumeration."""
    values, chances = zip(*deals, strict=True)
    coming = data.draw(
        st.lists(st.booleans(), min_size=len(deals), max_size=len(deals))
    )
    target = sum(value for value, comes in zip(values, coming, strict=True) if comes)
    sums, masses = all_sums(deals)
    expected = float(masses[sums >= round(target * 100)].sum())
    result = scoring.pipeline_probability(values, chances, target)
    assert result == pytest.approx(expected, abs=1e-9)


@given(odd_deals, st.floats(0.001, 0.999))
@settings(max_examples=15, deadline=None)
def test_quantile_is_that_of_all_outcomes(deals: Deals, quantile: float) -> None:
    """A quantile is the very sum of deals at which the outcomes below, laid end to end, come that far."""
    values, chances = zip(*deals, strict=True)
    sums, masses = all_sums(deals)
    result = scoring.pipeline_quantile(values, chances, quantile)
    assert result is not None
    cents = round(result * 100)
    assert cents in sums
    assert float(masses[sums <= cents].sum()) >= quantile - 1e-9
    assert float(masses[sums < cents].sum()) <= quantile + 1e-9


@pytest.mark.parametrize("count", [16, 22])
def test_every_sum_of_some_deals_is_enumerated(count: int) -> None:
    """Up to 22 deals of any amounts need no grid; equal ones are few sums however many they are."""
    numbers = random.Random(count)  # noqa: S311
    values = [numbers.randint(1, 10**8) / 100 for _ in range(count)]
    odd = scoring.pipeline_distribution(values, [0.4] * count)
    equal = scoring.pipeline_distribution([1234.56] * 100 * count, [0.4] * 100 * count)
    assert odd is not None
    assert equal is not None
    assert (odd.error, equal.error) == (0, 0)


@pytest.mark.parametrize(
    ("count", "missing"),
    [(15, 0), (15, 2), (17, 1), (20, 2), (40, 0), (40, 2), (150, 0), (150, 1)],
)
def test_likely_sums_are_never_missed(count: int, missing: int) -> None:
    """All deals at 98 %: the sum of all, or of all but the smallest ones, is reached as often as it should be."""
    values = [round(100_000.01 + 777.77 * i**2, 2) for i in range(count)]
    lost = round(sum(values[:missing]), 2)
    absent = itertools.chain.from_iterable(
        itertools.combinations(values, size) for size in range(3)
    )
    exact = math.fsum(
        0.02 ** len(deals) * 0.98 ** (count - len(deals))
        for deals in absent
        if round(sum(deals), 2) <= lost
    )
    result = scoring.pipeline_probability(values, [0.98] * count, sum(values[missing:]))
    assert result == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_stated_error_holds_at_every_sum(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """20 odd deals, not enumerated: the probability lies between those of the target plus and less the stated error."""
    monkeypatch.setattr(kamxl.scoring.distribution, "EXACT_SUMS", 1)
    numbers = random.Random(seed)  # noqa: S311
    deals = [
        (numbers.randint(1, 10**7) / 100, numbers.choice([0.02, 0.4, 0.6, 0.97]))
        for _ in range(20)
    ]
    values, chances = zip(*deals, strict=True)
    distribution = scoring.pipeline_distribution(values, chances)
    assert distribution is not None
    sums, masses = all_sums(deals)
    error = distribution.error * 100
    assert error > 0
    for target in numbers.choices(sums.tolist(), masses.tolist(), k=40):
        least = masses[sums >= target + error].sum()
        most = masses[sums >= target - error].sum()
        result = distribution.at_least(target / 100)
        assert least - 1e-9 <= result <= most + 1e-9


def test_worksheet_function_and_score_agree_at_a_sum_of_deals() -> None:
    """KAM_PIPELINE_PROB and KAM_PIPELINE_QUANTILE are the score, beyond what can be enumerated too."""
    values = [round(100_000.01 + 777.77 * i**2, 2) for i in range(30)]
    column, chances = [[value] for value in values], [[0.95]] * 30
    target = sum(values)
    assert KAM_PIPELINE_PROB(column, chances, target) == scoring.pipeline_probability(
        values, [0.95] * 30, target
    )
    assert KAM_PIPELINE_PROB(column, chances, target) == pytest.approx(0.95**30)


def reference(
    values: Sequence[float], chances: Sequence[float], step: float
) -> FloatArray:
    """The same distribution by numpy on a grid of `step`."""
    cells = [round(value / step) for value in values]
    masses = np.zeros(sum(cells) + 1)
    masses[0] = 1
    for cell, chance in zip(cells, chances, strict=True):
        moved = np.zeros_like(masses)
        moved[cell:] = masses[: len(masses) - cell]
        masses = masses * (1 - chance) + moved * chance
    return masses
