"""What the cover says of each sheet's progress, as its formulas work it out, under the paths of its cells.

``progress_figures(plan, spec, "de")["progress.opportunities.share"]`` is 0.75 where three of four required entries are
there, and ``progress.opportunities.status`` *in Arbeit*.
"""

from __future__ import annotations

from typing import Any

from kamxl.document import wording
from kamxl.document.figures import FigureValue
from kamxl.document.formulas.progress import NOTHING_REQUIRED, STATUS_WORDS
from kamxl.document.keys import PROGRESS, progress_path
from kamxl.document.required import progress
from kamxl.document.spec import DocumentSpec
from kamxl.document.vocabulary import Kind, Record

PROGRESS_KINDS = dict(
    zip(PROGRESS, (Kind.INTEGER, Kind.INTEGER, Kind.PERCENT, Kind.TEXT), strict=True)
)
"""What sort of value each of the cells holds."""
PROGRESS_HEADS = dict(
    zip(
        PROGRESS,
        (
            wording.COLUMN_FILLED,
            wording.COLUMN_REQUIRED,
            wording.COLUMN_SHARE,
            wording.COLUMN_STATUS,
        ),
        strict=True,
    )
)
"""What is printed above each of the cells."""


def progress_figures(
    document: Record, spec: DocumentSpec[Any], language: str
) -> dict[str, FigureValue]:
    """What stands beside each sheet's name on the cover.

    Args:
        document: the entries.
        spec: which of them are required.
        language: of the words for the state of a sheet.
    """
    found: dict[str, FigureValue] = {}
    for sheet, (filled, required) in progress(document, spec).items():
        share = filled / required if required else None
        values = (filled, required, share, _status(share, language))
        paths = (progress_path(sheet, name) for name in PROGRESS)
        found |= zip(paths, values, strict=True)
    return found


def progress_label(spec: DocumentSpec[Any], path: str, language: str) -> str:
    """What leads to one of the cells: sheet and head of the column; nothing for any other path."""
    labels = (
        (progress_path(sheet.key, name), f"{sheet.title[language]}: {head[language]}")
        for sheet in spec.sheets
        for name, head in PROGRESS_HEADS.items()
    )
    return dict(labels).get(path, "")


def _status(share: float | None, language: str) -> str:
    if share is None:
        return NOTHING_REQUIRED
    return STATUS_WORDS[(share > 0) + (share >= 1)][language]
