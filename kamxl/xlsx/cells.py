"""A workbook file → a `Book`: its sheets' cells, names and properties, whatever else it holds left alone.

The one way in is `read_book`. It follows relationships (never "sheet1.xml" by guess), bears with damage that
leaves the rest readable (`Book.faults`), and ends with a `WorkbookError` where nothing sensible can be read.
A plan of 13 sheets with 2,000 values and 6,000 formatted empty cells takes some milliseconds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import TypeVar

from kamxl.xlsx.book import (
    Book,
    CellStyle,
    Damage,
    Fault,
    SheetCells,
)
from kamxl.xlsx.package import Package, open_package
from kamxl.xlsx.parts import (
    Contents,
    SharedStrings,
    cell_styles,
    custom_properties,
    holds_notes,
    holds_pictures,
    shared_strings,
    workbook_contents,
)
from kamxl.xlsx.sheet import SheetReading, read_sheet
from kamxl.xlsx.source import FileFault, ReadingLimits, WorkbookError
from kamxl.xlsx.values import Context

_T = TypeVar("_T")


def read_book(
    path: str | os.PathLike[str], limits: ReadingLimits | None = None
) -> Book:
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
        WorkbookError: `DAMAGED` if no sheet can be read, two are one part, or a part has a DTD; `TOO_LARGE`
            beyond the limits.
    """
    contents = workbook_contents(package)
    if not contents.sheets:
        raise WorkbookError(FileFault.DAMAGED, package.path, "no sheets")
    damages: list[Damage] = []
    sheets = tuple(_sheets(package, contents, damages))
    broken = [each.detail for each in damages if each.fault is Fault.SHEET_DAMAGED]
    if broken and not sheets:
        raise WorkbookError(FileFault.DAMAGED, package.path, broken[0])
    properties = _properties(package, damages)
    names, date1904 = contents.names, contents.date1904
    return Book(
        package.path,
        package.fingerprint,
        sheets,
        names,
        properties,
        date1904,
        tuple(damages),
    )


def _sheets(
    package: Package, contents: Contents, damages: list[Damage]
) -> Iterator[SheetCells]:
    """Read the worksheets; a chart, dialog or macro sheet has no cells to read."""
    links = package.relationships(package.main)
    strings = _strings(package, links.get("sharedStrings", {}), damages)
    styles = _styles(package, links.get("styles", {}), damages)
    rich = links.get("rdRichValueStructure", {})
    # Where it is damaged, a picture is the error that older versions of Excel see in it.
    pictures = _first(partial(holds_pictures, package), rich, [], Fault.STYLES_DAMAGED)
    context = Context(
        strings.texts, styles, contents.date1904, package.limits.max_text, bool(pictures), strings.struck
    )  # fmt: skip
    room = package.limits.max_cells
    parts = links.get("worksheet", {})
    others = set(chain.from_iterable(links.values())) - set(parts)
    listed: set[str] = set()
    for entry in contents.sheets:
        if entry.relationship in others:
            continue
        part = parts.get(entry.relationship)
        if part in listed:
            raise WorkbookError(
                FileFault.DAMAGED, package.path, f"{part}: listed twice"
            )
        listed |= {part} if part else set()
        found = _reading(package, entry.name, part, context, room, damages)
        if found is not None:
            noted = _unless_damaged(
                partial(holds_notes, package, part or ""), [], Fault.SHEET_DAMAGED
            )
            yield SheetCells(
                entry.name, entry.visible, found.cells, found.merged, bool(noted)
            )
            room -= len(found.cells)


def _reading(
    package: Package,
    sheet: str,
    part: str | None,
    context: Context,
    room: int,
    damages: list[Damage],
) -> SheetReading | None:
    """Read one sheet; `None` if nothing of it can be read."""
    if part is None:
        damages.append(Damage(Fault.SHEET_DAMAGED, sheet, "no part"))
        return None

    def read() -> SheetReading:
        content = package.read(part)
        with package.faults_of(part):
            return read_sheet(sheet, content, context, package.allowance, room)

    reading = _unless_damaged(read, damages, Fault.SHEET_DAMAGED, sheet)
    if reading is None:
        return None
    damages += reading.damages
    cut_off = any(damage.fault is Fault.SHEET_DAMAGED for damage in reading.damages)
    return None if cut_off and not reading.cells else reading


def _strings(
    package: Package, targets: Mapping[str, str], damages: list[Damage]
) -> SharedStrings:
    read = partial(shared_strings, package)
    found = _first(read, targets, damages, Fault.STRINGS_DAMAGED) or SharedStrings()
    if found.damage:
        damages.append(Damage(Fault.STRINGS_DAMAGED, detail=found.damage))
    return found


def _styles(
    package: Package, targets: Mapping[str, str], damages: list[Damage]
) -> Mapping[str, CellStyle]:
    read = partial(cell_styles, package)
    return _first(read, targets, damages, Fault.STYLES_DAMAGED) or {}


def _properties(package: Package, damages: list[Damage]) -> Mapping[str, str]:
    read = partial(custom_properties, package)
    targets = package.relationships().get("custom-properties", {})
    return _first(read, targets, damages, Fault.PROPERTIES_DAMAGED) or {}


def _first(
    read: Callable[[str], _T],
    targets: Mapping[str, str],
    damages: list[Damage],
    fault: Fault,
) -> _T | None:
    """What the first part says that can be read; `None` if there is none."""
    for part in targets.values():
        found = _unless_damaged(partial(read, part), damages, fault)
        if found is not None:
            return found
    return None


def _unless_damaged(
    read: Callable[[], _T], damages: list[Damage], fault: Fault, sheet: str = ""
) -> _T | None:
    """Read something; note its damage and go on without it, unless the part is an attack."""
    try:
        return read()
    except WorkbookError as error:
        is_hostile = getattr(error.__cause__, "hostile", False)
        if error.fault is not FileFault.DAMAGED or is_hostile:
            raise
        damages.append(Damage(fault, sheet, error.detail))
        return None
