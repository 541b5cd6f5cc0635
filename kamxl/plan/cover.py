"""Deckblatt / Cover: who the account is, who looks after it, and the key figures of the whole plan.

The figures are worked out from the other sheets; one whose input is missing stays empty. For example a plan
with FC 130,000 and Ist P−2 100,000 shows a `forecast_growth` of 30 %.
"""

from __future__ import annotations

from typing import Annotated

from annotated_types import Interval

from kamxl.document.figures import Given
from kamxl.document.formulas.progress import completeness_formula
from kamxl.document.required import progress
from kamxl.document.vocabulary import (
    Added,
    Choice,
    Computed,
    Date,
    Item,
    Kind,
    Line,
    PersonName,
    Profile,
    Sensitivity,
    Sheet,
    Surrounding,
    Tense,
    Width,
)
from kamxl.scoring import plan_completeness
from kamxl.texts import Text

# A year is no amount: four digits, within the dates that a plan accepts.
PlanYear = Annotated[int, Kind.INTEGER, Interval(ge=1990, le=2099)]


class AccountClass(Choice):
    """How important the account is to us."""

    MAJOR = "major", Text(de="Major Account", en="Major Account")
    KEY = "key", Text(de="Key Account", en="Key Account")
    TARGET = "target", Text(de="Target Account", en="Target Account")


class Currency(Choice):
    """ISO 4217 codes; the code itself is what people write, so it is the label too."""

    EUR = "EUR", Text(de="EUR", en="EUR")
    CHF = "CHF", Text(de="CHF", en="CHF")
    USD = "USD", Text(de="USD", en="USD")
    GBP = "GBP", Text(de="GBP", en="GBP")
    CZK = "CZK", Text(de="CZK", en="CZK")
    DKK = "DKK", Text(de="DKK", en="DKK")
    HUF = "HUF", Text(de="HUF", en="HUF")
    NOK = "NOK", Text(de="NOK", en="NOK")
    PLN = "PLN", Text(de="PLN", en="PLN")
    RON = "RON", Text(de="RON", en="RON")
    SEK = "SEK", Text(de="SEK", en="SEK")
    TRY = "TRY", Text(de="TRY", en="TRY")
    JPY = "JPY", Text(de="JPY", en="JPY")
    CNY = "CNY", Text(de="CNY", en="CNY")


def _completeness(_: Cover, given: Given) -> float | None:
    filled, required = zip(*progress(given.plan, given.spec).values(), strict=True)
    return plan_completeness(filled, required)


class Cover(Sheet):
    """Master data and key figures."""

    title = Text(de="Deckblatt", en="Cover")
    guidance = Text(
        de="Prüfen Sie zuerst die Stammdaten. Die Kennzahlen füllen sich von selbst, sobald Sie die Blätter "
        "bearbeiten.",
        en="Check the master data first. The key figures fill themselves as you work on the sheets.",
    )
    form_heading = Text(de="Stammdaten", en="Master data")

    account_class: Annotated[
        AccountClass | None,
        Item(
            label=Text(de="Klassifizierung", en="Classification"),
            required=True,
            from_lists=True,
            help=Text(
                de="Major Account: größte Bedeutung und weltweite Betreuung. Key Account: Schlüsselkunde. "
                "Target Account: noch zu gewinnender oder auszubauender Wunschkunde.",
                en="Major account: most important, served worldwide. Key account: strategically important. "
                "Target account: still to be won or developed.",
            ),
        ),
    ] = None
    company: Annotated[
        Line | None,
        Item(
            label=Text(de="Firma", en="Company"),
            required=True,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Vollständiger Firmenname mit Rechtsform, z. B. „Muster Maschinenbau GmbH & Co. KG“.",
                en="Full company name with its legal form, e.g. “Sample Engineering Ltd”.",
            ),
        ),
    ] = None
    account_id: Annotated[
        Line | None,
        Item(
            label=Text(de="Kundennummer", en="Account number"),
            required=True,
            from_lists=True,
            identifies="account_id",
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Kundennummer wie im ERP- oder CRM-System. Über sie werden alle Pläne eines Kunden zugeordnet.",
                en="Account number as in the ERP or CRM system. It ties all plans of an account together.",
            ),
        ),
    ] = None
    parent_account: Annotated[
        Line | None,
        Item(
            label=Text(de="Konzern / Global Account", en="Group / global account"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Konzern oder Global Account, zu dem der Kunde gehört. Schreiben Sie ihn in allen Plänen "
                "gleich, sonst lassen sich die Kunden nicht zusammenfassen.",
                en="Group or global account the customer belongs to. Spell it the same way in every plan, or "
                "the accounts cannot be rolled up.",
            ),
        ),
    ] = None
    business_unit: Annotated[
        Line | None,
        Item(
            label=Text(de="Geschäftsbereich", en="Business unit"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Geschäftsbereich oder Werk des Kunden, für den dieser Plan gilt.",
                en="The customer’s business unit or site that this plan covers.",
            ),
        ),
    ] = None
    industry: Annotated[
        Line | None,
        Item(
            label=Text(de="Branche", en="Industry"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(de="Branche des Kunden, z. B. „Verpackungsmaschinen“.",
                      en="The customer’s industry, e.g. “packaging machinery”."),
        ),
    ] = None  # fmt: skip
    contact_name: Annotated[
        Line | None,
        Item(
            label=Text(de="Ansprechpartner", en="Main contact"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Wichtigster Ansprechpartner beim Kunden. Alle weiteren Personen gehören in die Kontaktmatrix.",
                en="Main contact at the customer. Everybody else belongs on the contact matrix.",
            ),
        ),
    ] = None
    street: Annotated[
        Line | None,
        Item(
            label=Text(de="Straße", en="Street"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Straße und Hausnummer oder Postfach.",
                en="Street and number, or PO box.",
            ),
        ),
    ] = None
    postal_code: Annotated[
        Line | None,
        Item(
            label=Text(de="PLZ", en="Postal code"),
            sensitivity=Sensitivity.SHAREABLE,
            leading_zeros=True,
            width=Width.SMALL,
            help=Text(
                de="Postleitzahl. Führende Nullen bleiben erhalten, z. B. 01069.",
                en="Postal code. Leading zeros are kept, e.g. 01069.",
            ),
        ),
    ] = None
    city: Annotated[
        Line | None,
        Item(
            label=Text(de="Ort", en="City"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(de="Ort des Hauptsitzes oder des betreuten Werks.",
                      en="City of the head office or of the site served."),
        ),
    ] = None  # fmt: skip
    country: Annotated[
        Line | None,
        Item(
            label=Text(de="Land", en="Country"),
            sensitivity=Sensitivity.SHAREABLE,
            says=Surrounding.COUNTRY,
            help=Text(de="Land, ausgeschrieben, z. B. „Österreich“.",
                      en="Country, written out, e.g. “Austria”."),
        ),
    ] = None  # fmt: skip
    key_account_manager: Annotated[
        PersonName | None,
        Item(
            label=Text(de="KAM", en="Key account manager"),
            required=True,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Verantwortlicher Key Account Manager, mit Vor- und Nachnamen. Bitte immer gleich schreiben.",
                en="The key account manager in charge, with first and last name. Always spell it the same way.",
            ),
        ),
    ] = None
    author: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Verfasser", en="Author"),
            help=Text(de="Wer diesen Plan erstellt hat.", en="Who wrote this plan."),
        ),
    ] = None
    editor: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Bearbeiter", en="Edited by"),
            help=Text(
                de="Wer den Plan zuletzt bearbeitet hat.",
                en="Who last worked on the plan.",
            ),
        ),
    ] = None
    field_sales: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Verantwortlich Außendienst", en="In charge: field sales"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Wer den Kunden im Außendienst betreut.",
                en="Who looks after the customer in the field.",
            ),
        ),
    ] = None
    inside_sales: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Verantwortlich Innendienst", en="In charge: inside sales"),
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(de="Wer den Kunden im Innendienst betreut.",
                      en="Who looks after the customer from the office."),
        ),
    ] = None  # fmt: skip
    plan_year: Annotated[
        PlanYear | None,
        Item(
            label=Text(de="Planjahr", en="Plan year"),
            required=True,
            from_lists=True,
            identifies="plan_year",
            sensitivity=Sensitivity.SHAREABLE,
            help=Text(
                de="Geschäftsjahr, für das geplant wird. Die Jahre der Umsatzanalyse richten sich danach.",
                en="The business year this plan is for. The years of the revenue analysis follow from it.",
            ),
        ),
    ] = None
    currency: Annotated[
        Currency | Added | None,
        Item(
            label=Text(de="Währung", en="Currency"),
            required=True,
            from_lists=True,
            sensitivity=Sensitivity.SHAREABLE,
            says=Surrounding.CURRENCY,
            help=Text(
                de="Währung aller Beträge in diesem Plan. Bitte nicht mischen.",
                en="Currency of all amounts in this plan. Please do not mix currencies.",
            ),
        ),
    ] = None
    created_on: Annotated[
        Date | None,
        Item(
            label=Text(de="Erstellt", en="Created on"),
            required=True,
            from_lists=True,
            help=Text(
                de="Datum, an dem der Plan angelegt wurde.",
                en="Date on which the plan was set up.",
            ),
            tense=Tense.PAST,
        ),
    ] = None
    updated_on: Annotated[
        Date | None,
        Item(
            label=Text(de="Aktualisiert", en="Updated on"),
            required=True,
            from_lists=True,
            help=Text(
                de="Datum der letzten Überarbeitung. Nach sechs Monaten ohne Änderung gilt ein Plan als veraltet.",
                en="Date of the last revision. After six months without a change a plan counts as out of date.",
            ),
            tense=Tense.PAST,
        ),
    ] = None
    next_review: Annotated[
        Date | None,
        Item(
            label=Text(de="Nächster Review", en="Next review"),
            help=Text(
                de="Wann der Plan das nächste Mal mit der Vertriebsleitung besprochen wird.",
                en="When the plan will next be discussed with sales management.",
            ),
            tense=Tense.FUTURE,
        ),
    ] = None

    forecast_revenue = Computed(
        label=Text(de="Umsatz FC", en="Forecast revenue"),
        kind=Kind.MONEY,
        same_as="revenue.revenue.total.forecast",
        help=Text(
            de="Summe der Umsatzprognose (FC) für das laufende Jahr über alle Produktgruppen.",
            en="Sum of the current year’s revenue forecast over all product groups.",
        ),
    )
    forecast_growth = Computed(
        label=Text(de="Veränderung FC", en="Change of forecast"),
        kind=Kind.PERCENT,
        same_as="revenue.revenue.growth.forecast",
        help=Text(
            de="Veränderung der Prognose (FC) gegenüber dem letzten abgeschlossenen Jahr.",
            en="Change of the forecast against the last closed year.",
        ),
    )
    target_revenue = Computed(
        label=Text(de="Ziel", en="Target"),
        kind=Kind.MONEY,
        same_as="revenue.revenue.total.target",
        help=Text(
            de="Summe der Umsatzziele für das Planjahr über alle Produktgruppen.",
            en="Sum of the plan year’s revenue targets over all product groups.",
        ),
    )
    weighted_pipeline = Computed(
        label=Text(de="Gewichtete Pipeline", en="Weighted pipeline"),
        kind=Kind.MONEY,
        same_as="opportunities.weighted_total",
        help=Text(
            de="Summe aus Angebotswert mal Chance der offenen Projekte.",
            en="Sum of offer value times probability over the open projects.",
        ),
    )
    attractiveness = Computed(
        label=Text(de="Kundenattraktivität", en="Customer attractiveness"),
        kind=Kind.NUMBER,
        same_as="strategy.attractiveness_score",
        profile=Profile.FULL,
        help=Text(
            de="Gewichteter Punktwert 0–100 aus der Strategie; ohne ausreichend viele Bewertungen bleibt er leer.",
            en="Weighted score 0–100 from the strategy sheet; empty while too few criteria are rated.",
        ),
    )
    position = Computed(
        label=Text(de="Wettbewerbsposition", en="Competitive position"),
        kind=Kind.NUMBER,
        same_as="strategy.position_score",
        profile=Profile.FULL,
        help=Text(
            de="Gewichteter Punktwert 0–100 unserer Stellung beim Kunden gegenüber dem Wettbewerb.",
            en="Weighted score 0–100 of our standing with the customer against the competition.",
        ),
    )
    portfolio_cell = Computed(
        label=Text(de="Portfoliofeld", en="Portfolio field"),
        kind=Kind.TEXT,
        same_as="strategy.portfolio_cell",
        profile=Profile.FULL,
        help=Text(
            de="Feld des Kundenportfolios, das sich aus Attraktivität und Wettbewerbsposition ergibt.",
            en="Cell of the customer portfolio that follows from attractiveness and competitive position.",
        ),
    )
    contact_coverage = Computed(
        label=Text(de="Kontaktabdeckung", en="Contact coverage"),
        kind=Kind.PERCENT,
        same_as="contacts.coverage",
        help=Text(
            de="Anteil der geplanten Kontakte, die stattgefunden haben, gewichtet mit dem Einfluss der Personen.",
            en="Share of the planned contacts that took place, weighted by the people’s influence.",
        ),
    )
    satisfaction_index = Computed(
        label=Text(de="Kundenzufriedenheitsindex", en="Customer satisfaction index"),
        kind=Kind.NUMBER,
        same_as="cooperation.satisfaction_index",
        profile=Profile.FULL,
        help=Text(
            de="Mit der Wichtigkeit gewichtete erlebte Leistung, 0–100.",
            en="Perceived performance weighted by importance, 0–100.",
        ),
    )
    goal_attainment = Computed(
        label=Text(de="Zielerreichung", en="Goal attainment"),
        kind=Kind.PERCENT,
        same_as="controlling.scorecard",
        help=Text(
            de="Gewichtete Erreichung der Ziele aus dem Controlling; Übererfüllung zählt nur bis zu einer Grenze.",
            en="Weighted attainment of the controlling targets; overachievement counts up to a limit only.",
        ),
    )
    completeness = Computed(
        label=Text(de="Vollständigkeit", en="Completeness"),
        kind=Kind.PERCENT,
        value=_completeness,
        formula=completeness_formula,
        help=Text(
            de="Anteil der ausgefüllten Pflichtfelder im ganzen Plan.",
            en="Share of required fields filled in across the whole plan.",
        ),
    )
