"""What of a folder is in no figure, in one sentence: other years, copies, older and doubtful versions, broken files.

For example ``Nicht gezählt: Pläne anderer Jahre: 12, Kopien: 3, nicht lesbare Dateien: 1.``
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kamxl.checks.findings import FileStatus
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.texts import Text

_UNREADABLE = Text(de="nicht lesbare Dateien", en="files that cannot be read")
_UNCLEAR = Text(
    de="Pläne, von denen nicht zu erkennen ist, welcher gilt",
    en="plans of which nothing tells which one holds",
)
_REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "KAM405": Text(de="Pläne anderer Jahre", en="plans of other years"),
        "KAM016": Text(de="Kopien", en="copies"),
        "KAM401": Text(de="überholte Fassungen", en="outdated versions"),
        "KAM409": Text(de="Pläne unter zweiter Kundennummer", en="plans under a second account number"),
    }
)  # fmt: skip
_NO_RATE = Text(
    de="Pläne ohne Wechselkurs oder Währung (ihre Beträge)",
    en="plans without an exchange rate or currency (their amounts)",
)
_RATES = {"KAM404", "KAM406"}
_SET_APART = Text(de="Nicht gezählt: {parts}.", en="Not counted: {parts}.")
_MISSING = Text(
    de="Noch nicht abgegeben: {count} von {total} Plänen.",
    en="Not handed in yet: {count} of {total} plans.",
)


def set_apart(collection: Collection, language: str) -> str:
    """What is left out of the figures and who has not handed in; empty where there is neither."""
    found = Counter(reason for source in collection.sources for reason in _why(source))
    order = (*_REASONS.values(), _UNCLEAR, _UNREADABLE, _NO_RATE)
    counted = ((why[language], found[why]) for why in order if found[why])
    parts = ", ".join(f"{why}: {count}" for why, count in counted)
    told = [_SET_APART[language].format(parts=parts)] if parts else []
    if collection.missing:
        count, total = len(collection.missing), collection.awaited
        told.append(_MISSING[language].format(count=count, total=total))
    return " ".join(told)


def _why(source: Source) -> Iterator[Text]:
    """Why a file that is or should be a plan is not counted."""
    codes = dict.fromkeys(finding.code for finding in source.findings)
    if source.status not in {FileStatus.REJECTED, FileStatus.IGNORED}:
        if _RATES.intersection(codes):
            yield _NO_RATE
    elif source.status is FileStatus.IGNORED:
        yield from [why for code, why in _REASONS.items() if code in codes][:1]
    elif "KAM401" in codes:
        yield _UNCLEAR
    else:
        yield _UNREADABLE
