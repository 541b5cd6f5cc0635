"""What the control panel says, in both languages."""

from __future__ import annotations

from kamxl.texts import Text

WORKING = Text(de="Bitte warten …", en="Please wait …")
PROGRESS = Text(
    de="kamxl: {done} von {total} · {name}", en="kamxl: {done} of {total} · {name}"
)
WRITING = Text(
    de="kamxl: Blätter werden geschrieben …", en="kamxl: writing the sheets …"
)
UNEXPECTED = Text(
    de="Das hat nicht geklappt ({reason}). Bitte beenden Sie eine offene Zelleingabe und versuchen Sie es noch einmal. "
    "Einzelheiten für den Support: {log}",
    en="That did not work ({reason}). Please finish editing a cell, if you are, and try again. Details for support: "
    "{log}",
)

# Consolidating

NO_FOLDER = Text(
    de="Bitte tragen Sie oben den Ordner ein, in dem die Pläne liegen.",
    en="Please enter the folder that holds the plans above.",
)
NO_PANEL = Text(
    de="In dieser Arbeitsmappe fehlt das Feld „{name}“. Bitte nutzen Sie kamxl-control.xlsm.",
    en="This workbook lacks the field “{name}”. Please use kamxl-control.xlsm.",
)
NOTHING_FOUND = Text(
    de="In „{folder}“ liegen keine Dateien.", en="There are no files in “{folder}”."
)
CONSOLIDATED = Text(
    de="{found} Dateien gelesen: {accepted} übernommen, {partial} teilweise übernommen, {rejected} abgelehnt, "
    "{ignored} nicht berücksichtigt. {errors} Fehler, {open} offene Angaben, {warnings} Warnungen.",
    en="{found} files read: {accepted} accepted, {partial} partly accepted, {rejected} rejected, {ignored} ignored. "
    "{errors} errors, {open} open entries, {warnings} warnings.",
)
SHEET_TAKEN = Text(
    de="Das Blatt „{name}“ stammt nicht von kamxl. Bitte benennen Sie es um, damit nichts überschrieben wird.",
    en="The sheet “{name}” was not made by kamxl. Please rename it, so that nothing is overwritten.",
)
BOOK_LOCKED = Text(
    de="Die Arbeitsmappe „{name}“ lässt keine neuen Blätter zu. Bitte heben Sie den Arbeitsmappenschutz auf "
    "(Überprüfen, Arbeitsmappe schützen).",
    en="The workbook “{name}” admits no new sheets. Please lift its protection (Review, Protect Workbook).",
)
AS_OF = Text(de="Stand {when} · aus {folder}", en="As of {when} · from {folder}")
SHEETS = {
    "accounts": Text(de="Accounts", en="Accounts"),
    "revenue": Text(de="Umsatz", en="Revenue"),
    "opportunities": Text(de="Pipeline", en="Pipeline"),
    "measures": Text(de="Maßnahmen", en="Measures"),
    "contacts": Text(de="Kontakte", en="Contacts"),
    "findings": Text(de="Prüfprotokoll", en="Findings"),
    "sources": Text(de="Quellen", en="Sources"),
}
NO_ROWS = Text(de="Keine Einträge.", en="No entries.")

# The round of plans

NO_LIST = Text(
    de="Bitte tragen Sie die Kundenliste ein (CSV oder Excel).",
    en="Please enter the account list (CSV or Excel).",
)
FOLDER_CHECKED = Text(
    de="{found} Dateien geprüft: {errors} Fehler, {open} offene Angaben, {warnings} Warnungen, {hints} Hinweise. "
    "Sie stehen auf dem Blatt „{sheet}“.",
    en="{found} files checked: {errors} errors, {open} open entries, {warnings} warnings, {hints} hints. They are "
    "on the sheet “{sheet}”.",
)
HOME = Text(de="Befunde je KAM", en="Findings per KAM")
HANDED_BACK = Text(
    de="{count} Arbeitsmappen mit Mailentwurf geschrieben, eine je KAM: {folder}",
    en="{count} workbooks with mail drafts written, one per KAM: {folder}",
)
NO_FINDINGS = Text(
    de="Kein Plan hat Befunde; es gibt nichts zurückzugeben.",
    en="No plan has findings; there is nothing to hand back.",
)
MISSING_SHEET = Text(de="Wer fehlt", en="Who is missing")
NO_FILE = Text(de="kein Plan", en="no plan")
UNTOUCHED = Text(de="noch nicht begonnen", en="not begun yet")
SOME_MISSING = Text(
    de="Von {total} Accounts fehlen {count}. Sie stehen auf dem Blatt „{sheet}“.",
    en="Of {total} accounts {count} are missing. They are on the sheet “{sheet}”.",
)
NOBODY_MISSING = Text(
    de="Alle {total} Accounts haben abgegeben.",
    en="All {total} accounts have handed in.",
)
COLUMN_KAM = Text(de="KAM", en="KAM")
COLUMN_ACCOUNT = Text(de="Kundennummer", en="Account number")
COLUMN_COMPANY = Text(de="Firma", en="Company")
COLUMN_STATE = Text(de="Stand", en="State")
NEW_PLANS = Text(
    de="{written} Pläne geschrieben, {skipped} schon vorhanden: {folder}",
    en="{written} plans written, {skipped} there already: {folder}",
)
NOTICE_SHEET = Text(de="Hinweise zu den Listen", en="Notices on the lists")
COLUMN_NOTICE = Text(de="Hinweis", en="Notice")
SEE_NOTICES = Text(
    de="Was beim Lesen der Listen auffiel, steht auf dem Blatt „{sheet}“.",
    en="What was noticed about the lists is on the sheet “{sheet}”.",
)

# Finding the plan

NO_PLAN = Text(
    de="Es ist kein Accountplan geöffnet. Bitte öffnen Sie ihn, oder tragen Sie seinen Pfad ein.",
    en="No account plan is open. Please open it, or enter its path.",
)
MANY_PLANS = Text(
    de="Mehrere Pläne sind geöffnet ({names}). Bitte tragen Sie ein, welcher gemeint ist.",
    en="Several plans are open ({names}). Please enter which one is meant.",
)
PLAN_MISSING = Text(
    de="„{name}“ ist nicht geöffnet und nicht zu finden.",
    en="“{name}” is not open and cannot be found.",
)
NOT_A_PLAN = Text(
    de="„{name}“ ist kein Accountplan von kamxl.",
    en="“{name}” is no account plan of kamxl.",
)
CANNOT_COPY = Text(
    de="„{name}“ lässt sich nicht lesen. Bitte speichern Sie den Plan und versuchen Sie es noch einmal.",
    en="“{name}” cannot be read. Please save the plan and try again.",
)

# Marking findings

MARK = Text(de="Prüfung durch kamxl", en="Checked by kamxl")
CHECKED = Text(
    de="{name}: {errors} Fehler, {open} offene Angaben, {warnings} Warnungen, {hints} Hinweise. Die Zellen sind "
    "markiert, die Liste steht auf dem Blatt „{sheet}“.",
    en="{name}: {errors} errors, {open} open entries, {warnings} warnings, {hints} hints. The cells are marked, the "
    "list is on the sheet “{sheet}”.",
)
FLAWLESS = Text(de="{name}: keine Befunde.", en="{name}: no findings.")
COUNTED = Text(
    de="{errors} Fehler, {open} offene Angaben, {warnings} Warnungen, {hints} Hinweise · geprüft am {when}",
    en="{errors} errors, {open} open entries, {warnings} warnings, {hints} hints · checked on {when}",
)
CLEARED = Text(
    de="{name}: {count} Markierungen entfernt.", en="{name}: {count} marks removed."
)
PASSWORD = Text(
    de="Das Blatt „{name}“ ist mit einem Kennwort geschützt. Bitte heben Sie den Schutz auf.",
    en="The sheet “{name}” is protected by a password. Please lift the protection.",
)
COLUMN_SEVERITY = Text(de="Schwere", en="Severity")
COLUMN_SHEET = Text(de="Blatt", en="Sheet")
COLUMN_CELL = Text(de="Zelle", en="Cell")
COLUMN_FIELD = Text(de="Feld", en="Field")
COLUMN_FOUND = Text(de="Gefunden", en="Found")
COLUMN_MESSAGE = Text(de="Befund", en="Finding")
COLUMN_REMEDY = Text(de="Abhilfe", en="Remedy")
COLUMN_RULE = Text(de="Regel", en="Rule")

# Recomputing

ALL_AGREE = Text(
    de="{name}: {count} Kennzahlen nachgerechnet, alle stimmen mit den Formeln überein.",
    en="{name}: {count} figures recomputed, all agree with the formulas.",
)
SOME_DIFFER = Text(
    de="{name}: {count} Kennzahlen nachgerechnet, {wrong} weichen ab. Sie stehen auf dem Blatt „{sheet}“.",
    en="{name}: {count} figures recomputed, {wrong} differ. They are listed on the sheet “{sheet}”.",
)
DIFFERENCES = Text(
    de="Was die Formeln zeigen, und was aus den Eingaben folgt · {when}",
    en="What the formulas show, and what follows from the entries · {when}",
)
COLUMN_FIGURE = Text(de="Kennzahl", en="Figure")
COLUMN_SHOWN = Text(de="Mappe zeigt", en="Workbook shows")
COLUMN_COMPUTED = Text(de="nachgerechnet", en="Recomputed")
REENTERED = Text(
    de="{name}, Blatt „{sheet}“: {count} Zellen mit KAM-Funktionen neu berechnet.",
    en="{name}, sheet “{sheet}”: {count} cells with KAM functions recalculated.",
)
NO_FUNCTIONS = Text(
    de="{name}, Blatt „{sheet}“: keine Zelle mit einer KAM-Funktion.",
    en="{name}, sheet “{sheet}”: no cell with a KAM function.",
)
EMPTY = Text(de="leer", en="blank")
