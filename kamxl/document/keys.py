"""The hidden keys by which every field is found again, written by drawing and understood by reading.

Column A holds a key per row; the hidden row above each block begins with a marker (``@table opportunities.open``)
and holds the key of each column. Beside them stands a defined name per form field and per block. For example
the cell of ``opportunities.open[0].probability`` is where the row ``opportunities.open[0]`` meets the column
``probability``; that of ``contacts.matrix[2][5].planned`` where ``contacts.team[2]`` meets ``[5].planned``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from kamxl.document.schema import (
    Column,
    FieldSpec,
    FormSpec,
    MatrixSpec,
    Section,
    TableSpec,
)

IDENTITY_SHEET = "_kamxl"
LISTS_SHEET = "_lists"
MARKERS = {FormSpec: "@form ", TableSpec: "@table ", MatrixSpec: "@matrix "}
END = ".end"
TOTAL = ".total"
GROWTH = ".growth"
BETWEEN = "|"  # parts two fields of one form line
ROW_NAMES = "#"  # the column in which a table prints the names of its rows
PROGRESS = ("filled", "required", "share", "status")
"""What the cover says of each sheet."""

_NAME = "kamxl."
_LIST = "kamxl_list."
_PLACE = "kamxl_place."


def field_name(pattern: str) -> str:
    """The defined name of a form field or a block: ``kamxl.cover.account_id``."""
    return _NAME + pattern


def list_name(key: str) -> str:
    """The defined name of a dropdown's values: ``kamxl_list.Stage``."""
    return _LIST + key


def place_name(key: str) -> str:
    """The defined name of a place to which links lead, whatever its sheet is called by then: ``kamxl_place.cover``."""
    return _PLACE + key


def is_ours(name: str) -> str | None:
    """The pattern of a defined name that drawing wrote, else `None`."""
    return name[len(_NAME) :] if name.startswith(_NAME) else None


def marker(section: Section) -> str:
    """What opens a block: ``@table opportunities.open``; a matrix is the whole of its sheet."""
    return MARKERS[type(section)] + marked(section)


def marked(section: Section) -> str:
    """The pattern in a section's marker."""
    return section.sheet if isinstance(section, MatrixSpec) else section.pattern


def closing(pattern: str, suffix: str, key: str) -> str:
    """The path of a total or a growth: ``revenue.revenue.total.forecast``."""
    return f"{pattern}{suffix}.{key}"


def closings(table: TableSpec) -> dict[str, tuple[str, str]]:
    """Every figure below a table by its path: `TOTAL` or `GROWTH`, and the column."""
    below = (*product([TOTAL], table.totals), *product([GROWTH], table.grown))
    return {closing(table.pattern, *figure): figure for figure in below}


def progress_path(sheet: str, name: str) -> str:
    """The path of what the cover says of a sheet: ``progress.revenue.share``."""
    return f"progress.{sheet}.{name}"


def line_key(fields: Iterable[FieldSpec]) -> str:
    """The key of a form's line."""
    return BETWEEN.join(field.pattern for field in fields)


def row_key(table: TableSpec, index: int) -> str:
    """The key of a table's row, with the name of one that has a name."""
    name = table.name_key(index)
    return f"{table.pattern}[{index}] {name}".rstrip()


def person_key(column: Column) -> str:
    """The key of a line of the matrix's head: ``contacts.people.influence``."""
    return column.pattern.replace("[]", "")


def own_key(matrix: MatrixSpec, own: int, below: str = "") -> str:
    """The key of one of our own people's two rows; `below` is the text in the second one."""
    return f"{matrix.team.pattern}[{own}]{below and f'.{below}'}"


def crossing_key(person: int, key: str) -> str:
    """The key of a contact's column: ``[5].planned``."""
    return f"[{person}].{key}"


def team_key(key: str) -> str:
    """The key of a column that says something of our own people: ``team.name``."""
    return f"team.{key}"
