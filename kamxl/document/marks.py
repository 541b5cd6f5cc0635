"""The mark that every sheet of a document bears beside its first key: of which document it is.

A sheet is easily copied from one workbook into another, where it looks like the one it replaces. Its mark, a text such
as ``@plan ["6c1f…", "10041", 2027, "de", "full"]`` in a hidden row, travels along and tells it from the others. Where
the identity sheet is gone, because all visible sheets were moved to a new workbook, the marks say what it said.
"""

from __future__ import annotations

import json

from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.document.layout.blocks import FormBlock, MatrixBlock, TableBlock
from kamxl.document.layout.grid import GUTTER_COLUMN
from kamxl.document.layout.layout import Layout

MARK = "@plan "
_LONGEST = 2_000  # characters


def mark_of(identity: Identity) -> str:
    """The text that all sheets of a document bear."""
    said = (
        identity.plan_id, identity.account_id, identity.plan_year, identity.language, identity.profile,
    )  # fmt: skip
    return MARK + json.dumps(said, ensure_ascii=False)


def marked_identity(mark: str, kind: WorkbookKind) -> Identity | None:
    """What a mark says of its document; `None` where it says nothing that can be understood."""
    if len(mark) > _LONGEST:
        return None
    try:
        plan_id, account_id, year, language, profile = json.loads(
            mark.removeprefix(MARK)
        )
    except ValueError:
        return None
    texts = (plan_id, account_id, language, profile)
    if type(year) is not int or not all(isinstance(text, str) for text in texts):
        return None
    return Identity(
        kind=kind, template_version=TEMPLATE_VERSION, kamxl_version="", schema_hash="", plan_id=plan_id,
        account_id=account_id, plan_year=year, language=language, profile=profile,
    )  # fmt: skip


def mark_places(layout: Layout) -> dict[str, tuple[int, int]]:
    """Row and column of the mark, by sheet: in the hidden row of the first block's keys."""
    found: dict[str, tuple[int, int]] = {}
    for sheet in layout.sheets:
        for block in sheet.blocks:
            if isinstance(block, FormBlock | TableBlock | MatrixBlock):
                found.setdefault(sheet.name, (block.keys_row, GUTTER_COLUMN))
    return found
