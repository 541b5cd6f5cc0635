"""The rows of all plans, section by section, as the specification describes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.schema import MatrixSpec, Part, TableSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec
from kamxl.portfolio.data.columns import (
    OWNER,
    TRACE,
    Column,
    column_of,
    merged,
    reporting,
    sections_of,
)
from kamxl.portfolio.data.ledger import Account, Ledger, Row
from kamxl.texts import Text

__all__ = ["contact_tables", "entry_tables", "revenue_table"]

Drawn = tuple[tuple[Column, ...], list[Row]]

_REVENUE = "revenue.revenue"
_SHORT = {"opportunities.open": "opportunities", "measures.measures": "measures"}
_ROW = "row"

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
        Column("product_group", Text(de="Produktgruppe", en="Product group")),
        Column("year", Text(de="Jahr", en="Year"), Kind.INTEGER),
        Column("kind", Text(de="Art", en="Kind"), options=REVENUE_KINDS),
        Column("amount", Text(de="Betrag", en="Amount"), Kind.MONEY),
        *TRACE,
    )
    more = reporting(columns, ledger.settings.reporting_currency)
    rows: list[Row] = []
    for account in ledger.accounts:
        section = revenue_of(account)
        for index in range(
            len(rows_at(account.checked.plan, _REVENUE)) if section else 0
        ):
            rows += (
                account.reported(row, more) for row in _amounts(account, section, index)
            )
    return (*columns, *more), rows


def _amounts(account: Account, section: TableSpec | None, index: int) -> Iterator[Row]:
    for field in section.fields if section else ():
        path = f"{_REVENUE}[{index}].{field.key}"
        amount = account.value(path)
        if field.item.year_offset is None or amount is None:
            continue
        kind = field.key if field.key in REVENUE_KINDS else "actual"
        yield {
            **account.owner,
            "product_group": product_group(account, index),
            "year": account.spec.settings.year + field.item.year_offset,
            "kind": kind,
            "amount": amount,
            **account.trace([path]),
        }


def revenue_of(account: Account) -> TableSpec | None:
    """The revenue table of an account's plan."""
    tables = (t for t in account.spec.tables if t.pattern == _REVENUE)
    return next(tables, None)


def product_group(account: Account, index: int) -> str:
    """The name of a row of the revenue table: the KAM's own, else that of the settings."""
    name = account.value(f"{_REVENUE}[{index}].product_group")
    groups = account.spec.settings.product_groups
    return (
        str(name) if name else groups[index] if index < len(groups) else str(index + 1)
    )


def entry_tables(ledger: Ledger) -> Iterator[tuple[str, Drawn]]:
    """Every other table of the plan, under its short name or its path."""
    for pattern, places in sections_of(ledger.specs, TableSpec):
        if pattern == _REVENUE:
            continue
        columns = _columns(places)
        more = reporting(columns, ledger.settings.reporting_currency)
        rows: list[Row] = []
        for account in ledger.accounts:
            for section in account.spec.tables:
                if section.pattern != pattern:
                    continue
                rows += (
                    account.reported(row, more) for row in _entries(account, section)
                )
        yield _SHORT.get(pattern, pattern.replace(".", "_")), ((*columns, *more), rows)


def _columns(places: Sequence[tuple[PlanSpec, TableSpec]]) -> tuple[Column, ...]:
    taken = {column.key for column in (*OWNER, *TRACE)} | {_ROW}
    lists = [
        [
            column_of(
                c, spec, f"{section.key}_{c.key}" if c.key in taken else "", c.key
            )
            for c in section.columns
        ]
        for spec, section in places
    ]
    _, first = places[0]
    own = merged(lists)
    # Where there is no money, its currency says nothing.
    trace = TRACE if any(column.kind is Kind.MONEY for column in own) else TRACE[1:]
    if not _is_named(first):
        return (*OWNER, *own, *trace)
    options = {
        row.key: row.label
        for _, section in places
        for row in section.rows
        if not _is_group(section)
    }
    label = first.row_label or first.heading or Text(de="Zeile", en="Row")
    return (*OWNER, Column(_ROW, label, options=options), *own, *trace)


def _is_named(section: TableSpec) -> bool:
    """Whether the plan itself names the rows, so that no field says what a row is about."""
    return bool(section.rows) and section.editable is None


def _is_group(section: TableSpec) -> bool:
    return section.source == "product_groups"


def _entries(account: Account, section: TableSpec) -> Iterator[Row]:
    taken = {column.key for column in (*OWNER, *TRACE)} | {_ROW}
    keys = [column.key for column in section.columns]
    names = [f"{section.key}_{key}" if key in taken else key for key in keys]
    for index, entry in enumerate(rows_at(account.checked.plan, section.pattern)):
        if not is_used(entry, section, index):
            continue
        row = account.owner
        if _is_named(section):
            named = section.rows[index].key if index < len(section.rows) else None
            row[_ROW] = product_group(account, index) if _is_group(section) else named
        paths = [f"{section.pattern}[{index}].{key}" for key in keys]
        row |= zip(names, map(account.value, paths), strict=True)
        yield {**row, **account.trace(paths)}


def contact_tables(ledger: Ledger) -> Iterator[tuple[str, Drawn]]:
    """The contact matrix as three tables: the account's people, our own people, and who meets whom how often."""
    for pattern, places in sections_of(ledger.specs, MatrixSpec):
        sheet = pattern.partition(".")[0]
        counted = merged([_counted(spec, matrix) for spec, matrix in places])
        for side, name in ((0, sheet), (1, f"{sheet}_team")):
            columns = merged(
                [
                    [column_of(c, spec) for c in matrix.sides[side].columns]
                    for spec, matrix in places
                ]
            )
            sums = counted if side == 0 else ()
            rows: list[Row] = []
            for account, matrix in _matrices(ledger, pattern):
                rows += _people(account, matrix, matrix.sides[side], sums)
            yield name, ((*OWNER, *columns, *sums, *TRACE[1:]), rows)
        columns = merged(
            [
                [column_of(c, spec) for c in matrix.crossings.columns]
                for spec, matrix in places
            ]
        )
        ends = (
            Column("own_person", Text(de="Von uns", en="Of ours")),
            Column("contact", Text(de="Beim Kunden", en="At the account")),
        )
        rows = []
        for account, matrix in _matrices(ledger, pattern):
            rows += _crossings(account, matrix)
        yield pattern.replace(".", "_"), ((*OWNER, *ends, *columns, *TRACE[1:]), rows)


def _matrices(ledger: Ledger, pattern: str) -> Iterator[tuple[Account, MatrixSpec]]:
    """The accounts whose plan has a matrix, with it."""
    for account in ledger.accounts:
        for matrix in account.spec.matrices:
            if matrix.pattern == pattern:
                yield account, matrix


def _counted(spec: PlanSpec, matrix: MatrixSpec) -> list[Column]:
    """What is counted per crossing, as sums per person."""
    numbers = [c for c in matrix.crossings.columns if c.kind is Kind.INTEGER]
    return [column_of(column, spec) for column in numbers]


def _people(
    account: Account, matrix: MatrixSpec, side: Part, counted: Sequence[Column]
) -> Iterator[Row]:
    plan = account.checked.plan
    team = range(len(rows_at(plan, matrix.pattern)))
    for index, person in enumerate(rows_at(plan, side.pattern)):
        if not is_used(person, side, index):
            continue
        paths = [column.pattern.at(index) for column in side.columns]
        keys = [column.key for column in side.columns]
        row = account.owner | dict(zip(keys, map(account.value, paths), strict=True))
        for column in counted:
            pattern = matrix.crossings.pattern_of(column.key)
            meetings = [account.value(pattern.at(own, index)) for own in team]
            known = [number for number in meetings if number is not None]
            row[column.key] = sum(known) if known else None
        trace = account.trace(paths)
        trace.pop("currency")
        yield {**row, **trace}


def _crossings(account: Account, section: MatrixSpec) -> Iterator[Row]:
    sheet = section.pattern.partition(".")[0]
    keys = [field.key for field in section.crossings.fields]
    for own, meetings in enumerate(account.checked.plan.contacts.matrix):
        for person in range(len(meetings)):
            paths = [f"{section.pattern}[{own}][{person}].{key}" for key in keys]
            values = [account.value(path) for path in paths]
            if all(value is None for value in values):
                continue
            trace = account.trace(paths)
            trace.pop("currency")
            yield {
                **account.owner,
                "own_person": account.value(f"{sheet}.team[{own}].name"),
                "contact": account.value(f"{sheet}.people[{person}].name"),
                **dict(zip(keys, values, strict=True)),
                **trace,
            }
