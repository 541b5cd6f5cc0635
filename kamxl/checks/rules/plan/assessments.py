"""KAM310 to KAM312: revenue that jumps, weights that do not add up, weaknesses without an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, repeat
from typing import Any

from kamxl.checks.consistency import Look, PlanRule, numbered
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem
from kamxl.checks.rules.plan.magnitude import slips
from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.vocabulary import Kind, Sign
from kamxl.texts import Text

FORECAST_JUMP = PlanRule(
    code="KAM310",
    name="forecast-jump-without-comment",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Umsatz mit „{group}“ ändert sich um {change} (von {before} auf {value}); "
        "ein Kommentar dazu fehlt.",
        en="{label}: revenue with “{group}” changes by {change} (from {before} to {value}) without a comment.",
    ),
    remedy=Text(
        de="Den Sprung im Kommentar begründen oder den Betrag berichtigen.",
        en="Explain the jump in the comment or correct the amount.",
    ),
    details={
        "change": Text(de="Veränderung", en="change"),
        "before": Text(de="Vorjahreswert", en="value before"),
    },
    threshold=0.3,
    threshold_meaning=Text(
        de="Veränderung, ab der ein Kommentar erwartet wird (0.3 = 30 %)",
        en="change from which a comment is expected (0.3 = 30%)",
    ),
)


_STEPS = (("actual_2", "forecast"), ("forecast", "target"))


@FORECAST_JUMP.check
def _jumps(look: Look) -> Iterator[Problem]:
    """Forecast or target that jumps away from the year before without a comment; another magnitude has its own rule."""
    told = {slip.path for slip in slips(look)}
    limit = look.limit(FORECAST_JUMP)
    for path, row in numbered("revenue.revenue", look.plan.revenue.revenue):
        if not look.blank(f"{path}.comment", row.comment):
            continue
        for before, after in _STEPS:
            old, new = getattr(row, before), getattr(row, after)
            if _is_jump(old, new, limit) and f"{path}.{after}" not in told:
                change = look.shown(round((new - old) / old, 3), Kind.PERCENT)
                sign = "" if new < old else "+"
                yield FORECAST_JUMP.at(
                    f"{path}.{after}",
                    group=row.product_group,
                    change=f"{sign}{change}",
                    before=look.shown(old, Kind.MONEY),
                    value=look.shown(new, Kind.MONEY),
                )


def _is_jump(old: float | None, new: float | None, limit: float) -> bool:
    if old is None or new is None or old <= 0:
        return False
    return abs(new - old) > limit * old + 1e-9


WEIGHTS_NOT_ALL = PlanRule(
    code="KAM311",
    name="weights-not-100-percent",
    severity=Severity.WARNING,
    message=Text(
        de="„{table}“: Die Gewichte ergeben zusammen {value} statt 100 %.",
        en="“{table}”: the weights add up to {value} instead of 100%.",
    ),
    remedy=Text(
        de="Die Gewichte so anpassen, dass sie 100 % ergeben; bis dahin werden sie umgerechnet.",
        en="Adjust the weights so that they add up to 100%; until then they are rescaled.",
    ),
    threshold=0.005,
    threshold_meaning=Text(
        de="erlaubte Abweichung von 100 % (0.005 = 0,5 Prozentpunkte)",
        en="deviation from 100% allowed (0.005 = 0.5 percentage points)",
    ),
)


@WEIGHTS_NOT_ALL.check
def _unbalanced(look: Look) -> Iterator[Problem]:
    """Weights of a table in use, all of which could be read, that do not add up to 100 %."""
    tolerance = look.limit(WEIGHTS_NOT_ALL, look.settings.limits.weight_tolerance)
    fields = (field for field in look.spec.fields.values() if field.key == "weight")
    for field in fields:
        table = look.spec.table(field.pattern.table)
        paths = list(map(field.at, range(table.count)))
        rows: Sequence[Any] = rows_at(look.plan, table.pattern)
        total = _total(rows)
        used = map(is_used, rows, repeat(table), count())
        is_off = abs(total - 1) > tolerance + 1e-9
        if is_off and look.unusable.isdisjoint(paths) and any(used):
            yield WEIGHTS_NOT_ALL.at(
                paths[0],
                table=table.heading or table.key,
                value=look.shown(round(total, 6), Kind.PERCENT),
            )


def _total(rows: Sequence[Any]) -> float:
    """The weights entered, added up; all of it where there are none."""
    weights: list[float] = [row.weight for row in rows if row.weight is not None]
    return sum(weights or [1.0])


GAP_WITHOUT_ANSWER = PlanRule(
    code="KAM312",
    name="gap-without-counter-measure",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Bei „{value}“ sind wir schlechter, eine Gegenmaßnahme fehlt.",
        en="{label}: we are worse at “{value}”, but there is no counter-measure.",
    ),
    remedy=Text(
        de="Eintragen, was wir dagegen tun, oder warum wir es hinnehmen.",
        en="Enter what we do about it, or why we accept it.",
    ),
)


@GAP_WITHOUT_ANSWER.check
def _unanswered(look: Look) -> Iterator[Problem]:
    """A capability in which we are worse, without anything done about it."""
    for path, row in numbered("competition.gaps", look.plan.competition.gaps):
        is_worse = Sign.MINUS in (row.against_requirements, row.against_rival)
        if is_worse and look.blank(f"{path}.action", row.action):
            yield GAP_WITHOUT_ANSWER.at(f"{path}.action", value=row.capability)
