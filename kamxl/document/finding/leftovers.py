"""Entries that stand beside the fields of a plan, and sheets that are no part of it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping

from kamxl.document import wording
from kamxl.document.finding.blocks_found import plan_sheets
from kamxl.document.remarks import EntryOutside, MoreOutside, Remark, SheetUnknown
from kamxl.document.replies import lists_findings
from kamxl.texts import Language
from kamxl.xlsx.book import Book, Cell, SheetCells

_MOST_PER_SHEET = 25
_ADDED = {
    text[language]
    for text in (wording.REPORT, wording.RECOMPUTED)
    for language in Language
}


def leftovers(
    book: Book,
    used: Mapping[str, Collection[tuple[int, int]]],
    hidden: Mapping[str, tuple[Collection[int], Collection[int]]],
    printed: Container[str],
    doubled: Collection[str],
) -> Iterator[Remark]:
    """What nobody reads.

    Args:
        book: the workbook.
        used: the cells of the plan's fields, by sheet.
        hidden: rows and columns of keys, by sheet.
        printed: the texts that a generated workbook prints itself.
        doubled: sheets that are copies of others.
    """
    for sheet in plan_sheets(book):
        fields = used.get(sheet.name)
        if fields is not None:
            keys = hidden.get(sheet.name, ((), ()))
            yield from _beside(sheet, fields, *keys, printed)
        elif sheet.name not in {*doubled, *_ADDED} and _is_foreign(sheet):
            yield SheetUnknown(sheet.name)


def _is_foreign(sheet: SheetCells) -> bool:
    """Whether somebody put a sheet there to be read by people."""
    filled = sheet.visible and bool(sheet.cells)
    return filled and not lists_findings(sheet)


def _beside(
    sheet: SheetCells,
    fields: Collection[tuple[int, int]],
    rows: Collection[int],
    columns: Collection[int],
    printed: Container[str],
) -> Iterator[Remark]:
    """The entries of a sheet outside its fields, the first of them by cell."""
    strays: list[Cell] = []
    for place, cell in sheet.cells.items():
        if place in fields or cell.is_formula or cell.raw in printed:
            continue
        if place[0] not in rows and place[1] not in columns:
            strays.append(cell)
    strays.sort()
    for cell in strays[:_MOST_PER_SHEET]:
        yield EntryOutside(sheet.name, cell.address, value=cell.raw[:80])
    more = strays[_MOST_PER_SHEET:]
    if more:
        yield MoreOutside(sheet.name, more[0].address, number=len(more))
