"""KAM264 to KAM266: account number and plan year, on the cover and in what the file says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.texts import Text

A_DATE = Text(de="ein Datum", en="a date")
A_TIME = Text(de="eine Uhrzeit", en="a time")
A_FORMULA = Text(de="eine Formel als Text", en="a formula as a text")
SHORTENED = Text(
    de="eine gekürzte oder verwandelte Zahl", en="a shortened or converted number"
)
UNREADABLE = Text(de="kein gültiger Wert", en="no valid value")
USED = Text(
    de="verwendet wird {own}, wofür die Datei erstellt wurde",
    en="{own} is used, for which the file was made",
)
NOT_USED = Text(de="es wurde nicht übernommen", en="it was not used")

KEY_SPOILT = Rule(
    code="KAM264",
    name="key-spoilt",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ ist {why}; {used}.",
        en="{label}: “{value}” is {why}; {used}.",
    ),
    remedy=Text(
        de="Die Zelle als Text formatieren und die Angabe vollständig neu eingeben.",
        en="Format the cell as text and enter it again, complete.",
    ),
    details={
        "why": Text(de="was es ist", en="what it is"),
        "used": Text(de="verwendeter Wert", en="value used"),
    },
)
_OWN = {"own": Text(de="Angabe der Datei", en="what the file says")}
ACCOUNT_OTHER = Rule(
    code="KAM265",
    name="account-unlike-file",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Auf dem Deckblatt steht {value}, erstellt wurde die Datei für {own}.",
        en="{label}: the cover says {value}, but the file was made for {own}.",
    ),
    remedy=Text(
        de="Die Kundennummer prüfen. Für einen anderen Kunden einen neuen Plan anfordern, damit dessen Umsätze und "
        "Kontakte darin stehen.",
        en="Check the account number. For another account ask for a new plan, so that its revenue and contacts are in "
        "it.",
    ),
    details=_OWN,
)
YEAR_OTHER = Rule(
    code="KAM266",
    name="year-unlike-file",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Auf dem Deckblatt steht {value}, erstellt wurde die Datei für {own}; alle Spalten mit "
        "Jahreszahlen gelten weiter für {own}.",
        en="{label}: the cover says {value}, but the file was made for {own}; all columns with years are still those "
        "of {own}.",
    ),
    remedy=Text(
        de="Das Planjahr zurückstellen; für das neue Jahr einen neuen Plan anfordern und die Einträge übertragen.",
        en="Set the plan year back; ask for a new plan for the new year and transfer the entries.",
    ),
    details=_OWN,
)

RULE_OF: Mapping[str, Rule] = {"account_id": ACCOUNT_OTHER, "plan_year": YEAR_OTHER}
"""The rule for a key that differs, by what the identity calls it."""
