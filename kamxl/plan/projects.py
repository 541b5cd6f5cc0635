"""Sheet 4: what became of the projects that are decided, and what follows from it."""

from __future__ import annotations

from typing import Annotated

from kamxl.document.vocabulary import (
    CompetitorName,
    Date,
    FreeRows,
    Item,
    Line,
    Money,
    Note,
    ProductGroupName,
    Sensitivity,
    Sheet,
    TableRow,
    Tense,
    Width,
)
from kamxl.texts import Text

_PROJECT = Text(de="Projekt", en="Project")
_PRODUCT_GROUP = Text(de="Produktgruppe", en="Product group")
_GROUP_HELP = Text(
    de="Produktgruppe wie im Blatt Umsatzanalyse; bei mehreren die mit dem größten Anteil.",
    en="Product group as on the sheet Revenue analysis; the largest one if there are several.",
)


class WonProject(TableRow):
    """A project the customer decided in our favour."""

    heading = Text(de="Gewonnene Projekte", en="Won projects")
    hint = Text(
        de="Die wichtigsten Erfolge der letzten zwei bis drei Jahre, der jüngste zuerst.",
        en="The most important successes of the last two or three years, the latest first.",
    )
    rows = FreeRows(8)
    totals = ("value",)

    project: Annotated[
        Line | None,
        Item(
            label=_PROJECT,
            help=Text(
                de="Kurzer Name, unter dem das Projekt beim Kunden und bei uns bekannt ist.",
                en="Short name by which the customer and we know the project.",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    product_group: Annotated[
        ProductGroupName | None,
        Item(
            label=_PRODUCT_GROUP,
            help=_GROUP_HELP,
            width=Width.MEDIUM,
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    value: Annotated[
        Money | None,
        Item(
            label=Text(de="Wert", en="Value"),
            help=Text(
                de="Auftragswert netto in Planwährung; bei Rahmenverträgen der Wert der ganzen Laufzeit.",
                en="Net order value in the plan’s currency; for framework contracts that of the whole term.",
            ),
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    date: Annotated[
        Date | None,
        Item(
            label=Text(de="Datum", en="Date"),
            help=Text(
                de="Tag der Auftragserteilung.", en="Day on which the order was placed."
            ),
            sensitivity=Sensitivity.SHAREABLE,
            tense=Tense.PAST,
        ),
    ] = None
    why_won: Annotated[
        Note | None,
        Item(
            label=Text(de="Warum gewonnen?", en="Why won?"),
            help=Text(
                de="Was gab aus Sicht des Kunden den Ausschlag? Zum Beispiel: Lieferung in 48 Stunden, Test "
                "in der eigenen Fertigung bestanden.",
                en="What tipped the balance for the customer? For example: delivery within 48 hours, passed "
                "the trial in their own production.",
            ),
        ),
    ] = None


class LostProject(TableRow):
    """A project the customer decided against us."""

    heading = Text(de="Verlorene Projekte", en="Lost projects")
    hint = Text(
        de="Ehrlich und ohne Schuldzuweisung: Aus verlorenen Projekten lernen wir am meisten.",
        en="Honestly and without blame: lost projects teach us most.",
    )
    rows = FreeRows(8)
    totals = ("value",)

    project: Annotated[
        Line | None,
        Item(
            label=_PROJECT,
            help=Text(
                de="Kurzer Name, unter dem das Projekt beim Kunden und bei uns bekannt ist.",
                en="Short name by which the customer and we know the project.",
            ),
        ),
    ] = None
    product_group: Annotated[
        ProductGroupName | None,
        Item(label=_PRODUCT_GROUP, help=_GROUP_HELP, width=Width.MEDIUM),
    ] = None
    value: Annotated[
        Money | None,
        Item(
            label=Text(de="Wert", en="Value"),
            help=Text(
                de="Wert unseres letzten Angebots netto in Planwährung.",
                en="Net value of our last offer in the plan’s currency.",
            ),
        ),
    ] = None
    date: Annotated[
        Date | None,
        Item(
            label=Text(de="Datum", en="Date"),
            help=Text(
                de="Tag, an dem die Entscheidung bekannt wurde.",
                en="Day on which the decision became known.",
            ),
            tense=Tense.PAST,
        ),
    ] = None
    # The two long texts stand under the long text of the table above, so that both share one column grid.
    why_lost: Annotated[
        Note | None,
        Item(
            label=Text(de="Warum verloren?", en="Why lost?"),
            help=Text(
                de="Der Grund aus Sicht des Kunden, nicht nur „zu teuer“: Leistung, Termin, Beziehung, "
                "Vertrauen, Vorgabe des Konzerns?",
                en="The reason as the customer sees it, not just “too expensive”: performance, date, "
                "relationship, trust, rule of the group?",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    lost_to: Annotated[
        CompetitorName | None,
        Item(
            label=Text(de="An wen?", en="To whom?"),
            help=Text(
                de="Der Wettbewerber, der den Zuschlag bekam; die Auswahl kommt aus der Konkurrenzanalyse.",
                en="The competitor who got the order; the list comes from the sheet Competition.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    consequence: Annotated[
        Note | None,
        Item(
            label=Text(de="Konsequenz", en="Consequence"),
            help=Text(
                de="Was ändern wir deshalb? Führt es zu einer Maßnahme, tragen Sie diese auch im Blatt Maßnahmen ein.",
                en="What do we change because of it? If that is a measure, enter it on the sheet Measures too.",
            ),
        ),
    ] = None


class Projects(Sheet):
    """Won and lost projects."""

    number = 4
    title = Text(de="Projektanalyse", en="Project analysis")
    guidance = Text(
        de="Halten Sie fest, welche Projekte entschieden sind, warum sie so ausgingen und was daraus folgt.",
        en="Note which projects have been decided, why they ended as they did and what follows from it.",
    )

    won: list[WonProject] = []
    lost: list[LostProject] = []
