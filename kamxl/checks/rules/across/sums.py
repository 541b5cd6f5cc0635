"""KAM404, KAM405: what spoils the sums over plans, amounts without a rate and plans of another year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kamxl.checks.checked import Checked
from kamxl.checks.findings import Severity
from kamxl.checks.side_by_side import FolderRule, Found, year_of
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

RATE_MISSING = FolderRule(
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
    details={"reporting": Text(de="Berichtswährung", en="reporting currency")},
)


@RATE_MISSING.check
def _rates(plans: Sequence[Checked], settings: Settings) -> Found:
    for plan in plans:
        currency = plan.plan.cover.currency
        if currency and settings.rate(str(currency)) is None:
            reporting = settings.reporting_currency
            yield (
                plan,
                RATE_MISSING.at(
                    "cover.currency", value=str(currency), reporting=reporting
                ),
            )


MIXED_YEARS = FolderRule(
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


@MIXED_YEARS.check
def _years(plans: Sequence[Checked], _: Settings) -> Found:
    years = Counter(map(year_of, plans))
    usual = max(years, key=lambda year: (years[year], year), default=0)
    for plan in plans:
        if year_of(plan) != usual:
            value = year_of(plan)
            yield plan, MIXED_YEARS.at("cover.plan_year", value=value, year=usual)
