"""Talks with the customer, planned on sheet 9: the negotiation and the annual talk.

Target, minimum and concession stay with us; the annual talk's agenda is made to be sent to the customer.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.vocabulary import (
    Added,
    Choice,
    Date,
    Form,
    FreeRows,
    Item,
    Line,
    Note,
    Profile,
    Sensitivity,
    TableRow,
    Tense,
    Width,
)
from kamxl.texts import Text


class YesNo(Choice):
    """Yes or no."""

    YES = "yes", Text(de="Ja", en="Yes")
    NO = "no", Text(de="Nein", en="No")


class NegotiationTopic(Choice):
    """What is negotiated."""

    PRICES = "prices", Text(de="Preise", en="Prices")
    TERMS = "terms", Text(de="Konditionen", en="Terms")
    SERVICES = "services", Text(de="Leistungen", en="Services")
    VOLUME = "volume", Text(de="Mengen", en="Volumes")
    DURATION = "duration", Text(de="Laufzeit", en="Duration")
    LOGISTICS = "logistics", Text(de="Lieferung/Logistik", en="Delivery/logistics")
    PAYMENT = "payment", Text(de="Zahlungsziel", en="Payment terms")


class Negotiation(TableRow):
    """A topic of the next negotiation."""

    heading = Text(de="Verhandlungsplanung", en="Negotiation plan")
    hint = Text(
        de="Vertraulich: Ziele und Minimum nie an den Kunden geben. Kein Zugeständnis ohne Gegenleistung.",
        en="Confidential: never pass targets and minimum on to the customer. No concession without a return.",
    )
    profile = Profile.FULL
    rows = FreeRows(6)

    topic: Annotated[
        NegotiationTopic | Added | None,
        Item(
            label=Text(de="Thema", en="Topic"),
            help=Text(de="Worüber wird verhandelt?", en="What is negotiated?"),
        ),
    ] = None
    argument: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Argument (Nutzen für den Kunden)",
                en="Argument (benefit for the customer)",
            ),
            help=Text(
                de="Was hat der Kunde davon? Zum Beispiel: 20 % weniger Rüstzeit, das sind 35 T€ im Jahr.",
                en="What does the customer gain? For example: 20% less set-up time, that is €35k a year.",
            ),
            width=Width.LARGE,
        ),
    ] = None
    concession: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Zugeständnis und Gegenleistung",
                en="Concession and what we get in return",
            ),
            help=Text(
                de="Was können wir geben und was bekommen wir dafür? Zum Beispiel: Bonus 2 % gegen Abnahme von 500 t.",
                en="What can we give and what do we get for it? For example: 2% bonus for taking 500 t.",
            ),
            width=Width.LARGE,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    our_target: Annotated[
        Line | None,
        Item(
            label=Text(de="Unser Ziel", en="Our target"),
            help=Text(
                de="Ehrgeizig und begründbar, zum Beispiel „+3,5 % ab 1.4.“.",
                en="Ambitious and justified, for example “+3.5% from 1 April”.",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    our_minimum: Annotated[
        Line | None,
        Item(
            label=Text(de="Unser Minimum", en="Our minimum"),
            help=Text(
                de="Darunter brechen wir ab und vertagen.",
                en="Below this we break off and adjourn.",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    customer_target: Annotated[
        Line | None,
        Item(
            label=Text(
                de="Vermutetes Ziel des Kunden", en="Customer’s presumed target"
            ),
            help=Text(
                de="Womit wird der Kunde vermutlich in das Gespräch gehen?",
                en="What will the customer probably ask for at the start?",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None


class AnnualTalk(Form):
    """Preparation of the annual talk."""

    heading = Text(de="Jahresgespräch", en="Annual talk")
    hint = Text(
        de="Einladung, Tagesordnung und Mappe entstehen aus diesen Angaben.",
        en="Invitation, agenda and folder are made from these entries.",
    )
    profile = Profile.FULL

    date: Annotated[
        Date | None,
        Item(
            label=Text(de="Datum", en="Date"),
            help=Text(de="Tag des Jahresgesprächs.", en="Day of the annual talk."),
            sensitivity=Sensitivity.SHAREABLE,
            tense=Tense.FUTURE,
        ),
    ] = None
    place: Annotated[
        Line | None,
        Item(
            label=Text(de="Ort", en="Place"),
            help=Text(
                de="Wo findet das Gespräch statt?", en="Where does the talk take place?"
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    participants: Annotated[
        Line | None,
        Item(
            label=Text(de="Teilnehmer", en="Participants"),
            help=Text(
                de="Namen beider Seiten; bei uns möglichst dieselbe Ebene wie beim Kunden.",
                en="Names of both sides; on ours the same level as the customer’s if possible.",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    opening: Annotated[
        Note | None,
        Item(
            label=Text(de="Eröffnung", en="Opening"),
            help=Text(
                de="Womit beginnen Sie? Am besten mit einem gemeinsamen Erfolg des letzten Jahres.",
                en="How do you begin? Best with a shared success of last year.",
            ),
        ),
    ] = None
    main_goal: Annotated[
        Note | None,
        Item(
            label=Text(de="Hauptziel", en="Main goal"),
            help=Text(
                de="Was soll am Ende des Gesprächs vereinbart sein? Ein Satz.",
                en="What should be agreed at the end of the talk? One sentence.",
            ),
        ),
    ] = None
    past_talks: Annotated[
        Note | None,
        Item(
            label=Text(de="Rückblick auf frühere Gespräche", en="Review of past talks"),
            help=Text(
                de="Was wurde zuletzt vereinbart, was davon haben beide Seiten eingehalten?",
                en="What was agreed last time, and what of it did both sides keep?",
            ),
        ),
    ] = None
    agenda_status: Annotated[
        Note | None,
        Item(
            label=Text(de="1. Stand und Zahlen", en="1. Status and figures"),
            help=Text(
                de="Welche Zahlen zeigen Sie? Zum Beispiel Umsatz, Liefertreue, Reklamationen.",
                en="Which figures do you show? For example revenue, delivery on time, complaints.",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    agenda_activities: Annotated[
        Note | None,
        Item(
            label=Text(de="2. Geplante Aktivitäten", en="2. Planned activities"),
            help=Text(
                de="Was haben beide Seiten im kommenden Jahr vor?",
                en="What do both sides intend to do in the coming year?",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    agenda_proposals: Annotated[
        Note | None,
        Item(
            label=Text(
                de="3. Vorschläge zur Zusammenarbeit", en="3. Cooperation proposals"
            ),
            help=Text(
                de="Welche Vorschläge bringen Sie mit und welchen Nutzen hat der Kunde davon?",
                en="Which proposals do you bring and how does the customer benefit?",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    agenda_terms: Annotated[
        Note | None,
        Item(
            label=Text(de="4. Konditionen", en="4. Terms"),
            help=Text(
                de="Was steht zur Verhandlung? Ziel und Minimum gehören in die Verhandlungsplanung, nicht hierher.",
                en="What is up for negotiation? Target and minimum belong in the negotiation plan, not here.",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    agenda_future: Annotated[
        Note | None,
        Item(
            label=Text(de="5. Zukunftsthemen", en="5. Future topics"),
            help=Text(
                de="Welche Entwicklungen der nächsten zwei bis fünf Jahre betreffen beide Seiten?",
                en="Which developments of the next two to five years concern both sides?",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    folder_ready: Annotated[
        YesNo | None,
        Item(
            label=Text(de="Mappe vorbereitet", en="Folder ready"),
            help=Text(
                de="Liegen Unterlagen, Zahlen und Muster für das Gespräch bereit?",
                en="Are documents, figures and samples for the talk at hand?",
            ),
        ),
    ] = None
