"""Sheet 7: how well we work together, as findings and as measured satisfaction.

Satisfaction is the comparison of what was expected with what was received: a criterion's gap is perceived
performance − expectation (3 perceived, 4 expected: −1). The index is the importance-weighted mean of the perceived
performance, 0–100.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from kamxl.document.figures import Given, GivenRow, attempt, score_of
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.terms import (
    Terms,
    all_of,
    guarded,
    limits,
    number,
    when,
)
from kamxl.document.vocabulary import (
    Computed,
    FixedRows,
    Item,
    Kind,
    Note,
    Profile,
    RowsPer,
    Score,
    Sheet,
    TableRow,
    Width,
)
from kamxl.plan.figures.weighted import (
    enough,
    limits_of,
    score_by_weight,
    weights_or_equal,
)
from kamxl.scoring import Gap, satisfaction_gap, satisfaction_index
from kamxl.texts import Text


class Observation(TableRow):
    """One side of the cooperation, judged."""

    heading = Text(
        de="Beurteilung der Zusammenarbeit", en="Assessment of the cooperation"
    )
    hint = Text(
        de="Am besten gemeinsam mit dem Team und mit Blick auf das letzte Jahresgespräch.",
        en="Best done with the team and with the last annual talk in mind.",
    )
    rows = FixedRows(
        {
            "relationship": Text(
                de="Qualität der Beziehung", en="Quality of the relationship"
            ),
            "success_owner": Text(
                de="Verantwortlich für die Erfolgssicherung beim Lieferanten",
                en="Responsible for securing success at the supplier",
            ),
            "projects": Text(de="Durchgeführte Projekte", en="Projects carried out"),
            "satisfaction": Text(de="Kundenzufriedenheit", en="Customer satisfaction"),
        }
    )
    row_label = Text(de="Thema", en="Topic")

    strengths: Annotated[
        Note | None,
        Item(
            label=Text(de="Stärken", en="Strengths"),
            help=Text(
                de="Was läuft gut? Belegen Sie es, zum Beispiel: Reklamationen innerhalb von drei Tagen gelöst.",
                en="What works well? Give evidence, for example: complaints solved within three days.",
            ),
            width=Width.LARGE,
        ),
    ] = None
    weaknesses: Annotated[
        Note | None,
        Item(
            label=Text(de="Schwächen", en="Weaknesses"),
            help=Text(
                de="Was stört den Kunden oder uns? Nennen Sie Beispiele statt Eindrücke.",
                en="What bothers the customer or us? Examples rather than impressions.",
            ),
            width=Width.LARGE,
        ),
    ] = None
    consequences: Annotated[
        Note | None,
        Item(
            label=Text(de="Konsequenzen", en="Consequences"),
            help=Text(
                de="Was folgt daraus für uns? Konkrete Schritte gehören auch ins Blatt Maßnahmen.",
                en="What follows for us? Concrete steps also belong on the sheet Measures.",
            ),
            width=Width.LARGE,
        ),
    ] = None
    rating: Annotated[
        Score | None,
        Item(
            label=Text(de="Bewertung", en="Rating"),
            help=Text(
                de="Ihr Gesamturteil: 1 = schlecht, 5 = sehr gut.",
                en="Overall: 1 = poor, 5 = very good.",
            ),
            profile=Profile.FULL,
        ),
    ] = None


def _gap(_: Satisfaction, at: GivenRow) -> float | None:
    """Performance less expectation."""
    found = at.given.once(_gaps)
    return found.gaps[at.index] if found else None


def _gaps(given: Given) -> Gap | None:
    rows: Sequence[Satisfaction] = given.rows("cooperation.satisfaction")
    expected = [row.expectation for row in rows]
    return attempt(satisfaction_gap, expected, [row.performance for row in rows])


def _gap_formula(row: RowTerms) -> str:
    """The formula of `_gap`."""
    known = all_of(row.valid("performance"), row.valid("expectation"))
    return guarded(when(known, f"{row.cell('performance')}-{row.cell('expectation')}"))


class Satisfaction(TableRow):
    """What the customer expected of us in one respect, and what it received."""

    heading = Text(de="Kundenzufriedenheit", en="Customer satisfaction")
    hint = Text(
        de="Aus Sicht des Kunden, möglichst erfragt: Zufriedenheit ist der Vergleich von Erwartung und "
        "erlebter Leistung.",
        en="As the customer sees it, asked if possible: satisfaction compares what was expected with what was "
        "received.",
    )
    profile = Profile.FULL
    rows = RowsPer("criteria.satisfaction")
    row_label = Text(de="Kriterium", en="Criterion")

    importance: Annotated[
        Score | None,
        Item(
            label=Text(de="Wichtigkeit", en="Importance"),
            help=Text(
                de="Wie wichtig ist das Kriterium dem Kunden? 1 = kaum, 5 = sehr.",
                en="How important is the criterion to the customer? 1 = hardly, 5 = very.",
            ),
        ),
    ] = None
    expectation: Annotated[
        Score | None,
        Item(
            label=Text(de="Erwartung", en="Expectation"),
            help=Text(
                de="Welches Niveau erwartet der Kunde? 1 = niedrig, 5 = sehr hoch.",
                en="Which level does the customer expect? 1 = low, 5 = very high.",
            ),
        ),
    ] = None
    performance: Annotated[
        Score | None,
        Item(
            label=Text(de="Erlebte Leistung", en="Perceived performance"),
            help=Text(
                de="Welches Niveau erlebt der Kunde bei uns? 1 = schlecht, 5 = sehr gut.",
                en="Which level does the customer experience with us? 1 = poor, 5 = very good.",
            ),
        ),
    ] = None

    gap = Computed(
        label=Text(de="Abweichung", en="Gap"),
        kind=Kind.NUMBER,
        value=_gap,
        formula=_gap_formula,
        help=Text(
            de="Erlebte Leistung − Erwartung; negativ heißt: Der Kunde bekommt weniger, als er erwartet.",
            en="Perceived performance − expectation; negative means the customer gets less than expected.",
        ),
        after="performance",
    )


# No entry of these columns may be off its scale, or there is no index.
_CHECKED = (
    "cooperation.satisfaction[].importance",
    "cooperation.satisfaction[].performance",
)


def _index(sheet: Cooperation, given: Given) -> float | None:
    """The mean performance by importance."""
    if given.is_off_scale(*_CHECKED):
        return None
    # A plan ends with its last row that has an entry; the criteria after it are unanswered, not gone.
    rows, criteria = sheet.satisfaction, given.settings.criteria.satisfaction
    unanswered = [None] * (len(criteria) - len(rows))
    return score_of(
        satisfaction_index,
        [*(row.performance for row in rows), *unanswered],
        weights_or_equal([*(row.importance for row in rows), *unanswered]),
        minimum_coverage=given.once(limits_of).minimum_coverage,
    )


def _index_formula(terms: Terms) -> str:
    """The formula of `_index`."""
    table = "cooperation.satisfaction"
    weights, answers = map(terms.column, _CHECKED)
    low, high = limits(terms.field(f"{table}[].performance"))
    answered = f'SUMIFS({weights},{answers},">={number(low)}")'
    mean = f"SUMPRODUCT({weights},{answers})/({answered})"
    value = f"100*({mean}-{number(low)})/{number(high - low)}"
    weighted = enough(terms, answered, f"SUM({weights})", value)
    count = terms.numbers(answers)
    value = f"100*(SUM({answers})/{count}-{number(low)})/{number(high - low)}"
    equal = enough(terms, count, number(terms.section(table).count), value)
    return score_by_weight(terms, weights, weighted, equal, _CHECKED)


class Cooperation(Sheet):
    """Findings about the cooperation and the customer's satisfaction."""

    number = 7
    title = Text(de="Zusammenarbeit", en="Cooperation")
    guidance = Text(
        de="Beurteilen Sie, wie gut wir zusammenarbeiten, und ziehen Sie Schlüsse daraus.",
        en="Judge how well we work together and draw conclusions.",
    )

    findings: list[Observation] = []
    satisfaction: list[Satisfaction] = []

    satisfaction_index = Computed(
        label=Text(de="Kundenzufriedenheitsindex", en="Customer satisfaction index"),
        kind=Kind.NUMBER,
        value=_index,
        formula=_index_formula,
        help=Text(
            de="Nach Wichtigkeit gewichtetes Mittel der erlebten Leistung, 0 bis 100; leer, solange zu viele "
            "Antworten fehlen.",
            en="Importance-weighted mean of the perceived performance, 0 to 100; empty while too many answers "
            "are missing.",
        ),
        profile=Profile.FULL,
    )
