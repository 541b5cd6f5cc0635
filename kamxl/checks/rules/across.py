"""KAM4xx: several plans together."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rules.base import Rule
from kamxl.texts import Text

PLANS_DIFFER = Rule(
    code="KAM401",
    name="account-planned-twice",
    severity=Severity.ERROR,
    message=Text(
        de="Für Kundennummer {account} und Planjahr {year} gibt es auch „{other}“ mit anderem Inhalt "
        "(abweichende Felder: {count}, z. B. {example}).",
        en="For account {account} and plan year {year} there is also “{other}” with different content "
        "(fields that differ: {count}, e.g. {example}).",
    ),
    remedy=Text(
        de="Klären, welcher Plan gilt, und den anderen aus dem Ordner nehmen.",
        en="Decide which plan counts and remove the other from the folder.",
    ),
)
TWO_NAMES = Rule(
    code="KAM402",
    name="account-with-two-names",
    severity=Severity.WARNING,
    message=Text(
        de="Die Kundennummer {account} steht hier für „{value}“, in „{other}“ aber für „{name}“.",
        en="Account number {account} stands for “{value}” here but for “{name}” in “{other}”.",
    ),
    remedy=Text(
        de="Kundennummer und Firma mit dem ERP-System abgleichen.",
        en="Compare account number and company with the ERP system.",
    ),
)
MANAGER_SPELLING = Rule(
    code="KAM403",
    name="manager-spelled-differently",
    severity=Severity.WARNING,
    message=Text(
        de="„{value}“ und „{name}“ (in „{other}“) sind vermutlich dieselbe Person.",
        en="“{value}” and “{name}” (in “{other}”) are probably the same person.",
    ),
    remedy=Text(
        de="Den Namen in allen Plänen gleich schreiben, sonst zerfällt die Auswertung je KAM.",
        en="Spell the name the same way in all plans; otherwise the figures per manager are split.",
    ),
    threshold=0.88,
    threshold_meaning=Text(
        de="Ähnlichkeit zweier Namen von 0 bis 1, ab der sie als dieselbe Person gelten",
        en="similarity of two names from 0 to 1 from which they count as the same person",
    ),
)
RATE_MISSING = Rule(
    code="KAM404",
    name="exchange-rate-missing",
    severity=Severity.ERROR,
    message=Text(
        de="Für die Währung {value} ist kein Wechselkurs zu {reporting} hinterlegt; die Beträge fehlen in den Summen.",
        en="There is no exchange rate from {value} to {reporting}; the amounts are missing from totals.",
    ),
    remedy=Text(
        de="In kamxl.toml unter [exchange_rates] den Kurs für {value} ergänzen.",
        en="Add the rate for {value} in kamxl.toml under [exchange_rates].",
    ),
)
MIXED_YEARS = Rule(
    code="KAM405",
    name="mixed-plan-years",
    severity=Severity.WARNING,
    message=Text(
        de="Der Plan gilt für {value}, die meisten anderen für {year}.",
        en="The plan is for {value}, most others are for {year}.",
    ),
    remedy=Text(
        de="Planjahr prüfen; Pläne verschiedener Jahre getrennt zusammenführen.",
        en="Check the plan year; consolidate plans of different years separately.",
    ),
)
