"""What Excel refuses in a workbook as a whole: names, sheets, links between parts, tables, styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.clients.repair_package import (
    MAIN,
    RELATION,
    Area,
    Book,
    Hit,
    Sheet,
    area,
    number,
    rule,
    text_of,
)

LONGEST_NAME, LONGEST_SHEET_NAME, LONGEST_ADDRESS = 255, 31, 2079
MOST_LINKS = 65_530

_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}\d+|R\d*C\d*|R\d*|C\d*", re.IGNORECASE)
_NOT_IN_AN_ADDRESS = re.compile(r'[\s"<>^`{|}\[\]]')


def is_name(text: str) -> bool:
    """Whether Excel takes a text as the name of a range or table."""
    plain = text.removeprefix("_xlnm.")
    return (
        len(text) <= LONGEST_NAME
        and _NAME.fullmatch(plain) is not None
        and _LIKE_A_CELL.fullmatch(plain) is None
    )


def doubled(texts: Iterable[str]) -> list[str]:
    """The texts that occur more than once, upper and lower case being the same."""
    return [
        text
        for text, count in Counter(text.casefold() for text in texts).items()
        if count > 1
    ]


# --- sheets -----------------------------------------------------------------------------------------------


@rule
def sheet_name(book: Book) -> Iterator[Hit]:
    r"""A sheet's name has 1 to 31 characters, none of []:*?/\, no apostrophe at its ends."""
    for name in book.sheet_names:
        if not 1 <= len(name) <= LONGEST_SHEET_NAME or re.search(
            r"[\[\]:*?/\\]|^'|'$", name
        ):
            yield book.workbook_part, name, "no name for a sheet"


@rule
def sheet_name_twice(book: Book) -> Iterator[Hit]:
    """Two sheets have two names."""
    for name in doubled(book.sheet_names):
        yield book.workbook_part, name, "two sheets of this name"


@rule
def sheets_hidden(book: Book) -> Iterator[Hit]:
    """At least one sheet can be seen."""
    if all(
        one.get("state", "visible") != "visible"
        for one in book.workbook.iter(f"{MAIN}sheet")
    ):
        yield book.workbook_part, "sheets", "no sheet is visible"


@rule
def sheets_grouped(book: Book) -> Iterator[Hit]:
    """One sheet is selected: with several, what is typed into one goes into all of them."""
    selected = [
        sheet.name
        for sheet in book.sheets
        for view in sheet.root.iter(f"{MAIN}sheetView")
        if view.get("tabSelected") in ("1", "true")
    ]
    if len(selected) > 1:
        yield book.workbook_part, "sheets", f"selected together: {', '.join(selected)}"


# --- names ------------------------------------------------------------------------------------------------


@rule
def defined_name_syntax(book: Book) -> Iterator[Hit]:
    """A defined name starts with a letter or underscore, holds no blank and is no cell's address."""
    for one in book.defined_names:
        if not is_name(one.get("name", "")):
            yield book.workbook_part, one.get("name", ""), "no name for a range"


@rule
def defined_name_twice(book: Book) -> Iterator[Hit]:
    """A defined name is unique within its scope."""
    scoped = [
        f"{one.get('localSheetId', 'workbook')}!{one.get('name')}"
        for one in book.defined_names
    ]
    for name in doubled(scoped):
        yield book.workbook_part, name, "defined twice"


@rule
def defined_name_scope(book: Book) -> Iterator[Hit]:
    """A local name belongs to a sheet that exists."""
    for one in book.defined_names:
        if number(one, "localSheetId", 0) >= len(book.sheet_names):
            yield (
                book.workbook_part,
                one.get("name", ""),
                "local to a sheet that does not exist",
            )


# --- links ------------------------------------------------------------------------------------------------


@rule
def relationship_target(book: Book) -> Iterator[Hit]:
    """Every internal relationship leads to a part that exists."""
    for one in book.relationships:
        if not one.external and one.target not in book.names:
            yield one.source, one.id, f"leads to {one.target}, which is not there"


@rule
def relationship_unknown(book: Book) -> Iterator[Hit]:
    """Every r:id in a part is one of the part's relationships, and no id is given twice."""
    known = {(one.source, one.id) for one in book.relationships}
    if len(known) < len(book.relationships):
        yield "", "", "two relationships of one part have the same id"
    for part, root in book.parts.items():
        for element in root.iter():
            wanted = element.get(f"{RELATION}id")
            if wanted and (part, wanted) not in known:
                yield part, wanted, "no such relationship"


@rule
def content_type(book: Book) -> Iterator[Hit]:
    """Every part has a content type that says what it is, and no type is given for a part that does not exist."""
    types = book.parts["[Content_Types].xml"]
    overrides = {
        one.get("PartName", "").lstrip("/")
        for one in types
        if one.tag.endswith("Override")
    }
    defaults = {
        one.get("Extension", "").casefold()
        for one in types
        if one.tag.endswith("Default") and one.get("ContentType") != "application/xml"
    }
    for name in book.names:
        known = name in overrides or name.rpartition(".")[2].casefold() in defaults
        if not known and name != "[Content_Types].xml":
            yield name, "", "has no content type"
    for name in sorted(overrides - set(book.names)):
        yield name, "", "has a content type but is not there"


@rule
def link_address(book: Book) -> Iterator[Hit]:
    """An external address is an escaped URI of at most 2,079 characters, not a place in this file."""
    for one in book.relationships:
        if one.external and one.kind == "hyperlink":
            if one.target.startswith("#"):
                yield (
                    one.source,
                    one.id,
                    f"a place in this file, written as an address: {one.target[:60]}",
                )
            elif (
                _NOT_IN_AN_ADDRESS.search(one.target)
                or len(one.target) > LONGEST_ADDRESS
            ):
                yield one.source, one.id, f"not escaped or too long: {one.target[:60]}"


@rule
def link_place(book: Book) -> Iterator[Hit]:
    """A link within the file leads to a sheet or name that exists."""
    sheets = {name.casefold() for name in book.sheet_names}
    names = {one.get("name", "").casefold() for one in book.defined_names}
    for sheet in book.sheets:
        for one in sheet.root.iter(f"{MAIN}hyperlink"):
            place, outside = one.get("location", ""), one.get(f"{RELATION}id")
            if place and not outside and not leads_somewhere(place, sheets, names):
                yield sheet.part, one.get("ref", ""), f"leads nowhere: {place}"
        for cell in sheet.root.iter(f"{MAIN}c"):
            for place in re.findall(
                r'HYPERLINK\("#([^"&]+)"\s*[,)]', cell.findtext(f"{MAIN}f") or ""
            ):
                if not leads_somewhere(place, sheets, names):
                    yield sheet.part, cell.get("r", ""), f"leads nowhere: {place}"


def leads_somewhere(place: str, sheets: set[str], names: set[str]) -> bool:
    """Whether `Sheet!A1`, `A1` or a name is a place in a workbook with these sheets and names."""
    sheet, mark, cell = place.rpartition("!")
    if not mark:
        return place.casefold() in names or area(place) is not None
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet.casefold() in sheets and (
        area(cell) is not None or cell.casefold() in names
    )


@rule
def links_too_many(book: Book) -> Iterator[Hit]:
    """A sheet has at most 65,530 links."""
    for sheet in book.sheets:
        count = sum(1 for _ in sheet.root.iter(f"{MAIN}hyperlink"))
        if count > MOST_LINKS:
            yield sheet.part, "hyperlinks", f"{count} links"


# --- tables -----------------------------------------------------------------------------------------------


@rule
def table_name(book: Book) -> Iterator[Hit]:
    """A table's name is a name, and no other table and no range has it."""
    tables = [
        (part, root) for sheet in book.sheets for part, root in book.tables(sheet)
    ]
    named = [root.get("displayName", "") for _, root in tables]
    taken = set(doubled([*named, *(one.get("name", "") for one in book.defined_names)]))
    ids = doubled(root.get("id", "") for _, root in tables)
    for part, root in tables:
        name = root.get("displayName", "")
        if not is_name(name) or name.casefold() in taken or root.get("id", "") in ids:
            yield part, name, "no name for a table, or its name or id is taken"


@rule
def table_header(book: Book) -> Iterator[Hit]:
    """The cells of a table's header hold the names of its columns, as texts, each once."""
    for sheet in book.sheets:
        tables = book.tables(sheet)
        texts = texts_of_cells(book, sheet) if tables else {}
        for part, root in tables:
            columns = [one.get("name", "") for one in root.iter(f"{MAIN}tableColumn")]
            space = area(root.get("ref", ""))
            if space is None or space.right - space.left + 1 != len(columns):
                yield part, root.get("ref", ""), f"{len(columns)} columns do not fit"
                continue
            printed = [
                texts.get((space.top, column))
                for column in range(space.left, space.right + 1)
            ]
            if root.get("headerRowCount", "1") != "0" and printed != columns:
                yield part, root.get("ref", ""), f"header {printed} is not {columns}"
            if doubled(columns) or not all(columns):
                yield (
                    part,
                    root.get("ref", ""),
                    f"columns without a name of their own: {columns}",
                )


def texts_of_cells(book: Book, sheet: Sheet) -> dict[tuple[int, int], str]:
    """The texts that stand in a sheet's cells, by row and column."""
    found = {}
    for cell in sheet.root.iter(f"{MAIN}c"):
        place = area(cell.get("r", ""))
        inline, value = cell.find(f"{MAIN}is"), cell.findtext(f"{MAIN}v")
        if place and inline is not None:
            found[place.top, place.left] = text_of(inline)
        elif (
            place
            and cell.get("t") == "s"
            and value
            and int(value) < len(book.shared_strings)
        ):
            found[place.top, place.left] = book.shared_strings[int(value)]
    return found


@rule
def table_place(book: Book) -> Iterator[Hit]:
    """A table has a row of data and shares no cell with another table, a merge or the sheet's own filter."""
    for sheet in book.sheets:
        taken: list[Area] = [
            found
            for tag in ("mergeCell", "autoFilter")
            for one in sheet.root.iter(MAIN + tag)
            if (found := area(one.get("ref", "")))
        ]
        for part, root in book.tables(sheet):
            space = area(root.get("ref", ""))
            if space is None or not space.on_the_grid or space.bottom <= space.top:
                yield part, root.get("ref", ""), "no place for a table"
            elif any(space.meets(other) for other in taken):
                yield (
                    part,
                    root.get("ref", ""),
                    "shares cells with another table, a merge or a filter",
                )
            if space:
                taken.append(space)


# --- styles -----------------------------------------------------------------------------------------------


@rule
def style_unknown(book: Book) -> Iterator[Hit]:
    """Every cell, row and column has a style that exists."""
    styles = len(book.styles.findall(f"{MAIN}cellXfs/{MAIN}xf")) or 1
    for sheet in book.sheets:
        for tag, attribute, place in (
            ("c", "s", "r"),
            ("row", "s", "r"),
            ("col", "style", "min"),
        ):
            for one in sheet.root.iter(MAIN + tag):
                if number(one, attribute, 0) >= styles:
                    yield (
                        sheet.part,
                        f"{tag} {one.get(place)}",
                        f"style {one.get(attribute)} of {styles}",
                    )


@rule
def conditional_style_unknown(book: Book) -> Iterator[Hit]:
    """Every conditional format and table style refers to a differential style that exists."""
    styles = len(book.styles.findall(f"{MAIN}dxfs/{MAIN}dxf"))
    for sheet in book.sheets:
        for one in sheet.root.iter(f"{MAIN}cfRule"):
            if number(one, "dxfId") >= styles:
                yield sheet.part, "cfRule", f"style {one.get('dxfId')} of {styles}"
    for one in book.styles.iter(f"{MAIN}tableStyleElement"):
        if number(one, "dxfId") >= styles:
            yield (
                "xl/styles.xml",
                "tableStyleElement",
                f"style {one.get('dxfId')} of {styles}",
            )
