# ruff: noqa: D102, N802 - names and signatures are UNO's
# mypy: disable-error-code="misc, import-not-found"
"""LibreOffice plays Excel: formulas in cells call the generated VBA, which calls xlwings' real code, which calls kamxl.

Run by the Python that has `uno`, with the request as JSON on stdin: `program` (soffice), `python` (one that has
xlwings), `workbook` (an .xlsm with the VBA modules) and `cells`. Prints, as JSON, what each cell shows and every call
that was made.

The VBA wrapper asks `XLPy` for an object with a method `CallUDF`. In Excel that is xlwings' COM server; here it is a
UNO service in this process, which passes the call on to `xlwings_host.py`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.lang import XServiceInfo, XSingleComponentFactory
from com.sun.star.script import XInvocation

DATE = 2  # com.sun.star.util.NumberFormat.DATE
SERVICE = "kamxl.StandIn"
HOST = Path(__file__).with_name("xlwings_host.py")


class Bridge(unohelper.Base, XInvocation):
    """The object behind `XLPy`."""

    calls: list[Any] = []  # noqa: RUF012 - one list for all that LibreOffice creates
    host: Any = None
    formats: Any = None

    def getIntrospection(self) -> None:
        return None

    def invoke(self, _name: str, parameters: Any, _places: Any, _out: Any) -> Any:
        """`CallUDF(module, function, arguments)`."""
        _module, function, arguments = parameters[:3]
        request = {"call": function, "arguments": [argument(one) for one in arguments]}
        self.host.stdin.write(json.dumps(request) + "\n")
        self.host.stdin.flush()
        answer = json.loads(self.host.stdout.readline())
        Bridge.calls.append({**request, **answer})
        result = answer.get("result", answer.get("failed"))
        # xlwings' COM server hands a single row over as one; Basic knows no array of rows from elsewhere.
        return (
            (
                tuple(result[0])
                if isinstance(result, list) and len(result) == 1
                else result
            ),
            (),
            (),
        )

    def setValue(self, _name: str, _value: Any) -> None:
        return None

    def getValue(self, _name: str) -> None:
        return None

    def hasMethod(self, name: str) -> bool:
        return name == "CallUDF"

    def hasProperty(self, _name: str) -> bool:
        return False


class Factory(unohelper.Base, XSingleComponentFactory, XServiceInfo):
    """How LibreOffice makes the bridge."""

    def createInstanceWithContext(self, _context: Any) -> Bridge:
        return Bridge()

    def createInstanceWithArgumentsAndContext(
        self, _arguments: Any, _context: Any
    ) -> Bridge:
        return Bridge()

    def getImplementationName(self) -> str:
        return SERVICE + ".Implementation"

    def supportsService(self, name: str) -> bool:
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (SERVICE,)


def argument(value: Any) -> Any:
    """An argument of the VBA function as `xlwings_host` takes it."""
    if value is None:
        return {"missing": True}
    if isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return {
            "array": [list(row) if isinstance(row, tuple) else [row] for row in value]
        }
    return {"range": cells(value.CellRange)}  # a Range object of LibreOffice's VBA


def cells(area: Any) -> Any:
    """The content of a range: LibreOffice's own `Value` says 0 for an error, where Excel says which error."""
    rows = [
        [cell(area.getCellByPosition(x, y), value) for x, value in enumerate(row)]
        for y, row in enumerate(area.getDataArray())
    ]
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


def cell(one: Any, value: Any) -> Any:
    """One cell as Excel hands it over: dates as dates, errors as errors, empty ones as nothing."""
    if one.getError():
        return {"error": one.String}
    if one.Type.value == "EMPTY":
        return None
    if (
        isinstance(value, float)
        and Bridge.formats.getByKey(one.NumberFormat).Type & DATE
    ):
        start = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell knows no time zone
        return {"date": (start + dt.timedelta(days=value)).isoformat()}
    return value


def prop(name: str, value: Any) -> Any:
    """A named argument as UNO wants it."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    """LibreOffice's component context, as soon as it answers."""
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
            if time.monotonic() > deadline or office.poll() is not None:
                raise
            time.sleep(0.1)


def play(request: dict[str, Any]) -> dict[str, Any]:
    """Open the workbook, let it calculate, look at the cells."""
    home = Path(tempfile.mkdtemp(prefix="kamxl-stand-in-"))
    pipe = f"kamxl{uuid.uuid4().hex}"
    command = [request["program"], "--headless", "--norestore", "--nologo"]
    command += [
        f"-env:UserInstallation={home.as_uri()}",
        f"--accept=pipe,name={pipe};urp;",
    ]
    office = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        context = connected(pipe, office)
        context.ServiceManager.insert(Factory())
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        address = uno.systemPathToFileUrl(request["workbook"])
        always = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN
        book = desktop.loadComponentFromURL(
            address,
            "_blank",
            0,
            (prop("Hidden", True), prop("MacroExecutionMode", always)),
        )
        Bridge.formats = book.NumberFormats
        book.calculateAll()
        sheet = book.Sheets.getByIndex(0)
        shown = {name: sheet.getCellRangeByName(name) for name in request["cells"]}
        result = {
            name: one.getDataArray()[0][0] if not one.getError() else one.String
            for name, one in shown.items()
        }
        book.close(True)
        with contextlib.suppress(Exception):
            desktop.terminate()
        office.wait(15)
        return {"cells": result, "calls": Bridge.calls}
    finally:
        office.kill()
        office.wait()
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    """Read the request, play, print."""
    request = json.load(sys.stdin)
    Bridge.host = subprocess.Popen(
        [request["python"], str(HOST), "kamxl.excel.udf"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        sys.stdout.write(json.dumps(play(request)))
    finally:
        Bridge.host.stdin.close()
        Bridge.host.wait(120)


if __name__ == "__main__":
    main()
