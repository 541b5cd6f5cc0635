"""Cards: weighted scores and the customer portfolio."""

from __future__ import annotations

from kamxl.document.formulas import scores as formulas
from kamxl.document.formulas.terms import all_of, when
from kamxl.excel.functions.arguments import SCORE_PARTS
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
    end,
    known,
    safe,
    weighted,
)
from kamxl.excel.showcase.portfolio import SEGMENT
from kamxl.scoring import (
    ATTRACTIVENESS_CRITERIA,
    LIMITS,
    POSITION_CRITERIA,
    PRICE_CRITERIA,
    DefaultCriterion,
)
from kamxl.texts import Text

SCORE_LABELS = {
    "value": Text("Wert", "Value"),
    "coverage": Text("Abdeckung", "Coverage"),
    "low": Text("mindestens", "At least"),
    "high": Text("höchstens", "At most"),
}
RATING = Text("Bewertung", "Rating")
WEIGHT = Text("Gewicht", "Weight")
AGAINST = Text("umgekehrt (x)", "Reversed (x)")
CRITERION = Text("Kriterium", "Criterion")
YES = (Text("x", "x"),)

_DEFINITION = Text(
    "Σ Gewicht · Bewertung / Σ Gewicht über die beantworteten Kriterien, auf 0 bis 100 gebracht: "
    "100 · (x − unten) / (oben − unten)",
    "Σ weight · rating / Σ weight over the answered criteria, brought to 0 to 100: 100 · (x − low) / (high − low)",
)
_SCALE = Text(
    "Bewertungen auf der Skala (hier 1 bis 5), Gewichte beliebiger Summe, nicht negativ; Ergebnis 0 bis 100, "
    "Abdeckung 0 bis 100 %",
    "Ratings on the scale (here 1 to 5), weights of any sum, not negative; result 0 to 100, coverage 0 to 100 %",
)
_MISSING = Text(
    "Leere Zellen fallen heraus, die übrigen Gewichte tragen mehr. Unter 70 % Abdeckung kein Wert. "
    "„mindestens“ und „höchstens“ zeigen, was die Lücken offenlassen. Werte außerhalb der Skala sind ein Fehler.",
    "Blank cells drop out, the other weights carry more. No value below 70 % coverage. “At least” and “at most” show "
    "what the gaps leave open. A value off its scale is an error.",
)
_SOURCE = Text(
    "Punktbewertungsverfahren (Scoring-Modell), z. B. Homburg, Marketingmanagement",
    "Scoring model, e.g. Homburg, Marketingmanagement",
)


def scale_ends(low: float = 1, high: float = 5) -> tuple[Single, Single]:
    """The two ends of a scale as inputs."""
    return (
        Single("low", Text("Skala: unten", "Scale: low"), Shape.NUMBER, low),
        Single("high", Text("Skala: oben", "Scale: high"), Shape.NUMBER, high),
    )


def weighted_results(
    function: str, arguments: str, formulas: dict[str, str], *, interval: bool = False
) -> tuple[Result, ...]:
    """Value and coverage of a weighted score, and its interval if wanted; `arguments` ends before the part."""
    shapes = {"coverage": Shape.SHARE}
    return tuple(
        Result(
            SCORE_LABELS[code],
            formulas[code],
            f"{function}({arguments},{{part}})",
            shapes.get(code, Shape.SCORE),
            SCORE_PARTS[code],
        )
        for code in (SCORE_LABELS if interval else ("value", "coverage"))
    )


def _rated(
    criteria: tuple[DefaultCriterion, ...],
    answers: tuple[float | None, ...],
    *,
    flipped: bool = False,
) -> Grid:
    columns = [
        Series("values", RATING, Shape.NUMBER, answers),
        Series(
            "weights",
            WEIGHT,
            Shape.SHARE,
            tuple(criterion.weight for criterion in criteria),
        ),
    ]
    if flipped:
        marks = tuple("x" if criterion.flipped else None for criterion in criteria)
        columns.append(Series("flipped", AGAINST, Shape.TEXT, marks, options=YES))
    return Grid(
        CRITERION, tuple(criterion.name for criterion in criteria), tuple(columns)
    )


_SCORE = Card(
    ("KAM_SCORE",),
    Text("Gewichteter Score", "Weighted score"),
    _DEFINITION,
    _SCALE,
    _MISSING,
    _SOURCE,
    Grid(
        CRITERION,
        tuple(Text(f"Kriterium {i}", f"Criterion {i}") for i in range(1, 5)),
        (
            Series("values", RATING, Shape.NUMBER, (4, 3, None, 5)),
            Series("weights", WEIGHT, Shape.SHARE, (0.4, 0.3, 0.1, 0.2)),
        ),
    ),
    weighted_results(
        "KAM_SCORE", "{values},{weights},{low},{high},,", weighted(), interval=True
    ),
    scale_ends(),
)


def _axis(
    function: str,
    title: Text,
    criteria: tuple[DefaultCriterion, ...],
    answers: tuple[float, ...],
) -> Card:
    return Card(
        (function,),
        title,
        _DEFINITION,
        Text(
            "Bewertungen 1 bis 5; Ergebnis 0 bis 100, hoch beziehungsweise stark ab 50",
            "Ratings 1 to 5; result 0 to 100, high or strong from 50",
        ),
        _MISSING,
        Text(
            "Kundenportfolio nach Homburg/Daum; Kriterien und Gewichte stehen in den Einstellungen (kamxl.toml)",
            "Customer portfolio by Homburg/Daum; criteria and weights are in the settings (kamxl.toml)",
        ),
        _rated(criteria, answers),
        weighted_results(function, "{values},{weights},{low},{high},,", weighted()),
        scale_ends(),
    )


_ATTRACTIVENESS = _axis(
    "KAM_ATTRACTIVENESS",
    Text("Kundenattraktivität", "Customer attractiveness"),
    ATTRACTIVENESS_CRITERIA,
    (4, 3, 5, 4),
)
_POSITION = _axis(
    "KAM_POSITION",
    Text("Wettbewerbsposition", "Competitive position"),
    POSITION_CRITERIA,
    (3, 4, 4, 2),
)

_READINESS = Card(
    ("KAM_PRICE_READINESS",),
    Text("Preisbereitschaft", "Price readiness"),
    Text(
        "Gewichteter Score über die Preiskriterien. Wo eine hohe Bewertung gegen die Preisbereitschaft spricht "
        "(x), zählt oben − Bewertung.",
        "Weighted score over the price criteria. Where a high rating speaks against readiness (x), high − rating "
        "counts.",
    ),
    _SCALE,
    _MISSING,
    _SOURCE,
    _rated(PRICE_CRITERIA, (5, 4, 4, 2, 1), flipped=True),
    weighted_results(
        "KAM_PRICE_READINESS",
        "{values},{weights},{low},{high},{flipped},",
        weighted(flipped="{flipped}"),
    ),
    scale_ends(),
)


_SCORE_NOW, _SHARE, _CHANGE = "{score[0]}", "{row[share]}", "{row[change]}"
_LIMIT = end("{limit}", LIMITS.segment_cut)


def _share() -> str:
    """The part that one weight has of all answered ones; blank without a rating or a weight."""
    answered = f"SUMPRODUCT({known('{values}')},{{weights}})"
    weighed = when("{row[weights]}>0", f"{{row[weights]}}/{answered}")
    return safe(all_numbers(("{row[values]}", "{row[weights]}"), weighed))


def _points(value: str) -> str:
    """A rating, or a mean of ratings, as points from 0 to 100."""
    return f"(100*({value}-{LOW})/({HIGH}-{LOW}))"


def _change() -> str:
    """By how much a weight has to change; blank where no weight from 0 to 1 will do."""
    others = f"{known('{values}')}*(ROW({{values}})<>ROW({{row[values]}}))"
    mean = (
        f"SUMPRODUCT({others},{{weights}},{{values}})/SUMPRODUCT({others},{{weights}})"
    )
    own, rest = _points("{row[values]}"), _points(mean)
    change = formulas.weight_change(own, rest, _SCORE_NOW, _LIMIT)
    possible = (f"ROUND({_SHARE}+{change},9)>=0", f"ROUND({_SHARE}+{change},9)<=1")
    apart = when(f"ROUND({own}-{rest},9)<>0", when(all_of(*possible), change))
    limited = when(all_of(f"{_LIMIT}>=0", f"{_LIMIT}<=100"), apart)
    return safe(all_numbers((_SHARE, _SCORE_NOW), limited), [_SHARE, _SCORE_NOW])


def _smallest(value: str) -> str:
    """The value for the criterion whose weight has to change least; `{place}` in it is that criterion's."""
    place = "MATCH(MIN({size}),{size},0)"
    found = when("COUNT({size})>0", value.replace("{place}", place))
    return safe(found, ["{size}", "{change}", "{share}"])


_FLIP = Card(
    ("KAM_WEIGHT_TO_FLIP",),
    Text("Gewicht, das den Ausschlag gibt", "The weight that tips the balance"),
    Text(
        "Änderung eines Gewichts, mit der der Score die Grenze erreicht: (Grenze − Score) / (Punkte des Kriteriums − "
        "Score der anderen); die anderen Gewichte geben im Verhältnis nach. Gezeigt wird die kleinste.",
        "Change of one weight with which the score reaches the limit: (limit − score) / (points of the criterion − "
        "score of the others); the other weights make room in proportion. The smallest one is shown.",
    ),
    Text(
        "Bewertungen auf der Skala (hier 1 bis 5), Grenze 0 bis 100 (ohne Angabe 50); Ergebnis in Anteilen des ganzen "
        "Gewichts (5 % = 5 Punkte)",
        "Ratings on the scale (here 1 to 5), limit 0 to 100 (50 if left blank); result as a share of all weight "
        "(5 % = 5 points)",
    ),
    Text(
        "Sind alle Bewertungen gleich oder liegen alle auf einer Seite der Grenze, gibt es keinen Wert: Dann hängt das "
        "Ergebnis nicht an den Gewichten.",
        "If all ratings are equal or all lie on one side of the limit, there is no value: then the result does not "
        "hang on the weights.",
    ),
    Text(
        "Sensitivitätsanalyse (kritische Gewichte) des Scoring-Modells",
        "Sensitivity analysis (critical weights) of scoring models",
    ),
    Grid(
        CRITERION,
        tuple(Text(f"Kriterium {i}", f"Criterion {i}") for i in range(1, 5)),
        (
            Series("values", RATING, Shape.NUMBER, (4, 3, 2, 5)),
            Series("weights", WEIGHT, Shape.SHARE, (0.4, 0.3, 0.2, 0.1)),
            Series("share", Text("Anteil", "Share"), Shape.SHARE, formula=_share()),
            Series("change", Text("Änderung", "Change"), Shape.SHARE, formula=_change()),
            Series(
                "size",
                Text("Betrag", "Size"),
                Shape.SHARE,
                formula=safe(f"ROUND(ABS({_CHANGE}),9)", [_CHANGE]),
            ),
        ),
    ),
    (
        Result(
            Text("kleinste Änderung", "Smallest change"),
            _smallest("INDEX({change},{place})"),
            "KAM_WEIGHT_TO_FLIP({values},{weights},{limit},{low},{high})",
            Shape.SHARE,
        ),
        Result(
            Text("welches Kriterium", "Which criterion"),
            _smallest("{place}"),
            "KAM_WEIGHT_TO_FLIP({values},{weights},{limit},{low},{high},,{part})",
            Shape.COUNT,
            Text("Platz", "place"),
        ),
        Result(
            Text("sein neues Gewicht", "Its new weight"),
            _smallest("INDEX({share},{place})+INDEX({change},{place})"),
            "KAM_WEIGHT_TO_FLIP({values},{weights},{limit},{low},{high},,{part})",
            Shape.SHARE,
            Text("Gewicht", "weight"),
        ),
    ),
    (
        Single("limit", Text("Grenze", "Limit"), Shape.NUMBER, LIMITS.segment_cut),
        *scale_ends(),
    ),
    Grid(
        Text("Score jetzt", "Score now"),
        (Text("Wert", "Value"),),
        (Series("score", Text("0 bis 100", "0 to 100"), Shape.SCORE, formula=weighted()["value"]),),
    ),
)  # fmt: skip

SCORES = Family(
    Text("Scores und Portfolio", "Scores and portfolio"),
    Text(
        "Bewertungen werden gewichtet und auf 0 bis 100 gebracht; zwei Achsen ergeben das Feld im Kundenportfolio.",
        "Ratings are weighted and brought to 0 to 100; two axes make the field in the customer portfolio.",
    ),
    (_SCORE, _ATTRACTIVENESS, _POSITION, SEGMENT, _FLIP, _READINESS),
)
