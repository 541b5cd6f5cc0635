# ruff: noqa: N802 - an Excel function is named as Excel shows it
"""Excel functions: the bridge to the plan year's target, deals won and lost, risks."""

from __future__ import annotations

from kamxl.excel.functions.arguments import PROBABILITIES
from kamxl.excel.functions.cells import (
    Cells,
    chosen,
    day_of,
    flat,
    grid,
    part_of,
    rowwise,
    shaped,
    single,
)
from kamxl.excel.functions.function import excel_function
from kamxl.scoring import (
    Bridge,
    deal_dependence,
    hit_rate,
    plan_year_effect,
    revenue_bridge,
    risk_exposure,
    target_probability,
)
from kamxl.texts import Text

_TARGET = Text("Ziel im Planjahr", "Target of the plan year")
_BASE = Text(
    "Basis: was auch ohne offene Projekte kommt",
    "Base: what comes even if no open deal is won",
)
_WON = Text(
    "Wirkung der gewonnenen Projekte; leer: keines gewonnen",
    "Effect of the deals won; left out: none was won",
)
_EFFECTS = Text(
    "Wirkung der offenen Projekte im Planjahr",
    "Effects of the open deals in the plan year",
)


@excel_function(
    Text(
        "Wirkung eines Projekts im Planjahr, mit Laufzeit nach Tagen aufgeteilt",
        "Effect of a deal in the plan year, by days if it has a term",
    ),
    value=Text("Wert des Projekts", "Value of the deal"),
    start=Text("Beginn der Wirkung, ein Datum", "First day of the effect, a date"),
    term=Text(
        "Laufzeit in Monaten; leer: einmalig", "Term in months; left out: comes once"
    ),
    year=Text("Planjahr, z. B. 2027", "Plan year, e.g. 2027"),
)
def KAM_EFFECT(value: Cells, start: Cells, term: Cells, year: Cells) -> object:
    """`plan_year_effect`, row by row."""

    def effect(money: float, first: object, months: float, wanted: int) -> object:
        return plan_year_effect(money, day_of(first, "start"), months, wanted)

    return rowwise(effect, value, start, term, year)


@excel_function(
    Text(
        "Erwarteter Umsatz im Planjahr: Basis + gewonnen + gewichtete offene Projekte",
        "Revenue expected in the plan year: base + won + weighted open deals",
    ),
    base_revenue=_BASE,
    won=_WON,
    effects=_EFFECTS,
    probabilities=PROBABILITIES,
    part=Text(
        "Erwartung (ohne Angabe), gewichtet, Projekte, ausgelassen",
        "expected (if left out), weighted, deals, left out",
    ),
)
def KAM_EXPECTED(
    base_revenue: Cells,
    won: Cells,
    effects: Cells,
    probabilities: Cells,
    part: Cells = None,
) -> object:
    """`revenue_bridge` without a target."""
    names = {
        "expected": Text("Erwartung", "expected"),
        "weighted": Text("gewichtet", "weighted"),
        "deals": Text("Projekte", "deals"),
        "left_out": Text("ausgelassen", "left out"),
    }
    return part_of(
        _bridge(None, base_revenue, won, effects, probabilities), part, names
    )


@excel_function(
    Text(
        "Was zum Ziel fehlt: Ziel - Erwartung; negativ: mehr als verlangt",
        "What is missing to the target: target - expected; negative: more than wanted",
    ),
    target=_TARGET,
    base_revenue=_BASE,
    won=_WON,
    effects=_EFFECTS,
    probabilities=PROBABILITIES,
)
def KAM_GAP_TO_TARGET(
    target: Cells, base_revenue: Cells, won: Cells, effects: Cells, probabilities: Cells
) -> object:
    """The gap of `revenue_bridge`."""
    bridge = _bridge(target, base_revenue, won, effects, probabilities)
    return None if bridge is None else bridge.gap


@excel_function(
    Text(
        "Wahrscheinlichkeit, dass Basis, gewonnene und offene Projekte das Ziel erreichen",
        "Probability that base, deals won and open deals reach the target",
    ),
    target=_TARGET,
    base_revenue=_BASE,
    won=_WON,
    effects=_EFFECTS,
    probabilities=PROBABILITIES,
)
def KAM_TARGET_PROB(
    target: Cells, base_revenue: Cells, won: Cells, effects: Cells, probabilities: Cells
) -> object:
    """`target_probability`."""
    sure = _sure(target, base_revenue, won)
    return target_probability(*sure, flat(effects), flat(probabilities))


@excel_function(
    Text(
        "Woran das Ziel hängt: Zielwahrscheinlichkeit minus die ohne das Projekt",
        "What the target hangs on: its probability less that without the deal",
    ),
    target=_TARGET,
    base_revenue=_BASE,
    won=_WON,
    effects=_EFFECTS,
    probabilities=PROBABILITIES,
    part=Text(
        "Verlust (ohne Angabe), Rang oder ohne (Wahrscheinlichkeit ohne das Projekt)",
        "loss (if left out), rank or without (the probability without the deal)",
    ),
)
def KAM_DEPENDENCE(
    target: Cells,
    base_revenue: Cells,
    won: Cells,
    effects: Cells,
    probabilities: Cells,
    part: Cells = None,
) -> object:
    """`deal_dependence`, in the shape of the effects; blank where there is no value."""
    names = {
        "loss": Text("Verlust", "loss"),
        "rank": Text("Rang", "rank"),
        "without": Text("ohne", "without"),
    }
    wanted = chosen(part, "part", names)
    sure, rows = _sure(target, base_revenue, won), grid(effects)
    deals = deal_dependence(*sure, flat(effects), flat(probabilities))
    return shaped(rows, {deal.index: getattr(deal, wanted) for deal in deals})


@excel_function(
    Text(
        "Trefferquote: gewonnen / (gewonnen + verloren), nach Zahl oder Wert",
        "Hit rate: won / (won + lost), by number or by value",
    ),
    won=Text("Gewonnene Projekte, Zahl oder Wert", "Deals won, number or value"),
    lost=Text("Verlorene Projekte, Zahl oder Wert", "Deals lost, number or value"),
)
def KAM_HIT_RATE(won: Cells, lost: Cells) -> object:
    """`hit_rate`, row by row."""
    return rowwise(hit_rate, won, lost)


@excel_function(
    Text(
        "Erwarteter Schaden: Wahrscheinlichkeit mal Schaden, Summe über alle Risiken",
        "Expected damage: probability times damage, sum over all risks",
    ),
    probabilities=Text(
        "Eintrittswahrscheinlichkeiten 0 bis 1", "Probabilities 0 to 1, one per risk"
    ),
    damages=Text("Schäden, je Risiko einer", "Damages, one per risk"),
    part=Text(
        "Erwartung (ohne Angabe), Risiken, ausgelassen",
        "expected (if left out), risks, left out",
    ),
)
def KAM_RISK(probabilities: Cells, damages: Cells, part: Cells = None) -> object:
    """`risk_exposure`."""
    names = {
        "expected": Text("Erwartung", "expected"),
        "risks": Text("Risiken", "risks"),
        "left_out": Text("ausgelassen", "left out"),
    }
    return part_of(risk_exposure(flat(probabilities), flat(damages)), part, names)


def _sure(
    target: Cells, base_revenue: Cells, won: Cells
) -> tuple[float | None, float | None, float | None]:
    """Target, base and what is won, each from a single cell."""
    return (
        single(target, "target", None),
        single(base_revenue, "base", None),
        single(won, "won", None),
    )


def _bridge(
    target: Cells, base_revenue: Cells, won: Cells, effects: Cells, probabilities: Cells
) -> Bridge | None:
    """`revenue_bridge` of cells."""
    sure = _sure(target, base_revenue, won)
    return revenue_bridge(*sure, flat(effects), flat(probabilities))
