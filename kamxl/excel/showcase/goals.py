"""Cards: opportunities, competition, goals."""

from __future__ import annotations

from kamxl.document.formulas import scores
from kamxl.document.formulas.terms import EMPTY, literal, number
from kamxl.excel.showcase.card import (
    Card,
    Family,
    Grid,
    Result,
    Series,
    Shape,
    Single,
)
from kamxl.excel.showcase.native import (
    HIGH,
    LOW,
    all_numbers,
    covered,
    end,
    exact,
    known,
    no_negative,
    numbers_only,
    on_scales,
    one_of,
    passing,
    safe,
    share_known,
)
from kamxl.excel.showcase.quality import COMPLETENESS, QUALITY
from kamxl.excel.showcase.scores import WEIGHT, scale_ends
from kamxl.scoring import BANDS, LIMITS, SIGN_SATISFACTION
from kamxl.texts import Text

_REQUIREMENT = Text("Anforderung", "Requirement")
_NEED, _SATISFACTION, _MET = "{row[importance]}", "{row[satisfaction]}", "{row[met]}"
_CHANCE = scores.opportunity(_NEED, _MET)


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
    return safe(all_numbers((_NEED, _MET), on_scales((_MET, _NEED), "0", "10", value)))


def _band(language: str) -> str:
    place = f"1+{scores.level(f'({_CHANCE})', LIMITS.opportunity_bands)}"
    return _opportunity(one_of(place, tuple(BANDS.values()), language))


_OPPORTUNITY = Card(
    ("KAM_OPPORTUNITY",),
    Text("Chance nach Ulwick", "Opportunity after Ulwick"),
    Text(
        "Wichtigkeit + max(Wichtigkeit − Zufriedenheit, 0); solide ab 10, hoch ab 12, außergewöhnlich ab 15",
        "Importance + max(importance − satisfaction, 0); solid from 10, high from 12, extreme from 15",
    ),
    Text(
        "Beide Angaben 0 bis 10; Ergebnis 0 bis 20",
        "Both figures 0 to 10; result 0 to 20",
    ),
    Text(
        "Fehlt eine Angabe, gibt es keinen Wert. Statt einer Zahl geht auch +, 0 oder − als Text: 8, 5, 2.",
        "Without one of the figures there is no value. Instead of a number +, 0 or − as text will do: 8, 5, 2.",
    ),
    Text("Ulwick 2005, What Customers Want", "Ulwick 2005, What Customers Want"),
    Grid(
        _REQUIREMENT,
        (
            Text("wichtig, schlecht erfüllt", "important, badly met"),
            Text("wichtig, gut erfüllt", "important, well met"),
            Text("unwichtig", "unimportant"),
        ),
        (
            Series(
                "importance",
                Text("Wichtigkeit", "Importance"),
                Shape.NUMBER,
                (9, 9, 4),
            ),
            Series(
                "satisfaction",
                Text("Zufriedenh.", "Satisfaction"),
                Shape.NUMBER,
                (3, 9, 9),
            ),
            Series(
                "met",
                Text("als Zahl", "As number"),
                Shape.NUMBER,
                formula=_sign_as_number(),
            ),
        ),
    ),
    (
        Result(
            Text("Chance", "Opportunity"),
            _opportunity(_CHANCE),
            f"KAM_OPPORTUNITY({_NEED},{_SATISFACTION})",
            Shape.NUMBER,
            per_row=True,
        ),
        Result(
            Text("Stufe", "Band"),
            _band,
            lambda language: (
                f'KAM_OPPORTUNITY({_NEED},{_SATISFACTION},{{part}},"{language}")'
            ),
            Shape.TEXT,
            Text("Stufe", "band"),
            per_row=True,
        ),
    ),
)

_OWN, _RIVAL, _CAPABILITY_WEIGHT = "{row[own]}", "{row[rival]}", "{row[weight]}"


def _gap() -> str:
    gap = f"{_CAPABILITY_WEIGHT}*({_OWN}-{_RIVAL})"
    value = on_scales((_OWN, _RIVAL), LOW, HIGH, gap)
    sound = f'IF(AND({_CAPABILITY_WEIGHT}>=0,{HIGH}>{LOW}),{value},"")'
    return safe(all_numbers((_CAPABILITY_WEIGHT, _OWN, _RIVAL), sound))


_GAP = Card(
    ("KAM_GAP",),
    Text("Abstand zum besten Wettbewerber", "Gap to the best rival"),
    Text(
        "Gewicht · (eigene Bewertung − bester Wettbewerber)",
        "weight · (own rating − best rival)",
    ),
    Text(
        "Bewertungen auf der Skala (1 bis 5), Gewicht nicht negativ; Ergebnis negativ: Der Wettbewerber ist besser",
        "Ratings on the scale (1 to 5), weight not negative; negative result: the rival is better",
    ),
    Text(
        "Fehlt eine Angabe, gibt es keinen Wert. Eine negative Lücke ohne Gegenmaßnahme wird im Plan zum Befund.",
        "Without one of the figures there is no value. A negative gap without a counter-measure is a finding.",
    ),
    Text("Abweichungsanalyse", "Gap analysis"),
    Grid(
        Text("Fähigkeit", "Capability"),
        (
            Text("Lieferzeit", "Delivery time"),
            Text("Beratung", "Advice"),
            Text("Preis", "Price"),
        ),
        (
            Series("weight", WEIGHT, Shape.NUMBER, (0.5, 0.3, 0.2)),
            Series("own", Text("wir", "We"), Shape.NUMBER, (3, 5, 2)),
            Series("rival", Text("Wettbew.", "Rival"), Shape.NUMBER, (5, 4, None)),
        ),
    ),
    (
        Result(
            Text("Abstand", "Gap"),
            _gap(),
            f"KAM_GAP({_CAPABILITY_WEIGHT},{_OWN},{_RIVAL},{{low}},{{high}})",
            Shape.SCORE,
            per_row=True,
        ),
    ),
    scale_ends(),
)


def _axis(plus: str, minus: str) -> str:
    value = f"{scores.mean(f'{{{plus}}}')}-{scores.mean(f'{{{minus}}}')}"
    return safe(on_scales(_QUADRANTS.split(","), "0", "5", value))


_QUADRANTS = "{strengths},{weaknesses},{opportunities},{threats}"

_SWOT = Card(
    ("KAM_SWOT",),
    Text("SWOT-Bilanz", "SWOT balance"),
    Text(
        "intern: mittlere Stärke − mittlere Schwäche; extern: mittlere Chance − mittleres Risiko",
        "internal: mean strength − mean weakness; external: mean opportunity − mean threat",
    ),
    Text(
        "Bewertungen 0 bis 5; Ergebnis je Achse −5 bis 5",
        "Ratings 0 to 5; result per axis −5 to 5",
    ),
    Text(
        "Ein leerer Quadrant nimmt seiner Achse den Wert, die andere bleibt.",
        "An empty quadrant leaves its axis without a value, the other one stays.",
    ),
    Text("SWOT-Analyse mit Bewertungen", "SWOT analysis with ratings"),
    Grid(
        Text("P", "P"),
        (
            Text("Produkt", "Product"),
            Text("Preis", "Price"),
            Text("Promotion", "Promotion"),
            Text("Platzierung", "Place"),
            Text("Person", "Person"),
            Text("Performance", "Performance"),
        ),
        (
            Series(
                "strengths",
                Text("Stärke", "Strength"),
                Shape.NUMBER,
                (4, 3, None, 2, 5, 4),
            ),
            Series(
                "weaknesses",
                Text("Schwäche", "Weakness"),
                Shape.NUMBER,
                (2, 2, 4, None, 1, None),
            ),
            Series(
                "opportunities",
                Text("Chance", "Opportunity"),
                Shape.NUMBER,
                (5, None, 3, 4, None, 4),
            ),
            Series(
                "threats",
                Text("Risiko", "Threat"),
                Shape.NUMBER,
                (1, 4, None, 3, None, None),
            ),
        ),
    ),
    (
        Result(
            Text("intern", "Internal"),
            _axis("strengths", "weaknesses"),
            f"KAM_SWOT({_QUADRANTS},{{part}})",
            Shape.SCORE,
            Text("intern", "internal"),
        ),
        Result(
            Text("extern", "External"),
            _axis("opportunities", "threats"),
            f"KAM_SWOT({_QUADRANTS},{{part}})",
            Shape.SCORE,
            Text("extern", "external"),
        ),
    ),
)

_ACTUAL, _TARGET, _BASE = "{row[actual]}", "{row[target]}", "{row[baseline]}"
# Without an actual value, too, a target that equals its baseline divides by zero.
_ATTAINED = exact(
    all_numbers(
        (_TARGET, _BASE),
        f"IF({_TARGET}={_BASE},1/({_TARGET}-{_BASE}),"
        f"{all_numbers((_ACTUAL,), scores.attainment(_ACTUAL, _TARGET, _BASE))})",
    )
)
_MEASURED = f"SUMPRODUCT({known('{actual}', '{target}', '{baseline}')},{{weights}})"
_EQUAL = f"SUMPRODUCT({known('{target}', '{baseline}')}*({{target}}={{baseline}}))"
# To Excel an empty text is larger than any number, so comparing with the cap leaves unknown goals out.
_CAP = end("{cap}", LIMITS.attainment_cap)
_CAPPED = scores.capped("{attained}", _CAP, _MEASURED, "{weights}")
_GOALS = ("{actual}", "{target}", "{baseline}", "{weights}", "{cap}")


def _scorecard(value: str) -> str:
    """The value; wrong entries are told before a division by zero."""
    weighed = "OR(SUM({weights})>0,COUNT({weights})=0)"
    divided = f'IF({_EQUAL}>0,1/0,IFERROR({value},""))'
    sound = f'IF(AND({_CAP}>0,{weighed}),{divided},"")'
    return passing(_GOALS, numbers_only(_GOALS, no_negative(["{weights}"], sound)))


_ATTAINMENT = Card(
    ("KAM_ATTAINMENT", "KAM_SCORECARD"),
    Text("Zielerreichung und Scorecard", "Goal attainment and scorecard"),
    Text(
        "Zielerreichung: (Ist − Ausgangswert) / (Ziel − Ausgangswert), auch wo weniger besser ist. Scorecard: "
        "gewichtetes Mittel, jedes Ziel zählt 0 bis höchstens zur Obergrenze.",
        "Attainment: (actual − baseline) / (target − baseline), also where less is better. Scorecard: weighted mean, "
        "each goal counts from 0 up to the cap.",
    ),
    Text(
        "Ist, Ziel und Ausgangswert in der Einheit des Ziels; Ergebnis als Anteil (1,1 = 110 %)",
        "Actual, target and baseline in the goal's own unit; result as a share (1.1 = 110 %)",
    ),
    Text(
        "Noch nicht gemessene Ziele fallen heraus, unter 70 % Abdeckung kein Wert. Ziel = Ausgangswert: #DIV/0!",
        "Goals not measured yet drop out, no value below 70 % coverage. Target = baseline: #DIV/0!",
    ),
    Text("Kaplan/Norton, Balanced Scorecard", "Kaplan/Norton, balanced scorecard"),
    Grid(
        Text("Ziel", "Goal"),
        (
            Text("Umsatz (Tsd. €)", "Revenue (k€)"),
            Text("Lieferanteil (%)", "Share of wallet (%)"),
            Text("Reklamationen", "Complaints"),
        ),
        (
            Series("actual", Text("Ist", "Actual"), Shape.NUMBER, (110, 60, 20)),
            Series("target", Text("Ziel", "Target"), Shape.NUMBER, (100, 100, 15)),
            Series("baseline", Text("Ausgang", "Baseline"), Shape.NUMBER, (0, 40, 30)),
            Series("weights", WEIGHT, Shape.SHARE, (0.5, 0.3, 0.2)),
            Series(
                "attained",
                Text("Erreichung", "Attained"),
                Shape.SHARE,
                formula=_ATTAINED,
            ),
        ),
    ),
    (
        Result(
            Text("Zielerreichung", "Attainment"),
            "{row[attained]}",
            f"KAM_ATTAINMENT({_ACTUAL},{_TARGET},{_BASE})",
            Shape.SHARE,
            per_row=True,
        ),
        Result(
            Text("Scorecard", "Scorecard"),
            _scorecard(
                covered(_MEASURED, "SUM({weights})", f"({_CAPPED})/{_MEASURED}")
            ),
            "KAM_SCORECARD({actual},{target},{baseline},{weights},{cap})",
            Shape.SHARE,
        ),
        Result(
            Text("Abdeckung", "Coverage"),
            _scorecard(share_known(_MEASURED, "SUM({weights})", "{weights}")),
            "KAM_SCORECARD({actual},{target},{baseline},{weights},{cap},,{part})",
            Shape.SHARE,
            Text("Abdeckung", "coverage"),
        ),
    ),
    (
        Single(
            "cap",
            Text("Obergrenze je Ziel", "Cap per goal"),
            Shape.SHARE,
            LIMITS.attainment_cap,
        ),
    ),
)

GOALS = Family(
    Text("Wettbewerb und Ziele", "Competition and goals"),
    Text(
        "Wo sich Einsatz lohnt, wo andere besser sind, und was von den Zielen erreicht ist.",
        "Where effort pays, where others are better, and what of the goals is reached.",
    ),
    (_OPPORTUNITY, _GAP, _SWOT, _ATTAINMENT, COMPLETENESS, QUALITY),
)
