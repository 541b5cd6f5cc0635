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


_WHOSE = Text(
    de=" Vermutlich ist es der Plan für Kundennummer {account}; er fehlt.",
    en=" It is probably the plan for account {account}, which is missing.",
)
_DETAIL = Text(de=" ({detail})", en=" ({detail})")
_FORMAT = {"format": Text(de="Dateityp", en="file type")}
_HELD = Text(de=", darin: {held}", en=", in it: {held}")

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
    additions={"more": _DETAIL, "whose": _WHOSE},
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
    additions={"whose": _WHOSE},
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
    additions={"whose": _WHOSE},
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
    additions={"whose": _WHOSE},
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
    additions={"more": _DETAIL, "whose": _WHOSE},
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
    additions={"more": _DETAIL, "whose": _WHOSE},
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
    additions={"whose": _WHOSE},
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
    additions={"whose": _WHOSE},
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
        de="Die Arbeitsmappe ist {kind} von kamxl und kein Accountplan.",
        en="The workbook is {kind} made by kamxl, not an account plan.",
    ),
    remedy=Text(
        de="Nichts zu tun: Sie wird übergangen.",
        en="Nothing to do: it is passed over.",
    ),
    details={"kind": Text(de="Art der Arbeitsmappe", en="kind of workbook")},
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
SYSTEM_FILE = Rule(
    code="KAM017",
    name="system-file",
    severity=Severity.HINT,
    message=Text(
        de="Das ist eine Hilfsdatei von {system} und kein Accountplan.",
        en="This is a companion file of {system}, not an account plan.",
    ),
    remedy=Text(
        de="Nichts zu tun: Sie wird übergangen.",
        en="Nothing to do: it is passed over.",
    ),
    details={"system": Text(de="Betriebssystem", en="operating system")},
)
UNFINISHED = Rule(
    code="KAM018",
    name="unfinished-download",
    severity=Severity.ERROR,
    message=Text(
        de="Die Datei „{plan}“ ist noch nicht vollständig heruntergeladen.{whose}",
        en="The file “{plan}” has not been downloaded completely yet.{whose}",
    ),
    remedy=Text(
        de="Den Download beenden oder wiederholen; erst die fertige Datei (*.xlsx) wird gelesen.",
        en="Finish or repeat the download; only the complete file (*.xlsx) is read.",
    ),
    details={"plan": Text(de="Datei", en="file")},
    additions={"whose": _WHOSE},
)
PLAN_IN_OTHER_FORMAT = Rule(
    code="KAM019",
    name="plan-in-other-format",
    severity=Severity.ERROR,
    message=Text(
        de="Hier liegt ein Accountplan in einem Format, das nicht gelesen wird: {format}.{whose}",
        en="This is an account plan in a format that is not read: {format}.{whose}",
    ),
    remedy=Text(
        de="Den Plan in Excel öffnen und als „Excel-Arbeitsmappe (*.xlsx)“ speichern.",
        en="Open the plan in Excel and save it as “Excel Workbook (*.xlsx)”.",
    ),
    details=_FORMAT,
    additions={"whose": _WHOSE},
)
PERHAPS_A_PLAN = Rule(
    code="KAM020",
    name="spreadsheet-in-other-format",
    severity=Severity.WARNING,
    message=Text(
        de="Die Tabelle liegt in einem Format vor, das nicht gelesen wird: {format}.{whose}",
        en="The spreadsheet is in a format that is not read: {format}.{whose}",
    ),
    remedy=Text(
        de="Falls es ein Accountplan ist: in Excel öffnen und als „Excel-Arbeitsmappe (*.xlsx)“ speichern.",
        en="If it is an account plan, open it in Excel and save it as “Excel Workbook (*.xlsx)”.",
    ),
    details=_FORMAT,
    additions={"whose": _WHOSE},
)
PACKED = Rule(
    code="KAM021",
    name="plan-packed",
    severity=Severity.WARNING,
    message=Text(
        de="Was in einem Archiv oder einer E-Mail steckt, wird nicht gelesen; hier ist es {format}{inside}.{whose}",
        en="What is inside an archive or a mail is not read; this is {format}{inside}.{whose}",
    ),
    remedy=Text(
        de="Die Pläne daraus als Dateien (*.xlsx) in diesen Ordner legen.",
        en="Put the plans in it into this folder as files (*.xlsx).",
    ),
    details=_FORMAT,
    additions={"inside": _HELD, "whose": _WHOSE},
)
WRONG_ENDING = Rule(
    code="KAM022",
    name="wrong-file-ending",
    severity=Severity.WARNING,
    message=Text(
        de="Die Datei ist ein Accountplan im Format *.xlsx, ihr Name endet aber auf „{suffix}“. Der Plan wird gelesen.",
        en="The file is an account plan in the format *.xlsx, but its name ends in “{suffix}”. The plan is read.",
    ),
    remedy=Text(
        de="Den Plan in Excel als „Excel-Arbeitsmappe (*.xlsx)“ speichern oder umbenennen; sonst warnt Excel beim "
        "Öffnen.",
        en="Save the plan in Excel as “Excel Workbook (*.xlsx)” or rename it; otherwise Excel warns on opening.",
    ),
    details={"suffix": Text(de="Endung", en="ending")},
)
ONLY_A_LINK = Rule(
    code="KAM023",
    name="link-instead-of-file",
    severity=Severity.WARNING,
    message=Text(
        de="Das ist nur ein Verweis auf „{plan}“; die Datei selbst liegt nicht hier.{whose}",
        en="This is only a link to “{plan}”; the file itself is not here.{whose}",
    ),
    remedy=Text(
        de="Falls es ein Accountplan ist: die Datei selbst (*.xlsx) herunterladen und hier ablegen.",
        en="If it is an account plan, download the file itself (*.xlsx) and put it here.",
    ),
    details={"plan": Text(de="Datei", en="file")},
    additions={"whose": _WHOSE},
)
FOLDER_CLOSED = Rule(
    code="KAM024",
    name="folder-closed",
    severity=Severity.ERROR,
    message=Text(
        de="Der Ordner lässt sich nicht öffnen{more}; Pläne darin fehlen.",
        en="The folder cannot be opened{more}; plans in it are missing.",
    ),
    remedy=Text(
        de="Um Zugriff auf den Ordner bitten oder die Pläne an einen zugänglichen Ort legen.",
        en="Ask for access to the folder or put the plans where they can be read.",
    ),
    additions={"more": _DETAIL},
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
    additions={"whose": _WHOSE},
    fault=FileFault.FORBIDDEN,
)
