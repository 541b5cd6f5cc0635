"""Scale and currency of a column: ``Umsatz (T€)`` is *Umsatz* in thousands of euros, ``Net sales in kUSD`` in dollars.

What stands behind a name is read as it would be behind a number, so both know the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kamxl.checks.entries.numbers import read_unit
from kamxl.document.vocabulary import Kind

_BRACKETS = re.compile(
    r"(?P<name>.*?)\s*[(\[{]\s*(?:in\s+)?(?P<unit>[^)\]}]+?)\s*[)\]}]\s*", re.DOTALL
)
_IN = re.compile(r"(?P<name>.*?)\s+in\s+(?P<unit>\S.*?)\s*", re.DOTALL)
_LAST = re.compile(r"(?P<name>.*?)[\s/,_-]+(?P<unit>[^\s/,_-]+)\s*", re.DOTALL)
_THOUSAND = re.compile(r"(?:x ?)?1[.,' ]?000(?![.,' ]?\d)")
_MILLION = re.compile(r"(?:x ?)?1([.,' ]?)000\1000(?![.,' ]?\d)")
_CODE = re.compile(r"[A-Z]{3}")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Unit:
    """What one of a column's numbers counts: how many units of which currency (ISO code, empty where not said)."""

    factor: Decimal = Decimal(1)
    currency: str = ""


PLAIN = Unit()


@lru_cache(maxsize=256)
def unit_of(text: str) -> Unit | None:
    """The unit that a text names; `None` where it names none."""
    words = _THOUSAND.sub(" tsd ", _MILLION.sub(" mio ", text.strip()[:_LONGEST]))
    said = read_unit(words, Kind.MONEY)
    if said:
        factor = Decimal(repr(said.get("scale", 1.0)))
        return Unit(factor, said.get("currency", ""))
    code = words.strip()
    return Unit(currency=code) if _CODE.fullmatch(code) else None


def split_unit(heading: str) -> tuple[str, Unit]:
    """The name in a heading, and the unit behind it; a plain one where there is none.

    >>> split_unit("Umsatz 2025 (T€)")
    ('Umsatz 2025', Unit(factor=Decimal('1000.0'), currency='EUR'))
    """
    for form in (_BRACKETS, _IN, _LAST):
        match = form.fullmatch(heading[:_LONGEST])
        unit = unit_of(match["unit"]) if match else None
        if match and unit:
            return match["name"], unit
    return heading, PLAIN


def currency_of(text: str) -> str:
    """The ISO code that the entry of a currency column means; empty where it means none."""
    unit = unit_of(text.strip()) or unit_of(text.strip().upper())
    return unit.currency if unit and unit.factor == 1 else ""
