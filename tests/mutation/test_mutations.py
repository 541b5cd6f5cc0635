"""Whatever somebody does to a plan, every entry is read as it is seen, or a finding names it: 2,000 random edits.

The environment variable `KAMXL_MUTATIONS` asks for another number; `python -m tests.mutation.trial SEED` repeats one.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from kamxl.checks.check import check
from kamxl.plan.document import extract_plan
from kamxl.xlsx.cells import read_book
from tests.extracts import TODAY
from tests.mutation.edits import EDITS
from tests.mutation.eye import Eye, Reading, silent_differences
from tests.mutation.sheets import Plan
from tests.mutation.trial import edited, examples, reread, trial

CHUNKS = 8
WANTED = int(os.environ.get("KAMXL_MUTATIONS", "2000"))
SEEDS_OF_A_CHUNK = 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_edit_makes_a_silent_difference(chunk: int, tmp_path: Path) -> None:
    """After each edit, or several, what is read is what is seen; seed and edits of all others are printed."""
    seed, done, silent = chunk * SEEDS_OF_A_CHUNK, 0, []
    while done < WANTED / CHUNKS:
        found = trial(seed, tmp_path)
        seed, done = seed + 1, done + len(found.edits)
        silent += [str(found)] if found.silent else []
    assert not silent, "\n" + "\n".join(silent)


@pytest.mark.parametrize("pair", range(len(examples())))
def test_the_eye_sees_every_entry_of_a_plan(pair: int) -> None:
    """Nothing was edited: the eye sees as many entries as were read, and no difference."""
    for example in examples()[pair]:
        extract = extract_plan(example.book)
        reading = Reading(extract, check(extract, today=TODAY))
        assert not list(silent_differences(example.plan, example.layout, reading))
        pages = {page.key: page for page in example.plan.pages}
        seen = 0
        for sheet in example.layout.sheets:
            eye = Eye(pages[sheet.name], sheet, example.layout, example.plan.styles)
            seen += len(list(eye.facts()))
        assert seen == sum(bool(entry.raw) for entry in extract.entries) > 200


def test_every_kind_of_edit_happens() -> None:
    """Among the first seeds no kind of edit is missing."""
    kinds: Counter[str] = Counter()
    for seed in range(400):
        _, done, _ = edited(seed)
        kinds.update(done)
    words = " ".join(kinds)
    done_now_and_then = (
        "sorted",
        "cut to",
        "merged",
        "figure :=",
        "renamed",
        "identity",
        "struck",
    )
    for word in done_now_and_then:
        assert word in words
    assert len({kind for kind, _ in EDITS}) == len(EDITS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(7, 19))
def test_openpyxl_sees_the_same_in_the_file(seed: int, tmp_path: Path) -> None:
    """The edited workbook is a file in which another reader finds the same cells; kamxl reads it whole as in parts."""
    plan, _, example = edited(seed)
    parts = reread(plan, example, tmp_path / "parts.xlsx")
    whole = tmp_path / "whole.xlsx"
    plan.write(whole, only_changed=False)
    read = read_book(whole)
    assert [sheet.name for sheet in read.sheets] == [page.name for page in plan.pages]
    for one, other in zip(read.sheets, parts.sheets, strict=True):
        assert [c.value for c in one.cells.values()] == [c.value for c in other.cells.values()]  # fmt: skip
    _compare(plan, whole)


def _compare(plan: Plan, path: Path) -> None:
    """Every value of the edited plan is in the file for openpyxl, too."""
    book = openpyxl.load_workbook(path, data_only=True)
    for page in plan.pages:
        sheet, hidden = book[page.name], page.covered()
        for (row, column), cell in page.cells.items():
            found = sheet.cell(row, column)
            if (row, column) in hidden or isinstance(found, MergedCell):
                continue
            if isinstance(cell.value, float) and not found.is_date:
                assert found.value == cell.value
            elif isinstance(cell.value, str):
                assert str(found.value).replace("\r", "") == cell.value
