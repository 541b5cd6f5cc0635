"""A folder of workbooks → what became of each file, with all plans read and checked.

`collect(folder, settings, today)` never ends on a file's account: a damaged, locked or foreign one is a `Source` with
its finding. Every file found is accepted, partial, rejected or ignored, for example 91 = 89 + 2 + 0 + 0.
Many files are read by several processes; the result is the same, in the same order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from operator import attrgetter
from pathlib import Path

from kamxl.checks.across import check_across
from kamxl.checks.check import check
from kamxl.checks.checked import Checked
from kamxl.checks.condense import condense
from kamxl.checks.files import (
    Verdict,
    broken_file,
    closed_folder,
    other_document,
    other_workbook,
    own_file,
    passed_over,
    unreadable_file,
)
from kamxl.checks.findings import FileStatus, Finding, status_of
from kamxl.checks.side_by_side import year_of
from kamxl.checks.versions import left_out, year_counted
from kamxl.document.extract import Extract, Identity, WorkbookKind
from kamxl.document.finding.read import NotADocumentError
from kamxl.document.replies import Reply, replies_in
from kamxl.plan.document import PlanSpec, read_plan
from kamxl.plan.settings.find import NAME as SETTINGS_FILE
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.awaited import Awaited, Missing, missing_plans
from kamxl.portfolio.data.budget import Budget
from kamxl.portfolio.data.own_files import own_kind
from kamxl.portfolio.data.workers import Failure, run_all
from kamxl.texts import Progress
from kamxl.xlsx.cells import read_book
from kamxl.xlsx.folder import FoundFile, files_below
from kamxl.xlsx.source import ORDINARY, FileFault, ReadingLimits, WorkbookError

FAULT_OF = {
    Failure.DIED: FileFault.DAMAGED,
    Failure.TIME: FileFault.TOO_SLOW,
    Failure.MEMORY: FileFault.TOO_HEAVY,
}
"""What a file is called that ended its process."""
_MOST_HASHED = 64 << 20  # bytes; what is larger is no plan anyway


@dataclass(frozen=True)
class Source:
    """One file and what became of it.

    Attributes:
        path: the file.
        name: its path relative to the folder, with forward slashes.
        status: accepted, partial, rejected or ignored.
        findings: all of them.
        lines: the findings as reports print them: one for each sheet that nobody has touched yet.
        read_at: when it was read, local time.
        fingerprint: SHA-256 of its bytes; empty where it was not opened.
        identity: what the workbook says about itself, if kamxl made it as a plan.
        checked: the plan, its values and their cells; `None` where there is none to consolidate.
        replies: what was answered in it to findings of an earlier check, by the findings' keys.
        findings_sheet: the sheet on which an earlier check lists its findings.
    """

    path: Path
    name: str
    status: FileStatus
    findings: tuple[Finding, ...]
    lines: tuple[Finding, ...]
    read_at: dt.datetime
    fingerprint: str = ""
    identity: Identity | None = None
    checked: Checked | None = None
    replies: Mapping[str, Reply] = field(default_factory=dict)
    findings_sheet: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files there are and what became of them."""

    found: int
    accepted: int
    partial: int
    rejected: int
    ignored: int

    def as_json(self) -> dict[str, int]:
        """The counts for ``--format json``."""
        return asdict(self)


@dataclass(frozen=True)
class Collection:
    """Everything found in a folder, in the order of the files' names.

    Attributes:
        folder: where the files are.
        sources: the files.
        missing: accounts that have not handed in, as far as the company's list was given.
        awaited: how many accounts that list has.
    """

    folder: Path
    sources: tuple[Source, ...]
    missing: tuple[Missing, ...] = ()
    awaited: int = 0

    @property
    def plans(self) -> tuple[tuple[Source, Checked], ...]:
        """The files that are consolidated, with their plans."""
        return tuple(
            (source, source.checked)
            for source in self.sources
            if source.checked is not None
        )

    @property
    def specs(self) -> list[PlanSpec]:
        """The specifications of the plans; those that came from different processes may be equal."""
        specs = {id(checked.spec): checked.spec for _, checked in self.plans}
        return list(specs.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all files."""
        return tuple(chain.from_iterable(source.findings for source in self.sources))

    @property
    def replies(self) -> Mapping[str, Reply]:
        """What was answered in any of the files."""
        found: dict[str, Reply] = {}
        for source in self.sources:
            found.update(source.replies)
        return found

    @property
    def read_at(self) -> dt.datetime | None:
        """When the last of the files was read."""
        return max(map(attrgetter("read_at"), self.sources), default=None)

    @property
    def counts(self) -> Counts:
        """Files found and what became of them; the parts make the whole."""
        became = Counter(map(attrgetter("status"), self.sources))
        parts = list(map(became.__getitem__, FileStatus))
        if sum(parts) != len(self.sources):
            raise AssertionError(
                f"{len(self.sources)} files found, {parts} accounted for"
            )
        return Counts(len(self.sources), *parts)


def collect(
    folder: Path,
    settings: Settings,
    today: dt.date,
    progress: Progress | None = None,
    ignore: Iterable[Path] = (),
    awaited: Sequence[Awaited] = (),
) -> Collection:
    """Read and check every file of a folder tree, each plan for itself and all of them together.

    Args:
        folder: where the plans are.
        settings: the company's rules and exchange rates.
        today: the day to compare dates with.
        progress: told after each file.
        ignore: files and folders to leave out, such as the workbook about to be written.
        awaited: the accounts that should have handed in.

    Raises:
        InputError: there is no such folder.
    """
    files = files_below(folder, ignore=tuple(ignore), language=settings.language)
    read = Collection(folder, read_files(files, settings, today, progress))
    told = side_by_side(read, settings, summed=True, awaited=awaited)
    return replace(told, sources=tuple(map(_counted, told.sources)))


def read_files(
    files: Sequence[FoundFile],
    settings: Settings,
    today: dt.date,
    progress: Progress | None = None,
) -> tuple[Source, ...]:
    """Read and check each file for itself, in the order given; arguments as in `collect`."""
    files = [file for file in files if file.path.name != SETTINGS_FILE]
    tell = progress or _silence
    reading = settings.reading
    return run_all(
        _Reading(settings, today),
        files,
        lambda done, file: tell(done, len(files), file.name),
        Budget(reading.seconds, reading.megabytes),
    )


def _silence(done: int, total: int, name: str) -> None:
    """Nobody wants to know."""


class _NotOrdinaryError(Exception):
    """A file is larger than those that cost little to read."""


@dataclass(frozen=True)
class _Reading:
    """What a worker does with one file, and what to say if it dies of it."""

    settings: Settings
    today: dt.date

    def __call__(self, file: FoundFile) -> Source:
        return self._read(file, ReadingLimits())

    def at_once(self, file: FoundFile) -> Source | None:
        """The file if it is an ordinary one: the limits it has to stay below bound what it can cost."""
        try:
            return self._read(file, ORDINARY)
        except _NotOrdinaryError:
            return None

    def failed(self, file: FoundFile, failure: Failure) -> Source:
        """The file ended the process that worked on it."""
        return self._broken(file, FAULT_OF[failure])

    def _read(self, file: FoundFile, limits: ReadingLimits) -> Source:
        verdict = self._at_a_glance(file)
        if verdict is not None:
            return _without_plan(file, verdict)
        try:
            return self._plan(file, read_plan(file.path, limits))
        except WorkbookError as error:
            if limits is ORDINARY and error.fault is FileFault.TOO_LARGE:
                raise _NotOrdinaryError from None
            verdict = unreadable_file(error, self.settings)
        except NotADocumentError as error:
            return self._other_document(file, error)
        except MemoryError:
            raise  # whoever gave us the memory tells what becomes of the file
        except Exception as error:  # noqa: BLE001 - one file must never end the work on all others
            detail = f"{type(error).__name__}: {error}"[:200]
            return self._broken(file, FileFault.DAMAGED, detail)
        return _without_plan(file, verdict, _fingerprint(file.path))

    def _at_a_glance(self, file: FoundFile) -> Verdict | None:
        """What is to be said of a file or folder that need not be opened as a plan."""
        if file.is_folder:
            return closed_folder(file.path, self.settings)
        kind = own_kind(file.path)
        if kind:
            return own_file(file.path, kind, self.settings)
        return passed_over(file.path, self.settings)

    def _other_document(self, file: FoundFile, error: NotADocumentError) -> Source:
        """A workbook that is no plan; one of findings brings the answers given in it."""
        verdict = other_document(error, self.settings)
        source = _without_plan(file, verdict, _fingerprint(file.path))
        if error.kind is not WorkbookKind.FINDINGS:
            return source
        return replace(source, replies=replies_of([file.path]))

    def _broken(self, file: FoundFile, fault: FileFault, detail: str = "") -> Source:
        """The file could not be worked on at all."""
        error = WorkbookError(fault, file.path, detail)
        return _without_plan(
            file, broken_file(error, self.settings), _fingerprint(file.path)
        )

    def _plan(self, file: FoundFile, extract: Extract) -> Source:
        if extract.identity.kind is WorkbookKind.TEMPLATE and not _has_account(extract):
            verdict = other_workbook(file.path, WorkbookKind.TEMPLATE, self.settings)
            return _without_plan(file, verdict, extract.fingerprint)
        checked = check(extract, self.settings, self.today)
        lines = condense(checked.findings, extract, self.settings)
        return Source(
            file.path, file.name, checked.status, checked.findings, lines, _now(), extract.fingerprint,
            extract.identity, checked, extract.replies, extract.findings_sheet,
        )  # fmt: skip


def replies_of(files: Iterable[Path]) -> dict[str, Reply]:
    """What was answered in findings workbooks; what cannot be read has no answers."""
    found: dict[str, Reply] = {}
    for file in sorted(files):
        with suppress(WorkbookError):
            found |= replies_in(read_book(file).sheets)
    return found


def _has_account(extract: Extract) -> bool:
    """Whether somebody made a plan of the template by naming the account."""
    naming = {"cover.account_id", "cover.company"}
    return any(entry.path in naming and entry.raw.strip() for entry in extract.entries)


def _without_plan(
    file: FoundFile, verdict: tuple[FileStatus, Finding | None], fingerprint: str = ""
) -> Source:
    status, finding = verdict
    findings = () if finding is None else (finding,)
    return Source(file.path, file.name, status, findings, findings, _now(), fingerprint)


def _fingerprint(path: Path) -> str:
    """SHA-256 of a file that is no plan; empty where it cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_HASHED:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def side_by_side(
    read: Collection,
    settings: Settings,
    *,
    summed: bool,
    awaited: Sequence[Awaited] = (),
) -> Collection:
    """The files with what only shows when all their plans lie side by side.

    Args:
        read: the files, each looked at for itself.
        settings: the company's rules and exchange rates.
        summed: whether the plans are a folder's, of which one for each account and year counts.
        awaited: the accounts that should have handed in.
    """
    across: dict[str, list[Finding]] = defaultdict(list)
    plans = [checked for _, checked in read.plans]
    for finding in check_across(plans, settings, summed=summed):
        across[finding.file].append(finding)
    left = _left_out(plans, settings) if summed else {}
    sources = (
        _with(source, across[source.checked.file], left) if source.checked else source
        for source in read.sources
    )
    missing = missing_plans(plans, awaited, settings)
    return Collection(read.folder, tuple(sources), missing, len(awaited))


def _left_out(plans: Sequence[Checked], settings: Settings) -> dict[int, FileStatus]:
    """What becomes of the plans that do not count: one plan per account does, of one year."""
    year = year_counted(plans, settings)
    others = [plan for plan in plans if year_of(plan) != year]
    left = {id(plan): FileStatus.IGNORED for plan in others}
    for entry in left_out(plans):
        # Of several versions that nobody can tell apart, none could be taken.
        became = FileStatus.IGNORED if entry.counts else FileStatus.REJECTED
        left.setdefault(id(entry.plan), became)
    return left


def _with(
    source: Source, more: Sequence[Finding], left_out: Mapping[int, FileStatus]
) -> Source:
    """The source with further findings, and what becomes of its plan."""
    findings = (*more, *source.findings)
    status = status_of(findings) if more else source.status
    return replace(
        source,
        findings=findings,
        lines=(*more, *source.lines),
        status=left_out.get(id(source.checked), status),
    )


def _counted(source: Source) -> Source:
    """The source without its plan, where that does not count."""
    counts = source.status in {FileStatus.ACCEPTED, FileStatus.PARTIAL}
    return source if counts else replace(source, checked=None)
