"""What Excel needs to be asked for carefully: locked sheets, copies of open workbooks, texts that stay texts.

Everything goes through xlwings' own objects; where they have no property, through their `api`, which is Excel's object
model.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlwings as xw

from kamxl.document.extract import WorkbookKind
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.errors import InputError
from kamxl.excel.control import words
from kamxl.texts import Text

__all__ = [
    "filterable", "freeze", "header", "identity_of", "kind_of", "link", "new_sheet", "print_on_a4", "quiet",
    "saved_copy", "typed", "unlocked", "write_block",
]  # fmt: skip

# Excel ignores a password where none was set, and asks the user for one where it was set and none is given.
_NO_PASSWORD = "kamxl"  # noqa: S105
_ALLOWED = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip
_LONGEST_TEXT = 8_000  # characters; Excel takes no longer ones in a block of values
_LONGEST_LINK = 250  # characters of a text in a formula
_IDENTITY_ROWS = 12
_LANDSCAPE, _A4 = 2, 9


@contextlib.contextmanager
def quiet(app: xw.App) -> Iterator[None]:
    """No flicker, no questions, no event macros meanwhile; the status bar is Excel's own again afterwards."""
    try:
        with app.properties(
            screen_updating=False, display_alerts=False, enable_events=False
        ):
            yield
    finally:
        app.status_bar = False


@contextlib.contextmanager
def unlocked(sheet: xw.Sheet, language: str) -> Iterator[None]:
    """The sheet without its protection, which comes back with all that it allowed, whatever happens.

    Raises:
        InputError: somebody protected it with a password.
    """
    api = sheet.api
    if not api.ProtectContents:
        yield
        return
    options = {name: bool(getattr(api.Protection, name)) for name in _ALLOWED}
    options |= {
        "DrawingObjects": bool(api.ProtectDrawingObjects),
        "Scenarios": bool(api.ProtectScenarios),
    }
    try:
        api.Unprotect(_NO_PASSWORD)
    except Exception:  # noqa: BLE001 - Excel's refusal has no class of its own
        raise InputError(words.PASSWORD[language].format(name=sheet.name)) from None
    try:
        yield
    finally:
        api.Protect(Contents=True, **options)


@contextlib.contextmanager
def saved_copy(book: xw.Book, language: str) -> Iterator[Path]:
    """A file with the workbook as it is now, saved or not; the workbook itself stays as it is.

    Raises:
        InputError: Excel cannot write it.
    """
    with tempfile.TemporaryDirectory(prefix="kamxl-") as folder:
        copy = Path(folder) / f"copy{Path(book.name).suffix or '.xlsx'}"
        try:
            book.api.SaveCopyAs(str(copy))
        except Exception:  # noqa: BLE001 - Excel's refusal has no class of its own
            raise InputError(
                words.CANNOT_COPY[language].format(name=book.name)
            ) from None
        yield copy


def identity_of(book: xw.Book) -> dict[str, str]:
    """What a workbook of ours says about itself; empty for any other."""
    if IDENTITY_SHEET not in book.sheet_names:
        return {}
    cells = (
        book.sheets[IDENTITY_SHEET]
        .range((1, 1), (_IDENTITY_ROWS, 2))
        .options(ndim=2)
        .value
    )
    return {
        str(key).removeprefix("kamxl_"): str(value)
        for key, value in cells
        if key is not None
    }


def kind_of(book: xw.Book) -> WorkbookKind | None:
    """Which of our workbooks this is, if it is one."""
    kind = identity_of(book).get("kind", "")
    return WorkbookKind(kind) if kind in set(WorkbookKind) else None


def typed(value: object) -> object:
    """A value as it must be handed to Excel, which reads a text as if it were typed: 0012 as a number, 2/6 as a date.

    >>> typed("0012"), typed(12.5), typed(None)
    ("'0012", 12.5, None)
    """
    if not isinstance(value, str):
        return value
    text = value if len(value) <= _LONGEST_TEXT else value[: _LONGEST_TEXT - 1] + "…"
    return f"'{text}" if text else None


def link(target: str, text: str) -> object:
    r"""A formula that leads to `target` when its text is clicked; the bare text where the target is too long.

    >>> link("#'5 Offene Projekte'!G14", "G14")
    '=HYPERLINK("#\'5 Offene Projekte\'!G14","G14")'
    """
    if not target or max(len(target), len(text)) > _LONGEST_LINK:
        return typed(text)
    inside = [part.replace('"', '""') for part in (target, text)]
    return f'=HYPERLINK("{inside[0]}","{inside[1]}")'


def new_sheet(book: xw.Book, name: str, title: str, language: str) -> xw.Sheet:
    """An empty sheet at the end of the workbook; an earlier one of ours with this name makes way.

    Raises:
        InputError: there is such a sheet that is not ours, or the workbook admits no new sheets.
    """
    if name.casefold() in {known.casefold() for known in book.sheet_names}:
        sheet = book.sheets[name]
        used = sheet.used_range
        if sheet.range("A1").value != title and used.options(ndim=2).value != [[None]]:
            raise InputError(words.SHEET_TAKEN[language].format(name=name))
        sheet.clear()
    else:
        try:
            visible = [sheet for sheet in book.sheets if sheet.visible]
            sheet = book.sheets.add(name, after=visible[-1])
        except Exception:  # noqa: BLE001 - Excel's refusal has no class of its own
            raise InputError(
                words.BOOK_LOCKED[language].format(name=book.name)
            ) from None
    sheet.range("A1").value = typed(title)
    return sheet


def freeze(sheet: xw.Sheet, rows: int, columns: int) -> None:
    """Keep the first rows and columns in sight; the sheet becomes the active one."""
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.SplitRow, window.SplitColumn = rows, columns
    window.FreezePanes = True


def filterable(sheet: xw.Sheet, row: int, last_row: int, columns: int) -> None:
    """Filter buttons in the head of a table."""
    # A second call would take them away again.
    sheet.api.AutoFilterMode = False
    sheet.range((row, 1), (last_row, columns)).api.AutoFilter()


def print_on_a4(sheet: xw.Sheet, head_row: int, last_row: int, columns: int) -> None:
    """A4 landscape, one page wide, the head repeated; columns beyond `columns` stay on the screen."""
    # Without a printer Excel refuses every page set-up.
    with contextlib.suppress(Exception):
        sheet.page_setup.print_area = sheet.range((1, 1), (last_row, columns)).address
        setup = sheet.api.PageSetup
        setup.Orientation, setup.PaperSize = _LANDSCAPE, _A4
        setup.PrintTitleRows = f"${head_row}:${head_row}"
        setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall = False, 1, False


def write_block(sheet: xw.Sheet, row: int, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows from column A on, in few calls."""
    if rows:
        sheet.range((row, 1)).options(chunksize=5_000).value = [
            list(line) for line in rows
        ]


def header(
    sheet: xw.Sheet, row: int, labels: Sequence[Text], language: str, accent: str
) -> None:
    """A row of column heads."""
    write_block(sheet, row, [[typed(label[language]) for label in labels]])
    head = sheet.range((row, 1), (row, len(labels)))
    head.color = accent
    head.font.color, head.font.bold = "#FFFFFF", True
