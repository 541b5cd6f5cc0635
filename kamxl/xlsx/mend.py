"""What openpyxl writes against the schema of Office Open XML, put right in the finished package.

Five faults, the last four found with the Open XML SDK's validator, openxml-audit and exceljs:

- a control character in an attribute (a link to a sheet of another workbook) or a property goes into the file,
  which no program can open then; XML has no way to write it, and it is left out,
- the children of a `<font>` stand in openpyxl's own order (Excel wants bold before size before name),
- a scatter chart whose style was never set lacks the required `<scatterStyle>`,
- every text stands inside its cell (`inlineStr`) and there is no table of shared strings; Excel rewrites such
  a file on its first save. Texts move into a table, each once;
- a drawing has its own namespace as the default one. That is allowed, but exceljs, which many programs read
  workbooks with, knows only the prefix ``xdr:`` and opens no such file at all; nor one whose sheets refer to
  their tables from the package's root (``/xl/tables/table1.xml``) instead of their own place.

Parts are edited as text, not parsed and written anew: a new serialisation would rename namespace prefixes
that attribute values refer to. Parts without a fault are copied as they are.

Example:
    `<font><name val="Calibri"/><b val="1"/></font>` becomes `<font><b val="1"/><name val="Calibri"/></font>`.
"""

from __future__ import annotations

import io
import re
import zipfile

FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
CONTENT_TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
WORKBOOK_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"

_TEXTS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_TEXTS_RELATIONSHIP = (
    b'<Relationship Id="sharedStrings" Target="/xl/sharedStrings.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)
_TEXTS_HEAD = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">'

_XML = (".xml", ".rels", ".vml")
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})

_FONT = re.compile(rb"(<font>)(.*?)(</font>)", re.DOTALL)
_CHILD = re.compile(rb'<(\w+)(?:\s+[\w:]+="[^"]*")*\s*(?:/>|></\1>)')
_SCATTER = re.compile(rb"<((?:\w+:)?)scatterChart>(?!\s*<\1scatterStyle\b)")
_DRAWN = re.compile(rb"<(/?)(\w+)(?=[\s/>])")
_DRAWING = b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_ROOTED = re.compile(rb'(?<=Target=")/xl/(?=\w+/)')
_TEXT_CELL = re.compile(
    rb'(<c\b[^>]*?) t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL
)


def mend_package(data: bytes) -> bytes:
    """Put right what openpyxl wrote wrongly; all else in the package stays as it is.

    Args:
        data: An .xlsx or .xlsm file as openpyxl wrote it.

    Returns:
        The mended file. Mending it again changes nothing.

    Raises:
        zipfile.BadZipFile: The data is no zip file.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {member.filename: source.read(member) for member in source.infolist()}
    for name, content in parts.items():
        if name.endswith(_XML):
            parts[name] = content = content.translate(None, _CONTROLS)
        if name == STYLES:
            parts[name] = _FONT.sub(_order_font, content)
        elif name.startswith("xl/charts/"):
            parts[name] = _SCATTER.sub(
                rb'\g<0><\1scatterStyle val="lineMarker"/>', content
            )
        elif name.startswith("xl/drawings/drawing"):
            parts[name] = _prefixed(content)
        elif name.startswith("xl/worksheets/_rels/"):
            parts[name] = _ROOTED.sub(b"../", content)
    if TEXTS not in parts:
        _share_texts(parts)
    mended = io.BytesIO()
    with zipfile.ZipFile(mended, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return mended.getvalue()


def _order_font(font: re.Match[bytes]) -> bytes:
    children = {child[1].decode(): child[0] for child in _CHILD.finditer(font[2])}
    ordered = [children.get(name, b"") for name in FONT_ORDER]
    return font[1] + b"".join(ordered) + font[3]


def _prefixed(drawing: bytes) -> bytes:
    """A drawing whose own elements have the usual prefix."""
    default = b'xmlns="%s"' % _DRAWING
    if default not in drawing:
        return drawing
    named = drawing.replace(default, b'xmlns:xdr="%s"' % _DRAWING, 1)
    return _DRAWN.sub(rb"<\1xdr:\2", named)


def _share_texts(parts: dict[str, bytes]) -> None:
    """Move every text out of its cell into the table of shared strings, and make that table known."""
    numbers: dict[bytes, int] = {}
    uses = 0

    def refer(cell: re.Match[bytes]) -> bytes:
        number = numbers.setdefault(cell[3], len(numbers))
        return b'%s%s t="s"><v>%d</v></c>' % (cell[1], cell[2], number)

    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name], found = _TEXT_CELL.subn(refer, content)
            uses += found
    if not uses:
        return
    items = b"".join(b"<si>%s</si>" % text for text in numbers)
    parts[TEXTS] = _TEXTS_HEAD % (uses, len(numbers)) + items + b"</sst>"
    for name, entry, end in (
        (CONTENT_TYPES, _TEXTS_TYPE, b"</Types>"),
        (WORKBOOK_RELATIONSHIPS, _TEXTS_RELATIONSHIP, b"</Relationships>"),
    ):
        parts[name] = parts[name].replace(end, entry + end)
