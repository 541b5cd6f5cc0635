"""LibreOffice as a second user of our workbooks: one process for a whole test session.

`Office` starts `office_server.py` under the Python that has LibreOffice's bridge (`uno`) and speaks JSON
lines with it. Every operation reads one file and, where asked, writes another; the file read is never
changed. A call that takes too long, or that LibreOffice did not survive, ends the process; the next call
starts a new one.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kamxl.generation.guide import office_program

SERVER = Path(__file__).with_name("office_server.py")

Step = tuple[str | int, ...]
"""What a user does to a workbook, first its name. Rows count from 1, columns are letters, sheets are names:

`("unprotect", sheet)`, `("insert_rows", sheet, row, count)`, `("delete_rows", sheet, row, count)`,
`("insert_columns", sheet, column, count)`, `("delete_columns", sheet, column, count)`,
`("cut", sheet, range, to_sheet, to_cell)`, `("copy", sheet, range, to_sheet, to_cell)`,
`("sort", sheet, range, column_from_0, descending, has_head)`, `("merge", sheet, range)`,
`("rename", sheet, new)`, `("move", sheet, position_from_0)`, `("duplicate", sheet, new)`,
`("delete_sheet", sheet)`, `("enter", sheet, cell, text)`, `("paste", sheet, range, to_sheet, to_cell)`,
`("command", sheet, range, name_of_a_menu_command, …)`: each command of the menus may have arguments as JSON behind a
blank, `'DataSort {"Col1": 2}'`.
"""


class OfficeError(Exception):
    """LibreOffice refused what was asked, or did not answer."""


@dataclass(frozen=True)
class Computed:
    """A cell after recalculation: a number or text, or None when it is blank or an error."""

    value: float | str | None
    error: str | None
    """`#REF!`, `#DIV/0!`, `Err:508` …; None if the cell holds no error."""
    formula: str
    """With English function names and `;` between arguments; the content, if it is no formula.
    LibreOffice holds a logical constant as the formula `=TRUE()`."""
    shown: str | None = None
    """As displayed in the cell; known only for cells asked for by name."""


@dataclass(frozen=True)
class Typed:
    """What became of one text typed into one cell."""

    sheet: str
    cell: str
    typed: str
    refused: bool
    """The cell is protected and kept what it had."""
    value: float | str | None
    error: str | None
    formula: str
    shown: str


@functools.cache
def missing_office() -> str | None:
    """Why LibreOffice cannot be driven here, or None if it can."""
    if office_program() is None:
        return "LibreOffice (soffice) is not installed"
    if bridge_python() is None:
        return "no Python here can import LibreOffice's bridge (Debian: python3-uno)"
    return None


@functools.cache
def bridge_python() -> str | None:
    """The first Python that can import `uno`: beside LibreOffice, the system's, or our own."""
    beside = Path(office_program() or "").resolve().parent
    for python in (
        beside / "python",
        beside / "python.exe",
        Path("/usr/bin/python3"),
        Path(sys.executable),
    ):
        if python.exists():
            tried = subprocess.run(
                [python, "-c", "import uno"], capture_output=True, check=False
            )
            if tried.returncode == 0:
                return str(python)
    return None


class Office:
    """One LibreOffice process; use as a context manager, or call `close`."""

    def __init__(self, locale: str = "de-DE", timeout: float = 120) -> None:
        """Nothing starts before the first call.

        Args:
            locale: The language in which typed numbers and dates are understood.
            timeout: Seconds that one call may take.
        """
        self._locale = locale
        self._timeout = timeout
        self._home = ""
        self._server: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- operations ----------------------------------------------------------------------------------

    def recalculate(
        self,
        path: Path,
        cells: Mapping[str, Sequence[str]] | None = None,
        save_as: Path | None = None,
    ) -> dict[str, dict[str, Computed]]:
        """Recalculate everything and return cells by sheet and address.

        Args:
            path: The workbook.
            cells: Sheet → addresses to return; without it, every formula cell of every sheet.
            save_as: Where to save the recalculated workbook (.xlsx, .ods or .pdf).
        """
        wanted = (
            None
            if cells is None
            else {sheet: list(some) for sheet, some in cells.items()}
        )
        found = self._ask(
            "recalculate",
            path=str(path),
            cells=wanted,
            save_as=save_as and str(save_as),
        )
        return {
            sheet: {cell: Computed(**one) for cell, one in inside.items()}
            for sheet, inside in found.items()
        }

    def errors(self, path: Path) -> list[str]:
        """Every error value of a recalculated workbook, as `sheet!cell error formula`."""
        return [
            f"{sheet}!{address} {cell.error} {cell.formula}"
            for sheet, inside in self.recalculate(path).items()
            for address, cell in inside.items()
            if cell.error
        ]

    def convert(self, path: Path, target: Path) -> Path:
        """Recalculate and save as the target's suffix says (.xlsx, .ods, .pdf); returns the target."""
        self._ask("convert", path=str(path), target=str(target))
        return target

    def type(
        self,
        path: Path,
        entries: Iterable[tuple[str, str, str]],
        save_as: Path | None = None,
    ) -> list[Typed]:
        """Type texts as a person does, in this office's locale, obeying protection.

        Args:
            path: The workbook.
            entries: (sheet, cell, text) one after the other; an empty text clears the cell.
            save_as: Where to save the workbook afterwards.
        """
        typed = self._ask(
            "type",
            path=str(path),
            entries=list(entries),
            save_as=save_as and str(save_as),
        )
        return [Typed(**one) for one in typed]

    def edit(self, path: Path, steps: Iterable[Step], target: Path) -> Path:
        """Do to the workbook what a user does to its structure and save it; returns the target.

        Raises:
            OfficeError: A step is not possible, for instance on a protected sheet.
        """
        self._ask("edit", path=str(path), steps=list(steps), target=str(target))
        return target

    def close(self) -> None:
        """End LibreOffice: gently first, then by force; its profile goes with it."""
        self._end(patience=20)

    # --- the conversation ----------------------------------------------------------------------------

    def _ask(self, operation: str, **arguments: object) -> Any:
        if self._server is None:
            self._start()
        assert self._server is not None
        assert self._server.stdin is not None
        with contextlib.suppress(
            BrokenPipeError
        ):  # then there is no answer either, which says more
            self._server.stdin.write(json.dumps({"do": operation, **arguments}) + "\n")
            self._server.stdin.flush()
        return self._answer(operation)

    def _answer(self, operation: str) -> Any:
        try:
            line = self._answers.get(timeout=self._timeout)
        except queue.Empty:
            self._end(patience=0)
            raise OfficeError(
                f"LibreOffice did not finish '{operation}' in {self._timeout:g} s"
            ) from None
        answer = (
            json.loads(line)
            if line
            else {"error": "LibreOffice ended unexpectedly", "gone": True}
        )
        if answer.get("gone"):
            self._end(patience=0)
        if "error" in answer:
            raise OfficeError(f"{operation}: {answer['error']}")
        return answer["result"]

    def _start(self) -> None:
        reason = missing_office()
        if reason:
            raise OfficeError(reason)
        self._answers = queue.Queue()
        self._home = tempfile.mkdtemp(prefix="kamxl-office-")
        self._server = subprocess.Popen(
            [
                str(bridge_python()),
                str(SERVER),
                str(office_program()),
                self._home,
                self._locale,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            # A session of its own, so that killing it takes LibreOffice along; no path of our venv leaks in.
            start_new_session=True,
            env={
                name: value
                for name, value in os.environ.items()
                if not name.startswith("PYTHON")
            },
        )
        threading.Thread(
            target=pass_on, args=(self._server, self._answers), daemon=True
        ).start()
        self._answer("start")

    def _end(self, patience: float) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        assert server.stdin is not None
        assert server.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            server.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(patience)
        kill_with_children(server)
        server.stdout.close()
        shutil.rmtree(self._home, ignore_errors=True)


def pass_on(server: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    """Move each line of the server into the queue, and None at its end."""
    assert server.stdout is not None
    with contextlib.suppress(ValueError):  # closed while reading: nobody waits any more
        for line in server.stdout:
            answers.put(line)
    answers.put(None)


def kill_with_children(server: subprocess.Popen[str]) -> None:
    """End what is left of the server and of the LibreOffice that it started, and leave no zombie."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
    else:
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(server.pid)],
            capture_output=True,
            check=False,
        )
    server.wait()
