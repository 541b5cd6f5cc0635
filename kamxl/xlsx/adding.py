"""A sheet added in front of a workbook's own, which stay as they are to the last byte.

Only what lists the sheets is edited: the workbook part, its relationships and the content types. So comments, pictures,
colours and everything else that a person put into a file survive, which no library that loads and saves it can promise.
The sheet that was shown first on opening still is::

    package = Package(path, path.read_bytes(), ReadingLimits())
    data = with_front_sheet(package, "Prüfung", sheet_xml)

The new sheet wears styles that the workbook has already (`named_styles`), since adding some would change its styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePosixPath
from xml.sax.saxutils import quoteattr

from kamxl.xlsx.bounded_xml import local_name
from kamxl.xlsx.package import Package
from kamxl.xlsx.parts import workbook_contents

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEETS_OF_TODAY = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_SHEETS = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_SHEET_TYPE = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
)
_TYPES = "[Content_Types].xml"
_SHEETS = re.compile(r"<((?:\w+:)?)sheets\b[^>]*>")
_SHEET_ID = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bsheetId="(\d+)"')
_VIEW = re.compile(r"<(?:\w+:)?workbookView\b[^>]*?/?>")
_LOCAL = re.compile(r'(\blocalSheetId=")(\d+)(")')
_TAB = re.compile(r'(\b(?:activeTab|firstSheet)=")(\d+)(")')


def with_front_sheet(
    package: Package, name: str, sheet: str, replaced: str = ""
) -> bytes:
    """The workbook with one more sheet before all others.

    Args:
        package: the workbook's file.
        name: the sheet's name; a number is added where another sheet is called so.
        sheet: the sheet's XML, of the transitional kind.
        replaced: the name of a sheet that was added before and gets the new content instead.

    Returns:
        The new file; every part but the list of sheets is the same.

    Raises:
        ValueError: the list of sheets is not as ECMA-376 has it.
        WorkbookError: a part is damaged or beyond the limits.
    """
    parts = _sheet_parts(package)
    links, listed = package.links_part(package.main), _text(package, package.main)
    strict = _STRICT_SHEETS in listed
    if strict:
        sheet = sheet.replace(_SHEETS_OF_TODAY, _STRICT_SHEETS)
    if parts.get(replaced):
        return package.repacked({parts[replaced]: sheet})
    part, linked = _free_part(package), _text(package, links)
    entry = _Entry(
        _free_name(name, parts), _free_link(linked), _STRICT if strict else _OFFICE
    )
    edited = {
        package.main: _listed(listed, entry),
        links: _linked(linked, entry, f"/{part}"),
        _TYPES: _typed(_text(package, _TYPES), f"/{part}"),
    }
    return package.repacked({**edited, part: sheet})


def named_styles(package: Package) -> Mapping[str, int]:
    """The first cell format of a workbook that wears each named style, by the style's name.

    Raises:
        WorkbookError: the part with the styles is damaged or beyond the limits.
    """
    found = package.relationships(package.main).get("styles", {})
    reader = _StylesReader()
    for part in filter(package.__contains__, found.values()):
        package.walk(part, reader.start, reader.end)
    return {reader.names.get(style, ""): at for style, at in reader.worn.items()}


class _StylesReader:
    """The handlers for cell formats and the named styles that they wear."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.worn: dict[str, int] = {}
        self._inside = False
        self._formats = 0

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        match local_name(element):
            case "cellXfs":
                self._inside = True
            case "xf" if self._inside:
                self.worn.setdefault(attributes.get("xfId", ""), self._formats)
                self._formats += 1
            case "cellStyle":
                style = attributes.get("xfId", "")
                self.names[style] = attributes.get("name", "")

    def end(self, element: str) -> None:
        if local_name(element) == "cellXfs":
            self._inside = False


@dataclass(frozen=True)
class _Entry:
    """A sheet in the list of sheets: its name, its relationship, and what relationships are called in the file."""

    name: str
    link: str
    office: str


def _text(package: Package, part: str) -> str:
    return package.read(part).decode("utf-8-sig")


def _sheet_parts(package: Package) -> Mapping[str, str]:
    """The part of each sheet by the sheet's name; none for a chart or a sheet that is missing."""
    worksheets = package.relationships(package.main).get("worksheet", {})
    listed = workbook_contents(package).sheets
    return {entry.name: worksheets.get(entry.relationship, "") for entry in listed}


def _free_name(name: str, taken: Iterable[str]) -> str:
    """The name, numbered where a sheet is called so already."""
    known = {other.casefold() for other in taken}
    numbered = (f"{name} ({number})" for number in count(2))
    return next(
        each for each in chain([name], numbered) if each.casefold() not in known
    )


def _free_part(package: Package) -> str:
    folder = PurePosixPath(package.main).parent / "worksheets"
    names = (str(folder / f"sheet{number}.xml") for number in count(1))
    return next(name for name in names if name not in package)


def _free_link(linked: str) -> str:
    names = (f"rIdFront{number}" for number in count(1))
    return next(name for name in names if f'"{name}"' not in linked)


def _listed(xml: str, entry: _Entry) -> str:
    """The workbook part with the sheet before all others; what counts sheets by their place counts on."""
    sheets = _SHEETS.search(xml)
    if sheets is None:
        raise ValueError("the workbook lists no sheets")
    number = max(map(int, _SHEET_ID.findall(xml)), default=0) + 1
    prefix = sheets[1]
    written = (
        f'<{prefix}sheet xmlns:front="{entry.office}" name={quoteattr(entry.name)}'
        f' sheetId="{number}" front:id="{entry.link}"/>'
    )
    head, rest = xml[: sheets.start()], xml[sheets.end() :]
    shown = f"{_shown(head, prefix)}{sheets[0]}{written}"
    return shown + _LOCAL.sub(_next, rest)


def _shown(head: str, prefix: str) -> str:
    """What stands before the list of sheets, showing the same sheet as before."""
    view = _VIEW.search(head)
    if view is None:
        return f'{head}<{prefix}bookViews><{prefix}workbookView activeTab="1"/></{prefix}bookViews>'
    counted = _TAB.sub(_next, view[0])
    if "activeTab=" not in counted:
        counted = re.sub(r"\s*(/?>)$", r' activeTab="1"\1', counted)
    return f"{head[: view.start()]}{counted}{head[view.end() :]}"


def _next(number: re.Match[str]) -> str:
    return f"{number[1]}{int(number[2]) + 1}{number[3]}"


def _linked(xml: str, entry: _Entry, target: str) -> str:
    kind = f"{entry.office}/worksheet"
    written = f'Relationship Id="{entry.link}" Type="{kind}" Target="{target}"/>'
    return _before_end(xml, "Relationships", written)


def _typed(xml: str, part: str) -> str:
    entry = f'Override PartName="{part}" ContentType="{_SHEET_TYPE}"/>'
    return _before_end(xml, "Types", entry)


def _before_end(xml: str, tag: str, entry: str) -> str:
    """An element put in last; the root may have a prefix, or nothing in it yet."""
    end = re.search(rf"<((?:\w+:)?){tag}\b([^>]*)/>\s*$|</((?:\w+:)?){tag}>\s*$", xml)
    if end is None:
        raise ValueError(f"{tag} has no end")
    if end[3] is not None:
        return f"{xml[: end.start()]}<{end[3]}{entry}{xml[end.start() :]}"
    prefix, attributes = end[1], end[2]
    opened = f"<{prefix}{tag}{attributes}><{prefix}{entry}</{prefix}{tag}>"
    return xml[: end.start()] + opened
