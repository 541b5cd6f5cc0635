"""KAM016, KAM401, KAM402, KAM404–KAM406, KAM409, KAM410: what spoils the sums over plans.

For example an account that was planned twice: `kamxl.checks.versions` says which of the plans counts.
"""

from __future__ import annotations

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
from kamxl.checks.versions import LeftOut, left_out, same_origin, year_counted
from kamxl.document.paths import pattern_of
from kamxl.plan.settings.model import Settings
from kamxl.spelling import same_name
from kamxl.texts import Text

_NUMBER = "cover.account_id"

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
    for entry in left_out(plans):
        if not entry.differing and not entry.renumbered:
            yield entry.plan, PLAN_DUPLICATED.at(_NUMBER, **_named(entry))


PLANS_DIFFER = FolderRule(
    code="KAM401",
    name="account-planned-twice",
    severity=Severity.ERROR,
    message=Text(
        de="Für Kundennummer {account} und Planjahr {year} gibt es auch „{other}“ mit anderem Inhalt "
        "(abweichende Felder: {count}, z. B. {example}). {counting}",
        en="For account {account} and plan year {year} there is also “{other}” with different content "
        "(fields that differ: {count}, e.g. {example}). {counting}",
    ),
    remedy=Text(
        de="Klären, welcher Plan gilt, und den anderen aus dem Ordner nehmen.",
        en="Decide which plan counts and remove the other from the folder.",
    ),
    details={
        "count": Text(de="Anzahl", en="number"),
        "example": Text(de="Feld", en="field"),
        "counting": Text(de="welcher Plan zählt", en="which plan counts"),
    },
)
_UPDATED = Text(
    de="Es zählt nur der andere Plan, der zuletzt aktualisiert wurde.",
    en="Only the other plan counts, which was updated last.",
)
_SAVED = Text(
    de="Es zählt nur der andere Plan, der zuletzt gespeichert wurde.",
    en="Only the other plan counts, which was saved last.",
)
_NEITHER = Text(
    de="Keiner von beiden zählt, denn es ist nicht zu erkennen, welcher neuer ist.",
    en="Neither counts, as nothing tells which is newer.",
)
_MOST_EXAMPLES = 3


@PLANS_DIFFER.check
def _versions(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for entry in left_out(plans):
        if entry.differing:
            problem = PLANS_DIFFER.at(
                _NUMBER,
                count=len(entry.differing),
                example=_examples(entry),
                counting=_counting(entry),
                **_named(entry),
            )
            yield entry.plan, problem


def _counting(entry: LeftOut) -> Text:
    if not entry.counts:
        return _NEITHER
    one, other = (plan.plan.cover.updated_on for plan in (entry.plan, entry.other))
    return _SAVED if one == other else _UPDATED


def _examples(entry: LeftOut) -> Text:
    """The first fields in which two versions differ, with their cells."""
    told = [_field(entry.plan, path) for path in entry.differing[:_MOST_EXAMPLES]]
    german, english = zip(*((text.de, text.en) for text in told), strict=True)
    return Text(de=", ".join(german), en=", ".join(english))


def _field(plan: Checked, path: str) -> Text:
    sheet, cell = plan.cells.get(path, ("", ""))
    field = plan.spec.fields.get(pattern_of(path))
    label = field.label if field else Text(de=path, en=path)
    if not cell:
        return label
    return Text(de=f"{label.de} ({sheet}!{cell})", en=f"{label.en} ({sheet}!{cell})")


RENUMBERED = FolderRule(
    code="KAM409",
    name="plan-under-two-numbers",
    severity=Severity.ERROR,
    message=Text(
        de="Derselbe Plan mit gleichem Inhalt liegt in „{other}“ unter der Kundennummer {name}; er zählt nur dort.",
        en="The same plan with the same content is in “{other}” under account number {name}; it counts only there.",
    ),
    remedy=Text(
        de="Die Kundennummer prüfen; für einen anderen Kunden einen eigenen Plan erzeugen.",
        en="Check the account number; for another account generate a plan of its own.",
    ),
)


@RENUMBERED.check
def _renumbered(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for entry in left_out(plans):
        if entry.renumbered:
            name, file = account_of(entry.other), file_of(entry.other)
            yield entry.plan, RENUMBERED.at(_NUMBER, name=name, other=file)


SAVED_AS_ANOTHER = FolderRule(
    code="KAM411",
    name="plan-saved-as-another",
    severity=Severity.WARNING,
    message=Text(
        de="Diese Datei wurde aus demselben Plan gemacht wie „{other}“ (Kundennummer {name}); Umsätze, Kontakte und "
        "Projekte des anderen Kunden können noch darin stehen und doppelt zählen.",
        en="This file was made of the same plan as “{other}” (account number {name}); revenue, contacts and projects "
        "of the other account may still be in it and count twice.",
    ),
    remedy=Text(
        de="Für jeden Kunden einen eigenen Plan erzeugen und die Einträge dorthin übertragen.",
        en="Generate a plan of its own for each account and transfer the entries.",
    ),
)


@SAVED_AS_ANOTHER.check
def _saved_as(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for first, other in same_origin(plans):
        name, file = account_of(first), file_of(first)
        yield other, SAVED_AS_ANOTHER.at(_NUMBER, name=name, other=file)


NUMBER_SPELLING = FolderRule(
    code="KAM410",
    name="account-number-spelled-differently",
    severity=Severity.WARNING,
    message=Text(
        de="Die Kundennummer {value} steht in „{other}“ als {name}; beide zählen als derselbe Account.",
        en="Account number {value} stands in “{other}” as {name}; both count as the same account.",
    ),
    remedy=Text(
        de="Die Kundennummer in allen Plänen so schreiben wie im ERP-System.",
        en="Write the account number in all plans as in the ERP system.",
    ),
)


@NUMBER_SPELLING.check
def _numbers(plans: Sequence[Checked], _: Settings) -> FolderProblems:
    for first, other in same_account(plans):
        name, value = account_of(first), account_of(other)
        if name != value:
            file = file_of(first)
            yield other, NUMBER_SPELLING.at(_NUMBER, value=value, name=name, other=file)


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
    for first, other in same_account(named):
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


def _named(entry: LeftOut) -> dict[str, object]:
    return {
        "account": account_of(entry.plan),
        "year": year_of(entry.plan),
        "other": file_of(entry.other),
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
    summed=True,
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
    summed=True,
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
        de="Der Plan gilt für {value}; zusammengeführt werden die Pläne für {year}, dieser zählt nicht mit.",
        en="The plan is for {value}; the plans for {year} are consolidated, and this one does not count.",
    ),
    remedy=Text(
        de="Planjahr prüfen; Pläne verschiedener Jahre getrennt zusammenführen.",
        en="Check the plan year; consolidate plans of different years separately.",
    ),
    summed=True,
)


@MIXED_YEARS.check
def _years(plans: Sequence[Checked], settings: Settings) -> FolderProblems:
    usual = year_counted(plans, settings)
    for plan in plans:
        if year_of(plan) != usual:
            value = year_of(plan)
            yield plan, MIXED_YEARS.at("cover.plan_year", value=value, year=usual)
