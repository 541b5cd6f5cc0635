"""How long a cell may wait."""

from __future__ import annotations

import pytest

from tests.benchmarks.scores import cell_seconds, quantile_seconds


@pytest.mark.slow
def test_pipeline_of_two_hundred_deals() -> None:
    """The distribution of 200 deals of up to 10 million takes less than 50 ms."""
    assert quantile_seconds(repeat=15) < 0.05


@pytest.mark.slow
def test_a_cell_that_reads_five_thousand_rows() -> None:
    """KAM_SCORE on 5,000 rows takes less than 20 ms, xlwings' conversion included."""
    assert cell_seconds() < 0.02
