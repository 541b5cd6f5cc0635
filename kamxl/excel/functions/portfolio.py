# ruff: noqa: N802 - an Excel function is named as Excel shows it
"""Excel functions: the field of the portfolio, and how little of a weight decides on it."""

from __future__ import annotations

from kamxl.excel.functions.arguments import (
    HIGH,
    LANGUAGE,
    LOW,
    MINIMUM,
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
    LIMITS,
    SCHEMES,
    ZONES,
    portfolio_cell,
    weight_to_flip,
)
from kamxl.texts import Text

_SEGMENT_PARTS = {
    "title": Text("Feld und Schema", "field and scheme"),
    "cell": Text("Feld", "field"),
    "strategy": Text("Strategie", "strategy"),
    "zone": Text("Zone", "zone"),
    "distance": Text("Abstand", "distance"),
    "code": Text("Kürzel", "code"),
}


@excel_function(
    Text(
        "Feld im Kundenportfolio mit Schema, z. B. Starkunde (2×2)",
        "Portfolio field with scheme, e.g. Star (2×2)",
    ),
    attractiveness=Text(
        "Kundenattraktivität 0 bis 100", "Customer attractiveness 0 to 100"
    ),
    position=Text("Wettbewerbsposition 0 bis 100", "Competitive position 0 to 100"),
    scheme=Text(
        "2x2 (Homburg/Daum, ohne Angabe) oder 3x3 (McKinsey)",
        "2x2 (Homburg/Daum) or 3x3 (McKinsey)",
    ),
    part=Text(
        "Feld und Schema (ohne Angabe), Feld, Strategie, Zone, Abstand (Punkte bis zur nächsten Grenze), Kürzel",
        "field and scheme, field, strategy, zone, distance (points to the nearest limit), code",
    ),
    language=LANGUAGE,
)
def KAM_SEGMENT(
    attractiveness: Cells,
    position: Cells,
    scheme: Cells = None,
    part: Cells = None,
    language: Cells = None,
) -> object:
    """`portfolio_cell`."""
    wanted = chosen(part, "part", _SEGMENT_PARTS)
    spoken = language_of(language)
    chosen_scheme = str(single(scheme, "scheme", next(iter(SCHEMES))))

    def place(height: float, strength: float) -> object:
        placement = portfolio_cell(height, strength, chosen_scheme)
        if placement is None:
            return None
        return {
            "title": placement.title(spoken),
            "cell": placement.cell.name[spoken],
            "strategy": placement.cell.strategy[spoken],
            "zone": ZONES[placement.cell.zone][spoken] if placement.cell.zone else None,
            "distance": placement.distance,
            "code": placement.cell.code,
        }[wanted]

    return rowwise(place, attractiveness, position)


@excel_function(
    Text(
        "Kleinste Änderung eines Gewichts, die den Score an die Grenze bringt",
        "Smallest change of one weight that brings the score to the limit",
    ),
    values=Text(
        "Bewertungen auf der Skala; leere Zellen fallen heraus",
        "Ratings on the scale; blanks drop out",
    ),
    weights=WEIGHTS,
    limit=Text("Grenze 0 bis 100, ohne Angabe 50", "Limit 0 to 100, 50 if left out"),
    low=LOW,
    high=HIGH,
    minimum=MINIMUM,
    part=Text(
        "Änderung (ohne Angabe; 0,05 = 5 Punkte), Platz (welches Kriterium, ab 1), Gewicht (das neue)",
        "change (if left out; 0.05 = 5 points), place (which criterion, from 1), weight (the new one)",
    ),
)
def KAM_WEIGHT_TO_FLIP(
    values: Cells,
    weights: Cells = None,
    limit: Cells = None,
    low: Cells = None,
    high: Cells = None,
    minimum: Cells = None,
    part: Cells = None,
) -> object:
    """`weight_to_flip`."""
    names = {
        "change": Text("Änderung", "change"),
        "index": Text("Platz", "place"),
        "weight": Text("Gewicht", "weight"),
    }
    wanted = chosen(part, "part", names)
    flip = weight_to_flip(
        flat(values),
        given(weights),
        single(limit, "limit", LIMITS.segment_cut),
        *scale_of(low, high),
        minimum_coverage=minimum_of(minimum),
    )
    if flip is not None and wanted == "index":
        return flip.index + 1
    return part_of(flip, part, names)
