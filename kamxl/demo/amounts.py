"""The figures of an account that follow from one another, so that its sheets tell one story.

A file states revenue, demand and cost ratios once. The rolling plan spreads the target over the quarters, a rival's
share is its revenue of the whole demand, the key figures repeat revenue, margin, visits and satisfaction of the other
sheets: with 2.0 m revenue and 4.0 m demand the share at the customer is 50 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kamxl.demo.notation import NotationReader
from kamxl.plan.document import PlanSpec
from kamxl.scoring import contribution_margins, satisfaction_index

_REVENUE = ("product_group", "actual_4", "actual_3", "actual_2", "forecast", "target")
_KEY_FIGURE = ("unit", "previous_year", "current_year", "target", "comment")
_YEARS = ("actual_2", "forecast", "target")
_INSIDE_SALES = "Innendienst"


def add_amounts(
    data: dict[str, Any],
    document: Mapping[str, Any],
    reader: NotationReader,
    spec: PlanSpec,
) -> None:
    """Put the figures of a file into `data`, which holds everything else of the plan."""
    data["revenue"] = _revenue(document["revenue"], reader)
    demand = sum(row["demand"] for row in data["revenue"]["wallet"])
    for rival in data["competition"]["competitors"]:
        rival["share"] = round(rival["revenue"] / demand, 3)
    controlling = document["controlling"]
    data["controlling"]["contribution"] = _contribution(
        controlling["contribution"], data["revenue"]["revenue"]
    )
    table = spec.table("controlling.kpis")
    rows = controlling["kpis"] | _key_figures(controlling["kpis"], data, demand)
    data["controlling"]["kpis"] = reader.table(table, rows, _KEY_FIGURE)


def _revenue(written: Mapping[str, Any], reader: NotationReader) -> dict[str, Any]:
    revenue, wallet, quarters = [], [], []
    for *amounts, comment, demand, supplier, rival in written["revenue"]:
        row = dict(zip(_REVENUE, amounts, strict=True))
        revenue.append(row | {"comment": reader.text(comment)})
        wallet.append(
            {"demand": demand, "supplier": supplier, "main_rival": reader.rival(rival)}
        )
        quarters.append(_quarters(row["target"], written["season"]))
    return {"revenue": revenue, "wallet": wallet, "forecast": quarters}


def _quarters(target: float, season: Sequence[float]) -> dict[str, float]:
    """The target over four quarters in whole hundreds; the last one takes the rest."""
    first = [round(target * share, -2) for share in season[:3]]
    quarters = (*first, target - sum(first))
    return {f"q{i}_plan": amount for i, amount in enumerate(quarters, 1)}


def _contribution(
    written: Sequence[Sequence[float]], revenue: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Per year: deductions in % of gross revenue, production in % of net revenue, other costs as amounts."""
    rows = []
    for year, (deductions, production, marketing, selling, service) in zip(
        _YEARS, written, strict=True
    ):
        net = _total(revenue, year)
        gross = round(net / (1 - deductions / 100), -2)
        rows.append(
            {
                "gross_revenue": gross,
                "deductions": gross - net,
                "production": round(net * production / 100, -2),
                "marketing": marketing,
                "selling": selling,
                "service": service,
            }
        )
    return rows


def _key_figures(
    written: Mapping[str, Any], data: Mapping[str, Any], demand: float
) -> dict[str, list[Any]]:
    """The rows of the key figures that other sheets know already."""
    revenue = data["revenue"]["revenue"]
    nets = [_total(revenue, year) for year in _YEARS]
    margins = [_margin(row) for row in data["controlling"]["contribution"]]
    costs = [net - margin for net, margin in zip(nets, margins, strict=True)]
    before, wanted, comment = written["market_share"]
    share = round(100 * nets[1] / demand)
    visits_before, visits_comment = written["visits"]
    satisfied_before, satisfied_wanted, satisfied_comment = written["satisfaction"]
    return {
        "revenue": ["T€", *_thousands(nets), written["revenue"]],
        "cost": ["T€", *_thousands(costs), written["cost"]],
        "contribution_margin": ["T€ (DB IV)", *_thousands(margins), written["contribution_margin"]],
        "market_share": ["%", before, share, wanted, comment],
        "visits": ["Anzahl", visits_before, *_visits(data["contacts"]), visits_comment],
        "satisfaction": [
            "Index 0–100", satisfied_before, _satisfaction(data), satisfied_wanted, satisfied_comment,
        ],
    }  # fmt: skip


def _margin(costs: Mapping[str, float]) -> float:
    margin = contribution_margins(*costs.values()).db4
    if margin is None:
        raise ValueError("a cost is missing")
    return margin


def _visits(contacts: Mapping[str, Any]) -> tuple[int, int]:
    """Contacts this year and planned, without those of the inside sales, who telephone."""
    actual = planned = 0
    for person, row in zip(contacts["team"], contacts["matrix"], strict=True):
        if person["function"] != _INSIDE_SALES:
            actual += sum(cell.get("actual", 0) for cell in row)
            planned += sum(cell.get("planned", 0) for cell in row)
    return actual, planned


def _satisfaction(data: Mapping[str, Any]) -> int:
    rows = data["cooperation"]["satisfaction"]
    index = satisfaction_index(
        [row["performance"] for row in rows], [row["importance"] for row in rows]
    ).value
    if index is None:
        raise ValueError("satisfaction is not rated")
    return round(index)


def _total(revenue: Sequence[Mapping[str, Any]], year: str) -> float:
    return float(sum(row[year] for row in revenue))


def _thousands(amounts: Sequence[float]) -> list[int]:
    return [round(amount / 1000) for amount in amounts]
