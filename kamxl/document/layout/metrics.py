"""How wide a text is in the workbooks' font, so that nothing is broken in the middle of a word.

Widths of columns are counted in characters: digits of Calibri 11, each 5.25 points wide in Excel (7 of its pixels) and
a little wider in LibreOffice. Widths of letters are those of Calibri Bold, the widest face in use; a regular text takes
some three per cent less.

>>> round(text_width("Erlösschmälerungen", 10), 1)
83.8
>>> column_for("Kosten des Vertriebs", 10)
8.3
>>> lines_of("Kosten des Vertriebs", 12, 10)
2
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

POINTS_PER_CHARACTER = 5.25
HIGHEST = 409.0
"""Points of a row; Excel takes no more."""
_AROUND = 4.0
_LETTER = 0.54  # of the font's size: a usual letter of a sentence, with what wrapping leaves of a line
_PADDING = 5.0  # points: what Excel keeps free on both sides of a cell
_INDENT = 7.0
_ASCII = (
    *(226, 326, 438, 498, 507, 729, 705, 233, 312, 312, 498, 498, 258, 306, 267, 430),
    *(507, 507, 507, 507, 507, 507, 507, 507, 507, 507, 276, 276, 498, 498, 498, 463),
    *(898, 606, 561, 529, 630, 488, 459, 637, 631, 267, 331, 547, 423, 874, 659, 676),
    *(532, 686, 563, 473, 495, 653, 591, 906, 551, 520, 478, 325, 430, 325, 498, 498),
    *(300, 494, 537, 418, 537, 503, 316, 474, 537, 246, 255, 480, 246, 813, 537, 538),
    *(537, 537, 355, 399, 347, 537, 473, 745, 459, 474, 397, 344, 475, 344, 498),
)
_WIDTHS = dict(zip(map(chr, range(32, 127)), _ASCII, strict=True)) | {
    "ß": 555,
    "€": 507,
    "–": 498,
    "—": 906,
    "…": 711,
    "·": 268,
    "Σ": 478,
    **dict.fromkeys("„“”", 435),
    **dict.fromkeys("‚‘’", 258),
}
_OTHER = 905  # thousandths of the font's size: as wide as the widest
_BREAKS = re.compile(r"\s+|(?<=-)(?=\w)")


def text_width(text: str, size: float) -> float:
    """The width of a text on one line in points; `size` of the font in points."""
    return _width(text) * size / 1000


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    plain = unicodedata.normalize("NFD", text)
    letters = (c for c in plain if not unicodedata.combining(c))
    return sum(_WIDTHS.get(letter, _OTHER) for letter in letters)


def words(text: str) -> list[str]:
    """What of a text Excel keeps on one line: it breaks at blanks and behind hyphens."""
    return list(filter(None, _BREAKS.split(text)))


def column_for(text: str, size: float, *, indented: bool = False) -> float:
    """How wide a column must be, in characters, so that no word of a text is broken."""
    longest = max((text_width(word, size) for word in words(text)), default=0.0)
    room = longest + _PADDING + indented * _INDENT
    return math.ceil(room / POINTS_PER_CHARACTER * 10) / 10


def lines_of(text: str, width: float, size: float, *, indented: bool = True) -> int:
    """How many lines a text takes in a cell that is `width` characters wide; one at least."""
    room = width * POINTS_PER_CHARACTER - _PADDING - indented * _INDENT
    return sum(_lines(line, room, size) for line in text.split("\n"))


def height_of(text: str, width: float, size: float, *, indented: bool = True) -> float:
    """How high a row must be, in points, to show a text in a cell that is `width` characters wide."""
    lines = lines_of(text, width, size, indented=indented)
    return min(lines * 1.3 * size + _AROUND, HIGHEST)


def text_room(width: float, height: float, size: float) -> tuple[int, int]:
    """How many lines of how many letters are seen in a cell, where the letters are those of usual words.

    Args:
        width: of the cell, in characters.
        height: of the cell, in points.
        size: of the font, in points.
    """
    room = width * POINTS_PER_CHARACTER - _PADDING - _INDENT
    lines = (height - _AROUND) / (1.3 * size)
    return max(int(lines), 1), max(int(room / (_LETTER * size)), 1)


def _lines(text: str, room: float, size: float) -> int:
    lines, used, blank = 1, 0.0, text_width(" ", size)
    for word in words(text):
        width = text_width(word, size)
        if used and used + blank + width > room:
            lines, used = lines + 1, 0.0
        # A single word that is too long is broken wherever the line ends.
        lines += int(max(width - 0.01, 0.0) // room) if room > 0 else 0
        used += (blank if used else 0.0) + width
    return lines
