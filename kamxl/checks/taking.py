"""The values of a document as far as its cells hold usable ones, and what is the matter with the others.

A cell of a money field that holds ``"80.000,00 €"`` gives 80000.0 with a warning; one that holds ``k. A.`` gives
nothing, as if it were empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kamxl.checks.entries.conversion import Surroundings
from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.values import convert
from kamxl.checks.keys import take_keys
from kamxl.checks.not_data import Placeholders, take_out_sums
from kamxl.checks.rule import Problem
from kamxl.checks.rules.cells import struck_through
from kamxl.checks.rules.dates import tables_with_month_first
from kamxl.document.extract import Entry, Extract
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.book import State


@dataclass(frozen=True, slots=True)
class TakenValues:
    """What was taken from the cells of a document.

    Attributes:
        values: typed, by path.
        problems: what is the matter with cells.
        placeholders: what stands in cells that count as empty, by path.
        added_up: paths in rows that only add up others, left out; each with the path where that is told.
    """

    values: dict[str, Any]
    problems: list[Problem]
    placeholders: Mapping[str, str]
    added_up: Mapping[str, str]

    def unusable(self, extract: Extract) -> frozenset[str]:
        """Paths whose cell holds something that is no usable value, and is not known to be nothing."""
        known = {*self.values, *self.placeholders, *self.added_up}
        others = (entry for entry in _filled(extract) if entry.path not in known)
        return frozenset(entry.path for entry in others if not _is_blank(entry))


def take(extract: Extract, placeholders: Iterable[str]) -> TakenValues:
    """Convert what stands in the cells; most cells of a document are empty.

    Args:
        extract: what was read.
        placeholders: the words that stand for no entry.
    """
    fields, entries = extract.spec.fields, _filled(extract)
    filled = [(entry, fields[entry.path.pattern]) for entry in entries]
    values, odd, stand_ins = _converted(filled, extract, Placeholders(placeholders))
    problems = [*struck_through(entries), *odd]
    take_keys(filled, extract.identity, values, problems)
    added_up = take_out_sums(values, extract.spec, problems)
    return TakenValues(values, problems, stand_ins, added_up)


def _filled(extract: Extract) -> list[Entry]:
    """The entries whose cells are not empty."""
    empty = State.EMPTY  # looking up a member of an Enum is slow before Python 3.12
    return [entry for entry in extract.entries if entry.state is not empty]


def _converted(
    filled: Sequence[tuple[Entry, FieldSpec]], extract: Extract, words: Placeholders
) -> tuple[dict[str, Any], list[Problem], dict[str, str]]:
    """The values of cells, what is the matter with them, and the placeholders among them."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    also: dict[str, Any] = {}
    stand_ins: dict[str, str] = {}
    language, surroundings = extract.identity.language, _surroundings(filled, extract)
    for entry, field in filled:
        path = entry.path
        converted = convert(entry, field, language, surroundings)
        if words.stand_in(field, entry.value, converted.value):
            # What a key lacks is told with the key that is used.
            if not field.item.identifies:
                stand_ins[path] = entry.raw
            continue
        values[path] = converted.value
        problems += [replace(problem, path=path) for problem in converted.problems]
        for key, value in converted.also.items():
            also[f"{path.record}.{key}"] = value
    # What stands in a cell of its own counts more than what a neighbour's "2/6" says of it.
    said = (values | also | values).items()
    taken = {path: value for path, value in said if value is not None}
    return taken, problems, stand_ins


def _surroundings(
    filled: Iterable[tuple[Entry, FieldSpec]], extract: Extract
) -> Surroundings:
    """What some fields, such as the currency, say about all others."""
    found: dict[str, str] = {}
    says = [(entry, field) for entry, field in filled if field.item.says]
    for entry, field in says:
        value = convert(entry, field, extract.identity.language).value
        found[str(field.item.says)] = "" if value is None else str(value)
    dates = (entry for entry, field in filled if field.kind is Kind.DATE)
    year = extract.identity.plan_year
    return Surroundings(**found, year=year, month_first=tables_with_month_first(dates))


def _is_blank(entry: Entry) -> bool:
    return isinstance(entry.value, str) and not clean(entry.value).text
