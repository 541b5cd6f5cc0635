"""2 Wichtige Informationen: what we know of the account, its market and its use of us.

Each note of the sheet's own form has its *fact status* beside it in the full profile, so that an assumption
is not passed on as knowledge. The SWOT rates its quadrants 0–5; the sheet's two figures are the differences
of the mean ratings, e.g. strengths 4 and weaknesses 2.5 make `swot_internal` +1.5.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from annotated_types import Interval

from kamxl.document.figures import Given, attempt
from kamxl.document.formulas.scores import mean
from kamxl.document.formulas.terms import Terms, guarded, when
from kamxl.document.vocabulary import (
    Choice,
    Computed,
    Date,
    FixedRows,
    FreeRows,
    Item,
    Kind,
    Line,
    Note,
    Profile,
    Score,
    Sensitivity,
    Sheet,
    TableRow,
    Tense,
    Width,
)
from kamxl.scoring import Swot, swot_balance
from kamxl.texts import Text

# How strongly a quadrant of the SWOT weighs: 0 not at all, 5 decisively.
Rating = Annotated[float, Kind.NUMBER, Interval(ge=0, le=5)]

_STATUS_HELP = Text(
    de="Wie sicher ist die Angabe? angenommen = Ihre Einschätzung, bestätigt = vom Kunden oder belegt, offen "
    "= noch zu klären.",
    en="How certain is this? Assumed = your own view, confirmed = by the customer or a source, open = still "
    "to be found out.",
)
_RATING_HELP = Text(
    de="Gewicht dieses Feldes: 0 = spielt keine Rolle, 5 = entscheidend.",
    en="Weight of this field: 0 = plays no part, 5 = decisive.",
)


class FactStatus(Choice):
    """How far a statement can be relied on."""

    ASSUMED = "assumed", Text(de="angenommen", en="assumed")
    CONFIRMED = "confirmed", Text(de="bestätigt", en="confirmed")
    OPEN = "open", Text(de="offen", en="open")


class SituationRow(TableRow):
    """One question on where the account stands."""

    heading = Text(de="Standortbestimmung", en="Where the account stands")
    hint = Text(
        de="Zehn Fragen zum Kunden in seinem Markt, acht zum Einsatz unserer Produkte. Beantworten Sie, was "
        "für Ihre Strategie zählt.",
        en="Ten questions on the customer in its market, eight on its use of our products. Answer what matters for "
        "your strategy.",
    )
    profile = Profile.FULL
    rows = FixedRows(
        {
            "offering": Text(
                de="Was stellt der Kunde her, für wen und wie?",
                en="What does the customer make, for whom and how?",
            ),
            "purchases": Text(
                de="Was kauft der Kunde dafür ein?",
                en="What does the customer buy in for that?",
            ),
            "buyer_demands": Text(
                de="Was verlangen die Abnehmer des Kunden von ihm?",
                en="What do the customer’s own buyers demand of it?",
            ),
            "rival_performance": Text(
                de="Was leisten die Konkurrenten des Kunden?",
                en="What do the customer’s competitors achieve?",
            ),
            "differentiation": Text(
                de="Wodurch will sich der Kunde von ihnen abheben?",
                en="How does the customer want to stand out from them?",
            ),
            "our_contribution": Text(
                de="Was könnten wir dafür anbieten oder entwickeln?",
                en="What could we offer or develop for that?",
            ),
            "relationship": Text(
                de="Wie gut ist unsere Beziehung zum Kunden?",
                en="How good is our relationship with the customer?",
            ),
            "image": Text(
                de="Welches Image haben wir beim Kunden?",
                en="What image do we have with the customer?",
            ),
            "enforceable_prices": Text(
                de="Welche Preise können wir durchsetzen?",
                en="Which prices can we enforce?",
            ),
            "open_potential": Text(
                de="Welches Potenzial ist noch offen?",
                en="Which potential is still open?",
            ),
            "use_today": Text(
                de="Wie arbeitet der Kunde heute mit unseren Produkten oder denen eines Wettbewerbers?",
                en="How does the customer work with our products, or a competitor’s, today?",
            ),
            "problem": Text(
                de="Welches Problem hat der Kunde dabei, und wie wichtig ist es ihm?",
                en="Which problem does the customer have with that, and how important is it?",
            ),
            "solution_quality": Text(
                de="Wie gut ist die heutige Lösung?",
                en="How good is today’s solution?",
            ),
            "perceived_strengths": Text(
                de="Welche Stärken und Schwächen sieht der Kunde bei uns?",
                en="Which strengths and weaknesses does the customer see in us?",
            ),
            "more_benefit": Text(
                de="Wo könnten wir dem Kunden mehr Nutzen bieten?",
                en="Where could we offer the customer more benefit?",
            ),
            "suitable_products": Text(
                de="Welche unserer Produkte könnte der Kunde einsetzen?",
                en="Which of our products could the customer use?",
            ),
            "quantities": Text(
                de="Welche Mengen kann der Kunde abnehmen?",
                en="Which quantities can the customer take?",
            ),
            "improvement": Text(
                de="Wie bauen wir unsere Stärken aus und verringern unsere Schwächen?",
                en="How do we build on our strengths and reduce our weaknesses?",
            ),
        }
    )
    row_label = Text(de="Frage", en="Question")

    answer: Annotated[
        Note | None,
        Item(
            label=Text(de="Antwort", en="Answer"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            help=Text(
                de="Knapp und konkret antworten, möglichst mit Zahl, Quelle oder Beispiel. Unbekanntes leer lassen.",
                en="Answer briefly and concretely, with a number, a source or an example. Leave unknowns empty.",
            ),
        ),
    ] = None
    relevance: Annotated[
        Score | None,
        Item(
            label=Text(de="Relevanz", en="Relevance"),
            unit=Text(de="1–5", en="1–5"),
            help=Text(
                de="Bedeutung für unsere Strategie: 1 = gering, 5 = sehr hoch.",
                en="How much it matters for our strategy: 1 = little, 5 = very much.",
            ),
        ),
    ] = None


class HistoryRow(TableRow):
    """One event in the relationship."""

    heading = Text(de="Kundenhistorie", en="Account history")
    hint = Text(
        de="Ereignisse, die die Beziehung geprägt haben: Großaufträge, Reklamationen, Personalwechsel.",
        en="Events that shaped the relationship: large orders, complaints, changes of people.",
    )
    profile = Profile.FULL
    rows = FreeRows(6)

    event: Annotated[
        Line | None,
        Item(
            label=Text(de="Ereignis", en="Event"),
            width=Width.HUGE,
            help=Text(
                de="Was geschah, z. B. „Rahmenvertrag über drei Jahre unterzeichnet“.",
                en="What happened, e.g. “three-year framework contract signed”.",
            ),
        ),
    ] = None
    effect: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Auswirkung auf die Beziehung", en="Effect on the relationship"
            ),
            help=Text(
                de="Was sich dadurch verändert hat, z. B. „Vertrauen der Technik gewonnen, Einkauf bleibt kritisch“.",
                en="What it changed, e.g. “engineering trusts us now, purchasing stays critical”.",
            ),
        ),
    ] = None
    date: Annotated[
        Date | None,
        Item(
            label=Text(de="Datum", en="Date"),
            help=Text(
                de="Tag des Ereignisses; ist nur der Monat bekannt, den Monatsersten eintragen.",
                en="Day of the event; where only the month is known, enter its first day.",
            ),
            tense=Tense.PAST,
        ),
    ] = None


class SwotRow(TableRow):
    """One of the six P with its four quadrants."""

    heading = Text(de="SWOT-Analyse", en="SWOT analysis")
    hint = Text(
        de="Stärken und Schwächen betreffen uns, Chancen und Risiken das Umfeld beim Kunden. Je Feld eine "
        "Bewertung von 0 bis 5.",
        en="Strengths and weaknesses are ours, opportunities and threats lie around the customer. Rate each "
        "field from 0 to 5.",
    )
    profile = Profile.FULL
    rows = FixedRows(
        {
            "product": Text(de="Produkt", en="Product"),
            "price": Text(de="Preis", en="Price"),
            "promotion": Text(de="Promotion", en="Promotion"),
            "placement": Text(de="Platzierung", en="Placement"),
            "person": Text(de="Person", en="Person"),
            "performance": Text(de="Performance", en="Performance"),
        }
    )
    row_label = Text(de="Sechs P", en="Six P")

    strengths: Annotated[
        Note | None,
        Item(
            label=Text(de="Stärken", en="Strengths"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            width=Width.LARGE,
            help=Text(
                de="Was wir hier besser können als andere, z. B. „kürzeste Lieferzeit im Vergleich“.",
                en="What we do better here than others, e.g. “shortest delivery time of all”.",
            ),
        ),
    ] = None
    strengths_rating: Annotated[
        Rating | None,
        Item(
            label=Text(de="Bewertung Stärken", en="Rating of strengths"),
            unit=Text(de="0–5", en="0–5"),
            help=_RATING_HELP,
        ),
    ] = None
    weaknesses: Annotated[
        Note | None,
        Item(
            label=Text(de="Schwächen", en="Weaknesses"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            width=Width.LARGE,
            help=Text(
                de="Was uns hier fehlt oder der Kunde bemängelt, z. B. „kein Servicetechniker vor Ort“.",
                en="What we lack here or the customer criticises, e.g. “no service engineer on site”.",
            ),
        ),
    ] = None
    weaknesses_rating: Annotated[
        Rating | None,
        Item(
            label=Text(de="Bewertung Schwächen", en="Rating of weaknesses"),
            unit=Text(de="0–5", en="0–5"),
            help=_RATING_HELP,
        ),
    ] = None
    opportunities: Annotated[
        Note | None,
        Item(
            label=Text(de="Chancen", en="Opportunities"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            width=Width.LARGE,
            help=Text(
                de="Entwicklung beim Kunden oder im Markt, die uns hier nützt, z. B. „neue Linie ab 2. Quartal“.",
                en="A development at the customer or in the market that helps us here, e.g. “new line from Q2”.",
            ),
        ),
    ] = None
    opportunities_rating: Annotated[
        Rating | None,
        Item(
            label=Text(de="Bewertung Chancen", en="Rating of opportunities"),
            unit=Text(de="0–5", en="0–5"),
            help=_RATING_HELP,
        ),
    ] = None
    threats: Annotated[
        Note | None,
        Item(
            label=Text(de="Risiken", en="Threats"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            width=Width.LARGE,
            help=Text(
                de="Entwicklung, die uns hier schadet, z. B. „Zweitlieferant wird geprüft“.",
                en="A development that harms us here, e.g. “a second supplier is being tested”.",
            ),
        ),
    ] = None
    threats_rating: Annotated[
        Rating | None,
        Item(
            label=Text(de="Bewertung Risiken", en="Rating of threats"),
            unit=Text(de="0–5", en="0–5"),
            help=_RATING_HELP,
        ),
    ] = None


class SignalRow(TableRow):
    """One sign that the account is about to invest."""

    heading = Text(de="Investitionssignale", en="Investment signals")
    hint = Text(
        de="Hinweise auf kommende Investitionen: Stellenanzeigen, Bauanträge, Presse, Gespräche.",
        en="Signs of coming investments: job advertisements, building permits, press, conversations.",
    )
    profile = Profile.FULL
    rows = FreeRows(6)

    signal: Annotated[
        Line | None,
        Item(
            label=Text(de="Signal", en="Signal"),
            width=Width.HUGE,
            help=Text(
                de="Was Sie beobachtet haben, z. B. „sucht drei Automatisierungsingenieure für Werk 2“.",
                en="What you noticed, e.g. “is hiring three automation engineers for site 2”.",
            ),
        ),
    ] = None
    source: Annotated[
        Line | None,
        Item(
            label=Text(de="Quelle", en="Source"),
            width=Width.LARGE,
            help=Text(
                de="Woher die Information stammt, z. B. „Geschäftsbericht, S. 14“ oder „Gespräch mit der Technik“.",
                en="Where it comes from, e.g. “annual report, p. 14” or “talk with engineering”.",
            ),
        ),
    ] = None
    date: Annotated[
        Date | None,
        Item(
            label=Text(de="Datum", en="Date"),
            help=Text(
                de="Wann Sie das Signal bemerkt haben.",
                en="When you noticed the signal.",
            ),
            tense=Tense.PAST,
        ),
    ] = None
    unit: Annotated[
        Line | None,
        Item(
            label=Text(de="Einheit / Region", en="Unit / region"),
            width=Width.MEDIUM,
            help=Text(
                de="Werk, Geschäftsbereich oder Region, um die es geht.",
                en="The site, business unit or region it is about.",
            ),
        ),
    ] = None
    relevance: Annotated[
        Score | None,
        Item(
            label=Text(de="Relevanz", en="Relevance"),
            unit=Text(de="1–5", en="1–5"),
            help=Text(
                de="Bedeutung für unser Geschäft: 1 = gering, 5 = sehr hoch.",
                en="How much it matters for our business: 1 = little, 5 = very much.",
            ),
        ),
    ] = None
    follow_up: Annotated[
        Line | None,
        Item(
            label=Text(de="Nächster Schritt", en="Follow-up"),
            width=Width.LARGE,
            help=Text(
                de="Wer macht daraus was bis wann, z. B. „Termin mit der Werksleitung bis Ende März“.",
                en="Who does what with it by when, e.g. “meeting with the site manager by end of March”.",
            ),
        ),
    ] = None


_QUADRANTS = ("strengths", "weaknesses", "opportunities", "threats")


def _balance(axis: str) -> Callable[[AccountProfile, Given], float | None]:
    """Mean strength − mean weakness inside, mean chance − mean risk outside."""

    def value(_: AccountProfile, given: Given) -> float | None:
        found: float | None = getattr(given.once(_swot), axis, None)
        return found

    return value


def _swot(given: Given) -> Swot | None:
    rows = given.rows("profile.swot")
    strengths, weaknesses, opportunities, threats = (
        [getattr(row, f"{quadrant}_rating") for row in rows] for quadrant in _QUADRANTS
    )
    return attempt(swot_balance, strengths, weaknesses, opportunities, threats)


def _balance_formula(plus: str, minus: str) -> Callable[[Terms], str]:
    """The formula of `_balance`."""

    def formula(terms: Terms) -> str:
        ratings = {name: f"profile.swot[].{name}_rating" for name in _QUADRANTS}
        outside = "+".join(terms.outside(pattern) for pattern in ratings.values())
        high, low = (mean(terms.column(ratings[name])) for name in (plus, minus))
        return guarded(when(f"{outside}=0", f"{high}-{low}"))

    return formula


class AccountProfile(Sheet):
    """What we know of the account."""

    number = 2
    title = Text(de="Wichtige Informationen", en="Key information")
    guidance = Text(
        de="Halten Sie fest, was Sie über den Kunden wissen, und kennzeichnen Sie Annahmen als solche.",
        en="Record what you know about the customer, and mark assumptions as such.",
    )

    market_position: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Marktposition in der Branche inkl. Konkurrenzsituation",
                en="Market position in its industry, including its competitors",
            ),
            required=True,
            help=Text(
                de="Rang, Marktanteil und wichtigste Konkurrenten des Kunden, z. B. „Nr. 3 in DACH, "
                "ca. 12 %, hinter A und B“. Bitte Quelle nennen.",
                en="Rank, market share and main competitors of the customer, e.g. “no. 3 in DACH, "
                "about 12%, behind A and B”. Please name the source.",
            ),
        ),
    ] = None
    market_position_status: Annotated[
        FactStatus | None,
        Item(
            label=Text(de="Faktenstatus", en="Fact status"),
            profile=Profile.FULL,
            beside="market_position",
            help=_STATUS_HELP,
        ),
    ] = None
    development_potential: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Entwicklungspotenzial im Markt",
                en="Development potential in the market",
            ),
            required=True,
            help=Text(
                de="Wohin wächst oder schrumpft der Kunde in drei Jahren: Märkte, Produkte, Werke, Nachfolge?",
                en="Where will the customer grow or shrink within three years: markets, products, sites, succession?",
            ),
        ),
    ] = None
    development_potential_status: Annotated[
        FactStatus | None,
        Item(
            label=Text(de="Faktenstatus", en="Fact status"),
            profile=Profile.FULL,
            beside="development_potential",
            help=_STATUS_HELP,
        ),
    ] = None
    financial_situation: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Finanzsituation (Investitionspotenzial)",
                en="Financial situation (capacity to invest)",
            ),
            help=Text(
                de="Ertragslage, Bonität und geplante Investitionen, z. B. „12 Mio. € für Werk 2, Freigabe im Herbst“.",
                en="Earnings, credit standing and planned investments, e.g. “12 m € for site 2, release in autumn”.",
            ),
        ),
    ] = None
    financial_situation_status: Annotated[
        FactStatus | None,
        Item(
            label=Text(de="Faktenstatus", en="Fact status"),
            profile=Profile.FULL,
            beside="financial_situation",
            help=_STATUS_HELP,
        ),
    ] = None
    business_strategy: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Geschäftsstrategie (Wachstum, Kooperationen, Allianzen)",
                en="Business strategy (growth, co-operations, alliances)",
            ),
            required=True,
            help=Text(
                de="Womit will der Kunde wachsen, mit wem arbeitet er zusammen, was gibt er auf?",
                en="How does the customer intend to grow, with whom does it co-operate, what will it give up?",
            ),
        ),
    ] = None
    business_strategy_status: Annotated[
        FactStatus | None,
        Item(
            label=Text(de="Faktenstatus", en="Fact status"),
            profile=Profile.FULL,
            beside="business_strategy",
            help=_STATUS_HELP,
        ),
    ] = None
    purchasing_strategy: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Einkaufs- und andere Strategien",
                en="Purchasing and other strategies",
            ),
            help=Text(
                de="Zahl der Lieferanten, Ausschreibungen, Rahmenverträge, Vorgaben zu Qualität, IT "
                "oder Nachhaltigkeit.",
                en="Number of suppliers, tenders, framework contracts, demands on quality, IT or sustainability.",
            ),
        ),
    ] = None
    purchasing_strategy_status: Annotated[
        FactStatus | None,
        Item(
            label=Text(de="Faktenstatus", en="Fact status"),
            profile=Profile.FULL,
            beside="purchasing_strategy",
            help=_STATUS_HELP,
        ),
    ] = None
    decision_process: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Entscheidungsprozesse (Ablauf, Erstbestellung, Wiederholungsbestellung)",
                en="Decision processes (procedure, first order, repeat order)",
            ),
            required=True,
            help=Text(
                de="Wer stößt an, prüft, gibt frei und bestellt, und ab welchem Betrag? Erst- und "
                "Wiederholungsbestellung getrennt beschreiben.",
                en="Who initiates, examines, approves and orders, and from which amount? Describe "
                "first and repeat orders separately.",
            ),
        ),
    ] = None
    decision_process_status: Annotated[
        FactStatus | None,
        Item(
            label=Text(de="Faktenstatus", en="Fact status"),
            profile=Profile.FULL,
            beside="decision_process",
            help=_STATUS_HELP,
        ),
    ] = None
    situation: list[SituationRow] = []
    history: list[HistoryRow] = []
    swot: list[SwotRow] = []
    signals: list[SignalRow] = []

    swot_internal = Computed(
        label=Text(
            de="SWOT intern (Stärken − Schwächen)",
            en="SWOT internal (strengths − weaknesses)",
        ),
        kind=Kind.NUMBER,
        value=_balance("internal"),
        formula=_balance_formula("strengths", "weaknesses"),
        profile=Profile.FULL,
        help=Text(
            de="Mittlere Bewertung der Stärken minus die der Schwächen, −5 bis +5. Ohne Bewertung auf einer "
            "Seite bleibt das Feld leer.",
            en="Mean rating of strengths minus that of weaknesses, −5 to +5. Empty while one side has no rating.",
        ),
    )
    swot_external = Computed(
        label=Text(
            de="SWOT extern (Chancen − Risiken)",
            en="SWOT external (opportunities − threats)",
        ),
        kind=Kind.NUMBER,
        value=_balance("external"),
        formula=_balance_formula("opportunities", "threats"),
        profile=Profile.FULL,
        help=Text(
            de="Mittlere Bewertung der Chancen minus die der Risiken, −5 bis +5. Ohne Bewertung auf einer "
            "Seite bleibt das Feld leer.",
            en="Mean rating of opportunities minus that of threats, −5 to +5. Empty while one side has no rating.",
        ),
    )
