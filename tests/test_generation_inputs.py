"""Account lists and revenue histories are read as companies save them; faults are named by file, line and column."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from kamxl.errors import InputError
from kamxl.generation.accounts import AccountList, read_accounts
from kamxl.generation.history import RevenueHistory, read_history
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings

SPEC = plan_spec(Settings(plan_year=2000))


def accounts(path: Path, content: str | bytes, language: str = "de") -> AccountList:
    """The accounts in a file of this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_accounts(path, SPEC, language)


def history(path: Path, *lines: str, language: str = "de") -> RevenueHistory:
    """The revenue in a list of these lines below the usual headings."""
    path.write_text(
        "\n".join(("account_id;product_group;year;revenue", *lines)), encoding="utf-8"
    )
    return read_history(path, language)


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook whose second sheet holds these rows, below a title."""
    book = Workbook()
    sheet = book.create_sheet("Kunden")
    sheet.append(["Kundenliste Vertrieb Nord"])
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_origin(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Separator and encoding are found by themselves, with and without BOM."""
    lines = (
        ["account_id", "company", "postal_code"],
        ["0815", "Müller & Söhne", "01069"],
    )
    text = "\r\n".join(delimiter.join(line) for line in lines)
    found = accounts(tmp_path / "a.csv", text.encode(encoding)).accounts
    assert [dict(account.values) for account in found] == [
        {"account_id": "0815", "company": "Müller & Söhne", "postal_code": "01069"}
    ]


def test_separators_and_line_breaks_inside_quotes(tmp_path: Path) -> None:
    """Quoted texts may hold the separator, quotes and line breaks; later lines keep their numbers."""
    text = 'account_id,company\n1,"Maier, ""Groß"" und\nPartner"\n,ohne Nummer\n'
    with pytest.raises(
        InputError,
        match=r"a\.csv, Zeile 4, Spalte „account_id“: Die Kundennummer fehlt",
    ):
        accounts(tmp_path / "a.csv", text)
    found = accounts(tmp_path / "a.csv", text.replace("\n,ohne", "\n2,mit")).accounts
    assert [account.company for account in found] == [
        'Maier, "Groß" und Partner',
        "mit Nummer",
    ]


def test_excel_separator_line(tmp_path: Path) -> None:
    """Excel's own first line ``sep=;`` is no heading."""
    found = accounts(tmp_path / "a.csv", "sep=;\naccount_id;company\n7;Sieben\n")
    assert [(account.account_id, account.line) for account in found.accounts] == [
        ("7", 3)
    ]


def test_german_headings_and_unknown_columns(tmp_path: Path) -> None:
    """Printed labels of either language are headings, too; what means nothing is named, not guessed."""
    text = "Kundennummer;FIRMA*;PLZ;Main contact;phone;contact_title\n1;Alpha;1069;Eva Ott;030;Einkauf\n"
    found = accounts(tmp_path / "a.csv", text)
    assert found.unknown == ("phone",)
    assert found.accounts[0].values["contact_name"] == "Eva Ott"
    assert found.accounts[0].contact_title == "Einkauf"


def test_workbook_below_a_title(tmp_path: Path) -> None:
    """A list in XLSX may have a title and stand on any sheet; numbers become texts without .0, dates stay dates."""
    rows = (
        ("Kundennummer", "Firma", "PLZ", "Erstellt"),
        (10023, "Beta AG", 80331, dt.date(1999, 12, 31)),
    )
    values = (
        read_accounts(workbook(tmp_path / "k.xlsx", *rows), SPEC, "de")
        .accounts[0]
        .values
    )
    assert values == {
        "account_id": "10023",
        "company": "Beta AG",
        "postal_code": "80331",
        "created_on": dt.date(1999, 12, 31),
    }


def test_postal_code_that_excel_cut_gets_its_zero_back(tmp_path: Path) -> None:
    """A German postal code of four digits has lost its zero in Excel."""
    rows = (
        ("account_id", "postal_code", "country"),
        (1, 1069, "Deutschland"),
        (2, 1010, "Österreich"),
    )
    found = read_accounts(workbook(tmp_path / "k.xlsx", *rows), SPEC, "de").accounts
    assert [account.values["postal_code"] for account in found] == ["01069", "1010"]


def test_labels_and_codes_of_lists(tmp_path: Path) -> None:
    """A class may be given as printed or as stored."""
    found = accounts(
        tmp_path / "a.csv", "account_id;account_class\n1;Key Account\n2;target\n"
    ).accounts
    assert [account.values["account_class"] for account in found] == ["key", "target"]


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    """A list with several faults is refused with one message that names each."""
    text = (
        "account_id;company;currency;created_on\n1;A;Taler;1.1.1999\n1;B;EUR;gestern\n"
    )
    with pytest.raises(InputError) as caught:
        accounts(tmp_path / "a.csv", text)
    first, *faults = str(caught.value).splitlines()
    assert first == "a.csv:"
    assert [fault.split(": ")[0].strip() for fault in faults] == [
        "Zeile 2, Spalte „currency“", "Zeile 3, Spalte „created_on“", "Zeile 3, Spalte „account_id“",
    ]  # fmt: skip
    assert "steht schon in Zeile 2" in faults[2]


def test_english_messages(tmp_path: Path) -> None:
    """Messages follow the language asked for."""
    with pytest.raises(
        InputError, match=r"The column account_id is missing\. Found: name, city"
    ):
        accounts(tmp_path / "a.csv", "name;city\nA;B\n", "en")


def test_unquoted_separator_is_noticed(tmp_path: Path) -> None:
    """A row with more fields than the heading would shift every value; it is refused."""
    with pytest.raises(InputError, match="Zeile 2: Die Zeile hat mehr Felder"):
        accounts(tmp_path / "a.csv", "account_id,company\n1,Maier, Huber\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Die Datei ist leer"),
        (b" \n \n", "Es fehlt die Spalte account_id"),
        (b"\x00\x01\x02", "keine Textdatei"),
        (b"PK\x03\x04 broken", "a.csv: "),
    ],
)
def test_files_that_are_no_list(tmp_path: Path, content: bytes, message: str) -> None:
    """An empty, binary or damaged file gets a sentence, never a traceback."""
    with pytest.raises(InputError, match=message):
        accounts(tmp_path / "a.csv", content)


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    """It would swallow all accounts behind it without a word."""
    with pytest.raises(
        InputError,
        match=r"a\.csv, Zeile 3: Die Anführungszeichen passen nicht zusammen",
    ):
        accounts(tmp_path / "a.csv", 'account_id;company\n1;"eins"\n2;"zwei\n3;drei\n')


def test_an_account_number_differs_in_more_than_case(tmp_path: Path) -> None:
    """Windows and the comparison of plans take „a1“ for „A1“; „1/2“ and „1-2“ are two accounts."""
    with pytest.raises(InputError, match="„a1“ steht schon in Zeile 2"):
        accounts(tmp_path / "a.csv", "account_id;company\nA1;x\na1;y\n")
    assert (
        len(accounts(tmp_path / "b.csv", "account_id;company\n1/2;x\n1-2;y\n").accounts)
        == 2
    )


def test_a_text_that_is_too_long_is_refused(tmp_path: Path) -> None:
    """A list is mended, not cut; nothing else is said of the cell."""
    with pytest.raises(InputError) as caught:
        accounts(tmp_path / "a.csv", f"account_id;company\n{'1' * 300};x\n")
    assert str(caught.value).endswith(
        "Der Text hat 300 Zeichen; erlaubt sind 250. Bitte kürzen."
    )


def test_a_folder_or_a_device_is_no_list(tmp_path: Path) -> None:
    """Reading from a device would never end."""
    for path in (tmp_path, Path("/dev/zero")):
        if path.exists():
            with pytest.raises(InputError, match="keine gewöhnliche Datei"):
                read_accounts(path, SPEC, "de")


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(InputError, match=r"nirgends\.csv: Diese Datei gibt es nicht"):
        read_accounts(tmp_path / "nirgends.csv", SPEC, "de")


def test_error_value_in_a_workbook(tmp_path: Path) -> None:
    """An error value of Excel is no account."""
    path = workbook(tmp_path / "k.xlsx", ("account_id", "company"), (1, "#N/A"))
    with pytest.raises(
        InputError, match="Zeile 3, Spalte „company“: Die Zelle enthält #N/A"
    ):
        read_accounts(path, SPEC, "de")


def test_rows_of_one_group_and_year_add_up_to_the_cent(tmp_path: Path) -> None:
    """Ten times ten cents are one euro."""
    found = history(
        tmp_path / "r.csv", *["A;Pumpen;1998;0,10"] * 10, "A;pumpen ;1998;0,05"
    )
    assert found.of("A") == {("pumpen", 1998): 1.05}
    assert found.product_groups == ("Pumpen",)


def test_largest_product_group_comes_first(tmp_path: Path) -> None:
    """Groups are ordered by revenue, equal ones by name."""
    found = history(
        tmp_path / "r.csv",
        "A;Ventile;1998;10",
        "A;Pumpen;1998;30",
        "B;Armaturen;1997;10",
    )
    assert found.product_groups == ("Pumpen", "Armaturen", "Ventile")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1.234,56 €"], 1234.56),
        (["1,234.56"], 1234.56),
        (["938.0", "1.234"], 939.234),
        (["12,50", "1.234"], 1246.5),
        (["12.50", "1,234"], 1246.5),
        (["1.234.567", "1.234"], 1235801.0),
        (["-20,00", "(5,00)"], -25.0),
        (["1 234,5"], 1234.5),
    ],
)
def test_decimal_mark_is_told_by_the_column(
    tmp_path: Path, texts: list[str], expected: float
) -> None:
    """What a point or comma means is the same in the whole column."""
    found = history(tmp_path / "r.csv", *(f"A;G;1998;{text}" for text in texts))
    assert found.of("A")[("g", 1998)] == pytest.approx(expected, abs=1e-9)


def test_doubtful_amount_is_never_guessed(tmp_path: Path) -> None:
    """Where no row tells what the point means, the list is refused: the factor would be a thousand."""
    with pytest.raises(
        InputError, match=r"r\.csv, Zeile 2, Spalte „revenue“: „1\.234“ kann"
    ):
        history(tmp_path / "r.csv", "A;G;1998;1.234")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("A;G;98;10", "year"),
        ("A;G;1998;zehn", "revenue"),
        ("A;;1998;10", "product_group"),
        (";G;1998;10", "account_id"),
        ("A;G;1998;9999999999999", "revenue"),
        (f"A;{'x' * 81};1998;10", "product_group"),
    ],
)
def test_wrong_revenue_rows_are_named(tmp_path: Path, line: str, column: str) -> None:
    """File, line and column of a wrong value are in the message."""
    with pytest.raises(InputError, match=rf"r\.csv, Zeile 3, Spalte „{column}“"):
        history(tmp_path / "r.csv", "A;G;1997;1,5", line)


def test_revenue_from_a_workbook(tmp_path: Path) -> None:
    """Numbers of a workbook are taken as they are; account numbers match those of the account list."""
    rows = (
        ("Kundennummer", "Produktgruppe", "Jahr", "Umsatz"),
        (10023, "Pumpen", 1998, 12.5),
        (10023, "Pumpen", "1998", None),
    )
    assert read_history(workbook(tmp_path / "r.xlsx", *rows), "de").of("10023") == {
        ("pumpen", 1998): 12.5
    }
