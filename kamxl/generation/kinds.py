"""Whether a list is the other one: the revenue list where the accounts are asked for, and the other way round.

*KdNr; Warengruppe; Jahr; Umsatz* is the revenue list, even with the customer's name beside; *KdNr; Firma; Ort* names
neither product groups nor amounts and is the account list.
"""

from __future__ import annotations

from collections.abc import Iterable

from kamxl.errors import InputError
from kamxl.generation.headings import places_of
from kamxl.generation.history import COLUMNS
from kamxl.generation.inputs import InputTable, missing_of
from kamxl.texts import Text

_REVENUE_LIST = Text(
    de="{file}: Das ist die Umsatzliste ({headings}). Sie gehört hinter --revenue; hinter --accounts gehört die "
    "Kundenliste mit Firma, KAM und Anschrift, eine Zeile je Kunde.",
    en="{file}: This is the revenue list ({headings}). It belongs behind --revenue; behind --accounts belongs the "
    "account list with company, KAM and address, one row for each account.",
)
_IN_BOTH = {"account_id", "company", "currency"}


def refuse_revenue_list(table: InputTable, language: str) -> None:
    """Raise `InputError` where the table that should hold the accounts holds revenue and nothing of an account."""
    headings = [*table.headings.values(), *table.unknown]
    fed = _fed(headings)
    only_theirs = table.headings.keys() <= _IN_BOTH | fed
    if only_theirs and not missing_of(fed, COLUMNS):
        told = ", ".join(headings)
        raise InputError(_REVENUE_LIST[language].format(file=table.file, headings=told))


def _fed(headings: Iterable[str]) -> set[str]:
    """The columns of a revenue list that some headings mean."""
    return {key for key, _ in places_of(dict(enumerate(headings)), COLUMNS)}
