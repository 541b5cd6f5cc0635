"""The figures behind a chart, written along in it."""

from __future__ import annotations

import pytest

from kamxl.xlsx.charts import cells_behind, with_caches


def chart(reference: str, kind: str = "num") -> str:
    """A chart with one reference, as openpyxl writes it."""
    return f"<ser><{kind}Ref><f>{reference}</f></{kind}Ref></ser>"


@pytest.mark.parametrize(
    ("reference", "cells"),
    [
        (
            "'Plan'!$B$2:$C$3",
            [("Plan", 2, 2), ("Plan", 2, 3), ("Plan", 3, 2), ("Plan", 3, 3)],
        ),
        ("'Müller''s &amp; Co'!B1", [("Müller's & Co", 1, 2)]),
        (
            "('A, B'!$B$2:$C$2,'A, B'!$E$2)",
            [("A, B", 2, 2), ("A, B", 2, 3), ("A, B", 2, 5)],
        ),
        ("Plan!#REF!", []),
    ],
)
def test_knows_the_cells_behind_a_chart(
    reference: str, cells: list[tuple[str, int, int]]
) -> None:
    """Sheets with any name, areas row by row and one after the other; a lost reference has no cells."""
    assert cells_behind(chart(reference)) == cells


def test_gaps_stay_gaps() -> None:
    """An empty cell, and a text where a number belongs, are no points of a chart."""
    values = iter([1.5, None, "n. a.", 4])
    written = with_caches(chart("'P'!$A$1:$A$4"), lambda *_: next(values))
    assert (
        '<ptCount val="4"/><pt idx="0"><v>1.5</v></pt><pt idx="3"><v>4</v></pt></numCache>'
        in written
    )


def test_writing_again_replaces_what_was_written() -> None:
    """A template's chart gets the figures of one account after the other."""
    once = with_caches(chart("'P'!$A$1", "str"), lambda *_: "A & <B>")
    assert "<v>A &amp; &lt;B&gt;</v>" in once
    again = with_caches(once, lambda *_: "C")
    assert again == with_caches(chart("'P'!$A$1", "str"), lambda *_: "C")
