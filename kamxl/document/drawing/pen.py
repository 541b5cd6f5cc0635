"""Writing into one sheet: styled values that stay what they are, formulas, links, headings; for every workbook.

A text is written as text whatever it looks like: ``=1+1`` from a company's settings stays these four characters, and a
control character is dropped. What shall compute is said to be a `Formula`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.lists import add_name
from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.styles import Stylist, looks_like_formula
from kamxl.document.drawing.validations import TextRoom, validation
from kamxl.document.keys import field_name, place_name
from kamxl.document.layout.grid import Spot
from kamxl.document.layout.layout import Layout, quoted
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Choice, Kind
from kamxl.texts import Language, Text
from kamxl.xlsx.book import address, column_letter
from kamxl.xlsx.writing import cell_text, verbatim


class Formula(str):
    """A text that computes; it begins with ``=``."""

    __slots__ = ()


def put(cell: Cell, value: Any) -> None:
    """Give a cell its value; only a `Formula` computes."""
    if isinstance(value, Formula) or not isinstance(value, str):
        cell.value = value
        return
    text = cell_text(value)
    cell.value = verbatim(text)
    # Also what looks like a formula or an error value stays a text.
    cell.data_type = "s"
    # In a cell of texts (format @) Excel needs no sign for that.
    if looks_like_formula(text) and cell.number_format != "@":
        cell.quotePrefix = True


def corners(spot: Spot) -> str:
    """The cells of a spot: ``B7``, or ``B7:C9`` where it covers more than one."""
    first = address(spot.row, spot.column)
    if not spot.merged:
        return first
    return f"{first}:{address(spot.bottom, spot.right)}"


class Pen:
    """One sheet being drawn, with the styles of its workbook."""

    def __init__(
        self, sheet: Worksheet, stylist: Stylist, zoom: int | None = 90
    ) -> None:
        self.sheet = sheet
        self.stylist = stylist
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = zoom
        sheet.sheet_properties.tabColor = stylist.palette.accent

    @property
    def language(self) -> Language:
        """The workbook's language."""
        return self.stylist.language

    @property
    def book(self) -> Workbook:
        """The workbook being drawn."""
        return self.stylist.book

    def style(
        self, row: int, column: int, role: CellRole, kind: StrEnum | None = None
    ) -> Cell:
        """Give a cell the style of its role and return it."""
        cell: Cell = self.sheet.cell(row, column)
        self.stylist.dress(cell, role, kind)
        return cell

    def write(
        self, spot: Spot, value: Any, role: CellRole, kind: StrEnum | None = None
    ) -> Cell:
        """Write a value; all cells of a merged spot get the style, so that borders close."""
        bottom, right = spot.bottom, spot.right
        for row in range(spot.row, bottom + 1):
            for column in spot.columns:
                self.style(row, column, role, kind)
        if spot.merged:
            area = CellRange(None, spot.column, spot.row, right, bottom)
            # openpyxl's own way draws the borders once more and looks through all that is merged: half of the drawing.
            self.sheet.merged_cells.ranges.add(area)
        cell: Cell = self.sheet.cell(spot.row, spot.column)
        put(cell, value)
        return cell

    def mark(self, key: str, row: int, column: int) -> None:
        """Make a cell the place with this key, to which links lead."""
        place = f"${column_letter(column)}${row}"
        add_name(self.book, place_name(key), f"{quoted(self.sheet.title)}!{place}")

    def link(self, spot: Spot, key: str, text: str, role: CellRole) -> None:
        """A link to a marked place of the workbook; by its name, so that it outlives a renamed sheet."""
        cell = self.write(spot, text, role)
        place = place_name(key)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=place, display=verbatim(text)
        )

    def select(self, spot: Spot) -> None:
        """Let the sheet open with this cell selected; after its panes are frozen, as each pane has its own."""
        pane = self.sheet.sheet_view.selection[-1]
        pane.activeCell, pane.sqref = address(spot.row, spot.column), corners(spot)

    def underline(self, row: int, text: str, first: int, last: int) -> None:
        """A heading with its line over the columns from `first` to `last`."""
        for column in range(first, last + 1):
            self.style(row, column, CellRole.HEADING)
        self.write(Spot(row, first), text, CellRole.HEADING)

    def protect(self) -> None:
        """Lock the cells that are not to be filled in; formatting stays allowed."""
        protection = self.sheet.protection
        protection.sheet = True
        # In the file's terms False means that the action is not locked, so it is allowed.
        protection.formatCells = protection.formatColumns = False
        protection.formatRows = False

    def height(self, row: int, points: float) -> None:
        """Set a row's height."""
        self.sheet.row_dimensions[row].height = points

    def width(self, column: int, characters: float) -> None:
        """Set a column's width."""
        self.sheet.column_dimensions[column_letter(column)].width = characters


class DocumentPen(Pen):
    """A sheet of a document being drawn, with the document's layout, formulas and names of rows."""

    def __init__(
        self,
        sheet: Worksheet,
        stylist: Stylist,
        layout: Layout,
        formulas: dict[str, str],
        names: dict[str, str],
    ) -> None:
        super().__init__(sheet, stylist)
        self.layout = layout
        self.formulas = formulas
        self.names = names

    def formula(self, path: str) -> Formula:
        """The formula of a figure."""
        return Formula(self.formulas[path])

    def key(
        self, row: int, column: int, text: str, role: CellRole = CellRole.KEY
    ) -> None:
        """A hidden key."""
        self.style(row, column, role).value = verbatim(text)

    def name(self, pattern: str, area: str) -> None:
        """Define the name of a field or block for an area of this sheet."""
        add_name(self.book, field_name(pattern), f"{quoted(self.sheet.title)}!{area}")

    def shown(self, value: Any) -> Any:
        """A prefilled value as the workbook's language writes it."""
        if isinstance(value, Text):
            return value[self.language]
        return value.label[self.language] if isinstance(value, Choice) else value

    def validate(
        self, field: FieldSpec, *spots: Spot, room: TextRoom | None = None
    ) -> None:
        """Attach dropdown, hint and error message to the cells of a field, wherever they stand.

        Args:
            field: the field.
            spots: its cells.
            room: what is seen of a text there, where the cells do not grow with it.
        """
        # Nobody knows our people until the company names its team.
        known = field.kind is not Kind.PERSON or self.layout.spec.settings.people
        rule = validation(field, self.language, warns=bool(known), room=room)
        for spot in spots:
            rule.add(corners(spot))
        self.sheet.add_data_validation(rule)
