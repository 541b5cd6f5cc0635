"""The Python value of every computed figure of a document, under the figure's path.

``figures(plan, spec, today)`` gives for example ``{"opportunities.open[0].weighted": 72000.0, ...}``: columns of
tables by row, totals as ``revenue.revenue.total.forecast``, the change on the column before as
``revenue.revenue.growth.forecast``, and the figures of the sheets. Each is worked out by the `value` of its own
declaration when somebody asks for it, once; a figure that builds on another one asks for that one by its path, so
there is no order to keep.

Where the input does not suffice, or makes no sense (a target equal to its baseline, revenue above the demand), the
value is None and the cell stays empty; saying what is wrong is for `kamxl.checks`. Texts such as the portfolio field
are codes here; `figure_label` says what the workbook prints.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ParamSpec, Protocol, TypeVar

from kamxl.document.keys import GROWTH, TOTAL, closing
from kamxl.document.paths import EntryPath, Pattern, pattern_of, rows_at
from kamxl.document.schema import FigureSpec, Part
from kamxl.document.spec import DocumentSpec
from kamxl.document.vocabulary import Record
from kamxl.errors import SpecError
from kamxl.scoring import ScoreError, growth

FigureValue = float | str | None
"""A number (money in the plan's currency, shares as 0.25, scores 0–100), a code, or None."""

_P = ParamSpec("_P")
_T = TypeVar("_T")
_NUMBERS = int, float  # a union of types takes three times as long to ask
_UNKNOWN, _UNDER_WAY = object(), object()


def figures(
    plan: Record,
    spec: DocumentSpec[Any],
    today: dt.date,
    off_scale: AbstractSet[str] = frozenset(),
) -> dict[str, FigureValue]:
    """Every computed figure that a workbook of `spec` shows for `plan`, in plan order.

    Args:
        plan: the entries; lists may be shorter or longer than the rows drawn.
        spec: profile and settings: which figures there are, which limits and criteria hold.
        today: the day on which a measure is overdue or not.
        off_scale: paths of entries that `plan` lacks because they lie off their scale; what they belong to has no
            value, as it has none in the workbook.
    """
    given = Given(plan, spec, today, off_scale)
    return {path: given.figure(path) for path in _paths(given)}


def figure_label(
    spec: DocumentSpec[Any], path: str, value: FigureValue, language: str
) -> FigureValue:
    """What is printed for a figure's value: the label of a code (``star`` → „Starkunde (2×2)“), else the value."""
    labels = (o.label[language] for o in spec.options_of(path) if o.code == value)
    return next(labels, value)


class _Scored(Protocol):
    @property
    def value(self) -> float | None: ...


class Given:
    """What the values of figures are worked out from: the entries, and each other."""

    def __init__(
        self,
        plan: Record,
        spec: DocumentSpec[Any],
        today: dt.date,
        off_scale: AbstractSet[str] = frozenset(),
    ) -> None:
        self.plan: Any = plan
        self.off_scale = off_scale
        self.spec = spec
        self.settings = spec.settings
        self.today = today
        self._known: dict[str, Any] = {}
        self._prepared: dict[Callable[[Given], Any], Any] = {}
        self._rows: dict[str, Sequence[Any]] = {}

    def figure(self, path: str) -> Any:
        """The value of a figure, a total or a growth by its path.

        Raises:
            KeyError: the profile has no such figure.
            SpecError: the figure builds on itself.
        """
        value = self._known.get(path, _UNKNOWN)
        if value is _UNKNOWN:
            self._known[path] = _UNDER_WAY
            value = self._known[path] = self._worked_out(path)
        if value is _UNDER_WAY:
            raise SpecError(f"{path}: a figure that builds on itself")
        return value

    def is_off_scale(self, *patterns: str) -> bool:
        """Whether an entry of one of the fields lies off its scale: it is not left out of a score, there is none."""
        return not set(map(pattern_of, self.off_scale)).isdisjoint(patterns)

    def once(self, prepared: Callable[[Given], _T]) -> _T:
        """What several figures build on and no cell shows, worked out once."""
        if prepared not in self._prepared:
            self._prepared[prepared] = prepared(self)
        found: _T = self._prepared[prepared]
        return found

    def rows(self, table: str) -> Sequence[Any]:
        """The rows of a table or one side of a matrix; None for somebody of whom meetings alone are known."""
        if table not in self._rows:
            rows: list[Any] = [*rows_at(self.plan, table)]
            for matrix in self.spec.matrices:
                met: Sequence[Any] = rows_at(self.plan, matrix.crossings.pattern)
                across = max(map(len, met), default=0)
                known = {matrix.team.pattern: len(met), matrix.people.pattern: across}
                rows += [None] * (known.get(Pattern(table), 0) - len(rows))
            self._rows[table] = rows
        return self._rows[table]

    def _worked_out(self, path: str) -> FigureValue:
        pattern, place, index = _place(path)
        figure = self.spec.figures.get(pattern)
        if figure is None:
            return self._closing(path)
        worked_out = figure.computed.value
        if worked_out is None:
            repeated: FigureValue = self.figure(figure.computed.same_as or "")
            return repeated
        if index is None:
            return worked_out(getattr(self.plan, place), self)
        rows = self._rows.get(place) or self.rows(place)
        if index < len(rows):
            return worked_out(rows[index], GivenRow(self, place, index))
        return None

    def _closing(self, path: str) -> FigureValue:
        """A total, or the growth on the total before."""
        table, suffix, key = self.spec.closing[path]
        if suffix == GROWTH:
            before = table.totals[table.totals.index(key) - 1]
            paths = (closing(table.pattern, TOTAL, each) for each in (before, key))
            return attempt(growth, *map(self.figure, paths))
        column, rows = table[key], self.rows(table.pattern)
        if isinstance(column, FigureSpec):
            paths = (column.pattern.at(index) for index in range(len(rows)))
            return total(map(self.figure, paths))
        return total(getattr(row, key) for row in rows)


@dataclass(slots=True)
class GivenRow:
    """Row `index` of the table with the pattern `table`, as the values of its figures see it."""

    given: Given
    table: str
    index: int

    def figure(self, key: str) -> Any:
        """The value of another figure of the same row."""
        return self.given.figure(f"{self.table}[{self.index}].{key}")


def attempt(score: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T | None:
    """What `score` makes of the arguments; None where it refuses them."""
    try:
        return score(*args, **kwargs)
    except ScoreError:
        return None


def score_of(
    score: Callable[_P, _Scored | None], *args: _P.args, **kwargs: _P.kwargs
) -> float | None:
    """The value of what `score` makes of the arguments; None where it refuses them or there is none."""
    found = attempt(score, *args, **kwargs)
    return found.value if found else None


def total(values: Iterable[FigureValue]) -> float | None:
    """The sum of the numbers among `values`; None where there is none."""
    numbers = [value for value in values if isinstance(value, _NUMBERS)]
    return math.fsum(numbers) if numbers else None


@lru_cache(maxsize=1 << 12)  # all plans have the same figures, some 200 of them
def _place(path: str) -> tuple[str, str, int | None]:
    """Pattern, sheet or table, and row: ``opportunities.open[3].weighted`` is in row 3 of ``opportunities.open``."""
    place = path.rpartition(".")[0]
    table, bracket, index = place.removesuffix("]").rpartition("[")
    if not bracket:
        return path, place, None
    return pattern_of(path), table, int(index)


def _paths(given: Given) -> Iterator[str]:
    """Every computed cell, in plan order."""
    for sheet in given.spec.sheets:
        yield from (figure.pattern for figure in sheet.figures)
        for section in sheet.sections:
            for part in section.parts:
                yield from _rows(given, part)
            yield from given.spec.below.get(section.pattern, ())


def _rows(given: Given, part: Part) -> tuple[EntryPath, ...]:
    if not part.figures:
        return ()
    patterns = tuple(figure.pattern for figure in part.figures)
    return _row_paths(patterns, max(part.count, len(given.rows(part.pattern))))


@lru_cache(maxsize=256)
def _row_paths(patterns: tuple[Pattern, ...], count: int) -> tuple[EntryPath, ...]:
    return tuple(pattern.at(i) for i in range(count) for pattern in patterns)
