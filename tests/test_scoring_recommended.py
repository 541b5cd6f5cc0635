"""Whom to contact next: urgency before size of the gap, role where that is equal, never the only thread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamxl import scoring

counts = st.one_of(st.none(), st.integers(0, 12))
roles = st.sampled_from([None, *scoring.BUYING_CENTER_ROLES])
people = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(1, 10)), counts, counts, roles),
    max_size=6,
)


def test_the_unmet_share_comes_before_the_gap() -> None:
    """40 of 48 leave a gap of 8 and are less urgent than none of 2; who was met enough is not named."""
    found = scoring.next_contacts(
        [9, 8, 9, 4, 9], [33, 0, 0, 40, 6], [40, 3, 2, 48, 6], ["buyer"] * 5
    )
    assert [one.index for one in found] == [2, 1, 0, 3]
    assert [one.urgency for one in found] == pytest.approx([9, 8, 1.575, 2 / 3])


def test_role_decides_where_urgency_is_equal() -> None:
    """Of equally urgent people the decider comes before the buyer; no role, or one of a company's own, comes last."""
    codes = [None, "procurement board", "buyer", "decider"]
    found = scoring.next_contacts([8] * 4, [1] * 4, [3] * 4, codes)
    assert [one.role for one in found] == [
        "decider",
        "buyer",
        None,
        "procurement board",
    ]


@pytest.mark.parametrize(
    ("actual", "planned", "expected"),
    [
        ([2], [12], [None]),  # one contact known
        ([12], [12], [None]),  # met enough, and still the only one
        ([5, 0, 0], [12, 4, 2], [1, 2]),  # one contact met: the others
        ([5, 0, 0], [12, None, 0], [None]),  # one contact met, nobody else planned for
        ([5, 1, 0], [12, 4, 2], [2, 1, 0]),  # two contacts met: no single thread
        ([0, 0], [12, 4], [0, 1]),  # nobody met yet
        ([], [], [None]),  # nobody known
    ],
)
def test_a_single_thread_is_never_deepened(
    actual: list[float], planned: list[float | None], expected: list[int | None]
) -> None:
    """Who is the only one we know or meet is not recommended; without others it is somebody yet to be won."""
    count = len(actual)
    found = scoring.next_contacts([9] * count, actual, planned, ["user"] * count)
    assert [one.index for one in found] == expected


def test_the_missing_role_is_looked_for() -> None:
    """Somebody yet to be won should have the most important role in which nobody is known."""
    (one,) = scoring.next_contacts([9], [2], [6], ["decider"])
    assert one == scoring.NextContact(None, None, "influencer")
    (one,) = scoring.next_contacts([9], [2], [6], [None])
    assert one.role == "decider"


@given(people, st.integers(0, 2))
def test_whoever_is_recommended_leaves_no_thread_alone(
    rows: list[tuple[int | None, int | None, int | None, str | None]], limit: int
) -> None:
    """Whatever the contacts are, those are ranked by urgency, and the few who are all we meet are not among them."""
    columns = [[row[number] for row in rows] for number in range(4)]
    influence, actual, planned, codes = columns
    found = scoring.next_contacts(
        influence, actual, planned, codes, single_thread=limit
    )
    urgencies = [one.urgency for one in found if one.urgency is not None]
    assert urgencies == sorted(urgencies, reverse=True)
    met = [place for place, number in enumerate(actual) if number]
    hanging = set(range(len(rows))) if len(rows) <= limit else set(met)
    if len(hanging) <= limit:
        assert not hanging & {one.index for one in found}
    for one in found:
        if one.index is not None:
            numbers = influence[one.index], actual[one.index], planned[one.index]
            assert one.urgency == scoring.contact_urgency(*numbers)
