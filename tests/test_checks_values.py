"""From what a cell holds to what its field means, for every kind of field."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamxl.checks.entries.conversion import Conversion, Surroundings
from kamxl.checks.entries.values import convert
from kamxl.document.extract import Entry
from kamxl.plan.document import plan_spec
from kamxl.plan.settings.model import Settings
from kamxl.xlsx.book import State
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
        )
    return convert(entry, SPEC.fields[pattern], language, Surroundings(**around))


def rules(conversion: Conversion) -> list[str]:
    """The names of the rules that a cell broke."""
    return [problem.rule.name for problem in conversion.problems]


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
    (STAGE, "Verhandlung", "en", "negotiation", []),
    (STAGE, "Negotiation", "de", "negotiation", []),
    (STAGE, "negotiation", "de", "negotiation", []),
    (STAGE, " mündlich  ZUGESAGT", "de", "verbally_agreed", ["list-spelling"]),
    (STAGE, "muendlich zugesagt", "de", "verbally_agreed", ["list-spelling"]),
    (STAGE, "Verhandelt", "de", None, ["not-in-list"]),
    (STAGE, 3.0, "de", None, ["not-in-list"]),
    (SIGN, "-", "de", "-", []),
    (SIGN, "−", "de", "-", ["list-spelling"]),
    (SIGN, 0.0, "de", "0", []),
    (SIGN, "schlechter", "de", "-", ["list-spelling"]),
    (STANCE, -2.0, "de", "-2", []),
    (STANCE, "Förderer", "de", "2", ["list-spelling"]),
    (STANCE, "+1", "de", "1", ["list-spelling"]),
    (YESNO, True, "de", "yes", []),
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
    # Texts
    (LINE, "  Maschinenbau ", "de", "Maschinenbau", []),
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
