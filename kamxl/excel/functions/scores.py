# ruff: noqa: N802 - an Excel function is named as Excel shows it
"""Excel functions: weighted scores, satisfaction, maturity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from kamxl.excel.functions.arguments import (
    FLIPPED,
    HIGH,
    LOW,
    MINIMUM,
    SCORE_PART,
    SCORE_PARTS,
    WEIGHTS,
    minimum_of,
    scale_of,
)
from kamxl.excel.functions.cells import (
    Cells,
    beside,
    chosen,
    flags,
    flat,
    given,
    grid,
    part_of,
    single,
)
from kamxl.excel.functions.function import excel_function
from kamxl.scoring import (
    WeightedScore,
    churn_index,
    competitive_position,
    customer_attractiveness,
    kam_maturity,
    price_readiness,
    satisfaction_gap,
    satisfaction_index,
    weighted_score,
)
from kamxl.texts import Text

_ANSWERS = Text(
    "Bewertungen auf der Skala; leere Zellen fallen heraus",
    "Ratings on the scale; blanks drop out",
)


_ARGUMENTS = {
    "values": _ANSWERS,
    "weights": WEIGHTS,
    "low": LOW,
    "high": HIGH,
    "flipped": FLIPPED,
    "minimum": MINIMUM,
    "part": SCORE_PART,
}


def _declare(
    name: str,
    summary: Text,
    score: Callable[..., WeightedScore],
    end: Callable[[Cells, str, float], Any] = single,
    **other_help: Text,
) -> None:
    """Declare the function of a weighted score; all of them take the same arguments.

    Args:
        name: as Excel shows it.
        summary: what it computes.
        score: what computes it.
        end: reads an end of the scale.
        other_help: of arguments that mean something else than usual.
    """

    def compute(
        values: Cells,
        weights: Cells = None,
        low: Cells = None,
        high: Cells = None,
        flipped: Cells = None,
        minimum: Cells = None,
        part: Cells = None,
    ) -> object:
        result = score(
            flat(values),
            given(weights),
            end(low, "low", 1.0),
            end(high, "high", 5.0),
            flipped=flags(flipped, "flipped"),
            minimum_coverage=minimum_of(minimum),
        )
        return part_of(result, part, SCORE_PARTS)

    compute.__name__ = name
    excel_function(summary, **_ARGUMENTS | other_help)(compute)


def _one_or_each(cells: Cells, argument: str, default: float) -> float | list[float]:
    content = flat(cells)
    return content if len(content) > 1 else single(cells, argument, default)


_declare(
    "KAM_SCORE",
    Text(
        "Gewichteter Score 0 bis 100; Fehlendes fällt heraus",
        "Weighted score 0 to 100; missing drops out",
    ),
    weighted_score,
)
_declare(
    "KAM_ATTRACTIVENESS",
    Text(
        "Kundenattraktivität 0 bis 100, hoch ab 50",
        "Customer attractiveness 0 to 100, high from 50",
    ),
    customer_attractiveness,
)
_declare(
    "KAM_POSITION",
    Text(
        "Wettbewerbsposition beim Kunden 0 bis 100, stark ab 50",
        "Competitive position 0 to 100, strong from 50",
    ),
    competitive_position,
)
_declare(
    "KAM_PRICE_READINESS",
    Text(
        "Preisbereitschaft des Kunden 0 bis 100",
        "The customer's price readiness 0 to 100",
    ),
    price_readiness,
    flipped=Text(
        "WAHR bei Kriterien, die gegen die Preisbereitschaft sprechen; eine Zelle für alle oder je Kriterium eine",
        "TRUE for criteria that speak against readiness; one cell for all or one each",
    ),
)
_declare(
    "KAM_CHURN_INDEX",
    Text(
        "Abwanderungsindex 0 bis 100: ein Index, keine Wahrscheinlichkeit",
        "Churn index 0 to 100: an index, not a probability",
    ),
    churn_index,
    _one_or_each,
    values=Text(
        "Warnsignale; leere Zellen fallen heraus", "Warning signs; blanks drop out"
    ),
    low=Text(
        "Unteres Ende der Skala, eine Zelle oder je Signal eine",
        "Lower end of the scale, one cell or one each",
    ),
    high=Text(
        "Oberes Ende der Skala, eine Zelle oder je Signal eine",
        "Upper end of the scale, one cell or one each",
    ),
    flipped=Text(
        "WAHR, wo ein kleiner Wert das Warnsignal ist; eine Zelle für alle oder je Signal eine",
        "TRUE where a low value is the warning sign; one cell for all or one each",
    ),
)


@excel_function(
    Text(
        "Kundenzufriedenheit 0 bis 100, nach Wichtigkeit gewichtet, oder Abstand zur Erwartung",
        "Customer satisfaction 0 to 100, weighted by importance, or gap to what was expected",
    ),
    perceived=Text(
        "Wahrgenommene Leistung je Kriterium", "Perceived performance per criterion"
    ),
    importance=Text(
        "Wichtigkeit je Kriterium; leer: alle gleich",
        "Importance per criterion; left out: all equal",
    ),
    expected=Text(
        "Erwartung je Kriterium, nur für den Teil Lücke",
        "Expectation per criterion, for the gap only",
    ),
    low=LOW,
    high=HIGH,
    minimum=MINIMUM,
    part=Text(
        "Wert (ohne Angabe), Abdeckung, von, bis; Lücke: mittlere Lücke erhalten − erwartet".replace(
            "−", "-"
        ),
        "value (if left out), coverage, from, to; gap: mean of perceived - expected",
    ),
)
def KAM_SATISFACTION(
    perceived: Cells,
    importance: Cells = None,
    expected: Cells = None,
    low: Cells = None,
    high: Cells = None,
    minimum: Cells = None,
    part: Cells = None,
) -> object:
    """`satisfaction_index` and `satisfaction_gap`."""
    wanted = chosen(part, "part", SCORE_PARTS | {"gap": Text("Lücke", "gap")})
    answers = (flat(perceived), given(importance), *scale_of(low, high))
    least = minimum_of(minimum)
    if wanted == "gap":
        return satisfaction_gap(flat(expected), *answers, minimum_coverage=least).value
    return getattr(satisfaction_index(*answers, minimum_coverage=least), wanted)


@excel_function(
    Text(
        "Reifegrad des Key-Account-Managements: Mittel und Minimum der Dimensionen",
        "Maturity of key account management: mean and minimum of the dimensions",
    ),
    answers=Text(
        "Antworten; ohne das zweite Argument ist jede Zeile eine Dimension",
        "Answers; without the second argument each row is a dimension",
    ),
    dimensions=Text(
        "Dimension je Antwort, gleich viele Zellen",
        "Dimension of each answer, as many cells",
    ),
    low=LOW,
    high=HIGH,
    minimum=MINIMUM,
    part=Text(
        "Mittel (ohne Angabe), Minimum, schwächste (Nummer der Dimension), Abdeckung",
        "mean (if left out), minimum, weakest (number of the dimension), coverage",
    ),
)
def KAM_MATURITY(
    answers: Cells,
    dimensions: Cells = None,
    low: Cells = None,
    high: Cells = None,
    minimum: Cells = None,
    part: Cells = None,
) -> object:
    """`kam_maturity`."""
    names = {
        "mean": Text("Mittel", "mean"),
        "minimum": Text("Minimum", "minimum"),
        "weakest": Text("schwächste", "weakest"),
        "coverage": Text("Abdeckung", "coverage"),
    }
    groups = grid(answers)
    if dimensions is not None:
        groups = _by_dimension(flat(answers), dimensions)
    result = kam_maturity(
        groups, *scale_of(low, high), minimum_coverage=minimum_of(minimum)
    )
    if chosen(part, "part", names) == "weakest":
        return None if result.weakest is None else result.weakest + 1
    return part_of(result, part, names)


def _by_dimension(
    answers: list[float | None], dimensions: Cells
) -> list[list[float | None]]:
    grouped: dict[object, list[float | None]] = defaultdict(list)
    for dimension, answer in zip(
        beside(dimensions, "dimensions", answers), answers, strict=True
    ):
        grouped[dimension].append(answer)
    grouped.pop(None, None)
    return list(grouped.values())
