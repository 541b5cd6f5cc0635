"""What stands in cells and is no data: placeholders, and rows in which somebody added up a table by hand.

Neither is taken. A placeholder leaves its field empty: ``k. A.`` in a required field is a missing entry. A row called
*Summe*, or one without a name whose amounts are the sum of those above, would count everything twice.

>>> words = Placeholders(["k. A.", "siehe oben"])
>>> [words.has(text) for text in ("K.A.", " siehe  oben… ", "–", "xx", "kA-Ring", "X3")]
[True, True, True, True, False, False]
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from kamxl.checks.rule import Problem
from kamxl.checks.rules import not_data as rules
from kamxl.checks.sums import SUM_WORD
from kamxl.document.paths import EntryPath, path_of
from kamxl.document.schema import SPOKEN, FieldSpec, TableSpec
from kamxl.document.spec import DocumentSpec
from kamxl.document.vocabulary import Kind
from kamxl.spelling import fold

_LONGEST = 40  # characters; whoever writes more says something
_DROPPED = str.maketrans("", "", ".,;:!…\"'„“”‚‘«»()[] \u00a0")
_NOTHING_SAID = re.compile(r"[-_?/*~=#]*|x+")
_ADDED_UP = {Kind.MONEY, Kind.NUMBER, Kind.INTEGER}
_BESIDE_SUMS = _ADDED_UP | {Kind.PERCENT}
_IS_SUM = re.compile(rf"{SUM_WORD}[: ]*(?:(?:19|20)\d\d|[a-z]{{3}}|[€$£])?")
_LIKE_SUM = re.compile(rf"(?:{SUM_WORD}\b.*)?")  # or no name at all


class Placeholders:
    """The words that stand for no entry, however they are spelt."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(map(_core, words))

    def has(self, text: str) -> bool:
        """Whether a text says nothing."""
        if len(text) > _LONGEST:
            return False
        core = _core(text)
        return core in self._words or _NOTHING_SAID.fullmatch(core) is not None

    def stand_in(self, field: FieldSpec, raw: object, value: object) -> bool:
        """Whether the cell of a field holds one: in a field for words always, elsewhere where it is no value."""
        if not isinstance(raw, str) or not raw.strip():
            return False
        return (value is None or field.kind in SPOKEN) and self.has(raw)


def placeholder_problems(
    missing: Iterable[Problem], placeholders: Mapping[str, str]
) -> Iterator[Problem]:
    """The problems of `missing` entries, told otherwise where a placeholder stands; hints for the other placeholders.

    Args:
        missing: a problem for each required entry that is missing.
        placeholders: what stands in the cell, by path.
    """
    owed = set()
    for problem in missing:
        if problem.path in placeholders:
            owed.add(problem.path)
            value = placeholders[problem.path]
            yield rules.PLACEHOLDER_REQUIRED.at(problem.path, value=value)
        else:
            yield problem
    for path, value in placeholders.items():
        if path not in owed:
            yield rules.PLACEHOLDER.at(path, value=value)


def take_out_sums(
    values: dict[str, Any], spec: DocumentSpec[Any], problems: list[Problem]
) -> Mapping[str, str]:
    """Take the rows that add up a table out of `values`, with a problem for each.

    Returns:
        The paths taken out, each with the path of its problem.
    """
    tables = {t.pattern: t for t in spec.tables if t.free or t.editable}
    rows: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for path in map(path_of, values):
        if path.table in tables:
            rows[path.table][path.row][path.key] = values[path]
    taken: dict[str, str] = {}
    for pattern, table in tables.items():
        for row, name in _sums(table, rows[pattern]):
            keys = rows[pattern][row]
            taken |= {f"{pattern}[{row}].{key}": name for key in keys}
            problems.append(rules.SUM_ROW.at(name, value=values.get(name)))
    for left_out in taken:
        del values[left_out]
    return taken


def _sums(
    table: TableSpec, rows: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[int, EntryPath]]:
    """The rows that are sums, and the path of their names."""
    name = table.naming
    if name is None:
        return
    amounts = _keys_of(table, _ADDED_UP)
    plain = _keys_of(table, _BESIDE_SUMS) | {name.key}
    above: list[Mapping[str, Any]] = []
    for index in sorted(rows):
        row = rows[index]
        said = fold(str(row.get(name.key) or ""))
        # Who adds up writes numbers; a row with a unit or a date is one of its own.
        may_be = row.keys() <= plain and _LIKE_SUM.fullmatch(said)
        if _IS_SUM.fullmatch(said) or (may_be and _adds_up(row, above, amounts)):
            yield index, name.at(index)
        else:
            above.append(row)


def _keys_of(table: TableSpec, kinds: Container[Kind]) -> set[str]:
    """The keys of the table's fields of some kinds."""
    return {field.key for field in table.fields if field.kind in kinds}


def _adds_up(
    row: Mapping[str, Any], above: Sequence[Mapping[str, Any]], keys: Iterable[str]
) -> bool:
    """Whether an amount is the sum of at least two above it."""
    return any(_is_sum(row.get(key), [one.get(key) for one in above]) for key in keys)


def _is_sum(total: float | None, amounts: Iterable[float | None]) -> bool:
    known = list(filter(None, amounts))
    if not total or len(known) < 2:
        return False
    return math.isclose(total, math.fsum(known), rel_tol=1e-9)


def _core(text: str) -> str:
    """A text without case, blanks and punctuation."""
    return fold(text).translate(_DROPPED)
