"""Cards: weighted scores and the customer portfolio."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from kamxl.document.formulas import scores as formulas
from kamxl.excel.functions.arguments import SCORE_PARTS
from kamxl.excel.showcase.card import (
    Card,
    CardFormula,
    Family,
    Grid,
    Result,
    Series,
    Shape,
    Single,
)
from kamxl.excel.showcase.native import (
    all_numbers,
    on_scales,
    safe,
    weighted,
)
from kamxl.scoring import (
    ATTRACTIVENESS_CRITERIA,
    POSITION_CRITERIA,
    PRICE_CRITERIA,
    SCHEMES,
    ZONES,
    DefaultCriterion,
    PortfolioCell,
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


_HEIGHT, _STRENGTH = "{axes[0]}", "{axes[1]}"


def _cells(scheme: str) -> list[PortfolioCell]:
    return list(chain.from_iterable(SCHEMES[scheme].cells))


def _placed(scheme: str, texts: Callable[[PortfolioCell], Text]) -> CardFormula:
    """The text of the field in which the account lies."""

    def formula(language: str) -> str:
        shown = [texts(cell)[language] for cell in _cells(scheme)]
        return _both(formulas.field(_HEIGHT, _STRENGTH, SCHEMES[scheme].cuts, shown))

    return formula


def _both(value: str) -> str:
    """The value if both axes hold a number from 0 to 100."""
    inside = on_scales((_STRENGTH, _HEIGHT), "0", "100", value)
    return safe(all_numbers((_HEIGHT, _STRENGTH), inside))


def _title(scheme: str) -> CardFormula:
    shown = scheme.replace("x", "×")
    return _placed(
        scheme,
        lambda cell: Text(f"{cell.name.de} ({shown})", f"{cell.name.en} ({shown})"),
    )


def _distance(scheme: str) -> str:
    return _both(formulas.distance(_HEIGHT, _STRENGTH, SCHEMES[scheme].cuts))


def _segment(
    label: Text,
    scheme: str,
    part: Text,
    native: CardFormula,
    shape: Shape = Shape.TEXT,
) -> Result:
    def udf(language: str) -> str:
        return f'KAM_SEGMENT({_HEIGHT},{_STRENGTH},"{scheme}",{{part}},"{language}")'

    return Result(label, native, udf, shape, part)


def _zone(cell: PortfolioCell) -> Text:
    return ZONES[cell.zone] if cell.zone else Text("", "")


_SEGMENT = Card(
    ("KAM_SEGMENT",),
    Text("Feld im Kundenportfolio", "Field in the customer portfolio"),
    Text(
        "2×2: beide Achsen bei 50 geteilt. 3×3: beide bei einem und zwei Dritteln. Dazu der Abstand zur nächsten "
        "Grenze: So wenig muss sich ändern, damit ein anderes Feld gilt.",
        "2×2: both axes cut at 50. 3×3: both at one and two thirds. And the distance to the nearest limit: so little "
        "must change for another field.",
    ),
    Text("Beide Achsen 0 bis 100; Ergebnis: Text", "Both axes 0 to 100; result: text"),
    Text(
        "Fehlt eine Achse, gibt es kein Feld. Ein Wert auf der Grenze gehört zum oberen Feld. „Star“ heißt in jedem "
        "Schema etwas anderes: immer das Schema mitlesen.",
        "Without one of the axes there is no field. A value on a limit belongs to the upper field. “Star” means other "
        "things in other schemes: always read the scheme with it.",
    ),
    Text("Homburg/Daum (2×2); GE/McKinsey (3×3)", "Homburg/Daum (2×2); GE/McKinsey (3×3)"),
    Grid(
        Text("Achse", "Axis"),
        (Text("Kundenattraktivität", "Attractiveness"), Text("Wettbewerbsposition", "Position")),
        (Series("axes", Text("0 bis 100", "0 to 100"), Shape.NUMBER, (60, 70)),),
    ),
    (
        _segment(Text("Feld und Schema", "Field and scheme"), "2x2", Text("Feld und Schema", "field and scheme"),
                 _title("2x2")),
        _segment(Text("Strategie 2×2", "Strategy 2×2"), "2x2", Text("Strategie", "strategy"),
                 _placed("2x2", lambda cell: cell.strategy)),
        _segment(Text("Abstand 2×2", "Distance 2×2"), "2x2", Text("Abstand", "distance"), _distance("2x2"),
                 Shape.SCORE),
        _segment(Text("Feld 3×3", "Field 3×3"), "3x3", Text("Feld", "field"),
                 _placed("3x3", lambda cell: cell.name)),
        _segment(Text("Strategie 3×3", "Strategy 3×3"), "3x3", Text("Strategie", "strategy"),
                 _placed("3x3", lambda cell: cell.strategy)),
        _segment(Text("Zone 3×3", "Zone 3×3"), "3x3", Text("Zone", "zone"), _placed("3x3", _zone)),
        _segment(Text("Abstand 3×3", "Distance 3×3"), "3x3", Text("Abstand", "distance"), _distance("3x3"),
                 Shape.SCORE),
    ),
)  # fmt: skip

SCORES = Family(
    Text("Scores und Portfolio", "Scores and portfolio"),
    Text(
        "Bewertungen werden gewichtet und auf 0 bis 100 gebracht; zwei Achsen ergeben das Feld im Kundenportfolio.",
        "Ratings are weighted and brought to 0 to 100; two axes make the field in the customer portfolio.",
    ),
    (_SCORE, _ATTRACTIVENESS, _POSITION, _SEGMENT, _READINESS),
)
