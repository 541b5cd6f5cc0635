"""Workbook files made by hand, so that a test can show exactly the oddity it is about."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORKBOOK_TYPE = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
)


def sheet_xml(data: str, *, before: str = "", after: str = "") -> str:
    """A worksheet with this content of its `<sheetData>`."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def strings_xml(*items: str) -> str:
    """Shared strings, each given as the content of its `<si>`."""
    return (
        f'<sst xmlns="{MAIN}">'
        + "".join(f"<si>{item}</si>" for item in items)
        + "</sst>"
    )


def styles_xml(*formats: int | str) -> str:
    """Styles whose cell formats have these number formats: a built-in number or a code."""
    codes = [code for code in formats if isinstance(code, str)]
    numbers = [
        164 + codes.index(code) if isinstance(code, str) else code for code in formats
    ]
    custom = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{code}"/>'
        for n, code in enumerate(codes)
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{custom}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
    )


def relationships_xml(*rows: tuple[str, str, str]) -> str:
    """Relationships as rows of id, type (its last word) and target."""
    links = "".join(
        f'<Relationship Id="{i}" Type="{DOCUMENT}/{t}" Target="{target}"/>'
        for i, t, target in rows
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{links}</Relationships>'


def parts_of(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    styles: str = "",
    workbook: str = "",
    properties: str = "",
    attributes: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """The parts of a workbook.

    Args:
        sheets: name → XML of the sheet.
        strings: XML of the shared strings.
        styles: XML of the styles.
        workbook: what stands in the workbook part besides its sheets.
        properties: content of the custom document properties.
        attributes: sheet name → further attributes of its entry.
    """
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}" {(attributes or {}).get(name, "")}/>'
        for n, name in enumerate(sheets, 1)
    )
    links = [
        (f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml")
        for n in range(1, len(sheets) + 1)
    ]
    links += [("rIdS", "sharedStrings", "sharedStrings.xml")] if strings else []
    links += [("rIdT", "styles", "styles.xml")] if styles else []
    root = [("rId1", "officeDocument", "xl/workbook.xml")]
    root += [("rId2", "custom-properties", "docProps/custom.xml")] if properties else []
    listed = f"<sheets>{entries}</sheets>"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK_TYPE}"/></Types>',
        "_rels/.rels": relationships_xml(*root),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{listed}{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": relationships_xml(*links),
        "xl/sharedStrings.xml": strings,
        "xl/styles.xml": styles,
        "docProps/custom.xml": properties,
    }
    parts |= {
        f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)
    }
    return {name: xml.encode() for name, xml in parts.items() if xml}


def write_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write parts as a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return path
