"""How the scoring workbook looks: the plan workbook's styles, and a few of its own for formulas and results."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Protection, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.styles import COMPUTED, INK, LINE, MUTED, WHITE, Stylist
from kamxl.document.vocabulary import Kind
from kamxl.excel.showcase.card import Shape

__all__ = ["CardStylist", "Writer"]

_ENTERED = {Shape.SHARE: "0%", Shape.MONEY: "#,##0", Shape.COUNT: "0", Shape.TEXT: "@"}
_COMPUTED = {
    Shape.SCORE: "0.00",
    Shape.SHARE: "0.00%",
    Shape.MONEY: "#,##0",
    Shape.COUNT: "0",
}
_GENERAL = "General"


class CardStylist(Stylist):
    """Adds roles of the form "entry score": what sort of cell, and the shape of its value."""

    def _make(self, name: str, role: str, kind: Kind | None) -> NamedStyle:
        sort, _, shape = role.partition(" ")
        if not shape:
            return super()._make(name, role, kind)
        return self._shaped(NamedStyle(name=name), sort, Shape(shape))

    def _shaped(self, style: NamedStyle, sort: str, shape: Shape) -> NamedStyle:
        entered = sort == "field"
        fill = {"field": WHITE, "figure": COMPUTED, "answer": self.palette.soft}[sort]
        self._base(style, fill=fill, border=LINE)
        style.number_format = (_ENTERED if entered else _COMPUTED).get(shape, _GENERAL)
        style.alignment = Alignment(
            horizontal="center", vertical="center", shrink_to_fit=shape is Shape.TEXT
        )
        style.protection = Protection(locked=not entered)
        return style

    def _code(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, border=LINE)
        style.font = Font(name="Consolas", size=8, color=MUTED)
        style.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
        style.number_format = "@"
        return style

    def _agrees(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, border=LINE)
        style.alignment = Alignment(horizontal="center", vertical="center")
        return style

    def _topic(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=9, bold=True, colour=MUTED)
        style.alignment = Alignment(vertical="top")
        return style

    def _text(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=10, colour=INK)
        style.alignment = Alignment(vertical="top", wrap_text=True)
        return style

    def _listed(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style, size=10, colour=INK)
        style.alignment = Alignment(vertical="center")
        style.border = Border(bottom=Side(style="hair", color=LINE))
        return style

    def _call(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(style)
        style.font = Font(name="Consolas", size=9, color=INK)
        style.alignment = Alignment(vertical="top", wrap_text=True)
        style.number_format = "@"
        return style

    def _notice(self, style: NamedStyle, _: Kind | None) -> NamedStyle:
        self._base(
            style,
            size=10,
            colour=self.palette.accent,
            fill=self.palette.soft,
            border=LINE,
        )
        style.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
        return style


class Writer:
    """Writes styled cells into one sheet."""

    def __init__(self, sheet: Worksheet, stylist: CardStylist) -> None:
        self.sheet = sheet
        self.stylist = stylist

    @property
    def language(self) -> str:
        """The workbook's language."""
        return self.stylist.language

    def put(
        self,
        row: int,
        column: int,
        value: object,
        role: str,
        last: int = 0,
        kind: Kind | None = None,
    ) -> Cell:
        """Write a value; with `last` over the columns up to there."""
        style = self.stylist.name(role, kind)
        for place in range(column, max(column, last) + 1):
            self.sheet.cell(row, place).style = style
        if last > column:
            self.sheet.merge_cells(
                start_row=row, end_row=row, start_column=column, end_column=last
            )
        cell: Cell = self.sheet.cell(row, column)
        cell.value = value
        return cell

    def text(self, row: int, column: int, value: str, role: str, last: int = 0) -> Cell:
        """Write a text that may begin with an equals sign."""
        cell = self.put(row, column, value, role, last)
        cell.data_type = "s"
        return cell

    def link(
        self, row: int, column: int, target: str, text: str, role: str, last: int = 0
    ) -> None:
        """A link within the workbook, to ``'Sheet'!A1``."""
        cell = self.put(row, column, text, role, last)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=text)
        cell.style = self.stylist.name(role)

    def height(self, row: int, points: float) -> None:
        """Set a row's height."""
        self.sheet.row_dimensions[row].height = points
