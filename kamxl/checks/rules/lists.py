"""KAM23x: values of a list."""

from __future__ import annotations

from kamxl.checks.entries.choices import find_option
from kamxl.checks.entries.conversion import Case, Conversion, refused
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Rule
from kamxl.texts import Text
from kamxl.xlsx.book import CellValue
from kamxl.xlsx.formats import ShownAs, view

NOT_IN_LIST = Rule(
    code="KAM230",
    name="not-in-list",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ steht nicht in der Auswahlliste.{guess}",
        en="{label}: “{value}” is not in the list.{guess}",
    ),
    remedy=Text(
        de="Einen dieser Werte wählen: {options}.",
        en="Choose one of these values: {options}.",
    ),
    details={"options": Text(de="erlaubte Werte", en="values allowed")},
    additions={
        "guess": Text(de=" Meinten Sie „{near}“?", en=" Did you mean “{near}”?")
    },
)
LIST_SPELLING = Rule(
    code="KAM231",
    name="list-spelling",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ wurde als „{read}“ gelesen.",
        en="{label}: “{value}” was read as “{read}”.",
    ),
    remedy=Text(
        de="Den Wert aus der Auswahlliste übernehmen.",
        en="Choose the value from the list.",
    ),
)


def choice_of(value: CellValue, case: Case) -> Conversion:
    """The code of the list's value that a cell names, or shows of a number.

    Only the label of the workbook's language, letter by letter, is what its formulas know.
    """
    if isinstance(value, float):
        section = view(case.entry.style.code, value)
        value = section.before if section.shape is ShownAs.WORDS else value
    found = find_option(value, case.spec.options, case.language)
    if found.option is None:
        return refused(NOT_IN_LIST.at(**found.details))
    read = found.option.label[case.language]
    if case.entry.value == read:
        return Conversion(found.option.code)
    problem = LIST_SPELLING.at(value=_seen(case) or found.written, read=read)
    return Conversion(found.option.code, (problem,))


def _seen(case: Case) -> str:
    """A text with its blanks, which may be all that is wrong with it."""
    return case.entry.value if isinstance(case.entry.value, str) else ""
