"""What a column of a list may be called: in German, in English, and in SAP.

A heading is compared by its letters and digits alone: ``Kunden-Nr.``, ``KUNDENNR`` and ``kunden nr`` are one, and so is
what stands on two lines. What stands in brackets behind a name is a remark: ``Firma (Name 1)``. A name that is doubtful
holds only where no other column is meant for sure: *Kunde* is the company beside *Kundennummer*, and the account number
where nothing else is.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kamxl.generation.units import split_unit
from kamxl.spelling import fold
from kamxl.texts import Text

_REMARK = re.compile(r"[(\[{][^)\]}]*[)\]}]\s*$")
_LEAST_ALIKE = 0.78
_LONGEST = 120  # characters of a heading that are looked at

_ACCOUNT_ID = (
    "Kundennummer", "Kunden-Nr.", "KdNr", "Kunden-ID", "Kundenkonto", "Kundencode", "Nr. Kunde", "Kunde Nr.",
    "Debitor", "Debitorennummer", "Debitoren-Nr.", "Debitorenkonto", "Debitor Nr.", "Auftraggeber", "Adressnummer",
    "Account number", "Account no.", "Account ID", "Customer number", "Customer no.", "Customer ID", "Customer code",
    "Cust. no.", "Debtor", "Debtor no.", "Sold-to party", "Sold-to", "KUNNR", "KUNAG",
)  # fmt: skip
_CURRENCY = (
    "Währung", "Währungsschlüssel", "Währungscode", "Belegwährung", "Hauswährung", "Whrg.", "Währ.",
    "Currency", "Currency code", "Curr.", "WAERS", "WAERK",
)  # fmt: skip

ACCOUNTS: Mapping[str, Sequence[str]] = {
    "account_id": _ACCOUNT_ID,
    "company": (
        "Firma", "Firmenname", "Firmenbezeichnung", "Unternehmen", "Name", "Name 1", "Kundenname", "Kundenbezeichnung",
        "Name des Kunden", "Kunde Name", "Company", "Company name", "Account name", "Customer name", "Organisation",
        "Organization", "Customer name 1",
    ),
    "parent_account": (
        "Konzern", "Konzernname", "Unternehmensgruppe", "Muttergesellschaft", "Mutterkonzern", "Konzernmutter",
        "Global Account", "Group", "Parent", "Parent account", "Parent company", "KONZS",
    ),
    "business_unit": ("Geschäftsbereich", "Sparte", "Business unit", "BU", "Division", "SPART"),
    "industry": ("Branche", "Branchenbezeichnung", "Wirtschaftszweig", "Industry", "Sector", "BRSCH"),
    "contact_name": (
        "Ansprechpartner", "Hauptansprechpartner", "Kontaktperson", "Ansprechpartner Kunde",
        "Contact person", "Contact name", "Main contact",
    ),
    "contact_title": (
        "Position des Ansprechpartners", "Funktion des Ansprechpartners", "Funktion", "Position",
        "Contact position", "Contact title", "Job title",
    ),
    "street": (
        "Straße", "Straße und Hausnummer", "Straße und Hausnr.", "Straße/Hausnr.", "Straße Nr.", "Str.", "Street",
        "Street address", "Address line 1", "STRAS",
    ),
    "postal_code": ("PLZ", "Postleitzahl", "Postal code", "Postcode", "ZIP", "ZIP code", "PSTLZ", "POST_CODE1"),
    "city": ("Ort", "Stadt", "Ort 1", "Sitz", "City", "Town", "ORT01", "CITY1"),
    "country": (
        "Land", "Staat", "Länderschlüssel", "Länderkennzeichen", "Ländercode", "Landescode",
        "Country", "Country code", "Country key", "LAND1",
    ),
    "key_account_manager": (
        "KAM", "Key Account Manager", "Key Accounter", "Betreuer", "Kundenbetreuer", "Kundenverantwortlicher",
        "Kundenmanager", "Account Manager", "Vertriebsbeauftragter", "Account owner", "Owner",
    ),
    "field_sales": (
        "Außendienst", "Außendienstmitarbeiter", "ADM", "Außendienst-MA", "Verantwortlich Außendienst", "Vertreter",
        "Field sales", "Sales rep", "Sales representative",
    ),
    "inside_sales": (
        "Innendienst", "Innendienstmitarbeiter", "IDM", "Innendienst-MA", "Verantwortlich Innendienst",
        "Sachbearbeiter", "Inside sales", "Back office",
    ),
    "account_class": (
        "Klassifizierung", "Kundenklassifizierung", "Klassifikation", "Kundenklasse", "Account class", "Classification",
        "Customer class",
    ),
    "author": ("Verfasser", "Autor", "Author"),
    "editor": ("Bearbeiter", "Editor", "Edited by"),
    "currency": _CURRENCY,
}  # fmt: skip
"""Names of the columns of an account list, by the field's key; the printed labels are added to them."""

REVENUE: Mapping[str, Sequence[str]] = {
    "account_id": _ACCOUNT_ID,
    "product_group": (
        "Produktgruppe", "Produktgruppen", "Warengruppe", "Artikelgruppe", "Materialgruppe", "Produktlinie",
        "Produktkategorie", "Produktbereich", "Sortiment", "Kategorie", "Warengruppenbezeichnung",
        "Product group", "Product line", "Product category", "Product family", "Category", "Material group", "MATKL",
    ),
    "year": (
        "Jahr", "Geschäftsjahr", "Kalenderjahr", "Umsatzjahr", "Wirtschaftsjahr", "GJ", "Year", "Fiscal year",
        "Calendar year", "FY", "GJAHR",
    ),
    "revenue": (
        "Umsatz", "Umsätze", "Umsatz netto", "Nettoumsatz", "Umsatzerlöse", "Umsatzerlös", "Erlös", "Erlöse",
        "Erlös netto", "Nettoerlös", "Nettoerlöse", "Umsatz Ist", "Ist-Umsatz", "Revenue", "Net revenue",
        "Revenue net", "Sales", "Net sales", "Sales net", "Turnover", "Net turnover", "NETWR",
    ),
    "currency": _CURRENCY,
}  # fmt: skip
"""Names of the columns of a revenue list."""

_DOUBTFUL: Mapping[str, Sequence[str]] = {
    "account_id": ("Kunde", "Customer", "Account", "Client", "Nummer", "Nr.", "ID", "No."),
    "company": ("Kunde", "Customer", "Account", "Client", "Bezeichnung"),
    "contact_name": ("Kontakt", "Contact"),
    "street": ("Anschrift", "Adresse", "Address"),
    "account_class": (
        "ABC", "ABC-Klasse", "ABC-Kennzeichen", "ABC-Kennz.", "ABC-Klassifizierung", "ABC-Einstufung", "ABC-Kunde",
        "Klasse", "Einstufung", "Kundenkategorie", "Kundentyp", "ABC class", "ABC classification", "Class", "Tier",
        "KLABC",
    ),
    "year": (
        "Periode", "Buchungsperiode", "Monat", "Datum", "Buchungsdatum", "Rechnungsdatum", "Fakturadatum", "Period",
        "Month", "Date", "Invoice date", "Billing date", "BUDAT", "FKDAT",
    ),
    "revenue": (
        "Betrag", "Nettobetrag", "Nettowert", "Fakturawert", "Amount", "Net amount", "Net value", "Wert", "Value",
    ),
}  # fmt: skip
"""Names that mean a column only where no other one does."""


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column that a list may hold.

    Attributes:
        key: the field's key, itself a heading.
        label: what a user calls it.
        names: headings by which it is known, the usual one first.
        required: without it the list cannot be used.
        doubtful: headings that mean it only where no other column does.
        parted: for a field that may be spread over several columns, says which part a heading holds (``"2024"`` of
            *Umsatz 2024*), empty where none; its columns have keys such as ``"revenue 2024"``.
        covers: keys of the columns that are not needed beside such ones.
    """

    key: str
    label: Text
    names: Sequence[str] = ()
    required: bool = False
    doubtful: Sequence[str] = ()
    parted: Callable[[str], str] | None = None
    covers: Sequence[str] = ()

    @property
    def sure(self) -> Sequence[str]:
        """The headings that mean this column and no other."""
        return (*self.names, self.key)

    def may_be(self, heading: str, taken: Container[str]) -> bool:
        """Whether a doubtful heading means this column, for which there is no other."""
        spelled = {plain(heading), plain(split_unit(heading)[0])}
        return self.key not in taken and not spelled.isdisjoint(
            map(plain, self.doubtful)
        )


def column(
    key: str,
    label: Text,
    table: Mapping[str, Sequence[str]],
    *,
    required: bool = False,
) -> InputColumn:
    """The column of a field, with all its headings.

    Args:
        key: the field's.
        label: what a user calls it, in either language a heading in front of those of the table.
        table: `ACCOUNTS` or `REVENUE`.
        required: whether the list needs it.
    """
    names = tuple(dict.fromkeys((label.de, label.en, *table.get(key, ()))))
    return InputColumn(key, label, names, required, _DOUBTFUL.get(key, ()))


def called(
    columns: Sequence[InputColumn], own: Mapping[str, Sequence[str]]
) -> list[InputColumn]:
    """The columns under a company's own headings, by key, where it has any."""
    return [
        replace(each, names=own[each.key], doubtful=()) if each.key in own else each
        for each in columns
    ]


def plain(heading: str) -> str:
    """Letters and digits of a heading, as they are compared.

    >>> plain("Kunden-Nr.:") == plain("KUNDENNR"), plain("Straße") == plain("strasse")
    (True, True)
    """
    return "".join(filter(str.isalnum, fold(heading[:_LONGEST])))


def places_of(
    headings: Mapping[int, str], columns: Sequence[InputColumn]
) -> list[tuple[str, int]]:
    """Key and place of each heading that means a column; a key comes twice where two surely mean it."""
    sure = {plain(name): each.key for each in columns[::-1] for name in each.sure}
    keys = {
        place: _sure_key(heading, sure) or _parted_key(heading, columns)
        for place, heading in headings.items()
    }
    left = {place: headings[place] for place, key in keys.items() if not key}
    found = [(key, place) for place, key in keys.items() if key]
    return [*found, *_doubtful_places(left, columns, set(keys.values()))]


def _doubtful_places(
    headings: Mapping[int, str], columns: Sequence[InputColumn], taken: set[str]
) -> Iterator[tuple[str, int]]:
    """What headings mean that mean nothing for sure: the first columns for which there is no other."""
    for place, heading in headings.items():
        likely = (each.key for each in columns if each.may_be(heading, taken))
        key = next(likely, "")
        if key:
            taken.add(key)
            yield key, place


def _sure_key(heading: str, sure: Mapping[str, str]) -> str:
    """The key of a heading, with or without a remark in brackets or a unit behind it."""
    short = heading[:_LONGEST]
    spellings = (short, _REMARK.sub("", short), split_unit(short)[0])
    return next(filter(None, (sure.get(plain(each)) for each in spellings)), "")


def _parted_key(heading: str, columns: Sequence[InputColumn]) -> str:
    """The key of one of several columns of a field."""
    parts = ((each.key, each.parted(heading)) for each in columns if each.parted)
    return next((f"{key} {part}" for key, part in parts if part), "")


def near(heading: str, columns: Sequence[InputColumn]) -> str:
    """The known heading that a misspelled one looks like; empty where there is none."""
    names = {plain(name): name for each in columns for name in each.names}
    found = difflib.get_close_matches(plain(heading), names, 1, _LEAST_ALIKE)
    return names[found[0]] if found else ""
