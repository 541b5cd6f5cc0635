"""Cards: how complete a plan is, and how good."""

from __future__ import annotations

from kamxl.excel.showcase.card import Card, Grid, Result, Series, Shape
from kamxl.excel.showcase.native import known, no_negative, safe, weighted
from kamxl.excel.showcase.scores import WEIGHT, weighted_results
from kamxl.scoring import LIMITS
from kamxl.texts import Text

_OVER = f"SUMPRODUCT({known('{filled}', '{required}')}*({{filled}}>{{required}}))"
_FILLED, _REQUIRED = (
    f"SUMPRODUCT({known('{required}')},{{filled}})",
    f"SUMPRODUCT({known('{filled}')},{{required}})",
)

COMPLETENESS = Card(
    ("KAM_COMPLETENESS",),
    Text("Vollständigkeit des Plans", "Completeness of the plan"),
    Text("Σ ausgefüllte / Σ verlangte Pflichtfelder", "Σ filled / Σ required fields"),
    Text("Anzahlen je Blatt; Ergebnis 0 bis 100 %", "Numbers per sheet; result 0 to 100 %"),
    Text(
        "Leere Zeilen zählen nicht. Mehr ausgefüllt als verlangt ist ein Fehler.",
        "Blank rows do not count. More filled than required is an error.",
    ),
    Text("Definition", "Definition"),
    Grid(
        Text("Blatt", "Sheet"),
        tuple(Text(f"Blatt {i}", f"Sheet {i}") for i in range(1, 4)),
        (
            Series("filled", Text("ausgefüllt", "Filled"), Shape.COUNT, (3, 0, 7)),
            Series("required", Text("verlangt", "Required"), Shape.COUNT, (4, 2, 10)),
        ),
    ),
    (
        Result(
            Text("Vollständigkeit", "Completeness"),
            safe(no_negative(["{filled}", "{required}"], f'IF({_OVER}=0,{_FILLED}/{_REQUIRED},"")')),
            "KAM_COMPLETENESS({filled},{required})",
            Shape.SHARE,
        ),
    ),
)  # fmt: skip

QUALITY = Card(
    ("KAM_QUALITY",),
    Text("Güte des Plans", "Quality of the plan"),
    Text(
        "Gewichtetes Mittel aus Pflichtangaben, Substanz, Aktualität (100 · max(0, 1 − Tage / 180)), Beziehung und "
        "Kette (Anteil der Ziele, denen eine Maßnahme mit Person und Datum dient)",
        "Weighted mean of required entries, substance, freshness (100 · max(0, 1 − days / 180)), relationship and "
        "chain (share of the goals that a measure with a person and a date serves)",
    ),
    Text("Alle Teile 0 bis 100; Ergebnis 0 bis 100", "All parts 0 to 100; result 0 to 100"),
    Text(
        "Fehlende Teile fallen heraus, unter 70 % Abdeckung kein Wert. Ein vollständiger Plan ist noch kein guter: "
        "Erst Substanz und Kette zeigen, ob man mit ihm arbeiten kann.",
        "Missing parts drop out, no value below 70 % coverage. A complete plan is not yet a good one: substance and "
        "chain show whether it can be worked with.",
    ),
    Text("Eigene Zusammenfassung; Gewichte einstellbar", "Our own summary; weights can be set"),
    Grid(
        Text("Teil", "Part"),
        (
            Text("Pflichtangaben", "Required entries"),
            Text("Substanz", "Substance"),
            Text("Aktualität", "Freshness"),
            Text("Beziehung", "Relationship"),
            Text("Kette Ziel–Maßnahme", "Chain goal–measure"),
        ),
        (
            Series("parts", Text("Punkte", "Points"), Shape.NUMBER, (90, 60, 75, None, 40)),
            Series("weights", WEIGHT, Shape.SHARE, LIMITS.quality_weights),
        ),
    ),
    weighted_results(
        "KAM_QUALITY",
        "{parts},{weights},",
        weighted("{parts}", low="0", high="100"),
    ),
)  # fmt: skip
