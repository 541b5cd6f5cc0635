"""What the sheets declare, as a KAM and a data protection officer would check it."""

from __future__ import annotations

import pytest
from pydantic import Field

from kamxl.document.compiling import compile_document
from kamxl.document.vocabulary import (
    FreeRows,
    Kind,
    Record,
    Sensitivity,
    Sheet,
    TableRow,
)
from kamxl.errors import SpecError
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language, Text

LONGEST_HINT = 255  # Excel cuts an input hint behind this


@pytest.fixture(scope="module")
def spec() -> PlanSpec:
    """The full plan with everything switched on."""
    return plan_spec(Settings(plan_year=2030, collect_motives=True))


def test_every_field_and_figure_is_explained_in_a_hint_that_fits(
    spec: PlanSpec,
) -> None:
    """No field leaves a KAM alone, in neither language."""
    helps = {f.pattern: f.help for f in spec.fields.values()}
    helps |= {f.pattern: f.computed.help for f in spec.figures.values()}
    unexplained = [pattern for pattern, text in helps.items() if text is None]
    cut = [
        (p, lang)
        for p, text in helps.items()
        for lang in Language
        if text and len(text[lang]) > LONGEST_HINT
    ]
    assert (unexplained, cut) == ([], [])


@pytest.mark.parametrize(
    "pattern",
    [
        "contacts.people[].stance",
        "contacts.people[].motive",
        "contacts.people[].type",
        "competition.competitors[].strengths",
        "competition.gaps[].against_rival",
        "projects.lost[].lost_to",
        "opportunities.open[].rival",
        "opportunities.open[].probability",
        "measures.negotiation[].our_minimum",
        "strategy.price_readiness[].score",
        "controlling.kpis[].target",
        "controlling.contribution[].production",
    ],
)
def test_what_must_not_leave_the_team_is_confidential(
    spec: PlanSpec, pattern: str
) -> None:
    """Stance, motive, type, rivals, minimum prices, our minimum, margins, probability, price readiness."""
    assert spec.field(pattern).sensitivity is Sensitivity.CONFIDENTIAL


@pytest.mark.parametrize(
    ("figure", "confidential"),
    [
        ("opportunities.open[].weighted", True),
        ("controlling.contribution[].db4", True),
        ("strategy.price_readiness_score", True),
        ("contacts.strongest_opponent", True),
        ("opportunities.total_value", False),
    ],
)
def test_a_figure_is_as_confidential_as_what_it_is_made_of(
    spec: PlanSpec, figure: str, confidential: bool
) -> None:
    """A weighted value gives the probability away."""
    assert (
        spec.figures[figure].computed.sensitivity is Sensitivity.CONFIDENTIAL
    ) is confidential


def test_motive_and_type_exist_only_where_the_company_collects_them() -> None:
    """Personal data are off unless the settings switch them on."""
    fields = plan_spec(Settings()).fields
    assert "contacts.people[].motive" not in fields
    assert "contacts.people[].type" not in fields


def test_controlling_starts_with_three_targets(spec: PlanSpec) -> None:
    """The three given rows stand there, named and open to change, and more rows follow."""
    targets = spec.table("controlling.targets")
    assert [row.defaults["indicator"].de for row in targets.starts] == [
        "Zielerreichung", "Umsatzsteigerung", "Gewinnsteigerung",
    ]  # fmt: skip
    assert targets.free
    assert targets.count > len(targets.starts)


def test_a_measure_serves_one_of_the_goals(spec: PlanSpec) -> None:
    """The field is of a kind of its own, so that its list holds the goals of sheet 8."""
    assert spec.field("measures.measures[].goal").kind is Kind.GOAL


class Slip(TableRow):
    """A table whose rows start in a field that it does not have."""

    heading = Text(de="Ziele", en="Targets")
    rows = FreeRows(
        3, starts={"a": Text(de="Umsatz", en="Revenue")}, starts_in="indikator"
    )


class SlipSheet(Sheet):
    """The sheet of that table."""

    title = Text(de="Blatt", en="Sheet")
    guidance = Text(de="Ausfüllen.", en="Fill in.")
    targets: list[Slip] = Field(default_factory=list)


class SlipPlan(Record):
    """The plan of that sheet."""

    only: SlipSheet


def test_rows_cannot_start_in_a_field_that_does_not_exist() -> None:
    """A slip in `starts_in` fails when the plan is compiled, not in a KAM's workbook."""
    with pytest.raises(SpecError, match="indikator"):
        compile_document(SlipPlan, Settings())
