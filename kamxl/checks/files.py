"""Files that are no plan: why, in words for the person who put them there, and what becomes of them.

A file that should be a plan and cannot be read is *rejected* (a damaged or encrypted workbook, a workbook from
somebody else); one that was never meant to be a plan is *ignored* (Excel's lock files, other file types, our own
portfolio and findings workbooks).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kamxl.checks.findings import Finding, Status
from kamxl.checks.problem import Problem
from kamxl.checks.report import Reporter
from kamxl.checks.rules import Rule
from kamxl.checks.rules import file as rules
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.plan.settings.model import Settings
from kamxl.texts import Language, Text
from kamxl.xlsx import probe
from kamxl.xlsx.package import FileFault, WorkbookError

__all__ = [
    "PLAN_SUFFIXES", "RULE_OF", "broken_file", "not_a_plan", "other_workbook", "passed_over", "template_problems",
]  # fmt: skip

PLAN_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""Endings of files that are opened; everything else is passed over."""

RULE_OF: Mapping[FileFault, Rule] = MappingProxyType(
    {
        FileFault.NOT_A_WORKBOOK: rules.NOT_A_WORKBOOK,
        FileFault.EMPTY_FILE: rules.EMPTY_FILE,
        FileFault.OTHER_FORMAT: rules.OTHER_FORMAT,
        FileFault.ENCRYPTED: rules.ENCRYPTED,
        FileFault.DAMAGED: rules.DAMAGED,
        FileFault.TOO_LARGE: rules.TOO_LARGE,
        FileFault.LOCKED: rules.LOCKED,
        FileFault.OWNER_FILE: rules.OWNER_FILE,
        FileFault.CHANGED_WHILE_READ: rules.CHANGED_WHILE_READ,
        FileFault.MISSING: rules.MISSING,
    }
)

_FORMATS = {
    "xls": Text(de="eine alte Excel-Datei (*.xls)", en="an old Excel file (*.xls)"),
    "xlsb": Text(
        de="eine binäre Excel-Arbeitsmappe (*.xlsb)",
        en="a binary Excel workbook (*.xlsb)",
    ),
    "ods": Text(
        de="eine OpenDocument-Tabelle (*.ods)", en="an OpenDocument spreadsheet (*.ods)"
    ),
    "docx": Text(de="ein Word-Dokument (*.docx)", en="a Word document (*.docx)"),
    "odt": Text(de="ein OpenDocument-Text (*.odt)", en="an OpenDocument text (*.odt)"),
    "numbers": Text(de="eine Numbers-Tabelle", en="a Numbers spreadsheet"),
    "ppt": Text(
        de="eine alte PowerPoint-Präsentation (*.ppt)",
        en="an old PowerPoint presentation (*.ppt)",
    ),
    "rtf": Text(de="ein RTF-Dokument", en="an RTF document"),
    "png": Text(de="ein Bild (PNG)", en="a picture (PNG)"),
    "jpeg": Text(de="ein Bild (JPEG)", en="a picture (JPEG)"),
    "mhtml": Text(
        de="eine gespeicherte Webseite (MHTML)", en="a saved web page (MHTML)"
    ),
    "7z": Text(de="ein 7z-Archiv", en="a 7z archive"),
    "rar": Text(de="ein RAR-Archiv", en="a RAR archive"),
    "doc": Text(
        de="ein altes Word-Dokument (*.doc)", en="an old Word document (*.doc)"
    ),
    "pptx": Text(
        de="eine PowerPoint-Präsentation (*.pptx)",
        en="a PowerPoint presentation (*.pptx)",
    ),
    "csv": Text(de="eine Textdatei (CSV)", en="a text file (CSV)"),
    "text": Text(de="eine Textdatei", en="a text file"),
    "txt": Text(de="eine Textdatei", en="a text file"),
    "html": Text(de="eine Webseite (HTML)", en="a web page (HTML)"),
    "xml": Text(de="eine XML-Datei", en="an XML file"),
    "pdf": Text(de="ein PDF-Dokument", en="a PDF document"),
    "zip": Text(de="ein ZIP-Archiv", en="a ZIP archive"),
}
_DETAILS = {
    probe.TEXT: Text(de=" (sie enthält nur Text)", en=" (it holds plain text only)"),
    probe.DAMAGED: Text(
        de=" (sie enthält nur Nullbytes)", en=" (it holds zero bytes only)"
    ),
}
_KINDS = {
    WorkbookKind.PORTFOLIO: Text(
        de="die Portfolio-Arbeitsmappe", en="the portfolio workbook"
    ),
    WorkbookKind.FINDINGS: Text(de="ein Prüfbericht", en="a findings report"),
    WorkbookKind.SCORING: Text(
        de="die Beispielmappe der Bewertungsfunktionen",
        en="the scoring examples workbook",
    ),
    WorkbookKind.PLAN: Text(de="ein Accountplan", en="an account plan"),
    WorkbookKind.TEMPLATE: Text(de="eine Vorlage", en="a template"),
}

Verdict = tuple[Status, Finding | None]


def broken_file(error: WorkbookError, settings: Settings | None = None) -> Verdict:
    """What becomes of a file that `kamxl.workbook` could not open, and why."""
    rule = RULE_OF[error.fault]
    if error.fault is FileFault.OTHER_FORMAT:
        name = error.detail or Path(error.path).suffix.lstrip(".")
        details: dict[str, object] = {
            "format": _FORMATS.get(
                name, Text(de=f"eine Datei vom Typ {name}", en=f"a file of type {name}")
            ),
            "value": name,
        }
    elif error.fault is FileFault.OWNER_FILE:
        details = {"plan": Path(error.path).name.removeprefix("~$")}
    else:
        part = error.detail.partition(":")[0]
        named = f" ({part})" if "/" in part else ""
        details = {"more": _DETAILS.get(error.detail, named), "value": error.detail}
    status = Status.IGNORED if error.fault is FileFault.OWNER_FILE else Status.REJECTED
    return status, _finding(rule, error.path, details, settings)


def not_a_plan(
    path: str | os.PathLike[str], detail: str = "", settings: Settings | None = None
) -> Verdict:
    """A workbook that kamxl did not make, or whose identity is gone."""
    details = {"detail": f" ({detail})" if detail else ""}
    return Status.REJECTED, _finding(rules.NOT_A_PLAN, path, details, settings)


def other_workbook(
    path: str | os.PathLike[str], kind: WorkbookKind, settings: Settings | None = None
) -> Verdict:
    """A workbook that kamxl made for another purpose."""
    details = {"kind": _KINDS[kind], "value": kind.value}
    return Status.IGNORED, _finding(rules.OTHER_KAMXL_WORKBOOK, path, details, settings)


def passed_over(
    path: str | os.PathLike[str], settings: Settings | None = None
) -> Verdict | None:
    """What is told by a file's name alone: a lock file or another type; `None` where it may be a plan."""
    name = Path(path).name
    if name.startswith(("~$", ".~lock.")):
        plan = name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
        return Status.IGNORED, _finding(
            rules.OWNER_FILE, path, {"plan": plan}, settings
        )
    if Path(path).suffix.lower() not in PLAN_SUFFIXES:
        details = {"suffix": Path(path).suffix or "–"}
        return Status.IGNORED, _finding(rules.OTHER_FILE_TYPE, path, details, settings)
    return None


def template_problems(identity: Identity) -> Iterator[Problem]:
    """A template that is newer or older than the one this version writes."""
    details = {
        "found": identity.template_version,
        "known": TEMPLATE_VERSION,
        "value": identity.template_version,
    }
    if identity.template_version > TEMPLATE_VERSION:
        yield Problem(rules.TEMPLATE_NEWER, details=details)
    elif identity.template_version < TEMPLATE_VERSION:
        yield Problem(rules.TEMPLATE_OLDER, details=details)


def _finding(
    rule: Rule,
    path: str | os.PathLike[str],
    details: Mapping[str, object],
    settings: Settings | None,
) -> Finding | None:
    chosen = settings or Settings()
    language = chosen.language if settings else Language.DE
    return Reporter(os.fspath(path), language, chosen).finding(
        Problem(rule, details=details)
    )
