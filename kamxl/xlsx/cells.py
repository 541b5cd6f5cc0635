"""A workbook file → a `Book`: its sheets' cells, names and properties, whatever else it holds left alone.

The one way in is `read_book`. It follows relationships (never "sheet1.xml" by guess), bears with damage that
leaves the rest readable (`Book.faults`), and ends with a `WorkbookError` where nothing sensible can be read.
A plan of 13 sheets with 2,000 values and 6,000 formatted empty cells takes some milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from kamxl.xlsx.book import (
    Area,
    Book,
    Cell,
    CellValue,
    Damage,
    DefinedName,
    Fault,
    SheetCells,
    State,
    address,
    column_letter,
    column_number,
)
from kamxl.xlsx.bounded_xml import XmlError
from kamxl.xlsx.package import FileFault, Limits, Package, WorkbookError, open_package
from kamxl.xlsx.parts import (
    custom_properties,
    date_styles,
    shared_strings,
    workbook_contents,
)
from kamxl.xlsx.sheet import SheetReading, read_sheet
from kamxl.xlsx.values import Context

__all__ = [
    "Area",
    "Book",
    "Cell",
    "CellValue",
    "Damage",
    "DefinedName",
    "Fault",
    "SheetCells",
    "State",
    "address",
    "book_of",
    "column_letter",
    "column_number",
    "read_book",
]

_T = TypeVar("_T")


def read_book(path: str | os.PathLike[str], limits: Limits | None = None) -> Book:
    """Read a workbook file.

    Args:
        path: an .xlsx, .xlsm, .xltx or .xltm file, whatever its name ends in.
        limits: how much is read at most; the defaults are a hundred times a filled plan.

    Raises:
        WorkbookError: the file is no readable workbook; its `fault` says why.
    """
    return book_of(open_package(path, limits))


def book_of(package: Package) -> Book:
    """Read the workbook that a package holds.

    Raises:
        WorkbookError: `DAMAGED` if no sheet can be read, or a part has a DTD; `TOO_LARGE` beyond the limits.
    """
    contents = workbook_contents(package)
    if not contents.sheets:
        raise WorkbookError(FileFault.DAMAGED, package.path, "no sheets")
    links = package.relationships(package.main)
    damages: list[Damage] = []
    strings = _strings(package, links.get("sharedStrings", {}), damages)
    styles = _date_styles(package, links.get("styles", {}), damages)
    context = Context(strings, styles, contents.date1904, package.limits.max_text)
    sheets: list[SheetCells] = []
    room = package.limits.max_cells
    for entry in contents.sheets:
        part = links.get("worksheet", {}).get(entry.relationship)
        if part is None and any(
            entry.relationship in targets for targets in links.values()
        ):
            continue  # a chart, dialog or macro sheet has no cells to read
        cells = _cells(package, entry.name, part, context, room, damages)
        if cells is not None:
            sheets.append(SheetCells(entry.name, entry.visible, cells))
            room -= len(cells)
    broken = next(
        (damage.detail for damage in damages if damage.fault is Fault.SHEET_DAMAGED),
        None,
    )
    if broken is not None and not sheets:
        raise WorkbookError(FileFault.DAMAGED, package.path, broken)
    properties = _properties(package, damages)
    names, date1904 = contents.names, contents.date1904
    return Book(
        package.path,
        package.fingerprint,
        tuple(sheets),
        names,
        properties,
        date1904,
        tuple(damages),
    )


def _cells(
    package: Package,
    sheet: str,
    part: str | None,
    context: Context,
    room: int,
    damages: list[Damage],
) -> Mapping[tuple[int, int], Cell] | None:
    """Read one sheet; `None` if nothing of it can be read."""
    if part is None:
        damages.append(Damage(Fault.SHEET_DAMAGED, sheet, "no part"))
        return None

    def read() -> SheetReading:
        content = package.read(part)
        with package.faults_of(part):
            return read_sheet(sheet, content, context, package.limits, room)

    reading = _unless_damaged(read, damages, Fault.SHEET_DAMAGED, sheet)
    if reading is None:
        return None
    damages += reading.damages
    cut_off = any(damage.fault is Fault.SHEET_DAMAGED for damage in reading.damages)
    return None if cut_off and not reading.cells else reading.cells


def _strings(
    package: Package, targets: Mapping[str, str], damages: list[Damage]
) -> Sequence[str]:
    for part in targets.values():
        found = _unless_damaged(
            partial(shared_strings, package, part), damages, Fault.STRINGS_DAMAGED
        )
        if found:
            strings, damage = found
            damages += [Damage(Fault.STRINGS_DAMAGED, detail=damage)] if damage else []
            return strings
    return ()


def _date_styles(
    package: Package, targets: Mapping[str, str], damages: list[Damage]
) -> frozenset[str]:
    for part in targets.values():
        styles = _unless_damaged(
            partial(date_styles, package, part), damages, Fault.STYLES_DAMAGED
        )
        if styles is not None:
            return styles
    return frozenset()


def _properties(package: Package, damages: list[Damage]) -> Mapping[str, str]:
    for part in package.relationships().get("custom-properties", {}).values():
        read = partial(custom_properties, package, part)
        properties = _unless_damaged(read, damages, Fault.PROPERTIES_DAMAGED)
        if properties is not None:
            return properties
    return {}


def _unless_damaged(
    read: Callable[[], _T], damages: list[Damage], fault: Fault, sheet: str = ""
) -> _T | None:
    """Read something; note its damage and go on without it, unless the part is an attack."""
    try:
        return read()
    except WorkbookError as error:
        cause = error.__cause__
        if error.fault is not FileFault.DAMAGED or (
            isinstance(cause, XmlError) and cause.hostile
        ):
            raise
        damages.append(Damage(fault, sheet, error.detail))
        return None
