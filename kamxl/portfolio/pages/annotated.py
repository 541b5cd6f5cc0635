"""Plans handed back with their findings: a copy of each, with the sheet *Prüfung* in front.

Each finding is a row with a link to its cell, what to do, and room for an answer. The rest of the file stays as it is
to the last byte (`kamxl.xlsx.adding`), so the sheet wears styles that the plan has already. A copy that was handed
back before gets the findings of today in the same sheet; answers to those that still stand are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from kamxl.checks.findings import Finding, Severity
from kamxl.document.layout.grid import TEXT_SIZE
from kamxl.document.layout.layout import quoted
from kamxl.document.layout.metrics import height_of
from kamxl.document.replies import ANSWER, DONE, KEY, YES, Reply
from kamxl.texts import Text
from kamxl.xlsx.adding import named_styles, with_front_sheet
from kamxl.xlsx.book import address
from kamxl.xlsx.package import Package
from kamxl.xlsx.writing import cell_xml

SHEET = Text(de="Prüfung", en="Findings")
_TITLE = Text(de="Prüfung vom {day}", en="Findings of {day}")
_GUIDANCE = Text(
    de="Stelle anklicken, Eintrag berichtigen, Datei speichern. Ist ein Wert so gewollt, steht in „Antwort“, warum.",
    en="Click a place, mend the entry, save the file. If a value is meant to be so, say why under “Answer”.",
)
_NOTHING = Text(de="Keine Befunde.", en="No findings.")
_ROOT = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
)
_PAGE = (
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)
_HEAD = 5
_LEAST = 20.0  # points


@dataclass(frozen=True)
class _Column:
    """A printed column: its head, how wide it is, and the named style of its cells."""

    head: Text
    width: float
    style: str = "kamxl computed text"


_COLUMNS = (
    _Column(Text(de="Schwere", en="Severity"), 11),
    _Column(Text(de="Stelle", en="Place"), 30, "kamxl entry"),
    _Column(Text(de="Feld", en="Field"), 26),
    _Column(Text(de="Befund", en="Finding"), 48),
    _Column(Text(de="Abhilfe", en="Remedy"), 44),
    _Column(ANSWER, 34, "kamxl input note"),
    _Column(DONE, 10, "kamxl input choice"),
    _Column(KEY, 3),
)
_FIRST = 2
_ANSWER, _DONE, _LAST = (_FIRST + place for place in (5, 6, 7))


def annotated(
    package: Package,
    findings: Sequence[tuple[str, Finding]],
    replies: Mapping[str, Reply],
    day: str,
    language: str,
    previous: str = "",
) -> bytes:
    """A plan with the sheet *Prüfung* in front.

    Args:
        package: the plan's file.
        findings: the findings to print, each with its key.
        replies: what was answered before, by key.
        day: the day of the check, as the plan's language writes it.
        language: the plan's.
        previous: the name of the sheet that an earlier check put in front.

    Raises:
        ValueError: the file's list of sheets cannot be edited.
        WorkbookError: a part of it is damaged.
    """
    styles = named_styles(package)
    xml = "".join(_sheet(findings, replies, styles, _Words(day, language)))
    return with_front_sheet(package, SHEET[language], xml, previous)


@dataclass(frozen=True)
class _Words:
    """The day of the check, and the language of the sheet."""

    day: str
    language: str

    def say(self, text: Text) -> str:
        """A text in the sheet's language."""
        return text[self.language].format(day=self.day)


def _sheet(
    findings: Sequence[tuple[str, Finding]],
    replies: Mapping[str, Reply],
    styles: Mapping[str, int],
    words: _Words,
) -> Iterator[str]:
    """The sheet's XML, element by element."""
    last = _HEAD + len(findings)
    yield f"{_ROOT}<sheetViews>{_view()}</sheetViews>{_widths()}<sheetData>"
    yield _row(2, 33, [(_FIRST, words.say(_TITLE), styles.get("kamxl title", ""))])
    guidance = words.say(_GUIDANCE if findings else _NOTHING)
    yield _row(3, 22, [(_FIRST, guidance, styles.get("kamxl guidance", ""))])
    head = styles.get("kamxl header text", "")
    heads = enumerate(_COLUMNS, _FIRST)
    yield _row(
        _HEAD, 26, [(place, words.say(column.head), head) for place, column in heads]
    )
    for row, (key, finding) in enumerate(findings, _HEAD + 1):
        reply = replies.get(key, Reply())
        yield _finding(row, key, finding, reply, styles, words)
    yield "</sheetData>"
    if findings:
        yield f'<autoFilter ref="B{_HEAD}:{address(last, _LAST)}"/>'
    yield f'<mergeCells count="1"><mergeCell ref="B3:{address(3, _DONE)}"/></mergeCells>'
    if findings:
        yield _choices(last, words)
        yield f"<hyperlinks>{''.join(_links(findings))}</hyperlinks>"
    yield f"{_PAGE}</worksheet>"


def _view() -> str:
    below = address(_HEAD + 1, 1)
    return (
        '<sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{_HEAD}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{address(_HEAD + 1, _ANSWER)}"'
        f' sqref="{address(_HEAD + 1, _ANSWER)}"/></sheetView>'
    )


def _widths() -> str:
    """The widths of the columns; that of the keys is hidden."""
    columns = ['<col min="1" max="1" width="2" customWidth="1"/>']
    for place, column in enumerate(_COLUMNS, _FIRST):
        hidden = ' hidden="1"' if column.head is KEY else ""
        columns.append(
            f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"{hidden}/>'
        )
    return f"<cols>{''.join(columns)}</cols>"


def _finding(
    row: int,
    key: str,
    finding: Finding,
    reply: Reply,
    styles: Mapping[str, int],
    words: _Words,
) -> str:
    severity = Severity(finding.severity).label[words.language]
    texts = (
        severity,
        finding.place or "–",
        finding.label,
        finding.message,
        finding.remedy,
        reply.answer,
        YES[words.language] if reply.done else "",
        key,
    )
    wrapped = zip(texts[1:6], _COLUMNS[1:6], strict=True)
    heights = (height_of(text, column.width, TEXT_SIZE) for text, column in wrapped)
    looks = [styles.get(column.style, "") for column in _COLUMNS]
    cells = zip(range(_FIRST, _LAST + 1), texts, looks, strict=True)
    return _row(row, max(_LEAST, *heights), cells)


def _row(row: int, points: float, cells: Iterable[tuple[int, str, int | str]]) -> str:
    written = (
        cell_xml(address(row, column), text, look) for column, text, look in cells
    )
    return f'<row r="{row}" ht="{points}" customHeight="1">{"".join(written)}</row>'


def _choices(last: int, words: _Words) -> str:
    """The only thing that may be chosen is yes."""
    cells = f"{address(_HEAD + 1, _DONE)}:{address(last, _DONE)}"
    return (
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="0"'
        f' sqref="{cells}"><formula1>"{words.say(YES)}"</formula1></dataValidation></dataValidations>'
    )


def _links(findings: Sequence[tuple[str, Finding]]) -> Iterator[str]:
    """A link from each finding to its cell in the same workbook."""
    for row, (_, finding) in enumerate(findings, _HEAD + 1):
        if finding.sheet:
            target = f"{quoted(finding.sheet)}!{finding.cell or 'A1'}"
            yield f'<hyperlink ref="{address(row, _FIRST + 1)}" location={quoteattr(target)}/>'
