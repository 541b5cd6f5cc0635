"""From the declared plan to its specification.

`compile_plan(AccountPlan, settings)` walks the pydantic models once. What a declaration leaves out for the profile or
the settings is not in the result; a declaration that contradicts itself is a `SpecError` here, before any workbook
is drawn.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from annotated_types import Interval, Len

from kamxl.document.schema import (
    FieldSpec,
    FigureSpec,
    Option,
    PlanSpec,
    RowSpec,
    SectionKind,
    SectionSpec,
    SheetSpec,
)
from kamxl.document.vocabulary import (
    Choice,
    Computed,
    FixedRows,
    Form,
    Item,
    Kind,
    Profile,
    Record,
    RowsPer,
    Sheet,
    Sign,
    TableRow,
)
from kamxl.errors import SpecError
from kamxl.texts import Text

if TYPE_CHECKING:
    from kamxl.plan.settings.model import Settings

__all__ = ["compile_plan", "compiled_again"]


def compile_plan(plan: type[Record], settings: Settings) -> PlanSpec:
    """The specification of `plan` (a model whose fields are `Sheet` models) under `settings`.

    Raises:
        SpecError: a declaration that contradicts itself, e.g. a field without an `Item`.
    """
    sheets = []
    for key, hint in _hints(plan).items():
        if not (isinstance(hint, type) and issubclass(hint, Sheet)):
            raise SpecError(
                f"{plan.__name__}.{key}: a plan consists of sheets, not of {hint!r}"
            )
        sheet = _compile_sheet(key, hint, settings)
        if sheet.sections or sheet.figures:
            sheets.append(sheet)
    spec = PlanSpec(tuple(sheets), settings, plan)
    _check_repeated(spec)
    return spec


def _check_repeated(spec: PlanSpec) -> None:
    """Every figure that repeats another one repeats one that there is."""
    there = {*spec.figures, *spec.closing}
    for figure in spec.figures.values():
        repeated = figure.computed.same_as
        if repeated and repeated not in there:
            raise SpecError(
                f"{figure.pattern}: the same as {repeated!r}, which does not exist"
            )


@lru_cache(maxsize=32)
def compiled_again(
    plan: type[Record], settings: type[Settings], given: str
) -> PlanSpec:
    """The specification under the settings written as JSON; one object for all who ask for the same."""
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
                    SectionSpec(
                        name,
                        f"{key}.{name}",
                        SectionKind.FORM,
                        hint.heading,
                        hint.hint,
                        columns,
                    )
                )
        else:
            plain[name] = hint
            if not any(section.key == "" for section in sections):
                sections.append(SectionSpec("", key, SectionKind.FORM, None, None, ()))
    if matrix:
        sections.append(_compile_matrix(key, matrix, model, settings))
    sections = [
        _with_plain(s, model, key, plain, settings) if s.key == "" else s
        for s in sections
    ]
    figures = tuple(_figures(key, model, settings))
    return SheetSpec(
        key,
        model.number,
        model.title,
        model.guidance,
        tuple(s for s in sections if s.columns),
        figures,
    )


def _with_plain(
    section: SectionSpec,
    model: type[Sheet],
    key: str,
    plain: dict[str, Any],
    settings: Settings,
) -> SectionSpec:
    """The sheet's own form, once all its plain fields are known; `form_heading` may name it."""
    fields = tuple(
        compiled
        for name, hint in plain.items()
        if (compiled := _compile_field(f"{key}.{name}", name, hint, settings))
        is not None
    )
    return SectionSpec(
        section.key, section.pattern, section.kind, model.form_heading, None, fields
    )


def _row_model(hint: Any) -> type[Record] | None:
    """The row class of ``list[Row]`` or ``list[list[Row]]``."""
    while get_origin(hint) is list:
        hint = get_args(hint)[0]
        if isinstance(hint, type) and issubclass(hint, Record):
            return hint
    return None


def _figures(
    pattern: str, model: type[Record], settings: Settings
) -> Iterator[FigureSpec]:
    """The figures of `model` that the profile includes."""
    found: dict[str, Computed] = {}
    for base in reversed(model.__mro__):
        found.update(
            (name, value)
            for name, value in vars(base).items()
            if isinstance(value, Computed)
        )
    for name, computed in found.items():
        if _included(computed.profile, settings):
            yield _compile_figure(f"{pattern}.{name}", name, computed, settings)


def _compile_figure(
    pattern: str, name: str, computed: Computed, settings: Settings
) -> FigureSpec:
    own = (computed.value is not None, computed.formula is not None)
    if own != ((False, False) if computed.same_as else (True, True)):
        raise SpecError(
            f"{pattern}: a figure has a value and a formula, or it is the same as another one"
        )
    codes = computed.options(settings) if computed.options else ()
    options = tuple(Option(code, label) for code, label in codes)
    return FigureSpec(name, pattern, computed, options)


def _columns(
    pattern: str, model: type[Record], settings: Settings
) -> tuple[FieldSpec | FigureSpec, ...]:
    """Fields of `model` in their order, each figure behind the field its `after` names (else last)."""
    columns: list[FieldSpec | FigureSpec] = []
    for name, hint in _hints(model).items():
        compiled = _compile_field(f"{pattern}.{name}", name, hint, settings)
        if compiled is not None:
            columns.append(compiled)
    for figure in _figures(pattern, model, settings):
        after = figure.computed.after
        keys = [column.key for column in columns]
        if after is not None and after not in {*keys, *model.model_fields}:
            raise SpecError(
                f"{figure.pattern}: stands after {after!r}, which does not exist"
            )
        columns.insert(keys.index(after) + 1 if after in keys else len(keys), figure)
    return tuple(columns)


def _compile_table(
    pattern: str, name: str, model: type[TableRow], settings: Settings
) -> SectionSpec:
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
        count = (
            declared.count if exactly else settings.rows.get(pattern, declared.count)
        )
        count = max(count, len(declared.starts))
        minimum = settings.minimum_rows.get(pattern, declared.minimum)
        starts = tuple(
            RowSpec(k, text, {declared.starts_in: text})
            for k, text in declared.starts.items()
        )
        if starts and declared.starts_in not in model.model_fields:
            raise SpecError(
                f"{pattern}: rows start in {declared.starts_in!r}, which is no field"
            )
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
        raise SpecError(
            f"{key}: a matrix needs the lists people, team and matrix, not {sorted(parts)}"
        )
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


def _compile_field(
    pattern: str, name: str, hint: Any, settings: Settings
) -> FieldSpec | None:
    """One field, or `None` where profile or settings leave it out."""
    base, metadata = _unwrap(pattern, hint)
    items = [m for m in metadata if isinstance(m, Item)]
    if len(items) != 1:
        raise SpecError(
            f"{pattern}: needs one Item, outside the union: Annotated[X | None, Item(...)]"
        )
    item = items[0]
    if not _included(item.profile, settings) or (
        item.setting and not getattr(settings, item.setting)
    ):
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
        raise SpecError(
            f"{pattern}: has no kind; use one of the types of kamxl.document.vocabulary"
        )
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
    return Text(
        de=item.label.de.replace("{year}", year),
        en=item.label.en.replace("{year}", year),
    )


def _unwrap(pattern: str, hint: Any) -> tuple[Any, list[Any]]:
    """The value type of ``Annotated[X | Y | None, Item]`` and all metadata, of the alternatives too.

    An `Item` inside the union would be dropped without a word by pydantic, so it is refused here.
    """
    outer: list[Any] = []
    if get_origin(hint) is Annotated:
        hint, *outer = get_args(hint)
    alternatives = (
        get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    )
    base: Any = None
    metadata = list(outer)
    for alternative in alternatives:
        if get_origin(alternative) is Annotated:
            alternative, *inner = get_args(alternative)
            if any(isinstance(m, Item) for m in inner):
                raise SpecError(
                    f"{pattern}: the Item is inside the union; write Annotated[X | None, Item()]"
                )
            metadata += inner
        if alternative is not type(None) and base is None:
            base = alternative
    return base, metadata
