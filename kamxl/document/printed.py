"""The texts that a generated sheet prints by itself, so that everything else on it is somebody's entry.

A later version of kamxl may word a label differently than the one that wrote the plan. So a workbook carries a code of
each text it prints (eight hexadecimal digits on its identity sheet), and both count: today's texts and its own.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import chain

from kamxl.document import wording
from kamxl.document.layout.layout import Layout, title_of
from kamxl.document.schema import FormSpec, MatrixSpec, Section, TableSpec
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


@lru_cache(maxsize=32)
def labels_of(layout: Layout) -> dict[str, frozenset[str]]:
    """The labels of columns and rows, which people may type too; by sheet, without what it prints elsewhere as well."""
    sections, language = layout.spec.sections, layout.language
    known = frozenset(chain.from_iterable(_labels(each, language) for each in sections))
    found: dict[str, frozenset[str]] = {}
    for sheet in layout.sheets:
        printed = [*_words(language)]
        printed += [figure.printed(language) for figure in sheet.spec.figures]
        for section in sheet.spec.sections:
            if isinstance(section, FormSpec):
                printed += _labels(section, language)
            if section.heading is not None:
                printed.append(section.heading[language])
        found[sheet.name] = known - frozenset(printed)
    return found


def _texts(layout: Layout) -> Iterator[str]:
    language = layout.language
    yield from _words(language)
    yield title_of(layout)
    yield layout.spec.model.steps[language]
    for sheet in layout.sheets:
        yield sheet.name
        yield sheet.spec.guidance[language]
        yield from (figure.printed(language) for figure in sheet.spec.figures)
        for section in sheet.spec.sections:
            yield from _section_texts(section, language)


def _words(language: str) -> Iterator[str]:
    """What every document prints, whatever it holds."""
    words = (text for text in vars(wording).values() if isinstance(text, Text))
    yield from (text[language] for text in words)


def hint_of(section: Section, language: str) -> str:
    """The line of guidance below a section's heading, with how to unfold what is folded away."""
    hint = section.hint[language] if section.hint else ""
    folded = ""
    if isinstance(section, MatrixSpec) and any(side.spare for side in section.sides):
        folded = wording.FOLDED_PEOPLE[language]
    elif isinstance(section, TableSpec) and section.spare:
        folded = wording.FOLDED_ROWS[language]
    return f"{hint} {folded}".strip()


def _section_texts(section: Section, language: str) -> Iterator[str]:
    if section.heading is not None:
        yield section.heading[language]
    yield hint_of(section, language)
    yield from _labels(section, language)


def _labels(section: Section, language: str) -> Iterator[str]:
    """What is printed beside the entries of a section."""
    if isinstance(section, TableSpec):
        rows = [section.row_label, *(row.label for row in section.rows)]
        yield from (text[language] for text in rows if text is not None)
    for column in section.columns:
        yield column.printed(language)
        yield column.label[language]
