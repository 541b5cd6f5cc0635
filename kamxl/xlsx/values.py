"""A cell's stored text and type → a `Cell`. What cannot be understood is UNREADABLE, never guessed.

Worked number: `<c t="n"><v>45678.75</v></c>` in a cell shown as `dd.mm.yyyy` is 21 January 2025, 18:00, for day
45,678 counts from 30 December 1899 (valid after 60, the 29 February 1900 that never was).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kamxl.xlsx.book import PLAIN_STYLE, Cell, CellStyle, CellValue, State
from kamxl.xlsx.bounded_xml import XmlError

# Looked up for every cell, and looking up a member of an Enum is slow before Python 3.12.
_EMPTY, _VALUE, _UNREADABLE = State.EMPTY, State.VALUE, State.UNREADABLE
_LONGEST_INDEX = 9  # digits; no workbook has a thousand million texts
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})?(?:(?:^|T)([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)Z?)?"
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAY_MS = 86_400_000
_EPOCH_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_FIRST_TRUE_SERIAL = 61  # 1 March 1900
_BEYOND_DATES = 3_000_000
_DATE_SYSTEMS = {False: (_EPOCH_1900, _FIRST_TRUE_SERIAL), True: (_EPOCH_1904, 0)}
PICTURE = "picture"
"""The type of a cell that holds a picture, which is none of the file's own."""
_TRUTH = {"1": True, "true": True, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class Context:
    """What a cell's meaning depends on besides the cell.

    Attributes:
        strings: the shared strings.
        styles: the cells' styles by their indexes, as written.
        date1904: whether day 0 is 1 January 1904.
        max_text: characters of one text, beyond which the workbook is too large.
        pictures: whether an error value with further data is a picture.
        struck: the numbers, as written, of shared strings that are struck through in part.
    """

    strings: Sequence[str] = ()
    styles: Mapping[str, CellStyle] = field(default_factory=dict)
    date1904: bool = False
    max_text: int = 1_000_000
    pictures: bool = False
    struck: frozenset[str] = frozenset()


def make_cell(
    row: int,
    column: int,
    kind: str | None,
    style: str | None,
    raw: str,
    formula: str | None,
    context: Context,
) -> Cell | None:
    """Return the cell, or `None` if it is empty.

    Args:
        row: from 1.
        column: from 1.
        kind: the attribute `t`; none means a number.
        style: the attribute `s`, if there is one.
        raw: the text of `<v>`, or that of `<is>` for an inline string.
        formula: the text of `<f>`, `None` without one.
        context: shared strings, styles, date system.
    """
    if not raw:
        return _without_value(row, column, kind, formula)
    is_formula, says = formula is not None, formula or ""
    shown = context.styles.get(style or "", PLAIN_STYLE)
    if kind == "s" and raw in context.struck:
        shown = struck_through(shown)
    value = _READERS.get(kind, _unknown)(raw, shown, context)
    if value is None:
        reason = _REASONS.get(kind, "damaged")
        return Cell(
            row, column, _UNREADABLE, None, raw, reason, is_formula, False, says
        )
    if isinstance(value, str):
        cell = Cell(
            row, column, _VALUE, value, value, "", is_formula, False, says, shown
        )
        return cell if value else None
    is_date = _is_date(kind, shown)
    return Cell(row, column, _VALUE, value, raw, "", is_formula, is_date, says, shown)


def _is_date(kind: str | None, style: CellStyle) -> bool:
    """Whether a value that is no text is a date by its type, or a number that is shown as one."""
    return kind == "d" or (style.is_date and kind != "b")


@lru_cache(maxsize=1 << 10)
def struck_through(style: CellStyle) -> CellStyle:
    """The style of a cell whose text is struck through, all of it or in part."""
    return replace(style, is_struck=True)


def _without_value(
    row: int, column: int, kind: str | None, formula: str | None
) -> Cell | None:
    """The cell of a formula without a result; `None` if there is no formula either."""
    if formula is None:
        return None
    if kind == "str":  # its result is a text without a character
        return Cell(row, column, _EMPTY, None, "", "", True, False, formula)
    raw = f"={formula}"
    return Cell(
        row, column, _UNREADABLE, None, raw, "uncalculated", True, False, formula
    )


def _unknown(_raw: str, _style: CellStyle, _context: Context) -> CellValue:
    return None


def _shared(raw: str, _style: CellStyle, context: Context) -> CellValue:
    is_number = raw.isascii() and raw.isdigit()
    if len(raw) > _LONGEST_INDEX or not is_number:
        return None
    try:
        return context.strings[int(raw)]
    except IndexError:
        return None


def _text(raw: str, _style: CellStyle, context: Context) -> CellValue:
    if len(raw) > context.max_text:
        raise XmlError("text too long", too_large=True)
    return unescape(raw)


def _number(raw: str, style: CellStyle, context: Context) -> CellValue:
    try:
        number = float(raw)
    except ValueError:
        return None
    # float() also takes "nan", "1_000" and Arabic digits.
    if not math.isfinite(number) or "_" in raw or not raw.isascii():
        return None
    if not style.is_date:
        return number
    moment = serial_to_date(number, date1904=context.date1904)
    return number if moment is None else moment


def _truth(raw: str, _style: CellStyle, _context: Context) -> CellValue:
    return _TRUTH.get(raw.strip())


def _iso(raw: str, _style: CellStyle, _context: Context) -> CellValue:
    iso = _ISO.fullmatch(raw.strip())
    if not iso:
        return None
    day, time = iso.groups("")
    try:
        if not day:
            return dt.time.fromisoformat(time)
        moment = dt.datetime.fromisoformat(f"{day}T{time or '00'}")
    except ValueError:
        return None
    return moment if moment.time() != dt.time() else moment.date()


_REASONS: Mapping[str | None, str] = {"e": "error", PICTURE: PICTURE}
_READERS: Mapping[str | None, Callable[[str, CellStyle, Context], CellValue]] = {
    None: _number,
    "n": _number,
    "s": _shared,
    "str": _text,
    "inlineStr": _text,
    "b": _truth,
    "d": _iso,
}


def serial_to_date(
    serial: float, *, date1904: bool = False
) -> dt.date | dt.datetime | None:
    """Return what a serial number means, to the millisecond; `None` if it is no date.

    Args:
        serial: days since the epoch, the time of day as its fraction.
        date1904: whether the epoch is 1 January 1904.

    >>> serial_to_date(45678.75)
    datetime.datetime(2025, 1, 21, 18, 0)
    >>> serial_to_date(60) is None
    True
    """
    epoch, first = _DATE_SYSTEMS[date1904]
    if not first <= serial <= _BEYOND_DATES:
        return None
    days, time = divmod(round(serial * _DAY_MS), _DAY_MS)
    try:
        moment = epoch + dt.timedelta(days, milliseconds=time)
    except OverflowError:
        return None
    return moment if time else moment.date()


def date_to_serial(moment: dt.date) -> float:
    """Return the serial number under which Excel knows a date, in the 1900 system.

    >>> date_to_serial(dt.datetime(2025, 1, 21, 18))
    45678.75
    """
    if isinstance(moment, dt.datetime):
        serial = (moment - _EPOCH_1900) / dt.timedelta(days=1)
    else:
        serial = float(moment.toordinal() - _EPOCH_1900.toordinal())
    # The 29 February 1900 that never was counts for the days after it alone.
    return serial if serial >= _FIRST_TRUE_SERIAL else serial - 1


def unescape(text: str) -> str:
    """Return a text with its escapes (`_x000D_`) resolved (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    resolved = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # A pair of escapes may stand for one character; half a pair cannot be written to any file.
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
