"""Plain columns for a terminal, a pipe or a mail: texts to the left, numbers to the right.

``in_columns(["KAM", "Fehler"], [["Anna Berg", 3]])`` is::

    KAM        Fehler
    Anna Berg       3
"""

from __future__ import annotations

from collections.abc import Sequence


def in_columns(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """The rows below their heads, each column as wide as its longest cell."""
    from kamxl.checks.entries.texts import visible  # noqa: PLC0415 - loaded with what is shown, not with the help

    cells = [[visible(str(cell)) for cell in row] for row in rows]
    first = rows[0] if rows else heads
    right = [isinstance(cell, int) for cell in first]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    lines = (_line(row, widths, right) for row in (heads, *cells))
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = (
        cell.rjust(width) if number else cell.ljust(width)
        for cell, width, number in zip(row, widths, right, strict=True)
    )
    return "  ".join(parts).rstrip()
