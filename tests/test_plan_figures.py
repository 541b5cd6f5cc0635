"""The computed figures of a plan, against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kamxl.document.figures import figure_label, figures
from kamxl.document.paths import pattern_of
from kamxl.document.vocabulary import Profile
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings

TODAY = dt.date(2030, 6, 15)
SETTINGS = Settings(plan_year=2030)


@pytest.fixture(scope="module")
def spec() -> PlanSpec:
    """The full plan under default settings."""
    return plan_spec(SETTINGS)


def of(spec: PlanSpec, **sheets: Any) -> dict[str, float | str | None]:
    """The figures of a plan with these sheets."""
    return figures(AccountPlan.model_validate(sheets), spec, TODAY)


def test_every_figure_of_an_empty_plan_is_empty_but_the_completeness(
    spec: PlanSpec,
) -> None:
    """An empty plan shows no 0 anywhere, except that 0 % of it is filled in."""
    empty = figures(AccountPlan(), spec, TODAY)
    assert {path for path, value in empty.items() if value is not None} == {
        "cover.completeness"
    }
    assert empty["cover.completeness"] == 0


def test_every_computed_cell_has_a_path(spec: PlanSpec) -> None:
    """Columns for each row drawn, totals, growth, both sides of the contact matrix: none is forgotten."""
    found = figures(AccountPlan(), spec, TODAY)
    assert set(spec.figures) <= {pattern_of(path) for path in found}
    assert "opportunities.open[14].weighted" in found
    assert "revenue.revenue.total.actual_4" in found
    assert "revenue.revenue.growth.target" in found
    assert "revenue.revenue.growth.actual_4" not in found
    assert "contacts.people[9].gap" in found
    assert "contacts.team[7].coverage" in found


def test_compact_plan_has_no_figures_of_the_analyses() -> None:
    """What the profile leaves out is not computed either."""
    compact = plan_spec(SETTINGS.changed(profile=Profile.COMPACT))
    found = figures(AccountPlan(), compact, TODAY)
    assert "strategy.portfolio_cell" not in found
    assert "contacts.coverage" in found


def test_pipeline_leaves_out_what_is_decided_or_on_hold(spec: PlanSpec) -> None:
    """120,000 · 60 % + 80,000 · 75 % = 132,000; won, lost and on hold count in neither sum."""
    deals = [(120_000, 0.6, "offer"), (80_000, 0.75, None), (50_000, 1, "won"), (70_000, 0, "lost"),
             (30_000, 0.5, "on_hold"), (10_000, None, "idea")]  # fmt: skip
    rows = [{"value": v, "probability": p, "stage": s} for v, p, s in deals]
    found = of(spec, opportunities={"open": rows})
    assert [found[f"opportunities.open[{i}].weighted"] for i in range(6)] == [
        72_000,
        60_000,
        None,
        None,
        None,
        None,
    ]
    assert found["opportunities.weighted_total"] == 132_000
    assert found["cover.weighted_pipeline"] == 132_000
    assert found["opportunities.total_value"] == 210_000


def test_revenue_totals_and_growth(spec: PlanSpec) -> None:
    """Totals 100, 120, 150, 180, 200 grow by 20 %, 25 %, 20 % and 11.1 %."""
    rows = [
        {
            "actual_4": 60,
            "actual_3": 80,
            "actual_2": 100,
            "forecast": 120,
            "target": 130,
        },
        {"actual_4": 40, "actual_3": 40, "actual_2": 50, "forecast": 60, "target": 70},
    ]
    found = of(
        spec,
        revenue={
            "revenue": rows,
            "wallet": [{"demand": 480}, {"demand": 40}],
            "forecast": [{"q1_plan": 5, "q4_plan": 7}],
        },
    )
    keys = ("actual_4", "actual_3", "actual_2", "forecast", "target")
    assert [found[f"revenue.revenue.total.{key}"] for key in keys] == [
        100,
        120,
        150,
        180,
        200,
    ]
    growth = [found[f"revenue.revenue.growth.{key}"] for key in keys[1:]]
    assert growth == pytest.approx([0.2, 0.25, 0.2, 1 / 9])
    assert (found["cover.forecast_revenue"], found["cover.target_revenue"]) == (
        180,
        200,
    )
    assert found["cover.forecast_growth"] == pytest.approx(0.2)
    assert found["revenue.wallet[0].share"] == 0.25
    assert found["revenue.wallet[1].share"] is None, (
        "more revenue than demand is no share"
    )
    assert found["revenue.wallet.total.demand"] == 520
    assert found["revenue.forecast[0].plan_total"] == 12
    assert found["revenue.forecast.total.plan_total"] == 12
    assert found["revenue.forecast.total.actual_total"] is None


def test_growth_from_nothing_has_no_value(spec: PlanSpec) -> None:
    """A first year of 0 gives an empty cell, not an error."""
    found = of(spec, revenue={"revenue": [{"actual_4": 0, "actual_3": 10}]})
    assert found["revenue.revenue.total.actual_4"] == 0
    assert found["revenue.revenue.growth.actual_3"] is None


def test_portfolio_field_strategy_and_distance(spec: PlanSpec) -> None:
    """4, 3, –, 5 with weights .4 .3 .1 .2 score 72.22; position 1, 2, 3, 2 equally weighted scores 25."""
    weights = (0.4, 0.3, 0.1, 0.2)
    attractive = [
        {"weight": w, "score": s} for w, s in zip(weights, (4, 3, None, 5), strict=True)
    ]
    weak = [{"weight": 0.25, "score": s} for s in (1, 2, 3, 2)]
    found = of(spec, strategy={"attractiveness": attractive, "position": weak})
    points = [found[f"strategy.attractiveness[{i}].points"] for i in range(4)]
    assert points == pytest.approx([30, 15, None, 20])
    assert found["strategy.attractiveness_score"] == pytest.approx(65 / 0.9)
    assert found["strategy.position_score"] == pytest.approx(25)
    assert (
        found["strategy.portfolio_cell"]
        == found["cover.portfolio_cell"]
        == "question_mark"
    )
    assert found["strategy.standard_strategy"] == "big_step_or_out"
    assert found["strategy.cell_distance"] == pytest.approx(65 / 0.9 - 50)
    assert found["strategy.attractiveness.total.weight"] == pytest.approx(1)


def test_score_is_empty_when_too_much_is_unanswered(spec: PlanSpec) -> None:
    """Only 60 % of the weight is answered: less than the 70 % a score needs."""
    rows = [{"weight": w, "score": s} for w, s in ((0.4, None), (0.6, 5))]
    assert (
        of(spec, strategy={"attractiveness": rows})["strategy.attractiveness_score"]
        is None
    )


def test_score_without_any_weight_counts_all_criteria_the_same(spec: PlanSpec) -> None:
    """Weights that somebody deleted do not empty the score: (100 + 50 + 0 + 50) / 4 = 50."""
    rows = [{"score": s} for s in (5, 3, 1, 3)]
    assert of(spec, strategy={"position": rows})[
        "strategy.position_score"
    ] == pytest.approx(50)


def test_reversed_price_criteria_count_the_other_way_round(spec: PlanSpec) -> None:
    """By default the last two criteria are reversed: a low answer speaks for readiness."""
    weights = (0.25, 0.20, 0.15, 0.20, 0.20)
    rows = [
        {"weight": w, "score": s} for w, s in zip(weights, (5, 4, 4, 2, 1), strict=True)
    ]
    found = of(spec, strategy={"price_readiness": rows})
    assert found["strategy.price_readiness_score"] == pytest.approx(86.25)
    assert found["strategy.price_readiness[4].points"] == pytest.approx(20)


def test_a_strategy_of_the_company_replaces_the_standard() -> None:
    """`portfolio.strategies` wins over the scheme, and its label is printed."""
    settings = SETTINGS.changed(
        portfolio={
            "strategies": {"star": {"code": "grow", "de": "Wachsen", "en": "Grow"}}
        }
    )
    spec = plan_spec(settings)
    best = [{"weight": 0.25, "score": 5}] * 4
    found = of(spec, strategy={"attractiveness": best, "position": best})
    assert found["strategy.standard_strategy"] == "grow"
    assert figure_label(spec, "strategy.standard_strategy", "grow", "de") == "Wachsen"


@pytest.mark.parametrize(
    ("pattern", "code", "de"),
    [
        ("strategy.portfolio_cell", "star", "Starkunde (2×2)"),
        ("cover.portfolio_cell", "takeaway", "Mitnahmekunde (2×2)"),
        ("strategy.standard_strategy", "selective_retreat", "selektiver Rückzug"),
        ("measures.measures[3].overdue", "overdue", "überfällig"),
        ("contacts.next_1", "Eva Kern", "Eva Kern"),
        ("strategy.position_score", 62.5, 62.5),
        ("strategy.portfolio_cell", None, None),
    ],
)
def test_codes_are_printed_with_their_label(
    spec: PlanSpec, pattern: str, code: str | float | None, de: str | float | None
) -> None:
    """Texts are codes in Python and labels in the workbook; everything else is printed as it is."""
    assert figure_label(spec, pattern, code, "de") == de


def test_portfolio_options_stand_in_the_order_of_the_scheme(spec: PlanSpec) -> None:
    """Attractiveness level by position level, so that a formula can pick the field by its index."""
    codes = [option.code for option in spec.options_of("strategy.portfolio_cell")]
    assert codes == ["takeaway", "yield", "question_mark", "star"]


def test_gap_analysis_by_ulwick(spec: PlanSpec) -> None:
    """9 and − make 9 + (9 − 2) = 16; 4 and + make 4; without a sign there is no score."""
    rows = [
        {"importance": 9, "against_requirements": "-"},
        {"importance": 4, "against_requirements": "+"},
        {"importance": 9},
    ]
    found = of(
        spec,
        competition={
            "gaps": rows,
            "competitors": [{"revenue": 100, "share": 0.3}, {"share": 0.2}],
        },
    )
    assert [found[f"competition.gaps[{i}].opportunity"] for i in range(3)] == [
        16,
        4,
        None,
    ]
    assert found["competition.competitors.total.revenue"] == 100
    assert found["competition.competitors.total.share"] == pytest.approx(0.5)


def test_satisfaction_index_and_gaps(spec: PlanSpec) -> None:
    """Performance 4, 3, 5 with importance 5, 4, 2 scores 70.45; expected 5, 3 leaves gaps of −1 and 0."""
    rows = [
        {"importance": 5, "expectation": 5, "performance": 4},
        {"importance": 4, "expectation": 3, "performance": 3},
        {"importance": 2, "performance": 5},
    ]
    found = of(spec, cooperation={"satisfaction": rows})
    assert (
        found["cooperation.satisfaction_index"]
        == found["cover.satisfaction_index"]
        == pytest.approx(775 / 11)
    )
    assert [found[f"cooperation.satisfaction[{i}].gap"] for i in range(4)] == [
        -1,
        0,
        None,
        None,
    ]


def test_swot_balance_of_the_six_p(spec: PlanSpec) -> None:
    """Strengths (4, 3) minus weaknesses (2): 1.5; without threats the outside has no balance."""
    rows = [
        {"strengths_rating": 4, "weaknesses_rating": 2, "opportunities_rating": 5},
        {"strengths_rating": 3},
    ]
    found = of(spec, profile={"swot": rows})
    assert (found["profile.swot_internal"], found["profile.swot_external"]) == (
        1.5,
        None,
    )


@pytest.mark.parametrize(
    ("due", "status", "expected"),
    [
        (dt.date(2030, 6, 14), "open", "overdue"),
        (dt.date(2030, 6, 14), None, "overdue"),
        (dt.date(2030, 6, 14), "postponed", "overdue"),
        (dt.date(2030, 6, 15), "open", None),
        (dt.date(2030, 6, 14), "done", None),
        (dt.date(2030, 6, 14), "dropped", None),
        (None, "open", None),
    ],
)
def test_a_measure_is_overdue_after_its_day_unless_finished(
    spec: PlanSpec, due: dt.date | None, status: str | None, expected: str | None
) -> None:
    """The due day itself still counts as in time."""
    found = of(spec, measures={"measures": [{"due": due, "status": status}]})
    assert found["measures.measures[0].overdue"] == expected


def test_scorecard_weighs_capped_attainments(spec: PlanSpec) -> None:
    """110 %, 33.3 % and 66.7 % weighted .5 .3 .2 make 78.3 %."""
    goals = [(0, 100, 110, 0.5), (40, 100, 60, 0.3), (30, 15, 20, 0.2)]
    rows = [
        {"baseline": b, "target": t, "actual": a, "weight": w} for b, t, a, w in goals
    ]
    found = of(spec, controlling={"targets": rows})
    attained = [found[f"controlling.targets[{i}].attainment"] for i in range(3)]
    assert attained == pytest.approx([1.1, 1 / 3, 2 / 3])
    assert (
        found["controlling.scorecard"]
        == found["cover.goal_attainment"]
        == pytest.approx(0.5 * 1.1 + 0.1 + 0.4 / 3)
    )


def test_a_senseless_target_does_not_take_the_scorecard_with_it(spec: PlanSpec) -> None:
    """Target equal to the baseline: no attainment, and the other 80 % of the weight make the score."""
    rows = [
        {"baseline": 10, "target": 10, "actual": 10, "weight": 0.2},
        {"baseline": 0, "target": 10, "actual": 5, "weight": 0.8},
    ]
    found = of(spec, controlling={"targets": rows})
    assert found["controlling.targets[0].attainment"] is None
    assert found["controlling.scorecard"] == pytest.approx(0.5)


def test_scorecard_without_weights_counts_all_targets_the_same(spec: PlanSpec) -> None:
    """(150 % capped to 120 % + 50 %) / 2 = 85 %; rows that only have a name take no part."""
    rows = [
        {"baseline": 0, "target": 10, "actual": 15},
        {"indicator": "Gewinnsteigerung"},
        {"baseline": 0, "target": 10, "actual": 5},
    ]
    assert of(spec, controlling={"targets": rows})[
        "controlling.scorecard"
    ] == pytest.approx(0.85)


def test_contribution_chain_ends_at_the_first_missing_cost(spec: PlanSpec) -> None:
    """1000 − 80 − 560 − 60 − 90 − 70 leaves 920, 360, 300, 210, 140; a missing cost is not 0."""
    costs = {
        "gross_revenue": 1000,
        "deductions": 80,
        "production": 560,
        "marketing": 60,
        "selling": 90,
        "service": 70,
    }
    rows = [costs, {**costs, "marketing": None}]
    found = of(spec, controlling={"contribution": rows})
    keys = ("net_revenue", "db1", "db2", "db3", "db4")
    assert [found[f"controlling.contribution[0].{key}"] for key in keys] == [
        920,
        360,
        300,
        210,
        140,
    ]
    assert [found[f"controlling.contribution[1].{key}"] for key in keys] == [
        920,
        360,
        None,
        None,
        None,
    ]


PEOPLE = [
    {"name": "Kern", "influence": 9, "stance": "-1", "role": "decider"},
    {"name": "Lang", "influence": 5, "stance": "2", "role": "buyer"},
    {"name": "Moser", "influence": 4, "stance": "unknown", "role": "buyer"},
]
MATRIX = [
    [{"actual": 1, "planned": 4}, {"actual": 6, "planned": 3}, {"planned": 2}],
    [{"actual": 2, "planned": 2}, {}, {"actual": 1, "planned": 2}],
]


def test_contact_coverage_per_contact_person_and_in_total(spec: PlanSpec) -> None:
    """Too many contacts here never make up for none there; an unknown number of contacts drops out."""
    found = of(
        spec,
        contacts={
            "people": PEOPLE,
            "team": [{"name": "A"}, {"name": "B"}],
            "matrix": MATRIX,
        },
    )
    assert [found[f"contacts.people[{j}].coverage"] for j in range(2)] == [3 / 6, 1]
    assert found["contacts.people[2].coverage"] is None, (
        "half of what is planned is unknown"
    )
    # A: (9·1 + 5·3) / (9·4 + 5·3), Moser's 4·2 unknown; B: (9·2 + 4·1) / (9·2 + 4·2)
    assert found["contacts.team[0].coverage"] == pytest.approx(24 / 51)
    assert found["contacts.team[1].coverage"] == pytest.approx(22 / 26)
    assert (
        found["contacts.coverage"]
        == found["cover.contact_coverage"]
        == pytest.approx(46 / 77)
    )


def test_next_contacts_are_those_with_the_largest_gap(spec: PlanSpec) -> None:
    """Kern 9·3 = 27 before Moser 4·1 = 4; Lang was met more often than planned."""
    found = of(spec, contacts={"people": PEOPLE, "matrix": MATRIX})
    assert [found[f"contacts.people[{j}].gap"] for j in range(4)] == [27, 0, 4, None]
    assert [found[f"contacts.next_{rank}"] for rank in range(1, 6)] == [
        "Kern",
        "Moser",
        None,
        None,
        None,
    ]


def test_stance_opponent_and_roles(spec: PlanSpec) -> None:
    """(9·−1 + 5·2) / (2·14) = 1/28, Kern is the opponent; two of six roles are known."""
    found = of(spec, contacts={"people": PEOPLE})
    assert found["contacts.stance_index"] == pytest.approx(1 / 28)
    assert found["contacts.strongest_opponent"] == "Kern"
    assert found["contacts.buying_center_coverage"] == pytest.approx(2 / 6)


def test_roles_that_nobody_entered_are_no_zero(spec: PlanSpec) -> None:
    """A contact known by name only leaves the buying center's coverage empty."""
    found = of(spec, contacts={"people": [{"name": "Kern"}]})
    assert found["contacts.buying_center_coverage"] is None


def test_contacts_without_a_name_take_no_part_and_without_influence_all_count_the_same(
    spec: PlanSpec,
) -> None:
    """Nobody's influence is known: 1·(2 − 1) and 1·(5 − 1); the nameless contact has no gap."""
    people = [{"name": "Kern"}, {"name": "Lang"}, {"influence": 8}]
    row = [
        {"actual": 1, "planned": 2},
        {"actual": 1, "planned": 5},
        {"actual": 0, "planned": 9},
    ]
    found = of(spec, contacts={"people": people, "matrix": [row]})
    assert [found[f"contacts.people[{j}].gap"] for j in range(3)] == [1, 4, None]
    assert found["contacts.coverage"] == pytest.approx(2 / 7)
    assert (found["contacts.next_1"], found["contacts.next_2"]) == ("Lang", "Kern")


def test_rows_beyond_those_drawn_are_computed_too(spec: PlanSpec) -> None:
    """A table that somebody extended has figures for every row."""
    rows = [{"value": 10, "probability": 0.5}] * 20
    found = of(spec, opportunities={"open": rows})
    assert found["opportunities.open[19].weighted"] == 5
    assert found["opportunities.weighted_total"] == 100


def test_criteria_after_the_last_entry_count_as_unanswered(spec: PlanSpec) -> None:
    """One of four criteria answered is too little for a score, also where the plan's list ends after it."""
    found = of(
        spec,
        strategy={"attractiveness": [{"score": 4}]},
        cooperation={"satisfaction": [{"performance": 4}]},
    )
    assert found["strategy.attractiveness_score"] is None
    assert found["cooperation.satisfaction_index"] is None
