"""Numbers that somebody wrote as text: German, English or Swiss, with currency, unit, percent sign or scale.

A separator is read by its form where that leaves no doubt: ``1.234,56`` is 1234.56 in either language, ``1.5``
is one and a half. ``1.234`` leaves doubt: it is a thousand and something to a German, one and something to an
Englishman, and a mistake by the factor 1,000 is the worst a money field can suffer. It is never guessed;
`Reading.other` then holds the second meaning. ``1,234`` is read in the workbook's language, except for an amount of
money in a German workbook, as nobody writes three decimals there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kamxl.document.vocabulary import Kind
from kamxl.texts import Language

__all__ = ["Reading", "read_number"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means as a number.

    `other` is a second possible meaning (the text is ambiguous then), `percent` whether it carried a percent
    sign (`value` is divided by 100 already), `currency` the ISO code it named.
    """

    value: float
    other: float | None = None
    percent: bool = False
    currency: str = ""


_SYMBOLS = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "usd": "USD",
    "dollar": "USD", "chf": "CHF", "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF", "franken": "CHF", "£": "GBP",
    "gbp": "GBP", "¥": "JPY", "jpy": "JPY", "cny": "CNY", "rmb": "CNY", "zł": "PLN", "pln": "PLN",
    "kč": "CZK", "czk": "CZK", "ft": "HUF", "huf": "HUF", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "ron": "RON", "lei": "RON", "try": "TRY", "₺": "TRY", "tl": "TRY",
}  # fmt: skip
_SCALES = {
    "tsd.": 1e3, "tsd": 1e3, "t": 1e3, "k": 1e3, "thousand": 1e3, "tausend": 1e3,
    "mio.": 1e6, "mio": 1e6, "m": 1e6, "mn": 1e6, "mill.": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6,
    "mrd.": 1e9, "mrd": 1e9, "bn": 1e9, "billion": 1e9, "milliarden": 1e9, "milliarde": 1e9,
}  # fmt: skip
# A lone letter behind a number may be a unit (t for tonnes, m for metres): a scale only where money is meant.
_LETTERS = {"t", "k", "m"}
_PERCENT = {"%", "prozent", "percent", "v.h.", "vh", "pct"}

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "‒": "-", "’": "'", "´": "'", "`": "'"}
)
_TOKENS = re.compile(
    r"(?P<before>[^\d.,'()+-]*)(?P<body>[\d.,' ]*\d[\d.,' ]*)(?P<after>[^\d]*)"
)
_NO_CENTS = re.compile(r"(?<=\d)([.,])-{1,2}(?=\D*$)")
_GROUPS = {
    mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,' "
}


def read_number(text: str, language: str, kind: Kind = Kind.NUMBER) -> Reading | None:
    """The number that `text` stands for, or `None` where it is none.

    Args:
        text: as found in the cell, of any content.
        language: the workbook's, which decides what a comma means where its form does not.
        kind: of the field; scales such as ``T€`` are read for money and numbers only.
    """
    plain = _SPACES.sub(" ", text.translate(_MINUS)).strip().lower()
    if not plain or len(plain) > 60:
        return None
    plain, negative = _without_sign(plain)
    plain, whole = _NO_CENTS.subn("", plain)
    match = _TOKENS.fullmatch(plain)
    if match is None:
        return None
    before, body, after = (match[name].strip() for name in ("before", "body", "after"))
    if before.endswith("-"):
        return None
    unit = _unit(before, after, kind)
    if unit is None:
        return None
    scale, percent, currency = unit
    meanings = _meanings(
        body.strip(),
        language,
        money=kind is Kind.MONEY and scale == 1,
        whole=bool(whole),
    )
    if not meanings:
        return None
    factor = (-1 if negative else 1) * (0.01 if percent else 1) * scale
    first, *others = (round(value * factor, 10) for value in meanings)
    return Reading(first, others[0] if others else None, percent, currency)


def _without_sign(plain: str) -> tuple[str, bool]:
    """Strip a sign: leading, behind a leading currency, trailing, or the accountant's parentheses."""
    if plain.startswith("(") and plain.endswith(")"):
        return plain[1:-1].strip(), True
    match = re.fullmatch(r"([^\d.,'()+-]*)([+-]) ?([^-+]*\d.*)", plain)
    if match is not None:
        return match[1] + match[3], match[2] == "-"
    match = re.fullmatch(r"(.*\d) ?-( ?[^\d.,'-]*)", plain)
    if match is not None and not _NO_CENTS.search(plain):
        return match[1] + match[2], True
    return plain, False


def _unit(before: str, after: str, kind: Kind) -> tuple[float, bool, str] | None:
    """Scale, percent sign and currency of what stands around the digits; `None` for anything else."""
    scale, percent, currency = 1.0, False, ""
    for word in (*before.split(), *_split_unit(after)):
        if word in _SYMBOLS and not currency:
            currency = _SYMBOLS[word]
        elif word in _PERCENT and not percent and kind in (Kind.PERCENT, Kind.NUMBER):
            percent = True
        elif _is_scale(word, kind) and scale == 1:
            scale = _SCALES[word]
        elif (
            (joined := _joined(word)) is not None
            and kind is Kind.MONEY
            and scale == 1
            and not currency
        ):
            scale, currency = joined
        else:
            return None
    return None if percent and (currency or scale != 1) else (scale, percent, currency)


def _split_unit(after: str) -> list[str]:
    words: list[str] = []
    for word in after.split():
        match = re.fullmatch(r"(mio\.?|tsd\.?|mrd\.?|bn)(\W+|[a-z]{3})", word)
        words += [match[1], match[2]] if match and match[2] in _SYMBOLS else [word]
    return words


def _is_scale(word: str, kind: Kind) -> bool:
    if word in _LETTERS:
        return kind is Kind.MONEY
    return word in _SCALES and kind in (Kind.MONEY, Kind.NUMBER)


def _joined(word: str) -> tuple[float, str] | None:
    """``teur``, ``t€``, ``k€``, ``meur``: a scale's letter before a currency."""
    if word[:1] in _LETTERS and word[1:] in _SYMBOLS:
        return _SCALES[word[0]], _SYMBOLS[word[1:]]
    return None


def _meanings(body: str, language: str, *, money: bool, whole: bool) -> list[float]:
    """One number, two where the text is ambiguous, none where it is not a number."""
    for mark in "' ":
        if mark in body:
            head, point, tail = body.partition("." if "." in body else ",")
            if not _GROUPS[mark].fullmatch(head) or not (tail.isdecimal() or not point):
                return []
            return [float(head.replace(mark, "") + (f".{tail}" if point else ""))]
    marks = [character for character in body if character in ".,"]
    if not marks:
        return [float(body)] if body.isascii() and body.isdecimal() else []
    if len(set(marks)) == 2:
        return _both_marks(body)
    if len(marks) > 1:
        return (
            [float(body.replace(marks[0], ""))]
            if _GROUPS[marks[0]].fullmatch(body)
            else []
        )
    return _one_mark(body, marks[0], language, money=money, whole=whole)


def _both_marks(body: str) -> list[float]:
    """The last mark is the decimal one and stands once; the other groups thousands."""
    decimal = max(".,", key=body.rfind)
    head, _, tail = body.rpartition(decimal)
    thousands = "," if decimal == "." else "."
    if _GROUPS[thousands].fullmatch(head) and tail.isdecimal():
        return [float(f"{head.replace(thousands, '')}.{tail}")]
    return []


def _one_mark(
    body: str, mark: str, language: str, *, money: bool, whole: bool
) -> list[float]:
    head, _, tail = body.partition(mark)
    if not (head + tail).isdecimal():
        return []
    as_decimal = float(f"{head or '0'}.{tail or '0'}")
    if not _GROUPS[mark].fullmatch(body) or head.startswith("0"):
        return [as_decimal]
    as_thousands = float(head + tail)
    if whole:  # "1.234,-" has said that there are no cents
        return [as_thousands]
    if mark == ".":
        return (
            [as_thousands, as_decimal]
            if language == Language.DE
            else [as_decimal, as_thousands]
        )
    if language == Language.EN:
        return [as_thousands]
    return [as_decimal, as_thousands] if money else [as_decimal]
