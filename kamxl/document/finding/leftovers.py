"""Entries that stand beside the fields of a plan, and sheets that are no part of it."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping

from kamxl.document import wording
from kamxl.document.finding.blocks_found import plan_sheets
from kamxl.document.remarks import EntryOutside, MoreOutside, Remark, SheetUnknown
from kamxl.texts import Language
from kamxl.xlsx.book import Book

__all__ = ["leftovers"]

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
        if fields is None:
            if (
                sheet.visible
                and sheet.cells
                and sheet.name not in doubled
                and sheet.name not in _ADDED
            ):
                yield SheetUnknown(sheet.name)
            continue
        rows, columns = hidden.get(sheet.name, ((), ()))
        strays = [
            cell
            for place, cell in sheet.cells.items()
            if place not in fields
            and not cell.is_formula
            and cell.raw not in printed
            and place[0] not in rows
            and place[1] not in columns
        ]
        strays.sort(key=lambda cell: (cell.row, cell.column))
        yield from (
            EntryOutside(sheet.name, cell.address, value=cell.raw[:80])
            for cell in strays[:_MOST_PER_SHEET]
        )
        if len(strays) > _MOST_PER_SHEET:
            yield MoreOutside(
                sheet.name,
                strays[_MOST_PER_SHEET].address,
                number=len(strays) - _MOST_PER_SHEET,
            )
