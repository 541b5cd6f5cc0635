"""What people do to the structure of a workbook, done to a `Book` that was read: names follow as in Excel.

Each function returns a new book. They are as fast as copying a dictionary, so that tests can try hundreds of
combinations; the same edits in a real program are in `tests/clients/test_plan_edits.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from openpyxl.utils import range_boundaries

from kamxl.xlsx.book import (
    Book,
    Cell,
    DefinedName,
    SheetCells,
    State,
    address,
    column_letter,
    column_number,
)

Place = tuple[int, int]
Move = Callable[[int, int], Place | None]


def sheet(book: Book, name: str) -> SheetCells:
    """The sheet of that name."""
    return next(one for one in book.sheets if one.name == name)


def with_cells(book: Book, name: str, cells: Iterable[Cell]) -> Book:
    """The book with other cells on one sheet."""
    placed = {(cell.row, cell.column): cell for cell in cells}
    sheets = tuple(
        replace(s, cells=placed) if s.name == name else s for s in book.sheets
    )
    return replace(book, sheets=sheets)


def insert_rows(book: Book, name: str, row: int, count: int = 1) -> Book:
    """Insert rows above a row."""
    return _shifted(book, name, lambda r, c: (r + count if r >= row else r, c))


def delete_rows(book: Book, name: str, row: int, count: int = 1) -> Book:
    """Delete rows from a row on."""
    gone = range(row, row + count)
    return _shifted(
        book, name, lambda r, c: None if r in gone else (r - count if r > row else r, c)
    )


def insert_columns(book: Book, name: str, column: str, count: int = 1) -> Book:
    """Insert columns before a column."""
    place = column_number(column)
    return _shifted(book, name, lambda r, c: (r, c + count if c >= place else c))


def delete_columns(book: Book, name: str, column: str, count: int = 1) -> Book:
    """Delete columns from a column on."""
    place = column_number(column)
    gone = range(place, place + count)
    return _shifted(
        book,
        name,
        lambda r, c: None if c in gone else (r, c - count if c > place else c),
    )


def move_column(book: Book, name: str, column: str, before: str) -> Book:
    """Cut a whole column and insert it before another one."""
    source, target = column_number(column), column_number(before)
    if source == target:
        return book
    order = [c for c in range(1, 200) if c != source]
    order.insert(order.index(target), source)
    places = {old: new for new, old in enumerate(order, start=1)}
    return _shifted(book, name, lambda r, c: (r, places.get(c, c)))


def cut(book: Book, name: str, source: str, target: str) -> Book:
    """Cut one cell and paste it over another; a name of the overwritten cell is lost."""
    start, end = _place(source), _place(target)
    moved = [
        cell._replace(row=end[0], column=end[1]) if place == start else cell
        for place, cell in sheet(book, name).cells.items()
        if place != end
    ]
    book = with_cells(book, name, moved)
    return _renamed_areas(
        book,
        name,
        lambda r, c: None if (r, c) == end else end if (r, c) == start else (r, c),
    )


def copy_row(book: Book, name: str, row: int) -> Book:
    """Copy a whole row, keys included, and insert the copy below it."""
    book = insert_rows(book, name, row + 1)
    cells = sheet(book, name).cells.values()
    return with_cells(
        book,
        name,
        [*cells, *(cell._replace(row=row + 1) for cell in cells if cell.row == row)],
    )


def sort_rows(
    book: Book, name: str, rows: range, columns: range, order: Iterable[int]
) -> Book:
    """Bring the cells of some columns into another order of rows, leaving all others; names stay."""
    new = dict(zip(order, rows, strict=True))
    cells = [
        cell._replace(row=new[cell.row])
        if cell.row in new and cell.column in columns
        else cell
        for cell in sheet(book, name).cells.values()
    ]
    return with_cells(book, name, cells)


def put(book: Book, name: str, where: str, value: float | str) -> Book:
    """Type a value into a cell."""
    row, column = _place(where)
    others = [
        cell
        for place, cell in sheet(book, name).cells.items()
        if place != (row, column)
    ]
    return with_cells(
        book, name, [*others, Cell(row, column, State.VALUE, value, str(value))]
    )


def clear(book: Book, name: str, gone: Callable[[Cell], bool]) -> Book:
    """Empty the cells that fit."""
    return with_cells(
        book,
        name,
        [cell for cell in sheet(book, name).cells.values() if not gone(cell)],
    )


def rename(book: Book, name: str, new: str) -> Book:
    """Rename a sheet; names follow."""
    sheets = tuple(replace(s, name=new) if s.name == name else s for s in book.sheets)
    book = replace(book, sheets=sheets)
    names = {
        key: _aimed(one, name, new, lambda r, c: (r, c))
        for key, one in book.names.items()
    }
    return replace(book, names=names)


def duplicate(book: Book, name: str, new: str) -> Book:
    """Copy a sheet; the copy gets names of its own, as in Excel."""
    copied = replace(sheet(book, name), name=new)
    names = dict(book.names)
    for one in book.names.values():
        if one.reference is not None and one.reference[0] == name and one.sheet is None:
            aimed = _aimed(one, name, new, lambda r, c: (r, c))
            names[f"{new}!{one.name}"] = replace(aimed, sheet=new)
    return replace(book, sheets=(*book.sheets, copied), names=names)


def delete_sheet(book: Book, name: str) -> Book:
    """Delete a sheet; names that pointed at it point at nothing."""
    names = {
        key: _aimed(one, name, name, lambda _r, _c: None)
        for key, one in book.names.items()
        if one.sheet != name
    }
    return replace(
        book, sheets=tuple(s for s in book.sheets if s.name != name), names=names
    )


def without_names(book: Book) -> Book:
    """Delete all defined names."""
    return replace(book, names={})


def _place(where: str) -> Place:
    letters = where.rstrip("0123456789")
    return int(where[len(letters) :]), column_number(letters)


def _shifted(book: Book, name: str, move: Move) -> Book:
    cells = [
        cell._replace(row=place[0], column=place[1])
        for cell in sheet(book, name).cells.values()
        if (place := move(cell.row, cell.column)) is not None
    ]
    moved = _merged_elsewhere(with_cells(book, name, cells), name, move)
    return _renamed_areas(moved, name, move)


def _merged_elsewhere(book: Book, name: str, move: Move) -> Book:
    """The book with the merged ranges of a sheet where their corners have moved to; one without a corner is gone."""
    merged = []
    for area in sheet(book, name).merged:
        row, column, last_row, last_column = range_boundaries_of(area)
        first, last = move(row, column), move(last_row, last_column)
        if first is not None and last is not None:
            merged.append(f"{address(*first)}:{address(*last)}")
    sheets = tuple(
        replace(s, merged=tuple(merged)) if s.name == name else s for s in book.sheets
    )
    return replace(book, sheets=sheets)


def range_boundaries_of(area: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of a range such as ``C13:C14``."""
    column, row, last_column, last_row = range_boundaries(area)
    return row, column, last_row, last_column


def _renamed_areas(book: Book, name: str, move: Move) -> Book:
    return replace(
        book,
        names={key: _aimed(one, name, name, move) for key, one in book.names.items()},
    )


def _aimed(name: DefinedName, old: str, new: str, move: Move) -> DefinedName:
    """A name of ours after its area moved: it spans what is left of its rows and columns."""
    area = name.reference
    if area is None or area[0] != old or not name.name.startswith("kamxl"):
        return name
    places = [
        move(r, c) for r in {*range(area[1], area[3] + 1)} for c in {area[2], area[4]}
    ]
    places += [move(area[1], c) for c in range(area[2], area[4] + 1)]
    left = [place for place in places if place is not None]
    if not left:
        return replace(name, target="#REF!")
    rows, columns = sorted({r for r, _ in left}), sorted({c for _, c in left})
    quoted = "'" + new.replace("'", "''") + "'"
    start, end = (
        f"${column_letter(columns[0])}${rows[0]}",
        f"${column_letter(columns[-1])}${rows[-1]}",
    )
    return replace(
        name, target=f"{quoted}!{start}" + (f":{end}" if start != end else "")
    )
