"""KAM0xx: the file as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.texts import Text
from kamxl.xlsx.source import FileFault


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FaultRule(Rule):
    """The rule about files that cannot be opened because of `fault`."""

    fault: FileFault


WHOSE = Text(
    de=" Vermutlich ist es der Plan für Kundennummer {account}; er fehlt.",
    en=" It is probably the plan for account {account}, which is missing.",
)
DETAIL = Text(de=" ({detail})", en=" ({detail})")

NOT_A_WORKBOOK = FaultRule(
    code="KAM001",
    name="not-a-workbook",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist keine Excel-Arbeitsmappe{more}.{whose}",
        en="The file is not an Excel workbook{more}.{whose}",
    ),
    remedy=Text(
        de="Den Accountplan aus Excel als „Excel-Arbeitsmappe (*.xlsx)“ speichern und erneut ablegen.",
        en="Save the account plan from Excel as “Excel Workbook (*.xlsx)” and put it here again.",
    ),
    additions={"more": DETAIL, "whose": WHOSE},
    fault=FileFault.NOT_A_WORKBOOK,
)
EMPTY_FILE = FaultRule(
    code="KAM002",
    name="empty-file",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist leer (0 Byte).{whose}",
        en="The file is empty (0 bytes).{whose}",
    ),
    remedy=Text(
        de="Die Datei noch einmal kopieren; vermutlich wurde die Übertragung abgebrochen.",
        en="Copy the file again; the transfer was probably interrupted.",
    ),
    additions={"whose": WHOSE},
    fault=FileFault.EMPTY_FILE,
)
OTHER_FORMAT = FaultRule(
    code="KAM003",
    name="other-format",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist in Wahrheit {format} und keine Excel-Arbeitsmappe (*.xlsx).{whose}",
        en="The file is really {format}, not an Excel workbook (*.xlsx).{whose}",
    ),
    remedy=Text(
        de="Den Accountplan in Excel öffnen und als „Excel-Arbeitsmappe (*.xlsx)“ speichern.",
        en="Open the account plan in Excel and save it as “Excel Workbook (*.xlsx)”.",
    ),
    details={"format": Text(de="wahrer Dateityp", en="true file type")},
    additions={"whose": WHOSE},
    fault=FileFault.OTHER_FORMAT,
)
ENCRYPTED = FaultRule(
    code="KAM004",
    name="encrypted",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist verschlüsselt, und zwar {protection}.{whose}",
        en="The file is encrypted {protection}.{whose}",
    ),
    remedy=Text(
        de="In Excel unter Datei > Informationen > Arbeitsmappe schützen {way} und speichern.",
        en="In Excel, under File > Info > Protect Workbook, {way} and save the file.",
    ),
    details={
        "protection": Text(de="Art des Schutzes", en="kind of protection"),
        "way": Text(de="Weg, den Schutz aufzuheben", en="way to remove the protection"),
    },
    additions={"whose": WHOSE},
    fault=FileFault.ENCRYPTED,
)
DAMAGED = FaultRule(
    code="KAM005",
    name="damaged",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist beschädigt{more}.{whose}",
        en="The file is damaged{more}.{whose}",
    ),
    remedy=Text(
        de="Die Datei in Excel öffnen und reparieren lassen oder eine frühere Version wiederherstellen.",
        en="Open the file in Excel and let it repair the file, or restore an earlier version.",
    ),
    additions={"more": DETAIL, "whose": WHOSE},
    fault=FileFault.DAMAGED,
)
TOO_LARGE = FaultRule(
    code="KAM006",
    name="too-large",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist ungewöhnlich groß und wird nicht gelesen{more}.{whose}",
        en="The file is unusually large and is not read{more}.{whose}",
    ),
    remedy=Text(
        de="Eingefügte Bilder, Objekte und fremde Blätter entfernen und die Datei neu speichern.",
        en="Remove embedded pictures, objects and foreign sheets and save the file again.",
    ),
    additions={"more": DETAIL, "whose": WHOSE},
    fault=FileFault.TOO_LARGE,
)
LOCKED = FaultRule(
    code="KAM007",
    name="locked",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei ist in einem anderen Programm geöffnet und kann nicht gelesen werden.{whose}",
        en="The file is open in another program and cannot be read.{whose}",
    ),
    remedy=Text(
        de="Die Datei in Excel schließen und die Prüfung wiederholen.",
        en="Close the file in Excel and check again.",
    ),
    additions={"whose": WHOSE},
    fault=FileFault.LOCKED,
)
OWNER_FILE = FaultRule(
    code="KAM008",
    name="open-in-excel",
    severity=Severity.HINT,
    message=Text(
        de="Das ist die Sperrdatei von {program}: Der Plan „{plan}“ ist gerade geöffnet.",
        en="This is a lock file of {program}: the plan “{plan}” is open at the moment.",
    ),
    remedy=Text(
        de="Noch nicht gespeicherte Einträge fehlen. Den Plan speichern, schließen und erneut prüfen.",
        en="Entries not yet saved are missing. Save and close the plan and check again.",
    ),
    details={
        "plan": Text(de="Plan", en="plan"),
        "program": Text(de="Programm", en="program"),
    },
    fault=FileFault.OWNER_FILE,
)
CHANGED_WHILE_READ = FaultRule(
    code="KAM009",
    name="changed-while-read",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei wurde während des Lesens geändert.{whose}",
        en="The file was changed while it was being read.{whose}",
    ),
    remedy=Text(
        de="Warten, bis das Speichern oder Synchronisieren beendet ist, und erneut prüfen.",
        en="Wait until saving or synchronising has finished and check again.",
    ),
    additions={"whose": WHOSE},
    fault=FileFault.CHANGED_WHILE_READ,
)
MISSING = FaultRule(
    code="KAM010",
    name="file-missing",
    severity=Severity.ERROR,
    message=Text(de="Die Datei wurde nicht gefunden.", en="The file was not found."),
    remedy=Text(
        de="Pfad und Dateinamen prüfen.", en="Check the path and the file name."
    ),
    fault=FileFault.MISSING,
)
NOT_A_PLAN = Rule(
    code="KAM011",
    name="not-a-plan",
    severity=Severity.ERROR,
    message=Text(
        de="Die Arbeitsmappe ist kein Accountplan von kamxl: Die Kennung der Vorlage fehlt.",
        en="The workbook is not an account plan made by kamxl: it lacks the template’s identity.",
    ),
    remedy=Text(
        de="Die Inhalte in eine Vorlage von kamxl übertragen oder die Datei aus dem Ordner nehmen.",
        en="Transfer the contents into a kamxl template or remove the file from the folder.",
    ),
)
OTHER_KAMXL_WORKBOOK = Rule(
    code="KAM012",
    name="other-kamxl-workbook",
    severity=Severity.HINT,
    message=Text(
        de="Die Datei ist {kind} von kamxl und kein Accountplan.",
        en="The file is {kind} made by kamxl, not an account plan.",
    ),
    remedy=Text(
        de="Nichts zu tun: Sie wird übergangen.",
        en="Nothing to do: it is passed over.",
    ),
    details={"kind": Text(de="Art der Datei", en="kind of file")},
)
TEMPLATE_NEWER = Rule(
    code="KAM013",
    name="template-newer",
    severity=Severity.ERROR,
    message=Text(
        de="Der Plan stammt aus einer neueren Vorlage (Version {found}; das installierte kamxl kennt Version {known}).",
        en="The plan comes from a newer template (version {found}; the installed kamxl knows version {known}).",
    ),
    remedy=Text(
        de="kamxl aktualisieren und erneut prüfen; neue Felder werden sonst nicht gelesen.",
        en="Update kamxl and check again; otherwise new fields are not read.",
    ),
)
TEMPLATE_OLDER = Rule(
    code="KAM014",
    name="template-older",
    severity=Severity.HINT,
    message=Text(
        de="Der Plan stammt aus einer älteren Vorlage (Version {found}; aktuell ist Version {known}).",
        en="The plan comes from an older template (version {found}; the current version is {known}).",
    ),
    remedy=Text(
        de="Der Plan wird gelesen. Für das nächste Planjahr die aktuelle Vorlage verwenden.",
        en="The plan is read. Use the current template for the next plan year.",
    ),
)
OTHER_FILE_TYPE = Rule(
    code="KAM015",
    name="other-file-type",
    severity=Severity.HINT,
    message=Text(
        de="Dateien dieser Art ({suffix}) sind keine Accountpläne.",
        en="Files of this type ({suffix}) are not account plans.",
    ),
    remedy=Text(
        de="Nichts zu tun: Die Datei wird übergangen.",
        en="Nothing to do: the file is passed over.",
    ),
    details={"suffix": Text(de="Endung", en="ending")},
)
FORBIDDEN = FaultRule(
    code="KAM025",
    name="no-permission",
    severity=Severity.ERROR,
    message=Text(
        de="Für diese Datei fehlt die Berechtigung zum Lesen.{whose}",
        en="There is no permission to read this file.{whose}",
    ),
    remedy=Text(
        de="Um Zugriff auf die Datei bitten oder sie erneut hier ablegen lassen.",
        en="Ask for access to the file or have it put here again.",
    ),
    additions={"whose": WHOSE},
    fault=FileFault.FORBIDDEN,
)
