"""The styles of one workbook, made from the looks of roles (`kamxl.document.drawing.looks`).

Each style is registered once in the workbook as a NamedStyle: a new style object per cell would make drawing eight
times slower.
"""

from __future__ import annotations

import datetime as dt
from copy import copy
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import (
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)

from kamxl.document.drawing.colours import Palette
from kamxl.document.drawing.looks import LOOKS, CellLook, CellRole, Edge
from kamxl.document.vocabulary import Kind
from kamxl.texts import Language, Text


def looks_like_formula(text: str) -> bool:
    """Whether Excel would take a text for a formula, if somebody typed it."""
    return text.startswith(("=", "+", "-", "@"))


class Stylist:
    """Hands out the styles of one workbook by role; registers each on first use."""

    def __init__(self, book: Workbook, accent: str, language: str) -> None:
        self.book = book
        self.palette = Palette(accent.lstrip("#").upper())
        self.language = Language(language)
        self._names: set[str] = set()
        self._worn: dict[tuple[CellRole, StrEnum | None], Any] = {}
        self._numbers: dict[tuple[CellRole, StrEnum | None, str], int] = {}

    def dress(self, cell: Cell, role: CellRole, kind: StrEnum | None = None) -> None:
        """Give a cell the style for `role`."""
        key = role, kind
        if key in self._worn:
            # By its name, openpyxl searches all names anew for every cell: a third of the time that drawing takes.
            cell._style = copy(self._worn[key])  # noqa: SLF001
        else:
            cell.style = self.name(role, kind)
            self._worn[key] = copy(cell._style)  # noqa: SLF001

    def name(self, role: CellRole, kind: StrEnum | None = None) -> str:
        """The name of the style for `role`, and for cells with a value for its `kind`."""
        name = f"kamxl {role}" + (f" {kind}" if kind else "")
        if name not in self._names:
            self._names.add(name)
            self.book.add_named_style(self._make(name, LOOKS[role], kind or Kind.TEXT))
        return name

    def number(self, role: CellRole, kind: StrEnum | None, value: object) -> int:
        """The number, within the workbook, of the style for `role` on a cell that holds `value`."""
        variety = _variety(value)
        key = role, kind, variety
        if key not in self._numbers:
            cell = WriteOnlyCell(self.book.worksheets[0])
            self.dress(cell, role, kind)
            if variety == "date":
                # openpyxl gives it a date's format where the style has none
                cell.value = value
            cell.quotePrefix = variety == "quoted"
            self._numbers[key] = cell.style_id
        return self._numbers[key]

    def _make(self, name: str, look: CellLook, kind: StrEnum) -> NamedStyle:
        # Hidden: the gallery of styles is for those of the company, not for ours.
        style = NamedStyle(
            name=name, protection=Protection(locked=look.locked), hidden=True
        )
        style.font = Font(
            name=look.font,
            size=look.sizes.get(kind, look.size),
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underlined else None,
            color=self.palette[look.colour],
        )
        if look.fill:
            style.fill = PatternFill("solid", start_color=self.palette[look.fill])
        if look.edge:
            style.border = self._border(look.edge)
        place = look.place
        style.alignment = place(kind) if callable(place) else place
        shown = look.formats.get(kind, "General")
        style.number_format = shown[self.language] if isinstance(shown, Text) else shown
        return style

    def _border(self, edge: Edge) -> Border:
        side = Side(style=edge.style, color=self.palette[edge.colour])
        return Border(**dict.fromkeys(edge.sides, side))


def _variety(value: object) -> str:
    """What a style must know of a value beside its kind."""
    if isinstance(value, dt.date):
        return "date"
    quoted = isinstance(value, str) and looks_like_formula(value)
    return "quoted" if quoted else ""
