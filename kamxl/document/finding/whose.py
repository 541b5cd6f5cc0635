"""Whose document a workbook is: what its identity says, held against the marks of its sheets.

The identity wins while one sheet at least bears its mark; sheets with another mark are foreign then. Where no sheet
agrees with the identity, that is the foreign one, and the mark of most sheets counts. Without any identity, because
the visible sheets were moved to a new workbook, the marks say all but the settings; in workbooks of earlier versions,
which have none, the printed title says language and year: ``Key-Account-Plan 2027``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, product
from typing import NamedTuple

from kamxl.document.extract import Identity
from kamxl.document.finding.blocks_found import FoundBlock, plan_sheets
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.kind import DocumentKind
from kamxl.document.marks import mark_of, marked_identity
from kamxl.document.remarks import IdentityForeign, IdentityLost, Remark
from kamxl.texts import Language
from kamxl.xlsx.book import Book

_LEAST_BLOCKS = 3  # of a workbook that is a document without saying so
_GAP = "\N{REPLACEMENT CHARACTER}"

Blocks = Mapping[str, list[FoundBlock]]


class Whose(NamedTuple):
    """A document's identity, the mark that its sheets have to bear (empty where none has one), and what is odd."""

    identity: Identity
    mark: str = ""
    remark: Remark | None = None


def whose(
    book: Book, said: Identity | None, blocks: Blocks, kinds: Iterable[DocumentKind]
) -> Whose | None:
    """Whose document it is; `None` where nothing tells.

    Args:
        book: the workbook.
        said: what its identity says, if there is one.
        blocks: the blocks with a marker.
        kinds: the documents that one without identity may be.
    """
    marks = _marks(blocks)
    if said is None:
        return next(_without_identity(book, marks, blocks, kinds), None)
    own = mark_of(said)
    if not marks or own in marks:
        return Whose(said, own if marks else "")
    most = marks.most_common(1)[0][0]
    found = marked_identity(most, said.kind)
    if found is None:
        return Whose(said)
    identity = replace(
        said, plan_id=found.plan_id, account_id=found.account_id, plan_year=found.plan_year,
        language=found.language, profile=found.profile,
    )  # fmt: skip
    account, year = identity.account_id, identity.plan_year
    remark = IdentityForeign(IDENTITY_SHEET, account=account, year=year)
    return Whose(identity, most, remark)


def _marks(blocks: Blocks) -> Counter[str]:
    """On how many sheets each mark stands."""
    found = chain.from_iterable(blocks.values())
    pairs = {(block.sheet.name, block.mark) for block in found if block.mark}
    return Counter(mark for _, mark in pairs)


def _without_identity(
    book: Book, marks: Counter[str], blocks: Blocks, kinds: Iterable[DocumentKind]
) -> Iterator[Whose]:
    """What marks say, else what the title says."""
    for kind, (mark, _) in product(kinds, marks.most_common()):
        found = marked_identity(mark, kind.filled)
        if found is not None:
            account, year = found.account_id, found.plan_year
            remark = IdentityLost(IDENTITY_SHEET, account=account, year=year)
            yield Whose(found, mark, remark)
    if len(blocks) < _LEAST_BLOCKS:
        return
    for kind, language in product(kinds, Language):
        title = kind.model.title[language].format(year=_GAP)
        pattern = re.compile(re.escape(title).replace(_GAP, "([0-9]{4})"))
        for year in _matches(book, pattern):
            identity = Identity(
                kind=kind.filled, template_version=TEMPLATE_VERSION, kamxl_version="", schema_hash="", plan_id="",
                account_id="", plan_year=year, language=language, profile="",
            )  # fmt: skip
            remark = IdentityLost(IDENTITY_SHEET, account="", year=year)
            yield Whose(identity, "", remark)


def _matches(book: Book, pattern: re.Pattern[str]) -> Iterator[int]:
    """The years in all cells that hold a title."""
    for sheet in plan_sheets(book):
        found = (pattern.fullmatch(cell.raw) for cell in sheet.cells.values())
        yield from (int(match[1]) for match in found if match)
