"""Sheet 10: what was reached, what it cost, and the figures to watch.

Attainment is (actual − baseline) / (target − baseline), also where less is better: from 30 complaints down to 15,
with 20 today, makes 66.7 %. The scorecard is the weighted mean of the attainments, each counted with 0 to 120 %.
Without any weight all targets count the same.
Contribution margins follow one after the other; a missing cost ends the chain, because an unknown cost is not 0.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.vocabulary import (
    Choice,
    Computed,
    FixedRows,
    FreeRows,
    Item,
    Kind,
    Line,
    Money,
    Note,
    Number,
    Percent,
    Profile,
    Sensitivity,
    Sheet,
    TableRow,
    Width,
)
from kamxl.plan.figures import controlling as figures
from kamxl.texts import Text


class Perspective(Choice):
    """The balanced scorecard's perspectives."""

    FINANCE = "finance", Text(de="Finanzen", en="Finance")
    CUSTOMER = "customer", Text(de="Kunde", en="Customer")
    PROCESSES = "processes", Text(de="Prozesse", en="Processes")
    LEARNING = "learning", Text(de="Lernen/Entwicklung", en="Learning/growth")


class Target(TableRow):
    """An indicator with where we came from, where we want to be and where we are."""

    heading = Text(de="Zielerreichung", en="Goal attainment")
    hint = Text(
        de="Die ersten drei Zeilen sind vorgegeben, weitere können Sie ergänzen. Es zählt, was gemessen ist.",
        en="The first three rows are given, add others as you like. What counts is what was measured.",
    )
    rows = FreeRows(
        10,
        starts={
            "goals": Text(de="Zielerreichung", en="Goals reached"),
            "revenue_growth": Text(de="Umsatzsteigerung", en="Revenue growth"),
            "profit_growth": Text(de="Gewinnsteigerung", en="Profit growth"),
        },
        starts_in="indicator",
    )
    totals = ("weight",)

    indicator: Annotated[
        Line | None,
        Item(
            label=Text(de="Messgröße", en="Indicator"),
            help=Text(
                de="Was wird gemessen? Zum Beispiel Umsatzsteigerung, Liefertreue, Anzahl geschulter Anwender.",
                en="What is measured? For example revenue growth, delivery on time, number of trained users.",
            ),
        ),
    ] = None
    perspective: Annotated[
        Perspective | None,
        Item(
            label=Text(de="Perspektive", en="Perspective"),
            help=Text(
                de="Perspektive der Balanced Scorecard; sie hilft, nicht nur auf Umsatz zu schauen.",
                en="Perspective of the balanced scorecard; it helps not to look at revenue alone.",
            ),
        ),
    ] = None
    unit: Annotated[
        Line | None,
        Item(
            label=Text(de="Einheit", en="Unit"),
            help=Text(
                de="Zum Beispiel %, T€, Stück, Tage.",
                en="For example %, k€, pieces, days.",
            ),
            width=Width.SMALL,
        ),
    ] = None
    baseline: Annotated[
        Number | None,
        Item(
            label=Text(de="Ausgangswert", en="Baseline"),
            help=Text(
                de="Stand zu Beginn des Planjahrs, in der angegebenen Einheit.",
                en="Value at the beginning of the plan year, in the unit given.",
            ),
        ),
    ] = None
    target: Annotated[
        Number | None,
        Item(
            label=Text(de="Ziel", en="Target"),
            help=Text(
                de="Wert, der erreicht werden soll. Er darf unter dem Ausgangswert liegen, wenn weniger besser ist.",
                en="Value to be reached. It may be below the baseline where less is better.",
            ),
        ),
    ] = None
    actual: Annotated[
        Number | None,
        Item(
            label=Text(de="Ist", en="Actual"),
            help=Text(
                de="Heutiger Stand in derselben Einheit; leer, solange nicht gemessen wurde.",
                en="Today’s value in the same unit; empty as long as it has not been measured.",
            ),
        ),
    ] = None
    weight: Annotated[
        Percent | None,
        Item(
            label=Text(de="Gewicht", en="Weight"),
            help=Text(
                de="Anteil am Gesamtwert; zusammen 100 %. Ohne jedes Gewicht zählen alle Ziele gleich.",
                en="Share in the total, together 100%. Without any weight all targets count the same.",
            ),
        ),
    ] = None

    attainment = Computed(
        label=Text(de="Erreicht", en="Attainment"),
        kind=Kind.PERCENT,
        value=figures.attainment,
        formula=figures.attainment_formula,
        help=Text(
            de="(Ist − Ausgangswert) / (Ziel − Ausgangswert), auch wenn weniger besser ist.",
            en="(actual − baseline) / (target − baseline), also where less is better.",
        ),
        after="weight",
        gathers=("weight",),
    )


class Kpi(TableRow):
    """A figure to watch; the table holds margins and minimum prices and is therefore confidential."""

    heading = Text(de="Kennzahlen", en="Key performance indicators")
    hint = Text(
        de="Vertraulich, weil Deckungsbeitrag und Mindestpreis darin stehen. Nicht jede Zeile muss gefüllt sein.",
        en="Confidential, as it holds contribution margin and minimum price. Not every row has to be filled.",
    )
    profile = Profile.FULL
    rows = FixedRows(
        {
            "sales_volume": Text(de="Absatz", en="Sales volume"),
            "revenue": Text(de="Umsatz", en="Revenue"),
            "cost": Text(de="Kosten", en="Cost"),
            "contribution_margin": Text(de="Deckungsbeitrag", en="Contribution margin"),
            "market_share": Text(
                de="Marktanteil beim Kunden", en="Share at the customer"
            ),
            "minimum_price": Text(de="Mindestpreis", en="Minimum price"),
            "special_prices": Text(de="Sonderpreise", en="Special prices"),
            "comparable_revenue": Text(
                de="Durchschnittsumsatz vergleichbarer Kunden",
                en="Average revenue of comparable customers",
            ),
            "minimum_order": Text(de="Mindestauftragsgröße", en="Minimum order size"),
            "turnover_rate": Text(de="Umschlaggeschwindigkeit", en="Rate of turnover"),
            "returns": Text(de="Retouren", en="Returns"),
            "promotions": Text(de="Aktionen", en="Promotions"),
            "visits": Text(de="Kundenbesuche", en="Customer visits"),
            "satisfaction": Text(de="Kundenzufriedenheit", en="Customer satisfaction"),
            "days_outstanding": Text(
                de="Debitorenlaufzeit", en="Days sales outstanding"
            ),
            "credit_rating": Text(de="Bonität", en="Credit rating"),
        }
    )
    row_label = Text(de="Kennzahl", en="Indicator")

    unit: Annotated[
        Line | None,
        Item(
            label=Text(de="Einheit", en="Unit"),
            help=Text(
                de="Zum Beispiel T€, Stück, %, Tage.",
                en="For example k€, pieces, %, days.",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    previous_year: Annotated[
        Number | None,
        Item(
            label=Text(de="Vorjahr", en="Previous year"),
            help=Text(
                de="Abgeschlossenes letztes Jahr.", en="The last completed year."
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    current_year: Annotated[
        Number | None,
        Item(
            label=Text(de="Laufendes Jahr", en="Current year"),
            help=Text(
                de="Stand heute oder Hochrechnung.", en="As of today, or projected."
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    target: Annotated[
        Number | None,
        Item(
            label=Text(de="Ziel", en="Target"),
            help=Text(
                de="Wert, den wir im Planjahr anstreben.",
                en="Value we aim at in the plan year.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    comment: Annotated[
        Note | None,
        Item(
            label=Text(de="Kommentar", en="Comment"),
            help=Text(
                de="Was die Zahl erklärt, zum Beispiel „einmaliger Großauftrag im Mai“.",
                en="What explains the figure, for example “a one-off large order in May”.",
            ),
            width=Width.LARGE,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None


def _margin(step: int, before: str, cost: str, de: str, en: str) -> Computed:
    roman = ("I", "II", "III", "IV")[step - 1]
    return Computed(
        label=Text(de=f"DB {roman}", en=f"CM {roman}"),
        kind=Kind.MONEY,
        help=Text(de=de, en=en),
        value=figures.margin(f"db{step}"),
        formula=figures.left_after(before, cost),
        after=cost,
        sensitivity=Sensitivity.CONFIDENTIAL,
    )


class Contribution(TableRow):
    """What remains of a year's revenue with the account, cost by cost."""

    heading = Text(de="Kundendeckungsbeitrag", en="Customer contribution margin")
    hint = Text(
        de="Vertraulich. Kosten als positive Zahlen; wo Kosten fehlen, endet die Rechnung. Keine Kosten: 0 eintragen.",
        en="Confidential. Costs as positive numbers; where one is missing the chain ends. No cost: enter 0.",
    )
    profile = Profile.FULL
    rows = FixedRows(
        {
            "previous": Text(de="Vorjahr", en="Previous year"),
            "current": Text(de="Laufendes Jahr", en="Current year"),
            "plan": Text(de="Planjahr", en="Plan year"),
        }
    )
    row_label = Text(de="Jahr", en="Year")

    gross_revenue: Annotated[
        Money | None,
        Item(
            label=Text(de="Bruttoumsatz", en="Gross revenue"),
            help=Text(
                de="Umsatz zu Listenpreisen, vor Rabatten, Boni und Skonti.",
                en="Revenue at list prices, before discounts, bonuses and cash discounts.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    deductions: Annotated[
        Money | None,
        Item(
            label=Text(de="Erlösschmälerungen", en="Revenue deductions"),
            help=Text(
                de="Rabatte, Boni, Skonti, Werbekostenzuschüsse; als positive Zahl.",
                en="Discounts, bonuses, cash discounts, advertising subsidies; as a positive number.",
            ),
            width=Width.SMALL,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    production: Annotated[
        Money | None,
        Item(
            label=Text(de="Herstellkosten", en="Production cost"),
            help=Text(
                de="Variable Herstell- oder Einstandskosten der gelieferten Ware.",
                en="Variable cost of making or buying the goods delivered.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    marketing: Annotated[
        Money | None,
        Item(
            label=Text(de="Marketingkosten", en="Marketing cost"),
            help=Text(
                de="Nur was diesem Kunden zuzurechnen ist, zum Beispiel Aktionen, Muster, Messen.",
                en="Only what is due to this account, for example promotions, samples, fairs.",
            ),
            width=Width.SMALL,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    selling: Annotated[
        Money | None,
        Item(
            label=Text(de="Vertriebskosten", en="Selling cost"),
            help=Text(
                de="Betreuung durch Key Account Management, Außen- und Innendienst, Reisen.",
                en="Service by key account management, field and inside sales, travel.",
            ),
            width=Width.SMALL,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    service: Annotated[
        Money | None,
        Item(
            label=Text(de="Service/Transport", en="Service/transport"),
            help=Text(
                de="Kundendienst, Lager, Fracht und Verpackung für diesen Kunden.",
                en="After-sales service, storage, freight and packing for this account.",
            ),
            width=Width.SMALL,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None

    net_revenue = Computed(
        label=Text(de="Nettoumsatz", en="Net revenue"),
        kind=Kind.MONEY,
        value=figures.margin("net"),
        formula=figures.left_after("gross_revenue", "deductions"),
        help=Text(
            de="Bruttoumsatz − Erlösschmälerungen.",
            en="Gross revenue − revenue deductions.",
        ),
        after="deductions",
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
    db1 = _margin(
        1,
        "net_revenue",
        "production",
        "Nettoumsatz − Herstellkosten.",
        "Net revenue − production cost.",
    )
    db2 = _margin(
        2, "db1", "marketing", "DB I − Marketingkosten.", "CM I − marketing cost."
    )
    db3 = _margin(
        3, "db2", "selling", "DB II − Vertriebskosten.", "CM II − selling cost."
    )
    db4 = _margin(
        4,
        "db3",
        "service",
        "DB III − Service und Transport.",
        "CM III − service and transport.",
    )


class Controlling(Sheet):
    """Targets, key figures and contribution margins."""

    number = 10
    title = Text(de="Controlling", en="Controlling")
    guidance = Text(
        de="Vergleichen Sie, was geplant war, mit dem, was erreicht ist, am besten jedes Quartal.",
        en="Compare what was planned with what has been reached, best every quarter.",
    )

    targets: list[Target] = []
    kpis: list[Kpi] = []
    contribution: list[Contribution] = []

    scorecard = Computed(
        label=Text(de="Zielerreichung gesamt", en="Overall goal attainment"),
        kind=Kind.PERCENT,
        value=figures.card,
        formula=figures.card_formula,
        help=Text(
            de="Gewichtetes Mittel der Zielerreichung; Übererfüllung zählt nur bis zu einer Grenze.",
            en="Weighted mean of the attainments; overachievement counts up to a limit only.",
        ),
    )
