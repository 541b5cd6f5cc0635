"""From the declared document to its specification.

`compile_document(AccountPlan, settings)` walks the pydantic models once. What a declaration leaves out for the profile
or the standard is not in the result; a declaration that contradicts itself is a `SpecError` here, before any workbook
is drawn.
"""

from __future__ import annotations

import copyreg
import datetime as dt
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Annotated, Any, TypeGuard, TypeVar, Union, get_args, get_origin

from annotated_types import Interval, Len

from kamxl.document.paths import Pattern
from kamxl.document.schema import (
    Column,
    FieldSpec,
    FigureSpec,
    FormSpec,
    MatrixSpec,
    Part,
    Section,
    SideSpec,
    TableSpec,
)
from kamxl.document.spec import DocumentSpec, SheetSpec
from kamxl.document.standard import Option, RowSpec, Standard
from kamxl.document.vocabulary import (
    Choice,
    Computed,
    Document,
    FixedRows,
    Form,
    FreeRows,
    Item,
    Kind,
    Person,
    Profile,
    Record,
    RowsPer,
    Sheet,
    Sign,
    TableRow,
)
from kamxl.errors import SpecError
from kamxl.texts import Text

_S = TypeVar("_S", bound=Standard)
_Class = TypeVar("_Class")
_Limit = float | dt.date | None


def compile_document(model: type[Document], settings: _S) -> DocumentSpec[_S]:
    """The specification of `model` (whose fields are `Sheet` models) under `settings`.

    Raises:
        SpecError: a declaration that contradicts itself, e.g. a field without an `Item`.
    """
    sheets = []
    for key, hint in _hints(model).items():
        if not _is_a(hint, Sheet):
            raise SpecError(
                f"{model.__name__}.{key}: a document consists of sheets, not of {hint!r}"
            )
        sheet = _SheetCompiler(key, hint, settings).sheet()
        if sheet.sections or sheet.figures:
            sheets.append(sheet)
    spec = DocumentSpec(tuple(sheets), settings, model)
    _check_repeated(spec)
    return spec


def _check_repeated(spec: DocumentSpec[Any]) -> None:
    """Every figure that repeats another one repeats one that there is."""
    there = {*spec.figures, *spec.closing}
    for figure in spec.figures.values():
        repeated = figure.computed.same_as
        if repeated and repeated not in there:
            raise SpecError(
                f"{figure.pattern}: the same as {repeated!r}, which does not exist"
            )


@lru_cache(maxsize=32)
def _compiled_again(
    model: type[Document], settings: type[Any], given: str
) -> DocumentSpec[Any]:
    return compile_document(model, settings.model_validate_json(given))


def _as_declared(spec: DocumentSpec[Any]) -> tuple[Any, ...]:
    """What a specification was compiled from.

    Thousands of plans come back from other processes under the same few specifications, 100 kB each: they travel as
    this, and there is one of each again where they arrive.
    """
    given = spec.settings.model_dump_json(exclude_unset=True)
    return _compiled_again, (spec.model, type(spec.settings), given)


copyreg.pickle(DocumentSpec, _as_declared)


def _hints(model: type[Record]) -> dict[str, Any]:
    hints = typing.get_type_hints(model, include_extras=True)
    return {key: hints[key] for key in model.model_fields}


def _list_depth(hint: Any) -> tuple[int, Any]:
    """How many lists lie around a type, and the type: ``list[list[Meeting]]`` is two around `Meeting`."""
    depth = 0
    while get_origin(hint) is list:
        depth, hint = depth + 1, get_args(hint)[0]
    return depth, hint


@dataclass(frozen=True, slots=True)
class _SheetCompiler:
    """One sheet being compiled."""

    key: str
    model: type[Sheet]
    settings: Standard

    def sheet(self) -> SheetSpec:
        """Plain fields become one form under the sheet's key, lists tables; lists of people and of lists a matrix."""
        model, sections = self.model, tuple(s for s in self._sections() if s.columns)
        figures = tuple(self._figures(self.key, model))
        return SheetSpec(
            self.key, model.number, model.title, model.guidance, sections, figures
        )

    def _sections(self) -> Iterator[Section]:
        hints = _hints(self.model)
        lists = {name: _list_depth(hint) for name, hint in hints.items()}
        own = self._own_form(hints)
        for name, (depth, model) in lists.items():
            if depth == 1 and not _is_a(model, Person):
                yield from self._table(name, model)
            elif _is_a(model, Form):
                yield from self._form(name, model)
            elif depth == 0:
                yield from own
        crossings = [name for name, (depth, _) in lists.items() if depth == 2]
        for crossing in crossings[:1]:
            yield self._matrix(crossing, lists)

    def _own_form(self, hints: dict[str, Any]) -> Iterator[FormSpec]:
        """The sheet's own fields; `form_heading` may name them."""
        plain = {name: hint for name, hint in hints.items() if not _is_section(hint)}
        yield FormSpec(
            pattern=Pattern(self.key),
            columns=tuple(self._fields(self.key, plain)),
            heading=self.model.form_heading,
        )

    def _form(self, name: str, model: type[Form]) -> Iterator[FormSpec]:
        if self._included(model.profile):
            pattern = Pattern(f"{self.key}.{name}")
            yield FormSpec(
                pattern=pattern,
                columns=self._columns(pattern, model),
                heading=model.heading,
                hint=model.hint,
            )

    def _table(self, name: str, model: type[TableRow]) -> Iterator[TableSpec]:
        if not self._included(model.profile):
            return
        pattern = Pattern(f"{self.key}.{name}")
        columns = self._columns(f"{pattern}[]", model)
        if isinstance(model.rows, FreeRows):
            rows = self._free_rows(pattern, model, model.rows)
        else:
            rows = self._named_rows(model.rows)
        yield TableSpec(
            pattern=pattern,
            columns=columns,
            heading=model.heading,
            hint=model.hint,
            row_label=model.row_label,
            owed_when=_known(pattern, model, columns, model.owed_when),
            totals=_known(pattern, model, columns, model.totals),
            growth_row=model.growth_row,
            chart=model.chart,
            **rows,
        )

    def _named_rows(self, declared: FixedRows | RowsPer) -> dict[str, Any]:
        if isinstance(declared, FixedRows):
            labels = declared.labels.items()
            rows = tuple(RowSpec(key, label) for key, label in labels)
            return {"rows": rows, "count": len(rows)}
        rows = self.settings.rows_of(declared.source)
        return {
            "rows": rows,
            "count": len(rows),
            "source": declared.source,
            "editable": declared.editable,
        }

    def _free_rows(
        self, pattern: str, model: type[TableRow], declared: FreeRows
    ) -> dict[str, Any]:
        if declared.starts and declared.starts_in not in model.model_fields:
            raise SpecError(
                f"{pattern}: rows start in {declared.starts_in!r}, which is no field"
            )
        starts = tuple(
            RowSpec(key, text, {declared.starts_in: text})
            for key, text in declared.starts.items()
        )
        drawn = {"count": declared.count}
        if not declared.exactly:
            drawn = self._drawn(pattern, declared, len(starts))
        return {
            **drawn,
            "minimum": self.settings.minimum_rows.get(pattern, declared.minimum),
            "exactly": declared.exactly,
            "starts": starts,
        }

    def _drawn(self, pattern: str, declared: FreeRows, least: int) -> dict[str, int]:
        """How many rows are drawn and how many of them folded away, with at least `least` to be seen."""
        shown = self.settings.rows.get(pattern, declared.shown or declared.count)
        shown = max(shown, least)
        count = max(shown, declared.count) if self.settings.spare_rows else shown
        return {"count": count, "spare": count - shown}

    def _matrix(self, crossing: str, lists: dict[str, tuple[int, Any]]) -> MatrixSpec:
        """The people of both sides, and the list of lists between them."""
        sides = [name for name, (_, model) in lists.items() if _is_a(model, Person)]
        if len(sides) != 2:
            raise SpecError(
                f"{self.key}: a matrix needs two lists of people, not {sides}"
            )
        team = len(self.settings.people)
        across, down = (
            self._side(name, lists[name][1], least)
            for name, least in zip(sides, (1, team), strict=True)
        )
        pattern, heading = Pattern(f"{self.key}.{crossing}"), self.model.matrix_heading
        columns = self._columns(f"{pattern}[][]", lists[crossing][1])
        return MatrixSpec(
            pattern=pattern,
            heading=heading,
            people=SideSpec(**across),
            team=SideSpec(**down),
            crossings=Part(pattern=pattern, columns=columns, heading=heading),
        )

    def _side(self, name: str, model: type[Person], least: int) -> dict[str, Any]:
        pattern = Pattern(f"{self.key}.{name}")
        return {
            "pattern": pattern,
            "columns": self._columns(f"{pattern}[]", model),
            "heading": model.heading,
            **self._drawn(pattern, model.rows, least),
            "minimum": self.settings.minimum_rows.get(pattern, model.rows.minimum),
        }

    def _columns(self, pattern: str, model: type[Record]) -> tuple[Column, ...]:
        """Fields of `model` in their order, each figure behind the field its `after` names (else last)."""
        columns: list[Column] = list(self._fields(pattern, _hints(model)))
        for figure in self._figures(pattern, model):
            columns.insert(_place_of(figure, model, columns), figure)
        return tuple(columns)

    def _figures(self, pattern: str, model: type[Record]) -> Iterator[FigureSpec]:
        for name, computed in _computed(model).items():
            if self._included(computed.profile):
                yield self._figure(f"{pattern}.{name}", name, computed)

    def _figure(self, pattern: str, name: str, computed: Computed) -> FigureSpec:
        own = {computed.value is not None, computed.formula is not None}
        if own != {computed.same_as is None}:
            raise SpecError(
                f"{pattern}: a figure has a value and a formula, or it is the same as another one"
            )
        codes = computed.options(self.settings) if computed.options else ()
        options = tuple(Option(code, label) for code, label in codes)
        return FigureSpec(name, Pattern(pattern), computed, options)

    def _fields(self, pattern: str, hints: dict[str, Any]) -> Iterator[FieldSpec]:
        for name, hint in hints.items():
            declared = _Declared.of(f"{pattern}.{name}", hint)
            if self._exists(declared.item):
                yield self._field(name, declared)

    def _exists(self, item: Item) -> bool:
        """Whether profile and standard leave a field in."""
        switched_on = item.setting is None or bool(getattr(self.settings, item.setting))
        return switched_on and self._included(item.profile)

    def _included(self, profile: Profile) -> bool:
        return profile is Profile.COMPACT or self.settings.profile is Profile.FULL

    def _field(self, name: str, declared: _Declared) -> FieldSpec:
        options, options_key = self._options(declared)
        low, high = declared.limits
        return FieldSpec(
            key=name,
            pattern=Pattern(declared.pattern),
            kind=declared.kind,
            item=declared.item,
            label=self._label(declared.item),
            options=options,
            options_key=options_key,
            low=low,
            high=high,
            max_length=declared.max_length,
        )

    def _options(self, declared: _Declared) -> tuple[tuple[Option, ...], str]:
        """The values of a list, with those that the company adds where the declaration allows any."""
        choice = declared.choice
        if choice is None:
            return (), ""
        options = tuple(Option(str(member.value), member.label) for member in choice)
        if declared.max_length is not None:
            options += self.settings.added_options(choice.__name__)
        return options, choice.__name__

    def _label(self, item: Item) -> Text:
        if item.year_offset is None:
            return item.label
        return item.label.format(year=self.settings.year + item.year_offset)


def _is_section(hint: Any) -> bool:
    """Whether an attribute of a sheet is a table, a form of its own or a part of the matrix."""
    return _is_a(hint, Form) or get_origin(hint) is list


def _is_a(hint: Any, base: type[_Class]) -> TypeGuard[type[_Class]]:
    return isinstance(hint, type) and issubclass(hint, base)


def _computed(model: type[Record]) -> dict[str, Computed]:
    """The figures of a model and of those it is made from, in the order of their declaration."""
    found: dict[str, Computed] = {}
    for base in reversed(model.__mro__):
        declared = vars(base).items()
        found |= {key: value for key, value in declared if isinstance(value, Computed)}
    return found


def _place_of(figure: FigureSpec, model: type[Record], columns: list[Column]) -> int:
    """Where a figure stands among the columns; behind a field that the profile leaves out it stands last."""
    after, keys = figure.computed.after, [column.key for column in columns]
    if after in keys:
        return keys.index(after) + 1
    if after is not None and after not in model.model_fields:
        raise SpecError(
            f"{figure.pattern}: stands after {after!r}, which does not exist"
        )
    return len(columns)


def _known(
    pattern: str,
    model: type[TableRow],
    columns: tuple[Column, ...],
    keys: tuple[str, ...],
) -> tuple[str, ...]:
    """Those of the columns named by a table that the profile has. Raises `SpecError` for one that never exists."""
    ever = {*model.model_fields, *_computed(model)}
    unknown = next((key for key in keys if key not in ever), None)
    if unknown is not None:
        raise SpecError(f"{pattern}: {unknown!r} has no column")
    present = {column.key for column in columns}
    return tuple(key for key in keys if key in present)


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a field's annotation says: ``Annotated[X | Y | None, Item(…)]``."""

    pattern: str
    base: Any
    metadata: tuple[Any, ...]
    item: Item

    @classmethod
    def of(cls, pattern: str, hint: Any) -> _Declared:
        """Take an annotation apart.

        An `Item` inside the union would be dropped without a word by pydantic, so it is refused here.
        """
        base, outer = _annotated(hint)
        is_union = get_origin(base) in (Union, types.UnionType)
        alternatives = get_args(base) if is_union else (base,)
        bases, metadata = zip(*map(_annotated, alternatives), strict=True)
        inner = [*chain.from_iterable(metadata)]
        if Item in map(type, inner):
            raise SpecError(
                f"{pattern}: the Item is inside the union; write Annotated[X | None, Item()]"
            )
        items = [m for m in outer if isinstance(m, Item)]
        if len(items) != 1:
            raise SpecError(
                f"{pattern}: needs one Item, outside the union: Annotated[X | None, Item(...)]"
            )
        real = (bare for bare in bases if bare is not types.NoneType)
        return cls(pattern, next(real, None), (*outer, *inner), items[0])

    @property
    def choice(self) -> type[Choice] | None:
        """The list of values, if the field has one."""
        return self.base if _is_a(self.base, Choice) else None

    @property
    def kind(self) -> Kind:
        """What sort of value the field holds. Raises `SpecError` where nothing says so."""
        if self.choice is not None:
            return Kind.SIGN if self.choice is Sign else Kind.CHOICE
        kind = self._first(Kind)
        if kind is None:
            raise SpecError(
                f"{self.pattern}: has no kind; use one of the types of kamxl.document.vocabulary"
            )
        return kind

    @property
    def limits(self) -> tuple[_Limit, _Limit]:
        """The lowest and the highest value."""
        interval = self._first(Interval) or Interval()
        low, high = interval.ge, interval.le
        return typing.cast("_Limit", low), typing.cast("_Limit", high)

    @property
    def max_length(self) -> int | None:
        """How long a text may be."""
        length = self._first(Len)
        return length.max_length if length else None

    def _first(self, sort: type[_Class]) -> _Class | None:
        return next((m for m in self.metadata if isinstance(m, sort)), None)


def _annotated(hint: Any) -> tuple[Any, list[Any]]:
    """The type within ``Annotated`` and the metadata beside it."""
    if get_origin(hint) is not Annotated:
        return hint, []
    bare, *metadata = get_args(hint)
    return bare, metadata
