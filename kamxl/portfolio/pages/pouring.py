"""Rows of long tables, written as XML: openpyxl takes ten times as long for each cell.

openpyxl draws a sheet with all that is special about it, its head, links, charts and print set-up. The rows of its
tables, which only hold values and styles, are kept aside as XML and take their places in the finished sheet::

    <row r="9" ht="18.0" customHeight="1"><c r="B9" s="4"><v>1250.5</v></c></row>

What openpyxl has written in such a row before (a height, a cell that bears a link) is replaced.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from kamxl.xlsx.book import address, column_letter, column_number
from kamxl.xlsx.writing import Content, cell_xml

_DATA = re.compile(r"(<sheetData\s*/>|<sheetData>(.*?)</sheetData>)", re.DOTALL)
_ROW = re.compile(r'<row r="([0-9]+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="([A-Z]+[0-9]+):([A-Z]+)[0-9]+"')


class PouredRows:
    """The rows of one sheet's long tables."""

    def __init__(self) -> None:
        self._rows: dict[int, str] = {}
        self._last_column = 1

    def add(
        self, row: int, points: float, cells: Iterable[tuple[int, int, Content]]
    ) -> None:
        """Keep a row: its height and, from left to right, column, number of the style and value of its cells.

        A text must be one that a cell can hold; what is no number leaves its cell empty.
        """
        written = []
        for column, style, value in cells:
            lost = isinstance(value, float) and not math.isfinite(value)
            held = None if lost else value
            written.append(cell_xml(address(row, column), held, style))
            self._last_column = max(self._last_column, column)
        self._rows[row] = (
            f'<row r="{row}" ht="{points}" customHeight="1">{"".join(written)}</row>'
        )

    def into(self, xml: str) -> str:
        """A worksheet as openpyxl wrote it, with the rows at their places."""
        rows = {int(found[1]): found[0] for found in _ROW.finditer(xml)} | self._rows
        data = "".join(rows[row] for row in sorted(rows))
        complete = _DATA.sub(lambda _: f"<sheetData>{data}</sheetData>", xml, count=1)
        return _DIMENSION.sub(
            lambda found: self._dimension(found, max(rows)), complete, count=1
        )

    def _dimension(self, drawn: re.Match[str], last_row: int) -> str:
        last = max(column_number(drawn[2]), self._last_column)
        return f'<dimension ref="{drawn[1]}:{column_letter(last)}{last_row}"'
