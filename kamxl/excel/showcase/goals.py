"""Cards: opportunities, competition, goals, completeness."""

from __future__ import annotations

from kamxl.excel.showcase.card import (
    Card,
    Column,
    Family,
    Parameter,
    Result,
    Shape,
    Table,
)
from kamxl.excel.showcase.native import (
    all_numbers,
    covered,
    end,
    exact,
    known,
    level,
    no_negative,
    numbers_only,
    on_scale,
    one_of,
    passing,
    safe,
    share_known,
)
from kamxl.excel.showcase.scores import WEIGHT, scale_ends
from kamxl.scoring import BANDS, LIMITS, SIGN_SATISFACTION, Wording
from kamxl.workbook.formulas.terms import EMPTY, literal, number

__all__ = ["GOALS"]

_REQUIREMENT = Wording("Anforderung", "Requirement")
_NEED, _SATISFACTION, _MET = "{row[importance]}", "{row[satisfaction]}", "{row[met]}"
_CHANCE = f"{_NEED}+MAX({_NEED}-{_MET},0)"


def _sign_as_number() -> str:
    """The satisfaction as a number; no value for a text that is no sign."""
    formula = EMPTY
    for sign, meant in {
        **SIGN_SATISFACTION,
        "−": SIGN_SATISFACTION["-"],
        "–": SIGN_SATISFACTION["-"],
    }.items():
        formula = f"IF(TRIM({_SATISFACTION})={literal(sign)},{number(meant)},{formula})"
    return safe(
        f"IF(ISNUMBER({_SATISFACTION}),{_SATISFACTION},{formula})", [_SATISFACTION]
    )


def _opportunity(value: str) -> str:
    return safe(
        all_numbers(
            (_NEED, _MET), on_scale(_NEED, "0", "10", on_scale(_MET, "0", "10", value))
        )
    )


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
    Wording(
        "Beide Angaben 0 bis 10; Ergebnis 0 bis 20",
        "Both figures 0 to 10; result 0 to 20",
    ),
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
            Column(
                "importance",
                Wording("Wichtigkeit", "Importance"),
                Shape.NUMBER,
                (9, 9, 4),
            ),
            Column(
                "satisfaction",
                Wording("Zufriedenh.", "Satisfaction"),
                Shape.NUMBER,
                (3, 9, 9),
            ),
            Column(
                "met",
                Wording("als Zahl", "As number"),
                Shape.NUMBER,
                formula=_sign_as_number(),
            ),
        ),
    ),
    (
        Result(
            Wording("Chance", "Opportunity"),
            _opportunity(_CHANCE),
            f"KAM_OPPORTUNITY({_NEED},{_SATISFACTION})",
            Shape.NUMBER,
            per_row=True,
        ),
        Result(
            Wording("Stufe", "Band"),
            _band,
            lambda language: (
                f'KAM_OPPORTUNITY({_NEED},{_SATISFACTION},{{part}},"{language}")'
            ),
            Shape.TEXT,
            Wording("Stufe", "band"),
            per_row=True,
        ),
    ),
)

_OWN, _RIVAL, _CAPABILITY_WEIGHT = "{row[own]}", "{row[rival]}", "{row[weight]}"
_LOW, _HIGH = end("{low}", 1), end("{high}", 5)


def _gap() -> str:
    value = f"{_CAPABILITY_WEIGHT}*({_OWN}-{_RIVAL})"
    for rating in (_OWN, _RIVAL):
        value = on_scale(rating, _LOW, _HIGH, value)
    sound = f'IF(AND({_CAPABILITY_WEIGHT}>=0,{_HIGH}>{_LOW}),{value},"")'
    return safe(all_numbers((_CAPABILITY_WEIGHT, _OWN, _RIVAL), sound))


_GAP = Card(
    ("KAM_GAP",),
    Wording("Abstand zum besten Wettbewerber", "Gap to the best rival"),
    Wording(
        "Gewicht · (eigene Bewertung − bester Wettbewerber)",
        "weight · (own rating − best rival)",
    ),
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
        (
            Wording("Lieferzeit", "Delivery time"),
            Wording("Beratung", "Advice"),
            Wording("Preis", "Price"),
        ),
        (
            Column("weight", WEIGHT, Shape.NUMBER, (0.5, 0.3, 0.2)),
            Column("own", Wording("wir", "We"), Shape.NUMBER, (3, 5, 2)),
            Column("rival", Wording("Wettbew.", "Rival"), Shape.NUMBER, (5, 4, None)),
        ),
    ),
    (
        Result(
            Wording("Abstand", "Gap"),
            _gap(),
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
    for column in ("strengths", "weaknesses", "opportunities", "threats"):
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
    Wording(
        "Bewertungen 0 bis 5; Ergebnis je Achse −5 bis 5",
        "Ratings 0 to 5; result per axis −5 to 5",
    ),
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
            Column(
                "strengths",
                Wording("Stärke", "Strength"),
                Shape.NUMBER,
                (4, 3, None, 2, 5, 4),
            ),
            Column(
                "weaknesses",
                Wording("Schwäche", "Weakness"),
                Shape.NUMBER,
                (2, 2, 4, None, 1, None),
            ),
            Column(
                "opportunities",
                Wording("Chance", "Opportunity"),
                Shape.NUMBER,
                (5, None, 3, 4, None, 4),
            ),
            Column(
                "threats",
                Wording("Risiko", "Threat"),
                Shape.NUMBER,
                (1, 4, None, 3, None, None),
            ),
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
# Without an actual value, too, a target that equals its baseline divides by zero.
_ATTAINED = exact(
    all_numbers(
        (_TARGET, _BASE),
        f"IF({_TARGET}={_BASE},1/({_TARGET}-{_BASE}),"
        f"{all_numbers((_ACTUAL,), f'({_ACTUAL}-{_BASE})/({_TARGET}-{_BASE})')})",
    )
)
_MEASURED = f"SUMPRODUCT({known('{actual}', '{target}', '{baseline}')},{{weights}})"
_EQUAL = f"SUMPRODUCT({known('{target}', '{baseline}')}*({{target}}={{baseline}}))"
# To Excel an empty text is larger than any number, so comparing with the cap leaves unknown goals out.
_CAP = end("{cap}", LIMITS.attainment_cap)
_CAPPED = (
    f"SUMPRODUCT(({{attained}}>=0)*({{attained}}<={_CAP}),{{weights}},{{attained}})"
    f"+{_CAP}*({_MEASURED}-SUMPRODUCT(({{attained}}<={_CAP})*1,{{weights}}))"
)
_GOALS = ("{actual}", "{target}", "{baseline}", "{weights}", "{cap}")


def _scorecard(value: str) -> str:
    """The value; wrong entries are told before a division by zero."""
    weighed = "OR(SUM({weights})>0,COUNT({weights})=0)"
    divided = f'IF({_EQUAL}>0,1/0,IFERROR({value},""))'
    sound = f'IF(AND({_CAP}>0,{weighed}),{divided},"")'
    return passing(_GOALS, numbers_only(_GOALS, no_negative(["{weights}"], sound)))


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
            Column(
                "baseline", Wording("Ausgang", "Baseline"), Shape.NUMBER, (0, 40, 30)
            ),
            Column("weights", WEIGHT, Shape.SHARE, (0.5, 0.3, 0.2)),
            Column(
                "attained",
                Wording("Erreichung", "Attained"),
                Shape.SHARE,
                formula=_ATTAINED,
            ),
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
            _scorecard(
                covered(_MEASURED, "SUM({weights})", f"({_CAPPED})/{_MEASURED}")
            ),
            "KAM_SCORECARD({actual},{target},{baseline},{weights},{cap})",
            Shape.SHARE,
        ),
        Result(
            Wording("Abdeckung", "Coverage"),
            _scorecard(share_known(_MEASURED, "SUM({weights})", "{weights}")),
            "KAM_SCORECARD({actual},{target},{baseline},{weights},{cap},,{part})",
            Shape.SHARE,
            Wording("Abdeckung", "coverage"),
        ),
    ),
    (
        Parameter(
            "cap",
            Wording("Obergrenze je Ziel", "Cap per goal"),
            Shape.SHARE,
            LIMITS.attainment_cap,
        ),
    ),
)

_OVER = f"SUMPRODUCT({known('{filled}', '{required}')}*({{filled}}>{{required}}))"
_FILLED, _REQUIRED = (
    f"SUMPRODUCT({known('{required}')},{{filled}})",
    f"SUMPRODUCT({known('{filled}')},{{required}})",
)

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
            safe(no_negative(["{filled}", "{required}"], f'IF({_OVER}=0,{_FILLED}/{_REQUIRED},"")')),
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
