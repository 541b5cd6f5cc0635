"""What people answered to findings, in any workbook that lists findings with a column for answers.

The model: a list of findings has, beside what people read, a column of keys and the columns *Antwort* and *erledigt*.
A key names the finding, whatever row or file it is in, so lists may be sorted, filtered and cut apart::

    10012|2027|KAM303|opportunities.open[].probability|5f0c…  →  Reply("So mit der Leitung besprochen.", done=False)

The heads of these columns are how they are found again: no cell has to stay where it was.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kamxl.texts import Text
from kamxl.xlsx.book import Book, SheetCells

KEY = Text(de="kamxl-Schlüssel", en="kamxl key")
ANSWER = Text(de="Antwort", en="Answer")
DONE = Text(de="erledigt", en="done")
YES = Text(de="ja", en="yes")
_NO = frozenset({"", "nein", "no", "0"})
_SEARCHED = 30  # rows in which the heads are looked for
_LONGEST = 2_000  # characters of an answer
_MOST = 100_000  # replies of one workbook


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody said to a finding: an answer, or that it is done."""

    answer: str = ""
    done: bool = False

    def __bool__(self) -> bool:
        return bool(self.answer or self.done)


def lists_findings(sheet: SheetCells) -> bool:
    """Whether a sheet is a list of findings, and so no part of a document."""
    return _heads(sheet) is not None


def lists_beside(own: Container[str], book: Book) -> Mapping[str, SheetCells]:
    """The lists of findings of a workbook by name, besides a document's own sheets."""
    sheets = {sheet.name: sheet for sheet in book.sheets if sheet.name not in own}
    return {name: sheet for name, sheet in sheets.items() if lists_findings(sheet)}


def replies_in(sheets: Iterable[SheetCells]) -> Mapping[str, Reply]:
    """All replies on some sheets by the keys of their findings; the longest answer, where two rows have one."""
    found: dict[str, Reply] = {}
    for sheet in sheets:
        for key, reply in _replies(sheet):
            known = found.get(key, Reply())
            if len(reply.answer) >= len(known.answer):
                found[key] = Reply(reply.answer, reply.done or known.done)
            if len(found) >= _MOST:
                return found
    return found


def _replies(sheet: SheetCells) -> Iterator[tuple[str, Reply]]:
    heads = _heads(sheet)
    if heads is None:
        return
    row, columns = heads
    for (line, column), cell in sheet.cells.items():
        if line <= row or column != columns[KEY]:
            continue
        done = sheet.at(line, columns.get(DONE, 0)).raw.strip().casefold()
        answer = sheet.at(line, columns[ANSWER]).raw.strip()[:_LONGEST]
        reply = Reply(" ".join(answer.split()), done not in _NO)
        if reply:
            yield cell.raw.strip(), reply


def _heads(sheet: SheetCells) -> tuple[int, dict[Text, int]] | None:
    """The row that holds the heads of keys and answers, and where each of them stands in it."""
    names = {name: head for head in (KEY, ANSWER, DONE) for name in (head.de, head.en)}
    rows: dict[int, dict[Text, int]] = {}
    for (row, column), cell in sheet.cells.items():
        head = names.get(cell.raw.strip()) if row <= _SEARCHED else None
        if head is not None:
            rows.setdefault(row, {})[head] = column
    complete = (row for row in sorted(rows) if {KEY, ANSWER} <= rows[row].keys())
    return next(((row, rows[row]) for row in complete), None)
