"""One LibreOffice process, obeying JSON lines: run by the Python that has `uno`, driven by `office.py`.

Each line read from stdin is a request `{"do": name, …arguments}`; each line written to stdout is its answer,
`{"result": …}` or `{"error": text}`. At the end of stdin LibreOffice is ended.
Only the standard library and uno are used here: the system's Python knows nothing of the project.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import DisposedException

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
}
FORMULA = 16  # com.sun.star.sheet.CellFlags.FORMULA
ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Input"><prop oor:name="ReplaceCellsWarning" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item>
</oor:items>"""


def prop(name: str, value: Any) -> Any:
    """A named argument as UNO wants it."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def url(path: str) -> str:
    """A file's address as UNO wants it."""
    return str(uno.systemPathToFileUrl(str(Path(path).resolve())))


class Office:
    """A running LibreOffice and what can be asked of it."""

    def __init__(self, program: str, home: str, locale: str) -> None:
        user = Path(home, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(
            PROFILE.format(locale=locale), encoding="utf-8"
        )
        pipe = f"kamxl{uuid.uuid4().hex}"
        self.process = subprocess.Popen(
            [
                program,
                "--headless",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation={Path(home).as_uri()}",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.context = self._connect(pipe)
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self.dispatcher = self._service("com.sun.star.frame.DispatchHelper")

    def _connect(self, pipe: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                return resolver.resolve(
                    f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
                )
            except Exception:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def _service(self, name: str) -> Any:
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def close(self) -> None:
        """End LibreOffice, by force if it does not go."""
        with contextlib.suppress(Exception):
            self.desktop.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @contextlib.contextmanager
    def document(self, path: str, *, hidden: bool = True) -> Iterator[Any]:
        """Open a file, every formula recalculated; it is closed without saving."""
        arguments = (prop("Hidden", True),) if hidden else ()
        opened = self.desktop.loadComponentFromURL(url(path), "_blank", 0, arguments)
        if opened is None:
            raise OSError(f"LibreOffice cannot open {path}")
        try:
            yield opened
        finally:
            opened.close(
                True
            )  # "deliver ownership": whoever still needs it closes it later

    # --- what can be asked ---------------------------------------------------------------------------

    def recalculate(
        self, path: str, cells: dict[str, list[str]] | None, save_as: str | None
    ) -> Any:
        """Values after a hard recalculation: of the cells named, else of every formula cell."""
        with self.document(path) as book:
            book.calculateAll()
            if cells is None:
                found = {sheet.Name: formula_cells(sheet) for sheet in book.Sheets}
            else:
                found = {
                    name: named_cells(sheet_of(book, name), some)
                    for name, some in cells.items()
                }
            if save_as:
                store(book, save_as)
            return found

    def convert(self, path: str, target: str) -> None:
        """Recalculate and save as what the target's suffix says (.xlsx, .ods, .pdf)."""
        with self.document(path) as book:
            book.calculateAll()
            store(book, target)

    def type(
        self, path: str, entries: list[list[str]], save_as: str | None
    ) -> list[dict[str, Any]]:
        """Type texts into cells as at the keyboard: locale and protection are obeyed."""
        with self.document(path, hidden=False) as book:
            controller = book.CurrentController
            typed = [self._type_one(book, controller, *entry) for entry in entries]
            book.calculateAll()
            if save_as:
                store(book, save_as)
            return typed

    def _type_one(
        self, book: Any, controller: Any, name: str, address: str, text: str
    ) -> dict[str, Any]:
        sheet = sheet_of(book, name)
        cell = sheet.getCellRangeByName(address)
        before = cell.Formula
        refused = sheet.isProtected() and cell.CellProtection.IsLocked
        controller.setActiveSheet(sheet)
        self._dispatch(controller, ".uno:GoToCell", "ToPoint", address)
        if text:
            self._dispatch(controller, ".uno:EnterString", "StringName", text)
        else:
            self._dispatch(controller, ".uno:ClearContents")
        return {
            **one_cell(cell),
            "sheet": name,
            "cell": address,
            "typed": text,
            "shown": cell.String,
            "refused": refused and before == cell.Formula,
        }

    def _dispatch(self, controller: Any, command: str, *argument: str) -> None:
        arguments = (prop(*argument),) if argument else ()
        self.dispatcher.executeDispatch(controller.Frame, command, "", 0, arguments)

    def edit(self, path: str, steps: list[list[Any]], target: str) -> None:
        """Change the structure of a workbook as a user would, step by step, and save it."""
        with self.document(path, hidden=False) as book:
            known: dict[str, Callable[..., None]] = {
                **STEPS,
                "command": self._command,
                "enter": self._enter,
                "paste": self._paste,
            }
            for name, *arguments in steps:
                known[name](book, *arguments)
            book.calculateAll()
            store(book, target)

    def _command(self, book: Any, name: str, cells: str, *commands: str) -> None:
        """Select cells and give commands of the program's menus, each with its arguments as JSON behind a blank."""
        controller = book.CurrentController
        controller.setActiveSheet(sheet_of(book, name))
        self._dispatch(controller, ".uno:GoToCell", "ToPoint", cells)
        for command in commands:
            what, _, given = command.partition(" ")
            arguments = tuple(prop(*one) for one in json.loads(given or "{}").items())
            self.dispatcher.executeDispatch(
                controller.Frame, f".uno:{what}", "", 0, arguments
            )

    def _paste(
        self, book: Any, name: str, source: str, to_sheet: str, to_cell: str
    ) -> None:
        """Select cells, copy them, and paste them from another cell on."""
        controller = book.CurrentController
        controller.select(sheet_of(book, name).getCellRangeByName(source))
        copied = controller.getTransferable()
        target = sheet_of(book, to_sheet)
        controller.setActiveSheet(target)
        controller.select(target.getCellRangeByName(to_cell))
        controller.insertTransferable(copied)

    def _enter(self, book: Any, name: str, cell: str, text: str) -> None:
        """Type a text into a cell."""
        typed = self._type_one(book, book.CurrentController, name, cell, text)
        if typed["refused"]:
            raise PermissionError(f"{name}!{cell} is protected")


def store(book: Any, target: str) -> None:
    """Save a copy in the format that the suffix names."""
    suffix = Path(target).suffix.lower()
    book.storeToURL(url(target), (prop("FilterName", FILTERS[suffix]),))


def sheet_of(book: Any, name: str) -> Any:
    """The sheet of that name."""
    if not book.Sheets.hasByName(name):
        raise KeyError(
            f"no sheet {name!r}; there are {', '.join(book.Sheets.ElementNames)}"
        )
    return book.Sheets.getByName(name)


# --- reading --------------------------------------------------------------------------------------------


def one_cell(cell: Any) -> dict[str, Any]:
    """A cell's value, its error if it is one, and its formula or content as typed in English."""
    if cell.getError():
        return {"value": None, "error": cell.String, "formula": cell.Formula}
    value = cell.getDataArray()[0][0]
    return {
        "value": None if cell.Type.value == "EMPTY" else value,
        "error": None,
        "formula": cell.Formula,
    }


def named_cells(sheet: Any, addresses: list[str]) -> dict[str, Any]:
    """The cells of a sheet that were asked for, as values and as they are shown."""
    cells = {address: sheet.getCellRangeByName(address) for address in addresses}
    return {
        address: {**one_cell(cell), "shown": cell.String}
        for address, cell in cells.items()
    }


def formula_cells(sheet: Any) -> dict[str, Any]:
    """All formula cells of a sheet: values range by range, only errors are asked for one by one."""
    found: dict[str, Any] = {}
    for area in sheet.queryContentCells(FORMULA):
        corner = area.RangeAddress
        values, formulas = area.getDataArray(), area.getFormulaArray()
        for down, (row, written) in enumerate(zip(values, formulas)):  # noqa: B905 - runs on any Python 3
            for right, value in enumerate(row):
                address = (
                    f"{letters(corner.StartColumn + right)}{corner.StartRow + down + 1}"
                )
                found[address] = {
                    "value": value,
                    "error": None,
                    "formula": written[right],
                }
    for area in sheet.queryFormulaCells(ERROR):
        corner = area.RangeAddress
        for row in range(corner.StartRow, corner.EndRow + 1):
            for column in range(corner.StartColumn, corner.EndColumn + 1):
                cell = found[f"{letters(column)}{row + 1}"]
                cell["value"], cell["error"] = (
                    None,
                    sheet.getCellByPosition(column, row).String,
                )
    return found


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


# --- what a user does to the structure ---------------------------------------------------------------


def unlocked(book: Any, name: str) -> Any:
    """The sheet, if the program's menus would let a user change its structure."""
    sheet = sheet_of(book, name)
    if sheet.isProtected():
        raise PermissionError(f"sheet {name!r} is protected")
    return sheet


def insert_rows(book: Any, name: str, row: int, count: int) -> None:
    """Insert rows above a row, counted from 1."""
    unlocked(book, name).Rows.insertByIndex(row - 1, count)


def delete_rows(book: Any, name: str, row: int, count: int) -> None:
    """Delete rows from a row on, counted from 1."""
    unlocked(book, name).Rows.removeByIndex(row - 1, count)


def insert_columns(book: Any, name: str, column: str, count: int) -> None:
    """Insert columns before a column."""
    sheet = unlocked(book, name)
    sheet.Columns.insertByIndex(
        sheet.getCellRangeByName(f"{column}1").CellAddress.Column, count
    )


def delete_columns(book: Any, name: str, column: str, count: int) -> None:
    """Delete columns from a column on."""
    sheet = unlocked(book, name)
    sheet.Columns.removeByIndex(
        sheet.getCellRangeByName(f"{column}1").CellAddress.Column, count
    )


def cut(book: Any, name: str, source: str, to_sheet: str, to_cell: str) -> None:
    """Cut a range and paste it; formulas and names follow."""
    sheet, target = unlocked(book, name), unlocked(book, to_sheet)
    sheet.moveRange(
        target.getCellRangeByName(to_cell).CellAddress,
        sheet.getCellRangeByName(source).RangeAddress,
    )


def copy(book: Any, name: str, source: str, to_sheet: str, to_cell: str) -> None:
    """Copy a range and paste it."""
    sheet, target = sheet_of(book, name), unlocked(book, to_sheet)
    target.copyRange(
        target.getCellRangeByName(to_cell).CellAddress,
        sheet.getCellRangeByName(source).RangeAddress,
    )


def sort(
    book: Any, name: str, cells: str, by: int, descending: int, headed: int
) -> None:
    """Sort the rows of a range by its column `by`, counted from 0; `headed` where its first row is a head."""
    key = uno.createUnoStruct("com.sun.star.table.TableSortField")
    key.Field, key.IsAscending = by, not descending
    options = (
        prop("IsSortColumns", False),
        prop("ContainsHeader", bool(headed)),
        prop(
            "SortFields",
            uno.Any("[]com.sun.star.table.TableSortField", (key,)),
        ),
    )
    unlocked(book, name).getCellRangeByName(cells).sort(options)


def merge(book: Any, name: str, cells: str) -> None:
    """Make one cell of several; what the others hold stays hidden below it."""
    unlocked(book, name).getCellRangeByName(cells).merge(True)


def unprotect(book: Any, name: str) -> None:
    """Take a sheet's protection off, without a password."""
    sheet_of(book, name).unprotect("")


def rename(book: Any, name: str, new: str) -> None:
    """Rename a sheet."""
    sheet_of(book, name).Name = new


def move(book: Any, name: str, position: int) -> None:
    """Move a sheet before the one at a position counted from 0."""
    book.Sheets.moveByName(name, position)


def duplicate(book: Any, name: str, new: str) -> None:
    """Copy a sheet within the workbook; the copy comes last."""
    book.Sheets.copyByName(name, new, book.Sheets.Count)


def delete_sheet(book: Any, name: str) -> None:
    """Delete a sheet."""
    book.Sheets.removeByName(name)


STEPS: dict[str, Callable[..., None]] = {
    step.__name__: step
    for step in (
        copy,
        cut,
        delete_columns,
        delete_rows,
        delete_sheet,
        duplicate,
        insert_columns,
        insert_rows,
        merge,
        move,
        rename,
        sort,
        unprotect,
    )
}


def serve(program: str, home: str, locale: str) -> None:
    """Answer requests until stdin ends or LibreOffice is gone."""
    office = Office(program, home, locale)
    try:
        answer({"result": "ready"})
        for line in sys.stdin:
            request = json.loads(line)
            try:
                answer({"result": getattr(office, request.pop("do"))(**request)})
            except DisposedException:
                answer({"error": "LibreOffice is gone", "gone": True})
                return
            except Exception as problem:  # noqa: BLE001 - the caller is told, and decides
                answer({"error": f"{type(problem).__name__}: {problem}"})
    finally:
        office.close()


def answer(content: dict[str, Any]) -> None:
    """Write one line to the caller."""
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(*sys.argv[1:])
