"""Findings and what was answered to them: the key by which an answer finds its finding again, in the next check too.

A key says account, plan year, rule, field and what stands there. It does not say in which row or file, and not how many
days something is late, so an answer stays with its finding until the value changes; then the finding warns again::

    10012|2027|KAM303|opportunities.open[].probability|5f0c9a3be1d2
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kamxl.checks.findings import Finding, Severity
from kamxl.document.paths import path_of
from kamxl.document.replies import Reply
from kamxl.portfolio.data.collect import Collection, Source
from kamxl.portfolio.data.ledger import owner_of

_DIGITS = re.compile(r"\d+")
_ARGUABLE = {Severity.WARNING, Severity.HINT}


def keyed(source: Source, findings: Iterable[Finding]) -> Iterator[tuple[str, Finding]]:
    """A file's findings in their order, each behind its key."""
    account = str(owner_of(source)["account_id"] or source.name)
    year = getattr(source.identity, "plan_year", 0)
    for finding in findings:
        pattern = path_of(finding.path).pattern if finding.path else ""
        parts = (account, str(year), finding.code, pattern, _digest(finding))
        yield "|".join(parts), finding


def _digest(finding: Finding) -> str:
    """What stands there, in twelve digits; how many days something is late does not count."""
    message = _DIGITS.sub("#", finding.message)
    told = f"{finding.label}\n{finding.value}\n{message}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def answered(collection: Collection) -> Collection:
    """The same files, their findings with what was answered in the plans themselves or in findings workbooks.

    An error cannot be argued away: a value that is missing is missing whatever the reason.
    """
    replies = collection.replies
    if not replies:
        return collection
    sources = (_answered(source, replies) for source in collection.sources)
    return replace(collection, sources=tuple(sources))


def _answered(source: Source, replies: Mapping[str, Reply]) -> Source:
    return replace(
        source,
        findings=tuple(_with_answers(source, source.findings, replies)),
        lines=tuple(_with_answers(source, source.lines, replies)),
    )


def _with_answers(
    source: Source, findings: Iterable[Finding], replies: Mapping[str, Reply]
) -> Iterator[Finding]:
    for key, finding in keyed(source, findings):
        answer = replies.get(key, Reply()).answer
        arguable = answer and finding.severity in _ARGUABLE
        yield replace(finding, answer=answer) if arguable else finding
