"""Findings and files as tables."""

from __future__ import annotations

from collections.abc import Sequence

from kamxl.checks.findings import Finding, Severity, Status
from kamxl.document.vocabulary import Kind
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.columns import OWNER, Column
from kamxl.portfolio.data.ledger import Row
from kamxl.texts import Text

__all__ = ["finding_rows", "finding_table", "source_row", "source_table"]

_SEVERITIES = {str(severity.value): severity.label for severity in Severity}
_STATES = {str(status.value): status.label for status in Status}

FINDING_COLUMNS = (
    *OWNER,
    Column("code", Text(de="Code", en="Code")),
    Column("rule", Text(de="Regel", en="Rule")),
    Column("severity", Text(de="Schwere", en="Severity"), options=_SEVERITIES),
    Column("file", Text(de="Datei", en="File")),
    Column("sheet", Text(de="Blatt", en="Sheet")),
    Column("cell", Text(de="Zelle", en="Cell")),
    Column("path", Text(de="Pfad", en="Path")),
    Column("label", Text(de="Feld", en="Field")),
    Column("value", Text(de="Gefunden", en="Found")),
    Column("message", Text(de="Befund", en="Finding")),
    Column("remedy", Text(de="Abhilfe", en="Remedy")),
)
SOURCE_COLUMNS = (
    Column("file", Text(de="Datei", en="File")),
    Column("status", Text(de="Status", en="Status"), options=_STATES),
    *OWNER,
    Column("plan_year", Text(de="Planjahr", en="Plan year"), Kind.INTEGER),
    Column("language", Text(de="Sprache", en="Language")),
    Column("profile", Text(de="Umfang", en="Extent")),
    Column("template_version", Text(de="Vorlage", en="Template"), Kind.INTEGER),
    Column("kamxl_version", Text(de="kamxl", en="kamxl")),
    Column("errors", Text(de="Fehler", en="Errors"), Kind.INTEGER),
    Column("warnings", Text(de="Warnungen", en="Warnings"), Kind.INTEGER),
    Column("hints", Text(de="Hinweise", en="Hints"), Kind.INTEGER),
    Column("reason", Text(de="Grund", en="Reason")),
    Column("read_at", Text(de="Gelesen am", en="Read at")),
    Column("fingerprint", Text(de="Prüfsumme (SHA-256)", en="Fingerprint (SHA-256)")),
)


def finding_table(collection: Collection) -> tuple[tuple[Column, ...], list[Row]]:
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
            **{
                key: getattr(finding, key) or None
                for key in (
                    "sheet",
                    "cell",
                    "path",
                    "label",
                    "value",
                    "message",
                    "remedy",
                )
            },
        }
        for finding in findings
    ]


def source_table(collection: Collection) -> tuple[tuple[Column, ...], list[Row]]:
    """One row per file."""
    return SOURCE_COLUMNS, [source_row(source) for source in collection.sources]


def source_row(source: Source) -> Row:
    """A file, what it says about itself and what became of it."""
    identity = source.identity
    severities = [finding.severity for finding in source.lines]
    told = source.status in (Status.REJECTED, Status.IGNORED) and source.findings
    return {
        "file": source.name,
        "status": source.status.value,
        **_owner(source),
        "plan_year": identity.plan_year if identity else None,
        "language": identity.language if identity else None,
        "profile": identity.profile if identity else None,
        "template_version": identity.template_version if identity else None,
        "kamxl_version": identity.kamxl_version if identity else None,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "hints": severities.count(Severity.HINT),
        "reason": source.findings[0].message if told else None,
        "read_at": source.read_at.isoformat(sep=" "),
        "fingerprint": source.fingerprint or None,
    }


def _owner(source: Source) -> Row:
    values = source.checked.values if source.checked else {}
    account = values.get("cover.account_id") or (
        source.identity.account_id if source.identity else ""
    )
    return {
        "account_id": account or None,
        "company": values.get("cover.company"),
        "key_account_manager": values.get("cover.key_account_manager"),
    }
