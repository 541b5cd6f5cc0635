"""Plans for tests as tables that one can read: what stands in the workbook, under the labels that it prints.

A filled first cell names a sheet. Its tables have a line per row, below the labels; its forms, and rows of which only
some entries matter, have a line per entry: (row,) label, value::

    | Deckblatt         | Firma        | ACME GmbH |
    |                   | Kundennummer | 10041     |
    | 5 Offene Projekte | Projekt | Angebotswert | Chance | Phase   |
    |                   | Alpha   | 120.000      | 60 %   | Angebot |
    |                   | Beta    | 80.000       |        |         |
    | 9 Maßnahmen       | 2 | Termin | 01.10.2027 |

`values_of` makes of it what a plan holds (``{… "opportunities.open[0].probability": 0.6, … "stage": "offer"}``),
`cells_of` what the cells hold (``"stage": "Angebot"``). A label may be a key too, and where labels fit several tables
of a sheet, the table is named instead by its heading or key (``contacts.people``). In the contact matrix, each
repetition of a label (``Ist | Soll | Ist | Soll``) is the next contact, and the row of an entry of its own is
``2/3``: own person, contact.

Numbers and dates are German. A text where the field wants something else, or that a table could not hold, stands in
quotes, as in JSON: ``"1.234,56 €"``. ``#REF!`` is an error value, ``=A1*2`` a formula that was never calculated,
``<v>1 2</v>`` a damaged cell. An empty cell is no entry; on a line of its own it empties the field.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from kamxl.document.paths import nest
from kamxl.document.schema import FieldSpec
from kamxl.document.standard import Option
from kamxl.document.vocabulary import Kind
from kamxl.plan.account_plan import AccountPlan
from kamxl.plan.document import PlanSpec
from kamxl.texts import Language
from kamxl.xlsx.book import CellValue


class TableError(ValueError):
    """A table that cannot be meant so; says what would be possible."""


@dataclass(frozen=True)
class Unreadable:
    """A cell that cannot be used: an error value, or a formula that was never calculated."""

    raw: str
    reason: str = "error"


Raw = CellValue | int | Unreadable
Line = Sequence[str]

_TYPED = {
    Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.PERCENT, Kind.SCORE, Kind.IMPORTANCE, Kind.DATE,
}  # fmt: skip
_UNREADABLE = {"#": "error", "=": "uncalculated", "<": "damaged"}
_BOOLEANS = {"WAHR": True, "FALSCH": False}
_NUMBER = re.compile(r"(-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)( ?%)?")
_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
_PLACE = re.compile(r"(\d+(/\d+)?)?")
_RULER = re.compile(r":?-{3,}:?")


def values_of(table: str, spec: PlanSpec) -> dict[str, Any]:
    """The entries as a plan holds them, by path: codes for the values of lists, and none that are empty."""
    return {
        path: value.code if isinstance(value, Option) else value
        for path, value in _entries(_lines(table), spec)
        if value is not None
    }


def cells_of(table: str, spec: PlanSpec, language: str = "de") -> dict[str, Raw]:
    """The entries as cells of a workbook in `language` hold them, by path: labels of lists, `None` where emptied."""
    return _in_cells(_lines(table), spec, language)


def plan_of(table: str, spec: PlanSpec) -> AccountPlan:
    """The plan with these entries."""
    return AccountPlan.model_validate(nest(values_of(table, spec)))


def cases_of(table: str, spec: PlanSpec) -> dict[str, dict[str, Raw]]:
    """Several sets of cells, named by a column in front of the others; a blank name is that above."""
    return {
        name: _in_cells(lines, spec, Language.DE)
        for name, lines in _blocks(_lines(table))
    }


def _lines(table: str) -> list[Line]:
    """The cells of each line; rulers under a head are only for the eye."""
    lines = [line.strip() for line in table.split("\n") if line.strip()]
    for line in lines:
        if not (line.startswith("|") and line.endswith("|")):
            raise TableError(f"a line begins and ends with |: {line!r}")
    split = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [cells for cells in split if not all(map(_RULER.fullmatch, cells))]


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Each name in the first column, with the rest of its line and of those below it without a name."""
    if lines and not lines[0][0]:
        raise TableError("the first line begins with a name")
    starts = [number for number, cells in enumerate(lines) if cells[0]]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start][0], [cells[1:] for cells in lines[start:end]]


def _in_cells(lines: Sequence[Line], spec: PlanSpec, language: str) -> dict[str, Raw]:
    return {
        path: value.label[language] if isinstance(value, Option) else value
        for path, value in _entries(lines, spec)
    }


def _entries(
    lines: Sequence[Line], spec: PlanSpec
) -> Iterator[tuple[str, Raw | Option]]:
    """Path and value of each entry; a value of a list is its option."""
    seen: set[str] = set()
    for title, block in _blocks(lines):
        for path, field, text in _places(title, block, spec):
            if path in seen:
                raise TableError(f"{path} is stated twice")
            seen.add(path)
            yield path, _read(text, field)


def _places(
    title: str, block: Sequence[Line], spec: PlanSpec
) -> Iterator[tuple[str, FieldSpec, str]]:
    """Path, field and text of each entry of a sheet."""
    parts = _parts(title, spec)
    labels, *rows = block
    if not _is_entry(labels) or (rows and any(part.find(labels) for part in parts)):
        yield from _in_rows(_fields(parts, labels), labels, rows)
        return
    for *place, label, text in block:
        (field,) = _fields(parts, [label])
        yield _path(field, "".join(place)), field, text


def _is_entry(line: Line) -> bool:
    """Whether a line is label and value, perhaps behind a row."""
    return len(line) == 2 or (len(line) == 3 and bool(_PLACE.fullmatch(line[0])))


def _in_rows(
    fields: Sequence[FieldSpec], labels: Line, rows: Sequence[Line]
) -> Iterator[tuple[str, FieldSpec, str]]:
    """The entries of a table; in the contact matrix, a repeated label stands for the next contact."""
    if not rows:
        raise TableError(f"there is no row under {labels}")
    contacts = [labels[:n].count(label) + 1 for n, label in enumerate(labels)]
    for row, texts in enumerate(rows, start=1):
        for field, contact, text in zip(fields, contacts, texts, strict=True):
            if text:
                yield _path(field, f"{row}/{contact}"), field, text


class _Part(NamedTuple):
    """A form, a table or a side of the contact matrix."""

    key: str
    fields: list[FieldSpec]

    def find(self, labels: Line) -> list[FieldSpec]:
        """The fields of these labels or keys; none where one of them has no field, or several."""
        found = [[f for f in self.fields if label in _labels(f)] for label in labels]
        return [one[0] for one in found] if all(len(one) == 1 for one in found) else []


def _labels(field: FieldSpec) -> set[str]:
    """What a field may be called."""
    return {field.key, field.label.de, field.label.en, *map(field.printed, Language)}


def _titles(key: str, spec: PlanSpec) -> set[str]:
    """What a part of the plan may be called: as its sheet, by its heading or key."""
    sheet, section = spec.sheet(key.partition(".")[0]), spec.find(key)
    heading = section.heading if section else None
    headings = {heading.de, heading.en} if heading else set()
    return {key, sheet.key, *map(sheet.name, Language), *headings}


def _parts(title: str, spec: PlanSpec) -> list[_Part]:
    """The parts of the plan that may be called so."""
    parts: dict[str, list[FieldSpec]] = {}
    for pattern, field in spec.fields.items():
        key = pattern.rpartition(".")[0].replace("[]", "")
        parts.setdefault(key, []).append(field)
    found = [_Part(key, parts[key]) for key in parts if title in _titles(key, spec)]
    if not found:
        known = ", ".join(sheet.name(Language.DE) for sheet in spec.sheets)
        raise TableError(f"there is no sheet or table {title!r}; sheets are {known}")
    return found


def _fields(parts: Sequence[_Part], labels: Line) -> list[FieldSpec]:
    """The fields of these labels, which must all be in one part and in no other."""
    fitting = [part for part in parts if part.find(labels)]
    if len(fitting) == 1:
        return fitting[0].find(labels)
    if fitting:
        keys = ", ".join(part.key for part in fitting)
        raise TableError(f"{labels} fit several, so name one: {keys}")
    known = "; ".join(
        f"{part.key}: {', '.join(f'{f.label.de} ({f.key})' for f in part.fields)}"
        for part in parts
    )
    raise TableError(f"no table or form has all of {labels}; there are {known}")


def _path(field: FieldSpec, place: str) -> str:
    """The path of a field in a row (``2``) or at a crossing (``2/3``), counted from 1."""
    path = field.pattern
    for number in filter(None, place.split("/")):
        path = path.replace("[]", f"[{int(number) - 1}]", 1)
    if "[]" in path:
        raise TableError(f"{path}: in which row?")
    return path


def _read(text: str, field: FieldSpec) -> Raw | Option:
    """What the text of a table's cell is, as an entry of `field`."""
    if not text:
        return None
    if text.startswith('"'):
        return str(json.loads(text))
    if text[0] in _UNREADABLE:
        return Unreadable(text, _UNREADABLE[text[0]])
    if field.options:
        return _option(text, field)
    return _typed(text, field) if field.kind in _TYPED else text


def _option(text: str, field: FieldSpec) -> Option:
    for option in field.options:
        if text in (option.code, option.label.de, option.label.en):
            return option
    known = ", ".join(option.label.de for option in field.options)
    raise TableError(f'{field.label.de}: {text!r} is none of {known}; else: "{text}"')


def _typed(text: str, field: FieldSpec) -> Raw:
    """A number, a date or a logical value, whichever it looks like."""
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if date := _DATE.fullmatch(text):
        return dt.date(int(date[3]), int(date[2]), int(date[1]))
    if number := _NUMBER.fullmatch(text):
        value = Decimal(number[1].replace(".", "").replace(",", "."))
        return float(value / 100 if number[2] else value)
    raise TableError(f'{field.label.de}: {text!r} is no number or date; else: "{text}"')
