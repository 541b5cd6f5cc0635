"""From what a cell holds to what its field means, for every kind of field."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamxl.checks.entries.conversion import Conversion, Surroundings
from kamxl.checks.entries.shown import as_seen
from kamxl.checks.entries.texts import clean
from kamxl.checks.entries.values import convert
from kamxl.checks.rules.dates import tables_with_month_first
from kamxl.document.extract import Entry
from kamxl.document.paths import path_of
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import PLAIN_STYLE, CellStyle, State
from kamxl.xlsx.formats import is_date_format
from tests.extracts import Raw, Unreadable

SPEC = plan_spec(Settings(plan_year=2027, lists={"currency": ("AUD",)}))

MONEY = "opportunities.open[].value"
PERCENT = "opportunities.open[].probability"
STAGE = "opportunities.open[].stage"
DATE = "opportunities.open[].close_date"
NOTE = "summary.challenge"
LINE = "cover.industry"
SCORE = "competition.competitors[].importance"
WEIGHT10 = "contacts.people[].influence"
COUNT = "contacts.matrix[][].actual"
PLANNED = "contacts.matrix[][].planned"
SIGN = "competition.gaps[].against_rival"
STANCE = "contacts.people[].stance"
YESNO = "measures.retention[].in_use"


def converted(
    pattern: str,
    raw: Raw,
    language: str = "de",
    *,
    is_date: bool = False,
    style: CellStyle = PLAIN_STYLE,
    **around: str,
) -> Conversion:
    """What a cell with this content means in the field."""
    if isinstance(raw, Unreadable):
        entry = Entry(pattern, "", "A1", State.UNREADABLE, None, raw.raw, raw.reason)
    else:
        state = State.EMPTY if raw is None else State.VALUE
        entry = Entry(
            pattern,
            "",
            "A1",
            state,
            raw,
            "" if raw is None else str(raw),
            is_date=is_date,
            style=style,
        )
    return convert(entry, SPEC.fields[pattern], language, Surroundings(**around))


def rules(conversion: Conversion) -> list[str]:
    """The names of the rules that a cell broke."""
    return [problem.rule.name for problem in conversion.problems]


CURRENCIES = [
    ("$", "USD"), ("US-$", "USD"), ("US $", "USD"), ("Dollar", "USD"), ("us-dollar", "USD"), ("€", "EUR"),
    ("Euro", "EUR"), ("EURO (€)", "EUR"), ("eur ", "EUR"), ("£", "GBP"), ("Pfund", "GBP"), ("Fr.", "CHF"),
    ("sFr.", "CHF"), ("Schweizer Franken", "CHF"), ("zł", "PLN"), ("Kč", "CZK"),
]  # fmt: skip

CASES: list[tuple[str, Raw, str, object, list[str]]] = [
    # Nothing, and what looks like nothing
    (MONEY, None, "de", None, []),
    (MONEY, " ", "de", None, ["only-spaces"]),
    (NOTE, "\u200b", "de", None, ["control-characters", "only-spaces"]),
    (MONEY, Unreadable("#DIV/0!"), "de", None, ["excel-error"]),
    (
        MONEY,
        Unreadable("=B1*C1", "uncalculated"),
        "de",
        None,
        ["formula-not-calculated"],
    ),
    (MONEY, Unreadable("<v>x</v>", "damaged"), "de", None, ["cell-damaged"]),
    # Numbers
    (MONEY, 1234.5, "de", 1234.5, []),
    (MONEY, 0.0, "de", 0.0, []),
    (MONEY, "1.234,56 €", "de", 1234.56, ["number-as-text"]),
    (MONEY, "1.234", "de", None, ["ambiguous-number"]),
    (MONEY, "1,234", "en", 1234.0, ["number-as-text"]),
    (MONEY, "5 CHF", "de", None, ["other-currency"]),
    (MONEY, "viel", "de", None, ["not-a-number"]),
    (MONEY, 2e12, "de", None, ["value-out-of-range"]),
    (MONEY, True, "de", None, ["wrong-type"]),
    (MONEY, dt.time(12, 30), "de", None, ["wrong-type"]),
    (MONEY, dt.datetime(2026, 5, 1), "de", None, ["number-became-date"]),  # noqa: DTZ001
    (MONEY, float("nan"), "de", None, ["not-a-number"]),
    (SCORE, 3.5, "de", 3.5, []),
    (SCORE, "4", "de", 4.0, ["number-as-text"]),
    (SCORE, 0.0, "de", None, ["value-out-of-range"]),
    (WEIGHT10, 10.0, "de", 10, []),
    (WEIGHT10, 11.0, "de", None, ["value-out-of-range"]),
    (WEIGHT10, 7.5, "de", None, ["not-a-whole-number"]),
    (WEIGHT10, float("inf"), "de", None, ["not-a-number"]),
    (COUNT, 3.0000000001, "de", 3, []),
    (COUNT, -1.0, "de", None, ["value-out-of-range"]),
    (COUNT, "zwei", "de", None, ["not-a-number"]),
    (COUNT, dt.date(2026, 6, 2), "de", None, ["number-became-date"]),
    (COUNT, "2/6", "de", 2, ["actual-and-planned-in-one-cell"]),
    (PLANNED, "2/6", "de", 6, ["actual-and-planned-in-one-cell"]),
    (WEIGHT10, "2/6", "de", None, ["not-a-number"]),
    # Percentages
    (PERCENT, 0.6, "de", 0.6, []),
    (PERCENT, 1.0, "de", 1.0, []),
    (PERCENT, 60.0, "de", None, ["percent-without-sign"]),
    (PERCENT, 2.0, "de", None, ["percent-without-sign"]),
    (PERCENT, "60", "de", None, ["percent-without-sign"]),
    (PERCENT, "60 %", "de", 0.6, ["number-as-text"]),
    (PERCENT, "140 %", "de", None, ["value-out-of-range"]),
    (PERCENT, "400 %", "de", None, ["value-out-of-range"]),
    (PERCENT, 1.4, "de", None, ["value-out-of-range"]),
    (PERCENT, 140.0, "de", None, ["value-out-of-range"]),
    (PERCENT, -0.1, "de", None, ["value-out-of-range"]),
    # Dates
    (DATE, dt.datetime(2026, 4, 3, 14, 30), "de", dt.date(2026, 4, 3), []),  # noqa: DTZ001
    (DATE, "03.04.2026", "de", dt.date(2026, 4, 3), ["date-as-text"]),
    (DATE, "03/04/2026", "en", None, ["ambiguous-date"]),
    (DATE, "03/04/2026", "de", dt.date(2026, 4, 3), ["date-as-text"]),
    (DATE, "Q2 2026", "de", None, ["not-a-date"]),
    (DATE, 46115.0, "de", dt.date(2026, 4, 3), ["date-without-format"]),
    (DATE, 20260403.0, "de", dt.date(2026, 4, 3), ["date-as-text"]),
    (DATE, 2026.0, "de", None, ["not-a-date"]),
    (DATE, 60.0, "de", None, ["not-a-date"]),
    (DATE, dt.date(1900, 3, 5), "de", None, ["date-out-of-range"]),
    (DATE, dt.date(2206, 4, 3), "de", None, ["date-out-of-range"]),
    (DATE, False, "de", None, ["wrong-type"]),
    # Lists
    (STAGE, "Verhandlung", "en", "negotiation", ["list-spelling"]),
    (STAGE, "Verhandlung", "de", "negotiation", []),
    (STAGE, "Verhandlung ", "de", "negotiation", ["list-spelling"]),
    (
        STAGE,
        "Verhand\u00adlung",
        "de",
        "negotiation",
        ["control-characters", "list-spelling"],
    ),
    (STAGE, "Negotiation", "de", "negotiation", ["list-spelling"]),
    (STAGE, "negotiation", "de", "negotiation", ["list-spelling"]),
    (STAGE, " mündlich  ZUGESAGT", "de", "verbally_agreed", ["list-spelling"]),
    (STAGE, "muendlich zugesagt", "de", "verbally_agreed", ["list-spelling"]),
    (STAGE, "Verhandelt", "de", None, ["not-in-list"]),
    (STAGE, 3.0, "de", None, ["not-in-list"]),
    (SIGN, "schlechter (−)", "de", "-", []),
    (SIGN, "-", "de", "-", ["list-spelling"]),
    (SIGN, "−", "de", "-", ["list-spelling"]),
    (SIGN, 0.0, "de", "0", ["list-spelling"]),
    (SIGN, "schlechter", "de", "-", ["list-spelling"]),
    (STANCE, -2.0, "de", "-2", ["list-spelling"]),
    (STANCE, "−2", "de", "-2", ["list-spelling"]),
    (STANCE, "Förderer", "de", "2", ["list-spelling"]),
    (STANCE, "+1", "de", "1", ["list-spelling"]),
    (YESNO, True, "de", "yes", ["list-spelling"]),
    (YESNO, "JA", "de", "yes", ["list-spelling"]),
    (
        "measures.measures[].area",
        "Preise / Konditionen",
        "de",
        "prices",
        ["list-spelling"],
    ),
    ("strategy.goals[].horizon", "KAOP", "de", "operative", ["list-spelling"]),
    ("cover.currency", "AUD", "de", "AUD", []),
    ("cover.currency", "XYZ", "de", None, ["not-in-list"]),
    ("cover.currency", "T€", "de", None, ["not-in-list"]),
    *[
        ("cover.currency", text, "de", code, ["list-spelling"])
        for text, code in CURRENCIES
    ],
    # Signs and marks that look like others
    (MONEY, "\u20125", "de", -5.0, ["number-as-text"]),
    (MONEY, "−1\u2009234,50", "de", -1234.5, ["number-as-text"]),
    (MONEY, "1ʼ234.50", "de", 1234.5, ["number-as-text"]),
    (MONEY, "1\u00a0234\u00a0567,00", "de", 1_234_567.0, ["number-as-text"]),
    (
        MONEY,
        "\u202d680.000,00\u202c",
        "de",
        680_000.0,
        ["control-characters", "number-as-text"],
    ),
    (
        DATE,
        "\u200e12.\u200e03.\u200e2027",
        "de",
        dt.date(2027, 3, 12),
        ["control-characters", "date-as-text"],
    ),
    # Formulas that were never one
    (MONEY, "=SUMME(F13:F14)", "de", None, ["formula-as-text"]),
    (MONEY, "=F13*2", "de", None, ["formula-as-text"]),
    (MONEY, "=1200*3", "de", None, ["formula-as-text"]),
    (LINE, "='3 Umsatz'!F13", "de", None, ["formula-as-text"]),
    (LINE, '="0010041"', "de", None, ["formula-as-text"]),
    (LINE, "=> siehe Anlage", "de", "=> siehe Anlage", []),
    (LINE, "= wie immer", "de", "= wie immer", []),
    # Texts
    (LINE, "  Maschinenbau ", "de", "Maschinenbau", []),
    (LINE, "Anna  Berg", "de", "Anna Berg", []),
    (LINE, "Anna\u00a0Berg", "de", "Anna Berg", ["control-characters"]),
    (LINE, "Jo\u0308rg", "de", "Jörg", ["control-characters"]),
    (
        LINE,
        "Ma\u00adschi\u200dnen\u200fbau",
        "de",
        "Maschinenbau",
        ["control-characters"],
    ),
    (LINE, "Team 👩\u200d🔧", "de", "Team 👩\u200d🔧", []),
    (
        LINE,
        "👩🏽\u200d🔧 und ❤\ufe0f\u200d🔥",
        "de",
        "👩🏽\u200d🔧 und ❤\ufe0f\u200d🔥",
        [],
    ),
    (LINE, "Zeile\r\nzwei", "de", "Zeile zwei", ["several-lines"]),
    (NOTE, "Zeile\r\nzwei\x0bdrei", "de", "Zeile\nzwei\ndrei", []),
    (NOTE, "a\x00b", "de", "ab", ["control-characters"]),
    (LINE, 12345.0, "de", "12345", []),
    (LINE, 0.5, "de", "0,5", []),
    (LINE, True, "de", "WAHR", []),
    (LINE, dt.date(2026, 5, 12), "de", "12.05.2026", ["text-became-date"]),
    (LINE, dt.time(9, 5), "de", "09:05", []),
    ("cover.account_id", 10023.0, "de", "10023", []),
    ("cover.plan_year", 2027.0, "de", 2027, []),
    ("cover.plan_year", "2027", "de", 2027, ["number-as-text"]),
]


@pytest.mark.parametrize(("pattern", "raw", "language", "value", "broken"), CASES)
def test_a_cell_means(
    pattern: str, raw: Raw, language: str, value: object, broken: list[str]
) -> None:
    """Value and rules of one cell; an unusable value is missing, never guessed."""
    found = converted(pattern, raw, language, currency="EUR")
    assert (found.value, rules(found)) == (value, broken)


TARGET = "controlling.targets[].target"

SHOWN: list[tuple[str, float | str, str, object, list[str]]] = [
    # A unit with a scale
    (MONEY, 680.0, '#,##0 "T€"', 680_000.0, ["read-as-shown"]),
    (MONEY, 4.7, '0.0" Mio. €"', 4_700_000.0, ["read-as-shown"]),
    (MONEY, 4.7, '"TEUR "0.0', 4_700.0, ["read-as-shown"]),
    (MONEY, -680.0, '0"k€";-0"k€"', -680_000.0, ["read-as-shown"]),
    (MONEY, 680_000.0, '#,##0, "T€"', 680_000.0, []),
    (MONEY, 4_700_000.0, '0.0,, "Mio. €"', 4_700_000.0, []),
    (MONEY, 2_500.0, '[<1000]0;0.0,"k"', 2_500.0, []),
    (MONEY, 680_000.0, "#,##0,", 680_000.0, ["read-as-shown"]),
    (MONEY, 4_700_000.0, '0, "Mio. €"', None, ["shown-otherwise"]),
    (MONEY, 680.0, '0 "Stück"', None, ["shown-otherwise"]),
    (COUNT, 5.0, '0 "Stk."', 5, ["read-as-shown"]),
    # A currency
    (MONEY, 680_000.0, "[$$-409]#,##0.00", None, ["other-currency"]),
    (MONEY, 5_000.0, "#,##0.00\\ [$CHF]", None, ["other-currency"]),
    (MONEY, 5_000.0, '#,##0.00" £"', None, ["other-currency"]),
    (MONEY, 5_000.0, '0" kAUD"', None, ["other-currency"]),
    (MONEY, 5_000.0, '#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', 5_000.0, []),
    (MONEY, -5_000.0, "#,##0.00\\ [$€-407]", -5_000.0, []),
    (TARGET, 5_000.0, "#,##0.00\\ [$€-407]", 5_000.0, []),
    (SCORE, 3.0, '0" €"', 3.0, ["read-as-shown"]),
    # A percent sign
    (PERCENT, 0.6, "0.0%", 0.6, []),
    (PERCENT, 60.0, "0%", None, ["percent-without-sign"]),
    (PERCENT, 60.0, '0" %"', 0.6, ["read-as-shown"]),
    (TARGET, 1.0, "0%", 100.0, ["read-as-shown"]),
    (TARGET, 0.715, "0.0 %", 71.5, ["read-as-shown"]),
    (TARGET, "71 %", "General", 71.0, ["number-as-text"]),
    (MONEY, 1.0, "0%", None, ["shown-otherwise"]),
    (SCORE, 0.03, "0%", 3.0, ["read-as-shown"]),
    # A sign
    (MONEY, -5.0, "0;0", None, ["shown-otherwise"]),
    (MONEY, 5.0, '"-"0', None, ["shown-otherwise"]),
    (MONEY, -5.0, "0;[Red]0", -5.0, []),
    (MONEY, -5.0, "#,##0_);(#,##0)", -5.0, []),
    # A time
    (MONEY, 0.5208333333, "h:mm", None, ["number-became-time"]),
    (COUNT, 0.0875, "hh:mm", None, ["number-became-time"]),
    (PERCENT, 2.1180555556, "[h]:mm:ss", None, ["number-became-time"]),
    (DATE, 0.5, "hh:mm", None, ["not-a-date"]),
    (LINE, 0.5, "hh:mm", "12:00", ["read-as-shown"]),
    # A day of 1900
    (MONEY, 5.0, "dd.mm.yyyy", None, ["shown-otherwise"]),
    # The number of a day
    (COUNT, 46_174.0, "0", None, ["number-became-date"]),
    (COUNT, 20_000.0, "0", None, ["value-out-of-range"]),
    # Nothing, or words
    (MONEY, 680.0, ";;;", None, ["shown-otherwise"]),
    (MONEY, 680.0, '"offen"', None, ["shown-otherwise"]),
    (YESNO, 1.0, '"Ja";;"Nein"', "yes", ["list-spelling"]),
    (YESNO, 0.0, '"☑";;"☐"', "no", ["list-spelling"]),
    # Texts
    (LINE, 10_041.0, "0000000000", "0000010041", ["read-as-shown"]),
    (LINE, 10_041.0, "00-0000", "01-0041", ["read-as-shown"]),
    (LINE, 0.08, "0%", "8%", ["read-as-shown"]),
    (LINE, 2_500.0, "#,##0", "2500", []),
    (LINE, 2_500.0, ";;;", "2500", ["read-as-shown"]),
    (LINE, "Ost", '@" (alt)"', "Ost (alt)", ["read-as-shown"]),
    (LINE, "Ost", ";;;", "Ost", ["read-as-shown"]),
    (MONEY, "680", '@" T€"', 680_000.0, ["read-as-shown", "number-as-text"]),
    ("cover.postal_code", 1_069.0, "00000", "01069", ["postal-code-as-number"]),
    ("cover.postal_code", 1_069.0, '"D-"00000', "D-01069", ["read-as-shown"]),
]


@pytest.mark.parametrize(("pattern", "raw", "code", "value", "broken"), SHOWN)
def test_what_a_cell_shows_counts(
    pattern: str, raw: Raw, code: str, value: object, broken: list[str]
) -> None:
    """A number means what its format makes of it, with a warning, or it is refused; the plan is in euros."""
    style = CellStyle(code, is_date_format(code))
    found = converted(pattern, raw, is_date=style.is_date, style=style, currency="EUR")
    assert (found.value, rules(found)) == (value, broken)


@pytest.mark.parametrize(
    ("pattern", "raw", "code", "language", "typed"),
    [
        (COUNT, 0.0875, "h:mm", "de", "2:6"),
        (MONEY, 0.5208333333, "h:mm", "de", "12,30"),
        (MONEY, 0.5208333333, "h:mm", "en", "12.30"),
        (PERCENT, 2.1180555556, "[h]:mm:ss", "de", "50:50"),
        (COUNT, dt.date(2026, 6, 2), "d-mmm", "de", "2/6"),
        (COUNT, dt.date(2026, 6, 2), "d-mmm", "en", "6/2"),
        (COUNT, dt.date(2026, 6, 1), "mmm-yy", "de", "6/26"),
        (COUNT, dt.date(2026, 6, 1), "d. mmm", "de", "1/6"),
        (COUNT, 46_174.0, "0", "de", "6/26"),
        (MONEY, dt.date(2026, 5, 12), "d. mmm", "de", "12.5"),
        (MONEY, dt.date(3761, 10, 9), "dd.mm.yyyy", "de", "680000"),
    ],
)
def test_a_message_says_what_was_typed(
    pattern: str, raw: Raw, code: str, language: str, typed: str
) -> None:
    """Excel has made a time or a date of it, of which the format tells how."""
    style = CellStyle(code, is_date_format(code))
    found = converted(pattern, raw, language, is_date=style.is_date, style=style)
    (problem,) = found.problems
    assert problem.details["typed"] == typed


@pytest.mark.parametrize(
    ("raw", "country", "value", "broken"),
    [
        (1069.0, "Deutschland", "01069", ["postal-code-as-number"]),
        (1069.0, "DE", "01069", ["postal-code-as-number"]),
        (1069.0, "", "1069", ["postal-code-as-number"]),
        (1010.0, "Österreich", "1010", []),
        (12209.0, "Deutschland", "12209", []),
        ("01069", "Deutschland", "01069", []),
    ],
)
def test_a_postal_code_keeps_its_leading_zero(
    raw: Raw, country: str, value: str, broken: list[str]
) -> None:
    """Four digits are a German code short of its zero, or an Austrian one as it is."""
    found = converted("cover.postal_code", raw, country=country)
    assert (found.value, rules(found)) == (value, broken)


def test_a_pasted_pair_serves_both_cells() -> None:
    """Actual and planned in one text: the cell it was pasted into takes its own, the rest is for the other."""
    assert converted(COUNT, "2/6").also == {"planned": 6}
    assert converted(PLANNED, " 2 / 6 ").also == {"actual": 2}


def test_a_text_that_is_too_long_is_cut_and_said_so() -> None:
    """The plan keeps what fits instead of losing everything."""
    found = converted(LINE, "Maschinenbau " * 50)
    assert rules(found) == ["text-too-long"]
    assert isinstance(found.value, str)
    assert len(found.value) <= 250
    assert found.value.endswith("…")


def test_a_wrong_list_value_is_met_with_a_guess() -> None:
    """The nearest label is offered, but not taken."""
    (problem,) = converted(STAGE, "Verhandlng").problems
    message, remedy = problem.rule.told(problem.details, "de")
    assert "Meinten Sie „Verhandlung“?" in message
    assert "Idee, Qualifiziert" in remedy


_raws = st.one_of(
    st.text(max_size=300),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.none(),
)


@settings(deadline=None)
@given(
    _raws,
    st.sampled_from(sorted(SPEC.fields)),
    st.sampled_from(["de", "en"]),
    st.booleans(),
)
def test_no_cell_upsets_the_conversion(
    raw: Raw, pattern: str, language: str, is_date: bool
) -> None:
    """Whatever a cell holds: either a value that its field allows, or a reason; never an exception."""
    found = converted(pattern, raw, language, is_date=is_date)
    field = SPEC.fields[pattern]
    if found.value is None:
        assert raw is None or raw == "" or found.problems
    elif field.options:
        assert found.value in {option.code for option in field.options}
    elif isinstance(found.value, int | float):
        assert isinstance(field.low, int | float)
        assert isinstance(field.high, int | float)
        assert field.low <= found.value <= field.high
    elif isinstance(found.value, str):
        assert field.max_length is not None
        assert len(found.value) <= field.max_length


@pytest.mark.parametrize(
    "text", ["1" + " " * 200_000 + "x", " - " * 60_000, "1." * 100_000, "EUR " * 50_000]
)
def test_a_page_of_anything_is_judged_at_once(text: str) -> None:
    """A cell may hold a million characters; no pattern takes more than time in proportion."""
    for pattern in (STAGE, SIGN, MONEY, PERCENT, DATE, COUNT, LINE):
        converted(pattern, text)


def test_every_mark_of_format_is_known() -> None:
    """The pattern of marks that go holds all characters of the category, as the interpreter knows them."""
    known = filter(
        lambda code: unicodedata.category(chr(code)) == "Cf", range(0x110000)
    )
    left = [hex(code) for code in known if clean(f"a{chr(code)}b").text != "ab"]
    assert left == []


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("de", "#N/A", "#NV"),
        ("de", "#REF!", "#BEZUG!"),
        ("de", "#VALUE!", "#WERT!"),
        ("de", "#NUM!", "#ZAHL!"),
        ("de", "#SPILL!", "#ÜBERLAUF!"),
        ("de", "#DIV/0!", "#DIV/0!"),
        ("de", "#NAME?", "#NAME?"),
        ("en", "#N/A", "#N/A"),
    ],
)
def test_an_error_is_named_as_excel_shows_it(
    language: str, text: str, shown: str
) -> None:
    """A German Excel shows other names than those that the file stores."""
    (problem,) = converted(MONEY, Unreadable(text)).problems
    message, _ = problem.rule.told(problem.details, language)
    assert f"Excel-Fehler {shown}." in message or f"Excel error {shown}." in message


def test_a_wrong_date_is_met_with_one_of_the_plan_year() -> None:
    """An example that lies in the past would be copied."""
    entry = Entry(
        path_of("opportunities.open[0].close_date"),
        "",
        "G13",
        State.VALUE,
        "bald",
        "bald",
    )
    found = convert(entry, SPEC.fields[DATE], "de", Surroundings(year=2027))
    (problem,) = found.problems
    assert "31.03.2027" in problem.rule.told(problem.details, "de")[1]


SWAPPED: list[tuple[str, Raw, str, object, list[str]]] = [
    ("de", "12/31/2027", "", dt.date(2027, 12, 31), ["month-first"]),
    ("de", "12.31.2027", "", dt.date(2027, 12, 31), ["month-first"]),
    ("de", "6-15-27", "", dt.date(2027, 6, 15), ["month-first"]),
    ("de", "31/12/2027", "", dt.date(2027, 12, 31), ["date-as-text"]),
    ("de", "03/12/2027", "", dt.date(2027, 12, 3), ["date-as-text"]),
    ("de", "03/12/2027", "opportunities.open", None, ["ambiguous-date"]),
    ("de", "03.12.2027", "opportunities.open", None, ["ambiguous-date"]),
    ("de", "03/03/2027", "opportunities.open", dt.date(2027, 3, 3), ["date-as-text"]),
    ("de", "31.12.2027", "opportunities.open", dt.date(2027, 12, 31), ["date-as-text"]),
    ("de", "3. Dezember 2027", "opportunities.open", dt.date(2027, 12, 3), ["date-as-text"]),
    ("de", dt.date(2027, 12, 3), "opportunities.open", dt.date(2027, 12, 3), ["day-and-month-maybe-swapped"]),
    ("de", dt.date(2027, 12, 31), "opportunities.open", dt.date(2027, 12, 31), []),
    ("de", dt.date(2027, 12, 3), "measures.measures", dt.date(2027, 12, 3), []),
    ("en", "12/31/2027", "opportunities.open", dt.date(2027, 12, 31), ["date-as-text"]),
    ("en", dt.date(2027, 12, 3), "opportunities.open", dt.date(2027, 12, 3), []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "raw", "table", "value", "broken"), SWAPPED)
def test_a_month_in_front_is_said(
    language: str, raw: Raw, table: str, value: object, broken: list[str]
) -> None:
    """What can only have its month first is read so; in the same table nothing else is taken for sure."""
    path = path_of("opportunities.open[0].close_date")
    entry = Entry(path, "", "G13", State.VALUE, raw, str(raw))
    around = Surroundings(year=2027, month_first=frozenset({table}))
    found = convert(entry, SPEC.fields[DATE], language, around)
    assert (found.value, rules(found)) == (value, broken)


def test_a_table_shows_that_its_months_come_first() -> None:
    """One date beyond doubt is enough, in the table where it stands."""
    texts = ("03/12/2027", "12/31/2027", "bald", "31/12/2027")
    entries = [
        Entry(path_of(f"{table}[{at}].close_date"), "", "G13", State.VALUE, text, text)
        for at, text in enumerate(texts)
        for table in ("opportunities.open", "projects.won")
        if table == "opportunities.open" or text != "12/31/2027"
    ]
    assert tables_with_month_first(entries) == {"opportunities.open"}


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        (dt.date(2027, 3, 31), "dd.mm.yyyy", "31.03.2027"),
        (680.0, '0 "T€"', "680 T€"),
        (0.5, "h:mm", "12:00"),
        (680.0, "General", "680.0"),
        ("Ost", "@", "Ost"),
    ],
)
def test_a_finding_repeats_what_the_cell_shows(raw: Raw, code: str, shown: str) -> None:
    """Nobody sees the number behind a date."""
    style = CellStyle(code, is_date_format(code))
    entry = Entry(
        path_of("cover.city"), "", "A1", State.VALUE, raw, str(raw), style=style
    )
    assert as_seen(entry, "de") == shown
