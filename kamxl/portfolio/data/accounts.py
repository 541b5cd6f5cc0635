"""One row per account: master data, every single field and figure of the plan, counts and class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from kamxl.checks.findings import FileStatus
from kamxl.document.figures import attempt
from kamxl.document.schema import FieldSpec, FigureSpec, FormSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec
from kamxl.plan.measures import OVERDUE
from kamxl.portfolio.data.columns import (
    OWNER,
    REPORTING,
    TRACE,
    DataColumn,
    column_of,
    merged,
    reporting,
)
from kamxl.portfolio.data.ledger import Ledger, LedgerAccount, Row
from kamxl.portfolio.data.records import severity_counts
from kamxl.scoring import abc_class
from kamxl.texts import Text

_COVER = "cover"
_REVENUE = "revenue.revenue"
REVENUE_TOTALS = "revenue_total_"
"""Beginning of the columns with an account's revenue over all product groups."""

_BASES = ("forecast", "actual_2", "actual_3", "actual_4", "target")

_COUNTS = (
    DataColumn(
        "open_projects", Text(de="Offene Projekte", en="Open projects"), Kind.INTEGER
    ),
    DataColumn(
        "open_measures", Text(de="Offene Maßnahmen", en="Open measures"), Kind.INTEGER
    ),
    DataColumn(
        "overdue_measures",
        Text(de="Überfällige Maßnahmen", en="Overdue measures"),
        Kind.INTEGER,
    ),
    DataColumn("contacts", Text(de="Kontakte", en="Contacts"), Kind.INTEGER),
    DataColumn("deciders", Text(de="Entscheider", en="Deciders"), Kind.INTEGER),
    DataColumn("errors", Text(de="Fehler", en="Errors"), Kind.INTEGER),
    DataColumn("warnings", Text(de="Warnungen", en="Warnings"), Kind.INTEGER),
    DataColumn("hints", Text(de="Hinweise", en="Hints"), Kind.INTEGER),
    DataColumn("abc_class", Text(de="ABC-Klasse", en="ABC class")),
    DataColumn(
        "status",
        Text(de="Status", en="Status"),
        options={str(s.value): s.label for s in FileStatus},
    ),
)


def account_table(ledger: Ledger) -> tuple[tuple[DataColumn, ...], list[Row]]:
    """The table `accounts`."""
    single, totals = (
        merged(map(columns_of, ledger.specs)) for columns_of in (_single, _totals)
    )
    shown = {column.key: column for column in (*single, *totals)}
    for column in (*OWNER, *TRACE):
        shown.pop(column.key, None)
    columns = (*OWNER, *shown.values(), *_COUNTS, *TRACE)
    more = reporting(columns, ledger.settings.reporting_currency)
    paths = {key: column.path for key, column in shown.items()}
    rows = [account.reported(_row(account, paths), more) for account in ledger.accounts]
    _classify(rows, ledger)
    return (*columns, *more), rows


def _row(account: LedgerAccount, paths: Mapping[str, str]) -> Row:
    status = {"status": account.source.status.value}
    trace = account.trace([column.path for column in OWNER[:2]])
    return account.owner | account.values(paths) | _counts(account) | status | trace


def ranking_basis(rows: Sequence[Row]) -> str:
    """By which revenue accounts are ranked: the forecast, or the latest year that any account has."""
    for key in _BASES:
        column = f"{REVENUE_TOTALS}{key}{REPORTING}"
        if any(row.get(column) is not None for row in rows):
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
    return [column_of(item, spec, _key(item.pattern), item.pattern) for item in items]


def _key(pattern: str) -> str:
    return pattern.removeprefix(f"{_COVER}.").replace(".", "_")


def _totals(spec: PlanSpec) -> list[DataColumn]:
    section = spec.find(_REVENUE)
    fields = section.fields if section else ()
    return [
        DataColumn(
            REVENUE_TOTALS + field.key,
            Text(de=f"Umsatz {field.label.de}", en=f"Revenue {field.label.en}"),
            Kind.MONEY,
            path=f"{_REVENUE}.total.{field.key}",
        )
        for field in fields
        if field.item.year_offset is not None
    ]


def _counts(account: LedgerAccount) -> Row:
    plan = account.checked.plan
    people = [person for person in plan.contacts.people if person.name]
    return {
        "open_projects": sum(project.is_open for project in plan.opportunities.open),
        "open_measures": sum(measure.is_open for measure in plan.measures.measures),
        "overdue_measures": list(account.figures.values()).count(OVERDUE),
        "contacts": len(people),
        "deciders": sum(person.decides for person in people),
        **severity_counts(account.source),
    }


def _classify(rows: Sequence[Row], ledger: Ledger) -> None:
    key = f"{REVENUE_TOTALS}{ranking_basis(rows)}{REPORTING}"
    revenues = [row.get(key) for row in rows]
    limits = ledger.settings.scoring_limits.abc
    classes = attempt(abc_class, revenues, limits) if rows else None
    for row, letter in zip_longest(rows, classes or ()):
        row["abc_class"] = letter
