"""The look of reports: that of the plans, with styles for tables that people read and filter rather than fill in."""

from __future__ import annotations

import datetime as dt

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

from kamxl.document.drawing.styles import (
    AMBER,
    AMBER_FILL,
    FONT,
    GREEN,
    GREEN_FILL,
    INK,
    LINE,
    MUTED,
    RED,
    RED_FILL,
    Stylist,
    number_format,
)
from kamxl.document.vocabulary import Kind

__all__ = ["CENTS", "ReportStylist", "looks_like_formula", "width_of"]

CENTS = "cents"
"""Ending of the roles whose amounts show cents."""

_FORMATS = {Kind.PERCENT: "0%", Kind.NUMBER: "#,##0.0", Kind.SCORE: "General"}
_CENTRED = (
    Kind.SCORE,
    Kind.IMPORTANCE,
    Kind.SIGN,
    Kind.DATE,
    Kind.PERCENT,
    Kind.INTEGER,
)


def looks_like_formula(text: str) -> bool:
    """Whether Excel would take a text for a formula, if somebody typed it."""
    return text.startswith(("=", "+", "-", "@"))


class ReportStylist(Stylist):
    """Adds the roles of a report: ``cell``, ``bad``, ``warn``, ``good``, ``sum`` and so on."""

    def __init__(self, book: Workbook, accent: str, language: str) -> None:
        super().__init__(book, accent, language)
        self._numbers: dict[tuple[str, Kind | None, str], int] = {}

    def number(self, role: str, kind: Kind | None, value: object) -> int:
        """The number, within the workbook, of the style for `role` on a cell that holds `value`."""
        is_date = isinstance(value, dt.date)
        variety = (
            "date"
            if is_date
            else "quoted"
            if isinstance(value, str) and looks_like_formula(value)
            else ""
        )
        key = role, kind, variety
        if key not in self._numbers:
            cell = WriteOnlyCell(self.book.worksheets[0])
            self.dress(cell, role, kind)
            if is_date:
                cell.value = (
                    value  # openpyxl gives it a date's format where the style has none
                )
            cell.quotePrefix = variety == "quoted"
            self._numbers[key] = cell.style_id
        return self._numbers[key]

    def _cell(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        return self._body(style, kind)

    def _cell_cents(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._body(style, kind)
        style.number_format = "#,##0.00"
        return style

    def _plain(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        """For long texts beside the table proper: on one line, whatever their length."""
        self._body(style, kind)
        style.alignment = Alignment(
            horizontal=style.alignment.horizontal, vertical="center", indent=1
        )
        return style

    def _strong(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._body(style, kind)
        style.font = Font(name=FONT, size=10, bold=True, color=INK)
        return style

    def _muted(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        return self._body(style, kind, colour=MUTED)

    def _bad(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        return self._body(style, kind, colour=RED, fill=RED_FILL)

    def _warn(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        return self._body(style, kind, colour=AMBER, fill=AMBER_FILL)

    def _good(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        return self._body(style, kind, colour=GREEN, fill=GREEN_FILL)

    def _source(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        """A link to where a row comes from."""
        self._body(style, kind)
        style.font = Font(
            name=FONT, size=9, underline="single", color=self.palette.accent
        )
        return style

    def _moment(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        """A date with its time."""
        self._body(style, kind)
        style.number_format = (
            "dd.mm.yyyy hh:mm" if self.language == "de" else "yyyy-mm-dd hh:mm"
        )
        return style

    def _fine(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        """Small print: check sums."""
        self._body(style, kind, colour=MUTED)
        style.font = Font(name=FONT, size=8, color=MUTED)
        return style

    def _sum(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._total(style, kind)
        style.border = Border()
        style.alignment = _alignment(kind)
        return style

    def _sum_cents(self, style: NamedStyle, kind: Kind | None) -> NamedStyle:
        self._sum(style, kind)
        style.number_format = "#,##0.00"
        return style

    def _bar(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        """A link in the row of links to all sheets."""
        self._base(style, size=9, fill=self.palette.soft, border="FFFFFF")
        style.font = Font(
            name=FONT, size=9, underline="single", color=self.palette.accent
        )
        style.alignment = Alignment(
            horizontal="center", vertical="center", shrink_to_fit=True
        )
        return style

    def _tile_note(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=8, colour=MUTED, fill=self.palette.soft)
        style.border = Border(left=Side(style="thick", color=self.palette.accent))
        style.alignment = Alignment(
            horizontal="left", vertical="top", indent=1, wrap_text=True
        )
        return style

    def _body(
        self, style: NamedStyle, kind: Kind | None, *, colour: str = INK, fill: str = ""
    ) -> NamedStyle:
        self._base(style, size=9 if kind is Kind.NOTE else 10, colour=colour, fill=fill)
        style.border = Border(bottom=Side(style="hair", color=LINE))
        style.alignment = _alignment(kind)
        wanted = number_format(kind or Kind.TEXT, self.language, computed=True)
        style.number_format = _FORMATS.get(kind or Kind.TEXT, wanted)
        return style


def _alignment(kind: Kind | None) -> Alignment:
    if kind in (Kind.MONEY, Kind.NUMBER):
        return Alignment(horizontal="right", vertical="center", indent=1)
    if kind in _CENTRED:
        return Alignment(horizontal="center", vertical="center")
    return Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


_BY_KIND = {
    Kind.NOTE: 40.0,
    Kind.MONEY: 14.0,
    Kind.NUMBER: 10.0,
    Kind.INTEGER: 10.0,
    Kind.PERCENT: 10.0,
    Kind.DATE: 11.5,
    Kind.SCORE: 10.0,
    Kind.IMPORTANCE: 10.0,
    Kind.TEXT: 24.0,
    Kind.GOAL: 24.0,
}


def width_of(kind: Kind) -> float:
    """The usual width, in characters, of a printed column of this kind."""
    return _BY_KIND.get(kind, 16.0)
