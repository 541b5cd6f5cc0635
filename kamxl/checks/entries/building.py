"""From values by path to an `AccountPlan` or another document, losing no value that is right.

Values are converted and judged before; the model is the safety net below. What it still refuses is left out and named,
so there is always a plan. Tables keep the positions of their rows, so a path means the same in workbook and plan;
rows after the last entry are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kamxl.document.paths import nest
from kamxl.document.vocabulary import Record
from kamxl.plan.account_plan import AccountPlan

_STEP = re.compile(r"[.\[]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that the model did not take: its path and pydantic's word for why."""

    path: str
    kind: str


def build_plan(
    values: Mapping[str, object], model: type[Record] = AccountPlan
) -> tuple[Any, tuple[Refusal, ...]]:
    """The document of `values` (typed, by path), a `model`, and what the model refused of them."""
    kept = dict(values)
    refusals: dict[str, Refusal] = {}
    while True:
        try:
            return model.model_validate(nest(kept)), tuple(refusals.values())
        except ValidationError as error:
            within = _within(kept)
            for fault in error.errors(include_url=False, include_input=False):
                for path in _behind(fault["loc"], within):
                    refusals[path] = Refusal(path, fault["type"])
        for path in refusals:
            kept.pop(path, None)


def _within(values: Iterable[str]) -> dict[str, list[str]]:
    """The entries within everything that contains any: themselves, their rows, tables and sheets."""
    found: dict[str, list[str]] = {}
    for path in values:
        ends = [step.start() for step in _STEP.finditer(path)]
        for end in (*ends, len(path)):
            found.setdefault(path[:end], []).append(path)
    return found


def _behind(
    location: tuple[str | int, ...], within: Mapping[str, list[str]]
) -> list[str]:
    """The entries behind pydantic's `location`, which may go on past a field into the members of a union."""
    for length in range(len(location), 0, -1):
        steps = ".".join(map(str, location[:length]))
        found = within.get(re.sub(r"\.(\d+)", r"[\1]", steps))
        if found:
            return found
    raise AssertionError(f"the model refuses {location}, which no entry explains")
