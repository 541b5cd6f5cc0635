"""The texts that a generated sheet prints by itself, so that everything else on it is somebody's entry.

A later version of kamxl may word a label differently than the one that wrote the plan. So a workbook carries a code of
each text it prints (eight hexadecimal digits on its identity sheet), and both count: today's texts and its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator
from functools import lru_cache

from kamxl.document import wording
from kamxl.document.layout.layout import Layout, title_of
from kamxl.document.schema import MatrixSpec, Section, TableSpec
from kamxl.texts import Text

_CODE = 8


class Printed(Container[str]):
    """Whether a text is one that the workbook prints: today's wording, or a code that the workbook carries."""

    def __init__(self, texts: frozenset[str], codes: str) -> None:
        self._texts = texts
        starts = range(0, len(codes), _CODE)
        self._codes = frozenset(codes[start : start + _CODE] for start in starts)

    def __contains__(self, text: object) -> bool:
        if text in self._texts:
            return True
        return isinstance(text, str) and _code(text) in self._codes


def _code(text: str) -> str:
    return f"{zlib.crc32(text.encode(errors='replace')):08x}"


def printed_codes(layout: Layout) -> str:
    """The codes of all texts that a workbook of this layout prints, one after the other."""
    return "".join(sorted(map(_code, printed_texts(layout))))


@lru_cache(maxsize=32)
def printed_texts(layout: Layout) -> frozenset[str]:
    """Titles, labels, headings, hints and row names of a workbook, as its cells hold them."""
    return frozenset(_texts(layout))


def _texts(layout: Layout) -> Iterator[str]:
    language = layout.language
    words = [text for text in vars(wording).values() if isinstance(text, Text)]
    yield from (text[language] for text in words)
    yield title_of(layout)
    yield layout.spec.model.steps[language]
    for sheet in layout.sheets:
        yield sheet.name
        yield sheet.spec.guidance[language]
        yield from (figure.printed(language) for figure in sheet.spec.figures)
        for section in sheet.spec.sections:
            yield from _section_texts(section, language)


def hint_of(section: Section, language: str) -> str:
    """The line of guidance below a section's heading, with how to unfold what is folded away."""
    hint = section.hint[language] if section.hint else ""
    folded = ""
    if isinstance(section, MatrixSpec) and any(side.spare for side in section.sides):
        across, down = (side.spare for side in section.sides)
        folded = wording.FOLDED_PEOPLE[language].format(across=across, down=down)
    elif isinstance(section, TableSpec) and section.spare:
        folded = wording.FOLDED_ROWS[language].format(rows=section.spare)
    return f"{hint} {folded}".strip()


def _section_texts(section: Section, language: str) -> Iterator[str]:
    head = [section.heading]
    if isinstance(section, TableSpec):
        head.append(section.row_label)
        head += [row.label for row in section.rows]
    yield from (text[language] for text in head if text is not None)
    yield hint_of(section, language)
    for column in section.columns:
        yield column.printed(language)
        yield column.label[language]
