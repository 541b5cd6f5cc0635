"""A filled workbook → an `Extract`: every field found again, though rows, columns and sheets moved.

Each block of a sheet begins with a marker in the hidden key column (``@table opportunities.open``); its row holds
the keys of the columns, the cells below it the keys of the rows. Each field of a form and each table has a defined
name besides, and a printed label. Two of the three that agree decide; one alone is believed; where they contradict
each other, the field is reported instead of guessed.

Nothing is judged here: what a cell holds goes into an `Entry` as it is, what is unusual about the structure into a
`Remark`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kamxl.document.compiling import compile_plan
from kamxl.document.extract import Extract, Identity, WorkbookKind
from kamxl.document.finding.find import Finder
from kamxl.document.identity import PRINTED, identity_from
from kamxl.document.keys import IDENTITY_SHEET
from kamxl.document.layout.layout import PlanLayout, lay_out
from kamxl.document.remarks import PartDamaged, Remark, SettingsUnreadable
from kamxl.document.schema import PlanSpec
from kamxl.errors import KamxlError
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import Book
from kamxl.xlsx.cells import read_book

__all__ = ["NotAPlanError", "extract", "read_plan"]

# More than this no settings of ours would ask for: rows of all tables, crossings in the matrix, characters.
_MOST_CODES = 200_000  # characters; a plan of ours has some 6,000
_MOST_CROSSINGS = 4_000
_MOST_ROWS = 6_000
_LONGEST_SETTINGS = 300_000
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


class NotAPlanError(KamxlError):
    """A workbook that is no account plan; `kind` says what of ours it is instead, `None` that it is foreign."""

    def __init__(self, path: Path, kind: WorkbookKind | None) -> None:
        super().__init__(
            f"{path.name}: no account plan"
            + (f" but a {kind} workbook" if kind else "")
        )
        self.path = path
        self.kind = kind


def read_plan(path: str | os.PathLike[str]) -> Extract:
    """Everything a plan workbook holds.

    Raises:
        WorkbookError: the file cannot be read as a workbook.
        NotAPlanError: a workbook, but no account plan.
    """
    return extract(read_book(path))


def extract(book: Book) -> Extract:
    """The plan in a workbook that has been read. Raises `NotAPlanError`."""
    identity, settings_text = identity_from(_identity_rows(book), book.properties)
    if identity is None:
        raise NotAPlanError(book.path, None)
    if identity.kind not in (WorkbookKind.PLAN, WorkbookKind.TEMPLATE):
        raise NotAPlanError(book.path, identity.kind)
    remarks: list[Remark] = []
    try:
        spec, layout = _specification(
            settings_text, identity.language, identity.profile, identity.plan_year
        )
    except (KamxlError, ValueError):
        remarks.append(SettingsUnreadable(IDENTITY_SHEET))
        spec, layout = _fallback(identity)
    codes = "".join(value for key, value in _identity_rows(book) if key == PRINTED)
    finder = Finder(book, layout, codes[:_MOST_CODES])
    entries = tuple(finder.entries())
    return Extract(
        Path(book.path), book.fingerprint, identity, spec, entries,
        (*remarks, *_damage(book), *finder.remarks, *finder.leftovers()),
    )  # fmt: skip


def _identity_rows(book: Book) -> Iterator[tuple[str, str]]:
    """Key and value per line of the identity sheet, which may have been renamed but hardly moved."""
    for sheet in book.sheets:
        if sheet.name.lower().startswith(IDENTITY_SHEET):
            for (row, column), cell in sorted(sheet.cells.items()):
                if column == 1:
                    yield cell.raw, sheet.at(row, 2).raw
            return


def _fallback(identity: Identity) -> tuple[PlanSpec, PlanLayout]:
    """Built-in settings, as far as the identity allows."""
    year = identity.plan_year if 1990 <= identity.plan_year <= 2099 else 2000
    profile = "compact" if identity.profile == "compact" else "full"
    return _specification(
        "{}", "en" if identity.language == "en" else "de", profile, year
    )


@lru_cache(maxsize=32)
def _specification(
    settings_text: str, language: str, profile: str, year: int
) -> tuple[PlanSpec, PlanLayout]:
    """Specification and layout of the settings a workbook carries; all plans of a company share them.

    Raises:
        ValueError, KamxlError: the settings are damaged, contradict the identity or ask for an absurd size.
    """
    if len(settings_text) > _LONGEST_SETTINGS:
        raise ValueError("the settings are longer than any company's")
    given = Settings.model_validate_json(settings_text)
    settings = Settings.model_validate(
        {
            **given.model_dump(),
            "language": language,
            "profile": profile,
            "plan_year": year,
        }
    )
    spec = compile_plan(AccountPlan, settings)
    rows = sum(section.count for _, section in spec.sections())
    crossings = max(
        section.people_count * section.team_count for _, section in spec.sections()
    )
    if rows > _MOST_ROWS or crossings > _MOST_CROSSINGS:
        raise ValueError("the settings ask for more rows than any plan has")
    return spec, lay_out(spec, language)


def _damage(book: Book) -> Iterator[Remark]:
    """What the file's reader had to leave out, as remarks on the structure."""
    for damage in book.faults:
        cell = damage.detail if _CELL.fullmatch(damage.detail) else ""
        yield PartDamaged(damage.sheet, cell, fault=damage.fault)
