"""The hidden sheet ``_lists``: the values of every dropdown, each under a defined name, and rows of tables by place.

Value lists stand there as labels in the workbook's language. Names that other sheets hold (contacts, rivals,
goals, product groups) are repeated by formula where they stand side by side, or the name points at their column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

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

_TEAM = NAME_LISTS[Kind.PERSON]
_NOTHING = f"'{LISTS_SHEET}'!$A$1:$A$1"


def add_name(book: Workbook, name: str, target: str) -> None:
    """Define a name for a range such as ``'Deckblatt'!$C$4``."""
    book.defined_names[name] = DefinedName(name, attr_text=target)


def draw_lists(book: Workbook, layout: Layout) -> None:
    """Write the sheet and define one name per list."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    for row, column, formula in gathered_formulas(layout):
        sheet.cell(row, column, formula)
    lists, repeated = _value_lists(layout), _repeated_names(layout)
    people = layout.spec.settings.people
    if _TEAM not in repeated:
        lists[_TEAM] = list(people)
    others = {_TEAM: people} if _TEAM in repeated else {}
    lists |= repeated
    for column, (key, values) in enumerate(
        lists.items(), len(layout.spec.gathered) + 1
    ):
        _write_list(sheet, column, key, values, formulas=key in repeated)
        last = max(len(values) + 1, 2)
        last += _write_others(sheet, column, last, others.get(key, ()))
        letter = get_column_letter(column)
        add_name(book, list_name(key), f"'{LISTS_SHEET}'!${letter}$2:${letter}${last}")
    columns = _columns_of_names(layout)
    for kind, key in NAME_LISTS.items():
        if key not in lists:
            add_name(book, list_name(key), columns.get(kind, _NOTHING))


def _repeated_names(layout: Layout) -> dict[str, list[str]]:
    """The formulas of the lists of names that stand side by side in a matrix, by the list's key."""
    matrices = layout.spec.matrices
    sides = chain.from_iterable(matrix.sides for matrix in matrices)
    return {
        NAME_LISTS[field.item.names]: _one_below_the_other(layout, side, field)
        for side in sides
        for field in side.fields
        if field.item.names is not None
    }


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
