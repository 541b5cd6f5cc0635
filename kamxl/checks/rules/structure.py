"""KAM10x to KAM12x: sheets, fields and tables that are not as generated."""

from __future__ import annotations

from typing import assert_never

from kamxl.checks.entries.wording import listed
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document import remarks as said
from kamxl.texts import Text

_RESTORE = Text(
    de="Die letzte Änderung am Aufbau rückgängig machen oder die Einträge in eine neue Vorlage übertragen.",
    en="Undo the last change to the layout or transfer the entries into a new template.",
)
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
SHEET_FOREIGN = Rule(
    code="KAM116",
    name="sheet-of-another-plan",
    severity=Severity.ERROR,
    message=Text(
        de="Das Blatt „{found}“ stammt aus einem anderen Plan; von ihm wurde nichts gelesen.",
        en="The sheet “{found}” comes from another plan; nothing of it was read.",
    ),
    remedy=Text(
        de="Das eigene Blatt aus einer früheren Version wiederherstellen; was von dem anderen gebraucht wird, als "
        "Werte in seine Felder übertragen.",
        en="Restore the plan’s own sheet from an earlier version; transfer what is needed of the other one as values "
        "into its fields.",
    ),
)
NOTES_BESIDE = Rule(
    code="KAM150",
    name="comments-not-read",
    severity=Severity.HINT,
    message=Text(
        de="Auf dem Blatt „{found}“ stehen Kommentare oder Textfelder; sie gehören nicht zum Plan.",
        en="There are comments or text boxes on the sheet “{found}”; they are not part of the plan.",
    ),
    remedy=Text(
        de="Sie werden nicht gelesen. Was in den Plan gehört, in seine Felder übertragen.",
        en="They are not read. Move what belongs to the plan into its fields.",
    ),
)
FIELD_MOVED = Rule(
    code="KAM111",
    name="field-moved",
    severity=Severity.HINT,
    message=Text(
        de="„{label}“ steht nicht mehr an der ursprünglichen Stelle ({cell} statt {origin}).",
        en="“{label}” is no longer in its original place ({cell} instead of {origin}).",
    ),
    remedy=Text(
        de="Die Einträge wurden gefunden und gelesen; es ist nichts zu tun.",
        en="The entries were found and read; there is nothing to do.",
    ),
    details={
        "cell": Text(de="Zelle", en="cell"),
        "origin": Text(de="ursprüngliche Zelle", en="original cell"),
    },
)
FIELD_NOT_FOUND = Rule(
    code="KAM112",
    name="field-not-found",
    severity=Severity.ERROR,
    message=Text(
        de="„{label}“ wurde in der Arbeitsmappe nicht gefunden.",
        en="“{label}” was not found in the workbook.",
    ),
    remedy=_RESTORE,
)
FIELD_CONTRADICTORY = Rule(
    code="KAM113",
    name="field-contradictory",
    severity=Severity.ERROR,
    message=Text(
        de="„{label}“ wurde verschoben oder kopiert und ist nicht mehr eindeutig{move}; gelesen wurde diese Zelle.",
        en="“{label}” was moved or copied and is no longer unambiguous{move}; this cell was read.",
    ),
    remedy=_RESTORE,
    additions={"move": Text(de=" (auch auf {other})", en=" (also to {other})")},
)
FIELD_MERGED = Rule(
    code="KAM257",
    name="cell-merged",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Zelle gehört zum verbundenen Bereich {area}; zu sehen ist nur, was in {first} steht{beneath}.",
        en="{label}: the cell belongs to the merged range {area}; only what stands in {first} can be seen{beneath}.",
    ),
    remedy=Text(
        de="Den Zellverbund aufheben und jede Zelle für sich ausfüllen.",
        en="Unmerge the cells and fill in each of them.",
    ),
    details={
        "area": Text(de="Bereich", en="range"),
        "first": Text(de="erste Zelle", en="first cell"),
        "hidden": Text(de="verdeckter Wert", en="value hidden"),
    },
    additions={
        "beneath": Text(
            de=" (verdeckt: „{hidden}“)", en=" (hidden beneath: “{hidden}”)"
        )
    },
)
TABLE_EXTENDED = Rule(
    code="KAM121",
    name="table-extended",
    severity=Severity.HINT,
    message=Text(
        de="Die Tabelle „{table}“ wurde um Zeilen verlängert ({rows} statt {drawn}).",
        en="Rows were added to the table “{table}” ({rows} instead of {drawn}).",
    ),
    remedy=Text(
        de="Auch die neuen Zeilen werden gelesen und zählen mit. In einer älteren Vorlage prüfen, ob die Summen alle "
        "Zeilen erfassen.",
        en="The new rows are read too, and count. In an older template check that the totals cover all rows.",
    ),
    details={
        "rows": Text(de="Zahl der Zeilen", en="number of rows"),
        "drawn": Text(de="Zahl in der Vorlage", en="number in the template"),
    },
)
TABLE_MISSING = Rule(
    code="KAM122",
    name="table-missing",
    severity=Severity.ERROR,
    message=Text(
        de="Die Tabelle „{table}“ wurde nicht gefunden.",
        en="The table “{table}” was not found.",
    ),
    remedy=_RESTORE,
)
ROW_DOUBLED = Rule(
    code="KAM123",
    name="row-doubled",
    severity=Severity.ERROR,
    message=Text(
        de="„{label}“: Diese Zeile ist doppelt vorhanden; gelesen wurde nur die erste.",
        en="“{label}”: this row exists twice; only the first was read.",
    ),
    remedy=Text(
        de="Die überzählige Zeile löschen.",
        en="Delete the extra row.",
    ),
)


ROW_OUTSIDE = Rule(
    code="KAM125",
    name="row-outside",
    severity=Severity.ERROR,
    message=Text(
        de="„{table}“: Zeile {row} gehört nicht zur Tabelle und wird nicht gelesen ({value}).",
        en="“{table}”: row {row} is not part of the table and is not read ({value}).",
    ),
    remedy=Text(
        de="In der Tabelle eine Zeile einfügen und die Einträge dorthin übertragen; anderes löschen.",
        en="Insert a row within the table and transfer the entries to it; delete what does not belong to the plan.",
    ),
    details={"row": Text(de="Zeile", en="row")},
)
ROWS_RELABELLED = Rule(
    code="KAM114",
    name="rows-relabelled",
    severity=Severity.WARNING,
    message=Text(
        de="„{table}“: Neben den Einträgen stehen andere Namen als zu Beginn, weil die Tabelle, aus der die Namen "
        "kommen, sortiert wurde; gelesen wurde, was jetzt neben jedem Namen steht.",
        en="“{table}”: other names stand beside the entries than at first, because the table that the names come from "
        "was sorted; what stands beside each name now was read.",
    ),
    remedy=Text(
        de="Prüfen, ob die Einträge zu den Namen in ihrer Zeile gehören; sonst die Sortierung rückgängig machen.",
        en="Check that the entries belong to the names in their rows; if not, undo the sorting.",
    ),
)


def of_sheet(remark: said.SheetRemark) -> Problem:
    """The problem that a remark on a sheet tells of."""
    sheet = remark.sheet
    match remark:
        case said.SheetMissing():
            return SHEET_MISSING.at(expected=sheet)
        case said.SheetRenamed(expected=expected):
            return SHEET_RENAMED.at(expected=expected, found=sheet)
        case said.SheetDoubled(original=original):
            return SHEET_DOUBLED.at(expected=original, found=sheet)
        case said.SheetUnknown():
            return SHEET_UNKNOWN.at(found=sheet)
        case said.SheetForeign():
            return SHEET_FOREIGN.at(found=sheet)
        case said.NotesBeside():
            return NOTES_BESIDE.at(found=sheet)
        case _:
            assert_never(remark)


def of_field(remark: said.FieldRemark) -> Problem:
    """The problem that a remark on a field tells of."""
    path = remark.path
    match remark:
        case said.FieldMoved(cell=cell, origin=origin):
            return FIELD_MOVED.at(path, cell=cell, origin=origin)
        case said.FieldNotFound():
            return FIELD_NOT_FOUND.at(path)
        case said.FieldMerged(area=area, value=hidden):
            details = {"hidden": hidden} if hidden else {}
            first = area.partition(":")[0]
            return FIELD_MERGED.at(path, area=area, first=first, **details)
        case said.FieldContradictory(value=value, other=""):
            return FIELD_CONTRADICTORY.at(path, value=value)
        case said.FieldContradictory(other=other):
            return FIELD_CONTRADICTORY.at(path, other=other)
        case _:
            assert_never(remark)


def of_table(remark: said.TableRemark, table: str) -> Problem:
    """The problem that a remark on a table tells of; `table` is what a user calls it."""
    path = remark.path
    match remark:
        case said.TableExtended(rows=rows, drawn=drawn):
            return TABLE_EXTENDED.at(path, table=table, rows=rows, drawn=drawn)
        case said.TableMissing():
            return TABLE_MISSING.at(path, table=table)
        case said.RowDoubled():
            return ROW_DOUBLED.at(path)
        case said.RowOutside(row=row, values=values):
            return ROW_OUTSIDE.at(path, table=table, row=row, value=listed(values))
        case said.RowsRelabelled():
            return ROWS_RELABELLED.at(path, table=table)
        case _:
            assert_never(remark)
