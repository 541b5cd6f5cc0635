"""KAM124 to KAM141: what stands beside the fields, and what in the file is damaged."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from kamxl.checks.entries.wording import spoken
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document import remarks as said
from kamxl.texts import Text
from kamxl.xlsx.book import Fault

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
IDENTITY_FOREIGN = Rule(
    code="KAM117",
    name="identity-of-another-plan",
    severity=Severity.ERROR,
    message=Text(
        de="Das verborgene Blatt „_kamxl“ gehört zu einem anderen Plan; die übrigen Blätter gehören zu Kunde "
        "{account}, {year}.",
        en="The hidden sheet “_kamxl” belongs to another plan; the other sheets belong to account {account}, {year}.",
    ),
    remedy=Text(
        de="Kundennummer und Planjahr auf dem Deckblatt prüfen und die Blätter nicht zwischen Plänen austauschen; "
        "notfalls einen neuen Plan anfordern und die Einträge übertragen.",
        en="Check account number and plan year on the cover and do not exchange sheets between plans; if need be, ask "
        "for a new plan and transfer the entries.",
    ),
)
IDENTITY_LOST = Rule(
    code="KAM118",
    name="identity-lost",
    severity=Severity.ERROR,
    message=Text(
        de="Das verborgene Blatt „_kamxl“ fehlt, vermutlich weil die Blätter in eine neue Arbeitsmappe verschoben "
        "wurden. Gelesen wurde ein Plan{account_said} für {year} mit den Standardwerten.",
        en="The hidden sheet “_kamxl” is missing, probably because the sheets were moved to a new workbook. A plan"
        "{account_said} for {year} was read with the defaults.",
    ),
    remedy=Text(
        de="Kundennummer und Planjahr prüfen; besser die Einträge in den ursprünglichen Plan übertragen.",
        en="Check account number and plan year; better transfer the entries to the original plan.",
    ),
    additions={
        "account_said": Text(de=" von Kunde {account}", en=" of account {account}")
    },
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


RULE_OF_DAMAGE: Mapping[Fault, tuple[Rule, Text]] = MappingProxyType(
    {
        Fault.SHEET_DAMAGED: (PART_DAMAGED, Text(de="Dieses Blatt ist", en="This sheet is")),
        Fault.STRINGS_DAMAGED: (PART_DAMAGED, Text(de="Die Texte der Zellen sind", en="The texts are")),
        Fault.STYLES_DAMAGED: (
            FILE_IRREGULAR,
            Text(de="Zahlenformate fehlen, Datumsangaben können als Zahl erscheinen",
                 en="number formats are missing, dates may appear as numbers"),
        ),
        Fault.PROPERTIES_DAMAGED: (
            FILE_IRREGULAR,
            Text(de="die Dokumenteigenschaften sind nicht lesbar", en="the document properties cannot be read"),
        ),
        Fault.CELL_TWICE: (
            FILE_IRREGULAR, Text(de="eine Zelle kommt mehrfach vor", en="a cell occurs more than once")
        ),
        Fault.OUTSIDE_THE_GRID: (
            FILE_IRREGULAR,
            Text(de="Zellen liegen außerhalb des Tabellenblatts", en="cells lie outside the grid of the sheet"),
        ),
    }
)  # fmt: skip
_QUOTED = Text(de="„{value}“", en="“{value}”")
_FURTHER = Text(
    de="{value} weitere Einträge ({cells})", en="{value} further entries ({cells})"
)


def of_workbook(remark: said.WorkbookRemark) -> Problem:
    """The problem that a remark on the whole workbook, or on what stands beside its fields, tells of."""
    match remark:
        case said.EntryOutside(value=value):
            return ENTRY_OUTSIDE.at(value=_QUOTED.format(value=spoken(value)))
        case said.MoreOutside(number=further, cells=cells):
            more = _FURTHER.format(value=spoken(str(further)), cells=cells)
            return ENTRY_OUTSIDE.at(value=more)
        case said.PartDamaged(fault=fault):
            rule, part = RULE_OF_DAMAGE[fault]
            return rule.at(part=part)
        case _:
            assert_never(remark)


def of_identity(remark: said.IdentityRemark) -> Problem:
    """The problem that a remark on what the workbook says of itself tells of."""
    match remark:
        case said.IdentityForeign(account=account, year=year):
            return IDENTITY_FOREIGN.at(account=account or None, year=year)
        case said.IdentityLost(account="", year=year):
            return IDENTITY_LOST.at(year=year)
        case said.IdentityLost(account=account, year=year):
            return IDENTITY_LOST.at(account=account, year=year)
        case said.SettingsUnreadable():
            return SETTINGS_UNREADABLE.at()
        case _:
            assert_never(remark)
