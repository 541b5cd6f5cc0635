"""Rows of a list that add up others: never an account, never revenue of their own.

*Summe*, *Gesamtergebnis*, *Grand Total*, *** Zwischensumme*, and what Excel's subtotals write behind a group: *Pumpen
Ergebnis*, *10041 Total*.
"""

from __future__ import annotations

import re
from collections.abc import Container

from kamxl.checks.sums import SUM_WORD
from kamxl.spelling import fold

# What only programs call a row; a person's table may have a row *Ergebnis*.
_WORD = rf"{SUM_WORD}|(?:teil)?ergebnis(?:se)?|result|anzahl|count"
_ONLY = re.compile(_WORD)
_BEFORE = re.compile(rf"(?:{_WORD})[ :]+(.+)")
_BEHIND = re.compile(rf"(.+?)[ :]+(?:{_WORD})")
_SIGN = re.compile(r"(?<!\w)[∑Σ](?!\w)")
_AROUND = " *=:.-_#∑σΣ>"
_LONGEST = 120


def is_sum(text: str, known: Container[str] | None = None) -> bool:
    """Whether a text names a row that adds up others.

    Args:
        text: what stands in a column that names something.
        known: folded names, of which one may stand before or behind the word; any name where left out.

    >>> is_sum("** Zwischensumme:"), is_sum("Pumpen Ergebnis", {"pumpen"}), is_sum("Total Energies", {"pumpen"})
    (True, True, False)
    """
    plain = fold(text[:_LONGEST]).strip(_AROUND)
    if _SIGN.search(text) or _ONLY.fullmatch(plain):
        return True
    match = _BEFORE.fullmatch(plain) or _BEHIND.fullmatch(plain)
    return match is not None and (known is None or match[1].strip(_AROUND) in known)
