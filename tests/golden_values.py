"""The golden values of the scoring contract as questions that every face is asked.

Function → questions: the arguments as cells hold them, and what each part of the answer must be. `NO_VALUE` and
`REFUSED` are what an Excel function shows; a native formula leaves its cell empty for both.
"""

from __future__ import annotations

from typing import Any

__all__ = ["GOLDEN", "NO_VALUE", "REFUSED"]

NO_VALUE = "#N/A"
REFUSED = "#KAM! "
_DEALS = {
    "values": [500_000, 120_000, 80_000, 40_000],
    "probabilities": [0.2, 0.6, 0.75, 0.9],
}
_REVENUES = [400, 250, 150, 100, 60, 40]
_VISITS = {"actual": [1, 2, 2, 2, 1, 5], "planned": [1, 6, 4, 3, 3, 12]}
_COSTS = {
    "gross": 1000,
    "deductions": 80,
    "production": 560,
    "marketing": 60,
    "selling": 90,
    "service": 70,
}
_GOALS = {
    "actual": [110, 60, 20],
    "target": [100, 100, 15],
    "baseline": [0, 40, 30],
    "weights": [0.5, 0.3, 0.2],
}

Question = tuple[dict[str, Any], dict[str, Any]]

GOLDEN: dict[str, list[Question]] = {
    "KAM_SCORE": [
        (
            {"values": [4, 3, None, 5], "weights": [0.4, 0.3, 0.1, 0.2], "low": 1, "high": 5},
            {"value": 65 / 0.9, "coverage": 0.9, "from": 65, "to": 75},
        ),
        ({"values": [4, None, None], "weights": [0.6, 0.2, 0.2]}, {"value": NO_VALUE, "coverage": 0.6}),
        ({"values": [4, None], "weights": [0.7, 0.3]}, {"value": 75}),
        ({"values": [4, 6], "weights": [0.5, 0.5]}, {"value": REFUSED, "coverage": REFUSED}),
        ({"values": [4, 5], "weights": [0.5, -0.5]}, {"value": REFUSED}),
        ({"values": [4, 5], "weights": [0, 0]}, {"value": REFUSED, "coverage": REFUSED}),
    ],
    "KAM_ATTRACTIVENESS": [({"values": [4, 3, 4, 3], "weights": [0.25] * 4}, {"value": 62.5, "coverage": 1})],
    "KAM_POSITION": [({"values": [5, 4, 4, None], "weights": [0.25] * 4}, {"value": 250 / 3, "coverage": 0.75})],
    "KAM_PRICE_READINESS": [
        (
            {
                "values": [5, 4, 4, 2, 1],
                "weights": [0.25, 0.2, 0.15, 0.2, 0.2],
                "flipped": [None, None, None, "x", "x"],
            },
            {"value": 86.25},
        ),
    ],
    "KAM_CHURN_INDEX": [
        (
            {"values": [120, 2], "weights": [0.5, 0.5], "low": [0, 1], "high": [180, 5], "flipped": [None, "x"]},
            {"value": 100 * (120 / 180 + 0.75) / 2},
        ),
    ],
    "KAM_SEGMENT": [
        *(
            (
                {"attractiveness": height, "position": strength, "scheme": "2x2"},
                {"field and scheme": f"{field} (2×2)", "strategy": strategy, "distance": distance},
            )
            for height, strength, field, strategy, distance in (
                (60, 40, "Fragezeichenkunde", "Big step or out", 10),
                (60, 70, "Starkunde", "halten/ausbauen", 10),
                (40, 60, "Ertragskunde", "halten", 10),
                (40, 45, "Mitnahmekunde", "selektiver Rückzug", 5),
                (50, 50, "Starkunde", "halten/ausbauen", 0),
            )
        ),
        *(
            ({"attractiveness": height, "position": strength, "scheme": "3x3"}, {"zone": zone})
            for height, strength, zone in (
                (90, 50, "Investieren"),
                (50, 50, "Selektiv vorgehen"),
                (50, 10, "Ernten"),
                (200 / 3, 100 / 3, "Investieren"),
            )
        ),
    ],
    "KAM_ABC": [
        ({"revenues": _REVENUES}, {"": ["A", "A", "A", "B", "B", "C"]}),
        ({"revenues": [40, None, 400, 60, 250, 100, 150]}, {"": ["C", "", "A", "B", "A", "B", "A"]}),
        ({"revenues": [70, 15, 15]}, {"": ["A", "A", "A"]}),
        ({"revenues": [70, -70]}, {"": REFUSED}),
    ],
    "KAM_GROWTH": [
        ({"previous": 100, "current": 130}, {"": 0.3}),
        ({"previous": 0, "current": 10}, {"": "#DIV/0!"}),
        ({"previous": -5, "current": 5}, {"": NO_VALUE}),
    ],
    "KAM_CAGR": [
        ({"first": 100, "last": 130, "years": 3}, {"": 1.3 ** (1 / 3) - 1}),
        ({"first": 0, "last": 10, "years": 2}, {"": "#DIV/0!"}),
        ({"first": 5, "last": -5, "years": 2}, {"": NO_VALUE}),
        ({"first": 1, "last": 1e9, "years": 0.001}, {"": "#NUM!"}),
    ],
    "KAM_WALLET": [
        ({"own": 25, "demand": 100}, {"": 0.25}),
        ({"own": 25, "demand": None}, {"": NO_VALUE}),
        ({"own": 25, "demand": 0}, {"": NO_VALUE}),
        ({"own": 101, "demand": 100}, {"": REFUSED}),
    ],
    "KAM_HHI": [
        ({"revenues": _REVENUES}, {"HHI": 2602, "number": 1 / 0.2602, "top 1": 0.4, "top 5": 0.96}),
        ({"revenues": [7]}, {"HHI": 10_000, "number": 1, "top 5": 1}),
    ],
    "KAM_PIPELINE": [(_DEALS, {"expected": 268_000, "standard deviation": 44_800_000_000**0.5, "deals": 4})],
    "KAM_PIPELINE_QUANTILE": [
        (_DEALS | {"quantile": quantile}, {"": money})
        for quantile, money in ((0.1, 80_000), (0.5, 240_000), (0.9, 660_000))
    ],
    "KAM_PIPELINE_PROB": [(_DEALS | {"target": 250_000}, {"": 0.2})],
    "KAM_COVERAGE": [
        (_VISITS, {"": 13 / 29}),
        ({"actual": [3, 1], "planned": [0, 0]}, {"": NO_VALUE}),
    ],
    "KAM_CONTACT_GAP": [
        (
            {"actual": [1, 2, 4], "planned": [3, 7, 4], "influence": [10, 5, 8]},
            {"": [20, 25, ""], "rank": [2, 1, ""]},
        ),
    ],
    "KAM_STANCE": [
        ({"influence": [5, 8, 8, 4], "stance": [1, -1, 0, 2]}, {"": 0.1, "opponent": 8, "place": 2, "coverage": 1}),
        ({"influence": [5, 8, 8, 4], "stance": [1, -2, 0, 2]}, {"": -0.06, "opponent": 16}),
    ],
    "KAM_BUYING_CENTER": [
        (
            {"roles": ["Entscheider", "Einkäufer", None], "names": ["Ahrens", "Berger", "Lotz"]},
            {"": 2 / 6, "contacts": 3, "single-threaded": False},
        ),
        ({"roles": ["Entscheider", "Einkäufer"], "names": ["Ahrens", None]}, {"": 1 / 6, "single-threaded": True}),
    ],
    "KAM_RELATIONSHIP": [
        (
            {
                "coverage": 0.4483, "stance": 0.1, "roles": 0.5, "last_contact": 45, "satisfaction": 70.45,
                "weights": [0.25, 0.25, 0.15, 0.15, 0.2],
            },
            {"value": 0.25 * 44.83 + 0.25 * 55 + 0.15 * 50 + 0.15 * 75 + 0.2 * 70.45},
        ),
    ],
    "KAM_SATISFACTION": [
        ({"perceived": [4, 3, 5], "importance": [5, 4, 2], "low": 1, "high": 5}, {"value": 775 / 11}),
        ({"perceived": [4, 3, 5], "importance": [5, 4, 2], "expected": [5, 3, 4]}, {"gap": -3 / 11}),
    ],
    "KAM_NPS": [
        (
            {"ratings": [9, 9, 10, 10, 9, 7, 8, 7, 6, 0]},
            {"": 30, "promoters": 5, "passives": 3, "detractors": 2, "small sample": True},
        ),
        ({"ratings": [9] * 30}, {"": 100, "small sample": False}),
    ],
    "KAM_OPPORTUNITY": [
        ({"importance": need, "satisfaction": met}, {"": value, "band": band})
        for need, met, value, band in (
            (9, 3, 15, "außergewöhnliche Chance"),
            (9, 9, 9, "angemessen bedient"),
            (4, 9, 4, "angemessen bedient"),
            (10, 10, 10, "solide Chance"),
            (10, 8, 12, "hohe Chance"),
            (8, "+", 8, "angemessen bedient"),
            (8, "0", 11, "solide Chance"),
            (8, "−", 14, "hohe Chance"),
        )
    ],
    "KAM_GAP": [({"weight": 0.5, "own": 3, "rival": 5}, {"": -1})],
    "KAM_SWOT": [
        (
            {"strengths": [4, 3], "weaknesses": [2, None], "opportunities": [None, None], "threats": [3, None]},
            {"internal": 1.5, "external": NO_VALUE},
        ),
    ],
    "KAM_ATTAINMENT": [
        ({"actual": actual, "target": target, "baseline": baseline}, {"": share})
        for actual, target, baseline, share in (
            (110, 100, 0, 1.1),
            (60, 100, 40, 1 / 3),
            (20, 15, 30, 2 / 3),
            (5, 30, 30, "#DIV/0!"),
            (None, 30, 30, "#DIV/0!"),
        )
    ],
    "KAM_SCORECARD": [
        (_GOALS, {"": 0.55 + 0.1 + 0.4 / 3, "coverage": 1}),
        (_GOALS | {"actual": [900, -50, 20], "weights": [0.5, 0.5, 0]}, {"": 0.6}),
        (_GOALS | {"baseline": [0, 100, 30]}, {"": "#DIV/0!"}),
    ],
    "KAM_CONTRIBUTION": [
        (_COSTS, {"net": 920, "DB I": 360, "DB II": 300, "DB III": 210, "DB IV": 140}),
        (_COSTS | {"marketing": None}, {"DB I": 360, "DB II": NO_VALUE, "DB IV": NO_VALUE}),
    ],
    "KAM_CLV": [
        ({"margin": 100, "retention": 0.8, "discount": 0.1}, {"": 80 / 0.3}),
        ({"margin": 100, "retention": 0.8, "discount": 0.1, "first": True}, {"": 110 / 0.3}),
        ({"margin": 100, "retention": 1, "discount": 0}, {"": REFUSED}),
    ],
    "KAM_MATURITY": [
        ({"answers": [[4, 5], [2, 3], [3, 3]]}, {"": 10 / 3, "minimum": 2.5, "weakest": 2, "coverage": 1}),
    ],
    "KAM_COMPLETENESS": [
        ({"filled": [3, 0, 7], "required": [4, 2, 10]}, {"": 0.625}),
        ({"filled": [0], "required": [0]}, {"": NO_VALUE}),
    ],
}  # fmt: skip
