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

from kamxl import scoring

Deals = Sequence[tuple[float, float]]
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
    assert distribution.sums == (100, 150)
    assert distribution.cumulated == (0.5, 1)
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


def reference(
    values: Sequence[float], chances: Sequence[float], step: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The same distribution by numpy on a grid of `step`."""
    cells = [round(value / step) for value in values]
    masses = np.zeros(sum(cells) + 1)
    masses[0] = 1
    for cell, chance in zip(cells, chances, strict=True):
        moved = np.zeros_like(masses)
        moved[cell:] = masses[: len(masses) - cell]
        masses = masses * (1 - chance) + moved * chance
    return masses
