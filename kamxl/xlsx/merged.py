"""Merged cells: which ones are covered by another, so that nobody sees what they hold.

After C13 and C14 were merged, C14 still may hold a value in the file: some programs keep it, Excel shows C13 only.
`merged_areas` reads what stands behind the cells of a sheet, `covered_by` says what that covers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, product

from kamxl.xlsx.book import column_number

_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell [^<>]*?ref="([A-Z]{1,3}[1-9][0-9]{0,6}:[A-Z]{1,3}[1-9][0-9]{0,6})"'
)
_CORNERS = re.compile("([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")
_MOST_AREAS = 5_000  # of one sheet; a plan has some hundreds
_MOST_COVERED = 30_000  # cells
_LAST_ROW, _LAST_COLUMN = 400, 60  # what lies beyond is no part of a document


def merged_areas(content: bytes) -> tuple[str, ...]:
    """The merged areas that a worksheet's XML names, such as ``C13:C14``."""
    behind = max(content.find(b"</sheetData>"), 0)
    found = islice(_MERGED.finditer(content, behind), _MOST_AREAS)
    return tuple(match[1].decode() for match in found)


@lru_cache(maxsize=32)  # the sheets of a company's plans have the same areas
def covered_by(areas: tuple[str, ...]) -> Mapping[tuple[int, int], str]:
    """The cells that merged areas cover, each with its area.

    >>> covered_by(("C13:C14",))
    {(14, 3): 'C13:C14'}
    """
    found: dict[tuple[int, int], str] = {}
    for area in areas:
        rows, columns = _extent(area)
        if len(found) + len(rows) * len(columns) <= _MOST_COVERED:
            places = islice(product(rows, columns), 1, None)
            found |= dict.fromkeys(places, area)
    return found


def _extent(area: str) -> tuple[range, range]:
    """The rows and columns of an area, as far as a document reaches."""
    match = _CORNERS.fullmatch(area)
    left, top, right, bottom = match.groups() if match else ("A", "1", "A", "1")
    try:
        first, last = sorted((column_number(left), column_number(right)))
    except ValueError:
        return range(0), range(0)
    start, end = sorted((int(top), int(bottom)))
    rows = range(start, min(end, _LAST_ROW) + 1)
    return rows, range(first, min(last, _LAST_COLUMN) + 1)
