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
    de="rules.{name}: diese Regel gibt es nicht{meant}",
    en="rules.{name}: there is no such rule{meant}",
)
_MEANT = Text(de="; gemeint ist vielleicht {near}", en="; perhaps {near} is meant")
_NO_THRESHOLD = Text(
    de="rules.{name}.threshold: diese Regel hat keinen Grenzwert",
    en="rules.{name}.threshold: this rule has no threshold",
)


def misnamed_rule(settings: Settings) -> Text | None:
    """What is wrong with the rules that a company's settings change: one that does not exist, or has no threshold."""
    by_name = {rule.name: rule for rule in CATALOGUE.values()}
    known = {**CATALOGUE, **by_name}
    for name, change in settings.rules.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = _MEANT.format(near=near[0]) if near else ""
            return _UNKNOWN.format(name=name, meant=meant)
        if change.threshold is not None and known[name].threshold is None:
            return _NO_THRESHOLD.format(name=name)
    return None
