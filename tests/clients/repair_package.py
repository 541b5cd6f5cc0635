"""A workbook file as the repair lint sees it: parts, relationships and sheets, and the list of its rules.

Excel offers to repair a file, and drops things while doing so, for faults that neither the schema nor the two
validators know. A rule looks at a `Book` and yields `(part, where, message)` for each such fault.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576

Hit = tuple[str, str, str]
"""Part, place in it, what is wrong."""


@dataclass(frozen=True)
class Relationship:
    """A link from one part to another, or to the world outside."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name in the workbook, its part and its XML."""

    name: str
    part: str
    root: ET.Element


@dataclass(frozen=True)
class Area:
    """A rectangle of cells, counted from 1, both corners included."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    @property
    def on_the_grid(self) -> bool:
        """Whether Excel has all these cells, and the corners are in order."""
        return (
            1 <= self.left <= self.right <= LAST_COLUMN
            and 1 <= self.top <= self.bottom <= LAST_ROW
        )


class Book:
    """All parts of an .xlsx or .xlsm file.

    Raises:
        zipfile.BadZipFile: The file is no zip file.
        ET.ParseError: A part is no XML.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.names = [name for name in package.namelist() if not name.endswith("/")]
            self.parts = {
                name: ET.fromstring(package.read(name))  # noqa: S314 - our own files
                for name in self.names
                if name.endswith((".xml", ".rels"))
            }

    @cached_property
    def relationships(self) -> list[Relationship]:
        """Every relationship of every part, internal targets as names of parts."""
        found = []
        for name, root in self.parts.items():
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                source = posixpath.join(
                    folder, posixpath.basename(name).removesuffix(".rels")
                )
                found += [
                    self._relationship(source, one)
                    for one in root.iter(f"{PACKAGE_RELATION}Relationship")
                ]
        return found

    @staticmethod
    def _relationship(source: str, one: ET.Element) -> Relationship:
        external = one.get("TargetMode") == "External"
        target = one.get("Target", "")
        if not external:
            whole = posixpath.join("/", posixpath.dirname(source), unquote(target))
            target = posixpath.normpath(whole).lstrip("/")
        kind = one.get("Type", "").rpartition("/")[2]
        return Relationship(source, one.get("Id", ""), kind, target, external)

    def related(self, source: str, kind: str) -> list[str]:
        """The parts of one kind that a part refers to, as far as they exist."""
        return [
            one.target
            for one in self.relationships
            if one.source == source and one.kind == kind and one.target in self.parts
        ]

    @cached_property
    def workbook(self) -> ET.Element:
        """The root of the workbook part."""
        return self.parts[self.workbook_part]

    @cached_property
    def workbook_part(self) -> str:
        """The name of the workbook part."""
        return self.related("", "officeDocument")[0]

    @cached_property
    def styles(self) -> ET.Element:
        """The root of the styles part; empty if the workbook has none."""
        found = self.related(self.workbook_part, "styles")
        return self.parts[found[0]] if found else ET.Element(f"{MAIN}styleSheet")

    @cached_property
    def shared_strings(self) -> list[str]:
        """The table of shared strings."""
        return [
            text_of(item)
            for part in self.related(self.workbook_part, "sharedStrings")
            for item in self.parts[part].findall(f"{MAIN}si")
        ]

    @cached_property
    def sheet_names(self) -> list[str]:
        """The names of all sheets, chart sheets included, in the order of their tabs."""
        return [one.get("name", "") for one in self.workbook.iter(f"{MAIN}sheet")]

    @cached_property
    def sheets(self) -> list[Sheet]:
        """All worksheets whose part exists."""
        parts = {
            one.id: one.target
            for one in self.relationships
            if one.source == self.workbook_part
        }
        listed = [
            (one.get("name", ""), parts.get(one.get(f"{RELATION}id", ""), ""))
            for one in self.workbook.iter(f"{MAIN}sheet")
        ]
        return [
            Sheet(name, part, self.parts[part])
            for name, part in listed
            if part in self.parts
        ]

    @cached_property
    def defined_names(self) -> list[ET.Element]:
        """All defined names, local ones included."""
        return list(self.workbook.iter(f"{MAIN}definedName"))

    def tables(self, sheet: Sheet) -> list[tuple[str, ET.Element]]:
        """The tables on a sheet: part and root."""
        return [(part, self.parts[part]) for part in self.related(sheet.part, "table")]


Rule = Callable[[Book], Iterator[Hit]]
RULES: dict[str, Rule] = {}


def rule(found: Rule) -> Rule:
    """Enter a rule into the catalogue under its name, with hyphens."""
    RULES[found.__name__.replace("_", "-")] = found
    return found


def area(reference: str) -> Area | None:
    """`B2:C9`, `B2`, `B:C` or `2:9`, with or without `$`, as a rectangle; None if it is none of them."""
    match = re.fullmatch(
        r"([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?", reference.replace("$", ""), re.IGNORECASE
    )
    if not match or not reference:
        return None
    left, top, right, bottom = match.groups()
    if right is None:
        right, bottom = left, bottom or top
    return Area(
        column_number(left) if left else 1,
        int(top) if top else 1,
        column_number(right) if right else LAST_COLUMN,
        int(bottom) if bottom else LAST_ROW,
    )


def areas(references: str) -> list[Area]:
    """The rectangles of a list such as `A1:B2 D4`; what is no reference is left out."""
    return [found for one in references.split() if (found := area(one))]


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def text_of(holder: ET.Element) -> str:
    """The text of a string item: its runs together, phonetic hints left out."""
    plain = [one.text or "" for one in holder.findall(f"{MAIN}t")]
    return "".join(
        [*plain, *(one.text or "" for one in holder.findall(f"{MAIN}r/{MAIN}t"))]
    )


def number(element: ET.Element, attribute: str, default: int = -1) -> int:
    """An attribute as an integer."""
    try:
        return int(element.get(attribute, default))
    except ValueError:
        return default
