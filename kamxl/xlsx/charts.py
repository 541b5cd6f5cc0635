r"""The figures behind a chart, written along in the chart itself.

A chart refers to cells; what it holds of their values (its caches) is what a preview, Protected View or a program
that does not calculate shows of it.

>>> xml = "<val><numRef><f>'Plan'!$B$2:$B$4</f></numRef></val>"
>>> with_caches(xml, lambda sheet, row, column: [None, 4.5, "offen"][row - 2])
'<val><numRef><f>\'Plan\'!$B$2:$B$4</f><numCache><formatCode>General</formatCode><ptCount val="3"/><pt
idx="1"><v>4.5</v></pt></numCache></numRef></val>'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from kamxl.xlsx.book import DefinedName
from kamxl.xlsx.bounded_xml import resolve_references
from kamxl.xlsx.writing import text_xml

ValueOf = Callable[[str, int, int], object]
"""What stands in a cell: sheet, row and column (from 1)."""

_REFERENCE = re.compile(
    r"<(num|str)Ref><f>([^<]*)</f>(?:<\w+Cache>.*?</\w+Cache>)?</\1Ref>", re.DOTALL
)
_AREA = re.compile(r"(?:'(?:[^']|'')*'|[^',()!]+)![^,()]+")


def cells_behind(chart: str) -> list[tuple[str, int, int]]:
    """Sheet, row and column of every cell that a chart refers to."""
    references = (found[2] for found in _REFERENCE.finditer(chart))
    return [cell for reference in references for cell in _cells(reference)]


def with_caches(chart: str, value_of: ValueOf) -> str:
    """The XML of a chart as openpyxl writes it, with the values of the cells it refers to.

    Args:
        chart: the XML.
        value_of: what stands in a cell; a number that is none, and an empty cell, leave a gap.
    """

    def cached(found: re.Match[str]) -> str:
        kind, reference = found.groups()
        values = [value_of(*cell) for cell in _cells(reference)]
        cache = _numbers(values) if kind == "num" else _texts(values)
        return f"<{kind}Ref><f>{reference}</f>{cache}</{kind}Ref>"

    return _REFERENCE.sub(cached, chart)


def _cells(reference: str) -> Iterator[tuple[str, int, int]]:
    """The cells of an area, or of several as in ``('Plan'!$B$2:$C$2,'Plan'!$E$2)``."""
    for area in _AREA.findall(resolve_references(reference)):
        found = DefinedName("", None, area).reference
        if found is not None:
            sheet, top, left, bottom, right = found
            yield from product([sheet], range(top, bottom + 1), range(left, right + 1))


def _numbers(values: list[object]) -> str:
    points = [
        (place, repr(value))
        for place, value in enumerate(values)
        if isinstance(value, int | float)
    ]
    count = len(values)
    return (
        f"<numCache><formatCode>General</formatCode>{_points(points, count)}</numCache>"
    )


def _texts(values: list[object]) -> str:
    points = [
        (place, text_xml(str(value)))
        for place, value in enumerate(values)
        if value is not None
    ]
    return f"<strCache>{_points(points, len(values))}</strCache>"


def _points(points: Iterable[tuple[int, str]], count: int) -> str:
    written = (f'<pt idx="{place}"><v>{value}</v></pt>' for place, value in points)
    return f'<ptCount val="{count}"/>{"".join(written)}'
