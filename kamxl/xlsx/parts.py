"""The small parts of a workbook: its list of sheets and names, shared strings, styles, custom properties."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kamxl.xlsx.book import CellStyle, DefinedName
from kamxl.xlsx.bounded_xml import (
    Allowance,
    Stop,
    XmlError,
    is_on,
    keeps_space,
    local_name,
    parse,
    parse_up_to_damage,
    plain_text,
    text_of,
    trimmed,
)
from kamxl.xlsx.formats import is_date_format
from kamxl.xlsx.package import Package
from kamxl.xlsx.source import ReadingLimits
from kamxl.xlsx.values import unescape

# ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in Far Eastern versions of Excel.
_BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?",
    "13": "# ??/??", "14": "mm-dd-yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "m/d/yy h:mm", "45": "mm:ss", "46": "[h]:mm:ss",
    "47": "mmss.0", "48": "##0.0E+0", "49": "@",
    **dict.fromkeys(map(str, [*range(27, 37), *range(50, 59)]), "yyyy/m/d"),
}  # fmt: skip
_PICTURES = {"_localImage", "_webimage"}
_COMMENTS = frozenset({"comments", "threadedComment"})
_TEXT_BOX = b"txBody>"
_MOST_STYLES = 65_490  # of a workbook in Excel
_PLAIN_STRING = re.compile(
    r'<si>(?:<t( xml:space="preserve"|)>([^<]*)</t>|<t ?/>)</si>\s*'
)
_INDEX = re.compile("[0-9]{1,6}")
_HEAD = re.compile(r"\s*<sst\b[^<>]*>\s*")
_LONGEST_SHEET_NAME = 255  # characters; Excel allows 31, and every finding repeats it


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
                self.date1904 = is_on(attributes, "date1904", "0")

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


class SharedStrings(NamedTuple):
    """The texts that cells share.

    Attributes:
        texts: in their order.
        damage: a detail of the damage if the part is broken; what stands before it is good.
        struck: the numbers, as cells write them, of texts that are struck through in part.
    """

    texts: Sequence[str] = ()
    damage: str = ""
    struck: frozenset[str] = frozenset()


def shared_strings(package: Package, part: str) -> SharedStrings:
    """Read the shared strings; phonetic runs are left out.

    Raises:
        WorkbookError: the part's bytes are damaged, it holds a DTD, or it is beyond the limits.
    """
    content = package.read(part)
    limits = package.limits
    with package.faults_of(part):
        if content.count(b"</si>") > limits.max_strings:
            raise XmlError("too many strings", too_large=True)
        plain = _plain_strings(content)
        found = (
            SharedStrings(plain)
            if plain
            else _parsed_strings(content, package.allowance)
        )
        if max(map(len, found.texts), default=0) > limits.max_text:
            raise XmlError("text too long", too_large=True)
    texts = [unescape(text) if "_x" in text else text for text in found.texts]
    return found._replace(texts=texts)


def _parsed_strings(content: bytes, allowance: Allowance) -> SharedStrings:
    """Read the shared strings up to the damage, if there is one."""
    reader = _StringsReader()
    handlers = (reader.start, reader.end, reader.pieces.append)
    damage = parse_up_to_damage(content, *handlers, allowance=allowance)
    return SharedStrings(reader.strings, damage, frozenset(reader.struck))


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
        self.struck: set[str] = set()
        self._runs: list[str] = []
        self.pieces: list[str] = []
        self._inside = self._phonetic = self._keep = False

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        match local_name(element):
            case "si":
                self._runs = []
            case "rPh":
                self._phonetic = True
            case "strike" if is_on(attributes):
                self.struck.add(str(len(self.strings)))
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


def cell_styles(package: Package, part: str) -> Mapping[str, CellStyle]:
    """Return the styles of cells by their indexes, as written.

    Raises:
        WorkbookError: the part is damaged or beyond the limits.
    """
    content = package.read(part)
    with package.faults_of(part):
        return _cell_styles(content, package.limits.max_elements)


@lru_cache(maxsize=16)
def _cell_styles(content: bytes, max_elements: int) -> Mapping[str, CellStyle]:
    """The same of a part's content; plans of one template mostly share it to the byte."""
    reader = _StylesReader()
    parse(content, reader.start, reader.end, allowance=Allowance(max_elements))
    codes = {**_BUILT_IN, **reader.codes}
    shown = (
        _style(codes.get(number, "General"), reader.struck.get(font, False))
        for number, font in reader.formats[:_MOST_STYLES]
    )
    return {str(index): style for index, style in enumerate(shown)}


@lru_cache(maxsize=1 << 10)
def _style(code: str, is_struck: bool) -> CellStyle:
    return CellStyle(code, is_date_format(code), is_struck)


class _StylesReader:
    """The handlers for number formats, fonts and the styles that refer to them."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.struck: dict[str, bool] = {}
        self.formats: list[tuple[str, str]] = []
        self._inside = ""
        self._fonts = -1

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        match local_name(element):
            case "fonts" | "cellXfs" as section:
                self._inside = section
            case "numFmt":
                number = attributes.get("numFmtId", "")
                self.codes[number] = attributes.get("formatCode", "")
            case "font" if self._inside == "fonts":
                self._fonts += 1
            case "strike" if self._inside == "fonts":
                self.struck[str(self._fonts)] = is_on(attributes)
            case "xf" if self._inside == "cellXfs":
                number = attributes.get("numFmtId", "0")
                self.formats.append((number, attributes.get("fontId", "0")))

    def end(self, element: str) -> None:
        section = local_name(element)
        if section == "cellXfs":
            raise Stop
        if section == self._inside:
            self._inside = ""


def holds_pictures(package: Package, part: str) -> bool:
    """Whether all rich values of the workbook are pictures that lie in a cell, none a linked data type or an error.

    Raises:
        WorkbookError: the part is damaged or beyond the limits.
    """
    found: set[str] = set()

    def start(element: str, attributes: Mapping[str, str]) -> None:
        if local_name(element) == "s":
            found.add(attributes.get("t", ""))

    package.walk(part, start)
    return bool(found) and found <= _PICTURES


def holds_notes(package: Package, part: str) -> bool:
    """Whether a sheet has comments or text boxes, which are told of, though nobody reads them.

    Raises:
        WorkbookError: one of the parts is damaged or beyond the limits.
    """
    links = package.relationships(part)
    if not _COMMENTS.isdisjoint(links):
        return True
    drawings = links.get("drawing", {}).values()
    return any(_TEXT_BOX in package.read(drawing) for drawing in drawings)


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
