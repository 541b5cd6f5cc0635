"""How long a plan may take to read."""

from __future__ import annotations

import pytest

from tests.benchmarks.reading import reading_seconds


@pytest.mark.slow
def test_the_largest_plan_is_read_in_an_instant() -> None:
    """1,600 entries: their fields are found in less than 10 ms, the whole file is read in less than 40."""
    _, finding, together = reading_seconds(repeat=15)
    assert finding < 0.010
    assert together < 0.040
