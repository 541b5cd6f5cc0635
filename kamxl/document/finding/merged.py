"""Fields that somebody merged with others: a merged range shows one value, whatever its other cells hold.

After C13:C14 were merged, an entry for C14 can neither be seen nor made; a `FieldMerged` at C14 says so. Ranges that a
generated workbook merges itself cover no field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice, product, starmap

from kamxl.document.extract import Entry
from kamxl.document.remarks import FieldMerged
from kamxl.xlsx.book import Book, DefinedName, address

_MOST_CELLS = 60_000  # of all ranges of a sheet; a plan's own cover some hundreds


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
    """The range of each cell that one covers, those of small ranges first; the plans of a company share most ranges."""
    sized: list[tuple[int, str, tuple[int, int, int, int]]] = []
    for area in merged:
        reference = DefinedName("", None, f"x!{area}").reference
        if reference is not None:
            _, top, left, bottom, right = reference
            size = (bottom - top + 1) * (right - left + 1)
            sized.append((size, area, (top, left, bottom, right)))
    found = chain.from_iterable(
        ((cell, area) for cell in _hidden(*corners))
        for _, area, corners in sorted(sized)
    )
    return dict(islice(found, _MOST_CELLS))


def _hidden(top: int, left: int, bottom: int, right: int) -> Iterator[str]:
    """All cells of a range but the first, whose value it shows."""
    cells = product(range(top, bottom + 1), range(left, right + 1))
    return starmap(address, islice(cells, 1, None))
