"""What one conversion knows (`Case`) and what comes of it (`Conversion`): a value, or the reason why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from kamxl.checks.entries.wording import show
from kamxl.checks.rule import Problem
from kamxl.document.extract import Entry
from kamxl.document.schema import FieldSpec

Value = float | int | str | dt.date | None
_Limit = TypeVar("_Limit", float, dt.date)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the plan says about an entry.

    Attributes:
        currency: of all amounts, as an ISO code; empty where it is not known.
        country: of the account, as entered.
        year: the plan year, 0 where it is not known.
        month_first: the tables in which a date has its month first beyond doubt.
    """

    currency: str = ""
    country: str = ""
    year: int = 0
    month_first: frozenset[str] = frozenset()


class Conversion(NamedTuple):
    """A field's typed value (`None`: empty or unusable) and what is the matter with the cell.

    `also` holds values for fields of the same record, by key: ``"2/6"`` is actual and planned at once.
    """

    value: Value = None
    problems: tuple[Problem, ...] = ()
    also: Mapping[str, Value] = MappingProxyType({})


class Case(NamedTuple):
    """One conversion: the cell, its field, the language and the rest of the plan, which every step needs."""

    entry: Entry
    spec: FieldSpec
    language: str
    surroundings: Surroundings

    def shown(self, value: object) -> str:
        """A value of the field as the reader writes it."""
        return show(value, self.spec.kind, self.language)

    def limits(self, lowest: _Limit, highest: _Limit) -> tuple[_Limit, _Limit]:
        """The least and the greatest value of the field, where it has none `lowest` and `highest`."""
        low: Any = self.spec.low
        high: Any = self.spec.high
        return lowest if low is None else low, highest if high is None else high


def refused(problem: Problem) -> Conversion:
    """No value, because of a problem."""
    return Conversion(None, (problem,))
