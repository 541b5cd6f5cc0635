"""KAM10x: sheets that are missing, renamed, copied or somebody's own."""

from __future__ import annotations

from typing import assert_never

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document.remarks import (
    SheetDoubled,
    SheetMissing,
    SheetRemark,
    SheetRenamed,
    SheetUnknown,
)
from kamxl.texts import Text

__all__ = ["of_sheet"]


SHEET_MISSING = Rule(
    code="KAM101",
    name="sheet-missing",
    severity=Severity.ERROR,
    message=Text(
        de="Das Blatt „{expected}“ fehlt.", en="The sheet “{expected}” is missing."
    ),
    remedy=Text(
        de="Das Blatt aus einer früheren Version oder einer neuen Vorlage wiederherstellen.",
        en="Restore the sheet from an earlier version or a new template.",
    ),
)

SHEET_RENAMED = Rule(
    code="KAM102",
    name="sheet-renamed",
    severity=Severity.HINT,
    message=Text(
        de="Das Blatt „{expected}“ heißt jetzt „{found}“.",
        en="The sheet “{expected}” is now called “{found}”.",
    ),
    remedy=Text(
        de="Die Einträge werden trotzdem gelesen. Den ursprünglichen Namen möglichst wieder vergeben.",
        en="The entries are read all the same. Give it back its original name if possible.",
    ),
)

SHEET_DOUBLED = Rule(
    code="KAM103",
    name="sheet-doubled",
    severity=Severity.WARNING,
    message=Text(
        de="Das Blatt „{expected}“ ist mehrfach vorhanden, auch als „{found}“; gelesen wurde nur „{expected}“.",
        en="The sheet “{expected}” exists more than once, also as “{found}”; only “{expected}” was read.",
    ),
    remedy=Text(
        de="Die überzählige Kopie löschen; was nur dort steht, vorher übertragen.",
        en="Delete the extra copy; first transfer what stands only there.",
    ),
)

SHEET_UNKNOWN = Rule(
    code="KAM104",
    name="sheet-unknown",
    severity=Severity.HINT,
    message=Text(
        de="Das Blatt „{found}“ gehört nicht zum Accountplan.",
        en="The sheet “{found}” is not part of the account plan.",
    ),
    remedy=Text(
        de="Es wird nicht gelesen. Was in den Plan gehört, auf die vorgesehenen Blätter übertragen.",
        en="It is not read. Move what belongs to the plan to the sheets meant for it.",
    ),
)


def of_sheet(remark: SheetRemark) -> Problem:
    """The problem that a remark on a sheet tells of."""
    sheet = remark.sheet
    match remark:
        case SheetMissing():
            return SHEET_MISSING.at(expected=sheet)
        case SheetRenamed(expected=expected):
            return SHEET_RENAMED.at(expected=expected, found=sheet)
        case SheetDoubled(original=original):
            return SHEET_DOUBLED.at(expected=original, found=sheet)
        case SheetUnknown():
            return SHEET_UNKNOWN.at(found=sheet)
        case _:
            assert_never(remark)
