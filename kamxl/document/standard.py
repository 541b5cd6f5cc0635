"""What a document asks of a company's standard: names, rows, lists, colours.

`kamxl.plan.settings` is such a standard; a document needs no more of it than this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol, Self

from kamxl.document.vocabulary import Profile
from kamxl.texts import Language, Text

_PARENTHESES = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a list: the stored code and what the dropdown shows."""

    code: str
    label: Text

    @property
    def spellings(self) -> tuple[str, ...]:
        """Code and labels, also without their parentheses and by these alone: ``operativ``, ``KAOP``, ``+1``."""
        labels = (self.label.de, self.label.en)
        parts = chain.from_iterable(map(_PARENTHESES.split, labels))
        written = (text.strip() for text in (self.code, *labels, *parts))
        return tuple(filter(None, dict.fromkeys(written)))


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row that the document or the standard names; `defaults` are the entries it starts with, by field key."""

    key: str
    label: Text
    defaults: dict[str, Any] = field(default_factory=dict)


class Standard(Protocol):
    """What a document asks of a company's settings."""

    @classmethod
    def carried(cls, text: str, language: str, profile: str, year: int) -> Self:
        """The standard that a workbook carries as JSON. Raises `ValueError` for what is none."""
        ...

    def shaping_json(self) -> str:
        """As JSON what a workbook must carry, because its shape follows from it."""
        ...

    @property
    def company(self) -> str:
        """The name of the company; may be empty."""
        ...

    @property
    def language(self) -> Language:
        """The language of its workbooks."""
        ...

    @property
    def profile(self) -> Profile:
        """How much a document holds."""
        ...

    @property
    def accent(self) -> str:
        """The accent colour, ``#1F4E79``."""
        ...

    @property
    def year(self) -> int:
        """The year the document is for."""
        ...

    @property
    def people(self) -> tuple[str, ...]:
        """The names of our own people."""
        ...

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows a table is drawn with, by its pattern."""
        ...

    @property
    def counts_lists(self) -> bool:
        """Whether completeness counts what comes from the company's lists, too."""
        ...

    @property
    def spare_rows(self) -> bool:
        """Whether tables and matrices get further rows that are folded away."""
        ...

    @property
    def protection(self) -> str:
        """What keeps formulas from being overwritten: ``cells``, ``sheets`` or ``none`` (see `Protection`)."""
        ...

    @property
    def minimum_rows(self) -> Mapping[str, int]:
        """How many rows of a table are required, by its pattern."""
        ...

    def rows_of(self, source: str) -> tuple[RowSpec, ...]:
        """The rows that a list of the settings gives a table. Raises `KeyError`."""
        ...

    def added_options(self, name: str) -> tuple[Option, ...]:
        """What the company adds to a list of values."""
        ...
