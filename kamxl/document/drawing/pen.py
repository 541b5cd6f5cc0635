"""Writing styled values, links, keys and validations into one sheet."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.lists import add_name
from kamxl.document.drawing.styles import Stylist
from kamxl.document.drawing.validations import validation
from kamxl.document.keys import field_name
from kamxl.document.layout.grid import Spot
from kamxl.document.layout.layout import Layout, quoted
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Choice, Kind
from kamxl.texts import Text
from kamxl.xlsx.cells import address

__all__ = ["Pen"]


class Pen:
    """One sheet being drawn, with the styles, the layout and the formulas of its workbook."""

    def __init__(
        self,
        sheet: Worksheet,
        stylist: Stylist,
        layout: Layout,
        formulas: dict[str, str],
        names: dict[str, str],
    ) -> None:
        self.sheet = sheet
        self.stylist = stylist
        self.layout = layout
        self.formulas = formulas
        self.names = names

    @property
    def language(self) -> str:
        """The workbook's language."""
        return self.layout.language

    @property
    def book(self) -> Workbook:
        """The workbook being drawn."""
        return self.stylist.book

    def style(self, row: int, column: int, role: str, kind: Kind | None = None) -> Cell:
        """Give a cell the style of its role and return it."""
        cell: Cell = self.sheet.cell(row, column)
        self.stylist.dress(cell, role, kind)
        return cell

    def write(
        self, spot: Spot, value: Any, role: str, kind: Kind | None = None
    ) -> Cell:
        """Write a value; all cells of a merged spot get the style, so that borders close."""
        for row in range(spot.row, max(spot.row, spot.last_row) + 1):
            for column in range(spot.column, max(spot.column, spot.last_column) + 1):
                self.style(row, column, role, kind)
        if spot.merged:
            self.sheet.merge_cells(
                None,
                spot.row,
                spot.column,
                max(spot.last_row, spot.row),
                spot.last_column,
            )
        cell: Cell = self.sheet.cell(spot.row, spot.column)
        cell.value = value
        return cell

    def enter(
        self, spot: Spot, value: Any, role: str, kind: Kind | None = None
    ) -> Cell:
        """Write what comes from a company's settings: a name may begin like a formula and stays a name."""
        cell = self.write(spot, value, role, kind)
        if isinstance(value, str):
            cell.data_type = "s"
        return cell

    def link(self, spot: Spot, target: str, text: str, role: str) -> None:
        """A link within the workbook; `target` is ``#'Sheet'!A1``."""
        cell = self.write(spot, text, role)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=target.removeprefix("#"), display=text
        )
        cell.style = self.stylist.name(role)

    def key(self, row: int, column: int, text: str, role: str = "key") -> None:
        """A hidden key."""
        self.style(row, column, role).value = text

    def name(self, pattern: str, area: str) -> None:
        """Define the name of a field or block for an area of this sheet."""
        add_name(self.book, field_name(pattern), f"{quoted(self.sheet.title)}!{area}")

    def shown(self, value: Any) -> Any:
        """A prefilled value as the workbook's language writes it."""
        if isinstance(value, Text):
            return value[self.language]
        return value.label[self.language] if isinstance(value, Choice) else value

    def validate(self, field: FieldSpec, *spots: Spot) -> None:
        """Attach dropdown, hint and error message to the cells of a field, wherever they stand."""
        rule = validation(field, self.language)
        for spot in spots:
            cells = address(spot.row, spot.column)
            if spot.merged:
                cells += f":{address(max(spot.last_row, spot.row), max(spot.last_column, spot.column))}"
            rule.add(cells)
        self.sheet.add_data_validation(rule)
