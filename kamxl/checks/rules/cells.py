"""KAM24x and others: cells that cannot be used, whatever their field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kamxl.checks.findings import Severity
from kamxl.checks.rule import Problem, Rule
from kamxl.document.extract import Entry
from kamxl.document.vocabulary import Kind
from kamxl.texts import Text
from kamxl.xlsx.book import CellValue

CELL_DAMAGED = Rule(
    code="KAM131",
    name="cell-damaged",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Der Inhalt der Zelle ist in der Datei beschädigt.",
        en="{label}: the cell’s content is damaged in the file.",
    ),
    remedy=Text(
        de="Die Zelle leeren und den Wert neu eingeben.",
        en="Clear the cell and enter the value again.",
    ),
)
EXCEL_ERROR = Rule(
    code="KAM240",
    name="excel-error",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Zelle enthält den Excel-Fehler {value}.",
        en="{label}: the cell holds the Excel error {value}.",
    ),
    remedy=Text(
        de="Die Formel berichtigen oder durch einen Wert ersetzen.",
        en="Correct the formula or replace it with a value.",
    ),
)
FORMULA_AS_TEXT = Rule(
    code="KAM242",
    name="formula-as-text",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: In der Zelle steht die Formel {value} als Text; sie wird nicht berechnet.",
        en="{label}: the cell holds the formula {value} as text; it is not calculated.",
    ),
    remedy=Text(
        de="Der Zelle das Format „Standard“ geben und die Eingabe bestätigen, oder den Wert eintragen.",
        en="Give the cell the format “General” and confirm the entry, or enter the value.",
    ),
)
PICTURE = Rule(
    code="KAM243",
    name="picture-in-cell",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: In der Zelle liegt ein Bild statt einer Angabe.",
        en="{label}: there is a picture in the cell instead of an entry.",
    ),
    remedy=Text(
        de="Das Bild über der Zelle platzieren oder entfernen und die Angabe eintragen.",
        en="Place the picture over cells or remove it, and make the entry.",
    ),
)
STRUCK_THROUGH = Rule(
    code="KAM244",
    name="struck-through",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ ist ganz oder zum Teil durchgestrichen und zählt trotzdem mit.",
        en="{label}: “{value}” is struck through, all of it or in part, but counts all the same.",
    ),
    remedy=Text(
        de="Was nicht mehr gilt, löschen; sonst die Durchstreichung entfernen.",
        en="Delete what no longer holds; otherwise remove the strikethrough.",
    ),
)
UNCALCULATED = Rule(
    code="KAM241",
    name="formula-not-calculated",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Formel in der Zelle wurde nie berechnet; ihr Ergebnis ist unbekannt.",
        en="{label}: the formula in the cell was never calculated; its result is unknown.",
    ),
    remedy=Text(
        de="Die Datei in Excel öffnen, berechnen lassen (F9) und speichern.",
        en="Open the file in Excel, let it calculate (F9) and save it.",
    ),
)
WRONG_TYPE = Rule(
    code="KAM261",
    name="wrong-type",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Hier steht {found} statt {instead}.",
        en="{label}: there is {found} instead of {instead}.",
    ),
    remedy=Text(
        de="Die Zelle leeren und {expected} eintragen.",
        en="Clear the cell and enter {expected}.",
    ),
    details={"instead": Text(de="erwartet", en="expected")},
)
REFUSED = Rule(
    code="KAM299",
    name="value-refused",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ passt nicht zu diesem Feld und wurde nicht übernommen.",
        en="{label}: “{value}” does not fit this field and was not used.",
    ),
    remedy=Text(
        de="Den Eintrag prüfen und neu eingeben.",
        en="Check the entry and enter it again.",
    ),
)


_TRUTH = {
    True: Text(de="der Wahrheitswert WAHR", en="the logical value TRUE"),
    False: Text(de="der Wahrheitswert FALSCH", en="the logical value FALSE"),
}
_TIME = Text(de="die Uhrzeit {time}", en="the time {time}")
_A_NUMBER = {
    "instead": Text(de="einer Zahl", en="a number"),
    "expected": Text(de="eine Zahl", en="a number"),
}
_A_DATE = {
    "instead": Text(de="eines Datums", en="a date"),
    "expected": Text(de="ein Datum", en="a date"),
}


_REASONS = {
    "uncalculated": UNCALCULATED,
    "error": EXCEL_ERROR,
    "picture": PICTURE,
}
# As a German Excel shows them; all others are called alike in both languages.
_GERMAN_ERRORS = {
    "#N/A": "#NV", "#REF!": "#BEZUG!", "#VALUE!": "#WERT!", "#NUM!": "#ZAHL!", "#SPILL!": "#ÜBERLAUF!",
    "#CALC!": "#KALK!", "#FIELD!": "#FELD!", "#BLOCKED!": "#BLOCKIERT!", "#CONNECT!": "#VERBINDEN!",
    "#UNKNOWN!": "#UNBEKANNT!", "#GETTING_DATA": "#DATEN_ABRUFEN",
}  # fmt: skip
# A function, a cell or a quotation behind the sign, or nothing but arithmetic; "=> siehe Anlage" is none.
_FORMULA = re.compile(
    r"=\s*[-+(@]{0,3}(?:[A-ZÄÖÜ_][\w.]{0,60}\(|(?:'?[^'!=<>]{1,60}'?!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}\b|\")"
    r"|=[-+*/^&%().,\s0-9]{2,60}$",
    re.IGNORECASE,
)


def unreadable(entry: Entry) -> Problem:
    """Why a cell that could not be read cannot be used."""
    rule = _REASONS.get(entry.reason, CELL_DAMAGED)
    return rule.at(value=error_name(entry.raw) if rule is EXCEL_ERROR else entry.raw)


def error_name(raw: str) -> Text:
    """An error as Excel shows it in each language.

    >>> error_name("#N/A")["de"]
    '#NV'
    """
    return Text(de=_GERMAN_ERRORS.get(raw, raw), en=raw)


def is_formula_text(text: str) -> bool:
    """Whether a text is a formula that Excel was never made to work out.

    >>> is_formula_text("=SUMME(F13:F14)"), is_formula_text("=> siehe Anlage")
    (True, False)
    """
    return text.startswith("=") and _FORMULA.match(text) is not None


def wrong_type(value: CellValue, kind: Kind) -> Problem:
    """A truth value or a time where a number or a date belongs."""
    found = (
        _TRUTH[value]
        if isinstance(value, bool)
        else _TIME.format(time=f"{value:%H:%M}")
    )
    expected = _A_DATE if kind is Kind.DATE else _A_NUMBER
    return WRONG_TYPE.at(found=found, **expected)


def struck_through(entries: Iterable[Entry]) -> Iterator[Problem]:
    """The first entry of each row or form that is struck through."""
    told: set[str] = set()
    for entry in entries:
        if entry.style.is_struck and entry.path.record not in told:
            told.add(entry.path.record)
            yield STRUCK_THROUGH.at(entry.path, value=entry.raw)
