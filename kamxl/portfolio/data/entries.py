"""The rows of all plans, section by section, as the specification describes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.schema import Column, MatrixSpec, Part, TableSpec
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

Drawn = tuple[tuple[DataColumn, ...], list[Row]]

_REVENUE = "revenue.revenue"
_SHORT = {"opportunities.open": "opportunities", "measures.measures": "measures"}
_ROW = "row"
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
    return _drawn(ledger, _REVENUE, columns, _amounts)


def _drawn(
    ledger: Ledger,
    pattern: str,
    columns: tuple[DataColumn, ...],
    rows_of: Callable[[LedgerAccount, Part], Iterator[Row]],
) -> Drawn:
    """The table of all plans' rows of a part, with each amount once more in the reporting currency."""
    more = reporting(columns, ledger.settings.reporting_currency)
    rows: list[Row] = []
    for account in ledger.accounts:
        part = account.spec.find(pattern)
        if part is not None:
            rows += (account.reported(row, more) for row in rows_of(account, part))
    return (*columns, *more), rows


def _amounts(account: LedgerAccount, part: Part) -> Iterator[Row]:
    years = [field for field in part.fields if field.item.year_offset is not None]
    for index in range(len(rows_at(account.checked.plan, _REVENUE))):
        for field in years:
            path = field.at(index)
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
            yield name, _drawn(ledger, pattern, _columns(places), _entries)


def _columns(places: Sequence[tuple[PlanSpec, TableSpec]]) -> tuple[DataColumn, ...]:
    own = merged(
        [column_of(c, spec, _name(table, c.key), c.key) for c in table.columns]
        for spec, table in places
    )
    # Where there is no money, its currency says nothing.
    trace = TRACE if any(column.kind is Kind.MONEY for column in own) else TRACE[1:]
    return (*OWNER, *_row_column(places), *own, *trace)


def _name(part: Part, key: str) -> str:
    """A column's own name, or one with its table's where a column that every table has bears it."""
    return f"{part.key}_{key}" if key in _TAKEN else key


def _row_column(
    places: Sequence[tuple[PlanSpec, TableSpec]],
) -> tuple[DataColumn, ...]:
    """The column that says what a row is about, where no field does."""
    _, first = places[0]
    if not first.prints_names:
        return ()
    label = first.row_label or first.heading or Text(de="Zeile", en="Row")
    rows = [row for _, table in places for row in table.rows]
    options = {} if _is_group(first) else {row.key: row.label for row in rows}
    return (DataColumn(_ROW, label, options=options),)


def _is_group(table: TableSpec) -> bool:
    return table.source == "product_groups"


def _entries(account: LedgerAccount, part: Part) -> Iterator[Row]:
    names = {_name(part, column.key): column for column in part.columns}
    for index, entry in enumerate(rows_at(account.checked.plan, part.pattern)):
        if is_used(entry, part, index):
            row = account.owner | _row_name(account, part, index)
            yield row | _traced(account, names, index)


def _traced(account: LedgerAccount, names: Mapping[str, Column], *place: int) -> Row:
    """What stands in a row of the plan, by the names its fields have in a table, and where that is."""
    paths = {name: column.pattern.at(*place) for name, column in names.items()}
    return account.values(paths) | account.trace(paths.values())


def _row_name(account: LedgerAccount, part: Part, index: int) -> Row:
    """What a row is about, where no field says so."""
    if not isinstance(part, TableSpec) or not part.prints_names:
        return {}
    if _is_group(part):
        return {_ROW: product_group(account, index)}
    return {_ROW: part.rows[index].key if index < len(part.rows) else None}


def contact_tables(ledger: Ledger) -> Iterator[tuple[str, Drawn]]:
    """The contact matrix as three tables: the account's people, our own people, and who meets whom how often."""
    for pattern, places in sections_of(ledger.specs, MatrixSpec):
        _, matrix = places[0]
        crossed = _merged(places, 2)
        # What is counted per crossing, as sums per person.
        counted = tuple(column for column in crossed if column.kind is Kind.INTEGER)
        met = partial(_people, crossings=pattern, counted=[c.key for c in counted])
        columns = (*OWNER, *_merged(places, 0), *counted, *TRACE[1:])
        yield matrix.sheet, _drawn(ledger, matrix.people.pattern, columns, met)
        columns = (*OWNER, *_merged(places, 1), *TRACE[1:])
        ours = _drawn(ledger, matrix.team.pattern, columns, _people)
        yield f"{matrix.sheet}_team", ours
        columns = (*OWNER, *_ENDS, *crossed, *TRACE[1:])
        yield pattern.replace(".", "_"), _drawn(ledger, pattern, columns, _crossings)


def _merged(
    places: Sequence[tuple[PlanSpec, MatrixSpec]], part: int
) -> tuple[DataColumn, ...]:
    """The columns of one part of a matrix: its people, its team, or its crossings."""
    return merged(
        [column_of(column, spec) for column in matrix.parts[part].columns]
        for spec, matrix in places
    )


def _people(
    account: LedgerAccount,
    side: Part,
    crossings: str = "",
    counted: Sequence[str] = (),
) -> Iterator[Row]:
    names = {column.key: column for column in side.columns}
    for index, person in enumerate(rows_at(account.checked.plan, side.pattern)):
        if is_used(person, side, index):
            met = {key: _met(account, crossings, index, key) for key in counted}
            row = account.owner | met
            yield row | _traced(account, names, index)


def _met(account: LedgerAccount, crossings: str, person: int, key: str) -> int | None:
    """What was counted of a person over all our own people; `None` where nothing is known."""
    team = range(len(rows_at(account.checked.plan, crossings)))
    numbers = (account.value(f"{crossings}[{own}][{person}].{key}") for own in team)
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _crossings(account: LedgerAccount, part: Part) -> Iterator[Row]:
    names = {field.key: field for field in part.fields}
    (matrix,) = (m for m in account.spec.matrices if m.crossings is part)
    for own, meetings in enumerate(account.checked.plan.contacts.matrix):
        for person in range(len(meetings)):
            met = _traced(account, names, own, person)
            if {met[key] for key in names} != {None}:
                ends = {
                    "own_person": f"{matrix.team.pattern}[{own}].name",
                    "contact": f"{matrix.people.pattern}[{person}].name",
                }
                yield account.owner | account.values(ends) | met
