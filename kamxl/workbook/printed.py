"""The texts that a generated sheet prints by itself, so that everything else on it is somebody's entry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kamxl.plan.schema import SectionSpec
from kamxl.plan.vocabulary import Text
from kamxl.workbook import wording
from kamxl.workbook.layout import PlanLayout

__all__ = ["printed_texts"]


def printed_texts(layout: PlanLayout) -> frozenset[str]:
    """Titles, labels, headings, hints and row names of a workbook, as its cells hold them."""
    return _printed(layout)


@lru_cache(maxsize=32)
def _printed(layout: PlanLayout) -> frozenset[str]:
    return frozenset(_texts(layout))


def _texts(layout: PlanLayout) -> Iterator[str]:
    language = layout.language
    for text in vars(wording).values():
        if isinstance(text, Text):
            yield text[language]
    yield wording.PLAN[language].format(year=layout.spec.settings.year)
    for sheet in layout.sheets:
        yield sheet.name
        yield sheet.spec.guidance[language]
        yield from (figure.printed(language) for figure in sheet.spec.figures)
        for section in sheet.spec.sections:
            yield from _section_texts(section, language)


def _section_texts(section: SectionSpec, language: str) -> Iterator[str]:
    for text in (section.heading, section.hint, section.row_label):
        if text is not None:
            yield text[language]
    for column in (*section.columns, *section.people, *section.team):
        yield column.printed(language)
        yield column.label[language]
    for row in section.rows:
        yield row.label[language]
