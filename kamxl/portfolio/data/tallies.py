"""How many findings there are of which sort, for each key account manager and for each rule.

A finding is what reports print as one: what is missing on a sheet that nobody has touched counts once. Terminal,
workbook, CSV and JSON of one run have the same numbers therefore, and the columns of a tally add up to the whole::

    KAM        Dateien  Fehler  Warnungen  Hinweise  Begründet
    Anna Berg       12       3          4         1          0
"""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.columns import OWNER, DataColumn, by_key
from kamxl.portfolio.data.ledger import Row, by_name, each, grouped, owner_of
from kamxl.portfolio.data.records import (
    COUNTED,
    FINDING_COLUMNS,
    finding_lines,
    severity_counts,
    source_lines,
    state_counts,
)
from kamxl.texts import Text

_MANAGER = OWNER[-1]
_FILES = DataColumn("files", Text(de="Dateien", en="Files"), Kind.INTEGER)
_RULE = by_key(FINDING_COLUMNS)
_COUNTS = [column.key for column in COUNTED]

NOBODY = Text(de="(ohne KAM)", en="(no KAM)")
"""What stands for the manager of files that name none."""

MANAGER_COLUMNS = (_MANAGER, _FILES, *COUNTED)
RULE_COLUMNS = (_RULE["code"], _RULE["rule"], _FILES, *COUNTED)


def by_manager(collection: Collection) -> list[Row]:
    """A row per key account manager with all files of theirs, most errors first; files of nobody come last."""
    files = [row for row in source_lines(collection) if _has_plan_or_finding(row)]
    groups = by_name(files, lambda row: str(row[_MANAGER.key] or ""))
    rows = [
        {_MANAGER.key: name or None, _FILES.key: len(group), **_summed(group)}
        for name, group in groups.items()
    ]
    return sorted(rows, key=lambda row: (not row[_MANAGER.key], *_gravest_first(row)))


def by_rule(collection: Collection) -> list[Row]:
    """A row per rule that found something, most errors first, with the number of files in which it did."""
    groups = grouped(finding_lines(collection), lambda row: (row["code"], row["rule"]))
    rows = [
        {
            "code": code,
            "rule": rule,
            _FILES.key: len(set(each(group, "file"))),
            **state_counts(each(group, "severity")),
        }
        for (code, rule), group in groups.items()
    ]
    return sorted(rows, key=_gravest_first)


def collection_json(collection: Collection, *, files: bool = True) -> Row:
    """All that was found, as ``--format json`` prints it.

    Args:
        collection: the files that were checked; their names are relative to its folder.
        files: whether each file is told with its findings, or only how many there are.
    """
    told = {"files": list(map(_file_json, collection.sources))} if files else {}
    return {
        "folder": str(collection.folder),
        **told,
        "counts": collection.counts.as_json(),
        "findings": severity_counts(*collection.sources),
        "by_manager": by_manager(collection),
        "by_rule": by_rule(collection),
        "missing": [one.as_json() for one in collection.missing],
    }


def _file_json(source: Source) -> Row:
    return {
        "file": source.name,
        **owner_of(source),
        "plan_year": getattr(source.identity, "plan_year", None),
        "status": source.status.value,
        "counts": severity_counts(source),
        "findings": [finding.as_json() for finding in source.lines],
    }


def _summed(rows: Sequence[Row]) -> Row:
    return {key: sum(each(rows, key)) for key in _COUNTS}


def _has_plan_or_finding(row: Row) -> bool:
    """Whether a file is somebody's plan, or there is something to say about it."""
    return bool(row["plan_year"]) or any(map(row.get, _COUNTS))


def _gravest_first(row: Row) -> tuple[object, ...]:
    counts = (-row[key] for key in _COUNTS)
    return (*counts, str(next(iter(row.values())) or "").casefold())
