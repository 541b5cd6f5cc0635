"""File names that every Windows, cloud folder and mail program accepts.

Umlauts stay, anything that a file system may refuse becomes a hyphen, and two files never share a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

_LONGEST_PART = 60
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def file_part(text: str) -> str:
    """Letters and digits of any alphabet, everything between them one hyphen.

    >>> file_part("Müller & Söhne: Öl?")
    'Müller-Söhne-Öl'
    """
    composed = unicodedata.normalize("NFC", text)
    return re.sub(r"[\W_]+", "-", composed).strip("-")[:_LONGEST_PART].rstrip("-")


def free_name(stem: str, suffix: str, taken: Collection[str] = ()) -> str:
    """A file name that is not given yet, numbered where it has to be.

    Args:
        stem: the name without its ending, made of `file_part`s.
        suffix: the ending, with its dot.
        taken: names given already, in lower case.

    >>> free_name("Plan_2027", ".xlsx", {"plan_2027.xlsx"})
    'Plan_2027-2.xlsx'
    """
    stem = f"_{stem}" if _RESERVED.match(stem) else stem
    if f"{stem}{suffix}".lower() not in taken:
        return f"{stem}{suffix}"
    numbered = (f"{stem}-{number}{suffix}" for number in count(2))
    return next(name for name in numbered if name.lower() not in taken)
