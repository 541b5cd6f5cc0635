"""What the command line says, in German and English; light enough to be loaded for ``--help``."""

from __future__ import annotations

from kamxl.texts import Text

PROGRAM = Text(
    "Accountpläne für das Key Account Management: als Excel-Arbeitsmappen erzeugen, prüfen und zu einem Portfolio "
    "zusammenführen.",
    "Account plans for key account management: generate them as Excel workbooks, check them and consolidate them "
    "into a portfolio.",
)
EPILOG = Text(
    "Rückgabewert: 0 alles in Ordnung, 1 Fehler in den Plänen gefunden, 2 nicht ausgeführt.",
    "Exit status: 0 all well, 1 errors found in the plans, 2 not carried out.",
)
VERSION = Text("die Version anzeigen", "show the version")
COMMAND = Text("Befehle", "commands")

NEW = Text("Neue Pläne erzeugen", "generate new plans")
NEW_LONG = Text(
    "Erzeugt je Kunde der Kundenliste eine Arbeitsmappe mit Stammdaten, KAM und Umsatz der Vorjahre; ohne "
    "Kundenliste einen leeren Plan, mit --template die leere Vorlage. Vorhandene Pläne bleiben unangetastet.",
    "Generates a workbook for each account of the list with master data, key account manager and past revenue; "
    "without a list one blank plan, with --template the empty template. Plans that exist are left as they are.",
)
READ = Text("Die Eingaben eines Plans auslesen", "print the entries of a plan")
READ_LONG = Text(
    "Gibt jedes Eingabefeld eines Plans mit Wert, Blatt und Zelle aus.",
    "Prints every input field of a plan with its value, sheet and cell.",
)
CHECK = Text("Pläne prüfen", "check plans")
CHECK_LONG = Text(
    "Prüft Pläne und nennt jeden Befund mit Blatt, Zelle und Abhilfe.",
    "Checks plans and names every finding with sheet, cell and remedy.",
)
CONSOLIDATE = Text(
    "Pläne zu einem Portfolio zusammenführen", "consolidate plans into a portfolio"
)
CONSOLIDATE_LONG = Text(
    "Liest alle Pläne eines Ordners samt Unterordnern und schreibt die Portfolio-Arbeitsmappe.",
    "Reads all plans of a folder and its subfolders and writes the portfolio workbook.",
)
RULES = Text("Die Prüfregeln auflisten", "list the rules of the check")
RULES_LONG = Text(
    "Listet die Prüfregeln mit Schweregrad und Meldung auf, so wie Ihr Unternehmen sie eingestellt hat.",
    "Lists the rules of the check with severity and message, as your company has set them.",
)
RULE_WORDS = Text(
    "nur Regeln, in denen jedes dieser Wörter vorkommt, z. B. Datum, KAM2, Warnung",
    "only rules that say each of these words, e.g. date, KAM2, warning",
)
EXPLAIN = Text("Eine Prüfregel erklären", "explain a rule of the check")
EXPLAIN_LONG = Text(
    "Sagt, was eine Prüfregel meldet, mit Beispiel und Abhilfe, und wie sich ihr Schweregrad ändern lässt.",
    "Says what a rule reports, with an example and the remedy, and how its severity can be changed.",
)
RULE_CALLED = Text("Code oder Name der Regel", "code or name of the rule")
HELP = Text("Hilfe zu einem Befehl zeigen", "show help on a command")
HELP_TOPIC = Text("der Befehl", "the command")
COMPLETION = Text(
    "Befehle mit der Tabulatortaste ergänzen", "complete commands with the Tab key"
)
COMPLETION_LONG = Text(
    "Gibt ein Skript aus, mit dem die Tabulatortaste Befehle und Optionen ergänzt: bash (auch zsh) oder powershell. "
    "An die Startdatei der Shell anhängen und diese neu öffnen.",
    "Prints a script with which the Tab key completes commands and options: bash (for zsh, too) or powershell. "
    "Add it to the shell’s start file and open the shell anew.",
)
SHELL = Text("bash (auch zsh) oder powershell", "bash (zsh, too) or powershell")
ONLY = Text(
    "nur Befunde dieser Regel, mit Code oder Name; mehrmals möglich",
    "findings of this rule only, by code or name; may be repeated",
)
SUMMARY = Text(
    "nur die Zusammenfassung je KAM und je Regel", "only the summary by KAM and by rule"
)
QUIET = Text(
    "nichts ausgeben; der Rückgabewert sagt, ob es Fehler gibt",
    "print nothing; the exit status says whether there are errors",
)
SETTINGS = Text("Die Einstellungsdatei ausgeben", "print the settings file")
SETTINGS_LONG = Text(
    "Gibt die Standardeinstellungen mit Erläuterungen aus, als Anfang einer eigenen kamxl.toml.",
    "Prints the default settings with explanations, to start a kamxl.toml of your own.",
)
DEMO = Text("Zwölf Beispielkunden durchspielen", "play through twelve example accounts")
DEMO_LONG = Text(
    "Erzeugt zwölf ausgefüllte Beispielpläne (drei davon mit typischen Fehlern), prüft sie und führt sie zusammen.",
    "Generates twelve filled example plans (three of them with typical mistakes), checks and consolidates them.",
)
UDF = Text("Bewertungsfunktionen in Excel-Zellen", "scoring functions in Excel cells")
UDF_BUILD = Text(
    "Das Add-in kamxl.xlam und die VBA-Module schreiben",
    "write the add-in kamxl.xlam and VBA modules",
)
UDF_INSTALL = Text(
    "Das Add-in in Excel einrichten (Windows)", "set the add-in up in Excel (Windows)"
)
UDF_UNINSTALL = Text("Das Add-in wieder entfernen", "take the add-in away again")
UDF_DOCTOR = Text(
    "Prüfen, warum Funktionen in Excel nicht rechnen",
    "find out why functions do not work in Excel",
)
UDF_LIST = Text(
    "Funktionen mit ihren Argumenten auflisten", "list functions with their arguments"
)
UDF_CALL = Text("Eine Funktion aufrufen", "call a function")

ACCOUNTS = Text("Kundenliste (CSV oder XLSX)", "account list (CSV or XLSX)")
REVENUE = Text("Umsatzliste (CSV oder XLSX)", "revenue history (CSV or XLSX)")
TEMPLATE = Text(
    "die leere Vorlage statt eines Plans schreiben",
    "write the empty template instead of a plan",
)
YEAR = Text(
    "Planjahr (sonst laut Einstellungen)", "plan year (else as in the settings)"
)
NEW_LANGUAGE = Text(
    "Sprache der Arbeitsmappen und Meldungen", "language of the workbooks and messages"
)
LANGUAGE = Text("Sprache der Meldungen", "language of the messages")
SETTINGS_LANGUAGE = Text(
    "Sprache der Datei und der Meldungen", "language of the file and the messages"
)
PROFILE = Text(
    "full (mit Analysen) oder compact (die klassische Druckform)",
    "full (with the analyses) or compact (the classical printed form)",
)
SETTINGS_FILE = Text(
    "Einstellungen des Unternehmens; sonst die kamxl.toml bei den Plänen, im aktuellen Ordner oder darüber",
    "the company's settings; else the kamxl.toml beside the plans, in the current folder or above",
)
SETTINGS_OUTPUT = Text(
    "in diese Datei schreiben, z. B. kamxl.toml", "write to this file, e.g. kamxl.toml"
)
SETTINGS_FOUND = Text("Einstellungen: {path}", "Settings: {path}")
SETTINGS_EXIST = Text(
    "{path}: Die Datei gibt es schon; sie wird nicht überschrieben. Bitte einen anderen Namen angeben.",
    "{path}: The file exists already and is not overwritten. Please give another name.",
)
NEW_OUTPUT = Text(
    "Zielordner; für eine einzelne Arbeitsmappe deren Name",
    "folder; for one workbook its name",
)
OVERWRITE = Text(
    "vorhandene Dateien ersetzen; Eingaben darin gehen verloren",
    "replace files that exist; entries in them are lost",
)
PLAN = Text("die Arbeitsmappe", "the workbook")
FORMAT = Text("Form der Ausgabe", "form of the output")
EXAMPLES = Text("Beispiele", "examples")
MORE_HELP = Text("Hilfe: {command}", "Help: {command}")
UNKNOWN_ARGUMENTS = Text("unbekannt: {found}", "unknown: {found}")
MEANT = Text("; gemeint ist vielleicht {near}", "; perhaps {near} is meant")
NO_CHOICE = Text("„{value}“ gibt es nicht", "there is no “{value}”")
CHOICES = Text(" (möglich: {known})", " (possible: {known})")
NO_PATH = Text("der Name fehlt", "the name is missing")
NO_MATCH = Text("Zu „{pattern}“ passt keine Datei.", "No file matches “{pattern}”.")
A_FOLDER = Text(
    "{path}: Das ist ein Ordner; hier ist eine einzelne Datei gemeint.",
    "{path}: This is a folder; a single file is meant here.",
)
NO_FILE = Text("{path}: Diese Datei gibt es nicht.", "{path}: There is no such file.")
SEVERAL_MATCHES = Text(
    "Zu „{pattern}“ passen {number} Dateien; bitte eine davon angeben.",
    "{number} files match “{pattern}”; please name one of them.",
)
SAME_AS_INPUT = Text(
    "{path}: Diese Datei wird gelesen; {option} braucht einen anderen Dateinamen.",
    "{path}: This file is read; {option} needs another file name.",
)
NO_FOLDER = Text(
    "{path}: Das ist eine Datei; {option} braucht einen Ordner.",
    "{path}: This is a file; {option} needs a folder.",
)
PLANS_FOLDER = Text(
    "{path}: In diesem Ordner liegen die Pläne; {option} braucht einen anderen.",
    "{path}: The plans are in this folder; {option} needs another one.",
)
QUIET_AND_FORMAT = Text(
    "--quiet gibt nichts aus und geht nicht zusammen mit --format.",
    "--quiet prints nothing and does not go together with --format.",
)
SUMMARY_AND_CSV = Text(
    "--summary gibt es als Tabelle und mit --format json, nicht als CSV.",
    "--summary comes as a table and with --format json, not as CSV.",
)
PATHS = Text("Arbeitsmappen und Ordner", "workbooks and folders")
AWAITED = Text(
    "Kundenliste: sagt je KAM, wer noch nicht abgegeben hat",
    "account list: says for each KAM who has not handed in",
)
MISSING_OF = Text("  {kam} ({count}): {accounts}", "  {kam} ({count}): {accounts}")
NOBODY = Text("ohne KAM", "no KAM")
UNTOUCHED = Text("{account}, nicht begonnen", "{account}, not begun")
REPORT = Text(
    "die Befunde als Arbeitsmappe schreiben", "write the findings as a workbook"
)
PER_KAM = Text(
    "je KAM eine Arbeitsmappe mit seinen Befunden und einen Mailentwurf hierhin schreiben",
    "write a workbook with their findings and a mail draft for each key account manager here",
)
ATTACH = Text(
    "die Pläne an die Mailentwürfe anhängen", "attach the plans to the mail drafts"
)
DEADLINE = Text(
    "bis wann die Pläne zu berichtigen sind, z. B. 15.01.2027",
    "until when the plans are to be mended, e.g. 2027-01-15",
)
ANNOTATE = Text(
    "Kopien der Pläne mit einem Blatt „Prüfung“ hierhin schreiben",
    "write copies of the plans with a sheet “Findings” here",
)
OVERWRITE_COPIES = Text(
    "Kopien einer früheren Prüfung ersetzen", "replace copies of an earlier check"
)
NOT_A_DATE = Text(
    "„{value}“ ist kein Datum wie 15.01.2027", "“{value}” is no date such as 2027-01-15"
)
FOLDER = Text("Ordner mit den Plänen", "folder with the plans")
PORTFOLIO = Text("die Portfolio-Arbeitsmappe", "the portfolio workbook")
EXPORT = Text(
    "dieselben Tabellen als CSV und Parquet hierhin",
    "the same tables as CSV and Parquet go here",
)
DEMO_FOLDER = Text("Zielordner", "folder to write to")
UDF_TARGET = Text(
    "Zielordner (sonst der aktuelle)", "folder to write to (else the current one)"
)
UDF_FOLDER = Text("dasselbe ohne -o", "the same without -o")
FUNCTION_NAMES = Text(
    "nur diese Funktionen, ausführlich", "these functions only, in detail"
)
FUNCTION = Text("die Funktion, z. B. KAM_SEGMENT", "the function, e.g. KAM_SEGMENT")
ARGUMENTS = Text(
    'ihre Argumente wie in einer Zelle: 60, 0,5, WAHR; "4;3;;5" ist ein Bereich',
    'its arguments as in a cell: 60, 0.5, TRUE; "4;3;;5" is a range',
)

INTERRUPTED = Text("Abgebrochen.", "Interrupted.")
UNEXPECTED = Text(
    "Unerwarteter Fehler: {error}. Bitte melden Sie ihn; mit KAMXL_DEBUG=1 zeigt kamxl die Einzelheiten.",
    "Unexpected error: {error}. Please report it; with KAMXL_DEBUG=1 kamxl shows the details.",
)
DRY_RUN = Text(
    "nichts schreiben; nur sagen, wie die Listen verstanden wurden und wie viele Pläne es würden",
    "write nothing; only say how the lists were understood and how many plans there would be",
)
BY_KAM = Text(
    "je KAM einen Ordner für seine Pläne anlegen",
    "a folder for the plans of each key account manager",
)
BY_KAM_NEEDS_ACCOUNTS = Text(
    "--by-kam braucht eine Kundenliste (--accounts)",
    "--by-kam needs an account list (--accounts)",
)
DRY_NEEDS_ACCOUNTS = Text(
    "--dry-run braucht eine Kundenliste (--accounts)",
    "--dry-run needs an account list (--accounts)",
)
NEEDS_ACCOUNTS = Text(
    "--revenue braucht --accounts: Ohne Kundenliste gibt es niemanden, dem der Umsatz gehört.",
    "--revenue needs --accounts: without an account list there is nobody whom the revenue belongs to.",
)
EITHER_TEMPLATE = Text(
    "--template und --accounts schließen sich aus.",
    "--template and --accounts exclude each other.",
)
NOT_A_YEAR = Text(
    "„{value}“ ist keine Jahreszahl von 1990 bis 2099",
    "“{value}” is no year from 1990 to 2099",
)

SAME_TARGET = Text(
    "{path}: {one} und {other} brauchen verschiedene Namen.",
    "{path}: {one} and {other} need different names.",
)
WRITTEN = Text(
    "Geschriebene Pläne: {number} ({path})", "Plans written: {number} ({path})"
)
PLANNED = Text(
    "Pläne, die geschrieben würden: {number} ({path})",
    "Plans that would be written: {number} ({path})",
)
WRITTEN_ONE = Text("Geschrieben: {path}", "Written: {path}")
SKIPPED = Text("{number} schon vorhanden ({path})", "{number} exist already ({path})")
NOTHING_FOUND = Text(
    "Hier sind keine Dateien: {path}", "There are no files here: {path}"
)
ANSWERED = Text("begründet", "explained")
COUNTS = Text(
    "Dateien: {found}, davon {accepted} übernommen, {partial} teilweise übernommen, {rejected} abgelehnt, {ignored} "
    "nicht berücksichtigt.",
    "Files: {found}, {accepted} accepted, {partial} partly accepted, {rejected} rejected, {ignored} ignored.",
)
FINDINGS = Text(
    "Fehler: {errors}, offene Angaben: {open}, Warnungen: {warnings}, Hinweise: {hints}.",
    "Errors: {errors}, open entries: {open}, warnings: {warnings}, hints: {hints}.",
)
FINDINGS_EXPLAINED = Text(
    "Fehler: {errors}, offene Angaben: {open}, Warnungen: {warnings}, Hinweise: {hints}, begründet: {explained}.",
    "Errors: {errors}, open entries: {open}, warnings: {warnings}, hints: {hints}, explained: {explained}.",
)
RULE_HEADS = (
    Text("Code", "code"),
    Text("Schwere", "severity"),
    Text("Regel", "rule"),
    Text("Befund", "finding"),
)
RULES_COUNTED = Text("Regeln: {number}.", "Rules: {number}.")
NO_RULES = Text(
    "Zu {words} gibt es keine Regel. „kamxl rules“ zeigt alle.",
    "There is no rule on {words}. “kamxl rules” lists them all.",
)
EXPLAIN_WHAT = Text("Was die Regel meldet", "What the rule reports")
EXPLAIN_EXAMPLE = Text("Beispiel", "Example")
EXPLAIN_REMEDY = Text("Was zu tun ist", "What to do")
EXPLAIN_THRESHOLD = Text("Grenzwert", "Threshold")
EXPLAIN_CHANGE = Text(
    "So steht die Regel in kamxl.toml; ein anderer Wert ändert sie",
    "The rule in kamxl.toml; another value changes it",
)
COLUMN_FIELD = Text("Feld", "field")
COLUMN_VALUE = Text("Wert", "value")
COLUMN_PLACE = Text("Zelle", "cell")
UNREADABLE = Text("nicht lesbar: {raw}", "unreadable: {raw}")
EMPTY_FIELDS = Text("Leere Felder: {number}.", "Empty fields: {number}.")
OPEN_NEXT = Text(
    "Öffnen Sie als Nächstes das Portfolio: {portfolio}\nUnd einen Plan mit Befunden: {plan}",
    "Open the portfolio next: {portfolio}\nAnd a plan with findings: {plan}",
)

GERMAN = {
    "usage: ": "Aufruf: ",
    "positional arguments": "Argumente",
    "options": "Optionen",
    "show this help message and exit": "diese Hilfe anzeigen",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "es fehlt: %s",
    "expected one argument": "es fehlt der Wert",
    "expected at least one argument": "es fehlt mindestens ein Wert",
    "expected at most one argument": "höchstens ein Wert ist erlaubt",
    "ignored explicit argument %r": "hier ist kein Wert erlaubt: %r",
    "not allowed with argument %s": "nicht zusammen mit %s erlaubt",
    "one of the arguments %s is required": "eine dieser Angaben fehlt: %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s ist mehrdeutig: %(matches)s",
    "invalid %(type)s value: %(value)r": "%(value)r passt hier nicht",
}
"""The sentences of argparse; one that is not listed appears in English."""
