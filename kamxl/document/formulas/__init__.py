"""Native Excel formulas for every computed cell of a document, as the declarations of its figures write them.

`plan_formulas(layout)` gives for example ``"=IFERROR(IF(AND(ISNUMBER(F12),…),F12*G12,""),"")"`` for
``opportunities.open[0].weighted``. Weights, limits and scales come from the settings and the specification; a test
holds every formula to the value of the same declaration. Four rules hold for all of them:

- An empty input gives an empty cell, never 0 and never an error value.
- What is no number counts as missing, as it does for Python.
- Ranges, not lists of cells, so that rows may be inserted.
- Only functions that every spreadsheet program works out alike; no array entry, nothing newer than Excel 2007.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kamxl.document.formulas.progress import (
    NOTHING_REQUIRED,
    STATUS_WORDS,
    progress_formulas,
)
from kamxl.document.formulas.rows import Row
from kamxl.document.formulas.scores import growth
from kamxl.document.formulas.terms import EMPTY, Terms, guarded, sum_formula, when
from kamxl.document.layout.blocks import TableBlock
from kamxl.document.layout.layout import PlanLayout, SheetLayout
from kamxl.document.schema import (
    FigureSpec,
    SectionKind,
    SectionSpec,
    SheetSpec,
)
from kamxl.errors import SpecError

__all__ = [
    "LONGEST",
    "NOTHING_REQUIRED",
    "STATUS_WORDS",
    "label_formulas",
    "plan_formulas",
]

LONGEST = 8192
"""Characters that a formula may have in Excel."""


def plan_formulas(layout: PlanLayout) -> dict[str, str]:
    """The formula of every computed cell, by path.

    Raises:
        SpecError: a formula gets too long for Excel.
    """
    found: dict[str, str] = {}
    cover = Terms(layout, layout.spec.sheets[0].key)
    for sheet in layout.spec.sheets:
        found.update(_sheet(Terms(layout, sheet.key), sheet))
        found |= progress_formulas(cover, sheet)
    for path, formula in found.items():
        if len(formula) > LONGEST:
            raise SpecError(
                f"{path}: a formula of {len(formula)} characters; Excel takes {LONGEST}"
            )
    return found


def label_formulas(layout: PlanLayout) -> dict[tuple[str, int, int], str]:
    """Row names that repeat those of the table where they are edited, by sheet key, row and column."""
    origins = {s.source: s for _, s in layout.spec.sections() if s.editable}
    found: dict[tuple[str, int, int], str] = {}
    for sheet, block in _tables(layout):
        origin = origins.get(block.section.source)
        if origin is None or block.section.editable or block.label_column is None:
            continue
        terms = Terms(layout, sheet.spec.key)
        for index in range(block.section.count):
            name = terms.cell(f"{origin.pattern}[{index}].{origin.editable}")
            place = (sheet.spec.key, block.first_row + index, block.label_column)
            found[place] = "=" + when(f'{name}=""', EMPTY, name)
    return found


def _tables(layout: PlanLayout) -> Iterator[tuple[SheetLayout, TableBlock]]:
    for sheet in layout.sheets:
        for block in sheet.blocks:
            if isinstance(block, TableBlock):
                yield sheet, block


def _sheet(terms: Terms, sheet: SheetSpec) -> Iterator[tuple[str, str]]:
    for section in sheet.sections:
        if section.kind is SectionKind.MATRIX:
            people, team = f"{sheet.key}.people", f"{sheet.key}.team"
            yield from _rows(terms, people, section.people_count, section.people)
            yield from _rows(terms, team, section.team_count, section.team)
        else:
            yield from _rows(terms, section.pattern, section.count, section.columns)
            yield from _closing(terms, section)
    for figure in sheet.figures:
        yield figure.pattern, _formula(figure, terms)


def _rows(
    terms: Terms, table: str, count: int, columns: Iterable[object]
) -> Iterator[tuple[str, str]]:
    for figure in columns:
        if isinstance(figure, FigureSpec):
            for index in range(count):
                formula = _formula(figure, Row(terms, table, index))
                yield f"{table}[{index}].{figure.key}", formula


def _formula(figure: FigureSpec, place: Terms | Row) -> str:
    """What the figure's own declaration writes for a sheet or a row."""
    computed = figure.computed
    if computed.formula is not None:
        return computed.formula(place)
    terms = place.terms if isinstance(place, Row) else place
    return f"={terms.cell(computed.same_as or '')}"


def _closing(terms: Terms, section: SectionSpec) -> Iterator[tuple[str, str]]:
    """Totals of a table, and the growth row where it has one."""
    for key in section.totals:
        column = terms.column(f"{section.pattern}[].{key}")
        yield f"{section.pattern}.total.{key}", sum_formula(terms, column)
    for before, key in zip(section.totals, section.grown, strict=False):
        earlier, later = (
            terms.cell(f"{section.pattern}.total.{name}") for name in (before, key)
        )
        yield f"{section.pattern}.growth.{key}", guarded(growth(earlier, later))
