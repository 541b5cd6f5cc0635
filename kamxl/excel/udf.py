"""The module that Excel loads: every worksheet function, by the name that a cell uses.

It and all it imports load without pandas, openpyxl and pydantic, so that it also runs where Python runs in a browser.
"""

from __future__ import annotations

from kamxl.excel.functions.goals import (
    KAM_ATTAINMENT,
    KAM_COMPLETENESS,
    KAM_GAP,
    KAM_OPPORTUNITY,
    KAM_SCORECARD,
    KAM_SWOT,
)
from kamxl.excel.functions.people import (
    KAM_BUYING_CENTER,
    KAM_CONTACT_GAP,
    KAM_COVERAGE,
    KAM_NPS,
    KAM_RELATIONSHIP,
    KAM_STANCE,
)
from kamxl.excel.functions.revenue import (
    KAM_ABC,
    KAM_CAGR,
    KAM_CLV,
    KAM_CONTRIBUTION,
    KAM_GROWTH,
    KAM_HHI,
    KAM_PIPELINE,
    KAM_PIPELINE_PROB,
    KAM_PIPELINE_QUANTILE,
    KAM_WALLET,
)
from kamxl.excel.functions.scores import (
    KAM_ATTRACTIVENESS,
    KAM_CHURN_INDEX,
    KAM_MATURITY,
    KAM_POSITION,
    KAM_PRICE_READINESS,
    KAM_SATISFACTION,
    KAM_SCORE,
    KAM_SEGMENT,
)

__all__ = [
    "KAM_ABC",
    "KAM_ATTAINMENT",
    "KAM_ATTRACTIVENESS",
    "KAM_BUYING_CENTER",
    "KAM_CAGR",
    "KAM_CHURN_INDEX",
    "KAM_CLV",
    "KAM_COMPLETENESS",
    "KAM_CONTACT_GAP",
    "KAM_CONTRIBUTION",
    "KAM_COVERAGE",
    "KAM_GAP",
    "KAM_GROWTH",
    "KAM_HHI",
    "KAM_MATURITY",
    "KAM_NPS",
    "KAM_OPPORTUNITY",
    "KAM_PIPELINE",
    "KAM_PIPELINE_PROB",
    "KAM_PIPELINE_QUANTILE",
    "KAM_POSITION",
    "KAM_PRICE_READINESS",
    "KAM_RELATIONSHIP",
    "KAM_SATISFACTION",
    "KAM_SCORE",
    "KAM_SCORECARD",
    "KAM_SEGMENT",
    "KAM_STANCE",
    "KAM_SWOT",
    "KAM_WALLET",
]
