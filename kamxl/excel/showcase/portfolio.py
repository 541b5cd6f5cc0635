"""Card: the field in the customer portfolio."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from kamxl.document.formulas import scores as formulas
from kamxl.excel.showcase.card import Card, CardFormula, Grid, Result, Series, Shape
from kamxl.excel.showcase.native import all_numbers, on_scales, safe
from kamxl.scoring import SCHEMES, ZONES, PortfolioCell
from kamxl.texts import Text

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


SEGMENT = Card(
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
