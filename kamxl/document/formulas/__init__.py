"""Native Excel formulas for every computed cell of a document, as the declarations of its figures write them.

`document_formulas(layout)` gives for example ``"=IFERROR(IF(AND(ISNUMBER(F12),…),F12*G12,""),"")"`` for
``opportunities.open[0].weighted``. Weights, limits and scales come from the settings and the specification; a test
holds every formula to the value of the same declaration. Four rules hold for all of them:

- An empty input gives an empty cell, never 0 and never an error value.
- What is no number counts as missing, as it does for Python.
- Ranges, not lists of cells, so that rows may be inserted.
- Only functions that every spreadsheet program works out alike; no array entry, nothing newer than Excel 2007.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kamxl.document.formulas.names import names_shown, repeated_names
from kamxl.document.formulas.progress import (
    NOTHING_REQUIRED,
    STATUS_WORDS,
    progress_formulas,
)
from kamxl.document.formulas.rows import RowTerms
from kamxl.document.formulas.scores import growth
from kamxl.document.formulas.terms import Terms, guarded, sum_formula
from kamxl.document.keys import GROWTH, TOTAL, closing
from kamxl.document.layout.layout import Layout
from kamxl.document.schema import FigureSpec, TableSpec
from kamxl.document.spec import SheetSpec
from kamxl.errors import SpecError

__all__ = [
    "LONGEST",
    "NOTHING_REQUIRED",
    "STATUS_WORDS",
    "document_formulas",
    "names_shown",
    "repeated_names",
]

LONGEST = 8192
"""Characters that a formula may have in Excel."""


def document_formulas(layout: Layout) -> dict[str, str]:
    """The formula of every computed cell, by path.

    Raises:
        SpecError: a formula gets too long for Excel.
    """
    found: dict[str, str] = {}
    cover = Terms(layout, layout.spec.sheets[0].key)
    for sheet in layout.spec.sheets:
        found |= dict(_sheet(Terms(layout, sheet.key), sheet))
        found |= progress_formulas(cover, sheet)
    for path, formula in found.items():
        if len(formula) > LONGEST:
            raise SpecError(
                f"{path}: a formula of {len(formula)} characters; Excel takes {LONGEST}"
            )
    return found


def _sheet(terms: Terms, sheet: SheetSpec) -> Iterator[tuple[str, str]]:
    for section in sheet.sections:
        for part in section.parts:
            for figure, index in product(part.figures, range(part.count)):
                row = RowTerms(terms, part, index)
                yield figure.pattern.at(index), _formula(figure, row)
        if isinstance(section, TableSpec):
            yield from _closing(terms, section)
    for figure in sheet.figures:
        yield figure.pattern, _formula(figure, terms)


def _formula(figure: FigureSpec, place: Terms | RowTerms) -> str:
    """What the figure's own declaration writes for a sheet or a row."""
    computed = figure.computed
    if computed.formula is not None:
        return computed.formula(place)
    terms = place.terms if isinstance(place, RowTerms) else place
    return f"={terms.cell(computed.same_as or '')}"


def _closing(terms: Terms, table: TableSpec) -> Iterator[tuple[str, str]]:
    """Totals of a table, and the growth row where it has one."""
    totals = {key: closing(table.pattern, TOTAL, key) for key in table.totals}
    for key, path in totals.items():
        yield path, sum_formula(terms, terms.column(table.pattern_of(key)))
    for before, key in zip(table.totals, table.grown, strict=False):
        earlier, later = terms.cell(totals[before]), terms.cell(totals[key])
        changed = growth(earlier, later)
        yield closing(table.pattern, GROWTH, key), guarded(changed)
