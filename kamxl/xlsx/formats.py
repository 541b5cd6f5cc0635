"""A number format → what a cell shows of its number: unit, currency, percent sign, time, scale, leading zeros.

A format has up to four sections, for positive, negative, zero and text, or with conditions of its own. Worked example:
of 680, ``#,##0 "T€"`` shows *680 T€*; of 680,000, ``#,##0, "T€"`` shows the same, as the comma behind the digits leaves
three of them out. `view` returns the section by which a value is shown.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

_LONGEST = 255  # characters of a format that Excel takes
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<filler>[_*].?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>general|standard)|(?P<clock>am/pm|a/p)|(?P<exponent>e[+-])|(?P<digits>[0#?.,]+)"
    r"|(?P<text>@)|(?P<next>;)|(?P<letters>[dmyhs]+)|(?P<percent>%)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)")
_COLOUR = re.compile(
    "black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]+", re.IGNORECASE
)
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_OF_DATES, _OF_TIMES = frozenset("dy"), frozenset("hsa")  # m is either, a of am/pm
_MINUS = frozenset("-−")
_NUMBERS = {"general", "digits", "exponent", "text"}
_BEFORE = re.compile(r"^(\s*)([-−+(])|(?<![^\W_])([-−+(])(\s*)$")
_AFTER = re.compile(
    r"^\s*[.,]?[-−–—]{1,2}(?=\s|$)"
)  # ``,-`` of an amount, or a minus behind the number
_DAY = 86_400  # seconds
_MOST_DAYS = 1e9  # far beyond any date
_MOST_NUMBERS = 3  # sections; a fourth is for texts

_Token = tuple[str, str]  # its kind and its text
_Part = Sequence[_Token]
_Condition = tuple[Callable[[float, float], bool], float]
_ALWAYS: _Condition = (lambda _value, _bound: True, 0.0)
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
# Which numbers the sections show that say nothing themselves, by how many there are; the last shows all others.
_USUAL: dict[int, tuple[_Condition, ...]] = {
    2: ((operator.ge, 0.0),),
    3: ((operator.gt, 0.0), (operator.lt, 0.0)),
}


class ShownAs(StrEnum):
    """What a section of a format makes of a number; WORDS show nothing of it."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    ELAPSED = "elapsed"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class View:
    """One section of a number format.

    Attributes:
        shape: what it makes of a number.
        before: the words in front of the number, a currency among them; all words where no number is shown.
        after: the words behind it, percent signs among them.
        factor: what is shown for each 1 that the cell holds: 100 with a percent sign, 0.001 with a comma that leaves
            out thousands.
        pattern: the digits and what stands between them, such as ``#,##0.00``; empty for *General*.
        turns_sign: a negative number is shown without any sign, or another one with a minus.
        shows_day: the day of a date is shown.
    """

    shape: ShownAs = ShownAs.NUMBER
    before: str = ""
    after: str = ""
    factor: float = 1.0
    pattern: str = ""
    turns_sign: bool = False
    shows_day: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the number alone is shown, as it is."""
        words = self.before + self.after
        as_it_is = self.factor == 1 and not self.turns_sign
        return self.shape is ShownAs.NUMBER and as_it_is and not words.strip()

    @property
    def is_moment(self) -> bool:
        """Whether a date, a time of day or a duration is shown."""
        return self.shape in {ShownAs.DATE, ShownAs.TIME, ShownAs.ELAPSED}

    @property
    def changes_text(self) -> bool:
        """Whether a number looks otherwise than by its own digits: leading zeros, parts, words, a time."""
        whole = self.pattern.partition(".")[0]
        has_zeros = whole.count("0") > 1
        has_parts = bool(whole.strip("#0?,"))
        return (
            has_zeros or has_parts or not (self.is_plain or self.shape is ShownAs.DATE)
        )

    def text(self, value: float, marks: str = ".,") -> str:
        """What a cell shows; a date is left to whoever knows the date system.

        Args:
            value: the number that it holds.
            marks: the decimal mark and that between thousands.

        >>> View(pattern="0000000000").text(10041), View(after=" %", factor=100, pattern="0.0").text(0.125, ",.")
        ('0000010041', '12,5 %')
        """
        if self.shape is ShownAs.WORDS:
            return self.before.strip()
        if self.is_moment:
            hours, minutes, seconds = clock(
                value, elapsed=self.shape is ShownAs.ELAPSED
            )
            return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
        sign = "-" if value and (value < 0) != self.turns_sign else ""
        number = _number(abs(value) * self.factor, self.pattern)
        shown = number.translate(str.maketrans(".,", marks))
        return f"{self.before}{sign}{shown}{self.after}".strip()


PLAIN = View()
_Section = tuple[Callable[[float, float], bool], float, View]


def view(code: str, value: float | str) -> View:
    """The section of a number format by which a value is shown.

    Args:
        code: the format as a file stores it, with American marks and letters.
        value: the number or the text that the cell holds.

    >>> view('#,##0" €";[Red]-#,##0" €"', -5.0).after, view('[<1000]0;0.0,"k"', 2500.0).text(2500.0)
    (' €', '2.5k')
    """
    sections, of_text = _sections(code)
    if isinstance(value, str):
        return of_text
    shown = (section for holds, bound, section in sections if holds(value, bound))
    return next(shown, PLAIN)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a number as a date or a time of day.

    Elapsed time (``[h]:mm``) is a duration, so a number.

    >>> is_date_format("dd.mm.yyyy"), is_date_format('#,##0.00 "Std."'), is_date_format("[h]:mm")
    (True, False, False)
    """
    return any(
        section.shape in {ShownAs.DATE, ShownAs.TIME}
        for _, _, section in _sections(code)[0][:1]
    )


def clock(value: float, *, elapsed: bool = False) -> tuple[int, int, int]:
    """Hours, minutes and seconds of a number of days, without the days unless they have `elapsed`.

    >>> clock(0.0875), clock(2.75, elapsed=True)
    ((2, 6, 0), (66, 0, 0))
    """
    seconds = round(min(abs(value), _MOST_DAYS) * _DAY)
    minutes, second = divmod(seconds if elapsed else seconds % _DAY, 60)
    return minutes // 60, minutes % 60, second


@lru_cache(maxsize=1 << 12)
def _sections(code: str) -> tuple[tuple[_Section, ...], View]:
    """The sections for numbers, each with its condition, and that for texts."""
    parts = _parts(code)
    texts = [part for part in parts if _of(part, "text")] + parts[_MOST_NUMBERS:]
    of_text = _view(texts[-1]) if texts else PLAIN
    numbers = [part for part in parts[:_MOST_NUMBERS] if not _of(part, "text")]
    return tuple(_of_numbers(numbers)), of_text


def _of_numbers(parts: Sequence[_Part]) -> Iterator[_Section]:
    """The sections for numbers; where none has a condition, the second one is for negative numbers."""
    own = list(map(_condition, parts))
    negative = None if any(own) else 1
    usual = _USUAL.get(len(own), ())
    for place, (part, mine, other) in enumerate(zip_longest(parts, own, usual)):
        shown = _view(part)
        if place == negative or _only_negative(mine):
            shown = _of_negatives(part, shown)
        yield (*(mine or other or _ALWAYS), shown)


def _parts(code: str) -> list[_Part]:
    """The tokens of each section."""
    parts: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code[:_LONGEST] or "general"):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "next":
            parts.append([])
            continue
        is_mark = kind == "digits" and text.strip(".,") == ""
        parts[-1].append(("other" if is_mark else kind, text))
    return list(parts)


def _of(part: _Part, kind: str) -> list[str]:
    return [text for found, text in part if found == kind]


def _condition(part: _Part) -> _Condition | None:
    """Which numbers a section shows, if it says so itself."""
    found = filter(None, map(_CONDITION.fullmatch, _of(part, "bracket")))
    return next(((_HOLDS[match[1]], float(match[2])) for match in found), None)


def _only_negative(condition: _Condition | None) -> bool:
    holds, bound = condition or _ALWAYS
    return holds in {operator.lt, operator.le} and bound <= 0


def _of_negatives(part: _Part, shown: View) -> View:
    """The section for negative numbers, whose minus is no other than the one that its words or colour stand for."""
    words = "".join(map(_word, part))
    has_sign = any(sign in words for sign in "-−(")
    is_coloured = any(map(_COLOUR.fullmatch, _of(part, "bracket")))
    return replace(shown, turns_sign=not (has_sign or is_coloured))


def _view(part: _Part) -> View:
    shape = _shape(part)
    if shape is ShownAs.WORDS:
        return View(shape, "".join(map(_word, part)))
    if shape is not ShownAs.NUMBER:
        return View(shape, shows_day="d" in "".join(_of(part, "letters")).lower())
    return _number_view(part)


def _number_view(part: _Part) -> View:
    """A section that shows a number, between words and signs."""
    places = [at for at, (kind, _) in enumerate(part) if kind in _NUMBERS]
    first, behind = places[0], places[-1] + 1
    before, after = (
        "".join(map(_word, side)) for side in (part[:first], part[behind:])
    )
    pattern, thousands = _pattern(part[first:behind])
    signs = {match[2] or match[3] for match in _BEFORE.finditer(before)}
    is_closed = "(" in signs and ")" in after
    if is_closed:
        after = after.replace(")", "")
    return View(
        before=_BEFORE.sub(r"\1\4", before),
        after=_AFTER.sub("", after),
        factor=100.0 ** len(_of(part, "percent")) / 1000.0**thousands,
        pattern=pattern,
        turns_sign=is_closed or not _MINUS.isdisjoint(signs),
    )


def _shape(part: _Part) -> ShownAs:
    moment = None if _counts(part) else _moment(part)
    shows_number = any(kind in _NUMBERS for kind, _ in part)
    return moment or (ShownAs.NUMBER if shows_number else ShownAs.WORDS)


def _counts(part: _Part) -> bool:
    """Whether there are digits that make the letters a unit that somebody did not quote."""
    # Digits behind a mark are parts of a second.
    return not all(text.startswith((".", ",")) for text in _of(part, "digits"))


def _moment(part: _Part) -> ShownAs | None:
    """What a section shows by its letters; `None` where it has none."""
    if any(map(_ELAPSED.fullmatch, _of(part, "bracket"))):
        return ShownAs.ELAPSED
    units = set("".join(_of(part, "letters") + _of(part, "clock")).lower())
    if not units:
        return None
    is_date = units & _OF_DATES or not units & _OF_TIMES
    return ShownAs.DATE if is_date else ShownAs.TIME


def _word(token: _Token) -> str:
    """What is shown of a token beside the number."""
    kind, text = token
    if kind == "bracket":  # ``[$€-407]``; all other brackets show nothing
        return text[1:].partition("-")[0] if text.startswith("$") else ""
    if kind == "filler":
        return " "
    return "" if kind in _NUMBERS else text


def _pattern(part: _Part) -> tuple[str, int]:
    """The digits with what stands between them, and how many thousands are left out."""
    if any(kind != "digits" and kind in _NUMBERS for kind, _ in part):
        return "", 0
    written = "".join(text for kind, text in part if kind != "bracket")
    whole, mark, decimals = written.partition(".")
    kept = whole.rstrip(","), decimals.rstrip(",")
    if "/" in written:  # a fraction, which is not read but shown in decimals
        return "", 0
    return mark.join(kept) if mark else kept[0], len(whole + decimals) - len(
        "".join(kept)
    )


def _number(number: float, pattern: str) -> str:
    """A number with the digits of a pattern, in American marks."""
    whole, _, decimals = pattern.partition(".")
    if not pattern:
        return f"{number:.10f}".rstrip("0").rstrip(".")
    text = f"{number:,.{sum(map(decimals.count, '0#?'))}f}"
    if "," in whole:
        return text
    digits, mark, rest = text.replace(",", "").partition(".")
    return _spread(digits, whole) + mark + rest


def _spread(digits: str, whole: str) -> str:
    """Digits over the places of a pattern, from behind; zeros where there are too few."""
    rest, shown = list(digits), ""
    for place in reversed(whole):
        if place not in "0#?":
            shown = place + shown
        elif rest:
            shown = rest.pop() + shown
        elif place == "0":
            shown = f"0{shown}"
    return "".join(rest) + shown
