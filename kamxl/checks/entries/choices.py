"""A value of a list, however it was written: as code, as label of either language, or nearly so."""

from __future__ import annotations

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise

from kamxl.checks.entries.numbers import currency_named
from kamxl.checks.entries.wording import day, number, truth
from kamxl.document.standard import Option
from kamxl.spelling import fold
from kamxl.xlsx.book import CellValue

_LISTED = 12
_LONGEST_GUESS = 100  # characters
_GUESSES = 10
_YES_NO = {True: "yes", False: "no"}
# Boxes and ticks that a font or a number format draws.
_TICKS = {**dict.fromkeys("☑☒✓✔🗹", "yes"), **dict.fromkeys("☐✗✘", "no")}


@dataclass(frozen=True, slots=True)
class Found:
    """The option meant (`None`: none), what was written, and the details of a message."""

    option: Option | None
    written: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Catalogue:
    """The options of a list by all that they may be written as, put in order once for many cells.

    Attributes:
        codes: option by code.
        exact: option by code and label, the first one where two have the same.
        spelled: options by folded spelling.
        pairs: folded spellings by each pair of characters in them.
    """

    codes: Mapping[str, Option]
    exact: Mapping[str, Option]
    spelled: Mapping[str, Sequence[Option]]
    pairs: Mapping[str, Sequence[str]]

    def near(self, written: str) -> Option | None:
        """The option that is written most like a text, if one is at all: it shares pairs of characters with it."""
        wanted = fold(written)[:_LONGEST_GUESS]
        sharing = (self.pairs.get(pair, ()) for pair in _pairs(wanted))
        shared = Counter(chain.from_iterable(sharing))
        candidates = [spelling for spelling, _ in shared.most_common(_GUESSES)]
        close = difflib.get_close_matches(wanted, candidates, 1, 0.7)
        return self.spelled[close[0]][-1] if close else None


@lru_cache(maxsize=256)
def _catalogue(options: tuple[Option, ...]) -> _Catalogue:
    spelled: dict[str, list[Option]] = {}
    for option in options:
        for spelling in sorted(_spellings(option)):
            spelled.setdefault(spelling, []).append(option)
    pairs: dict[str, list[str]] = {}
    for spelling in spelled:
        for pair in _pairs(spelling):
            pairs.setdefault(pair, []).append(spelling)
    exact = {
        label: option
        for option in reversed(options)
        for label in (option.label.de, option.label.en, option.code)
    }
    codes = {option.code: option for option in options}
    return _Catalogue(codes, exact, spelled, pairs)


def _pairs(text: str) -> set[str]:
    return set(map("".join, pairwise(text)))


def find_option(value: CellValue, options: Sequence[Option], language: str) -> Found:
    """The option that `value` names by its code or a label; a spelling that fits two options fits none."""
    written = _written(value, language)
    catalogue = _catalogue(tuple(options))
    exact = catalogue.exact.get(written)
    if isinstance(value, bool):
        exact = catalogue.codes.get(_YES_NO[value], exact)
    if exact is not None:
        return Found(exact, written)
    near = catalogue.spelled.get(fold(_TICKS.get(written, written)), ())
    if len(near) == 1:
        return Found(near[0], written)
    currency = catalogue.codes.get(currency_named(written) or "")
    if currency is not None:
        return Found(currency, written)
    return Found(None, written, _details(written, options, language))


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
    close = _catalogue(tuple(options)).near(written)
    details: dict[str, object] = {"value": written, "options": listed}
    if close is not None:
        details["near"] = close.label
    return details
