"""The rows of all plans, section by section, as the specification describes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from kamxl.document.paths import rows_at
from kamxl.document.required import is_used
from kamxl.document.schema import Column, MatrixSpec, Part, TableSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec
from kamxl.portfolio.data.columns import (
    COMMON,
    OWNER,
    TRACE,
    DataColumn,
    by_key,
    column_of,
    merged,
    reporting,
    sections_of,
    year_fields,
)
from kamxl.portfolio.data.ledger import Ledger, LedgerAccount, Row, numbers
from kamxl.texts import Text

Drawn = tuple[tuple[DataColumn, ...], list[Row]]

_REVENUE = "revenue.revenue"
_SHORT = {"opportunities.open": "opportunities", "measures.measures": "measures"}
_ROW = "row"
_TAKEN = COMMON | {_ROW}
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
_KINDS = list(REVENUE_KINDS)


class RevenueYear(NamedTuple):
    """A year, and what sort of revenue it has: its place in `REVENUE_KINDS`."""

    year: int
    place: int

    @classmethod
    def of(cls, row: Row) -> RevenueYear:
        """What an amount of the revenue table belongs to."""
        return cls(row["year"], _KINDS.index(row["kind"]))

    @property
    def kind(self) -> str:
        """Actual, forecast or target."""
        return _KINDS[self.place]

    def name(self, language: str) -> str:
        """What is printed for it: ``FC 2026``."""
        return f"{REVENUE_KINDS[self.kind][language]} {self.year}"


def revenue_table(ledger: Ledger) -> Drawn:
    """One row per amount of the revenue table: account, product group, year, actual, forecast or target."""
    columns = (
        DataColumn("product_group", Text(de="Produktgruppe", en="Product group")),
        DataColumn("year", Text(de="Jahr", en="Year"), Kind.INTEGER),
        DataColumn("kind", Text(de="Art", en="Kind"), options=REVENUE_KINDS),
        DataColumn("amount", Text(de="Betrag", en="Amount"), Kind.MONEY),
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
    # Where there is no money, its currency says nothing.
    trace = TRACE if more else TRACE[1:]
    rows: list[Row] = []
    for account in ledger.accounts:
        part = account.spec.find(pattern)
        if part is not None:
            rows += map(partial(account.reported, columns=more), rows_of(account, part))
    return (*OWNER, *columns, *trace, *more), rows


def _amounts(account: LedgerAccount, part: Part) -> Iterator[Row]:
    table, plan_year = account.spec.table(part.pattern), account.spec.settings.year
    years = year_fields(table)
    for index in range(len(rows_at(account.checked.plan, _REVENUE))):
        group = product_group(account, index)
        for field, offset in years:
            path = field.at(index)
            amount = account.value(path)
            if amount is not None:
                yield {
                    **account.owner,
                    "product_group": group,
                    "year": plan_year + offset,
                    "kind": field.key if field.key in REVENUE_KINDS else "actual",
                    "amount": amount,
                    **account.trace([path]),
                }


def product_group(account: LedgerAccount, index: int) -> str:
    """The name of a row of the revenue table: the KAM's own, else that of the settings."""
    own = account.value(f"{_REVENUE}[{index}].product_group")
    groups = account.spec.settings.product_groups
    return str(next(filter(None, (own, *groups[index : index + 1], index + 1))))


def entry_tables(ledger: Ledger) -> Iterator[tuple[str, Drawn]]:
    """Every other table of the plan, under its short name or its path."""
    tables = sections_of(ledger.specs, TableSpec)
    tables.pop(_REVENUE, None)
    for pattern, places in tables.items():
        name = _SHORT.get(pattern, pattern.replace(".", "_"))
        columns = (*_row_column(places), *_columns(places))
        yield name, _drawn(ledger, pattern, columns, _entries)


def _columns(
    places: Sequence[tuple[PlanSpec, TableSpec | MatrixSpec]], number: int = 0
) -> tuple[DataColumn, ...]:
    """The columns of one part of a section: of a table, or of a matrix' people, team or crossings."""
    lists = []
    for spec, section in places:
        named = _names(section.parts[number])
        lists.append([column_of(c, spec, name, c.key) for name, c in named.items()])
    return merged(lists)


def _names(part: Part) -> dict[str, Column]:
    """A part's columns by name: their own, or one with the part's where a column that every table has bears it."""
    names = {}
    for column in part.columns:
        taken = column.key in _TAKEN
        names[f"{part.key}_{column.key}" if taken else column.key] = column
    return names


def _row_column(
    places: Sequence[tuple[PlanSpec, TableSpec]],
) -> tuple[DataColumn, ...]:
    """The column that says what a row is about, where no field does."""
    _, first = places[0]
    if not first.prints_names:
        return ()
    label = first.row_label or first.heading or Text(de="Zeile", en="Row")
    rows = chain.from_iterable(table.rows for _, table in places)
    labels = {row.key: row.label for row in rows}
    return (DataColumn(_ROW, label, options={} if _is_group(first) else labels),)


def _is_group(table: TableSpec) -> bool:
    return table.source == "product_groups"


def _entries(
    account: LedgerAccount,
    part: Part,
    crossings: str = "",
    counted: Collection[str] = (),
) -> Iterator[Row]:
    """The rows that somebody has filled in, those of people with what was counted of them in their crossings."""
    names = _names(part)
    for index, entry in enumerate(rows_at(account.checked.plan, part.pattern)):
        if is_used(entry, part, index):
            met = {key: _met(account, crossings, index, key) for key in counted}
            row = account.owner | _row_name(account, part, index) | met
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
    for pattern, places in sections_of(ledger.specs, MatrixSpec).items():
        _, matrix = places[0]
        team, people = matrix.team.pattern, matrix.people.pattern
        crossed = _columns(places, 2)
        # What is counted per crossing, as sums per person.
        counted = by_key(column for column in crossed if column.kind is Kind.INTEGER)
        met = partial(_entries, crossings=pattern, counted=counted)
        columns = (*_columns(places, 0), *counted.values())
        yield matrix.sheet, _drawn(ledger, people, columns, met)
        ours = _drawn(ledger, team, _columns(places, 1), _entries)
        yield f"{matrix.sheet}_team", ours
        between = partial(_crossings, team=team, people=people)
        columns = (*_ENDS, *crossed)
        yield pattern.replace(".", "_"), _drawn(ledger, pattern, columns, between)


def _met(account: LedgerAccount, crossings: str, person: int, key: str) -> float | None:
    """What was counted of a person over all our own people; `None` where nothing is known."""
    team = range(len(rows_at(account.checked.plan, crossings)))
    paths = (f"{crossings}[{own}][{person}].{key}" for own in team)
    known = numbers(map(account.value, paths))
    return sum(known) if known else None


def _crossings(
    account: LedgerAccount, part: Part, team: str, people: str
) -> Iterator[Row]:
    names = _names(part)
    for own, meetings in enumerate(account.checked.plan.contacts.matrix):
        for person in range(len(meetings)):
            met = _traced(account, names, own, person)
            if set(map(met.get, names)) != {None}:
                ends = {
                    "own_person": f"{team}[{own}].name",
                    "contact": f"{people}[{person}].name",
                }
                yield account.owner | account.values(ends) | met
