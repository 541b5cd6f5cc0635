# ruff: noqa: N802 - an Excel function is named as Excel shows it
"""Excel functions: revenue, pipeline, contribution, lifetime value."""

from __future__ import annotations

from itertools import chain

from kamxl.excel.functions.arguments import PROBABILITIES
from kamxl.excel.functions.cells import (
    Cells,
    chosen,
    flags,
    flat,
    grid,
    part_of,
    rowwise,
    single,
)
from kamxl.excel.functions.function import excel_function
from kamxl.scoring import (
    LIMITS,
    ScoreError,
    abc_class,
    cagr,
    contribution_margins,
    customer_lifetime_value,
    growth,
    pipeline_distribution,
    revenue_concentration,
    share_of_wallet,
    weighted_pipeline,
)
from kamxl.scoring.inputs import optional
from kamxl.texts import Text

_VALUES = Text("Werte der Projekte", "Values of the deals")


@excel_function(
    Text(
        "ABC-Klasse je Kunde nach dem kumulierten Umsatzanteil vor ihm",
        "ABC class per account by the cumulated revenue share before it",
    ),
    revenues=Text("Umsätze aller Kunden", "Revenues of all accounts"),
    limit_b=Text(
        "Anteil, ab dem B beginnt, ohne Angabe 0,8",
        "Share at which B begins, 0.8 if left out",
    ),
    limit_c=Text(
        "Anteil, ab dem C beginnt, ohne Angabe 0,95",
        "Share at which C begins, 0.95 if left out",
    ),
)
def KAM_ABC(revenues: Cells, limit_b: Cells = None, limit_c: Cells = None) -> object:
    """`abc_class`, in the shape of the range."""
    rows = grid(revenues)
    limits = (
        single(limit_b, "limit_b", LIMITS.abc[0]),
        single(limit_c, "limit_c", LIMITS.abc[1]),
    )
    classes = iter(abc_class(list(chain.from_iterable(rows)), limits))
    return [[next(classes) or "" for _ in row] for row in rows]


@excel_function(
    Text("Wachstum als Anteil (0,1 = 10 %)", "Growth as a share (0.1 = 10 %)"),
    previous=Text("Vorjahr", "Previous year"),
    current=Text("Laufendes Jahr", "Current year"),
)
def KAM_GROWTH(previous: Cells, current: Cells) -> object:
    """`growth`, row by row."""
    return rowwise(growth, previous, current)


@excel_function(
    Text(
        "Mittleres jährliches Wachstum als Anteil (0,1 = 10 %)",
        "Compound annual growth rate (0.1 = 10 %)",
    ),
    first=Text("Wert des ersten Jahres", "Value of the first year"),
    last=Text("Wert des letzten Jahres", "Value of the last year"),
    years=Text("Jahre dazwischen", "Years between them"),
)
def KAM_CAGR(first: Cells, last: Cells, years: Cells) -> object:
    """`cagr`, row by row."""
    return rowwise(cagr, first, last, years)


@excel_function(
    Text(
        "Lieferanteil: eigener Umsatz / Gesamtbedarf (0 bis 1)",
        "Share of wallet: own revenue / demand (0 to 1)",
    ),
    own=Text("Eigener Umsatz", "Own revenue"),
    demand=Text("Gesamtbedarf des Kunden", "The customer's total demand"),
)
def KAM_WALLET(own: Cells, demand: Cells) -> object:
    """`share_of_wallet`, row by row."""
    return rowwise(share_of_wallet, own, demand)


@excel_function(
    Text(
        "Umsatzkonzentration: Herfindahl-Index 0 bis 10.000",
        "Revenue concentration: Herfindahl index 0 to 10,000",
    ),
    revenues=Text("Umsätze aller Kunden", "Revenues of all accounts"),
    part=Text(
        "HHI (ohne Angabe), Anzahl (gleich große Kunden mit derselben Konzentration), Top 1, Top 5",
        "HHI (if left out), number (of equal accounts), top 1, top 5",
    ),
)
def KAM_HHI(revenues: Cells, part: Cells = None) -> object:
    """`revenue_concentration`."""
    names = {
        "hhi": Text("HHI", "HHI"),
        "effective_number": Text("Anzahl", "number"),
        "top_1": Text("Top 1", "top 1"),
        "top_5": Text("Top 5", "top 5"),
    }
    return part_of(revenue_concentration(flat(revenues)), part, names)


@excel_function(
    Text(
        "Gewichtete Pipeline: Summe aus Wert mal Wahrscheinlichkeit",
        "Weighted pipeline: sum of value times probability",
    ),
    values=_VALUES,
    probabilities=PROBABILITIES,
    part=Text(
        "Erwartung (ohne Angabe), Standardabweichung, Projekte, ausgelassen",
        "expected (if left out), standard deviation, deals, left out",
    ),
)
def KAM_PIPELINE(values: Cells, probabilities: Cells, part: Cells = None) -> object:
    """`weighted_pipeline`."""
    names = {
        "expected": Text("Erwartung", "expected"),
        "standard_deviation": Text("Standardabweichung", "standard deviation"),
        "deals": Text("Projekte", "deals"),
        "left_out": Text("ausgelassen", "left out"),
    }
    return part_of(weighted_pipeline(flat(values), flat(probabilities)), part, names)


@excel_function(
    Text(
        "Summe, die die Pipeline mit dieser Wahrscheinlichkeit nicht überschreitet (P10, P50, P90)",
        "Sum that the pipeline does not exceed with this probability (P10, P50, P90)",
    ),
    values=_VALUES,
    probabilities=PROBABILITIES,
    quantile=Text(
        "Wahrscheinlichkeit 0 bis 1, z. B. 0,1", "Probability 0 to 1, e.g. 0.1"
    ),
    part=Text(
        "Wert (ohne Angabe) oder Fehler (größte mögliche Abweichung des Werts)",
        "value (if left out) or error (the most that the value can be off)",
    ),
)
def KAM_PIPELINE_QUANTILE(
    values: Cells, probabilities: Cells, quantile: Cells, part: Cells = None
) -> object:
    """`pipeline_quantile`, also for several quantiles at once."""
    wanted = chosen(
        part,
        "part",
        {"value": Text("Wert", "value"), "error": Text("Fehler", "error")},
    )
    distribution = pipeline_distribution(flat(values), flat(probabilities))

    def quantile_of(cell: object) -> float | None:
        probability = optional(cell, "quantile", 0, 1)
        if distribution is None or probability is None:
            return None
        if wanted == "error":
            return distribution.error
        return distribution.quantile(probability)

    return rowwise(quantile_of, quantile)


@excel_function(
    Text(
        "Wahrscheinlichkeit, dass die Pipeline mindestens das Ziel bringt",
        "Probability that the pipeline reaches the target",
    ),
    values=_VALUES,
    probabilities=PROBABILITIES,
    target=Text("Ziel in derselben Währung", "Target in the same currency"),
)
def KAM_PIPELINE_PROB(values: Cells, probabilities: Cells, target: Cells) -> object:
    """`pipeline_probability`."""
    distribution = pipeline_distribution(flat(values), flat(probabilities))
    wanted = optional(single(target, "target", None), "target")
    if distribution is None or wanted is None:
        return None
    return distribution.at_least(wanted)


@excel_function(
    Text(
        "Kundendeckungsbeitrag; fehlende Kosten beenden die Kette dort",
        "Customer contribution; a missing cost ends the chain there",
    ),
    gross=Text("Bruttoumsatz", "Gross revenue"),
    deductions=Text("Erlösschmälerungen", "Revenue deductions"),
    production=Text("Herstellkosten", "Production cost"),
    marketing=Text("Marketingkosten", "Marketing cost"),
    selling=Text("Vertriebskosten", "Selling cost"),
    service=Text("Service- und Transportkosten", "Service and transport cost"),
    part=Text(
        "DB IV (ohne Angabe), netto, DB I, DB II, DB III",
        "DB IV (if left out), net, DB I, DB II, DB III",
    ),
)
def KAM_CONTRIBUTION(
    gross: Cells,
    deductions: Cells,
    production: Cells,
    marketing: Cells = None,
    selling: Cells = None,
    service: Cells = None,
    part: Cells = None,
) -> object:
    """`contribution_margins`."""
    names = {
        "db4": Text("DB IV", "DB IV"),
        "net": Text("netto", "net"),
        "db1": Text("DB I", "DB I"),
        "db2": Text("DB II", "DB II"),
        "db3": Text("DB III", "DB III"),
    }
    arguments = {
        "gross": gross,
        "deductions": deductions,
        "production": production,
        "marketing": marketing,
        "selling": selling,
        "service": service,
    }
    figures = [single(cells, argument, None) for argument, cells in arguments.items()]
    return part_of(contribution_margins(*figures), part, names)


@excel_function(
    Text(
        "Kundenwert: Barwert der jährlichen Deckungsbeiträge",
        "Customer lifetime value: present value of yearly margins",
    ),
    margin=Text("Deckungsbeitrag pro Jahr", "Margin per year"),
    retention=Text("Bindungsrate 0 bis 1", "Retention rate 0 to 1"),
    discount=Text(
        "Zinssatz pro Jahr, 0,1 = 10 %", "Discount rate per year, 0.1 = 10 %"
    ),
    first=Text(
        "WAHR, wenn der erste Deckungsbeitrag jetzt anfällt",
        "TRUE if the first margin comes now",
    ),
)
def KAM_CLV(
    margin: Cells, retention: Cells, discount: Cells, first: Cells = None
) -> object:
    """`customer_lifetime_value`, row by row."""
    now = flags(first, "first")
    if not isinstance(now, bool):
        raise ScoreError(
            "first",
            Text(de="eine einzelne Zelle erwartet", en="one single cell expected"),
        )
    return rowwise(
        lambda m, r, i: customer_lifetime_value(m, r, i, first=now),
        margin,
        retention,
        discount,
    )
