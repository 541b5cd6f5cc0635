"""An engine for xlwings that stands on openpyxl: what is called in Excel is called here, only Excel is missing.

    excel = StandIn()
    book = excel.open(path)          # an xlwings Book, as xw.books would give it
    book.sheets["Plan"].range("G14").add_note("…")

It behaves like Excel where that is easy to get wrong: a text is taken as if it were typed (0012 is a number, 2/6 a
date), a locked cell of a protected sheet refuses everything, a sheet with a password does not open without it, a
formula has the value of the last calculation. It offers nothing that xlwings' engine for Windows lacks (a test compares
them).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlwings as xw
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.clients.xlwings_sheet import (
    Note,
    Range,
    RangeFont,
    RefusedError,
    Sheet,
    Sheets,
)

__all__ = ["CLASSES", "RefusedError", "StandIn"]


class StandIn:
    """One running "Excel", with the workbooks that were opened in it, as xlwings' active engine."""

    def __init__(self) -> None:
        self.engine = Engine()
        self.app = App(self.engine)
        self.engine.running = [self.app]
        self.before = (
            xw.engines.active,
            list(xw.engines.engines),
            dict(xw.engines.engines_by_name),
        )
        xw.engines.engines.clear()
        xw.engines.add(xw.main.Engine(impl=self.engine))
        xw.engines["excel"].activate()

    def open(self, path: Path) -> xw.Book:
        """A workbook, opened as by a double click."""
        return xw.Book(impl=self.app.books.open(str(path)))

    def press(self, book: xw.Book) -> None:
        """From now on this workbook is the one whose buttons are pressed."""
        book.set_mock_caller()

    def close(self) -> None:
        """End it, so that no later test finds it."""
        xw.engines.active, xw.engines.engines, xw.engines.engines_by_name = self.before
        if hasattr(xw.Book, "_mock_caller"):
            del xw.Book._mock_caller


class Engine:
    """What xlwings calls an engine."""

    name = "excel"
    type = "desktop"

    def __init__(self) -> None:
        self.running: list[App] = []

    @property
    def apps(self) -> Apps:
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, date_format: Any) -> Any:
        del date_format
        return "" if x is None else x

    @staticmethod
    def clean_value_data(
        data: Any,
        datetime_builder: Any,
        empty_as: Any,
        number_builder: Any,
        err_to_str: Any,
    ) -> list[list[Any]]:
        del datetime_builder, number_builder, err_to_str
        return [
            [empty_as if cell in (None, "") else cell for cell in row] for row in data
        ]


class Apps:
    """The running instances: one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def keys(self) -> list[int]:
        return [app.pid for app in self.engine.running]

    def __iter__(self) -> Iterator[App]:
        return iter(self.engine.running)

    def __len__(self) -> int:
        return len(self.engine.running)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.engine.running if app.pid == pid)


class App:
    """Excel itself. `said` collects what stood in the status bar, `alerts` what popped up."""

    screen_updating = True
    display_alerts = True
    enable_events = True
    pid = 1

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.books = Books(self)
        self.said: list[str] = []
        self.alerts: list[str] = []
        self._status: str | bool = False
        self.api = AppApi(self)

    @property
    def status_bar(self) -> str | bool:
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        if value:
            self.said.append(str(value))

    def activate(self, steal_focus: bool = False) -> None:
        """It is in front anyway."""

    def alert(
        self, prompt: str, title: Any, buttons: Any, mode: Any, callback: Any
    ) -> str:
        del title, buttons, mode, callback
        self.alerts.append(prompt)
        return "ok"


class AppApi:
    """Excel's Application object, as far as it is needed."""

    def __init__(self, app: App) -> None:
        self._app = app

    @property
    def ActiveWindow(self) -> Window:  # noqa: N802 - Excel's name
        active = self._app.books.active
        return Window(active.sheets.active.ws)


class Window:
    """The window of the active sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.__dict__.update(sheet=sheet)

    def __setattr__(self, name: str, value: Any) -> None:
        known = self.__dict__["sheet"].__dict__.setdefault(
            "_window", {"SplitRow": 0, "SplitColumn": 0}
        )
        known[name] = value
        if name == "FreezePanes":
            place = (
                f"{get_column_letter(known['SplitColumn'] + 1)}{known['SplitRow'] + 1}"
            )
            self.__dict__["sheet"].freeze_panes = place if value else None


class Books:
    """The open workbooks."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.all: list[Book] = []
        self.front: Book | None = None

    @property
    def active(self) -> Book:
        assert self.front is not None
        return self.front

    def __call__(self, key: str | int) -> Book:
        if isinstance(key, int):
            return self.all[key - 1]
        for book in self.all:
            if book.name.casefold() == key.casefold():
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.all)

    def open(self, fullname: str, *further: Any) -> Book:
        del further
        book = Book(self.app, Path(fullname))
        self.all.append(book)
        self.front = book
        return book


class Book:
    """One open workbook; what it holds is in `wb`, the results of the last calculation in `shown`."""

    def __init__(self, app: App, path: Path) -> None:
        self.app = app
        self.path = path
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl leaves out what other programs add
            self.wb: Workbook = openpyxl.load_workbook(
                path, keep_vba=path.suffix == ".xlsm"
            )
            self.shown: Workbook = openpyxl.load_workbook(path, data_only=True)
        self.sheets = Sheets(self)
        self.names = Names(self)
        self.api = BookApi(self)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        return str(self.path)

    def activate(self) -> None:
        self.app.books.front = self


class BookApi:
    """Excel's Workbook object, as far as it is needed."""

    refuses_copies = False

    def __init__(self, book: Book) -> None:
        self._book = book

    def SaveCopyAs(self, path: str) -> None:  # noqa: N802 - Excel's name
        if self.refuses_copies:
            raise RefusedError("Document not saved.")
        self._book.wb.save(path)


class Names:
    """The defined names of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, key: str) -> Name:
        return Name(self.book, self.book.wb.defined_names[key].attr_text)

    def contains(self, key: str) -> bool:
        return key in self.book.wb.defined_names


class Name:
    """A defined name."""

    def __init__(self, book: Book, target: str) -> None:
        self.book = book
        self.refers_to = f"={target}"

    @property
    def refers_to_range(self) -> Range:
        sheet, _, cells = self.refers_to.removeprefix("=").rpartition("!")
        return self.book.sheets(sheet.strip("'").replace("''", "'")).range(cells)


CLASSES = (Apps, App, Books, Book, Names, Name, Sheets, Sheet, Range, RangeFont, Note)
"""What stands in for the class of the same name in xlwings' engine for Windows (`RangeFont` for `Font`)."""
