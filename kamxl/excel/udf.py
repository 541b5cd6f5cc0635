"""The module that Excel loads: every worksheet function, by the name that a cell uses.

A function is exposed here by being declared: the modules register what they hold in `FUNCTIONS`. This module and all
it imports load without pandas, openpyxl and pydantic, so that it also runs where Python runs in a browser.
"""

from __future__ import annotations

from kamxl.excel.functions import (  # noqa: F401 - they declare the functions
    bridge,
    goals,
    people,
    portfolio,
    revenue,
    scores,
)
from kamxl.excel.functions.function import FUNCTIONS

__all__ = sorted(FUNCTIONS)  # noqa: PLE0605 - the register knows what there is

globals().update({name: function.call for name, function in FUNCTIONS.items()})
