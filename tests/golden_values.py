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
_EFFECTS = {
    "base_revenue": 2_000_000,
    "won": 100_000,
    "effects": _DEALS["values"],
    "probabilities": _DEALS["probabilities"],
}
_TARGET = _EFFECTS | {"target": 2_350_000}
_APRIL, _OCTOBER, _JUNE = 46_478, 46_296, 46_568
"""1 April 2027, 1 October 2026 and 30 June 2027 as cells hold them."""
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
    "KAM_EFFECT": [
        ({"value": value, "start": start, "term": term, "year": 2027}, {"": effect})
        for value, start, term, effect in (
            (360_000, _APRIL, 36, 360_000 * 275 / 1096),
            (120_000, _OCTOBER, 12, 120_000 * 273 / 365),
            (90_000, _JUNE, None, 90_000),
            (90_000, _OCTOBER, None, 0),
            (360_000, None, 36, NO_VALUE),
            (360_000, _APRIL, -1, REFUSED),
            (360_000, _APRIL, 1.5, REFUSED),
        )
    ],
    "KAM_EXPECTED": [
        (_EFFECTS, {"expected": 2_368_000, "weighted": 268_000, "deals": 4, "left out": 0}),
        (_EFFECTS | {"won": None}, {"": 2_268_000}),
        (_EFFECTS | {"base_revenue": None}, {"": NO_VALUE, "weighted": NO_VALUE}),
        (_EFFECTS | {"base_revenue": -1}, {"": REFUSED}),
    ],
    "KAM_GAP_TO_TARGET": [(_TARGET, {"": -18_000}), (_TARGET | {"base_revenue": None}, {"": NO_VALUE})],
    "KAM_TARGET_PROB": [
        (_TARGET, {"": 0.2}),
        (_TARGET | {"target": 2_100_000}, {"": 1}),
        (_TARGET | {"target": 2_100_000.01}, {"": 1 - 0.8 * 0.4 * 0.25 * 0.1}),
        (_TARGET | {"target": 2_840_000.01}, {"": 0}),
        (_TARGET | {"base_revenue": None}, {"": NO_VALUE}),
    ],
    "KAM_DEPENDENCE": [
        (_TARGET, {"": [0.2, 0, 0, 0]}),
        (
            _TARGET | {"target": 2_300_000},
            {"": [0.11, 0.36, 0.36, 0]},
        ),
        (_TARGET | {"base_revenue": None}, {"": ["", "", "", ""]}),
    ],
    "KAM_HIT_RATE": [
        ({"won": 3, "lost": 2}, {"": 0.6}),
        ({"won": 900_000, "lost": 300_000}, {"": 0.75}),
        ({"won": 0, "lost": 0}, {"": NO_VALUE}),
        ({"won": 3, "lost": None}, {"": NO_VALUE}),
    ],
    "KAM_RISK": [
        ({"probabilities": [0.3], "damages": [500_000]}, {"": 150_000}),
        (
            {"probabilities": [0.3, 0.05, None], "damages": [500_000, 2_000_000, 80_000]},
            {"expected": 250_000, "risks": 2, "left out": 1},
        ),
        ({"probabilities": [None], "damages": [80_000]}, {"": NO_VALUE}),
        ({"probabilities": [1.1], "damages": [80_000]}, {"": REFUSED}),
    ],
    "KAM_CONTACT_URGENCY": [
        ({"influence": influence, "actual": actual, "planned": planned}, {"": urgency})
        for influence, actual, planned, urgency in (
            (9, 33, 40, 1.575),
            (8, 0, 3, 8),
            (9, 0, 2, 9),
            (4, 40, 48, 2 / 3),
            (4, 50, 48, 0),
            (9, 0, 0, NO_VALUE),
        )
    ],
    "KAM_QUALITY": [
        (
            {"parts": [90, 60, 75, None, 40], "weights": [0.25, 0.15, 0.15, 0.2, 0.25]},
            {"value": 65.9375, "coverage": 0.8},
        ),
        (
            {"parts": [90, None, 75, None, None], "weights": [0.25, 0.15, 0.15, 0.2, 0.25]},
            {"value": NO_VALUE, "coverage": 0.4},
        ),
    ],
    "KAM_WEIGHT_TO_FLIP": [
        (
            {"values": [4, 3, 2, 5], "weights": [0.4, 0.3, 0.2, 0.1], "limit": 50, "low": 1, "high": 5},
            {"": 8 / 35, "place": 3, "weight": 3 / 7},
        ),
        (
            {"values": [3, 3, 2, 4], "weights": [0.4, 0.3, 0.2, 0.1], "limit": 50},
            {"": 0.9 * 2.5 / 27.5, "place": 4},
        ),
        ({"values": [3, 3, 3, 3], "weights": [0.4, 0.3, 0.2, 0.1], "limit": 60}, {"": NO_VALUE, "place": NO_VALUE}),
        ({"values": [4, 3, 4, 5], "weights": [0.4, 0.3, 0.2, 0.1], "limit": 40}, {"": NO_VALUE}),
        ({"values": [4, 3, 4, 5], "weights": [0.4, 0.3, 0.2, 0.1], "limit": 101}, {"": REFUSED}),
    ],
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
