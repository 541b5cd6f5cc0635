"""One sheet of a report being drawn: title, links, tiles, and cells that can never turn into something else.

What people typed into plans is written as text whatever it looks like: ``=1+1`` stays these four characters, a
control character is dropped. Links to plans are relative, so that the folder may be moved with its report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.page import in_header
from kamxl.document.vocabulary import Kind
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.pages import wording
from kamxl.portfolio.pages.links import link_to
from kamxl.portfolio.pages.look import (
    ReportStylist,
    looks_like_formula,
)
from kamxl.portfolio.pages.pouring import PouredRows
from kamxl.texts import Text
from kamxl.xlsx.cells import address, column_letter
from kamxl.xlsx.writing import cell_text

__all__ = ["FIRST", "Formula", "Paper", "Report"]

FIRST = 2
"""The first column in use; the one before it is a margin."""

_TITLE_ROW, _GUIDANCE_ROW, FIRST_ROW = 2, 3, 5
_MARGIN = 0.4  # inches, left and right
_PAGE_WIDTH = (11.69 - 2 * _MARGIN) * 72
_POINTS_PER_CHARACTER = 5.25  # 7 pixels of Calibri 11, with Excel's padding below
_PADDING = 3.75
_SAFETY = 0.965  # fonts of another printer may run a little wider
# Excel follows about as many links on one sheet; beyond that it drops them with a repair message.
_MOST_LINKS = 65_000
_LONGEST_LINK = 2_079  # characters; a longer one brings the repair message, too


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value it has as drawn, shown where nothing calculates (previews, Protected View)."""

    text: str
    value: float | None


@dataclass
class Report:
    """The workbook being drawn: its styles and language, where it and the plans lie, its title and first sheet."""

    book: Workbook
    stylist: ReportStylist
    settings: Settings
    place: Path
    files: Mapping[str, Path]
    title: Text
    overview: str = ""
    results: dict[tuple[str, str], float | None] = field(default_factory=dict)
    poured: dict[str, PouredRows] = field(default_factory=dict)
    addresses: dict[str, str | None] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The report's language."""
        return str(self.settings.language)

    def say(self, text: Text, **gaps: object) -> str:
        """A text in the report's language, its gaps filled."""
        return text[self.language].format(**gaps) if gaps else text[self.language]

    def address_of(self, name: str) -> str | None:
        """The link target of a file by its name; `None` where it is not one of this report's."""
        if name not in self.addresses:
            path = self.files.get(name)
            self.addresses[name] = (
                None
                if path is None
                else link_to(path.absolute(), self.place.absolute())
            )
        return self.addresses[name]


class Paper:
    """One sheet with its title."""

    def __init__(self, report: Report, sheet: Worksheet) -> None:
        self.report = report
        self.sheet = sheet
        self._links = 0
        self._widths: dict[int, float] = {1: 2.0}
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 90
        sheet.sheet_properties.tabColor = report.stylist.palette.accent
        sheet.column_dimensions["A"].width = 2.0

    @property
    def say(self) -> Any:
        """Shorthand for the report's `say`."""
        return self.report.say

    def head(self, title: str, guidance: str, last_column: int) -> None:
        """Band, title, one line of guidance and the way back to the overview."""
        for row, height in (
            (1, 6.0),
            (_TITLE_ROW, 33.0),
            (_GUIDANCE_ROW, 22.0),
            (4, 6.0),
        ):
            self.height(row, height)
        for column in range(1, last_column + 1):
            self.style(1, column, "band")
        self.write(_TITLE_ROW, FIRST, title, "title")
        self.write(_GUIDANCE_ROW, FIRST, guidance, "guidance", last_column=last_column)
        if self.sheet.title != self.report.overview:
            cell = self.write(_TITLE_ROW, last_column, self.say(wording.BACK), "link")
            self.jump(cell, self.report.overview)

    def style(self, row: int, column: int, role: str, kind: Kind | None = None) -> Cell:
        """Give a cell the style of its role and return it."""
        cell: Cell = self.sheet.cell(row, column)
        self.report.stylist.dress(cell, role, kind)
        return cell

    def write(
        self, row: int, column: int, value: Any, role: str, kind: Kind | None = None, *, last_column: int = 0,
        last_row: int = 0,
    ) -> Cell:  # fmt: skip
        """Write a value into a cell, or into several merged ones."""
        cell = self.style(row, column, role, kind)
        right, bottom = max(column, last_column), max(row, last_row)
        if (right, bottom) != (column, row):
            for r in range(row, bottom + 1):
                for c in range(column, right + 1):
                    self.style(r, c, role, kind)
            self.sheet.merge_cells(None, row, column, bottom, right)
        self._put(cell, value)
        return cell

    def pour(
        self, row: int, points: float, cells: Iterable[tuple[int, Any, str, Kind]]
    ) -> None:
        """Write a row of a long table: its height, and column, value, role and kind of each cell."""
        rows = self.report.poured.setdefault(self.sheet.title, PouredRows())
        written = []
        for column, value, role, kind in cells:
            shown = cell_text(value) if isinstance(value, str) else value
            written.append(
                (column, self.report.stylist.number(role, kind, shown), shown)
            )
        rows.add(row, points, written)

    def _put(self, cell: Cell, value: Any) -> None:
        if isinstance(value, Formula):
            cell.value = value.text
            self.report.results[self.sheet.title, cell.coordinate] = value.value
        elif isinstance(value, str):
            text = cell_text(value)
            cell.value = text
            # Also what looks like a formula or an error value stays a text.
            cell.data_type = "s"
            if looks_like_formula(text):
                cell.quotePrefix = True
        elif value is not None:
            cell.value = value

    def height(self, row: int, points: float) -> None:
        """Set a row's height."""
        self.sheet.row_dimensions[row].height = points

    def width(self, column: int, characters: float) -> None:
        """Set a column's width."""
        self._widths[column] = characters
        self.sheet.column_dimensions[column_letter(column)].width = characters

    def width_of(self, column: int) -> float:
        """A column's width in characters."""
        return self._widths.get(column, 8.43)

    def page_break(self, row: int) -> None:
        """Begin a new printed page with `row`."""
        self.sheet.row_breaks.append(Break(id=row - 1))

    def jump(self, cell: Cell, sheet: str, target: str = "A1") -> None:
        """Make a cell a link to another sheet of this report."""
        quoted = sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")

    def link(
        self,
        row: int,
        column: int,
        file: str | None,
        sheet: str | None = None,
        target: str | None = None,
    ) -> bool:
        """Make a cell a link to a file, and there to a sheet and cell; whether there was something to link to."""
        found = self.report.address_of(file) if file else None
        if found is None or len(found) > _LONGEST_LINK or self._links >= _MOST_LINKS:
            return False
        self._links += 1
        location = None
        if sheet:
            quoted = sheet.replace("'", "''")
            location = f"'{quoted}'!{(target or 'A1').replace('$', '')}"
        self.sheet.cell(row, column).hyperlink = Hyperlink(
            ref=spot(row, column), target=found, location=location
        )
        return True

    def heading(
        self, row: int, text: str, last_column: int, first_column: int = FIRST
    ) -> None:
        """A heading over the whole width."""
        self.height(row, 22)
        for column in range(first_column, last_column + 1):
            self.style(row, column, "heading")
        self.write(row, first_column, text, "heading")

    def print_on_a4(
        self, last_column: int, last_row: int, *, repeat: str | None = None
    ) -> None:
        """A4 landscape, one page wide, with header and footer."""
        sheet, report = self.sheet, self.report
        setup = sheet.page_setup
        setup.paperSize, setup.orientation = (
            sheet.PAPERSIZE_A4,
            sheet.ORIENTATION_LANDSCAPE,
        )
        if self.sheet.row_breaks.brk:
            # Excel ignores breaks on a sheet that it fits to pages itself.
            setup.scale = self._scale(last_column)
        else:
            sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
            setup.fitToWidth, setup.fitToHeight = 1, 0
        margins = sheet.page_margins
        margins.left = margins.right = _MARGIN
        margins.top = margins.bottom = 0.6
        margins.header = margins.footer = 0.25
        sheet.print_options.horizontalCentered = True
        sheet.print_area = f"$A$1:${column_letter(last_column)}${max(last_row, 1)}"
        if repeat:
            sheet.print_title_rows = repeat
        title, company = report.say(report.title), in_header(report.settings.company)
        sheet.oddHeader.left.text = company or title
        sheet.oddHeader.right.text = f"{title} · &A" if company else "&A"
        sheet.oddFooter.left.text = report.say(wording.CONFIDENTIAL)
        sheet.oddFooter.center.text = "&F"
        sheet.oddFooter.right.text = report.say(wording.PAGE)
        for part in (sheet.oddHeader, sheet.oddFooter):
            for place in (part.left, part.center, part.right):
                place.size, place.color = 8, "5B6770"

    def _scale(self, last_column: int) -> int:
        """The scale in per cent at which the columns are one page wide."""
        widths = map(self.width_of, range(1, last_column + 1))
        points = sum(width * _POINTS_PER_CHARACTER + _PADDING for width in widths)
        return max(10, min(100, int(_PAGE_WIDTH / points * 100 * _SAFETY)))


def spot(row: int, column: int) -> str:
    """A cell's address."""
    return address(row, column)


def moment(text: str) -> dt.datetime:
    """A date and time as the tables hold it."""
    return dt.datetime.fromisoformat(text)
