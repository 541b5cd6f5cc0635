"""A number off its scale is an error on every face: no score is worked out as if it were not there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from kamxl import scoring
from kamxl.checks.check import check
from kamxl.demo.company import plans, settings
from kamxl.document.figures import figures
from kamxl.excel.functions.goals import KAM_SCORECARD
from kamxl.excel.functions.people import KAM_COVERAGE, KAM_STANCE
from kamxl.excel.functions.scores import KAM_SATISFACTION
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import read_plan
from kamxl.portfolio.data.collect import collect
from kamxl.portfolio.data.ledger import Ledger
from kamxl.scoring import ScoreError
from tests.clients.office import Office

TODAY = dt.date(2026, 11, 20)
COMPANY = settings("de", 2027)
# An entry off its scale, and the figures that have no value for it.
CASES: dict[str, tuple[float, tuple[str, ...]]] = {
    "strategy.attractiveness[0].score": (9, ("strategy.attractiveness_score", "strategy.portfolio_cell")),
    "strategy.position[1].score": (0, ("strategy.position_score", "strategy.standard_strategy")),
    "strategy.position[0].weight": (1.5, ("strategy.position_score",)),
    "strategy.price_readiness[2].score": (-3, ("strategy.price_readiness_score",)),
    "cooperation.satisfaction[0].importance": (7, ("cooperation.satisfaction_index",)),
    "cooperation.satisfaction[1].performance": (5.5, ("cooperation.satisfaction_index",)),
    "controlling.targets[0].weight": (-0.25, ("controlling.scorecard",)),
    "contacts.people[0].influence": (12, ("contacts.coverage", "contacts.stance_index", "contacts.team[0].coverage")),
    "contacts.matrix[0][1].actual": (-1, ("contacts.people[1].coverage", "contacts.people[1].gap")),
    "contacts.matrix[1][0].planned": (10_001, ("contacts.coverage", "contacts.team[1].coverage")),
}  # fmt: skip


def workbook(path: Path, entry: str, value: Any) -> Path:
    """The first demo plan with one entry changed."""
    writer = PlanWriter(COMPANY, TODAY, seed="test")
    writer.write(plans(COMPANY, TODAY)[0], path, {entry: value})
    return path


@pytest.fixture(scope="module")
def sound() -> dict[str, Any]:
    """The figures of the first demo plan as it is."""
    writer = PlanWriter(COMPANY, TODAY)
    return dict(figures(plans(COMPANY, TODAY)[0], writer.spec, TODAY))


@pytest.mark.parametrize("entry", CASES)
def test_no_score_in_plan_and_portfolio(
    tmp_path: Path, sound: dict[str, Any], entry: str
) -> None:
    """Check and portfolio leave the score empty, where it would have a value without the entry."""
    value, wanted = CASES[entry]
    for wrong in (value, str(value).replace(".", ",")):
        path = workbook(tmp_path / "plan.xlsx", entry, wrong)
        checked = check(read_plan(path), COMPANY, TODAY)
        assert entry in checked.off_scale
        assert [
            f for f in checked.findings if f.path == entry and f.severity == "error"
        ]
        found = figures(checked.plan, checked.spec, TODAY, checked.off_scale)
        (account,) = Ledger.of(
            collect(path.parent, COMPANY, TODAY), COMPANY, TODAY, ()
        ).accounts
        for figure in wanted:
            assert sound[figure] is not None, "or the test shows nothing"
            assert found[figure] is None
            assert account.figures[figure] is None


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("entry", CASES)
def test_no_score_in_the_workbook(tmp_path: Path, office: Office, entry: str) -> None:
    """The plan's own formulas leave it empty, too, once they are calculated."""
    value, wanted = CASES[entry]
    path = workbook(tmp_path / "plan.xlsx", entry, value)
    cells = {each.path: each for each in read_plan(path).computed}
    recalculated = office.recalculate(path)
    for figure in wanted:
        place = cells[figure]
        assert recalculated[place.sheet][place.cell].value in (None, ""), figure


def test_no_score_in_python_and_in_cells() -> None:
    """The functions raise, and a cell shows a message instead of a number."""
    answers, weights = [4, 9, 3], [1, 1, 1]
    column = [[value] for value in answers]
    with pytest.raises(ScoreError):
        scoring.weighted_score(answers, weights)
    with pytest.raises(ScoreError):
        scoring.satisfaction_index(answers, weights)
    with pytest.raises(ScoreError):
        scoring.scorecard([1.0], [2.0], [0.0], [-1.0])
    with pytest.raises(ScoreError):
        scoring.contact_coverage([-1.0, 2], [2, 2], [5, 5])
    with pytest.raises(ScoreError):
        scoring.stance_index([12.0, -1.0], [1, 1])
    shown = (
        KAM_SATISFACTION(column, column),
        KAM_SCORECARD([[1.0]], [[2.0]], [[0.0]], [[-1.0]]),
        KAM_COVERAGE([[-1.0]], [[2.0]], [[5.0]]),
        KAM_STANCE([[-1.0]], [[1.0]]),
    )
    assert all(str(cell).startswith("#KAM!") for cell in shown), shown
