"""What a table of the portfolio holds, derived from the plans' own specifications.

A `DataColumn` is a field or figure of the plan, or one of the few that every table adds (whose row it is, and where it
came from). A field added to the plan is a column here without a line of code: ``columns_of(section)`` lists what the
section has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kamxl.document.schema import FieldSpec, FigureSpec, MatrixSpec, TableSpec
from kamxl.document.vocabulary import Choice, Kind, Width
from kamxl.plan.document import PlanSpec
from kamxl.texts import Text

REPORTING = "_reporting"
"""Ending of a column that repeats an amount in the reporting currency."""

_Section = TypeVar("_Section", TableSpec, MatrixSpec)


@dataclass(frozen=True)
class DataColumn:
    """One column: its name in data, its label in print, what sort of values it holds.

    `options` are the labels of codes; `path` is the field's path within a row or sheet, empty where the column is
    not from the plan.
    """

    key: str
    label: Text
    kind: Kind = Kind.TEXT
    width: Width | None = None
    options: Mapping[str, Text] = field(default_factory=dict)
    path: str = ""


OWNER = (
    DataColumn(
        "account_id",
        Text(de="Kundennummer", en="Account number"),
        path="cover.account_id",
    ),
    DataColumn("company", Text(de="Firma", en="Company"), path="cover.company"),
    DataColumn(
        "key_account_manager",
        Text(de="KAM", en="Key account manager"),
        path="cover.key_account_manager",
    ),
)
"""Whose row it is: the first columns of every table of entries, with the fields they come from."""

TRACE = (
    DataColumn("currency", Text(de="Währung", en="Currency")),
    DataColumn("file", Text(de="Datei", en="File")),
    DataColumn("sheet", Text(de="Blatt", en="Sheet")),
    DataColumn("cell", Text(de="Zelle", en="Cell")),
)
"""Where a row came from: its last columns."""

COMMON = frozenset(column.key for column in (*OWNER, *TRACE))
"""Names of the columns that every table of entries has."""


def labels_of(choice: type[Choice]) -> dict[str, Text]:
    """What the codes of a list of values are called."""
    return {member.value: member.label for member in choice}


def by_key(columns: Iterable[DataColumn]) -> dict[str, DataColumn]:
    """Columns by their names in data."""
    return {column.key: column for column in columns}


def column_of(
    spec: FieldSpec | FigureSpec, plan: PlanSpec, key: str = "", path: str = ""
) -> DataColumn:
    """The column of a field or figure, under its own key or another."""
    is_field = isinstance(spec, FieldSpec)
    known = spec.options if is_field else plan.options_of(spec.pattern)
    options = {option.code: option.label for option in known}
    return DataColumn(
        key or spec.key, spec.label, spec.kind, spec.width, options, path or spec.key
    )


def reporting(columns: Iterable[DataColumn], currency: str) -> tuple[DataColumn, ...]:
    """The columns that repeat each amount in the reporting currency."""
    return tuple(
        DataColumn(
            c.key + REPORTING,
            Text(de=f"{c.label.de} ({currency})", en=f"{c.label.en} ({currency})"),
            Kind.MONEY,
            c.width,
            path=c.key,
        )
        for c in columns
        if c.kind is Kind.MONEY
    )


def merged(lists: Iterable[Sequence[DataColumn]]) -> tuple[DataColumn, ...]:
    """The columns of several specifications as one list: a new one stands behind its predecessor in its own list."""
    known: dict[str, DataColumn] = {}
    order: list[str] = []
    for columns in lists:
        place = 0
        for column in columns:
            if column.key not in known:
                order.insert(place, column.key)
            first = known.get(column.key, column)
            options = {**first.options, **column.options, **first.options}
            known[column.key] = replace(first, options=options)
            place = order.index(column.key) + 1
    return tuple(map(known.__getitem__, order))


def sections_of(
    specs: Sequence[PlanSpec], kind: type[_Section]
) -> dict[str, list[tuple[PlanSpec, _Section]]]:
    """Every section of a kind by its pattern, with each specification that has it."""
    found: dict[str, list[tuple[PlanSpec, _Section]]] = {}
    for spec in specs:
        for section in spec.sections:
            if isinstance(section, kind):
                found.setdefault(section.pattern, []).append((spec, section))
    return found


def year_fields(table: TableSpec) -> list[tuple[FieldSpec, int]]:
    """The fields that hold a year, with how far that is from the plan's; a part of a year has no total and is none."""
    totalled = (field for field in table.fields if field.key in table.totals)
    return [
        (field, offset)
        for field in totalled
        if (offset := field.item.year_offset) is not None
    ]


def wording_of(column: DataColumn, value: object, language: str) -> object:
    """What is printed for a value: the label of a code, else the value itself."""
    label = column.options.get(value) if isinstance(value, str) else None
    return label[language] if label else value
