"""One definition, two faces: whatever the cells hold, Python and the Excel function say the same.

Every function gets some hundred generated inputs, with blanks, zeros, texts and error values, in any orientation. The
Excel side goes through xlwings' real conversion and call; the Python side is `kamxl.scoring`, asked directly.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from kamxl import scoring
from kamxl.excel import udf
from kamxl.excel.function import FUNCTIONS
from tests.clients.xlwings_host import Excel

ROUNDS = 300
Draw = random.Random
Arguments = dict[str, Any]
"""Argument name → a cell, or a list of cells."""


@pytest.fixture(scope="module")
def excel() -> Iterator[Excel]:
    """Xlwings in a process of its own."""
    with Excel() as running:
        yield running


# --- what the cells hold ----------------------------------------------------------------------------------


def cell(draw: Draw, value: float | str, *, wild: float = 0.03) -> Any:
    """Mostly the value; sometimes blank, now and then something that does not belong there."""
    chance = draw.random()
    if chance < wild:
        return draw.choice(["Text", {"error": "#REF!"}, {"error": "#N/A"}, -1, 0, True, 1e9])
    return draw.choice([None, "", " "]) if chance < 0.12 else value


def ratings(draw: Draw, count: int, low: int = 1, high: int = 5) -> list[Any]:
    """Answers on a scale."""
    return [cell(draw, draw.choice([draw.randint(low, high), draw.uniform(low, high)])) for _ in range(count)]


def amounts(draw: Draw, count: int, top: float = 1e6) -> list[Any]:
    """Money, often round, sometimes equal."""
    return [cell(draw, draw.choice([0, 250.0, round(draw.uniform(0, top), 2)])) for _ in range(count)]


def shares(draw: Draw, count: int) -> list[Any]:
    """Numbers from 0 to 1."""
    return [cell(draw, draw.choice([0, 1, 0.5, draw.random()])) for _ in range(count)]


def scored(draw: Draw, values: str = "values", weights: str = "weights") -> Arguments:
    """The arguments that all weighted scores share."""
    count = draw.randint(1, 8)
    arguments: Arguments = {values: ratings(draw, count)}
    if draw.random() < 0.7:
        arguments[weights] = shares(draw, count)
    if draw.random() < 0.2:
        arguments["minimum"] = draw.choice([0, 0.5, 1, None])
    return arguments


def matched(draw: Draw, *names: str) -> Arguments:
    """Ranges of equal length, contacts per year."""
    count = draw.randint(1, 8)
    return {name: [cell(draw, draw.randint(0, 12)) for _ in range(count)] for name in names}


def singles(draw: Draw, **values: float) -> Arguments:
    """Single cells around the given size."""
    return {name: cell(draw, draw.choice([0, top, draw.uniform(0, top)])) for name, top in values.items()}


def deals(draw: Draw) -> Arguments:
    """A small pipeline."""
    count = draw.randint(1, 6)
    return {"values": amounts(draw, count), "probabilities": shares(draw, count)}


GENERATORS: Mapping[str, Callable[[Draw], Arguments]] = {
    "KAM_SCORE": scored,
    "KAM_ATTRACTIVENESS": scored,
    "KAM_POSITION": scored,
    "KAM_PRICE_READINESS": lambda d: scored(d) | {"flipped": d.choice([True, False])},
    "KAM_CHURN_INDEX": lambda d: scored(d) | d.choice([{}, {"low": 0, "high": 10}]),
    "KAM_SEGMENT": lambda d: singles(d, attractiveness=100, position=100) | d.choice([{}, {"scheme": "3x3"}]),
    "KAM_SATISFACTION": lambda d: scored(d, "perceived", "importance"),
    "KAM_MATURITY": lambda d: {"answers": ratings(d, n := d.randint(1, 9)), "dimensions": d.choices("abc", k=n)},
    "KAM_ABC": lambda d: {"revenues": amounts(d, d.randint(1, 9))},
    "KAM_GROWTH": lambda d: singles(d, previous=100, current=120),
    "KAM_CAGR": lambda d: singles(d, first=100, last=150, years=5),
    "KAM_WALLET": lambda d: singles(d, own=60, demand=100),
    "KAM_HHI": lambda d: {"revenues": amounts(d, d.randint(1, 9))},
    "KAM_PIPELINE": deals,
    "KAM_PIPELINE_QUANTILE": lambda d: deals(d) | {"quantile": d.choice([0, 0.1, 0.5, 0.9, 1])},
    "KAM_PIPELINE_PROB": lambda d: deals(d) | {"target": d.choice([0, 250, 4e5, 1e7])},
    "KAM_CONTRIBUTION": lambda d: singles(
        d, gross=1000, deductions=80, production=560, marketing=60, selling=90, service=70
    ),
    "KAM_CLV": lambda d: singles(d, margin=1000, retention=1, discount=0.2) | d.choice([{}, {"first": True}]),
    "KAM_COVERAGE": lambda d: matched(d, "actual", "planned", *d.choice([[], ["influence"]])),
    "KAM_CONTACT_GAP": lambda d: matched(d, "actual", "planned", *d.choice([[], ["influence"]])),
    "KAM_STANCE": lambda d: {
        "influence": ratings(d, n := d.randint(1, 8), 1, 10),
        "stance": [cell(d, d.randint(-2, 2)) for _ in range(n)],
    },
    "KAM_BUYING_CENTER": lambda d: {"roles": [d.choice(["Entscheider", "user", "Buyer", None]) for _ in range(4)]},
    "KAM_RELATIONSHIP": lambda d: singles(d, coverage=1, stance=1, roles=1, last_contact=400, satisfaction=100),
    "KAM_NPS": lambda d: {"ratings": [cell(d, d.randint(0, 10)) for _ in range(d.randint(1, 12))]},
    "KAM_OPPORTUNITY": lambda d: singles(d, importance=10, satisfaction=10),
    "KAM_GAP": lambda d: {"weight": cell(d, d.random()), "own": ratings(d, 1)[0], "rival": ratings(d, 1)[0]},
    "KAM_SWOT": lambda d: {
        name: ratings(d, d.randint(1, 4), 0, 5) for name in ("strengths", "weaknesses", "opportunities", "threats")
    },
    "KAM_ATTAINMENT": lambda d: singles(d, actual=120, target=100) | d.choice([{}, singles(d, baseline=50)]),
    "KAM_SCORECARD": lambda d: matched(d, "actual", "target", *d.choice([[], ["baseline", "weights"]])),
    "KAM_COMPLETENESS": lambda d: {"filled": [d.randint(0, 4)] * 3, "required": [cell(d, 4) for _ in range(3)]},
}


# --- the same question to Python ---------------------------------------------------------------------------


def least(a: Arguments) -> dict[str, float]:
    """The minimum coverage, if the cells say one."""
    given = a.get("minimum")
    return {} if given is None else {"minimum_coverage": given}


def contact_gaps(a: Arguments) -> list[object]:
    """The gap of each contact at its place, blank where there is none."""
    ranked = scoring.contact_priority(a["actual"], a["planned"], a.get("influence"))
    found = {contact.index: contact.gap for contact in ranked}
    return [found.get(i, "") for i in range(len(a["actual"]))]


def by_dimension(a: Arguments) -> float | None:
    """The mean maturity of answers that name their dimension."""
    grouped: dict[str, list[float | None]] = {}
    for answer, dimension in zip(a["answers"], a["dimensions"], strict=True):
        grouped.setdefault(dimension, []).append(answer)
    return scoring.kam_maturity(list(grouped.values())).mean


def placed(a: Arguments) -> str | None:
    """Field and scheme of an account."""
    placement = scoring.portfolio_cell(a["attractiveness"], a["position"], a.get("scheme", "2x2"))
    return placement.title("de") if placement else None


def roles_named(a: Arguments) -> list[str | None]:
    """The codes of roles written in any language."""
    codes = {"Entscheider": "decider", "user": "user", "Buyer": "buyer"}
    return [codes[role] for role in a["roles"] if role]


def value_of(result: Any) -> Any:
    """The value of a result that may be missing."""
    return getattr(result, "value", None)


ORACLES: Mapping[str, Callable[[Arguments], object]] = {
    "KAM_SCORE": lambda a: scoring.weighted_score(a["values"], a.get("weights"), **least(a)).value,
    "KAM_ATTRACTIVENESS": lambda a: scoring.customer_attractiveness(a["values"], a.get("weights"), **least(a)).value,
    "KAM_POSITION": lambda a: scoring.competitive_position(a["values"], a.get("weights"), **least(a)).value,
    "KAM_PRICE_READINESS": lambda a: (
        scoring.price_readiness(a["values"], a.get("weights"), flipped=a["flipped"], **least(a)).value
    ),
    "KAM_CHURN_INDEX": lambda a: (
        scoring.churn_index(a["values"], a.get("weights"), a.get("low", 1), a.get("high", 5), **least(a)).value
    ),
    "KAM_SEGMENT": placed,
    "KAM_SATISFACTION": lambda a: scoring.satisfaction_index(a["perceived"], a.get("importance"), **least(a)).value,
    "KAM_MATURITY": by_dimension,
    "KAM_ABC": lambda a: [one or "" for one in scoring.abc_class(a["revenues"])],
    "KAM_GROWTH": lambda a: scoring.growth(**a),
    "KAM_CAGR": lambda a: scoring.cagr(**a),
    "KAM_WALLET": lambda a: scoring.share_of_wallet(**a),
    "KAM_HHI": lambda a: getattr(scoring.revenue_concentration(a["revenues"]), "hhi", None),
    "KAM_PIPELINE": lambda a: getattr(scoring.weighted_pipeline(**a), "expected", None),
    "KAM_PIPELINE_QUANTILE": lambda a: scoring.pipeline_quantile(**a),
    "KAM_PIPELINE_PROB": lambda a: scoring.pipeline_probability(**a),
    "KAM_CONTRIBUTION": lambda a: scoring.contribution_margins(**a).db4,
    "KAM_CLV": lambda a: scoring.customer_lifetime_value(**a),
    "KAM_COVERAGE": lambda a: scoring.contact_coverage(**a).value,
    "KAM_CONTACT_GAP": contact_gaps,
    "KAM_STANCE": lambda a: scoring.stance_index(**a).value,
    "KAM_BUYING_CENTER": lambda a: scoring.buying_center_coverage(roles_named(a)).value,
    "KAM_RELATIONSHIP": lambda a: (
        scoring.relationship_health(
            a["coverage"], a["stance"], a["roles"], scoring.contact_freshness(a["last_contact"]), a["satisfaction"]
        ).value
    ),
    "KAM_NPS": lambda a: value_of(scoring.nps(a["ratings"])),
    "KAM_OPPORTUNITY": lambda a: value_of(scoring.opportunity_score(**a)),
    "KAM_GAP": lambda a: scoring.competitive_gap(**a),
    "KAM_SWOT": lambda a: scoring.swot_balance(**a).internal,
    "KAM_ATTAINMENT": lambda a: scoring.goal_attainment(**a),
    "KAM_SCORECARD": lambda a: scoring.scorecard(**a).value,
    "KAM_COMPLETENESS": lambda a: scoring.plan_completeness(**a),
}


# --- comparing -------------------------------------------------------------------------------------------


def flat(content: Any) -> list[Any]:
    """A cell or a list of cells, or rows of them, as one list."""
    if not isinstance(content, list):
        return [content]
    return [one for part in content for one in flat(part)]


def understood(content: Any) -> Any:
    """Cells as Python takes them: blanks are None."""
    if isinstance(content, list):
        return [understood(one) for one in content]
    return None if isinstance(content, str) and not content.strip() else content


def laid_out(draw: Draw, content: Any) -> Any:
    """A list of cells as a row or a column; a single cell as itself or as a Range object."""
    if not isinstance(content, list):
        return draw.choice([content, {"range": content}]) if not isinstance(content, dict) else content
    return [content] if draw.random() < 0.5 else [[one] for one in content]


def expected(name: str, arguments: Arguments) -> object:
    """What Python says, written as a cell shows it."""
    try:
        result = ORACLES[name]({key: understood(value) for key, value in arguments.items()})
    except scoring.DivisionByZeroError:
        return "#DIV/0!"
    except scoring.ScoreError as fault:
        return "#KAM! " + fault.text("de")
    except OverflowError:
        return "#NUM!"
    return "#N/A" if result is None else result


def same(shown: object, said: object) -> bool:
    """Equal texts, or numbers within 1e-9 of their size."""
    left, right = flat(shown), flat(said)
    return len(left) == len(right) and all(
        math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
        if isinstance(a, int | float) and isinstance(b, int | float)
        else a == b
        for a, b in zip(left, right, strict=True)
    )


def test_every_function_is_compared() -> None:
    """No function can be added without its parity being tested."""
    assert set(GENERATORS) == set(ORACLES) == set(udf.__all__) == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_python_and_cell_agree(name: str, excel: Excel) -> None:
    """Same number, same emptiness, same error, whatever the cells hold and however they lie."""
    draw = random.Random(name)  # noqa: S311
    kinds = set()
    for _ in range(ROUNDS):
        arguments = GENERATORS[name](draw)
        cells = [
            laid_out(draw, arguments[p.name]) if p.name in arguments else {"missing": True}
            for p in FUNCTIONS[name].parameters
        ]
        shown = excel.call(name, *cells)
        errors = {one["error"] for value in arguments.values() for one in flat(value) if isinstance(one, dict)}
        if errors:
            assert shown in errors, (arguments, shown)
        else:
            said = expected(name, arguments)
            assert same(shown, said), (arguments, shown, said)
        kinds.add("error" if errors else type(shown).__name__)
    assert len(kinds) > 1 or name == "KAM_BUYING_CENTER", "the inputs must reach more than one kind of answer"


def test_a_range_is_answered_row_by_row(excel: Excel) -> None:
    """One call for a whole column gives each row its own answer, and one bad row spoils no other."""
    shown = excel.call("KAM_GROWTH", [[100], [0], [None], ["x"]], [[130], [1], [1], [1]])
    assert shown == [[0.3], ["#DIV/0!"], ["#N/A"], ["#KAM! previous: 'x' ist keine Zahl"]]
    assert excel.call("KAM_ATTAINMENT", [[110, 60]], 100, {"missing": True}) == [[1.1, 0.6]]
    assert excel.call("KAM_GROWTH", [[1], [2]], [[1], [2], [3]]) == "#KAM! ranges: unterschiedlich viele Zellen"


def test_parts_and_languages(excel: Excel) -> None:
    """A further argument asks for another part of the result, in German, in English or by its code."""
    missing = {"missing": True}
    values, weights = [[4, 3, None, 5]], [[0.4], [0.3], [0.1], [0.2]]
    parts = {
        part: excel.call("KAM_SCORE", values, weights, *[missing] * 4, part) for part in ("Abdeckung", "to", "low")
    }
    assert parts == {"Abdeckung": pytest.approx(0.9), "to": pytest.approx(75), "low": pytest.approx(65)}
    assert "möglich: Wert, Abdeckung, von, bis" in excel.call("KAM_SCORE", values, *[missing] * 5, "Quatsch")
    assert excel.call("KAM_SEGMENT", 60, 70, missing, "Strategie", missing) == "halten/ausbauen"
    assert excel.call("KAM_SEGMENT", 60, 70, "3x3", "zone", "en") == "Invest"
    assert excel.call(
        "KAM_SATISFACTION", [[4, 3, 5]], [[5, 4, 2]], [[5, 3, 4]], *[missing] * 3, "Lücke"
    ) == pytest.approx(-3 / 11)
    assert excel.call("KAM_STANCE", [[5, 8, 8, 4]], [[1, -1, 0, 2]], missing, "Platz") == 2
    assert excel.call("KAM_CONTACT_GAP", [[1], [2]], [[3], [7]], [[10], [5]], "Rang") == [[2], [1]]
    assert excel.call("KAM_HHI", [[400, 250, 150, 100, 60, 40]], "Top 5") == pytest.approx(0.96)
    assert excel.call("KAM_NPS", [[9, 3]], "kleine Stichprobe") is True
    roles = [["Entscheider"], ["Einkäufer"], [None]]
    names = [["Dr. Ahrens"], [""], ["Frau Lotz"]]
    assert excel.call("KAM_BUYING_CENTER", roles, names, [["Decider", "buyer"]], "fehlend") == "Einkäufer"
    assert excel.call("KAM_MATURITY", [[4, 5], [2, 3]], *[missing] * 4, "schwächste") == 2


def test_dates(excel: Excel) -> None:
    """The last contact may be a date, a serial number, or the days since; a date where a number belongs is named."""
    missing = {"missing": True}
    rest = [missing] * 4
    january, february = {"date": "2026-01-01"}, {"date": "2026-02-15"}
    by_date = excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, january, 50, february, *rest)
    by_serial = excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, 46023, 50, 46068, *rest)
    by_days = excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, 45, 50, missing, *rest)
    assert by_date == by_serial == by_days == pytest.approx(0.85 * 50 + 0.15 * 75)
    assert "today" in excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, january, 50, missing, *rest)
    assert excel.call("KAM_GROWTH", january, 5) == "#KAM! previous: 2026-01-01 00:00:00 ist keine Zahl"


def test_errors_travel_on(excel: Excel) -> None:
    """An error value is the answer of every function that reads it, newer ones and our own included."""
    for error in ("#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!"):
        assert excel.call("KAM_HHI", [[1, {"error": error}]], {"missing": True}) == error
    message = excel.call("KAM_SCORE", [[7]], *[{"missing": True}] * 6)
    assert message == "#KAM! values: 7 liegt nicht zwischen 1 und 5"
    assert excel.call("KAM_SEGMENT", message, 50, *[{"missing": True}] * 3) == message
    assert excel.call("KAM_SEGMENT", "#N/A", 50, *[{"missing": True}] * 3) == "#N/A"


def test_a_range_where_one_cell_belongs(excel: Excel) -> None:
    """Too many cells for a single argument are refused with its name."""
    missing = {"missing": True}
    shown = excel.call("KAM_SCORE", [[4]], missing, [[1, 2]], *[missing] * 4)
    assert shown == "#KAM! low: eine einzelne Zelle erwartet"
