"""Numbers, percentages and dates that somebody wrote as text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamxl.checks.entries.dates import from_serial, read_date
from kamxl.checks.entries.numbers import read_number
from kamxl.checks.entries.wording import amount, day, number, share, show
from kamxl.document.vocabulary import Kind
from kamxl.texts import Language

MONEY = """
| text            | de        | en        |
|-----------------|-----------|-----------|
| 1.234,56 €      | 1234.56   | 1234.56   |
| € 1.234,56      | 1234.56   | 1234.56   |
| 1,234.56        | 1234.56   | 1234.56   |
| $1,234.56       | 1234.56   | 1234.56   |
| 1.234           | 1234/1.234 | 1.234/1234 |
| 12.345          | 12345/12.345 | 12.345/12345 |
| 1.234 €         | 1234/1.234 | 1.234/1234 |
| 1,234           | 1.234/1234 | 1234     |
| -1.234          | -1234/-1.234 | -1.234/-1234 |
| 1.234.567       | 1234567   | 1234567   |
| 1,234,567       | 1234567   | 1234567   |
| 1.234.567,89    | 1234567.89 | 1234567.89 |
| 1,234,567.89    | 1234567.89 | 1234567.89 |
| 1,5             | 1.5       | 1.5       |
| 1.5             | 1.5       | 1.5       |
| 0.123           | 0.123     | 0.123     |
| 0,123           | 0.123     | 0.123     |
| 1234,567        | 1234.567  | 1234.567  |
| 1234.567        | 1234.567  | 1234.567  |
| 12,3456         | 12.3456   | 12.3456   |
| .5              | 0.5       | 0.5       |
| ,5              | 0.5       | 0.5       |
| 5.              | 5         | 5         |
| 007             | 7         | 7         |
| +5              | 5         | 5         |
| -5              | -5        | -5        |
| −5              | -5        | -5        |
| - 5             | -5        | -5        |
| 5-              | -5        | -5        |
| 1.234,56-       | -1234.56  | -1234.56  |
| (1.234,56)      | -1234.56  | -1234.56  |
| (1.234,56 €)    | -1234.56  | -1234.56  |
| €-5             | -5        | -5        |
| -€5             | -5        | -5        |
| USD -5.00       | -5        | -5        |
| 1.234,-         | 1234      | 1234      |
| 1.234,– €       | 1234      | 1234      |
| 1.234,-- EUR    | 1234      | 1234      |
| CHF 1'000.--    | 1000      | 1000      |
| 1'234.50        | 1234.5    | 1234.5    |
| 1’234’567       | 1234567   | 1234567   |
| 1 234 567,89    | 1234567.89 | 1234567.89 |
| 1 234 EUR       | 1234      | 1234      |
| 120 T€          | 120000    | 120000    |
| 120T€           | 120000    | 120000    |
| 120 TEUR        | 120000    | 120000    |
| 120 k€          | 120000    | 120000    |
| 120k            | 120000    | 120000    |
| 120 Tsd. €      | 120000    | 120000    |
| 1,2 Mio. €      | 1200000   | 1200000   |
| 1,2 Mio.€       | 1200000   | 1200000   |
| 1.2 MEUR        | 1200000   | 1200000   |
| 1.2m            | 1200000   | 1200000   |
| 2 Mrd. EUR      | 2000000000 | 2000000000 |
| 3 bn            | 3000000000 | 3000000000 |
| 1,234 Mio.      | 1234000   | 1234000000 |
| 12 34           | –         | –         |
| 1.23.4          | –         | –         |
| 1,,2            | –         | –         |
| 1.234,567.8     | –         | –         |
| 1,00,000        | –         | –         |
| 5 EUR USD       | –         | –         |
| 60 %            | –         | –         |
| 5 Stück         | –         | –         |
| ca. 5           | –         | –         |
| 10-20           | –         | –         |
| --5             | –         | –         |
| 5--             | –         | –         |
| 2/6             | –         | –         |
| 1e5             | –         | –         |
| n/a             | –         | –         |
| €               | –         | –         |
| -               | –         | –         |
| ²               | –         | –         |
"""

PERCENT = """
| text    | de    | en   |
|---------|-------|------|
| 60 %    | 0.6   | 0.6  |
| 60%     | 0.6   | 0.6  |
| 60,5 %  | 0.605 | 0.605 |
| 60.5%   | 0.605 | 0.605 |
| 60 Prozent | 0.6 | 0.6 |
| 60 percent | 0.6 | 0.6 |
| 60 v.H. | 0.6   | 0.6  |
| -5 %    | -0.05 | -0.05 |
| % 60    | 0.6   | 0.6  |
| 0,6     | 0.6   | 0.6  |
| 60      | 60    | 60   |
| 60 % %  | –     | –    |
| 60 % €  | –     | –    |
| 60 k    | –     | –    |
"""

DATES = """
| text                | de         | en         |
|---------------------|------------|------------|
| 2026-04-03          | 2026-04-03 | 2026-04-03 |
| 2026/04/03          | 2026-04-03 | 2026-04-03 |
| 20260403            | 2026-04-03 | 2026-04-03 |
| 2026-04-03T00:00:00 | 2026-04-03 | 2026-04-03 |
| 03.04.2026          | 2026-04-03 | 2026-04-03 |
| 3.4.2026            | 2026-04-03 | 2026-04-03 |
| 3. 4. 2026          | 2026-04-03 | 2026-04-03 |
| 03.04.26            | 2026-04-03 | 2026-04-03 |
| 03.04.87            | 1987-04-03 | 1987-04-03 |
| 03.04.2026 14:30    | 2026-04-03 | 2026-04-03 |
| 3. April 2026       | 2026-04-03 | 2026-04-03 |
| 3 April 2026        | 2026-04-03 | 2026-04-03 |
| 3. Mär. 2026        | 2026-03-03 | 2026-03-03 |
| 5. März 2026        | 2026-03-05 | 2026-03-05 |
| 5 Maerz 2026        | 2026-03-05 | 2026-03-05 |
| 3-Apr-26            | 2026-04-03 | 2026-04-03 |
| April 3, 2026       | 2026-04-03 | 2026-04-03 |
| Oct 3rd, 2026       | 2026-10-03 | 2026-10-03 |
| Fr, 03.04.2026      | 2026-04-03 | 2026-04-03 |
| Freitag, 3. April 2026 | 2026-04-03 | 2026-04-03 |
| 03/04/2026          | 2026-04-03 | 2026-03-04/2026-04-03 |
| 03-04-2026          | 2026-04-03 | 2026-03-04/2026-04-03 |
| 13/04/2026          | 2026-04-13 | 2026-04-13 |
| 04/13/2026          | –          | 2026-04-13 |
| 04/04/2026          | 2026-04-04 | 2026-04-04 |
| 31.02.2026          | –          | –          |
| 03.04-2026          | –          | –          |
| 03.04.              | –          | –          |
| April 2026          | –          | –          |
| 04/2026             | –          | –          |
| Q2 2026             | –          | –          |
| KW 14               | –          | –          |
| 3. Foo 2026         | –          | –          |
| morgen              | –          | –          |
| 2026                | –          | –          |
"""


def _cases(table: str) -> list[tuple[str, str, str]]:
    """Text, language and expected meanings of every line, for both languages."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in table.strip().splitlines()[2:]
    ]
    return [
        (row[0], language, row[column])
        for row in rows
        for column, language in ((1, "de"), (2, "en"))
    ]


def _read_as_text(text: str, language: str, kind: Kind) -> str:
    reading = read_number(text, language, kind)
    if reading is None:
        return "–"
    return "/".join(
        f"{value:.12g}" for value in (reading.value, reading.other) if value is not None
    )


def test_the_tables_are_large_enough_to_mean_something() -> None:
    """At least eighty notations are tried in both languages."""
    assert (
        len(_cases(MONEY + PERCENT[:0])) + len(_cases(PERCENT)) + len(_cases(DATES))
        >= 2 * 80
    )


@pytest.mark.parametrize(("text", "language", "expected"), _cases(MONEY))
def test_an_amount_is_read_as_its_writer_meant_it_or_not_at_all(
    text: str, language: str, expected: str
) -> None:
    """One meaning, two where the text leaves doubt, none where it is no number."""
    assert _read_as_text(text, language, Kind.MONEY) == "/".join(
        part if part == "–" else f"{float(part):.12g}" for part in expected.split("/")
    )


@pytest.mark.parametrize(("text", "language", "expected"), _cases(PERCENT))
def test_a_percentage_is_read_with_its_sign(
    text: str, language: str, expected: str
) -> None:
    """A percent sign divides by a hundred; without one the number stays what it is."""
    assert _read_as_text(text, language, Kind.PERCENT) == expected


@pytest.mark.parametrize(("text", "language", "expected"), _cases(DATES))
def test_a_date_is_read_in_every_usual_notation(
    text: str, language: str, expected: str
) -> None:
    """Day first in German; slashes in an English workbook leave doubt; half a date is none."""
    assert "/".join(
        date.isoformat() for date in read_date(text, language)
    ) == expected.replace("–", "")


def test_three_decimals_are_meant_where_a_number_is_no_amount() -> None:
    """1,234 in a German number field is one and a bit: nobody groups thousands with a comma there."""
    assert read_number("1,234", "de", Kind.NUMBER) == read_number(
        "1.2340", "de", Kind.NUMBER
    )


def test_a_currency_is_told_from_sign_or_code() -> None:
    """The ISO code is known, so that an amount in another currency than the plan's can be refused."""
    found = [
        read_number(text, "de", Kind.MONEY)
        for text in ("5 €", "5 Fr.", "£5", "5 zł", "5 TEUR", "5")
    ]
    assert [reading.currency for reading in found if reading] == [
        "EUR",
        "CHF",
        "GBP",
        "PLN",
        "EUR",
        "",
    ]


@pytest.mark.parametrize("unit", ["t", "m", "k"])
def test_a_lone_letter_is_a_unit_unless_money_is_meant(unit: str) -> None:
    """A weight of "120 t" is not 120,000."""
    assert read_number(f"120 {unit}", "de", Kind.NUMBER) is None


@settings(deadline=None)
@given(
    st.decimals(min_value=-(10**11), max_value=10**11, places=2),
    st.sampled_from(["", " €", " EUR", "€ "]),
)
def test_money_printed_in_german_format_is_read_back(
    value: object, currency: str
) -> None:
    """What we print as an amount we read as that amount, unless the digits themselves leave doubt."""
    amount_text = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    text = (
        f"{currency}{amount_text}"
        if currency.endswith(" ")
        else f"{amount_text}{currency}"
    )
    reading = read_number(text, "de", Kind.MONEY)
    assert reading is not None
    assert reading.other is None
    assert reading.value == pytest.approx(float(str(value)), abs=1e-6)


@settings(deadline=None)
@given(
    st.text(max_size=80), st.sampled_from(list(Kind)), st.sampled_from(list(Language))
)
def test_no_text_upsets_the_reading(text: str, kind: Kind, language: str) -> None:
    """Whatever stands in a cell is a number, a date or neither, and never an exception."""
    reading = read_number(text, language, kind)
    assert reading is None or reading.value == reading.value
    assert len(read_date(text, language)) <= 2


@settings(deadline=None)
@given(
    st.from_regex(
        r"[-(]?[€$ ]{0,2}[0-9.,' ]{1,12}[-)]?( ?(%|€|Mio\.|T€))?", fullmatch=True
    )
)
def test_no_mixture_of_separators_upsets_the_reading(text: str) -> None:
    """Anything that looks like a number is read or refused."""
    for kind in (Kind.MONEY, Kind.PERCENT, Kind.NUMBER):
        reading = read_number(text, "de", kind)
        assert reading is None or abs(reading.value) < 1e25


@settings(deadline=None)
@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(list(Language)),
)
def test_a_date_that_we_print_is_read_back(date: dt.date, language: str) -> None:
    """The form in which messages show a date leaves no doubt in either language."""
    assert read_date(day(date, language), language) == [date]


def test_serial_numbers_follow_the_calendar_of_excel() -> None:
    """46115 is 3 April 2026; 60 and below lie before the leap day that Excel invented."""
    assert from_serial(46115) == dt.date(2026, 4, 3)
    assert [from_serial(serial) for serial in (0.0, 1.0, 60.0, -5.0, 1e9)] == [None] * 5
    assert from_serial(61) == dt.date(1900, 3, 1)


def test_values_are_worded_for_their_reader() -> None:
    """Separators, percent sign and month are those of the language."""
    assert (amount(1234567.5, "de"), amount(1234567.5, "en")) == (
        "1.234.567,50",
        "1,234,567.50",
    )
    assert (number(2026, "de"), number(12000.5, "de"), number(-0.0, "de")) == (
        "2026",
        "12.000,5",
        "0",
    )
    assert (share(1.4, "de"), share(0.005, "en")) == ("140 %", "0.5%")
    assert (day(dt.date(2026, 4, 3), "de"), day(dt.date(2026, 4, 3), "en")) == (
        "03.04.2026",
        "3 Apr 2026",
    )
    assert show("Text", Kind.MONEY, "de") == "Text"
