"""What only shows when several plans lie side by side: the rules KAM4xx.

Two plans for the same account and year count double in every sum; a manager spelled in two ways splits his own figures.
Names are compared without regard to case, spaces and order ("Berg, Anna" is "Anna Berg"), and those that are left are
the same person when they are nearly the same letters ("Jana Krueger", "Jana Kruger").
"""

from __future__ import annotations

import difflib
import functools
import itertools
import operator
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kamxl.checks.check import Checked
from kamxl.checks.entries.texts import fold
from kamxl.checks.findings import Finding, sort_findings
from kamxl.checks.problem import Problem
from kamxl.checks.report import Reporter, threshold
from kamxl.checks.rules import across as rules
from kamxl.checks.rules import file as file_rules
from kamxl.document.paths import pattern_of
from kamxl.plan.settings.model import Settings

__all__ = ["check_across"]

_Found = Iterator[tuple[Checked, Problem]]


def check_across(
    plans: Sequence[Checked], settings: Settings | None = None
) -> tuple[Finding, ...]:
    """What is wrong between `plans`, each finding with the file and cell it concerns.

    Args:
        plans: all plans of a folder, in a stable order.
        settings: the company's rules and exchange rates.
    """
    settings = settings or Settings()
    found: list[Finding] = []
    for plan, problem in itertools.chain(
        _same_account(plans),
        _two_names(plans),
        _managers(plans, threshold(rules.MANAGER_SPELLING, settings)),
        _rates(plans, settings),
        _years(plans),
    ):
        sheet, cell = plan.cells.get(problem.path, ("", ""))
        reporter = Reporter(plan.file, plan.identity.language, settings, plan.spec)
        finding = reporter.finding(
            Problem(problem.rule, problem.path, problem.details, sheet=sheet, cell=cell)
        )
        if finding is not None:
            found.append(finding)
    return sort_findings(found)


def _account(plan: Checked) -> str:
    return plan.plan.cover.account_id or plan.identity.account_id


def _year(plan: Checked) -> int:
    return plan.plan.cover.plan_year or plan.identity.plan_year


def _name(plan: Checked) -> str:
    return Path(plan.file).name


def _grouped(plans: Iterable[Checked], *, by_year: bool) -> Iterator[list[Checked]]:
    """Plans of the same account (and year) that lie there more than once."""
    groups: dict[tuple[str, int], list[Checked]] = defaultdict(list)
    for plan in plans:
        if _account(plan):
            groups[_account(plan).casefold(), _year(plan) if by_year else 0].append(
                plan
            )
    return (group for group in groups.values() if len(group) > 1)


def _same_account(plans: Sequence[Checked]) -> _Found:
    """Each plan after the first of its account and year is compared with the first."""
    for first, *others in _grouped(plans, by_year=True):
        for other in others:
            differing = [
                path
                for path in {**first.values, **other.values}
                if first.values.get(path) != other.values.get(path)
            ]
            details = {
                "account": _account(other),
                "year": _year(other),
                "other": _name(first),
            }
            if not differing:
                yield (
                    other,
                    Problem(file_rules.PLAN_DUPLICATED, "cover.account_id", details),
                )
                continue
            field = other.spec.fields.get(pattern_of(differing[0]))
            example = field.label if field else differing[0]
            more = {**details, "count": len(differing), "example": example}
            yield other, Problem(rules.PLANS_DIFFER, "cover.account_id", more)


def _two_names(plans: Sequence[Checked]) -> _Found:
    for group in _grouped(plans, by_year=False):
        named = [plan for plan in group if plan.plan.cover.company]
        for plan in named[1:]:
            company, first = (
                plan.plan.cover.company or "",
                named[0].plan.cover.company or "",
            )
            if fold(company) != fold(first):
                details = {
                    "account": _account(plan),
                    "value": company,
                    "name": first,
                    "other": _name(named[0]),
                }
                yield plan, Problem(rules.TWO_NAMES, "cover.company", details)


def _managers(plans: Sequence[Checked], similarity: float) -> _Found:
    """The rarer spelling is reported, in each plan that has it, against the more frequent one."""
    spelled: dict[str, list[Checked]] = defaultdict(list)
    for plan in plans:
        if plan.plan.cover.key_account_manager:
            spelled[plan.plan.cover.key_account_manager.strip()].append(plan)
    frequent = [
        _Spelling.of(name)
        for name in sorted(spelled, key=lambda name: -len(spelled[name]))
    ]
    for place, name in enumerate(frequent):
        usual = next(
            (
                other.name
                for other in frequent[:place]
                if _same_person(name, other, similarity)
            ),
            None,
        )
        if usual is None:
            continue
        for plan in spelled[name.name]:
            details = {
                "value": name.name,
                "name": usual,
                "other": _name(spelled[usual][0]),
            }
            yield (
                plan,
                Problem(rules.MANAGER_SPELLING, "cover.key_account_manager", details),
            )


class _Spelling(NamedTuple):
    """A name, its words in an order that does not depend on how it was written, and which letters it has, as bits."""

    name: str
    words: tuple[str, ...]
    joined: str
    letters: int

    @classmethod
    def of(cls, name: str) -> _Spelling:
        words = tuple(sorted(fold(name).replace(",", " ").replace(".", " ").split()))
        joined = " ".join(words)
        return cls(
            name,
            words,
            joined,
            functools.reduce(operator.or_, (1 << ord(c) % 61 for c in joined), 0),
        )


def _same_person(one: _Spelling, other: _Spelling, similarity: float) -> bool:
    if one.words == other.words:
        return True
    # Each letter that only one name has is unmatched. This alone tells most pairs apart, of which there are many.
    unmatched = (1 - similarity) * (len(one.joined) + len(other.joined)) + 1e-9
    if (
        len(one.words) != len(other.words)
        or (one.letters ^ other.letters).bit_count() > unmatched
    ):
        return False
    # First names and surnames are compared apart: Anna Berg and Anna Burg may be two people, so each has to be close.
    joined = difflib.SequenceMatcher(None, one.joined, other.joined).ratio()
    ratios = (
        difflib.SequenceMatcher(None, a, b).ratio()
        for a, b in zip(one.words, other.words, strict=True)
    )
    return joined >= similarity and min(ratios) >= similarity - 0.1


def _rates(plans: Sequence[Checked], settings: Settings) -> _Found:
    for plan in plans:
        currency = plan.plan.cover.currency
        if currency and settings.rate(str(currency)) is None:
            details = {"value": str(currency), "reporting": settings.reporting_currency}
            yield plan, Problem(rules.RATE_MISSING, "cover.currency", details)


def _years(plans: Sequence[Checked]) -> _Found:
    years: Mapping[int, int] = Counter(_year(plan) for plan in plans)
    if len(years) < 2:
        return
    usual = max(years, key=lambda year: (years[year], year))
    for plan in plans:
        if _year(plan) != usual:
            yield (
                plan,
                Problem(
                    rules.MIXED_YEARS,
                    "cover.plan_year",
                    {"value": _year(plan), "year": usual},
                ),
            )
