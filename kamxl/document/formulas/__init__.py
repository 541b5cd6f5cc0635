"""Native Excel formulas for every computed cell of a plan, built from the definitions of `kamxl.scoring`.

`plan_formulas(layout)` gives for example ``"=IFERROR(IF(AND(ISNUMBER(F12),…),F12*G12,""),"")"`` for
``opportunities.open[0].weighted``. Weights, limits and scales come from the settings and the specification; a test
holds every formula to `kamxl.plan.figures.plan_figures`. Four rules hold for all of them:

- An empty input gives an empty cell, never 0 and never an error value.
- What is no number counts as missing, as it does for Python.
- Ranges, not lists of cells, so that rows may be inserted.
- Only functions that every spreadsheet program works out alike; no array entry, nothing newer than Excel 2007.
"""

from __future__ import annotations

from collections.abc import Iterator

from kamxl.document.formulas.matrix import matrix_formulas
from kamxl.document.formulas.progress import (
    NOTHING_REQUIRED,
    STATUS_WORDS,
    progress_formulas,
)
from kamxl.document.formulas.rows import ROW_FORMULAS, Row
from kamxl.document.formulas.scores import SHEET_FORMULAS
from kamxl.document.formulas.terms import Terms, guarded, total, when
from kamxl.document.layout.blocks import MatrixBlock, TableBlock
from kamxl.document.layout.layout import PlanLayout, SheetLayout
from kamxl.document.schema import SectionSpec, pattern_of
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
        SpecError: a figure is declared for which no formula is known, or a formula gets too long for Excel.
    """
    found: dict[str, str] = {}
    cover = Terms(layout, layout.spec.sheets[0].key)
    for sheet in layout.sheets:
        found.update(_sheet(Terms(layout, sheet.spec.key), sheet))
        found |= progress_formulas(cover, sheet.spec)
    for path in layout.spots:
        if pattern_of(path) in layout.spec.fields:
            continue
        if path not in found:
            raise SpecError(f"{path}: a figure without a formula")
        if len(found[path]) > LONGEST:
            raise SpecError(
                f"{path}: a formula of {len(found[path])} characters; Excel takes {LONGEST}"
            )
    return found


def label_formulas(layout: PlanLayout) -> dict[tuple[str, int, int], str]:
    """Row names that repeat the product groups of the revenue table, by sheet key, row and column."""
    groups = next(
        s
        for _, s in layout.spec.sections()
        if s.source == "product_groups" and s.editable
    )
    found: dict[tuple[str, int, int], str] = {}
    for sheet in layout.sheets:
        terms = Terms(layout, sheet.spec.key)
        for block in sheet.blocks:
            if (
                not isinstance(block, TableBlock)
                or block.section.source != groups.source
                or block.section.editable
            ):
                continue
            for index in range(block.section.count):
                name = terms.cell(f"{groups.pattern}[{index}].{groups.editable}")
                if block.label_column is not None:
                    place = (
                        sheet.spec.key,
                        block.first_row + index,
                        block.label_column,
                    )
                    found[place] = "=" + when(f'{name}=""', '""', name)
    return found


def _sheet(terms: Terms, sheet: SheetLayout) -> Iterator[tuple[str, str]]:
    for block in sheet.blocks:
        if isinstance(block, TableBlock):
            yield from _table(terms, block.section)
        elif isinstance(block, MatrixBlock):
            yield from matrix_formulas(terms, block, sheet.spec.key).items()
    for figure in sheet.spec.figures:
        if figure.pattern in SHEET_FORMULAS:
            yield figure.pattern, SHEET_FORMULAS[figure.pattern](terms)


def _table(terms: Terms, section: SectionSpec) -> Iterator[tuple[str, str]]:
    for figure in section.figures:
        build = ROW_FORMULAS.get(figure.pattern)
        if build is not None:
            for index in range(section.count):
                yield (
                    f"{section.pattern}[{index}].{figure.key}",
                    build(Row(terms, section.pattern, index)),
                )
    for key in section.totals:
        yield (
            f"{section.pattern}.total.{key}",
            total(terms, terms.column(f"{section.pattern}[].{key}")),
        )
    if section.growth_row:
        for before, key in zip(section.totals, section.totals[1:], strict=False):
            yield (
                f"{section.pattern}.growth.{key}",
                _growth(terms, section, before, key),
            )


def _growth(terms: Terms, section: SectionSpec, before: str, key: str) -> str:
    """The change on the column before; a change of sign has no meaning."""
    earlier, later = (
        terms.cell(f"{section.pattern}.total.{name}") for name in (before, key)
    )
    return guarded(when(f"{earlier}*{later}>=0", f"({later}-{earlier})/{earlier}"))
