"""What a cell shows of its number, by its number format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamxl.xlsx.formats import PLAIN, ShownAs, clock, is_date_format, view

_ACCOUNTING = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('#,##0 "T€"', 680, "680 T€"),
        ('#,##0, "T€"', 680_000, "680 T€"),
        ('0.0,," Mio. €"', 4_700_000, "4.7 Mio. €"),
        ("[$$-409]#,##0.00", 680_000, "$680,000.00"),
        ("#,##0.00\\ [$CHF]", 5_000, "5,000.00 CHF"),
        ("[$-407]0.0", 2.5, "2.5"),
        ('General" kg"', 2.5, "2.5 kg"),
        ("0 USD", 5, "5 USD"),
        ("0%", 1, "100%"),
        ("0.0\\ %", 0.125, "12.5 %"),
        ('0"%"', 60, "60%"),
        ("h:mm", 0.0875, "02:06"),
        ("h:mm AM/PM", 0.75, "18:00"),
        ("[h]:mm:ss", 50 / 24 + 50 / 1440, "50:50"),
        ("mm:ss.0", 0.5, "12:00"),
        ("0000000000", 10_041, "0000010041"),
        ("00-0000", 10_041, "01-0041"),
        ('"D-"00000', 1_069, "D-01069"),
        ("# ##0", 12_345, "12 345"),
        ("0;-0", -5, "-5"),
        ("0;0", -5, "5"),
        ("0;[Red]0", -5, "-5"),
        ("0;(0)", -5, "-5"),
        ("-0", 5, "-5"),
        ("+0;-0;0", 2, "2"),
        (_ACCOUNTING, -5, "-5.00 €"),
        ('[<1000]0;[<1000000]0.0,"k";0.0,,"M"', 2_500, "2.5k"),
        ('[<1000]0;[<1000000]0.0,"k";0.0,,"M"', 2_500_000, "2.5M"),
        ('"☑";;"☐"', 1, "☑"),
        ('"☑";;"☐"', 0, "☐"),
        (";;;", 7, ""),
        ("@", 7, "7"),
        ('0;-0;0;@" (geschätzt)"', 7, "7"),
        ("# ?/?", 0.5, "0.5"),
        ("", 7, "7"),
        ('0"', 7, "7"),
        ("[", 7, ""),
    ],
)
def test_a_number_is_shown_by_its_format(code: str, value: float, shown: str) -> None:
    """Unit, currency, percent sign, time, scale, zeros, sign and condition are those that Excel shows."""
    assert view(code, value).text(value) == shown


@pytest.mark.parametrize(
    "code",
    ["General", "0", "0.00", "#,##0", "#,##0.00", "@", "[Red]0", "0_)", "# ##0", "#,##0;[Red]-#,##0", '0",-"'],
)  # fmt: skip
def test_a_plain_format_says_nothing_more(code: str) -> None:
    """Digits, colours and room alone leave a number as it is, with either sign."""
    assert all(view(code, value).is_plain for value in (5.0, -5.0, 0.0))


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("General", "", ""),
        ('@" T€"', "", " T€"),
        ('0;-0;0;"ca. "@', "ca. ", ""),
        ('0" T€"', "", ""),
    ],
)
def test_a_text_is_shown_by_the_section_for_texts(
    code: str, before: str, after: str
) -> None:
    """Only the fourth section, or one with @, says anything about a text."""
    shown = view(code, "680")
    assert (shown.before, shown.after) == (before, after)


def test_three_semicolons_hide_a_text_too() -> None:
    """Nothing is shown where the section for texts is empty."""
    assert view(";;;", "680").shape is ShownAs.WORDS
    assert view("0;;", "680") == PLAIN


@pytest.mark.parametrize(
    ("code", "shape", "day"),
    [
        ("dd.mm.yyyy", ShownAs.DATE, True),
        ("d. mmm", ShownAs.DATE, True),
        ("mmm-yy", ShownAs.DATE, False),
        ("[$-407]mmmm yyyy", ShownAs.DATE, False),
        ("hh:mm", ShownAs.TIME, False),
        ("[mm]:ss", ShownAs.ELAPSED, False),
    ],
)
def test_a_moment_is_a_date_a_time_or_a_duration(
    code: str, shape: ShownAs, day: bool
) -> None:
    """Letters decide, and whether the day is among them."""
    shown = view(code, 1.0)
    assert (shown.shape, shown.shows_day) == (shape, day)


def test_a_clock_counts_days_only_as_elapsed_time() -> None:
    """A day and a half is noon, or 36 hours."""
    assert clock(1.5) == (12, 0, 0)
    assert clock(1.5, elapsed=True) == (36, 0, 0)


@given(
    st.text(alphabet='0#?.,;%@"\\_*[]$-<>=1hmsdy/()E+ €T', max_size=40),
    st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
)
def test_no_format_upsets_the_reader(code: str, value: float | str) -> None:
    """Whatever a file gives as a format: something is shown, and never an exception."""
    shown = view(code, value)
    assert isinstance(is_date_format(code), bool)
    if not isinstance(value, str):
        assert isinstance(shown.text(value), str)
