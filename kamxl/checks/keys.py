"""Keys by which plans are told apart: account number and plan year, on the cover and in what the file says of itself.

A key that a program has spoilt (10-41 has become a date, 1234567890123456 is 1.23E+15) is never taken; the workbook's
own identity is the second witness, and its key is used instead. For example a cover with 01.01.2026 as its account
number, in a file that was made for account 10041, is read as 10041, with an error that says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

from kamxl.checks.entries.conversion import Value
from kamxl.checks.entries.wording import show
from kamxl.checks.rule import Problem
from kamxl.checks.rules import keys as rules
from kamxl.document.extract import Entry, Identity
from kamxl.document.paths import EntryPath
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.spelling import fold
from kamxl.texts import Text

_MOST_DIGITS = 15  # of a number that a cell still holds exactly
_MONTH = (
    r"(jan|feb|mar|mär|mrz|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\.?"
)
_SPOILT_TEXTS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"=.*"), rules.A_FORMULA),
    (re.compile(r"\d+(?:[.,]\d+)?e\+\d+|\d+[.,]\d+e\d+"), rules.SHORTENED),
    (re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?"), rules.A_TIME),
    (re.compile(r"\d{1,2}[./]\d{1,2}[./](?:\d{2}|\d{4})?"), rules.A_DATE),
    (re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[ t].*)?"), rules.A_DATE),
    (re.compile(rf"\d{{1,2}}[. -]{{0,2}}{_MONTH}(?:[ -]?\d{{2,4}})?"), rules.A_DATE),
    (re.compile(rf"{_MONTH}[ -]?\d{{2,4}}"), rules.A_DATE),
    (re.compile("#+"), rules.UNREADABLE),
)


def take_keys(
    filled: Iterable[tuple[Entry, FieldSpec]],
    identity: Identity,
    values: MutableMapping[str, Value],
    problems: list[Problem],
) -> None:
    """Put right the keys among `values` and what `problems` say of them; spoilt ones give way to the identity's.

    Args:
        filled: the entries that are not empty, each with its field.
        identity: what the workbook says about itself.
        values: what was taken so far, by path.
        problems: what is the matter with it.
    """
    for entry, key in filled:
        if not key.item.identifies:
            continue
        path, own = entry.path, getattr(identity, key.item.identifies)
        why = _why_spoilt(entry, key)
        if path not in values:
            why = why or rules.UNREADABLE
        if why is None:
            problems += _contradiction(path, key, values[path], own)
            continue
        problems[:] = [problem for problem in problems if problem.path != path]
        problems.append(_spoilt(entry, why, own, identity.language))
        values.pop(path, None)
        if own:
            values[path] = own


def _contradiction(
    path: EntryPath, key: FieldSpec, value: Value, own: Any
) -> Iterator[Problem]:
    """What is to be said of a key that is not the one for which the file was made."""
    if own and not _same_key(value, own):
        rule = rules.RULE_OF[key.item.identifies or ""]
        yield rule.at(path, value=value, own=own)


def _why_spoilt(entry: Entry, field: FieldSpec) -> Text | None:
    """What a program has made of a key; `None` where it may be one."""
    value = entry.value
    if isinstance(value, dt.time):
        return rules.A_TIME
    if isinstance(value, dt.date):
        return rules.A_DATE
    if isinstance(value, bool):
        return rules.UNREADABLE
    if isinstance(value, str):
        return _why_spoilt_text(value)
    if isinstance(value, int | float) and field.kind is not Kind.INTEGER:
        return None if _is_number(value) else rules.SHORTENED
    return None


def _why_spoilt_text(text: str) -> Text | None:
    plain = " ".join(text.split()).casefold()
    reasons = (why for pattern, why in _SPOILT_TEXTS if pattern.fullmatch(plain))
    return next(reasons, None)


def _is_number(value: float) -> bool:
    """Whether a number is one that somebody counts by, held with all its digits."""
    return value > 0 and value == int(value) and value < 10**_MOST_DIGITS


def _spoilt(entry: Entry, why: Text, own: Any, language: str) -> Problem:
    shown = entry.raw
    if isinstance(entry.value, dt.date):
        shown = show(entry.value, Kind.DATE, language)
    used = rules.USED.format(own=own) if own else rules.NOT_USED
    return rules.KEY_SPOILT.at(entry.path, value=shown, why=why, used=used)


def _same_key(one: object, other: object) -> bool:
    """Whether two keys are one, leading zeros and spelling aside."""
    return fold(str(one)).lstrip("0") == fold(str(other)).lstrip("0")
