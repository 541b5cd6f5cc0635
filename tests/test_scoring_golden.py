"""The golden values of the scoring contract: whoever gets another number has changed a definition."""

from __future__ import annotations

import datetime as dt

import pytest

from kamxl import scoring

DEALS = ([500_000, 120_000, 80_000, 40_000], [0.2, 0.6, 0.75, 0.9])


def near(value: float) -> object:
    """`value` within 1e-9, the precision that all faces of a score share."""
    return pytest.approx(value, rel=0, abs=1e-9)


def test_weighted_score() -> None:
    """Answers 4, 3, none, 5 score 72.22 although a tenth of the weight is unanswered."""
    score = scoring.weighted_score([4, 3, None, 5], [0.4, 0.3, 0.1, 0.2], 1, 5)
    assert score.value == near(65 / 0.9)
    assert score.coverage == near(0.9)
    assert (score.low, score.high) == (near(65), near(75))


@pytest.mark.parametrize(
    ("attractiveness", "position", "code", "strategy"),
    [
        (60, 40, "question_mark", "Big step or out"),
        (60, 60, "star", "halten/ausbauen"),
        (40, 60, "yield", "halten"),
        (40, 40, "takeaway", "selektiver Rückzug"),
        (50, 50, "star", "halten/ausbauen"),
    ],
)
def test_portfolio_two_by_two(
    attractiveness: float, position: float, code: str, strategy: str
) -> None:
    """Each quarter of the 2×2 portfolio has its field; a value on the cut belongs to the upper level."""
    placement = scoring.portfolio_cell(attractiveness, position)
    assert placement is not None
    assert (placement.scheme.code, placement.cell.code, placement.cell.strategy.de) == (
        "2x2",
        code,
        strategy,
    )


@pytest.mark.parametrize(
    ("attractiveness", "position", "zone"),
    [
        (90, 90, "invest"),
        (90, 50, "invest"),
        (50, 90, "invest"),
        (90, 10, "select"),
        (50, 50, "select"),
        (10, 90, "select"),
        (50, 10, "harvest"),
        (10, 50, "harvest"),
        (10, 10, "harvest"),
        (200 / 3, 100 / 3, "invest"),
    ],
)
def test_portfolio_three_by_three(
    attractiveness: float, position: float, zone: str
) -> None:
    """The nine fields fall into the zones invest, select and harvest along the diagonal."""
    placement = scoring.portfolio_cell(attractiveness, position, "3x3")
    assert placement is not None
    assert placement.cell.zone == zone


def test_portfolio_distance() -> None:
    """The distance names how few points are missing to another field."""
    placement = scoring.portfolio_cell(49, 80)
    assert placement is not None
    assert placement.distance == 1
    assert placement.title("de") == "Ertragskunde (2×2)"


def test_abc() -> None:
    """Classes follow the cumulated share before each account; equal revenues share the better class."""
    assert scoring.abc_class([400, 250, 150, 100, 60, 40]) == (
        "A",
        "A",
        "A",
        "B",
        "B",
        "C",
    )
    assert scoring.abc_class([40, None, 400, 60, 250, 100, 150]) == (
        "C",
        None,
        "A",
        "B",
        "A",
        "B",
        "A",
    )
    assert scoring.abc_class([70, 15, 15]) == ("A", "A", "A")


def test_growth() -> None:
    """130 after 100 in three years is 9.14 % a year."""
    assert scoring.growth(100, 130) == near(0.3)
    assert scoring.cagr(100, 130, 3) == near(1.3 ** (1 / 3) - 1)
    with pytest.raises(scoring.DivisionByZeroError, match="previous"):
        scoring.growth(0, 10)
    with pytest.raises(scoring.DivisionByZeroError, match="first"):
        scoring.cagr(0, 10, 2)
    assert scoring.growth(-5, 5) is None
    assert scoring.cagr(5, -5, 2) is None


def test_wallet() -> None:
    """A demand that is empty or 0 gives no share; more than all is an error."""
    assert scoring.share_of_wallet(25, 100) == 0.25
    assert scoring.share_of_wallet(25, None) is None
    assert scoring.share_of_wallet(25, 0) is None
    with pytest.raises(ValueError, match="own"):
        scoring.share_of_wallet(101, 100)


def test_concentration() -> None:
    """Six accounts, as concentrated as 3.84 equal ones; a single account is 10,000."""
    result = scoring.revenue_concentration([400, 250, 150, 100, 60, 40])
    assert result is not None
    assert result.hhi == near(2602)
    assert result.effective_number == near(1 / 0.2602)
    assert (result.top_1, result.top_5) == (near(0.4), near(0.96))
    single = scoring.revenue_concentration([7])
    assert single is not None
    assert single.hhi == 10_000


def test_pipeline() -> None:
    """The distribution says 20 % where a normal approximation would say 53 %."""
    pipeline = scoring.weighted_pipeline(*DEALS)
    assert pipeline is not None
    assert pipeline.expected == near(268_000)
    assert pipeline.standard_deviation == near(44_800_000_000**0.5)
    assert round(pipeline.standard_deviation) == 211_660
    quantiles = [scoring.pipeline_quantile(*DEALS, q) for q in (0.1, 0.5, 0.9)]
    assert quantiles == [80_000, 240_000, 660_000]
    assert scoring.pipeline_probability(*DEALS, 250_000) == near(0.2)


def test_contacts() -> None:
    """13 of 29 planned contacts count; the 5 against 12 do not hide the gaps elsewhere."""
    score = scoring.contact_coverage([1, 2, 2, 2, 1, 5], [1, 6, 4, 3, 3, 12])
    assert score.value == near(13 / 29)
    assert scoring.contact_coverage([3, 1], [0, 0]).value is None
    ranked = scoring.contact_priority([1, 2, 4], [3, 7, 4], [10, 5, 8])
    assert [(contact.index, contact.gap, contact.rank) for contact in ranked] == [
        (1, 25, 1),
        (0, 20, 2),
    ]


def test_stance() -> None:
    """An opponent with influence 8 stays visible beside a mildly positive mean."""
    stance = scoring.stance_index([5, 8, 8, 4], [1, -1, 0, 2])
    assert (stance.value, stance.opponent, stance.opponent_index) == (near(0.1), 8, 1)
    worse = scoring.stance_index([5, 8, 8, 4], [1, -2, 0, 2])
    assert worse.opponent == 16
    assert worse.value is not None
    assert worse.value < 0.1


def test_buying_center() -> None:
    """Two of six roles are known; one contact alone is a single thread."""
    center = scoring.buying_center_coverage(["decider", "buyer", None])
    assert center.value == near(2 / 6)
    assert not center.single_threaded
    assert scoring.buying_center_coverage(["decider"]).single_threaded


def test_relationship() -> None:
    """Five parts on one scale: 44.83, 55, 50, 75, 70.45 by their weights."""
    fresh = scoring.contact_freshness(45, 180)
    assert fresh == 75
    score = scoring.relationship_health(0.4483, 0.1, 0.5, fresh, 70.45)
    assert score.value == near(
        0.25 * 44.83 + 0.25 * 55 + 0.15 * 50 + 0.15 * 75 + 0.2 * 70.45
    )


def test_satisfaction() -> None:
    """Important criteria weigh more; the gap compares what was received with what was expected."""
    assert scoring.satisfaction_index([4, 3, 5], [5, 4, 2], 1, 5).value == near(
        775 / 11
    )
    gap = scoring.satisfaction_gap([5, 3, 4], [4, 3, 5], [5, 4, 2])
    assert gap.gaps == (-1, 0, 1)
    assert gap.value == near(-3 / 11)


def test_nps() -> None:
    """Five promoters, three passives, two detractors of ten make 30, from a small sample."""
    result = scoring.nps([9, 9, 10, 10, 9, 7, 8, 7, 6, 0])
    assert result is not None
    assert (result.value, result.promoters, result.passives, result.detractors) == (
        30,
        5,
        3,
        2,
    )
    assert result.small_sample


@pytest.mark.parametrize(
    ("importance", "satisfaction", "value", "band"),
    [
        (9, 3, 15, "extreme"),
        (9, 9, 9, "served"),
        (4, 9, 4, "served"),
        (10, 10, 10, "solid"),
        (10, 8, 12, "high"),
        (8, "+", 8, "served"),
        (8, "0", 11, "solid"),
        (8, "−", 14, "high"),
    ],
)
def test_opportunity(
    importance: float, satisfaction: float | str, value: float, band: str
) -> None:
    """What is important and badly served is an opportunity; signs stand for 2, 5 and 8."""
    result = scoring.opportunity_score(importance, satisfaction)
    assert result is not None
    assert (result.value, result.band) == (value, band)


def test_competition() -> None:
    """A gap is negative where the rival is better; an empty SWOT quadrant leaves its axis without a value."""
    assert scoring.competitive_gap(0.5, 3, 5) == -1
    balance = scoring.swot_balance([4, 3], [2], [], [3])
    assert (balance.internal, balance.external) == (1.5, None)


def test_attainment() -> None:
    """110, 33.3 and 66.7 % make 78.3 %; the third goal is a "less is better"."""
    goals = [(110, 100, 0), (60, 100, 40), (20, 15, 30)]
    attained = [scoring.goal_attainment(*goal) for goal in goals]
    assert attained == [near(1.1), near(1 / 3), near(2 / 3)]
    card = scoring.scorecard(
        [110, 60, 20], [100, 100, 15], [0, 40, 30], [0.5, 0.3, 0.2]
    )
    assert card.value == near(0.55 + 0.1 + 0.4 / 3)
    capped = scoring.scorecard([900, -50], [100, 100], None, [0.5, 0.5])
    assert capped.value == near(0.6)
    with pytest.raises(scoring.DivisionByZeroError, match="target"):
        scoring.goal_attainment(5, 30, 30)


def test_contribution() -> None:
    """The chain stops where a cost is missing."""
    margins = scoring.contribution_margins(1000, 80, 560, 60, 90, 70)
    assert (margins.net, margins.db1, margins.db2, margins.db3, margins.db4) == (
        920,
        360,
        300,
        210,
        140,
    )
    stopped = scoring.contribution_margins(1000, 80, 560, None, 90, 70)
    assert (stopped.db1, stopped.db2, stopped.db3, stopped.db4) == (
        360,
        None,
        None,
        None,
    )


def test_lifetime_value() -> None:
    """100 a year, kept with 80 %, at 10 % are worth 266.67, or 366.67 with the first margin now."""
    assert scoring.customer_lifetime_value(100, 0.8, 0.1) == near(80 / 0.3)
    assert scoring.customer_lifetime_value(100, 0.8, 0.1, first=True) == near(110 / 0.3)
    with pytest.raises(ValueError, match="retention"):
        scoring.customer_lifetime_value(100, 1, 0)


def test_churn_and_price() -> None:
    """Indicators may speak in either direction and on scales of their own."""
    churn = scoring.churn_index(
        [120, 2], [0.5, 0.5], [0, 1], [180, 5], flipped=[False, True]
    )
    assert churn.value == near(100 * (120 / 180 + 0.75) / 2)
    readiness = scoring.price_readiness([5, 1], [1, 1], flipped=[False, True])
    assert readiness.value == 100


def test_maturity_and_completeness() -> None:
    """The weakest dimension is named beside the mean; completeness adds up over sheets."""
    maturity = scoring.kam_maturity([[4, 5], [2, 3], [3, 3]])
    assert (maturity.mean, maturity.minimum, maturity.weakest) == (near(10 / 3), 2.5, 1)
    assert scoring.plan_completeness([3, 0, 7], [4, 2, 10]) == near(10 / 16)
    assert scoring.plan_completeness([0], [0]) is None


APRIL, OCTOBER, JUNE = dt.date(2027, 4, 1), dt.date(2026, 10, 1), dt.date(2027, 6, 30)


@pytest.mark.parametrize(
    ("value", "start", "term", "effect"),
    [
        (360_000, APRIL, 36, 360_000 * 275 / 1_096),
        (120_000, OCTOBER, 12, 120_000 * 273 / 365),
        (90_000, JUNE, None, 90_000),
        (90_000, JUNE, 0, 90_000),
        (90_000, OCTOBER, None, 0),
        (90_000, dt.date(2028, 1, 1), 12, 0),
    ],
)
def test_effect(
    value: float, start: dt.date, term: float | None, effect: float
) -> None:
    """A deal with a term brings the plan year its days of it; one that comes once all or nothing."""
    assert scoring.plan_year_effect(value, start, term, 2027) == near(effect)


def test_effect_without_a_begin() -> None:
    """Without a begin there is no effect, not even of 0; a term below 0 or of half a month is an error."""
    assert scoring.plan_year_effect(360_000, None, 36, 2027) is None
    assert scoring.plan_year_effect(None, APRIL, 36, 2027) is None
    for term in (-1, 1.5, 1_201):
        with pytest.raises(scoring.ScoreError, match="term"):
            scoring.plan_year_effect(360_000, APRIL, term, 2027)
    with pytest.raises(scoring.ScoreError, match="start"):
        scoring.plan_year_effect(360_000, dt.date(1900, 12, 31), 36, 2027)


def test_bridge() -> None:
    """The expectation exceeds the target by 18,000, and yet it is reached in one year of five."""
    bridge = scoring.revenue_bridge(2_350_000, 2_000_000, 100_000, *DEALS)
    assert bridge is not None
    assert bridge.expected == near(2_368_000)
    assert bridge.gap == near(-18_000)
    chance = scoring.target_probability(2_350_000, 2_000_000, 100_000, *DEALS)
    assert chance == near(0.2)
    assert scoring.target_probability(2_100_000, 2_000_000, 100_000, *DEALS) == 1
    assert scoring.revenue_bridge(2_350_000, None, 100_000, *DEALS) is None
    assert scoring.target_probability(2_350_000, None, 100_000, *DEALS) is None
    assert scoring.target_probability(None, 2_000_000, 100_000, *DEALS) is None


def test_dependence() -> None:
    """The target hangs on the one deal that reaches it alone."""
    first, *others = scoring.deal_dependence(2_350_000, 2_000_000, 100_000, *DEALS)
    assert (first.index, first.loss, first.rank) == (0, near(0.2), 1)
    assert first.without == near(0)
    assert [(deal.loss, deal.rank) for deal in others] == [(0, 2)] * 3
    ranked = scoring.deal_dependence(2_300_000, 2_000_000, 100_000, *DEALS)
    assert [(deal.index, deal.rank) for deal in ranked] == [
        (1, 1),
        (2, 1),
        (0, 3),
        (3, 4),
    ]
    assert [deal.without for deal in ranked] == [
        near(0.2),
        near(0.2),
        near(0.45),
        near(0.56),
    ]
    assert scoring.deal_dependence(None, 2_000_000, 100_000, *DEALS) == ()


def test_hit_rate() -> None:
    """Three of five deals are won, and three quarters of the money; with nothing decided there is no rate."""
    assert scoring.hit_rate(3, 2) == near(0.6)
    assert scoring.hit_rate(900_000, 300_000) == near(0.75)
    assert scoring.hit_rate(0, 0) is None
    assert scoring.hit_rate(3, None) is None


def test_risk() -> None:
    """A risk of 500,000 at 30 % costs 150,000 on average; one without its damage is counted apart."""
    assert scoring.expected_damage(0.3, 500_000) == near(150_000)
    assert scoring.expected_damage(None, 500_000) is None
    exposure = scoring.risk_exposure([0.3, 0.1, 0.5], [500_000, 20_000, None])
    assert exposure == scoring.RiskExposure(152_000, 2, 1)
    assert scoring.risk_exposure([None], [5]) is None


@pytest.mark.parametrize(
    ("influence", "actual", "planned", "urgency"),
    [
        (9, 33, 40, 1.575),
        (8, 0, 3, 8),
        (9, 0, 2, 9),
        (4, 40, 48, 2 / 3),
        (4, 50, 48, 0),
    ],
)
def test_urgency(
    influence: float, actual: float, planned: float, urgency: float
) -> None:
    """Somebody who was never met comes before somebody with a larger gap of whom most is done."""
    assert scoring.contact_urgency(influence, actual, planned) == near(urgency)
    assert scoring.contact_urgency(influence, actual, 0) is None


def test_quality() -> None:
    """A plan without a known relationship is still scored, at a coverage of 0.8."""
    quality = scoring.plan_quality([90, 60, 75, None, 40])
    assert quality.value == near(65.9375)
    assert quality.coverage == near(0.8)
    assert scoring.plan_quality([90, None, 75, None, None]).value is None


def test_weight_to_flip() -> None:
    """The least change of a weight, and whose; where all ratings are equal no weight changes anything."""
    weights = [0.4, 0.3, 0.2, 0.1]
    flip = scoring.weight_to_flip([4, 3, 2, 5], weights, 50, 1, 5)
    assert flip is not None
    assert (flip.index, flip.change, flip.weight) == (2, near(8 / 35), near(3 / 7))
    flip = scoring.weight_to_flip([3, 3, 2, 4], weights, 50)
    assert flip is not None
    assert (flip.index, flip.change) == (3, near(0.9 * 2.5 / 27.5))
    assert scoring.weight_to_flip([3, 3, 3, 3], weights, 60) is None
    assert scoring.weight_to_flip([4, 3, 4, 5], weights, 40) is None
    assert scoring.weight_to_flip([4], [1], 75) is None
