"""The customer portfolio: how attractive an account is, how strong we are there, and which field that makes.

Two schemes. *2×2* (Homburg/Daum) cuts both axes at 50; *3×3* (GE/McKinsey) at thirds. "Star" means other
fields in other schemes, so a field always says its scheme. Attractiveness 60 and position 70 make the 2×2
star, 10 points away from the nearest limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kamxl.scoring.errors import ScoreError
from kamxl.scoring.inputs import Values, optional
from kamxl.scoring.limits import LIMITS, reaches
from kamxl.scoring.weighted import Flips, WeightedScore, weighted_score
from kamxl.texts import Text


@dataclass(frozen=True, slots=True)
class DefaultCriterion:
    """A criterion of a score with its default weight; `flipped` where the lowest answer is the best."""

    code: str
    name: Text
    weight: float
    flipped: bool = False


ATTRACTIVENESS_CRITERIA = (
    DefaultCriterion("growth", Text("Wachstumspotenzial", "Growth potential"), 0.25),
    DefaultCriterion(
        "cooperation", Text("Kooperationspotenzial", "Cooperation potential"), 0.25
    ),
    DefaultCriterion(
        "reference", Text("Referenzpotenzial", "Reference potential"), 0.25
    ),
    DefaultCriterion(
        "price", Text("Preisdurchsetzbarkeit", "Enforceable prices"), 0.25
    ),
)
"""Default criteria of customer attractiveness, equally weighted."""

POSITION_CRITERIA = (
    DefaultCriterion("wallet", Text("Lieferanteil", "Share of wallet"), 0.25),
    DefaultCriterion(
        "satisfaction", Text("Kundenzufriedenheit", "Customer satisfaction"), 0.25
    ),
    DefaultCriterion("service", Text("Service", "Service"), 0.25),
    DefaultCriterion("closeness", Text("Nähe", "Closeness"), 0.25),
)
"""Default criteria of our competitive position at the customer, equally weighted."""


@dataclass(frozen=True, slots=True)
class PortfolioCell:
    """A field of the portfolio with its standard strategy."""

    code: str
    name: Text
    strategy_code: str
    strategy: Text
    zone: str | None = None
    """3×3 only: "invest", "select" or "harvest"; see `ZONES`."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to divide the portfolio.

    `cells[a][p]` is the field at level a of attractiveness and level p of position, both from 0 = lowest.
    """

    code: str
    name: Text
    cuts: tuple[float, ...]
    """Limits between the levels, the same on both axes, ascending, 0–100."""
    cells: tuple[tuple[PortfolioCell, ...], ...]

    def by_code(self, code: str) -> PortfolioCell:
        """The field named `code`."""
        return next(cell for row in self.cells for cell in row if cell.code == code)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an account lies in the portfolio."""

    scheme: Scheme
    cell: PortfolioCell
    distance: float
    """Points (0–100) to the nearest limit: how little must change for another field."""

    def title(self, language: str) -> str:
        """Field and scheme as one text, e.g. "Star (2×2)"."""
        return f"{self.cell.name[language]} ({self.scheme.code.replace('x', '×')})"


ZONES = {
    "invest": Text("Investieren", "Invest"),
    "select": Text("Selektiv vorgehen", "Select"),
    "harvest": Text("Ernten", "Harvest"),
}

_TWO_BY_TWO = Scheme(
    "2x2",
    Text("2×2 nach Homburg/Daum", "2×2 by Homburg/Daum"),
    (LIMITS.segment_cut,),
    (
        (
            PortfolioCell(
                "takeaway",
                Text("Mitnahmekunde", "Take-along account"),
                "selective_retreat",
                Text("selektiver Rückzug", "selective retreat"),
            ),
            PortfolioCell(
                "yield",
                Text("Ertragskunde", "Yield account"),
                "hold",
                Text("halten", "hold"),
            ),
        ),
        (
            PortfolioCell(
                "question_mark",
                Text("Fragezeichenkunde", "Question mark"),
                "big_step_or_out",
                Text("Big step or out", "big step or out"),
            ),
            PortfolioCell(
                "star",
                Text("Starkunde", "Star"),
                "hold_or_build",
                Text("halten/ausbauen", "hold/build"),
            ),
        ),
    ),
)

_THREE_BY_THREE = Scheme(
    "3x3",
    Text("3×3 nach GE/McKinsey", "3×3 by GE/McKinsey"),
    LIMITS.segment_thirds,
    (
        (
            PortfolioCell(
                "low_weak",
                Text("gering/schwach", "low/weak"),
                "divest",
                Text("Rückzug", "divest"),
                "harvest",
            ),
            PortfolioCell(
                "low_medium",
                Text("gering/mittel", "low/medium"),
                "manage_earnings",
                Text("auf Ertrag führen", "manage for earnings"),
                "harvest",
            ),
            PortfolioCell(
                "low_strong",
                Text("gering/stark", "low/strong"),
                "protect_refocus",
                Text("schützen und neu ausrichten", "protect and refocus"),
                "select",
            ),
        ),
        (
            PortfolioCell(
                "medium_weak",
                Text("mittel/schwach", "medium/weak"),
                "expand_or_harvest",
                Text("begrenzt ausbauen oder ernten", "limited expansion or harvest"),
                "harvest",
            ),
            PortfolioCell(
                "medium_medium",
                Text("mittel/mittel", "medium/medium"),
                "selective_earnings",
                Text("selektiv auf Ertrag führen", "manage selectively for earnings"),
                "select",
            ),
            PortfolioCell(
                "medium_strong",
                Text("mittel/stark", "medium/strong"),
                "build_selectively",
                Text("selektiv ausbauen", "build selectively"),
                "invest",
            ),
        ),
        (
            PortfolioCell(
                "high_weak",
                Text("hoch/schwach", "high/weak"),
                "specialise",
                Text("auf Stärken spezialisieren", "specialise on strengths"),
                "select",
            ),
            PortfolioCell(
                "high_medium",
                Text("hoch/mittel", "high/medium"),
                "invest_to_build",
                Text("in den Ausbau investieren", "invest to build"),
                "invest",
            ),
            PortfolioCell(
                "high_strong",
                Text("hoch/stark", "high/strong"),
                "protect_position",
                Text(
                    "Position sichern und ausbauen", "protect and extend the position"
                ),
                "invest",
            ),
        ),
    ),
)

SCHEMES = {scheme.code: scheme for scheme in (_TWO_BY_TWO, _THREE_BY_THREE)}
"""The schemes by code: "2x2" and "3x3"."""


def customer_attractiveness(
    values: Values,
    weights: Values | None = None,
    low: float = 1,
    high: float = 5,
    *,
    flipped: Flips = False,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """How attractive the customer is, 0–100: the weighted score over `ATTRACTIVENESS_CRITERIA` or others.

    Arguments, result and errors are those of `weighted_score`; high from 50 (`Limits.segment_cut`).

    Source: Homburg/Daum, Marktorientiertes Kostenmanagement (customer portfolio).

    >>> customer_attractiveness([4, 3, 4, 3]).value
    62.5
    """
    return weighted_score(
        values, weights, low, high, flipped=flipped, minimum_coverage=minimum_coverage
    )


def competitive_position(
    values: Values,
    weights: Values | None = None,
    low: float = 1,
    high: float = 5,
    *,
    flipped: Flips = False,
    minimum_coverage: float = LIMITS.minimum_coverage,
) -> WeightedScore:
    """How strong we are at the customer, 0–100: the weighted score over `POSITION_CRITERIA` or others.

    Arguments, result and errors are those of `weighted_score`; strong from 50 (`Limits.segment_cut`).

    Source: Homburg/Daum, Marktorientiertes Kostenmanagement (customer portfolio).

    >>> competitive_position([5, 4, 4, None]).value is not None
    True
    """
    return weighted_score(
        values, weights, low, high, flipped=flipped, minimum_coverage=minimum_coverage
    )


def portfolio_cell(
    attractiveness: float | None,
    position: float | None,
    scheme: str | Scheme = "2x2",
    cuts: tuple[float, ...] | None = None,
) -> Placement | None:
    """The portfolio field of an account; a value on a limit belongs to the upper level.

    Args:
        attractiveness: customer attractiveness, 0–100.
        position: competitive position, 0–100.
        scheme: "2x2", "3x3" or a scheme of your own.
        cuts: other limits than the scheme's, ascending within 0–100, as many as the scheme has.

    Returns:
        Field, scheme and distance to the nearest limit; None if either value is missing.

    Raises:
        ScoreError: for values outside 0–100, an unknown scheme, wrong limits.

    Source: Homburg/Daum (2×2); GE/McKinsey business screen (3×3).

    >>> star = portfolio_cell(60, 70)
    >>> star.title("de"), star.cell.strategy.de, star.distance
    ('Starkunde (2×2)', 'halten/ausbauen', 10.0)
    >>> portfolio_cell(50, 49.9).cell.code, portfolio_cell(90, 20, "3x3").cell.zone
    ('question_mark', 'select')
    """
    chosen = _scheme(scheme)
    limits = chosen.cuts if cuts is None else _checked_cuts(cuts, len(chosen.cuts))
    row = optional(attractiveness, "attractiveness", 0, 100)
    column = optional(position, "position", 0, 100)
    if row is None or column is None:
        return None
    cell = chosen.cells[_level(row, limits)][_level(column, limits)]
    return Placement(
        chosen, cell, min(abs(axis - cut) for axis in (row, column) for cut in limits)
    )


def _level(value: float, cuts: tuple[float, ...]) -> int:
    return sum(reaches(value, cut) for cut in cuts)


def _scheme(scheme: str | Scheme) -> Scheme:
    if isinstance(scheme, Scheme):
        return scheme
    found = SCHEMES.get(str(scheme).strip().lower().replace("×", "x"))
    if found is None:
        known = ", ".join(SCHEMES)
        raise ScoreError(
            "scheme",
            Text(
                de=f"{scheme!r} ist unbekannt; möglich: {known}",
                en=f"{scheme!r} is unknown; known: {known}",
            ),
        )
    return found


def _checked_cuts(cuts: tuple[float, ...], count: int) -> tuple[float, ...]:
    inside = all(0 < cut < 100 for cut in cuts)
    if len(cuts) != count or not inside or any(a >= b for a, b in pairwise(cuts)):
        raise ScoreError(
            "cuts",
            Text(
                de=f"{count} aufsteigende Grenze(n) zwischen 0 und 100 nötig",
                en=f"{count} ascending limit(s) between 0 and 100 needed",
            ),
        )
    return tuple(cuts)
