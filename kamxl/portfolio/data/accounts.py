"""One row per account: master data, every single field and figure of the plan, counts and class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kamxl.checks.findings import Severity, Status
from kamxl.document.figures import attempt
from kamxl.document.schema import FormSpec
from kamxl.document.vocabulary import Kind
from kamxl.plan.document import PlanSpec
from kamxl.plan.measures import FINISHED, OVERDUE
from kamxl.plan.opportunities import CLOSED_STAGES
from kamxl.portfolio.data.columns import (
    OWNER,
    REPORTING,
    TRACE,
    Column,
    column_of,
    merged,
    reporting,
)
from kamxl.portfolio.data.ledger import Account, Ledger, Row
from kamxl.scoring import abc_class
from kamxl.texts import Text

__all__ = ["REVENUE_TOTALS", "account_table", "ranking_basis"]

_COVER = "cover"
_REVENUE = "revenue.revenue"
REVENUE_TOTALS = "revenue_total_"
"""Beginning of the columns with an account's revenue over all product groups."""

_BASES = ("forecast", "actual_2", "actual_3", "actual_4", "target")

_COUNTS = (
    Column(
        "open_projects", Text(de="Offene Projekte", en="Open projects"), Kind.INTEGER
    ),
    Column(
        "open_measures", Text(de="Offene Maßnahmen", en="Open measures"), Kind.INTEGER
    ),
    Column(
        "overdue_measures",
        Text(de="Überfällige Maßnahmen", en="Overdue measures"),
        Kind.INTEGER,
    ),
    Column("contacts", Text(de="Kontakte", en="Contacts"), Kind.INTEGER),
    Column("deciders", Text(de="Entscheider", en="Deciders"), Kind.INTEGER),
    Column("errors", Text(de="Fehler", en="Errors"), Kind.INTEGER),
    Column("warnings", Text(de="Warnungen", en="Warnings"), Kind.INTEGER),
    Column("hints", Text(de="Hinweise", en="Hints"), Kind.INTEGER),
    Column("abc_class", Text(de="ABC-Klasse", en="ABC class")),
    Column(
        "status",
        Text(de="Status", en="Status"),
        options={str(s.value): s.label for s in Status},
    ),
)


def account_table(ledger: Ledger) -> tuple[tuple[Column, ...], list[Row]]:
    """The table `accounts`."""
    single = merged([list(_single(spec)) for spec in ledger.specs])
    totals = merged([list(_totals(spec)) for spec in ledger.specs])
    named = {column.key for column in (*OWNER, *TRACE)}
    kept = tuple(column for column in single if column.key not in named)
    columns = (*OWNER, *kept, *totals, *_COUNTS, *TRACE)
    more = reporting(columns, ledger.settings.reporting_currency)
    rows = []
    for account in ledger.accounts:
        row = account.owner | {
            column.key: account.value(column.path) for column in (*kept, *totals)
        }
        row |= _counts(account) | {"status": account.source.status.value}
        row |= account.trace(["cover.account_id", "cover.company"])
        rows.append(account.reported(row, more))
    _classify(rows, ledger)
    return (*columns, *more), rows


def ranking_basis(rows: Sequence[Row]) -> str:
    """By which revenue accounts are ranked: the forecast, or the latest year that any account has."""
    for key in _BASES:
        column = f"{REVENUE_TOTALS}{key}{REPORTING}"
        if any(row.get(column) is not None for row in rows):
            return key
    return _BASES[0]


def _single(spec: PlanSpec) -> Iterator[Column]:
    """Every field and figure there is once per plan; those of other sheets carry the sheet's name."""
    for sheet in spec.sheets:
        for section in sheet.sections:
            if isinstance(section, FormSpec):
                for field in section.fields:
                    yield column_of(field, spec, _key(field.pattern), field.pattern)
        for figure in sheet.figures:
            yield column_of(figure, spec, _key(figure.pattern), figure.pattern)


def _key(pattern: str) -> str:
    return pattern.removeprefix(f"{_COVER}.").replace(".", "_")


def _totals(spec: PlanSpec) -> Iterator[Column]:
    section = spec.find(_REVENUE)
    for field in section.fields if section else ():
        if field.item.year_offset is not None:
            label = Text(de=f"Umsatz {field.label.de}", en=f"Revenue {field.label.en}")
            yield Column(
                REVENUE_TOTALS + field.key,
                label,
                Kind.MONEY,
                path=f"{_REVENUE}.total.{field.key}",
            )


def _counts(account: Account) -> Row:
    plan = account.checked.plan
    overdue = [path for path, value in account.figures.items() if value == OVERDUE]
    findings = [finding.severity for finding in account.source.lines]
    people = [person for person in plan.contacts.people if person.name]
    return {
        "open_projects": sum(
            p.stage not in CLOSED_STAGES and bool(p.project or p.value)
            for p in plan.opportunities.open
        ),
        "open_measures": sum(
            m.status not in FINISHED and bool(m.measure) for m in plan.measures.measures
        ),
        "overdue_measures": len(overdue),
        "contacts": len(people),
        "deciders": sum(person.role == "decider" for person in people),
        "errors": findings.count(Severity.ERROR),
        "warnings": findings.count(Severity.WARNING),
        "hints": findings.count(Severity.HINT),
    }


def _classify(rows: Sequence[Row], ledger: Ledger) -> None:
    key = f"{REVENUE_TOTALS}{ranking_basis(rows)}{REPORTING}"
    revenues = [row.get(key) for row in rows]
    classes = (
        attempt(abc_class, revenues, ledger.settings.scoring_limits.abc)
        if rows
        else None
    )
    for row, letter in zip(rows, classes or [None] * len(rows), strict=True):
        row["abc_class"] = letter
