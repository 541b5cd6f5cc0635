"""Whether the computed cells of a workbook show what follows from its entries, and if not, why.

Every figure is worked out in Python from what was read; the workbook holds the last result of its formula. The two
agree, or a finding says which cell is at fault: a formula that was typed over, deleted or changed, a row that a total
does not reach, an entry that the formula takes for something else, or a file that was not calculated again. A figure
that is wrong only because another one is wrong is told of the cover alone, with the cell that is the cause. For example
a total of 5,000,000 typed over `SUM(F12:F26)` is told at that cell, and *Gewichtete Pipeline* on the cover names it.

What was never calculated is not compared, nor what depends on the day on which the file was calculated last.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import filterfalse
from typing import Protocol

from kamxl.checks.entries.wording import show
from kamxl.checks.rule import Problem
from kamxl.checks.rules import figures as rules
from kamxl.document.extract import Entry, Extract
from kamxl.document.figures import FigureValue, Given, figure_label
from kamxl.document.formulas.sources import (
    Sources,
    code_of,
    plain,
    shape_of,
    sources_of,
)
from kamxl.document.keys import GROWTH
from kamxl.document.layout.layout import Layout, lay_out
from kamxl.document.paths import EntryPath, path_of
from kamxl.document.progress import PROGRESS_KINDS, progress_figures
from kamxl.document.remarks import FieldMoved, SheetRenamed, TableExtended
from kamxl.document.vocabulary import Kind
from kamxl.spelling import same_name
from kamxl.texts import Text
from kamxl.xlsx.book import CellValue, State

_MOVES = FieldMoved, SheetRenamed, TableExtended
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
_CENT = 0.006  # money is compared to the cent
_SAME = 1e-6  # of shares and points
_NEARLY = 1e-9  # of the amount: two programs add up in another order
_MOST_NAMED = 3  # cells in one cause


def figure_problems(
    extract: Extract,
    given: Given,
    problems: Iterable[Problem],
    left_out: Mapping[str, str],
) -> Iterator[Problem]:
    """What is the matter with the computed cells, in their order.

    Args:
        extract: what was read.
        given: the figures as worked out from its entries.
        problems: what is the matter with the entries, each a possible cause.
        left_out: entries without a problem of their own that were not taken, with the path where that is told.
    """
    odd = {problem.path: problem.path for problem in problems if problem.path}
    return _Comparison(extract, given, {**odd, **left_out}).problems()


@dataclass(frozen=True, eq=False)
class _Comparison:
    """The computed cells of one workbook beside what they should show.

    `odd` are the entries that formulas may take otherwise, with the path where that is told.
    """

    extract: Extract
    given: Given
    odd: Mapping[str, str]

    def problems(self) -> Iterator[Problem]:
        """Cells without their formula first, then those whose formula gives something else."""
        bare = list(filter(self._is_bare, self._figures))
        yield from map(self._bare, bare)
        known = {entry.path for entry in bare}
        others = (entry for path, entry in self._wrong.items() if path not in known)
        stale = []
        for entry in filterfalse(self._follows, others):
            problem = self._explained(entry)
            if problem is None:
                stale.append(entry)
            else:
                yield problem
        if stale:
            yield self._stale(stale)

    def _stale(self, stale: Sequence[Entry]) -> Problem:
        """What is to be said of all cells that nothing but their age explains."""
        first = stale[0]
        is_known = self._generated and all(entry.formula for entry in stale)
        why = rules.STALE if is_known else rules.STALE_OR_CHANGED
        told = self._told(first)
        return rules.NOT_RECALCULATED.at(first.path, count=len(stale), why=why, **told)

    @cached_property
    def _figures(self) -> Sequence[Entry]:
        """The cells whose value is known to Python, where there are any."""
        spec = self.extract.spec
        known = {*spec.figures, *spec.closing, *self._progress}
        entries = self.extract.computed
        return [
            entry for entry in entries if entry.cell and entry.path.pattern in known
        ]

    @cached_property
    def _wrong(self) -> Mapping[EntryPath, Entry]:
        """The cells that show something else, by path."""
        return {entry.path: entry for entry in self._figures if self._is_wrong(entry)}

    @cached_property
    def _progress(self) -> Mapping[str, FigureValue]:
        """What the cover says of each sheet, by path."""
        language = self.extract.identity.language
        return progress_figures(self.given.plan, self.extract.spec, language)

    def _causes(self, path: str) -> AbstractSet[str]:
        """The wrong figures that a figure is made from."""
        return self._sources.below(path) & self._wrong.keys()

    @cached_property
    def _sources(self) -> Sources:
        return sources_of(self.extract.layout or self._laid_out())

    def _laid_out(self) -> Layout:
        return lay_out(self.extract.spec, self.extract.identity.language)

    def _is_on_cover(self, path: EntryPath) -> bool:
        return path in self._progress or path.sheet == self.extract.spec.sheets[0].key

    @cached_property
    def _extended(self) -> Mapping[str, TableExtended]:
        """The tables to which rows were added."""
        remarks = self.extract.remarks
        return {r.path: r for r in remarks if isinstance(r, TableExtended)}

    def _is_bare(self, entry: Entry) -> bool:
        """Whether a cell holds no formula; new rows need none."""
        if entry.is_formula:
            return False
        return entry.state is not State.EMPTY or entry.path.table not in self._extended

    def _is_wrong(self, entry: Entry) -> bool:
        """Whether a cell that was calculated shows something else than follows from the entries."""
        if entry.reason == "uncalculated" or self._agrees(entry):
            return False
        return self._is_changed(entry) or not self._is_timely(entry.path)

    def _agrees(self, entry: Entry) -> bool:
        expected = self._expected(entry.path, self.given)
        return entry.reason != "error" and _same(
            entry.value, expected, self._kind(entry.path)
        )

    def _expected(self, path: str, given: Given) -> FigureValue:
        """What the cell should show."""
        if path in self._progress:
            return self._progress[path]
        extract = self.extract
        value = given.figure(path)
        return figure_label(extract.spec, path, value, extract.identity.language)

    def _is_timely(self, path: str) -> bool:
        """Whether a figure is another one on another day."""
        if path in self._progress:
            return False
        first, last = self._ends
        value = self.given.figure(path)
        return not value == first.figure(path) == last.figure(path)

    @cached_property
    def _ends(self) -> tuple[Given, Given]:
        plan, spec = self.given.plan, self.extract.spec
        off = self.given.off_scale
        return Given(plan, spec, _FIRST_DAY, off), Given(plan, spec, _LAST_DAY, off)

    def _kind(self, path: EntryPath) -> Kind:
        if path in self._progress:
            return PROGRESS_KINDS[path.key]
        figure = self.extract.spec.figures.get(path.pattern)
        if figure is not None:
            return figure.kind
        table, suffix, key = self.extract.spec.closing[path]
        return Kind.PERCENT if suffix == GROWTH else table[key].kind

    def _told(self, entry: Entry) -> dict[str, object]:
        """What a cell shows and what it should show, in words."""
        kind, language = self._kind(entry.path), self.extract.identity.language
        value = entry.raw if entry.reason else entry.value
        computed = self._expected(entry.path, self.given)
        return {
            "value": _shown(value, kind, language),
            "computed": _shown(computed, kind, language),
        }

    def _bare(self, entry: Entry) -> Problem:
        is_gone = entry.state is State.EMPTY
        rule = rules.FIGURE_DELETED if is_gone else rules.FIGURE_OVERWRITTEN
        return rule.at(entry.path, **self._told(entry))

    def _follows(self, entry: Entry) -> bool:
        """Whether a figure is wrong for a reason that is told elsewhere, and does not stand on the cover."""
        path = entry.path
        if self._is_on_cover(path):
            return False
        return bool(self._causes(path) or (path.table and self._odd_entries(path)))

    def _explained(self, entry: Entry) -> Problem | None:
        """Why a formula gives something else; `None` where nothing but its age explains it."""
        path, roots = entry.path, self._roots(entry.path)
        if not roots and self._is_changed(entry):
            return rules.FORMULA_CHANGED.at(path, **self._told(entry))
        first = next(iter(roots), entry)
        cause = self._cause(first.path) or _named(rules.OTHER_FIGURE, roots)
        if cause is None:
            return None
        on_cover = self._is_on_cover(path)
        rule = rules.COVER_DIFFERS if on_cover else rules.FIGURE_DIFFERS
        return rule.at(path, cause=cause, **self._told(entry))

    def _roots(self, path: str) -> list[Entry]:
        """The wrong figures from which a figure is made, and which no other wrong figure explains."""
        causes = self._causes(path)
        made_from = (entry for each, entry in self._wrong.items() if each in causes)
        return [entry for entry in made_from if not self._causes(entry.path)]

    def _cause(self, path: EntryPath) -> Text | None:
        """Why a formula that is still the right one gives something else, as far as a cell tells it."""
        entry = self._wrong[path]
        if self._is_bare(entry) or self._is_changed(entry):
            return None
        return self._inserted(path) or self._odd_entries(path)

    def _is_changed(self, entry: Entry) -> bool:
        """Whether a formula is none of those with which the workbook was generated."""
        if not entry.formula or not self._generated:
            return False
        # Where rows were moved the places are others, and only the rest can be compared.
        whole = not self._is_moved and not entry.path.table
        form = plain if whole else shape_of
        return code_of(form(entry.formula)) not in self._generated

    @cached_property
    def _generated(self) -> frozenset[str]:
        """The codes of all formulas that the workbook was generated with, as far as it carries them."""
        codes = self.extract.formulas
        return frozenset(codes[at : at + 8] for at in range(0, len(codes), 8))

    @cached_property
    def _is_moved(self) -> bool:
        """Whether anything stands elsewhere than it was generated."""
        return any(isinstance(remark, _MOVES) for remark in self.extract.remarks)

    def _inserted(self, path: str) -> Text | None:
        """The rows that were inserted into the tables from which a figure is made."""
        tables = {path_of(source).table for source in self._sources.below(path)}
        longer = [self._extended[table] for table in self._extended.keys() & tables]
        return _named(rules.INSERTED_ROW, longer)

    def _odd_entries(self, path: str) -> Text | None:
        """The entries with a problem from which a figure is made."""
        patterns = {path_of(source).pattern for source in self._sources.inputs(path)}
        near = (p for p in self.odd if path_of(p).pattern in patterns)
        told = dict.fromkeys(path_of(self.odd[path]) for path in near)
        cells = {entry.path: entry for entry in self.extract.entries if entry.cell}
        return _named(rules.ODD_ENTRY, [cells[p] for p in told if p in cells])


class _Placed(Protocol):
    """What stands in a cell."""

    @property
    def sheet(self) -> str: ...
    @property
    def cell(self) -> str: ...


def _named(cause: Text, placed: Sequence[_Placed]) -> Text | None:
    """A cause with the first of its cells; `None` where there is no cell."""
    cells = [f"{each.sheet}!{each.cell}" for each in placed[:_MOST_NAMED]]
    return cause.format(place=", ".join(cells)) if cells else None


def _same(shown: CellValue, expected: FigureValue, kind: Kind) -> bool:
    """Whether a cell shows what is expected, rounding aside."""
    if isinstance(shown, int | float) and isinstance(expected, int | float):
        tolerance = _CENT if kind is Kind.MONEY else _SAME
        return math.isclose(shown, expected, rel_tol=_NEARLY, abs_tol=tolerance)
    if isinstance(shown, str) and isinstance(expected, str):
        return same_name(shown, expected)
    return (shown or None) is None and expected is None


def _shown(value: object, kind: Kind, language: str) -> object:
    """A value as the reader writes it, with no more digits than anybody reads."""
    if value is None or value == "":
        return rules.NOTHING
    if isinstance(value, float):
        value = round(value, 4 if kind is Kind.PERCENT else 2)
    return show(value, kind, language)
