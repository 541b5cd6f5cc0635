"""1 Management-Summary: what the management must know of this account on one page; filled in last.

Each of its tables has exactly three rows, because choosing is the point: a fourth "most important" measure
would be none.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.vocabulary import (
    ContactName,
    Date,
    FreeRows,
    Item,
    Line,
    Note,
    Sheet,
    TableRow,
    Tense,
    Width,
)
from kamxl.texts import Text


class TopContact(TableRow):
    """One of the three people who matter most."""

    heading = Text(
        de="Die 3 wichtigsten Kontaktpartner", en="The 3 most important contacts"
    )
    hint = Text(
        de="Wer entscheidet über unseren Erfolg? Die Namen kommen aus der Kontaktmatrix.",
        en="Who decides on our success? The names come from the contact matrix.",
    )
    rows = FreeRows(3, exactly=True)

    contact: Annotated[
        ContactName | None,
        Item(
            label=Text(de="Kontaktpartner", en="Contact"),
            width=Width.LARGE,
            help=Text(
                de="Name aus der Kontaktmatrix wählen. Fehlt die Person, tragen Sie sie zuerst dort ein.",
                en="Choose a name from the contact matrix. If the person is missing, enter them there first.",
            ),
        ),
    ] = None
    why: Annotated[
        Note | None,
        Item(
            label=Text(de="Warum?", en="Why?"),
            help=Text(
                de="Warum gerade diese Person zählt, z. B. „gibt ab 2. Quartal alle Rahmenverträge frei“.",
                en="Why this person matters, e.g. “signs off all framework contracts from Q2”.",
            ),
        ),
    ] = None


class TopMeasure(TableRow):
    """One of the three measures that matter most."""

    heading = Text(de="Die 3 wichtigsten Maßnahmen", en="The 3 most important measures")
    rows = FreeRows(3, exactly=True)

    measure: Annotated[
        Line | None,
        Item(
            label=Text(de="Maßnahme", en="Measure"),
            width=Width.LARGE,
            help=Text(
                de="Kurz und mit Verb, z. B. „Servicevertrag für drei Werke anbieten“. Einzelheiten stehen "
                "auf Blatt 9.",
                en="Short and with a verb, e.g. “offer a service contract for three sites”. Details go on sheet 9.",
            ),
        ),
    ] = None
    effect: Annotated[
        Note | None,
        Item(
            label=Text(de="Erwartete Wirkung", en="Expected effect"),
            help=Text(
                de="Was sich dadurch messbar ändert, z. B. „Lieferanteil Antriebe von 35 % auf 50 %“.",
                en="What will measurably change, e.g. “share of drives from 35% to 50%”.",
            ),
        ),
    ] = None


class Request(TableRow):
    """One of the three requests to the management."""

    heading = Text(
        de="Die 3 wichtigsten Anträge an das Management des Key Accounts",
        en="The 3 most important requests to the management of the key account",
    )
    rows = FreeRows(3, exactly=True)

    request: Annotated[
        Note | None,
        Item(
            label=Text(de="Antrag", en="Request"),
            width=Width.LARGE,
            help=Text(
                de="Was genau entschieden oder freigegeben werden soll, z. B. „Pilotlinie in Werk 2 freigeben“.",
                en="What exactly is to be decided or released, e.g. “release the pilot line at site 2”.",
            ),
        ),
    ] = None
    decision_by: Annotated[
        Date | None,
        Item(
            label=Text(de="Entscheidung nötig bis", en="Decision needed by"),
            help=Text(
                de="Datum, bis zu dem die Entscheidung vorliegen muss.",
                en="Date by which the decision is needed.",
            ),
            tense=Tense.FUTURE,
        ),
    ] = None


class Summary(Sheet):
    """The plan on one page."""

    number = 1
    title = Text(de="Management-Summary", en="Management summary")
    guidance = Text(
        de="Bitte zuletzt ausfüllen: Fassen Sie den Plan auf einer Seite so zusammen, dass die "
        "Geschäftsleitung entscheiden kann.",
        en="Fill this in last: sum up the plan on one page so that management can decide.",
    )

    challenge: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Wichtigste Herausforderung im nächsten Geschäftsjahr",
                en="Most important challenge in the coming business year",
            ),
            required=True,
            help=Text(
                de="Die eine Herausforderung, an der sich das Jahr entscheidet, z. B. „Verlängerung des "
                "Rahmenvertrags trotz neuem Zweitlieferanten“.",
                en="The one challenge that decides the year, e.g. “renew the framework contract despite a "
                "new second supplier”.",
            ),
        ),
    ] = None
    goals: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Wichtigste Ziele im nächsten Geschäftsjahr",
                en="Most important goals in the coming business year",
            ),
            required=True,
            help=Text(
                de="Zwei bis drei messbare Ziele mit Zahl und Termin, z. B. „Umsatz +8 % bis Dezember“.",
                en="Two or three measurable goals with number and date, e.g. “revenue +8% by December”.",
            ),
        ),
    ] = None
    top_contacts: list[TopContact] = []
    top_measures: list[TopMeasure] = []
    requests: list[Request] = []
