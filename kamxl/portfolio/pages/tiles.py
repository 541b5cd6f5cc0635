"""The upper part of an overview: a row of links and figures as tiles, on a grid of twelve equal columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kamxl.document.drawing.colours import RED
from kamxl.document.drawing.looks import CellRole
from kamxl.document.layout.grid import Spot
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.summary import KeyFigure
from kamxl.portfolio.pages.paper import FIRST, Paper
from kamxl.texts import Text

GRID = 12
"""Columns of the grid."""
LAST = FIRST + GRID - 1
SEVERITY_COLOURS = (RED, "7FA7C9", "E0A030", "A9B2BC")
"""Errors, open entries, warnings, hints in a chart."""

_NO_VALUE = "–"
_WIDTH = 14.4
_TILES_PER_ROW = 6


def set_grid(paper: Paper) -> None:
    """Give the sheet its twelve columns."""
    for column in range(FIRST, LAST + 1):
        paper.width(column, _WIDTH)


def draw_links(paper: Paper, sheets: Iterable[Text], row: int) -> int:
    """Draw links to the other sheets, as many in a row as the grid has columns; returns the row below."""
    last = row
    for index, title in enumerate(sheets):
        down, across = divmod(index, GRID)
        last, name = row + down, paper.say(title)
        paper.height(last, 19.0)
        place = paper.report.place_of(name)
        paper.link(Spot(last, FIRST + across), place, name, CellRole.BAR)
    paper.height(last + 1, 6.0)
    return last + 2


def draw_tiles(paper: Paper, figures: Sequence[KeyFigure], row: int) -> int:
    """Draw the figures as tiles and return the last row."""
    room = GRID // _TILES_PER_ROW
    for index, figure in enumerate(figures):
        down, across = divmod(index, _TILES_PER_ROW)
        top, left = row + 4 * down, FIRST + room * across
        label = Spot(top, left, last_column=left + room - 1)
        value, kind = figure.value, figure.kind
        shown = (value, kind) if value is not None else (_NO_VALUE, Kind.TEXT)
        paper.write(label, figure.label, CellRole.TILE_LABEL)
        paper.write(replace(label, row=top + 1), shown[0], CellRole.TILE, shown[1])
        paper.write(replace(label, row=top + 2), figure.note, CellRole.TILE_NOTE)
        for offset, points in enumerate((18.0, 24.0, 30.0, 6.0)):
            paper.height(top + offset, points)
    return row + 4 * (len(figures) // _TILES_PER_ROW) - 1
