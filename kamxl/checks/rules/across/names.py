"""KAM403, KAM407, KAM408: a manager, group or competitor who is spelled in two ways splits the figures.

What `kamxl.spelling` takes for one name is one in the portfolio; here is told which other names are probably one, the
rarer spelling in each plan that has it, against the more frequent one. For example "Ana Berg" in one plan of twenty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

from kamxl.checks.alike import LEGAL_FORMS, alike_pairs
from kamxl.checks.checked import Checked
from kamxl.checks.findings import Severity
from kamxl.checks.report import threshold
from kamxl.checks.side_by_side import FolderProblems, FolderRule, file_of
from kamxl.plan.settings.model import Settings
from kamxl.spelling import fold, usual_spelling
from kamxl.texts import Text


class _Place(NamedTuple):
    """Where a name stands, and how it is spelled there."""

    plan: Checked
    path: str
    name: str


NamedEntries = Iterator[tuple[str, str | None]]
"""Where a plan names somebody: the path of each entry, and the name."""

_SIMILARITY = 0.88
_SIMILARITY_MEANING = Text(
    de="Ähnlichkeit zweier Namen von 0 bis 1, ab der sie als dieselbe Person gelten",
    en="similarity of two names from 0 to 1 from which they count as the same person",
)
_COMPANIES_MEANING = Text(
    de="Ähnlichkeit zweier Namen von 0 bis 1, ab der sie als dasselbe Unternehmen gelten",
    en="similarity of two names from 0 to 1 from which they count as the same company",
)

MANAGER_SPELLING = FolderRule(
    code="KAM403",
    name="manager-spelled-differently",
    severity=Severity.WARNING,
    message=Text(
        de="„{value}“ und „{name}“ (in „{other}“) sind vermutlich dieselbe Person.",
        en="“{value}” and “{name}” (in “{other}”) are probably the same person.",
    ),
    remedy=Text(
        de="Den Namen in allen Plänen gleich schreiben, sonst zerfällt die Auswertung je KAM.",
        en="Spell the name the same way in all plans; otherwise the figures per manager are split.",
    ),
    threshold=_SIMILARITY,
    threshold_meaning=_SIMILARITY_MEANING,
)
GROUP_SPELLING = FolderRule(
    code="KAM407",
    name="group-spelled-differently",
    severity=Severity.WARNING,
    message=Text(
        de="„{value}“ und „{name}“ (in „{other}“) sind vermutlich derselbe Konzern.",
        en="“{value}” and “{name}” (in “{other}”) are probably the same group.",
    ),
    remedy=Text(
        de="Den Namen in allen Plänen gleich schreiben, sonst zerfällt die Auswertung je Konzern.",
        en="Spell the name the same way in all plans; otherwise the figures per group are split.",
    ),
    threshold=_SIMILARITY,
    threshold_meaning=_COMPANIES_MEANING,
)
COMPETITOR_SPELLING = FolderRule(
    code="KAM408",
    name="competitor-spelled-differently",
    severity=Severity.WARNING,
    message=Text(
        de="„{value}“ und „{name}“ (in „{other}“) sind vermutlich derselbe Wettbewerber.",
        en="“{value}” and “{name}” (in “{other}”) are probably the same competitor.",
    ),
    remedy=Text(
        de="Den Namen in allen Plänen gleich schreiben, sonst zerfällt die Auswertung je Wettbewerber.",
        en="Spell the name the same way in all plans; otherwise the figures per competitor are split.",
    ),
    threshold=_SIMILARITY,
    threshold_meaning=_COMPANIES_MEANING,
)


def _manager(plan: Any) -> NamedEntries:
    yield "cover.key_account_manager", plan.cover.key_account_manager


def _group(plan: Any) -> NamedEntries:
    yield "cover.parent_account", plan.cover.parent_account


def _competitors(plan: Any) -> NamedEntries:
    """The competitors that are listed, that won from us, and that we meet in a project."""
    places = (
        ("competition.competitors[{}].name", plan.competition.competitors, "name"),
        ("projects.lost[{}].lost_to", plan.projects.lost, "lost_to"),
        ("opportunities.open[{}].rival", plan.opportunities.open, "rival"),
    )
    for path, rows, key in places:
        for index, row in enumerate(rows):
            yield path.format(index), getattr(row, key)


@MANAGER_SPELLING.check
def managers(plans: Sequence[Checked], settings: Settings) -> FolderProblems:
    """Managers who are probably the same."""
    return _alike(plans, settings, MANAGER_SPELLING, _manager)


@GROUP_SPELLING.check
def groups(plans: Sequence[Checked], settings: Settings) -> FolderProblems:
    """Groups that are probably the same."""
    return _alike(plans, settings, GROUP_SPELLING, _group, LEGAL_FORMS)


@COMPETITOR_SPELLING.check
def competitors(plans: Sequence[Checked], settings: Settings) -> FolderProblems:
    """Competitors that are probably the same."""
    return _alike(plans, settings, COMPETITOR_SPELLING, _competitors, LEGAL_FORMS)


def _alike(
    plans: Sequence[Checked],
    settings: Settings,
    rule: FolderRule,
    named: Callable[[Any], NamedEntries],
    untold: Collection[str] = (),
) -> FolderProblems:
    spelled: dict[str, list[_Place]] = defaultdict(list)
    for plan in plans:
        for path, name in named(plan.plan):
            if name and name.strip():
                spelled[fold(name)].append(_Place(plan, path, name.strip()))
    usual = {
        key: usual_spelling(p.name for p in found) for key, found in spelled.items()
    }
    frequent = sorted(spelled, key=lambda key: -len(spelled[key]))
    names = map(usual.__getitem__, frequent)
    for name, other in alike_pairs(names, threshold(rule, settings), untold):
        file = file_of(spelled[fold(other)][0].plan)
        # Of a plan that has the name in several places, the first is enough.
        firsts = {id(place.plan): place for place in reversed(spelled[fold(name)])}
        for place in reversed(firsts.values()):
            problem = rule.at(place.path, value=place.name, name=other, other=file)
            yield place.plan, problem
