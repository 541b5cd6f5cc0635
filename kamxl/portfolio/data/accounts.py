"""One row per account: master data, every single field and figure of the plan, counts and class."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from kamxl.document.figures import attempt
from kamxl.document.schema import FieldSpec, FigureSpec, FormSpec, TableSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec
from kamxl.plan.measures import OVERDUE
from kamxl.portfolio import wording
from kamxl.portfolio.data.columns import (
    COMMON,
    OWNER,
    REPORTING,
    TRACE,
    DataColumn,
    by_key,
    column_of,
    merged,
    reporting,
    year_fields,
)
from kamxl.portfolio.data.ledger import Ledger, LedgerAccount, Row, each, numbers
from kamxl.portfolio.data.records import COUNTED, STATUS, severity_counts
from kamxl.scoring import abc_class
from kamxl.texts import Text

_NAMING = [column.path for column in OWNER[:2]]
_REVENUE = "revenue.revenue"
REVENUE_TOTALS = "revenue_total_"
"""Beginning of the columns with an account's revenue over all product groups."""

_BASES = ("forecast", "actual_2", "actual_3", "actual_4", "target")

_COUNTS = (
    DataColumn("open_projects", wording.TILE_PROJECTS, Kind.INTEGER),
    DataColumn(
        "open_measures", Text(de="Offene Maßnahmen", en="Open measures"), Kind.INTEGER
    ),
    DataColumn(
        "overdue_measures",
        wording.TILE_OVERDUE,
        Kind.INTEGER,
    ),
    DataColumn("contacts", Text(de="Kontakte", en="Contacts"), Kind.INTEGER),
    DataColumn("deciders", Text(de="Entscheider", en="Deciders"), Kind.INTEGER),
    *COUNTED,
    DataColumn("abc_class", Text(de="ABC-Klasse", en="ABC class")),
    STATUS,
)


def account_table(ledger: Ledger) -> tuple[tuple[DataColumn, ...], list[Row]]:
    """The table `accounts`."""
    single, totals = map(_single, ledger.specs), map(_totals, ledger.specs)
    shown = by_key((*merged(single), *merged(totals)))
    own = [column for key, column in shown.items() if key not in COMMON]
    columns = (*OWNER, *own, *_COUNTS, *TRACE)
    more = reporting(columns, ledger.settings.reporting_currency)
    paths = {column.key: column.path for column in own}
    rows = []
    for account in ledger.accounts:
        row = account.owner | account.values(paths) | _counts(account)
        row |= account.trace(_NAMING)
        rows.append(account.reported(row, more))
    _classify(rows, ledger)
    return (*columns, *more), rows


def ranking_basis(rows: Sequence[Row]) -> str:
    """By which revenue accounts are ranked: the forecast, or the latest year that any account has."""
    for key in _BASES:
        column = f"{REVENUE_TOTALS}{key}{REPORTING}"
        if numbers(each(rows, column)):
            return key
    return _BASES[0]


def _single(spec: PlanSpec) -> list[DataColumn]:
    """Every field and figure there is once per plan; those of other sheets carry the sheet's name."""
    items: list[FieldSpec | FigureSpec] = []
    for sheet in spec.sheets:
        for section in sheet.sections:
            if isinstance(section, FormSpec):
                items += section.fields
        items += sheet.figures
    columns = []
    for item in items:
        key = item.pattern.removeprefix("cover.").replace(".", "_")
        columns.append(column_of(item, spec, key, item.pattern))
    return columns


def _totals(spec: PlanSpec) -> list[DataColumn]:
    section = spec.find(_REVENUE)
    fields = year_fields(section) if isinstance(section, TableSpec) else ()
    return [
        DataColumn(
            REVENUE_TOTALS + field.key,
            Text(de=f"Umsatz {field.label.de}", en=f"Revenue {field.label.en}"),
            Kind.MONEY,
            path=f"{_REVENUE}.total.{field.key}",
        )
        for field, _ in fields
    ]


def _counts(account: LedgerAccount) -> Row:
    """How much there is of what: by the same rows that the other tables list."""
    people = [row for row in account.checked.plan.contacts.people if row.name]
    projects = [row for _, row in account.used("opportunities.open")]
    measures = account.used("measures.measures")
    late = [account.figures.get(f"measures.measures[{i}].overdue") for i, _ in measures]
    return {
        "open_projects": sum(project.is_open for project in projects),
        "open_measures": sum(measure.is_open for _, measure in measures),
        "overdue_measures": late.count(OVERDUE),
        "contacts": len(people),
        "deciders": sum(person.decides for person in people),
        **severity_counts(account.source),
        "status": account.source.status.value,
    }


def _classify(rows: Sequence[Row], ledger: Ledger) -> None:
    key = f"{REVENUE_TOTALS}{ranking_basis(rows)}{REPORTING}"
    limits = ledger.settings.scoring_limits.abc
    classes = attempt(abc_class, each(rows, key), limits)
    for row, letter in zip_longest(rows, classes or ()):
        row["abc_class"] = letter
