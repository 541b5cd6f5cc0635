"""That thousands of plans are a matter of seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.plans import filled, ratio, reading


@pytest.mark.slow
def test_reading_and_checking_takes_less_than_openpyxl_takes_to_read(tmp_path: Path) -> None:
    """A plan is read and judged in less than two thirds of the time that openpyxl takes for its bare cells."""
    filled(tmp_path / "plans", 3)
    times = reading(sorted((tmp_path / "plans").iterdir()), 9)
    assert ratio(times, "kamxl reads and checks", "openpyxl, read-only") > 1.5
