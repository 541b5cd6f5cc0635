"""Texts as people paste them: what cannot be seen goes, what was said stays."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Word's soft line break and page break separate lines; they must not glue words together.
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Blanks that a keyboard does not give, some of which count as letters.
_ODD_BLANKS = re.compile(r"[\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164]")
_BLANKS = re.compile(r"[ \t]+")
# The characters of category Cf; to ask for the category of each character of each text would take too long.
_MARKS = re.compile(
    "[\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f]"
)
_JOINER = "\u200d"  # holds the parts of an emoji together
# What moves a terminal's cursor, changes its colours or turns the direction of writing round.
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without what cannot be seen.

    Attributes:
        text: what is left.
        had_marks: control characters or marks of format were removed.
        had_blanks: there were blanks of another kind, or letters with their accents apart.
    """

    text: str
    had_marks: bool = False
    had_blanks: bool = False


def clean(text: str) -> Cleaned:
    """`text` as it is seen: composed, without control and format characters, with single blanks and none around it.

    >>> clean("\u200eAnna\u00a0 Berg").text
    'Anna Berg'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    seen = _MARKS.sub(_joint, _CONTROLS.sub("", plain))
    blank = _ODD_BLANKS.sub(" ", seen)
    lines = _BLANKS.sub(" ", _LINE_ENDS.sub("\n", blank)).strip()
    odd = blank != seen or plain != text
    return Cleaned(lines, len(seen) < len(plain), odd)


def _joint(mark: re.Match[str]) -> str:
    """A mark of format that joins the parts of an emoji; nothing for all others."""
    around = (
        mark.string[max(mark.start() - 1, 0)] + mark.string[mark.end() : mark.end() + 1]
    )
    joins = mark[0] == _JOINER and all(map(_is_pictured, around))
    return mark[0] if joins else ""


def _is_pictured(character: str) -> bool:
    """Whether a character is a symbol, or changes how one looks."""
    return unicodedata.category(character) in {"So", "Sk", "Mn"}


def visible(text: str) -> str:
    r"""`text` on one line, as a terminal can show it without being steered by it.

    >>> visible("Plan\x1b[31m\n.xlsx")
    'Plan [31m .xlsx'
    """
    return _STEERING.sub(" ", text)


def shorten(text: str, limit: int) -> str:
    """The first `limit` characters, the last of them an ellipsis where something is cut off."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
