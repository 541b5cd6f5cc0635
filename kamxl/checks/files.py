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

from kamxl.checks.findings import FileStatus, Finding
from kamxl.checks.report import Reporter
from kamxl.checks.rule import Problem, declared
from kamxl.checks.rules import file as rules
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx import probe
from kamxl.xlsx.source import FileFault, WorkbookError

PLAN_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""Endings of files that are opened; everything else is passed over."""

RULE_OF: Mapping[FileFault, rules.FaultRule] = MappingProxyType(
    {rule.fault: rule for rule in declared(rules.FaultRule)}
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
    probe.TEXT: Text(de="sie enthält nur Text", en="it holds plain text only"),
    probe.DAMAGED: Text(de="sie enthält nur Nullbytes", en="it holds zero bytes only"),
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

Verdict = tuple[FileStatus, Finding | None]


def broken_file(error: WorkbookError, settings: Settings | None = None) -> Verdict:
    """What becomes of a file that `kamxl.xlsx.package` could not open, and why."""
    if error.fault is FileFault.OWNER_FILE:
        return _open_elsewhere(error.path, settings)
    tell = _format if error.fault is FileFault.OTHER_FORMAT else _detail
    problem = RULE_OF[error.fault].at(**tell(error))
    return FileStatus.REJECTED, _finding(problem, error.path, settings)


def _format(error: WorkbookError) -> dict[str, object]:
    name = error.detail or Path(error.path).suffix.lstrip(".")
    other = Text(de=f"eine Datei vom Typ {name}", en=f"a file of type {name}")
    return {"format": _FORMATS.get(name, other), "value": name}


def _detail(error: WorkbookError) -> dict[str, object]:
    """Which part of the file is at fault, where its rule has room to say so."""
    part = error.detail.partition(":")[0]
    known = _DETAILS.get(error.detail, part if "/" in part else None)
    said = known and "detail" in RULE_OF[error.fault].possible
    return {"value": error.detail, **({"detail": known} if said else {})}


def not_a_plan(
    path: str | os.PathLike[str], settings: Settings | None = None
) -> Verdict:
    """A workbook that kamxl did not make, or whose identity is gone."""
    return FileStatus.REJECTED, _finding(rules.NOT_A_PLAN.at(), path, settings)


def other_workbook(
    path: str | os.PathLike[str], kind: WorkbookKind, settings: Settings | None = None
) -> Verdict:
    """A workbook that kamxl made for another purpose."""
    problem = rules.OTHER_KAMXL_WORKBOOK.at(kind=_KINDS[kind], value=kind.value)
    return FileStatus.IGNORED, _finding(problem, path, settings)


def passed_over(
    path: str | os.PathLike[str], settings: Settings | None = None
) -> Verdict | None:
    """What is told by a file's name alone: a lock file or another type; `None` where it may be a plan."""
    if Path(path).name.startswith(("~$", ".~lock.")):
        return _open_elsewhere(path, settings)
    suffix = Path(path).suffix
    if suffix.lower() in PLAN_SUFFIXES:
        return None
    problem = rules.OTHER_FILE_TYPE.at(suffix=suffix or None)
    return FileStatus.IGNORED, _finding(problem, path, settings)


def template_problems(identity: Identity) -> Iterator[Problem]:
    """A template that is newer or older than the one this version writes."""
    found = identity.template_version
    if found != TEMPLATE_VERSION:
        newer = found > TEMPLATE_VERSION
        rule = rules.TEMPLATE_NEWER if newer else rules.TEMPLATE_OLDER
        yield rule.at(found=found, known=TEMPLATE_VERSION, value=found)


def _open_elsewhere(path: str | os.PathLike[str], settings: Settings | None) -> Verdict:
    """The file beside a plan that says who has it open."""
    name = Path(path).name
    plan = name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
    return FileStatus.IGNORED, _finding(rules.OWNER_FILE.at(plan=plan), path, settings)


def _finding(
    problem: Problem, path: str | os.PathLike[str], settings: Settings | None
) -> Finding | None:
    settings = settings or Settings()
    return Reporter(os.fspath(path), settings.language, settings).finding(problem)
