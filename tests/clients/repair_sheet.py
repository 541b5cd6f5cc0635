"""What Excel refuses on a sheet: cells, columns, merges, validations, formats, headers, charts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from tests.clients.repair_package import (
    CHART,
    LAST_COLUMN,
    LAST_ROW,
    MAIN,
    Area,
    Book,
    Hit,
    area,
    areas,
    number,
    rule,
    text_of,
)

LONGEST_TEXT, LONGEST_HEADER, LONGEST_LIST = 32_767, 255, 255
LONGEST_IN_VALIDATION = {
    "promptTitle": 32,
    "prompt": 255,
    "errorTitle": 32,
    "error": 255,
}
MOST_SERIES = 255


def overlapping(spaces: list[tuple[Area, str]]) -> Iterator[tuple[str, str]]:
    """The pairs of labelled rectangles that share a cell."""
    ordered = sorted(spaces, key=lambda one: one[0].top)
    for index, (space, label) in enumerate(ordered):
        for other, name in ordered[index + 1 :]:
            if other.top > space.bottom:
                break
            if space.meets(other):
                yield label, name


# --- cells ------------------------------------------------------------------------------------------------


@rule
def cell_place(book: Book) -> Iterator[Hit]:
    """Cells lie on the grid, in ascending order, none twice."""
    for sheet in book.sheets:
        last = (0, 0)
        for cell in sheet.root.iter(f"{MAIN}c"):
            place = area(cell.get("r", ""))
            if (
                place is None
                or not place.on_the_grid
                or (place.top, place.left) <= last
            ):
                yield (
                    sheet.part,
                    cell.get("r", ""),
                    "beyond the grid, twice or out of order",
                )
            else:
                last = (place.top, place.left)


@rule
def row_place(book: Book) -> Iterator[Hit]:
    """Rows lie on the grid, in ascending order, none twice."""
    for sheet in book.sheets:
        last = 0
        for row in sheet.root.iter(f"{MAIN}row"):
            here = number(row, "r", last + 1)
            if not last < here <= LAST_ROW:
                yield (
                    sheet.part,
                    f"row {row.get('r')}",
                    "beyond the grid, twice or out of order",
                )
            last = here


@rule
def column_place(book: Book) -> Iterator[Hit]:
    """Column settings lie on the grid and do not overlap."""
    for sheet in book.sheets:
        last = 0
        for one in sheet.root.iter(f"{MAIN}col"):
            first, end = number(one, "min"), number(one, "max")
            if not last < first <= end <= LAST_COLUMN:
                yield (
                    sheet.part,
                    f"columns {first} to {end}",
                    "beyond the grid, twice or out of order",
                )
            last = max(last, end)


@rule
def cell_text_too_long(book: Book) -> Iterator[Hit]:
    """A cell holds at most 32,767 characters."""
    for sheet in book.sheets:
        for cell in sheet.root.iter(f"{MAIN}c"):
            inline = cell.find(f"{MAIN}is")
            if inline is not None and len(text_of(inline)) > LONGEST_TEXT:
                yield sheet.part, cell.get("r", ""), "text too long"
    for index, text in enumerate(book.shared_strings):
        if len(text) > LONGEST_TEXT:
            yield "xl/sharedStrings.xml", str(index), "text too long"


@rule
def cell_text_unknown(book: Book) -> Iterator[Hit]:
    """A cell refers to a shared string that exists."""
    for sheet in book.sheets:
        for cell in sheet.root.iter(f"{MAIN}c"):
            if cell.get("t") == "s":
                value = cell.findtext(f"{MAIN}v") or ""
                if not value.isdecimal() or int(value) >= len(book.shared_strings):
                    yield (
                        sheet.part,
                        cell.get("r", ""),
                        f"shared string {value!r} does not exist",
                    )


@rule
def cell_value(book: Book) -> Iterator[Hit]:
    """A cell said to hold a number holds one, and not NaN or infinity."""
    for sheet in book.sheets:
        for cell in sheet.root.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if value and cell.get("t", "n") == "n" and not is_number(value):
                yield sheet.part, cell.get("r", ""), f"{value!r} is no number"


def is_number(text: str) -> bool:
    """Whether a text is a number as a file holds it."""
    try:
        float(text)
    except ValueError:
        return False
    return not text.strip("+-").casefold().startswith(("n", "i"))


@rule
def merge(book: Book) -> Iterator[Hit]:
    """A merge has two cells or more on the grid and shares none with another merge."""
    for sheet in book.sheets:
        merged: list[tuple[Area, str]] = []
        for one in sheet.root.iter(f"{MAIN}mergeCell"):
            reference = one.get("ref", "")
            space = area(reference)
            if (
                space is None
                or not space.on_the_grid
                or (space.left, space.top) == (space.right, space.bottom)
            ):
                yield sheet.part, reference, "nothing to merge"
            else:
                merged.append((space, reference))
        for one_merge, other in overlapping(merged):
            yield sheet.part, f"{one_merge} {other}", "merges share cells"


# --- validations and conditional formats -------------------------------------------------------------------


def validations(root: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    """The validations of a sheet, each with its range."""
    for one in root.iter(f"{MAIN}dataValidation"):
        yield one.get("sqref", ""), one


@rule
def validation_list_too_long(book: Book) -> Iterator[Hit]:
    """A list written into a validation, and any formula of one, has at most 255 characters."""
    for sheet in book.sheets:
        for place, one in validations(sheet.root):
            written = [
                one.findtext(f"{MAIN}{tag}") or "" for tag in ("formula1", "formula2")
            ]
            if any(
                len(text.removeprefix('"').removesuffix('"')) > LONGEST_LIST
                for text in written
            ):
                yield sheet.part, place, "list or formula too long"


@rule
def validation_text_too_long(book: Book) -> Iterator[Hit]:
    """Titles of hints and errors have at most 32 characters, their texts at most 255."""
    for sheet in book.sheets:
        for place, one in validations(sheet.root):
            for attribute, longest in LONGEST_IN_VALIDATION.items():
                if len(one.get(attribute, "")) > longest:
                    yield (
                        sheet.part,
                        place,
                        f"{attribute} too long: {one.get(attribute)}",
                    )


@rule
def validation_place(book: Book) -> Iterator[Hit]:
    """A validation has cells on the grid."""
    for sheet in book.sheets:
        for place, _ in validations(sheet.root):
            spaces = areas(place)
            if not spaces or not all(space.on_the_grid for space in spaces):
                yield sheet.part, place, "no cells to validate"


@rule
def validation_overlap(book: Book) -> Iterator[Hit]:
    """No cell has two validations."""
    for sheet in book.sheets:
        spaces = [
            (space, place)
            for place, _ in validations(sheet.root)
            for space in areas(place)
        ]
        for one, other in overlapping(spaces):
            yield sheet.part, f"{one} and {other}", "two validations for one cell"


@rule
def validation_without_limit(book: Book) -> Iterator[Hit]:
    """A validation says what it compares with."""
    for sheet in book.sheets:
        for place, one in validations(sheet.root):
            needed = 0 if one.get("type", "none") == "none" else 1
            compares = one.get("type") not in ("list", "custom", "none", None)
            if compares and one.get("operator", "between") in ("between", "notBetween"):
                needed = 2
            written = [
                tag for tag in ("formula1", "formula2") if one.findtext(f"{MAIN}{tag}")
            ]
            if len(written) < needed:
                yield sheet.part, place, f"{needed} limits needed, {len(written)} given"


@rule
def conditional_format(book: Book) -> Iterator[Hit]:
    """A conditional format has cells, a priority from 1 and, where its type wants one, a formula."""
    for sheet in book.sheets:
        for block in sheet.root.iter(f"{MAIN}conditionalFormatting"):
            place = block.get("sqref", "")
            spaces = areas(place)
            if not spaces or not all(space.on_the_grid for space in spaces):
                yield sheet.part, place, "no cells to format"
            for one in block.iter(f"{MAIN}cfRule"):
                wants = one.get("type") in ("expression", "cellIs")
                if number(one, "priority") < 1 or (
                    wants and not one.findtext(f"{MAIN}formula")
                ):
                    yield sheet.part, place, "no priority, or no formula"


# --- page and pictures ------------------------------------------------------------------------------------


@rule
def header_too_long(book: Book) -> Iterator[Hit]:
    """A header or footer, its codes included, has at most 255 characters."""
    for sheet in book.sheets:
        for one in sheet.root.findall(f"{MAIN}headerFooter/*"):
            if len(one.text or "") > LONGEST_HEADER:
                yield (
                    sheet.part,
                    one.tag.removeprefix(MAIN),
                    f"{len(one.text or '')} characters",
                )


@rule
def row_height(book: Book) -> Iterator[Hit]:
    """A row is at most 409 points high and a column at most 255 characters wide."""
    for sheet in book.sheets:
        for tag, attribute, most in (("row", "ht", 409.5), ("col", "width", 255)):
            for one in sheet.root.iter(MAIN + tag):
                if not 0 <= float(one.get(attribute, 0)) <= most:
                    yield (
                        sheet.part,
                        f"{tag} {one.get('r') or one.get('min')}",
                        f"{one.get(attribute)}",
                    )


@rule
def chart_series(book: Book) -> Iterator[Hit]:
    """A chart has 1 to 255 series."""
    for part, root in book.parts.items():
        if root.tag == f"{CHART}chartSpace":
            count = sum(1 for _ in root.iter(f"{CHART}ser"))
            if not 1 <= count <= MOST_SERIES:
                yield part, "series", f"{count} series"
