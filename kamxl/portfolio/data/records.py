"""Findings and files as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter

from kamxl.checks.findings import ANSWERED, FileStatus, Severity
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.answering import keyed
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.columns import OWNER, TRACE, DataColumn, labels_of
from kamxl.portfolio.data.ledger import Row, owner_of
from kamxl.texts import Text

_SEVERITIES = {
    **labels_of(Severity),
    ANSWERED: Text(de="begründet", en="explained"),
}

STATUS = DataColumn(
    "status", Text(de="Status", en="Status"), options=labels_of(FileStatus)
)
COUNTED = (
    DataColumn("errors", Text(de="Fehler", en="Errors"), Kind.INTEGER),
    DataColumn("open", Text(de="Offen", en="Open"), Kind.INTEGER),
    DataColumn("warnings", Text(de="Warnungen", en="Warnings"), Kind.INTEGER),
    DataColumn("hints", Text(de="Hinweise", en="Hints"), Kind.INTEGER),
    DataColumn("explained", Text(de="Begründet", en="Explained"), Kind.INTEGER),
)
"""How many findings stand how, the gravest first."""
_FILE, *_PLACE = TRACE[1:]

FINDING_COLUMNS = (
    *OWNER,
    DataColumn("code", Text(de="Code", en="Code")),
    DataColumn("rule", Text(de="Regel", en="Rule")),
    DataColumn("severity", Text(de="Schwere", en="Severity"), options=_SEVERITIES),
    _FILE,
    *_PLACE,
    DataColumn("path", Text(de="Pfad", en="Path")),
    DataColumn("label", Text(de="Feld", en="Field")),
    DataColumn("value", Text(de="Gefunden", en="Found")),
    DataColumn("message", Text(de="Befund", en="Finding")),
    DataColumn("remedy", Text(de="Abhilfe", en="Remedy")),
    DataColumn("answer", Text(de="Antwort", en="Answer")),
)
SOURCE_COLUMNS = (
    _FILE,
    STATUS,
    *OWNER,
    DataColumn("plan_year", Text(de="Planjahr", en="Plan year"), Kind.INTEGER),
    DataColumn("language", Text(de="Sprache", en="Language")),
    DataColumn("profile", Text(de="Umfang", en="Extent")),
    DataColumn("template_version", Text(de="Vorlage", en="Template"), Kind.INTEGER),
    DataColumn("kamxl_version", Text(de="kamxl", en="kamxl")),
    *COUNTED,
    DataColumn("reason", Text(de="Grund", en="Reason")),
    DataColumn("read_at", Text(de="Gelesen am", en="Read at")),
    DataColumn(
        "fingerprint", Text(de="Prüfsumme (SHA-256)", en="Fingerprint (SHA-256)")
    ),
)


_DETAILS = ("sheet", "cell", "path", "label", "value", "message", "remedy", "answer")
_IDENTIFYING = (
    *("plan_year", "language", "profile"),
    *("template_version", "kamxl_version"),
)


def finding_table(collection: Collection) -> tuple[tuple[DataColumn, ...], list[Row]]:
    """The findings as reports print them, file by file: whoever counts them counts the same everywhere."""
    rows = map(_rows, collection.sources)
    return FINDING_COLUMNS, list(chain.from_iterable(rows))


def _rows(source: Source) -> list[Row]:
    """The rows of a file's findings; empty details are missing values."""
    owner = owner_of(source)
    return [
        {
            **owner,
            "code": finding.code,
            "rule": finding.rule,
            "severity": finding.state,
            "file": source.name,
            **{key: getattr(finding, key) or None for key in _DETAILS},
        }
        for finding in source.lines
    ]


def severity_counts(*sources: Source) -> Row:
    """How many findings of each severity files have, as reports print them, and how many that somebody explained."""
    lines = chain.from_iterable(source.lines for source in sources)
    return state_counts(map(attrgetter("state"), lines))


def state_counts(states: Iterable[str]) -> Row:
    """How often each state of a finding occurs, under the keys of `COUNTED`."""
    found = Counter(states)
    counts = map(found.__getitem__, _SEVERITIES)
    return {column.key: count for column, count in zip(COUNTED, counts, strict=True)}


def source_table(collection: Collection) -> tuple[tuple[DataColumn, ...], list[Row]]:
    """One row per file."""
    return SOURCE_COLUMNS, list(map(_source_row, collection.sources))


def _source_row(source: Source) -> Row:
    """A file, what it says about itself and what became of it."""
    identity = source.identity
    left_out = source.status in (FileStatus.REJECTED, FileStatus.IGNORED)
    told = left_out and source.findings
    return {
        "file": source.name,
        "status": source.status.value,
        **owner_of(source),
        **{key: getattr(identity, key, None) for key in _IDENTIFYING},
        **severity_counts(source),
        "reason": source.findings[0].message if told else None,
        "read_at": source.read_at.isoformat(sep=" "),
        "fingerprint": source.fingerprint or None,
    }


def finding_lines(collection: Collection) -> list[Row]:
    """The findings as reports print them: errors first, then file by file in the order of the cells."""
    return _errors_first(chain.from_iterable(map(_rows, collection.sources)))


def reply_lines(collection: Collection) -> list[Row]:
    """The same, each with the key by which an answer finds its finding again."""
    return _errors_first(chain.from_iterable(map(_keyed_rows, collection.sources)))


def _keyed_rows(source: Source) -> list[Row]:
    found = zip(_rows(source), keyed(source, source.lines), strict=True)
    return [{**row, "key": key} for row, (key, _) in found]


def _errors_first(rows: Iterable[Row]) -> list[Row]:
    order = list(_SEVERITIES)
    return sorted(rows, key=lambda row: order.index(row["severity"]))


def source_lines(collection: Collection) -> list[Row]:
    """The files, those that need attention first."""
    order = [
        FileStatus.REJECTED,
        FileStatus.PARTIAL,
        FileStatus.ACCEPTED,
        FileStatus.IGNORED,
    ]
    sources = sorted(collection.sources, key=lambda source: order.index(source.status))
    return list(map(_source_row, sources))
