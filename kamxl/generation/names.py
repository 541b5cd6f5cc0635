"""File names that every Windows, cloud folder and mail program accepts.

``ALFKI_Alfreds-Futterkiste_2000.xlsx``: account number, company, plan year. Umlauts stay, anything that a file system
may refuse becomes a hyphen, and two accounts never share a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST_PART = 60
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SUFFIX = ".xlsx"


def plan_name(
    account_id: str, company: str, year: int, taken: Collection[str] = ()
) -> str:
    """The file name of an account's plan.

    Args:
        account_id: account number; may be empty.
        company: its name; may be empty.
        year: the plan year.
        taken: names given already, in lower case.

    >>> plan_name("ALFKI", "Alfreds Futterkiste", 2000)
    'ALFKI_Alfreds-Futterkiste_2000.xlsx'
    >>> plan_name("4/711", "Müller & Söhne: Öl?", 2027, {"4-711_müller-söhne-öl_2027.xlsx"})
    '4-711_Müller-Söhne-Öl_2027-2.xlsx'
    """
    known = filter(None, map(_plain, (account_id, company)))
    stem = f"{'_'.join(known) or 'Plan'}_{year}"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    name, number = stem + _SUFFIX, 1
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}{_SUFFIX}"
    return name


def _plain(text: str) -> str:
    """Letters and digits of any alphabet, everything between them one hyphen."""
    composed = unicodedata.normalize("NFC", text)
    return re.sub(r"[\W_]+", "-", composed).strip("-")[:_LONGEST_PART].rstrip("-")
