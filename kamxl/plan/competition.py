"""Sheet 6: who else sells to the account, and where we are better or worse.

Each capability that matters to the customer gets Ulwick's opportunity score I + max(I − S, 0), where the signs
−, 0, + of "against the customer's requirements" count as a satisfaction S of 2, 5, 8: importance 9 and − make 16,
an urgent gap; importance 4 and + make 4.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.figures import GivenRow, score_of
from kamxl.document.formulas import scores
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import EMPTY, all_of, guarded, number, when
from kamxl.document.vocabulary import (
    Computed,
    FreeRows,
    Importance,
    Item,
    Kind,
    Line,
    Money,
    Note,
    Percent,
    Profile,
    Score,
    Sensitivity,
    Sheet,
    Sign,
    TableRow,
    Width,
)
from kamxl.scoring import SIGN_SATISFACTION, opportunity_score
from kamxl.texts import Text


class Competitor(TableRow):
    """A rival at this account."""

    heading = Text(de="Wettbewerber", en="Competitors")
    hint = Text(
        de="Nur Anbieter, die bei diesem Kunden liefern oder anbieten, der wichtigste zuerst.",
        en="Only suppliers that deliver to or bid at this account, the most important first.",
    )
    rows = FreeRows(6, minimum=1)
    totals = ("revenue", "share")

    name: Annotated[
        Line | None,
        Item(
            label=Text(de="Wettbewerber", en="Competitor"),
            names=Kind.COMPETITOR,
            help=Text(
                de="Firmenname; er steht dann in anderen Blättern zur Auswahl. Auch Eigenfertigung des "
                "Kunden kann ein Wettbewerber sein.",
                en="Company name; other sheets then offer it in their lists. The customer’s own production "
                "can be a competitor too.",
            ),
            required=True,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    importance: Annotated[
        Score | None,
        Item(
            label=Text(de="Bedeutung", en="Importance"),
            help=Text(
                de="Wie gefährlich ist er uns bei diesem Kunden? 1 = kaum, 5 = sehr.",
                en="How dangerous is it for us at this account? 1 = hardly, 5 = very.",
            ),
            required=True,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    revenue: Annotated[
        Money | None,
        Item(
            label=Text(de="Umsatz beim Kunden", en="Revenue at this account"),
            help=Text(
                de="Geschätzter Jahresumsatz mit diesem Kunden in Planwährung.",
                en="Estimated yearly revenue with this account in the plan’s currency.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    share: Annotated[
        Percent | None,
        Item(
            label=Text(de="Anteil", en="Share"),
            help=Text(
                de="Anteil am Bedarf des Kunden, den dieser Wettbewerber deckt. Mit unserem Anteil höchstens 100 %.",
                en="Share of the customer’s demand that this competitor covers. Together with ours at most 100%.",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    strengths: Annotated[
        Note | None,
        Item(
            label=Text(de="Stärken", en="Strengths"),
            help=Text(
                de="Was schätzt der Kunde an ihm? Zum Beispiel kurze Wege, Preis, persönlicher Draht zur Technik.",
                en="What does the customer value in it? For example short distances, price, good terms with "
                "engineering.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    weaknesses: Annotated[
        Note | None,
        Item(
            label=Text(de="Schwächen", en="Weaknesses"),
            help=Text(
                de="Worüber klagt der Kunde, was kann der Wettbewerber nicht?",
                en="What does the customer complain about, what can this competitor not do?",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    answer: Annotated[
        Note | None,
        Item(
            label=Text(de="Unsere Antwort", en="Our answer"),
            help=Text(
                de="Womit begegnen wir ihm? Ein klarer Nutzen für den Kunden, kein Preisnachlass als Reflex.",
                en="How do we meet it? A clear benefit for the customer, not a discount by reflex.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None


def _opportunity(row: CapabilityGap, _: GivenRow) -> float | None:
    """Importance + its unmet part; how well the requirement is met is entered as a sign."""
    return score_of(opportunity_score, row.importance, row.against_requirements)


def _opportunity_formula(row: RowTerms) -> str:
    """The formula of `_opportunity`."""
    importance = row.cell("importance")
    value = EMPTY
    for code, met in reversed(SIGN_SATISFACTION.items()):
        chance = scores.opportunity(importance, number(met))
        shown = f"{row.is_one_of('against_requirements', code)}>0"
        value = when(shown, chance, value)
    return guarded(when(all_of(row.valid("importance")), value))


class CapabilityGap(TableRow):
    """Something the customer needs, and how well we do it."""

    heading = Text(de="Abweichungsanalyse", en="Gap analysis")
    hint = Text(
        de="Was dem Kunden wichtig ist, und wie wir dabei gegen seine Anforderungen und den besten "
        "Wettbewerber abschneiden.",
        en="What matters to the customer, and how we compare with its requirements and the best competitor.",
    )
    profile = Profile.FULL
    rows = FreeRows(8)

    capability: Annotated[
        Line | None,
        Item(
            label=Text(de="Fähigkeit / Leistung", en="Capability"),
            help=Text(
                de="Eine Leistung, die der Kunde braucht, zum Beispiel Termintreue, technische Beratung, "
                "Sortimentsbreite.",
                en="Something the customer needs, for example delivery on time, technical advice, breadth of range.",
            ),
        ),
    ] = None
    importance: Annotated[
        Importance | None,
        Item(
            label=Text(de="Wichtigkeit", en="Importance"),
            help=Text(
                de="Wie wichtig ist sie dem Kunden? 1 = unwichtig, 10 = unverzichtbar.",
                en="How important is it to the customer? 1 = unimportant, 10 = indispensable.",
            ),
        ),
    ] = None
    against_requirements: Annotated[
        Sign | None,
        Item(
            label=Text(de="Gegen Anforderungen", en="Against requirements"),
            help=Text(
                de="Wie gut erfüllen wir, was der Kunde verlangt? Besser, gleich oder schlechter als gefordert.",
                en="How well do we meet what the customer asks for? Better than, equal to or worse than required.",
            ),
        ),
    ] = None
    against_rival: Annotated[
        Sign | None,
        Item(
            label=Text(de="Gegen besten Wettbewerber", en="Against best competitor"),
            help=Text(
                de="Sind wir besser, gleich oder schlechter als der beste Wettbewerber?",
                en="Are we better than, equal to or worse than the best competitor?",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    better_factor: Annotated[
        Note | None,
        Item(
            label=Text(
                de="Was macht er besser?", en="What does the competitor do better?"
            ),
            help=Text(
                de="Der Faktor, der ihn überlegen macht, zum Beispiel: Lager 20 km vom Werk entfernt.",
                en="The factor that puts it ahead, for example: warehouse 20 km from the plant.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    action: Annotated[
        Note | None,
        Item(
            label=Text(de="Was tun wir?", en="What do we do about it?"),
            help=Text(
                de="Unsere Gegenmaßnahme. Wo wir schlechter sind, sollte das Feld nicht leer bleiben.",
                en="Our counter-measure. Where we are worse, the field should not stay empty.",
            ),
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None

    opportunity = Computed(
        label=Text(de="Chancenwert", en="Opportunity score"),
        kind=Kind.NUMBER,
        value=_opportunity,
        formula=_opportunity_formula,
        help=Text(
            de="Wichtigkeit + unerfüllter Teil davon (Ulwick). Ab 10 lohnt Verbesserung, ab 15 ist sie dringend.",
            en="Importance + the unmet part of it (Ulwick). From 10 improvement pays, from 15 it is urgent.",
        ),
        after="action",
    )


class Competition(Sheet):
    """Rivals at the account and our gaps."""

    number = 6
    title = Text(de="Konkurrenzanalyse", en="Competition")
    guidance = Text(
        de="Beschreiben Sie, wer uns bei diesem Kunden begegnet und womit wir antworten.",
        en="Describe who we meet at this account and how we answer.",
    )

    competitors: list[Competitor] = []
    gaps: list[CapabilityGap] = []
