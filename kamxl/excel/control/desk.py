"""What Excel needs to be asked for carefully: locked sheets, copies of open workbooks, texts that stay texts.

Everything goes through xlwings' own objects; where they have no property, through their `api`, which is Excel's object
model.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlwings as xw

from kamxl.document.extract import WorkbookKind
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.layout.layout import quoted
from kamxl.errors import InputError
from kamxl.excel.control import words
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language, Text

HEAD_ROW = 4
"""Where the column heads of our sheets stand."""

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
    rows = book.sheets[IDENTITY_SHEET].range((1, 1), (_IDENTITY_ROWS, 2))
    found = dict(rows.options(ndim=2).value)
    found.pop(None, None)
    return {str(key).removeprefix("kamxl_"): str(found[key]) for key in found}


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


def cell_link(sheet: str, cell: str, text: str) -> object:
    """A link to a cell of the same workbook."""
    return link(f"#{quoted(sheet)}!{cell}", text)


def now_shown(language: str) -> str:
    """Day and time as the user's language writes them."""
    pattern = "%d.%m.%Y %H:%M" if language == "de" else "%Y-%m-%d %H:%M"
    return dt.datetime.now().astimezone().strftime(pattern)


def new_sheet(
    book: xw.Book, title: str, note: str, heads: Iterable[Text], settings: Settings
) -> xw.Sheet:
    """A sheet at the end of the workbook with title, note and column heads; an earlier one of ours makes way.

    Raises:
        InputError: there is such a sheet that is not ours, or the workbook admits no new sheets.
    """
    if title.casefold() in {known.casefold() for known in book.sheet_names}:
        sheet = _emptied(book.sheets[title], title, settings.language)
    else:
        sheet = _added(book, title, settings.language)
    top = sheet.range("A1")
    top.value = typed(title)
    top.font.size, top.font.bold, top.font.color = 16, True, settings.accent
    sheet.range("A2").value = typed(note)
    shown = [typed(head[settings.language]) for head in heads]
    write_block(sheet, HEAD_ROW, [shown])
    row = sheet.range((HEAD_ROW, 1), (HEAD_ROW, len(shown)))
    row.color = settings.accent
    row.font.color, row.font.bold = "#FFFFFF", True
    return sheet


def new_list(
    book: xw.Book,
    title: str,
    note: str,
    widths: Mapping[Text, float],
    rows: Sequence[Sequence[Any]],
    language: str,
) -> xw.Sheet:
    """A sheet as `new_sheet` makes it with its rows; `widths` are those of the columns, by their heads."""
    settings = Settings(language=Language(language))
    sheet = new_sheet(book, title, note, widths, settings)
    write_block(sheet, HEAD_ROW + 1, rows)
    for place, width in enumerate(widths.values(), start=1):
        sheet.range((1, place)).column_width = width
    return sheet


def _emptied(sheet: xw.Sheet, title: str, language: str) -> xw.Sheet:
    used = sheet.used_range
    if not _is_titled(sheet, title) and used.options(ndim=2).value != [[None]]:
        raise InputError(words.SHEET_TAKEN[language].format(name=title))
    sheet.clear()
    return sheet


def _added(book: xw.Book, title: str, language: str) -> xw.Sheet:
    try:
        visible = [sheet for sheet in book.sheets if sheet.visible]
        return book.sheets.add(title, after=visible[-1])
    except Exception:  # noqa: BLE001 - Excel's refusal has no class of its own
        raise InputError(words.BOOK_LOCKED[language].format(name=book.name)) from None


def _is_titled(sheet: xw.Sheet, title: str) -> bool:
    return bool(sheet.range("A1").value == title)


def has_sheet(book: xw.Book, title: str) -> bool:
    """Whether there is a sheet of this title that `new_sheet` made."""
    return title in book.sheet_names and _is_titled(book.sheets[title], title)


def drop_sheet(book: xw.Book, title: str) -> None:
    """Delete the sheet of this title, if it is ours."""
    if has_sheet(book, title):
        book.sheets[title].delete()


def freeze(sheet: xw.Sheet, columns: int = 0) -> None:
    """Keep the heads and the first columns in sight; the sheet becomes the active one."""
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.SplitRow, window.SplitColumn = HEAD_ROW, columns
    window.FreezePanes = True


def finish(sheet: xw.Sheet, rows: int, columns: int, frozen: int, printed: int) -> None:
    """Filter buttons in the heads, A4 landscape one page wide, heads in sight; the sheet becomes the active one.

    Args:
        sheet: with its rows below the heads.
        rows: how many there are.
        columns: with a filter.
        frozen: first columns that stay in sight.
        printed: first columns on paper; those beyond stay on the screen.
    """
    last = HEAD_ROW + max(rows, 1)
    # A second call would take the filter away again.
    sheet.api.AutoFilterMode = False
    sheet.range((HEAD_ROW, 1), (last, columns)).api.AutoFilter()
    # Without a printer Excel refuses every page set-up.
    with contextlib.suppress(Exception):
        sheet.page_setup.print_area = sheet.range((1, 1), (last, printed)).address
        setup = sheet.api.PageSetup
        setup.Orientation, setup.PaperSize = _LANDSCAPE, _A4
        setup.PrintTitleRows = f"${HEAD_ROW}:${HEAD_ROW}"
        setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall = False, 1, False
    freeze(sheet, frozen)


def write_block(sheet: xw.Sheet, row: int, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows from column A on, in few calls."""
    if rows:
        sheet.range((row, 1)).options(chunksize=5_000).value = [
            list(line) for line in rows
        ]
