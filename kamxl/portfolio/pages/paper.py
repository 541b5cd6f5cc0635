"""One sheet of a report being drawn: title, links, and the rows of its long tables.

Links to plans are relative, so that the folder may be moved with its report.

Why XlsxWriter does not draw the portfolio, although it is made for writing only (tried with version 3.3.1): it has no
bubble charts, which the portfolio matrix is, and no named cell styles; it writes links to other files with backslashes.
100,000 rows of 12 cells took it 16.7 s of processor time, openpyxl cell by cell 39.4 s, and openpyxl with the rows
poured in as XML (`kamxl.portfolio.pages.pouring`, 60 lines) 12.5 s. Plans, scoring and control workbook are drawn with
openpyxl in any case, so `kamxl.xlsx.mend` and the styles would stay beside it: a second library and a second kit of
styles, pens and page set-up for those 60 lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.page import (
    PrintArea,
    head_and_foot,
    page_scale,
    pages_across,
    set_up_page,
)
from kamxl.document.drawing.pen import Formula, Pen
from kamxl.document.drawing.styles import Stylist
from kamxl.document.layout.grid import TEXT_SIZE, Spot
from kamxl.document.layout.layout import quoted
from kamxl.document.layout.metrics import POINTS_PER_CHARACTER, height_of
from kamxl.document.vocabulary import Kind
from kamxl.plan.settings.model import Settings
from kamxl.portfolio import wording
from kamxl.portfolio.pages.charts import Frame
from kamxl.portfolio.pages.links import link_to
from kamxl.portfolio.pages.pouring import PouredRows
from kamxl.texts import Language, Text
from kamxl.xlsx.book import address, column_letter
from kamxl.xlsx.writing import cell_text, verbatim

FIRST = 2
"""The first column in use; the one before it is a margin."""
FIRST_ROW = 5
"""The first row below the title."""

_TITLE_ROW, _GUIDANCE_ROW = 2, 3
_HEAD_HEIGHTS = {1: 6.0, _TITLE_ROW: 33.0, _GUIDANCE_ROW: 22.0, 4: 6.0}
# Excel follows about as many links on one sheet; beyond that it drops them with a repair message.
_MOST_LINKS = 65_000
_LONGEST_LINK = 2_079  # characters; a longer one brings the repair message, too


@dataclass
class ReportBook:
    """The workbook being drawn: its styles and language, where it and the plans lie, its title and first sheet."""

    book: Workbook
    stylist: Stylist
    settings: Settings
    place: Path
    files: Mapping[str, Path]
    title: Text
    overview: str = ""
    results: dict[str, dict[str, float]] = field(default_factory=dict)
    poured: dict[str, PouredRows] = field(default_factory=dict)
    addresses: dict[str, str | None] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The report's language."""
        return self.settings.language

    def say(self, text: Text, **gaps: object) -> str:
        """A text in the report's language, its gaps filled."""
        return text[self.language].format(**gaps)

    def place_of(self, sheet: str) -> str:
        """The key of the place that links to a sheet lead to."""
        return f"sheet{self.places.setdefault(sheet, len(self.places) + 1)}"

    def address_of(self, name: str) -> str | None:
        """The link target of a file by its name; `None` where it is not one of this report's."""
        if name not in self.addresses:
            path = self.files.get(name)
            self.addresses[name] = (
                link_to(path.absolute(), self.place.absolute()) if path else None
            )
        return self.addresses[name]


class Paper(Pen):
    """One sheet with its title."""

    def __init__(self, report: ReportBook, title: Text) -> None:
        super().__init__(report.book.create_sheet(report.say(title)), report.stylist)
        self.report = report
        self.title = title
        self.mark(report.place_of(self.sheet.title), _TITLE_ROW, FIRST)
        self._links = 0
        self._widths: dict[int, float] = {}
        self._breaks: list[int] = []
        self.width(1, 2.0)

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.report.settings.reporting_currency

    def say(self, text: Text, **gaps: object) -> str:
        """A text in the report's language, its gaps filled."""
        return self.report.say(text, **gaps)

    def head(
        self, guidance: str, last_column: int, title: str = "", *, fixed: int = 0
    ) -> None:
        """Band, title, guidance and the way back to the overview; the columns have their widths already.

        Where the sheet is printed on pages side by side, the guidance stands on the first of them, behind the `fixed`
        columns that are repeated: the others would show what of it lies on these.
        """
        for row, height in _HEAD_HEIGHTS.items():
            self.height(row, height)
        for column in range(1, last_column + 1):
            self.style(1, column, CellRole.BAND)
        self.write(
            Spot(_TITLE_ROW, FIRST), title or self.say(self.title), CellRole.TITLE
        )
        across = self._pages(last_column, fixed)[1]
        first, last = (FIRST + fixed, across[0]) if across else (FIRST, last_column)
        self.write_across(_GUIDANCE_ROW, guidance, CellRole.GUIDANCE, last, first)
        room = sum(map(self.width_of, range(first, last + 1)))
        lines = height_of(guidance, room, TEXT_SIZE)
        self.height(_GUIDANCE_ROW, max(lines, _HEAD_HEIGHTS[_GUIDANCE_ROW]))
        if self.sheet.title != self.report.overview:
            back = Spot(_TITLE_ROW, last_column)
            place = self.report.place_of(self.report.overview)
            self.link(back, place, self.say(wording.BACK), CellRole.LINK)

    def write_across(
        self, row: int, text: str, role: CellRole, last: int, first: int = FIRST
    ) -> None:
        """Write a text over the columns from `first` to `last`."""
        self.write(Spot(row, first, last_column=last), text, role)

    def compute(
        self, spot: Spot, formula: str, value: float, role: CellRole, kind: Kind
    ) -> None:
        """Write a formula with the value it has as drawn, shown where nothing calculates (previews, Protected View)."""
        cell = self.write(spot, Formula(formula), role, kind)
        results = self.report.results.setdefault(self.sheet.title, {})
        results[cell.coordinate] = value

    def pour(
        self, row: int, points: float, cells: Iterable[tuple[int, Any, CellRole, Kind]]
    ) -> None:
        """Write a row of a long table: its height, and column, value, role and kind of each cell."""
        rows = self.report.poured.setdefault(self.sheet.title, PouredRows())
        written = []
        for column, value, role, kind in cells:
            shown = cell_text(value) if isinstance(value, str) else value
            written.append((column, self.stylist.number(role, kind, shown), shown))
        rows.add(row, points, written)

    def width(self, column: int, characters: float) -> None:
        """Set a column's width."""
        super().width(column, characters)
        self._widths[column] = characters

    def hide(self, column: int) -> None:
        """Put a column out of sight."""
        self.sheet.column_dimensions[column_letter(column)].hidden = True

    def offer(self, word: Text, column: int, rows: range) -> None:
        """Let people choose a word in the cells of a column."""
        choice = DataValidation(
            "list", formula1=f'"{self.say(word)}"', allow_blank=True
        )
        choice.add(f"{address(rows[0], column)}:{address(rows[-1], column)}")
        self.sheet.add_data_validation(choice)

    def width_of(self, column: int) -> float:
        """A column's width in characters."""
        return self._widths.get(column, 8.43)

    def frame(self, spot: Spot, points: float) -> Frame:
        """The place of a chart over cells whose columns have their widths already, and whose rows are `points` high."""
        columns = range(spot.column, spot.last_column + 1)
        width = sum(map(self.width_of, columns)) * POINTS_PER_CHARACTER
        return Frame(spot, width, (spot.last_row - spot.row + 1) * points)

    def heights(self, rows: Iterable[int], points: float) -> None:
        """Set the height of several rows."""
        for row in rows:
            self.height(row, points)

    def page_break(self, row: int) -> None:
        """Begin a new printed page with `row`."""
        self._breaks.append(row - 1)

    def refer(self, row: int, column: int, source: Mapping[str, Any]) -> bool:
        """Make a cell a link to where a row comes from (its file, and there sheet and cell); whether it comes from any.

        Args:
            row: the cell's row.
            column: the cell's column.
            source: what the row holds under ``file``, ``sheet`` and ``cell``.
        """
        file, sheet = source.get("file"), source.get("sheet")
        found = self.report.address_of(file) if file else None
        if found is None or len(found) > _LONGEST_LINK or self._links >= _MOST_LINKS:
            return False
        self._links += 1
        cell = str(source.get("cell") or "A1").replace("$", "")
        self.sheet.cell(row, column).hyperlink = Hyperlink(
            ref=address(row, column),
            target=found,
            location=verbatim(f"{quoted(sheet)}!{cell}") if sheet else None,
        )
        return True

    def heading(
        self, row: int, text: str, last_column: int, first_column: int = FIRST
    ) -> None:
        """A heading over the whole width."""
        self.height(row, 22)
        self.underline(row, text, first_column, last_column)

    def _pages(self, last_column: int, fixed: int) -> tuple[int, list[int]]:
        """The scale of the print, and the columns after which a new page begins."""
        widths = [self.width_of(column) for column in range(1, last_column + 1)]
        scale = page_scale(widths)
        return scale, pages_across(widths, FIRST - 1 + fixed, scale)

    def print_on_a4(
        self,
        last_column: int,
        last_row: int,
        *,
        repeat: str | None = None,
        fixed: int = 0,
    ) -> None:
        """A4 landscape, with header and footer; opened, the sheet begins where it scrolls.

        Args:
            last_column: the last one to be printed.
            last_row: the last one to be printed.
            repeat: the rows repeated on each page.
            fixed: where one page is not wide enough for all columns, so many of them are repeated on the next.
        """
        top = self.sheet.freeze_panes
        start = coordinate_to_tuple(top) if top else (_TITLE_ROW, FIRST)
        self.select(Spot(*start))
        last = f"{column_letter(last_column)}${max(last_row, 1)}"
        scale, across = self._pages(last_column, fixed)
        columns = f"A:{column_letter(FIRST - 1 + fixed)}" if across else None
        area = PrintArea(f"$A$1:${last}", repeat, columns)
        set_up_page(self.sheet, area, scale=scale, breaks=self._breaks, across=across)
        report = self.report
        head_and_foot(
            self.sheet, report.say(report.title), report.settings.company, self.language
        )
