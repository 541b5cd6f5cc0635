"""The control workbook: its named cells, and which of the open workbooks is meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import xlwings as xw

from kamxl.document.extract import WorkbookKind
from kamxl.errors import InputError
from kamxl.excel.control import words
from kamxl.excel.control.desk import identity_of, kind_of, unlocked
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

FOLDER, SETTINGS, ACCOUNTS, REVENUE, PLAN, STATUS = (
    "kamxl_folder",
    "kamxl_settings",
    "kamxl_accounts",
    "kamxl_revenue",
    "kamxl_plan",
    "kamxl_status",
)
COUNTS = {
    name: f"kamxl_{name}"
    for name in ("found", "accepted", "partial", "rejected", "ignored")
}
"""Names of the cells with the numbers of files."""
_PLANS = frozenset({WorkbookKind.PLAN, WorkbookKind.TEMPLATE})
_GOOD, _BAD = "#1E7B4F", "#B3261E"


def calling_book() -> xw.Book:
    """The workbook whose button was pressed, else the active one."""
    try:
        return xw.Book.caller()
    except Exception:  # noqa: BLE001 - xlwings raises a bare Exception where there is no caller
        return xw.books.active


def is_plan(book: xw.Book) -> bool:
    """Whether a workbook is an account plan."""
    return kind_of(book) in _PLANS


@dataclass(frozen=True)
class Panel:
    """The workbook that asked, with its fields."""

    book: xw.Book
    language: str = field(init=False)

    def __post_init__(self) -> None:
        spoken = identity_of(self.book).get("language", "de")
        object.__setattr__(self, "language", "en" if spoken == "en" else "de")

    def say(self, text: Text, **gaps: object) -> str:
        """A text in the panel's language."""
        return text[self.language].format(**gaps)

    def cell(self, name: str) -> xw.Range | None:
        """The cell with a name; None where the workbook has no such field."""
        names = self.book.names
        return names[name].refers_to_range if name in names else None

    def entered(self, name: str) -> str:
        """What somebody entered into a field, without the quotes that Explorer puts around a copied path."""
        value = getattr(self.cell(name), "value", None)
        return "" if value is None else str(value).strip().strip('"')

    def tell(self, message: str, *, good: bool = True) -> None:
        """Put a message where the user looks: into the status field, or into a window where there is none."""
        cell = self.cell(STATUS)
        if cell is None:
            self.book.app.alert(message, "kamxl", mode="info" if good else "critical")
            return
        with unlocked(cell.sheet, self.language):
            cell.value = f"'{message}"
            cell.font.color = _GOOD if good else _BAD

    def fill(self, name: str, value: float) -> None:
        """Put a number into a field, if there is one."""
        cell = self.cell(name)
        if cell is not None:
            with unlocked(cell.sheet, self.language):
                cell.value = value

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Tell in Excel's status bar how far the work is."""
        self.book.app.status_bar = self.say(
            words.PROGRESS, done=done, total=total, name=name
        )

    def settings(self) -> Settings:
        """The company's standard, if its file is named, in the panel's language.

        Raises:
            SettingsError: the file is not there or wrong.
        """
        entered = self.entered(SETTINGS)
        settings = Settings.load(entered) if entered else Settings()
        return settings.changed(language=self.language)

    def folder(self) -> Path:
        """The folder with the plans.

        Raises:
            InputError: none is entered.
        """
        if self.cell(FOLDER) is None:
            raise InputError(self.say(words.NO_PANEL, name=FOLDER))
        entered = self.entered(FOLDER)
        if not entered:
            raise InputError(self.say(words.NO_FOLDER))
        return Path(entered)

    def plan(self) -> xw.Book:
        """The plan that is meant: this workbook, the one named, or the only one open.

        Raises:
            InputError: there is none, or there are several.
        """
        book = self._meant(is_plan)
        if not is_plan(book):
            raise InputError(self.say(words.NOT_A_PLAN, name=book.name))
        return book

    def target(self) -> xw.Book:
        """The workbook whose scores are meant: a plan, or else any other one."""
        if self.entered(PLAN) or self._candidates(is_plan):
            return self._meant(is_plan)
        return self._meant(lambda _: True)

    def _candidates(self, wanted: Callable[[xw.Book], bool]) -> list[xw.Book]:
        books = [self.book]
        if self.cell(STATUS) is not None:
            books = [book for book in self.book.app.books if book != self.book]
        return list(filter(wanted, books))

    def _meant(self, wanted: Callable[[xw.Book], bool]) -> xw.Book:
        entered = self.entered(PLAN)
        if entered:
            return self._named(entered)
        found = self._candidates(wanted)
        if not found:
            raise InputError(self.say(words.NO_PLAN))
        if len(found) > 1:
            names = ", ".join(book.name for book in found)
            raise InputError(self.say(words.MANY_PLANS, names=names))
        return found[0]

    def _named(self, entered: str) -> xw.Book:
        """The open workbook of this name or path; one that is not open yet is opened."""
        for book in self.book.app.books:
            if entered.casefold() in {book.name.casefold(), book.fullname.casefold()}:
                return book
        if not Path(entered).is_file():
            raise InputError(self.say(words.PLAN_MISSING, name=entered))
        return self.book.app.books.open(entered)
