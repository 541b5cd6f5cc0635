"""A filled workbook → an `Extract`: every field found again, though rows, columns and sheets moved.

Each block of a sheet begins with a marker in the hidden key column (``@table opportunities.open``); its row holds
the keys of the columns, the cells below it the keys of the rows. Each field of a form and each table has a defined
name besides, and a printed label. Two of the three that agree decide; one alone is believed; where they contradict
each other, the field is reported instead of guessed.

Nothing is judged here: what a cell holds goes into an `Entry` as it is, what is unusual about the structure into a
`Remark`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from kamxl.document.compiling import compile_document
from kamxl.document.extract import Extract, Identity, WorkbookKind
from kamxl.document.finding.blocks_found import find_blocks
from kamxl.document.finding.find import Finder
from kamxl.document.finding.merged import merged_fields
from kamxl.document.finding.whose import Whose, whose
from kamxl.document.identity import FORMULAS, PRINTED, identity_from
from kamxl.document.keys import IDENTITY_SHEET, marked
from kamxl.document.kind import DocumentKind
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.remarks import PartDamaged, Remark, SettingsUnreadable
from kamxl.document.replies import lists_beside, replies_in
from kamxl.document.spec import DocumentSpec
from kamxl.errors import KamxlError
from kamxl.xlsx.book import Book
from kamxl.xlsx.source import ReadingLimits

# More than this no settings of ours would ask for: rows of all tables, crossings in the matrix, characters.
_MOST_CODES = 200_000  # characters; a plan of ours has some 6,000
_MOST_CROSSINGS = 4_000
_MOST_ROWS = 6_000
_MOST_OPTIONS = 1_000  # of one list
_MOST_LINES = 200  # of the identity sheet; a plan of ours has some 15
_LONGEST_SETTINGS = 300_000
_BUILT_IN = '{"spare_rows": true, "counts_lists": false, "year_to_date": true}'  # as most plans are drawn
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


class NotADocumentError(KamxlError):
    """A workbook that is none of the documents wanted; `kind` says what of ours it is, `None` that it is foreign."""

    def __init__(self, path: Path, kind: WorkbookKind | None) -> None:
        known = f" but a {kind} workbook" if kind else ""
        super().__init__(f"{path.name}: no such document{known}")
        self.path = path
        self.kind = kind


def extract(
    book: Book, *kinds: DocumentKind, limits: ReadingLimits | None = None
) -> Extract:
    """The document in a workbook that has been read.

    Args:
        book: the workbook.
        kinds: the documents it may be.
        limits: how much may have been added to it.

    Raises:
        NotADocumentError: it is none of them.
        WorkbookError: `TOO_LARGE` beyond the limits.
    """
    # A single long text may stand in very many lines, and the lines of a standard are put together.
    rows = list(islice(_identity_rows(book), _MOST_LINES))
    said, standard = identity_from(rows, book.properties)
    blocks = find_blocks(book)
    kind, known = _recognised(book, whose(book, said, blocks, kinds), kinds)
    identity, language = known.identity, known.identity.language
    remarks: list[Remark] = [known.remark] if known.remark else []
    try:
        spec, layout = _specification(
            kind, standard, language, identity.profile, identity.plan_year
        )
    except (KamxlError, ValueError):
        remarks.append(SettingsUnreadable(IDENTITY_SHEET))
        spec, layout = _fallback(kind, identity, blocks)
        profile = identity.profile or str(spec.settings.profile)
        identity = replace(identity, profile=profile)
    printed, formulas = (_joined(rows, key) for key in (PRINTED, FORMULAS))
    finder = Finder(book, layout, blocks, printed, known.mark)
    entries = tuple(finder.entries((limits or ReadingLimits()).max_added))
    remarks += merged_fields(book, (*entries, *finder.computed))
    remarks += [*_damage(book), *finder.remarks, *finder.leftovers()]
    lists = lists_beside({sheet.name(language) for sheet in spec.sheets}, book)
    return Extract(
        Path(book.path), book.fingerprint, identity, spec, entries, tuple(remarks), tuple(finder.computed),
        layout, replies_in(lists.values()), next(iter(lists), ""), formulas,
    )  # fmt: skip


def _recognised(
    book: Book, known: Whose | None, kinds: Iterable[DocumentKind]
) -> tuple[DocumentKind, Whose]:
    """Which of the documents a workbook is, and whose; raises `NotADocumentError`."""
    found = known.identity.kind if known else None
    wanted = (kind for kind in kinds if found in (kind.filled, kind.template))
    kind = next(wanted, None)
    if known is None or kind is None:
        raise NotADocumentError(book.path, found)
    return kind, known


def _joined(rows: Iterable[tuple[str, str]], key: str) -> str:
    """The codes that a workbook carries under a key."""
    return "".join(value for known, value in rows if known == key)[:_MOST_CODES]


def _identity_rows(book: Book) -> Iterator[tuple[str, str]]:
    """Key and value per line of the identity sheet, which may have been renamed but hardly moved."""
    for sheet in book.sheets:
        if sheet.name.lower().startswith(IDENTITY_SHEET):
            for (row, column), cell in sorted(sheet.cells.items()):
                if column == 1:
                    yield cell.raw, sheet.at(row, 2).raw
            return


def _fallback(
    kind: DocumentKind, identity: Identity, blocks: Collection[str]
) -> tuple[DocumentSpec[Any], Layout]:
    """Built-in settings, as far as the identity allows; without a profile, the smallest that has all blocks."""
    year = identity.plan_year if 1990 <= identity.plan_year <= 2099 else 2000
    language = "en" if identity.language == "en" else "de"
    small = _specification(kind, _BUILT_IN, language, "compact", year)
    if identity.profile == "compact":
        return small
    known = {marked(section) for section in small[0].sections}
    if not identity.profile and known.issuperset(blocks):
        return small
    return _specification(kind, _BUILT_IN, language, "full", year)


@lru_cache(maxsize=32)
def _specification(
    kind: DocumentKind, standard: str, language: str, profile: str, year: int
) -> tuple[DocumentSpec[Any], Layout]:
    """Specification and layout of the standard a workbook carries; all plans of a company share them.

    Raises:
        ValueError, KamxlError: the standard is damaged, contradicts the identity or asks for an absurd size.
    """
    if len(standard) > _LONGEST_SETTINGS:
        raise ValueError("the settings are longer than any company's")
    settings = kind.settings.carried(standard, language, profile, year)
    spec = compile_document(kind.model, settings)
    rows = sum(table.count for table in spec.tables)
    crossings = [m.people.count * m.team.count for m in spec.matrices]
    options = [len(field.options) for field in spec.fields.values()]
    asked = (rows, max(crossings, default=0), max(options, default=0))
    if any(map(operator.gt, asked, (_MOST_ROWS, _MOST_CROSSINGS, _MOST_OPTIONS))):
        raise ValueError("the settings ask for more than any plan has")
    return spec, lay_out(spec, language)


def _damage(book: Book) -> Iterator[Remark]:
    """What the file's reader had to leave out, as remarks on the structure."""
    for damage in book.faults:
        cell = damage.detail if _CELL.fullmatch(damage.detail) else ""
        yield PartDamaged(damage.sheet, cell, fault=damage.fault)
