"""Arguments that many functions share: their help, what they say, and the parts that results have."""

from __future__ import annotations

from kamxl.excel.functions.cells import Cells, cell_language, chosen, single
from kamxl.scoring import LIMITS
from kamxl.texts import Text

WEIGHTS = Text(
    "Gewichte, gleich viele Zellen wie Werte; leer: alle gleich",
    "Weights, as many cells as values; left out: all equal",
)
LOW = Text(
    "Unteres Ende der Skala, ohne Angabe 1", "Lower end of the scale, 1 if left out"
)
HIGH = Text(
    "Oberes Ende der Skala, ohne Angabe 5", "Upper end of the scale, 5 if left out"
)
FLIPPED = Text(
    "WAHR, wenn der kleinste Wert der beste ist (Schulnoten); eine Zelle für alle oder je Wert eine",
    "TRUE if the lowest value is the best (school marks); one cell for all or one each",
)
MINIMUM = Text(
    "Mindestabdeckung 0 bis 1, ohne Angabe 0,7; darunter #N/A",
    "Minimum coverage 0 to 1, 0.7 if left out; #N/A below it",
)
SCORE_PART = Text(
    "Was ausgegeben wird: Wert (ohne Angabe), Abdeckung, von, bis",
    "What to return: value (if left out), coverage, from, to",
)
PROBABILITIES = Text(
    "Abschlusswahrscheinlichkeiten 0 bis 1, je Projekt eine",
    "Probabilities 0 to 1, one per deal",
)
LANGUAGE = Text("Sprache des Textes: de oder en", "Language of the text: de or en")

SCORE_PARTS = {
    "value": Text("Wert", "value"),
    "coverage": Text("Abdeckung", "coverage"),
    "low": Text("von", "from"),
    "high": Text("bis", "to"),
}
LANGUAGES = {"de": Text("Deutsch", "German"), "en": Text("Englisch", "English")}


def scale_of(low: Cells, high: Cells) -> tuple[float, float]:
    """The ends of a scale, 1 and 5 if left out."""
    return single(low, "low", 1.0), single(high, "high", 5.0)


def minimum_of(minimum: Cells) -> float:
    """The coverage below which there is no value."""
    return float(single(minimum, "minimum", LIMITS.minimum_coverage))


def language_of(language: Cells) -> str:
    """The language of a text, that of all cells if left out."""
    if language is None:
        return cell_language()
    return chosen(language, "language", LANGUAGES)
