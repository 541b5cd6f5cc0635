"""Sheets, cells and notes of the engine that stands on openpyxl (see `tests.clients.xlwings_engine`)."""

# ruff: noqa: D102 - the methods are those of xlwings, where they are explained

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Note", "Range", "RangeFont", "RefusedError", "Sheet", "Sheets"]

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?%?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})([/.-](\d{2,4}))?")
_WRITTEN = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}
"""Excel's names of what a protection allows, and those in the file, where True means that it is forbidden."""


class RefusedError(Exception):
    """Excel says no; pywin32 would raise a com_error."""


class Sheets:
    """The sheets of a workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.wb.active)

    def __call__(self, key: str | int) -> Sheet:
        if isinstance(key, int):
            return Sheet(self.book, self.book.wb.worksheets[key - 1])
        for sheet in self.book.wb.worksheets:
            if sheet.title.casefold() == key.casefold():
                return Sheet(self.book, sheet)
        raise RefusedError(f"no sheet {key}")

    def __len__(self) -> int:
        return len(self.book.wb.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, sheet) for sheet in self.book.wb.worksheets)

    def add(
        self,
        before: Sheet | None = None,
        after: Sheet | None = None,
        name: str | None = None,
    ) -> Sheet:
        security = self.book.wb.security
        if security is not None and security.lockStructure:
            raise RefusedError("The workbook is protected.")
        worksheets = self.book.wb.worksheets
        place = (
            worksheets.index(after.ws) + 1
            if after
            else worksheets.index(before.ws)
            if before
            else 0
        )
        if name is not None and len(name) > 31:
            raise RefusedError("a sheet's name has at most 31 characters")
        sheet = Sheet(self.book, self.book.wb.create_sheet(name, place))
        sheet.activate()
        return sheet


class Sheet:
    """One sheet."""

    def __init__(self, book: Any, sheet: Worksheet) -> None:
        self.book = book
        self.ws = sheet

    @property
    def api(self) -> SheetApi:
        return SheetApi(self.ws)

    @property
    def name(self) -> str:
        return str(self.ws.title)

    @property
    def index(self) -> int:
        return int(self.book.wb.worksheets.index(self.ws)) + 1

    @property
    def visible(self) -> bool:
        return bool(self.ws.sheet_state == "visible")

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self.ws)

    @property
    def used_range(self) -> Range:
        return self.range(self.ws.dimensions)

    @property
    def notes(self) -> list[Note]:
        return [
            Note(self, cell)
            for row in self.ws.iter_rows()
            for cell in row
            if cell.comment
        ]

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, str):
            left, top, right, bottom = range_boundaries(arg1.replace("$", ""))
        elif isinstance(arg1, tuple) and len(arg1) == 4:
            top, left = arg1[:2]
            bottom, right = top + arg1[2] - 1, left + arg1[3] - 1
        else:
            top, left = arg1 if isinstance(arg1, tuple) else (arg1.row, arg1.column)
            end = arg2 or (top, left)
            bottom, right = end if isinstance(end, tuple) else (end.row, end.column)
        return Range(self, top, left, bottom, right)

    def activate(self) -> None:
        if not self.visible:
            raise RefusedError("a hidden sheet cannot be activated")
        self.book.wb.active = self.ws
        self.book.activate()

    def clear(self) -> None:
        self.ws.delete_rows(1, self.ws.max_row + 1)
        for row in self.ws.iter_rows():
            for cell in row:
                cell.style = "Normal"

    def delete(self) -> None:
        self.book.wb.remove(self.ws)


class SheetApi:
    """Excel's Worksheet object, as far as it is needed."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet

    @property
    def PageSetup(self) -> PageSetup:  # noqa: N802 - Excel's name
        return PageSetup(self._sheet)

    @property
    def AutoFilterMode(self) -> bool:  # noqa: N802 - Excel's name
        return bool(self._sheet.auto_filter.ref)

    @AutoFilterMode.setter
    def AutoFilterMode(self, wanted: bool) -> None:  # noqa: N802 - Excel's name
        if not wanted:
            self._sheet.auto_filter.ref = None

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - Excel's name
        return bool(self._sheet.protection.sheet)

    @property
    def ProtectDrawingObjects(self) -> bool:  # noqa: N802 - Excel's name
        return bool(self._sheet.protection.objects)

    @property
    def ProtectScenarios(self) -> bool:  # noqa: N802 - Excel's name
        return bool(self._sheet.protection.scenarios)

    @property
    def Protection(self) -> Any:  # noqa: N802 - Excel's name
        protection = self._sheet.protection
        return type(
            "Protection",
            (),
            {name: not getattr(protection, key) for name, key in _WRITTEN.items()},
        )

    def Unprotect(self, password: str | None = None) -> None:  # noqa: N802 - Excel's name
        protection = self._sheet.protection
        if protection.password:
            if password is None:
                raise AssertionError("Excel would ask the user for the password now")
            raise RefusedError("The password you supplied is not correct.")
        protection.sheet = False

    def Protect(self, **options: bool) -> None:  # noqa: N802 - Excel's name
        protection = self._sheet.protection
        protection.sheet = options.pop("Contents")
        protection.objects, protection.scenarios = (
            options.pop("DrawingObjects"),
            options.pop("Scenarios"),
        )
        for name, key in _WRITTEN.items():
            setattr(protection, key, not options.pop(name))
        if options:
            raise TypeError(f"unknown: {options}")


class RangeApi:
    """Excel's Range object, as far as it is needed."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    def AutoFilter(self) -> None:  # noqa: N802 - Excel's name
        filtered = self._cells.sheet.ws.auto_filter
        filtered.ref = None if filtered.ref else self._cells.address.replace("$", "")


class PageSetup:
    """What xlwings and Excel call by this name, both in one."""

    _KNOWN = (
        "Orientation",
        "PaperSize",
        "PrintTitleRows",
        "Zoom",
        "FitToPagesWide",
        "FitToPagesTall",
    )

    def __init__(self, sheet: Worksheet) -> None:
        self.__dict__["ws"] = sheet

    def __setattr__(self, name: str, value: Any) -> None:
        ws = self.__dict__["ws"]
        if name == "print_area":
            ws.print_area = value.replace("$", "")
        elif name == "PrintTitleRows":
            ws.print_title_rows = value.replace("$", "")
        elif name == "Orientation":
            ws.page_setup.orientation = {2: "landscape"}[value]
        elif name == "PaperSize":
            ws.page_setup.paperSize = value
        elif name == "Zoom":
            ws.sheet_properties.pageSetUpPr.fitToPage = not value
        elif name in self._KNOWN:
            setattr(
                ws.page_setup,
                {"FitToPagesWide": "fitToWidth", "FitToPagesTall": "fitToHeight"}[name],
                int(value),
            )
        else:
            raise RefusedError(f"Excel knows no {name}")


class Range:
    """Some cells."""

    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(
        self, sheet: Sheet, top: int, left: int, bottom: int, right: int
    ) -> None:
        self.sheet = sheet
        self.row, self.column = top, left
        self.bottom, self.right = bottom, right
        self.options: dict[str, Any] = {}

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return self.sheet.range((self.row + row - 1, self.column + column - 1))

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.bottom - self.row + 1, self.right - self.column + 1

    @property
    def address(self) -> str:
        first = f"${get_column_letter(self.column)}${self.row}"
        return (
            first
            if len(self) == 1
            else f"{first}:${get_column_letter(self.right)}${self.bottom}"
        )

    @property
    def cells(self) -> Iterator[Cell]:
        rows = self.sheet.ws.iter_rows(self.row, self.bottom, self.column, self.right)
        return itertools.chain.from_iterable(rows)

    @property
    def api(self) -> RangeApi:
        return RangeApi(self)

    @property
    def first(self) -> Cell:
        return self.sheet.ws.cell(self.row, self.column)

    @property
    def raw_value(self) -> Any:
        shown = self.sheet.book.shown
        last = shown[self.sheet.name] if self.sheet.name in shown.sheetnames else None

        def value(cell: Cell) -> Any:
            if cell.data_type != "f":
                return cell.value
            linked = re.match(r'=HYPERLINK\(.*,"((?:[^"]|"")*)"\)$', str(cell.value))
            if linked:
                return linked[1].replace('""', '"')
            return None if last is None else last[cell.coordinate].value

        rows = self.sheet.ws.iter_rows(self.row, self.bottom, self.column, self.right)
        values = tuple(tuple(value(cell) for cell in row) for row in rows)
        return values[0][0] if len(self) == 1 else values

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows = (
            data
            if isinstance(data, list | tuple)
            else [[data] * self.shape[1]] * self.shape[0]
        )
        for offset, line in enumerate(rows):
            for step, content in enumerate(line):
                _enter(
                    self.sheet.ws,
                    self.sheet.ws.cell(self.row + offset, self.column + step),
                    content,
                )

    @property
    def formula(self) -> Any:
        rows = self.sheet.ws.iter_rows(self.row, self.bottom, self.column, self.right)
        values = tuple(
            tuple("" if cell.value is None else str(cell.value) for cell in row)
            for row in rows
        )
        return values[0][0] if len(self) == 1 else values

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        del whole, match_case
        for cell in self.cells:
            if isinstance(cell.value, str) and old in cell.value:
                _refuse_locked(self.sheet.ws, cell)
                cell.value = cell.value.replace(old, new)
                self.sheet.book.__dict__.setdefault("reentered", []).append(
                    cell.coordinate
                )

    def autofit(self, axis: str | None = None) -> None:
        """Give rows the height that their wrapped texts ask for, as Excel would."""
        assert axis in ("r", "rows")
        for row in self.sheet.ws.iter_rows(
            self.row, self.bottom, self.column, self.right
        ):
            lines = 1
            for cell in row:
                width = self.sheet.ws.column_dimensions[cell.column_letter].width
                lines = max(lines, -(-len(str(cell.value or "")) // max(int(width), 1)))
            self.sheet.ws.row_dimensions[row[0].row].height = 15 * lines

    def clear_contents(self) -> None:
        for cell in self.cells:
            cell.value = None

    @property
    def color(self) -> tuple[int, int, int] | None:
        fill = self.first.fill
        if fill.fill_type is None:
            return None
        text = fill.start_color.rgb[-6:]
        return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)

    @color.setter
    def color(self, wanted: str | None) -> None:
        self._may_format()
        for cell in self.cells:
            if not isinstance(cell, MergedCell):
                cell.fill = (
                    PatternFill("solid", start_color=wanted.lstrip("#"))
                    if wanted
                    else PatternFill()
                )

    @property
    def font(self) -> RangeFont:
        return RangeFont(self)

    @property
    def number_format(self) -> str:
        return str(self.first.number_format)

    @number_format.setter
    def number_format(self, wanted: str) -> None:
        self._may_format()
        for cell in self.cells:
            cell.number_format = wanted

    @property
    def column_width(self) -> float:
        return float(
            self.sheet.ws.column_dimensions[get_column_letter(self.column)].width
        )

    @column_width.setter
    def column_width(self, wanted: float) -> None:
        for column in range(self.column, self.right + 1):
            dimension = self.sheet.ws.column_dimensions[get_column_letter(column)]
            dimension.width, dimension.hidden = wanted, not wanted

    @property
    def wrap_text(self) -> bool:
        return bool(self.first.alignment.wrap_text)

    @wrap_text.setter
    def wrap_text(self, wanted: bool) -> None:
        for cell in self.cells:
            cell.alignment = Alignment(
                wrap_text=wanted, vertical=cell.alignment.vertical
            )

    @property
    def vertical_alignment(self) -> str:
        return str(self.first.alignment.vertical)

    @vertical_alignment.setter
    def vertical_alignment(self, wanted: str) -> None:
        for cell in self.cells:
            cell.alignment = Alignment(
                wrap_text=cell.alignment.wrap_text, vertical=wanted
            )

    @property
    def merge_area(self) -> Range:
        for area in self.sheet.ws.merged_cells.ranges:
            if self.first.coordinate in area:
                return Range(
                    self.sheet, area.min_row, area.min_col, area.max_row, area.max_col
                )
        return self

    @property
    def note(self) -> Note | None:
        return Note(self.sheet, self.first) if self.first.comment else None

    def add_note(self, text: str) -> Note:
        _refuse_objects(self.sheet.ws)
        if self.first.comment:
            raise RefusedError("there is a note already")
        self.first.comment = Comment(text, "Excel")
        return Note(self.sheet, self.first)

    def _may_format(self) -> None:
        protection = self.sheet.ws.protection
        if protection.sheet and protection.formatCells:
            raise RefusedError("The sheet is protected.")


class RangeFont:
    """The font of some cells."""

    def __init__(self, cells: Range) -> None:
        self.cells = cells

    def _set(self, **changes: Any) -> None:
        self.cells._may_format()
        for cell in self.cells.cells:
            old = cell.font
            known = {
                "name": old.name,
                "size": old.size,
                "bold": old.bold,
                "italic": old.italic,
                "color": old.color,
            }
            cell.font = Font(**{**known, **changes})

    @property
    def color(self) -> str:
        return str(self.cells.first.font.color.rgb)[-6:]

    @color.setter
    def color(self, wanted: str) -> None:
        self._set(color=wanted.lstrip("#"))

    @property
    def bold(self) -> bool:
        return bool(self.cells.first.font.bold)

    @bold.setter
    def bold(self, wanted: bool) -> None:
        self._set(bold=wanted)

    @property
    def size(self) -> float:
        return float(self.cells.first.font.size)

    @size.setter
    def size(self, wanted: float) -> None:
        self._set(size=wanted)


class Note:
    """The note of a cell."""

    def __init__(self, sheet: Sheet, cell: Cell) -> None:
        self.sheet = sheet
        self.cell = cell

    @property
    def text(self) -> str:
        return str(self.cell.comment.text)

    @text.setter
    def text(self, value: str) -> None:
        _refuse_objects(self.sheet.ws)
        self.cell.comment = Comment(value, "Excel")

    @property
    def location(self) -> Range:
        return self.sheet.range((self.cell.row, self.cell.column))

    def delete(self) -> None:
        _refuse_objects(self.sheet.ws)
        self.cell.comment = None


def _refuse_locked(sheet: Worksheet, cell: Cell) -> None:
    if sheet.protection.sheet and cell.protection.locked:
        raise RefusedError(f"{cell.coordinate} is on a protected sheet.")


def _refuse_objects(sheet: Worksheet) -> None:
    """Notes count as objects; a protected sheet refuses them unless its protection leaves objects out."""
    if sheet.protection.sheet:
        raise RefusedError("The sheet is protected.")


def _enter(sheet: Worksheet, cell: Cell, content: Any) -> None:
    """Put a value into a cell as Excel does: a text as if somebody typed it."""
    _refuse_locked(sheet, cell)
    cell.value = None
    if not isinstance(content, str):
        cell.value = content
        return
    if content.startswith("'"):
        cell.value, cell.data_type, cell.quotePrefix = content[1:], "s", True
        return
    if len(content) > 8203:
        raise RefusedError("the text is too long")
    cell.value = _as_typed(content, cell.number_format) if content else None


def _as_typed(text: str, number_format: str) -> Any:
    if number_format == "@" or text.startswith("="):
        return text
    if _NUMBER.fullmatch(text):
        return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    day = _DAY.fullmatch(text)
    if day:
        year = int(day[4]) if day[4] else dt.date.today().year
        try:
            return dt.datetime(year, int(day[2]), int(day[1]))  # noqa: DTZ001 - a cell knows no time zone
        except ValueError:
            return text
    return {"TRUE": True, "FALSE": False}.get(text.upper(), text)
