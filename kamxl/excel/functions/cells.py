"""What arrives from Excel cells and what goes back: blanks, errors, ranges of any orientation.

A blank cell is a missing answer. An Excel error is passed on as it came. A text where a number belongs makes a
short message. Everything a function returns is a number, a text, a truth value, or rows of them.

Error values travel as their names ("#N/A"): the browser-hosted xlwings makes true errors of them. Desktop Excel
shows them as text, because pywin32 turns every error variant into "argument missing" (xlwings issue 776); so in
formulas ask ISNUMBER, not ISERROR.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import chain, count
from typing import Any

from kamxl.scoring import DivisionByZeroError, ScoreError
from kamxl.scoring.inputs import no_date
from kamxl.texts import Text

Cells = Any
"""A cell's content or rows of them, as xlwings hands them over; None for an argument that was left out."""

NOT_AVAILABLE = "#N/A"
DIVISION_BY_ZERO = "#DIV/0!"
NUMBER_TOO_LARGE = "#NUM!"
FAULT = "#KAM! "
"""What our own messages begin with; like any error they are passed on by the next function."""

_COM_ERRORS = range(-2146826288, -2146826200)
"""Excel's error codes. xlwings translates the classical ones; newer ones arrive as numbers."""
_NEWER_ERRORS = {
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}
_DAY_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell knows no time zone
_SERIALS = range(
    61, 2_958_466
)  # days before count differently in Excel, there are none after
_TRUE = {"ja", "wahr", "true", "yes", "x"}
_FALSE = {"nein", "falsch", "false", "no"}


class CellError(Exception):
    """A cell holds an error value, which is the answer of every function that reads it."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def cell_language() -> str:
    """The language of texts in cells: "de", or what the environment variable KAMXL_LANG says."""
    wanted = _spoken.get() or os.environ.get("KAMXL_LANG", "de")
    return "en" if wanted.lower().startswith("en") else "de"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts in cells are in `language` meanwhile, whatever the environment says."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def grid(cells: Cells) -> list[list[Any]]:
    """Rows of cleaned cells: blank is None.

    Raises:
        CellError: if a cell holds an error value.

    >>> grid([["", 2.0], [None, " "]]), grid(3), grid([1, 2])
    ([[None, 2.0], [None, None]], [[3]], [[1, 2]])
    """
    return [[_clean(cell) for cell in row] for row in _rows(cells)]


def flat(cells: Cells) -> list[Any]:
    """All cells of a range, row by row; an argument left out is empty.

    >>> flat([[1.0], [""], [3.0]]), flat(None)
    ([1.0, None, 3.0], [])
    """
    return [] if cells is None else list(chain.from_iterable(grid(cells)))


def given(cells: Cells) -> list[Any] | None:
    """All cells of a range; None if the argument was left out."""
    return None if cells is None else flat(cells)


def beside(cells: Cells, argument: str, others: Sized) -> list[Any]:
    """All cells of a range that has one for each of the others.

    Raises:
        ScoreError: if it has more or fewer.
    """
    content = flat(cells)
    if len(content) != len(others):
        raise ScoreError(
            argument,
            Text(
                de=f"{len(content)} statt {len(others)} Zellen",
                en=f"{len(content)} cells instead of {len(others)}",
            ),
        )
    return content


def single(cells: Cells, argument: str, default: Any) -> Any:
    """The one cell of an optional argument; `default` if it was left out or is blank.

    Raises:
        ScoreError: if it is a range of several cells.
    """
    content = flat(cells)
    if len(content) > 1:
        raise ScoreError(
            argument,
            Text(de="eine einzelne Zelle erwartet", en="one single cell expected"),
        )
    (cell,) = content or [None]
    return default if cell is None else cell


def serial_of(cell: Cells, argument: str) -> float:
    """A date, or its serial number, as Excel's serial number.

    Raises:
        ScoreError: if it is neither.
    """
    if isinstance(cell, dt.datetime):
        return (cell.replace(tzinfo=None) - _DAY_0) / dt.timedelta(days=1)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    raise no_date(cell, argument)


def day_of(cell: Cells, argument: str) -> dt.date | None:
    """A date, or its serial number, as a day; None stays None.

    Raises:
        ScoreError: if it is neither, or out of Excel's years from March 1900 on.

    >>> day_of(46478.5, "start"), day_of(None, "start")
    (datetime.date(2027, 4, 1), None)
    """
    if cell is None:
        return None
    serial = serial_of(cell, argument)
    if int(serial) not in _SERIALS:
        raise no_date(cell, argument)
    return _DAY_0.date() + dt.timedelta(days=int(serial))


def flags(cells: Cells, argument: str) -> bool | list[bool]:
    """Yes or no for all items, or for each: TRUE, 1, "ja", "x" or blank.

    >>> flags(None, "flipped"), flags([[True, "", 1.0, "nein"]], "flipped")
    (False, [True, False, True, False])
    """
    content = [_flag(cell, argument) for cell in flat(cells)]
    return content if len(content) > 1 else any(content)


def chosen(part: Cells, argument: str, names: Mapping[str, Text]) -> str:
    """The code of a choice that may be written as code, in German or in English; the first one if left out.

    Raises:
        ScoreError: for another text, naming the choices.
    """
    wanted = str(single(part, argument, next(iter(names)))).strip().casefold()
    for code, wording in names.items():
        if wanted in {code.casefold(), wording.de.casefold(), wording.en.casefold()}:
            return code
    raise ScoreError(
        argument,
        Text(
            de=f"{wanted!r} unbekannt; möglich: {', '.join(w.de for w in names.values())}",
            en=f"{wanted!r} unknown; known: {', '.join(w.en for w in names.values())}",
        ),
    )


def part_of(result: object, part: Cells, names: Mapping[str, Text]) -> object:
    """The attribute of `result` that `part` asks for; None stays None."""
    code = chosen(part, "part", names)
    return None if result is None else getattr(result, code)


def shaped(rows: Sequence[Sequence[object]], found: Mapping[int, object]) -> object:
    """What was found for some of the cells of a range, counted row by row from 0, in its shape; the others are blank.

    >>> shaped([[5, 6], [7, 8]], {1: "B", 2: "C"})
    [['', 'B'], ['C', '']]
    """
    places = count()
    return [[found.get(next(places), "") for _ in row] for row in rows]


def rowwise(function: Callable[..., object], *columns: Cells) -> object:
    """`function` for each row of cells; a single cell goes with all rows of the others.

    The result has the shape of the first range, a single value if there is none. A row that fails has its
    message in its place and leaves the others alone.

    Raises:
        ScoreError: if the ranges have different numbers of cells.
    """
    ranges = [_rows(column) for column in columns]
    content = [list(chain.from_iterable(rows)) for rows in ranges]
    lengths = [len(cells) for cells in content]
    most = max(lengths)
    if not {1, most}.issuperset(lengths):
        raise ScoreError(
            "ranges",
            Text(de="unterschiedlich viele Zellen", en="different numbers of cells"),
        )
    if most == 1:
        return function(*(_clean(cell) for (cell,) in content))
    full = [cells * (most // len(cells)) for cells in content]
    rows = zip(*full, strict=True)
    results = [answer(partial(_one_row, function, row)) for row in rows]
    width = len(ranges[lengths.index(most)][0])
    return [results[start : start + width] for start in range(0, most, width)]


def answer(compute: Callable[[], object]) -> object:
    """What the cell shows: the computed value, the error passed on, or a short message; never a traceback."""
    try:
        return reply_to(compute())
    except CellError as passed:
        return passed.error
    except DivisionByZeroError:
        return DIVISION_BY_ZERO
    except ScoreError as fault:
        return FAULT + fault.text(cell_language())
    except OverflowError:
        return NUMBER_TOO_LARGE


def reply_to(value: object) -> object:
    """A result as Excel takes it: no value is #N/A, a series is a column, blank where there is nothing to say."""
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, tuple):
        return [["" if item is None else item] for item in value]
    return value


def _clean(cell: object) -> object:
    if isinstance(cell, str):
        return _clean_text(cell)
    if isinstance(cell, int) and cell in _COM_ERRORS:
        raise CellError(_NEWER_ERRORS.get(cell, "#VALUE!"))
    return cell


def _clean_text(text: str) -> str | None:
    stripped = text.strip()
    if stripped.startswith("#"):
        raise CellError(stripped)
    return stripped or None


def _rows(cells: Cells) -> list[list[object]]:
    """A cell, a list of cells or rows of cells as rows."""
    if not isinstance(cells, list | tuple):
        return [[cells]]
    if any(isinstance(row, list | tuple) for row in cells):
        return [list(row) for row in cells]
    return [list(cells)]


def _one_row(function: Callable[..., object], row: tuple[object, ...]) -> object:
    return function(*map(_clean, row))


def _flag(cell: object, argument: str) -> bool:
    if cell in (None, 0, 1):  # FALSE and TRUE among them
        return bool(cell)
    word = str(cell).casefold()
    if word in _TRUE | _FALSE:
        return word in _TRUE
    raise ScoreError(
        argument,
        Text(
            de=f"{cell!r} ist weder WAHR noch FALSCH",
            en=f"{cell!r} is not TRUE or FALSE",
        ),
    )
