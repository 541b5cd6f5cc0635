r"""A value → the XML of its cell: the one way in which cells are written without a spreadsheet library.

openpyxl takes ten times as long for a cell, which is why plans are filled and long tables are written as text. What a
cell can hold is said here, once: a text has no control characters, only line feeds at its line ends, and 32,767
characters at most; `_x0041_` is the five characters that a person typed, not an A; a number is finite.

>>> cell_xml("G14", 0.6, "5")
'<c r="G14" s="5"><v>0.6</v></c>'
>>> cell_xml("B2", "F&E")
'<c r="B2" t="inlineStr"><is><t>F&amp;E</t></is></c>'
"""

from __future__ import annotations

import datetime as dt
import math
import re
from xml.sax.saxutils import escape

from kamxl.xlsx.bounded_xml import NO_CHARACTER, line_feeds
from kamxl.xlsx.values import date_to_serial

LONGEST_TEXT = 32_767
"""Characters of a text in a cell."""

Content = str | float | bool | dt.date | None
"""What a cell can be made to hold."""

_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    r"""Return what a cell can hold of a text; what is too long is cut off.

    >>> cell_text("Zeile 1\r\nZeile 2\x07")
    'Zeile 1\nZeile 2'
    """
    return _holdable(text)[:LONGEST_TEXT]


def text_xml(text: str) -> str:
    """Return a text as content of an XML element: a reader gets what `cell_text` gives.

    Raises:
        ValueError: no cell can hold a text as long as this.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a cell cannot hold {len(text)} characters")
    return escape(verbatim(text))


def verbatim(text: str) -> str:
    r"""Return a text for a writer of XML that escapes markup only: in a cell or a link it is read as it was given.

    >>> verbatim("_x0041_ & \x07b")
    '_x005F_x0041_ & b'
    """
    return _LIKE_AN_ESCAPE.sub("_x005F_", _holdable(text))


def cell_xml(
    reference: str, value: Content, style: str | int = "", formula: str = ""
) -> str:
    """Return a cell as XML.

    Args:
        reference: where it stands, such as `"G14"`.
        value: what it holds; nothing and an empty text make an empty cell.
        style: the number of its style within the workbook, `""` for none.
        formula: its formula as XML, `<f>…</f>`, whose result `value` then is.

    Raises:
        ValueError: no cell can hold the value: no finite number, or a text of more than 32,767 characters.
    """
    start = f'<c r="{reference}"' if style == "" else f'<c r="{reference}" s="{style}"'
    if not formula and isinstance(value, str):
        return (
            f'{start} t="inlineStr"><is>{_t(value)}</is></c>' if value else f"{start}/>"
        )
    kind, stored = _stored(value)
    content = formula + stored
    return f"{start}{kind}>{content}</c>" if content else f"{start}/>"


def _holdable(text: str) -> str:
    if text.isprintable():  # as nearly all are, and fast to tell
        return text
    return NO_CHARACTER.sub("", line_feeds(text))


def _t(text: str) -> str:
    content = text_xml(text)
    space = ' xml:space="preserve"' if content != content.strip() else ""
    return f"<t{space}>{content}</t>"


def _stored(value: Content) -> tuple[str, str]:
    """The attribute that says of which kind a cell's value is, and the value's element."""
    match value:
        case None:
            return "", ""
        case bool():
            return ' t="b"', f"<v>{value:d}</v>"
        case str():
            return ' t="str"', f"<v>{text_xml(value)}</v>"
        case _:
            return "", f"<v>{_number(value)}</v>"


def _number(value: float | dt.date) -> str:
    number = date_to_serial(value) if isinstance(value, dt.date) else float(value)
    if not math.isfinite(number):
        raise ValueError(f"a cell cannot hold {value}")
    return repr(number).removesuffix(".0")
