"""A value of a list, however it was written: as code, as label of either language, or nearly so."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kamxl.checks.entries.numbers import currency_named
from kamxl.checks.entries.wording import day, number, truth
from kamxl.document.standard import Option
from kamxl.spelling import fold
from kamxl.xlsx.book import CellValue

_LISTED = 12
_YES_NO = {True: "yes", False: "no"}
# Boxes and ticks that a font or a number format draws.
_TICKS = {**dict.fromkeys("☑☒✓✔🗹", "yes"), **dict.fromkeys("☐✗✘", "no")}


@dataclass(frozen=True, slots=True)
class Found:
    """The option meant (`None`: none), what was written, and the details of a message."""

    option: Option | None
    written: str
    details: Mapping[str, object] = field(default_factory=dict)


def find_option(value: CellValue, options: Sequence[Option], language: str) -> Found:
    """The option that `value` names by its code or a label; a spelling that fits two options fits none."""
    written = _written(value, language)
    exact = _exact(value, written, options)
    if exact is not None:
        return Found(exact, written)
    folded = fold(_TICKS.get(written, written))
    near = [option for option in options if folded in _spellings(option)]
    if len(near) == 1:
        return Found(near[0], written)
    named = [option for option in options if option.code == currency_named(written)]
    if named:
        return Found(named[0], written)
    return Found(None, written, _details(written, options, language))


def _exact(value: CellValue, written: str, options: Sequence[Option]) -> Option | None:
    """The option that a cell names letter by letter: by its code or a label, or by TRUE and FALSE."""
    labels = {
        label: option
        for option in reversed(options)
        for label in (option.label.de, option.label.en, option.code)
    }
    named = labels.get(written)
    if isinstance(value, bool):
        codes = {option.code: option for option in options}
        return codes.get(_YES_NO[value], named)
    return named


def _written(value: CellValue, language: str) -> str:
    if isinstance(value, bool):
        return truth(value, language)
    if isinstance(value, int | float):
        return number(value, language, grouped=False)
    return day(value, language) if isinstance(value, dt.date) else str(value).strip()


def _spellings(option: Option) -> set[str]:
    """All that means an option, whatever its case, dashes and umlauts."""
    return {fold(text) for text in option.spellings} - {""}


def _details(
    written: str, options: Sequence[Option], language: str
) -> dict[str, object]:
    labels = [option.label[language] for option in options]
    more = ["…"] if len(labels) > _LISTED else []
    listed = ", ".join([*labels[:_LISTED], *more])
    by_fold = {
        spelling: option for option in options for spelling in _spellings(option)
    }
    close = difflib.get_close_matches(fold(written)[:100], list(by_fold), 1, 0.7)
    details: dict[str, object] = {"value": written, "options": listed}
    if close:
        details["near"] = by_fold[close[0]].label
    return details
