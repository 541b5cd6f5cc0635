"""The rows of all plans, section by section, as the specification describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar, cast

from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.schema import MatrixSpec, Part, TableSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec
from kamxl.portfolio.data.columns import (
    OWNER,
    TRACE,
    DataColumn,
    column_of,
    merged,
    reporting,
    sections_of,
)
from kamxl.portfolio.data.ledger import Ledger, LedgerAccount, Row
from kamxl.texts import Text

__all__ = ["contact_tables", "entry_tables", "revenue_table"]

Drawn = tuple[tuple[DataColumn, ...], list[Row]]

_REVENUE = "revenue.revenue"
_SHORT = {"opportunities.open": "opportunities", "measures.measures": "measures"}
_ROW = "row"
_Section = TypeVar("_Section", TableSpec, MatrixSpec)
_TAKEN = {column.key for column in (*OWNER, *TRACE)} | {_ROW}
_ENDS = (
    DataColumn("own_person", Text(de="Von uns", en="Of ours")),
    DataColumn("contact", Text(de="Beim Kunden", en="At the account")),
)

REVENUE_KINDS = {
    "actual": Text(de="Ist", en="Actual"),
    "forecast": Text(de="FC", en="FC"),
    "target": Text(de="Ziel", en="Target"),
}
"""What sort of revenue an amount is, in the order of time."""


def revenue_table(ledger: Ledger) -> Drawn:
    """One row per amount of the revenue table: account, product group, year, actual, forecast or target."""
    columns = (
        *OWNER,
        DataColumn("product_group", Text(de="Produktgruppe", en="Product group")),
        DataColumn("year", Text(de="Jahr", en="Year"), Kind.INTEGER),
        DataColumn("kind", Text(de="Art", en="Kind"), options=REVENUE_KINDS),
        DataColumn("amount", Text(de="Betrag", en="Amount"), Kind.MONEY),
        *TRACE,
    )
    return _drawn(ledger, columns, _REVENUE, _amounts)


def _drawn(
    ledger: Ledger,
    columns: tuple[DataColumn, ...],
    pattern: str,
    rows_of: Callable[[LedgerAccount, _Section], Iterator[Row]],
) -> Drawn:
    """The table of all plans' rows of a section, with each amount once more in the reporting currency."""
    more: tuple[DataColumn, ...] = reporting(
        columns, ledger.settings.reporting_currency
    )
    rows: list[Row] = []
    for account in ledger.accounts:
        for section in account.spec.sections:
            if section.pattern == pattern:
                found = rows_of(account, cast("_Section", section))
                rows += (account.reported(row, more) for row in found)
    return (*columns, *more), rows


def _amounts(account: LedgerAccount, section: TableSpec) -> Iterator[Row]:
    years = [field for field in section.fields if field.item.year_offset is not None]
    for index in range(len(rows_at(account.checked.plan, _REVENUE))):
        for field in years:
            path = f"{_REVENUE}[{index}].{field.key}"
            amount = account.value(path)
            if amount is not None:
                yield {
                    **account.owner,
                    "product_group": product_group(account, index),
                    "year": account.spec.settings.year + (field.item.year_offset or 0),
                    "kind": field.key if field.key in REVENUE_KINDS else "actual",
                    "amount": amount,
                    **account.trace([path]),
                }


def product_group(account: LedgerAccount, index: int) -> str:
    """The name of a row of the revenue table: the KAM's own, else that of the settings."""
    name = account.value(f"{_REVENUE}[{index}].product_group")
    groups = account.spec.settings.product_groups
    return (
        str(name) if name else groups[index] if index < len(groups) else str(index + 1)
    )


def entry_tables(ledger: Ledger) -> Iterator[tuple[str, Drawn]]:
    """Every other table of the plan, under its short name or its path."""
    for pattern, places in sections_of(ledger.specs, TableSpec):
        if pattern != _REVENUE:
            name = _SHORT.get(pattern, pattern.replace(".", "_"))
            yield name, _drawn(ledger, _columns(places), pattern, _entries)


def _columns(places: Sequence[tuple[PlanSpec, TableSpec]]) -> tuple[DataColumn, ...]:
    own = merged(
        [column_of(c, spec, _name(section, c.key), c.key) for c in section.columns]
        for spec, section in places
    )
    # Where there is no money, its currency says nothing.
    trace = TRACE if any(column.kind is Kind.MONEY for column in own) else TRACE[1:]
    return (*OWNER, *_row_column(places), *own, *trace)


def _name(section: TableSpec, key: str) -> str:
    """A column's own name, or one with its section's where a column that every table has bears it."""
    return f"{section.key}_{key}" if key in _TAKEN else key


def _row_column(places: Sequence[tuple[PlanSpec, TableSpec]]) -> tuple[DataColumn, ...]:
    """The column that says what a row is about, where no field does."""
    _, first = places[0]
    if not _is_named(first):
        return ()
    label = first.row_label or first.heading or Text(de="Zeile", en="Row")
    rows = [row for _, section in places for row in section.rows]
    options = {} if _is_group(first) else {row.key: row.label for row in rows}
    return (DataColumn(_ROW, label, options=options),)


def _is_named(section: TableSpec) -> bool:
    """Whether the plan itself names the rows, so that no field says what a row is about."""
    return bool(section.rows) and section.editable is None


def _is_group(section: TableSpec) -> bool:
    return section.source == "product_groups"


def _entries(account: LedgerAccount, section: TableSpec) -> Iterator[Row]:
    keys = {_name(section, column.key): column.key for column in section.columns}
    for index, entry in enumerate(rows_at(account.checked.plan, section.pattern)):
        if is_used(entry, section, index):
            row = account.owner | _row_name(account, section, index)
            yield row | _traced(account, f"{section.pattern}[{index}]", keys)


def _traced(account: LedgerAccount, place: str, keys: Mapping[str, str]) -> Row:
    """What stands at a place of the plan, by the names its fields have in a table, and where that is."""
    paths = {name: f"{place}.{key}" for name, key in keys.items()}
    return account.values(paths) | account.trace(paths.values())


def _row_name(account: LedgerAccount, section: TableSpec, index: int) -> Row:
    """What a row is about, where no field says so."""
    if not _is_named(section):
        return {}
    if _is_group(section):
        return {_ROW: product_group(account, index)}
    return {_ROW: section.rows[index].key if index < len(section.rows) else None}


def contact_tables(ledger: Ledger) -> Iterator[tuple[str, Drawn]]:
    """The contact matrix as three tables: the account's people, our own people, and who meets whom how often."""
    for pattern, places in sections_of(ledger.specs, MatrixSpec):
        sheet = pattern.partition(".")[0]
        crossed = _merged((spec, matrix.crossings) for spec, matrix in places)
        # What is counted per crossing, as sums per person.
        counted = tuple(column for column in crossed if column.kind is Kind.INTEGER)
        for side, name, sums in ((0, sheet, counted), (1, f"{sheet}_team", ())):
            own = _merged((spec, matrix.sides[side]) for spec, matrix in places)
            columns = (*OWNER, *own, *sums, *TRACE[1:])
            people = partial(_people, side=side, counted=[sum_.key for sum_ in sums])
            yield name, _drawn(ledger, columns, pattern, people)
        columns = (*OWNER, *_ENDS, *crossed, *TRACE[1:])
        yield pattern.replace(".", "_"), _drawn(ledger, columns, pattern, _crossings)


def _merged(parts: Iterable[tuple[PlanSpec, Part]]) -> tuple[DataColumn, ...]:
    """The columns of one part of a matrix: of one of its sides, or of its crossings."""
    return merged(
        [column_of(column, spec) for column in part.columns] for spec, part in parts
    )


def _people(
    account: LedgerAccount, matrix: MatrixSpec, side: int, counted: Sequence[str]
) -> Iterator[Row]:
    part = matrix.sides[side]
    keys = {column.key: column.key for column in part.columns}
    for index, person in enumerate(rows_at(account.checked.plan, part.pattern)):
        if is_used(person, part, index):
            met = {key: _met(account, matrix, index, key) for key in counted}
            row = account.owner | met
            yield row | _traced(account, f"{part.pattern}[{index}]", keys)


def _met(
    account: LedgerAccount, matrix: MatrixSpec, person: int, key: str
) -> int | None:
    """What was counted of a person over all our own people; `None` where nothing is known."""
    team = range(len(rows_at(account.checked.plan, matrix.pattern)))
    pattern = matrix.crossings.pattern_of(key)
    numbers = [account.value(pattern.at(own, person)) for own in team]
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _crossings(account: LedgerAccount, matrix: MatrixSpec) -> Iterator[Row]:
    sheet = matrix.pattern.partition(".")[0]
    keys = [field.key for field in matrix.crossings.fields]
    for own, meetings in enumerate(account.checked.plan.contacts.matrix):
        for person in range(len(meetings)):
            place = f"{matrix.pattern}[{own}][{person}]"
            paths = {key: f"{place}.{key}" for key in keys}
            met = account.values(paths)
            if any(value is not None for value in met.values()):
                ends = {
                    "own_person": f"{sheet}.team[{own}].name",
                    "contact": f"{sheet}.people[{person}].name",
                }
                row = account.owner | account.values(ends) | met
                yield row | account.trace(paths.values())
