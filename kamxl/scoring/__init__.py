"""How good it is: the scores of key account management, each defined here once.

Pure functions on plain numbers, standard library only. Missing is None and never 0: it drops out, and the
result says how much was answered. Wrong input raises `ScoreError` (a `ValueError`) with the argument's name.
Scores are 0–100; shares, growth rates and attainments are fractions (0.25 = 25 %). All thresholds are in
`LIMITS`.
"""

from __future__ import annotations

from kamxl.scoring.competition import (
    BANDS,
    SIGN_SATISFACTION,
    Opportunity,
    Swot,
    competitive_gap,
    opportunity_score,
    swot_balance,
)
from kamxl.scoring.contacts import (
    BUYING_CENTER_ROLES,
    BuyingCenter,
    BuyingCenterStance,
    ContactGap,
    buying_center_coverage,
    contact_coverage,
    contact_freshness,
    contact_gap,
    contact_priority,
    relationship_health,
    stance_index,
)
from kamxl.scoring.customer import (
    PRICE_CRITERIA,
    Gap,
    Margins,
    Nps,
    churn_index,
    contribution_margins,
    customer_lifetime_value,
    nps,
    price_readiness,
    satisfaction_gap,
    satisfaction_index,
)
from kamxl.scoring.distribution import (
    EXACT_SUMS,
    GRID_CELLS,
    HEAVY_SUMS,
    PipelineDistribution,
)
from kamxl.scoring.errors import DivisionByZeroError, ScoreError
from kamxl.scoring.goals import (
    Maturity,
    goal_attainment,
    kam_maturity,
    plan_completeness,
    scorecard,
)
from kamxl.scoring.limits import LIMITS, Limits, reaches
from kamxl.scoring.pipeline import (
    Pipeline,
    pipeline_distribution,
    pipeline_probability,
    pipeline_quantile,
    weighted_pipeline,
    weighted_value,
)
from kamxl.scoring.portfolio import (
    ATTRACTIVENESS_CRITERIA,
    POSITION_CRITERIA,
    SCHEMES,
    ZONES,
    DefaultCriterion,
    Placement,
    PortfolioCell,
    Scheme,
    competitive_position,
    customer_attractiveness,
    portfolio_cell,
)
from kamxl.scoring.revenue import (
    Concentration,
    abc_class,
    cagr,
    growth,
    revenue_concentration,
    share_of_wallet,
)
from kamxl.scoring.weighted import (
    Flips,
    WeightedScore,
    combine,
    weighted_score,
    weights_off,
)
from kamxl.texts import Text

__all__ = [
    "ATTRACTIVENESS_CRITERIA",
    "BANDS",
    "BUYING_CENTER_ROLES",
    "EXACT_SUMS",
    "GRID_CELLS",
    "HEAVY_SUMS",
    "LIMITS",
    "POSITION_CRITERIA",
    "PRICE_CRITERIA",
    "SCHEMES",
    "SIGN_SATISFACTION",
    "ZONES",
    "BuyingCenter",
    "BuyingCenterStance",
    "Concentration",
    "ContactGap",
    "DefaultCriterion",
    "DivisionByZeroError",
    "Flips",
    "Gap",
    "Limits",
    "Margins",
    "Maturity",
    "Nps",
    "Opportunity",
    "Pipeline",
    "PipelineDistribution",
    "Placement",
    "PortfolioCell",
    "Scheme",
    "ScoreError",
    "Swot",
    "Text",
    "WeightedScore",
    "abc_class",
    "buying_center_coverage",
    "cagr",
    "churn_index",
    "combine",
    "competitive_gap",
    "competitive_position",
    "contact_coverage",
    "contact_freshness",
    "contact_gap",
    "contact_priority",
    "contribution_margins",
    "customer_attractiveness",
    "customer_lifetime_value",
    "goal_attainment",
    "growth",
    "kam_maturity",
    "nps",
    "opportunity_score",
    "pipeline_distribution",
    "pipeline_probability",
    "pipeline_quantile",
    "plan_completeness",
    "portfolio_cell",
    "price_readiness",
    "reaches",
    "relationship_health",
    "revenue_concentration",
    "satisfaction_gap",
    "satisfaction_index",
    "scorecard",
    "share_of_wallet",
    "stance_index",
    "swot_balance",
    "weighted_pipeline",
    "weighted_score",
    "weighted_value",
    "weights_off",
]
