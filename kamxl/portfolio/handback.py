"""Findings go home: to each key account manager a workbook and a mail draft, and to each plan a copy with its findings.

    hand_back(collection, Path("Rueckgabe"), settings)  →  Befunde_Dilek-Arslan.xlsx, Befunde_Dilek-Arslan.eml, …
    annotate(collection, Path("Kopien"), settings)      →  Kopien/Süd/10012_Norvesta.xlsx with the sheet *Prüfung*

What was answered in an earlier workbook of the same folder is kept; the plans themselves are never touched.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kamxl.checks.entries.wording import day
from kamxl.checks.findings import FileStatus, Finding, Severity
from kamxl.document.extract import WorkbookKind
from kamxl.document.file_names import file_part, free_name
from kamxl.document.replies import Reply
from kamxl.document.target import check_target
from kamxl.errors import InputError
from kamxl.plan.settings.model import Settings
from kamxl.portfolio.data.answering import keyed
from kamxl.portfolio.data.collect import Collection, Source, replies_of
from kamxl.portfolio.data.ledger import named, owner_of
from kamxl.portfolio.mail import draft, is_draft
from kamxl.portfolio.pages.annotated import SHEET, annotated
from kamxl.portfolio.pages.report import draw_report
from kamxl.spelling import by_first_spelling
from kamxl.texts import Text
from kamxl.xlsx.package import open_package
from kamxl.xlsx.saving import write_atomically
from kamxl.xlsx.source import ReadingLimits, WorkbookError, read_file

_STEM = Text(de="Befunde", en="Findings")
_NOBODY = Text(de="ohne-KAM", en="no-manager")
_SUBJECT = Text(
    de="Accountpläne: Befunde vom {day}", en="Account plans: findings of {day}"
)
_BODY = Text(
    de="Guten Tag{name},\n\n"
    "die Prüfung Ihrer Accountpläne vom {day} ergab {counts}:\n\n{plans}\n\n"
    "Die angehängte Arbeitsmappe „{file}“ nennt jeden Befund mit seiner Zelle. "
    "Bitte ergänzen und berichtigen Sie die Pläne{deadline}. Ist ein Wert so gewollt, schreiben Sie in der Spalte "
    "„Antwort“, warum, und schicken die Mappe zurück.\n\nMit freundlichen Grüßen\n",
    en="Hello{name},\n\n"
    "the check of your account plans of {day} found {counts}:\n\n{plans}\n\n"
    "The attached workbook “{file}” names every finding with its cell. "
    "Please complete and mend the plans{deadline}. If a value is meant to be so, say why in the column “Answer” "
    "and send the workbook back.\n\nKind regards\n",
)
_DEADLINE = Text(de=" bis zum {day}", en=" by {day}")
_PLAN_LINE = Text(de="  – {plan}: {counts}", en="  – {plan}: {counts}")
_EXISTS = Text(
    de="{file}: Die Datei gibt es schon; sie könnte Einträge enthalten. Einen anderen Ordner wählen oder --overwrite "
    "angeben.",
    en="{file}: The file exists already and may hold entries. Choose another folder or add --overwrite.",
)
_FOREIGN_MAIL = Text(
    de="{file}: Diese Nachricht stammt nicht von kamxl; sie wird nicht überschrieben. Bitte einen anderen Ordner "
    "wählen.",
    en="{file}: This message was not made by kamxl; it is not overwritten. Please choose another folder.",
)
_NOT_ATTACHED = Text(
    de="{file}: Die Datei lässt sich nicht mehr lesen und deshalb nicht anhängen. Bitte schließen und erneut prüfen.",
    en="{file}: The file cannot be read any more, and so not be attached. Please close it and check again.",
)
_NOT_EDITED = Text(
    de="{file}: Das Blatt „{sheet}“ lässt sich nicht einfügen. Die Datei in Excel öffnen, speichern und erneut prüfen.",
    en="{file}: The sheet “{sheet}” cannot be added. Open the file in Excel, save it and check again.",
)
_ONE_AND_MANY = {
    Severity.ERROR: (Text(de="1 Fehler", en="1 error"), Text(de="{n} Fehler", en="{n} errors")),
    Severity.OPEN: (
        Text(de="1 offene Angabe", en="1 open entry"), Text(de="{n} offene Angaben", en="{n} open entries"),
    ),
    Severity.WARNING: (Text(de="1 Warnung", en="1 warning"), Text(de="{n} Warnungen", en="{n} warnings")),
    Severity.HINT: (Text(de="1 Hinweis", en="1 hint"), Text(de="{n} Hinweise", en="{n} hints")),
}  # fmt: skip
_AND = Text(de=" und ", en=" and ")


@dataclass(frozen=True)
class Handing:
    """How findings are handed back.

    Attributes:
        replies: what was answered before, by the findings' keys.
        attach: whether the mail drafts carry the plans, too.
        deadline: until when the plans are to be mended.
        overwrite: whether copies of plans replace those of an earlier check.
        today: the day that the sheets and mails name.
    """

    replies: Mapping[str, Reply]
    attach: bool = False
    deadline: dt.date | None = None
    overwrite: bool = False
    today: dt.date | None = None

    def day(self, language: str) -> str:
        """The day of the check as a language writes it."""
        return day(self.today or dt.date.today(), language)


def hand_back(
    collection: Collection, folder: Path, settings: Settings, manner: Handing
) -> list[Path]:
    """Write a workbook and a mail draft for each manager whose plans have findings.

    Args:
        collection: the files that were checked.
        folder: where the workbooks and drafts are written; answers in earlier ones are kept.
        settings: language and colour.
        manner: answers known, deadline, and whether the plans are attached.

    Returns:
        What was written.

    Raises:
        InputError: a file cannot be written, or would replace what no earlier check wrote.
    """
    taken: set[str] = set()
    letters: list[_Letter] = []
    earlier = replies_of(folder.glob("*.xlsx"))
    known = replace(manner, replies={**earlier, **manner.replies})
    told = filter(_is_told, collection.sources)
    for name, sources in by_first_spelling(told, _manager_of).items():
        part = file_part(name) or _NOBODY[settings.language]
        book = free_name(f"{_STEM[settings.language]}_{part}", ".xlsx", taken)
        taken.add(book.lower())
        own = replace(collection, sources=tuple(sources))
        letters.append(_Letter(name, own, folder / book, settings, known))
    for letter in letters:
        letter.check_targets()
    return [path for letter in letters for path in letter.write()]


def annotate(
    collection: Collection, folder: Path, settings: Settings, manner: Handing
) -> list[Path]:
    """Write a copy of each plan that has findings, with the sheet *Prüfung* in front.

    Args:
        collection: the files that were checked.
        folder: where the copies are written, in folders like those of the plans.
        settings: language of the messages.
        manner: answers known, and whether earlier copies are replaced.

    Raises:
        InputError: a copy would replace a file, or cannot be written.
    """
    plans = [source for source, _ in collection.plans if source.lines]
    targets = [folder / source.name for source in plans]
    for source, target in zip(plans, targets, strict=True):
        same = target.exists() and target.samefile(source.path)
        if same or (target.exists() and not manner.overwrite):
            raise InputError(_EXISTS[settings.language].format(file=target))
    for source, target in zip(plans, targets, strict=True):
        write_atomically(
            target, _copy(source, manner, settings.language), settings.language
        )
    return targets


def _copy(source: Source, manner: Handing, language: str) -> bytes:
    """A plan's file with its findings in front, in the plan's own language."""
    own = source.identity.language if source.identity else language
    findings = list(keyed(source, source.lines))
    replies = {**manner.replies, **source.replies}
    try:
        package = open_package(source.path)
        return annotated(
            package, findings, replies, manner.day(own), own, source.findings_sheet
        )
    except (WorkbookError, ValueError) as error:
        text = _NOT_EDITED[language].format(file=source.path, sheet=SHEET[own])
        raise InputError(text) from error


def _is_told(source: Source) -> bool:
    """Whether somebody has to hear of a file."""
    # A plan beside which another one counts is still somebody's to put right.
    passed_over = source.status is FileStatus.IGNORED and source.checked is None
    return bool(source.lines) and not passed_over


def _manager_of(source: Source) -> str:
    return str(owner_of(source)["key_account_manager"] or "")


@dataclass(frozen=True)
class _Letter:
    """What one manager gets."""

    name: str
    own: Collection
    book: Path
    settings: Settings
    manner: Handing

    @property
    def mail(self) -> Path:
        """Where the draft goes."""
        return self.book.with_suffix(".eml")

    def check_targets(self) -> None:
        """See to it that nothing is replaced but what an earlier check wrote.

        Raises:
            InputError: there is another file.
        """
        language = self.settings.language
        check_target(self.book, WorkbookKind.FINDINGS, language)
        if self.mail.exists() and not is_draft(self.mail):
            raise InputError(_FOREIGN_MAIL[language].format(file=self.mail))

    def write(self) -> list[Path]:
        """Write workbook and draft."""
        language, book = self.settings.language, self._workbook(self.own)
        write_atomically(self.book, book, language)
        write_atomically(self.mail, self._mail(self._attached(book)), language)
        return [self.book, self.mail]

    def _workbook(self, own: Collection) -> bytes:
        place = self.book.absolute().parent
        return draw_report(own, place, self.settings, self.manner.replies)

    def _attached(self, book: bytes) -> list[tuple[str, bytes]]:
        """What goes with the mail: the workbook, or one that leads to the plans attached beside it."""
        if not self.manner.attach:
            return [(self.book.name, book)]
        return [(self.book.name, self._workbook(self._beside())), *self._plans()]

    def _mail(self, attached: Sequence[tuple[str, bytes]]) -> bytes:
        language, manner = self.settings.language, self.manner
        deadline = ""
        if manner.deadline:
            deadline = _DEADLINE[language].format(day=day(manner.deadline, language))
        findings = [line for source in self.own.sources for line in source.lines]
        text = _BODY[language].format(
            name=f" {self.name}" if self.name else "",
            day=manner.day(language),
            counts=_counted(findings, language),
            plans="\n".join(map(self._line, self.own.sources)),
            file=self.book.name,
            deadline=deadline,
        )
        subject = _SUBJECT[language].format(day=manner.day(language))
        return draft(subject, text, attached)

    def _plans(self) -> Iterator[tuple[str, bytes]]:
        """The plans that could be read, each under its name in the mail.

        Raises:
            InputError: one cannot be read any more.
        """
        for name, source in zip(self._names(), self.own.sources, strict=True):
            if source.fingerprint:
                try:
                    yield name, read_file(source.path, ReadingLimits())
                except WorkbookError as error:
                    text = _NOT_ATTACHED[self.settings.language]
                    raise InputError(text.format(file=source.path)) from error

    def _beside(self) -> Collection:
        """The files as they lie when the attachments are saved: beside the workbook."""
        folder = self.book.absolute().parent
        beside = zip(self._names(), self.own.sources, strict=True)
        sources = (replace(source, path=folder / name) for name, source in beside)
        return replace(self.own, sources=tuple(sources))

    def _names(self) -> list[str]:
        """What the plans are called in the mail: two of different folders may have one name."""
        names: list[str] = []
        taken = {self.book.name.lower()}
        for path in (Path(source.name) for source in self.own.sources):
            names.append(free_name(path.stem, path.suffix, taken))
            taken.add(names[-1].lower())
        return names

    def _line(self, source: Source) -> str:
        language = self.settings.language
        plan = named({**owner_of(source), "file": source.name})
        counts = _counted(source.lines, language)
        return _PLAN_LINE[language].format(plan=plan, counts=counts)


def _counted(findings: Sequence[Finding], language: str) -> str:
    """How many findings of each severity there are, in words."""
    counts = Counter(finding.severity for finding in findings)
    told = []
    for severity, (one, many) in _ONE_AND_MANY.items():
        number = counts[severity]
        if number:
            text = one if number == 1 else many
            told.append(text[language].format(n=number))
    *others, last = told
    return _AND[language].join(filter(None, (", ".join(others), last)))
