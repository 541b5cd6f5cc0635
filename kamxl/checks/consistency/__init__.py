"""Whether a plan's entries go together: the rules KAM3xx that need no more than one plan."""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.checks.consistency import naming, people, pipeline, planning
from kamxl.checks.consistency.look import Look
from kamxl.checks.problem import Problem

__all__ = ["Look", "inconsistencies"]

_CHECKS = (
    pipeline.check_dates,
    pipeline.check_stages,
    naming.check_competitors,
    naming.check_contacts,
    naming.check_goals,
    naming.check_groups,
    naming.check_team,
    planning.check_goals_have_measures,
    planning.check_measures,
    planning.check_strategic_projects,
    planning.check_revenue,
    planning.check_weights,
    planning.check_gaps,
    planning.check_age,
    people.check_influential,
    people.check_meetings,
    people.check_single_thread,
    people.check_someone_decides,
)


def inconsistencies(look: Look) -> Iterator[Problem]:
    """Every entry that another entry, or the calendar, contradicts."""
    for check in _CHECKS:
        yield from check(look)
