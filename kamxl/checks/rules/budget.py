"""KAM030, KAM031: files that would cost more than one file may."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rules.file import FaultRule
from kamxl.texts import Text
from kamxl.xlsx.source import FileFault

TOO_SLOW = FaultRule(
    code="KAM030",
    name="takes-too-long",
    severity=Severity.ERROR,
    message=Text(
        de="Das Lesen der Datei dauerte zu lange und wurde abgebrochen; dieser Plan fehlt.",
        en="Reading the file took too long and was ended; this plan is missing.",
    ),
    remedy=Text(
        de="Fremde Blätter und überzählige Zeilen entfernen und neu speichern; hilft das nicht, in den Einstellungen "
        "unter [reading] seconds erhöhen.",
        en="Remove foreign sheets and excess rows and save again; if that does not help, raise seconds under "
        "[reading] in the settings.",
    ),
    fault=FileFault.TOO_SLOW,
)
TOO_HEAVY = FaultRule(
    code="KAM031",
    name="takes-too-much-memory",
    severity=Severity.ERROR,
    message=Text(
        de="Das Lesen der Datei brauchte zu viel Arbeitsspeicher und wurde abgebrochen; dieser Plan fehlt.",
        en="Reading the file took too much memory and was ended; this plan is missing.",
    ),
    remedy=Text(
        de="Fremde Blätter und überzählige Zeilen entfernen und neu speichern; hilft das nicht, in den Einstellungen "
        "unter [reading] megabytes erhöhen.",
        en="Remove foreign sheets and excess rows and save again; if that does not help, raise megabytes under "
        "[reading] in the settings.",
    ),
    fault=FileFault.TOO_HEAVY,
)
