"""What the parity tests ask: the arguments of each Excel function as cells hold them.

Blanks, zeros, texts, truth values and error values are among them, off-scale and negative numbers, too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

Draw = random.Random
Arguments = dict[str, Any]
"""Argument name → a cell, a list of cells, or rows of cells."""
ERRORS = ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NUM!", "#NAME?")
BLANKS = (None, "", " ")


def cell(draw: Draw, value: float | str | None, *, wild: float = 0.03) -> Any:
    """Mostly the value; sometimes blank, now and then something that does not belong there."""
    chance = draw.random()
    if chance < wild:
        return draw.choice(["Text", {"error": draw.choice(ERRORS)}, -1, 0, True, 1e9])
    return draw.choice(BLANKS) if chance < 0.12 else value


def ratings(draw: Draw, count: int, low: int = 1, high: int = 5) -> list[Any]:
    """Answers on a scale."""
    return [
        cell(draw, draw.choice([draw.randint(low, high), draw.uniform(low, high)]))
        for _ in range(count)
    ]


def amounts(draw: Draw, count: int, top: float = 1e6) -> list[Any]:
    """Money, often round, sometimes equal."""
    return [
        cell(draw, draw.choice([0, 250.0, round(draw.uniform(0, top), 2)]))
        for _ in range(count)
    ]


def shares(draw: Draw, count: int) -> list[Any]:
    """Numbers from 0 to 1."""
    return [cell(draw, draw.choice([0, 1, 0.5, draw.random()])) for _ in range(count)]


def marks(draw: Draw, count: int) -> list[Any]:
    """An x here and there."""
    return [draw.choice([None, None, "x"]) for _ in range(count)]


def ends(draw: Draw) -> Arguments:
    """Now and then a scale of another size than 1 to 5, or none at all."""
    if draw.random() < 0.75:
        return {}
    return {
        "low": cell(draw, draw.choice([0, 1])),
        "high": cell(draw, draw.choice([5, 6, 10, 1])),
    }


def scored(draw: Draw, values: str = "values", weights: str = "weights") -> Arguments:
    """The arguments that all weighted scores share."""
    count = draw.randint(1, 8)
    arguments: Arguments = {values: ratings(draw, count)}
    if draw.random() < 0.7:
        arguments[weights] = shares(draw, count)
    if draw.random() < 0.2:
        arguments["minimum"] = draw.choice([0, 0.5, 1, None])
    return arguments | ends(draw)


def flippable(draw: Draw) -> Arguments:
    """A weighted score in which all or some answers count the other way round."""
    arguments = scored(draw)
    return arguments | {
        "flipped": draw.choice(
            [True, False, *[marks(draw, len(arguments["values"]))] * 3]
        )
    }


def warned(draw: Draw) -> Arguments:
    """Warning signs on one scale for all, or on a scale each."""
    if draw.random() < 0.3:
        return scored(draw) | draw.choice([{}, {"low": 0, "high": 10}])
    count = draw.randint(2, 6)
    return {
        "values": ratings(draw, count, 0, 10),
        "weights": shares(draw, count),
        "low": [cell(draw, draw.choice([0, 0, 1]), wild=0.02) for _ in range(count)],
        "high": [
            cell(draw, draw.choice([10, 10, 180, 0]), wild=0.02) for _ in range(count)
        ],
        "flipped": marks(draw, count),
    }


def compared(draw: Draw) -> Arguments:
    """Satisfaction, with what was expected where the gap is asked for."""
    arguments = scored(draw, "perceived", "importance")
    if draw.random() < 0.5:
        return arguments | {
            "expected": ratings(draw, len(arguments["perceived"])),
            "part": "gap",
        }
    return arguments | {"part": draw.choice(["value", "coverage", "from", "to"])}


def matured(draw: Draw) -> Arguments:
    """Answers that name their dimension, or one dimension per row."""
    if draw.random() < 0.5:
        return {"answers": [ratings(draw, 2) for _ in range(3)]}
    return {
        "answers": ratings(draw, n := draw.randint(1, 9)),
        "dimensions": draw.choices("abc", k=n),
    }


def matched(draw: Draw, *names: str) -> Arguments:
    """Ranges of equal length, contacts per year."""
    count = draw.randint(1, 8)
    return {
        name: [cell(draw, draw.randint(0, 12)) for _ in range(count)] for name in names
    }


def singles(draw: Draw, **values: float) -> Arguments:
    """Single cells around the given size."""
    return {
        name: cell(draw, draw.choice([0, top, draw.uniform(0, top)]))
        for name, top in values.items()
    }


def deals(draw: Draw) -> Arguments:
    """A small pipeline."""
    count = draw.choice([1, 2, 3, 4, 4, 4, 5, 6])
    return {"values": amounts(draw, count), "probabilities": shares(draw, count)}


def begun(draw: Draw) -> Arguments:
    """A deal with a first day, mostly near the plan year and often at a month's end, and mostly a term."""
    days = [
        46_053,
        46_417,
        46_418,
        46_446,
        46_782,
        46_783,
        draw.randint(45_000, 47_500),
    ]
    return {
        "value": cell(
            draw, draw.choice([0, 360_000.0, round(draw.uniform(0, 1e6), 2)])
        ),
        "start": cell(draw, draw.choice([*days, draw.choice(days) + 0.75])),
        "term": cell(
            draw, draw.choice([1, 2, 12, 36, draw.randint(0, 120), 1.5, 1_201])
        ),
        "year": cell(draw, draw.choice([2026, 2027, 2027, 2027, 2028, 2027.5])),
    }


def bridged(draw: Draw, *, target: bool = True) -> Arguments:
    """What is sure, a few deals, and mostly a target in reach."""
    pipeline = deals(draw)
    sure = {
        "base_revenue": cell(
            draw, draw.choice([0, 2e6, round(draw.uniform(0, 2e6), 2)])
        ),
        "won": cell(draw, draw.choice([0, 1e5, round(draw.uniform(0, 1e6), 2)])),
        "effects": pipeline["values"],
        "probabilities": pipeline["probabilities"],
    }
    wanted = {"target": cell(draw, draw.choice([0, 2e6, 2.35e6, 3e6, 1e7]))}
    return sure | (wanted if target else {})


def tipping(draw: Draw) -> Arguments:
    """Ratings of mostly four criteria, and a limit that may be left out."""
    count = draw.choice([4, 4, 4, 4, 1, 2, 6])
    chosen = [{}, {"limit": cell(draw, draw.choice([0, 40, 50, 66.6, 100]))}]
    return {
        "values": ratings(draw, count),
        "weights": shares(draw, count),
        **draw.choice(chosen),
        **ends(draw),
    }


def judged(draw: Draw) -> Arguments:
    """The parts of a plan's quality, with their weights for a change."""
    parts = [cell(draw, draw.choice([0, 100, draw.uniform(0, 100)])) for _ in range(5)]
    return {"parts": parts} | draw.choice([{}, *[{"weights": shares(draw, 5)}] * 3])


def related(draw: Draw) -> Arguments:
    """The five parts of a relationship, with their weights for a change."""
    parts = singles(
        draw, coverage=1, stance=1, roles=1, last_contact=400, satisfaction=100
    )
    weighed = {"weights": shares(draw, 5), "limit": cell(draw, 90)}
    return parts | draw.choice(
        [{}, weighed, {"weights": [0.25, 0.25, 0.15, 0.15, 0.2]}]
    )


def demanded(draw: Draw) -> Arguments:
    """A requirement; how well it is met is a number or a sign."""
    arguments = singles(draw, importance=10, satisfaction=10)
    return arguments | draw.choice(
        [{}, {"satisfaction": draw.choice(["+", "0", "-", "−", " - "])}]
    )


def named(draw: Draw) -> Arguments:
    """Roles in either language, with or without the people's names."""
    count = draw.randint(1, 6)
    roles = [
        "Entscheider",
        "user",
        "Buyer",
        "Einkäufer",
        " Initiator ",
        None,
        "",
        "Gatekeeper",
    ]
    people: list[str | float] = ["Berger", "Yılmaz", 7]
    arguments: Arguments = {
        "roles": [cell(draw, draw.choice(roles), wild=0.02) for _ in range(count)]
    }
    if draw.random() < 0.7:
        arguments["names"] = [cell(draw, draw.choice(people)) for _ in range(count)]
    return arguments


GENERATORS: Mapping[str, Callable[[Draw], Arguments]] = {
    "KAM_SCORE": scored,
    "KAM_ATTRACTIVENESS": scored,
    "KAM_POSITION": scored,
    "KAM_PRICE_READINESS": flippable,
    "KAM_CHURN_INDEX": warned,
    "KAM_SEGMENT": lambda d: (
        singles(d, attractiveness=100, position=100) | d.choice([{}, {"scheme": "3x3"}])
    ),
    "KAM_SATISFACTION": compared,
    "KAM_MATURITY": matured,
    "KAM_ABC": lambda d: {"revenues": amounts(d, d.randint(1, 9))},
    "KAM_GROWTH": lambda d: singles(d, previous=100, current=120),
    "KAM_CAGR": lambda d: singles(d, first=100, last=150, years=5),
    "KAM_WALLET": lambda d: singles(d, own=60, demand=100),
    "KAM_HHI": lambda d: {"revenues": amounts(d, d.randint(1, 9))},
    "KAM_PIPELINE": deals,
    "KAM_PIPELINE_QUANTILE": lambda d: (
        deals(d) | {"quantile": cell(d, d.choice([0, 0.1, 0.5, 0.9, 1]))}
    ),
    "KAM_PIPELINE_PROB": lambda d: (
        deals(d) | {"target": cell(d, d.choice([0, 250, 4e5, 1e7]))}
    ),
    "KAM_EFFECT": begun,
    "KAM_EXPECTED": lambda d: bridged(d, target=False),
    "KAM_GAP_TO_TARGET": bridged,
    "KAM_TARGET_PROB": bridged,
    "KAM_DEPENDENCE": bridged,
    "KAM_HIT_RATE": lambda d: {
        name: cell(d, d.choice([0, d.randint(1, 9), 250_000.0]), wild=0.1)
        for name in ("won", "lost")
    },
    "KAM_RISK": lambda d: {
        "probabilities": shares(d, n := d.randint(1, 5)),
        "damages": amounts(d, n),
    },
    "KAM_CONTACT_URGENCY": lambda d: singles(d, influence=10, actual=12, planned=12),
    "KAM_QUALITY": judged,
    "KAM_WEIGHT_TO_FLIP": tipping,
    "KAM_CONTRIBUTION": lambda d: singles(
        d,
        gross=1000,
        deductions=80,
        production=560,
        marketing=60,
        selling=90,
        service=70,
    ),
    "KAM_CLV": lambda d: (
        singles(d, margin=1000, retention=1, discount=0.2)
        | d.choice([{}, {"first": True}])
    ),
    "KAM_COVERAGE": lambda d: matched(
        d, "actual", "planned", *d.choice([[], ["influence"]])
    ),
    "KAM_CONTACT_GAP": lambda d: matched(
        d, "actual", "planned", *d.choice([[], ["influence"]])
    ),
    "KAM_STANCE": lambda d: {
        "influence": ratings(d, n := d.randint(1, 8), 1, 10),
        "stance": [cell(d, d.randint(-2, 2)) for _ in range(n)],
    },
    "KAM_BUYING_CENTER": named,
    "KAM_RELATIONSHIP": related,
    "KAM_NPS": lambda d: {
        "ratings": [
            cell(d, d.choice([d.randint(0, 10)] * 30 + [7.5]))
            for _ in range(d.randint(1, 12))
        ]
    },
    "KAM_OPPORTUNITY": demanded,
    "KAM_GAP": lambda d: (
        {
            "weight": cell(d, d.random()),
            "own": ratings(d, 1)[0],
            "rival": ratings(d, 1)[0],
        }
        | ends(d)
    ),
    "KAM_SWOT": lambda d: {
        name: ratings(d, n, 0, 5)
        for n in [d.randint(1, 4)]
        for name in ("strengths", "weaknesses", "opportunities", "threats")
    },
    "KAM_ATTAINMENT": lambda d: (
        singles(d, actual=120, target=100) | d.choice([{}, singles(d, baseline=50)])
    ),
    "KAM_SCORECARD": lambda d: (
        matched(d, "actual", "target", *d.choice([[], ["baseline", "weights"]]))
        | d.choice([{}, singles(d, cap=1.5)])
    ),
    "KAM_COMPLETENESS": lambda d: {
        "filled": [cell(d, d.randint(0, 4), wild=0.01) for _ in range(3)],
        "required": [cell(d, d.choice([4, 4, 0]), wild=0.01) for _ in range(3)],
    },
}


def flat(content: Any) -> list[Any]:
    """A cell or a list of cells, or rows of them, as one list."""
    if not isinstance(content, list):
        return [content]
    return [one for part in content for one in flat(part)]


def errors_in(arguments: Arguments) -> set[str]:
    """The error values among the cells."""
    return {
        one["error"]
        for value in arguments.values()
        for one in flat(value)
        if isinstance(one, dict)
    }
