"""The catalogue of rules: every fault kamxl can find, by its code. A code never changes its meaning.

Families: KAM0xx the file, KAM1xx its structure, KAM2xx one cell, KAM3xx one plan, KAM4xx several plans. A company
may change severity and threshold of a rule, or switch it off (`Settings.rules`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kamxl.checks.rules import across, cell, file, plan, structure
from kamxl.checks.rules.base import Rule, collect, word

__all__ = ["CATALOGUE", "Rule", "word"]

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    collect(vars(file), vars(structure), vars(cell), vars(plan), vars(across))
)
"""Every rule by its code, in the order of the codes."""
