"""Numbers that somebody wrote as text: German, English or Swiss, with currency, unit, percent sign or scale.

A separator is read by its form where that leaves no doubt: ``1.234,56`` is 1234.56 in either language, ``1.5``
is one and a half. ``1.234`` leaves doubt: it is a thousand and something to a German, one and something to an
Englishman, and a mistake by the factor 1,000 is the worst a money field can suffer. It is never guessed;
`Reading.other` then holds the second meaning. ``1,234`` is read in the workbook's language, except for an amount of
money in a German workbook, as nobody writes three decimals there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from kamxl.document.vocabulary import Kind
from kamxl.texts import Language


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means as a number.

    `other` is a second possible meaning (the text is ambiguous then), `percent` whether it carried a percent
    sign (the `value` of a percentage is divided by 100 already), `currency` the ISO code it named.
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
    "ron": "RON", "lei": "RON", "try": "TRY", "₺": "TRY", "tl": "TRY", "dollars": "USD", "us-$": "USD",
    "us-dollar": "USD", "us-dollars": "USD", "fr": "CHF", "schweizerfranken": "CHF", "pfund": "GBP",
    "pfundsterling": "GBP", "pound": "GBP", "pounds": "GBP", "yen": "JPY", "zloty": "PLN",
    # What names a currency, though none that a plan has by default.
    **{code.lower(): code for code in (
        "AUD", "BGN", "BRL", "CAD", "HKD", "INR", "ISK", "KRW", "MXN", "NZD", "RSD", "RUB", "SGD", "THB", "UAH", "ZAR",
    )},
}  # fmt: skip
_SCALES = {
    "tsd.": 1e3, "tsd": 1e3, "t": 1e3, "k": 1e3, "thousand": 1e3, "tausend": 1e3,
    "mio.": 1e6, "mio": 1e6, "m": 1e6, "mn": 1e6, "mill.": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6,
    "mrd.": 1e9, "mrd": 1e9, "bn": 1e9, "billion": 1e9, "milliarden": 1e9, "milliarde": 1e9,
}  # fmt: skip
# A lone letter behind a number may be a unit (t for tonnes, m for metres): a scale only where money is meant.
_LETTERS = {"t", "k", "m"}
_PERCENT = ("%", "prozent", "percent", "v.h.", "vh", "pct")

_Said = Mapping[str, Mapping[str, Any]]
_CURRENCIES: _Said = {word: {"currency": code} for word, code in _SYMBOLS.items()}
_PERCENTS: _Said = {word: {"percent": True, "scale": 0.01} for word in _PERCENT}
_POINTS: _Said = {word: {"percent": True} for word in _PERCENT}
_SIZES: _Said = {word: {"scale": scale} for word, scale in _SCALES.items()}
_THOUSANDS: _Said = {
    word: size for word, size in _SIZES.items() if word not in _LETTERS
}
# ``teur``, ``t€``, ``k€``, ``meur``: a scale's letter before a currency.
_JOINED: _Said = {
    letter + word: {**_SIZES[letter], **currency}
    for letter in _LETTERS
    for word, currency in _CURRENCIES.items()
}
# ``mio€``, ``tsd.chf``: a scale before a sign or a code.
_SHORT = "|".join(
    re.escape(word) for word in _SYMBOLS if re.fullmatch(r"\W|[a-z]{3}", word)
)
_GLUED = re.compile(rf"(?<!\S)(mio\.?|tsd\.?|mrd\.?|bn)(?=({_SHORT})(?!\S))")
# What the words around the digits say, as far as they make sense for a kind of field.
_WORDS: Mapping[Kind, _Said] = {
    Kind.MONEY: {**_JOINED, **_SIZES, **_CURRENCIES},
    # A number has its unit beside it: "71 %" is 71 where that says %, as a cell that shows 71 % is.
    Kind.NUMBER: {**_THOUSANDS, **_POINTS, **_CURRENCIES},
    Kind.PERCENT: {**_PERCENTS, **_CURRENCIES},
}

_LONGEST = 60
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = str.maketrans(
    dict.fromkeys("−–—‒‑‐﹣－", "-") | dict.fromkeys("’‘´`ʼ′＇", "'")
)
_TOKENS = re.compile(
    r"(?P<before>[^\d.,'()+-]*)(?P<body>[\d.,' ]*\d[\d.,' ]*)(?P<after>[^\d]*)"
)
_NO_CENTS = re.compile(r"(?<=\d)([.,])-{1,2}(?=\D*$)")
_ONE_MARK = re.compile(r"(\d*)([.,])(\d*)")
_AS_THOUSANDS = re.compile(r"(?!0)\d{1,3}[.,]\d{3}")
# Groups of three behind one and the same mark; then another mark and decimals, where there are any.
_GROUPED = re.compile(r"(\d{1,3}([.,' ])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")


def read_number(text: str, language: str, kind: Kind = Kind.NUMBER) -> Reading | None:
    """The number that `text` stands for, or `None` where it is none.

    Args:
        text: as found in the cell, of any content.
        language: the workbook's, which decides what a comma means where its form does not.
        kind: of the field; scales such as ``T€`` are read for money and numbers only.
    """
    plain = _SPACES.sub(" ", text.translate(_MINUS)).strip().lower()
    if len(plain) > _LONGEST:
        return None
    plain, sign = _without_sign(plain)
    plain, whole = _NO_CENTS.subn("", plain)
    match = _TOKENS.fullmatch(plain)
    if match is None:
        return None
    unit = read_unit(f"{match['before']} {match['after']}", kind)
    if unit is None:
        return None
    in_full = kind is Kind.MONEY and "scale" not in unit
    body = match["body"].strip()
    meanings = _meanings(body, language, money=in_full, whole=bool(whole))
    if not meanings:
        return None
    factor = sign * _exact(unit.pop("scale", 1.0))
    first, other, *_ = *(float(_exact(value) * factor) for value in meanings), None
    return Reading(first, other, **unit)


def currency_named(text: str) -> str:
    """The ISO code of the currency that a text names and nothing else; empty where it names none.

    >>> currency_named("US-$"), currency_named("Euro (EUR)"), currency_named("T€")
    ('USD', 'EUR', '')
    """
    plain = _SPACES.sub(" ", text).strip().lower()
    words = re.split(r"[ ()/,]+", plain)
    codes = {_SYMBOLS.get(word, "") for word in filter(None, words)}
    known = _SYMBOLS.get(plain) or _SYMBOLS.get(plain.replace(" ", ""))
    return known or (codes.pop() if len(codes) == 1 else "")


def read_unit(words: str, kind: Kind) -> dict[str, Any] | None:
    """What the words around a number say: ``scale``, ``percent``, ``currency`` (ISO code).

    Args:
        words: all that stands before and behind the digits.
        kind: of the field.

    Returns:
        What is said, nothing for no words; `None` where a word is unknown or two contradict each other.

    >>> read_unit("T€", Kind.MONEY), read_unit("kg", Kind.MONEY) is None
    ({'scale': 1000.0, 'currency': 'EUR'}, True)
    """
    known = _WORDS.get(kind, _CURRENCIES)
    found = _GLUED.sub(r"\1 ", _SPACES.sub(" ", words).lower()).split()
    if not known.keys() >= set(found):
        return None
    said = list(chain.from_iterable(known[word].items() for word in found))
    unit = dict(said)
    if len(unit) < len(said) or {"percent", "currency"} <= unit.keys():
        return None
    return unit


def _exact(value: float) -> Decimal:
    """The number as it is written: 4.1 million is 4,100,000, which binary fractions miss."""
    return Decimal(repr(value))


def _without_sign(plain: str) -> tuple[str, int]:
    """Strip a sign: leading, behind a leading currency, trailing, or the accountant's parentheses."""
    if plain[:1] + plain[-1:] == "()":
        return plain[1:-1].strip(), -1
    match = re.fullmatch(r"([^\d.,'()+-]*)([+-]) ?([^-+]*\d.*)", plain)
    if match is not None:
        return match[1] + match[3], int(f"{match[2]}1")
    match = re.fullmatch(r"(.*\d) ?-( ?[^\d.,'-]*)", plain)
    if match is not None and not _NO_CENTS.search(plain):
        return match[1] + match[2], -1
    return plain, 1


def _meanings(body: str, language: str, *, money: bool, whole: bool) -> list[float]:
    """One number, two where the text is ambiguous, none where it is not a number."""
    if match := _ONE_MARK.fullmatch(body):
        return _one_mark(match, language, money=money, whole=whole)
    if match := _GROUPED.fullmatch(body):
        grouped, _, cents = match.groups("0")
        digits = re.sub(r"\D", "", grouped)
        return [float(f"{digits}.{cents}")]
    return [float(body)] if re.fullmatch("[0-9]+", body) else []


def _one_mark(
    match: re.Match[str], language: str, *, money: bool, whole: bool
) -> list[float]:
    """What a single mark means: it begins the decimals or, before three digits, may group thousands."""
    head, mark, tail = match.groups()
    as_decimal, as_thousands = float(f"0{head}.{tail}0"), float(head + tail)
    if not _AS_THOUSANDS.fullmatch(match[0]):
        return [as_decimal]
    if whole:  # "1.234,-" has said that there are no cents
        return [as_thousands]
    is_german = language == Language.DE
    meanings = [as_decimal, as_thousands]
    if is_german == (mark == "."):  # what groups thousands in this language
        meanings.reverse()
    doubtful = mark == "." or (is_german and money)
    return meanings if doubtful else meanings[:1]
