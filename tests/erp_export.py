"""An export as an ERP system leaves it, of an invented company: `Nordhafen Antriebstechnik` and its 118 customers.

Two lists in the old Windows code page, separated by semicolons, under German headings: customers with two rows twice,
blank lines and a row of sums, their numbers with leading zeros; revenue by product group and business year with credit
notes, subtotals and a grand total. `write_export` writes both, `REVENUE_OF` says what must come of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

COUNT = 118
YEARS = (2023, 2024, 2025, 2026)
GROUPS = ("Getriebe", "Kupplungen", "Bremsen", "Förderketten", "Ersatzteile", "Service")
KAMS = ("Jörg Brüggemann", "Sabine Öztürk", "Anke Weiß")
CLASSES = ("A", "B", "C")

_FIRMS = (
    "Mühlenbau", "Förderanlagen", "Käserei", "Süßwaren", "Brauhaus", "Zementwerk", "Kranbau", "Hafenlogistik",
    "Großbäckerei", "Papierfabrik", "Gießerei", "Sägewerk", "Molkerei",
)  # fmt: skip
_NAMES = (
    "Müller",
    "Groß",
    "Jäger",
    "Öhlers",
    "Behrens",
    "Weißhaupt",
    "Lüders",
    "Petersen",
    "Süßmann",
)
_TOWNS = (
    ("01069", "Dresden"),
    ("04109", "Leipzig"),
    ("20457", "Hamburg"),
    ("24103", "Kiel"),
    ("50667", "Köln"),
    ("90402", "Nürnberg"),
)
_HEAD = (
    "Kd.-Nr.", "Name1", "Name2", "Straße", "PLZ", "Ort", "Land", "Branche", "Konzern", "ABC-Kennz.", "Betreuer",
    "Außendienst", "Innendienst", "Telefon", "Zahlungsbed.",
)  # fmt: skip
_REVENUE_HEAD = ("Kd.-Nr.", "Name1", "Warengruppe", "GJ", "Umsatz netto (EUR)", "DB I")


def number(index: int) -> str:
    """The number of a customer, with the zeros that the ERP system puts in front."""
    return f"{10_000 + 7 * index:010d}"


def name(index: int) -> str:
    """The name of a customer."""
    form = ("GmbH", "GmbH & Co. KG", "AG")[index % 3]
    return f"{_FIRMS[index % 13]} {_NAMES[index % 9]} {form}"


def _customer(index: int) -> tuple[str, ...]:
    code, town = _TOWNS[index % 6]
    group = "Alpen-Gruppe" if index % 10 == 0 else ""
    return (
        number(index), name(index), "", f"Am Süßen Grund {index + 1}", code, town, "DE", "Anlagenbau", group,
        CLASSES[index % 3], KAMS[index % 3], "M. Schröder", "", f"040/{index:06d}", "30T 2%",
    )  # fmt: skip


def _customers() -> Iterator[tuple[str, ...]]:
    for index in range(COUNT):
        yield _customer(index)
        if index % 40 == 39:
            yield ("",) * len(_HEAD)
        if index in {12, 77}:  # once more for a second delivery address
            yield (*_customer(index)[:3], "", *_customer(index)[4:])
    yield ("Summe", f"{COUNT + 2} Datensätze", *("",) * (len(_HEAD) - 2))


def _amounts(index: int) -> Iterator[tuple[str, int, int]]:
    """Product group, year and cents, credit notes among them."""
    for place, group in enumerate(GROUPS):
        for year in YEARS:
            if (index + place + year) % 4:
                yield group, year, 1_234_567 + 9_871 * index + 100_003 * place + year
            if (index + place + year) % 17 == 0:
                yield group, year, -(123_450 + index)


def _german(cents: int) -> str:
    """An amount as the ERP system prints it, the minus behind it."""
    whole, part = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{grouped},{part:02d}{'-' if cents < 0 else ''}"


def _revenue() -> Iterator[tuple[str, ...]]:
    everything = 0
    for index in range(COUNT - 2):  # two have bought nothing yet
        total = 0
        for group, year, cents in _amounts(index):
            yield number(index), name(index), group, str(year), _german(cents), "0,00"
            total += cents
        yield number(index), "Ergebnis", "", "", _german(total), ""
        everything += total
    yield "Gesamtergebnis", "", "", "", _german(everything), ""


def _revenue_of() -> Mapping[str, Mapping[tuple[str, int], float]]:
    found: dict[str, dict[tuple[str, int], int]] = {}
    for index in range(COUNT):
        cents: dict[tuple[str, int], int] = defaultdict(int)
        for group, year, amount in _amounts(index) if index < COUNT - 2 else ():
            cents[group, year] += amount
        found[number(index)] = cents
    return {
        key: {at: value / 100 for at, value in one.items()}
        for key, one in found.items()
    }


REVENUE_OF = _revenue_of()
"""Revenue by account number, then by product group and year."""


def write_export(folder: Path) -> tuple[Path, Path]:
    """Write both lists and return their paths: customers, revenue."""
    customers, revenue = folder / "Kunden.csv", folder / "Umsatz.csv"
    _write(customers, _HEAD, _customers())
    _write(revenue, _REVENUE_HEAD, _revenue())
    return customers, revenue


def _write(path: Path, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    lines = (";".join(row) for row in (head, *rows))
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
