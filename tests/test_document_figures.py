"""Figures that build on each other, in whatever order they are declared."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import pytest
from pydantic import Field

from kamxl.document.compiling import compile_document
from kamxl.document.figures import Given, figure_label, figures
from kamxl.document.formulas import document_formulas
from kamxl.document.layout.layout import lay_out
from kamxl.document.vocabulary import (
    Computed,
    Document,
    FreeRows,
    Item,
    Kind,
    Line,
    Money,
    Sheet,
    TableRow,
)
from kamxl.errors import SpecError
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

TODAY = dt.date(2030, 6, 15)
NAME = Text(de="x", en="x")


class Trip(TableRow):
    """A row with two figures, the first of which builds on the second."""

    heading = NAME
    rows = FreeRows(2)
    totals = ("fare", "doubled")

    fare: Annotated[Money | None, Item(label=NAME)] = None
    quadrupled = Computed(
        label=NAME,
        kind=Kind.MONEY,
        value=lambda _, at: at.figure("doubled") and 2 * at.figure("doubled"),
        formula=lambda row: f"=2*{row.cell('doubled')}",
    )
    doubled = Computed(
        label=NAME,
        kind=Kind.MONEY,
        value=lambda row, _: row.fare and 2 * row.fare,
        formula=lambda row: f"=2*{row.cell('fare')}",
    )


class Travel(Sheet):
    """A sheet whose figures build on those of its table and on a figure declared behind them."""

    title = guidance = NAME
    trips: list[Trip] = Field(default_factory=list)
    again = Computed(label=NAME, kind=Kind.TEXT, same_as="travel.size")
    size = Computed(
        label=NAME,
        kind=Kind.TEXT,
        value=lambda _, given: (
            "large" if given.figure("travel.trips.total.doubled") else None
        ),
        formula=lambda terms: (
            f'=IF({terms.cell("travel.trips.total.doubled")}>0,"groß","")'
        ),
        options=lambda _: [("large", Text(de="groß", en="large"))],
    )
    circle = Computed(
        label=NAME,
        kind=Kind.MONEY,
        value=lambda _, given: (
            None if given.today == TODAY else given.figure("travel.circle")
        ),
        formula=lambda _: "=0",
    )


class Front(Sheet):
    """The first sheet, with a form."""

    title = guidance = NAME
    name: Annotated[Line | None, Item(label=NAME)] = None


class Travels(Document):
    """A document of two sheets."""

    front: Front = Front()
    travel: Travel = Travel()


SPEC = compile_document(Travels, Settings())


def of(*fares: float | None) -> dict[str, Any]:
    """The figures of some trips."""
    trips = [{"fare": fare} for fare in fares]
    return figures(Travels.model_validate({"travel": {"trips": trips}}), SPEC, TODAY)


def test_figures_build_on_each_other_in_any_order() -> None:
    """A row's figure, a total of figures and a tile are worked out when they are asked for."""
    assert of(10, None, 5) == {
        "travel.again": "large",
        "travel.size": "large",
        "travel.circle": None,
        "travel.trips[0].quadrupled": 40,
        "travel.trips[0].doubled": 20,
        "travel.trips[1].quadrupled": None,
        "travel.trips[1].doubled": None,
        "travel.trips[2].quadrupled": 20,
        "travel.trips[2].doubled": 10,
        "travel.trips.total.fare": 15,
        "travel.trips.total.doubled": 30,
    }


def test_a_figure_that_repeats_another_one_has_its_formula_and_its_labels() -> None:
    """What says `same_as` declares nothing else: value, formula and labels follow."""
    layout = lay_out(SPEC, "de")
    assert document_formulas(layout)["travel.again"] == f"={layout.cell('travel.size')}"
    assert figure_label(SPEC, "travel.again", "large", "de") == "groß"
    assert figure_label(SPEC, "travel.again", None, "de") is None
    assert figure_label(SPEC, "travel.trips.total.fare", 15.0, "de") == 15.0


def test_a_figure_that_builds_on_itself_is_refused() -> None:
    """A circle of figures ends at once and names the figure."""
    given = Given(Travels(), SPEC, dt.date(2031, 1, 1))
    with pytest.raises(SpecError, match=r"travel\.circle: a figure that builds"):
        given.figure("travel.circle")


def test_an_unknown_figure_is_an_error() -> None:
    """Asking for a figure that the document does not have is a slip, not an empty value."""
    given = Given(Travels(), SPEC, TODAY)
    for path in ("travel.nothing", "travel.trips.sum.fare", "travel.rides.total.fare"):
        with pytest.raises(KeyError):
            given.figure(path)
