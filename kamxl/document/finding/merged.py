"""Fields that somebody merged with others: a merged range shows one value, whatever its other cells hold.

After C13:C14 were merged, an entry for C14 can neither be seen nor made; a `FieldMerged` at C14 says so. Ranges that a
generated workbook merges itself cover no field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kamxl.document.extract import Entry
from kamxl.document.remarks import FieldMerged
from kamxl.xlsx.book import Book, DefinedName, address

_MOST_CELLS = 20_000  # of one range; a merged column covers no more fields than it has rows in a plan


def merged_fields(book: Book, entries: Iterable[Entry]) -> Iterator[FieldMerged]:
    """A remark for each field or figure whose cell is covered by a merged range."""
    covered = {sheet.name: _covered(sheet.merged) for sheet in book.sheets}
    for entry in entries:
        area = covered.get(entry.sheet, {}).get(entry.cell)
        if area is not None:
            hidden = "" if entry.is_formula else entry.raw[:80]
            yield FieldMerged(
                entry.sheet, entry.cell, entry.path, area=area, value=hidden
            )


@lru_cache(maxsize=256)
def _covered(merged: tuple[str, ...]) -> Mapping[str, str]:
    """The range of each cell that one covers; all plans of a company share the ranges they were drawn with."""
    found: dict[str, str] = {}
    for area in merged:
        reference = DefinedName("", None, f"x!{area}").reference
        if reference is not None:
            _, top, left, bottom, right = reference
            columns = right - left + 1
            rows = min(bottom - top + 1, _MOST_CELLS // columns + 1)
            cells = [
                (top + r, left + c)
                for r in range(rows)
                for c in range(min(columns, 500))
            ]
            found |= {address(*cell): area for cell in cells[1:]}
    return found
