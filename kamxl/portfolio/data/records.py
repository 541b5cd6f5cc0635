"""Findings and files as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kamxl.checks.findings import FileStatus, Finding, Severity
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.columns import OWNER, DataColumn
from kamxl.portfolio.data.ledger import Row, owner_of
from kamxl.texts import Text

_SEVERITIES = {str(severity.value): severity.label for severity in Severity}
_STATES = {str(status.value): status.label for status in FileStatus}

FINDING_COLUMNS = (
    *OWNER,
    DataColumn("code", Text(de="Code", en="Code")),
    DataColumn("rule", Text(de="Regel", en="Rule")),
    DataColumn("severity", Text(de="Schwere", en="Severity"), options=_SEVERITIES),
    DataColumn("file", Text(de="Datei", en="File")),
    DataColumn("sheet", Text(de="Blatt", en="Sheet")),
    DataColumn("cell", Text(de="Zelle", en="Cell")),
    DataColumn("path", Text(de="Pfad", en="Path")),
    DataColumn("label", Text(de="Feld", en="Field")),
    DataColumn("value", Text(de="Gefunden", en="Found")),
    DataColumn("message", Text(de="Befund", en="Finding")),
    DataColumn("remedy", Text(de="Abhilfe", en="Remedy")),
)
SOURCE_COLUMNS = (
    DataColumn("file", Text(de="Datei", en="File")),
    DataColumn("status", Text(de="Status", en="Status"), options=_STATES),
    *OWNER,
    DataColumn("plan_year", Text(de="Planjahr", en="Plan year"), Kind.INTEGER),
    DataColumn("language", Text(de="Sprache", en="Language")),
    DataColumn("profile", Text(de="Umfang", en="Extent")),
    DataColumn("template_version", Text(de="Vorlage", en="Template"), Kind.INTEGER),
    DataColumn("kamxl_version", Text(de="kamxl", en="kamxl")),
    DataColumn("errors", Text(de="Fehler", en="Errors"), Kind.INTEGER),
    DataColumn("warnings", Text(de="Warnungen", en="Warnings"), Kind.INTEGER),
    DataColumn("hints", Text(de="Hinweise", en="Hints"), Kind.INTEGER),
    DataColumn("reason", Text(de="Grund", en="Reason")),
    DataColumn("read_at", Text(de="Gelesen am", en="Read at")),
    DataColumn(
        "fingerprint", Text(de="Prüfsumme (SHA-256)", en="Fingerprint (SHA-256)")
    ),
)


_DETAILS = ("sheet", "cell", "path", "label", "value", "message", "remedy")
_IDENTIFYING = (
    *("plan_year", "language", "profile"),
    *("template_version", "kamxl_version"),
)
_COUNTED = {
    "errors": Severity.ERROR,
    "warnings": Severity.WARNING,
    "hints": Severity.HINT,
}


def finding_table(collection: Collection) -> tuple[tuple[DataColumn, ...], list[Row]]:
    """Every single finding, also those that reports draw together."""
    return FINDING_COLUMNS, [
        row for s in collection.sources for row in finding_rows(s, s.findings)
    ]


def finding_rows(source: Source, findings: Sequence[Finding]) -> list[Row]:
    """The rows of a file's findings; empty details are missing values."""
    owner = _owner(source)
    return [
        {
            **owner,
            "code": finding.code,
            "rule": finding.rule,
            "severity": finding.severity.value,
            "file": source.name,
            **{key: getattr(finding, key) or None for key in _DETAILS},
        }
        for finding in findings
    ]


def severity_counts(*sources: Source) -> Row:
    """How many errors, warnings and hints files have, as reports print them."""
    found = Counter(finding.severity for s in sources for finding in s.lines)
    return {key: found[severity] for key, severity in _COUNTED.items()}


def source_table(collection: Collection) -> tuple[tuple[DataColumn, ...], list[Row]]:
    """One row per file."""
    return SOURCE_COLUMNS, [source_row(source) for source in collection.sources]


def source_row(source: Source) -> Row:
    """A file, what it says about itself and what became of it."""
    identity = source.identity
    told = (
        source.status in (FileStatus.REJECTED, FileStatus.IGNORED) and source.findings
    )
    return {
        "file": source.name,
        "status": source.status.value,
        **_owner(source),
        **{key: getattr(identity, key, None) for key in _IDENTIFYING},
        **severity_counts(source),
        "reason": source.findings[0].message if told else None,
        "read_at": source.read_at.isoformat(sep=" "),
        "fingerprint": source.fingerprint or None,
    }


def _owner(source: Source) -> Row:
    values = source.checked.values if source.checked else {}
    return owner_of(values, source.identity.account_id if source.identity else "")


def finding_lines(collection: Collection) -> list[Row]:
    """The findings as reports print them: errors first, then file by file in the order of the cells."""
    order = [severity.value for severity in Severity]
    rows = [row for s in collection.sources for row in finding_rows(s, s.lines)]
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
    return [source_row(source) for source in sources]
