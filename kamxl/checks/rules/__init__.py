"""The catalogue of rules: every fault kamxl can find, by its code. A code never changes its meaning.

Families: KAM0xx the file, KAM1xx its structure, KAM2xx one cell, KAM3xx one plan, KAM4xx several plans. A company
may change severity and threshold of a rule, or switch it off (`Settings.rules`).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from kamxl.checks.rules import across, cell, file, plan, structure
from kamxl.checks.rules.base import Rule, collect, word
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

__all__ = ["CATALOGUE", "Rule", "misnamed_rule", "word"]

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    collect(vars(file), vars(structure), vars(cell), vars(plan), vars(across))
)
"""Every rule by its code, in the order of the codes."""

_UNKNOWN = Text(
    de="rules.{name}: diese Regel gibt es nicht",
    en="rules.{name}: there is no such rule",
)
_MEANT = Text(de="; gemeint ist vielleicht {near}", en="; perhaps {near} is meant")
_NO_THRESHOLD = Text(
    de="rules.{name}.threshold: diese Regel hat keinen Grenzwert",
    en="rules.{name}.threshold: this rule has no threshold",
)


def misnamed_rule(settings: Settings) -> Text | None:
    """What is wrong with the rules that a company's settings change: one that does not exist, or has no threshold."""
    known = {
        name: rule for rule in CATALOGUE.values() for name in (rule.code, rule.name)
    }
    for name, change in settings.rules.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            wording = {
                language: _UNKNOWN[language].format(name=name)
                + (_MEANT[language].format(near=near[0]) if near else "")
                for language in ("de", "en")
            }
            return Text(**wording)
        if change.threshold is not None and known[name].threshold is None:
            return Text(
                de=_NO_THRESHOLD.de.format(name=name),
                en=_NO_THRESHOLD.en.format(name=name),
            )
    return None
