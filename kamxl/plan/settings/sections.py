"""The tables of `kamxl.toml`: criteria, portfolio, limits and report, with defaults from `kamxl.scoring`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval, Len
from pydantic import AfterValidator, BeforeValidator, Strict

from kamxl.plan.settings.parts import (
    Criterion,
    Named,
    Real,
    SettingsEntry,
    SettingsPart,
    distinct_keys,
    fault,
    some_above_zero,
    some_weight,
    with_equal_weights,
)
from kamxl.scoring import (
    ATTRACTIVENESS_CRITERIA,
    LIMITS,
    POSITION_CRITERIA,
    PRICE_CRITERIA,
    SCHEMES,
    DefaultCriterion,
    PortfolioCell,
)
from kamxl.texts import Text


@dataclass(frozen=True, slots=True)
class Explained:
    """What a key means, for the commented default file; `example` is shown where the default is empty."""

    de: str
    en: str
    example: str | Text = ""


CriterionList = Annotated[
    tuple[Criterion, ...],
    BeforeValidator(with_equal_weights),
    Len(1, 30),
    AfterValidator(distinct_keys),
    AfterValidator(some_weight),
]
NamedList = Annotated[tuple[Named, ...], Len(1, 40), AfterValidator(distinct_keys)]
Points = Annotated[Real, Interval(ge=0, le=100)]
Share = Annotated[Real, Interval(ge=0, le=1)]


def _from_scoring(criteria: tuple[DefaultCriterion, ...]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            key=c.code, de=c.name.de, en=c.name.en, weight=c.weight, reversed=c.flipped
        )
        for c in criteria
    )


_SATISFACTION = (
    Named(key="quality", de="Produktqualität", en="Product quality"),
    Named(key="delivery", de="Liefertreue", en="Delivery reliability"),
    Named(key="advice", de="Beratung", en="Advice"),
    Named(key="service", de="Service", en="Service"),
    Named(key="response", de="Reaktionszeit", en="Response time"),
    Named(key="value", de="Preis-Leistungs-Verhältnis", en="Value for money"),
)


_ROUNDED = 0.05  # points, as in 33.3 for a third


def _ascending(limits: tuple[float, ...]) -> tuple[float, ...]:
    if list(limits) != sorted(set(limits)):
        raise fault("die Grenzen müssen aufsteigen", "the limits must ascend")
    return limits


def _of_cells(strategies: dict[str, SettingsEntry]) -> dict[str, SettingsEntry]:
    known = [
        cell.code for scheme in SCHEMES.values() for row in scheme.cells for cell in row
    ]
    for code in strategies:
        if code not in known:
            names = ", ".join(known)
            raise fault(
                f"das Feld {code} gibt es nicht; bekannt sind {names}",
                f"there is no cell {code}; known are {names}",
            )
    return strategies


class Criteria(SettingsPart):
    """The criteria of the four rated tables. Satisfaction has no weights: the account rates importance."""

    attractiveness: Annotated[
        CriterionList,
        Explained(
            "Kundenattraktivität (Blatt 8). Ein Eintrag ist ein bloßer Name oder { de, en, weight, reversed }; "
            "ohne Gewichte zählen alle gleich. reversed = true, wenn der niedrigste Wert der beste ist.",
            "Customer attractiveness (sheet 8). An entry is a mere name or { de, en, weight, reversed }; "
            "without weights all count the same. reversed = true where the lowest answer is the best.",
        ),
    ] = _from_scoring(ATTRACTIVENESS_CRITERIA)
    position: Annotated[
        CriterionList,
        Explained("Wettbewerbsposition (Blatt 8).", "Competitive position (sheet 8)."),
    ] = _from_scoring(POSITION_CRITERIA)
    satisfaction: Annotated[
        NamedList,
        Explained(
            "Kundenzufriedenheit (Blatt 7). Hier gewichtet der Kunde selbst, über die Wichtigkeit.",
            "Customer satisfaction (sheet 7). Here the customer sets the weights, by importance.",
        ),
    ] = _SATISFACTION
    price_readiness: Annotated[
        CriterionList,
        Explained("Preisbereitschaft (Blatt 8).", "Price readiness (sheet 8)."),
    ] = _from_scoring(PRICE_CRITERIA)


def _exact_thirds(limits: tuple[float, float]) -> tuple[float, float]:
    """Thirds as a person writes them, 33.3 and 66.7, are thirds."""
    low, high = (
        third if abs(limit - third) < _ROUNDED else limit
        for limit, third in zip(limits, LIMITS.segment_thirds, strict=True)
    )
    return low, high


class Portfolio(SettingsPart):
    """How accounts are placed in the portfolio, and which strategy each cell calls for."""

    scheme: Annotated[
        Literal["2x2", "3x3"],
        Explained("Schema: 2x2 (Homburg/Daum) oder 3x3 (GE/McKinsey).",
                  "Scheme: 2x2 (Homburg/Daum) or 3x3 (GE/McKinsey)."),
    ] = "2x2"  # fmt: skip
    cut: Annotated[
        Points,
        Explained("Grenze zwischen gering und hoch im Schema 2x2, in Punkten (0–100).",
                  "Limit between low and high in the 2x2 scheme, in points (0–100)."),
    ] = LIMITS.segment_cut  # fmt: skip
    thirds: Annotated[
        Annotated[
            tuple[Points, Points],
            AfterValidator(_ascending),
            AfterValidator(_exact_thirds),
        ],
        Explained("Grenzen zwischen gering, mittel und hoch im Schema 3x3.",
                  "Limits between low, medium and high in the 3x3 scheme."),
    ] = LIMITS.segment_thirds  # fmt: skip
    strategies: Annotated[
        Annotated[dict[str, SettingsEntry], AfterValidator(_of_cells)],
        Explained(
            "Eigene Strategie je Feld, sonst gilt die Normstrategie des Schemas. Felder im Schema 2x2: "
            "takeaway, yield, question_mark, star.",
            "Your own strategy per portfolio field; elsewhere the scheme’s standard strategy holds. Fields of the 2x2 "
            "scheme: takeaway, yield, question_mark, star.",
            Text(
                de='strategies = { star = "halten und weiter ausbauen" }',
                en='strategies = { star = "hold and keep building" }',
            ),
        ),
    ] = {}

    @property
    def cuts(self) -> tuple[float, ...]:
        """The limits of the chosen scheme, ascending, 0–100."""
        return (self.cut,) if self.scheme == "2x2" else self.thirds

    def strategy(self, cell: PortfolioCell) -> Text:
        """The strategy for a cell: the company's own, else the scheme's standard."""
        own = self.strategies.get(cell.code)
        return own.text if own else Text(de=cell.strategy.de, en=cell.strategy.en)


class Thresholds(SettingsPart):
    """Limits of scores that a company may set; see `kamxl.scoring.Limits` for their meaning."""

    weight_tolerance: Annotated[
        Share,
        Explained("Abweichung von 100 %, ab der eine Gewichtssumme gemeldet wird.",
                  "Deviation from 100% from which a sum of weights is reported."),
    ] = LIMITS.weight_tolerance  # fmt: skip
    abc: Annotated[
        Annotated[tuple[Share, Share], AfterValidator(_ascending)],
        Explained("ABC-Analyse: kumulierte Umsatzanteile, ab denen Klasse B und C beginnen.",
                  "ABC analysis: cumulated revenue shares at which classes B and C begin."),
    ] = LIMITS.abc  # fmt: skip
    opportunity_bands: Annotated[
        Annotated[tuple[Real, Real, Real], AfterValidator(_ascending)],
        Explained("Abweichungsanalyse: Werte, ab denen eine Chance gut, hoch und sehr hoch ist.",
                  "Gap analysis: scores at which an opportunity is solid, high and extreme."),
    ] = LIMITS.opportunity_bands  # fmt: skip
    attainment_cap: Annotated[
        Annotated[Real, Interval(ge=1, le=10)],
        Explained("Obergrenze der Zielerreichung je Ziel (1.2 = 120 %).",
                  "Upper limit of the attainment of a single goal (1.2 = 120%)."),
    ] = LIMITS.attainment_cap  # fmt: skip
    contact_days: Annotated[
        Annotated[Real, Interval(ge=1, le=3650)],
        Explained("Nach so vielen Tagen ohne Kontakt gilt eine Beziehung nicht mehr als frisch.",
                  "After so many days without a contact a relationship is no longer fresh."),
    ] = LIMITS.contact_days  # fmt: skip
    single_thread: Annotated[
        Annotated[int, Strict(), Interval(ge=1, le=20)],
        Explained("Bis zu dieser Zahl von Ansprechpartnern gilt die Beziehung als zu schmal.",
                  "Up to this number of contacts a relationship counts as too narrow."),
    ] = LIMITS.single_thread  # fmt: skip
    relationship_weights: Annotated[
        Annotated[
            tuple[Share, Share, Share, Share, Share], AfterValidator(some_above_zero)
        ],
        Explained(
            "Gewichte der Beziehungsqualität: Abdeckung, Haltung, Rollen, Aktualität, Zufriedenheit.",
            "Weights of relationship health: coverage, stance, roles, freshness, satisfaction.",
        ),
    ] = LIMITS.relationship_weights


class ReadingBudget(SettingsPart):
    """What reading one file may cost before it is ended; ordinary plans stay far below."""

    seconds: Annotated[
        Annotated[Real, Interval(ge=0.1, le=3600)],
        Explained(
            "So viele Sekunden Rechenzeit darf das Lesen einer Datei höchstens dauern.",
            "Reading one file may take this many seconds of processor time.",
        ),
    ] = 4
    megabytes: Annotated[
        Annotated[int, Strict(), Interval(ge=100, le=65_536)],
        Explained(
            "So viele Megabyte Arbeitsspeicher darf das Lesen einer Datei höchstens belegen.",
            "Reading one file may take this many megabytes of memory.",
        ),
    ] = 512


class Report(SettingsPart):
    """How the portfolio workbook reports."""

    top_accounts: Annotated[
        Annotated[int, Strict(), Interval(ge=1, le=100)],
        Explained(
            "Zahl der größten Kunden in der Übersicht.",
            "Number of top accounts in the overview.",
        ),
    ] = 10
