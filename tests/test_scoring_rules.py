"""The rules that hold for all scores: missing is never 0, wrong is never clipped, weights are normalised."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamxl import scoring

Answers = st.lists(
    st.tuples(st.one_of(st.none(), st.floats(1, 5)), st.floats(0.01, 10)),
    min_size=1,
    max_size=12,
)
WEIGHTED: tuple[Callable[..., scoring.WeightedScore], ...] = (
    scoring.weighted_score,
    scoring.customer_attractiveness,
    scoring.competitive_position,
    scoring.price_readiness,
    scoring.churn_index,
    scoring.satisfaction_index,
)


@pytest.mark.parametrize("score", WEIGHTED)
def test_missing_is_never_zero(score: Callable[..., scoring.WeightedScore]) -> None:
    """A missing answer gives its weight to the others, down to 70 % of it; below there is no value."""
    assert score([5, 5, None], [0.5, 0.2, 0.3]).value == 100
    partial = score([5, 5, None], [0.5, 0.19, 0.31])
    assert partial.value is None
    assert partial.coverage == pytest.approx(0.69)
    assert (partial.low, partial.high) == (pytest.approx(69), pytest.approx(100))
    assert score([], []).value is None
    assert score([None, None]).coverage == 0


@pytest.mark.parametrize("score", WEIGHTED)
def test_weights(score: Callable[..., scoring.WeightedScore]) -> None:
    """Weights are normalised; one that is 0 or missing takes its item out; bad ones are refused."""
    assert score([2, 4], [3, 1]).value == score([2, 4], [0.75, 0.25]).value
    assert score([2, 4, None], [1, 0, 0]).value == 25
    assert score([2, 4], [1, None]).value == 25
    for weights in (
        [0.5, -0.1],
        [0, 0],
        [1],
        [1, 2, 3],
        [1, math.nan],
        ["1", 1],
        [True, 1],
    ):
        with pytest.raises(scoring.ScoreError, match="weights"):
            score([2, 4], weights)


@pytest.mark.parametrize("score", WEIGHTED)
@pytest.mark.parametrize("wrong", [0.99, 5.01, True, "4", math.inf, math.nan])
def test_wrong_answers(
    score: Callable[..., scoring.WeightedScore], wrong: object
) -> None:
    """A value off its scale, a text and a bool are errors that name the argument."""
    with pytest.raises(ValueError, match=r"^(values|perceived): "):
        score([3, wrong], [1, 1])


def test_message_in_both_languages() -> None:
    """The user reads what is wrong in German or English."""
    with pytest.raises(scoring.ScoreError) as caught:
        scoring.weighted_score([7], low=1, high=5)
    assert caught.value.text("de") == "values: 7 liegt nicht zwischen 1 und 5"
    assert caught.value.text("en") == "values: 7 is not between 1 and 5"


def test_school_marks_are_flipped_on_request_only() -> None:
    """A mark of 1 is best if the caller says so; a scale that runs backwards is refused."""
    assert scoring.weighted_score([1], low=1, high=6).value == 0
    assert scoring.weighted_score([1], low=1, high=6, flipped=True).value == 100
    with pytest.raises(scoring.ScoreError, match="high"):
        scoring.weighted_score([1], low=6, high=1)


def test_money_types() -> None:
    """Decimals are numbers, too."""
    assert scoring.growth(Decimal(100), Decimal(130)) == pytest.approx(0.3)  # type: ignore[arg-type]


def test_weights_off() -> None:
    """Weights that should make 1 are worth a finding when they are off by more than 0.005."""
    assert not scoring.weights_off([0.4, 0.3, 0.295])
    assert scoring.weights_off([0.4, 0.3, 0.294])
    assert scoring.weights_off([40, 30, 30])


def test_class_limits_are_forgiving_of_rounding() -> None:
    """0.1 + 0.2 + 0.5 reaches 0.8, and 33.333333333 reaches a third."""
    assert scoring.abc_class([0.1, 0.2, 0.5, 0.15, 0.05]) == ("B", "A", "A", "A", "C")
    placement = scoring.portfolio_cell(100 / 3, 66.66666666667, "3x3")
    assert placement is not None
    assert placement.cell.code == "medium_strong"


def test_own_limits() -> None:
    """A company may cut its portfolio elsewhere, but not absurdly."""
    placement = scoring.portfolio_cell(55, 65, cuts=(60,))
    assert placement is not None
    assert placement.cell.code == "yield"
    for cuts in ((0,), (101,), (40, 60)):
        with pytest.raises(scoring.ScoreError, match="cuts"):
            scoring.portfolio_cell(55, 65, cuts=cuts)
    with pytest.raises(scoring.ScoreError, match="scheme"):
        scoring.portfolio_cell(55, 65, "4x4")


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: scoring.portfolio_cell(101, 50), "attractiveness"),
        (lambda: scoring.portfolio_cell(50, -1), "position"),
        (lambda: scoring.abc_class([5, -5]), "revenues"),
        (lambda: scoring.abc_class([5], (0.95, 0.8)), "limits"),
        (lambda: scoring.revenue_concentration([5, -1]), "revenues"),
        (lambda: scoring.revenue_concentration([0]), "revenues"),
        (lambda: scoring.cagr(1, 2, 0), "years"),
        (lambda: scoring.weighted_pipeline([-1], [0.5]), "values"),
        (lambda: scoring.weighted_pipeline([1], [60]), "probabilities"),
        (lambda: scoring.weighted_pipeline([1], []), "probabilities"),
        (lambda: scoring.weighted_value(1, 1.1), "probability"),
        (lambda: scoring.pipeline_quantile([1], [0.5], 1.5), "quantile"),
        (lambda: scoring.contact_coverage([1], [-1]), "planned"),
        (lambda: scoring.contact_coverage([1], [1], [0]), "influence"),
        (lambda: scoring.contact_priority([1], [1], [-1]), "influence"),
        (lambda: scoring.stance_index([1], [3]), "stance"),
        (lambda: scoring.buying_center_coverage([], []), "needed"),
        (lambda: scoring.contact_freshness(-1), "days"),
        (lambda: scoring.contact_freshness(1, 0), "limit"),
        (lambda: scoring.relationship_health(45, 0, 0, 0, 0), "coverage"),
        (lambda: scoring.satisfaction_gap([6], [1]), "expected"),
        (lambda: scoring.nps([8.5]), "ratings"),
        (lambda: scoring.nps([11]), "ratings"),
        (lambda: scoring.opportunity_score(11, 1), "importance"),
        (lambda: scoring.opportunity_score(1, "?"), "satisfaction"),
        (lambda: scoring.competitive_gap(-1, 1, 1), "weight"),
        (lambda: scoring.swot_balance([6], [], [], []), "strengths"),
        (lambda: scoring.scorecard([1], [2], [0, 0]), "baseline"),
        (lambda: scoring.scorecard([1], [2], cap=0), "cap"),
        (lambda: scoring.customer_lifetime_value(1, 1.1, 0.2), "retention"),
        (lambda: scoring.kam_maturity([[0]]), "dimensions"),
        (lambda: scoring.plan_completeness([3], [2]), "filled"),
    ],
)
def test_errors_name_the_argument(call: Callable[[], object], argument: str) -> None:
    """Whatever is wrong, the message begins with the argument it is about."""
    with pytest.raises(scoring.ScoreError, match=rf"^{argument}: "):
        call()


@given(Answers)
def test_bounded(answers: Sequence[tuple[float | None, float]]) -> None:
    """A score lies within 0–100 and within its interval; the interval is closed when all is answered."""
    values, weights = zip(*answers, strict=True)
    score = scoring.weighted_score(values, weights)
    assert 0 <= score.coverage <= 1 + 1e-12
    assert score.low is not None
    assert score.high is not None
    assert -1e-9 <= score.low <= score.high + 1e-9 <= 100 + 2e-9
    if score.value is not None:
        assert score.low - 1e-9 <= score.value <= score.high + 1e-9
    if None not in values:
        assert score.low == pytest.approx(score.high)


@given(Answers, st.integers(0, 11), st.floats(0, 4))
def test_monotone(
    answers: Sequence[tuple[float | None, float]], index: int, more: float
) -> None:
    """A better answer never lowers the score."""
    values, weights = (list(column) for column in zip(*answers, strict=True))
    place = index % len(values)
    before = scoring.weighted_score(values, weights).value
    if values[place] is not None:
        values[place] = min(5.0, values[place] + more)
    after = scoring.weighted_score(values, weights).value
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after >= before - 1e-9


@given(
    st.lists(
        st.tuples(
            st.floats(0, 50),
            st.floats(0, 50, allow_subnormal=False),
            st.floats(0.1, 10),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_contact_coverage_bounded(
    contacts: Sequence[tuple[float, float, float]],
) -> None:
    """Coverage is a share; more contacts made never lower it."""
    actual, planned, influence = (
        list(column) for column in zip(*contacts, strict=True)
    )
    value = scoring.contact_coverage(actual, planned, influence).value
    if value is None:
        assert not any(planned)
        return
    assert -1e-12 <= value <= 1 + 1e-12
    more = scoring.contact_coverage([a + 1 for a in actual], planned, influence).value
    assert more is not None
    assert more >= value - 1e-12


@given(
    st.lists(
        st.tuples(st.floats(0.1, 10), st.sampled_from([-2, -1, 0, 1, 2])),
        min_size=1,
        max_size=10,
    )
)
def test_stance_bounded(people: Sequence[tuple[float, int]]) -> None:
    """The stance index lies within −1…1, and more hostility makes a larger opponent."""
    influence, stance = (list(column) for column in zip(*people, strict=True))
    result = scoring.stance_index(influence, stance)
    assert result.value is not None
    assert -1 - 1e-12 <= result.value <= 1 + 1e-12
    worse = scoring.stance_index(influence, [max(a - 1, -2) for a in stance])
    assert result.opponent is not None
    assert worse.opponent is not None
    assert worse.opponent >= result.opponent


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=30))
def test_abc_and_concentration(revenues: Sequence[float]) -> None:
    """The largest account is an A; a larger account never has a worse class; the HHI stays in its range."""
    classes = scoring.abc_class(revenues)
    ordered = [
        c
        for _, c in sorted(
            zip(revenues, classes, strict=True), key=lambda pair: -pair[0]
        )
    ]
    assert ordered[0] == "A"
    assert ordered == sorted(ordered, key=str)
    result = scoring.revenue_concentration(revenues)
    assert result is not None
    assert 10_000 / len(revenues) - 1e-6 <= result.hhi <= 10_000 + 1e-6
    assert result.top_1 <= result.top_5 <= 1 + 1e-12


def test_stands_on_the_standard_library_alone() -> None:
    """Scoring loads where nothing but Python is installed (-S hides site-packages)."""
    code = "import sys; sys.path.insert(0, '.'); from kamxl import scoring; print(scoring.growth(2, 3))"
    result = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert result.stdout.strip() == "0.5"
