"""Bytes of a text file → its text, in the code page that makes words of them.

A CSV file does not say how its letters are stored. UTF-8 and UTF-16 tell by themselves; behind them stand Windows
(cp1252, cp1250), the Mac, and DOS (cp850, cp437), and each makes something of any byte: ``4b 8a 73 65`` is *Käse* on
the Mac and *KŠse* in Windows. So every page reads the words with such bytes, and what it makes of them is weighed: a
German letter where one belongs speaks for the page, a capital inside a word, a sign inside a word or a symbol of a
drawing speaks against it. Two pages that are equally likely, or none that makes sense, and there is no text: a
name is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PAGES = ("cp1252", "cp1250", "mac_roman", "cp850", "cp437")
_MOST_WORDS = 3000  # that are weighed; more would not change the outcome
_LONGEST_WORD = 80
_WORDS = re.compile(rb'[^\s;,"]+')

# What a letter or a sign says about a page, and by how much a rare page has to be the likeliest.
_GERMAN, _WESTERN, _OTHER, _FITS, _ALONE, _WRONG = 6, 2, 1, 1, -2, -6
_GENITIVE, _MARGIN, _USUAL = 4, 5, "cp1252"
_LETTERS = dict.fromkeys("äöüÄÖÜß", _GERMAN) | dict.fromkeys(
    "àáâãåæçèéêëìíîïñòóôõøùúûœšžÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛŒŠŽ", _WESTERN
)
_LETTER = r"[^\W\d_²³¹½¼¾]"
_RUNS = re.compile(f"{_LETTER}+")
# ß in front, or so many foreign letters in a row as only another alphabet has.
_MISPLACED = re.compile(r"^ß|[^\W\d_a-zA-ZäöüÄÖÜß]{3}")
_GENITIVES = re.compile(r"(?:^|\W)[A-Za-z][’´`]\w|\w[’´`]s\b")
_SIGNS = re.compile(r"[^\w\x00-\x7f]|[²³¹½¼¾]")
_SIGNS_IN_PLACE = re.compile(
    rf"(?<={_LETTER})[’–—‐´`](?={_LETTER})"
    r"|(?<!\w)[„‚«‹¿¡“‘]"
    rf"|[”’»›“‘®©™²³…](?!{_LETTER})"
    rf"|(?<!{_LETTER})(?:[§€£¥•·½¼¾±×‰–—\u00a0](?!{_LETTER})|°(?=[CF]?(?!\w)))"
)

_TWICE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


class UnknownEncodingError(Exception):
    """The bytes are a text, but nothing tells in which code page.

    Attributes:
        readings: what the likeliest pages make of one word.
    """

    def __init__(self, readings: tuple[str, ...]) -> None:
        super().__init__(*readings)
        self.readings = readings


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the code page where that was found by its words."""

    text: str
    page: str = ""


def decoded(data: bytes) -> Decoded | None:
    """The text of a file.

    Args:
        data: the file's bytes.

    Returns:
        `None` where they are no text at all.

    Raises:
        UnknownEncodingError: it cannot be told which letters are meant.
    """
    page = next((page for mark, page in _MARKS if data.startswith(mark)), "")
    if not page and b"\0" in data[:4096]:
        page = _sixteen_bits(data)
    elif not page:
        page = "utf-8"
    try:
        return Decoded(data.decode(page)) if page else None
    except UnicodeDecodeError:
        return _by_its_words(data) if page == "utf-8" else None


def broken_letters(text: str) -> bool:
    """Whether letters were lost or stored twice over before: ``K�se``, ``KÃ¤se``."""
    return "\ufffd" in text or _TWICE.search(text) is not None


def _sixteen_bits(data: bytes) -> str:
    """The order of bytes of a UTF-16 text without a mark: its plain letters have a zero on one side."""
    high, low = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if low > 4 * high:
        return "utf-16-le"
    return "utf-16-be" if high > 4 * low else ""


def _by_its_words(data: bytes) -> Decoded | None:
    if b"\0" in data:
        return None
    words = list(islice(_distinct(data), _MOST_WORDS))
    weights = {page: _weight(words, page) for page in _PAGES}
    ranked = sorted(_PAGES, key=lambda page: -weights[page])
    best = ranked[0]
    if weights[best] < 0 or _doubtful(words, weights, best):
        raise UnknownEncodingError(_readings(words, ranked))
    try:
        return Decoded(data.decode(best), best)
    except UnicodeDecodeError:
        raise UnknownEncodingError(_readings(words, ranked)) from None


def _doubtful(words: list[bytes], weights: dict[str, int], best: str) -> bool:
    """Whether another page that reads the words differently is nearly as likely."""
    margin = 1 if best == _USUAL else _MARGIN
    near = [page for page in _PAGES if weights[page] > weights[best] - margin]
    return len({tuple(_read(word, page) for word in words) for page in near}) > 1


def _distinct(data: bytes) -> Iterator[bytes]:
    """The different words that hold more than plain letters."""
    seen: set[bytes] = set()
    for match in _WORDS.finditer(data):
        word = match[0][:_LONGEST_WORD]
        if not word.isascii() and word not in seen:
            seen.add(word)
            yield word


def _read(word: bytes, page: str) -> str:
    return word.decode(page, errors="replace")


def _readings(words: list[bytes], pages: list[str]) -> tuple[str, ...]:
    """What two pages make of the first word on which they differ."""
    for word in words:
        found = tuple(dict.fromkeys(_read(word, page) for page in pages))
        if len(found) > 1:
            return found[:2]
    return tuple(_read(word, pages[0]) for word in words[:1])


def _weight(words: list[bytes], page: str) -> int:
    """How much speaks for a page."""
    return sum(_likely(_read(word, page)) for word in words)


def _likely(word: str) -> int:
    """How likely a word is, by its letters beyond ASCII and by signs that stand where they may."""
    signs, in_place = len(_SIGNS.findall(word)), len(_SIGNS_IN_PLACE.findall(word))
    said = sum(map(_said, _RUNS.findall(word)))
    said += _GENITIVE * len(_GENITIVES.findall(word))
    return said + _FITS * in_place + _WRONG * (signs - in_place)


def _said(run: str) -> int:
    """What letters in a row say: nothing where all are plain."""
    weights = [_weight_of(char) for char in run if not char.isascii()]
    if len(run) == 1:
        return _ALONE * len(weights)
    if _MISPLACED.search(run) or not (run.isupper() or run[1:].islower()):
        return 2 * _WRONG * len(weights)
    if run.islower() and not run[0].isascii():  # names begin with a capital
        weights[0] = min(weights[0], _OTHER)
    return sum(weights)


def _weight_of(letter: str) -> int:
    latin = unicodedata.name(letter, "").startswith("LATIN")
    return _LETTERS.get(letter, _OTHER if latin else _WRONG)
