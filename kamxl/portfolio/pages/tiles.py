"""The upper part of an overview: a row of links and figures as tiles, on a grid of twelve equal columns."""

from __future__ import annotations

from dataclasses import dataclass

from kamxl.document.drawing.styles import RED
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.paper import FIRST, Paper

__all__ = [
    "GRID",
    "LAST",
    "SEVERITY_COLOURS",
    "Tile",
    "draw_links",
    "draw_tiles",
    "set_grid",
]

GRID = 12
"""Columns of the grid."""
LAST = FIRST + GRID - 1
SEVERITY_COLOURS = (RED, "E0A030", "A9B2BC")
"""Errors, warnings, hints in a chart."""

_WIDTH = 15.5
_TILES_PER_ROW = 6


@dataclass(frozen=True)
class Tile:
    """One figure: its name, its value, and a note (over how many accounts it was formed, or what is behind it)."""

    label: str
    value: float | None
    kind: Kind
    note: str = ""


def set_grid(paper: Paper) -> None:
    """Give the sheet its twelve columns."""
    for column in range(FIRST, LAST + 1):
        paper.width(column, _WIDTH)


def draw_links(paper: Paper, sheets: list[str], row: int) -> None:
    """Draw a row of links to the other sheets."""
    paper.height(row, 19.0)
    paper.height(row + 1, 6.0)
    for column, name in enumerate(sheets, FIRST):
        paper.jump(paper.write(row, column, name, "bar"), name)


def draw_tiles(paper: Paper, figures: list[Tile], row: int) -> int:
    """Draw the tiles and return the last row."""
    room = GRID // _TILES_PER_ROW
    for index, tile in enumerate(figures):
        top = row + 4 * (index // _TILES_PER_ROW)
        left = FIRST + room * (index % _TILES_PER_ROW)
        right = left + room - 1
        value = paper.say(wording.NO_VALUE) if tile.value is None else tile.value
        paper.write(top, left, tile.label, "tile_label", last_column=right)
        paper.write(
            top + 1,
            left,
            value,
            "tile",
            tile.kind if tile.value is not None else Kind.TEXT,
            last_column=right,
        )
        paper.write(top + 2, left, tile.note, "tile_note", last_column=right)
        for offset, points in enumerate((17.0, 24.0, 24.0, 6.0)):
            paper.height(top + offset, points)
    return row + 4 * (len(figures) // _TILES_PER_ROW) - 1
