"""From a broken rule to a worded finding, under a company's own severities and thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kamxl.checks.entries.texts import shorten
from kamxl.checks.findings import Finding, Severity
from kamxl.checks.problem import Problem
from kamxl.checks.rules import Rule, word
from kamxl.document.extract import Entry, Extract
from kamxl.document.paths import path_of, pattern_of
from kamxl.document.schema import TableSpec
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

__all__ = ["Reporter", "threshold"]

_SHOWN = 60
_LONGEST_VALUE = 500  # characters; whoever needs all of it opens the cell


def threshold(rule: Rule, settings: Settings, default: float | None = None) -> float:
    """The limit of `rule`: as the settings say, else `default`, else the rule's own.

    Raises:
        ValueError: the rule has none.
    """
    chosen = settings.rule(rule.code, rule.name).threshold
    for limit in (chosen, default, rule.threshold):
        if limit is not None:
            return limit
    raise ValueError(f"{rule.name} has no threshold")


@dataclass(frozen=True)
class Reporter:
    """Words problems for one file; `spec` and `entries` (by path) say where a path stands, if there is a plan."""

    file: str
    language: str
    settings: Settings
    spec: PlanSpec | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, extract: Extract, settings: Settings | None = None) -> Reporter:
        """The reporter for a plan that was read; its own settings where none are given."""
        return cls(
            str(extract.path),
            extract.identity.language,
            settings or extract.spec.settings,
            extract.spec,
            {entry.path: entry for entry in extract.entries},
        )

    def findings(self, problems: Iterable[Problem]) -> list[Finding]:
        """The findings of `problems`; rules that are switched off say nothing."""
        found = (self.finding(problem) for problem in problems)
        return [finding for finding in found if finding is not None]

    def finding(self, problem: Problem) -> Finding | None:
        """The finding of one problem, `None` where its rule is switched off."""
        rule = problem.rule
        setting = self.settings.rule(rule.code, rule.name)
        if setting.off:
            return None
        entry = self.entries.get(problem.path)
        label = problem.label or self.label(problem.path)
        told = problem.details.get("value", "")
        spoken = told[self.language] if isinstance(told, Text) else str(told)
        value = problem.value or spoken or (entry.raw if entry else "")
        details = {"label": label, "value": value, **problem.details}
        details = {name: _short(detail) for name, detail in details.items()}
        return Finding(
            code=rule.code,
            rule=rule.name,
            severity=Severity(setting.severity) if setting.severity else rule.severity,
            file=self.file,
            sheet=problem.sheet or (entry.sheet if entry else self.sheet(problem.path)),
            cell=problem.cell or (entry.cell if entry else ""),
            path=problem.path,
            label=label,
            value=shorten(value, _LONGEST_VALUE),
            message=word(rule.message, details, self.language),
            remedy=word(rule.remedy, details, self.language),
        )

    def label(self, path: str) -> str:
        """What is printed beside a field, above a table, or in front of a named row."""
        if self.spec is None or not path:
            return ""
        pattern = pattern_of(path)
        found = self.spec.fields.get(pattern)
        if found is not None:
            return found.printed(self.language)
        part = self.spec.find(pattern.removesuffix("[]"))
        heading = part.heading[self.language] if part and part.heading else ""
        named = part.rows if isinstance(part, TableSpec) else ()
        indices = path_of(path).indices
        if indices and indices[0] < len(named):
            row = named[indices[0]].label[self.language]
            return f"{heading}: {row}" if heading else row
        return heading

    def sheet(self, path: str) -> str:
        """The tab on which a path's field stands in a workbook as generated."""
        if self.spec is None or not path:
            return ""
        key = path_of(path).sheet
        return next(
            (s.name(self.language) for s in self.spec.sheets if s.key == key), ""
        )


def _short(detail: object) -> object:
    """Whole pages do not belong in a message."""
    if isinstance(detail, Text) or len(text := str(detail)) <= _SHOWN:
        return detail
    return text if ", " in text and len(text) < 400 else f"{text[: _SHOWN - 1]}…"
