"""What the scoring workbook shows of a function: a card with inputs, explanation, results.

A card is data. Its formulas are templates that name inputs instead of cells: in ``SUM({weights})`` stands the range
of the column `weights`, ``{weights[0]}`` is its first cell, ``{row[weights]}`` its cell in the row of the result,
``{low}`` a single input. Drawing (`kamxl.excel.showcase.draw`) decides where everything stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kamxl.document.formulas.terms import literal
from kamxl.texts import Text

Input = float | str | Text | dt.date | None
"""What an input cell holds; None leaves it blank."""

CardFormula = str | Callable[[str], str]
"""A formula with named inputs, or what makes it for a language ("de" or "en")."""


class Shape(StrEnum):
    """How a value is shown."""

    SCORE = "score"
    SHARE = "share"
    MONEY = "money"
    COUNT = "count"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Series:
    """A column of inputs, one per row, or of formulas that lead up to the result."""

    key: str
    label: Text
    shape: Shape
    values: tuple[Input, ...] = ()
    formula: str = ""
    """Template of a computed column; one line per row where the rows differ."""
    options: tuple[Text, ...] = ()
    """What the dropdown offers."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Named rows and their columns."""

    subject: Text
    names: tuple[Text, ...]
    columns: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A single input beneath the table."""

    key: str
    label: Text
    shape: Shape
    value: Input


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: the native formula, and the function that must say the same."""

    label: Text
    native: CardFormula
    udf: CardFormula
    """Empty for a figure shown only for comparison."""
    shape: Shape
    part: Text | None = None
    """What stands for `{part}` in the formulas."""
    per_row: bool = False
    """Whether there is one for each row of the table."""


@dataclass(frozen=True, slots=True)
class Card:
    """One function, or two that work on the same inputs."""

    functions: tuple[str, ...]
    title: Text
    definition: Text
    scale: Text
    """Units and range of inputs and results."""
    missing: Text
    """What becomes of blanks and of input that makes no sense."""
    source: Text
    table: Grid
    results: tuple[Result, ...]
    parameters: tuple[Single, ...] = ()
    working: Grid | None = None
    """A computed table beneath the inputs; its columns are known to the formulas, too."""


@dataclass(frozen=True, slots=True)
class Family:
    """The functions of one sheet."""

    name: Text
    """On the tab: no longer than 31 characters."""
    guidance: Text
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The cells of a column."""

    column: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"${self.column}${self.first}:${self.column}${self.last}"

    def __getitem__(self, index: int) -> str:
        return f"${self.column}${self.first + index}"


def filled(
    template: CardFormula,
    places: Mapping[str, object],
    language: str,
    *,
    row: Mapping[str, str] | None = None,
    number: int = 1,
    part: Text | None = None,
) -> str:
    """The formula of a template, without the equals sign.

    Args:
        template: see the module.
        places: where each column (`Span`) and each parameter (an address) stands.
        language: "de" or "en".
        row: the cells of the result's own row by column, for ``{row[…]}``.
        number: which row that is, from 1, for ``{number}``.
        part: the part asked for, for ``{part}``.

    >>> filled("INDEX({values},{number},{part})", {"values": Span("C", 4, 6)}, "de", part=Text("Wert", "value"))
    'INDEX($C$4:$C$6,1,"Wert")'
    """
    text = template if isinstance(template, str) else template(language)
    chosen = literal(part[language]) if part else ""
    return text.format(**places, row=row or {}, number=number, part=chosen)
