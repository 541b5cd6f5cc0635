"""Files that are no plan: why, in words for the person who put them there, and what becomes of them.

A file that should be a plan and cannot be read is *rejected*: a damaged or encrypted workbook, one from somebody else,
a plan in another format, in an archive or half downloaded. One that was never meant to be a plan is *ignored*: lock
files, companions of the operating system, other documents, our own portfolio. What a file holds decides, not its name:
an .xlsx called .xls is read, and a plan in an .xlsb is no file "with nothing to do".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kamxl.checks import formats
from kamxl.checks.findings import FileStatus, Finding
from kamxl.checks.report import Reporter
from kamxl.checks.rule import Problem, Rule, declared
from kamxl.checks.rules import file as rules
from kamxl.checks.rules import other_files as other
from kamxl.checks.traces import Traces, account_in_name, traces_of
from kamxl.document.extract import Identity, WorkbookKind
from kamxl.document.identity import TEMPLATE_VERSION
from kamxl.plan.settings.model import Settings
from kamxl.texts import Text
from kamxl.xlsx import probe
from kamxl.xlsx.source import FileFault, WorkbookError

if TYPE_CHECKING:
    from kamxl.document.finding.read import NotADocumentError

RULE_OF: Mapping[FileFault, rules.FaultRule] = MappingProxyType(
    {rule.fault: rule for rule in declared(rules.FaultRule)}
)

_LOCKS = (("~$", "Excel"), (".~lock.", "LibreOffice"))
_COMPANIONS = {
    **dict.fromkeys((".ds_store", "icon\r", ".localized"), "macOS"),
    **dict.fromkeys(("thumbs.db", "ehthumbs.db", "desktop.ini"), "Windows"),
    ".directory": "Linux",
}
_BESIDE = "._"  # how macOS calls what it knows of a file, on disks of other systems
_DETAILS = {
    probe.TEXT: Text(de="sie enthält nur Text", en="it holds plain text only"),
    probe.DAMAGED: Text(de="sie enthält nur Nullbytes", en="it holds zero bytes only"),
    "rows": Text(
        de="in ihren Tabellen stehen viel mehr Zeilen, als ein Plan haben kann",
        en="its tables have many more rows than a plan can have",
    ),
}
_PASSWORD = {
    "protection": Text(de="mit einem Kennwort", en="with a password"),
    "way": Text(de="das Kennwort entfernen", en="remove the password"),
}
_RIGHTS = {
    "protection": Text(
        de="durch eine Vertraulichkeitsbezeichnung oder Rechteverwaltung",
        en="by a sensitivity label or rights management",
    ),
    "way": Text(
        de="eine Bezeichnung ohne Verschlüsselung wählen oder den eingeschränkten Zugriff aufheben",
        en="choose a label without encryption or lift the restricted access",
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

_NAMED_SHEETS = formats.SHEET_SUFFIXES.union(formats.PLAN_SUFFIXES)

Verdict = tuple[FileStatus, Finding | None]


def broken_file(error: WorkbookError, settings: Settings | None = None) -> Verdict:
    """What becomes of a file that `kamxl.xlsx.package` could not open though it should be a workbook, and why."""
    return _broken(error, settings, "")


def unreadable_file(error: WorkbookError, settings: Settings | None = None) -> Verdict:
    """What becomes of a file of a folder of plans that could not be opened, whatever it is, and which plan is missing.

    A file that is called a workbook should have been one; of any other it depends on what is in it.
    """
    if error.detail == probe.COMPANION:
        return _companion(error.path, "macOS", settings)
    if _is_named_a_plan(error.path) or error.fault is FileFault.OWNER_FILE:
        return _broken(error, settings, account_in_name(error.path.name))
    return _foreign(error, settings)


def not_a_plan(
    path: str | os.PathLike[str], settings: Settings | None = None
) -> Verdict:
    """A workbook that kamxl did not make, or whose identity is gone."""
    if Path(path).suffix.lower() not in _NAMED_SHEETS:
        renamed = WorkbookError(FileFault.OTHER_FORMAT, path, probe.WORKBOOK)
        return _foreign(renamed, settings)
    return FileStatus.REJECTED, _finding(rules.NOT_A_PLAN.at(), path, settings)


def other_workbook(
    path: str | os.PathLike[str], kind: WorkbookKind, settings: Settings | None = None
) -> Verdict:
    """A workbook that kamxl made for another purpose."""
    return own_file(path, _KINDS[kind], settings)


def other_document(error: NotADocumentError, settings: Settings) -> Verdict:
    """What becomes of a workbook that is no plan: kamxl made it for another purpose, or did not make it."""
    if error.kind is None:
        return not_a_plan(error.path, settings)
    return other_workbook(error.path, error.kind, settings)


def own_file(
    path: str | os.PathLike[str], kind: Text, settings: Settings | None = None
) -> Verdict:
    """A file that kamxl made and that is no plan; `kind` says what it is."""
    problem = rules.OTHER_KAMXL_WORKBOOK.at(kind=kind, value=Path(path).name)
    return FileStatus.IGNORED, _finding(problem, path, settings)


def passed_over(
    path: str | os.PathLike[str], settings: Settings | None = None
) -> Verdict | None:
    """What is told without opening a file as a workbook; `None` where it may be a plan, or should be one."""
    path = Path(path)
    for start, program in _LOCKS:
        if path.name.startswith(start):
            return _open_elsewhere(path, settings, start, program)
    if _is_named_a_plan(path) and not path.name.startswith(_BESIDE):
        return None
    system = _COMPANIONS.get(path.name.casefold())
    if system:
        return _companion(path, system, settings)
    kind = probe.bytes_kind(_head(path))
    if kind in formats.OPENED:
        return None
    if kind == probe.COMPANION or path.name.startswith(_BESIDE):
        return _companion(path, "macOS", settings)
    return _foreign(WorkbookError(FileFault.OTHER_FORMAT, path, kind), settings)


def file_problems(
    path: str | os.PathLike[str], identity: Identity
) -> Iterator[Problem]:
    """A template that is newer or older than the one this version writes; a plan that is not called a workbook."""
    found = identity.template_version
    if found != TEMPLATE_VERSION:
        newer = found > TEMPLATE_VERSION
        rule = rules.TEMPLATE_NEWER if newer else rules.TEMPLATE_OLDER
        yield rule.at(found=found, known=TEMPLATE_VERSION, value=found)
    if not _is_named_a_plan(path):
        suffix = Path(path).suffix or Path(path).name
        yield other.WRONG_ENDING.at(suffix=suffix, value=suffix)


def closed_folder(
    path: str | os.PathLike[str], settings: Settings | None = None
) -> Verdict:
    """A folder that cannot be looked into."""
    return FileStatus.REJECTED, _finding(other.FOLDER_CLOSED.at(), path, settings)


def _broken(error: WorkbookError, settings: Settings | None, account: str) -> Verdict:
    """A file that should be a workbook; `account` is the number of the plan that it probably is."""
    if error.fault is FileFault.OWNER_FILE:
        return _open_elsewhere(error.path, settings, "", "Excel")
    rule = RULE_OF[error.fault]
    tell = _TOLD.get(error.fault, _detail)
    problem = rule.at(**tell(error), **_whose(rule.possible, account))
    return FileStatus.REJECTED, _finding(problem, error.path, settings)


def _format(error: WorkbookError) -> dict[str, object]:
    name = error.detail or Path(error.path).suffix.lstrip(".")
    return {"format": formats.format_name(name), "value": name}


def _protection(error: WorkbookError) -> dict[str, object]:
    known = _RIGHTS if error.detail == probe.RIGHTS else _PASSWORD
    return {"value": error.detail, **known}


def _detail(error: WorkbookError) -> dict[str, object]:
    """Which part of the file is at fault, where its rule has room to say so."""
    part = error.detail.partition(":")[0]
    known = _DETAILS.get(error.detail, part if "/" in part else None)
    said = known and "detail" in RULE_OF[error.fault].possible
    # What the system says of a file is English, and known from the rule.
    value = "" if error.fault in _SYSTEM_FAULTS else error.detail
    return {"value": value, **({"detail": known} if said else {})}


_SYSTEM_FAULTS = frozenset({FileFault.LOCKED, FileFault.FORBIDDEN})
_TOLD: Mapping[FileFault, Callable[[WorkbookError], dict[str, object]]] = (
    MappingProxyType(
        {FileFault.OTHER_FORMAT: _format, FileFault.ENCRYPTED: _protection}
    )
)


def _foreign(error: WorkbookError, settings: Settings | None) -> Verdict:
    """A file that is not called a workbook: what it holds of a plan decides."""
    suffix = error.path.suffix.lower()
    if error.fault is FileFault.ENCRYPTED and suffix in formats.SHEET_SUFFIXES:
        return _broken(error, settings, account_in_name(error.path.name))
    kind = error.detail if error.fault is FileFault.OTHER_FORMAT else suffix[1:]
    traces = traces_of(error.path, kind)
    problem = _missing_plan(error.path, kind, traces)
    if problem is not None:
        return FileStatus.REJECTED, _finding(problem, error.path, settings)
    passed = rules.OTHER_FILE_TYPE.at(suffix=error.path.suffix or None)
    return FileStatus.IGNORED, _finding(passed, error.path, settings)


def _missing_plan(path: Path, kind: str, traces: Traces) -> Problem | None:
    """Why a plan may be missing because of a file that is none; `None` where nothing points to one."""
    signs = _signs(path, kind, traces)
    rule = next((rule for rule, is_seen in signs.items() if is_seen), None)
    if rule is None:
        return None
    details = {
        "format": formats.format_name(kind),
        "plan": path.stem.removeprefix("."),
        "held": ", ".join(traces.held or ()),
        "account": traces.account,
    }
    told = {k: value for k, value in details.items() if value and k in rule.possible}
    return rule.at(value=kind, **told)


def _signs(path: Path, kind: str, traces: Traces) -> dict[Rule, bool]:
    """What may have become of a plan, and whether a file looks like it; the first counts."""
    suffix, inner = path.suffix.lower(), Path(path.stem).suffix.lower()
    is_sheet, named = inner in _NAMED_SHEETS, inner in {"", *_NAMED_SHEETS}
    is_link = suffix in formats.LINK_SUFFIXES
    return {
        other.PLAN_IN_OTHER_FORMAT: bool(traces.plan),
        other.UNFINISHED: suffix in formats.UNFINISHED_SUFFIXES and named,
        other.ONLY_A_LINK: is_link and bool(is_sheet or traces.account),
        other.PACKED: traces.held != (),
        other.PERHAPS_A_PLAN: not formats.UNREAD_SHEETS.isdisjoint({kind, suffix}),
    }


def _whose(possible: Collection[str], account: str) -> dict[str, object]:
    """The account whose plan is missing, where that is known and the rule has room to say so."""
    return {"account": account} if account and "account" in possible else {}


def _is_named_a_plan(path: str | os.PathLike[str]) -> bool:
    return Path(path).suffix.lower() in formats.PLAN_SUFFIXES


def _head(path: Path) -> bytes:
    """The beginning of a file; nothing where it cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(probe.HEAD)
    except OSError:
        return b""


def _companion(
    path: str | os.PathLike[str], system: str, settings: Settings | None
) -> Verdict:
    """What an operating system lays beside the files of people."""
    problem = other.SYSTEM_FILE.at(system=system)
    return FileStatus.IGNORED, _finding(problem, path, settings)


def _open_elsewhere(
    path: str | os.PathLike[str], settings: Settings | None, start: str, program: str
) -> Verdict:
    """The file beside a plan that says who has it open."""
    plan = Path(path).name.removeprefix(start).removesuffix("#")
    problem = rules.OWNER_FILE.at(plan=plan, program=program)
    return FileStatus.IGNORED, _finding(problem, path, settings)


def _finding(
    problem: Problem, path: str | os.PathLike[str], settings: Settings | None
) -> Finding | None:
    settings = settings or Settings()
    return Reporter(os.fspath(path), settings.language, settings).finding(problem)
