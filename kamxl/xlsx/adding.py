"""A sheet added in front of a workbook's own, which stay as they are to the last byte.

Only what lists the sheets is edited: the workbook part, its relationships and the content types. So comments, pictures,
colours and everything else that a person put into a file survive, which no library that loads and saves it can promise.
The sheet that was shown first on opening still is::

    data = with_front_sheet(path.read_bytes(), "Prüfung", sheet_xml)

The new sheet wears styles that the workbook has already (`style_numbers`), since adding some would change its styles.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEETS_OF_TODAY = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_SHEETS = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_SHEET_TYPE = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
)
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_SHEETS = re.compile(r"<((?:\w+:)?)sheets\b[^>]*>")
_SHEET_ID = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bsheetId="(\d+)"')
_VIEW = re.compile(r"<(?:\w+:)?workbookView\b[^>]*?/?>")
_LOCAL = re.compile(r'(\blocalSheetId=")(\d+)(")')
_TAB = re.compile(r'(\b(?:activeTab|firstSheet)=")(\d+)(")')


def with_front_sheet(data: bytes, name: str, sheet: str, replaced: str = "") -> bytes:
    """The workbook with one more sheet before all others.

    Args:
        data: an .xlsx or .xlsm file that kamxl has read.
        name: the sheet's name; a number is added where another sheet is called so.
        sheet: the sheet's XML, of the transitional kind.
        replaced: the name of a sheet that was added before and gets the new content instead.

    Returns:
        The new file; every part but the list of sheets is the same.

    Raises:
        ValueError: the list of sheets is not as ECMA-376 has it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        book = _main_part(source)
        listed, relations = source.read(book), _relations_of(book)
        strict = _STRICT_SHEETS in listed
        if strict:
            sheet = sheet.replace(_SHEETS_OF_TODAY, _STRICT_SHEETS.decode())
        parts = _sheet_parts(listed, source.read(relations), book)
        if replaced in parts:
            return _repacked(source, {parts[replaced]: lambda _: sheet}, {})
        part = _free_part(source, book)
        office = _STRICT if strict else _OFFICE
        link = _free_link(source.read(relations).decode())
        entry = _Entry(_free_name(name, parts), link, office)
        edits: Mapping[str, Callable[[str], str]] = {
            book: lambda xml: _listed(xml, entry),
            relations: lambda xml: _linked(xml, link, office, f"/{part}"),
            _TYPES: lambda xml: _typed(xml, f"/{part}"),
        }
        return _repacked(source, edits, {part: sheet})


def style_numbers(data: bytes) -> dict[str, int]:
    """The first cell format of a workbook that wears each named style, by the style's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        book = _main_part(source)
        targets = _targets(source.read(_relations_of(book)), book)
        part = next((part for kind, part in targets.values() if kind == "styles"), "")
        if part not in source.namelist():
            return {}
        root = _tree(source.read(part))
    tag = root.tag.partition("}")[0] + "}"
    styles = root.iter(f"{tag}cellStyle")
    names = {style.get("xfId"): style.get("name", "") for style in styles}
    formats = root.find(f"{tag}cellXfs")
    worn: dict[str, int] = {}
    for number, look in enumerate(formats if formats is not None else ()):
        worn.setdefault(names.get(look.get("xfId"), ""), number)
    return worn


@dataclass(frozen=True)
class _Entry:
    """A sheet in the list of sheets: its name, its relationship, and what relationships are called in the file."""

    name: str
    link: str
    office: str


def _tree(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - the file was read before, within bounds and without entities


def _targets(relations: bytes, book: str) -> dict[str, tuple[str, str]]:
    """The kind and the part of each relationship."""
    folder = PurePosixPath(book).parent
    found = {}
    for relation in _tree(relations):
        target = relation.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else str(folder / target)
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = kind, part
    return found


def _sheet_parts(listed: bytes, relations: bytes, book: str) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    targets, found = _targets(relations, book), {}
    for element in _tree(listed).iter():
        if element.tag.endswith("}sheet"):
            links = (value for key, value in element.items() if key.endswith("}id"))
            _, part = targets.get(next(links, ""), ("", ""))
            found[element.get("name", "")] = part
    return found


def _free_name(name: str, taken: Iterable[str]) -> str:
    """The name, numbered where a sheet is called so already."""
    known = {other.casefold() for other in taken}
    numbered = (f"{name} ({number})" for number in count(2))
    return next(
        each for each in chain([name], numbered) if each.casefold() not in known
    )


def _main_part(source: zipfile.ZipFile) -> str:
    """The name of the part that lists the sheets."""
    for relation in _tree(source.read(_RELATIONS)):
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    raise ValueError("no workbook in the package")


def _relations_of(part: str) -> str:
    """The name of the part with another part's relationships."""
    place = PurePosixPath(part)
    return str(place.parent / "_rels" / f"{place.name}.rels")


def _repacked(
    source: zipfile.ZipFile,
    edits: Mapping[str, Callable[[str], str]],
    added: Mapping[str, str],
) -> bytes:
    """All parts in their order, some of them edited, and more behind them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            edit = edits.get(entry.filename)
            if edit is not None:
                content = edit(content.decode("utf-8-sig")).encode()
            target.writestr(entry, content)
        for part, text in added.items():
            target.writestr(part, text)
    return packed.getvalue()


def _free_part(source: zipfile.ZipFile, book: str) -> str:
    folder = PurePosixPath(book).parent / "worksheets"
    taken = {name.lower() for name in source.namelist()}
    numbers = range(1, len(taken) + 2)
    names = (str(folder / f"sheet{number}.xml") for number in numbers)
    return next(name for name in names if name.lower() not in taken)


def _free_link(relations: str) -> str:
    numbers = range(1, relations.count("<") + 2)
    links = (f"rIdFront{number}" for number in numbers)
    return next(link for link in links if f'"{link}"' not in relations)


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


def _linked(xml: str, link: str, office: str, target: str) -> str:
    entry = f'Relationship Id="{link}" Type="{office}/worksheet" Target="{target}"/>'
    return _before_end(xml, "Relationships", entry)


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
