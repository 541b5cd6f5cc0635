"""Cards: the pipeline of open deals, and its exact distribution."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

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
    all_numbers,
    known,
    no_negative,
    on_scale,
    only_one,
    safe,
)
from kamxl.excel.showcase.outcomes import DEAL, DEALS, brought, working
from kamxl.texts import Text

_INPUTS = Grid(
    DEAL,
    DEALS,
    (
        Series(
            "values",
            Text("Wert", "Value"),
            Shape.MONEY,
            (500_000, 120_000, 80_000, 40_000),
        ),
        Series("chances", Text("Chance", "Chance"), Shape.SHARE, (0.2, 0.6, 0.75, 0.9)),
    ),
)
_DEALS_KNOWN = f"SUMPRODUCT({known('{values}', '{chances}')})"


def _figure(value: str) -> str:
    """The value if there is a deal at all and no entry is off its scale."""
    sound = no_negative(["{values}"], on_scale("{chances}", "0", "1", value))
    return safe(f'IF({_DEALS_KNOWN}>0,{sound},"")')


def _of_deal(value: str) -> str:
    """A figure of one deal; blank without value or chance."""
    return safe(all_numbers(("{row[values]}", "{row[chances]}"), value))


_FIGURES = (
    Series(
        "weighted",
        Text("gewichtet", "Weighted"),
        Shape.MONEY,
        formula=_of_deal("{row[values]}*{row[chances]}"),
    ),
    Series(
        "spread",
        Text("Streuung", "Spread"),
        Shape.MONEY,
        formula=_of_deal("{row[values]}*({row[chances]}*(1-{row[chances]}))^0.5"),
    ),
)

_WEIGHTED = Card(
    ("KAM_PIPELINE",),
    Text("Gewichtete Pipeline", "Weighted pipeline"),
    Text(
        "Erwartung Σ Wert · Chance; Standardabweichung √ Σ Wert² · Chance · (1 − Chance) bei unabhängigen Projekten",
        "Expected value Σ value · chance; standard deviation √ Σ value² · chance · (1 − chance) for independent deals",
    ),
    Text(
        "Werte in einer Währung, nicht negativ; Chancen 0 bis 1",
        "Values in one currency, not negative; chances 0 to 1",
    ),
    Text(
        "Projekte ohne Wert oder ohne Chance zählen nicht mit und werden als ausgelassen genannt.",
        "Deals without a value or without a chance do not count and are named as left out.",
    ),
    Text(
        "Erwartungswert und Varianz unabhängiger Ereignisse",
        "Expected value and variance of independent events",
    ),
    replace(_INPUTS, columns=_INPUTS.columns + _FIGURES),
    (
        Result(
            Text("Erwartung", "Expected"),
            _figure("SUM({weighted})"),
            "KAM_PIPELINE({values},{chances})",
            Shape.MONEY,
        ),
        Result(
            Text("Standardabweichung", "Standard deviation"),
            _figure("SUMPRODUCT({spread},{spread})^0.5"),
            "KAM_PIPELINE({values},{chances},{part})",
            Shape.MONEY,
            Text("Standardabweichung", "standard deviation"),
        ),
        Result(
            Text("Projekte", "Deals"),
            _figure(_DEALS_KNOWN),
            "KAM_PIPELINE({values},{chances},{part})",
            Shape.COUNT,
            Text("Projekte", "deals"),
        ),
        Result(
            Text("ausgelassen", "Left out"),
            _figure(only_one("{values}", "{chances}")),
            "KAM_PIPELINE({values},{chances},{part})",
            Shape.COUNT,
            Text("ausgelassen", "left out"),
        ),
    ),
)

_EXPECTED = "SUMPRODUCT({values},{chances})"
_SQUARES = "SUMPRODUCT({values},{values},{chances})"
_EXPECTED_SQUARES = "SUMPRODUCT({values},{values},{chances},{chances})"
_OUTCOMES = tuple(
    won
    for count in range(len(DEALS) + 1)
    for won in combinations(range(len(DEALS)), count)
)
_WORKING = working(
    _OUTCOMES,
    *brought("values", _OUTCOMES),
    Series(
        "cumulated",
        Text("bis hier", "Up to here"),
        Shape.SHARE,
        formula="SUMPRODUCT(({sums}<={row[sums]})*{masses})",
    ),
)


def _quantile(label: str, key: str, meaning: Text) -> Result:
    # Outcomes that are too unlikely, or cannot happen, are moved out of the way of the smallest sum.
    wanted = f"{{{key}}}"
    beyond = f"(({{cumulated}}<{wanted}-1E-12)+({{masses}}<=0)>0)*1E+15"
    smallest = all_numbers(
        (wanted,), on_scale(wanted, "0", "1", f"SUMPRODUCT(MIN({{sums}}+{beyond}))")
    )
    named = Text(f"{label} ({meaning.de})", f"{label} ({meaning.en})")
    return Result(
        named,
        _figure(smallest),
        f"KAM_PIPELINE_QUANTILE({{values}},{{chances}},{{{key}}})",
        Shape.MONEY,
    )


_DISTRIBUTION = Card(
    ("KAM_PIPELINE_QUANTILE", "KAM_PIPELINE_PROB"),
    Text("Was die Pipeline wirklich bringt", "What the pipeline really brings"),
    Text(
        "Jedes Projekt kommt ganz oder gar nicht. Quantil: die kleinste Summe, die mit dieser Wahrscheinlichkeit nicht "
        "überschritten wird. Zielwahrscheinlichkeit: Summe aller Ausgänge, die das Ziel erreichen.",
        "Each deal comes in full or not at all. Quantile: the smallest sum that is not exceeded with this probability. "
        "Probability of the target: the sum of all outcomes that reach it.",
    ),
    Text(
        "Quantil 0 bis 1 (0,1 = P10), Ziel als Betrag; Ergebnis als Betrag beziehungsweise 0 bis 1",
        "Quantile 0 to 1 (0.1 = P10), target as an amount; result as an amount or 0 to 1",
    ),
    Text(
        "Eine Formel für beliebig viele Projekte kennt Excel nicht: Hier stehen alle 16 Ausgänge von vier Projekten. "
        "Die KAM-Funktion rechnet auch mit 200 Projekten exakt. Die Normalverteilung täuscht bei wenigen Projekten.",
        "Excel has no formula for any number of deals: here stand all 16 outcomes of four deals. The KAM function is "
        "exact for 200 deals, too. The normal distribution misleads with few deals.",
    ),
    Text(
        "Verteilung der Summe unabhängiger Ja/Nein-Ereignisse (Faltung)",
        "Distribution of the sum of independent yes/no events (convolution)",
    ),
    _INPUTS,
    (
        _quantile("P10", "p10", Text("vorsichtig", "cautious")),
        _quantile("P50", "p50", Text("Mitte", "middle")),
        _quantile("P90", "p90", Text("optimistisch", "optimistic")),
        Result(
            Text("Ziel wird erreicht", "Target is reached"),
            _figure(
                all_numbers(
                    ("{target}",),
                    "SUMPRODUCT(({sums}>={target}-1E-12*MAX(1,ABS({target})))*1,{masses})",
                )
            ),
            "KAM_PIPELINE_PROB({values},{chances},{target})",
            Shape.SHARE,
        ),
        Result(
            Text("laut Normalverteilung", "By normal distribution"),
            _figure(
                f"1-NORMDIST({{target}},{_EXPECTED},({_SQUARES}-{_EXPECTED_SQUARES})^0.5,TRUE)"
            ),
            "",
            Shape.SHARE,
        ),
    ),
    (
        Single("target", Text("Ziel", "Target"), Shape.MONEY, 250_000),
        Single(
            "p10", Text("Quantil vorsichtig", "Quantile, cautious"), Shape.SHARE, 0.1
        ),
        Single("p50", Text("Quantil Mitte", "Quantile, middle"), Shape.SHARE, 0.5),
        Single(
            "p90",
            Text("Quantil optimistisch", "Quantile, optimistic"),
            Shape.SHARE,
            0.9,
        ),
    ),
    _WORKING,
)

PIPELINE = Family(
    Text("Pipeline", "Pipeline"),
    Text(
        "Der gewichtete Wert ist ein Mittelwert, den es so nie gibt. Die Verteilung sagt, womit zu rechnen ist.",
        "The weighted value is a mean that never comes true as such. The distribution says what to expect.",
    ),
    (_WEIGHTED, _DISTRIBUTION),
)
