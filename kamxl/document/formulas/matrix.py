"""Figures of the contact matrix.

Each contact covers two sheet columns (actual, planned) and each of our own people two rows (numbers, topics). A block
of the left columns and the same block one column further to the right put every actual beside its planned number.
What falls between drops out by itself: contacts' names and influence stand in the left columns only, the merged cells
beside them are empty, and so are the planned cells of the rows with topics.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kamxl.document.formulas.terms import (
    Terms,
    all_of,
    guarded,
    limits,
    number,
    reaches,
    when,
)
from kamxl.document.layout.blocks import MatrixBlock
from kamxl.plan.contacts import Stance
from kamxl.plan.figures.contacts import NEXT_CONTACTS
from kamxl.scoring import BUYING_CENTER_ROLES

__all__ = ["matrix_formulas"]

_STANCES = {
    stance: int(stance.value) for stance in Stance if stance is not Stance.UNKNOWN
}


def matrix_formulas(terms: Terms, block: MatrixBlock, sheet: str) -> dict[str, str]:
    """The formulas of all figures of the contact matrix and of its sheet, by path."""
    matrix = _Matrix(terms, block, sheet)
    section = block.section
    people, team = range(section.people_count), range(section.team_count)
    found = {f"{sheet}.people[{j}].coverage": matrix.person_coverage(j) for j in people}
    found |= {f"{sheet}.people[{j}].gap": matrix.gap(j) for j in people}
    found |= {f"{sheet}.team[{i}].coverage": matrix.own_coverage(i) for i in team}
    found |= {
        f"{sheet}.next_{rank}": matrix.next_contact(rank)
        for rank in range(1, NEXT_CONTACTS + 1)
    }
    return found | {
        f"{sheet}.coverage": matrix.coverage(),
        f"{sheet}.stance_index": matrix.stance_index(),
        f"{sheet}.strongest_opponent": matrix.strongest_opponent(),
        f"{sheet}.buying_center_coverage": matrix.buying_center_coverage(),
    }


@dataclass(frozen=True, slots=True)
class _Matrix:
    terms: Terms
    block: MatrixBlock
    sheet: str

    def people(self, key: str) -> str:
        """The contacts' cells of one line, from the first contact to the left column of the last."""
        row = self.block.people_rows[key]
        return self._range((row, row), (0, self.block.section.people_count - 1), 0)

    def person_coverage(self, person: int) -> str:
        columns, rows = (person, person), self._all_rows()
        return self._coverage(
            self._range(rows, columns, 0), self._range(rows, columns, 1), ""
        )

    def own_coverage(self, own: int) -> str:
        row = self.block.team_row(own)
        return self._coverage(*self._numbers((row, row)), self._influence() + "*")

    def coverage(self) -> str:
        return self._coverage(*self._numbers(self._all_rows()), self._influence() + "*")

    def gap(self, person: int) -> str:
        """The contact's influence × contacts missing, over the pairs of which both numbers are known."""
        columns, rows = (person, person), self._all_rows()
        actual, planned = self._range(rows, columns, 0), self._range(rows, columns, 1)
        known = f"{self._entered('actual', actual)}*{self._entered('planned', planned)}"
        fewer = f"{known}*({actual}<{planned})"
        missing = f"(SUMPRODUCT({fewer},{planned})-SUMPRODUCT({fewer},{actual}))"
        name, influence = (
            self.terms.cell(f"{self.sheet}.people[{person}].{key}")
            for key in ("name", "influence")
        )
        low, high = limits(self.terms.field(f"{self.sheet}.people[].influence"))
        has_own = all_of(
            f"ISNUMBER({influence})",
            f"{influence}>={number(low)}",
            f"{influence}<={number(high)}",
        )
        # A contact without influence among others that have one takes no part: the product with a text fails.
        weight = when(has_own, influence, when(f"{self._known_influences()}=0", "1"))
        return guarded(
            when(all_of(f'{name}<>""', f"SUMPRODUCT({known})>0"), f"{weight}*{missing}")
        )

    def next_contact(self, rank: int) -> str:
        """The name with the gap of this rank; of equal gaps the one further left comes first."""
        gaps, row = self.people("gap"), self.block.people_rows["gap"]
        places = []
        for person in range(self.block.section.people_count):
            gap = self._range((row, row), (person, person), 0).partition(":")[0]
            before = self._range((row, row), (0, person), 0)
            order = f"RANK({gap},{gaps})+COUNTIFS({before},{gap})-1"
            places.append(f"{2 * person + 1}*(IFERROR({order},0)={rank})")
        name = f"INDEX({self.people('name')},1,{'+'.join(places)})"
        return guarded(when(f'COUNTIFS({gaps},">0")>={rank}', name))

    def stance_index(self) -> str:
        """Σ I·stance / (2 Σ I) over the contacts whose stance is known."""
        influence = self._influence()
        known = self._stances((label, 1) for label, _ in self._labels())
        answered = f"SUMPRODUCT({influence}*{known})"
        value = (
            f"SUMPRODUCT({influence}*{self._stances(self._labels())})/(2*{answered})"
        )
        return guarded(when(self._enough(answered, f"SUMPRODUCT({influence})"), value))

    def strongest_opponent(self) -> str:
        """The name with the largest influence × rejection; of equal ones the one further left."""
        against = self._stances(
            (label, -value) for label, value in self._labels() if value < 0
        )
        strength = f"{self._influence()}*{against}"
        largest = f"SUMPRODUCT(MAX({strength}))"
        place = f"SUMPRODUCT(MATCH({largest},{strength},0))"
        return guarded(when(f"{largest}>0", f"INDEX({self.people('name')},1,{place})"))

    def buying_center_coverage(self) -> str:
        names, roles = self.people("name"), self.people("role")
        labels = self.terms.labels(f"{self.sheet}.people[].role", BUYING_CENTER_ROLES)
        held = "+".join(
            f'(SUMPRODUCT(({names}<>"")*({roles}={label}))>0)' for label in labels
        )
        return guarded(when(f"({held})>0", f"({held})/{len(BUYING_CENTER_ROLES)}"))

    def _coverage(self, actual: str, planned: str, weight: str) -> str:
        """Σ weight·min(actual, planned) / Σ weight·planned where the actual number is known."""
        some = f"({planned}>0)*({planned}<={self._highest('planned')})"
        known = self._entered("actual", actual)
        goals = f"SUMPRODUCT({weight}{some}*{known},{planned})"
        fewer = f"SUMPRODUCT({weight}{some}*({actual}<{planned}),{actual})"
        enough = f"SUMPRODUCT({weight}{some}*({actual}>={planned})*({actual}<={self._highest('actual')}),{planned})"
        sufficient = self._enough(goals, f"SUMPRODUCT({weight}{some},{planned})")
        return guarded(when(sufficient, f"({fewer}+{enough})/{goals}"))

    def _enough(self, answered: str, total: str) -> str:
        return reaches(
            f"{answered}/{total}",
            self.terms.spec.settings.scoring_limits.minimum_coverage,
        )

    def _influence(self) -> str:
        """What each contact counts with: 0 without a name; 1 where nobody's influence is known.

        The influence is counted up from comparisons, because a text in one cell would make a product fail.
        """
        names, influence = self.people("name"), self.people("influence")
        low, high = limits(self.terms.field(f"{self.sheet}.people[].influence"))
        steps = "+".join(
            f"({influence}>={step})" for step in range(int(low), int(high) + 1)
        )
        own = f"({influence}<={number(high)})*({steps})"
        return f'({names}<>"")*(({self._known_influences()}=0)+{own})'

    def _known_influences(self) -> str:
        influence = self.people("influence")
        known = self.terms.entered(f"{self.sheet}.people[].influence", influence)
        return f'SUMPRODUCT(({self.people("name")}<>"")*{known})'

    def _labels(self) -> list[tuple[str, int]]:
        pattern = f"{self.sheet}.people[].stance"
        return [
            (label, value)
            for code, value in _STANCES.items()
            for label in self.terms.labels(pattern, [code])
        ]

    def _stances(self, values: Iterable[tuple[str, int]]) -> str:
        stances = self.people("stance")
        return (
            "("
            + "+".join(f"({stances}={label})*{value}" for label, value in values)
            + ")"
        )

    def _entered(self, key: str, place: str) -> str:
        return self.terms.entered(f"{self.sheet}.matrix[][].{key}", place)

    def _highest(self, key: str) -> str:
        return number(limits(self.terms.field(f"{self.sheet}.matrix[][].{key}"))[1])

    def _all_rows(self) -> tuple[int, int]:
        return self.block.first_team_row, self.block.team_row(
            self.block.section.team_count
        ) - 1

    def _numbers(self, rows: tuple[int, int]) -> tuple[str, str]:
        """Actual and planned numbers of all contacts in some rows, one beside the other."""
        people = (0, self.block.section.people_count - 1)
        return self._range(rows, people, 0), self._range(rows, people, 1)

    def _range(
        self, rows: tuple[int, int], people: tuple[int, int], offset: int
    ) -> str:
        first, last = (self.block.person_column(person) + offset for person in people)
        return self.terms.block(self.sheet, (rows[0], first), (rows[1], last))
