"""What a section of a document holds, in both languages: fields, figures, and the parts that have rows.

A section is a form, a table or a matrix. Each consists of *parts* that have rows: a form and a table of one, the
matrix of three (the account's people, our own, their crossings). Whoever walks through all entries walks through
the parts. For example ``spec.field("opportunities.open[].probability")`` is a `FieldSpec` of kind percent with
``low == 0`` and ``high == 1``, a column of the `TableSpec` ``opportunities.open``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import chain
from typing import Any

from kamxl.document.paths import EntryPath, Pattern, rows_at
from kamxl.document.standard import Option, RowSpec
from kamxl.document.vocabulary import Computed, Item, Kind, Record, Sensitivity, Width
from kamxl.texts import Text


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One input field (in a table: one column)."""

    key: str
    pattern: Pattern
    kind: Kind
    item: Item
    label: Text
    options: tuple[Option, ...] = ()
    options_key: str = ""
    low: float | dt.date | None = None
    high: float | dt.date | None = None
    max_length: int | None = None

    @property
    def required(self) -> bool:
        """Whether an entry is owed."""
        return self.item.required

    @property
    def sensitivity(self) -> Sensitivity:
        """Who may see the entry."""
        return self.item.sensitivity

    @property
    def help(self) -> Text | None:
        """The input hint."""
        return self.item.help

    @property
    def width(self) -> Width:
        """Room in a table column."""
        return self.item.width or _DEFAULT_WIDTH[self.kind]

    def at(self, *indices: int) -> EntryPath:
        """The entry in a row; in a form, whose one row has no number, in the form."""
        return self.pattern.at(*indices[: self.pattern.depth])

    def printed(self, language: str) -> str:
        """The label as the workbook prints it, with the unit behind it."""
        label, unit = self.label[language], self.item.unit
        return f"{label} ({unit[language]})" if unit else label


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """One computed figure (in a table: one computed column)."""

    key: str
    pattern: Pattern
    computed: Computed
    options: tuple[Option, ...] = ()

    @property
    def kind(self) -> Kind:
        """What sort of value comes out."""
        return self.computed.kind

    @property
    def label(self) -> Text:
        """What is printed above or beside it."""
        return self.computed.label

    @property
    def width(self) -> Width:
        """Room in a table column."""
        return self.computed.width or _DEFAULT_WIDTH[self.kind]

    def printed(self, language: str) -> str:
        """The label as the workbook prints it."""
        return self.label[language]


Column = FieldSpec | FigureSpec
SPOKEN = frozenset(
    {
        Kind.TEXT,
        Kind.NOTE,
        Kind.PERSON,
        Kind.CONTACT,
        Kind.COMPETITOR,
        Kind.GOAL,
        Kind.PRODUCT_GROUP,
    }
)
"""The kinds of fields in which words stand."""


class Owing(Enum):
    """When a row owes its required fields."""

    ALWAYS = auto()
    """Whatever stands in it: forms, and rows that the document or the standard names."""
    USED = auto()
    """Once it has any entry of a person's own: free rows, people of a matrix."""
    WHEN = auto()
    """Once one of certain fields holds a number other than 0."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows of the same fields and figures, under one pattern.

    Attributes:
        pattern: the form or table, ``opportunities.open``.
        columns: fields and figures in printed order.
        heading: what is printed above it, and what messages call it.
        count: the rows drawn.
        minimum: the rows required.
        spare: how many of the rows drawn, the last ones, are folded away until somebody needs them.
        rows: the named rows (empty for free rows).
        starts: the first of the free rows where these carry an entry from the beginning.
        owed_when: fields of which one that is not 0 makes a row owe its required ones.
    """

    pattern: Pattern
    columns: tuple[Column, ...]
    heading: Text | None = None
    count: int = 1
    minimum: int = 0
    spare: int = 0
    rows: tuple[RowSpec, ...] = ()
    starts: tuple[RowSpec, ...] = ()
    owed_when: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The part within its sheet; empty for the sheet's own form."""
        return self.pattern.partition(".")[2]

    @cached_property
    def sheet(self) -> str:
        """Key of the sheet."""
        return self.pattern.sheet

    @property
    def shown(self) -> int:
        """The rows that are seen at first."""
        return self.count - self.spare

    @property
    def folded(self) -> range:
        """The numbers of the rows that are folded away."""
        return range(self.shown, self.count)

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The input fields among the columns."""
        return tuple(c for c in self.columns if isinstance(c, FieldSpec))

    @cached_property
    def figures(self) -> tuple[FigureSpec, ...]:
        """The computed columns."""
        return tuple(c for c in self.columns if isinstance(c, FigureSpec))

    @cached_property
    def required(self) -> tuple[FieldSpec, ...]:
        """The fields that an owing row must have."""
        return tuple(f for f in self.fields if f.required)

    @cached_property
    def by_hand(self) -> tuple[FieldSpec, ...]:
        """The required fields that no list of the company fills in."""
        return tuple(f for f in self.required if not f.item.from_lists)

    @cached_property
    def naming(self) -> FieldSpec | None:
        """The field in which a row says what it is: a name that other fields choose, else the first words required."""
        named = [field for field in self.fields if field.item.names]
        spoken = [field for field in self.fields if field.kind in SPOKEN]
        owed = [field for field in spoken if field.required]
        return next(iter((*named, *owed, *spoken)), None)

    @property
    def owing(self) -> Owing:
        """When a row owes its required fields."""
        return Owing.USED

    def pattern_of(self, key: str) -> Pattern:
        """The pattern of a column. Raises `KeyError`."""
        return self[key].pattern

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class FormSpec(Part):
    """Fields one below the other; one row without a number."""

    hint: Text | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The form itself."""
        return (self,)

    @property
    def owing(self) -> Owing:
        """A form owes its required fields whatever stands in it."""
        return Owing.ALWAYS

    def needed_rows(self, document: Record) -> dict[str, int]:  # noqa: ARG002 - as a table's
        """A form has no rows to count."""
        return {}


@dataclass(frozen=True, kw_only=True)
class TableSpec(Part):
    """Rows one below the other.

    Attributes:
        row_label: head of the printed row names.
        exactly: whether nobody may change the number of rows.
        source: the list of the standard that the rows come from.
        editable: the field that holds a row's name where people may rename it.
        totals: fields and figures summed up in a closing row.
        growth_row: whether a row follows with the change of each total on the one before.
        chart: title of the chart beside the table, if there is one: rows as series over the columns with a year.
    """

    hint: Text | None = None
    row_label: Text | None = None
    exactly: bool = False
    source: str = ""
    editable: str | None = None
    totals: tuple[str, ...] = ()
    growth_row: bool = False
    chart: Text | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The table itself."""
        return (self,)

    @property
    def free(self) -> bool:
        """Whether the rows are the KAM's own (neither named nor per entry of a list)."""
        return not self.rows

    @property
    def grown(self) -> tuple[str, ...]:
        """The totals of which a row shows the change on the total before."""
        return self.totals[1:] if self.growth_row else ()

    @property
    def prints_names(self) -> bool:
        """Whether the names of the rows are printed, not entered."""
        return not self.free and self.editable is None

    @property
    def takes_rows(self) -> bool:
        """Whether a row that people insert is read as one of the table's."""
        return not self.prints_names

    @property
    def longest_name(self) -> int:
        """Characters of the longest row name, in either language."""
        labels = [row.label for row in self.rows]
        texts = [text for label in labels for text in (label.de, label.en)]
        return max(map(len, texts), default=0)

    def name_key(self, index: int) -> str:
        """What tells a named row apart from the others."""
        return self.rows[index].key if self.rows else ""

    @property
    def grows(self) -> bool:
        """Whether the table may have more rows than its declaration says."""
        return self.free and not self.exactly

    @property
    def owing(self) -> Owing:
        """When a row owes its required fields."""
        if self.owed_when:
            return Owing.WHEN
        return Owing.USED if self.free else Owing.ALWAYS

    def needed_rows(self, document: Record) -> dict[str, int]:
        """How many rows the document has in this table, where they are people's own."""
        return {self.pattern: len(rows_at(document, self.pattern))} if self.free else {}


@dataclass(frozen=True, kw_only=True)
class SideSpec(Part):
    """One side of a matrix: a row for each person."""


@dataclass(frozen=True, kw_only=True)
class MatrixSpec:
    """Who meets whom: the account's people across, our own down, and what each two have to do with each other.

    Each of the account's people covers columns of the sheet, each of our own rows; `crossings` are the fields
    where they meet (topics, actual, planned).
    """

    pattern: Pattern
    heading: Text | None
    people: SideSpec
    team: SideSpec
    crossings: Part
    hint: Text | None = None

    @property
    def key(self) -> str:
        """The matrix within its sheet."""
        return self.pattern.partition(".")[2]

    @cached_property
    def sheet(self) -> str:
        """Key of the sheet."""
        return self.pattern.sheet

    @property
    def sides(self) -> tuple[SideSpec, SideSpec]:
        """The people of both sides."""
        return self.people, self.team

    @property
    def parts(self) -> tuple[Part, ...]:
        """Both sides, then what stands between them."""
        return (*self.sides, self.crossings)

    @property
    def numbers(self) -> tuple[FieldSpec, ...]:
        """The fields of a crossing that stand side by side."""
        return tuple(f for f in self.crossings.fields if f.kind not in _WORDS)

    @property
    def texts(self) -> tuple[FieldSpec, ...]:
        """The fields of a crossing that stand below its numbers."""
        return tuple(f for f in self.crossings.fields if f.kind in _WORDS)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The fields and figures of all parts."""
        columns = (part.columns for part in self.parts)
        return tuple(chain.from_iterable(columns))

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The input fields of all parts."""
        return tuple(c for c in self.columns if isinstance(c, FieldSpec))

    @cached_property
    def figures(self) -> tuple[FigureSpec, ...]:
        """The figures of all parts."""
        return tuple(c for c in self.columns if isinstance(c, FigureSpec))

    def needed_rows(self, document: Record) -> dict[str, int]:
        """How many people of each side the document knows, named or met."""
        across, down, met = (rows_at(document, part.pattern) for part in self.parts)
        meetings: list[Any] = [*met]
        widest = max(map(len, meetings), default=0)
        return {
            self.people.pattern: max(len(across), widest),
            self.team.pattern: max(len(down), len(met)),
        }


Section = FormSpec | TableSpec | MatrixSpec


_WORDS = (Kind.TEXT, Kind.NOTE)
_DEFAULT_WIDTH = {
    Kind.TEXT: Width.LARGE,
    Kind.NOTE: Width.HUGE,
    Kind.MONEY: Width.MEDIUM,
    Kind.NUMBER: Width.SMALL,
    Kind.INTEGER: Width.SMALL,
    Kind.PERCENT: Width.SMALL,
    Kind.DATE: Width.SMALL,
    Kind.CHOICE: Width.MEDIUM,
    Kind.SCORE: Width.SMALL,
    Kind.IMPORTANCE: Width.SMALL,
    Kind.SIGN: Width.MEDIUM,
    Kind.PERSON: Width.MEDIUM,
    Kind.CONTACT: Width.MEDIUM,
    Kind.COMPETITOR: Width.MEDIUM,
    Kind.GOAL: Width.LARGE,
    Kind.PRODUCT_GROUP: Width.MEDIUM,
}
