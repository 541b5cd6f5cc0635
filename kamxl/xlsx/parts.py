"""The small parts of a workbook: its list of sheets and names, shared strings, styles, custom properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kamxl.xlsx.book import DefinedName
from kamxl.xlsx.bounded_xml import (
    Allowance,
    Stop,
    XmlError,
    keeps_space,
    local_name,
    parse,
    parse_up_to_damage,
    plain_text,
    text_of,
    trimmed,
)
from kamxl.xlsx.package import Package
from kamxl.xlsx.source import ReadingLimits
from kamxl.xlsx.values import is_date_format, unescape

# ECMA-376 part 1, 18.8.30: 45 and 47 are times, 46 is elapsed time; 27 to 36 and 50 to 58 are dates in
# Far Eastern versions of Excel.
_BUILT_IN_DATES = frozenset(
    map(str, [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
)
_PLAIN_STRING = re.compile(
    r'<si>(?:<t( xml:space="preserve"|)>([^<]*)</t>|<t ?/>)</si>\s*'
)
_INDEX = re.compile("[0-9]{1,6}")
_HEAD = re.compile(r"\s*<sst\b[^<>]*>\s*")
_LONGEST_SHEET_NAME = 255  # characters; Excel allows 31, and every finding repeats it
_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A line of the workbook's list of sheets."""

    name: str
    visible: bool
    relationship: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the workbook part says."""

    sheets: tuple[SheetEntry, ...]
    names: Mapping[str, DefinedName]
    date1904: bool


def workbook_contents(package: Package) -> Contents:
    """Read the workbook part.

    Raises:
        WorkbookError: the part is damaged or beyond the limits.
    """
    reader = _ContentsReader(package.limits)
    package.walk(package.main, reader.start, reader.end, reader.pieces.append)
    names: dict[str, DefinedName] = {}
    for attributes, target in reader.names:
        name = _defined_name(attributes, target, reader.sheets)
        if name is not None:
            key = f"{name.sheet}!{name.name}" if name.sheet else name.name
            names[key] = name
    return Contents(tuple(reader.sheets), names, reader.date1904)


class _ContentsReader:
    """The handlers for the workbook part."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.sheets: list[SheetEntry] = []
        self.names: list[tuple[Mapping[str, str], str]] = []
        self.date1904 = False
        self._limits = limits
        self._namespace: str | None = None
        self._attributes: Mapping[str, str] | None = None
        self.pieces: list[str] = []

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        namespace, _, local = element.rpartition(" ")
        if self._namespace is None:
            self._namespace = namespace
        # Extensions have a workbookPr of their own, without the date system.
        match local if namespace == self._namespace else "":
            case "sheet":
                self._add_sheet(attributes)
            case "definedName":
                self._attributes = attributes
                self.pieces.clear()
            case "workbookPr":
                self.date1904 = attributes.get("date1904", "") in _TRUE

    def _add_sheet(self, attributes: Mapping[str, str]) -> None:
        links = (v for k, v in attributes.items() if k.endswith("/relationships id"))
        visible = attributes.get("state", "visible") == "visible"
        name = unescape(attributes.get("name", ""))
        self.sheets.append(SheetEntry(name, visible, next(links, "")))
        if len(self.sheets) > self._limits.max_sheets:
            raise XmlError("too many sheets", too_large=True)
        if len(name) > _LONGEST_SHEET_NAME:
            raise XmlError("sheet name too long", too_large=True)

    def end(self, element: str) -> None:
        if self._attributes is not None and local_name(element) == "definedName":
            target = "".join(self.pieces)
            longest = max(map(len, (target, *self._attributes.values())))
            self.names.append((self._attributes, target))
            self._attributes = None
            if longest > self._limits.max_formula:
                raise XmlError("name too long", too_large=True)
            if len(self.names) > self._limits.max_names:
                raise XmlError("too many names", too_large=True)


def _defined_name(
    attributes: Mapping[str, str], target: str, sheets: list[SheetEntry]
) -> DefinedName | None:
    owner = attributes.get("localSheetId")
    name = unescape(attributes.get("name", ""))
    if owner is None:
        return DefinedName(name, None, target.strip())
    if not _INDEX.fullmatch(owner) or int(owner) >= len(sheets):
        return None
    return DefinedName(name, sheets[int(owner)].name, target.strip())


def shared_strings(package: Package, part: str) -> tuple[list[str], str]:
    """Read the shared strings; phonetic runs are left out.

    Returns:
        The strings, and a detail of the damage if the part is broken: what stands before the damage is good.

    Raises:
        WorkbookError: the part's bytes are damaged, it holds a DTD, or it is beyond the limits.
    """
    content = package.read(part)
    limits = package.limits
    with package.faults_of(part):
        if content.count(b"</si>") > limits.max_strings:
            raise XmlError("too many strings", too_large=True)
        plain = _plain_strings(content)
        strings, damage = (
            (plain, "") if plain else _parsed_strings(content, package.allowance)
        )
        if max(map(len, strings), default=0) > limits.max_text:
            raise XmlError("text too long", too_large=True)
    return [unescape(text) if "_x" in text else text for text in strings], damage


def _parsed_strings(content: bytes, allowance: Allowance) -> tuple[list[str], str]:
    """Read the shared strings up to the damage, if there is one."""
    reader = _StringsReader()
    handlers = (reader.start, reader.end, reader.pieces.append)
    damage = parse_up_to_damage(content, *handlers, allowance=allowance)
    return reader.strings, damage


def _plain_strings(content: bytes) -> list[str] | None:
    """Read the shared strings without a parser if each is one run of text, as nearly all are."""
    pieces = _PLAIN_STRING.split(plain_text(content, "sst") or "")
    is_framed = _HEAD.fullmatch(pieces[0]) and pieces[-1].strip() == "</sst>"
    if not is_framed or any(pieces[3:-1:3]):
        return None
    texts = zip(pieces[1::3], pieces[2::3], strict=True)
    try:
        return [text_of(text or "", keep) for keep, text in texts]
    except ValueError:
        return None


class _StringsReader:
    """The handlers for shared strings that are of several runs."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._runs: list[str] = []
        self.pieces: list[str] = []
        self._inside = self._phonetic = self._keep = False

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        match local_name(element):
            case "si":
                self._runs = []
            case "rPh":
                self._phonetic = True
            case "t" if not self._phonetic:
                self._inside = True
                self._keep = keeps_space(attributes)
                self.pieces.clear()

    def end(self, element: str) -> None:
        match local_name(element):
            case "si":
                self.strings.append("".join(self._runs))
            case "rPh":
                self._phonetic = False
            case "t" if self._inside:
                self._runs.append(trimmed("".join(self.pieces), self._keep))
                self._inside = False


def date_styles(package: Package, part: str) -> frozenset[str]:
    """Return the indexes, as written, of the cell styles that show a number as a date.

    Raises:
        WorkbookError: the part is damaged or beyond the limits.
    """
    content = package.read(part)
    with package.faults_of(part):
        return _date_styles(content, package.limits.max_elements)


@lru_cache(maxsize=16)
def _date_styles(content: bytes, max_elements: int) -> frozenset[str]:
    """The same of a part's content; plans of one template mostly share it to the byte."""
    custom: dict[str, str] = {}
    formats: list[str] = []
    inside = False

    def start(element: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside
        name = local_name(element)
        if inside and name == "xf":
            formats.append(attributes.get("numFmtId", "0"))
        elif name == "cellXfs":
            inside = True
        elif name == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def end(element: str) -> None:
        if local_name(element) == "cellXfs":
            raise Stop

    parse(content, start, end, allowance=Allowance(max_elements))
    dates = {number: is_date_format(code) for number, code in custom.items()}
    return frozenset(
        str(index)
        for index, number in enumerate(formats)
        if dates.get(number, number in _BUILT_IN_DATES)
    )


def custom_properties(package: Package, part: str) -> dict[str, str]:
    """Return the custom document properties as text, whatever their type.

    Raises:
        WorkbookError: the part is damaged or beyond the limits.
    """
    found: list[tuple[str, list[str]]] = []

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if local_name(element) == "property":
            found.append((attributes.get("name", ""), []))

    def text(piece: str) -> None:
        if found:
            found[-1][1].append(piece)

    package.walk(part, start, text=text)
    return {unescape(name): unescape("".join(pieces)).strip() for name, pieces in found}
