"""What a rule is: a code that never changes its meaning, a name that states the fault, texts in both languages."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

from kamxl.checks.findings import Severity
from kamxl.errors import SpecError
from kamxl.texts import Text

__all__ = ["Rule", "collect", "word"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of fault.

    Attributes:
        code: ``KAM`` and three digits; the first digit is the family.
        name: the fault in a few words, as ``kamxl.toml`` names the rule too.
        severity: how much it matters, unless the settings say otherwise.
        message: what is the matter; ``{label}`` is the field's label, other names are the finding's details.
        remedy: what to do about it.
        threshold: the limit from which the rule applies, where it has one; the settings may change it.
        threshold_meaning: what that number is.
    """

    code: str
    name: str
    severity: Severity
    message: Text
    remedy: Text
    threshold: float | None = None
    threshold_meaning: Text | None = None


def collect(*families: Mapping[str, object]) -> dict[str, Rule]:
    """All rules among the names of `families` (modules' namespaces) by code, in the order of their codes.

    Raises:
        SpecError: two rules share a code or a name.
    """
    found: dict[str, Rule] = {}
    for rule in (
        value
        for family in families
        for value in family.values()
        if isinstance(value, Rule)
    ):
        if rule.code in found or any(
            other.name == rule.name for other in found.values()
        ):
            raise SpecError(
                f"two rules share the code {rule.code} or the name {rule.name}"
            )
        found[rule.code] = rule
    return dict(sorted(found.items()))


class _Lenient(string.Formatter):
    """Leaves a gap out instead of failing: a finding without one detail is better than none."""

    def get_value(
        self, key: int | str, args: object, kwargs: Mapping[str, object]
    ) -> object:
        del args
        return kwargs.get(str(key), "")


def word(template: Text, details: Mapping[str, object], language: str) -> str:
    """`template` in `language`, its gaps filled with `details` (texts among them in the same language)."""
    spoken = {
        name: detail[language] if isinstance(detail, Text) else detail
        for name, detail in details.items()
    }
    filled = _Lenient().vformat(template[language], (), spoken)
    text = " ".join(filled.split()).replace("….", "…")
    # Without a label the message itself begins the sentence.
    return text[2:3].upper() + text[3:] if text.startswith(": ") else text
