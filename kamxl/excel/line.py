"""One text across a whole sheet: ``draw_line(pen, 7, "Scores", CellRole.HEADING, 20, 13)`` fills B7 to M7."""

from __future__ import annotations

from openpyxl.cell import Cell

from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.pen import Formula, Pen
from kamxl.document.layout.grid import Spot

FIRST = 2
"""The column after the margin."""


def draw_line(
    pen: Pen,
    row: int,
    text: str | Formula | None,
    role: CellRole,
    height: float,
    last: int,
) -> Cell:
    """Write a text over all columns up to the last, in a row of this height (points)."""
    pen.height(row, height)
    return pen.write(Spot(row, FIRST, last_column=last), text, role)
