"""How an entry is named, and a document as a flat mapping of such names to values.

A `EntryPath` names one entry, a `Pattern` the same field in every row. Both are texts, so that
they print and compare as what they are, and know their parts:

>>> path = EntryPath("opportunities.open[3].value")
>>> path.sheet, path.table, path.row, path.record, path.key
('opportunities', 'opportunities.open', 3, 'opportunities.open[3]', 'value')
>>> path.pattern.at(4)
'opportunities.open[4].value'

``flatten(plan, spec)`` gives ``{"cover.account_id": "ALFKI", "opportunities.open[0].value":
120000.0, …}`` for every field of the profile that has a value; `nest` turns such a mapping into
the nested data that the pydantic models read. Rows keep their positions: a plan whose second row
is empty stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kamxl.document.vocabulary import Record

if TYPE_CHECKING:
    from kamxl.document.schema import FieldSpec
    from kamxl.document.spec import DocumentSpec

_INDEX = re.compile(r"\[\d+\]")
_STEP = re.compile(r"([a-z_0-9]+)|\[(\d+)\]")


class _Name(str):
    """What paths and patterns have in common."""

    __slots__ = ("__dict__",)

    @cached_property
    def sheet(self) -> str:
        """Key of the sheet: the first part."""
        return self.partition(".")[0].partition("[")[0]

    @cached_property
    def record(self) -> str:
        """What the field belongs to: ``opportunities.open[3]``, ``cover``."""
        return self.rpartition(".")[0]

    @cached_property
    def key(self) -> str:
        """The field within its record."""
        return self.rpartition(".")[2]

    @cached_property
    def table(self) -> str:
        """The table or matrix; empty for a field of a form."""
        head, bracket, _ = self.partition("[")
        return head if bracket else ""

    def __reduce__(self) -> tuple[type[_Name], tuple[str]]:
        # What is worked out of a name is not worth a journey to another process.
        return type(self), (str(self),)


class Pattern(_Name):
    """A field in every row: ``opportunities.open[].value``, ``contacts.matrix[][].actual``."""

    __slots__ = ()

    @cached_property
    def depth(self) -> int:
        """How many numbers tell a row: none in a form, two in a crossing."""
        return self.count("[]")

    def at(self, *indices: int) -> EntryPath:
        """The field in one row (of a crossing: own person, contact)."""
        return _at(self, indices)


class EntryPath(_Name):
    """One entry: ``opportunities.open[3].value``."""

    __slots__ = ()

    @cached_property
    def pattern(self) -> Pattern:
        """The field whose entry this is."""
        return Pattern(_INDEX.sub("[]", self))

    @cached_property
    def indices(self) -> tuple[int, ...]:
        """The numbers of its rows, none in a form."""
        return tuple(int(found[1:-1]) for found in _INDEX.findall(self))

    @property
    def row(self) -> int:
        """The row of the table. Raises `IndexError` for a field of a form."""
        return self.indices[0]


@lru_cache(maxsize=1 << 15)  # all plans have the same paths, some 1,600 of them
def path_of(text: str) -> EntryPath:
    """The path that a text spells; one object for each, so that its parts are worked out once."""
    return EntryPath(text)


@lru_cache(maxsize=1 << 15)
def _at(pattern: str, indices: tuple[int, ...]) -> EntryPath:
    head, *parts = pattern.split("[]")
    numbered = zip(indices, parts, strict=True)
    return path_of(head + "".join(f"[{index}]{part}" for index, part in numbered))


def pattern_of(path: str) -> Pattern:
    """The pattern of a path: ``opportunities.open[3].value`` → ``opportunities.open[].value``."""
    return path_of(path).pattern


def rows_at(document: Record, pattern: str) -> Sequence[Record]:
    """The rows of the table ``sheet.table``, or the form under ``sheet`` or ``sheet.form`` as one row."""
    found: object = document
    for key in pattern.split("."):
        found = getattr(found, key)
    if isinstance(found, Record):
        return [found]
    if isinstance(found, list):
        return found
    raise TypeError(f"{pattern} is neither a form nor a table")


def flatten(document: Record, spec: DocumentSpec[Any]) -> dict[str, Any]:
    """Every value of the document that `spec` has a field for, by path; missing values are left out."""
    found: dict[str, Any] = {}
    for part in spec.parts:
        found.update(_of_rows(part.fields, rows_at(document, part.pattern), ()))
    return found


def _of_rows(
    fields: Iterable[FieldSpec], rows: Sequence[Any], above: tuple[int, ...]
) -> Iterator[tuple[EntryPath, Any]]:
    """What rows hold; a form is one row without a number, a crossing has rows of rows."""
    for index, row in enumerate(rows):
        numbers = (*above, index)
        if isinstance(row, list):
            yield from _of_rows(fields, row, numbers)
            continue
        for field in fields:
            value = getattr(row, field.key)
            if value is not None:
                yield field.at(*numbers), value


def nest(values: Mapping[str, Any]) -> dict[str, Any]:
    """The nested data of a flat mapping; rows that no path names are empty records."""
    root: dict[str, Any] = {}
    records: dict[str, Any] = {}
    for path, value in values.items():
        record, _, key = path.rpartition(".")
        if record not in records:
            records[record] = _record(root, record)
        records[record][key] = value
    return root


def _record(root: dict[str, Any], path: str) -> Any:
    """The record (``opportunities.open[3]``) at `path`, with all that leads to it."""
    place: Any = root
    steps = [name or int(index) for name, index in _STEP.findall(path)]
    for step, following in pairwise([*steps, ""]):
        place = _enter(place, step, [] if isinstance(following, int) else {})
    return place


def _enter(place: Any, step: str | int, empty: Any) -> Any:
    """The part of `place` at `step`, made if it is not there yet."""
    if isinstance(step, str):
        return place.setdefault(step, empty)
    while len(place) <= step:
        place.append([] if isinstance(empty, list) else {})
    return place[step]


def row_counts(document: Record, spec: DocumentSpec[Any]) -> dict[str, int]:
    """How many rows each table that may grow needs to hold the document."""
    counts: dict[str, int] = {}
    for section in spec.sections:
        counts |= section.needed_rows(document)
    return counts
