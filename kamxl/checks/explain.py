"""A rule in words: what it finds, an example, what to do, and how a company changes it.

``explained(rule_called("KAM212", "de"), Settings())`` is what ``kamxl explain KAM212`` prints. The examples are
findings that the tests set off, with the rule's own texts; `tests/rule_examples.py` writes them anew.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from kamxl.checks.catalogue import family_of, texts_of
from kamxl.checks.findings import Severity
from kamxl.checks.report import threshold
from kamxl.checks.rule import declared
from kamxl.checks.rules import CATALOGUE, Rule
from kamxl.errors import InputError
from kamxl.plan.settings.model import Settings
from kamxl.spelling import fold
from kamxl.texts import Text

EXAMPLES = Path(__file__).with_name("examples.json")
_UNKNOWN = Text(
    de="Die Regel „{name}“ gibt es nicht{meant}. „kamxl rules“ zeigt alle.",
    en="There is no rule “{name}”{meant}. “kamxl rules” lists them all.",
)
_MEANT = Text(de="; gemeint ist vielleicht {near}", en="; perhaps {near} is meant")
_OR = Text(de=" oder ", en=" or ")
_OFF = Text(de="abgeschaltet", en="switched off")
_NEAR = 3
_DIGITS = str.maketrans("olizsb", "011258")


@dataclass(frozen=True)
class Explanation:
    """A rule as a company has it, in one language.

    Attributes:
        code: ``KAM`` and three digits.
        name: how ``kamxl.toml`` may call the rule, too.
        family: what the rule looks at.
        severity: ``error``, ``warning``, ``hint`` or ``off``.
        severity_label: the same in words.
        message: what it says, details by their names.
        example: what it said once; empty where there is none.
        remedy: what to do.
        threshold: the limit from which it applies, if it has one.
        threshold_meaning: what that number is.
        setting: the line of ``kamxl.toml`` that sets it as it is now.
    """

    code: str
    name: str
    family: str
    severity: str
    severity_label: str
    message: str
    example: str
    remedy: str
    threshold: float | None
    threshold_meaning: str
    setting: str

    @property
    def limit(self) -> str:
        """The threshold with what it means, if there is one."""
        if self.threshold is None:
            return ""
        return f"{self.threshold:g} ({self.threshold_meaning})"

    def as_json(self) -> dict[str, object]:
        """The rule for ``--format json``."""
        return asdict(self)


def explained(rule: Rule, settings: Settings) -> Explanation:
    """What there is to know about a rule under a company's settings, in their language."""
    language = settings.language
    change = settings.rule(rule.code, rule.name)
    severity = change.severity or rule.severity.value
    message, remedy = texts_of(rule, language)
    limit = None if rule.threshold is None else threshold(rule, settings)
    meaning = rule.threshold_meaning
    return Explanation(
        code=rule.code,
        name=rule.name,
        family=family_of(rule)[language],
        severity=severity,
        severity_label=(_OFF if change.off else Severity(severity).label)[language],
        message=message,
        example=_examples().get(rule.code, {}).get(language, ""),
        remedy=remedy,
        threshold=limit,
        threshold_meaning=meaning[language] if meaning else "",
        setting=_setting(rule.code, severity, limit),
    )


def _setting(code: str, severity: str, limit: float | None) -> str:
    """How a settings file says what a rule is now, to be copied and changed."""
    change = f'"{severity}"'
    if limit is not None:
        change = f'{{ severity = "{severity}", threshold = {limit:g} }}'
    return f"{code} = {change}  # error, warning, hint, off"


def rule_called(name: str, language: str) -> Rule:
    """The rule of a code, its digits or a name, in capitals or not.

    Raises:
        InputError: there is none; the text names the nearest ones.
    """
    known = {fold(key): rule for rule in CATALOGUE.values() for key in _keys(rule)}
    found = known.get(fold(name))
    if found is not None:
        return found
    near = _OR[language].join(_nearest(fold(name)))
    meant = _MEANT.format(near=near)[language] if near else ""
    raise InputError(_UNKNOWN[language].format(name=name, meant=meant))


def _keys(rule: Rule) -> tuple[str, ...]:
    return rule.code, rule.code.removeprefix("KAM"), rule.name


def _nearest(name: str) -> list[str]:
    """Codes and names that are like what was typed, letters like the digits of a code first."""
    known = {
        fold(key): key for rule in CATALOGUE.values() for key in (rule.code, rule.name)
    }
    exact = known.get(name[:3] + name[3:].translate(_DIGITS))
    if exact is not None:
        return [exact]
    return [known[key] for key in difflib.get_close_matches(name, known, _NEAR)]


def explained_rules(words: Sequence[str], settings: Settings) -> list[Explanation]:
    """All rules of which every word is said somewhere: in code, name, severity, family or texts."""
    everything = (explained(rule, settings) for rule in declared(Rule))
    return [one for one in everything if _says(one, words)]


def _says(rule: Explanation, words: Iterable[str]) -> bool:
    text = fold(" ".join(map(str, rule.as_json().values())))
    return all(fold(word) in text for word in words)


@cache
def _examples() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return found
