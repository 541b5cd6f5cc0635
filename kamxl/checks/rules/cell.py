"""KAM2xx: one cell that is empty, wrong or unreadable."""

from __future__ import annotations

from kamxl.checks.findings import Severity
from kamxl.checks.rules.base import Rule
from kamxl.texts import Text

REQUIRED_EMPTY = Rule(
    code="KAM201",
    name="required-empty",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Pflichtangabe fehlt.",
        en="{label}: this required entry is missing.",
    ),
    remedy=Text(de="Das Feld ausfüllen.", en="Fill in the field."),
)
ROWS_MISSING = Rule(
    code="KAM202",
    name="too-few-rows",
    severity=Severity.ERROR,
    message=Text(
        de="„{table}“: Es fehlen Einträge ({found} von mindestens {minimum}).",
        en="“{table}”: entries are missing ({found} of at least {minimum}).",
    ),
    remedy=Text(de="Die fehlenden Zeilen ausfüllen.", en="Fill in the missing rows."),
)
REVENUE_INCOMPLETE = Rule(
    code="KAM203",
    name="revenue-without-outlook",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Für „{group}“ gibt es Umsatz der Vorjahre, aber diese Angabe fehlt.",
        en="{label}: “{group}” has revenue in past years, but this entry is missing.",
    ),
    remedy=Text(
        de="Betrag eintragen; wird nichts erwartet, eine 0.",
        en="Enter an amount; if nothing is expected, enter 0.",
    ),
)
NOT_STARTED = Rule(
    code="KAM205",
    name="sheet-not-started",
    severity=Severity.ERROR,
    message=Text(
        de="Dieses Blatt ist noch nicht bearbeitet; offene Pflichtangaben: {value}.",
        en="Nobody has worked on this sheet yet; required entries open: {value}.",
    ),
    remedy=Text(de="Das Blatt ausfüllen.", en="Fill in the sheet."),
)
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
NOT_A_NUMBER = Rule(
    code="KAM210",
    name="not-a-number",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ ist keine Zahl.",
        en="{label}: “{value}” is not a number.",
    ),
    remedy=Text(
        de="Nur die Zahl eintragen, Erläuterungen gehören in den Kommentar.",
        en="Enter the number alone; explanations belong in the comment.",
    ),
)
NUMBER_AS_TEXT = Rule(
    code="KAM211",
    name="number-as-text",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ ist als Text gespeichert und wurde als {read} gelesen.",
        en="{label}: “{value}” is stored as text and was read as {read}.",
    ),
    remedy=Text(
        de="Den Wert als Zahl ohne Zusätze neu eingeben, sonst rechnet Excel nicht damit.",
        en="Enter the value again as a plain number; otherwise Excel does not calculate with it.",
    ),
)
OUT_OF_RANGE = Rule(
    code="KAM212",
    name="value-out-of-range",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: {value} liegt {beyond} {limit}.",
        en="{label}: {value} is {beyond} {limit}.",
    ),
    remedy=Text(
        de="Wert zwischen {low} und {high} eintragen.",
        en="Enter a value between {low} and {high}.",
    ),
)
AMBIGUOUS_NUMBER = Rule(
    code="KAM213",
    name="ambiguous-number",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ kann {one} oder {other} bedeuten und wurde nicht übernommen.",
        en="{label}: “{value}” may mean {one} or {other} and was not used.",
    ),
    remedy=Text(
        de="Den gemeinten Wert als Zahl neu eingeben.",
        en="Enter the value meant again as a number.",
    ),
)
PERCENT_OR_NUMBER = Rule(
    code="KAM214",
    name="percent-without-sign",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Die Zelle enthält {value}, das wären {read}. Gemeint sind vermutlich {meant}.",
        en="{label}: the cell holds {value}, which would be {read}. Probably {meant} is meant.",
    ),
    remedy=Text(
        de="Den Wert mit Prozentzeichen neu eingeben, zum Beispiel „{meant}“.",
        en="Enter the value again with a percent sign, for example “{meant}”.",
    ),
)
NOT_WHOLE = Rule(
    code="KAM215",
    name="not-a-whole-number",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: {value} ist keine ganze Zahl.",
        en="{label}: {value} is not a whole number.",
    ),
    remedy=Text(de="Eine ganze Zahl eintragen.", en="Enter a whole number."),
)
OTHER_CURRENCY = Rule(
    code="KAM216",
    name="other-currency",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ nennt eine andere Währung als der Plan ({currency}).",
        en="{label}: “{value}” names another currency than the plan ({currency}).",
    ),
    remedy=Text(
        de="Den Betrag in {currency} umrechnen und als Zahl eintragen.",
        en="Convert the amount to {currency} and enter it as a number.",
    ),
)
NOT_A_DATE = Rule(
    code="KAM220",
    name="not-a-date",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ ist kein vollständiges Datum.",
        en="{label}: “{value}” is not a complete date.",
    ),
    remedy=Text(
        de="Tag, Monat und Jahr eintragen, zum Beispiel 31.03.2026.",
        en="Enter day, month and year, for example 2026-03-31.",
    ),
)
DATE_AS_TEXT = Rule(
    code="KAM221",
    name="date-as-text",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: „{value}“ ist als Text gespeichert und wurde als {read} gelesen.",
        en="{label}: “{value}” is stored as text and was read as {read}.",
    ),
    remedy=Text(
        de="Das Datum neu eingeben, damit Excel es als Datum erkennt.",
        en="Enter the date again so that Excel recognises it as a date.",
    ),
)
AMBIGUOUS_DATE = Rule(
    code="KAM222",
    name="ambiguous-date",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: „{value}“ kann der {one} oder der {other} sein und wurde nicht übernommen.",
        en="{label}: “{value}” may be {one} or {other} and was not used.",
    ),
    remedy=Text(
        de="Das Datum eindeutig eintragen, zum Beispiel {one}.",
        en="Enter the date unambiguously, for example {one}.",
    ),
)
DATE_OUT_OF_RANGE = Rule(
    code="KAM223",
    name="date-out-of-range",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Das Datum {value} liegt nicht zwischen {low} und {high}.",
        en="{label}: the date {value} is not between {low} and {high}.",
    ),
    remedy=Text(
        de="Jahr prüfen und das Datum neu eingeben.",
        en="Check the year and enter the date again.",
    ),
)
DATE_WITHOUT_FORMAT = Rule(
    code="KAM224",
    name="date-without-format",
    severity=Severity.WARNING,
    message=Text(
        de="{label}: Die Zahl {value} wurde als Datum {read} gelesen.",
        en="{label}: the number {value} was read as the date {read}.",
    ),
    remedy=Text(
        de="Der Zelle ein Datumsformat geben oder das Datum neu eingeben.",
        en="Give the cell a date format or enter the date again.",
    ),
)
BECAME_DATE = Rule(
    code="KAM225",
    name="number-became-date",
    severity=Severity.ERROR,
    message=Text(
        de="{label}: Excel hat die Eingabe in das Datum {value} verwandelt; eingegeben wurde vermutlich „{typed}“.",
        en="{label}: Excel turned the entry into the date {value}; probably “{typed}” was typed.",
    ),
    remedy=Text(
        de="Die Zelle leeren, als Zahl formatieren und nur eine Zahl eintragen (Ist und Soll getrennt).",
        en="Clear the cell, format it as a number and enter one number only (actual and planned apart).",
    ),
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
        de="{label}: Der Text enthält unsichtbare Steuerzeichen; sie wurden entfernt.",
        en="{label}: the text holds invisible control characters; they were removed.",
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
TWO_NUMBERS = Rule(
    code="KAM260",
    name="actual-and-planned-in-one-cell",
    severity=Severity.HINT,
    message=Text(
        de="{label}: „{value}“ wurde als Ist {actual} und Soll {planned} gelesen.",
        en="{label}: “{value}” was read as actual {actual} and planned {planned}.",
    ),
    remedy=Text(
        de="Ist und Soll in die beiden vorgesehenen Zellen eintragen.",
        en="Enter actual and planned in the two cells meant for them.",
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
