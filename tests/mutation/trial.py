"""One trial: a seed chooses a plan and its edits, and what was read is held against what can be seen.

    python -m tests.mutation.trial 4711 4712

prints edits and silent differences of these seeds.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from kamxl.checks.check import check
from kamxl.demo.company import plans, settings
from kamxl.document.layout.layout import Layout
from kamxl.document.vocabulary import Profile
from kamxl.generation.write import PlanWriter
from kamxl.plan.document import extract_plan
from kamxl.xlsx.book import Book, SheetCells
from kamxl.xlsx.cells import read_book
from tests.extracts import TODAY
from tests.mutation.edits import EDITS, Scene
from tests.mutation.eye import Reading, silent_differences
from tests.mutation.sheets import Plan, load

STANDARDS = (("de", Profile.FULL), ("en", Profile.FULL), ("de", Profile.COMPACT))
_ACCOUNTS = (0, 3)  # of the demo, without mistakes


@dataclass(frozen=True)
class Example:
    """A filled plan: how it can be edited, and what kamxl reads in it."""

    plan: Plan
    book: Book
    layout: Layout


@dataclass(frozen=True)
class Trial:
    """What was done to a plan, how it can be read now, and which differences are silent."""

    seed: int
    plan: Plan
    edits: tuple[str, ...]
    silent: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"seed {self.seed}", *map("  did: {}".format, self.edits)]
        return "\n".join([*lines, *map("  SILENT: {}".format, self.silent)])


@cache
def examples() -> tuple[tuple[Example, Example], ...]:
    """Two accounts in each language and size."""
    return tuple(map(_pair, STANDARDS))


def _pair(standard: tuple[str, Profile]) -> tuple[Example, Example]:
    language, profile = standard
    company = settings(language, 2027).changed(profile=profile)
    writer, everyone = PlanWriter(company, TODAY, "mutation"), plans(company, TODAY)
    first, second = (
        _example(writer.workbook(plan), plan.cover.account_id or "")
        for plan in (everyone[number] for number in _ACCOUNTS)
    )
    return first, second


def _example(data: bytes, owner: str) -> Example:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(data)
        plan = load(owner, path)
        plan.write(path, only_changed=False)
        book = read_book(path)
    layout = extract_plan(book).layout
    assert layout is not None
    return Example(plan, book, layout)


def edited(seed: int) -> tuple[Plan, tuple[str, ...], Example]:
    """A plan after the edits of a seed: one, or up to four."""
    chance = random.Random(seed)  # noqa: S311 - edits are no secret
    own, other = chance.choice(examples())
    if chance.random() < 0.5:
        own, other = other, own
    scene = Scene(own.plan.copy(), other.plan, own.layout, chance)
    kinds, weights = zip(*EDITS, strict=True)
    wanted, done = chance.choice((1, 1, 1, 2, 3, 4)), []
    while len(done) < wanted:
        (kind,) = chance.choices(kinds, weights)
        done += filter(None, [kind(scene)])
    return scene.plan, tuple(done), own


def reread(plan: Plan, example: Example, path: Path) -> Book:
    """What kamxl reads in the edited plan: the sheets that were changed from a file, the others as they were."""
    book, same = example.book, {sheet.name: sheet for sheet in example.book.sheets}
    if any(page.changed for page in plan.pages):
        plan.write(path, only_changed=True)
        book = read_book(path)
    changed: dict[str, SheetCells] = {sheet.name: sheet for sheet in book.sheets}
    sheets = ((changed if page.changed else same)[page.name] for page in plan.pages)
    return replace(book, sheets=tuple(sheets), properties=example.book.properties)


def trial(seed: int, folder: Path) -> Trial:
    """Edit, read, compare."""
    plan, edits, example = edited(seed)
    extract = extract_plan(reread(plan, example, folder / "plan.xlsx"))
    reading = Reading(extract, check(extract, today=TODAY))
    silent = silent_differences(plan, example.layout, reading)
    return Trial(seed, plan, edits, tuple(silent))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        for number in map(int, sys.argv[1:]):
            print(trial(number, Path(folder)))  # noqa: T201
