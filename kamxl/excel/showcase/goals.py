"""Cards: opportunities, competition, goals, completeness."""

from __future__ import annotations

from kamxl.excel.showcase.card import Card, Column, Family, Parameter, Result, Shape, Table
from kamxl.excel.showcase.native import all_numbers, covered, end, level, on_scale, one_of, safe, share_known
from kamxl.excel.showcase.scores import WEIGHT, scale_ends
from kamxl.scoring import BANDS, LIMITS, Wording

__all__ = ["GOALS"]

_REQUIREMENT = Wording("Anforderung", "Requirement")
_NEED, _MET = "{row[importance]}", "{row[satisfaction]}"
_CHANCE = f"{_NEED}+MAX({_NEED}-{_MET},0)"


def _opportunity(value: str) -> str:
    return all_numbers((_NEED, _MET), on_scale(_NEED, "0", "10", on_scale(_MET, "0", "10", value)))


def _band(language: str) -> str:
    place = f"1+{level(f'({_CHANCE})', LIMITS.opportunity_bands)}"
    return _opportunity(one_of(place, tuple(BANDS.values()), language))


_OPPORTUNITY = Card(
    ("KAM_OPPORTUNITY",),
    Wording("Chance nach Ulwick", "Opportunity after Ulwick"),
    Wording(
        "Wichtigkeit + max(Wichtigkeit − Zufriedenheit, 0); solide ab 10, hoch ab 12, außergewöhnlich ab 15",
        "Importance + max(importance − satisfaction, 0); solid from 10, high from 12, extreme from 15",
    ),
    Wording("Beide Angaben 0 bis 10; Ergebnis 0 bis 20", "Both figures 0 to 10; result 0 to 20"),
    Wording(
        "Fehlt eine Angabe, gibt es keinen Wert. Statt einer Zahl geht auch +, 0 oder − als Text: 8, 5, 2.",
        "Without one of the figures there is no value. Instead of a number +, 0 or − as text will do: 8, 5, 2.",
    ),
    Wording("Ulwick 2005, What Customers Want", "Ulwick 2005, What Customers Want"),
    Table(
        _REQUIREMENT,
        (
            Wording("wichtig, schlecht erfüllt", "important, badly met"),
            Wording("wichtig, gut erfüllt", "important, well met"),
            Wording("unwichtig", "unimportant"),
        ),
        (
            Column("importance", Wording("Wichtigkeit", "Importance"), Shape.NUMBER, (9, 9, 4)),
            Column("satisfaction", Wording("Zufriedenh.", "Satisfaction"), Shape.NUMBER, (3, 9, 9)),
        ),
    ),
    (
        Result(
            Wording("Chance", "Opportunity"),
            _opportunity(_CHANCE),
            f"KAM_OPPORTUNITY({_NEED},{_MET})",
            Shape.NUMBER,
            per_row=True,
        ),
        Result(
            Wording("Stufe", "Band"),
            _band,
            lambda language: f'KAM_OPPORTUNITY({_NEED},{_MET},{{part}},"{language}")',
            Shape.TEXT,
            Wording("Stufe", "band"),
            per_row=True,
        ),
    ),
)

_OWN, _RIVAL, _CAPABILITY_WEIGHT = "{row[own]}", "{row[rival]}", "{row[weight]}"

_GAP = Card(
    ("KAM_GAP",),
    Wording("Abstand zum besten Wettbewerber", "Gap to the best rival"),
    Wording("Gewicht · (eigene Bewertung − bester Wettbewerber)", "weight · (own rating − best rival)"),
    Wording(
        "Bewertungen auf der Skala (1 bis 5), Gewicht nicht negativ; Ergebnis negativ: Der Wettbewerber ist besser",
        "Ratings on the scale (1 to 5), weight not negative; negative result: the rival is better",
    ),
    Wording(
        "Fehlt eine Angabe, gibt es keinen Wert. Eine negative Lücke ohne Gegenmaßnahme wird im Plan zum Befund.",
        "Without one of the figures there is no value. A negative gap without a counter-measure is a finding.",
    ),
    Wording("Abweichungsanalyse", "Gap analysis"),
    Table(
        Wording("Fähigkeit", "Capability"),
        (Wording("Lieferzeit", "Delivery time"), Wording("Beratung", "Advice"), Wording("Preis", "Price")),
        (
            Column("weight", WEIGHT, Shape.NUMBER, (0.5, 0.3, 0.2)),
            Column("own", Wording("wir", "We"), Shape.NUMBER, (3, 5, 2)),
            Column("rival", Wording("Wettbew.", "Rival"), Shape.NUMBER, (5, 4, None)),
        ),
    ),
    (
        Result(
            Wording("Abstand", "Gap"),
            all_numbers(
                (_CAPABILITY_WEIGHT, _OWN, _RIVAL),
                on_scale(
                    _OWN,
                    end("{low}", 1),
                    end("{high}", 5),
                    on_scale(
                        _RIVAL,
                        end("{low}", 1),
                        end("{high}", 5),
                        f'IF({_CAPABILITY_WEIGHT}>=0,{_CAPABILITY_WEIGHT}*({_OWN}-{_RIVAL}),"")',
                    ),
                ),
            ),
            f"KAM_GAP({_CAPABILITY_WEIGHT},{_OWN},{_RIVAL},{{low}},{{high}})",
            Shape.SCORE,
            per_row=True,
        ),
    ),
    scale_ends(),
)


def _mean(column: str) -> str:
    return f"SUM({{{column}}})/COUNT({{{column}}})"


def _axis(plus: str, minus: str) -> str:
    value = f"{_mean(plus)}-{_mean(minus)}"
    for column in (plus, minus):
        value = on_scale(f"{{{column}}}", "0", "5", value)
    return safe(value)


_QUADRANTS = "{strengths},{weaknesses},{opportunities},{threats}"

_SWOT = Card(
    ("KAM_SWOT",),
    Wording("SWOT-Bilanz", "SWOT balance"),
    Wording(
        "intern: mittlere Stärke − mittlere Schwäche; extern: mittlere Chance − mittleres Risiko",
        "internal: mean strength − mean weakness; external: mean opportunity − mean threat",
    ),
    Wording("Bewertungen 0 bis 5; Ergebnis je Achse −5 bis 5", "Ratings 0 to 5; result per axis −5 to 5"),
    Wording(
        "Ein leerer Quadrant nimmt seiner Achse den Wert, die andere bleibt.",
        "An empty quadrant leaves its axis without a value, the other one stays.",
    ),
    Wording("SWOT-Analyse mit Bewertungen", "SWOT analysis with ratings"),
    Table(
        Wording("P", "P"),
        (
            Wording("Produkt", "Product"),
            Wording("Preis", "Price"),
            Wording("Promotion", "Promotion"),
            Wording("Platzierung", "Place"),
            Wording("Person", "Person"),
            Wording("Performance", "Performance"),
        ),
        (
            Column("strengths", Wording("Stärke", "Strength"), Shape.NUMBER, (4, 3, None, 2, 5, 4)),
            Column("weaknesses", Wording("Schwäche", "Weakness"), Shape.NUMBER, (2, 2, 4, None, 1, None)),
            Column("opportunities", Wording("Chance", "Opportunity"), Shape.NUMBER, (5, None, 3, 4, None, 4)),
            Column("threats", Wording("Risiko", "Threat"), Shape.NUMBER, (1, 4, None, 3, None, None)),
        ),
    ),
    (
        Result(
            Wording("intern", "Internal"),
            _axis("strengths", "weaknesses"),
            f"KAM_SWOT({_QUADRANTS},{{part}})",
            Shape.SCORE,
            Wording("intern", "internal"),
        ),
        Result(
            Wording("extern", "External"),
            _axis("opportunities", "threats"),
            f"KAM_SWOT({_QUADRANTS},{{part}})",
            Shape.SCORE,
            Wording("extern", "external"),
        ),
    ),
)

_ACTUAL, _TARGET, _BASE = "{row[actual]}", "{row[target]}", "{row[baseline]}"
_ATTAINED = all_numbers((_ACTUAL, _TARGET, _BASE), f"({_ACTUAL}-{_BASE})/({_TARGET}-{_BASE})")
_MEASURED = 'SUMPRODUCT(({actual}<>"")*({target}<>"")*({baseline}<>"")*{weights})'
_EQUAL = 'SUMPRODUCT(({target}<>"")*({baseline}<>"")*({target}={baseline}))'
# To Excel an empty text is larger than any number, so comparing with the cap leaves unknown goals out.
_CAP = end("{cap}", LIMITS.attainment_cap)
_CAPPED = (
    f"SUMPRODUCT(({{attained}}>=0)*({{attained}}<={_CAP}),{{weights}},{{attained}})"
    f"+{_CAP}*({_MEASURED}-SUMPRODUCT(({{attained}}<={_CAP})*1,{{weights}}))"
)

_ATTAINMENT = Card(
    ("KAM_ATTAINMENT", "KAM_SCORECARD"),
    Wording("Zielerreichung und Scorecard", "Goal attainment and scorecard"),
    Wording(
        "Zielerreichung: (Ist − Ausgangswert) / (Ziel − Ausgangswert), auch wo weniger besser ist. Scorecard: "
        "gewichtetes Mittel, jedes Ziel zählt 0 bis höchstens zur Obergrenze.",
        "Attainment: (actual − baseline) / (target − baseline), also where less is better. Scorecard: weighted mean, "
        "each goal counts from 0 up to the cap.",
    ),
    Wording(
        "Ist, Ziel und Ausgangswert in der Einheit des Ziels; Ergebnis als Anteil (1,1 = 110 %)",
        "Actual, target and baseline in the goal's own unit; result as a share (1.1 = 110 %)",
    ),
    Wording(
        "Noch nicht gemessene Ziele fallen heraus, unter 70 % Abdeckung kein Wert. Ziel = Ausgangswert: #DIV/0!",
        "Goals not measured yet drop out, no value below 70 % coverage. Target = baseline: #DIV/0!",
    ),
    Wording("Kaplan/Norton, Balanced Scorecard", "Kaplan/Norton, balanced scorecard"),
    Table(
        Wording("Ziel", "Goal"),
        (
            Wording("Umsatz (Tsd. €)", "Revenue (k€)"),
            Wording("Lieferanteil (%)", "Share of wallet (%)"),
            Wording("Reklamationen", "Complaints"),
        ),
        (
            Column("actual", Wording("Ist", "Actual"), Shape.NUMBER, (110, 60, 20)),
            Column("target", Wording("Ziel", "Target"), Shape.NUMBER, (100, 100, 15)),
            Column("baseline", Wording("Ausgang", "Baseline"), Shape.NUMBER, (0, 40, 30)),
            Column("weights", WEIGHT, Shape.SHARE, (0.5, 0.3, 0.2)),
            Column("attained", Wording("Erreichung", "Attained"), Shape.SHARE, formula=_ATTAINED),
        ),
    ),
    (
        Result(
            Wording("Zielerreichung", "Attainment"),
            "{row[attained]}",
            f"KAM_ATTAINMENT({_ACTUAL},{_TARGET},{_BASE})",
            Shape.SHARE,
            per_row=True,
        ),
        Result(
            Wording("Scorecard", "Scorecard"),
            safe(f'IF({_EQUAL}=0,{covered(_MEASURED, "SUM({weights})", f"({_CAPPED})/{_MEASURED}")},"")'),
            "KAM_SCORECARD({actual},{target},{baseline},{weights},{cap})",
            Shape.SHARE,
        ),
        Result(
            Wording("Abdeckung", "Coverage"),
            safe(f'IF({_EQUAL}=0,{share_known(_MEASURED, "SUM({weights})", "{weights}")},"")'),
            "KAM_SCORECARD({actual},{target},{baseline},{weights},{cap},,{part})",
            Shape.SHARE,
            Wording("Abdeckung", "coverage"),
        ),
    ),
    (Parameter("cap", Wording("Obergrenze je Ziel", "Cap per goal"), Shape.SHARE, LIMITS.attainment_cap),),
)

_COUNTED = '({filled}<>"")*({required}<>"")'

_COMPLETENESS = Card(
    ("KAM_COMPLETENESS",),
    Wording("Vollständigkeit des Plans", "Completeness of the plan"),
    Wording("Σ ausgefüllte / Σ verlangte Pflichtfelder", "Σ filled / Σ required fields"),
    Wording("Anzahlen je Blatt; Ergebnis 0 bis 100 %", "Numbers per sheet; result 0 to 100 %"),
    Wording(
        "Leere Zeilen zählen nicht. Mehr ausgefüllt als verlangt ist ein Fehler.",
        "Blank rows do not count. More filled than required is an error.",
    ),
    Wording("Definition", "Definition"),
    Table(
        Wording("Blatt", "Sheet"),
        tuple(Wording(f"Blatt {i}", f"Sheet {i}") for i in range(1, 4)),
        (
            Column("filled", Wording("ausgefüllt", "Filled"), Shape.COUNT, (3, 0, 7)),
            Column("required", Wording("verlangt", "Required"), Shape.COUNT, (4, 2, 10)),
        ),
    ),
    (
        Result(
            Wording("Vollständigkeit", "Completeness"),
            safe(
                f'IF(SUMPRODUCT({_COUNTED}*({{filled}}>{{required}}))=0,'
                f'SUMPRODUCT({_COUNTED}*{{filled}})/SUMPRODUCT({_COUNTED}*{{required}}),"")'
            ),
            "KAM_COMPLETENESS({filled},{required})",
            Shape.SHARE,
        ),
    ),
)  # fmt: skip

GOALS = Family(
    Wording("Wettbewerb und Ziele", "Competition and goals"),
    Wording(
        "Wo sich Einsatz lohnt, wo andere besser sind, und was von den Zielen erreicht ist.",
        "Where effort pays, where others are better, and what of the goals is reached.",
    ),
    (_OPPORTUNITY, _GAP, _SWOT, _ATTAINMENT, _COMPLETENESS),
)
