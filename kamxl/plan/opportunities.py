"""Sheet 5: the pipeline of open projects.

A project's weighted value is its offer value times its probability: 120,000 at 60 % weigh 72,000. Projects that
are won, lost or on hold are no longer open: they stay in the list as a reminder, but have no weighted value and
count in neither sum.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.figures import Given, GivenRow, attempt, total
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import EMPTY, Terms, all_of, guarded, when
from kamxl.document.vocabulary import (
    Choice,
    CompetitorName,
    Computed,
    Date,
    FreeRows,
    Item,
    Kind,
    Line,
    Money,
    Percent,
    PersonName,
    ProductGroupName,
    Sensitivity,
    Sheet,
    TableRow,
    Tense,
    Width,
)
from kamxl.scoring import weighted_pipeline, weighted_value
from kamxl.texts import Text


class Stage(Choice):
    """How far an open project has come."""

    IDEA = "idea", Text(de="Idee", en="Idea")
    QUALIFIED = "qualified", Text(de="Qualifiziert", en="Qualified")
    OFFER = "offer", Text(de="Angebot", en="Offer")
    NEGOTIATION = "negotiation", Text(de="Verhandlung", en="Negotiation")
    VERBALLY_AGREED = (
        "verbally_agreed",
        Text(de="mündlich zugesagt", en="verbally agreed"),
    )
    WON = "won", Text(de="gewonnen", en="won")
    LOST = "lost", Text(de="verloren", en="lost")
    ON_HOLD = "on_hold", Text(de="zurückgestellt", en="on hold")


CLOSED_STAGES = frozenset({Stage.WON, Stage.LOST, Stage.ON_HOLD})
"""Stages in which a project is no longer part of the pipeline."""


_STAGE, _VALUE, _PROBABILITY = (
    f"opportunities.open[].{key}" for key in ("stage", "value", "probability")
)


def _weighted(row: OpenProject, _: GivenRow) -> float | None:
    """Offer value × probability, while the project is open."""
    if row.stage in CLOSED_STAGES:
        return None
    return attempt(weighted_value, row.value, row.probability)


def _weighted_formula(row: RowTerms) -> str:
    """The formula of `_weighted`."""
    value, probability = row.cell("value"), row.cell("probability")
    known = [row.valid("value"), f"{value}>=0", row.valid("probability")]
    still_open = row.is_none_of("stage", sorted(CLOSED_STAGES))
    return guarded(when(all_of(*known, *still_open), f"{value}*{probability}"))


class OpenProject(TableRow):
    """A project that the customer has not decided yet."""

    heading = Text(de="Offene Projekte", en="Open projects")
    hint = Text(
        de="Gewonnene, verlorene und zurückgestellte Projekte zählen in den Summen nicht mit.",
        en="Projects that are won, lost or on hold do not count in the sums.",
    )
    rows = FreeRows(30, shown=15)

    project: Annotated[
        Line | None,
        Item(
            label=Text(de="Projekt", en="Project"),
            help=Text(
                de="Kurzer Name, unter dem das Projekt beim Kunden und bei uns bekannt ist.",
                en="Short name by which the customer and we know the project.",
            ),
            required=True,
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    product_group: Annotated[
        ProductGroupName | None,
        Item(
            label=Text(de="Produktgruppe", en="Product group"),
            help=Text(
                de="Produktgruppe wie im Blatt Umsatzanalyse; bei mehreren die mit dem größten Anteil.",
                en="Product group as on the sheet Revenue analysis; the largest one if there are several.",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    offer_date: Annotated[
        Date | None,
        Item(
            label=Text(de="Angebotsdatum", en="Offer date"),
            help=Text(
                de="Datum des letzten gültigen Angebots; leer, solange es keines gibt.",
                en="Date of the latest valid offer; empty as long as there is none.",
            ),
            sensitivity=Sensitivity.SHAREABLE,
            tense=Tense.PAST,
        ),
    ] = None
    value: Annotated[
        Money | None,
        Item(
            label=Text(de="Angebotswert", en="Offer value"),
            help=Text(
                de="Netto in Planwährung; ohne Angebot Ihre Schätzung. Bitte nicht vorab mit der Chance "
                "multiplizieren.",
                en="Net in the plan’s currency; your estimate if there is no offer. Do not multiply it by the "
                "probability.",
            ),
            required=True,
            sensitivity=Sensitivity.SHAREABLE,
        ),
    ] = None
    close_date: Annotated[
        Date | None,
        Item(
            label=Text(de="Erwarteter Abschluss", en="Expected close date"),
            help=Text(
                de="Wann entscheidet der Kunde voraussichtlich? Liegt der Tag in der Vergangenheit, wird er markiert.",
                en="When will the customer probably decide? A day in the past is marked.",
            ),
            expires="weighted",
            required=True,
        ),
    ] = None
    probability: Annotated[
        Percent | None,
        Item(
            label=Text(de="Chance", en="Probability"),
            help=Text(
                de="Wie wahrscheinlich erhalten wir den Auftrag? 0 % bis 100 %, zum Beispiel Angebot 40 %, "
                "mündlich zugesagt 90 %.",
                en="How likely are we to get the order? 0% to 100%, for example offer 40%, verbally agreed 90%.",
            ),
            required=True,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    stage: Annotated[
        Stage | None,
        Item(
            label=Text(de="Phase", en="Stage"),
            help=Text(
                de="Stand aus Sicht des Kunden. Gewonnen, verloren oder zurückgestellt: zählt nicht mehr in "
                "der gewichteten Pipeline.",
                en="Where the customer stands. Won, lost or on hold: no longer counts in the weighted pipeline.",
            ),
        ),
    ] = None
    rival: Annotated[
        CompetitorName | None,
        Item(
            label=Text(de="Wettbewerber", en="Competitor"),
            help=Text(
                de="Der stärkste Wettbewerber in diesem Projekt; die Auswahl kommt aus der Konkurrenzanalyse.",
                en="The strongest competitor in this project; the list comes from the sheet Competition.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    next_step: Annotated[
        Line | None,
        Item(
            label=Text(de="Nächster Schritt", en="Next step"),
            help=Text(
                de="Der eine konkrete Schritt, der das Projekt voranbringt, möglichst mit Termin: "
                "„Muster bis 15.3. liefern“.",
                en="The one concrete step that moves the project on, with a date if possible: “deliver "
                "samples by 15 March”.",
            ),
        ),
    ] = None
    responsible: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Verantwortlich", en="Responsible"),
            help=Text(
                de="Wer bei uns den nächsten Schritt tut: genau eine Person.",
                en="Who takes the next step on our side: exactly one person.",
            ),
        ),
    ] = None

    weighted = Computed(
        label=Text(de="Gewichteter Wert", en="Weighted value"),
        kind=Kind.MONEY,
        value=_weighted,
        formula=_weighted_formula,
        help=Text(
            de="Angebotswert × Chance; leer bei gewonnenen, verlorenen und zurückgestellten Projekten.",
            en="Offer value × probability; empty for projects that are won, lost or on hold.",
        ),
        after="probability",
        sensitivity=Sensitivity.CONFIDENTIAL,
    )

    @property
    def is_open(self) -> bool:
        """Whether the customer has not decided yet: neither won nor lost nor on hold."""
        return self.stage not in CLOSED_STAGES


def _total_value(sheet: Opportunities, _: Given) -> float | None:
    """The value of all projects that are neither won nor lost nor on hold."""
    return total(row.value for row in sheet.open if row.stage not in CLOSED_STAGES)


def _valued_formula(terms: Terms) -> str:
    """The test for each row whether it is an open project with a value."""
    stage = terms.column(_STAGE)
    closed = terms.is_one_of(_STAGE, stage, sorted(CLOSED_STAGES))
    return f"({closed}=0)*{terms.entered(_VALUE)}"


def _total_value_formula(terms: Terms) -> str:
    """The formula of `_total_value`."""
    valued, value = _valued_formula(terms), terms.column(_VALUE)
    none = f"SUMPRODUCT({valued})=0"
    return guarded(when(none, EMPTY, f"SUMPRODUCT({valued},{value})"))


def _weighted_total(sheet: Opportunities, given: Given) -> float | None:
    """What the open projects bring on average."""
    weighted = "opportunities.open[{}].weighted"
    counted = [
        row
        for index, row in enumerate(sheet.open)
        if given.figure(weighted.format(index)) is not None
    ]
    pipeline = weighted_pipeline(
        [row.value for row in counted], [row.probability for row in counted]
    )
    return pipeline.expected if pipeline else None


def _weighted_total_formula(terms: Terms) -> str:
    """The formula of `_weighted_total`, from the entries: an inserted row has no weighted value in its cell."""
    value, probability = map(terms.column, (_VALUE, _PROBABILITY))
    counted = f"{_valued_formula(terms)}*({value}>=0)*{terms.entered(_PROBABILITY)}"
    none = f"SUMPRODUCT({counted})=0"
    return guarded(when(none, EMPTY, f"SUMPRODUCT({counted},{value},{probability})"))


class Opportunities(Sheet):
    """Open projects and what they are worth."""

    number = 5
    title = Text(de="Offene Projekte", en="Open projects")
    guidance = Text(
        de="Führen Sie alle laufenden Projekte auf und schätzen Sie die Chancen nüchtern ein.",
        en="List all projects under way and judge the chances soberly.",
    )

    open: list[OpenProject] = []

    total_value = Computed(
        label=Text(de="Summe Angebotswert", en="Total offer value"),
        kind=Kind.MONEY,
        value=_total_value,
        formula=_total_value_formula,
        help=Text(
            de="Alle noch offenen Projekte, ohne gewonnene, verlorene und zurückgestellte.",
            en="All projects still open, without those won, lost or on hold.",
        ),
    )
    weighted_total = Computed(
        label=Text(de="Gewichtete Pipeline", en="Weighted pipeline"),
        kind=Kind.MONEY,
        value=_weighted_total,
        formula=_weighted_total_formula,
        help=Text(
            de="Summe der gewichteten Werte, ohne gewonnene, verlorene und zurückgestellte Projekte.",
            en="Sum of the weighted values, without projects that are won, lost or on hold.",
        ),
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
