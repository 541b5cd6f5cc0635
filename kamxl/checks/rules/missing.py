"""KAM201 to KAM206: required entries that are missing; open until the company's deadline."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.texts import Text

REQUIRED_EMPTY = Rule(
    code="KAM201",
    name="required-empty",
    severity=Severity.OPEN,
    message=Text(
        de="{label}: Die Pflichtangabe fehlt.",
        en="{label}: this required entry is missing.",
    ),
    remedy=Text(de="Das Feld ausfüllen.", en="Fill in the field."),
)
ROWS_MISSING = Rule(
    code="KAM202",
    name="too-few-rows",
    severity=Severity.OPEN,
    message=Text(
        de="„{table}“: Es fehlen Einträge ({found} von mindestens {minimum}).",
        en="“{table}”: entries are missing ({found} of at least {minimum}).",
    ),
    remedy=Text(de="Die fehlenden Zeilen ausfüllen.", en="Fill in the missing rows."),
    details={"minimum": Text(de="Mindestzahl", en="minimum")},
)
REVENUE_INCOMPLETE = Rule(
    code="KAM203",
    name="revenue-without-outlook",
    severity=Severity.OPEN,
    message=Text(
        de="{label}: Für „{group}“ gibt es Umsatz der Vorjahre, aber diese Angabe fehlt.",
        en="{label}: “{group}” has revenue in past years, but this entry is missing.",
    ),
    remedy=Text(
        de="Betrag eintragen; wird nichts erwartet, eine 0.",
        en="Enter an amount; if nothing is expected, enter 0.",
    ),
)
Rule(
    code="KAM206",
    name="account-number-missing",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Ohne sie lässt sich der Plan keinem Kunden zuordnen.",
        en="{label}: without it the plan belongs to no account.",
    ),
    remedy=Text(
        de="Die Kundennummer wie im ERP- oder CRM-System eintragen.",
        en="Enter the account number as in the ERP or CRM system.",
    ),
    absent="cover.account_id",
)
NOT_STARTED = Rule(
    code="KAM205",
    name="sheet-not-started",
    severity=Severity.OPEN,
    message=Text(
        de="Dieses Blatt ist noch nicht bearbeitet; offene Pflichtangaben: {value}.",
        en="Nobody has worked on this sheet yet; required entries open: {value}.",
    ),
    remedy=Text(de="Das Blatt ausfüllen.", en="Fill in the sheet."),
)
