"""From values by path to an `AccountPlan` or another document, losing no value that is right.

Values are converted and judged before; the model is the safety net below. What it still refuses is left out and named,
so there is always a plan. Tables keep the positions of their rows, so a path means the same in workbook and plan;
rows after the last entry are cut off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from kamxl.document.paths import nest
from kamxl.document.vocabulary import Record
from kamxl.plan.account_plan import AccountPlan


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
            for fault in error.errors():
                for path in _behind(fault["loc"], kept):
                    refusals[path] = Refusal(path, fault["type"])
        for path in refusals:
            kept.pop(path, None)


def _behind(location: tuple[str | int, ...], values: Mapping[str, object]) -> list[str]:
    """The entries behind pydantic's `location`, which may go on past a field into the members of a union."""
    for length in range(len(location), 0, -1):
        steps = ".".join(map(str, location[:length]))
        path = re.sub(r"\.(\d+)", r"[\1]", steps)
        starts = (f"{path}.", f"{path}[")
        found = [other for other in values if f"{other}.".startswith(starts)]
        if found:
            return found
    raise AssertionError(f"the model refuses {location}, which no entry explains")
