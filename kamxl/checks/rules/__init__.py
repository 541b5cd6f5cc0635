"""The rules: every fault kamxl can find, each declared once, with its texts and what finds it.

Families: KAM0xx the file, KAM1xx its structure, KAM2xx one cell, KAM3xx one plan, KAM4xx several plans. A company
may change severity and threshold of a rule, or switch it off (`Settings.rules`). All modules of this package are
imported with it, so a rule that is declared in one of them is in the catalogue.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil

from kamxl.checks.rule import CATALOGUE, Rule, word
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text

__all__ = ["CATALOGUE", "Rule", "misnamed_rule", "word"]

for _module in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_module.name)

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
            return _unknown(name, difflib.get_close_matches(name, known, n=1))
        if change.threshold is not None and known[name].threshold is None:
            return _NO_THRESHOLD.format(name=name)
    return None


def _unknown(name: str, near: list[str]) -> Text:
    fault = _UNKNOWN.format(name=name)
    if not near:
        return fault
    meant = _MEANT.format(near=near[0])
    return Text(de=fault.de + meant.de, en=fault.en + meant.en)
