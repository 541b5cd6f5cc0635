"""What a check says: findings, each with its cell, and the status of a file.

A `Finding` is one fault at one place, worded for the person who repairs it, e.g. as one line::

    acme.xlsx · 5 Offene Projekte!G14 · KAM212 value-out-of-range · Chance: 140 % liegt über 100 %. …

A file is *accepted* without an error, *partial* when it could be read but has errors, *rejected* when it cannot
be read as a plan, *ignored* when it was never meant to be one. An entry that is still missing is *open*, and an error
only once the company's deadline has passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kamxl.checks.entries.texts import visible
from kamxl.document.vocabulary import Choice
from kamxl.texts import Text


class Severity(Choice):
    """How much it matters: an error keeps a value or file out, what is open is owed, a warning doubts, a hint helps."""

    ERROR = "error", Text(de="Fehler", en="Error")
    OPEN = "open", Text(de="offen", en="open")
    WARNING = "warning", Text(de="Warnung", en="Warning")
    HINT = "hint", Text(de="Hinweis", en="Hint")


ANSWERED = "answered"
"""How a finding stands to which somebody gave a reason."""


class FileStatus(Choice):
    """What became of a file."""

    ACCEPTED = "accepted", Text(de="übernommen", en="accepted")
    PARTIAL = "partial", Text(de="teilweise übernommen", en="partly accepted")
    REJECTED = "rejected", Text(de="abgelehnt", en="rejected")
    IGNORED = "ignored", Text(de="nicht berücksichtigt", en="ignored")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault at one place; `label` is the field's as printed, `value` what was found there.

    `sheet`, `cell`, `path` and `label` are empty where a finding concerns the whole file; `answer` is why a warning or
    hint is meant to be so, if somebody has said it; `parts` are the findings that this one draws together.
    """

    code: str
    rule: str
    severity: Severity
    file: str
    sheet: str = ""
    cell: str = ""
    path: str = ""
    label: str = ""
    value: str = ""
    message: str
    remedy: str
    answer: str = ""
    parts: tuple[Finding, ...] = ()

    @property
    def state(self) -> str:
        """How the finding stands: its severity, or `ANSWERED` where somebody said why it is meant to be so."""
        return ANSWERED if self.answer else self.severity.value

    @property
    def place(self) -> str:
        """Sheet and cell as Excel writes them: ``5 Offene Projekte!G14``."""
        return "!".join(filter(None, (self.sheet, self.cell)))

    def line(self, file: str = "") -> str:
        """The finding in one line for a terminal, its file by this name or by its own."""
        parts = (
            file or Path(self.file).name,
            self.place,
            f"{self.code} {self.rule}",
            f"{self.message} {self.remedy}",
        )
        told = (part for part in parts if part.strip())
        return visible(" · ".join(told))

    def as_json(self) -> dict[str, object]:
        """The finding for ``--format json`` (its file is named once, above its findings)."""
        return {
            "code": self.code,
            "rule": self.rule,
            "severity": self.severity.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "path": self.path,
            "label": self.label,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
            "answer": self.answer,
            "parts": [part.as_json() for part in self.parts],
        }


def status_of(findings: Iterable[Finding]) -> FileStatus:
    """The status of a plan that could be read."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return FileStatus.PARTIAL
    return FileStatus.ACCEPTED


def sort_findings(
    findings: Iterable[Finding], sheets: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """By file, then in the order of `sheets` (names as printed; unknown ones last), row, column and code."""
    names = dict.fromkeys(("", *sheets))
    position = {name: index for index, name in enumerate(names)}

    def key(finding: Finding) -> tuple[object, ...]:
        return (
            finding.file,
            position.get(finding.sheet, len(position)),
            finding.sheet,
            *_row_and_column(finding.cell),
            finding.code,
            finding.path,
        )

    return tuple(sorted(findings, key=key))


_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")


def _row_and_column(cell: str) -> tuple[int, int, str]:
    match = _CELL.match(cell)
    if match is None:
        return 0, 0, ""
    letters, row = match.groups()
    return int(row), len(letters), letters
