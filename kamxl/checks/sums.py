"""The words by which people and programs call a row that adds up others: *Summe*, *Gesamtergebnis*, *Grand Total*.

One list for plans and for the lists of a company. ``re.fullmatch(SUM_WORD, fold("Zwischensumme"))`` finds one.
"""

from __future__ import annotations

SUM_WORD = (
    r"(?:(?:zwischen|teil|end|gesamt|jahres|quer)?summen?|summe gesamt|gesamt(?:ergebnis|betrag|umsatz|wert)?"
    r"|insgesamt|sum(?: total)?|(?:sub|grand )?[ -]?totals?|total (?:amount|general)|overall(?: result)?|[σ∑])"
)
"""A pattern for folded texts."""
