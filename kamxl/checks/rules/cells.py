"""KAM24x and others: cells that cannot be used, whatever their field."""

from __future__ import annotations

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


_REASONS = {"uncalculated": UNCALCULATED, "error": EXCEL_ERROR}


def unreadable(entry: Entry) -> Problem:
    """Why a cell that could not be read cannot be used."""
    return _REASONS.get(entry.reason, CELL_DAMAGED).at(value=entry.raw)


def wrong_type(value: CellValue, kind: Kind) -> Problem:
    """A truth value or a time where a number or a date belongs."""
    found = (
        _TRUTH[value]
        if isinstance(value, bool)
        else _TIME.format(time=f"{value:%H:%M}")
    )
    expected = _A_DATE if kind is Kind.DATE else _A_NUMBER
    return WRONG_TYPE.at(found=found, **expected)
