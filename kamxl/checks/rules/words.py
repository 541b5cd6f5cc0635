"""KAM25x: texts, as they are typed or pasted into a cell."""

from __future__ import annotations

import datetime as dt

from kamxl.checks.entries.conversion import Case, Conversion
from kamxl.checks.entries.shown import MARKS, quoted
from kamxl.checks.entries.texts import clean, shorten
from kamxl.checks.entries.wording import day, number, truth
from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.checks.rules.numbers import AS_SHOWN
from kamxl.document.schema import FieldSpec
from kamxl.document.vocabulary import Kind
from kamxl.texts import Language, Text
from kamxl.xlsx.book import CellValue
from kamxl.xlsx.formats import ShownAs, view

BLANK_TEXT = Rule(
    code="KAM204",
    name="only-spaces",
    severity=Severity.HINT,
    message=Text(
        de="{label}: Die Zelle sieht leer aus, enthält aber Leerzeichen.",
        en="{label}: the cell looks empty but holds spaces.",
    ),
    remedy=Text(de="Die Zelle mit Entf leeren.", en="Clear the cell with Delete."),
)
TEXT_BECAME_DATE = Rule(
    code="KAM226",
    name="text-became-date",
    severity=Severity.HINT,
    message=Text(
        de="{label}: Im Textfeld steht ein Datum ({value}); vielleicht hat Excel die Eingabe verwandelt.",
        en="{label}: the text field holds a date ({value}); Excel may have converted the entry.",
    ),
    remedy=Text(
        de="Prüfen; als Text bleibt die Eingabe erhalten, wenn ein Hochkomma (') davor steht.",
        en="Check it; an entry stays text when an apostrophe (') stands before it.",
    ),
)
TOO_LONG = Rule(
    code="KAM250",
    name="text-too-long",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Text hat {found} Zeichen; übernommen werden die ersten {limit}.",
        en="{label}: the text has {found} characters; the first {limit} are used.",
    ),
    remedy=Text(
        de="Den Text auf {limit} Zeichen kürzen.",
        en="Shorten the text to {limit} characters.",
    ),
)
CONTROL_CHARACTERS = Rule(
    code="KAM251",
    name="control-characters",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Der Text enthält unsichtbare Zeichen oder besondere Leerzeichen; sie wurden entfernt.",
        en="{label}: the text holds invisible characters or special blanks; they were removed.",
    ),
    remedy=Text(
        de="Den Text neu eingeben oder ohne Formatierung einfügen.",
        en="Enter the text again or paste it without formatting.",
    ),
)
LINE_BREAKS = Rule(
    code="KAM252",
    name="several-lines",
    severity=Severity.HINT,
    message=Text(
        de="{label}: Der Text ist mehrzeilig; gelesen wurde er als eine Zeile.",
        en="{label}: the text has several lines; it was read as one line.",
    ),
    remedy=Text(de="Zeilenumbrüche entfernen.", en="Remove the line breaks."),
)
POSTAL_CODE = Rule(
    code="KAM253",
    name="postal-code-as-number",
    severity=Severity.HINT,
    message=Text(
        de="{label}: {value} ist als Zahl gespeichert, eine führende Null geht so verloren; gelesen als „{read}“.",
        en="{label}: {value} is stored as a number, which loses a leading zero; read as “{read}”.",
    ),
    remedy=Text(
        de="Die Zelle als Text formatieren und die Postleitzahl vollständig eintragen.",
        en="Format the cell as text and enter the complete postal code.",
    ),
)


_WORDED = {
    Kind.TEXT, Kind.NOTE, Kind.PERSON, Kind.CONTACT, Kind.COMPETITOR, Kind.GOAL, Kind.PRODUCT_GROUP,
}  # fmt: skip
_GERMANY = {"", "de", "d", "deutschland", "germany"}

Said = tuple[str, tuple[Problem, ...]]
"""A text, and what is the matter with it."""


def cleaned(text: str, spec: FieldSpec) -> Said:
    """`text` without what cannot be seen, on one line where its field has only one."""
    found = clean(text)
    # Between digits a blank of another kind is a mark of thousands like any other.
    spaced = found.had_blanks and found.text and spec.kind in _WORDED
    problems = (CONTROL_CHARACTERS.at(),) if found.had_marks or spaced else ()
    if "\n" not in found.text or spec.kind is Kind.NOTE:
        return found.text, problems
    return " ".join(found.text.split()), (*problems, LINE_BREAKS.at())


def text_of(value: CellValue, case: Case) -> Conversion:
    """The text that a cell holds, shortened to what its field takes."""
    text, problems = _said(value, case)
    limit = case.spec.max_length
    if limit is None or len(text) <= limit:
        return Conversion(text, problems)
    found, most = (number(size, case.language) for size in (len(text), limit))
    too_long = TOO_LONG.at(found=found, limit=most)
    return Conversion(shorten(text, limit), (*problems, too_long))


def _said(value: CellValue, case: Case) -> Said:
    if isinstance(value, str):
        return value, ()
    if isinstance(value, bool):
        return truth(value, case.language), ()
    if isinstance(value, dt.date):
        text = day(value, case.language)
        return text, (TEXT_BECAME_DATE.at(value=text),)
    if isinstance(value, int | float):
        return _number(value, case)
    return f"{value:%H:%M}", ()


def _number(value: float, case: Case) -> Said:
    """A number typed into a text field, with the zeros and words that its format shows."""
    section = view(case.entry.style.code, value)
    plain = number(value, case.language, grouped=False)
    if not section.changes_text:
        return _postal_code(value, plain, case)
    shown = section.text(value, MARKS[Language(case.language)])
    read = shown or plain
    if case.spec.item.leading_zeros and section.is_plain:
        return read, (POSTAL_CODE.at(value=plain, read=read),)
    return read, (AS_SHOWN.at(value=plain, shown=quoted(shown), read=read),)


def _postal_code(value: float, text: str, case: Case) -> Said:
    """A German postal code gets its leading zero back."""
    country = case.surroundings.country.strip().casefold()
    in_germany = case.spec.item.leading_zeros and country in _GERMANY
    if not in_germany or not 1000 <= value < 10_000:
        return text, ()
    # Four digits may be Austrian or Swiss: without a country nothing is added.
    read = f"0{text}" if country else text
    return read, (POSTAL_CODE.at(value=text, read=read),)


def as_shown(text: str, case: Case) -> Said:
    """A text with the words that its cell's format shows around it."""
    section = view(case.entry.style.code, text)
    if section.is_plain:
        return text, ()
    shown = f"{section.before}{text}{section.after}".strip()
    if section.shape is ShownAs.WORDS:
        shown = section.before.strip()
    read = shown or text
    return read, (AS_SHOWN.at(value=text, shown=quoted(shown), read=read),)
