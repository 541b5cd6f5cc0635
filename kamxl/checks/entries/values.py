"""From what a cell holds to what its field means.

`convert` turns one `Entry` into the typed value of its field: a number, a date, a text, the code of a list's value.
What can be understood without doubt is taken, with a warning where the cell should hold something else
(``"1.234,56 €"`` in a money field → 1234.56, `number-as-text`). What is doubtful or wrong gives no value and an
error: missing is honest, a guess is not.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from kamxl.checks.entries.choices import find_option
from kamxl.checks.entries.dates import from_serial, read_date
from kamxl.checks.entries.numbers import Reading, read_number
from kamxl.checks.entries.texts import clean, shorten
from kamxl.checks.entries.wording import day, number, share, show
from kamxl.checks.problem import Problem
from kamxl.checks.rules import cell as rules
from kamxl.checks.rules import structure
from kamxl.document.extract import CellValue, Entry
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.texts import Language, Text
from kamxl.xlsx.cells import State

__all__ = ["Conversion", "Surroundings", "Value", "convert"]

Value = float | int | str | dt.date | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the plan says about an entry: its currency (ISO code) and the account's country."""

    currency: str = ""
    country: str = ""


class Conversion(NamedTuple):
    """A field's typed value (`None`: empty or unusable) and what is the matter with the cell.

    `also` holds values for fields of the same record, by key: ``"2/6"`` is actual and planned at once.
    """

    value: Value = None
    problems: tuple[Problem, ...] = ()
    also: Mapping[str, Value] = MappingProxyType({})


_NUMBERS = {
    Kind.MONEY,
    Kind.NUMBER,
    Kind.INTEGER,
    Kind.PERCENT,
    Kind.SCORE,
    Kind.IMPORTANCE,
}
_LISTS = {Kind.CHOICE, Kind.SIGN}
_WHOLE = {Kind.INTEGER, Kind.IMPORTANCE}
_PAIR = re.compile(r"\s*(\d{1,4})\s*/\s*(\d{1,4})\s*")
_PAIR_KEYS = ("actual", "planned")
_GERMANY = {"", "de", "d", "deutschland", "germany"}
_A_NUMBER = {
    "instead": Text(de="einer Zahl", en="a number"),
    "expected": Text(de="eine Zahl", en="a number"),
}
_A_DATE = {
    "instead": Text(de="eines Datums", en="a date"),
    "expected": Text(de="ein Datum", en="a date"),
}


def convert(
    entry: Entry,
    spec: FieldSpec,
    language: str,
    surroundings: Surroundings | None = None,
) -> Conversion:
    """The typed value of `entry` as an entry of the field `spec`. Never raises for what a cell may hold.

    Args:
        entry: the cell as it was read.
        spec: the field.
        language: the workbook's, ``de`` or ``en``; decides doubtful notations and the wording of values.
        surroundings: currency and country of the plan, as far as known.
    """
    if entry.state is State.UNREADABLE:
        return Conversion(None, (_unreadable(entry),))
    value = entry.value
    problems: tuple[Problem, ...] = ()
    if entry.state is State.EMPTY or value is None:
        return Conversion()
    if isinstance(value, str):
        value, problems = _cleaned(value, spec)
        if not value:
            return Conversion(
                None, (*problems, Problem(rules.BLANK_TEXT)) if entry.value else ()
            )
    converter = _Converter(entry, spec, language, surroundings or Surroundings())
    converted = converter.convert(value)
    return Conversion(converted.value, problems + converted.problems, converted.also)


def _unreadable(entry: Entry) -> Problem:
    if entry.reason == "uncalculated":
        return Problem(rules.UNCALCULATED)
    if entry.reason == "error":
        return Problem(rules.EXCEL_ERROR, details={"value": entry.raw})
    return Problem(structure.CELL_DAMAGED)


def _cleaned(text: str, spec: FieldSpec) -> tuple[str, tuple[Problem, ...]]:
    cleaned, had_controls = clean(text)
    problems: tuple[Problem, ...] = (
        (Problem(rules.CONTROL_CHARACTERS),) if had_controls else ()
    )
    if "\n" in cleaned and spec.kind is not Kind.NOTE:
        cleaned = " ".join(cleaned.split())
        problems += (Problem(rules.LINE_BREAKS),)
    return cleaned, problems


class _Converter(NamedTuple):
    """One conversion: the cell, its field and the language, which every step needs."""

    entry: Entry
    spec: FieldSpec
    language: str
    surroundings: Surroundings

    def convert(self, value: CellValue) -> Conversion:
        if self.spec.kind in _LISTS:
            return self._choice(value)
        if self.spec.kind not in _NUMBERS and self.spec.kind is not Kind.DATE:
            return self._text(value)
        if isinstance(value, bool | dt.time):
            return self._wrong_type(value)
        if self.spec.kind is Kind.DATE:
            return self._date(value)
        return self._number(value)

    def _shown(self, value: object) -> str:
        return show(value, self.spec.kind, self.language)

    def _wrong_type(self, value: bool | dt.time) -> Conversion:
        if isinstance(value, bool):
            found = Text(
                de=f"der Wahrheitswert {'WAHR' if value else 'FALSCH'}",
                en=f"the logical value {'TRUE' if value else 'FALSE'}",
            )
        else:
            found = Text(de=f"die Uhrzeit {value:%H:%M}", en=f"the time {value:%H:%M}")
        expected = _A_DATE if self.spec.kind is Kind.DATE else _A_NUMBER
        return Conversion(
            None, (Problem(rules.WRONG_TYPE, details={"found": found, **expected}),)
        )

    # Texts

    def _text(self, value: CellValue) -> Conversion:
        problems: tuple[Problem, ...] = ()
        if isinstance(value, str):
            text = value
        elif isinstance(value, bool):
            text = {True: ("WAHR", "TRUE"), False: ("FALSCH", "FALSE")}[value][
                self.language == Language.EN
            ]
        elif isinstance(value, dt.date):
            text = day(value, self.language)
            problems = (Problem(rules.TEXT_BECAME_DATE, details={"value": text}),)
        elif isinstance(value, int | float):
            text, problems = self._number_in_text(value)
        else:
            text = f"{value:%H:%M}"
        limit = self.spec.max_length
        if limit is not None and len(text) > limit:
            details = {
                "found": number(len(text), self.language),
                "limit": number(limit, self.language),
            }
            problems += (Problem(rules.TOO_LONG, details=details),)
            text = shorten(text, limit)
        return Conversion(text, problems)

    def _number_in_text(self, value: float) -> tuple[str, tuple[Problem, ...]]:
        """A number typed into a text field; a German postal code gets its leading zero back."""
        text = number(value, self.language, grouped=False)
        country = self.surroundings.country.strip().casefold()
        if (
            self.spec.key != "postal_code"
            or country not in _GERMANY
            or not 1000 <= value < 10_000
        ):
            return text, ()
        # Four digits may be Austrian or Swiss: without a country nothing is added.
        read = f"0{text}" if country else text
        return read, (
            Problem(rules.POSTAL_CODE, details={"value": text, "read": read}),
        )

    # Lists

    def _choice(self, value: CellValue) -> Conversion:
        found = find_option(value, self.spec.options, self.language)
        if found.option is None:
            return Conversion(
                None, (Problem(rules.NOT_IN_LIST, details=found.details),)
            )
        if found.exact:
            return Conversion(found.option.code)
        details = {"value": str(value), "read": found.option.label[self.language]}
        return Conversion(
            found.option.code, (Problem(rules.LIST_SPELLING, details=details),)
        )

    # Dates

    def _date(self, value: CellValue) -> Conversion:
        if isinstance(value, dt.datetime):
            return self._dated(value.date())
        if isinstance(value, dt.date):
            return self._dated(value)
        if isinstance(value, str):
            return self._date_from_text(value, value)
        assert isinstance(value, int | float)  # noqa: S101 - texts, dates, times and bools went before
        return self._date_from_number(value)

    def _date_from_text(self, text: str, shown: str) -> Conversion:
        dates = read_date(text, self.language)
        if not dates:
            return Conversion(
                None, (Problem(rules.NOT_A_DATE, details={"value": shown}),)
            )
        named = [day(date, self.language) for date in dates]
        if len(dates) > 1:
            details = {"value": shown, "one": named[0], "other": named[1]}
            return Conversion(None, (Problem(rules.AMBIGUOUS_DATE, details=details),))
        return self._dated(
            dates[0],
            Problem(rules.DATE_AS_TEXT, details={"value": shown, "read": named[0]}),
        )

    def _date_from_number(self, value: float) -> Conversion:
        date = from_serial(value)
        plain = number(value, self.language, grouped=False)
        if date is not None and self._in_range(date):
            details = {"value": plain, "read": day(date, self.language)}
            return self._dated(
                date, Problem(rules.DATE_WITHOUT_FORMAT, details=details)
            )
        return self._date_from_text(
            plain if len(plain) == len("20260331") else "", plain
        )

    def _dated(self, date: dt.date, *problems: Problem) -> Conversion:
        if self._in_range(date):
            return Conversion(date, problems)
        details = {
            "value": day(date, self.language),
            "low": self._shown(self.spec.low or dt.date.min),
            "high": self._shown(self.spec.high or dt.date.max),
        }
        return Conversion(None, (Problem(rules.DATE_OUT_OF_RANGE, details=details),))

    def _in_range(self, date: dt.date) -> bool:
        low, high = self.spec.low, self.spec.high
        above = not isinstance(low, dt.date) or date >= low
        return above and (not isinstance(high, dt.date) or date <= high)

    # Numbers

    def _number(self, value: CellValue) -> Conversion:
        if isinstance(value, dt.date):
            return Conversion(None, (self._became_date(value),))
        if isinstance(value, str):
            return self._number_from_text(value)
        assert isinstance(value, int | float)  # noqa: S101 - texts, dates, times and bools went before
        return self._checked(value)

    def _became_date(self, date: dt.date) -> Problem:
        """What was typed: 2/6 or 2.6 in a German Excel, 2/6 with the month first in an American one."""
        if self.language == Language.EN:
            typed = f"{date.month}/{date.day}"
        else:
            typed = f"{date.day}{'/' if self.spec.kind in _WHOLE else '.'}{date.month}"
        return Problem(
            rules.BECAME_DATE,
            details={"value": day(date, self.language), "typed": typed},
        )

    def _number_from_text(self, text: str) -> Conversion:
        pair = _PAIR.fullmatch(text)
        if (
            pair is not None
            and self.spec.key in _PAIR_KEYS
            and self.spec.kind is Kind.INTEGER
        ):
            return self._pair(text, int(pair[1]), int(pair[2]))
        reading = read_number(text, self.language, self.spec.kind)
        if reading is None:
            return Conversion(
                None, (Problem(rules.NOT_A_NUMBER, details={"value": text}),)
            )
        if refusal := self._refusal(text, reading):
            return Conversion(None, (refusal,))
        converted = self._checked(reading.value, with_sign=reading.percent)
        if converted.value is None:
            return converted
        details = {"value": text, "read": self._shown(converted.value)}
        return Conversion(
            converted.value,
            (Problem(rules.NUMBER_AS_TEXT, details=details), *converted.problems),
        )

    def _refusal(self, text: str, reading: Reading) -> Problem | None:
        if reading.other is not None:
            details = {
                "value": text,
                "one": self._shown(reading.value),
                "other": number(reading.other, self.language),
            }
            return Problem(rules.AMBIGUOUS_NUMBER, details=details)
        currency = self.surroundings.currency
        if reading.currency and currency and reading.currency != currency:
            return Problem(
                rules.OTHER_CURRENCY, details={"value": text, "currency": currency}
            )
        return None

    def _pair(self, text: str, actual: int, planned: int) -> Conversion:
        details = {"value": text, "actual": str(actual), "planned": str(planned)}
        own, other = (
            (actual, planned) if self.spec.key == "actual" else (planned, actual)
        )
        other_key = _PAIR_KEYS[self.spec.key == "actual"]
        return Conversion(
            own, (Problem(rules.TWO_NUMBERS, details=details),), {other_key: other}
        )

    def _checked(self, value: float, *, with_sign: bool = False) -> Conversion:
        """`value` within the field's limits, whole where it has to be."""
        if not math.isfinite(value):
            return Conversion(
                None, (Problem(rules.NOT_A_NUMBER, details={"value": self.entry.raw}),)
            )
        if self.spec.kind is Kind.PERCENT and not with_sign and 2 <= value <= 100:
            details = {
                "value": number(value, self.language),
                "read": share(value, self.language),
                "meant": share(value / 100, self.language),
            }
            return Conversion(
                None, (Problem(rules.PERCENT_OR_NUMBER, details=details),)
            )
        if self.spec.kind in _WHOLE:
            if abs(value - round(value)) > 1e-9:
                details = {"value": number(value, self.language)}
                return Conversion(None, (Problem(rules.NOT_WHOLE, details=details),))
            value = round(value)
        low, high = self.spec.low, self.spec.high
        if isinstance(low, int | float) and value < low:
            return Conversion(
                None, (self._out_of_range(value, low, Text(de="unter", en="below")),)
            )
        if isinstance(high, int | float) and value > high:
            return Conversion(
                None, (self._out_of_range(value, high, Text(de="über", en="above")),)
            )
        return Conversion(value if self.spec.kind in _WHOLE else float(value))

    def _out_of_range(self, value: float, limit: float, beyond: Text) -> Problem:
        details = {
            "value": self._shown(value),
            "beyond": beyond,
            "limit": self._shown(limit),
            "low": self._shown(self.spec.low),
            "high": self._shown(self.spec.high),
        }
        return Problem(rules.OUT_OF_RANGE, details=details)
