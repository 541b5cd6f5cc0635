"""The hidden sheet ``_lists``: the values of every dropdown, each under a defined name, and rows of tables by place.

Value lists stand there as labels in the workbook's language. Names that other sheets hold (contacts, rivals,
goals, product groups) are repeated by formula where they stand side by side, or the name points at their column.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from kamxl.document.drawing.validations import NAME_LISTS
from kamxl.document.formulas.gathered import gathered_formulas
from kamxl.document.formulas.terms import literal, when
from kamxl.document.keys import LISTS_SHEET, list_name
from kamxl.document.layout.layout import Layout
from kamxl.document.schema import FieldSpec, SideSpec
from kamxl.document.vocabulary import Kind
from kamxl.xlsx.writing import verbatim


def add_name(book: Workbook, name: str, target: str) -> None:
    """Define a name for a range such as ``'Deckblatt'!$C$4``."""
    book.defined_names[name] = DefinedName(name, attr_text=target)


def draw_lists(book: Workbook, layout: Layout) -> None:
    """Write the sheet and define one name per list."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    lists = _value_lists(layout)
    side_by_side = {
        NAME_LISTS[field.item.names]: _one_below_the_other(layout, side, field)
        for matrix in layout.spec.matrices
        for side in matrix.sides
        for field in side.fields
        if field.item.names is not None
    }
    team = NAME_LISTS[Kind.PERSON]
    own = layout.spec.settings.people
    if team not in side_by_side:
        lists[team] = list(own)
    for row, column, formula in gathered_formulas(layout):
        sheet.cell(row, column, formula)
    start = len(layout.spec.gathered) + 1
    everything = {**lists, **side_by_side}
    for index, (key, values) in enumerate(everything.items(), start):
        _write_list(sheet, index, key, values, formulas=key in side_by_side)
        letter = get_column_letter(index)
        last = max(len(values) + 1, 2)
        if key == team and key in side_by_side:
            last += _write_others(sheet, index, last, own)
        add_name(book, list_name(key), f"'{LISTS_SHEET}'!${letter}$2:${letter}${last}")
    columns = _columns_of_names(layout)
    for kind, key in NAME_LISTS.items():
        if key not in lists and key not in side_by_side:
            nothing = f"'{LISTS_SHEET}'!$A$1:$A$1"
            add_name(book, list_name(key), columns.get(kind, nothing))


def _value_lists(layout: Layout) -> dict[str, list[str]]:
    """The labels of each list of values, by the list's key."""
    found: dict[str, list[str]] = {}
    for field in layout.spec.fields.values():
        if field.options:
            labels = [option.label[layout.language] for option in field.options]
            found.setdefault(field.options_key, labels)
    return found


def _write_list(
    sheet: Worksheet, column: int, key: str, values: Sequence[str], *, formulas: bool
) -> None:
    sheet.cell(1, column, key)
    for row, value in enumerate(values, start=2):
        cell = sheet.cell(row, column, value if formulas else verbatim(value))
        if not formulas:  # a name may begin like a formula
            cell.data_type = "s"


def _write_others(
    sheet: Worksheet, column: int, last: int, people: Sequence[str]
) -> int:
    """Below the names that stand in a matrix those of our people who are not among them; how many there may be."""
    letter = get_column_letter(column)
    for row, name in enumerate(people, start=last + 1):
        told = f"COUNTIFS(${letter}$2:${letter}${last},{literal(name)})"
        sheet.cell(row, column, f"={when(f'{told}=0', literal(name))}")
    return len(people)


def _one_below_the_other(layout: Layout, side: SideSpec, field: FieldSpec) -> list[str]:
    """Names of one side of a matrix, repeated by formula one below the other."""
    people = range(side.count)
    cells = [layout.address(field.pattern.at(person)) for person in people]
    return [f'=IF({cell}="","",{cell})' for cell in cells]


def _columns_of_names(layout: Layout) -> dict[Kind, str]:
    """The table columns that hold the names which other fields choose from."""
    return {
        field.item.names: layout.column(field.pattern)
        for table in layout.spec.tables
        for field in table.fields
        if field.item.names is not None
    }
