"""The computed figures of a plan, against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from kamxl.document.figures import figure_label, figures
from kamxl.document.paths import pattern_of
from kamxl.document.vocabulary import Profile
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from tests.plan_tables import plan_of

TODAY = dt.date(2030, 6, 15)
SETTINGS = Settings(plan_year=2030)
SPEC = plan_spec(SETTINGS)


def of(table: str, spec: PlanSpec = SPEC) -> dict[str, float | str | None]:
    """The figures of a plan with these entries."""
    return figures(plan_of(table, spec), spec, TODAY)


def test_every_figure_of_an_empty_plan_is_empty_but_the_completeness() -> None:
    """An empty plan shows no 0 anywhere, except that 0 % of it is filled in."""
    empty = figures(AccountPlan(), SPEC, TODAY)
    assert {path for path, value in empty.items() if value is not None} == {
        "cover.completeness"
    }
    assert empty["cover.completeness"] == 0


def test_every_computed_cell_has_a_path() -> None:
    """Columns for each row drawn, totals, growth, both sides of the contact matrix: none is forgotten."""
    found = figures(AccountPlan(), SPEC, TODAY)
    assert set(SPEC.figures) <= {pattern_of(path) for path in found}
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


def test_pipeline_leaves_out_what_is_decided_or_on_hold() -> None:
    """120,000 · 60 % + 80,000 · 75 % = 132,000; won, lost and on hold count in neither sum."""
    found = of("""
        | 5 Offene Projekte | Angebotswert | Chance | Phase          |
        |                   | 120.000      | 60 %   | Angebot        |
        |                   | 80.000       | 75 %   |                |
        |                   | 50.000       | 100 %  | gewonnen       |
        |                   | 70.000       | 0 %    | verloren       |
        |                   | 30.000       | 50 %   | zurückgestellt |
        |                   | 10.000       |        | Idee           |
    """)
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


def test_revenue_totals_and_growth() -> None:
    """Totals 100, 120, 150, 180, 200 grow by 20 %, 25 %, 20 % and 11.1 %."""
    found = of("""
        | 3 Umsatzanalyse                  | Ist 2026 | Ist 2027 | Ist 2028 | FC 2029 | Ziel 2030 |
        |                                  | 60       | 80       | 100      | 120     | 130       |
        |                                  | 40       | 40       | 50       | 60      | 70        |
        | Bedarf und Lieferanteil          | Bedarf gesamt |
        |                                  | 480           |
        |                                  | 40            |
        | Rollierende Absatzplanung (KAOP) | Q1 Plan | Q4 Plan |
        |                                  | 5       | 7       |
    """)
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


def test_growth_from_nothing_has_no_value() -> None:
    """A first year of 0 gives an empty cell, not an error."""
    found = of("""
        | 3 Umsatzanalyse | Ist 2026 | Ist 2027 |
        |                 | 0        | 10       |
    """)
    assert found["revenue.revenue.total.actual_4"] == 0
    assert found["revenue.revenue.growth.actual_3"] is None


def test_portfolio_field_strategy_and_distance() -> None:
    """4, 3, –, 5 with weights .4 .3 .1 .2 score 72.22; position 1, 2, 3, 2 equally weighted scores 25."""
    found = of("""
        | Kundenattraktivität | Gewicht | Punkte 1–5 |
        |                     | 40 %    | 4          |
        |                     | 30 %    | 3          |
        |                     | 10 %    |            |
        |                     | 20 %    | 5          |
        | Wettbewerbsposition | Gewicht | Punkte 1–5 |
        |                     | 25 %    | 1          |
        |                     | 25 %    | 2          |
        |                     | 25 %    | 3          |
        |                     | 25 %    | 2          |
    """)
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


def test_score_is_empty_when_too_much_is_unanswered() -> None:
    """Only 60 % of the weight is answered: less than the 70 % a score needs."""
    found = of("""
        | Kundenattraktivität | Gewicht | Punkte 1–5 |
        |                     | 40 %    |            |
        |                     | 60 %    | 5          |
    """)
    assert found["strategy.attractiveness_score"] is None


def test_score_without_any_weight_counts_all_criteria_the_same() -> None:
    """Weights that somebody deleted do not empty the score: (100 + 50 + 0 + 50) / 4 = 50."""
    found = of("""
        | Wettbewerbsposition | Punkte 1–5 |
        |                     | 5          |
        |                     | 3          |
        |                     | 1          |
        |                     | 3          |
    """)
    assert found["strategy.position_score"] == pytest.approx(50)


def test_reversed_price_criteria_count_the_other_way_round() -> None:
    """By default the last two criteria are reversed: a low answer speaks for readiness."""
    found = of("""
        | Preisbereitschaft | Gewicht | Punkte 1–5 |
        |                   | 25 %    | 5          |
        |                   | 20 %    | 4          |
        |                   | 15 %    | 4          |
        |                   | 20 %    | 2          |
        |                   | 20 %    | 1          |
    """)
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
    head, best = "Gewicht | Punkte 1–5 |\n", "| | 25 % | 5 |\n" * 4
    found = of(
        f"| Kundenattraktivität | {head}{best}| Wettbewerbsposition | {head}{best}",
        spec,
    )
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
    pattern: str, code: str | float | None, de: str | float | None
) -> None:
    """Texts are codes in Python and labels in the workbook; everything else is printed as it is."""
    assert figure_label(SPEC, pattern, code, "de") == de


def test_portfolio_options_stand_in_the_order_of_the_scheme() -> None:
    """Attractiveness level by position level, so that a formula can pick the field by its index."""
    codes = [option.code for option in SPEC.options_of("strategy.portfolio_cell")]
    assert codes == ["takeaway", "yield", "question_mark", "star"]


def test_gap_analysis_by_ulwick() -> None:
    """9 and − make 9 + (9 − 2) = 16; 4 and + make 4; without a sign there is no score."""
    found = of("""
        | Abweichungsanalyse | Wichtigkeit        | Gegen Anforderungen |
        |                    | 9                  | schlechter (−)      |
        |                    | 4                  | besser (+)          |
        |                    | 9                  |                     |
        | Wettbewerber       | Umsatz beim Kunden | Anteil              |
        |                    | 100                | 30 %                |
        |                    |                    | 20 %                |
    """)
    assert [found[f"competition.gaps[{i}].opportunity"] for i in range(3)] == [
        16,
        4,
        None,
    ]
    assert found["competition.competitors.total.revenue"] == 100
    assert found["competition.competitors.total.share"] == pytest.approx(0.5)


def test_satisfaction_index_and_gaps() -> None:
    """Performance 4, 3, 5 with importance 5, 4, 2 scores 70.45; expected 5, 3 leaves gaps of −1 and 0."""
    found = of("""
        | Kundenzufriedenheit | Wichtigkeit | Erwartung | Erlebte Leistung |
        |                     | 5           | 5         | 4                |
        |                     | 4           | 3         | 3                |
        |                     | 2           |           | 5                |
    """)
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


def test_swot_balance_of_the_six_p() -> None:
    """Strengths (4, 3) minus weaknesses (2): 1.5; without threats the outside has no balance."""
    found = of("""
        | SWOT-Analyse | Bewertung Stärken | Bewertung Schwächen | Bewertung Chancen |
        |              | 4                 | 2                   | 5                 |
        |              | 3                 |                     |                   |
    """)
    assert (found["profile.swot_internal"], found["profile.swot_external"]) == (
        1.5,
        None,
    )


@pytest.mark.parametrize(
    ("due", "status", "expected"),
    [
        ("14.06.2030", "offen", "overdue"),
        ("14.06.2030", "", "overdue"),
        ("14.06.2030", "verschoben", "overdue"),
        ("15.06.2030", "offen", None),
        ("14.06.2030", "erledigt", None),
        ("14.06.2030", "verworfen", None),
        ("", "offen", None),
    ],
)
def test_a_measure_is_overdue_after_its_day_unless_finished(
    due: str, status: str, expected: str | None
) -> None:
    """The due day itself still counts as in time."""
    found = of(f"""
        | 9 Maßnahmen | Termin | Status   |
        |             | {due}  | {status} |
    """)
    assert found["measures.measures[0].overdue"] == expected


def test_scorecard_weighs_capped_attainments() -> None:
    """110 %, 33.3 % and 66.7 % weighted .5 .3 .2 make 78.3 %."""
    found = of("""
        | 10 Controlling | Ausgangswert | Ziel | Ist | Gewicht |
        |                | 0            | 100  | 110 | 50 %    |
        |                | 40           | 100  | 60  | 30 %    |
        |                | 30           | 15   | 20  | 20 %    |
    """)
    attained = [found[f"controlling.targets[{i}].attainment"] for i in range(3)]
    assert attained == pytest.approx([1.1, 1 / 3, 2 / 3])
    assert (
        found["controlling.scorecard"]
        == found["cover.goal_attainment"]
        == pytest.approx(0.5 * 1.1 + 0.1 + 0.4 / 3)
    )


def test_a_senseless_target_does_not_take_the_scorecard_with_it() -> None:
    """Target equal to the baseline: no attainment, and the other 80 % of the weight make the score."""
    found = of("""
        | 10 Controlling | Ausgangswert | Ziel | Ist | Gewicht |
        |                | 10           | 10   | 10  | 20 %    |
        |                | 0            | 10   | 5   | 80 %    |
    """)
    assert found["controlling.targets[0].attainment"] is None
    assert found["controlling.scorecard"] == pytest.approx(0.5)


def test_scorecard_without_weights_counts_all_targets_the_same() -> None:
    """(150 % capped to 120 % + 50 %) / 2 = 85 %; rows that only have a name take no part."""
    found = of("""
        | 10 Controlling | Messgröße        | Ausgangswert | Ziel | Ist |
        |                |                  | 0            | 10   | 15  |
        |                | Gewinnsteigerung |              |      |     |
        |                |                  | 0            | 10   | 5   |
    """)
    assert found["controlling.scorecard"] == pytest.approx(0.85)


def test_contribution_chain_ends_at_the_first_missing_cost() -> None:
    """1000 − 80 − 560 − 60 − 90 − 70 leaves 920, 360, 300, 210, 140; a missing cost is not 0."""
    found = of("""
        | Kundendeckungsbeitrag | Bruttoumsatz | Erlösschmälerungen | Herstellkosten | Marketingkosten |
        |                       | 1000         | 80                 | 560            | 60              |
        |                       | 1000         | 80                 | 560            |                 |
        | Kundendeckungsbeitrag | Vertriebskosten | Service/Transport |
        |                       | 90              | 70                |
        |                       | 90              | 70                |
    """)
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


PEOPLE = """
    | contacts.people | Name  | Einfluss | Haltung zu uns | Rolle       |
    |                 | Kern  | 9        | kritisch (−1)  | Entscheider |
    |                 | Lang  | 5        | Förderer (+2)  | Einkäufer   |
    |                 | Moser | 4        | unbekannt      | Einkäufer   |
"""
MATRIX = """
    | Kontaktmatrix | Ist | Soll | Ist | Soll | Ist | Soll |
    |               | 1   | 4    | 6   | 3    |     | 2    |
    |               | 2   | 2    |     |      | 1   | 2    |
"""


def test_contact_coverage_per_contact_person_and_in_total() -> None:
    """Too many contacts here never make up for none there; an unknown number of contacts drops out."""
    team = """
    | contacts.team | Name |
    |               | A    |
    |               | B    |
    """
    found = of(PEOPLE + team + MATRIX)
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


def test_next_contacts_are_those_with_the_largest_gap() -> None:
    """Kern 9·3 = 27 before Moser 4·1 = 4; Lang was met more often than planned."""
    found = of(PEOPLE + MATRIX)
    assert [found[f"contacts.people[{j}].gap"] for j in range(4)] == [27, 0, 4, None]
    assert [found[f"contacts.next_{rank}"] for rank in range(1, 6)] == [
        "Kern",
        "Moser",
        None,
        None,
        None,
    ]


def test_stance_opponent_and_roles() -> None:
    """(9·−1 + 5·2) / (2·14) = 1/28, Kern is the opponent; two of six roles are known."""
    found = of(PEOPLE)
    assert found["contacts.stance_index"] == pytest.approx(1 / 28)
    assert found["contacts.strongest_opponent"] == "Kern"
    assert found["contacts.buying_center_coverage"] == pytest.approx(2 / 6)


def test_roles_that_nobody_entered_are_no_zero() -> None:
    """A contact known by name only leaves the buying center's coverage empty."""
    found = of("| contacts.people | 1 | Name | Kern |")
    assert found["contacts.buying_center_coverage"] is None


def test_contacts_without_a_name_take_no_part_and_without_influence_all_count_the_same() -> (
    None
):
    """Nobody's influence is known: 1·(2 − 1) and 1·(5 − 1); the nameless contact has no gap."""
    found = of("""
        | contacts.people | Name | Einfluss |
        |                 | Kern |          |
        |                 | Lang |          |
        |                 |      | 8        |
        | Kontaktmatrix   | Ist | Soll | Ist | Soll | Ist | Soll |
        |                 | 1   | 2    | 1   | 5    | 0   | 9    |
    """)
    assert [found[f"contacts.people[{j}].gap"] for j in range(3)] == [1, 4, None]
    assert found["contacts.coverage"] == pytest.approx(2 / 7)
    assert (found["contacts.next_1"], found["contacts.next_2"]) == ("Lang", "Kern")


def test_rows_beyond_those_drawn_are_computed_too() -> None:
    """A table that somebody extended has figures for every row."""
    rows = "| | 10 | 50 % |\n" * 20
    found = of("| 5 Offene Projekte | Angebotswert | Chance |\n" + rows)
    assert found["opportunities.open[19].weighted"] == 5
    assert found["opportunities.weighted_total"] == 100


def test_criteria_after_the_last_entry_count_as_unanswered() -> None:
    """One of four criteria answered is too little for a score, also where the plan's list ends after it."""
    found = of("""
        | Kundenattraktivität | 1 | Punkte 1–5       | 4 |
        | Kundenzufriedenheit | 1 | Erlebte Leistung | 4 |
    """)
    assert found["strategy.attractiveness_score"] is None
    assert found["cooperation.satisfaction_index"] is None
