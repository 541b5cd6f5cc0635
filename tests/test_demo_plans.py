"""The twelve example plans: complete, consistent, each written for its account, and wrong only where they shall be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

import kamxl.demo
from kamxl.checks.check import check
from kamxl.document.figures import figures
from kamxl.document.paths import flatten, pattern_of
from kamxl.document.required import progress
from kamxl.document.schema import FieldSpec, FormSpec
from kamxl.document.vocabulary import Kind, Profile
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec, plan_spec
from kamxl.plan.opportunities import CLOSED_STAGES
from tests.extracts import Raw, extract_of

SETTINGS = kamxl.demo.settings(year=2027)
TODAY = dt.date(2026, 11, 20)
PLANS = kamxl.demo.plans(SETTINGS, TODAY)
SPEC = plan_spec(SETTINGS)

# What the plans are meant to show: measures that are late, an account known through one person.
MEANT = {"measure-overdue", "single-threaded"}
NOTE_LENGTH, CELL_LENGTH = 350, 90
# Columns that are narrower than others; three lines of them are what a row shows in print.
NARROW = {
    "cover.company": 45, "projects.won[].project": 45, "projects.lost[].project": 45,
    "opportunities.open[].project": 45, "opportunities.open[].next_step": 66, "competition.gaps[].capability": 45,
    "competition.competitors[].name": 45, "strategy.goals[].goal": 60, "measures.measures[].measure": 72,
    "measures.measures[].support": 32, "measures.measures[].comment": 66, "controlling.targets[].indicator": 45,
    "contacts.people[].name": 45, "contacts.people[].position": 34, "contacts.matrix[][].topics": 30,
    **{f"profile.swot[].{side}": 66 for side in ("strengths", "weaknesses", "opportunities", "threats")},
}  # fmt: skip

by_company = pytest.mark.parametrize(
    "plan", PLANS, ids=[str(plan.cover.company) for plan in PLANS]
)


def as_cells(plan: AccountPlan, spec: PlanSpec = SPEC) -> dict[str, Raw]:
    """The plan as a German workbook holds it: labels for codes, numbers as floats."""
    flat = flatten(plan, spec)
    return {path: _cell(value, spec.field(path)) for path, value in flat.items()}


def _cell(value: Any, field: FieldSpec) -> Raw:
    labels = {option.code: option.label.de for option in field.options}
    if isinstance(value, str):
        return labels.get(value, value)
    return float(value) if isinstance(value, int) else value


def texts(plan: AccountPlan) -> Iterator[tuple[str, str]]:
    """Path and text of every field that somebody wrote."""
    for path, value in flatten(plan, SPEC).items():
        if SPEC.field(path).kind in (Kind.NOTE, Kind.TEXT):
            yield path, str(value)


def total(plan: AccountPlan, column: str) -> float:
    """A column's sum in the revenue table."""
    return float(sum(getattr(row, column) for row in plan.revenue.revenue))


def test_there_are_twelve_accounts_worth_fifty_million() -> None:
    """Twelve accounts with numbers of their own, together 40 to 60 million euros, of very different size."""
    revenues = [total(plan, "forecast") for plan in PLANS]
    assert len({plan.cover.account_id for plan in PLANS}) == 12
    assert 40e6 < sum(revenues) < 60e6
    assert max(revenues) > 10 * min(revenues)


def test_the_portfolio_shows_every_cell() -> None:
    """Stars, yields, question marks and takeaways; one group with two accounts, all four managers at work."""
    cells = [figures(plan, SPEC, TODAY)["cover.portfolio_cell"] for plan in PLANS]
    assert set(cells) == {"star", "yield", "question_mark", "takeaway"}
    groups = Counter(
        plan.cover.parent_account for plan in PLANS if plan.cover.parent_account
    )
    assert list(groups.values()) == [2]
    managers = {plan.cover.key_account_manager for plan in PLANS}
    assert managers == {
        member.name for member in SETTINGS.team if member.key_account_manager
    }


def test_one_account_hangs_on_one_person() -> None:
    """Exactly one account has a single contact."""
    assert [len(plan.contacts.people) for plan in PLANS].count(1) == 1


@by_company
def test_nothing_required_is_missing(plan: AccountPlan) -> None:
    """Every sheet is complete."""
    assert all(filled == required for filled, required in progress(plan, SPEC).values())


@by_company
def test_every_section_is_filled(plan: AccountPlan) -> None:
    """No table, form or matrix of the full profile stands empty."""
    filled = {pattern_of(path) for path in flatten(plan, SPEC)}
    for section in SPEC.sections:
        opening = section.pattern + ("." if isinstance(section, FormSpec) else "[")
        assert any(pattern.startswith(opening) for pattern in filled), section.pattern


@by_company
def test_every_figure_on_the_cover_has_a_value(plan: AccountPlan) -> None:
    """No key figure is left blank for want of input."""
    found = figures(plan, SPEC, TODAY)
    blank = [
        figure.key
        for figure in SPEC.sheet("cover").figures
        if found.get(figure.pattern) is None
    ]
    assert blank == []


@by_company
def test_the_check_finds_only_what_is_meant(plan: AccountPlan) -> None:
    """References, dates, weights, probabilities and jumps go together; overdue measures are part of the picture."""
    found = check(
        extract_of(as_cells(plan), settings=SETTINGS), SETTINGS, TODAY
    ).findings
    assert {finding.rule for finding in found} <= MEANT


@pytest.mark.parametrize(
    "today", [dt.date(2026, 2, 2), dt.date(2026, 7, 18), dt.date(2027, 1, 5)]
)
def test_the_plans_do_not_age(today: dt.date) -> None:
    """Looked at on another day, the past stays past, and no finding comes up that was not meant."""
    for plan in kamxl.demo.plans(SETTINGS, today):
        found = check(
            extract_of(as_cells(plan), settings=SETTINGS), SETTINGS, today
        ).findings
        assert {finding.rule for finding in found} <= MEANT
        happened = [row.date for row in plan.projects.won]
        happened += [row.date for row in plan.projects.lost]
        happened += [row.date for row in plan.profile.history]
        assert all(day is not None and day < today for day in happened)
        assert plan.cover.updated_on is not None
        assert plan.cover.created_on is not None
        assert plan.cover.created_on < plan.cover.updated_on < today


def test_another_year_moves_all_years() -> None:
    """In a plan for 2031 no text and no date speaks of the years of a plan for 2027."""
    old = {str(year) for year in range(2020, 2029)}
    for plan in kamxl.demo.plans(kamxl.demo.settings(year=2031), dt.date(2030, 11, 20)):
        written = " ".join(
            text for path, text in texts(plan) if not path.startswith("cover.")
        )
        assert not old.intersection(written.replace(".", " ").replace(",", " ").split())


def test_no_text_is_written_twice() -> None:
    """Whoever opens two plans side by side reads two accounts, not one template."""
    written = [
        {text for path, text in texts(plan) if not path.startswith("contacts.team")}
        for plan in PLANS
    ]
    seen = Counter(text for each in written for text in each if len(text) > 40)
    assert [text for text, times in seen.items() if times > 1] == []


@by_company
def test_texts_fit_their_cells(plan: AccountPlan) -> None:
    """Notes of a form, texts in a table and names are short enough to be read without making a cell larger."""
    for path, text in texts(plan):
        pattern = pattern_of(path)
        limit = NARROW.get(pattern, CELL_LENGTH if "[]" in pattern else NOTE_LENGTH)
        assert len(text) <= limit, (path, len(text), text)


@by_company
def test_own_share_and_rivals_leave_room(plan: AccountPlan) -> None:
    """We and our rivals together do not sell more than the account needs, in no product group we alone."""
    rows = zip(plan.revenue.revenue, plan.revenue.wallet, strict=True)
    assert all(
        row.forecast <= wallet.demand
        for row, wallet in rows
        if row.forecast and wallet.demand
    )
    demand = sum(wallet.demand or 0 for wallet in plan.revenue.wallet)
    rivals = sum(rival.revenue or 0 for rival in plan.competition.competitors)
    assert total(plan, "forecast") + rivals <= demand


@by_company
def test_the_quarters_make_the_target(plan: AccountPlan) -> None:
    """The rolling plan of each product group adds up to its target."""
    for row, quarters in zip(plan.revenue.revenue, plan.revenue.forecast, strict=True):
        planned = [getattr(quarters, f"q{number}_plan") for number in range(1, 5)]
        assert sum(planned) == pytest.approx(row.target)


@by_company
def test_controlling_repeats_what_the_other_sheets_say(plan: AccountPlan) -> None:
    """Net revenue is that of the revenue table, the growth aimed at is that of its target."""
    for row, column in zip(
        plan.controlling.contribution, ("actual_2", "forecast", "target"), strict=True
    ):
        assert row.gross_revenue is not None
        assert row.deductions is not None
        assert row.gross_revenue - row.deductions == pytest.approx(total(plan, column))
    growth = total(plan, "target") / total(plan, "forecast") - 1
    assert plan.controlling.targets[1].target == pytest.approx(100 * growth, abs=0.06)


@by_company
def test_summary_names_planned_measures_and_known_people(plan: AccountPlan) -> None:
    """The three measures are of sheet 9; the people who matter most are among the most influential."""
    planned = {measure.measure for measure in plan.measures.measures}
    assert {row.measure for row in plan.summary.top_measures} <= planned
    influence = {person.name: person.influence for person in plan.contacts.people}
    assert all((influence[row.contact] or 0) >= 6 for row in plan.summary.top_contacts)


@by_company
def test_every_goal_is_served(plan: AccountPlan) -> None:
    """Each strategic goal has a measure that names it."""
    served = {measure.goal for measure in plan.measures.measures}
    main = {goal.measure for goal in plan.strategy.goals}
    assert all(
        goal.goal in served or goal.measure in main for goal in plan.strategy.goals
    )
    assert main <= {measure.measure for measure in plan.measures.measures}


@by_company
def test_pipeline_is_alive(plan: AccountPlan) -> None:
    """Open projects close in the future and after their offer; a project on hold shows up now and then."""
    for row in plan.opportunities.open:
        assert row.close_date is not None
        assert row.close_date > TODAY
        assert row.offer_date is None or row.offer_date < TODAY
    assert any(row.stage not in CLOSED_STAGES for row in plan.opportunities.open)


@by_company
def test_decided_projects_start_with_the_latest(plan: AccountPlan) -> None:
    """Won and lost projects are listed as the sheet asks, the latest first."""
    for days in (
        [row.date for row in plan.projects.won],
        [row.date for row in plan.projects.lost],
    ):
        assert all(
            later > earlier for later, earlier in pairwise(days) if later and earlier
        )


@by_company
def test_history_runs_forward(plan: AccountPlan) -> None:
    """The account's history is told from the oldest event to the latest."""
    days = [row.date for row in plan.profile.history]
    assert all(before < after for before, after in pairwise(days) if before and after)


def test_some_measures_are_late() -> None:
    """The portfolio has something to say about overdue measures, but not about every account."""
    late = [
        plan.cover.company
        for plan in PLANS
        if any(
            m.due and m.due < TODAY and m.progress != 1 for m in plan.measures.measures
        )
    ]
    assert 2 <= len(late) <= 6


def test_compact_plans_hold_the_same_accounts() -> None:
    """A supplier with the compact profile gets the same plans; what its workbooks lack stays unused."""
    compact = SETTINGS.changed(profile=Profile.COMPACT)
    assert kamxl.demo.plans(compact, TODAY) == PLANS


# Which findings the mistakes of the three careless plans must bring up, at least.
EXPECTED = {
    "10072": {
        "updated-before-created", "required-empty", "forecast-jump-without-comment", "weights-not-100-percent",
        "measure-overdue",
    },
    "10085": {"lost-to-unknown-competitor", "required-empty", "close-before-offer", "close-date-in-the-past"},
    "10124": {
        "top-contact-not-in-matrix", "lost-to-unknown-competitor", "close-date-in-the-past",
        "gap-without-counter-measure",
    },
}  # fmt: skip


@pytest.mark.parametrize("account_id", sorted(EXPECTED))
def test_mistakes_are_found(account_id: str) -> None:
    """Each mistake is in a cell of the plan, and a finding names that cell or what contradicts it."""
    plan = next(plan for plan in PLANS if plan.cover.account_id == account_id)
    wrong = kamxl.demo.mistakes(account_id, TODAY)
    assert len(wrong) >= 8
    extract = extract_of({**as_cells(plan), **wrong}, settings=SETTINGS)
    found = check(extract, SETTINGS, TODAY).findings
    assert {finding.rule for finding in found} >= EXPECTED[account_id]
    named = {finding.path for finding in found}
    # Emptied together with another cell, or right only if that one is read.
    companions = {path for path in wrong if path.endswith((".planned", ".comment"))}
    companions |= {"cover.key_account_manager", "measures.measures[3].start"}
    assert set(wrong) - companions - named <= {
        "contacts.people[3].role",
        "strategy.attractiveness[0].weight",
    }


def test_only_three_plans_have_mistakes() -> None:
    """Nine of the twelve accounts are filled in properly."""
    careless = [
        plan.cover.account_id
        for plan in PLANS
        if kamxl.demo.mistakes(str(plan.cover.account_id), TODAY)
    ]
    assert careless == sorted(EXPECTED)
