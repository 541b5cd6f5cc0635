"""Cards: satisfaction, recommendation, churn, maturity."""

from __future__ import annotations

from kamxl.excel.showcase.card import Card, Family, Grid, Result, Series, Shape
from kamxl.excel.showcase.native import (
    HIGH,
    LOW,
    covered,
    known,
    no_negative,
    on_scales,
    safe,
    weighted,
)
from kamxl.excel.showcase.scores import (
    CRITERION,
    SCORE_LABELS,
    YES,
    scale_ends,
    weighted_results,
)
from kamxl.scoring import LIMITS
from kamxl.texts import Text

_BOTH = f"SUMPRODUCT({known('{perceived}', '{expected}')},{{importance}})"
_GAPS = (
    f"SUMPRODUCT({known('{expected}')},{{perceived}},{{importance}})"
    f"-SUMPRODUCT({known('{perceived}')},{{expected}},{{importance}})"
)


def _gap() -> str:
    gap = covered(_BOTH, "SUM({importance})", f"({_GAPS})/{_BOTH}")
    value = on_scales(("{perceived}", "{expected}"), LOW, HIGH, gap)
    return safe(f'IF({HIGH}>{LOW},{no_negative(["{importance}"], value)},"")')


_SATISFACTION_FORMULAS = weighted("{perceived}", "{importance}")

_SATISFACTION = Card(
    ("KAM_SATISFACTION",),
    Text("Kundenzufriedenheit", "Customer satisfaction"),
    Text(
        "Index: nach Wichtigkeit gewichtetes Mittel der Wahrnehmung, auf 0 bis 100 gebracht. Lücke: gewichtetes Mittel "
        "von erhalten − erwartet in Punkten der Skala.",
        "Index: mean of what was perceived, weighted by importance, brought to 0 to 100. Gap: weighted mean of "
        "perceived − expected in points of the scale.",
    ),
    Text(
        "Alle Angaben auf der Skala (hier 1 bis 5); Index 0 bis 100, Lücke negativ = enttäuscht",
        "All figures on the scale (here 1 to 5); index 0 to 100, negative gap = disappointed",
    ),
    Text(
        "Nicht Beantwortetes fällt heraus, unter 70 % Abdeckung kein Wert.",
        "What was not answered drops out, no value below 70 % coverage.",
    ),
    Text(
        "Confirmation/Disconfirmation-Paradigma (Oliver 1980)",
        "Confirmation/disconfirmation paradigm (Oliver 1980)",
    ),
    Grid(
        CRITERION,
        (
            Text("Lieferzuverlässigkeit", "Delivery reliability"),
            Text("Beratung", "Advice"),
            Text("Produktqualität", "Product quality"),
        ),
        (
            Series(
                "importance",
                Text("Wichtigkeit", "Importance"),
                Shape.NUMBER,
                (5, 4, 2),
            ),
            Series("expected", Text("erwartet", "Expected"), Shape.NUMBER, (5, 3, 4)),
            Series("perceived", Text("erhalten", "Perceived"), Shape.NUMBER, (4, 3, 5)),
        ),
    ),
    (
        *weighted_results(
            "KAM_SATISFACTION",
            "{perceived},{importance},,{low},{high},",
            _SATISFACTION_FORMULAS,
        ),
        Result(
            Text("Lücke", "Gap"),
            _gap(),
            "KAM_SATISFACTION({perceived},{importance},{expected},{low},{high},,{part})",
            Shape.SCORE,
            Text("Lücke", "gap"),
        ),
    ),
    scale_ends(),
)

_ANSWERS = (10, 9, 9, 10, 9, 7, 8, 7, 3, 6)
_ASKED = "COUNT({ratings})"
_WHOLE = "+".join(f"COUNTIFS({{ratings}},{mark})" for mark in range(11))
_PROMOTERS, _DETRACTORS = 'COUNTIFS({ratings},">=9")', 'COUNTIFS({ratings},"<=6")'


def _asked(value: str) -> str:
    return safe(f'IF(AND({_ASKED}>0,{_WHOLE}={_ASKED}),{value},"")')


_NPS = Card(
    ("KAM_NPS",),
    Text("Net Promoter Score", "Net promoter score"),
    Text(
        "100 · (Anteil der Antworten 9 und 10 − Anteil der Antworten 0 bis 6)",
        "100 · (share of the answers 9 and 10 − share of the answers 0 to 6)",
    ),
    Text(
        "Ganze Zahlen 0 bis 10; Ergebnis −100 bis 100",
        "Whole numbers 0 to 10; result −100 to 100",
    ),
    Text(
        f"Leere Zellen zählen nicht. Unter {LIMITS.nps_sample} Antworten nur ein Anhaltspunkt (kleine Stichprobe).",
        f"Blank cells do not count. Below {LIMITS.nps_sample} answers take it as a hint (small sample).",
    ),
    Text(
        "Reichheld 2003, The One Number You Need to Grow",
        "Reichheld 2003, The One Number You Need to Grow",
    ),
    Grid(
        Text("Antwort", "Answer"),
        tuple(Text(f"Person {i}", f"Person {i}") for i in range(1, len(_ANSWERS) + 1)),
        (Series("ratings", Text("0 bis 10", "0 to 10"), Shape.COUNT, _ANSWERS),),
    ),
    (
        Result(
            Text("NPS", "NPS"),
            _asked(f"100*({_PROMOTERS}-{_DETRACTORS})/{_ASKED}"),
            "KAM_NPS({ratings})",
            Shape.SCORE,
        ),
        *(
            Result(label, _asked(native), "KAM_NPS({ratings},{part})", shape, part)
            for label, native, shape, part in (
                (
                    Text("Promotoren", "Promoters"),
                    _PROMOTERS,
                    Shape.COUNT,
                    Text("Promotoren", "promoters"),
                ),
                (
                    Text("Passive", "Passives"),
                    f"{_ASKED}-{_PROMOTERS}-{_DETRACTORS}",
                    Shape.COUNT,
                    Text("Passive", "passives"),
                ),
                (
                    Text("Detraktoren", "Detractors"),
                    _DETRACTORS,
                    Shape.COUNT,
                    Text("Detraktoren", "detractors"),
                ),
                (
                    Text("kleine Stichprobe", "Small sample"),
                    f"{_ASKED}<{LIMITS.nps_sample}",
                    Shape.TEXT,
                    Text("kleine Stichprobe", "small sample"),
                ),
            )
        ),
    ),
)

# Signs have a scale each, and none of them may lack an end.
_ENDS = f"SUMPRODUCT(1-{known('{low}', '{high}')})=0"
_CHURN_FORMULAS = weighted(
    low="{low}", high="{high}", flipped="{flipped}", condition=_ENDS
)

_CHURN = Card(
    ("KAM_CHURN_INDEX",),
    Text("Abwanderungsindex", "Churn index"),
    Text(
        "Σ Gewicht · (x − min) / (max − min) über die Warnsignale; wo ein kleiner Wert warnt (x), zählt max − x",
        "Σ weight · (x − min) / (max − min) over the warning signs; where a low value warns (x), max − x counts",
    ),
    Text(
        "Jedes Signal auf seiner eigenen Skala; Ergebnis 0 bis 100. Ein Index, keine Wahrscheinlichkeit.",
        "Each sign on its own scale; result 0 to 100. An index, not a probability.",
    ),
    Text(
        "Unbekannte Signale fallen heraus, unter 70 % Abdeckung kein Wert.",
        "Unknown signs drop out, no value below 70 % coverage.",
    ),
    Text("Punktbewertungsverfahren", "Scoring model"),
    Grid(
        Text("Warnsignal", "Warning sign"),
        (
            Text("Tage seit Bestellung", "Days since order"),
            Text("Zufriedenheit", "Satisfaction"),
        ),
        (
            Series("values", Text("Wert", "Value"), Shape.NUMBER, (120, 2)),
            Series("weights", Text("Gewicht", "Weight"), Shape.SHARE, (0.5, 0.5)),
            Series("low", Text("min", "min"), Shape.NUMBER, (0, 1)),
            Series("high", Text("max", "max"), Shape.NUMBER, (180, 5)),
            Series(
                "flipped",
                Text("klein warnt (x)", "low warns (x)"),
                Shape.TEXT,
                (None, "x"),
                options=YES,
            ),
        ),
    ),
    weighted_results(
        "KAM_CHURN_INDEX", "{values},{weights},{low},{high},{flipped},", _CHURN_FORMULAS
    ),
)

_MEANS = safe("SUM({row[one]}:{row[two]})/COUNT({row[one]}:{row[two]})")
_QUESTIONS = "(2*3)"
_GIVEN = "(COUNT({one})+COUNT({two}))"


def _answered(value: str) -> str:
    return safe(on_scales(("{two}", "{one}"), "1", "5", value))


def _mature(value: str) -> str:
    return _answered(covered(_GIVEN, _QUESTIONS, value))


_MATURITY = Card(
    ("KAM_MATURITY",),
    Text("Reifegrad des Key-Account-Managements", "Maturity of key account management"),
    Text(
        "Mittel der Dimensionsmittel; das Minimum zeigt die schwächste Dimension und sagt mehr als das Mittel",
        "Mean of the dimension means; the minimum shows the weakest dimension and tells more than the mean",
    ),
    Text(
        "Antworten auf der Skala (1 bis 5); Ergebnis in Punkten",
        "Answers on the scale (1 to 5); in points",
    ),
    Text(
        "Leere Antworten fallen heraus, unter 70 % Abdeckung kein Wert.",
        "Blank answers drop out, no value below 70 % coverage.",
    ),
    Text(
        "Reifegradmodell mit gleich gewichteten Dimensionen",
        "Maturity model with equally weighted dimensions",
    ),
    Grid(
        Text("Dimension", "Dimension"),
        (
            Text("Strategie", "Strategy"),
            Text("Organisation", "Organisation"),
            Text("Menschen", "People"),
        ),
        (
            Series("one", Text("Frage 1", "Question 1"), Shape.NUMBER, (4, 2, 3)),
            Series("two", Text("Frage 2", "Question 2"), Shape.NUMBER, (5, 3, None)),
            Series("means", Text("Mittel", "Mean"), Shape.SCORE, formula=_MEANS),
        ),
    ),
    (
        Result(
            Text("Mittel", "Mean"),
            _mature("SUM({means})/COUNT({means})"),
            "KAM_MATURITY({one[0]}:{two[2]})",
            Shape.SCORE,
        ),
        Result(
            Text("Minimum", "Minimum"),
            _mature("MIN({means})"),
            "KAM_MATURITY({one[0]}:{two[2]},,,,,{part})",
            Shape.SCORE,
            Text("Minimum", "minimum"),
        ),
        Result(
            Text("schwächste Dimension", "Weakest dimension"),
            _mature("MATCH(MIN({means}),{means},0)"),
            "KAM_MATURITY({one[0]}:{two[2]},,,,,{part})",
            Shape.COUNT,
            Text("schwächste", "weakest"),
        ),
        Result(
            SCORE_LABELS["coverage"],
            _answered(f"{_GIVEN}/{_QUESTIONS}"),
            "KAM_MATURITY({one[0]}:{two[2]},,,,,{part})",
            Shape.SHARE,
            Text("Abdeckung", "coverage"),
        ),
    ),
)

CUSTOMER = Family(
    Text("Kundenzufriedenheit", "Customer satisfaction"),
    Text(
        "Ob der Kunde zufrieden ist, uns empfiehlt, gehen könnte, und wie reif unsere Betreuung ist.",
        "Whether the customer is satisfied, recommends us, might leave, and how mature our own management is.",
    ),
    (_SATISFACTION, _NPS, _CHURN, _MATURITY),
)
