"""The cells of a contact matrix, as formulas see them.

Each contact covers two sheet columns (actual, planned) and each of our own people two rows (numbers, topics). A block
of the left columns and the same block one column further to the right put every actual beside its planned number.
What falls between drops out by itself: contacts' names and influence stand in the left columns only, the merged cells
beside them are empty, and so are the planned cells of the rows with topics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kamxl.document.formulas.terms import Terms
from kamxl.document.layout.blocks import MatrixBlock


@dataclass(frozen=True, slots=True)
class Matrix:
    """The contact matrix of the sheet with the key `sheet`."""

    terms: Terms
    sheet: str
    block: MatrixBlock

    @classmethod
    def on(cls, terms: Terms, sheet: str) -> Matrix:
        """The matrix on a sheet that has one."""
        blocks = terms.layout.sheet(sheet).blocks
        block = next(block for block in blocks if isinstance(block, MatrixBlock))
        return cls(terms, sheet, block)

    @property
    def everybody(self) -> Sequence[int]:
        """All contacts by their number."""
        return range(self.block.section.people.count)

    def people(self, key: str, persons: Sequence[int] = ()) -> str:
        """The cells of one line, from the first of some contacts (all where left out) to the left of the last."""
        row = self.block.people_rows[key]
        return self._range((row, row), persons or self.everybody, 0)

    def meetings(
        self, own: int | None = None, person: int | None = None
    ) -> tuple[str, str]:
        """Actual and planned numbers of one of our people, of one contact, or of all, one beside the other."""
        persons = self.everybody if person is None else (person,)
        last = self.block.last_team_row
        rows = (self.block.first_team_row, last)
        if own is not None:
            rows = (self.block.team_row(own), self.block.team_row(own))
        return self._range(rows, persons, 0), self._range(rows, persons, 1)

    def _range(self, rows: tuple[int, int], persons: Sequence[int], offset: int) -> str:
        first, last = (
            self.block.person_column(person) + offset
            for person in (persons[0], persons[-1])
        )
        return self.terms.block(self.sheet, (rows[0], first), (rows[1], last))
