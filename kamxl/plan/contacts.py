"""The contact matrix: the account's people across, our own people down, and how often they meet.

Coverage is Σ I·min(actual, planned) / Σ I·planned with the contact's influence I: what is planned and done, weighted by
how much the contact counts. A contact's gap is I·(planned − actual) over all our people, so a decider (9) who should
be met four times and was met once leaves a gap of 27.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.vocabulary import (
    Choice,
    Computed,
    Date,
    FreeRows,
    Importance,
    Integer,
    Item,
    Kind,
    Line,
    Person,
    Record,
    Sensitivity,
    Sheet,
    Tense,
)
from kamxl.plan.figures import contacts as figures
from kamxl.texts import Text


class Role(Choice):
    """Role in the buying center (Webster/Wind)."""

    DECIDER = "decider", Text(de="Entscheider", en="Decider")
    INFLUENCER = "influencer", Text(de="Beeinflusser", en="Influencer")
    BUYER = "buyer", Text(de="Einkäufer", en="Buyer")
    USER = "user", Text(de="Nutzer", en="User")
    GATEKEEPER = "gatekeeper", Text(de="Gatekeeper", en="Gatekeeper")
    INITIATOR = "initiator", Text(de="Initiator", en="Initiator")


class Stance(Choice):
    """How a person stands towards us; the code is the number that the stance index uses."""

    OPPONENT = "-2", Text(de="Gegner (−2)", en="opponent (−2)")
    CRITICAL = "-1", Text(de="kritisch (−1)", en="critical (−1)")
    NEUTRAL = "0", Text(de="neutral (0)", en="neutral (0)")
    POSITIVE = "1", Text(de="positiv (+1)", en="positive (+1)")
    SUPPORTER = "2", Text(de="Förderer (+2)", en="supporter (+2)")
    UNKNOWN = "unknown", Text(de="unbekannt", en="unknown")


class Motive(Choice):
    """What a person wants from a purchase."""

    SECURITY = "security", Text(de="Sicherheit", en="Security")
    STIMULATION = "stimulation", Text(de="Anregung", en="Stimulation")
    AUTONOMY = "autonomy", Text(de="Autonomie", en="Autonomy")
    STATUS = "status", Text(de="Status", en="Status")


class PersonType(Choice):
    """How a person prefers to be dealt with."""

    ANALYTICAL = "analytical", Text(de="analytisch", en="analytical")
    DIRECTING = "directing", Text(de="bestimmend", en="directing")
    SOCIABLE = "sociable", Text(de="kontaktfreudig", en="sociable")
    STEADY = "steady", Text(de="beständig", en="steady")


class Contact(Person):
    """A person at the account."""

    heading = Text(
        de="Kontaktmatrix: Personen beim Kunden",
        en="Contact matrix: people at the account",
    )
    rows = FreeRows(25, minimum=1, shown=10)

    position: Annotated[
        Line | None,
        Item(
            label=Text(de="Position", en="Position"),
            help=Text(
                de="Stellung im Unternehmen, zum Beispiel Leiter Zentraleinkauf.",
                en="Position in the company, for example head of central purchasing.",
            ),
        ),
    ] = None
    name: Annotated[
        Line | None,
        Item(
            label=Text(de="Name", en="Name"),
            help=Text(
                de="Vor- und Nachname; er steht dann in anderen Blättern zur Auswahl.",
                en="First and last name; other sheets then offer it in their lists.",
            ),
            required=True,
            from_lists=True,
            names=Kind.CONTACT,
        ),
    ] = None
    role: Annotated[
        Role | None,
        Item(
            label=Text(de="Rolle", en="Role"),
            help=Text(
                de="Rolle im Buying Center; bei mehreren die wichtigste.",
                en="Role in the buying center; the most important one if there are several.",
            ),
        ),
    ] = None
    influence: Annotated[
        Importance | None,
        Item(
            label=Text(de="Einfluss", en="Influence"),
            help=Text(
                de="Wie stark prägt die Person Entscheidungen über uns? 1 = gar nicht, 10 = entscheidend.",
                en="How much does this person shape decisions about us? 1 = not at all, 10 = decisive.",
            ),
            required=True,
        ),
    ] = None
    stance: Annotated[
        Stance | None,
        Item(
            label=Text(de="Haltung zu uns", en="Stance towards us"),
            help=Text(
                de="Vertraulich. Wie steht die Person zu uns? Im Zweifel „unbekannt“ statt „neutral“.",
                en="Confidential. How does this person stand towards us? If in doubt “unknown”, not “neutral”.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    motive: Annotated[
        Motive | None,
        Item(
            label=Text(de="Kaufmotiv", en="Buying motive"),
            help=Text(
                de="Vertraulich, personenbezogen: nur eintragen, was Sie der Person auch zeigen könnten.",
                en="Confidential and personal data: enter only what you could show to this person.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
            setting="collect_motives",
        ),
    ] = None
    type: Annotated[
        PersonType | None,
        Item(
            label=Text(de="Typ", en="Type"),
            help=Text(
                de="Vertraulich, personenbezogen: wie die Person angesprochen werden möchte.",
                en="Confidential and personal data: how this person likes to be approached.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
            setting="collect_motives",
        ),
    ] = None
    unit: Annotated[
        Line | None,
        Item(
            label=Text(de="Einheit/Standort", en="Unit/location"),
            help=Text(
                de="Bereich oder Werk, in dem die Person arbeitet.",
                en="Department or plant in which this person works.",
            ),
        ),
    ] = None
    last_contact: Annotated[
        Date | None,
        Item(
            label=Text(de="Letzter Kontakt", en="Last contact"),
            help=Text(
                de="Tag des letzten Gesprächs, gleich mit wem von uns.",
                en="Day of the last talk, no matter with whom of us.",
            ),
            tense=Tense.PAST,
        ),
    ] = None

    coverage = Computed(
        label=Text(de="Kontaktabdeckung", en="Coverage"),
        kind=Kind.PERCENT,
        value=figures.person_coverage,
        formula=figures.person_formula,
        help=Text(
            de="Anteil der geplanten Kontakte, die stattgefunden haben; mehr als geplant zählt nicht zusätzlich.",
            en="Share of the planned contacts that took place; more than planned does not count extra.",
        ),
    )
    gap = Computed(
        label=Text(de="Kontaktlücke", en="Contact gap"),
        kind=Kind.NUMBER,
        value=figures.gap,
        formula=figures.gap_formula,
        help=Text(
            de="Einfluss × fehlende Kontakte: Je größer, desto eher sollten Sie sich melden.",
            en="Influence × missing contacts: the larger, the sooner you should get in touch.",
        ),
    )

    @property
    def decides(self) -> bool:
        """Whether the person is the one who decides."""
        return self.role is Role.DECIDER


class OwnPerson(Person):
    """One of our own people."""

    heading = Text(de="Kontaktmatrix: eigene Personen", en="Contact matrix: own people")
    rows = FreeRows(12, minimum=1, shown=8)

    function: Annotated[
        Line | None,
        Item(
            label=Text(de="Funktion", en="Function"),
            from_lists=True,
            help=Text(
                de="Funktion bei uns, zum Beispiel Key Account Manager, Anwendungstechnik, Geschäftsführung.",
                en="Function on our side, for example key account manager, application engineering.",
            ),
        ),
    ] = None
    name: Annotated[
        Line | None,
        Item(
            label=Text(de="Name", en="Name"),
            from_lists=True,
            help=Text(
                de="Vor- und Nachname; er steht dann als Verantwortlicher zur Auswahl.",
                en="First and last name; other sheets then offer it as person responsible.",
            ),
            required=True,
            names=Kind.PERSON,
        ),
    ] = None

    coverage = Computed(
        label=Text(de="Kontaktabdeckung", en="Coverage"),
        kind=Kind.PERCENT,
        value=figures.own_coverage,
        formula=figures.own_formula,
        help=Text(
            de="Nach Einfluss gewichteter Anteil der geplanten Kontakte, die stattgefunden haben.",
            en="Influence-weighted share of the planned contacts that took place.",
        ),
    )


class Meeting(Record):
    """What one of our people and one of the account's people have to do with each other in a year."""

    topics: Annotated[
        Line | None,
        Item(
            label=Text(de="Themen", en="Topics"),
            help=Text(
                de="Worüber sprechen die beiden? Zum Beispiel Preise, Qualität, neue Werkstoffe.",
                en="What do the two talk about? For example prices, quality, new materials.",
            ),
        ),
    ] = None
    actual: Annotated[
        Integer | None,
        Item(
            label=Text(de="Ist", en="Actual"),
            pair=("actual", "planned"),
            help=Text(
                de="Kontakte, die in diesem Jahr stattgefunden haben; noch keiner: 0. Nur eine Zahl, denn „2/6“ würde "
                "zum Datum.",
                en="Contacts that took place this year; none so far: 0. One number only, as “2/6” would become a date.",
            ),
        ),
    ] = None
    planned: Annotated[
        Integer | None,
        Item(
            label=Text(de="Soll", en="Plan"),
            pair=("actual", "planned"),
            help=Text(
                de="Kontakte, die für das Jahr geplant sind. Nur eine Zahl.",
                en="Contacts planned for the year. One number only.",
            ),
        ),
    ] = None


def _next(rank: int) -> Computed:
    return Computed(
        label=Text(de=f"Nächster Kontakt {rank}", en=f"Next contact {rank}"),
        kind=Kind.TEXT,
        value=figures.next_contact(rank),
        formula=figures.next_formula(rank),
        help=Text(
            de="Person mit der größten nach Einfluss gewichteten Kontaktlücke.",
            en="Person with the largest influence-weighted contact gap.",
        ),
    )


class Contacts(Sheet):
    """Who knows whom, and who should."""

    title = Text(de="Kontaktmatrix", en="Contact matrix")
    guidance = Text(
        de="Tragen Sie oben die Personen des Kunden ein, links unsere, und je Paar Themen, Ist und Soll pro Jahr.",
        en="Enter the account’s people across, ours down, and for each pair topics, actual and planned per year.",
    )
    matrix_heading = Text(de="Kontakte pro Jahr", en="Contacts per year")

    people: list[Contact] = []
    team: list[OwnPerson] = []
    matrix: list[list[Meeting]] = []

    coverage = Computed(
        label=Text(de="Kontaktabdeckung", en="Contact coverage"),
        kind=Kind.PERCENT,
        value=figures.coverage,
        formula=figures.coverage_formula,
        help=Text(
            de="Nach Einfluss gewichteter Anteil der geplanten Kontakte, die stattgefunden haben.",
            en="Influence-weighted share of the planned contacts that took place.",
        ),
    )
    stance_index = Computed(
        label=Text(de="Haltungsindex", en="Stance index"),
        kind=Kind.NUMBER,
        value=figures.stance,
        formula=figures.stance_formula,
        help=Text(
            de="Nach Einfluss gewichtete Haltung: −1 = nur Gegner, +1 = nur Förderer.",
            en="Influence-weighted stance: −1 = opponents only, +1 = supporters only.",
        ),
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
    strongest_opponent = Computed(
        label=Text(de="Stärkster Gegner", en="Strongest opponent"),
        kind=Kind.TEXT,
        value=figures.opponent,
        formula=figures.opponent_formula,
        help=Text(
            de="Die kritische Person mit dem größten Produkt aus Einfluss und Ablehnung.",
            en="The critical person with the largest product of influence and rejection.",
        ),
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
    buying_center_coverage = Computed(
        label=Text(de="Buying-Center-Abdeckung", en="Buying center coverage"),
        kind=Kind.PERCENT,
        value=figures.center_coverage,
        formula=figures.center_formula,
        help=Text(
            de="Anteil der sechs Rollen im Buying Center, für die wir mindestens eine Person mit Namen kennen.",
            en="Share of the six roles of the buying center in which we know at least one person by name.",
        ),
    )
    next_1 = _next(1)
    next_2 = _next(2)
    next_3 = _next(3)
    next_4 = _next(4)
    next_5 = _next(5)
