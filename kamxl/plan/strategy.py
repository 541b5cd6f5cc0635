"""Sheet 8: the goals of the next years, and how attractive the account is against how strong we are there.

The two scores (see `kamxl.plan.criteria`) place the account in a field of the portfolio, and the field suggests a
standard strategy; which one is chosen remains the KAM's decision.
"""

from __future__ import annotations

from typing import Annotated

from annotated_types import Interval

from kamxl import scoring
from kamxl.document.vocabulary import (
    Added,
    Choice,
    Computed,
    ContactName,
    Date,
    FreeRows,
    Item,
    Kind,
    Line,
    Money,
    Note,
    Number,
    Profile,
    Sensitivity,
    Sheet,
    TableRow,
    Tense,
    Width,
)
from kamxl.plan.criteria import Attractiveness, Position, PriceReadiness
from kamxl.plan.figures import strategy as figures
from kamxl.texts import Text

# A year is no amount: four digits, within the dates that a plan accepts.
Year = Annotated[int, Kind.INTEGER, Interval(ge=1990, le=2099)]


class Horizon(Choice):
    """The plan a goal belongs to: next year's (operative) or that of the next two to five years."""

    OPERATIVE = "operative", Text(de="operativ (KAOP)", en="operational (KAOP)")
    STRATEGIC = "strategic", Text(de="strategisch (KASP)", en="strategic (KASP)")


class AccountStrategy(Choice):
    """What we intend with the account; codes as in the standard strategies of `kamxl.scoring.portfolio`."""

    HOLD_OR_BUILD = "hold_or_build", Text(de="Halten/ausbauen", en="Hold/build")
    HOLD = "hold", Text(de="Halten", en="Hold")
    BIG_STEP_OR_OUT = (
        "big_step_or_out",
        Text(de="Big step or out", en="Big step or out"),
    )
    SELECTIVE_RETREAT = (
        "selective_retreat",
        Text(de="Selektiver Rückzug", en="Selective retreat"),
    )
    INVEST = "invest", Text(de="Investieren", en="Invest")
    SELECT = "select", Text(de="Selektiv vorgehen", en="Select")
    HARVEST = "harvest", Text(de="Ernten", en="Harvest")


class Goal(TableRow):
    """A strategic goal that can be measured."""

    heading = Text(de="Strategische Ziele", en="Strategic goals")
    hint = Text(
        de="Wenige Ziele, jedes messbar und mit Termin. Zu jedem gehört mindestens eine Maßnahme (Blatt 9).",
        en="Few goals, each measurable and with a deadline. Each needs at least one measure (sheet 9).",
    )
    rows = FreeRows(8, minimum=1)

    goal: Annotated[
        Line | None,
        Item(
            label=Text(de="Ziel", en="Goal"),
            names=Kind.GOAL,
            help=Text(
                de="Ein Ergebnis, keine Tätigkeit: „Zweitlieferant für Hydraulik in Werk Süd werden“ statt „mehr "
                "Besuche“.",
                en="A result, not an activity: “become second supplier for hydraulics at plant South”, not “more "
                "visits”.",
            ),
            required=True,
            width=Width.HUGE,
        ),
    ] = None
    horizon: Annotated[
        Horizon | None,
        Item(
            label=Text(de="Horizont", en="Horizon"),
            help=Text(
                de="Operativ: im Planjahr erreichbar. Strategisch: in zwei bis fünf Jahren.",
                en="Operational: to be reached in the plan year. Strategic: in two to five years.",
            ),
        ),
    ] = None
    contact: Annotated[
        ContactName | None,
        Item(
            label=Text(de="Ansprechpartner", en="Contact person"),
            help=Text(
                de="Wer beim Kunden muss das Ziel mittragen? Die Auswahl kommt aus der Kontaktmatrix.",
                en="Who at the customer has to support the goal? The list comes from the contact matrix.",
            ),
        ),
    ] = None
    # Long text stands under long text and numbers under numbers in all tables of the sheet.
    measure: Annotated[
        Line | None,
        Item(
            label=Text(de="Hauptmaßnahme", en="Main measure"),
            help=Text(
                de="Der wichtigste Hebel zum Ziel; die Einzelheiten stehen im Blatt Maßnahmen.",
                en="The most important lever; its details are on the sheet Measures.",
            ),
        ),
    ] = None
    indicator: Annotated[
        Line | None,
        Item(
            label=Text(de="Messgröße", en="Indicator"),
            help=Text(
                de="Woran erkennen wir, dass das Ziel erreicht ist? Zum Beispiel Lieferanteil, Anzahl Freigaben.",
                en="How do we see that the goal is reached? For example share of wallet, number of approvals.",
            ),
        ),
    ] = None
    baseline: Annotated[
        Number | None,
        Item(
            label=Text(de="Ausgangswert", en="Baseline"),
            help=Text(
                de="Stand der Messgröße heute.", en="The indicator’s value today."
            ),
        ),
    ] = None
    target: Annotated[
        Number | None,
        Item(
            label=Text(de="Zielwert", en="Target"),
            help=Text(
                de="Wert der Messgröße, wenn das Ziel erreicht ist. Er darf auch unter dem Ausgangswert liegen.",
                en="The indicator’s value once the goal is reached. It may be below the baseline.",
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
    deadline: Annotated[
        Date | None,
        Item(
            label=Text(de="Termin", en="Deadline"),
            help=Text(
                de="Bis wann ist das Ziel erreicht?", en="By when is the goal reached?"
            ),
            tense=Tense.FUTURE,
        ),
    ] = None


class StrategicProject(TableRow):
    """A project of the strategic plan, two to five years ahead."""

    heading = Text(
        de="Strategische Projekte (KASP, 2–5 Jahre)",
        en="Strategic projects (KASP, 2–5 years)",
    )
    hint = Text(
        de="Vorhaben über das Planjahr hinaus. Der nächste Meilenstein gehört in die Maßnahmen des Planjahrs.",
        en="Undertakings beyond the plan year. The next milestone belongs among the plan year’s measures.",
    )
    profile = Profile.FULL
    rows = FreeRows(5)
    totals = ("investment",)

    project: Annotated[
        Line | None,
        Item(
            label=Text(de="Projekt", en="Project"),
            help=Text(
                de="Zum Beispiel gemeinsame Entwicklung, Konsignationslager, Rahmenvertrag für alle Werke.",
                en="For example joint development, consignment stock, framework contract for all plants.",
            ),
            width=Width.HUGE,
        ),
    ] = None
    until_year: Annotated[
        Year | None,
        Item(
            label=Text(de="Bis Jahr", en="Until year"),
            help=Text(
                de="Jahr des Abschlusses, vierstellig, zwei bis fünf Jahre voraus.",
                en="Year of completion, four digits, two to five years ahead.",
            ),
            width=Width.MEDIUM,
        ),
    ] = None
    investment: Annotated[
        Money | None,
        Item(
            label=Text(de="Investition", en="Investment"),
            help=Text(
                de="Unser gesamter Aufwand in Planwährung, auch Personal.",
                en="All that it costs us in the plan’s currency, staff included.",
            ),
        ),
    ] = None
    benefit: Annotated[
        Note | None,
        Item(
            label=Text(de="Erwarteter Nutzen", en="Expected benefit"),
            help=Text(
                de="Was haben der Kunde und wir davon? Möglichst in Zahlen.",
                en="What do the customer and we gain? In figures if possible.",
            ),
            width=Width.LARGE,
        ),
    ] = None
    milestone: Annotated[
        Line | None,
        Item(
            label=Text(de="Nächster Meilenstein", en="Next milestone"),
            help=Text(
                de="Der nächste überprüfbare Schritt mit Termin, zum Beispiel „Pilotlinie läuft, 30.6.“.",
                en="The next step that can be checked, with a date, for example “pilot line runs, 30 June”.",
            ),
        ),
    ] = None


class Strategy(Sheet):
    """Goals, scores, portfolio field and the chosen strategy."""

    number = 8
    title = Text(de="Strategie Folgejahr", en="Strategy next year")
    guidance = Text(
        de="Legen Sie fest, was wir beim Kunden erreichen wollen, und begründen Sie die Strategie.",
        en="State what we want to achieve at the account and give the reasons for the strategy.",
    )
    form_heading = Text(de="Gewählte Strategie", en="Chosen strategy")

    goals: list[Goal] = []
    attractiveness: list[Attractiveness] = []
    position: list[Position] = []
    chosen_strategy: Annotated[
        AccountStrategy | Added | None,
        Item(
            label=Text(de="Gewählte Strategie", en="Chosen strategy"),
            help=Text(
                de="Ihre Entscheidung. Sie darf von der Normstrategie des Portfoliofelds abweichen, wenn Sie es "
                "begründen.",
                en="Your decision. It may differ from the field’s standard strategy if you give the reason.",
            ),
            profile=Profile.FULL,
        ),
    ] = None
    reason: Annotated[
        Note | None,
        Item(
            label=Text(de="Begründung", en="Reason"),
            help=Text(
                de="Warum diese Strategie? Nennen Sie vor allem, was für eine Abweichung von der Normstrategie "
                "spricht.",
                en="Why this strategy? Above all, what speaks for departing from the standard strategy.",
            ),
            profile=Profile.FULL,
        ),
    ] = None
    price_readiness: list[PriceReadiness] = []
    strategic_projects: list[StrategicProject] = []

    attractiveness_score = Computed(
        label=Text(de="Kundenattraktivität", en="Customer attractiveness"),
        kind=Kind.NUMBER,
        value=figures.score("attractiveness", scoring.customer_attractiveness),
        formula=figures.score_formula("attractiveness"),
        help=Text(
            de="0 bis 100; leer, solange zu viele Antworten fehlen.",
            en="0 to 100; empty while too many answers are missing.",
        ),
        profile=Profile.FULL,
    )
    position_score = Computed(
        label=Text(de="Wettbewerbsposition", en="Competitive position"),
        kind=Kind.NUMBER,
        value=figures.score("position", scoring.competitive_position),
        formula=figures.score_formula("position"),
        help=Text(
            de="0 bis 100; leer, solange zu viele Antworten fehlen.",
            en="0 to 100; empty while too many answers are missing.",
        ),
        profile=Profile.FULL,
    )
    portfolio_cell = Computed(
        label=Text(de="Portfoliofeld", en="Portfolio field"),
        kind=Kind.TEXT,
        value=figures.cell,
        formula=figures.cell_formula,
        options=figures.cells,
        help=Text(
            de="Feld aus Kundenattraktivität und Wettbewerbsposition.",
            en="Field made by customer attractiveness and competitive position.",
        ),
        profile=Profile.FULL,
    )
    standard_strategy = Computed(
        label=Text(de="Normstrategie", en="Standard strategy"),
        kind=Kind.TEXT,
        value=figures.standard,
        formula=figures.standard_formula,
        options=figures.strategies,
        help=Text(
            de="Strategie, die das Portfoliofeld nahelegt.",
            en="Strategy that the portfolio field suggests.",
        ),
        profile=Profile.FULL,
    )
    cell_distance = Computed(
        label=Text(de="Abstand zur Feldgrenze", en="Distance to limit"),
        kind=Kind.NUMBER,
        value=figures.cell_distance,
        formula=figures.distance_formula,
        help=Text(
            de="In Punkten: So wenig müsste sich ändern, damit der Kunde in ein anderes Feld fällt.",
            en="In points: so little would have to change for the account to fall into another field.",
        ),
        profile=Profile.FULL,
    )
    price_readiness_score = Computed(
        label=Text(de="Preisbereitschaft", en="Price readiness"),
        kind=Kind.NUMBER,
        value=figures.score("price_readiness", scoring.price_readiness),
        formula=figures.score_formula("price_readiness"),
        help=Text(
            de="0 bis 100; leer, solange zu viele Antworten fehlen.",
            en="0 to 100; empty while too many answers are missing.",
        ),
        profile=Profile.FULL,
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
