"""What the workbook itself says around the plan: titles, links, legend, messages of the dropdowns."""

from __future__ import annotations

from kamxl.texts import Text

BACK = Text(de="← zum Deckblatt", en="← back to cover")
CONTENTS = Text(de="Inhalt und Bearbeitungsstand", en="Contents and progress")
COLUMN_SHEET = Text(de="Blatt", en="Sheet")
COLUMN_FILLED = Text(de="gefüllt", en="filled")
COLUMN_REQUIRED = Text(de="Pflicht", en="required")
COLUMN_SHARE = Text(de="Anteil", en="share")
COLUMN_STATUS = Text(de="Status", en="Status")
LEGEND = Text(de="Farben", en="Colours")
LEGEND_REQUIRED = Text(de="Pflichtfeld, noch leer", en="required, still empty")
LEGEND_INPUT = Text(de="Eingabe", en="entry")
LEGEND_COMPUTED = Text(de="berechnet", en="computed")
LEGEND_OVERDUE = Text(de="überfällig / abgelaufen", en="overdue / expired")
STEPS = Text(de="So füllen Sie den Plan aus", en="How to fill in the plan")
CHART = Text(
    de="Säulendiagramm „{title}“: von {first} bis {last} je eine Säule, gestapelt nach den Zeilen der Tabelle daneben.",
    en="Column chart “{title}”: from {first} to {last} a column each, stacked by the rows of the table beside it.",
)
TOTAL = Text(de="Summe", en="Total")
GROWTH = Text(de="Veränderung %", en="Change %")
PAGE = Text(de="Seite &P von &N", en="Page &P of &N")
CONFIDENTIAL = Text(
    de="Vertraulich – nur für den internen Gebrauch",
    en="Confidential – for internal use only",
)
INVALID = Text(de="Eingabe prüfen", en="Check the entry")
NOT_IN_LIST = Text(
    de="Bitte wählen Sie einen Wert aus der Liste.",
    en="Please choose a value from the list.",
)
NOT_KNOWN = Text(
    de="Dieser Name steht nicht in der Liste. Trotzdem übernehmen?",
    en="This name is not in the list. Keep it all the same?",
)
BETWEEN = Text(
    de="Bitte geben Sie einen Wert zwischen {low} und {high} ein.",
    en="Please enter a value between {low} and {high}.",
)
NOT_A_DATE = Text(
    de="Bitte geben Sie ein Datum zwischen dem {low} und dem {high} ein.",
    en="Please enter a date between {low} and {high}.",
)
NOT_A_NUMBER = Text(de="Bitte geben Sie eine Zahl ein.", en="Please enter a number.")
COMPUTED = Text(de="Berechnetes Feld", en="Computed cell")
NOT_TYPED = Text(
    de="Dieses Feld rechnet Excel selbst. Bitte ändern Sie die Einträge, aus denen es entsteht.",
    en="Excel works this cell out. Please change the entries that it is made of.",
)
FOLDED_ROWS = Text(
    de="Weitere Zeilen: links am Rand auf [+] klicken. Kopiertes bitte als Werte einfügen.",
    en="More rows: click [+] at the left edge. Please paste copied cells as values.",
)
FOLDED_PEOPLE = Text(
    de="Weitere Personen des Kunden: oben am Rand auf [+] klicken. Weitere eigene: links am Rand auf [+].",
    en="More people of the account: click [+] at the top edge. More of ours: click [+] at the left edge.",
)
MORE_THAN_SEEN = Text(
    de="Zu sehen sind hier etwa {seen} Zeichen. Kürzer fassen oder die Zeile am linken Rand höher ziehen.",
    en="About {seen} characters are seen here. Be brief, or drag the row higher at the left edge.",
)
TOO_LONG = Text(
    de="Bitte fassen Sie sich kürzer: höchstens {high} Zeichen.",
    en="Please be brief: {high} characters at most.",
)
# Sheets that the control panel adds to a plan.
REPORT = Text(de="Prüfprotokoll", en="Findings")
RECOMPUTED = Text(de="Nachrechnung", en="Recomputation")
