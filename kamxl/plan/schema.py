"""From the declared plan to the frozen specification that everything else reads.

`compile_plan(AccountPlan, settings)` walks the pydantic models once and returns a `PlanSpec`: sheets, their
sections (form, table, contact matrix), fields and figures, for one profile and one company's settings, in
both languages. Layout, drawing, reading, checks, portfolio and the data dictionary know the plan only
through it. For example ``spec.field("opportunities.open[].probability")`` is a `FieldSpec` of kind percent
with ``low == 0`` and ``high == 1``.

A *pattern* names a field in every row (``opportunities.open[].value``); a *path* names one entry
(``opportunities.open[3].value``).
"""

from __future__ import annotations

import datetime as dt
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from annotated_types import Interval, Len

from kamxl.errors import SpecError
from kamxl.plan.vocabulary import (
    Choice,
    Computed,
    FixedRows,
    Form,
    Item,
    Kind,
    Profile,
    Record,
    RowsPer,
    Sensitivity,
    Sheet,
    Sign,
    TableRow,
    Text,
    Width,
)

if TYPE_CHECKING:
    from kamxl.plan.settings import Settings

__all__ = [
    "FieldSpec", "FigureSpec", "Option", "PlanSpec", "RowSpec", "SectionKind", "SectionSpec", "SheetSpec",
    "compile_plan", "pattern_of",
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
        return _compiled, (self.plan, type(self.settings), self.settings.model_dump_json(exclude_unset=True))

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
    def sheet_of(self) -> dict[str, SheetSpec]:
        """The sheet of each field and figure, by pattern."""
        return {pattern: self.sheet(pattern.split(".", 1)[0]) for pattern in (*self.fields, *self.figures)}


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


def compile_plan(plan: type[Record], settings: Settings) -> PlanSpec:
    """The specification of `plan` (a model whose fields are `Sheet` models) under `settings`.

    Raises:
        SpecError: a declaration that contradicts itself, e.g. a field without an `Item`.
    """
    sheets = []
    for key, hint in _hints(plan).items():
        if not (isinstance(hint, type) and issubclass(hint, Sheet)):
            raise SpecError(f"{plan.__name__}.{key}: a plan consists of sheets, not of {hint!r}")
        sheet = _compile_sheet(key, hint, settings)
        if sheet.sections or sheet.figures:
            sheets.append(sheet)
    return PlanSpec(tuple(sheets), settings, plan)


@lru_cache(maxsize=32)
def _compiled(plan: type[Record], settings: type[Settings], given: str) -> PlanSpec:
    return compile_plan(plan, settings.model_validate_json(given))


def _hints(model: type[Record]) -> dict[str, Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    return {key: hints[key] for key in model.model_fields}


def _included(profile: Profile, settings: Settings) -> bool:
    return profile is Profile.COMPACT or settings.profile is Profile.FULL


def _compile_sheet(key: str, model: type[Sheet], settings: Settings) -> SheetSpec:
    """Plain fields that follow each other become one form under the sheet's key; the rest are sections."""
    sections: list[SectionSpec] = []
    matrix: dict[str, type[Record]] = {}
    plain: dict[str, Any] = {}
    hints = _hints(model)
    for name, hint in hints.items():
        inner = _row_model(hint)
        if inner is not None and issubclass(inner, TableRow):
            if _included(inner.profile, settings):
                sections.append(_compile_table(f"{key}.{name}", name, inner, settings))
        elif inner is not None:
            matrix[name] = inner
        elif isinstance(hint, type) and issubclass(hint, Form):
            if _included(hint.profile, settings):
                columns = _columns(f"{key}.{name}", hint, settings)
                sections.append(
                    SectionSpec(name, f"{key}.{name}", SectionKind.FORM, hint.heading, hint.hint, columns)
                )
        else:
            plain[name] = hint
            if not any(section.key == "" for section in sections):
                sections.append(SectionSpec("", key, SectionKind.FORM, None, None, ()))
    if matrix:
        sections.append(_compile_matrix(key, matrix, model, settings))
    sections = [_with_plain(s, model, key, plain, settings) if s.key == "" else s for s in sections]
    figures = tuple(
        FigureSpec(name, f"{key}.{name}", computed)
        for name, computed in _computed(model)
        if _included(computed.profile, settings)
    )
    return SheetSpec(
        key, model.number, model.title, model.guidance, tuple(s for s in sections if s.columns), figures
    )


def _with_plain(
    section: SectionSpec, model: type[Sheet], key: str, plain: dict[str, Any], settings: Settings
) -> SectionSpec:
    """The sheet's own form, once all its plain fields are known; `form_heading` may name it."""
    fields = tuple(
        compiled
        for name, hint in plain.items()
        if (compiled := _compile_field(f"{key}.{name}", name, hint, settings)) is not None
    )
    return SectionSpec(section.key, section.pattern, section.kind, model.form_heading, None, fields)


def _row_model(hint: Any) -> type[Record] | None:
    """The row class of ``list[Row]`` or ``list[list[Row]]``."""
    while get_origin(hint) is list:
        hint = get_args(hint)[0]
        if isinstance(hint, type) and issubclass(hint, Record):
            return hint
    return None


def _computed(model: type[Record]) -> list[tuple[str, Computed]]:
    found: dict[str, Computed] = {}
    for base in reversed(model.__mro__):
        found.update((name, value) for name, value in vars(base).items() if isinstance(value, Computed))
    return list(found.items())


def _columns(pattern: str, model: type[Record], settings: Settings) -> tuple[FieldSpec | FigureSpec, ...]:
    """Fields of `model` in their order, each figure behind the field its `after` names (else last)."""
    columns: list[FieldSpec | FigureSpec] = []
    for name, hint in _hints(model).items():
        compiled = _compile_field(f"{pattern}.{name}", name, hint, settings)
        if compiled is not None:
            columns.append(compiled)
    for name, computed in _computed(model):
        if not _included(computed.profile, settings):
            continue
        figure = FigureSpec(name, f"{pattern}.{name}", computed)
        if (
            computed.after is not None
            and computed.after not in model.model_fields
            and not any(c.key == computed.after for c in columns)
        ):
            raise SpecError(f"{figure.pattern}: stands after {computed.after!r}, which does not exist")
        place = next((i + 1 for i, c in enumerate(columns) if c.key == computed.after), len(columns))
        columns.insert(place, figure)
    return tuple(columns)


def _compile_table(pattern: str, name: str, model: type[TableRow], settings: Settings) -> SectionSpec:
    declared = model.rows
    rows: tuple[RowSpec, ...] = ()
    starts: tuple[RowSpec, ...] = ()
    count, minimum, exactly, source, editable = 0, 0, False, "", None
    if isinstance(declared, FixedRows):
        rows = tuple(RowSpec(key, label) for key, label in declared.labels.items())
        count = len(rows)
    elif isinstance(declared, RowsPer):
        rows = settings.rows_of(declared.source)
        count, source, editable = len(rows), declared.source, declared.editable
    else:
        exactly = declared.exactly
        count = declared.count if exactly else settings.rows.get(pattern, declared.count)
        count = max(count, len(declared.starts))
        minimum = settings.minimum_rows.get(pattern, declared.minimum)
        starts = tuple(RowSpec(k, text, {declared.starts_in: text}) for k, text in declared.starts.items())
        if starts and declared.starts_in not in model.model_fields:
            raise SpecError(f"{pattern}: rows start in {declared.starts_in!r}, which is no field")
    columns = _columns(f"{pattern}[]", model, settings)
    for total in model.totals:
        if all(c.key != total for c in columns) and total not in model.model_fields:
            raise SpecError(f"{pattern}: the total of {total!r} has no column")
    totals = tuple(t for t in model.totals if any(c.key == t for c in columns))
    return SectionSpec(
        key=name, pattern=pattern, kind=SectionKind.TABLE, heading=model.heading, hint=model.hint,
        columns=columns, rows=rows, starts=starts, row_label=model.row_label, count=count, minimum=minimum,
        exactly=exactly, source=source, editable=editable, totals=totals, growth_row=model.growth_row,
        chart=model.chart,
    )  # fmt: skip


def _compile_matrix(
    key: str, parts: dict[str, type[Record]], model: type[Sheet], settings: Settings
) -> SectionSpec:
    """The contact matrix: lists named ``people`` and ``team`` and the list of lists ``matrix``."""
    if set(parts) != {"people", "team", "matrix"}:
        raise SpecError(f"{key}: a matrix needs the lists people, team and matrix, not {sorted(parts)}")
    return SectionSpec(
        key="matrix", pattern=f"{key}.matrix", kind=SectionKind.MATRIX,
        heading=model.matrix_heading, hint=None,
        columns=_columns(f"{key}.matrix[][]", parts["matrix"], settings),
        people=_columns(f"{key}.people[]", parts["people"], settings),
        team=_columns(f"{key}.team[]", parts["team"], settings),
        people_count=settings.rows.get(f"{key}.people", 10),
        team_count=max(settings.rows.get(f"{key}.team", 8), len(settings.team)),
        minimum=settings.minimum_rows.get(f"{key}.people", 1),
    )  # fmt: skip


def _compile_field(pattern: str, name: str, hint: Any, settings: Settings) -> FieldSpec | None:
    """One field, or `None` where profile or settings leave it out."""
    base, metadata = _unwrap(pattern, hint)
    items = [m for m in metadata if isinstance(m, Item)]
    if len(items) != 1:
        raise SpecError(f"{pattern}: needs one Item, outside the union: Annotated[X | None, Item(...)]")
    item = items[0]
    if not _included(item.profile, settings) or (item.setting and not getattr(settings, item.setting)):
        return None
    interval = next((m for m in metadata if isinstance(m, Interval)), None)
    length = next((m.max_length for m in metadata if isinstance(m, Len)), None)
    kind = next((m for m in metadata if isinstance(m, Kind)), None)
    options: tuple[Option, ...] = ()
    options_key = ""
    if isinstance(base, type) and issubclass(base, Choice):
        kind = Kind.SIGN if base is Sign else Kind.CHOICE
        options_key = base.__name__
        options = tuple(Option(str(member.value), member.label) for member in base)
        if any(isinstance(m, Len) for m in metadata):
            options += settings.added_options(options_key)
    if kind is None:
        raise SpecError(f"{pattern}: has no kind; use one of the types of kamxl.plan.vocabulary")
    return FieldSpec(
        key=name, pattern=pattern, kind=kind, item=item, label=_label(item, settings), options=options,
        options_key=options_key,
        low=typing.cast("float | dt.date | None", interval.ge if interval else None),
        high=typing.cast("float | dt.date | None", interval.le if interval else None),
        max_length=length,
    )  # fmt: skip


def _label(item: Item, settings: Settings) -> Text:
    if item.year_offset is None:
        return item.label
    year = str(settings.year + item.year_offset)
    return Text(de=item.label.de.replace("{year}", year), en=item.label.en.replace("{year}", year))


def _unwrap(pattern: str, hint: Any) -> tuple[Any, list[Any]]:
    """The value type of ``Annotated[X | Y | None, Item]`` and all metadata, of the alternatives too.

    An `Item` inside the union would be dropped without a word by pydantic, so it is refused here.
    """
    outer: list[Any] = []
    if get_origin(hint) is Annotated:
        hint, *outer = get_args(hint)
    alternatives = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    base: Any = None
    metadata = list(outer)
    for alternative in alternatives:
        if get_origin(alternative) is Annotated:
            alternative, *inner = get_args(alternative)
            if any(isinstance(m, Item) for m in inner):
                raise SpecError(f"{pattern}: the Item is inside the union; write Annotated[X | None, Item()]")
            metadata += inner
        if alternative is not type(None) and base is None:
            base = alternative
    return base, metadata
