"""A rule that was broken, before it is worded for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kamxl.checks.rules.base import Rule

__all__ = ["Problem"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


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
