"""One definition, three faces that can be asked: Python, the Excel function, the native formula say the same.

Every function gets some hundred generated inputs, with blanks, zeros, texts, truth values and error values. The Excel
side goes through xlwings' real conversion and call; the native formulas are those of the scoring workbook, worked out
by LibreOffice; the Python side is `kamxl.scoring`, asked directly. The formulas of the plan are held to Python by
`test_document_formulas`.

What "the same" means for a native formula, which cannot say why it has no value:

- the same number within 1e-9, the same text;
- the same emptiness: an empty cell where the function says #N/A or leaves its cell blank;
- the same error: #DIV/0! and #NUM! as the function, an error value of a cell it reads is passed on. An entry that the
  function refuses in words (#KAM! …) leaves the cell empty.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import pytest
from openpyxl import Workbook

from kamxl.document.formulas import document_formulas
from kamxl.document.layout.layout import lay_out
from kamxl.document.paths import pattern_of
from kamxl.excel import udf
from kamxl.excel.functions.function import FUNCTIONS
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from tests.clients.office import Computed, Office
from tests.clients.xlwings_host import Excel
from tests.golden_values import GOLDEN
from tests.native_cards import Question, Sheet, argument_places, cards, rows_of
from tests.parity_inputs import GENERATORS, Draw, errors_in, flat
from tests.parity_oracles import ORACLES, expected, same

ROUNDS = 300
CARDS = 200
MISSING = {"missing": True}
NEEDED = {
    "KAM_CHURN_INDEX": {"low", "high"},
    "KAM_RELATIONSHIP": {"weights"},
    "KAM_QUALITY": {"weights"},
}
"""Arguments whose defaults the card does not know: there its cells are filled in."""
VARIANTS = ("scheme", "first", "influence")
"""Arguments in which the formulas of one card differ."""
WITHOUT_FORMULA = {
    "from": "the interval is shown once, beside KAM_SCORE and KAM_RELATIONSHIP; the formula is the same",
    "to": "as from",
    "coverage": "KAM_COVERAGE: as for every weighted score",
    "missing": "a list of texts of any length has no formula that every Excel knows",
    "error": "0 for the four deals of which the card shows all outcomes",
    "code": "a key for programs",
    "rank": "KAM_DEPENDENCE: as in KAM_CONTACT_GAP; the formula is the same",
    "without": "KAM_DEPENDENCE: a column of the card's table, of which the loss is made",
}
"""Parts of a result that a function shows and some card has no formula for, with the reason."""
WITHOUT_CELL = {
    "minimum": "the limit of the settings stands in the formulas",
    "limit_b": "as minimum",
    "limit_c": "as minimum",
    "flipped": "shown beside KAM_PRICE_READINESS; the formula is the same",
    "low": "KAM_MATURITY and KAM_SWOT: the scale is that of the plan",
    "high": "as low",
    "needed": "the card asks for all six roles",
    "today": "the card takes the days since the last contact",
    "dimensions": "the card has one dimension per row",
    "part": "the other parts have no formula, see above",
}
"""Arguments of functions that some card has no input for, with the reason."""
IN_PLAN = {
    "KAM_ATTRACTIVENESS": "strategy.attractiveness_score",
    "KAM_POSITION": "strategy.position_score",
    "KAM_PRICE_READINESS": "strategy.price_readiness_score",
    "KAM_SEGMENT": "strategy.portfolio_cell",
    "KAM_GROWTH": "revenue.revenue.growth.forecast",
    "KAM_WALLET": "revenue.wallet[].share",
    "KAM_PIPELINE": "opportunities.weighted_total",
    "KAM_COVERAGE": "contacts.coverage",
    "KAM_CONTACT_GAP": "contacts.people[].gap",
    "KAM_STANCE": "contacts.stance_index",
    "KAM_BUYING_CENTER": "contacts.buying_center_coverage",
    "KAM_SATISFACTION": "cooperation.satisfaction_index",
    "KAM_OPPORTUNITY": "competition.gaps[].opportunity",
    "KAM_SWOT": "profile.swot_internal",
    "KAM_ATTAINMENT": "controlling.targets[].attainment",
    "KAM_SCORECARD": "controlling.scorecard",
    "KAM_CONTRIBUTION": "controlling.contribution[].db4",
    "KAM_COMPLETENESS": "cover.completeness",
}
"""Where a function's native formula stands in the plan; `test_document_formulas` holds each to Python."""
NOT_IN_PLAN = {
    "KAM_SCORE": "the general form of the scores that are there",
    "KAM_ABC": "compares accounts: a figure of the portfolio",
    "KAM_HHI": "compares accounts: a figure of the portfolio",
    "KAM_PIPELINE_QUANTILE": "no formula for any number of deals: a figure of the portfolio",
    "KAM_PIPELINE_PROB": "no formula for any number of deals: a figure of the portfolio",
    "KAM_EFFECT": "the plan does not ask for the begin and the term of a deal",
    "KAM_EXPECTED": "the plan does not ask for the base of its year",
    "KAM_GAP_TO_TARGET": "as KAM_EXPECTED",
    "KAM_TARGET_PROB": "as KAM_EXPECTED; no formula for any number of deals",
    "KAM_DEPENDENCE": "as KAM_TARGET_PROB",
    "KAM_HIT_RATE": "the plan shows the deals won and lost",
    "KAM_RISK": "the plan does not ask for risks",
    "KAM_CONTACT_URGENCY": "the plan ranks its contacts by their gaps",
    "KAM_QUALITY": "the plan shows its completeness",
    "KAM_WEIGHT_TO_FLIP": "the plan shows the distance to the next field",
    "KAM_CAGR": "the plan shows the growth of each year",
    "KAM_CLV": "the plan does not ask for retention and interest",
    "KAM_CHURN_INDEX": "the plan does not ask for warning signs",
    "KAM_RELATIONSHIP": "the plan shows its parts",
    "KAM_NPS": "the plan does not ask whether the customer would recommend us",
    "KAM_GAP": "the plan says in words where rivals are better",
    "KAM_MATURITY": "a figure of the whole organisation, not of an account",
}
"""Functions without a native formula in the plan, with the reason."""
Asked = dict[str, list[list[tuple[Question, Computed]]]]
"""Function → its cards, the golden ones first → their formulas and what they come to."""


@pytest.fixture(scope="module")
def excel() -> Iterator[Excel]:
    """Xlwings in a process of its own."""
    with Excel() as running:
        yield running


@pytest.fixture(scope="module")
def native(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The native formulas of every function for its golden values and for generated inputs, worked out in one go."""
    book = Workbook()
    book.remove(book.worksheets[0])
    asked: dict[str, list[list[Question]]] = {}
    for name, (card, results) in cards().items():
        sheet = Sheet(book, name, card, results)
        asked[name] = [list(sheet.add(inputs)) for inputs in inputs_for(name)]
    path = tmp_path_factory.mktemp("native") / "cards.xlsx"
    book.save(path)
    computed = office.recalculate(path)
    return {
        name: [
            [(one, computed[name][one.address]) for one in questions]
            for questions in some
        ]
        for name, some in asked.items()
    }


def inputs_for(name: str) -> Iterator[Mapping[str, Any]]:
    """Golden and generated inputs that the card of a function can take."""
    draw = random.Random(name)  # noqa: S311
    card, results = cards()[name]
    for arguments, _ in GOLDEN[name]:
        inputs = rows_of(card, results, name, arguments)
        assert inputs is not None, (name, arguments)
        yield inputs
    left = CARDS
    while left:
        arguments = GENERATORS[name](draw)
        inputs = (
            rows_of(card, results, name, arguments)
            if NEEDED.get(name, set()) <= arguments.keys()
            else None
        )
        if inputs is not None:
            left -= 1
            yield inputs


def laid_out(draw: Draw, content: Any) -> Any:
    """A list of cells as a row or a column; a single cell as itself or as a Range object."""
    if not isinstance(content, list):
        return (
            draw.choice([content, {"range": content}])
            if not isinstance(content, dict)
            else content
        )
    if isinstance(content[0], list):
        return content
    return [content] if draw.random() < 0.5 else [[one] for one in content]


def ask(
    excel: Excel, name: str, part: str, arguments: Mapping[str, Any], draw: Draw
) -> Any:
    """What the Excel function shows."""
    content = {**arguments, **({"part": part} if part else {})}
    names = (parameter.name for parameter in FUNCTIONS[name].parameters)
    return excel.call(
        name,
        *(laid_out(draw, content[one]) if one in content else MISSING for one in names),
    )


def test_every_function_is_compared() -> None:
    """No function can be added without its parity being tested."""
    assert (
        set(GENERATORS)
        == set(ORACLES)
        == set(GOLDEN)
        == set(udf.__all__)
        == set(FUNCTIONS)
    )


def test_every_function_has_a_native_formula() -> None:
    """What has no native formula in the scoring workbook, or no input there, is known and has a reason."""
    assert set(cards()) == set(FUNCTIONS)
    parts, arguments = set(), set()
    for name, (_, results) in cards().items():
        parts |= ORACLES[name].keys() - {
            part_of(name, result.part.en if result.part else "") for result in results
        }
        said = {
            one
            for result in results
            for one, place in argument_places(result, name).items()
            if place
        }
        arguments |= {parameter.name for parameter in FUNCTIONS[name].parameters} - said
    assert parts == WITHOUT_FORMULA.keys()
    assert arguments == WITHOUT_CELL.keys()


def test_plan_shows_what_it_asks_for() -> None:
    """A score that the plan can know is a formula there; for all others there is a reason."""
    assert sorted([*IN_PLAN, *NOT_IN_PLAN]) == sorted(FUNCTIONS)
    layout = lay_out(plan_spec(Settings(plan_year=2027)), "de")
    assert set(IN_PLAN.values()) <= {
        pattern_of(path) for path in document_formulas(layout)
    }


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_python_and_cell_agree(name: str, excel: Excel) -> None:
    """Same number, same emptiness, same error, whatever the cells hold and however they lie."""
    draw = random.Random(name)  # noqa: S311
    kinds = set()
    for _ in range(ROUNDS):
        arguments = GENERATORS[name](draw)
        part = arguments.pop("part", None) or draw.choice(list(ORACLES[name]))
        shown = ask(excel, name, part, arguments, draw)
        errors = errors_in(arguments)
        if errors:
            assert shown in errors, (arguments, shown)
        else:
            said = expected(name, part, arguments)
            assert same(shown, said), (arguments, part, shown, said)
        kinds.add("error" if errors else type(shown).__name__)
    assert len(kinds) > 1, "the inputs must reach more than one kind of answer"


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_three_faces_agree(name: str, excel: Excel, native: Asked) -> None:
    """Python, the Excel function and the native formula give the same number, the same emptiness, the same error."""
    draw = random.Random(name)  # noqa: S311
    answers: dict[str, tuple[Any, Any]] = {}
    kinds = set()
    for question, cell in chain.from_iterable(native[name]):
        errors = errors_in(question.arguments)
        key = json.dumps([question.part, question.arguments])
        if key not in answers:
            python = (
                None if errors else expected(name, question.part, question.arguments)
            )
            answers[key] = (
                ask(excel, name, question.part, question.arguments, draw),
                python,
            )
        shown, said = (one_of(answer, question.item) for answer in answers[key])
        told = (
            question.arguments,
            question.part,
            question.item,
            "python",
            said,
            "excel",
            shown,
            "native",
            cell,
        )
        if errors:
            assert shown in errors, told
            assert cell.error in errors, told
        else:
            assert same(shown, said), told
            assert agrees(cell, shown), told
        kinds.add(
            "error" if cell.error else "empty" if cell.value in (None, "") else "value"
        )
    assert len(kinds) == 3, "the inputs must reach a value, emptiness and an error"


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_golden_values_on_all_faces(name: str, excel: Excel, native: Asked) -> None:
    """The values that the definitions were agreed with come out of Python, the Excel function, the native formula."""
    draw = random.Random(name)  # noqa: S311
    for (arguments, parts), questions in zip(GOLDEN[name], native[name], strict=False):
        left = {part_of(name, part) for part in parts}
        wanted = {part_of(name, part): value for part, value in parts.items()}
        for question, cell in questions:
            part = part_of(name, question.part)
            variant = all(
                question.arguments.get(one) == arguments.get(one) for one in VARIANTS
            )
            if part in wanted and variant:
                left -= {part}
                want = one_of(wanted[part], question.item)
                python = one_of(expected(name, part, question.arguments), question.item)
                shown = one_of(
                    ask(excel, name, question.part, question.arguments, draw),
                    question.item,
                )
                told = (
                    question.arguments,
                    part,
                    "python",
                    python,
                    "excel",
                    shown,
                    "native",
                    cell,
                )
                assert same(python, want), told
                assert same(shown, want), told
                assert agrees(cell, want), told
        assert left == set(), arguments


def part_of(name: str, part: str) -> str:
    """The part asked for, or the one shown by default."""
    return part or next(iter(ORACLES[name]))


def one_of(answer: Any, item: int) -> Any:
    """The cell of an answer that is meant; an error stands for all of them."""
    return flat(answer)[item] if item >= 0 and isinstance(answer, list) else answer


def agrees(cell: Computed, shown: Any) -> bool:
    """Whether a native formula says what the function shows, as far as a formula can (see the module)."""
    if cell.error or shown in ("#DIV/0!", "#NUM!"):
        return bool(cell.error == shown)
    if shown == "" or str(shown).startswith("#"):
        return cell.value in (None, "")
    return same(cell.value, shown)


def test_a_range_is_answered_row_by_row(excel: Excel) -> None:
    """One call for a whole column gives each row its own answer, and one bad row spoils no other."""
    shown = excel.call(
        "KAM_GROWTH", [[100], [0], [None], ["x"]], [[130], [1], [1], [1]]
    )
    assert shown == [
        [0.3],
        ["#DIV/0!"],
        ["#N/A"],
        ["#KAM! previous: 'x' ist keine Zahl"],
    ]
    assert excel.call("KAM_ATTAINMENT", [[110, 60]], 100, {"missing": True}) == [
        [1.1, 0.6]
    ]
    assert (
        excel.call("KAM_GROWTH", [[1], [2]], [[1], [2], [3]])
        == "#KAM! ranges: unterschiedlich viele Zellen"
    )


def test_parts_and_languages(excel: Excel) -> None:
    """A further argument asks for another part of the result, in German, in English or by its code."""
    missing = {"missing": True}
    values, weights = [[4, 3, None, 5]], [[0.4], [0.3], [0.1], [0.2]]
    parts = {
        part: excel.call("KAM_SCORE", values, weights, *[missing] * 4, part)
        for part in ("Abdeckung", "to", "low")
    }
    assert parts == {
        "Abdeckung": pytest.approx(0.9),
        "to": pytest.approx(75),
        "low": pytest.approx(65),
    }
    assert "möglich: Wert, Abdeckung, von, bis" in excel.call(
        "KAM_SCORE", values, *[missing] * 5, "Quatsch"
    )
    assert (
        excel.call("KAM_SEGMENT", 60, 70, missing, "Strategie", missing)
        == "halten/ausbauen"
    )
    assert excel.call("KAM_SEGMENT", 60, 70, "3x3", "zone", "en") == "Invest"
    assert excel.call(
        "KAM_SATISFACTION",
        [[4, 3, 5]],
        [[5, 4, 2]],
        [[5, 3, 4]],
        *[missing] * 3,
        "Lücke",
    ) == pytest.approx(-3 / 11)
    assert (
        excel.call("KAM_STANCE", [[5, 8, 8, 4]], [[1, -1, 0, 2]], missing, "Platz") == 2
    )
    assert excel.call(
        "KAM_CONTACT_GAP", [[1], [2]], [[3], [7]], [[10], [5]], "Rang"
    ) == [[2], [1]]
    assert excel.call(
        "KAM_HHI", [[400, 250, 150, 100, 60, 40]], "Top 5"
    ) == pytest.approx(0.96)
    assert excel.call("KAM_NPS", [[9, 3]], "kleine Stichprobe") is True
    roles = [["Entscheider"], ["Einkäufer"], [None]]
    names = [["Dr. Ahrens"], [""], ["Frau Lotz"]]
    assert (
        excel.call("KAM_BUYING_CENTER", roles, names, [["Decider", "buyer"]], "fehlend")
        == "Einkäufer"
    )
    assert (
        excel.call("KAM_MATURITY", [[4, 5], [2, 3]], *[missing] * 4, "schwächste") == 2
    )


def test_dates(excel: Excel) -> None:
    """The last contact may be a date, a serial number, or the days since; a date where a number belongs is named."""
    missing = {"missing": True}
    rest = [missing] * 4
    january, february = {"date": "2026-01-01"}, {"date": "2026-02-15"}
    by_date = excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, january, 50, february, *rest)
    by_serial = excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, 46023, 50, 46068, *rest)
    by_days = excel.call("KAM_RELATIONSHIP", 0.5, 0, 0.5, 45, 50, missing, *rest)
    assert by_date == by_serial == by_days == pytest.approx(0.85 * 50 + 0.15 * 75)
    assert "today" in excel.call(
        "KAM_RELATIONSHIP", 0.5, 0, 0.5, january, 50, missing, *rest
    )
    assert (
        excel.call("KAM_GROWTH", january, 5)
        == "#KAM! previous: 2026-01-01 00:00:00 ist keine Zahl"
    )


def test_errors_travel_on(excel: Excel) -> None:
    """An error value is the answer of every function that reads it, newer ones and our own included."""
    for error in ("#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!"):
        assert (
            excel.call("KAM_HHI", [[1, {"error": error}]], {"missing": True}) == error
        )
    message = excel.call("KAM_SCORE", [[7]], *[{"missing": True}] * 6)
    assert message == "#KAM! values: 7 liegt nicht zwischen 1 und 5"
    assert excel.call("KAM_SEGMENT", message, 50, *[{"missing": True}] * 3) == message
    assert excel.call("KAM_SEGMENT", "#N/A", 50, *[{"missing": True}] * 3) == "#N/A"


def test_a_range_where_one_cell_belongs(excel: Excel) -> None:
    """Too many cells for a single argument are refused with its name."""
    missing = {"missing": True}
    shown = excel.call("KAM_SCORE", [[4]], missing, [[1, 2]], *[missing] * 4)
    assert shown == "#KAM! low: eine einzelne Zelle erwartet"
