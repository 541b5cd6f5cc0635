"""Plans that somebody made to hang or bloat a run: small files that hold, or seem to hold, very much.

Each is an edit of a sound plan's parts, which are texts by name. They are of six kinds (names, cells, one part for many
sheets, rows, repeated heads and keys, lists), with relatives of each.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from kamxl.xlsx.book import column_letter
from tests.corpus.crafting import sheet_xml

Parts = dict[str, str]
Edit = Callable[[Parts], None]

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXT_CELL = re.compile(r'(<c r="[A-Z]+\d+"(?: s="\d+")?) t="s"><v>(\d+)</v></c>')
_PROJECTS, _MEASURES, _STRATEGY = (
    "5 Offene Projekte",
    "9 Maßnahmen",
    "8 Strategie Folgejahr",
)


def hostile(plan: Path, edit: Edit) -> None:
    """Do this to a plan."""
    with zipfile.ZipFile(plan) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    edit(parts)
    with zipfile.ZipFile(plan, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _before(parts: Parts, part: str, end: str, xml: str) -> None:
    assert end in parts[part]
    parts[part] = parts[part].replace(end, xml + end)


def _sheet(parts: Parts, name: str) -> str:
    """The part of a sheet, its texts put into its cells."""
    link = re.search(rf'name="{re.escape(name)}"[^>]*r:id="(\w+)"', parts[_BOOK])
    assert link is not None
    links = re.findall("<Relationship [^>]*>", parts[_LINKS])
    target = next(each for each in links if f'Id="{link[1]}"' in each)
    part = "xl/" + re.sub(r'.*Target="/?(?:xl/)?([^"]*)".*', r"\1", target)
    texts = re.findall("<si>(.*?)</si>", parts[_STRINGS], re.DOTALL)
    parts[part] = _TEXT_CELL.sub(
        lambda cell: f'{cell[1]} t="inlineStr"><is>{texts[int(cell[2])]}</is></c>',
        parts[part],
    )
    return part


def _text(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def _add_sheets(
    parts: Parts, xml: str, count: int = 1, *, shared: bool = False
) -> None:
    """Append sheets with the same content, each in a part of its own or all in one."""
    entry = '<sheet xmlns:r="{}" name="D{}" sheetId="{}" r:id="x{}"/>'
    link = (
        '<Relationship Type="{}/worksheet" Target="/xl/worksheets/x{}.xml" Id="x{}"/>'
    )
    for number in range(count):
        own = 0 if shared else number
        parts[f"xl/worksheets/x{own}.xml"] = xml
        listed = entry.format(_OFFICE, number, 900 + number, own)
        _before(parts, _BOOK, "</sheets>", listed)
        if own == number:
            linked = link.format(_OFFICE, own, own)
            _before(parts, _LINKS, "</Relationships>", linked)


def _cells(count: int, cell: str, first_row: int = 1) -> str:
    """Rows of 200 cells."""
    columns = [column_letter(number) for number in range(1, 201)]
    rows = range(first_row, first_row + count // len(columns))
    return "".join(
        f'<row r="{row}">{"".join(cell.format(f"{c}{row}") for c in columns)}</row>'
        for row in rows
    )


def _row_with(parts: Parts, part: str, text: str) -> tuple[int, str]:
    """The first row of a sheet in which a text stands."""
    rows = re.findall(r'<row r="\d+"[^>]*>.*?</row>', parts[part], re.DOTALL)
    row = next(row for row in rows if f">{escape(text)}</t>" in row)
    return int(row.split('"')[1]), row


def _renumbered(row: str, old: int, new: int) -> str:
    return re.sub(rf'r="([A-Z]*){old}"', rf'r="\g<1>{new}"', row)


def _named(name: str, target: str, times: int = 1) -> Edit:
    one = '<definedName name="kamxl.{}">{}</definedName>'
    names = lambda: (one.format(f"{name}{n or ''}", target) for n in range(times))  # noqa: E731
    return lambda parts: _before(parts, _BOOK, "</definedNames>", "".join(names()))


def _foreign_cells(count: int, cell: str) -> Edit:
    return lambda parts: _add_sheets(parts, sheet_xml(_cells(count, cell)))


def _sheets(xml: str, count: int, *, shared: bool) -> Edit:
    return lambda parts: _add_sheets(parts, xml, count, shared=shared)


def _strays(parts: Parts) -> None:
    part = _sheet(parts, _PROJECTS)
    cells = _cells(140_000, '<c r="{0}" t="inlineStr"><is><t>{0} x</t></is></c>', 2_000)
    _before(parts, part, "</sheetData>", cells)


def _rows(*tables: tuple[str, str], count: int = 5_000) -> Edit:
    """Insert filled rows below the first one of each table."""

    def edit(parts: Parts) -> None:
        for sheet, pattern in tables:
            _insert(parts, _sheet(parts, sheet), f"{pattern}[0]", count)

    return edit


def _insert(parts: Parts, part: str, key: str, count: int) -> None:
    number, row = _row_with(parts, part, key)
    above, below = parts[part].split(row)
    moved = re.sub(
        r'(<(?:row|c) r="[A-Z]*)(\d+)"',
        lambda found: f'{found[1]}{int(found[2]) + count}"',
        below.partition("</sheetData>")[0],
    )
    columns = re.findall(rf'<c r="([B-Z]+){number}"', row)
    inserted = "".join(
        f'<row r="{new}">{"".join(_text(f"{c}{new}", f"Projekt {new} {c}") for c in columns)}</row>'
        for new in range(number + 1, number + 1 + count)
    )
    parts[part] = above + row + inserted + moved + "</sheetData></worksheet>"


def _repeated(sheet: str, text: str, *, without_keys: bool = False) -> Edit:
    """Repeat the row in which a text stands 10,000 times below the sheet's own."""

    def edit(parts: Parts) -> None:
        part = _sheet(parts, sheet)
        number, row = _row_with(parts, part, text)
        copies = (_renumbered(row, number, 2_000 + n) for n in range(10_000))
        _before(parts, part, "</sheetData>", "".join(copies))
        if without_keys:
            parts[part] = re.sub("<t>@[^<]*</t>", "<t>x</t>", parts[part])

    return edit


def _merges(parts: Parts) -> None:
    """Thousands of merged ranges, each of a whole column or thousands of rows, on a sheet of the plan."""
    part = _sheet(parts, _PROJECTS)
    areas = [f"B{row}:XFD{row + 20_000}" for row in range(2_000, 12_000)]
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    assert "<mergeCells" in parts[part]
    parts[part] = re.sub(r"<mergeCells[^>]*>", lambda tag: tag[0] + cells, parts[part])


def _markers(parts: Parts) -> None:
    """A whole row of markers and keys."""
    part = _sheet(parts, _PROJECTS)
    texts = ["@table opportunities.open"] * 300 + ["key"] * 15_000
    cells = (_text(f"{column_letter(n)}3000", text) for n, text in enumerate(texts, 1))
    _before(parts, part, "</sheetData>", f'<row r="3000">{"".join(cells)}</row>')


def _settings(**changes: object) -> Edit:
    """Change the settings that the plan carries, and spoil every choice."""

    def edit(parts: Parts) -> None:
        part = _sheet(parts, "_kamxl")
        rows = re.findall(r"<row .*?</row>", parts[part], re.DOTALL)
        kept = [row for row in rows if "<t>settings</t>" not in row]
        carried = json.dumps({"plan_year": 2027, **changes}, separators=(",", ":"))
        lines = [carried[at : at + 30_000] for at in range(0, len(carried), 30_000)]
        kept += [
            f'<row r="{n}">{_text(f"A{n}", "settings")}{_text(f"B{n}", escape(line))}</row>'
            for n, line in enumerate(lines, 1_000)
        ]
        parts[part] = sheet_xml("".join(kept))
        for sheet in (_PROJECTS, _MEASURES):
            _insert(parts, _sheet(parts, sheet), _KEYS[sheet], 60)

    return edit


_KEYS = {_PROJECTS: "opportunities.open[0]", _MEASURES: "measures.measures[0]"}


def _long_texts(parts: Parts) -> None:
    """One text of 90,000 characters in all cells of the plan that hold a short one."""
    long = f"<si><t>{'ab–' * 30_000}</t></si>"
    short = re.compile(r"<si><t>[^<@\[.]{1,20}</t></si>")
    parts[_STRINGS] = short.sub(long, parts[_STRINGS], count=300)


def _many_settings_lines(parts: Parts) -> None:
    """Ten thousand lines of the settings, all of them one long text."""
    part = _sheet(parts, "_kamxl")
    texts = parts[_STRINGS].count("<si>")
    _before(
        parts,
        _STRINGS,
        "</sst>",
        f"<si><t>{'x' * 90_000}</t></si><si><t>settings</t></si>",
    )
    cell = '<c r="{}{}" t="s"><v>{}</v></c>'
    lines = (
        f'<row r="{n}">{cell.format("A", n, texts + 1)}{cell.format("B", n, texts)}</row>'
        for n in range(100, 10_100)
    )
    _before(parts, part, "</sheetData>", "".join(lines))


def _options(count: int) -> Iterator[dict[str, str]]:
    return ({"code": f"a{n}", "de": f"b{n}", "en": f"c{n}"} for n in range(count))


_ODD = sheet_xml("<row>" + "<c><v>1</v></c>" * 100_000 + "</row>")
_PLAIN, _FORMULA = '<c r="{}"><v>1</v></c>', '<c r="{0}"><f>1+{0}</f></c>'
_INLINE = '<c r="{0}" t="inlineStr"><is><t>{0} abc</t></is></c>'

HOSTILE: dict[str, tuple[Edit, str]] = {
    "a name of 39 MB": (_named("cover.x", "'" + "A''" * 13_000_000), "KAM006"),
    "a name of blanks": (_named("cover.x", " " * 30_000_000 + "x"), "KAM006"),
    "a long name": (_named("x" * 30_000_000, "Deckblatt!$A$1"), "KAM006"),
    "90,000 names": (_named("cover.x", "'" + "A''" * 80 + "'!$A$1", 90_000), ""),
    "2,000,000 cells": (_foreign_cells(2_000_000, _PLAIN), "KAM006"),
    "2,000,000 formatted cells": (_foreign_cells(2_000_000, '<c r="{}" s="1"/>'), ""),
    "140,000 texts": (_foreign_cells(140_000, _INLINE), "KAM104"),
    "140,000 formulas without result": (_foreign_cells(140_000, _FORMULA), "KAM104"),
    "140,000 strays": (_strays, "KAM124"),
    "one odd sheet listed 22 times": (_sheets(_ODD, 22, shared=True), "KAM005"),
    "22 odd sheets": (_sheets(_ODD, 22, shared=False), "KAM006"),
    "900 empty sheets": (_sheets(sheet_xml(""), 900, shared=False), ""),
    "one deep sheet": (_sheets(sheet_xml("<row>" * 500_000), 1, shared=False), "KAM006"),
    "5,000 measures and strategic projects": (
        _rows((_MEASURES, "measures.measures"), (_STRATEGY, "strategy.strategic_projects")),
        "KAM006",
    ),
    "5,000 open projects": (_rows((_PROJECTS, "opportunities.open")), "KAM006"),
    "300 of both": (
        _rows((_MEASURES, "measures.measures"), (_STRATEGY, "strategy.strategic_projects"), count=300),
        "KAM121",
    ),
    "5,000 own people": (_rows(("Kontaktmatrix", "contacts.team")), "KAM124"),
    "10,000 heads": (_repeated(_PROJECTS, "Projekt"), ""),
    "10,000 heads without keys": (_repeated(_PROJECTS, "Projekt", without_keys=True), "KAM101"),
    "10,000 keys": (_repeated(_PROJECTS, "opportunities.open[3]"), ""),
    "10,000 markers": (_repeated(_PROJECTS, "@table opportunities.open"), ""),
    "a row of markers": (_markers, ""),
    "10,000 merged ranges": (_merges, ""),
    "5,000 list values": (_settings(lists={"area": list(_options(5_000))}), "KAM"),
    "900 list values": (_settings(lists={"area": list(_options(900))}), "KAM"),
    "a long list of currencies": (
        _settings(lists={"currency": [f"X{n}" for n in range(9_000)]}), "KAM",
    ),
    "long texts": (_long_texts, "KAM"),
    "a long text in 10,000 lines of settings": (_many_settings_lines, "KAM"),
}  # fmt: skip
"""How a plan is edited, and the code of a finding that it then has, among others; `""` where it may have none."""
