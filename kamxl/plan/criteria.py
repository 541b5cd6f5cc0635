"""The weighted criteria of sheet 8: what makes an account attractive, our position strong and its prices enforceable.

Each of the three is a weighted score of 0–100: answers of 1–5 are scaled to 0–100 and averaged by weight. A
criterion's points are its weight × its scaled answer, so that complete answers and weights of 100 % make the points
add up to the score: weight 40 % and answer 4 bring 30 points.
"""

from __future__ import annotations

from typing import Annotated

from kamxl.document.vocabulary import (
    Computed,
    Item,
    Kind,
    Note,
    Percent,
    Profile,
    RowsPer,
    Score,
    Sensitivity,
    TableRow,
    Width,
)
from kamxl.plan.figures import strategy as figures
from kamxl.texts import Text

_CRITERION = Text(de="Kriterium", en="Criterion")
_WEIGHT = Text(de="Gewicht", en="Weight")
_WEIGHT_HELP = Text(
    de="Vorgabe des Unternehmens. Wenn Sie Gewichte ändern, achten Sie darauf, dass sie zusammen 100 % ergeben.",
    en="Given by the company. If you change weights, make sure they still add up to 100%.",
)
_SCORE = Text(de="Punkte 1–5", en="Score 1–5")
_COMMENT = Text(de="Begründung", en="Comment")
_COMMENT_HELP = Text(
    de="Woran machen Sie die Bewertung fest? Eine Tatsache genügt.",
    en="What do you base the score on? One fact is enough.",
)
_POINTS = Text(de="Beitrag", en="Points")
_POINTS_HELP = Text(
    de="Gewicht × Bewertung auf der Skala 0 bis 100; zusammen ergeben die Beiträge den Gesamtwert.",
    en="Weight × answer on the scale 0 to 100; together the points make up the total.",
)


class CriterionRow(TableRow):
    """A criterion's weight and our answer to it; what the three scoring tables have in common."""

    heading = Text(de="Bewertung", en="Score")
    profile = Profile.FULL
    row_label = _CRITERION
    totals = ("weight",)

    weight: Annotated[
        Percent | None, Item(label=_WEIGHT, help=_WEIGHT_HELP, width=Width.MEDIUM)
    ] = None
    score: Annotated[
        Score | None,
        Item(
            label=_SCORE,
            help=Text(
                de="1 = sehr gering, 3 = mittel, 5 = sehr hoch; leer, wenn Sie es nicht wissen.",
                en="1 = very low, 3 = medium, 5 = very high; empty if you do not know.",
            ),
            width=Width.MEDIUM,
        ),
    ] = None
    comment: Annotated[
        Note | None, Item(label=_COMMENT, help=_COMMENT_HELP, width=Width.LARGE)
    ] = None

    points = Computed(
        label=_POINTS,
        kind=Kind.NUMBER,
        value=figures.points,
        formula=figures.points_formula,
        help=_POINTS_HELP,
        after="comment",
        profile=Profile.FULL,
    )


class Attractiveness(CriterionRow):
    """A criterion of customer attractiveness."""

    heading = Text(de="Kundenattraktivität", en="Customer attractiveness")
    hint = Text(
        de="Was macht diesen Kunden für uns wertvoll? Unabhängig davon, wie stark wir dort heute sind.",
        en="What makes this customer valuable for us? No matter how strong we are there today.",
    )
    rows = RowsPer("criteria.attractiveness")


class Position(CriterionRow):
    """A criterion of our competitive position at the account."""

    heading = Text(de="Wettbewerbsposition", en="Competitive position")
    hint = Text(
        de="Wie stark sind wir bei diesem Kunden im Vergleich zum besten Wettbewerber?",
        en="How strong are we at this customer compared with the best competitor?",
    )
    rows = RowsPer("criteria.position")


class PriceReadiness(TableRow):
    """A criterion of the customer's readiness to pay our price; all of it is confidential."""

    heading = Text(de="Preisbereitschaft", en="Price readiness")
    hint = Text(
        de="Wie bereit ist der Kunde, unseren Preis zu zahlen? Vertraulich: nicht weitergeben.",
        en="How ready is the customer to pay our price? Confidential: do not pass on.",
    )
    profile = Profile.FULL
    rows = RowsPer("criteria.price_readiness")
    row_label = _CRITERION
    totals = ("weight",)

    weight: Annotated[
        Percent | None,
        Item(
            label=_WEIGHT,
            help=_WEIGHT_HELP,
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    score: Annotated[
        Score | None,
        Item(
            label=_SCORE,
            help=Text(
                de="1 = trifft gar nicht zu, 5 = trifft voll zu; leer, wenn Sie es nicht wissen.",
                en="1 = does not apply at all, 5 = applies fully; empty if you do not know.",
            ),
            width=Width.MEDIUM,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None
    comment: Annotated[
        Note | None,
        Item(
            label=_COMMENT,
            help=_COMMENT_HELP,
            width=Width.LARGE,
            sensitivity=Sensitivity.CONFIDENTIAL,
        ),
    ] = None

    points = Computed(
        label=_POINTS,
        kind=Kind.NUMBER,
        value=figures.points,
        formula=figures.points_formula,
        help=_POINTS_HELP,
        after="comment",
        profile=Profile.FULL,
        sensitivity=Sensitivity.CONFIDENTIAL,
    )
