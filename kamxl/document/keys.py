"""The hidden keys by which every field is found again, written by drawing and understood by reading.

Column A holds a key per row; the hidden row above each block begins with a marker (``@table opportunities.open``)
and holds the key of each column. Beside them stands a defined name per form field and per block. For example
the cell of ``opportunities.open[0].probability`` is where the row ``opportunities.open[0]`` meets the column
``probability``.
"""

from __future__ import annotations

__all__ = [
    "FORM",
    "IDENTITY_SHEET",
    "LISTS_SHEET",
    "MATRIX",
    "TABLE",
    "field_name",
    "is_ours",
    "list_name",
]

IDENTITY_SHEET = "_kamxl"
LISTS_SHEET = "_lists"
FORM = "@form "
TABLE = "@table "
MATRIX = "@matrix "
END = ".end"
TOTAL = ".total"
GROWTH = ".growth"
BETWEEN = "|"  # parts two fields of one form line
ROW_NAMES = "#"  # the column in which a table prints the names of its rows

_NAME = "kamxl."
_LIST = "kamxl_list."


def field_name(pattern: str) -> str:
    """The defined name of a form field or a block: ``kamxl.cover.account_id``."""
    return _NAME + pattern


def list_name(key: str) -> str:
    """The defined name of a dropdown's values: ``kamxl_list.Stage``."""
    return _LIST + key


def is_ours(name: str) -> str | None:
    """The pattern of a defined name that drawing wrote, else `None`."""
    return name[len(_NAME) :] if name.startswith(_NAME) else None
