"""KAM017–KAM024: files that are no workbook, behind some of which a plan may be missing."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.checks.rules.file import DETAIL, WHOSE
from kamxl.texts import Text

_FORMAT = {"format": Text(de="Dateityp", en="file type")}
_HELD = Text(de=", darin: {held}", en=", in it: {held}")

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
    additions={"whose": WHOSE},
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
    additions={"whose": WHOSE},
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
    additions={"whose": WHOSE},
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
    additions={"inside": _HELD, "whose": WHOSE},
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
    additions={"whose": WHOSE},
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
    additions={"more": DETAIL},
)
