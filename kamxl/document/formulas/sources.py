"""What each figure is worked out from: the cells that its formula refers to, as paths.

``sources_of(layout).direct("opportunities.open[0].weighted")`` are the project's value, probability and stage;
``inputs`` follows the figures in between down to what people entered.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product

from kamxl.document.formulas import document_formulas
from kamxl.document.keys import LISTS_SHEET
from kamxl.document.layout.layout import Layout
from kamxl.document.paths import pattern_of
from kamxl.xlsx.book import column_number

_SHEET = r"(?:'((?:[^']|'')+)'|([\w.]+))!"
_REFERENCE = re.compile(
    rf"(?:{_SHEET})?\$?([A-Z]{{1,3}})\$?([0-9]{{1,7}})(?::\$?([A-Z]{{1,3}})\$?([0-9]{{1,7}}))?(?![\w(])"
)
_VARYING = str.maketrans("", "", "$'")
_TEXT = re.compile('"(?:[^"]|"")*"')


class Sources:
    """The references of all figures of a layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._fields = layout.spec.fields
        self._formulas = document_formulas(layout)
        self._paths = {
            (sheet.name, spot.row, spot.column): path
            for path, (sheet, spot) in layout.spots.items()
        }
        # The hidden sheet keeps some columns of tables once more, row by row.
        for pattern, spot in layout.spec.gathered.items():
            for index in range(spot.table.count):
                place = (LISTS_SHEET, spot.first + index, spot.column)
                self._paths[place] = pattern.at(index)
        self._direct: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}

    def formula(self, path: str) -> str:
        """The formula of a figure as generated; empty where there is none."""
        return self._formulas.get(path, "").removeprefix("=")

    def direct(self, path: str) -> frozenset[str]:
        """The fields and figures to which a figure's own formula refers."""
        if path not in self._direct:
            self._direct[path] = frozenset(self._referred(path))
        return self._direct[path]

    def below(self, path: str) -> frozenset[str]:
        """All fields and figures that a figure is made from, over any number of steps."""
        if path not in self._below:
            self._below[path] = frozenset(_reached(path, self.direct))
        return self._below[path]

    def inputs(self, path: str) -> frozenset[str]:
        """The fields that a figure is made from."""
        fields = self._fields
        return frozenset(p for p in self.below(path) if pattern_of(p) in fields)

    def _referred(self, path: str) -> Iterator[str]:
        if path not in self._layout.spots:
            return
        own = self._layout.spots[path][0].name
        formula = _TEXT.sub("", self.formula(path))
        for quoted, plain, *corners in _REFERENCE.findall(formula):
            name = quoted.replace("''", "'") or plain or own
            for row, column in _cells(*corners):
                found = self._paths.get((name, row, column))
                if found is not None:
                    yield found


@lru_cache(maxsize=8)
def sources_of(layout: Layout) -> Sources:
    """The references of all figures of a layout; all plans of a company share them."""
    return Sources(layout)


def formula_codes(layout: Layout) -> str:
    """The codes of all formulas of a layout, one after the other, by which a workbook knows its own later.

    Of the formulas in rows, which move when rows are inserted, the shapes alone.
    """
    formulas = document_formulas(layout)
    whole = {plain(text) for path, text in formulas.items() if "[" not in path}
    return "".join(sorted(map(code_of, whole | set(map(shape_of, formulas.values())))))


def code_of(text: str) -> str:
    """Eight hexadecimal digits that stand for a text."""
    return f"{zlib.crc32(text.encode(errors='replace')):08x}"


def shape_of(formula: str) -> str:
    r"""A formula without the places it refers to, which are other ones once rows were inserted or sheets renamed.

    >>> shape_of('IF(Umsatz!$F$12=0, "",SUM(F12:F20))') == shape_of('IF(F13=0,"",SUM(F14:F30))')
    True
    """
    return plain(_REFERENCE.sub("#", formula))


def plain(formula: str) -> str:
    """A formula without what programs write in different ways: case, blanks, quotes and anchors.

    >>> plain("sum('Blatt'!$F$12:$F$20)") == plain("SUM( Blatt!F12:F20 )")
    True
    """
    upper = formula.upper().replace("_XLFN.", "").lstrip("=+")
    return "".join(upper.translate(_VARYING).split())


def _cells(left: str, top: str, right: str, bottom: str) -> Iterable[tuple[int, int]]:
    """Rows and columns of a reference."""
    columns = column_number(left), column_number(right or left)
    rows = int(top), int(bottom or top)
    return product(range(rows[0], rows[1] + 1), range(columns[0], columns[1] + 1))


def _reached(path: str, step: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything to which steps lead from a path."""
    reached: set[str] = set()
    ahead = [path]
    while ahead:
        new = set(step(ahead.pop())) - reached
        reached |= new
        ahead += new
    return reached
