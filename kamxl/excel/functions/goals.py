# ruff: noqa: N802 - an Excel function is named as Excel shows it
"""Excel functions: opportunities, competition, goals, completeness."""

from __future__ import annotations

from kamxl.excel.functions.arguments import (
    HIGH,
    LANGUAGE,
    LOW,
    MINIMUM,
    SCORE_PART,
    SCORE_PARTS,
    WEIGHTS,
    language_of,
    minimum_of,
    scale_of,
)
from kamxl.excel.functions.cells import (
    Cells,
    chosen,
    flat,
    given,
    part_of,
    rowwise,
    single,
)
from kamxl.excel.functions.function import excel_function
from kamxl.scoring import (
    BANDS,
    LIMITS,
    competitive_gap,
    goal_attainment,
    opportunity_score,
    plan_completeness,
    plan_quality,
    scorecard,
    swot_balance,
)
from kamxl.texts import Text

_WEIGHTS = ", ".join(f"{100 * weight:.0f}" for weight in LIMITS.quality_weights)


@excel_function(
    Text(
        "Chance 0 bis 20 nach Ulwick: Wichtigkeit + Lücke",
        "Opportunity 0 to 20 after Ulwick: importance + gap",
    ),
    importance=Text("Wichtigkeit 0 bis 10", "Importance 0 to 10"),
    satisfaction=Text(
        "Zufriedenheit 0 bis 10; Text +, 0, - zählt 8, 5, 2; in Zellen ist 0 eine Zahl",
        "Satisfaction 0 to 10; text +, 0, - counts 8, 5, 2; a 0 in a cell is a number",
    ),
    part=Text("Wert (ohne Angabe) oder Stufe", "value (if left out) or band"),
    language=LANGUAGE,
)
def KAM_OPPORTUNITY(
    importance: Cells, satisfaction: Cells, part: Cells = None, language: Cells = None
) -> object:
    """`opportunity_score`, row by row."""
    wanted = chosen(
        part,
        "part",
        {"value": Text("Wert", "value"), "band": Text("Stufe", "band")},
    )
    spoken = language_of(language)

    def score(need: float | None, met: float | str | None) -> object:
        result = opportunity_score(need, met)
        if result is None:
            return None
        return result.value if wanted == "value" else BANDS[result.band][spoken]

    return rowwise(score, importance, satisfaction)


@excel_function(
    Text(
        "Gewichteter Abstand zum besten Wettbewerber, negativ: er ist besser",
        "Weighted gap to the best rival, negative: the rival is better",
    ),
    weight=Text("Gewicht der Fähigkeit", "Weight of the capability"),
    own=Text("Eigene Bewertung", "Our rating"),
    rival=Text("Bewertung des besten Wettbewerbers", "Rating of the best rival"),
    low=LOW,
    high=HIGH,
)
def KAM_GAP(
    weight: Cells, own: Cells, rival: Cells, low: Cells = None, high: Cells = None
) -> object:
    """`competitive_gap`, row by row."""
    scale = scale_of(low, high)
    return rowwise(
        lambda w, ours, theirs: competitive_gap(w, ours, theirs, *scale),
        weight,
        own,
        rival,
    )


@excel_function(
    Text(
        "SWOT-Bilanz: intern Stärken - Schwächen, extern Chancen - Risiken",
        "SWOT balance: internal strengths - weaknesses, external opportunities - threats",
    ),
    strengths=Text("Bewertungen der Stärken 0 bis 5", "Ratings of strengths 0 to 5"),
    weaknesses=Text("Bewertungen der Schwächen", "Ratings of weaknesses"),
    opportunities=Text("Bewertungen der Chancen", "Ratings of opportunities"),
    threats=Text("Bewertungen der Risiken", "Ratings of threats"),
    part=Text("intern (ohne Angabe) oder extern", "internal (if left out) or external"),
    low=Text(
        "Unteres Ende der Skala, ohne Angabe 0", "Lower end of the scale, 0 if left out"
    ),
    high=HIGH,
)
def KAM_SWOT(
    strengths: Cells,
    weaknesses: Cells,
    opportunities: Cells,
    threats: Cells,
    part: Cells = None,
    low: Cells = None,
    high: Cells = None,
) -> object:
    """`swot_balance`."""
    names = {
        "internal": Text("intern", "internal"),
        "external": Text("extern", "external"),
    }
    result = swot_balance(
        flat(strengths),
        flat(weaknesses),
        flat(opportunities),
        flat(threats),
        single(low, "low", 0.0),
        single(high, "high", 5.0),
    )
    return part_of(result, part, names)


@excel_function(
    Text(
        "Zielerreichung als Anteil (1,1 = 110 %)",
        "Goal attainment as a share (1.1 = 110 %)",
    ),
    actual=Text("Ist", "Actual"),
    target=Text("Ziel", "Target"),
    baseline=Text("Ausgangswert, ohne Angabe 0", "Baseline, 0 if left out"),
)
def KAM_ATTAINMENT(actual: Cells, target: Cells, baseline: Cells = None) -> object:
    """`goal_attainment`, row by row."""
    return rowwise(
        goal_attainment, actual, target, 0.0 if baseline is None else baseline
    )


@excel_function(
    Text(
        "Scorecard: gewichtete Zielerreichung als Anteil, je Ziel 0 bis 120 %",
        "Scorecard: weighted attainment as a share, each goal 0 to 120 %",
    ),
    actual=Text("Ist je Ziel", "Actual per goal"),
    target=Text("Zielwert je Ziel", "Target per goal"),
    baseline=Text(
        "Ausgangswert je Ziel; leer: alle 0", "Baseline per goal; left out: all 0"
    ),
    weights=WEIGHTS,
    cap=Text(
        "Höchste Zielerreichung je Ziel, ohne Angabe 1,2",
        "Most that one goal brings in, 1.2 if left out",
    ),
    minimum=MINIMUM,
    part=SCORE_PART,
)
def KAM_SCORECARD(
    actual: Cells,
    target: Cells,
    baseline: Cells = None,
    weights: Cells = None,
    cap: Cells = None,
    minimum: Cells = None,
    part: Cells = None,
) -> object:
    """`scorecard`."""
    result = scorecard(
        flat(actual),
        flat(target),
        given(baseline),
        given(weights),
        single(cap, "cap", LIMITS.attainment_cap),
        minimum_coverage=minimum_of(minimum),
    )
    return part_of(result, part, SCORE_PARTS)


@excel_function(
    Text(
        "Vollständigkeit: ausgefüllte / verlangte Felder (0 bis 1)",
        "Completeness: filled / required fields (0 to 1)",
    ),
    filled=Text(
        "Ausgefüllte Pflichtfelder je Blatt", "Required fields filled, per sheet"
    ),
    required=Text(
        "Pflichtfelder je Blatt, gleich viele Zellen",
        "Required fields per sheet, as many cells",
    ),
)
def KAM_COMPLETENESS(filled: Cells, required: Cells) -> object:
    """`plan_completeness`."""
    return plan_completeness(flat(filled), flat(required))


@excel_function(
    Text(
        "Güte eines Plans 0 bis 100: gewichtetes Mittel seiner Teile",
        "Quality of a plan 0 to 100: weighted mean of its parts",
    ),
    parts=Text(
        "Pflichtangaben, Substanz, Aktualität, Beziehung, Kette vom Ziel zur Maßnahme, je 0 bis 100",
        "Required entries, substance, freshness, relationship, chain from goal to measure, 0 to 100 each",
    ),
    weights=Text(
        f"Gewichte der Teile; leer: {_WEIGHTS} %",
        f"Weights of the parts; left out: {_WEIGHTS} %",
    ),
    minimum=MINIMUM,
    part=SCORE_PART,
)
def KAM_QUALITY(
    parts: Cells, weights: Cells = None, minimum: Cells = None, part: Cells = None
) -> object:
    """`plan_quality`."""
    result = plan_quality(
        flat(parts),
        LIMITS.quality_weights if weights is None else flat(weights),
        minimum_coverage=minimum_of(minimum),
    )
    return part_of(result, part, SCORE_PARTS)
