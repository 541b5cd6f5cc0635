"""KAM016, KAM401, KAM402, KAM404–KAM406: what spoils the sums over plans, such as an account planned twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kamxl.checks.checked import Checked
from kamxl.checks.findings import Severity
from kamxl.checks.side_by_side import (
    CURRENCY,
    FolderProblems,
    FolderRule,
    account_of,
    currency_of,
    file_of,
    same_account,
    year_of,
)
from kamxl.document.paths import pattern_of
from kamxl.plan.settings.model import Settings
from kamxl.spelling import same_name
from kamxl.texts import Text

PLAN_DUPLICATED = FolderRule(
    code="KAM016",
    name="plan-duplicated",
    severity=Severity.WARNING,
    message=Text(
        de="Der Plan für Kundennummer {account} und Planjahr {year} liegt mit gleichem Inhalt auch in „{other}“.",
        en="The plan for account {account} and plan year {year} also exists with the same content in “{other}”.",
    ),
    remedy=Text(
        de="Eine der beiden Dateien entfernen, damit der Account nur einmal zählt.",
        en="Remove one of the two files so that the account counts once.",
    ),
)


@PLAN_DUPLICATED.check
def _copies(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for first, other in same_account(plans, by_year=True):
        if not _differing(first, other):
            yield other, PLAN_DUPLICATED.at("cover.account_id", **_named(first, other))


PLANS_DIFFER = FolderRule(
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
    details={
        "count": Text(de="Anzahl", en="number"),
        "example": Text(de="Feld", en="field"),
    },
)


@PLANS_DIFFER.check
def _versions(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for first, other in same_account(plans, by_year=True):
        if differing := _differing(first, other):
            field = other.spec.fields.get(pattern_of(differing[0]))
            yield (
                other,
                PLANS_DIFFER.at(
                    "cover.account_id",
                    count=len(differing),
                    example=field.label if field else differing[0],
                    **_named(first, other),
                ),
            )


TWO_NAMES = FolderRule(
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


@TWO_NAMES.check
def _names(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    named = filter(_company, plans)
    for first, other in same_account(named, by_year=False):
        name, other_name = _company(first), _company(other)
        if not same_name(name, other_name):
            yield (
                other,
                TWO_NAMES.at(
                    "cover.company",
                    account=account_of(other),
                    value=other_name,
                    name=name,
                    other=file_of(first),
                ),
            )


def _company(plan: Checked) -> str:
    return plan.plan.cover.company or ""


def _differing(first: Checked, other: Checked) -> list[str]:
    """The paths under which two plans hold different values."""
    paths = {**first.values, **other.values}
    return [path for path in paths if first.values.get(path) != other.values.get(path)]


def _named(first: Checked, other: Checked) -> dict[str, object]:
    return {
        "account": account_of(other),
        "year": year_of(other),
        "other": file_of(first),
    }


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
def _rates(plans: Sequence[Checked], settings: Settings) -> FolderProblems:
    for plan in plans:
        currency = currency_of(plan)
        if currency and settings.rate(currency) is None:
            reporting = settings.reporting_currency
            yield plan, RATE_MISSING.at(CURRENCY, value=currency, reporting=reporting)


CURRENCY_UNKNOWN = FolderRule(
    code="KAM406",
    name="currency-unknown",
    severity=Severity.ERROR,
    message=Text(
        de="Die Währung des Plans ist nicht bekannt; seine Beträge fehlen in allen Summen.",
        en="The plan’s currency is not known; its amounts are missing from all totals.",
    ),
    remedy=Text(
        de="Auf dem Deckblatt die Währung als Kürzel eintragen, zum Beispiel EUR oder USD.",
        en="Enter the currency’s code on the cover, for example EUR or USD.",
    ),
)


@CURRENCY_UNKNOWN.check
def _currencies(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for plan in plans:
        if currency_of(plan) is None:
            yield plan, CURRENCY_UNKNOWN.at(CURRENCY)


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
def _years(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    years = Counter(map(year_of, plans))
    usual = max(years, key=lambda year: (years[year], year), default=0)
    for plan in plans:
        if year_of(plan) != usual:
            value = year_of(plan)
            yield plan, MIXED_YEARS.at("cover.plan_year", value=value, year=usual)
