"""The hidden sheet ``_lists``: the values of every dropdown, each under a defined name.

Value lists stand there as labels in the workbook's language. Names that other sheets hold (contacts, rivals,
goals, product groups) are repeated by formula where they stand side by side, or the name points at their column.
"""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from kamxl.document.drawing.validations import NAME_LISTS
from kamxl.document.keys import LISTS_SHEET, list_name
from kamxl.document.layout.layout import PlanLayout
from kamxl.document.schema import SectionKind
from kamxl.document.vocabulary import Kind

__all__ = ["add_name", "draw_lists"]

_CONTACTS = NAME_LISTS[Kind.CONTACT]


def add_name(book: Workbook, name: str, target: str) -> None:
    """Define a name for a range such as ``'Deckblatt'!$C$4``."""
    book.defined_names[name] = DefinedName(name, attr_text=target)


def draw_lists(book: Workbook, layout: PlanLayout) -> None:
    """Write the sheet and define one name per list."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    columns: dict[str, list[str]] = {}
    for field in layout.spec.fields.values():
        if field.options:
            columns.setdefault(
                field.options_key,
                [option.label[layout.language] for option in field.options],
            )
    columns["team"] = [person.name for person in layout.spec.settings.team]
    columns[_CONTACTS] = list(_contact_formulas(layout))
    for index, (key, values) in enumerate(columns.items(), start=1):
        letter = get_column_letter(index)
        sheet.cell(1, index, key)
        for row, value in enumerate(values, start=2):
            cell = sheet.cell(row, index, value)
            if key != _CONTACTS:  # a name may begin like a formula
                cell.data_type = "s"
        last = max(len(values) + 1, 2)
        add_name(book, list_name(key), f"'{LISTS_SHEET}'!${letter}$2:${letter}${last}")
    for kind, key in NAME_LISTS.items():
        if key not in columns:
            add_name(
                book,
                list_name(key),
                _column_of_names(layout, kind) or f"'{LISTS_SHEET}'!$A$1:$A$1",
            )


def _contact_formulas(layout: PlanLayout) -> Iterable[str]:
    """The contacts' names, which stand side by side in the matrix, one below the other."""
    for _, section in layout.spec.sections():
        if section.kind is SectionKind.MATRIX:
            sheet = section.pattern.rsplit(".", 1)[0]
            for person in range(section.people_count):
                name = layout.address(f"{sheet}.people[{person}].name")
                yield f'=IF({name}="","",{name})'


# The columns that hold the names which other sheets choose from.
_SOURCES = {
    Kind.COMPETITOR: "competition.competitors[].name",
    Kind.GOAL: "strategy.goals[].goal",
    Kind.PRODUCT_GROUP: "revenue.revenue[].product_group",
}


def _column_of_names(layout: PlanLayout, kind: Kind) -> str | None:
    pattern = _SOURCES.get(kind)
    return layout.column(pattern) if pattern in layout.columns else None
