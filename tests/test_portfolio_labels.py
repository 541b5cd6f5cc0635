"""Names in the portfolio chart: none overlaps another, whatever the accounts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations, product

import pytest

from kamxl.portfolio.pages.labels import (
    Label,
    Plot,
    Side,
    Spotted,
    place_labels,
)

PLOT = Plot(400, 290)
MOST = 40


def spread(seed: int, width: float = 100.0) -> list[Spotted]:
    """Forty accounts anywhere in a part of the plot, the largest first."""
    dice = random.Random(seed)  # noqa: S311 - figures to try, no secret
    places = [(dice.uniform(0, width), dice.uniform(0, width)) for _ in range(MOST)]
    sizes = sorted((dice.random() ** 3 for _ in range(MOST)), reverse=True)
    return [
        Spotted("Name " * dice.randint(1, 4), str(number), *place, size / sizes[0])
        for number, (place, size) in enumerate(zip(places, sizes, strict=True), start=1)
    ]


def shown(labels: Sequence[Label]) -> list[Label]:
    """The labels that are written."""
    return [label for label in labels if label.text]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("width", [100.0, 30.0, 0.0])
def test_no_two_labels_overlap(seed: int, width: float) -> None:
    """Forty accounts, spread, crowded or all in one place: no label overlaps another, and none leaves the plot."""
    labels = shown(place_labels(spread(seed, width), PLOT))
    assert not any(
        one.box.overlaps(other.box) for one, other in combinations(labels, 2)
    )
    assert all(label.box.within(PLOT) for label in labels)


@pytest.mark.parametrize("seed", range(20))
def test_spread_accounts_are_all_told(seed: int) -> None:
    """Forty accounts anywhere in the plot: nine of ten at least have their name or their number."""
    labels = place_labels(spread(seed), PLOT)
    assert len(labels) == MOST
    assert len(shown(labels)) >= MOST * 0.9


def test_accounts_apart_have_their_names() -> None:
    """Where there is room, each bubble is named."""
    places = product((20, 60), (10, 30, 50, 70, 90))
    bubbles = [
        Spotted(f"Account {x} {y}", "1", float(x), float(y), 0.1) for x, y in places
    ]
    labels = place_labels(bubbles, PLOT)
    assert [label.text for label in labels] == [bubble.name for bubble in bubbles]


def test_a_number_stands_inside_large_bubbles_only() -> None:
    """A number that stands upon its bubble is no larger than the bubble, at the smallest size that it is drawn at."""
    for seed in range(20):
        bubbles = spread(seed, 40.0)
        for bubble, label in zip(bubbles, place_labels(bubbles, PLOT), strict=True):
            if label.side is Side.INSIDE:
                radius = bubble.size**0.5 * 0.1 * PLOT.height
                assert label.box.right - label.box.left <= 2 * radius


def test_accounts_in_one_place_are_told_apart() -> None:
    """Of two accounts in one place each has a label of its own."""
    bubbles = [
        Spotted(name, str(n), 95, 95, 1 / n)
        for n, name in enumerate(("Wasserwerk", "Molkerei"), start=1)
    ]
    assert len({label.text for label in place_labels(bubbles, PLOT)} - {""}) == 2
