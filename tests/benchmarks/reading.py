"""What reading a plan costs: `python -m tests.benchmarks.reading` prints it.

The plan is the largest under the built-in settings, with an entry in each of its 1,600 fields.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from kamxl.plan.document import extract_plan, read_plan
from kamxl.xlsx.cells import read_book
from tests.benchmarks.scores import best
from tests.plan_files import full_plan, saved


def reading_seconds(repeat: int = 20) -> tuple[float, float, float]:
    """Best time of the cells, of finding the fields in them, and of both."""
    with TemporaryDirectory() as folder:
        plan = saved(full_plan(), Path(folder) / "plan.xlsx")
        book = read_book(plan)
        extract_plan(book)  # the specification is made once per company
        return (
            best(lambda: read_book(plan), repeat),
            best(lambda: extract_plan(book), repeat),
            best(lambda: read_plan(plan), repeat),
        )


if __name__ == "__main__":
    cells, finding, both = reading_seconds()
    print(
        f"cells {cells * 1000:.1f} ms, fields {finding * 1000:.1f} ms, together {both * 1000:.1f} ms"
    )
