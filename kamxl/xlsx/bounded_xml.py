"""XML read by expat within bounds: no DTD, no entities, a limited depth and number of elements.

A workbook never needs a document type, so one is a sign of an attack and ends the reading. Elements nest
about ten deep in a sheet; each open element costs expat memory, so 100 levels are the end as well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from xml.parsers import expat

StartHandler = Callable[[str, Mapping[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]

MAX_DEPTH = 100

_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*<\?xml\s[^<>]*?(?:encoding=["']([^"']*)["'][^<>]*)?\?>"""
)
_LARGEST_TEXT = 72 << 20
"""Bytes in memory, up to four for a character, that patterns may go through; they make as many again."""
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"us-ascii"})
_REFERENCE = re.compile(
    r"&#([0-9]{1,7});|&#x([0-9A-Fa-f]{1,6});|&(?:amp|lt|gt|quot|apos);"
)
_BASES = {1: 10, 2: 16}
"""Of the number in a reference, by the group of the pattern."""
_UNKNOWN_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)"
)
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, not even as a reference; such a character cannot be typed into Excel either."""
_PREDEFINED = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
    "&amp;": "&",
}  # & comes last
_TRUE = frozenset({"1", "true", "on"})


class XmlError(Exception):
    """A part is no well-formed XML, or asks for more than a workbook needs.

    Attributes:
        hostile: the part holds a document type, which no spreadsheet program writes.
        too_large: the part is beyond a limit.
    """

    def __init__(
        self, detail: str, *, hostile: bool = False, too_large: bool = False
    ) -> None:
        super().__init__(detail)
        self.hostile = hostile
        self.too_large = too_large


class Allowance:
    """How many elements may still be read of a file, whatever number of parts they stand in.

    >>> allowance = Allowance(5)
    >>> parse(b"<a><b/><b/></a>", lambda name, attributes: None, allowance=allowance)
    >>> allowance.left
    2
    """

    __slots__ = ("left",)

    def __init__(self, left: int) -> None:
        self.left = left


class Stop(Exception):  # noqa: N818 - not an error: a handler has seen all it wants
    """Raised by a handler to end the reading of a part early."""


def local_name(name: str) -> str:
    """Return a name without its namespace: `"http://… row"` gives `"row"`."""
    return name.rpartition(" ")[2]


def is_on(attributes: Mapping[str, str], name: str = "val", default: str = "1") -> bool:
    """Whether a property holds, such as `<strike/>` or `<strike val="true"/>`."""
    return attributes.get(name, default) in _TRUE


def keeps_space(attributes: Mapping[str, str]) -> bool:
    """Return whether an element says that the spaces around its text count; Excel drops them otherwise."""
    return attributes.get("http://www.w3.org/XML/1998/namespace space") == "preserve"


def trimmed(text: str, keep: str | bool | None) -> str:
    """Return a text without the white space that XML knows at its ends, unless that is to be kept."""
    return text if keep else text.strip(" \t\n\r")


def parse(
    content: bytes,
    start: StartHandler,
    end: EndHandler | None = None,
    text: TextHandler | None = None,
    *,
    allowance: Allowance,
) -> None:
    """Read one XML document; names reach the handlers as `"namespace name"`.

    Args:
        content: the document.
        start: is given each element as it opens.
        end: is given each element as it closes.
        text: is given the texts, in pieces.
        allowance: loses one for each element.

    Raises:
        XmlError: the document is malformed, has a DTD, or is beyond a limit.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        allowance.left -= 1
        if depth > MAX_DEPTH or allowance.left < 0:
            raise XmlError("too many elements", too_large=True)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except Stop:
        return
    except (expat.ExpatError, LookupError, ValueError) as fault:
        # LookupError and ValueError: an encoding that Python does not know or cannot use.
        raise XmlError(str(fault)) from fault


def parse_up_to_damage(
    content: bytes,
    start: StartHandler,
    end: EndHandler,
    text: TextHandler,
    *,
    allowance: Allowance,
) -> str:
    """Read one XML document as far as it is well-formed, and return what is wrong with it then, `""` for nothing.

    Raises:
        XmlError: the document has a DTD, or is beyond a limit.
    """
    try:
        parse(content, start, end, text, allowance=allowance)
    except XmlError as error:
        if error.hostile or error.too_large:
            raise
        return str(error)
    return ""


def _refuse_document_type(*_declaration: object) -> None:
    raise XmlError("document type declaration", hostile=True)


def plain_text(content: bytes, root: str, end: int | None = None) -> str | None:
    """Return a document's text after its declaration, if it is of the plain kind that patterns can read.

    Plain is UTF-8 in one namespace, the default one, without references that take a DTD, and what the patterns
    leave over `is_bare`: there `<c r="A1"` can be nothing but the start of an element of that namespace.

    Args:
        content: the document.
        root: the name of its first element.
        end: where to stop reading; the end of the document by default.
    """
    encoding, start = b"utf-8", 0
    declaration = _DECLARATION.match(content)
    if declaration:
        encoding, start = declaration[1] or encoding, declaration.end()
    if encoding.lower() not in _PLAIN_ENCODINGS:
        return None
    if content.count(b"xmlns=", 0, end) != 1:
        return None
    try:
        # A part may be large: it is not copied before it is decoded.
        text = str(memoryview(content)[start:end], "utf-8")
    except UnicodeDecodeError:
        return None
    if sys.getsizeof(text) > _LARGEST_TEXT:
        return None
    if not text.lstrip().startswith(f"<{root} ") or _UNKNOWN_REFERENCE.search(text):
        return None
    return line_feeds(text)


def line_feeds(text: str) -> str:
    """Return a text with one line feed for each line end, as an XML parser has to do it (XML 1.0, 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_bare(text: str) -> bool:
    """Return whether a document is free of comments, CDATA, DTD and processing instructions.

    Parts of it in which no element starts inside another may be taken out before: none of these can be in them.
    """
    return "<!" not in text and "<?" not in text


def resolve_references(text: str) -> str:
    """Return a text with the references resolved that XML knows without a DTD: `"F&amp;E"` gives `"F&E"`.

    Raises:
        ValueError: a reference to what is no XML character.
    """
    if "&#" in text:
        return _REFERENCE.sub(_character, text)
    for reference, character in _PREDEFINED.items():
        text = text.replace(reference, character)
    return text


def text_of(raw: str, keep: str | None) -> str:
    """Return the text that stands as `raw` in an element: references resolved, ends trimmed unless they are kept.

    Raises:
        ValueError: a reference to what is no XML character.
    """
    text = resolve_references(raw) if "&" in raw else raw
    return text if keep else text.strip(" \t\n\r")


def _character(match: re.Match[str]) -> str:
    if match.lastindex is None:
        return _PREDEFINED[match[0]]
    character = chr(int(match[match.lastindex], _BASES[match.lastindex]))
    if NO_CHARACTER.match(character):
        raise ValueError("no XML character")
    return character
