"""Pouring entries into a drawn workbook, at the level of its XML.

Drawing a plan takes about 0.6 s; a company has hundreds of accounts that differ in a few dozen cells. A
`Template` splits the sheets of one drawn workbook at the cells that may change and puts the pieces together
again with the values of an account, copying everything else: about 10 ms a plan.

Formulas get the value that `kamxl.document.figures` works out, so that Protected View and previews show figures
before Excel has calculated; a formula without one keeps no value, which is better than a stale one.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from kamxl.document.drawing.shaping import ShownText, reshaped, shaped, without_orphans
from kamxl.document.extract import Identity
from kamxl.document.formulas import names_shown
from kamxl.document.identity import identity_rows, properties
from kamxl.document.keys import IDENTITY_SHEET, LISTS_SHEET
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import Layout
from kamxl.document.marks import mark_of, mark_places
from kamxl.document.vocabulary import Choice, Kind
from kamxl.texts import Text
from kamxl.xlsx.book import address
from kamxl.xlsx.bounded_xml import resolve_references
from kamxl.xlsx.charts import cells_behind, with_caches
from kamxl.xlsx.mend import TEXTS
from kamxl.xlsx.writing import Content, cell_xml, text_xml

_Place = tuple[str, str]  # sheet and cell

_CELL = re.compile(
    r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL
)
_FORMULA = re.compile(r"<f>.*?</f>|<f [^>]*>.*?</f>", re.DOTALL)
# A cell that repeats another one: the company in the title, product groups in every table.
_ECHO = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"[^>]*><f>IF\((?P<ref>(?:(?P<sheet>[^=()]+)!)?\$?(?P<column>[A-Z]+)\$?(?P<row>\d+))'
    r'="","",(?P=ref)\)</f>'
)
# And one that names somebody where nobody of that name stands in a column: our people on the hidden sheet.
_OTHER = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"[^>]*><f>IF\(COUNTIFS\(\$(?P<column>[A-Z]+)\$(?P<first>\d+):\$[A-Z]+\$(?P<last>\d+),'
    r'"(?P<name>(?:[^"]|"")*)"\)=0,"(?P=name)",""\)</f>'
)
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_RELATIONSHIP = re.compile(r"<Relationship [^>]*>")
_TEXT = re.compile(r"<si><t[^>]*>(.*?)</t></si>", re.DOTALL)
_SHARED = re.compile(r't="s"><v>(\d+)</v>')
_CUSTOM = "docProps/custom.xml"
_CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date in a cell made for something else, as Excel makes of a typed 2/6: the format changes with the value."""

    day: dt.date
    style: str


class _Slot(NamedTuple):
    """A cell that may change: where it is, its style and formula, and all of it as drawn."""

    reference: str
    style: str
    formula: str
    drawn: str

    def filled(self, value: Any, language: str) -> str:
        """The cell with a value, which is the result of its formula if it has one."""
        style = value.style if isinstance(value, _Dated) else self.style
        content = value.day if isinstance(value, _Dated) else _content(value, language)
        return cell_xml(self.reference, content, style, self.formula)


def _slot(cell: re.Match[str]) -> _Slot:
    formula = _FORMULA.search(cell[3] or "")
    return _Slot(cell[1], cell[2] or "", formula[0] if formula else "", cell[0])


class _Other(NamedTuple):
    """A cell that shows a name unless one of the cells above shows it."""

    cell: str
    name: str
    above: Sequence[str]


class _SheetSlots:
    """A sheet's XML, split at the cells that may change."""

    def __init__(self, xml: str, cells: set[str]) -> None:
        self.pieces: list[str] = []
        self.slots: list[_Slot] = []
        position = 0
        for match in _CELL.finditer(xml):
            if match[1] in cells:
                self.pieces.append(xml[position : match.start()])
                self.slots.append(_slot(match))
                position = match.end()
        self.tail = xml[position:]

    def render(self, values: Mapping[str, Any], language: str) -> str:
        """The sheet with these values by cell; other cells keep what they have."""
        cells = (
            slot.filled(values[slot.reference], language)
            if slot.reference in values
            else slot.drawn
            for slot in self.slots
        )
        drawn = zip(self.pieces, cells, strict=True)
        return "".join(chain.from_iterable(drawn)) + self.tail


def _content(value: Any, language: str) -> Content:
    """What an entry shows in its cell."""
    if isinstance(value, Choice):
        value = value.label
    shown: Content = value[language] if isinstance(value, Text) else value
    return shown


class Template:
    """A drawn workbook into which the entries of one account after the other are poured."""

    def __init__(self, data: bytes, layout: Layout, settings: str) -> None:
        self.layout = layout
        self._settings = settings
        self._sheets = {s.name: without_orphans(s) for s in layout.sheets}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._part_of = self._sheet_parts()
        echoes = chain.from_iterable(map(self._echoes_on, self._part_of))
        self._echoes = [*echoes, *self._gathered()]
        self._others = list(self._other_people())
        places = mark_places(layout).items()
        self._marks = {name: address(*place) for name, place in places}
        self._names = dict(self._name_cells())
        self._charts = {
            name: part.decode()
            for name, part in self._parts.items()
            if name.startswith("xl/charts/chart")
        }
        cells: dict[str, set[str]] = {sheet.name: set() for sheet in layout.sheets}
        for name, cell in self._changing():
            cells.setdefault(name, set()).add(cell)
        self._slots = {
            name: self._split(name, wanted) for name, wanted in cells.items()
        }
        self._drawn = self._drawn_texts()
        wanted = {f"B{row}" for row in range(1, 60)}
        self._identity = self._split(IDENTITY_SHEET, wanted)

    def _split(self, sheet: str, cells: set[str]) -> _SheetSlots:
        return _SheetSlots(self._parts[self._part_of[sheet]].decode(), cells)

    def _changing(self) -> Iterator[_Place]:
        """The cells that differ from account to account, or that a chart draws."""
        for sheet, spot in self.layout.spots.values():
            yield sheet.name, address(spot.row, spot.column)
        yield from (place for place, _ in self._echoes)
        yield from ((LISTS_SHEET, other.cell) for other in self._others)
        yield from self._marks.items()
        yield from self._names.values()
        for name, row, column in chain.from_iterable(
            map(cells_behind, self._charts.values())
        ):
            yield name, address(row, column)

    def _sheet_parts(self) -> dict[str, str]:
        """Which part of the package holds each sheet."""
        targets = {}
        for tag in _RELATIONSHIP.findall(
            self._parts["xl/_rels/workbook.xml.rels"].decode()
        ):
            identifier = re.search(r'Id="([^"]*)"', tag)
            target = re.search(r'Target="([^"]*)"', tag)
            if identifier and target:
                path = target[1]
                targets[identifier[1]] = (
                    path.lstrip("/") if path.startswith("/") else f"xl/{path}"
                )
        sheets = _SHEET.findall(self._parts["xl/workbook.xml"].decode())
        return {
            resolve_references(name): targets[identifier] for name, identifier in sheets
        }

    def _drawn_texts(self) -> dict[_Place, str]:
        """The texts that stand in those cells as drawn."""
        texts = _TEXT.findall(self._parts[TEXTS].decode())
        return {
            (name, slot.reference): resolve_references(texts[int(found[1])])
            for name, sheet in self._slots.items()
            for slot in sheet.slots
            if (found := _SHARED.search(slot.drawn))
        }

    def _echoes_on(self, sheet: str) -> Iterator[tuple[_Place, _Place]]:
        """The cells of a sheet that repeat another cell, with that cell."""
        for found in _ECHO.finditer(self._parts[self._part_of[sheet]].decode()):
            named = found["sheet"]
            source = (
                resolve_references(named).strip("'").replace("''", "'")
                if named
                else sheet
            )
            yield (sheet, found["cell"]), (source, found["column"] + found["row"])

    def _gathered(self) -> Iterator[tuple[_Place, _Place]]:
        """The cells of the hidden sheet in which rows stand once more by their place, with the cells of the rows."""
        for pattern, spot in self.layout.spec.gathered.items():
            for index in range(spot.table.count):
                sheet, own = self.layout.spots[pattern.at(index)]
                there = LISTS_SHEET, address(spot.first + index, spot.column)
                yield there, (sheet.name, address(own.row, own.column))

    def _other_people(self) -> Iterator[_Other]:
        """The cells of the hidden sheet that name somebody of our people where the cells above do not."""
        for found in _OTHER.finditer(self._parts[self._part_of[LISTS_SHEET]].decode()):
            name = resolve_references(found["name"]).replace('""', '"')
            rows = range(int(found["first"]), int(found["last"]) + 1)
            yield _Other(found["cell"], name, [f"{found['column']}{r}" for r in rows])

    def _name_cells(self) -> Iterator[tuple[str, _Place]]:
        """The cells in which rows show the names of another table, by the path of the row."""
        for sheet in self.layout.sheets:
            for block in sheet.blocks:
                if isinstance(block, TableBlock) and block.label_column:
                    pattern, column = block.section.pattern, block.label_column
                    for index in range(block.section.count):
                        cell = address(block.first_row + index, column)
                        yield f"{pattern}[{index}]", (sheet.name, cell)

    def fill(
        self, values: Mapping[str, Any], figures: Mapping[str, Any], identity: Identity
    ) -> bytes:
        """The workbook of one account.

        Args:
            values: entries by path (`Choice` members are written as labels of the workbook's language).
            figures: what the formulas will give, by path, as shown in the cell; none where nobody has worked
                them out.
            identity: what the workbook says about itself.

        Raises:
            KeyError: a path that the layout has no cell for.
            ValueError: an entry that no cell can hold: no finite number, or a text of more than 32,767 characters.
        """
        changed = {
            self._part_of[IDENTITY_SHEET]: self._identified(identity),
            _CUSTOM: self._custom(identity),
            _CORE: self._core(identity),
        }
        by_sheet = self._cells(values, figures, mark_of(identity))
        entries = self._entries(values)
        for name, cells in by_sheet.items():
            xml = self._slots[name].render(cells, self.layout.language)
            if drawn := self._sheets.get(name):  # the lists are no sheet of the layout
                wanted = shaped(drawn, entries[name], self.layout.language)
                xml = reshaped(xml, drawn, wanted)
            changed[self._part_of[name]] = xml.encode()
        for name, xml in self._charts.items():
            changed[name] = self._with_figures(xml, by_sheet).encode()
        return self._packed(changed)

    def _identified(self, identity: Identity) -> bytes:
        """The sheet of what the workbook says about itself."""
        lines = enumerate(identity_rows(identity, self._settings), 1)
        values = {f"B{row}": value for row, (_, value) in lines}
        return self._identity.render(values, self.layout.language).encode()

    def _cells(
        self, values: Mapping[str, Any], figures: Mapping[str, Any], mark: str
    ) -> Mapping[str, dict[str, Any]]:
        """What the cells of each sheet show, the mark of its plan among them."""
        marks = {name: {cell: mark} for name, cell in self._marks.items()}
        cells: defaultdict[str, dict[str, Any]] = defaultdict(dict, marks)
        for path, value in chain(figures.items(), values.items()):
            sheet, spot = self.layout.spots[path]
            place = address(spot.row, spot.column)
            cells[sheet.name][place] = self._dated(path, value)
        if not figures:  # nobody has looked at the cells that are repeated either
            return cells
        for (sheet_name, cell), (source, place) in self._echoes:
            repeated = cells.get(source, {}).get(place)
            cells[sheet_name][cell] = "" if repeated is None else repeated
        lists = cells[LISTS_SHEET]
        for other in self._others:
            named = {str(lists.get(cell)).casefold() for cell in other.above}
            lists[other.cell] = "" if other.name.casefold() in named else other.name
        for path, name in names_shown(self.layout, values).items():
            sheet_name, cell = self._names[path]
            cells[sheet_name][cell] = name
        return cells

    def _dated(self, path: str, value: Any) -> Any:
        """A value, which brings the style of a date along where its cell has another one."""
        if not isinstance(value, dt.date):
            return value
        is_date = self.layout.spec.field(path).kind is Kind.DATE
        return value if is_date else _Dated(value, self._date_style())

    def _entries(self, values: Mapping[str, Any]) -> Mapping[str, list[ShownText]]:
        """What each sheet holds that asks for room: the spot of each entry, and its text where it is one."""
        found: defaultdict[str, list[ShownText]] = defaultdict(list)
        for path, value in values.items():
            content = _content(value, self.layout.language)
            if content not in (None, ""):
                sheet, spot = self.layout.spots[path]
                text = content if isinstance(content, str) else ""
                found[sheet.name].append(ShownText(spot, text))
        return found

    def _with_figures(self, chart: str, cells: Mapping[str, Mapping[str, Any]]) -> str:
        """A chart with the figures of an account."""

        def value_of(sheet: str, row: int, column: int) -> Content:
            place = address(row, column)
            drawn = self._drawn.get((sheet, place))
            value = cells.get(sheet, {}).get(place, drawn)
            return _content(value, self.layout.language)

        return with_caches(chart, value_of)

    def _date_style(self) -> str:
        """The style of a form's date cell."""
        for pattern, field in self.layout.spec.fields.items():
            if field.kind is Kind.DATE and pattern in self.layout.spots:
                sheet, spot = self.layout.spots[pattern]
                place = address(spot.row, spot.column)
                return next(
                    slot.style
                    for slot in self._slots[sheet.name].slots
                    if slot.reference == place
                )
        return ""

    def _custom(self, identity: Identity) -> bytes:
        xml = self._parts[_CUSTOM].decode()
        for name, value in properties(identity).items():
            found = re.search(
                rf'name="kamxl_{name}"[^>]*><vt:\w+[^>]*>([^<]*)</vt:', xml
            )
            if found:
                xml = xml[: found.start(1)] + text_xml(str(value)) + xml[found.end(1) :]
        return xml.encode()

    def _core(self, identity: Identity) -> bytes:
        """The file manager's dates: the day on which the plan was set up, not the moment of drawing."""
        if not identity.created:
            return self._parts[_CORE]
        stamp = rf"\g<1>{identity.created}T00:00:00Z<"
        return re.sub(
            r"(<dcterms:\w+[^>]*>)[^<]+<", stamp, self._parts[_CORE].decode()
        ).encode()

    def _packed(self, changed: Mapping[str, bytes]) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, compresslevel=4
        ) as archive:
            for name, data in self._parts.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, changed.get(name, data), compresslevel=4)
        return file.getvalue()
