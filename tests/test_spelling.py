"""When two spellings are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamxl.spelling import fold, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alpen-Gruppe", "ALPEN\u2011GRUPPE"),
        ("Alpen-Gruppe", "Alpen \u2013 Gruppe"),
        ("Alpen-Gruppe", "Alpen\u2212Gruppe"),
        ("Alpengruppe", "Alpen\u00adgruppe"),
        ("Anna Berg", "\u200eAnna\u00a0 Berg\u200f"),
        ("Anna Berg", "Anna\u202f\u2009Berg "),
        ("Jörg Müller", "Jo\u0308rg Mu\u0308ller"),
        ("Jörg Müller", "JOERG MUELLER"),
        ("Groß AG", "GROSS AG"),
        ("Groß AG", "GRO\u1e9e AG"),
        ("L'Oréal", "L’ORÉAL"),
        ("İstanbul Ltd", "I\u0307stanbul LTD"),
        ("ABC", "ＡＢＣ"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    """Case, blanks, dashes, composition, umlauts and unseen marks make no other name."""
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nord AG", "Nordwerk AG"),
        ("Müller", "Muller"),
        ("Berg, Anna", "Anna Berg"),
        ("Werk 1", "Werk 11"),
        ("Alpen-Gruppe", "Alpengruppe"),
    ],
)
def test_names_that_are_only_alike_are_two(one: str, other: str) -> None:
    """Another letter, word or order of words is another name, which a rule may doubt but no join unites."""
    assert not same_name(one, other)


@given(st.text(max_size=40))
def test_a_folded_name_stays_as_it_is(text: str) -> None:
    """What has been folded once may be folded again by the next room."""
    assert fold(fold(text)) == fold(text)
