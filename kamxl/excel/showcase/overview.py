"""The first sheet of the scoring workbook: how to read it, the rules of all scores, and a link to every function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from kamxl.document.drawing.looks import CellRole
from kamxl.document.drawing.pen import Pen
from kamxl.document.layout.grid import Spot
from kamxl.document.vocabulary import Kind
from kamxl.excel.functions.function import Function
from kamxl.excel.line import draw_line
from kamxl.excel.showcase.card import Family
from kamxl.excel.showcase.draw import LAST, banner
from kamxl.scoring import LIMITS
from kamxl.texts import Text

_SUBTITLE = Text(
    "Jede Funktion mit Beispiel, Formel und Quelle: dieselbe Definition in Python, im Accountplan, im Portfolio und in "
    "jeder Excel-Zelle",
    "Every function with example, formula and source: one definition in Python, in the account plan, in the portfolio "
    "and in any Excel cell",
)
_READING = Text("So lesen Sie diese Mappe", "How to read this workbook")
_STEPS = (
    Text(
        "Weiße Zellen sind Eingaben: Ändern Sie sie, alle Ergebnisse folgen. Graue Zellen rechnet Excel selbst, hell "
        "getönte die KAM-Funktion.",
        "White cells are inputs: change them and all results follow. Grey cells are worked out by Excel itself, softly "
        "tinted ones by the KAM function.",
    ),
    Text(
        "„Vergleich“ bestätigt, dass beide auf 1e-9 genau dasselbe sagen. Ohne Add-in bleibt die Spalte leer.",
        "“Comparison” confirms that both say the same to within 1e-9. Without the add-in the column stays empty.",
    ),
    Text(
        "Wo die KAM-Funktion #N/A oder einen Hinweis zeigt, bleibt die Excel-Formel leer. Fehlerwerte wie #DIV/0! oder "
        "ein #BEZUG! in den Eingaben zeigen beide.",
        "Where the KAM function shows #N/A or a message, the Excel formula stays empty. Error values such as #DIV/0! "
        "or a #REF! in the inputs are shown by both.",
    ),
    Text(
        "Add-in einrichten: „kamxl udf install“ (Windows), Schritt für Schritt in INSTALLATION.md. Steht danach "
        "noch ein Strich: Strg+H, „KAM_“ durch „KAM_“ ersetzen (Optionen, Durchsuchen: Arbeitsmappe). Excel sucht die "
        "Funktionen dann neu.",
        "Set up the add-in: “kamxl udf install” (Windows), step by step in INSTALLATION.md. Is there still a "
        "dash afterwards? Press Ctrl+H and replace “KAM_” by “KAM_” (Options, Within: Workbook): Excel then looks for "
        "the functions again.",
    ),
)
_RULES = Text("Regeln für alle Scores", "Rules of all scores")
_RULE_LINES = (
    Text(
        "Fehlendes ist nie 0: Es fällt heraus, und die Abdeckung sagt, wie viel beantwortet ist. "
        f"Unter {LIMITS.minimum_coverage:.0%} gibt es keinen Wert.".replace("%", " %"),
        "Missing is never 0: it drops out, and the coverage says how much was answered. "
        f"Below {LIMITS.minimum_coverage:.0%} there is no value.",
    ),
    Text(
        "Ein Wert außerhalb seiner Skala ist ein Fehler und wird nie gekappt. Ein Wert auf einer Grenze gehört zur "
        "oberen Klasse.",
        "A value off its scale is an error and never clipped. A value on a limit belongs to the upper class.",
    ),
    Text(
        "Gewichte dürfen jede Summe haben, aber nicht negativ sein. Schulnoten (1 = beste) werden ausdrücklich "
        "umgekehrt.",
        "Weights may have any sum, but must not be negative. School marks (1 = best) are reversed explicitly.",
    ),
)
_FUNCTION = Text("Funktion", "Function")
_COMPUTES = Text("Was sie berechnet", "What it computes")
_SHEET = Text("Blatt", "Sheet")
_LINE = 15.0


def draw_overview(
    pen: Pen,
    title: str,
    families: Sequence[Family],
    functions: Mapping[str, Function],
    places: Mapping[str, str],
) -> list[int]:
    """Draw the sheet; returns where its two parts begin, and the row below. `places` says where each card begins."""
    language = pen.language
    draw_line(pen, 1, None, CellRole.BAND, 5, LAST)
    draw_line(pen, 2, title, CellRole.TITLE, 34, LAST)
    draw_line(pen, 3, _SUBTITLE[language], CellRole.GUIDANCE, 20, LAST)
    draw_line(pen, 4, banner(language), CellRole.NOTICE, 20, LAST)
    row = _paragraphs(pen, 6, _READING, _STEPS)
    row = _paragraphs(pen, row + 1, _RULES, _RULE_LINES) + 1
    starts = [1, row]
    for column, last, label in (
        (2, 2, _FUNCTION),
        (3, 12, _COMPUTES),
        (LAST, LAST, _SHEET),
    ):
        head = Spot(row, column, last_column=last)
        pen.write(head, label[language], CellRole.HEADER, Kind.TEXT)
    for family in families:
        sheet = family.name[language]
        for name in chain.from_iterable(card.functions for card in family.cards):
            row += 1
            pen.link(Spot(row, 2), places[name], name, CellRole.ENTRY)
            computes = functions[name].help[language]
            pen.write(Spot(row, 3, last_column=12), computes, CellRole.LISTED)
            pen.link(Spot(row, LAST), places[name], sheet, CellRole.ENTRY)
    return [*starts, row + 1]


def _paragraphs(pen: Pen, row: int, heading: Text, lines: Sequence[Text]) -> int:
    """A heading with numbered lines; returns the row below."""
    draw_line(pen, row, heading[pen.language], CellRole.HEADING, 20, LAST)
    row += 1
    pen.height(row, 4)
    for number, line in enumerate(lines, start=1):
        row += 1
        text = f"{number}.  {line[pen.language]}"
        height = _LINE * (1 + len(text) // 160)
        draw_line(pen, row, text, CellRole.TEXT, height, LAST)
    return row + 1
