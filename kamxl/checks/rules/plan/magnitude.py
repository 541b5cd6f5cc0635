"""KAM328 to KAM330: amounts of another order of magnitude than the account, as when thousands were typed.

Whoever has sold 900,000 a year and expects 950 has left out three zeros; no comment explains that away.

>>> slipped(950, 900_000), slipped(90_000_000, 900_000), slipped(300_000, 900_000)
(0.001, 100.0, None)
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kamxl.checks.consistency import Look, PlanRule, numbered
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.document.vocabulary import Kind
from kamxl.plan.revenue import RevenueRow
from kamxl.texts import Text

_SCALES: Mapping[float, Text] = {
    1e-6: Text(de="ein Millionstel", en="a millionth"),
    1e-3: Text(de="ein Tausendstel", en="a thousandth"),
    1e2: Text(de="das Hundertfache", en="a hundred times"),
    1e3: Text(de="das Tausendfache", en="a thousand times"),
    1e6: Text(de="das Millionenfache", en="a million times"),
}
_NEAR = 0.5  # of a power of ten: revenue may well triple
_ACTUALS = ("actual_4", "actual_3", "actual_2")
_EXPECTED = ("forecast", "target")
_IN_FULL = Text(
    de="Alle Beträge in voller Höhe eintragen, nicht in Tausend oder Millionen; stimmt der Betrag, ist nichts zu tun.",
    en="Enter all amounts in full, not in thousands or millions; if the amount is right, there is nothing to do.",
)
_DETAILS = {
    "times": Text(de="Vielfaches", en="multiple"),
    "before": Text(de="Vorjahreswert", en="value before"),
    "likely": Text(de="gemeinter Wert", en="value meant"),
}

OFF_SCALE = PlanRule(
    code="KAM328",
    name="revenue-off-scale",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: {value} ist rund {times} dessen, was mit „{group}“ in den Vorjahren umgesetzt wurde ({before}); "
        "gemeint ist vermutlich {likely}.",
        en="{label}: {value} is about {times} what “{group}” brought in past years ({before}); probably {likely} "
        "is meant.",
    ),
    remedy=_IN_FULL,
    details=_DETAILS,
)
TOTAL_OFF_SCALE = PlanRule(
    code="KAM329",
    name="total-off-scale",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Summe {value} ist rund {times} des Umsatzes der Vorjahre ({before}); gemeint ist vermutlich "
        "{likely}.",
        en="{label}: the total of {value} is about {times} the revenue of past years ({before}); probably {likely} "
        "is meant.",
    ),
    remedy=_IN_FULL,
    details=_DETAILS,
)
DEAL_TOO_LARGE = PlanRule(
    code="KAM330",
    name="deal-larger-than-account",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Das Projekt „{project}“ ist mit {value} weit größer als der ganze Kunde ({size} im Jahr){meant}.",
        en="{label}: at {value} the project “{project}” is far larger than the whole account ({size} a year){meant}.",
    ),
    remedy=Text(
        de="Den Betrag prüfen: in voller Höhe, netto, in Planwährung, ohne zusätzliche Nullen.",
        en="Check the amount: in full, net, in the plan’s currency, without additional zeros.",
    ),
    details={"size": Text(de="Größe des Kunden", en="size of the account")},
    additions={
        "meant": Text(
            de="; gemeint ist vermutlich {likely}", en="; probably {likely} is meant"
        )
    },
    threshold=2.0,
    threshold_meaning=Text(
        de="Vielfaches des größten Jahresumsatzes oder Bedarfs, ab dem ein Projekt gemeldet wird",
        en="multiple of the largest yearly revenue or demand from which a project is reported",
    ),
)


class Slip(NamedTuple):
    """A forecast or target of another magnitude: where, how much it is, of what, and the factor it is off by."""

    path: str
    group: str | None
    value: float
    before: float
    scale: float


def slipped(value: float | None, before: float) -> float | None:
    """The factor, among those by which people mistype amounts, by which a value is off; `None` if by none of them.

    Args:
        value: an amount, at least 0 to be judged.
        before: what it is measured by, above 0 to be judged.
    """
    if not value or value < 0 or before <= 0:
        return None
    power = math.log10(value / before)
    scale = min(_SCALES, key=lambda scale: abs(math.log10(scale) - power))
    return scale if abs(math.log10(scale) - power) <= _NEAR else None


def slips(look: Look) -> list[Slip]:
    """The forecasts and targets of another magnitude than the row's past.

    A small product group may grow a hundredfold: what is still less than the account's own size is no slip.
    """
    rows = look.plan.revenue.revenue
    size = max(_totals(rows, _ACTUALS), default=0.0)
    found = []
    for path, row in numbered("revenue.revenue", rows):
        before = max(_amounts(row, _ACTUALS), default=0.0)
        for key in _EXPECTED:
            value = getattr(row, key)
            scale = slipped(value, before)
            if scale and (scale < 1 or value > size):
                slip = Slip(f"{path}.{key}", row.product_group, value, before, scale)
                found.append(slip)
    return found


@OFF_SCALE.check
def _rows_off(look: Look) -> Iterator[Problem]:
    for slip in slips(look):
        yield OFF_SCALE.at(slip.path, group=slip.group, **_told(look, slip))


@TOTAL_OFF_SCALE.check
def _totals_off(look: Look) -> Iterator[Problem]:
    """Totals of another magnitude, though no single row shows it."""
    rows = look.plan.revenue.revenue
    told = {slip.path.rpartition(".")[2] for slip in slips(look)}
    before = max(_totals(rows, _ACTUALS), default=0.0)
    for key, value in zip(_EXPECTED, _totals(rows, _EXPECTED), strict=True):
        scale = slipped(value, before)
        if scale and key not in told:
            first = next(i for i, row in enumerate(rows) if getattr(row, key))
            slip = Slip(f"revenue.revenue[{first}].{key}", None, value, before, scale)
            yield TOTAL_OFF_SCALE.at(slip.path, **_told(look, slip))


def _told(look: Look, slip: Slip) -> dict[str, object]:
    return {
        "value": look.shown(slip.value, Kind.MONEY),
        "times": _SCALES[slip.scale],
        "before": look.shown(slip.before, Kind.MONEY),
        "likely": look.shown(slip.value / slip.scale, Kind.MONEY),
    }


@DEAL_TOO_LARGE.check
def _giants(look: Look) -> Iterator[Problem]:
    """Open projects far larger than a year with the account and all that it needs."""
    revenue = look.plan.revenue
    years = _totals(revenue.revenue, (*_ACTUALS, *_EXPECTED))
    demand = math.fsum(row.demand or 0.0 for row in revenue.wallet)
    size = max(*years, demand)
    limit = size * look.limit(DEAL_TOO_LARGE)
    for path, row in numbered("opportunities.open", look.plan.opportunities.open):
        if row.value is not None and row.value > limit > 0:
            scale = slipped(row.value, size)
            likely = (
                {"likely": look.shown(row.value / scale, Kind.MONEY)} if scale else {}
            )
            yield DEAL_TOO_LARGE.at(
                f"{path}.value",
                project=row.project,
                value=look.shown(row.value, Kind.MONEY),
                size=look.shown(size, Kind.MONEY),
                **likely,
            )


def _amounts(row: RevenueRow, keys: Sequence[str]) -> list[float]:
    """The amounts of a row that are known."""
    amounts = (getattr(row, key) for key in keys)
    return [amount for amount in amounts if amount is not None]


def _totals(rows: Sequence[RevenueRow], keys: Sequence[str]) -> list[float]:
    """The sum of each year; 0 for one of which nothing is known."""
    return [math.fsum(getattr(row, key) or 0.0 for row in rows) for key in keys]
