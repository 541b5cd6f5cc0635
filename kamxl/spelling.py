"""When two spellings are one name: the ground on which every join of names stands, known to every room.

``same_name("Alpen\u2011GRUPPE ", "Alpen-Gruppe")`` is true: case, blanks, the kind of dash or apostrophe, what cannot
be seen, and the spelling of umlauts make no other name. A join keeps its rows by `fold`, which is alike for the
spellings of one name and unlike for two names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

_Thing = TypeVar("_Thing")

_ALIKE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"} | dict.fromkeys("‘’‛ʼʹ´`′", "'")
)
_HYPHENS = re.compile(r"[‐-―⁃−]")
_DASHES = re.compile(r" ?[-‐-―⁃−/] ?")


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """What is left of a text when case, blanks, dashes, what is unseen and the spelling of umlauts do not matter.

    >>> fold(" Müller – Lüdenscheid ") == fold("MUELLER-Luedenscheid")
    True
    """
    # Composed first: a letter and an accent that stands apart are one umlaut.
    letters = unicodedata.normalize("NFC", text).translate(_ALIKE)
    seen = unicodedata.normalize("NFKC", "".join(filter(_is_seen, letters)))
    plain = seen.lower().translate(_ALIKE).casefold()
    # Blanks first: a pattern that looks for any number of them in front of a dash takes for ever on a page of blanks.
    joined = _DASHES.sub("-", " ".join(plain.split()))
    return unicodedata.normalize("NFC", joined).strip()


def same_name(one: str, other: str) -> bool:
    """Whether two spellings mean one name.

    >>> same_name("Groß & Söhne", "GROSS & SOEHNE"), same_name("Nord AG", "Nordwerk AG")
    (True, False)
    """
    return fold(one) == fold(other)


def account_key(account_id: str) -> str:
    """What makes two account numbers one: neither case nor leading zeros make another.

    >>> account_key("0000010041") == account_key("10041"), account_key("a1") == account_key("A1")
    (True, True)
    >>> account_key("1/2") == account_key("1-2")
    False
    """
    # A dash and a stroke are one in names, but tell numbers apart.
    letters = unicodedata.normalize("NFKC", account_id).casefold()
    seen = "".join(filter(_is_seen, letters))
    text = "".join(_HYPHENS.sub("-", seen).split())
    return text.lstrip("0") or "0" if text.isdecimal() else text


def usual_spelling(spellings: Iterable[str]) -> str:
    """The spelling of a name that most use, of several the first one in the alphabet.

    >>> usual_spelling(["KORN AG", "Korn AG", "Korn AG"])
    'Korn AG'
    """
    found = Counter(spellings)
    return min(found, key=lambda spelling: (-found[spelling], spelling), default="")


def by_first_spelling(
    things: Iterable[_Thing], name: Callable[[_Thing], str]
) -> dict[str, list[_Thing]]:
    """The things of each name, in their order, under the spelling that comes first.

    >>> by_first_spelling(["Korn AG", "Nord", "KORN AG"], str)
    {'Korn AG': ['Korn AG', 'KORN AG'], 'Nord': ['Nord']}
    """
    spellings: dict[str, str] = {}
    found: dict[str, list[_Thing]] = {}
    for thing in things:
        own = name(thing)
        found.setdefault(spellings.setdefault(fold(own), own), []).append(thing)
    return found


def _is_seen(character: str) -> bool:
    """Whether a character is more than a mark of format, such as a soft hyphen or a direction of writing."""
    return unicodedata.category(character) != "Cf"
