"""KAM403: a manager who is spelled in two ways splits his own figures.

Names are compared without regard to case, spaces and order ("Berg, Anna" is "Anna Berg"), and those that are left are
the same person when they are nearly the same letters ("Jana Krueger", "Jana Kruger").
"""

from __future__ import annotations

import difflib
import functools
import operator
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from kamxl.checks.checked import Checked
from kamxl.checks.findings import Severity
from kamxl.checks.report import threshold
from kamxl.checks.side_by_side import FolderProblems, FolderRule, file_of
from kamxl.plan.settings.model import Settings
from kamxl.spelling import fold
from kamxl.texts import Text

MANAGER_SPELLING = FolderRule(
    code="KAM403",
    name="manager-spelled-differently",
    severity=Severity.WARNING,
    message=Text(
        de="„{value}“ und „{name}“ (in „{other}“) sind vermutlich dieselbe Person.",
        en="“{value}” and “{name}” (in “{other}”) are probably the same person.",
    ),
    remedy=Text(
        de="Den Namen in allen Plänen gleich schreiben, sonst zerfällt die Auswertung je KAM.",
        en="Spell the name the same way in all plans; otherwise the figures per manager are split.",
    ),
    threshold=0.88,
    threshold_meaning=Text(
        de="Ähnlichkeit zweier Namen von 0 bis 1, ab der sie als dieselbe Person gelten",
        en="similarity of two names from 0 to 1 from which they count as the same person",
    ),
)


@MANAGER_SPELLING.check
def spellings(plans: Sequence[Checked], settings: Settings) -> FolderProblems:
    """The rarer spelling is reported, in each plan that has it, against the more frequent one."""
    similarity = threshold(MANAGER_SPELLING, settings)
    spelled: dict[str, list[Checked]] = defaultdict(list)
    for plan in plans:
        if name := plan.plan.cover.key_account_manager:
            spelled[name.strip()].append(plan)
    frequent = sorted(spelled, key=lambda name: -len(spelled[name]))
    known: list[_Spelling] = []
    for spelling in map(_Spelling.of, frequent):
        same = (other for other in known if _same_person(spelling, other, similarity))
        usual = next((other.name for other in same), "")
        known.append(spelling)
        for plan in spelled[spelling.name] if usual else ():
            yield (
                plan,
                MANAGER_SPELLING.at(
                    "cover.key_account_manager",
                    value=spelling.name,
                    name=usual,
                    other=file_of(spelled[usual][0]),
                ),
            )


class _Spelling(NamedTuple):
    """A name, its words in an order that does not depend on how it was written, and which letters it has, as bits."""

    name: str
    words: tuple[str, ...]
    joined: str
    letters: int

    @classmethod
    def of(cls, name: str) -> _Spelling:
        words = tuple(sorted(fold(name).replace(",", " ").replace(".", " ").split()))
        joined = " ".join(words)
        bits = (1 << ord(letter) % 61 for letter in joined)
        return cls(name, words, joined, functools.reduce(operator.or_, bits, 0))


def _same_person(one: _Spelling, other: _Spelling, similarity: float) -> bool:
    if one.words == other.words:
        return True
    # Each letter that only one name has is unmatched. This alone tells most pairs apart, of which there are many.
    unmatched = (1 - similarity) * (len(one.joined) + len(other.joined)) + 1e-9
    unlike = (one.letters ^ other.letters).bit_count() > unmatched
    if unlike or len(one.words) != len(other.words):
        return False
    # First names and surnames are compared apart: Anna Berg and Anna Burg may be two people, so each has to be close.
    joined = difflib.SequenceMatcher(None, one.joined, other.joined).ratio()
    ratios = (
        difflib.SequenceMatcher(None, a, b).ratio()
        for a, b in zip(one.words, other.words, strict=True)
    )
    return joined >= similarity and min(ratios) >= similarity - 0.1
