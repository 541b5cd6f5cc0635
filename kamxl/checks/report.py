"""From a broken rule to a worded finding, under a company's own severities and thresholds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from kamxl.checks.entries.shown import as_seen
from kamxl.checks.entries.texts import clean, shorten
from kamxl.checks.findings import Finding, Severity
from kamxl.checks.rule import COMMENT, Problem, Rule, say
from kamxl.document import wording
from kamxl.document.extract import Entry, Extract
from kamxl.document.keys import GROWTH, TOTAL
from kamxl.document.paths import EntryPath, path_of, pattern_of
from kamxl.document.progress import progress_label
from kamxl.document.schema import Part
from kamxl.plan.document import PlanSpec
from kamxl.plan.settings.model import Settings
from kamxl.plan.settings.parts import RuleSetting
from kamxl.xlsx.book import State

_BELOW = {TOTAL: wording.TOTAL, GROWTH: wording.GROWTH}
_SHOWN = 60
_NAME_SHOWN = 40  # characters of a row's name
_NAME = "Name"  # in both languages
_QUOTED = {"de": "„{}“", "en": "“{}”"}
_LISTED = 400  # a list of allowed values
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
    """Words problems for one file; `spec` and `entries` (by path) say where a path stands, if there is a plan.

    What is missing is open, and an error if `today` the company's deadline has passed.
    """

    file: str
    language: str
    settings: Settings
    spec: PlanSpec | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    today: dt.date | None = None

    @classmethod
    def of(
        cls,
        extract: Extract,
        settings: Settings | None = None,
        today: dt.date | None = None,
    ) -> Reporter:
        """The reporter for a plan that was read; its own settings where none are given."""
        return cls(
            str(extract.path),
            extract.identity.language,
            settings or extract.spec.settings,
            extract.spec,
            {entry.path: entry for entry in (*extract.entries, *extract.computed)},
            today,
        )

    @property
    def is_late(self) -> bool:
        """Whether the day until which plans may be unfinished has passed."""
        last = self.settings.deadline
        return bool(last and self.today and self.today > last)

    def findings(self, problems: Iterable[Problem]) -> list[Finding]:
        """The findings of `problems`; rules that are switched off say nothing."""
        return list(filter(None, map(self.finding, problems)))

    def finding(self, problem: Problem) -> Finding | None:
        """The finding of one problem, `None` where its rule is switched off."""
        rule = problem.rule
        setting = self.settings.rule(rule.code, rule.name)
        if setting.off:
            return None
        path = path_of(problem.path)
        entry = self.entries.get(path) or Entry(path, self.sheet(path), "", State.EMPTY)
        label = problem.label or self.label(problem.path)
        told = str(say(problem.details.get("value", ""), self.language))
        value = problem.value or told or as_seen(entry, self.language)
        message, remedy = rule.told(self._details(problem, label, value), self.language)
        return Finding(
            code=rule.code,
            rule=rule.name,
            severity=self._severity(rule, setting),
            file=self.file,
            sheet=problem.sheet or entry.sheet,
            cell=problem.cell or entry.cell,
            path=problem.path,
            label=label,
            value=shorten(value, _LONGEST_VALUE),
            message=message,
            remedy=remedy,
        )

    def _severity(self, rule: Rule, setting: RuleSetting) -> Severity:
        """How much a rule matters to the company; what is open no longer may be once its deadline has passed."""
        severity = Severity(setting.severity or rule.severity)
        late = severity is Severity.OPEN and self.is_late
        return Severity.ERROR if late else severity

    def _details(self, problem: Problem, label: str, value: str) -> dict[str, object]:
        """What fills the gaps of a rule's texts."""
        path = path_of(problem.path)
        details = {"label": label, "value": value, **problem.details}
        details |= self._beside(path, problem.rule)
        row = self._row(path, details) if self._is_cell(path) else ""
        shown = {name: _short(detail) for name, detail in details.items()}
        return {**shown, "label": f"{shown['label']}{row}"}

    def _beside(self, path: EntryPath, rule: Rule) -> dict[str, str]:
        """What a rule may say of another field of the record: what its comment is called, if it has one."""
        if self.spec is None or COMMENT not in rule.possible:
            return {}
        comment = self.spec.fields.get(pattern_of(f"{path.record}.{COMMENT}"))
        return {COMMENT: comment.label[self.language]} if comment else {}

    def _is_cell(self, path: EntryPath) -> bool:
        """Whether a path names a field or figure, rather than a row or a table."""
        spec, pattern = self.spec, path.pattern
        return spec is not None and (pattern in spec.fields or pattern in spec.figures)

    def _row(self, path: EntryPath, details: Mapping[str, object]) -> str:
        """The name of the row in which a field stands, unless the message has it anyway."""
        told = set(map(str, details.values()))
        named = (text for name, text in self._names(path) if name not in told)
        said = " / ".join(named)
        return f" ({said})" if said else ""

    def _names(self, path: EntryPath) -> Iterator[tuple[str, str]]:
        """What a row of a table is called, as such and in words; of a crossing, both people."""
        if self.spec is None:
            return
        part = self.spec.find(path.table)
        if part is None:
            return
        sides = _naming_parts(self.spec, part)
        for side, index in zip(sides, path.indices, strict=False):
            yield from self._name(side, index, path)

    def _name(
        self, part: Part, index: int, path: EntryPath
    ) -> Iterator[tuple[str, str]]:
        """What one row is called, where it has a name that is not the field itself."""
        quoted, naming = _QUOTED[self.language], part.naming
        printed = part.rows if getattr(part, "prints_names", True) else ()
        if index < len(printed):
            name = printed[index].label[self.language]
            yield name, quoted.format(name)
        elif naming is not None and naming.at(index) != path:
            value = getattr(self.entries.get(naming.at(index)), "value", None)
            name = clean(value).text if isinstance(value, str) else ""
            # What is labelled as a name needs no word before it.
            label = naming.label[self.language]
            word = "" if naming.item.names or label == _NAME else f"{label} "
            if name:
                yield name, word + quoted.format(shorten(name, _NAME_SHOWN))

    def label(self, path: str) -> str:
        """What is printed beside a field, above a table, or in front of a named row."""
        if self.spec is None:
            return ""
        place = path_of(path)
        column = self.spec.fields.get(place.pattern) or self.spec.figures.get(
            place.pattern
        )
        if column is not None:
            return column.printed(self.language)
        if path in self.spec.closing:
            table, suffix, key = self.spec.closing[path]
            return (
                f"{_BELOW[suffix][self.language]} {table[key].printed(self.language)}"
            )
        part = self.spec.find(place.pattern.removesuffix("[]"))
        if part is None:
            return progress_label(self.spec, path, self.language)
        named = dict(enumerate(row.label for row in getattr(part, "rows", ())))
        texts = (part.heading, named.get(next(iter(place.indices), -1)))
        return ": ".join(text[self.language] for text in filter(None, texts))

    def full_label(self, path: str) -> str:
        """The label of a field, with the name of its row."""
        return f"{self.label(path)}{self._row(path_of(path), {})}"

    def sheet(self, path: str) -> str:
        """The tab on which a path's field stands in a workbook as generated."""
        key = path_of(path).sheet
        sheets = self.spec.sheets if self.spec else ()
        names = {sheet.key: sheet.name(self.language) for sheet in sheets}
        return names.get(key, "")


def _naming_parts(spec: PlanSpec, part: Part) -> Sequence[Part]:
    """Where the rows of a part have their names: a crossing on both sides, a repeated table where it is filled."""
    crossed = (matrix for matrix in spec.matrices if matrix.crossings is part)
    sides: list[Part] = [s for matrix in crossed for s in (matrix.team, matrix.people)]
    source = getattr(part, "source", "")
    repeated = (table for table in spec.tables if table.source == source)
    sides += filter(attrgetter("editable"), repeated)
    return sides or [part]


def _short(detail: object) -> object:
    """Whole pages do not belong in a message."""
    if not isinstance(detail, str):
        return detail
    room = _LISTED if ", " in detail else _SHOWN
    if len(detail) <= room:
        return detail
    return f"{detail[: _SHOWN - 1]}…"
