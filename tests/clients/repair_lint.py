"""Our own lint for the known causes of Excel's "We found a problem with some content … repair?".

    python -m tests.clients.repair_lint FILE…

The rules stand in `repair_book` (names, sheets, links, tables, styles), `repair_sheet` (cells, validations,
page) and `repair_formulas`; each has a test that triggers it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.clients import repair_book, repair_formulas, repair_sheet  # noqa: F401 - enter their rules
from tests.clients.repair_package import RULES, Book

__all__ = ["CATALOGUE", "Fault", "lint", "lint_findings"]

CATALOGUE = {name: RULES[name] for name in sorted(RULES)}
"""All rules by name."""


@dataclass(frozen=True)
class Fault:
    """One fault for which Excel would offer a repair, or which the user would stumble over at once."""

    rule: str
    file: Path
    part: str
    where: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.file.name}/{self.part} {self.where}: {self.message} ({self.rule})"
        )


def lint(file: Path) -> list[Fault]:
    """All faults of one workbook, rule by rule."""
    book = Book(file)
    return [
        Fault(name, file, *hit)
        for name, check in CATALOGUE.items()
        for hit in check(book)
    ]


def lint_findings(files: Iterable[Path]) -> list[Fault]:
    """All faults of several workbooks."""
    return [fault for file in files for fault in lint(file)]


def main() -> int:
    """Lint the files named on the command line; the exit status is 1 if there is a fault."""
    faults = lint_findings(map(Path, sys.argv[1:]))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
