"""The figures that a workbook shows follow from its entries, or a finding says which cell is at fault."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kamxl.document.figures import Given
from kamxl.document.formulas.sources import shape_of, sources_of
from kamxl.plan.account_plan import AccountPlan
from tests.extracts import SOUND, TODAY, changed
from tests.figure_plans import (
    calculated,
    deleted,
    findings_of,
    layout,
    of_old,
    place,
    rewritten,
    typed_over,
    with_row,
)

WEIGHTED = "opportunities.open[0].weighted"
FIGURES = [
    "cover.weighted_pipeline", "cover.completeness", "opportunities.weighted_total", WEIGHTED,
    "revenue.revenue.total.forecast", "revenue.revenue.growth.target", "contacts.coverage", "contacts.team[0].coverage",
    "contacts.people[0].coverage", "contacts.people[1].gap", "opportunities.open[4].weighted",
    "progress.opportunities.filled", "progress.measures.required", "progress.revenue.share", "progress.cover.status",
]  # fmt: skip


def told(book: Any, day: dt.date = TODAY) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of what is said of the figures."""
    return [(one.code, one.sheet, one.cell) for one in findings_of(book, day)]


def test_what_a_program_calculated_is_right() -> None:
    """A plan as Excel saves it, and one that nobody has calculated yet: nothing to say."""
    assert told(calculated()) == []
    assert told(calculated(results=False)) == []


@pytest.mark.parametrize("path", FIGURES)
@pytest.mark.parametrize("value", [123_456.0, 0.0, "siehe Anlage"])
def test_a_value_typed_over_a_formula_is_told_at_its_cell(
    path: str, value: float | str
) -> None:
    """Row, total, growth, tile, matrix: whatever was typed, with what follows from the entries."""
    found = findings_of(typed_over(calculated(), path, value))
    assert [(one.code, one.sheet, one.cell) for one in found] == [
        ("KAM245", *place(path))
    ]
    assert found[0].label


@pytest.mark.parametrize("path", FIGURES)
def test_a_deleted_formula_is_told_at_its_cell(path: str) -> None:
    """Also where the formula gave nothing."""
    assert told(deleted(calculated(), path)) == [("KAM246", *place(path))]


def test_what_was_typed_over_is_told_in_a_plan_that_was_never_calculated() -> None:
    """A formula is there or not, whether it has a result or none."""
    book = typed_over(calculated(results=False), "opportunities.weighted_total", 5.0)
    assert told(book) == [("KAM245", *place("opportunities.weighted_total"))]


@pytest.mark.parametrize(
    ("formula", "value"),
    [("1000000", 1e6), ("SUM(I9:I9)", 80_000.0), ("MAX(I12:I26)", 40_000.0)],
)
def test_another_formula_is_told_and_the_cover_names_it(
    formula: str, value: float
) -> None:
    """The figures of the cover follow, and say why they are wrong."""
    path = "opportunities.weighted_total"
    book = rewritten(
        calculated(shown={"cover.weighted_pipeline": value}), path, formula, value
    )
    found = findings_of(book)
    cover = ("KAM262", *place("cover.weighted_pipeline"))
    assert [(one.code, one.sheet, one.cell) for one in found] == [
        cover,
        ("KAM247", *place(path)),
    ]
    assert "!".join(place(path)) in found[0].message
    assert "48.000" in found[0].message


def test_another_formula_with_the_same_result_is_no_difference() -> None:
    """An older kamxl, and Excel itself, may write the same figure in another way."""
    assert told(rewritten(calculated(), WEIGHTED, "H12*F12", 48_000.0)) == []


def test_the_formulas_of_an_old_workbook_are_not_called_changed() -> None:
    """It cannot say with which formulas it was generated: the difference is told, and both reasons it may have."""
    book = rewritten(calculated(), "opportunities.total_value", "SUM(F1:F9)", 1.0)
    assert [code for code, *_ in told(book)] == ["KAM247"]
    (found,) = findings_of(of_old(book))
    assert found.code == "KAM249"
    assert "oder eine Formel wurde geändert" in found.message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("opportunities.open[0].value", 500_000.0),
        ("opportunities.open[0].probability", 0.1),
    ],
)
def test_a_file_that_was_not_calculated_again_is_told_once(
    path: str, value: float
) -> None:
    """An entry was changed by a program that calculates nothing: said at the first figure, and on the cover."""
    book = calculated({**SOUND, path: value}, shown=_results(SOUND))
    found = told(book)
    assert [code for code, *_ in found].count("KAM249") == 1
    assert ("KAM262", *place("cover.weighted_pipeline")) in found


def _results(values: Any) -> dict[str, Any]:
    """What the figures of a plan show."""
    return {
        "opportunities.open[0].weighted": 48_000.0,
        "opportunities.weighted_total": 48_000.0,
        "opportunities.total_value": values["opportunities.open[0].value"],
        "cover.weighted_pipeline": 48_000.0,
    }


def test_an_inserted_row_that_no_total_reaches_is_named() -> None:
    """The new project counts in Python; total and cover say where it stands."""
    row = {"project": "Neu", "value": 900_000.0, "probability": 0.5, "stage": "Angebot"}
    found = findings_of(with_row(calculated(), row))
    codes = {one.code for one in found}
    assert codes == {"KAM248", "KAM262"}
    cover = next(
        one
        for one in found
        if one.code == "KAM262" and one.label == "Gewichtete Pipeline"
    )
    assert "498.000" in cover.message
    assert "eingefügte Zeile (5 Offene Projekte!" in cover.message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("opportunities.open[0].value", "80.000,00 €"),
        ("opportunities.open[0].probability", "60 %"),
        ("opportunities.open[0].value", "#REF!"),
        ("opportunities.open[0].stage", "VERHANDLUNG "),
    ],
)
def test_an_entry_that_the_formula_takes_otherwise_is_named(
    path: str, value: str
) -> None:
    """A text for a number, a spelling that the list has not: the cover names the entry, which has its own finding."""
    shown = {
        "opportunities.open[0].weighted": 7.0,
        "opportunities.weighted_total": 7.0,
        "cover.weighted_pipeline": 7.0,
    }
    found = findings_of(calculated({**SOUND, path: value}, shown))
    (cover,) = [
        one
        for one in found
        if one.label == "Gewichtete Pipeline" and one.code == "KAM262"
    ]
    assert "!".join(place(path)) in cover.message
    assert "opportunities.open[0].weighted" not in {one.path for one in found}


def test_progress_that_counts_something_else_is_told_with_its_cause() -> None:
    """A placeholder fills a cell, not the plan: each figure of the cover that counts it names the cell."""
    shown = {
        "progress.opportunities.filled": 4,
        "progress.opportunities.share": 1.0,
        "progress.opportunities.status": "vollständig",
    }
    path = "opportunities.open[0].project"
    found = findings_of(calculated({**SOUND, path: "k. A."}, shown))
    assert {one.path for one in found if one.code == "KAM262"} == shown.keys()
    assert all("!".join(place(path)) in one.message for one in found)
    assert found[0].label == "Offene Projekte: gefüllt"


@pytest.mark.parametrize("share", [1 + 1e-9, 1 - 1e-12])
def test_rounding_is_no_difference(share: float) -> None:
    """Two programs add up in another order: the last digits, and what is less than a cent, say nothing."""
    values = changed("| 5 Offene Projekte | 1 | Angebotswert | 80.000,01 |")
    exact = 80_000.01 * 0.6
    shown = dict.fromkeys(
        (WEIGHTED, "opportunities.weighted_total", "cover.weighted_pipeline"),
        exact * share,
    )
    assert told(calculated(values, shown)) == []
    assert told(calculated(values, {**shown, WEIGHTED: round(exact, 2)})) == []


def test_what_depends_on_the_day_is_not_compared() -> None:
    """Calculated in November, read in March: the measure has become overdue meanwhile."""
    later = dt.date(2027, 3, 15)
    assert told(calculated(day=TODAY), later) == []
    path = "measures.measures[0].overdue"
    assert told(typed_over(calculated(), path, "nein"), later) == [
        ("KAM245", *place(path))
    ]


def test_every_figure_knows_its_entries() -> None:
    """Whatever a value is worked out from, the references of its formula lead to it."""
    sources, plan = sources_of(layout()), AccountPlan()
    known = Given(plan, layout().spec, TODAY)
    assert known.figure("cover.completeness") is not None
    for pattern, figure in layout().spec.figures.items():
        path = pattern.at(*([0] * pattern.count("[]")))
        assert sources.inputs(path), pattern
        if figure.computed.same_as:
            assert sources.direct(path) == {figure.computed.same_as}
    assert "opportunities.open[3].value" in sources.inputs("cover.weighted_pipeline")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SUM(F12:F26)", "SUM($F$14:F30)", True),
        ("'3 Umsatz'!F4+1", "Umsatz!$F$9 + 1", True),
        ('IF(A1="x","",LOG10(2))', 'IF(B7="x","",LOG10(2))', True),
        ("SUM(F12:F26)", "SUM(F12:F26)+1", False),
        ("SUM(F12:F26)", "MAX(F12:F26)", False),
        ("A1*0.5", "A1*0.6", False),
    ],
)
def test_a_formula_is_told_by_its_shape(one: str, other: str, same: bool) -> None:
    """Rows move and sheets are renamed: functions, numbers and texts stay."""
    assert (shape_of(one) == shape_of(other)) is same
