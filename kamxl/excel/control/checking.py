"""An open plan → its findings as marks in the cells, and as a list on a sheet of the plan itself.

A mark is a fill and a note. The note moves with its cell, so marks are found again even after rows were inserted;
what the cell's fill was before stands in a hidden column of the list. A note of the user's own stays: ours is put below
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import xlwings as xw

from kamxl.checks.check import check
from kamxl.checks.condense import condense
from kamxl.checks.files import broken_file, not_a_plan
from kamxl.checks.findings import Finding, Severity
from kamxl.document import wording
from kamxl.document.extract import Extract
from kamxl.document.finding.read import NotADocumentError
from kamxl.errors import InputError
from kamxl.excel.control import words
from kamxl.excel.control.desk import (
    HEAD_ROW,
    cell_link,
    drop_sheet,
    finish,
    has_sheet,
    new_list,
    now_shown,
    saved_copy,
    typed,
    unlocked,
)
from kamxl.excel.control.panel import SETTINGS, Panel
from kamxl.plan.document import read_plan
from kamxl.xlsx.source import WorkbookError

_FILLS = {
    Severity.ERROR: "#F6C9C5",
    Severity.OPEN: "#E4ECF4",
    Severity.WARNING: "#FFE3A3",
    Severity.HINT: "#CFE3F5",
}
_RULE = "—"
_BLANK_FILL = "#FFFFFF"
_COLUMNS = {
    words.COLUMN_SEVERITY: 11, words.COLUMN_SHEET: 24, words.COLUMN_CELL: 9, words.COLUMN_FIELD: 28,
    words.COLUMN_FOUND: 22, words.COLUMN_MESSAGE: 60, words.COLUMN_REMEDY: 60, words.COLUMN_RULE: 34,
}  # fmt: skip
_MEMORY = len(_COLUMNS) + 1
"""The hidden column that remembers the fills: ``5 Offene Projekte!G14=#FFFFFF``."""
_LONGEST_NOTE = 1_000  # characters


def check_and_mark(panel: Panel) -> str:
    """Check the plan as it is now, mark it, and say how many findings there are."""
    book = panel.plan()
    _clear(book, panel)
    extract = read_open_plan(book, panel)
    settings = panel.settings() if panel.entered(SETTINGS) else None
    checked = check(extract, settings)
    lines = condense(checked.findings, extract, settings)
    language = extract.identity.language
    counts = Counter(finding.severity for finding in lines)
    numbers = {
        "errors": counts[Severity.ERROR],
        "open": counts[Severity.OPEN],
        "warnings": counts[Severity.WARNING],
        "hints": counts[Severity.HINT],
    }
    if not lines:
        return panel.say(words.FLAWLESS, name=book.name)
    before = _mark(book, lines, language)
    when = now_shown(language)
    counted = words.COUNTED[language].format(when=when, **numbers)
    _list(book, lines, before, counted, language)
    return panel.say(
        words.CHECKED, name=book.name, sheet=wording.REPORT[language], **numbers
    )


def clear(panel: Panel) -> str:
    """Take all marks out of the plan."""
    book = panel.plan()
    return panel.say(words.CLEARED, name=book.name, count=_clear(book, panel))


def read_open_plan(book: xw.Book, panel: Panel) -> Extract:
    """What an open plan holds, also what was not saved yet.

    Raises:
        InputError: it cannot be read, or it is no plan any more.
    """
    with saved_copy(book, panel.language) as copy:
        try:
            return read_plan(copy)
        except WorkbookError as error:
            _, finding = broken_file(error, panel.settings())
        except NotADocumentError:
            _, finding = not_a_plan(copy, settings=panel.settings())
    said = f" {finding.message} {finding.remedy}" if finding else ""
    raise InputError(panel.say(words.CANNOT_COPY, name=book.name) + said)


def _mark(book: xw.Book, lines: Sequence[Finding], language: str) -> dict[str, str]:
    """Fill and note in every cell that has a finding; returns the fills before, by place."""
    places: dict[str, dict[str, list[Finding]]] = {}
    for finding in lines:
        if finding.sheet in book.sheet_names and finding.cell:
            cells = places.setdefault(finding.sheet, {})
            cells.setdefault(finding.cell, []).append(finding)
    before: dict[str, str] = {}
    for name, cells in places.items():
        sheet = book.sheets[name]
        with unlocked(sheet, language):
            for place, findings in cells.items():
                fill = _mark_cell(sheet.range(place), findings, language)
                before[f"{name}!{place}"] = fill
    return before


def _mark_cell(cell: xw.Range, findings: Sequence[Finding], language: str) -> str:
    """Mark one cell; returns its fill before, empty where it had none."""
    fill = cell.color
    worst = min((finding.severity for finding in findings), key=list(Severity).index)
    cell.merge_area.color = _FILLS[worst]
    lines = [f"{_RULE} {words.MARK[language]} {_RULE}"]
    for one in findings:
        severity = one.severity.label[language]
        lines.append(f"{severity} {one.code}: {one.message} {one.remedy}")
    text = "\n".join(lines)[:_LONGEST_NOTE]
    if cell.note is None:
        cell.add_note(text)
    else:
        cell.note.text = f"{cell.note.text}\n{text}"
    return "" if fill is None else "#{:02X}{:02X}{:02X}".format(*fill)


def _clear(book: xw.Book, panel: Panel) -> int:
    """Take out marks and list of an earlier check, whatever language it spoke; returns how many cells were marked."""
    titles = (wording.REPORT.de, wording.REPORT.en)
    fills: dict[str, str] = {}
    for title in titles:
        fills |= _remembered(book, title)
    count = sum(_clear_sheet(sheet, fills, panel.language) for sheet in book.sheets)
    for title in titles:
        drop_sheet(book, title)
    return count


def _clear_sheet(sheet: xw.Sheet, fills: dict[str, str], language: str) -> int:
    marked = [note for note in sheet.notes if _own_part(note.text) is not None]
    if marked:
        with unlocked(sheet, language):
            for note in marked:
                _unmark(note, fills)
    return len(marked)


def _unmark(note: xw.main.Note, fills: dict[str, str]) -> None:
    cell = note.location
    # An input cell is white, wherever it has moved to since.
    fill = fills.get(f"{cell.sheet.name}!{cell.address.replace('$', '')}", _BLANK_FILL)
    kept = _own_part(note.text)
    if kept:
        note.text = kept
    else:
        note.delete()
    cell.merge_area.color = fill or None


def _own_part(text: str) -> str | None:
    """What the user's own note said above ours; None where we left no mark."""
    for word in (words.MARK.de, words.MARK.en):
        above, mark, _ = text.partition(f"{_RULE} {word} {_RULE}")
        if mark:
            return above.rstrip("\r\n")
    return None


def _remembered(book: xw.Book, title: str) -> dict[str, str]:
    """The fills before the last check, by place, from its list if there is one."""
    if not has_sheet(book, title):
        return {}
    sheet = book.sheets[title]
    used = sheet.used_range
    memory = sheet.range((1, _MEMORY), (used.row + used.shape[0], _MEMORY))
    cells = memory.options(ndim=1).value
    pairs = (str(cell).rpartition("=") for cell in cells)
    return {place: fill for place, equals, fill in pairs if equals}


def _list(
    book: xw.Book,
    lines: Sequence[Finding],
    before: dict[str, str],
    counted: str,
    language: str,
) -> None:
    """The sheet with all findings, each with a link to its cell."""
    title = wording.REPORT[language]
    rows = [_row(finding, before, language) for finding in lines]
    sheet = new_list(book, title, counted, _COLUMNS, rows, language)
    for row, finding in enumerate(lines, start=HEAD_ROW + 1):
        sheet.range((row, 1)).color = _FILLS[finding.severity]
    body = sheet.range((HEAD_ROW + 1, 1), (HEAD_ROW + len(lines), len(_COLUMNS)))
    body.wrap_text, body.vertical_alignment = True, "top"
    body.rows.autofit()
    sheet.range((1, _MEMORY)).column_width = 0
    finish(sheet, len(lines), len(_COLUMNS), 0, len(_COLUMNS))


def _row(finding: Finding, before: dict[str, str], language: str) -> list[object]:
    sheet, cell = finding.sheet, finding.cell
    place = f"{sheet}!{cell}"
    texts = (
        finding.label,
        finding.value,
        finding.message,
        finding.remedy,
        f"{finding.code} {finding.rule}",
    )
    return [
        typed(finding.severity.label[language]),
        cell_link(sheet, cell or "A1", sheet) if sheet else None,
        cell_link(sheet, cell, cell) if cell else None,
        *(typed(text) for text in texts),
        typed(f"{place}={before[place]}") if place in before else None,
    ]
