"""The frozen specification of the plan, which everything else reads.

A `PlanSpec` holds sheets, their sections (form, table, contact matrix), fields and figures, for one profile and
one company's settings, in both languages. `kamxl.document.compiling` makes it from the declared models; layout,
drawing, reading, checks, portfolio and the data dictionary know the plan only through it. For example
``spec.field("opportunities.open[].probability")`` is a `FieldSpec` of kind percent with ``low == 0`` and
``high == 1``.

A *pattern* names a field in every row (``opportunities.open[].value``); a *path* names one entry
(``opportunities.open[3].value``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from kamxl.document.vocabulary import Computed, Item, Kind, Record, Sensitivity, Width
from kamxl.texts import Text

if TYPE_CHECKING:
    from kamxl.plan.settings.model import Settings

__all__ = [
    "FieldSpec", "FigureSpec", "Option", "PlanSpec", "RowSpec", "SectionKind", "SectionSpec", "SheetSpec",
    "pattern_of",
]  # fmt: skip

# Version of the workbook template: goes up when a field moves to another path or changes its meaning.
TEMPLATE_VERSION = 1

_INDEX = re.compile(r"\[\d+\]")


@lru_cache(maxsize=1 << 15)  # all plans have the same paths, some 1,600 of them
def pattern_of(path: str) -> str:
    """The pattern of a path: ``opportunities.open[3].value`` → ``opportunities.open[].value``."""
    return _INDEX.sub("[]", path)


class SectionKind(StrEnum):
    """How a section is laid out."""

    FORM = "form"
    TABLE = "table"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a list: the stored code and what the dropdown shows."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One input field (in a table: one column)."""

    key: str
    pattern: str
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

    def printed(self, language: str) -> str:
        """The label as the workbook prints it, with the unit behind it."""
        label, unit = self.label[language], self.item.unit
        return f"{label} ({unit[language]})" if unit else label


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """One computed figure (in a table: one computed column)."""

    key: str
    pattern: str
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


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row that the plan or the settings name; `defaults` are the entries it starts with, by field key."""

    key: str
    label: Text
    defaults: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A form, a table or the contact matrix.

    `columns` are fields and figures in printed order. In a table `rows` are the named rows (empty for free
    rows), `count` the rows drawn, `minimum` the rows required, `source` the settings' list the rows come
    from; `starts` are the first of the free rows where these carry an entry from the beginning.
    In the matrix `columns` belong to one crossing (topics, actual, planned), `people` to the account's
    people (one column of the sheet each), `team` to our own people (one row each).
    """

    key: str
    pattern: str
    kind: SectionKind
    heading: Text | None
    hint: Text | None
    columns: tuple[FieldSpec | FigureSpec, ...]
    rows: tuple[RowSpec, ...] = ()
    starts: tuple[RowSpec, ...] = ()
    row_label: Text | None = None
    count: int = 0
    minimum: int = 0
    exactly: bool = False
    source: str = ""
    editable: str | None = None
    totals: tuple[str, ...] = ()
    growth_row: bool = False
    chart: bool = False
    people: tuple[FieldSpec | FigureSpec, ...] = ()
    team: tuple[FieldSpec | FigureSpec, ...] = ()
    people_count: int = 0
    team_count: int = 0

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The input fields among the columns."""
        return tuple(c for c in self.columns if isinstance(c, FieldSpec))

    @property
    def figures(self) -> tuple[FigureSpec, ...]:
        """The computed columns."""
        return tuple(c for c in self.columns if isinstance(c, FigureSpec))

    @property
    def required(self) -> tuple[FieldSpec, ...]:
        """The fields that a form, or a row with any entry, must have."""
        return tuple(f for f in self.fields if f.required)

    @property
    def grown(self) -> tuple[str, ...]:
        """The totals of which a row shows the change on the total before."""
        return self.totals[1:] if self.growth_row else ()

    @property
    def free(self) -> bool:
        """Whether the table's rows are the KAM's own (neither named nor per product group)."""
        return self.kind is SectionKind.TABLE and not self.rows

    def __getitem__(self, key: str) -> FieldSpec | FigureSpec:
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: its sections in printed order and the figures that stand for the whole sheet."""

    key: str
    number: int | None
    title: Text
    guidance: Text
    sections: tuple[SectionSpec, ...]
    figures: tuple[FigureSpec, ...]

    def name(self, language: str) -> str:
        """The sheet's tab: ``5 Offene Projekte``."""
        title = self.title[language]
        return title if self.number is None else f"{self.number} {title}"

    def section(self, key: str) -> SectionSpec:
        """The section of this key. Raises `KeyError`."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


@dataclass(frozen=True)
class PlanSpec:
    """The whole plan for one profile and one company's settings."""

    sheets: tuple[SheetSpec, ...]
    settings: Settings
    plan: type[Record]
    version: int = TEMPLATE_VERSION

    def __reduce__(self) -> tuple[Any, ...]:
        # Thousands of plans come back from other processes under the same few specifications, 100 kB each: they
        # travel as what they were compiled from, and there is one of each again where they arrive.
        from kamxl.document.compiling import compiled_again  # noqa: PLC0415 - it makes this class

        return compiled_again, (
            self.plan,
            type(self.settings),
            self.settings.model_dump_json(exclude_unset=True),
        )

    def sheet(self, key: str) -> SheetSpec:
        """The sheet of this key. Raises `KeyError`."""
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)

    def sections(self) -> Iterator[tuple[SheetSpec, SectionSpec]]:
        """All sections with their sheets, in printed order."""
        for sheet in self.sheets:
            for section in sheet.sections:
                yield sheet, section

    def find(self, pattern: str) -> SectionSpec | None:
        """The section under a pattern such as ``opportunities.open``, or `None`."""
        return self._sections.get(pattern)

    def field(self, path: str) -> FieldSpec:
        """The field of a path or pattern. Raises `KeyError` where the profile has no such field."""
        return self.fields[pattern_of(path)]

    @cached_property
    def _sections(self) -> dict[str, SectionSpec]:
        return {section.pattern: section for _, section in self.sections()}

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """Every input field by its pattern, in plan order."""
        found: dict[str, FieldSpec] = {}
        for _, section in self.sections():
            for column in (*section.people, *section.team, *section.columns):
                if isinstance(column, FieldSpec):
                    found[column.pattern] = column
        return found

    @cached_property
    def figures(self) -> dict[str, FigureSpec]:
        """Every computed figure by its pattern, in plan order."""
        found: dict[str, FigureSpec] = {}
        for sheet in self.sheets:
            for section in sheet.sections:
                for column in (*section.people, *section.team, *section.columns):
                    if isinstance(column, FigureSpec):
                        found[column.pattern] = column
            found.update((figure.pattern, figure) for figure in sheet.figures)
        return found

    @cached_property
    def closing(self) -> dict[str, tuple[SectionSpec, str, str]]:
        """Every figure below a table by its path: the table, ``total`` or ``growth``, the column."""
        return {
            f"{section.pattern}.{row}.{key}": (section, row, key)
            for _, section in self.sections()
            for row, keys in (("total", section.totals), ("growth", section.grown))
            for key in keys
        }

    def options_of(self, path: str) -> tuple[Option, ...]:
        """All codes that a figure may have, with their labels; empty where its value is printed as it is."""
        figure = self.figures.get(pattern_of(path))
        if figure is None:
            return ()
        repeated = figure.computed.same_as
        return self.options_of(repeated) if repeated else figure.options

    @cached_property
    def sheet_of(self) -> dict[str, SheetSpec]:
        """The sheet of each field and figure, by pattern."""
        return {
            pattern: self.sheet(pattern.split(".", 1)[0])
            for pattern in (*self.fields, *self.figures)
        }


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
