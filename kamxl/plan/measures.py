"""Sheet 9: who does what until when; `kamxl.plan.talks` adds how the talks with the customer are prepared."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kamxl.document.figures import GivenRow
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import all_of, guarded, literal, when
from kamxl.document.vocabulary import (
    Added,
    Choice,
    Computed,
    Date,
    FreeRows,
    GoalName,
    Item,
    Kind,
    Line,
    Money,
    Note,
    Percent,
    PersonName,
    Profile,
    RowsPer,
    Score,
    Sheet,
    TableRow,
    Tense,
    Width,
)
from kamxl.plan.talks import AnnualTalk, Negotiation, YesNo
from kamxl.texts import Text


class Area(Choice):
    """The field a measure works in."""

    MARKETING = "marketing", Text(de="Marketing", en="Marketing")
    SOLUTIONS = "solutions", Text(de="Lösungen", en="Solutions")
    PRICES = "prices", Text(de="Preise/Konditionen", en="Prices/terms")
    RELATIONSHIP = "relationship", Text(de="Beziehung", en="Relationship")
    LOGISTICS = "logistics", Text(de="Logistik/Service", en="Logistics/service")


class Status(Choice):
    """How far a measure is; overdue is computed, never entered."""

    OPEN = "open", Text(de="offen", en="open")
    IN_PROGRESS = "in_progress", Text(de="in Arbeit", en="in progress")
    DONE = "done", Text(de="erledigt", en="done")
    POSTPONED = "postponed", Text(de="verschoben", en="postponed")
    DROPPED = "dropped", Text(de="verworfen", en="dropped")


FINISHED = frozenset({Status.DONE, Status.DROPPED})
"""Statuses in which a measure can no longer be overdue."""


OVERDUE = "overdue"
"""Code of a measure whose date has passed."""
_OVERDUE_LABEL = Text(de="überfällig", en="overdue")


def _overdue(row: Measure, at: GivenRow) -> str | None:
    """The code where an unfinished measure was due before today."""
    if row.due is None or row.status in FINISHED:
        return None
    return OVERDUE if row.due < at.given.today else None


def _overdue_formula(row: RowTerms) -> str:
    """The formula of `_overdue`."""
    due, unfinished = row.cell("due"), row.is_none_of("status", sorted(FINISHED))
    late = all_of(row.valid("due"), f"{due}<TODAY()", *unfinished)
    return guarded(when(late, literal(_OVERDUE_LABEL[row.terms.language])))


class Measure(TableRow):
    """A step with somebody responsible and a date."""

    heading = Text(de="Maßnahmenplan", en="Action plan")
    hint = Text(
        de="Jede Maßnahme hat genau einen Verantwortlichen und einen Termin. „Überfällig“ wird berechnet.",
        en="Each measure has exactly one person responsible and one date. “Overdue” is computed.",
    )
    rows = FreeRows(30, minimum=1, shown=20)
    totals = ("budget", "revenue_effect")

    area: Annotated[
        Area | Added | None,
        Item(
            label=Text(de="Bereich", en="Area"),
            help=Text(
                de="Worauf zielt die Maßnahme vor allem?",
                en="What does the measure mainly aim at?",
            ),
            required=True,
        ),
    ] = None
    measure: Annotated[
        Line | None,
        Item(
            label=Text(de="Maßnahme", en="Measure"),
            help=Text(
                de="Ein überprüfbarer Schritt, zum Beispiel „Technikertag im Werk Kassel mit 15 Teilnehmern "
                "durchführen“.",
                en="A step that can be checked, for example “hold an engineers’ day at plant Kassel with 15 "
                "participants”.",
            ),
            required=True,
            width=Width.LARGE,
        ),
    ] = None
    goal: Annotated[
        GoalName | None,
        Item(
            label=Text(de="Dient dem Ziel", en="Serves goal"),
            help=Text(
                de="Strategisches Ziel aus Blatt 8, dem die Maßnahme dient.",
                en="Strategic goal on sheet 8 that the measure serves.",
            ),
        ),
    ] = None
    responsible: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Verantwortlich", en="Responsible"),
            help=Text(
                de="Genau eine Person aus unserem Haus, die für das Ergebnis einsteht.",
                en="Exactly one person of our company who answers for the result.",
            ),
            required=True,
        ),
    ] = None
    support: Annotated[
        Line | None,
        Item(
            label=Text(de="Unterstützung", en="Support"),
            help=Text(
                de="Wer hilft mit, bei uns oder beim Kunden? Zum Beispiel Anwendungstechnik.",
                en="Who helps, on our side or the customer’s? For example application engineering.",
            ),
            width=Width.MEDIUM,
        ),
    ] = None
    status: Annotated[
        Status | None,
        Item(
            label=Text(de="Status", en="Status"),
            help=Text(
                de="Stand heute. Verschoben: bitte auch den Termin anpassen.",
                en="As of today. If postponed, please change the due date too.",
            ),
            required=True,
        ),
    ] = None
    start: Annotated[
        Date | None,
        Item(
            label=Text(de="Beginn", en="Start"),
            help=Text(
                de="Wann beginnt die Maßnahme?", en="When does the measure start?"
            ),
        ),
    ] = None
    due: Annotated[
        Date | None,
        Item(
            label=Text(de="Termin", en="Due"),
            help=Text(
                de="Bis wann ist die Maßnahme abgeschlossen?",
                en="By when is the measure completed?",
            ),
            required=True,
            tense=Tense.FUTURE,
        ),
    ] = None
    progress: Annotated[
        Percent | None,
        Item(
            label=Text(de="Fortschritt", en="Progress"),
            help=Text(
                de="Wie viel ist geschafft? 0 % bis 100 %.",
                en="How much is done? 0% to 100%.",
            ),
        ),
    ] = None
    budget: Annotated[
        Money | None,
        Item(
            label=Text(de="Budget", en="Budget"),
            help=Text(
                de="Externe Kosten in Planwährung; interne Zeit nur, wenn sie verrechnet wird.",
                en="External cost in the plan’s currency; own time only if it is charged.",
            ),
            width=Width.SMALL,
        ),
    ] = None
    revenue_effect: Annotated[
        Money | None,
        Item(
            label=Text(de="Erwartete Umsatzwirkung", en="Expected revenue effect"),
            help=Text(
                de="Zusätzlicher Umsatz im Planjahr, vorsichtig geschätzt.",
                en="Additional revenue in the plan year, estimated with care.",
            ),
        ),
    ] = None
    comment: Annotated[
        Note | None,
        Item(
            label=Text(de="Kommentar", en="Comment"),
            help=Text(
                de="Was man zum Stand wissen muss, zum Beispiel worauf Sie warten.",
                en="What one has to know about the status, for example what you are waiting for.",
            ),
            width=Width.LARGE,
        ),
    ] = None

    overdue = Computed(
        label=Text(de="Überfällig", en="Overdue"),
        kind=Kind.TEXT,
        value=_overdue,
        formula=_overdue_formula,
        options=lambda _: [(OVERDUE, _OVERDUE_LABEL)],
        help=Text(
            de="Der Termin ist vorbei und die Maßnahme weder erledigt noch verworfen.",
            en="The due date has passed and the measure is neither done nor dropped.",
        ),
        after="progress",
        alarms=("due",),
        width=Width.SMALL,
    )

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status not in FINISHED


class Coaching(TableRow):
    """What somebody of the account's team shall learn."""

    heading = Text(de="Coaching-Plan", en="Coaching plan")
    hint = Text(
        de="Was muss unser Team können, damit die Maßnahmen gelingen?",
        en="What must our team be able to do for the measures to succeed?",
    )
    profile = Profile.FULL
    rows = FreeRows(6)

    who: Annotated[
        PersonName | None,
        Item(
            label=Text(de="Wer?", en="Who?"),
            help=Text(
                de="Wer aus unserem Team wird gecoacht?",
                en="Which member of our team is coached?",
            ),
        ),
    ] = None
    topic: Annotated[
        Line | None,
        Item(
            label=Text(de="Thema", en="Topic"),
            help=Text(
                de="Was soll danach besser gelingen? Zum Beispiel Jahresgespräch mit dem Zentraleinkauf führen.",
                en="What should work better afterwards? For example leading the annual talk with central purchasing.",
            ),
        ),
    ] = None
    material: Annotated[
        Line | None,
        Item(
            label=Text(de="Unterlagen", en="Material"),
            help=Text(
                de="Was wird gebraucht? Zum Beispiel Gesprächsleitfaden, Kalkulationsblatt.",
                en="What is needed? For example a conversation guide, a calculation sheet.",
            ),
        ),
    ] = None
    date: Annotated[
        Date | None,
        Item(
            label=Text(de="Datum", en="Date"),
            help=Text(
                de="Wann findet das Coaching statt?",
                en="When does the coaching take place?",
            ),
            width=Width.MEDIUM,
        ),
    ] = None
    status: Annotated[
        Status | None,
        Item(
            label=Text(de="Status", en="Status"),
            help=Text(de="Stand heute.", en="As of today."),
        ),
    ] = None


class Retention(TableRow):
    """An instrument that binds the customer to us."""

    heading = Text(
        de="Kundenmarketing und Kundenbindung", en="Customer marketing and retention"
    )
    hint = Text(
        de="Welche Instrumente binden den Kunden, wie gut wirken sie und was kommt als Nächstes?",
        en="Which instruments bind the customer, how well do they work and what comes next?",
    )
    profile = Profile.FULL
    rows = RowsPer("retention")
    row_label = Text(de="Instrument", en="Instrument")

    # The only long text of this table stands under the measures' long text.
    next_step: Annotated[
        Line | None,
        Item(
            label=Text(de="Nächster Schritt", en="Next step"),
            help=Text(
                de="Was tun wir mit diesem Instrument im Planjahr?",
                en="What do we do with this instrument in the plan year?",
            ),
        ),
    ] = None
    in_use: Annotated[
        YesNo | None,
        Item(
            label=Text(de="Im Einsatz", en="In use"),
            help=Text(
                de="Setzen wir das Instrument bei diesem Kunden heute ein?",
                en="Do we use the instrument at this account today?",
            ),
        ),
    ] = None
    effect: Annotated[
        Score | None,
        Item(
            label=Text(de="Wirkung", en="Effect"),
            help=Text(
                de="Wie stark bindet es den Kunden? 1 = kaum, 5 = sehr.",
                en="How strongly does it bind the customer? 1 = hardly, 5 = very.",
            ),
            width=Width.MEDIUM,
        ),
    ] = None


class Measures(Sheet):
    """The action plan and the preparation of the year."""

    number = 9
    title = Text(de="Maßnahmen", en="Measures")
    guidance = Text(
        de="Planen Sie, wer was bis wann tut, und halten Sie den Stand aktuell.",
        en="Plan who does what until when, and keep the status up to date.",
    )

    measures: list[Measure] = []
    coaching: list[Coaching] = []
    retention: list[Retention] = []
    negotiation: list[Negotiation] = []
    annual_talk: AnnualTalk = Field(default_factory=AnnualTalk)
