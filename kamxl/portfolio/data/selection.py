"""The findings of some rules alone: ``--only KAM212`` shows who has to look at a single matter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain

from kamxl.checks.findings import Finding
from kamxl.portfolio.data.collect import Collection as PlanCollection
from kamxl.portfolio.data.collect import Source


def only_rules(collection: PlanCollection, codes: Collection[str]) -> PlanCollection:
    """The same files with the findings of these rules; what became of a file stays as it is.

    A line that draws findings together gives way to those among them that are wanted.
    """
    sources = (_only(source, codes) for source in collection.sources)
    return replace(collection, sources=tuple(sources))


def _only(source: Source, codes: Collection[str]) -> Source:
    findings = (one for one in source.findings if one.code in codes)
    lines = chain.from_iterable(_wanted(line, codes) for line in source.lines)
    return replace(source, findings=tuple(findings), lines=tuple(lines))


def _wanted(line: Finding, codes: Collection[str]) -> Iterator[Finding]:
    if line.code in codes:
        yield line
        return
    yield from (part for part in line.parts if part.code in codes)
