"""From what a cell holds to what its field means.

`convert` turns one `Entry` into the typed value of its field: a number, a date, a text, the code of a list's value.
What can be understood without doubt is taken, with a warning where the cell should hold something else
(``"1.234,56 €"`` in a money field → 1234.56, `number-as-text`). What is doubtful or wrong gives no value and an
error: missing is honest, a guess is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kamxl.checks.entries.conversion import (
    Case,
    Conversion,
    Surroundings,
    refused,
)
from kamxl.checks.rules.cells import (
    FORMULA_AS_TEXT,
    is_formula_text,
    unreadable,
    wrong_type,
)
from kamxl.checks.rules.dates import date_of
from kamxl.checks.rules.lists import choice_of
from kamxl.checks.rules.numbers import number_of
from kamxl.checks.rules.words import BLANK_TEXT, as_shown, cleaned, text_of
from kamxl.document.extract import Entry
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.book import CellValue, State

_NO_AMOUNTS = {bool, dt.time}
_NOTHING_AROUND = Surroundings()
_Converter = Callable[[CellValue, Case], Conversion]

# Every other kind holds a text.
_CONVERTERS: Mapping[Kind, _Converter] = MappingProxyType(
    {
        Kind.MONEY: number_of,
        Kind.NUMBER: number_of,
        Kind.INTEGER: number_of,
        Kind.PERCENT: number_of,
        Kind.SCORE: number_of,
        Kind.IMPORTANCE: number_of,
        Kind.DATE: date_of,
        Kind.CHOICE: choice_of,
        Kind.SIGN: choice_of,
    }
)


def convert(
    entry: Entry,
    spec: FieldSpec,
    language: str,
    surroundings: Surroundings = _NOTHING_AROUND,
) -> Conversion:
    """The typed value of `entry` as an entry of the field `spec`. Never raises for what a cell may hold.

    Args:
        entry: the cell as it was read.
        spec: the field.
        language: the workbook's, ``de`` or ``en``; decides doubtful notations and the wording of values.
        surroundings: currency and country of the plan, as far as known.
    """
    if entry.state is State.UNREADABLE:
        return refused(unreadable(entry))
    if entry.value is None:
        return Conversion()
    case = Case(entry, spec, language, surroundings)
    if isinstance(entry.value, str):
        return _from_text(entry.value, case)
    return _typed(entry.value, case)


def _from_text(text: str, case: Case) -> Conversion:
    """The value of a text, once what cannot be seen in it is gone."""
    kept, problems = cleaned(text, case.spec)
    if not kept:
        return Conversion(None, (*problems, BLANK_TEXT.at()) if text else ())
    if is_formula_text(kept):
        return refused(FORMULA_AS_TEXT.at(value=kept))
    shown, odd = as_shown(kept, case)
    converted = _typed(shown, case)
    return Conversion(
        converted.value, (*problems, *odd, *converted.problems), converted.also
    )


def _typed(value: CellValue, case: Case) -> Conversion:
    converter = _CONVERTERS.get(case.spec.kind, text_of)
    # A set of types is asked faster than a union of them, and every filled cell comes by here.
    if type(value) in _NO_AMOUNTS and converter in (number_of, date_of):
        return refused(wrong_type(value, case.spec.kind))
    return converter(value, case)
