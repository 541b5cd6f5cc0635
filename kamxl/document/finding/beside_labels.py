"""The computed cells that belong to no block, found by the printed text beside or above each of them.

Tiles, the cover's table of contents and its title have neither keys nor names: a tile's figure stands below its label,
the progress of a sheet right of the sheet's name. For example *Offene Projekte* printed in C6 leads to the tile's
figure in C7, and after two rows were inserted above, in C8, to C9.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kamxl.document.finding.blocks_found import PlaceFound
from kamxl.document.keys import PROGRESS, progress_path
from kamxl.document.layout.blocks import CoverBlock, TilesBlock
from kamxl.document.layout.grid import FIRST_COLUMN
from kamxl.document.layout.layout import TITLE_ROW, Layout, SheetLayout, title_of
from kamxl.document.paths import EntryPath, path_of
from kamxl.xlsx.book import SheetCells

_Place = tuple[int, int]


class Labelled(NamedTuple):
    """A computed cell, the text that leads to it, and where both were generated; without a path it only repeats."""

    path: EntryPath
    label: str
    label_place: _Place
    place: _Place


@lru_cache(maxsize=32)
def labelled_figures(layout: Layout) -> dict[str, tuple[Labelled, ...]]:
    """The computed cells outside of blocks, by the sheet on which they were generated."""
    found = {sheet.name: list(_tiles(layout, sheet)) for sheet in layout.sheets}
    cover = layout.sheets[0]
    found[cover.name] += _cover(layout, cover)
    return {name: tuple(figures) for name, figures in found.items()}


def locate_labelled(
    figures: tuple[Labelled, ...], sheet: SheetCells
) -> Iterator[tuple[EntryPath, PlaceFound]]:
    """Where each of them stands now: as far from its text as generated, or where it was if the text is gone."""
    strayed = {f.label for f in figures if sheet.at(*f.label_place).raw != f.label}
    moved: dict[str, _Place] = {}
    if strayed:
        for place, cell in sorted(sheet.cells.items()):
            if cell.raw in strayed:
                moved.setdefault(cell.raw, place)
    for path, label, (row, column), place in figures:
        now = moved.get(label, (row, column))
        down, right = now[0] - row, now[1] - column
        yield path, PlaceFound(sheet, place[0] + down, place[1] + right)


def _tiles(layout: Layout, sheet: SheetLayout) -> Iterator[Labelled]:
    """The figures at the top of a sheet."""
    blocks = [block for block in sheet.blocks if isinstance(block, TilesBlock)]
    for tile in (tile for block in blocks for tile in block.tiles):
        label, value, figure = tile.label, tile.value, tile.figure
        yield Labelled(
            path_of(figure.pattern),
            figure.label[layout.language],
            (label.row, label.column),
            (value.row, value.column),
        )


def _cover(layout: Layout, sheet: SheetLayout) -> Iterator[Labelled]:
    """The customer in the title, and the progress of every sheet."""
    half = (FIRST_COLUMN + sheet.last_column) // 2
    title = (TITLE_ROW, FIRST_COLUMN)
    yield Labelled(path_of(""), title_of(layout), title, (TITLE_ROW, half))
    blocks = (block for block in sheet.blocks if isinstance(block, CoverBlock))
    for block in blocks:
        for target in layout.sheets:
            key, row = target.spec.key, block.contents_rows[target.spec.key]
            for path in (path_of(progress_path(key, name)) for name in PROGRESS):
                spot = layout.spots[path][1]
                label = (row, block.first_column)
                yield Labelled(path, target.name, label, (spot.row, spot.column))
