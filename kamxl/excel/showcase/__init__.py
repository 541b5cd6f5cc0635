"""The scoring workbook's content: every worksheet function with an example, explained.

`FAMILIES` is data alone; `kamxl.excel.showcase.draw` makes sheets of it, `kamxl.excel.showcase.workbook` the file.
"""

from __future__ import annotations

from kamxl.excel.showcase.bridge import BRIDGE
from kamxl.excel.showcase.customer import CUSTOMER
from kamxl.excel.showcase.goals import GOALS
from kamxl.excel.showcase.people import PEOPLE
from kamxl.excel.showcase.pipeline import PIPELINE
from kamxl.excel.showcase.revenue import REVENUE
from kamxl.excel.showcase.scores import SCORES

__all__ = ["FAMILIES"]

FAMILIES = (SCORES, REVENUE, PIPELINE, BRIDGE, PEOPLE, CUSTOMER, GOALS)
"""One sheet each."""
