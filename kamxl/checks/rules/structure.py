"""KAM1xx: a workbook whose sheets, rows or fields are not as generated."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rules.base import Rule
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
FIELD_MOVED = Rule(
    code="KAM111",
    name="field-moved",
    severity=Severity.HINT,
    message=Text(
        de="„{label}“ steht nicht mehr an der ursprünglichen Stelle{move}.",
        en="“{label}” is no longer in its original place{move}.",
    ),
    remedy=Text(
        de="Die Einträge wurden gefunden und gelesen; es ist nichts zu tun.",
        en="The entries were found and read; there is nothing to do.",
    ),
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
)
TABLE_EXTENDED = Rule(
    code="KAM121",
    name="table-extended",
    severity=Severity.HINT,
    message=Text(
        de="Die Tabelle „{table}“ wurde um Zeilen verlängert{rows}.",
        en="Rows were added to the table “{table}”{rows}.",
    ),
    remedy=Text(
        de="Auch die neuen Zeilen werden gelesen. Summen prüfen, ob sie alle Zeilen erfassen.",
        en="The new rows are read too. Check that the totals cover all rows.",
    ),
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
ENTRY_OUTSIDE = Rule(
    code="KAM124",
    name="entry-outside",
    severity=Severity.WARNING,
    message=Text(
        de="Außerhalb der vorgesehenen Felder steht etwas, das nicht gelesen wird: {value}.",
        en="Outside the fields of the plan there is something that is not read: {value}.",
    ),
    remedy=Text(
        de="Was zum Plan gehört, in eines seiner Felder übertragen.",
        en="Move what belongs to the plan into one of its fields.",
    ),
)
CELL_DAMAGED = Rule(
    code="KAM131",
    name="cell-damaged",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Der Inhalt der Zelle ist in der Datei beschädigt.",
        en="{label}: the cell’s content is damaged in the file.",
    ),
    remedy=Text(
        de="Die Zelle leeren und den Wert neu eingeben.",
        en="Clear the cell and enter the value again.",
    ),
)
PART_DAMAGED = Rule(
    code="KAM132",
    name="part-damaged",
    severity=Severity.ERROR,
    message=Text(
        de="{part} in der Datei beschädigt und nur zum Teil lesbar.",
        en="{part} damaged in the file and can be read in part only.",
    ),
    remedy=Text(
        de="Die Datei in Excel öffnen und reparieren lassen oder eine frühere Version wiederherstellen.",
        en="Open the file in Excel and let it repair the file, or restore an earlier version.",
    ),
)
FILE_IRREGULAR = Rule(
    code="KAM133",
    name="file-irregular",
    severity=Severity.WARNING,
    message=Text(
        de="Die Datei ist nicht so aufgebaut, wie Excel sie schreibt: {part}.",
        en="The file is not as Excel writes it: {part}.",
    ),
    remedy=Text(
        de="Die Datei in Excel öffnen, die Werte prüfen und neu speichern.",
        en="Open the file in Excel, check the values and save it again.",
    ),
)
SETTINGS_UNREADABLE = Rule(
    code="KAM141",
    name="settings-unreadable",
    severity=Severity.WARNING,
    message=Text(
        de="Die in der Arbeitsmappe hinterlegten Einstellungen sind nicht lesbar; es gelten die Standardwerte.",
        en="The settings stored in the workbook cannot be read; the defaults apply.",
    ),
    remedy=Text(
        de="Prüfen, ob das verborgene Blatt „_kamxl“ geändert wurde; notfalls einen neuen Plan anfordern und die "
        "Einträge übertragen.",
        en="Check whether the hidden sheet “_kamxl” was changed; if need be, ask for a new plan and transfer the "
        "entries.",
    ),
)
