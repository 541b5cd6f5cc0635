"""Cards: deals won and lost, risks."""

from __future__ import annotations

from kamxl.document.formulas import scores
from kamxl.document.formulas.terms import when
from kamxl.excel.showcase.card import Card, Grid, Result, Series, Shape
from kamxl.excel.showcase.native import (
    all_numbers,
    known,
    no_negative,
    on_scale,
    only_one,
    safe,
)
from kamxl.texts import Text

_GAINED, _MISSED = "{row[won]}", "{row[lost]}"

HIT_RATE = Card(
    ("KAM_HIT_RATE",),
    Text("Trefferquote", "Hit rate"),
    Text("gewonnen / (gewonnen + verloren)", "won / (won + lost)"),
    Text(
        "Zahl oder Wert der entschiedenen Projekte, nicht negativ; Ergebnis 0 bis 1",
        "Number or value of the deals decided, not negative; result 0 to 1",
    ),
    Text(
        "Fehlt eine Angabe oder ist noch nichts entschieden, gibt es keinen Wert. Nach Zahl und nach Wert sagen sie "
        "Verschiedenes: ob wir oft gewinnen, und ob wir das Große gewinnen.",
        "Without one of the figures, or with nothing decided yet, there is no value. By number and by value it says "
        "different things: whether we win often, and whether we win what is large.",
    ),
    Text("Vertriebscontrolling", "Sales controlling"),
    Grid(
        Text("gezählt", "Counted"),
        (Text("nach Zahl", "by number"), Text("nach Wert", "by value")),
        (
            Series("won", Text("gewonnen", "Won"), Shape.MONEY, (3, 900_000)),
            Series("lost", Text("verloren", "Lost"), Shape.MONEY, (2, 300_000)),
        ),
    ),
    (
        Result(
            Text("Trefferquote", "Hit rate"),
            safe(
                all_numbers(
                    (_GAINED, _MISSED),
                    no_negative([_GAINED, _MISSED], scores.hit_rate(_GAINED, _MISSED)),
                )
            ),
            f"KAM_HIT_RATE({_GAINED},{_MISSED})",
            Shape.SHARE,
            per_row=True,
        ),
    ),
)

_RISKS_KNOWN = f"SUMPRODUCT({known('{chances}', '{damages}')})"


def _risk(value: str) -> str:
    """The value if there is a risk at all and no entry is off its scale."""
    sound = no_negative(["{damages}"], on_scale("{chances}", "0", "1", value))
    return safe(when(f"{_RISKS_KNOWN}>0", sound))


RISK = Card(
    ("KAM_RISK",),
    Text("Erwarteter Schaden", "Expected damage"),
    Text(
        "Σ Wahrscheinlichkeit · Schaden über alle Risiken",
        "Σ probability · damage over all risks",
    ),
    Text(
        "Wahrscheinlichkeiten 0 bis 1, Schäden in einer Währung, nicht negativ; Ergebnis als Betrag",
        "Probabilities 0 to 1, damages in one currency, not negative; result as an amount",
    ),
    Text(
        "Risiken ohne Wahrscheinlichkeit oder ohne Schaden zählen nicht mit und werden als ausgelassen genannt. Ein "
        "Mittelwert: Tritt ein Risiko ein, kostet es den ganzen Schaden.",
        "Risks without a probability or without a damage do not count and are named as left out. A mean: a risk that "
        "comes true costs the whole damage.",
    ),
    Text("Schadenserwartungswert, z. B. ISO 31010", "Expected loss, e.g. ISO 31010"),
    Grid(
        Text("Risiko", "Risk"),
        (
            Text("Werk wird verlagert", "Plant is moved"),
            Text("Zweitlieferant", "Second supplier"),
            Text("Zahlungsausfall", "Default"),
        ),
        (
            Series("chances", Text("Wahrsch.", "Probab."), Shape.SHARE, (0.3, 0.05, None)),
            Series("damages", Text("Schaden", "Damage"), Shape.MONEY, (500_000, 2_000_000, 80_000)),
        ),
    ),
    (
        Result(
            Text("erwarteter Schaden", "Expected damage"),
            _risk("SUMPRODUCT({chances},{damages})"),
            "KAM_RISK({chances},{damages})",
            Shape.MONEY,
        ),
        Result(
            Text("Risiken", "Risks"),
            _risk(_RISKS_KNOWN),
            "KAM_RISK({chances},{damages},{part})",
            Shape.COUNT,
            Text("Risiken", "risks"),
        ),
        Result(
            Text("ausgelassen", "Left out"),
            _risk(only_one("{chances}", "{damages}")),
            "KAM_RISK({chances},{damages},{part})",
            Shape.COUNT,
            Text("ausgelassen", "left out"),
        ),
    ),
)  # fmt: skip
