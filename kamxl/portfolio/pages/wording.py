"""What the portfolio and the findings report say."""

from __future__ import annotations

from kamxl.texts import Text

__all__: list[str] = []

PORTFOLIO = Text(de="Account-Portfolio {year}", en="Account portfolio {year}")
PORTFOLIO_PLAIN = Text(de="Account-Portfolio", en="Account portfolio")
REPORT = Text(de="Prüfbericht", en="Findings report")
BACK = Text(de="← zur Übersicht", en="← to the overview")
PAGE = Text(de="Seite &P von &N", en="Page &P of &N")
CONFIDENTIAL = Text(
    de="Vertraulich – nur für den internen Gebrauch",
    en="Confidential – for internal use only",
)
NOTHING = Text(
    de="Dazu gibt es in den Plänen noch keine Einträge.",
    en="The plans have no entries on this yet.",
)
ALL_ROWS = Text(de="Summe aller Zeilen", en="Total of all rows")
VISIBLE_ROWS = Text(de="Summe der gefilterten Zeilen", en="Total of the filtered rows")
SOURCE = Text(de="Quelle", en="Source")
AMOUNTS = Text(de="Beträge in {currency}.", en="Amounts in {currency}.")
OVER = Text(de="über {known} von {all} Accounts", en="over {known} of {all} accounts")
OVER_ALL = Text(de="über alle {all} Accounts", en="over all {all} accounts")
RATES_MISSING = Text(
    de="Accounts ohne Wechselkurs: {count} ({currencies}); sie fehlen in den Beträgen.",
    en="Accounts without an exchange rate: {count} ({currencies}); they are missing from the amounts.",
)

# Sheets: name and one line of guidance.
OVERVIEW = Text(de="Übersicht", en="Overview")
ACCOUNTS = Text(de="Accounts", en="Accounts")
REVENUE = Text(de="Umsatz", en="Revenue")
PIPELINE = Text(de="Pipeline", en="Pipeline")
MATRIX = Text(de="Portfolio-Matrix", en="Portfolio matrix")
CONTACTS = Text(de="Kontakte", en="Contacts")
COMPETITION = Text(de="Wettbewerb", en="Competition")
MEASURES = Text(de="Maßnahmen", en="Measures")
TARGETS = Text(de="Ziele", en="Targets")
MANAGERS = Text(de="KAMs", en="KAMs")
GROUPS = Text(de="Konzerne", en="Groups")
FINDINGS = Text(de="Prüfprotokoll", en="Findings")
SOURCES = Text(de="Quellen", en="Sources")

ACCOUNTS_GUIDANCE = Text(
    de="Eine Zeile je Account, nach Umsatz geordnet. Rechts neben der Tabelle der Kennzahlen stehen alle weiteren "
    "Einzelfelder der Pläne.",
    en="One row per account, by revenue. All other single fields of the plans stand to the right of the figures.",
)
REVENUE_GUIDANCE = Text(
    de="Umsatz je Account, Produktgruppe und Jahr.",
    en="Revenue by account, product group and year.",
)
PIPELINE_GUIDANCE = Text(
    de="Alle offenen Projekte nach erwartetem Abschluss; abgeschlossene und zurückgestellte stehen am Ende und "
    "zählen nicht mit.",
    en="All open projects by expected close date; closed ones and those on hold stand last and do not count.",
)
MATRIX_GUIDANCE = Text(
    de="Kundenattraktivität gegen Wettbewerbsposition; die Größe der Blase ist der Umsatz ({basis}).",
    en="Customer attractiveness against competitive position; the bubble’s size is revenue ({basis}).",
)
CONTACTS_GUIDANCE = Text(
    de="Wie gut wir die Menschen beim Kunden kennen: Abdeckung je Account und die Kontakte mit der größten Lücke.",
    en="How well we know the people at the account: coverage per account and the contacts with the largest gap.",
)
COMPETITION_GUIDANCE = Text(
    de="Wer uns wo begegnet und wer gegen uns gewinnt. Schreibweisen eines Namens sind zusammengefasst.",
    en="Who competes with us where, and who wins against us. Spellings of one name are combined.",
)
MEASURES_GUIDANCE = Text(
    de="Überfällige Maßnahmen zuerst, dann nach Termin; erledigte und verworfene am Ende.",
    en="Overdue measures first, then by due date; those done or dropped last.",
)
TARGETS_GUIDANCE = Text(
    de="Zielerreichung laut Controlling der Pläne, die größten Abweichungen zuerst.",
    en="Attainment of targets from the plans’ controlling, the largest deviations first.",
)
MANAGERS_GUIDANCE = Text(
    de="Die Accounts jedes Key Account Managers zusammengefasst.",
    en="The accounts of each key account manager combined.",
)
GROUPS_GUIDANCE = Text(
    de="Accounts desselben Konzerns zusammengefasst.",
    en="Accounts of the same group combined.",
)
FINDINGS_GUIDANCE = Text(
    de="Alle Befunde, Fehler zuerst. Ein Blatt, das noch niemand bearbeitet hat, steht in einer Zeile.",
    en="All findings, errors first. A sheet that nobody has worked on yet is one row.",
)
SOURCES_GUIDANCE = Text(
    de="Jede gefundene Datei und was aus ihr geworden ist.",
    en="Every file found and what became of it.",
)
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
    de="aus {found} Dateien, {rejected} abgelehnt",
    en="from {found} files, {rejected} rejected",
)
NOTE_TOP = Text(de="Top 5: {share}", en="top 5: {share}")
NOTE_CHANGE = Text(de="{change} zu {year}", en="{change} on {year}")
NOTE_RANGE = Text(de="P10–P90: {low} – {high}", en="P10–P90: {low} – {high}")
NOTE_PROJECTS = Text(de="Angebotswert {value}", en="offer value {value}")
NOTE_MEASURES = Text(de="von {open} offenen", en="of {open} open ones")
NOTE_FINDINGS = Text(
    de="Warnungen: {warnings}, Hinweise: {hints}",
    en="warnings: {warnings}, hints: {hints}",
)
NO_VALUE = Text(de="–", en="–")
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
NO_MATRIX = Text(
    de="Kein Plan enthält bisher Kundenattraktivität und Wettbewerbsposition zugleich.",
    en="No plan has both customer attractiveness and competitive position so far.",
)

# Heads of columns that come from no plan.
RANK = Text(de="Rang", en="Rank")
ACCOUNT = Text(de="Account", en="Account")
ACCOUNT_ID = Text(de="Kundennr.", en="Account no.")
KAM = Text(de="KAM", en="KAM")
ABC = Text(de="ABC", en="ABC")
PRODUCT_GROUP = Text(de="Produktgruppe", en="Product group")
CHANGE = Text(de="Veränd. FC", en="Change FC")
NUMBER_ACCOUNTS = Text(de="Accounts", en="Accounts")
PROJECTS = Text(de="Offene Projekte", en="Open projects")
OVERDUE = Text(de="Überfällig", en="Overdue")
ERRORS = Text(de="Fehler", en="Errors")
FORMED_OVER = Text(de="Datenbasis", en="Based on")
WITHOUT_KAM = Text(de="(ohne KAM)", en="(no KAM)")
WITHOUT_STATUS = Text(de="ohne Status", en="no status")
COVERAGE = Text(de="Abdeckung", en="Coverage")
COMPLETENESS = Text(de="Vollständig", en="Complete")
YES = Text(de="ja", en="yes")
NO = Text(de="nein", en="no")
SINGLE_THREAD = Text(de="Nur ein Kontakt", en="One contact only")
CELL = Text(de="Portfoliofeld", en="Portfolio field")
STRATEGY = Text(de="Normstrategie", en="Standard strategy")
DISTANCE = Text(de="Abstand zur Grenze", en="Distance to limit")
SHARE = Text(de="Anteil", en="Share")
NEXT_CONTACTS = Text(de="Nächste beste Kontakte", en="Next best contacts")
PER_ACCOUNT = Text(de="Je Account", en="Per account")
RIVALS = Text(de="Wettbewerber", en="Competitors")
MEETINGS = Text(de="Begegnungen im Einzelnen", en="Encounters one by one")
CELLS = Text(de="Portfoliofelder und Strategien", en="Portfolio fields and strategies")
PLACED = Text(de="Accounts im Portfolio", en="Accounts in the portfolio")
MET_AT = Text(de="Accounts", en="Accounts")
THEIR_REVENUE = Text(de="Umsatz bei unseren Kunden", en="Revenue at our accounts")
LOST = Text(de="An ihn verloren", en="Lost to them")
LOST_NUMBER = Text(de="Verlorene Projekte", en="Lost projects")
CONTESTED = Text(de="Umkämpft (offen)", en="Contested (open)")
WHERE = Text(de="Wo?", en="Where?")
READ_AT = Text(de="Gelesen", en="Read")
FIELD = Text(de="Feld", en="Field")
PLACE = Text(de="Stelle", en="Place")
RULE = Text(de="Regel", en="Rule")
FILE = Text(de="Datei", en="File")
SEVERITY = Text(de="Schwere", en="Severity")
FOUND = Text(de="Gefunden", en="Found")
FINDING = Text(de="Befund", en="Finding")
REMEDY = Text(de="Abhilfe", en="Remedy")
WITHOUT_GROUP = Text(
    de="Accounts ohne Konzern: {count}; sie stehen nur im Blatt „Accounts“.",
    en="Accounts without a group: {count}; they are only on the sheet “Accounts”.",
)
TWICE = Text(
    de="Achtung: Für {accounts} liegen mehrere Pläne mit verschiedenem Inhalt vor; ihre Beträge zählen mehrfach.",
    en="Attention: there are several differing plans for {accounts}; their amounts count more than once.",
)
ATTRACTIVENESS = Text(de="Attraktivität", en="Attractiveness")
POSITION = Text(de="Position", en="Position")
DECIDERS = Text(de="Entscheider", en="Deciders")
ROLES = Text(de="Rollen bekannt", en="Roles known")
STANCE = Text(de="Haltung (−1…+1)", en="Stance (−1…+1)")
SATISFACTION = Text(de="Zufriedenheit", en="Satisfaction")
RIVAL = Text(de="Wettbewerber", en="Competitor")
GROUP = Text(de="Konzern", en="Group")
FORMED = Text(
    de="FC {forecasts} und Abdeckung {covered} von {accounts}",
    en="FC {forecasts} and coverage {covered} of {accounts}",
)
MEMBERS = Text(de="Zum Konzern gehören", en="Members of the group")
LINK = Text(de="Link", en="Link")
OPEN = Text(de="öffnen", en="open")
AND_MORE = Text(de="{names} und {count} weitere", en="{names} and {count} more")
CHART_FILES = Text(
    de="Dateien mit den meisten Befunden", en="Files with the most findings"
)
TILE_FILES = Text(de="Dateien gefunden", en="Files found")
TILE_ACCEPTED = Text(de="Übernommen", en="Accepted")
TILE_PARTIAL = Text(de="Teilweise übernommen", en="Partly accepted")
TILE_REJECTED = Text(de="Abgelehnt", en="Rejected")
TILE_ERRORS = Text(de="Fehler", en="Errors")
TILE_DOUBTS = Text(de="Warnungen und Hinweise", en="Warnings and hints")
NOTE_IGNORED = Text(
    de="davon {ignored} nicht berücksichtigt", en="{ignored} of them ignored"
)
NOTE_ACCEPTED = Text(de="ohne Fehler", en="without errors")
NOTE_PARTIAL = Text(de="lesbar, aber mit Fehlern", en="readable, but with errors")
NOTE_REJECTED = Text(de="nicht als Plan lesbar", en="not readable as a plan")
NOTE_ERRORS = Text(de="Dateien mit Fehlern: {files}", en="files with errors: {files}")
NOTE_DOUBTS = NOTE_FINDINGS
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
