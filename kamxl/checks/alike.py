"""Names that are probably one, though they are not spelled alike: "Jana Krueger" and "Kruger, Jana".

Spellings that `kamxl.spelling.same_name` takes for one name are one in every join; what is only alike is never joined
but reported. Words are compared in any order, those of companies without what only says how they are organised
("Nordwerk GmbH" and "Nordwerk AG"), and names are alike when they are nearly the same letters. For example
``alike_pairs(["Alpen-Gruppe", "Alpengruppe", "Korn AG"], 0.88)`` yields ("Alpengruppe", "Alpen-Gruppe").
"""

from __future__ import annotations

import difflib
import functools
import operator
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from kamxl.spelling import fold

_BETWEEN = re.compile(r"[\s,.&/-]+")
LEGAL_FORMS = frozenset(
    {
        *(
            "ag",
            "gmbh",
            "kg",
            "kgaa",
            "ohg",
            "gbr",
            "ug",
            "se",
            "eg",
            "ev",
            "mbh",
            "co",
        ),
        *(
            "inc",
            "ltd",
            "llc",
            "llp",
            "plc",
            "corp",
            "corporation",
            "company",
            "limited",
        ),
        *(
            "sa",
            "sas",
            "sarl",
            "spa",
            "srl",
            "bv",
            "nv",
            "ab",
            "as",
            "oy",
            "aps",
            "holding",
        ),
    }
)
"""Words in a company's name that do not tell which company it is."""


class _Spelling(NamedTuple):
    """A name, its words in an order that does not depend on how it was written, and which letters it has, as bits."""

    name: str
    words: tuple[str, ...]
    joined: str
    letters: int

    @classmethod
    def of(cls, name: str, untold: Collection[str] = ()) -> _Spelling:
        parts = list(filter(None, _BETWEEN.split(fold(name))))
        telling = [part for part in parts if part not in untold] or parts
        words = tuple(sorted(telling))
        joined = "".join(words)
        bits = (1 << ord(letter) % 61 for letter in joined)
        return cls(name, words, joined, functools.reduce(operator.or_, bits, 0))

    @property
    def initials(self) -> set[str]:
        """The first letters of its words, and of the name as it is written."""
        written = "".join(_BETWEEN.split(fold(self.name)))
        return {word[0] for word in (*self.words, written) if word}


def alike_pairs(
    names: Iterable[str], similarity: float, untold: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Each name that is probably one of those before it, with that one.

    Args:
        names: different names, the more frequent ones first.
        similarity: of the letters of two names, from 0 to 1, from which they are alike.
        untold: words, in lower case, that do not tell one name from another.
    """
    # Of very many names only those are compared that share the first letter of a word.
    known: dict[str, list[_Spelling]] = defaultdict(list)
    for name in names:
        spelling = _Spelling.of(name, untold)
        near = (other for key in spelling.initials for other in known[key])
        same = (other.name for other in near if _alike(spelling, other, similarity))
        usual = next(same, None)
        for key in spelling.initials:
            known[key].append(spelling)
        if usual is not None:
            yield spelling.name, usual


def _alike(one: _Spelling, other: _Spelling, similarity: float) -> bool:
    if one.words == other.words or one.joined == other.joined:
        return True
    # Each letter that only one name has is unmatched. This alone tells most pairs apart, of which there are many.
    unmatched = (1 - similarity) * (len(one.joined) + len(other.joined)) + 1e-9
    unlike = (one.letters ^ other.letters).bit_count() > unmatched
    if unlike or len(one.words) != len(other.words):
        return False
    # First names and surnames are compared apart: Anna Berg and Anna Burg may be two people, so each has to be close.
    ratios = map(_ratio, one.words, other.words)
    return _ratio(one.joined, other.joined) >= similarity and (
        min(ratios) >= similarity - 0.1
    )


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
