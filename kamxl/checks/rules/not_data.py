"""KAM254 to KAM256: what stands in cells and is no data."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.texts import Text

PLACEHOLDER_REQUIRED = Rule(
    code="KAM254",
    name="placeholder-in-required-field",
    severity=Severity.OPEN,
    message=Text(
        de="{label}: „{value}“ ist ein Platzhalter; die Pflichtangabe fehlt.",
        en="{label}: “{value}” is a placeholder; this required entry is missing.",
    ),
    remedy=Text(
        de="Eintragen, was gilt; was noch nicht bekannt ist, leer lassen.",
        en="Enter what holds; leave empty what is not known yet.",
    ),
)
PLACEHOLDER = Rule(
    code="KAM255",
    name="placeholder",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ ist ein Platzhalter; das Feld zählt als leer.",
        en="{label}: “{value}” is a placeholder; the field counts as empty.",
    ),
    remedy=Text(
        de="Eine Angabe eintragen oder die Zelle leeren.",
        en="Make an entry or clear the cell.",
    ),
)
SUM_ROW = Rule(
    code="KAM256",
    name="sum-row-in-table",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Zeile „{value}“ fasst andere Zeilen zusammen und würde doppelt zählen; sie wurde nicht "
        "übernommen.",
        en="{label}: the row “{value}” adds up other rows and would count twice; it was not used.",
    ),
    remedy=Text(
        de="Die Zeile leeren; Summen rechnet der Plan selbst.",
        en="Clear the row; the plan works out totals itself.",
    ),
)
