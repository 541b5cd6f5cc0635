"""What the portfolio and the findings report say."""

from __future__ import annotations

from kamxl.texts import Text

PORTFOLIO = Text(de="Account-Portfolio {year}", en="Account portfolio {year}")
PORTFOLIO_PLAIN = Text(de="Account-Portfolio", en="Account portfolio")
REPORT = Text(de="Prüfbericht", en="Findings report")
BACK = Text(de="← zur Übersicht", en="← to the overview")
NOTHING = Text(
    de="Dazu gibt es in den Plänen noch keine Einträge.",
    en="The plans have no entries on this yet.",
)
ALL_ROWS = Text(de="Summe aller Zeilen", en="Total of all rows")
VISIBLE_ROWS = Text(de="Summe gefiltert", en="Total filtered")
SOURCE = Text(de="Quelle", en="Source")
AMOUNTS = Text(de="Beträge in {currency}.", en="Amounts in {currency}.")
OVER = Text(de="über {known} von {all} Accounts", en="over {known} of {all} accounts")
OVER_ONE = Text(de="über 1 Account", en="over 1 account")
OVER_NONE = Text(de="ohne Angabe", en="not given")
OVER_ALL = Text(de="über alle {all} Accounts", en="over all {all} accounts")
RATES_MISSING = Text(
    de="Accounts ohne Wechselkurs: {count} ({currencies}); sie fehlen in den Beträgen.",
    en="Accounts without an exchange rate: {count} ({currencies}); they are missing from the amounts.",
)
CURRENCY_UNKNOWN = Text(de="Währung unbekannt", en="currency unknown")

# Sheets: name and one line of guidance.
OVERVIEW = Text(de="Übersicht", en="Overview")

COUNTS = Text(
    de="Dateien gefunden: {found} = {accepted} übernommen + {partial} teilweise übernommen + {rejected} abgelehnt + "
    "{ignored} nicht berücksichtigt.",
    en="Files found: {found} = {accepted} accepted + {partial} partly accepted + {rejected} rejected + "
    "{ignored} ignored.",
)

# Tiles of the overview.
TILE_ACCOUNTS = Text(de="Accounts", en="Accounts")
TILE_REVENUE = Text(de="Umsatz {year}", en="Revenue {year}")
TILE_FORECAST = Text(de="Forecast {year}", en="Forecast {year}")
TILE_TARGET = Text(de="Ziel {year}", en="Target {year}")
TILE_PIPELINE = Text(de="Gewichtete Pipeline", en="Weighted pipeline")
TILE_PROJECTS = Text(de="Offene Projekte", en="Open projects")
TILE_COVERAGE = Text(de="Kontaktabdeckung (Mittel)", en="Contact coverage (mean)")
TILE_SATISFACTION = Text(
    de="Zufriedenheitsindex (Mittel)", en="Satisfaction index (mean)"
)
TILE_ATTAINMENT = Text(de="Zielerreichung (Mittel)", en="Goal attainment (mean)")
TILE_OVERDUE = Text(de="Überfällige Maßnahmen", en="Overdue measures")
TILE_COMPLETENESS = Text(de="Vollständigkeit (Mittel)", en="Completeness (mean)")
TILE_FINDINGS = Text(de="Fehler in den Plänen", en="Errors in the plans")
NOTE_FILES = Text(
    de="Dateien: {found}, abgelehnt: {rejected}",
    en="files: {found}, rejected: {rejected}",
)
NOTE_TOP = Text(de="Top 5: {share}", en="top 5: {share}")
NOTE_CHANGE = Text(de="{change} zu {year}", en="{change} on {year}")
NOTE_RANGE = Text(de="P10–P90: {low} – {high}", en="P10–P90: {low} – {high}")
NOTE_PROJECTS = Text(de="Angebotswert {value}", en="offer value {value}")
NOTE_MEASURES = Text(de="von {open} offenen", en="of {open} open ones")
NOTE_FINDINGS = Text(
    de="offen: {open}, Warnungen: {warnings}, Hinweise: {hints}",
    en="open: {open}, warnings: {warnings}, hints: {hints}",
)
YEAR_MIXED = Text(de="(mehrere Jahre)", en="(several years)")

# Charts.
CHART_REVENUE = Text(
    de="Umsatz nach Jahr und Produktgruppe", en="Revenue by year and product group"
)
CHART_TOP = Text(de="Größte Accounts ({basis})", en="Largest accounts ({basis})")
CHART_STAGE = Text(de="Pipeline nach Phase", en="Pipeline by stage")
CHART_QUARTER = Text(
    de="Pipeline nach erwartetem Abschluss", en="Pipeline by expected close"
)
CHART_MATRIX = Text(de="Kundenportfolio", en="Customer portfolio")
CHART_FINDINGS = Text(de="Befunde nach Blatt", en="Findings by sheet")
WHOLE_FILE = Text(de="Datei", en="File")
SHEET = Text(de="Blatt", en="Sheet")
AXIS_AMOUNT = Text(de="{currency}", en="{currency}")
AXIS_THOUSAND = Text(de="Tsd. {currency}", en="{currency} thousand")
AXIS_MILLION = Text(de="Mio. {currency}", en="{currency} million")
AXIS_YEAR = Text(de="Jahr", en="Year")
AXIS_STAGE = Text(de="Phase", en="Stage")
AXIS_QUARTER = Text(de="Quartal", en="Quarter")
AXIS_COUNT = Text(de="Anzahl", en="Number")
AXIS_POSITION = Text(
    de="Wettbewerbsposition (0–100)", en="Competitive position (0–100)"
)
AXIS_ATTRACTIVENESS = Text(
    de="Kundenattraktivität (0–100)", en="Customer attractiveness (0–100)"
)
OFFERED = Text(de="Angebotswert", en="Offer value")
WEIGHTED = Text(de="gewichtet", en="weighted")
OTHERS = Text(de="Übrige", en="Others")
OTHER_ACCOUNTS = Text(de="weitere Accounts", en="other accounts")
NO_STAGE = Text(de="ohne Phase", en="no stage")
NO_DATE = Text(de="ohne Datum", en="no date")
EARLIER = Text(de="überfällig", en="overdue")
LATER = Text(de="später", en="later")
LEFT_OUT = Text(
    de="Noch ohne Daten und deshalb nicht gezeichnet: {charts}.",
    en="Not drawn for want of data: {charts}.",
)

# Heads of columns that come from no plan.
ACCOUNT = Text(de="Account", en="Account")
ACCOUNT_ID = Text(de="Kundennr.", en="Account no.")
KAM = Text(de="KAM", en="KAM")
ABC = Text(de="ABC", en="ABC")
CHANGE = Text(de="Veränd. FC", en="Change FC")
ERRORS = Text(de="Fehler", en="Errors")
ATTRACTIVENESS = Text(de="Attraktivität", en="Attractiveness")
POSITION = Text(de="Position", en="Position")
CELL = Text(de="Portfoliofeld", en="Portfolio field")
SATISFACTION = Text(de="Zufriedenheit", en="Satisfaction")
COVERAGE = Text(de="Abdeckung", en="Coverage")
COMPLETENESS = Text(de="Vollständig", en="Complete")
FILE = Text(de="Datei", en="File")
TWICE = Text(
    de="Achtung: Für {accounts} liegen mehrere Pläne mit verschiedenem Inhalt vor; höchstens einer davon zählt.",
    en="Attention: there are several differing plans for {accounts}; one of them counts at most.",
)
CHART_FILES = Text(
    de="Dateien mit den meisten Befunden", en="Files with the most findings"
)
TILE_FILES = Text(de="Dateien gefunden", en="Files found")
TILE_ACCEPTED = Text(de="Übernommen", en="Accepted")
TILE_PARTIAL = Text(de="Teilweise übernommen", en="Partly accepted")
TILE_REJECTED = Text(de="Abgelehnt", en="Rejected")
TILE_DOUBTS = Text(de="Warnungen und Hinweise", en="Warnings and hints")
NOTE_IGNORED = Text(
    de="davon {ignored} nicht berücksichtigt", en="{ignored} of them ignored"
)
NOTE_ACCEPTED = Text(de="ohne Fehler", en="without errors")
NOTE_PARTIAL = Text(de="lesbar, aber mit Fehlern", en="readable, but with errors")
NOTE_REJECTED = Text(de="nicht als Plan lesbar", en="not readable as a plan")
NOTE_ERRORS = Text(de="Dateien mit Fehlern: {files}", en="files with errors: {files}")
REPORT_GUIDANCE = Text(
    de="Geprüft am {day}. Jeder Befund führt mit einem Klick zu seiner Zelle; bitte dort korrigieren, speichern und "
    "den Plan neu abgeben.",
    en="Checked on {day}. Each finding leads to its cell with one click; please correct it there, save and hand the "
    "plan in again.",
)
NO_FINDINGS = Text(
    de="Keine Befunde: Alle Pläne sind in Ordnung.",
    en="No findings: all plans are in order.",
)
