"""KAM21x: numbers, as they are typed into a cell."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import cast

from kamxl.checks.entries.conversion import Case, Conversion, refused
from kamxl.checks.entries.numbers import Reading, read_number
from kamxl.checks.entries.shown import Shown, quoted, read_shown
from kamxl.checks.entries.wording import number, share
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.checks.rules.moments import (
    SHOWN,
    SHOWN_OTHERWISE,
    WHOLE,
    became_moment,
    date_behind,
    odd_moment,
)
from kamxl.document.vocabulary import Kind
from kamxl.texts import Text
from kamxl.xlsx.book import CellValue
from kamxl.xlsx.formats import view

NOT_A_NUMBER = Rule(
    code="KAM210",
    name="not-a-number",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ ist keine Zahl.",
        en="{label}: “{value}” is not a number.",
    ),
    remedy=Text(
        de="Nur die Zahl eintragen{aside}.", en="Enter the number alone{aside}."
    ),
    additions={
        "aside": Text(
            de="; Erläuterungen gehören in „{comment}“",
            en="; explanations belong in “{comment}”",
        )
    },
)
NUMBER_AS_TEXT = Rule(
    code="KAM211",
    name="number-as-text",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ ist als Text gespeichert und wurde als {read} gelesen.",
        en="{label}: “{value}” is stored as text and was read as {read}.",
    ),
    remedy=Text(
        de="Den Wert als Zahl ohne Zusätze neu eingeben, sonst rechnet Excel nicht damit.",
        en="Enter the value again as a plain number; otherwise Excel does not calculate with it.",
    ),
)
OUT_OF_RANGE = Rule(
    code="KAM212",
    name="value-out-of-range",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: {value} liegt {beyond} {limit}.",
        en="{label}: {value} is {beyond} {limit}.",
    ),
    remedy=Text(
        de="Wert zwischen {low} und {high} eintragen.",
        en="Enter a value between {low} and {high}.",
    ),
    details={"beyond": Text(de="über/unter", en="above/below")},
)
AMBIGUOUS_NUMBER = Rule(
    code="KAM213",
    name="ambiguous-number",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ kann {one} oder {other} bedeuten und wurde nicht übernommen.",
        en="{label}: “{value}” may mean {one} or {other} and was not used.",
    ),
    remedy=Text(
        de="Den gemeinten Wert als Zahl neu eingeben.",
        en="Enter the value meant again as a number.",
    ),
)
PERCENT_OR_NUMBER = Rule(
    code="KAM214",
    name="percent-without-sign",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Zelle enthält {value}, das wären {read}. Gemeint sind vermutlich {meant}.",
        en="{label}: the cell holds {value}, which would be {read}. Probably {meant} is meant.",
    ),
    remedy=Text(
        de="Den Wert mit Prozentzeichen neu eingeben, zum Beispiel „{meant}“.",
        en="Enter the value again with a percent sign, for example “{meant}”.",
    ),
    details={"meant": Text(de="vermutlich gemeint", en="probably meant")},
)
NOT_WHOLE = Rule(
    code="KAM215",
    name="not-a-whole-number",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: {value} ist keine ganze Zahl.",
        en="{label}: {value} is not a whole number.",
    ),
    remedy=Text(de="Eine ganze Zahl eintragen.", en="Enter a whole number."),
)
OFF_SCALE = frozenset({OUT_OF_RANGE.code, NOT_WHOLE.code, PERCENT_OR_NUMBER.code})
"""Codes of the rules by which a number is refused that was meant for a scale."""
OTHER_CURRENCY = Rule(
    code="KAM216",
    name="other-currency",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ nennt eine andere Währung als der Plan ({currency}).",
        en="{label}: “{value}” names another currency than the plan ({currency}).",
    ),
    remedy=Text(
        de="Den Betrag in {currency} umrechnen und als Zahl eintragen.",
        en="Convert the amount to {currency} and enter it as a number.",
    ),
    details={"currency": Text(de="Währung", en="currency")},
)
AS_SHOWN = Rule(
    code="KAM217",
    name="read-as-shown",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Zelle enthält {value}, zeigt aber {shown}; gelesen wurde {read}.",
        en="{label}: the cell holds {value} but shows {shown}; it was read as {read}.",
    ),
    remedy=Text(
        de="Den vollen Wert ohne Zusätze eingeben und der Zelle ein einfaches Zahlenformat geben.",
        en="Enter the full value without additions and give the cell a plain number format.",
    ),
    details=SHOWN,
)
TWO_NUMBERS = Rule(
    code="KAM260",
    name="actual-and-planned-in-one-cell",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ wurde als Ist {actual} und Soll {planned} gelesen.",
        en="{label}: “{value}” was read as actual {actual} and planned {planned}.",
    ),
    remedy=Text(
        de="Ist und Soll in die beiden vorgesehenen Zellen eintragen.",
        en="Enter actual and planned in the two cells meant for them.",
    ),
    details={"actual": Text(de="Ist", en="actual")},
)


_BELOW = Text(de="unter", en="below")
_ABOVE = Text(de="über", en="above")
_PAIR = re.compile(r"\s*(\d{1,4})\s*/\s*(\d{1,4})\s*")


def number_of(value: CellValue, case: Case) -> Conversion:
    """The number that a cell holds, as such or as a text."""
    if isinstance(value, dt.date):
        return refused(became_moment(value, case))
    if isinstance(value, str):
        return _pair(value, case) or _from_text(value, case)
    return _from_number(cast("float", value), case)  # bools and times went before


def _from_number(value: float, case: Case) -> Conversion:
    """A number, unless its format shows another one."""
    code = case.entry.style.code
    seen = read_shown(value, code, case.language, case.spec.kind)
    foreign = _foreign(seen.text, seen.currency, case)
    if foreign is not None:
        return refused(foreign)
    if seen.agrees:
        return _checked(value, case)
    if view(code, value).is_moment:
        return refused(odd_moment(value, case))
    return _as_shown(value, seen, case)


def _as_shown(value: float, seen: Shown, case: Case) -> Conversion:
    """The number that a cell shows instead of the one that it holds, if that is clear."""
    shown, held = quoted(seen.text), number(value, case.language)
    if seen.value is None:
        return refused(SHOWN_OTHERWISE.at(value=held, shown=shown))
    converted = _checked(seen.value, case)
    if converted.value is None:
        return converted
    read = case.shown(converted.value)
    return Conversion(
        converted.value, (AS_SHOWN.at(value=held, shown=shown, read=read),)
    )


def _pair(text: str, case: Case) -> Conversion | None:
    """Two numbers in one cell: its own, and that of the field that people write beside it."""
    match, keys = _PAIR.fullmatch(text), case.spec.item.pair
    if match is None or keys is None:
        return None
    numbers = dict(zip(keys, map(int, match.groups()), strict=True))
    problem = TWO_NUMBERS.at(value=text, **numbers)
    return Conversion(numbers.pop(case.spec.key), (problem,), numbers)


def _from_text(text: str, case: Case) -> Conversion:
    reading = read_number(text, case.language, case.spec.kind)
    if reading is None:
        return refused(NOT_A_NUMBER.at(value=text))
    if refusal := _refusal(text, reading, case):
        return refused(refusal)
    converted = _checked(reading.value, case, with_sign=reading.percent)
    if converted.value is None:
        return converted
    problem = NUMBER_AS_TEXT.at(value=text, read=case.shown(converted.value))
    return Conversion(converted.value, (problem, *converted.problems))


def _refusal(text: str, reading: Reading, case: Case) -> Problem | None:
    if reading.other is not None:
        one, other = case.shown(reading.value), number(reading.other, case.language)
        return AMBIGUOUS_NUMBER.at(value=text, one=one, other=other)
    return _foreign(text, reading.currency, case)


def _foreign(text: str, named: str, case: Case) -> Problem | None:
    """What names another currency than that of the plan, if this is known."""
    currency = case.surroundings.currency
    if currency and named not in ("", currency):
        return OTHER_CURRENCY.at(value=text, currency=currency)
    return None


def _checked(value: float, case: Case, *, with_sign: bool = False) -> Conversion:
    """`value` within the field's limits, whole where it has to be."""
    if not math.isfinite(value):
        return refused(NOT_A_NUMBER.at(value=case.entry.raw))
    exact = round(value) if case.spec.kind in WHOLE else float(value)
    fault = next(_faults(value, exact, case, with_sign), None)
    return refused(fault) if fault else Conversion(exact)


def _faults(
    value: float, exact: float, case: Case, with_sign: bool
) -> Iterator[Problem]:
    """What speaks against a number, the likeliest mistake first."""
    language = case.language
    # 60 in a percent field would be 6,000 %.
    without_sign = case.spec.kind is Kind.PERCENT and not with_sign
    if without_sign and 2 <= value <= 100:
        yield PERCENT_OR_NUMBER.at(
            value=number(value, language),
            read=share(value, language),
            meant=share(value / 100, language),
        )
    if abs(value - exact) > 1e-9:
        yield NOT_WHOLE.at(value=number(value, language))
    low, high = case.limits(-math.inf, math.inf)
    if low <= exact <= high:
        return
    date = date_behind(value, case)
    if date is not None:
        yield became_moment(date, case)
    else:
        beyond, limit = (_BELOW, low) if exact < low else (_ABOVE, high)
        yield OUT_OF_RANGE.at(
            value=case.shown(exact),
            beyond=beyond,
            limit=case.shown(limit),
            low=case.shown(low),
            high=case.shown(high),
        )
