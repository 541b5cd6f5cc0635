"""The look: one palette derived from the company's accent colour, one named style per role and number format.

Roles rather than colours are named at the call (`input`, `computed`, `header` …), so the whole look is decided
here. Each style is registered once in the workbook as a NamedStyle: a new style object per cell would make
drawing eight times slower.
"""

from __future__ import annotations

import colorsys
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Protection,
    Side,
)

from kamxl.document.vocabulary import Kind

__all__ = ["FONT", "Palette", "Stylist", "number_format"]

FONT = "Calibri"
WHITE = "FFFFFF"
INK = "1F2933"
MUTED = "5B6770"
LINE = "C9D1DA"
COMPUTED = "EEF1F5"
REQUIRED = "FFE9B8"
RED = "B3261E"
RED_FILL = "FBE3E1"
GREEN = "1E7B4F"
GREEN_FILL = "DDF1E6"
AMBER = "9A6700"
AMBER_FILL = "FFF3D1"


@dataclass(frozen=True)
class Palette:
    """Colours (RRGGBB) around one accent colour."""

    accent: str

    def tint(self, lightness: float) -> str:
        """The accent's hue at a lightness of 0 (black) to 1 (white)."""
        red, green, blue = (int(self.accent[i : i + 2], 16) / 255 for i in (0, 2, 4))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        mixed = colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.75))
        return "".join(f"{round(part * 255):02X}" for part in mixed)

    @property
    def soft(self) -> str:
        """For the background of labels and links."""
        return self.tint(0.95)

    def series(self, count: int) -> list[str]:
        """Colours for the series of a chart: distinguishable, the accent first."""
        fixed = [
            "4A90A4",
            "E09F3E",
            "7B9E5B",
            "9E5B7B",
            "6C757D",
            "C8553D",
            "3D5A80",
            "B8B042",
            "8D6A9F",
            "5FA8A0",
            "A26769",
        ]
        return [self.accent, *(fixed * (count // len(fixed) + 1))][:count]


def number_format(kind: Kind, language: str, *, computed: bool = False) -> str:
    """How values of a kind are shown; Excel puts in the user's own separators."""
    if kind is Kind.MONEY:
        return "#,##0"
    if kind is Kind.PERCENT:
        return "0.0%" if computed else "0%"
    if kind is Kind.DATE:
        return "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"
    if kind in (Kind.INTEGER, Kind.IMPORTANCE):
        return "0"
    if kind in (Kind.NUMBER, Kind.SCORE):
        return "0.0" if computed else "General"
    return "General" if computed else "@"


_CENTRED = (
    Kind.SCORE,
    Kind.IMPORTANCE,
    Kind.SIGN,
    Kind.DATE,
    Kind.PERCENT,
    Kind.INTEGER,
)
_RIGHT = (Kind.MONEY, Kind.NUMBER)


def _alignment(kind: Kind | None) -> Alignment:
    horizontal = "center" if kind in _CENTRED else "right" if kind in _RIGHT else "left"
    indent = 0 if horizontal == "center" else 1
    return Alignment(
        horizontal=horizontal,
        vertical="center",
        wrap_text=kind not in _RIGHT,
        indent=indent,
    )


class Stylist:
    """Hands out the styles of one workbook by role; registers each on first use."""

    def __init__(self, book: Workbook, accent: str, language: str) -> None:
        self.book = book
        self.palette = Palette(accent.lstrip("#").upper())
        self.language = language
        self._names: set[str] = set()
        self._worn: dict[tuple[str, Kind | None], Any] = {}

    def dress(self, cell: Cell, role: str, kind: Kind | None = None) -> None:
        """Give a cell the style for `role`."""
        key = role, kind
        if key in self._worn:
            # By its name, openpyxl searches all names anew for every cell: a third of the time that drawing takes.
            cell._style = copy(self._worn[key])  # noqa: SLF001
        else:
            cell.style = self.name(role, kind)
            self._worn[key] = copy(cell._style)  # noqa: SLF001

    def name(self, role: str, kind: Kind | None = None) -> str:
        """The name of the style for `role`, and for cells with a value for its `kind`."""
        name = f"kamxl {role}" + (f" {kind}" if kind else "")
        if name not in self._names:
            self._names.add(name)
            self.book.add_named_style(self._make(name, role, kind))
        return name

    def _make(self, name: str, role: str, kind: Kind | None) -> NamedStyle:
        build: Any = getattr(self, f"_{role}")
        style: NamedStyle = build(NamedStyle(name=name), kind)
        return style

    def _base(
        self, style: NamedStyle, *, size: float = 10, bold: bool = False, colour: str = INK, fill: str = "",
        border: str = "",
    ) -> NamedStyle:  # fmt: skip
        style.font = Font(name=FONT, size=size, bold=bold, color=colour)
        if fill:
            style.fill = PatternFill("solid", start_color=fill)
        if border:
            side = Side(style="thin", color=border)
            style.border = Border(left=side, right=side, top=side, bottom=side)
        return style

    def _input(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._base(style, fill=WHITE, border=LINE)
        style.alignment = _alignment(kind)
        style.number_format = number_format(kind or Kind.TEXT, self.language)
        style.protection = Protection(locked=False)
        return style

    def _form_input(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        """In a form all entries begin at the same edge, whatever they are."""
        self._input(style, kind)
        vertical = "top" if kind is Kind.NOTE else "center"
        style.alignment = Alignment(
            horizontal="left", vertical=vertical, wrap_text=True, indent=1
        )
        return style

    def _small_input(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        """For short texts in narrow cells."""
        self._input(style, kind)
        style.font = Font(name=FONT, size=8, color=MUTED)
        style.alignment = Alignment(
            horizontal="center", vertical="center", wrap_text=True
        )
        return style

    def _computed(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._base(style, fill=COMPUTED, border=LINE, colour=INK)
        style.alignment = _alignment(kind)
        style.number_format = number_format(
            kind or Kind.TEXT, self.language, computed=True
        )
        return style

    def _total(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._computed(style, kind)
        style.font = Font(name=FONT, size=10, bold=True, color=INK)
        style.border = Border(top=Side(style="medium", color=self.palette.accent))
        return style

    def _header(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._base(
            style,
            size=9,
            bold=True,
            colour=WHITE,
            fill=self.palette.accent,
            border=self.palette.tint(0.45),
        )
        wanted = _alignment(kind)
        style.alignment = Alignment(
            horizontal="left" if wanted.horizontal == "left" else "center", vertical="center", wrap_text=True,
            indent=wanted.indent,
        )  # fmt: skip
        return style

    def _label(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, colour=INK, fill=self.palette.soft, border=LINE)
        style.alignment = Alignment(
            horizontal="left", vertical="center", wrap_text=True, indent=1
        )
        return style

    def _title(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=20, bold=True, colour=self.palette.accent)
        style.alignment = Alignment(vertical="center")
        return style

    def _subtitle(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=14, colour=MUTED)
        style.alignment = Alignment(horizontal="right", vertical="center")
        return style

    def _guidance(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=10, colour=MUTED)
        style.alignment = Alignment(vertical="center", wrap_text=True)
        return style

    def _heading(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=12, bold=True, colour=self.palette.accent)
        style.alignment = Alignment(vertical="center")
        style.border = Border(bottom=Side(style="medium", color=self.palette.accent))
        return style

    def _hint(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, colour=MUTED)
        style.font = Font(name=FONT, size=9, italic=True, color=MUTED)
        style.alignment = Alignment(vertical="center", wrap_text=True)
        return style

    def _link(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=10, colour=self.palette.accent)
        style.font = Font(
            name=FONT, size=10, underline="single", color=self.palette.accent
        )
        style.alignment = Alignment(horizontal="right", vertical="center")
        return style

    def _entry(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        """A line of the table of contents."""
        self._base(style, size=10, colour=self.palette.accent)
        style.font = Font(
            name=FONT, size=10, underline="single", color=self.palette.accent
        )
        style.border = Border(bottom=Side(style="hair", color=LINE))
        style.alignment = Alignment(horizontal="left", vertical="center", indent=1)
        return style

    def _progress(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._base(style, size=10)
        style.border = Border(bottom=Side(style="hair", color=LINE))
        style.alignment = Alignment(horizontal="center", vertical="center")
        style.number_format = "0%" if kind is Kind.PERCENT else "General"
        return style

    def _tile_label(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, colour=MUTED, fill=self.palette.soft)
        style.border = Border(left=Side(style="thick", color=self.palette.accent))
        style.alignment = Alignment(
            horizontal="left", vertical="center", indent=1, shrink_to_fit=True
        )
        return style

    def _tile(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._base(
            style,
            size=14,
            bold=True,
            colour=self.palette.accent,
            fill=self.palette.soft,
        )
        style.border = Border(left=Side(style="thick", color=self.palette.accent))
        if kind is Kind.TEXT:
            style.font = Font(name=FONT, size=11, bold=True, color=self.palette.accent)
        style.alignment = Alignment(
            horizontal="left", vertical="center", indent=1, wrap_text=kind is Kind.TEXT
        )
        style.number_format = number_format(
            kind or Kind.TEXT, self.language, computed=True
        )
        return style

    def _steps(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style)
        style.alignment = Alignment(vertical="top", wrap_text=True)
        return style

    def _band(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        return self._base(style, fill=self.palette.accent)

    def _key(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        return self._base(style, size=8, colour="A0A7AE")

    def _tall_key(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        """A row's key in the hidden column: its font keeps a row at two lines' height when Excel fits it."""
        return self._base(style, size=24, colour="A0A7AE")

    def _legend_required(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, fill=REQUIRED, border=LINE)
        style.alignment = Alignment(horizontal="center", vertical="center")
        return style

    def _legend_input(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, fill=WHITE, border=LINE)
        style.alignment = Alignment(horizontal="center", vertical="center")
        return style

    def _legend_computed(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, fill=COMPUTED, border=LINE)
        style.alignment = Alignment(horizontal="center", vertical="center")
        return style

    def _legend_overdue(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, colour=RED, fill=RED_FILL, border=LINE)
        style.alignment = Alignment(horizontal="center", vertical="center")
        return style
