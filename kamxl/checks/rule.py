"""What a rule is, and a problem: that rule broken at one place.

A rule is declared once, in a module of `kamxl.checks.rules`, and is in the catalogue by being declared::

    IDEA_TOO_SURE = PlanRule(
        code="KAM399", name="idea-too-sure", severity=Severity.HINT,
        message=Text(de="{label}: „{project}“ ist eine Idee.", en="{label}: “{project}” is an idea."),
        remedy=Text(de="Die Phase prüfen.", en="Check the stage."),
    )

    @IDEA_TOO_SURE.check
    def _too_sure(look: Look) -> Iterator[Problem]: ...
        yield IDEA_TOO_SURE.at("opportunities.open[0].stage", project="Werk 2")

Each gap of its texts is a detail that whoever finds the fault has to give. What is missing or unknown is a
`DetailWarning`: an error in tests, while a user still gets the finding, with "…" in the gap.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Generic, ParamSpec, TypeVar

from kamxl.checks.entries.wording import day
from kamxl.checks.findings import Severity
from kamxl.errors import SpecError
from kamxl.texts import Text

_NOTHING: Mapping[str, object] = MappingProxyType({})
_NO_TEXTS: Mapping[str, Text] = MappingProxyType({})
_RULES: dict[str, Rule] = {}
_SomeRule = TypeVar("_SomeRule", bound="Rule")
_Looked = ParamSpec("_Looked")
_Found = TypeVar("_Found")

CATALOGUE: Mapping[str, Rule] = MappingProxyType(_RULES)
"""Every rule that was declared, by its code."""

# What the catalogue prints for details that several rules have; a rule names its own.
VOCABULARY: Mapping[str, Text] = MappingProxyType(
    {
        "account": Text(de="Kundennummer", en="account number"),
        "comment": Text(de="Kommentarfeld", en="comment field"),
        "contact": Text(de="Kontakt", en="contact"),
        "expected": Text(de="erwartet", en="expected"),
        "found": Text(de="gefunden", en="found"),
        "group": Text(de="Produktgruppe", en="product group"),
        "high": Text(de="bis", en="high"),
        "known": Text(de="bekannt", en="known"),
        "label": Text(de="Feld", en="field"),
        "limit": Text(de="Grenze", en="limit"),
        "low": Text(de="von", en="low"),
        "measure": Text(de="Maßnahme", en="measure"),
        "name": Text(de="anderer Name", en="other name"),
        "one": Text(de="eine Lesart", en="one reading"),
        "other": Text(de="das andere", en="the other"),
        "part": Text(de="Teil", en="part"),
        "planned": Text(de="Soll", en="planned"),
        "project": Text(de="Projekt", en="project"),
        "read": Text(de="gelesener Wert", en="value read"),
        "table": Text(de="Tabelle", en="table"),
        "value": Text(de="Wert", en="value"),
        "year": Text(de="Jahr", en="year"),
    }
)
# Known without being told: the label of the place and what stands there.
_KNOWN = frozenset({"label", "value"})
COMMENT = "comment"
"""The detail, given where the record has such a field, that says what its comment is called."""
_GAP = re.compile(r"\{(\w+)")


class DetailWarning(UserWarning):
    """A problem lacks a detail that its rule's texts name, or has one that none of them names."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """One kind of fault.

    Attributes:
        code: ``KAM`` and three digits; the first digit is the family. It never changes its meaning.
        name: the fault in a few words, as ``kamxl.toml`` names the rule too.
        severity: how much it matters, unless the settings say otherwise.
        message: what is the matter; ``{label}`` is the field's label, other gaps are the finding's details.
        remedy: what to do about it.
        details: what the catalogue calls those details that are this rule's own.
        additions: parts of the texts, by gap, that are printed only where a finding has all their details.
        threshold: the limit from which the rule applies, where it has one; the settings may change it.
        threshold_meaning: what that number is.
        absent: the pattern of a required field whose absence this rule tells, as it says more than that a cell is
            empty; details are other entries of its row.

    Raises `SpecError` where two rules share a code or a name, or a gap of a text has no name.
    """

    code: str
    name: str
    severity: Severity
    message: Text
    remedy: Text
    details: Mapping[str, Text] = field(default_factory=lambda: _NO_TEXTS)
    additions: Mapping[str, Text] = field(default_factory=lambda: _NO_TEXTS)
    threshold: float | None = None
    threshold_meaning: Text | None = None
    absent: str = ""

    def __post_init__(self) -> None:
        unnamed = self.required - VOCABULARY.keys() - self.details.keys()
        if unnamed:
            raise SpecError(f"{self.name}: no name for {', '.join(sorted(unnamed))}")
        taken = {*_RULES, *(rule.name for rule in _RULES.values())}
        if not taken.isdisjoint((self.code, self.name)):
            raise SpecError(f"two rules are called {self.code} or {self.name}")
        _RULES[self.code] = self

    @property
    def required(self) -> frozenset[str]:
        """The details that every finding of the rule has."""
        return (_gaps(self.message) | _gaps(self.remedy)) - self.additions.keys()

    @property
    def possible(self) -> frozenset[str]:
        """All details that a finding of the rule may have."""
        return self.required.union(_KNOWN, *map(_gaps, self.additions.values()))

    def at(self, path: str = "", /, **details: object) -> Problem:
        """The problem that the rule is broken at `path`."""
        return Problem(self, path, details)

    def told(self, details: Mapping[str, object], language: str) -> tuple[str, str]:
        """Message and remedy, with `details` in their gaps."""
        added = {
            gap: addition.format(**details) if _gaps(addition) <= details.keys() else ""
            for gap, addition in self.additions.items()
        }
        filled = {**details, **added}
        return (
            word(self.message, filled, language),
            word(self.remedy, filled, language),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FindingRule(Rule, Generic[_Looked, _Found]):
    """A rule with the functions that find where it is broken; its kind says what they look at."""

    checks: list[Callable[_Looked, Iterator[_Found]]] = field(
        default_factory=list, init=False, repr=False
    )

    def check(
        self, function: Callable[_Looked, Iterator[_Found]]
    ) -> Callable[_Looked, Iterator[_Found]]:
        """Decorate the function that finds where the rule is broken."""
        self.checks.append(function)
        return function

    def found(self, *args: _Looked.args, **kwargs: _Looked.kwargs) -> Iterator[_Found]:
        """All that the functions of the rule find."""
        return chain.from_iterable(check(*args, **kwargs) for check in self.checks)


@dataclass(frozen=True, slots=True)
class Problem:
    """Which rule was broken where; `details` fill the gaps of the rule's texts.

    `path` names the entry; where there is none (a sheet that is missing), `sheet`, `cell`, `label` and
    `value` say it themselves.
    """

    rule: Rule
    path: str = ""
    details: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    sheet: str = ""
    cell: str = ""
    label: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        given, rule = self.details.keys(), self.rule
        missing = rule.required - given - _KNOWN
        odd = missing or given - rule.possible
        if odd:
            fault = "lacks" if missing else "does not know"
            text = f"{rule.code} {rule.name} {fault} {', '.join(sorted(odd))}"
            warnings.warn(text, DetailWarning, stacklevel=3)


class _Gaps(dict[str, object]):
    """A finding without one detail is better than none."""

    def __missing__(self, key: str) -> str:
        return "…"


def declared(kind: type[_SomeRule]) -> list[_SomeRule]:
    """The rules of one kind, in the order of their codes."""
    rules = sorted(CATALOGUE.values(), key=attrgetter("code"))
    return [rule for rule in rules if isinstance(rule, kind)]


def word(template: Text, details: Mapping[str, object], language: str) -> str:
    """`template` in `language`, its gaps filled with `details` (texts and dates among them in the same language)."""
    spoken = {name: say(detail, language) for name, detail in details.items()}
    filled = template[language].format_map(_Gaps({"label": "", **spoken}))
    text = " ".join(filled.split()).replace("….", "…")
    # Without a label the message itself begins the sentence.
    return text[2:3].upper() + text[3:] if text.startswith(": ") else text


def say(detail: object, language: str) -> object:
    """A detail as `language` says it: a text or a date in that language, a dash for none, all else as it is."""
    if isinstance(detail, Text):
        return detail[language]
    if isinstance(detail, dt.date):
        return day(detail, language)
    return "–" if detail is None else detail


@cache
def _gaps(text: Text) -> frozenset[str]:
    """The gaps of a text. Raises `SpecError` where the languages have not the same ones."""
    german = frozenset(_GAP.findall(text.de))
    english = frozenset(_GAP.findall(text.en))
    if german != english:
        raise SpecError(f"only one language names {german ^ english} in {text.de!r}")
    return german
