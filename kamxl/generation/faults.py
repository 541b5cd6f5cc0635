"""Everything wrong in one list, said at once, and a fault that fills a column said once.

For example ``Zeile 2, Spalte „currency“: „Taler“ … (ebenso in 116 weiteren Zeilen: 3, 4, 5 …)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kamxl.errors import InputError
from kamxl.texts import Text

_MOST_SHOWN = 8
_FEW = 3  # up to so many lines with the same fault are told one by one
_MOST_LINES = 5

_LINE = Text(de="Zeile {line}", en="line {line}")
_COLUMN = Text(de="Spalte „{column}“", en="column “{column}”")
_MORE = Text(de="… und {number} weitere.", en="… and {number} more.")
_ALIKE = Text(
    de="(ebenso in {number} weiteren Zeilen: {lines})",
    en="(the same in {number} more lines: {lines})",
)


class Wrong(NamedTuple):
    """What is wrong with an entry: a text, what fills its gaps, and what makes it one kind with others."""

    text: Text
    gaps: Mapping[str, object]
    kind: object


def wrong(text: Text, **gaps: object) -> Wrong:
    """What is wrong with an entry; faults of the same text are of one kind."""
    return Wrong(text, gaps, text)


class _Fault(NamedTuple):
    line: int
    key: str
    kind: object
    message: str


@dataclass(slots=True)
class Faults:
    """What is wrong in a list: its file, the messages' language, the headings by the column's key.

    `spoilt` are the cells, by line and key, that are told already and must not be called missing.
    """

    file: str
    language: str
    headings: Mapping[str, str]
    found: list[_Fault] = field(default_factory=list)
    spoilt: set[tuple[int, str]] = field(default_factory=set)

    def add(self, line: int, key: str, fault: Wrong) -> None:
        """Note a fault; `key` is the column's, empty where it concerns the whole line."""
        message = fault.text.format(**fault.gaps)[self.language]
        self.found.append(_Fault(line, key, fault.kind, message))

    def told(self) -> str:
        """All that was noted, as a user reads it; empty where nothing was."""
        lines = [self._line(group) for group in self._groups()]
        if len(lines) < 2:
            return "".join(f"{self.file}, {line}" for line in lines)
        more = len(lines) - _MOST_SHOWN
        if more > 0:
            lines[_MOST_SHOWN:] = [_MORE[self.language].format(number=more)]
        return "\n  ".join([f"{self.file}:", *lines])

    def stop(self) -> None:
        """Raise `InputError` if anything was noted."""
        if self.found:
            raise InputError(self.told())

    def _groups(self) -> Iterator[Sequence[_Fault]]:
        """The faults in their order, those of one kind in one column together where they are many."""
        kinds: dict[tuple[str, object], list[_Fault]] = {}
        for fault in self.found:
            kinds.setdefault((fault.key, fault.kind), []).append(fault)
        for fault in self.found:
            alike = kinds[fault.key, fault.kind]
            if len(alike) <= _FEW:
                yield [fault]
            elif fault is alike[0]:
                yield alike

    def _line(self, group: Sequence[_Fault]) -> str:
        first, *others = group
        place = _LINE[self.language].format(line=first.line)
        if first.key:
            heading = self.headings.get(first.key, first.key)
            place += f", {_COLUMN[self.language].format(column=heading)}"
        told = f"{place}: {first.message}"
        if not others:
            return told
        lines = listed((fault.line for fault in others), _MOST_LINES)
        alike = _ALIKE[self.language].format(number=len(others), lines=lines)
        return f"{told} {alike}"


def listed(names: Iterable[object], most: int = 10) -> str:
    """The names, cut off where nobody would read on."""
    shown = [str(name) for name in names]
    if len(shown) > most:
        shown[most:] = ["…"]
    return ", ".join(shown)
