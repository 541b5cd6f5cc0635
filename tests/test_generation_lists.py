"""Lists as they leave an ERP system or Excel: what is spoilt is refused or told, what is clear is understood."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from pathlib import Path

import pytest
from openpyxl import Workbook

from kamxl.checks.check import check
from kamxl.cli import main
from kamxl.errors import InputError
from kamxl.generation.accounts import AccountList, account_columns, read_accounts
from kamxl.generation.encoding import UnknownEncodingError, decoded
from kamxl.generation.generate import Generated, Manner, generate_plans
from kamxl.generation.headings import plain
from kamxl.generation.history import COLUMNS, RevenueHistory, read_history
from kamxl.generation.sums import is_sum
from kamxl.generation.years import year_in
from kamxl.plan.document import plan_spec, read_plan
from kamxl.plan.settings.model import Settings
from kamxl.spelling import account_key

SETTINGS = Settings(plan_year=2028)
SPEC = plan_spec(SETTINGS)
TODAY = dt.date(2027, 11, 20)
MANNER = Manner(TODAY, seed="test")
HEAD = "account_id;product_group;year;revenue"


def accounts(folder: Path, text: str | bytes, language: str = "de") -> AccountList:
    """The accounts in a text file of this content."""
    path = folder / "kunden.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_accounts(path, SPEC, language)


def history(folder: Path, *lines: str, head: str = HEAD) -> RevenueHistory:
    """The revenue in a text file of these lines."""
    path = folder / "umsatz.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return read_history(path, "de")


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook of these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def generated(folder: Path, customers: str, revenue: str) -> Generated:
    """The plans made of two lists."""
    for name, text in (("kunden.csv", customers), ("umsatz.csv", revenue)):
        (folder / name).write_text(text, encoding="utf-8")
    return generate_plans(
        folder / "out",
        folder / "kunden.csv",
        SETTINGS,
        MANNER,
        revenue=folder / "umsatz.csv",
    )


# How letters are stored.

GERMAN = [
    "Käserei Süß", "Müller & Söhne GmbH", "Gebrüder Öttinger", "Großküchen Jäger", "ÄÖÜ-Werke Köln",
    "Bäckerei Weiß, Füssen", "SÜDZUCKER FÜR ALLE",
]  # fmt: skip


@pytest.mark.parametrize("page", ["cp1252", "mac_roman", "cp850", "cp437", "utf-16-le"])
def test_german_names_in_any_code_page(tmp_path: Path, page: str) -> None:
    """A list of German names is read in the code page it was stored in; a rare one is told."""
    rows = (f"{number};{name}" for number, name in enumerate(GERMAN))
    text = "\n".join(
        ["account_id;company", *(f'"{r}"'.replace(";", '";"') for r in rows)]
    )
    found = accounts(tmp_path, text.encode(page))
    assert [account.company for account in found.accounts] == GERMAN
    rare = page in {"mac_roman", "cp850", "cp437"}
    assert any("Kodierung" in notice for notice in found.notices) == rare


WORDS = [
    "Café", "Señor García", "Straße", "Malmö", "København", "naïve", "Maier’s Backstube", "O’Neill", "„Zur Post“",
    "1.234,50 €", "30 °C", "§ 5", "Ångström", "Škoda", "Crème", "Ärzte", "Łódź", "Şişli", "Молоко",
]  # fmt: skip
PAGES = ("cp1252", "mac_roman", "cp850", "cp437", "iso8859_9", "cp1251")


@pytest.mark.parametrize(("word", "page"), [*itertools.product(WORDS, PAGES)])
def test_one_word_is_read_right_or_refused(word: str, page: str) -> None:
    """Where a single word leaves doubt how it is stored, nothing is guessed."""
    try:
        data = f"account_id;company\n1;{word}\n".encode(page)
    except UnicodeEncodeError:
        pytest.skip("the page has no such letters")
    found = None
    with contextlib.suppress(UnknownEncodingError):
        found = decoded(data)
    assert found is None or found.text.endswith(f"{word}\n")


def test_undecidable_letters_say_what_to_do(tmp_path: Path) -> None:
    """The message shows two readings and asks for UTF-8."""
    with pytest.raises(InputError, match=r"„Señor“ oder „Se–or“.*CSV UTF-8"):
        accounts(tmp_path, "account_id;company\n1;Señor García\n".encode("mac_roman"))


@pytest.mark.parametrize("text", ["K\ufffdserei", "KÃ¤serei SÃ¼ÃŸ"])
def test_letters_that_were_lost_before(tmp_path: Path, text: str) -> None:
    """A file that is sound by itself may hold letters that an earlier program has spoilt."""
    with pytest.raises(InputError, match=r"Zeile 2: .* falsch gespeicherte Umlaute"):
        accounts(tmp_path, f"account_id;company\n1;{text}\n")


# Account numbers.

SPOILT = [
    "01. Feb", "Feb 26", "1-Jan", "Mrz-26", "01.02.2026", "2026-02-01", "1.23E+15", "1,23E+15", "12:30", "#NV", "#N/A",
    "#BEZUG!", "########",
]  # fmt: skip


@pytest.mark.parametrize("number", SPOILT)
def test_spoilt_account_numbers_are_refused(tmp_path: Path, number: str) -> None:
    """What Excel has made of an account number is neither an account nor revenue of one."""
    with pytest.raises(InputError, match=r"Zeile 2, Spalte „account_id“"):
        accounts(tmp_path, f"account_id;company\n{number};Alpha\n")
    with pytest.raises(InputError, match=r"Zeile 2, Spalte „account_id“"):
        history(tmp_path, f"{number};Pumpen;2025;10,00")


@pytest.mark.parametrize(
    "value", [dt.date(2026, 2, 1), dt.time(12, 30), 1.23e15, 10041.5, True, -5]
)
def test_spoilt_account_numbers_of_a_workbook(tmp_path: Path, value: object) -> None:
    """A date, a time, a number beyond 15 digits or with decimals is no account number."""
    path = workbook(tmp_path / "k.xlsx", ("account_id", "company"), (value, "Alpha"))
    with pytest.raises(InputError, match=r"Zeile 2, Spalte „account_id“"):
        read_accounts(path, SPEC, "de")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('="0010041"', "0010041"),
        ('"=""0010041"""', "0010041"),
        ("'0010041", "0010041"),
        ("10041.0", "10041"),
        ("10041,00", "10041"),
        (" 10041 ", "10041"),
        ("A-4711/2", "A-4711/2"),
        ("1E5", "1E5"),
        ("1.2", "1.2"),
        ("MAI01", "MAI01"),
    ],
)
def test_account_numbers_as_they_are_protected(
    tmp_path: Path, written: str, meant: str
) -> None:
    """Notations that keep Excel from changing a number are undone; what is no date stays."""
    found = accounts(tmp_path, f"account_id;company\n{written};Alpha\n").accounts
    assert [account.account_id for account in found] == [meant]
    assert list(history(tmp_path, f"{written};Pumpen;2025;10,50").amounts) == [meant]


@pytest.mark.parametrize(("one", "other"), [("10041", "0000010041"), ("a1", "A1")])
def test_one_account_however_its_number_is_written(
    tmp_path: Path, one: str, other: str
) -> None:
    """SAP's zeros and case match between the lists with a notice, and are no second account in one list."""
    assert account_key(one) == account_key(other)
    done = generated(
        tmp_path,
        f"account_id;company\n{one};Alpha\n",
        f"{HEAD}\n{other};Pumpen;2025;10,50\n",
    )
    (plan,) = (check(read_plan(path), today=TODAY).plan for path in done.written)
    assert plan.revenue.revenue[0].actual_3 == 10.5
    assert any("führende Nullen" in n and other in n for n in done.notices)
    with pytest.raises(InputError, match="Zeile 2"):
        accounts(tmp_path, f"account_id;company\n{one};Alpha\n{other};Beta\n")


# Rows that add up others.

SUM_WORDS = [
    "Summe", "Gesamt", "Ergebnis", "Gesamtergebnis", "Total", "Zwischensumme", "Grand Total", "SUMME:", "** Gesamt",
    "Sub-Total", "Teilergebnis", "Overall Result", "Σ", "Endsumme", "= Total",
]  # fmt: skip


@pytest.mark.parametrize("word", SUM_WORDS)
def test_sums_are_neither_accounts_nor_revenue(tmp_path: Path, word: str) -> None:
    """A row of sums is told and left out, wherever its name stands."""
    lists = (
        f"{word};;\n",
        f";{word};\n",
        f"{word} 2025;;\n",
        f"{word};;118\n",
    )
    for row in lists:
        found = accounts(tmp_path, f"account_id;company;note\n10041;Alpha;\n{row}")
        assert [account.account_id for account in found.accounts] == ["10041"]
        assert any("Zeile 3" in notice for notice in found.notices)
    rows = ("10041;Pumpen;2025;100,00", "10041;Dichtungen;2025;50,00")
    for row in (
        f"10041;{word};2025;150,00",
        f"{word};;;150,00",
        f"10041 {word};;;150,00",
        f"10041;Pumpen {word};2025;100,00",
        f"10041;Pumpen;{word};100,00",
    ):
        found_revenue = history(tmp_path, *rows, row)
        assert found_revenue.by_account == {"10041": 150}
        assert any("Zeile 4" in notice for notice in found_revenue.notices)


@pytest.mark.parametrize(
    "name", ["Total Energies", "Summit AG", "Resultat GmbH", "Gesamtschule Nord"]
)
def test_names_that_only_look_like_sums(tmp_path: Path, name: str) -> None:
    """A company or a product group of such a name stays."""
    assert not is_sum(name, {"pumpen"})
    text = f"account_id;company\n7;{name}\n8;Total\n"
    assert len(accounts(tmp_path, text).accounts) == 2
    assert history(
        tmp_path, f"7;{name};2025;1,50", "7;Pumpen;2025;1,50"
    ).by_account == {"7": 3}


def test_a_list_of_totals_alone(tmp_path: Path) -> None:
    """Where every row is the total of an account, that is its product group."""
    found = history(tmp_path, "1;Gesamt;2025;10,50", "2;Gesamt;2025;20,50")
    assert found.by_account == {"1": 10.5, "2": 20.5}


# Amounts.


@pytest.mark.parametrize(
    ("head", "amount", "expected"),
    [
        ("Umsatz", "4,1 Mio", 4_100_000),
        ("Umsatz", "4,1 Mio.", 4_100_000),
        ("Umsatz", "2,3 Tsd. €", 2_300),
        ("Umsatz", "1,005 Mio. EUR", 1_005_000),
        ("Umsatz (T€)", "1234,5", 1_234_500),
        ("Umsatz in TEUR", "1234,5", 1_234_500),
        ("Nettoumsatz [Mio. EUR]", "4,1", 4_100_000),
        ("Erlös in 1.000 €", "0,5", 500),
        ("Umsatz netto\nEUR", "12,50", 12.5),
        ("Net sales (k€)", "4.1", 4_100),
        ("Umsatz (T€)", "1,5 Mio", 1_500_000),
    ],
)
def test_scale_of_amounts(
    tmp_path: Path, head: str, amount: str, expected: float
) -> None:
    """What a heading or a cell says about thousands and millions counts, exactly."""
    found = history(
        tmp_path,
        f"1;Pumpen;2025;{amount}",
        head=f'account_id;product_group;year;"{head}"',
    )
    assert found.by_account == {"1": expected}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("revenue", "10,50 USD"),
        ("revenue", "CHF 10,50"),
        ("revenue", "$10.50"),
        ("Umsatz (USD)", "10,50"),
        ("Umsatz in kCHF", "10,50"),
        ("Umsatz (INR)", "10,50"),
        ("revenue;Währung", "10,50;USD"),
        ("revenue;currency", "10,50;US$"),
        ("revenue;WAERS", "10,50;???"),
        ("revenue;currency", "10,50 €;USD"),
    ],
)
def test_other_currencies_are_refused(tmp_path: Path, head: str, row: str) -> None:
    """An amount that is not in the currency of the account's plan is named with its line."""
    with pytest.raises(InputError, match=r"umsatz\.csv, Zeile 2, Spalte"):
        history(
            tmp_path,
            f"1;Pumpen;2025;{row}",
            head=f"account_id;product_group;year;{head}",
        )


def test_the_currency_of_the_account_counts(tmp_path: Path) -> None:
    """Revenue in the account's own currency is right; where the list is silent about it, that is told."""
    customers = "account_id;company;KAM;currency\n1;Alpha;Ina;CHF\n2;Beta;Ina;EUR\n"
    done = generated(
        tmp_path,
        customers,
        f"{HEAD};Währung\n1;Pumpen;2025;10,50;CHF\n2;Pumpen;2025;1,50;€\n",
    )
    assert done.notices == ()
    with pytest.raises(
        InputError, match=r"umsatz\.csv, Zeile 3.*in CHF, der Plan dieses Kunden in EUR"
    ):
        generated(
            tmp_path,
            customers,
            f"{HEAD}\n1;Pumpen;2025;10,50 CHF\n2;Pumpen;2025;1,50 CHF\n",
        )
    silent = generated(tmp_path / "out", customers, f"{HEAD}\n1;Pumpen;2025;10,50\n")
    assert any(
        "nennt keine Währung" in notice and "CHF" in notice for notice in silent.notices
    )


def formatted(path: Path, head: tuple[str, ...], *cells: tuple[object, str]) -> Path:
    """A workbook with one row, whose cells have number formats."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(head)
    for column, (value, code) in enumerate(cells, 1):
        cell = sheet.cell(2, column, value)
        cell.number_format = code
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("head", "value", "code", "expected"),
    [
        ("Umsatz", 1234.5, '#,##0.0 "T€"', 1_234_500),
        ("Umsatz", 1_234_500, '#,##0.0, "T€"', 1_234_500),
        ("Umsatz", 4.1, '0.0 "Mio. €"', 4_100_000),
        ("Umsatz (T€)", 1234.5, '#,##0.0 "T€"', 1_234_500),
        ("Umsatz (T€)", 1234.5, "#,##0.0", 1_234_500),
        ("Umsatz", 12.5, '#,##0.00 "€"', 12.5),
        ("Umsatz", 680, '0 "kg"', None),
        ("Umsatz", 0.5, "hh:mm", None),
        ("Umsatz", 680, "[$$-409]#,##0.00", None),
        ("Umsatz", 680, '#,##0.00 "CHF"', None),
    ],
)
def test_amounts_mean_what_their_cells_show(
    tmp_path: Path, head: str, value: float, code: str, expected: float | None
) -> None:
    """A scale in the number format counts and is told; another currency, a unit or a time is refused."""
    plain_cells = (("1", "@"), ("Pumpen", "@"), (2025, "0"))
    path = formatted(
        tmp_path / "u.xlsx",
        ("KdNr", "Warengruppe", "Jahr", head),
        *plain_cells,
        (value, code),
    )
    if expected is None:
        with pytest.raises(InputError, match=f"Zeile 2, Spalte „{head}“"):
            read_history(path, "de")
        return
    found = read_history(path, "de")
    assert found.by_account == {"1": expected}
    told = any("wie die Zelle sie zeigt" in notice for notice in found.notices)
    assert told == (code in {'#,##0.0 "T€"', '0.0 "Mio. €"'})


def test_account_numbers_mean_what_their_cells_show(tmp_path: Path) -> None:
    """Leading zeros of a number format belong to the account number; a time is none."""
    head = ("KdNr", "Firma")
    path = formatted(tmp_path / "k.xlsx", head, (10041, "0000000000"), ("Alpha", "@"))
    assert read_accounts(path, SPEC, "de").accounts[0].account_id == "0000010041"
    path = formatted(tmp_path / "u.xlsx", head, (0.5, "hh:mm"), ("Alpha", "@"))
    with pytest.raises(InputError, match="Datum oder eine Uhrzeit"):
        read_accounts(path, SPEC, "de")


# Years.


@pytest.mark.parametrize(
    "text",
    [
        "2025", "2025.0", "2025,00", "'2025", '="2025"', "2.025", "GJ 2025", "GJ 2025/26", "2025/2026", "FY25",
        "Umsatz 2025", "Ist 2025", "31.12.2025", "2025-12-31", "2025-12-31 00:00:00", "003.2025", "3/2025", "202503",
        "Q1 2025", "1. Quartal 2025", "Jan 2025",
    ],
)  # fmt: skip
def test_years_in_any_notation(tmp_path: Path, text: str) -> None:
    """A year is understood however a system writes it."""
    found = history(tmp_path, f"1;Pumpen;{text};10,50")
    assert found.of("1") == {("pumpen", 2025): 10.5}
    told = any("Geschäftsjahre" in notice for notice in found.notices)
    assert told == ("/2" in text and text != "3/2025")


@pytest.mark.parametrize("value", [2025, 2025.0, dt.date(2025, 7, 1), "2025"])
def test_years_of_a_workbook(tmp_path: Path, value: object) -> None:
    """A number, a date and a text may be a year."""
    head = ("KUNNR", "MATKL", "GJAHR", "NETWR")
    path = workbook(tmp_path / "u.xlsx", head, ("1", "Pumpen", value, 10.5))
    assert read_history(path, "de").of("1") == {("pumpen", 2025): 10.5}


@pytest.mark.parametrize(
    "text", ["98", "1850", "2025/27", "2025 2026", "zwanzig", "3025", "45658"]
)
def test_what_is_no_year(text: str) -> None:
    """Two digits, years that do not follow each other and serial numbers are not guessed at."""
    assert year_in(text) is None


def test_a_column_for_each_year(tmp_path: Path) -> None:
    """A pivot with years across is read as one with years down."""
    head = "Kunden-Nr.;Warengruppe;Umsatz 2024;Umsatz 2025 (T€);Plan 2026"
    found = history(tmp_path, "1;Pumpen;10,50;2,5;99", "1;Ventile;;1,5;99", head=head)
    assert found.of("1") == {
        ("pumpen", 2024): 10.5,
        ("pumpen", 2025): 2500,
        ("ventile", 2025): 1500,
    }
    assert found.unknown == ("Plan 2026",)


# Postal codes.


@pytest.mark.parametrize(
    ("code", "country", "expected"),
    [
        ("1069", "Deutschland", "01069"),
        ("1069", "DE", "01069"),
        ("1069.0", "Germany", "01069"),
        ("1010", "Österreich", "1010"),
        ("01069", "", "01069"),
        ("87439.0", "", "87439"),
        ("SW1A 1AA", "GB", "SW1A 1AA"),
    ],
)
def test_postal_codes_of_a_text_file(
    tmp_path: Path, code: str, country: str, expected: str
) -> None:
    """A German postal code that lost its zero before it was saved as text gets it back."""
    text = f"account_id;company;PLZ;Land\n1;Alpha;{code};{country}\n"
    assert accounts(tmp_path, text).accounts[0].values["postal_code"] == expected


def test_a_short_postal_code_without_country_is_told(tmp_path: Path) -> None:
    """Four digits may be Swiss, or German without a zero: they stay as they are, and that is said."""
    found = accounts(tmp_path, "account_id;company;PLZ\n1;Alpha;1069\n")
    assert found.accounts[0].values["postal_code"] == "1069"
    assert any(
        "Vierstellige Postleitzahlen" in n and "Zeile 2" in n for n in found.notices
    )


# Headings.

ACCOUNT_HEADINGS = {
    "account_id": "Kundennummer KdNr Kunden-Nr. Kundennr. Kd.-Nr. Debitor KUNNR Customer_No Account-ID",
    "company": "Firma Name Name1 Kundenname Kunde Firmenname NAME1 Company Customer_name",
    "street": "Straße STRASSE STRAS Street Anschrift",
    "postal_code": "PLZ Postleitzahl PSTLZ ZIP Postcode",
    "city": "Ort Stadt ORT01 City",
    "country": "Land LAND1 Country Länderschlüssel",
    "field_sales": "Außendienst Aussendienst Field_sales",
    "inside_sales": "Innendienst Inside_sales",
    "parent_account": "Konzern Parent",
    "key_account_manager": "KAM Betreuer Key-Account-Manager",
    "industry": "Branche BRSCH",
    "currency": "Währung Waehrung WAERS Currency",
    "contact_name": "Ansprechpartner Kontakt",
}
REVENUE_HEADINGS = {
    "account_id": "KdNr Kunde KUNNR Debitor Customer",
    "product_group": "Produktgruppe Warengruppe MATKL Category",
    "year": "Jahr Geschäftsjahr GJAHR Datum Periode Year",
    "revenue": "Umsatz Umsatz_netto Nettoumsatz Erlös Betrag NETWR Revenue Net-sales",
}


@pytest.mark.parametrize(
    ("key", "heading"),
    [(key, one) for key, names in ACCOUNT_HEADINGS.items() for one in names.split()],
)
def test_usual_headings_of_accounts(tmp_path: Path, key: str, heading: str) -> None:
    """The headings of German, English and SAP lists are found."""
    row = {"account_id": "1", "company": "Alpha", key: "EUR"}
    head = ";".join(row).replace(key, heading)
    found = accounts(tmp_path, f"{head}\n{';'.join(row.values())}\n")
    assert found.headings[key] == heading


@pytest.mark.parametrize(
    ("key", "heading"),
    [(key, one) for key, names in REVENUE_HEADINGS.items() for one in names.split()],
)
def test_usual_headings_of_revenue(tmp_path: Path, key: str, heading: str) -> None:
    """The headings of revenue lists are found, too."""
    head = HEAD.replace(key, heading)
    assert history(tmp_path, "1;Pumpen;2025;10,50", head=head).by_account == {"1": 10.5}


def test_no_heading_means_two_fields() -> None:
    """A heading that surely means one column means no other."""
    for columns in (account_columns(SPEC), COLUMNS):
        names = [(plain(name), each.key) for each in columns for name in each.sure]
        assert len({name for name, _ in names}) == len(set(names))


def test_a_doubtful_heading_gives_way(tmp_path: Path) -> None:
    """*Kunde* is the account number alone, the company beside a number, and nothing beside both."""
    alone = accounts(tmp_path, "Kunde;Firma\n7;Alpha\n")
    assert (alone.accounts[0].account_id, alone.accounts[0].company) == ("7", "Alpha")
    beside = accounts(tmp_path, "KdNr;Kunde\n7;Alpha\n")
    assert (beside.accounts[0].account_id, beside.accounts[0].company) == ("7", "Alpha")
    assert accounts(tmp_path, "KdNr;Kunde;Firma\n7;x;Alpha\n").unknown == ("Kunde",)


def test_headings_of_the_company(tmp_path: Path) -> None:
    """What the settings call a column takes the place of the usual headings, in both lists."""
    own = {"account_id": ("GP",), "company": ("Bezeichnung 1",), "revenue": ("Wert",)}
    (tmp_path / "k.csv").write_text("GP;KdNr;Bezeichnung 1\n7;8;Alpha\n")
    (tmp_path / "u.csv").write_text(
        "GP;Warengruppe;Jahr;Wert;Umsatz\n7;P;2025;1,50;9\n"
    )
    spec = plan_spec(SETTINGS.changed(columns=own))
    found = read_accounts(tmp_path / "k.csv", spec, "de")
    assert found.accounts[0].values == {"account_id": "7", "company": "Alpha"}
    assert found.unknown == ("KdNr",)
    revenue = read_history(tmp_path / "u.csv", "de", own=own)
    assert revenue.by_account == {"7": 1.5}


def test_a_missing_column_is_explained(tmp_path: Path) -> None:
    """The message names the accepted headings, and the one that is nearly right."""
    with pytest.raises(InputError) as caught:
        accounts(tmp_path, "Kundenumer;Firma\n7;Alpha\n")
    for said in (
        "Es fehlt die Spalte account_id",
        "Kundennummer (account_id)",
        "KdNr",
        "„Kundenumer“: gemeint ist vielleicht „Kundennummer“",
    ):
        assert said in str(caught.value)


def test_a_list_without_companies_makes_no_plans(tmp_path: Path) -> None:
    """A plan needs a name: without such a column nothing is written, and the likely one is named."""
    with pytest.raises(InputError) as caught:
        generated(
            tmp_path,
            "KdNr;Firmenahme;Ort\n7;Alpha;Köln\n",
            f"{HEAD}\n7;Pumpen;2025;1,50\n",
        )
    assert "Es fehlt die Spalte company (Firma)" in str(caught.value)
    assert "„Firmenahme“: gemeint ist vielleicht „Firmenname“" in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_dry_run_says_how_the_lists_were_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every column, the number of plans and what is left out are told; nothing is written."""
    (tmp_path / "k.csv").write_text(
        "KdNr;Name1;Telefon\n7;Alpha;1\n8;Beta;2\nSumme;;\n"
    )
    (tmp_path / "u.csv").write_text(
        "Debitor;Warengruppe;Umsatz 2025\n007;P;1,50\n9;P;2,50\n"
    )
    given = [
        "new",
        "--dry-run",
        "--accounts",
        str(tmp_path / "k.csv"),
        "--revenue",
        str(tmp_path / "u.csv"),
    ]
    status = main(
        [*given, "--year", "2028", "--lang", "de", "-o", str(tmp_path / "out")]
    )
    told = capsys.readouterr()
    assert status == 0
    assert "Pläne, die geschrieben würden: 2" in told.out
    for said in (
        "k.csv: „Name1“ ist Firma (company).",
        "u.csv: „Umsatz 2025“ ist Umsatz 2025 (revenue).",
        "nicht verwendet: Telefon",
        "Summenzeilen",
        "führende Nullen",
        "in der Kundenliste fehlen: 9",
    ):
        assert said in told.err
    assert not (tmp_path / "out").exists()


# Faults.


def test_a_fault_that_fills_a_column_is_said_once(tmp_path: Path) -> None:
    """A hundred wrong cells of one column are one message, and hide no other."""
    rows = [f"{number};Alpha;Taler" for number in range(100)]
    with pytest.raises(InputError) as caught:
        accounts(
            tmp_path, "\n".join(["account_id;company;currency", *rows, ";Beta;EUR"])
        )
    _, first, second = str(caught.value).splitlines()
    assert "Zeile 2, Spalte „currency“" in first
    assert "(ebenso in 99 weiteren Zeilen: 3, 4, 5, 6, 7, …)" in first
    assert "Zeile 102" in second


def test_the_faults_of_both_lists_are_said_at_once(tmp_path: Path) -> None:
    """Nobody mends one list to learn then that the other is wrong, too."""
    with pytest.raises(InputError) as caught:
        generated(
            tmp_path,
            "account_id;company\n01. Feb;Alpha\n",
            f"{HEAD}\n7;Pumpen;98;zehn\n",
        )
    told = str(caught.value)
    assert "kunden.csv, Zeile 2, Spalte „account_id“" in told
    assert "umsatz.csv:" in told
    assert "Spalte „year“" in told
    assert "Spalte „revenue“" in told
