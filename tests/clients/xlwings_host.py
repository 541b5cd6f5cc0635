"""xlwings as it runs inside Excel, on any system: its real code, with pywin32 and Excel's objects replaced.

Run as a program, it answers JSON lines: `{"call": name, "arguments": […]}` goes through xlwings' real `call_udf` as
from a cell, `{"import": workbook name}` through its real `import_udfs`. `Excel` is the other end of the conversation.

A number stands for a number in a cell, a list of rows for a range, null for an empty cell, `{"missing": true}` for an
argument left out, `{"error": "#N/A"}` for an error value, `{"date": "2026-01-31"}` for a date; `{"array": rows}` is
an array that a formula computed, `{"range": content}` the same content as Excel's Range object.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import json
import subprocess
import sys
import time
import types
from pathlib import Path
from typing import Any, Self
from unittest.mock import MagicMock

ROOT = Path(__file__).parents[2]
MISSING = -2147352572
ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
    "#SPILL!": -2146826243,
}
RANGE_IID = "{00020846-0000-0000-C000-000000000046}"


class Excel:
    """A process in which xlwings believes to be inside Excel; use as a context manager."""

    def __init__(
        self, module: str = "kamxl.excel.udf", python: str = sys.executable
    ) -> None:
        """Start it.

        Args:
            module: the Python module whose functions cells call.
            python: the interpreter, one that has xlwings.
        """
        self._process = subprocess.Popen(
            [python, __file__, module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, function: str, *arguments: object) -> Any:
        """What a cell with this function shows: one value, or rows of them."""
        return self._ask({"call": function, "arguments": arguments})

    def time(self, function: str, *arguments: object) -> float:
        """Seconds that one call takes inside the process, conversion included, conversation excluded."""
        return float(self._ask({"time": function, "arguments": arguments}))

    def imported(self, workbook: str) -> dict[str, Any]:
        """The VBA module that xlwings imports into a workbook of this name, and the descriptions it sets."""
        return dict(self._ask({"import": workbook}))

    def functions(self) -> dict[str, Any]:
        """What xlwings knows of each function: category, arguments, whether volatile."""
        return dict(self._ask({"functions": True}))

    def close(self) -> None:
        """End the process."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(120)
        if self._process.stdout:
            self._process.stdout.close()

    def _ask(self, request: dict[str, object]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(
            self._process.stdout.readline() or '{"failed": "the process ended"}'
        )
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer["result"]


# --- inside the process ---------------------------------------------------------------------------------


class ComTime(dt.datetime):
    """How pywin32 hands over a date."""


class Dispatch:
    """A COM object, as far as xlwings asks."""


class RangeObject(Dispatch):
    """Excel's Range: xlwings recognises it by its interface and reads `Value`."""

    Worksheet = MagicMock()
    Row = Column = 1
    _oleobj_ = MagicMock()
    _oleobj_.GetTypeInfo().GetTypeAttr().iid = RANGE_IID

    def __init__(self, value: object) -> None:
        self.Value = value
        rows = value if isinstance(value, tuple) else ((value,),)
        self.Rows = types.SimpleNamespace(Count=len(rows))
        self.Columns = types.SimpleNamespace(Count=len(rows[0]))


CALLER = MagicMock(name="the calling cell")

PYWIN32 = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
    "win32com.client.dynamic",
    "win32com.client.build",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
)


def pretend_windows() -> None:
    """Put stand-ins where pywin32 would be, before anything of xlwings is imported."""
    for name in PYWIN32:
        sys.modules[name] = MagicMock(name=name)
    stand_ins: dict[str, Any] = sys.modules  # MagicMocks take any attribute
    stand_ins["pywintypes"].TimeType = ComTime
    stand_ins["pywintypes"].IID = str
    stand_ins["pywintypes"].com_error = type("com_error", (Exception,), {})
    stand_ins["pythoncom"].__file__ = "pythoncom.dll"
    for kind in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(stand_ins["win32com.client"], kind, type(kind, (), {}))
    stand_ins["win32com.client"].Dispatch = lambda obj, *_, **__: obj
    libraries: Any = ctypes
    for library in ("oledll", "windll"):
        if not hasattr(ctypes, library):
            setattr(libraries, library, MagicMock())
    libraries.PyDLL = MagicMock()


def load_xlwings() -> Any:
    """The real xlwings, with the decorators that it has on Windows; returns its module `udfs`."""
    pretend_windows()
    xw: Any = importlib.import_module("xlwings")
    windows: Any = importlib.import_module("xlwings._xlwindows")
    windows.Apps.cleanup = staticmethod(
        lambda: None
    )  # it asks Windows for its tasks at the end
    xw.engines.add(xw.Engine(impl=windows.engine))
    xw.engines.active = xw.engines["excel"]
    udfs: Any = importlib.import_module("xlwings.udfs")
    xw.func, xw.arg, xw.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    server: Any = sys.modules.setdefault(
        "xlwings.com_server", types.ModuleType("xlwings.com_server")
    )
    server.loop = None
    return udfs


def from_cell(content: Any) -> object:
    """One argument as it reaches `call_udf`."""
    if isinstance(content, dict):
        return special(content)
    if isinstance(content, list):
        return RangeObject(rows_of(content))
    return value_of(content)


def special(content: dict[str, Any]) -> object:
    """An argument that JSON has no word for."""
    if "missing" in content:
        return MISSING
    if "array" in content:
        return rows_of(content["array"])
    if "range" in content:
        inner = content["range"]
        return RangeObject(
            rows_of(inner) if isinstance(inner, list) else value_of(inner)
        )
    return value_of(content)


def rows_of(rows: list[list[Any]]) -> tuple[tuple[object, ...], ...]:
    """Rows of a range as pywin32 hands them over."""
    return tuple(tuple(value_of(cell) for cell in row) for row in rows)


def value_of(cell: Any) -> object:
    """One cell's value as pywin32 hands it over: every number is a float."""
    if isinstance(cell, dict):
        if "error" in cell:
            return ERRORS[cell["error"]]
        return ComTime.fromisoformat(cell["date"])
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell


def call(udfs: Any, module: str, name: str, arguments: list[Any]) -> object:
    """What the cell shows; the last step is that of xlwings' COM server."""
    result = udfs.call_udf(module, name, tuple(map(from_cell, arguments)), None, CALLER)
    return result[0][0] if len(result) == 1 and len(result[0]) == 1 else result


def imported(udfs: Any, module: str, workbook: str) -> dict[str, Any]:
    """Let xlwings import the functions into a workbook and look at what it did."""
    book = MagicMock()
    book.Name = workbook
    book.Application.Version = "16.0"
    seen: dict[str, Any] = {}
    book.VBProject.VBComponents.Import = lambda path: seen.update(
        source=Path(path).read_text(encoding="utf-8")
    )
    udfs.get_udf_module = lambda *_: sys.modules[module]
    udfs.logger = MagicMock()
    udfs.import_udfs(module, book)
    described = book.Application.MacroOptions.call_args_list
    seen["options"] = {
        one.args[0]: {k: v for k, v in one.kwargs.items() if v} for one in described
    }
    return seen


def functions(module: str) -> dict[str, Any]:
    """Xlwings' own description of each function."""
    found = {
        name: getattr(one, "__xlfunc__", None)
        for name, one in vars(sys.modules[module]).items()
    }
    return {
        name: {
            "category": info["category"],
            "volatile": info["volatile"],
            "arguments": [
                [a["name"], "optional" in a, a["options"], a["doc"]]
                for a in info["args"]
            ],
        }
        for name, info in found.items()
        if info
    }


def serve(module: str) -> None:
    """Answer requests until stdin ends."""
    udfs = load_xlwings()
    __import__(module)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = handle(udfs, module, request)
        except Exception as problem:  # noqa: BLE001 - the other end raises it
            print(
                json.dumps({"failed": f"{type(problem).__name__}: {problem}"}),
                flush=True,
            )
        else:
            print(json.dumps({"result": result}), flush=True)


def handle(udfs: Any, module: str, request: dict[str, Any]) -> object:
    """The answer to one request."""
    if "call" in request:
        return call(udfs, module, request["call"], request["arguments"])
    if "time" in request:
        return seconds(udfs, module, request["time"], request["arguments"])
    if "import" in request:
        return imported(udfs, module, request["import"])
    return functions(module)


def seconds(udfs: Any, module: str, name: str, arguments: list[Any]) -> float:
    """The best of some calls with arguments made beforehand."""
    ready = tuple(map(from_cell, arguments))
    taken = []
    for _ in range(7):
        start = time.perf_counter()
        udfs.call_udf(module, name, ready, None, CALLER)
        taken.append(time.perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    serve(sys.argv[1])
