"""A workbook that can be edited cell by cell: read with the standard library's XML parser, written as a file again.

Every cell keeps its `origin`, the sheet and place in which it was generated, wherever it is moved; so the eye knows
which printed label is which without asking any text. Names and merged ranges follow the cells as they do in Excel.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter, range_boundaries

Place = tuple[int, int]
Move = Callable[[int, int], Place | None]
Value = float | str | bool | None

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MERGES = re.compile(r"<mergeCells.*?</mergeCells>", re.DOTALL)
_NAMES = re.compile(r"<definedNames>.*</definedNames>", re.DOTALL)
_SHEETS = re.compile(r"<sheets>.*</sheets>", re.DOTALL)
_AREA = re.compile(r"'?((?:[^'!]|'')+)'?!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")
STRUCK = "struck"
FORMATS = {
    '#,##0" T€"': 1_000.0,
    '0.0,," Mio. €"': 1.0,
    '"$"#,##0.00': None,
    "0%": None,
    "[h]:mm": None,
    "0000000000": 1.0,
    "dd.mm.yyyy": None,
    "0.00": 1.0,
}
"""Number formats that somebody gives to an amount, and by how much what is seen then differs; `None`: to be told."""


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell: what is seen in it, its formula, its style, where it was generated."""

    value: Value
    formula: str | None = None
    style: str = "0"
    origin: tuple[str, int, int] | None = None


@dataclass
class Page:
    """A sheet; `key` is what it was called when it was generated, `owner` the plan that it comes from."""

    key: str
    name: str
    owner: str
    head: str
    tail: str
    cells: dict[Place, SeenCell]
    merged: list[tuple[int, int, int, int]]
    hidden_rows: set[int] = field(default_factory=set)
    state: str = "visible"
    changed: bool = False

    def copy(self) -> Page:
        """Another one with the same cells."""
        return replace(
            self,
            cells=dict(self.cells),
            merged=list(self.merged),
            hidden_rows=set(self.hidden_rows),
        )

    def put(self, place: Place, value: Value, formula: str | None = None) -> None:
        """Type something into a cell."""
        old = self.cells.get(place, SeenCell(None))
        self.cells[place] = replace(old, value=value, formula=formula)
        self.changed = True

    def covered(self) -> set[Place]:
        """The cells that lie under a merged range, its first one aside."""
        found: set[Place] = set()
        for top, left, bottom, right in self.merged:
            found |= {
                (row, column)
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
            } - {(top, left)}
        return found


@dataclass
class Name:
    """A defined name: its sheet (`None` where it leads nowhere any more) and corners."""

    name: str
    page: str | None
    area: tuple[int, int, int, int]
    local: str | None = None


@dataclass
class Plan:
    """A whole workbook."""

    owner: str
    parts: dict[str, bytes]
    pages: list[Page]
    names: list[Name]
    targets: dict[str, str]
    styles: dict[str, str]
    owed: list[tuple[str, int, int]] = field(default_factory=list)
    """Figures, by origin, that somebody replaced or deleted."""

    def copy(self) -> Plan:
        """One that may be edited."""
        pages = [page.copy() for page in self.pages]
        names = [replace(name) for name in self.names]
        return replace(self, pages=pages, names=names, owed=[])

    def page(self, name: str) -> Page:
        """The sheet of that name."""
        return next(page for page in self.pages if page.name == name)

    def moved(self, page: Page, move: Move) -> None:
        """Every cell, range and name of a sheet goes where `move` says."""
        page.cells = {
            new: cell
            for place, cell in page.cells.items()
            if (new := move(*place)) is not None
        }
        page.merged = list(filter(None, (_area(one, move) for one in page.merged)))
        page.hidden_rows = {
            new[0] for row in page.hidden_rows if (new := move(row, 2)) is not None
        }
        page.changed = True
        for name in self.names:
            if name.page == page.name:
                area = _area(name.area, move)
                name.page, name.area = (page.name, area) if area else (None, name.area)

    def cut(self, page: Page, source: Iterable[Place], down: int, right: int) -> None:
        """Cut cells and paste them elsewhere on the sheet; what stood there is gone."""
        places = set(source)
        target = {(row + down, column + right) for row, column in places}

        def move(row: int, column: int) -> Place | None:
            if (row, column) in places:
                return row + down, column + right
            return None if (row, column) in target else (row, column)

        whole = [one for one in page.merged if _corners(one) <= places]
        kept = [one for one in page.merged if one not in whole]
        names = [name for name in self.names if name.page == page.name]
        areas = {
            id(name): name.area for name in names if not _corners(name.area) <= places
        }
        self.moved(page, move)
        page.merged = [
            *kept, *((t + down, left + right, b + down, r + right) for t, left, b, r in whole)
        ]  # fmt: skip
        for name in names:
            area = areas.get(id(name))
            if area is not None and not _corners(area) <= target:
                name.page, name.area = page.name, area

    def rename(self, page: Page, new: str) -> None:
        """Give a sheet another name."""
        for name in self.names:
            name.page = new if name.page == page.name else name.page
            name.local = new if name.local == page.name else name.local
        page.name, page.changed = new, True

    def remove(self, page: Page) -> None:
        """Delete a sheet."""
        self.pages.remove(page)
        self.names = [name for name in self.names if name.local != page.name]
        for name in self.names:
            name.page = None if name.page == page.name else name.page

    def write(self, path: Path, *, only_changed: bool) -> None:
        """Write the file, all of it or only the sheets that were changed."""
        pages = [page for page in self.pages if page.changed or not only_changed]
        parts = {
            name: data
            for name, data in self.parts.items()
            if not name.startswith("xl/worksheets/")
        }
        book = parts["xl/workbook.xml"].decode()
        listed = "".join(
            f'<sheet xmlns:r="{_LINK[1:-3]}" name={quoteattr(page.name)} sheetId="{number}" '
            f'state="{page.state}" r:id="rM{number}"/>'
            for number, page in enumerate(pages, 1)
        )
        book = _SHEETS.sub(lambda _: f"<sheets>{listed}</sheets>", book)
        book = _NAMES.sub(lambda _: self._named(pages), book)
        parts["xl/workbook.xml"] = book.encode()
        links = parts["xl/_rels/workbook.xml.rels"].decode()
        links = re.sub(r"<Relationship [^>]*/worksheet\"[^>]*/>", "", links)
        sheets = "".join(
            f'<Relationship Type="{_LINK[1:-3]}/worksheet" Target="/xl/worksheets/m{number}.xml" Id="rM{number}"/>'
            for number in range(1, len(pages) + 1)
        )
        links = links.replace("</Relationships>", f"{sheets}</Relationships>")
        parts["xl/_rels/workbook.xml.rels"] = links.encode()
        types = parts["[Content_Types].xml"].decode()
        types = re.sub(r"<Override [^>]*/xl/worksheets/[^>]*/>", "", types)
        types = types.replace(
            "</Types>",
            "".join(
                f'<Override PartName="/xl/worksheets/m{number}.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
                for number in range(1, len(pages) + 1)
            )
            + "</Types>",
        )
        parts["[Content_Types].xml"] = types.encode()
        with zipfile.ZipFile(path, "w") as package:
            for name, data in parts.items():
                package.writestr(name, data)
            for number, page in enumerate(pages, 1):
                package.writestr(f"xl/worksheets/m{number}.xml", _sheet_xml(page))

    def _named(self, pages: list[Page]) -> str:
        """The defined names as the workbook lists them."""
        places = {page.name: number for number, page in enumerate(pages)}
        listed = []
        for name in self.names:
            if name.local is not None and name.local not in places:
                continue
            local = f' localSheetId="{places[name.local]}"' if name.local else ""
            quoted = (name.page or "").replace("'", "''")
            target = f"'{quoted}'!{_absolute(name.area)}" if name.page else "#REF!"
            listed.append(
                f'<definedName name="{name.name}"{local}>{escape(target)}</definedName>'
            )
        return f"<definedNames>{''.join(listed)}</definedNames>"


def _area(area: tuple[int, int, int, int], move: Move) -> tuple[int, int, int, int] | None:  # fmt: skip
    """What is left of an area after its rows and columns moved."""
    top, left, bottom, right = area
    edges = [(row, column) for row in range(top, bottom + 1) for column in {left, right}]  # fmt: skip
    edges += [(top, column) for column in range(left, right + 1)]
    found = [new for one in edges if (new := move(*one)) is not None]
    if not found:
        return None
    rows, columns = [row for row, _ in found], [column for _, column in found]
    return min(rows), min(columns), max(rows), max(columns)


def _corners(area: tuple[int, int, int, int]) -> set[Place]:
    top, left, bottom, right = area
    return {(top, left), (bottom, right)}


def _absolute(area: tuple[int, int, int, int]) -> str:
    top, left, bottom, right = area
    first = f"${get_column_letter(left)}${top}"
    last = f"${get_column_letter(right)}${bottom}"
    return first if first == last else f"{first}:{last}"


def _sheet_xml(page: Page) -> str:
    rows: dict[int, list[tuple[int, SeenCell]]] = {}
    for (row, column), cell in sorted(page.cells.items()):
        rows.setdefault(row, []).append((column, cell))
    lines = []
    for row, cells in rows.items():
        hidden = ' hidden="1"' if row in page.hidden_rows else ""
        text = "".join(_cell_xml(row, column, cell) for column, cell in cells)
        lines.append(f'<row r="{row}"{hidden}>{text}</row>')
    merged = "".join(
        f'<mergeCell ref="{_absolute(one).replace("$", "")}"/>' for one in page.merged
    )
    merged = f"<mergeCells>{merged}</mergeCells>" if merged else ""
    return f"{page.head}{''.join(lines)}</sheetData>{merged}</worksheet>"


def _cell_xml(row: int, column: int, cell: SeenCell) -> str:
    where = f'<c r="{get_column_letter(column)}{row}" s="{cell.style}"'
    formula = "" if cell.formula is None else f"<f>{escape(cell.formula)}</f>"
    value = cell.value
    if value is None:
        return f"{where}>{formula}</c>" if formula else f"{where}/>"
    if isinstance(value, bool):
        return f'{where} t="b">{formula}<v>{value:d}</v></c>'
    if isinstance(value, float):
        return f"{where}>{formula}<v>{value!r}</v></c>"
    if formula:
        return f'{where} t="str">{formula}<v>{escape(value)}</v></c>'
    text = f'<t xml:space="preserve">{escape(value)}</t>'
    return f'{where} t="inlineStr"><is>{text}</is></c>'


def load(owner: str, data: Path) -> Plan:
    """The workbook in a file."""
    with zipfile.ZipFile(data) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    styles = _with_styles(parts)
    texts = [
        "".join(text.text or "" for text in item.iter(f"{_MAIN}t"))
        for item in ET.fromstring(parts["xl/sharedStrings.xml"])  # noqa: S314 - our own file
    ]
    book = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314
    links = ET.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
    targets = {
        link.attrib["Id"]: "xl/" + link.attrib["Target"].removeprefix("/").removeprefix("xl/")
        for link in links
    }  # fmt: skip
    pages = []
    for sheet in book.iter(f"{_MAIN}sheet"):
        name, part = sheet.attrib["name"], targets[sheet.attrib[_LINK]]
        state = sheet.attrib.get("state", "visible")
        pages.append(_page(owner, name, state, parts[part].decode(), texts))
    names = []
    for one in book.iter(f"{_MAIN}definedName"):
        match = _AREA.fullmatch(one.text or "")
        if match and "localSheetId" not in one.attrib:
            left, top, right, bottom = range_boundaries(match[2].replace("$", ""))
            page = match[1].replace("''", "'")
            names.append(Name(one.attrib["name"], page, (top, left, bottom, right)))
    return Plan(owner, parts, pages, names, targets, styles)


def _page(owner: str, name: str, state: str, xml: str, texts: list[str]) -> Page:
    root = ET.fromstring(xml)  # noqa: S314
    cells: dict[Place, SeenCell] = {}
    hidden = set()
    for row in root.iter(f"{_MAIN}row"):
        number = int(row.attrib["r"])
        if row.attrib.get("hidden") == "1":
            hidden.add(number)
        for one in row:
            column, _, _, _ = range_boundaries(one.attrib["r"])
            formula = one.findtext(f"{_MAIN}f")
            value = _value(one, texts)
            if formula is not None and isinstance(value, float):
                value = None  # as a program leaves it that calculates nothing
            style = one.attrib.get("s", "0")
            place = (number, column)
            cells[place] = SeenCell(value, formula, style, (name, *place))
    merged = []
    for one in root.iter(f"{_MAIN}mergeCell"):
        left, top, right, bottom = range_boundaries(one.attrib["ref"])
        merged.append((top, left, bottom, right))
    head, _, rest = xml.partition("<sheetData>")
    tail = rest.partition("</sheetData>")[2]
    return Page(name, name, owner, f"{head}<sheetData>", tail, cells, merged, hidden, state)  # fmt: skip


def _value(cell: ET.Element, texts: list[str]) -> Value:
    kind, raw = cell.attrib.get("t", "n"), cell.findtext(f"{_MAIN}v")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    if raw is None or raw == "":
        return None
    if kind == "s":
        return texts[int(raw)]
    if kind == "b":
        return raw == "1"
    return float(raw) if kind == "n" else raw


def _with_styles(parts: dict[str, bytes]) -> dict[str, str]:
    """Add one style for each format and one that strikes through; style number by format."""
    xml = parts["xl/styles.xml"].decode()
    found: dict[str, str] = {}
    formats, styles = [], []
    count = int(re.search(r'<cellXfs count="(\d+)"', xml)[1])  # type: ignore[index]
    fonts = int(re.search(r'<fonts count="(\d+)"', xml)[1])  # type: ignore[index]
    for number, code in enumerate(FORMATS):
        formats.append(f'<numFmt numFmtId="{900 + number}" formatCode={quoteattr(code)}/>')  # fmt: skip
        styles.append(f'<xf numFmtId="{900 + number}" applyNumberFormat="1"/>')
        found[code] = str(count + number)
    styles.append(f'<xf numFmtId="0" fontId="{fonts}" applyFont="1"/>')
    found[STRUCK] = str(count + len(FORMATS))
    if "</numFmts>" not in xml:
        xml = xml.replace("<fonts", "<numFmts></numFmts><fonts", 1)
    xml = xml.replace("</numFmts>", "".join(formats) + "</numFmts>")
    xml = xml.replace("</cellXfs>", "".join(styles) + "</cellXfs>")
    struck = '<font><strike/><sz val="10"/><name val="Calibri"/></font>'
    xml = xml.replace("</fonts>", f"{struck}</fonts>")
    xml = re.sub(r'(<(?:fonts|cellXfs|numFmts)) count="\d+"', r"\1", xml)
    parts["xl/styles.xml"] = xml.encode()
    return found


@cache
def column(number: int) -> str:
    """The letters of a column."""
    return get_column_letter(number)
