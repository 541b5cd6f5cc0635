"""Other readers as oracles: what openpyxl (full mode) and calamine read in the same file.

Each is asked in a worker process, for openpyxl may take for ever and calamine may end its process. A cell of ours
agrees if either reader says the same; what they cannot say (calamine: error values; openpyxl: escapes in formula
results) is left to the other one.
"""

from __future__ import annotations

import datetime as dt
import math
import signal
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import python_calamine
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from kamxl.xlsx.book import Book, Cell, State, address
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.source import WorkbookError

SECONDS_FOR_AN_ORACLE = 5
_MEMORY = 2 << 30
_CALAMINE_CELLS = 3_000_000  # it allocates the whole rectangle, and aborts if it cannot
_SECOND = dt.timedelta(seconds=1)

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Comparison:
    """How one file fared."""

    file: str
    fault: str = ""
    cells: int = 0
    oracles: tuple[str, ...] = ()
    differences: tuple[str, ...] = field(default=())


class _TimeOverError(Exception):
    pass


def prepare_worker() -> None:
    """Bound a worker's memory, and let a timer of its own work end an oracle; Windows has neither."""
    import resource  # noqa: PLC0415 - see above

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise _TimeOverError

    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGPROF, end)


def compare(path: Path) -> Comparison:
    """Read a file with kamxl and with the oracles, and tell where they differ."""
    name = f"{path.parent.name}/{path.name}"
    try:
        book = read_book(path)
    except WorkbookError as error:
        theirs = _openpyxl(path)
        return Comparison(
            name, error.fault.value, oracles=("openpyxl",) if theirs else ()
        )
    count = sum(len(sheet.cells) for sheet in book.sheets)
    readers = {"openpyxl": _openpyxl(path), "calamine": _calamine(path, book)}
    known = {reader: cells for reader, cells in readers.items() if cells is not None}
    return Comparison(
        name, "", count, tuple(known), tuple(_differences(book, list(known.values())))
    )


def _differences(book: Book, readers: list[dict[Place, object]]) -> list[str]:
    if not readers:
        return []
    ours = {
        (sheet.name, *place): cell
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
    }
    found = []
    for place in set(ours).union(*readers):
        cell = ours.get(place)
        seen = [cells.get(place) for cells in readers]
        if not any(_agree(cell, value, date1904=book.date1904) for value in seen):
            shown = cell and (cell.reason or cell.state, cell.value, cell.raw[:60])
            found.append(
                f"{place[0]}!{address(place[1], place[2])}: {shown!r} <> {seen!r}"
            )
    return found


def _agree(cell: Cell | None, theirs: object, *, date1904: bool) -> bool:
    if cell is None or cell.reason == "uncalculated":
        return theirs is None
    if cell.state is State.UNREADABLE:
        return cell.reason == "error" and theirs == cell.raw
    if isinstance(theirs, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return _same_moment(cell, theirs, date1904=date1904)
    if isinstance(cell.value, float):
        return isinstance(theirs, (int, float)) and math.isclose(
            cell.value, theirs, rel_tol=1e-15
        )
    return type(cell.value) is type(theirs) and cell.value == theirs


def _same_moment(
    cell: Cell, theirs: dt.date | dt.time | dt.timedelta, *, date1904: bool
) -> bool:
    if isinstance(theirs, dt.date) and isinstance(cell.value, dt.date):
        return abs(_moment(cell.value) - _moment(theirs)) < _SECOND
    if isinstance(cell.value, dt.time):
        return cell.value == theirs
    if not isinstance(cell.value, float):
        return False
    epoch = CALENDAR_MAC_1904 if date1904 else CALENDAR_WINDOWS_1900
    return math.isclose(cell.value, to_excel(theirs, epoch), abs_tol=1e-5)


def _moment(value: dt.date) -> dt.datetime:
    return (
        value
        if isinstance(value, dt.datetime)
        else dt.datetime.combine(value, dt.time())
    )


def _openpyxl(path: Path) -> dict[Place, object] | None:
    signal.setitimer(signal.ITIMER_PROF, SECONDS_FOR_AN_ORACLE)
    try:
        with path.open("rb") as file:
            workbook: Any = openpyxl.load_workbook(file, data_only=True)
            return {
                (sheet.title, *place): cell.value
                for sheet in workbook.worksheets
                for place, cell in sheet._cells.items()
                if cell.value not in (None, "")
            }
    except Exception:  # noqa: BLE001 - whatever it fails with, it has nothing to say
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _calamine(path: Path, book: Book) -> dict[Place, object] | None:
    if book.faults or not all(_fits(sheet.cells) for sheet in book.sheets):
        return None
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        found: dict[Place, object] = {}
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for row, values in enumerate(rows, 1):
                found |= {
                    (name, row, column): v
                    for column, v in enumerate(values, 1)
                    if v != ""
                }
    except Exception:  # noqa: BLE001
        return None
    return found


def _fits(cells: Any) -> bool:
    return (
        not cells
        or max(r for r, _ in cells) * max(c for _, c in cells) < _CALAMINE_CELLS
    )
