"""Texts as people paste them: what cannot be seen goes, what was said stays."""

from __future__ import annotations

import re

# Word's soft line break and page break separate lines; they must not glue words together.
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff]")
# What moves a terminal's cursor, changes its colours or turns the direction of writing round.
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def clean(text: str) -> tuple[str, bool]:
    """`text` without control characters and outer spaces, and whether any control character was removed."""
    kept, removed = _INVISIBLE.subn("", text)
    return _LINE_ENDS.sub("\n", kept).strip(), removed > 0


def visible(text: str) -> str:
    r"""`text` on one line, as a terminal can show it without being steered by it.

    >>> visible("Plan\x1b[31m\n.xlsx")
    'Plan [31m .xlsx'
    """
    return _STEERING.sub(" ", text)


def shorten(text: str, limit: int) -> str:
    """The first `limit` characters, the last of them an ellipsis where something is cut off."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
