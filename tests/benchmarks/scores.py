"""What a score costs: `python -m tests.benchmarks.scores` prints it.

The distribution of a pipeline of 200 deals is put beside a plain Monte Carlo simulation of 100,000 draws, in time and
in what both say; the call of a worksheet function on 5,000 rows goes through xlwings' real conversion.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from kamxl import scoring
from tests.clients.xlwings_host import Excel

DEALS = 200
DRAWS = 100_000
ROWS = 5_000
QUANTILES = (0.1, 0.5, 0.9)


def pipeline(deals: int = DEALS, seed: int = 1) -> tuple[list[float], list[float]]:
    """Values up to 10 million, to the cent, and probabilities."""
    numbers = random.Random(seed)  # noqa: S311 - a benchmark wants the same deals each time
    values = [round(numbers.uniform(0, 10_000_000), 2) for _ in range(deals)]
    return values, [numbers.random() for _ in range(deals)]


def quantile_seconds(repeat: int = 5) -> float:
    """Best time of one `pipeline_quantile` for 200 deals."""
    values, chances = pipeline()
    return best(lambda: scoring.pipeline_quantile(values, chances, 0.1), repeat)


def cell_seconds() -> float:
    """Best time of one KAM_SCORE on a range of 5,000 rows, inside the process that Excel calls."""
    missing = {"missing": True}
    with Excel() as excel:
        return excel.time(
            "KAM_SCORE", [[1 + row % 5] for row in range(ROWS)], *[missing] * 6
        )


def simulated(
    values: Sequence[float], chances: Sequence[float], draws: int, seed: int = 2
) -> list[float]:
    """The sums of as many simulated years, ascending."""
    numbers = random.Random(seed).random  # noqa: S311
    deals = list(zip(values, chances, strict=True))
    return sorted(
        sum(value for value, chance in deals if numbers() < chance)
        for _ in range(draws)
    )


def best(work: Callable[[], object], repeat: int) -> float:
    """Seconds of the fastest of some runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    values, chances = pipeline()
    print(f"pipeline_quantile, {DEALS} deals: {quantile_seconds() * 1000:.1f} ms")
    start = time.perf_counter()
    sums = simulated(values, chances, DRAWS)
    print(
        f"Monte Carlo, {DRAWS:,} draws: {(time.perf_counter() - start) * 1000:,.0f} ms"
    )
    distribution = scoring.pipeline_distribution(values, chances)
    assert distribution is not None
    for quantile in QUANTILES:
        drawn = sums[int(quantile * DRAWS)]
        print(
            f"  P{quantile * 100:.0f}: {distribution.quantile(quantile):>15,.0f}   simulated {drawn:>15,.0f}"
        )
    print(
        f"  the grid is off by {distribution.error:,.0f} at most, {distribution.error / sum(values):.2%} of all deals"
    )
    print(
        f"KAM_SCORE on {ROWS:,} rows, conversion included: {cell_seconds() * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
