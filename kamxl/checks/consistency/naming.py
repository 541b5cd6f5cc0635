"""Names that refer to another sheet: contacts, competitors, goals, product groups, own people.

Case, spaces, dashes and the spelling of umlauts do not matter. A list that is still empty cannot be missed, except
where the plan is meant to name the other side: whom a project was lost to, and the top contacts.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency.look import Look, names
from kamxl.checks.entries.texts import fold
from kamxl.checks.problem import Problem
from kamxl.checks.rules import Rule
from kamxl.checks.rules import plan as rules
from kamxl.document.paths import pattern_of
from kamxl.document.vocabulary import Kind

__all__ = [
    "check_competitors",
    "check_contacts",
    "check_goals",
    "check_groups",
    "check_team",
]


def check_contacts(look: Look) -> Iterator[Problem]:
    """Contacts named elsewhere who are not in the contact matrix."""
    known = names(person.name for person in look.plan.contacts.people)
    for path, name in look.entries(Kind.CONTACT):
        if fold(name) in known:
            continue
        if path.startswith("summary.top_contacts"):
            yield Problem(rules.TOP_CONTACT_UNKNOWN, path, {"value": name})
        elif known:
            yield Problem(rules.CONTACT_UNKNOWN, path, {"value": name})


def check_competitors(look: Look) -> Iterator[Problem]:
    """Competitors named elsewhere who are not in the competition analysis."""
    known = names(rival.name for rival in look.plan.competition.competitors)
    for path, name in look.entries(Kind.COMPETITOR):
        if fold(name) in known:
            continue
        if pattern_of(path) == "projects.lost[].lost_to":
            yield Problem(rules.LOST_TO_UNKNOWN, path, {"value": name})
        elif known:
            yield Problem(rules.COMPETITOR_UNKNOWN, path, {"value": name})


def check_goals(look: Look) -> Iterator[Problem]:
    """Measures that serve a goal which is none of the strategic goals."""
    known = names(goal.goal for goal in look.plan.strategy.goals)
    yield from _unknown(look, Kind.GOAL, known, rules.GOAL_UNKNOWN)


def check_groups(look: Look) -> Iterator[Problem]:
    """Product groups that the revenue analysis does not know."""
    known = names(row.product_group for row in look.plan.revenue.revenue)
    yield from _unknown(look, Kind.PRODUCT_GROUP, known, rules.GROUP_UNKNOWN)


def check_team(look: Look) -> Iterator[Problem]:
    """Responsible people who belong to neither the company's team nor this account's."""
    if not look.settings.people:
        return
    cover = look.plan.cover
    in_charge = (cover.key_account_manager, cover.field_sales, cover.inside_sales)
    known = names(
        (
            *look.settings.people,
            *(row.name for row in look.plan.contacts.team),
            *in_charge,
        )
    )
    yield from _unknown(look, Kind.PERSON, known, rules.PERSON_UNKNOWN)


def _unknown(look: Look, kind: Kind, known: set[str], rule: Rule) -> Iterator[Problem]:
    if known:
        for path, name in look.entries(kind):
            if fold(name) not in known:
                yield Problem(rule, path, {"value": name})
